# Det kommandoene skriver ut.

command-error = feil: { $what }
command-warning = advarsel: { $what }
command-hint = tips: { $hint }
command-refused = { $flag }: { $rule }
command-home-open = Alle brukere av denne maskinen kan endre { $folder }, og dermed adressene som klarert bruker. Bare du bør kunne det: chmod o-w "{ $folder }"
command-no-home = Det ble ikke funnet noen mappe for programmets egne filer.
    .hint = Oppgi en med --home MAPPE, eller sett KLARERT_HOME.
command-no-terminal = Veiviseren trenger en terminal, og her er det ingen å tegne på eller lese taster fra.
    .hint = `--plain` spør i tekstlinjer i stedet. `klarert new NAVN --business …` skriver en profil fra flagg. Også uten terminal: `klarert list`, `klarert show NAVN`, `klarert check NAVN`. `klarert --help` viser alle.
    .mintty = Dette vinduet gir ikke Windows-programmer tastene. Start veiviseren med `winpty klarert`, eller i Windows Terminal. `klarert --plain` spør i tekstlinjer her.

usage-missing = Mangler: { $missing }
usage-no-value = { $argument } har ingen verdi.
usage-value = ugyldig verdi «{ $value }» for { $argument }: må være en av { $known }
usage-unfit = ugyldig verdi «{ $value }» for { $argument }{ $flag ->
        [jobs] : må være et helt tall fra 1 til 64
        [pick] : må være et helt tall fra 1
        [port] : må være et helt tall fra 0 til 65535
        [ends-within] : må være et helt antall dager fra 0 til 65535
       *[other] .
    }
usage-unknown = ukjent argument { $argument }
usage-twice = { $argument } er oppgitt to ganger.
usage-conflict = { $argument } og { $other } går ikke sammen.
usage-no-command = Det finnes ingen kommando «{ $word }».
usage-suggested = Mente du `{ $suggested }`?
usage-hint = Bruk: `{ $usage }`. `klarert { $command } --help` forklarer det.
usage-help = `klarert { $command } --help` viser argumentene.
    .commands = `klarert { $command } --help` viser kommandoene.
usage-all = `klarert --help` viser alle kommandoene.

## Filer

store-not-found = Det finnes ingen profil som heter { $name }.
    .hint = `klarert list` viser dem som finnes. `klarert new NAVN` lager en.
store-exists = Det finnes allerede en profil som heter { $name }.
    .hint = Velg et annet navn, eller fortsett med den: `klarert resume { $name }`, eller uten veiviseren `klarert set { $name } NØKKEL=VERDI`.
store-changed = { $path } er endret siden den ble lest, av et annet vindu eller et annet program. Denne endringen er ikke lagret.
    .hint = Les profilen på nytt og gjør endringen om igjen. Ingenting av det den andre skrev, er tapt.
store-malformed = { $path }, linje { $line }, kolonne { $column }: { $problem }
    .hint = Filen er ikke rørt. Rett den i en teksteditor. De andre profilene virker fortsatt.
    .config = Filen er ikke rørt. Rett den i en teksteditor: ingenting kan kontrolleres før det er gjort. Profilene er uskadd.
store-newer-format = { $path } er skrevet av en nyere versjon av klarert (format { $found }).
    .hint = Filen er ikke rørt. Installer den nyeste versjonen for å bruke den.
store-not-a-file = { $path } er ikke en fil klarert kan ha skrevet: det er en mappe, en enhet eller noe altfor stort.
    .hint = Flytt den, og prøv på nytt.
store-denied = { $path } kan ikke leses eller skrives av denne brukeren.
    .hint = { store-io.hint }
store-in-use = { $path } er åpen i et annet program, så klarert kunne ikke lese eller skrive den.
    .hint = Virusprogrammer, sikkerhetskopiering og OneDrive slipper filen av seg selv: vent litt og prøv igjen. Lukk andre programmer som har den åpen.
store-full = Disken er full, så { $path } kunne ikke skrives. Den er som den var.
    .hint = Frigjør plass på disken, og prøv igjen.
store-read-only = { $path } ligger på en disk som bare kan leses.
    .hint = En annen mappe kan oppgis med --home MAPPE.
store-locked = { $path } er låst: en annen klarert har skrevet i 20 sekunder.
    .hint = Vent til den er ferdig, eller avslutt den. Prøv så på nytt.
store-waiting = Venter på en annen klarert som skriver …
folder-unread = Mappen som kommandoen kjører i, kunne ikke leses: { $error }
io-reason = { $what ->
        [not-found] Filen eller mappen finnes ikke.
        [permission] Denne brukeren har ikke tilgang.
        [folder] Det er en mappe.
        [not-a-folder] En del av stien er en fil, ikke en mappe.
        [in-use] Et annet program har den åpen.
        [full] Disken er full.
        [read-only] Disken kan bare leses.
        [name] Navnet er for langt eller har tegn som ikke er tillatt.
        [too-large] Filen er for stor.
        [timed-out] Det kom ikke noe innen tidsgrensen.
        [not-text] Innholdet er ikke UTF-8-tekst.
       *[other] { $error }
    }
store-io = { $path } kunne ikke leses eller skrives: { $error }
    .hint = Kontroller hvem som eier filen og mappen, og om disken virker. En annen mappe kan oppgis med --home MAPPE.

problem-syntax = { $what ->
        [twice] det samme navnet står to ganger.
        [table] navnet på en tabell er ikke lukket med ].
        [bracket] en klamme er ikke lukket.
        [quotes] en tekst må stå i anførselstegn og slutte med det samme tegnet på samme linje.
        [backslash] en \ i doble anførselstegn begynner et spesialtegn. Skriv \\, eller bruk enkle anførselstegn.
        [value] her er et navn uten verdi.
        [comma] et komma mangler, eller det er ett for mye.
        [no-value] en verdi mangler, eller en tekst står ikke i anførselstegn. Eksempel: name = "Acme AS".
        [more] det står noe etter slutten på verdien eller på navnet på tabellen.
        [name] navnet foran = mangler.
       *[other] dette er ikke gyldig TOML ({ $error }).
    }
problem-not-text = her er det en byte som ikke er UTF-8-tekst. Lagre filen som UTF-8.
problem-type = `{ $key }` må være { $expected }.
problem-value = `{ $key }` kan være en av: { $known }.
problem-missing = `{ $key }` må være med, og mangler.
problem-key = `{ $key }` er ikke en nøkkel som er kjent her. De som er det: { $known }.
problem-newer-format = dette er format { $found }, som er nyere enn denne versjonen av klarert.
problem-environment-name = `{ $key }` kan ikke være navnet på et miljø: små bokstaver, sifre og bindestrek, og ikke test, prod eller sandbox.
problem-issuer-slash = `{ $key }` må slutte med en skråstrek: grantet navngir utstederen nøyaktig, med skråstreken.
problem-address = `{ $key }` må være en hel adresse som begynner med https://, uten bruker, spørring eller fragment.
problem-address-http = `{ $key }` må begynne med https://. Bare en adresse på denne maskinen kan begynne med http://.

expected-text = en tekst i anførselstegn
expected-texts = en liste av tekster: ["…", "…"]
expected-number = et helt tall
expected-moment = en dato og et klokkeslett med sone, uten anførselstegn: 2026-11-22T17:00:00Z
expected-day = en dag uten klokkeslett, uten anførselstegn: 2026-11-22
expected-table = en tabell

## list

list-nothing = Det er ingen profiler i { $folder }. `klarert new` starter en; --home eller KLARERT_HOME angir en annen mappe.
list-calm = Ingenting trenger oppmerksomhet.
list-unreadable = kan ikke leses
list-done = alt er gjort
list-steps = { $done } av { $all }
list-never-checked = ikke kontrollert ennå
list-passed = kontrollen gikk bra { $day }
list-changed = endret siden forrige kontroll
list-failed = kontrollen feilet
list-failed-code = kontrollen feilet: { $title } ({ $code })
list-failed-title = kontrollen feilet: { $title }
list-none-ends = { $days ->
    [0] Ingen sertifikater eller registrerte nøkler utløper i dag.
    [one] Ingen sertifikater eller registrerte nøkler utløper innen én dag.
   *[other] Ingen sertifikater eller registrerte nøkler utløper innen { $days } dager.
}
list-ends-unknown = Ikke kjent når det utløper: { $names }. `klarert check NAVN` leser sertifikatet; for en registrert nøkkel sier `klarert set NAVN key-registered=DAG` når den ble registrert.
list-waiting = venter på { $who }
list-waiting-since = venter på { $who } siden { $day }

## new, set, done, undo, show

edit-saved = Lagret: { $path }
edit-next = Neste: { $next }
edit-kind-changed = { $kind ->
        [norwegian] Dette er nå en norsk virksomhet.
        [foreign] Dette er nå en utenlandsk virksomhet.
       *[none] Det er ikke lenger kjent om virksomheten er norsk eller utenlandsk.
    } Det som følger av det, er også endret: spørsmålene, stegene, scopene og hvordan organisasjonen skrives.
edit-contrary = { $one } { $first } og { $other } { $second } motsier hverandre.
    .hint = En norsk virksomhet har et norsk organisasjonsnummer og noen som kan logge inn i Samarbeidsportalen. Alle andre virksomheter regnes her som utenlandske, også en med norsk nummer (NUF).
edit-no-name = Den nye profilen har ikke noe navn.
    .hint = Oppgi et: `klarert new acme …`, eller virksomhetens eget navn med --name.
edit-unknown-key = «{ $key }» er ikke et svar som kan settes.
    .hint = Skriv NØKKEL=VERDI, med en av disse nøklene: { $known }
edit-no-value = «{ $key }» har ingen verdi.
    .hint = Skriv NØKKEL=VERDI uten mellomrom rundt likhetstegnet, for eksempel name="Acme AS" eller client-id=…
edit-unknown-item = «{ $item }» er ikke noe denne profilen har å gjøre.
    .hint = En av disse, eller delen foran punktumet for alle i et steg: { $known }
    .none = Denne profilen har ingenting å krysse av.
show-missing = mangler: { $field } ({ $key }=…)
show-checked = kontrollen ble sist kjørt { $day }

refused-choice = «{ $written }» er ingen av: { $known }.
refused-sandbox = «{ $written }» er i strid med --sandbox, som bare bruker miljøet «sandbox».
refused-service = { $reason ->
        [announced] Tolletaten har varslet «{ $written }», men ikke åpnet den.
       *[branch] «{ $written }» er bare for { $kind ->
            [foreign] norske virksomheter: Tolletaten oppgir ikke noe scope for utenlandske.
           *[norwegian] utenlandske virksomheter: Tolletaten oppgir ikke noe scope for norske.
        }
    } Disse kan velges: { $known }.
refused-administration = en administrasjonsklient tilhører en norsk virksomhet og har faste scopes
refused-only-for = Dette spørres det bare om for en { $kind ->
    [norwegian] norsk
   *[foreign] utenlandsk
} virksomhet.
refused-only-with = Dette spørres det bare om med authentication={ $way }.
refused-consumer-self = Dette er virksomhetens eget nummer. Feltet er bare for en leverandør som opptrer for en annen organisasjon.

import-unread = { $file } kunne ikke leses: { $error }
    .hint = Kontroller stien, og hvem som kan lese filen.
import-nothing = I { $file } ble det ikke funnet noe som hører hjemme i en profil.
    .hint = klarert importerer .env-filer og variabler (også fra nais), egenskapene til jwt-grant-generator, application.yaml fra Spring, appsettings.json og det klarert export skriver.
import-other = { $file } er { $what ->
        [empty] tom
        [key-file] en nøkkel eller et sertifikat
        [script] et skript
        [html] en nettside
        [xml] XML
        [markdown] en overlevering til mennesker (Markdown)
        [terraform] en Terraform-fil
        [part-of-profile] en del av en profil i JSON
        [several-objects] flere JSON-objekter
       *[binary] en binærfil
    }, og det importerer ikke klarert.
    .hint = { $what ->
        [key-file] Lag en profil med klarert new, og oppgi filen med --certificate.
        [part-of-profile] En fil med alle svar og avkrysninger skrives av `klarert export NAVN --format json`.
        [several-objects] Importer én profil om gangen. Filen skrives av `klarert export NAVN --format json`.
       *[other] klarert importerer .env-filer og variabler, egenskapsfiler, application.yaml fra Spring, appsettings.json og det klarert export skriver.
    }
import-malformed = { $format ->
        [json] { $file } er ikke gyldig JSON: se linje { $line }, kolonne { $column }.
        [yaml] { $file } er ikke gyldig YAML: se linje { $line }, kolonne { $column }.
       *[profile] { $file } ser ut som en profil fra klarert, men er ikke gyldig.
    }
    .hint = Rett filen, og importer den på nytt. Ingenting ble lagret.
import-contradiction = { $file } har to svar: { $one } gir «{ $first }», og { $other } gir «{ $second }».
    .hint = Fjern det som er feil, og importer filen på nytt. Gjelder det miljøet, avgjør --environment. Ingenting ble lagret.
import-issuer-number = I { $file } er { $name } organisasjonsnummeret { $value }. klarert venter adressen til Maskinporten eller en klient-ID der.
    .hint = Sett inn klient-ID-en fra Samarbeidsportalen i stedet, eller i MASKINPORTEN_CLIENT_ID. Ingenting ble lagret.
import-repeated = { $file } har { $name } to ganger: den andre står i linje { $line }.
    .hint = Fjern den som er feil, og importer filen på nytt. Ingenting ble lagret.
import-documents = { $file } har innstillinger for Maskinporten i to dokumenter, fra linje { $one } og fra linje { $other }. klarert vet ikke hvilket som skal brukes.
    .hint = Kopier innstillingene for ett miljø til en egen fil, og importer den. Ingenting ble lagret.
import-mixed-scopes = { $file } har scopes for to slags virksomhet: { $norwegian } er for en norsk virksomhet, og { $foreign } er for en utenlandsk.
    .hint = Behold scopes av det ene slaget, og importer filen på nytt. Ingenting ble lagret.
import-unclear = { $place ->
        [line] Linje { $name } i { $file } nevner { $host }, men klarert kan ikke lese linjen.
       *[setting] I { $file } nevner { $name } { $host }, men klarert kan ikke lese verdien.
    }
    .hint = Skriv den som NAVN=https://…, eller velg miljøet med --environment test eller --environment prod. Ingenting ble lagret.
import-assumed = { $what ->
        [environment] Filen sier ikke hvilket Maskinporten den gjelder. Testmiljøet er antatt. For produksjon: `{ $command }`
        [key] Filen nevner en nøkkel uten sertifikat. Det er antatt at nøkkelen er registrert på klienten.
       *[norwegian] Filen sier ikke hva slags virksomhet det er. En norsk virksomhet er antatt.
    }
import-left = Ikke tatt med: { $names }. klarert lagrer ikke hemmeligheter, og resten hører ikke til en profil.
import-left-profile = Ikke tatt med: { $names }. Dette hører til profilen som filen er fra. Gjelder det her også, kan det skrives inn i filen til den nye profilen.
import-open = Bare plassholdere i filen: { $names }. Disse må fortsatt besvares.
import-issuer-unknown = Filen nevner et annet Maskinporten, { $issuer }, som verken finnes i klarert eller i config.toml. Profilen er i stedet for miljøet «{ $environment }». For et annet: `{ $command }`, eller `klarert import … --environment ID`.

## export

export-no-environment = Miljøet «{ $environment }» finnes verken i klarert eller i config.toml, så adressene er ikke kjent.
    .hint = Legg det til i config.toml, eller velg et annet: `klarert set NAVN environment=test`.
export-missing = Ikke besvart ennå, og derfor merket eller tomt ovenfor: { $missing }
export-several = Bare handoff, json, ics og prometheus tar flere profiler.
    .hint = Skriv én fil for hver: innstillingene til flere profiler i samme fil ville overskrevet hverandre.
export-key-only = Denne klienten signerer bare med en nøkkel registrert på klienten, og profilen bruker et sertifikat.
export-chain-left-out = Denne klienten sender sertifikatet uten kjeden, og Maskinporten vil ha hele kjeden til et eSegl.
export-no-consumer = Denne klienten kan ikke opptre for en annen organisasjon, og det gjør profilen (consumer-org).
export-keystore-only = Denne klienten leser sertifikatet og nøkkelen fra én .p12-fil, og profilen har dem i en annen form.
    .hint = Lag en: `openssl pkcs12 -export -inkey { $key } -in { $certificate } -out { $keystore }`, deretter `klarert set { $profile } { $answer } key-file= chain-file=`.
export-keystore-key = Denne klienten leser nøkkelen fra en .p12-fil, som også har et sertifikat. Profilen har bare nøkkelen.
    .hint = Lag begge deler. Maskinporten leser ikke dette sertifikatet: `openssl req -x509 -new -key { $key } -subj /CN={ $profile } -days 3650 -out { $certificate }`, deretter `openssl pkcs12 -export -inkey { $key } -in { $certificate } -out { $keystore }`, deretter `klarert set { $profile } { $answer }`. Eller velg et annet format: spring, appsettings, pymaskinporten og typescript trenger ikke noe sertifikat.
export-jwk-unread = Denne klienten kan ikke lese en nøkkel fra en JWK-fil, slik profilen har den.
export-jks =
    .hint = Konverter nøkkellageret først, med keytool fra Java: `keytool -importkeystore -srckeystore { $key } -destkeystore { $keystore } -deststoretype PKCS12`, deretter `klarert set { $profile } { $answer }`.
export-pem-only = Denne klienten leser nøkkelen fra en PEM-fil, og profilen har den i en annen form.
    .hint = Lag en: `openssl pkcs12{ $legacy } -in { $file } -nocerts -noenc -out { $pem }`, deretter `klarert set { $profile } { $answer }`.{ $note }
export-legacy-note = Filen har en gammel kryptering som OpenSSL 3 bare leser med -legacy. Eldre versjoner av OpenSSL og LibreSSL har ikke dette valget: utelat det der.
export-environment-fixed = Denne klienten kjenner bare adressene til test og produksjon, og profilen bruker andre.
export-other-hint = `klarert export --help` nevner de andre formatene.
export-sandbox = Sandkassen svarer der når `klarert sandbox` kjører i et annet vindu.
export-client-id = klient-ID
export-file = fil
export-password = passordet til sertifikatet
export-alias = nøkkelens alias i filen
export-jwk = den private nøkkelen som JWK med kid, i base64
export-x509 = sertifikatet og nøkkelen i én .p12 uten passord, i base64
export-answers = Svarene i klarert, for klarert import:
export-password-env = Passordet til sertifikatet skal hit, eller helst i et hemmelighetslager. klarert tar aldri vare på det.
export-password-here = Passordene til filen og til nøkkelen skal hit. klarert tar aldri vare på dem.
export-key-here = Den private nøkkelen skal hit, i PEM (PKCS#8) og uten passord, eller helst i et hemmelighetslager. klarert tar aldri vare på den.
export-key-pkcs8 = Filen med nøkkelen må være PEM (PKCS#8, BEGIN PRIVATE KEY) og uten passord.
export-scopes-in-code = Scopene oppgis i koden, der det bes om et token: { $scopes }
export-try = Prøv slik: { $command }
export-curl-token = 1. Et grant, signert med nøkkelen og sendt til { $endpoint }: det gjør klarert, og spør om passordet når det trengs.
export-curl-exchange = 2. Maskinportens token vekslet i Tolletatens token.
export-curl-no-token = Tolletaten svarte ikke med et token.
export-curl-call = 3. Et kall som svarer 200 når Tolletatens token er gyldig.
export-curl-no-customs = Dette miljøet har ikke noe Tolletaten: lengden på tokenet er alt det er å vise.
export-curl-no-call = 3. Tolletaten har ikke dokumentert noe testkall for disse tjenestene: tokenet er det siste som kan prøves.
export-powershell-ca = PowerShell stoler bare på systemets sertifikater. Importer { $file } der først.

handoff-title = { $name }: Maskinporten og Tolletaten
    .maskinporten = { $name }: Maskinporten
handoff-not-yet = ikke ennå
handoff-environment = Miljø
handoff-organisation = Organisasjon
handoff-client = Klient-ID (utsteder)
handoff-scopes = Scopes
handoff-authentication = Autentisering
handoff-certificate = { $kind ->
        [foreign] eSeal
       *[other] virksomhetssertifikat
    } i headeren til grantet (x5c)
handoff-key = en nøkkel registrert på klienten (kid { $kid })
handoff-consumer = Opptrer for
handoff-ends = { $what ->
    [key] Den registrerte nøkkelen utløper
   *[certificate] Sertifikatet utløper
}
handoff-file = Fil
handoff-check = { $outcome ->
        [passed] Den siste kontrollen besto { $day }.
        [passed-changed] Den siste kontrollen besto { $day }. Svarene er endret siden.
        [failed] Den siste kontrollen mislyktes { $day }.
        [failed-changed] Den siste kontrollen mislyktes { $day }. Svarene er endret siden.
       *[none] Tilkoblingen er ikke kontrollert ennå.
    }

## Avkrysninger og svar som en endring fjerner

removed-ticks = Disse avkrysningene gjaldt andre svar og er fjernet:
    .back = Hvis de fortsatt gjelder: `{ $command }`
removed-answers = Disse svarene gjaldt miljøet «{ $environment }» og er fjernet:
    .back = Hvis de også gjelder her: `{ $command }`

## rename, copy, remove, restore, where

profile-renamed = { $from } heter nå { $to }.
profile-copied = { $to } er en kopi av { $from }.
profile-removed = Flyttet { $name } til papirkurven. Angre med `klarert restore { $name }{ $home }`.
profile-not-in-trash = Det ligger ingen «{ $name }» i papirkurven.
    .hint = I papirkurven: { $names }. `klarert restore` viser dem.
    .empty = Papirkurven er tom: Bare det `klarert remove` har fjernet, kan hentes tilbake. `klarert list` viser profilene som finnes.
profile-restored = { $name } er tilbake.
    .as = { $name } er tilbake, og heter nå { $to }.
    .taken = Gi den fra papirkurven et annet navn: `klarert restore { $name } --as NYTT-NAVN{ $home }`.
    .one = --as gjelder bare én profil.
trash-empty = Papirkurven er tom.
trash-changed = sist endret { $day }

where-home = mappe
where-profiles = profiler
where-config = innstillinger
where-language = språk
where-terminal = terminal
where-color = farger
where-no-color = ingen farger
where-symbols = symboler
where-no-symbols = ingen symboler
where-ca-file = { $count ->
        [one] ett rotsertifikat fra ca_file
       *[other] { $count } rotsertifikater fra ca_file
    }{ $unreadable ->
        [0] {""}
        [one] , og én del av filen som ikke kan leses
       *[other] , og { $unreadable } deler av filen som ikke kan leses
    }
where-roaming = Hjemmemappen kopieres til andre maskiner i virksomheten og til en server (AppData\Roaming). Flytt den til AppData\Local og rett stiene i profilene hvis den bare skal være på denne maskinen.
where-proxy-script = Innstillingene i Windows har et skript for proxyen (PAC). klarert kjører det ikke. Hvis forbindelser mislykkes, spør dem som drifter nettverket, om proxyens adresse, og sett HTTPS_PROXY til den.
where-proxy-per-protocol = Innstillingene i Windows har en proxy for hver protokoll, og klarert leser dem ikke. Sett HTTPS_PROXY til den for https.
where-no-proxy-unknown = Dette i NO_PROXY blir ikke forstått og har ingen virkning: { $entries }
where-direct = direkte
where-set = (satt)
where-none = (ingen)

## check, token, explain

targets-none = Det finnes ingen profiler ennå, så det er ingenting å kontrollere.
    .hint = `klarert new` starter en. `klarert check --sandbox` viser en hel kontroll, uten risiko.
targets-several = Det finnes flere profiler, og ingen er oppgitt.
    .hint = Oppgi en eller flere ({ $names }), eller bruk --all.
    .one = Oppgi en av dem: { $names }.
targets-incomplete = { $profile }: uten veiviseren, `klarert set { $profile } { $answers }{ $home }`
environments-unknown = Verken klarert eller config.toml har miljøet til { $profiles }.
names-more = { $names } og { $count } til
token-no-customs-scope = Ingen av scopene hører til Tolletaten.
    .hint = Uten --customs er tokenet Maskinportens.
targets-environment-unknown = { $profile } oppgir et miljø som verken klarert eller config.toml har: «{ $environment }».
    .hint = Velg et: `klarert set { $profile } environment=test{ $home }`. Et eget miljø skrives i config.toml, under [environments.NAVN].
targets-not-sandbox = { $profile } er for miljøet «{ $environment }», og med --sandbox forlater ingenting denne maskinen.
    .hint = Utelat --sandbox for å kontrollere den der den hører hjemme, eller utelat navnet for å kontrollere sandkassens egen.
    .change = Utelat --sandbox for å endre den.
password-ask = Passordet til { $file } (profilen { $profile }):
password-nothing-came = Det kom ingenting på standard inn, der --password-stdin venter et passord og et linjeskift.
password-lacking = { $profile }: oppgi passordet i { $variable } eller KLARERT_PASSWORD, eller som en linje på standard inn med --password-stdin.
password-mintty = Dette vinduet gir ikke Windows-programmer tastene, så klarert kan ikke spørre om et passord i det. Skriv `winpty` foran kommandoen, som i `winpty klarert check`, eller bruk Windows Terminal.
token-sandbox-ends = Dette tokenet er fra en sandkasse som ble avsluttet med denne kommandoen. Start `klarert sandbox` i et annet vindu først, så kan tokenene brukes.
check-sandbox-new = Ingen `klarert sandbox` kjører, så en ny sandkasse ble startet for denne kontrollen. Den kjenner ikke klienter som en annen hadde med --register-key: Start den igjen først.
administration-elsewhere = Ingen administrasjonsklient er kjent for dette miljøet. For andre finnes: { $names }
check-interrupted = Stanset. Kontroller som ikke ble ferdige, er ikke lagret.
check-fix = Til steget der dette rettes: klarert resume { $profile }{ $home }
check-fix-at = Dette rettes ved { $at }: klarert resume { $profile }{ $home }
check-not-kept = { $profile }: resultatet kunne ikke lagres i profilen. { $why }
check-row-failed = feilet · { $title } · hvem må gjøre noe: { $who }
check-ends-within = { $profile }: { $expiry }. Det er innenfor dagene i --ends-within ({ $within }).
check-sum = { $passed } av { $all } er i orden. `klarert check NAVN` sier hva som må gjøres med de andre.
    .all = { $all ->
        [one] Profilen er i orden.
       *[other] Alle { $all } profilene er i orden.
    }
explain-trace = { $form ->
        [uuid] { $trace } ser ut som en korrelasjons-ID: Brukerstøtten til Digdir finner én forespørsel med den. Den sier ikke hva som var galt. En klient-ID ser lik ut.
       *[hex] { $trace } ser ut som en sporings-ID (trace_id): Brukerstøtten til Digdir finner én forespørsel med den. Den sier ikke hva som var galt.
    }
explain-trace-found = { $trace } er sporings-ID-en (trace_id) fra den siste kontrollen av { $profile }, { $at }. Slik endte den:
explain-trace-send = Ingen kontroll som er lagret her, har den. Send den, med tidspunktet for forespørselen, til servicedesk@digdir.no.
explain-trace-error = Hva som var galt, står i svaret den kom fra: Oppgi hele det svaret til klarert explain.
explain-under = { $error } alene viser ikke hva som er galt. Er den fra Maskinporten, kan det være hvilken som helst av disse. MP-koden i error_uri, eller error_description i samme svar, viser hvilken. Oppgi hele svaret, eller en av disse kodene.
explain-step = I veiviseren: steget «{ $step }»
explain-fix-at = I veiviseren: { $at }, i steget «{ $step }»
explain-source = Les mer: { $source }
explain-cut = Bare de første { $megabytes } MB ble lest. En feil etter dem blir ikke forklart.
explain-nothing-came = Det er ingen tekst å forklare: det kom ingenting, eller bare mellomrom.
    .hint = Oppgi teksten som argument, i en fil eller på standard inn. `klarert explain` lister alle feil som er kjent.
explain-not-a-file = { $why ->
        [folder] { $path } er en mappe.
       *[missing] Det finnes ingen fil { $path }.
    }
    .hint = { $why ->
        [folder] Oppgi en fil i den.
       *[missing] Kontroller stien. En tekst kan oppgis som den er, uten en fil: klarert explain invalid_grant
    }
explain-unreadable = { $path } kunne ikke leses: { $error }
