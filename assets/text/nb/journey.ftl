# Stegene, punktene og spørsmålene. `.short` er til oversikten, `.intro` forteller hvorfor steget er der.
#
# «Du» er den som sitter ved tastaturet, «dere» er virksomheten. En klient opprettes, en nøkkel eller fil lages. Grant og
# scope er intetkjønn: et grant, grantet; et scope, scopet. Knapper og menyer i Digdirs portal står i «».

step-business = Hva slags virksomhet?
    .short = Virksomhet
    .intro = Norske og utenlandske virksomheter har ulike steg. To spørsmål avgjør hvilke dere skal gjennom.
step-services = Hva skal dere gjøre hos Tolletaten?
    .short = Tjenester
    .intro = Hver tjeneste har et scope: navnet på retten til å bruke den. Velg tjenestene. Scopene følger av dem.
step-customs = Registrer virksomheten hos Tolletaten
    .short = Tolletaten
    .intro = Digitoll er Tolletatens digitale grensepassering. Virksomheter som har registrert seg i Digitoll, får tilgang til scopene.
step-digdir = Bli kunde hos Digdir
    .short = Digdir-kunde
    .intro = Digdir drifter Maskinporten og Samarbeidsportalen: portalen der dere oppretter klienten. Det er gratis for dem som bare bruker API-er.
step-integration = Opprett klienten i Samarbeidsportalen
    .short = Integrasjon
    .intro = En klient er oppføringen i portalen som gir systemet deres lov til å be om token. Portalen kaller den også en integrasjon.
step-credentials = Sertifikat og nøkkel
    .short = Sertifikat
    .intro = Maskinporten gir et token for en forespørsel som er signert med virksomhetens nøkkel. Nøkkelen forlater ikke denne maskinen.
step-check = Tilkoblingskontroll
    .short = Kontroll
    .intro = Kontrollen ber Maskinporten om et token: et bevis på retten, gyldig i noen minutter. Det veksles i Tolletatens token, som et testkall så bruker.

wait-customs = Tolletaten oppgir ikke hvor lang tid dette tar. Du kan avslutte og komme tilbake, og de neste stegene kan forberedes imens. Spørsmål: digitoll@toll.no.
wait-digdir = Digdir oppgir ikke hvor lang tid dette tar.
wait-client = Det kan ta inntil ti minutter før en ny klient virker.

item-customs-form = Åpne registreringsskjemaet
item-customs-submit = Fyll ut og send inn for virksomheten
item-customs-scopes = Be om tilgang til disse scopene
item-customs-granted = Tolletaten har gitt tilgangen
    .help = Inntil da stopper kontrollen hos { $kind ->
        [foreign] Tolletaten.
       *[norwegian] Maskinporten (MP-250).
    }

item-digdir-information-form = Fyll ut informasjonsskjemaet og send det til Digdir
    .help = Skjemaet ligger på Digdirs side for konsumenter, det vil si dem som bruker andres API-er. Dere er konsument av Tolletatens API-er.
item-digdir-access = Digdir har bekreftet tilgangen
    .help = For å logge inn i Samarbeidsportalen trenger du en norsk elektronisk ID på nivå høyt: BankID, Buypass ID eller Commfides. MinID er ikke nok.
item-digdir-terms = Les og signer bruksvilkårene
    .help = De ligger i Samarbeidsportalen, under virksomhetens vilkår. Private virksomheter signerer «Bruksvilkår for private verksemder», og leverandører til flere offentlige virksomheter også «Bruksvilkår for leverandørar». Uten signatur får dere ikke opprettet en klient i portalen.
item-digdir-delegate = Få rettigheten til å administrere klienter, i Altinn
    .help = Både i test og i produksjon. Søk etter «Maskinporten»: i Altinn heter den «Selvbetjening av klienter i ID-porten/Maskinporten», hos Digdir «Selvbetjening av integrasjoner i ID-porten/Maskinporten». Eller velg «be om tilgang» i portalen.

item-integration-login = Logg inn i Samarbeidsportalen
    .help = Velg å logge inn med organisasjonsnummer. Bruk BankID, Buypass ID eller Commfides: MinID er ikke nok.
item-integration-business = Velg virksomheten
    .help = En leverandør som opptrer for kunder, oppretter sin egen klient, ikke en på vegne av en kunde.
item-integration-organisation-shown = Kontroller organisasjonsnummeret øverst til høyre
    .help = Logger du inn i test uten å representere en virksomhet, får du en syntetisk (oppdiktet) organisasjon. En klient som er opprettet der, passer ikke til sertifikatet.
item-integration-add = Åpne «Klienter», så «Legg til klient»
    .help = En eldre portal har «Ny integrasjon». Finnes ikke knappen, mangler du kanskje rettigheten fra Altinn. Menyen «Scopes» er for dem som tilbyr et API.
item-integration-maskinporten = Velg «Maskinporten»
item-integration-name = Gi klienten et navn og en beskrivelse
    .help = Navnet velger du selv. Det hjelper om det nevner tjenesten, for Tolletaten har flere API-er.
item-integration-scopes = Velg «Legg til scope» og velg disse
    .help = Et scope står ikke i listen hvis Tolletaten ikke har gitt tilgang til det, eller bare i det andre miljøet; hvis klienten allerede har det; hvis klienten er av en annen type; eller hvis listen er filtrert. Du kan legge til et scope før Tolletaten gir tilgang: portalen advarer, og kontrollen ender i MP-250 så lenge. Det svaret viser at klient, nøkkel og sertifikat er riktige.
item-integration-grant-type = Kontroller at «grant type» er denne
    .help = Et grant er den signerte forespørselen om et token. I den nyeste portalen er typen valgt på forhånd.
item-integration-create = Velg «Fullfør», så «Lagre endringer»
    .help = En eldre portal har «Opprett».
item-integration-identifier = Åpne den nye klienten og kopier identifikatoren
    .help = Den er klient-ID-en, vanligvis en UUID. Du blir spurt om den nå.

item-credentials-ordered = Sertifikatet er bestilt
    .help = { $kind ->
        [foreign] Kryss av den dagen det bestilles, eller når sertifikatforespørselen sendes.
       *[norwegian] Noen med signaturrett eller prokura må godkjenne bestillingen. Et sertifikat for testmiljøet er en egen bestilling. Kryss av den dagen det bestilles, eller når sertifikatforespørselen sendes.
    } `klarert list` viser så hvor lenge dere har ventet.

field-business = Norsk eller utenlandsk virksomhet
field-norwegian-number = Har virksomheten et norsk organisasjonsnummer?
    .why = Et nummer på ni siffer i Enhetsregisteret.
field-portal-login = Kan noen i virksomheten logge inn i Samarbeidsportalen?
    .why = Samarbeidsportalen er Digdirs portal. Den krever en norsk elektronisk ID på nivå høyt: BankID, Buypass ID eller Commfides, ikke MinID. En NUF (norskregistrert utenlandsk foretak) uten en slik person kan be servicedesk@digdir.no om hjelp til å opprette klienten, eller følge stegene for utenlandske virksomheter.
field-environment = Hvilket miljø?
    .why = Begynn i testmiljøet. Produksjon har andre sertifikater og sin egen klient.
field-environment-foreign = Hvilket miljø?
    .why = Begynn i testmiljøet. Det samme eSeglet gjelder begge steder, og det er ingen klient å sette opp.
field-name = Virksomhetens navn
    .why = Det brukes i tekstene du sender til andre.
    .example = Nordlys Spedisjon AS
field-organisation = Organisasjonsnummer
    .why = Sertifikatet, klienten og registreringen hos Tolletaten må alle ha dette nummeret.
    .example = 123 456 785
field-organisation-foreign = Organisasjonsidentifikator (valgfritt)
    .why = Slik eSeglet (elektronisk segl: et sertifikat for en virksomhet) har den, under organizationIdentifier. For å bestille et: registeret (VAT, NTR), landet, en bindestrek og nummeret deres der.
    .example = VATDE-123456789
field-services = Tjenester
field-own-scopes = Andre scopes (valgfritt)
    .why = Bare om Tolletaten har gitt dere et scope som ikke står over. Skill flere med mellomrom.
    .example = toll:movement/road/v2
field-own-scopes-foreign = Andre scopes (valgfritt)
    .why = { field-own-scopes.why }
    .example = toll:eu/movement/road/v2
field-client-id = Klient-ID
    .why = Identifikatoren til klienten i Samarbeidsportalen. klarert sender den som iss, i den signerte forespørselen om et token (grantet).
    .example = 3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f10
field-issuer-name = Et navn på virksomheten eller systemet
    .why = Forespørselen om et token må ha et navn (iss). Alle navn godtas: det er eSeglet som identifiserer dere.
    .example = nordlys-haulage
field-authentication = Hvordan vil du signere?
    .why = Med virksomhetssertifikatet, med mindre du har lastet opp en offentlig nøkkel på klienten.
field-kid = Nøkkel-ID (kid)
    .why = Navnet på nøkkelen slik klienten i portalen har det.
    .example = nordlys-2026
field-key-registered = Registrert (valgfritt)
    .why = Dagen nøkkelen ble lagt på klienten. Den utløper ett år senere. klarert varsler 30 dager før.
    .example = i dag, eller 26.11.2026
field-certificate = Sertifikatfil
    .why = Filen utstederen sendte, som oftest en .p12. Den leses her og sendes aldri noe sted.
    .example = ~/nordlys-auth.p12
field-certificate-key = Fil med privat nøkkel
    .why = Den private nøkkelen som hører til den offentlige nøkkelen på klienten. Den leses her og sendes aldri noe sted.
    .example = ~/nordlys-key.pem
field-pick = Bruk et annet (valgfritt)
    .why = Nummeret i listen over. Bare om du vet at sertifikatet som er valgt, ikke er det riktige.
    .example = 2
field-key-file = Nøkkelfil
    .why = Bare om den private nøkkelen ligger i en egen fil.
    .example = ~/nordlys.key
field-chain-file = Kjedefil
    .why = Bare om utstederens sertifikater ligger i en egen fil.
    .example = ~/chain.pem
field-consumer-org = På vegne av en annen organisasjon (valgfritt)
    .why = Bare for leverandører med delegering i Altinn (i TT02 for testmiljøet): kundens nummer. Aldri ditt eget. Ikke alle scope kan delegeres: spør Tolletaten først.
    .example = 123 456 785

option-yes = Ja
option-no = Nei
option-certificate = Virksomhetssertifikat
option-key = Registrert nøkkel

environment-test = Test
environment-prod = Produksjon
environment-sandbox = Sandkasse

kind-norwegian = Norsk virksomhet
kind-foreign = Utenlandsk virksomhet
kind-norwegian-note = Dere trenger et virksomhetssertifikat fra Buypass eller Commfides, en avtale med Digdir og en klient i Samarbeidsportalen. Er ikke sertifikatet bestilt? Gjør det nå: det tar noen virkedager, og et sertifikat for testmiljøet er en egen bestilling.
kind-foreign-note = Dere trenger et eSegl (elektronisk segl: et sertifikat for en virksomhet) fra en utsteder på EUs tillitslister, men ingen klient. Tolletaten hjelper utenlandske virksomheter: digitoll@toll.no. Er ikke eSeglet bestilt? Gjør det nå: det kan ta flere uker.

service-road = Vei
    .about = For dem som sender eller kjører varer med lastebil
service-air = Fly
    .about = For dem som sender eller frakter varer med fly
service-rail = Bane
    .about = For dem som sender eller frakter varer med tog
service-sea = Sjø
    .about = For dem som frakter varer med skip. En lastebil på ferje er Vei
service-safeseanet = SafeSeaNet
    .about = For skip som melder gjennom SafeSeaNet Norway
service-entry = Ankomst
    .about = For dem som fremlegger varer for Tolletaten på grensen, og spør om ruting. Brukes også for ICS2 (ics2-kontakt@toll.no)
service-documents = Dokumenter
    .about = For dem som laster opp dokumenter til en deklarasjon
service-declarations = Deklarasjonsdata
    .about = Varslet av Tolletaten, ikke åpen ennå

copyable-scopes = scopene
copyable-organisation = organisasjonsnummeret
    .foreign = organisasjonsidentifikatoren
copyable-client-name = et navn til klienten
copyable-client-description = en beskrivelse
copyable-grant-type = grant type
copyable-link = adressen til siden
copyable-letter = et brev
copyable-mail = Digdirs adresse
client-name = { $business } Digitoll { $services }
client-description = Sender meldinger til Tolletaten (Digitoll): { $services }
    .none = Sender meldinger til Tolletaten (Digitoll)

who-you = Dette kan du gjøre selv.
    .short = du
who-provider = Systemleverandøren må gjøre dette.
    .short = systemleverandøren
who-customs = Tolletaten må gjøre dette (digitoll@toll.no).
    .short = Tolletaten
who-digdir = Digdir må gjøre dette (servicedesk@digdir.no).
    .short = Digdir
who-administrator = Hovedadministratoren deres i Altinn må gjøre dette.
    .short = Hovedadministrator i Altinn
who-customer = Virksomheten dere opptrer for, må gjøre dette.
    .short = kunden
who-issuer = Utstederen av sertifikatet må gjøre dette.
    .short = sertifikatutstederen
who-network = De som drifter nettverket deres, må gjøre dette.
    .short = de som drifter nettverket
who-scope-owner = Eieren av scopet må gjøre dette.
    .short = eieren av scopet
