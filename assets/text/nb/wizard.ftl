# Veiviseren: rammen, tastene og korte beskjeder.

too-small = Vinduet er for lite. Gjør det minst { $width }×{ $height }, eller avslutt med ctrl-c.
header-sandbox = SANDKASSE
header-unsaved = ikke lagret
step-position = { $number }/{ $count } { $step }
example = For eksempel { $example }
field-suggested = forslag, ikke lagret: enter tar det
more-candidates = og { $count } til
days-left = { $days ->
    [one] { $days } dag igjen
   *[other] { $days } dager igjen
}

profile-list-title = Profilene dine
profile-list-intro = Velg en for å fortsette der du var.
profile-list-new = Start en ny
profile-list-progress = { $done } av { $count } steg

naming-title = En ny profil
naming-intro = klarert veileder virksomheten fra et bestilt sertifikat til en ferdig tilkobling til Tolletaten. Tilkoblingen går gjennom Maskinporten, statens tjeneste som gir systemer tilgang til API-er. Hvert svar lagres. Du kan stoppe når som helst, og fortsette senere.
naming-sandbox = Dette er sandkassen: en etterligning av Maskinporten og Tolletaten, bare på denne maskinen. Ingenting sendes til de ekte. Feltene er fylt ut for en demonstrasjonsvirksomhet.
naming-label = Et kort navn på profilen
naming-why = Små bokstaver, tall, - _ og . er tillatt. Det blir et filnavn.

reading-underway = Leser sertifikatet…
reading-locked = Låst. Trykk p for å skrive passordet.
reading-others = Også i filen: { $others }
reading-other = nummer { $number } ({ $purpose })
reading-is-authentication = Autentiseringssertifikat: den typen Maskinporten godtar
    .bare = Autentiseringssertifikat
reading-is-signing = Signeringssertifikat
reading-is-encryption = Krypteringssertifikat
reading-is-seal = eSegl
reading-is-key = Privat nøkkel ({ $key })
reading-is-other = Et sertifikat

password-title = Passord
password-request = { $file } er låst. Skriv passordet. Utstederen sendte det separat.
password-again = Passordet åpner ikke { $file }. Er du sikker på at det er riktig, kan filen være skadet.
password-administration = { $file } er sertifikatet til administrasjonsklienten { $name }.
password-promise = Det åpner filen, og lagres aldri. Du blir ikke spurt igjen så lenge klarert kjører.

conflict-title = Endret et annet sted
    .gone = Fjernet et annet sted
conflict-question = Et annet vindu eller program har endret «{ $name }» etter at den ble lest her. Ingenting er tapt ennå. Hvilken versjon skal beholdes?
    .gone = Filen til «{ $name }» finnes ikke lenger: et annet vindu eller program har fjernet den eller gitt den nytt navn etter at den ble lest her. Ingenting er tapt ennå. Hva skal gjøres?
conflict-theirs = r | les den andre versjonen; det siste svaret ditt her går tapt
    .gone = r | la den være fjernet, og gå til listen; det siste svaret ditt her går tapt
conflict-mine = k | behold denne versjonen; den andre overskrives
    .gone = k | skriv filen på nytt, med alle svarene i dette vinduet

check-start = Trykk enter for å begynne.
check-last-passed = Forrige kontroll gikk bra ({ $day }).
check-last-changed = Svarene er endret siden.
check-last-failed = Forrige kontroll ({ $day }) feilet: { $failure }.
check-known-as = Maskinporten kjenner dere som { $consumer }, { $by ->
        [virksomhetssertifikat] ved sertifikatet
        [private_key_jwt] ved den registrerte nøkkelen
       *[other] { $by }
    }.
    .supplier = Maskinporten kjenner dere som leverandøren { $supplier }, som handler for { $consumer }, { $by ->
        [virksomhetssertifikat] ved sertifikatet
        [private_key_jwt] ved den registrerte nøkkelen
       *[other] { $by }
    }.
check-waiting = Kontrollen kjøres automatisk på nytt om { $left }.
check-worth-waiting = Det ble krysset av for { $minutes ->
        [one] ett minutt
       *[other] { $minutes } minutter
    } siden at klienten er opprettet. En ny klient kan trenge ti minutter. w venter, og kjører kontrollen på nytt.
check-trace = Sporings-ID { $trace }
check-received = Det som ble mottatt
check-received-nothing = Ingenting: ingen forespørsel ble sendt, eller det kom ikke noe svar.

notice-opened = Åpner { $link }
notice-open-failed = Ingen nettleser kunne startes her. y viser og kopierer lenken.
    .mail = E-postprogrammet kunne ikke startes her. y viser og kopierer teksten.
notice-copied = Sendt til utklippstavlen: { $what }.
copied-select = Ikke der? Merk teksten på skjermen.
copied-too-wide = Teksten er for bred til å merkes hel i dette vinduet.
notice-copied-report = Rapporten er sendt til utklippstavlen. Det er ingen hemmeligheter i den.
notice-choose = Velg et svar med venstre og høyre pil.
notice-choose-service = Velg minst én tjeneste med mellomrom.
notice-file-not-found = Det er ingen fil der. Trykk enter igjen for å beholde stien til senere.
notice-needed = Dette svaret mangler. For å gå videre uten: esc, og så nummeret på et steg.
notice-key-file-dropped = Nøkkelfilen { $file } hørte til det forrige sertifikatet, så den brukes ikke lenger: en .p12-fil har sin egen nøkkel.
notice-stays = De siste svarene er ikke lagret, så profilen er fortsatt åpen. Ctrl-C avslutter uten dem.
notice-removed = Fjernet, fordi det gjaldt andre svar: { $removed }. u henter det tilbake.
removed-count = { $count ->
    [one] én avkrysning eller ett svar
   *[other] { $count } avkrysninger og svar
}
notice-put-back = Avkrysninger og svar er hentet tilbake.
tick-removed = (avkrysning fjernet)
notice-environment-unknown = «{ $environment }» står ikke i config.toml. Velg et miljø på det første steget.
notice-broke = klarert har en intern feil: { $error }. Svarene dine er lagret.

refused-name-empty = Skriv et navn.
refused-name-control = Et navn kan ikke ha linjeskift eller styretegn i seg.
refused-path-content = Dette er innholdet i en fil. Oppgi stien til filen.
refused-path-variable = klarert setter ikke inn en verdi for variabelen { $variable } i en filsti. Skriv mappen i stedet.
refused-path-drive = «{ $written }» er relativ til mappen som sist var åpen på den stasjonen. Oppgi hele stien, for eksempel C:\Users\Kari\sertifikat.p12.
refused-path-encoding = Stien er ikke UTF-8 og kan derfor ikke lagres. Flytt filen til en annen mappe.
refused-long = For langt: ikke mer enn { $most } tegn.
refused-name-taken = Det finnes allerede en profil som heter { $name }. Velg et annet navn.
refused-profile-name = ugyldig navn «{ $written }»: må være 1 til 64 av a-z, 0-9, - _ og . med en bokstav eller et tall først.
refused-device-name = navnet «{ $written }» er en enhet i Windows: velg et annet, for eksempel kunde-{ $written }.
refused-number-length = Ni siffer; { $count ->
    [one] { $count } siffer så langt
   *[other] { $count } siffer så langt
}.
refused-number-letter = Ni siffer: «{ $letter }» er ikke et siffer.
refused-number-check = Ni siffer; det siste stemmer ikke: { $written }. Ett av sifrene kan være feil.
refused-identifier = Type, land, bindestrek og nummer, som i VATDE-123456789: «{ $written }» passer ikke.
refused-client-id = Bare bokstavene a til z, sifre og : _ - = er tillatt, slik portalen viser den.
unusual-client-id = Klient-ID-en har en uvanlig form. Portalen gir en UUID, som 3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f10; gamle ser ut som oidc_… eller if2018_…. Sammenlign den med portalen.
refused-kid = Ett navn uten mellomrom, slik klienten i portalen har det.
refused-pick = ugyldig nummer «{ $written }»: må være et helt tall fra 1.
refused-day = ugyldig dato «{ $written }»: må være som 26.11.2026 eller 2026-11-26, eller i dag.
refused-day-to-come = { $day } er i framtiden.
refused-scope = Et scope har et prefiks, et kolon og et navn, som i toll:movement/road/v2: «{ $written }» passer ikke.

key-space = mellomrom
does-tick = kryss av
does-tick-next = kryss av, neste
does-untick = fjern kryss
does-edit = rediger
does-take = lagre
does-undo = angre
does-choose = velg
does-open = åpne
does-copy = kopier
does-copy-report = kopier rapport
does-next = neste
does-back = tilbake
does-move = flytt
does-go-to = gå til
does-help = hjelp
does-quit = avslutt
does-language = English
does-new = ny
does-close = lukk
does-cancel = avbryt
does-unlock = lås opp
does-complete = fullfør
does-run = kjør
does-run-again = kjør igjen
does-go-to-fix = gå og rett
does-details = detaljer
does-wait = vent og prøv igjen
does-theirs = les den andre
    .gone = la den være fjernet
does-mine = behold denne
    .gone = skriv på nytt
does-put-back = hent tilbake

exit-summary-resume = Lagret. Fortsett med: { $command }
exit-summary-dropped = Ikke lagret, fordi det ikke er ferdig: { $field }: { $text }
exit-summary-dropped-path = Ikke lagret, fordi det ikke ble bekreftet med Enter: { $field }
exit-summary-unsaved = De siste svarene kunne ikke lagres: { $why }

made-key-title = Privat og offentlig nøkkel
made-key =
    Den private nøkkelen er i { $key }. Bare du kan lese den (i Windows: de som kan lese mappen). Oppbevar en kopi på et trygt sted. Send den aldri til noen.
    Den offentlige nøkkelen er i { $public }. Navnet (kid) er { $kid }. Lim den inn på klienten i Samarbeidsportalen, under «Nøkler».
    Den virker noen minutter etter det. Den utløper ett år etter opplastingen.
made-whole = y kopierer den.
made-request-title = En sertifikatforespørsel
made-request =
    Den private nøkkelen er i { $key }. Bare du kan lese den (i Windows: de som kan lese mappen). Oppbevar en kopi på et trygt sted. Send den aldri til noen.
    Sertifikatforespørselen er i { $public }. Send den til utstederen av eSeglet. Når sertifikatet kommer, oppgir du stien her.

notice-reread = Et annet vindu eller program har endret svarene. De vises slik de er nå.
notice-making = Lager en nøkkel…
notice-no-public-key = Filen med den offentlige nøkkelen ligger ikke lenger ved siden av den private.
notice-make-needs = Forespørselen trenger virksomhetens navn og en organisasjonsidentifikator med landet i, som VATDE-123456789. Fyll dem ut på det første steget.
notice-not-made = Ingen nøkkel ble laget: { $why }
does-make = lag en nøkkel
does-public-key = offentlig nøkkel

# Etter en kontroll som gikk bra.
have-title = Dette har dere
have-client = Klient-ID: { $id } ({ $environment })
have-services = Tjenester: { $services }. Scopes: { $scopes }
have-scopes = Scopes: { $scopes }
have-expiry = Gyldig til { $day }: { $expiry }
next-title = Hva nå?
next-token = Et token til programmet deres: `klarert token { $profile }{ $home }`. Med --customs får du Tolletatens token.
next-api = Adressen til API-ene er { $address }. Tolletaten dokumenterer dem på https://toll.github.io
next-handoff = En oppsummering til utvikleren: `klarert export { $profile } --format handoff{ $home }`
next-check = Samme kontroll når som helst: `klarert check { $profile }{ $home }`. Den varsler også før sertifikatet utløper.
next-production = p starter profilen for produksjon med disse svarene.

# En nøkkel som skal lages.
key-plan-title = Lage en ny nøkkel?
key-plan-sandbox = I sandkassen kan ingen nøkkel legges på klienten, så kontrollen avviser da denne. For å bruke demonstrasjonsnøkkelen igjen: tøm begge feltene, både navnet (kid) og filen, og ta forslagene.
key-plan-registered = klarert lager en RSA-nøkkel med 2048 bit. Navnet (kid) er { $kid }. Den private og den offentlige nøkkelen skrives til { $folder }. Den offentlige nøkkelen legger du så på klienten.
key-plan-request = klarert lager en RSA-nøkkel med 3072 bit og en sertifikatforespørsel for { $name } ({ $organisation }). Begge skrives til { $folder }. Forespørselen sender du så til utstederen.
key-plan-replaces = Denne profilen bruker { $file }. Den filen beholdes. Profilen bruker den nye nøkkelen i stedet.
key-plan-has-certificate = Denne profilen har et sertifikat: { $file }. Det brukes fortsatt. Den nye forespørselen er for et annet sertifikat.
key-plan-has-request = Det er allerede laget en nøkkel for en forespørsel: { $file }. Den beholdes. Et sertifikat for den forespørselen passer ikke til en ny nøkkel: lag en bare hvis forespørselen ikke er brukt.

environment-custom = { $id } er deres eget miljø. Det følger reglene for { $rules ->
    [prod] produksjon
   *[test] test
}, på { $issuer }
reading-unlocked = låst opp
reading-found-file = Trykk f for å bruke den.

notice-copied-public-key = Sendt til utklippstavlen. Den er også i { $file }.
notice-copied-command = Denne kommandoen lager den samme profilen. Den er sendt til utklippstavlen.
notice-mail-opened = E-postprogrammet er startet med teksten. Ser du det ikke? y viser teksten.
notice-mail-gap = E-posten har hull (…) for svar som mangler. Fyll dem ut før du sender den.
notice-production = Dette er { $name }, profilen for produksjon. Det som bare gjaldt i test, er fjernet.

does-scroll = bla
does-copy-next = kopier neste
does-mail = e-post
does-use-found = bytt fil
does-production = produksjon
does-command = som kommando
