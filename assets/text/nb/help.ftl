# Tekstene i --help, etter regel: `help-<kommando>` og et attributt for hvert av argumentene.

help = Fra virksomhetssertifikat til Tolletatens API-er, gjennom Maskinporten.
    .home = Mappen for profilene (eller KLARERT_HOME)
    .lang = Språket: en eller nb
    .no_color = Ingen farger (eller NO_COLOR)
    .plain = Tekstlinjer i stedet for et skjermbilde
    .sandbox = Bruk sandkassen: ingenting sendes ut
    .json = JSON-objekter for programmer, også for feil
    .password_command = Program som gir sertifikatets passord
    .example =
        Flere: set done undo apply report import export copy rename remove restore csr
        token portal sandbox where completions man help. Eksempel: klarert list --help
help-usage = Bruk:
help-begin = Skriv `klarert` for å begynne. Det veileder virksomheten til Tolletatens API-er.
help-flag =
    .help = Vis denne hjelpen
    .version = Vis versjonen
help-elsewhere = Overalt: --home --lang --no-color --plain --sandbox --json --password-command
help-everywhere = Overalt
help-filter =
    .only_environment = Bare profiler i dette miljøet
    .only_business = Bare norwegian eller foreign
    .only_match = Bare profiler med et navn som passer, for eksempel «acme-*»
    .only_complete = Bare profiler med alle svarene som kontrollen trenger
    .only_failed = Bare profiler der siste kontroll feilet
    .only_attention = Bare profiler som trenger oppmerksomhet
help-apply = Lag og endre profiler fra en tabell
    .file = CSV med overskrift (, eller ;), eller en JSON-liste; - for standard inn
    .dry_run = Vis planen og skriv ingenting
    .json = Ett JSON-objekt per linje, for programmer
    .example =
        Kolonner: profile, og nøklene til `klarert set` (business, organisation, name,
        environment, services, client-id, certificate …). Flere tjenester skilles med
        mellomrom. En tom celle endrer ingenting. Stier er i forhold til tabellen. Alle
        rader valideres før den første profilen skrives.
        Eksempel: klarert apply kunder.csv --dry-run
help-report = Rapporter status for mange tilkoblinger
    .profiles = Profilene; alle når de utelates
    .format = markdown (når det utelates), html (én fil til utskrift eller e-post) eller csv
    .json = Uten --format: ett JSON-objekt per linje, som `klarert list --json`
    .example =
        Filtre, som i `klarert list --help`:
        --environment, --business, --match, --complete, --failed, --attention.
        Eksempel: klarert report --format html > rapport.html
format-ics = Kalenderhendelser for sertifikater og nøkler som utløper
format-prometheus = Målinger for textfile-samleren i node_exporter
format-openssl = Skallskriptet uten klarert: openssl signerer med en PEM-nøkkel
help-certificate = Fortell hva en sertifikatfil er, og om den kan brukes
    .file = Filen: .p12, .pfx, .pem, .crt, .der, eller en nøkkel som .pem eller JWK
    .key = Den private nøkkelen, i en egen fil
    .chain = Utstederens sertifikater, i en egen fil
    .business = Vurder det for norwegian eller foreign
    .environment = Vurder det for dette miljøet (ellers: som utstedt)
    .organisation = Vurder om det tilhører denne organisasjonen
    .authentication = certificate eller key
    .pick = Bruk det med dette nummeret, av flere
    .password_stdin = Les passordet fra standard inn
    .json = Ett JSON-objekt, for programmer
    .example =
        Uten --password-stdin tas passordet fra KLARERT_PASSWORD, eller det spørres om i
        terminalen.
        Eksempel: klarert certificate acme.p12 --business norwegian --environment test
help-check = Kjør tilkoblingskontrollen på lagrede profiler, uten veiviseren
    .profiles = Profilene, som kan utelates når det bare finnes én
    .all = Alle profiler
    .jobs = Hvor mange som kontrolleres samtidig
    .ends_within = Sluttkode 1 også om sertifikat eller nøkkel utløper så snart, eller dagen er ukjent
    .password_stdin = Les passord fra standard inn, ett per linje
    .quiet = Skriv bare ut det som feiler
    .json = Ett JSON-objekt per linje, når hver kontroll er ferdig
    .example =
        Passord: `klarert help passwords`. Filtre, som i `klarert list --help`:
        --environment, --business, --match, --complete, --failed, --attention.
        Sluttkoder: 0 i orden, 1 feilet, 2 feil bruk, 3 noe kunne ikke leses,
        4 nettet eller tjenesten kunne ikke nås, 130 avbrutt.
        Eksempler:
          klarert check acme
          klarert check --all --ends-within 14     for overvåking
help-completions = Skriv utfyllingen for et skall
    .shell = bash, zsh, fish, powershell eller elvish
    .example =
        Skriptet hører hjemme der skallet starter. Det spør klarert selv ved hvert Tab.
        bash, i ~/.bashrc: eval "$(klarert completions bash)"
        PowerShell, i $PROFILE: klarert completions powershell | Out-String | Invoke-Expression
help-copy = Kopier en profil, også til et annet miljø
    .profile = Profilen
    .to = Hva kopien skal hete
    .environment = Miljøet til kopien, om det er et annet
    .example = Eksempel: klarert copy acme-test acme-prod --environment prod
help-csr = Lag en nøkkel og en sertifikatforespørsel for et eSegl
    .organisation = organizationIdentifier, som VATDE-123456789
    .name = Virksomhetens navn, slik registeret har det
    .country = Landet, to bokstaver
    .common_name = Common name, om det ikke er virksomhetens navn
    .state = Fylke eller delstat, om utstederen ber om det
    .locality = Sted, om utstederen ber om det
    .unit = Avdeling, om utstederen ber om det
    .serial_number = Serienummer, om utstederen ber om det
    .out = Hvor den private nøkkelen skrives
    .request = Hvor forespørselen skrives, om til en fil
    .bits = 2048, 3072 eller 4096
    .example =
        En fil som finnes, overskrives aldri. Eksempel:
          klarert csr --organisation VATDE-123456789 --name "Demo GmbH" --country DE
help-done = Kryss av det som er gjort
    .profile = Profilen
    .items = Slik `show --json` kaller dem. Navnet på et steg står for hele steget
    .example = Eksempel: klarert done acme customs.form customs.submit
help-explain = Forklar en feil: hva den betyr, og hvem som må gjøre noe
    .text = Koder (MP-122), id-er, en sporings-ID, en fil, eller en tekst med feil i. Ellers standard inn, ellers alle som finnes
    .json = JSON, for programmer
    .example =
        Eksempler:
          klarert explain MP-122
          klarert explain service.log     alle feil i en fil
          klarert explain < svar.json
          klarert explain                 alle feil som er kjent
help-export = Skriv oppsettet for andre: ingen hemmelighet er med
    .profiles = Profilen; flere med handoff, json, ics eller prometheus
    .all = Alle profiler; filtre som i `klarert list --help`
    .format = handoff (for mennesker), env, curl, openssl (curl uten klarert), powershell, json, ics (kalender), prometheus (målinger), grant-generator (client.properties), appsettings (appsettings.json), spring (application.yaml), pymaskinporten eller typescript (.env)
    .example = Eksempel: klarert export acme --format handoff > acme.md
format-handoff = En oppsummering til en kollega, systemleverandøren eller Tolletaten (Markdown)
format-env = Variabler for et skall eller en konteiner
format-curl = Et skallskript med de tre forespørslene
format-powershell = De tre forespørslene som et skript for PowerShell
format-json = Alt sammen, for et program
format-grant-generator = Digdirs jwt-grant-generator
format-appsettings = Altinns klient for .NET
format-spring = KS' klient for Spring Boot
format-pymaskinporten = pymaskinporten, for Python
format-typescript = TypeScript-klienten webmaxru/maskinporten
help-passwords =
    Passord til sertifikatfiler. Det første som gir et passord, gjelder:

      --password-stdin                standard inn: en linje for hver sertifikatfil som
                                      trenger passord, i samme rekkefølge som profilene,
                                      eller linjer PROFIL=PASSORD. Linjer til overs er feil.
      --password-command "PROGRAM …"  første linje som programmet skriver ut. Det kjøres
                                      uten skall. {"{profile}"}, {"{organisation}"} og {"{file}"}
                                      byttes ut. Tidsgrensen er 60 sekunder.
      KLARERT_PASSWORD_<PROFIL>       variabel: store bokstaver, _ for andre tegn
      KLARERT_PASSWORD                variabel for alle profiler
      password_command                i [certificate] i profilen, deretter i config.toml,
                                      som password_command = ["program", "argument"]
      spørsmål i terminalen

    Mangler passordet, hoppes profilen over (sluttkode 3), og siste resultat blir stående.

    Eksempler på --password-command:
      secret-tool lookup klarert {"{profile}"}                           Linux, GNOME
      security find-generic-password -w -s klarert -a {"{profile}"}      macOS
      pwsh -NoProfile -Command "Get-Secret klarert-{"{profile}"} -AsPlainText"
      pass show klarert/{"{profile}"}
      op read op://klarert/{"{profile}"}/password                        1Password
      vault kv get -field=password secret/klarert/{"{profile}"}
      az keyvault secret show --vault-name v --name {"{profile}"} --query value -o tsv
help-help = Vis hjelpen til en kommando
    .command = Kommandoen
    .example = Eksempel: klarert help check
help-import = Lag en profil av en annen klients innstillinger
    .profile = Hva profilen skal hete
    .file = Egenskapene til jwt-grant-generator, eller en .env-fil
    .environment = For dette miljøet, uansett hva filen sier
    .example = Eksempel: klarert import acme client.properties
help-key = Lag en nøkkel til en klient, og vis den offentlige nøkkelen (JWK)
    .out = Hvor den private nøkkelen skrives
    .kid = Nøkkelens navn på klienten; uten dette fingeravtrykket
    .bits = 2048, 3072 eller 4096
    .example = Eksempel: klarert key --out acme-key.pem --kid acme-2026
help-list = Vis hver profil på én linje, det viktigste først
    .json = Ett JSON-objekt per linje, for programmer
    .only_attention = Bare profiler som trenger oppmerksomhet. Sluttkode 1 hvis det er noen
    .ends_within = Bare dem der sertifikatet eller nøkkelen utløper innen så mange dager, eller utløpsdagen er ukjent; sluttkode 1 når det er noen
    .example = Eksempel: klarert list --attention
help-man = Skriv manualen
    .out = Til denne mappen, en side for hver kommando, slik pakker har det
    .example = Eksempel: klarert man | man -l -
help-new = Start veiviseren på en ny profil, eller skriv en med flagg
    .profile = Hva profilen skal hete: små bokstaver, sifre, bindestrek
    .business = norwegian eller foreign (NUF: --portal-login no)
    .norwegian-number = Om den har et norsk organisasjonsnummer (yes eller no)
    .portal-login = Om noen i den kan logge inn i Samarbeidsportalen (yes eller no)
    .environment = test, prod, sandbox, eller et fra config.toml
    .name = Virksomhetens navn
    .organisation = Ni siffer; utenlandsk: som VATDE-123456789
    .services = road air rail sea safeseanet entry documents
    .own-scopes = Andre scopes enn tjenestenes
    .client-id = Klient-ID-en fra Samarbeidsportalen
    .issuer-name = Utenlandsk: navnet som sendes som utsteder
    .authentication = certificate, eller key: registrert på klienten
    .kid = Navnet på den nøkkelen
    .key-registered = Dagen den ble registrert, eller today
    .certificate = Sertifikatfilen; med en nøkkel, nøkkelens fil
    .pick = Hvilket sertifikat av flere i filen, slik `klarert certificate` nummererer dem
    .key-file = Den private nøkkelen, i en egen fil
    .chain-file = Kjeden, i en egen fil
    .consumer-org = Bare for en leverandør: hvem den opptrer for
    .example = Eksempel: klarert new acme --business norwegian --service air --service entry
help-portal = Samarbeidsportalen gjennom API-et, med en administrasjonsklient
    .example =
        For systemleverandører og store virksomheter med en administrasjonsklient fra
        Digdir. Testet mot dokumentasjonen til Digdir og sandkassen, ikke mot tjenesten.
        Eksempel: klarert portal create acme --dry-run
help-portal-scopes = List opp de offentlige scopene: trenger ingen legitimasjon
    .like = Bare scopes med dette i navnet
    .environment = test (hvis utelatt), prod, sandbox, eller et fra config.toml
    .json = Ett JSON-objekt per linje, for programmer
    .example = Eksempel: klarert portal scopes --like toll:
help-portal-setup = Legg inn en administrasjonsklient, som en egen type profil
    .profile = Navnet på profilen
    .client_id = Klient-ID-en fra Digdir
    .certificate = Filen med sertifikatet; med --kid filen med nøkkelen
    .organisation = Ni siffer; leses fra sertifikatet hvis utelatt
    .environment = test (hvis utelatt), prod, sandbox, eller et fra config.toml
    .name = Navnet på virksomheten
    .kid = Navnet på nøkkelen, der en nøkkel er registrert
    .key_file = Den private nøkkelen, i en egen fil
    .password_stdin = Les passordet fra standard inn
    .example =
        Den kontrolleres, listes og endres som andre profiler.
        Eksempel: klarert portal setup digdir --client-id 3f1c… --certificate acme.p12
help-portal-granted = Vis hvilke scopes virksomheten har fått tildelt
    .admin = Administrasjonsklienten; kan utelates når det bare er én
    .environment = Miljøet, når det er flere administrasjonsklienter
    .password_stdin = Les passordet fra standard inn
    .example = Eksempel: klarert portal granted --json
help-portal-clients = List opp klientene til virksomheten
    .admin = Administrasjonsklienten; kan utelates når det bare er én
    .environment = Miljøet, når det er flere administrasjonsklienter
    .password_stdin = Les passordet fra standard inn
    .example = Eksempel: klarert portal clients
help-portal-create = Opprett klienten til en profil, og legg ID-en i profilen
    .profile = Profilen
    .dry_run = Vis hva som ville blitt sendt, og endre ingenting
    .yes = Ikke spør
    .admin = Administrasjonsklienten; kan utelates når bare én passer
    .password_stdin = Les passordet til administrasjonsklienten fra standard inn
    .example =
        Etter et avbrudd fortsetter den samme kommandoen: Ingen klient opprettes to
        ganger. Scopes som ikke er tildelt, utelates; `klarert portal scopes-add`
        legger dem til senere. Eksempel: klarert portal create acme --yes
help-portal-scopes-add = Legg de tildelte scopene i en profil på klienten
    .profile = Profilen
    .dry_run = Vis hva som ville blitt sendt, og endre ingenting
    .yes = Ikke spør
    .admin = Administrasjonsklienten; kan utelates når bare én passer
    .password_stdin = Les passordet til administrasjonsklienten fra standard inn
    .example =
        Returkode 1 hvis et scope i profilen ikke er tildelt.
        Eksempel: klarert portal scopes-add acme
help-portal-key = Legg den offentlige nøkkelen til en profil på klienten
    .profile = Profilen
    .rotate = Bytt ut nøkkelen til profilen med en ny
    .dry_run = Vis hva som ville blitt sendt, og endre ingenting
    .yes = Ikke spør
    .admin = Administrasjonsklienten; kan utelates når bare én passer
    .password_stdin = Les passordene fra standard inn
    .example =
        En nøkkel lages hvis profilen ikke har noen fil. Ellers brukes nøkkelen i filen,
        også den til et virksomhetssertifikat. De andre nøklene beholdes.
        --rotate: Begge nøklene legges på klienten, Maskinporten godtar den nye,
        profilen bruker den, og den gamle tas bort. Kan avbrytes underveis.
        Eksempel: klarert portal key acme --rotate
help-remove = Legg profiler i papirkurven, eller tøm den
    .profiles = Profilene
    .empty_trash = Slett alle profiler i papirkurven
    .yes = Med --empty-trash: ikke spør
    .example =
        Ingenting slettes, og det spørres ikke: `klarert restore` angrer det.
        Bare --empty-trash sletter, og spør først.
        Eksempel: klarert remove acme
help-rename = Gi en profil et annet navn
    .profile = Profilen
    .to = Det nye navnet
    .example = Eksempel: klarert rename acme acme-test
help-restore = Hent profiler fra papirkurven, eller vis den
    .profiles = Profilene; den sist fjernede der flere hadde det navnet. Utelatt: papirkurven listes opp
    .to = Et annet navn på den, der dens eget er tatt
    .example = Eksempel: klarert restore acme
help-resume = Fortsett der du var
    .profile = Profilen, eller den som sist ble brukt når navnet er utelatt
    .example = Eksempel: klarert resume acme
help-sandbox = Kjør en etterligning av Maskinporten og Tolletaten
    .port = Porten på 127.0.0.1. 0 tar en som er ledig
    .register_key = Registrer den offentlige nøkkelen i FILE (PEM eller JWK. Av en privat nøkkel leses bare den offentlige delen)
    .kid = Navnet på den registrerte nøkkelen, slik grants oppgir det
    .client_id = Klienten nøkkelen registreres på. Den opprettes om sandkassen ikke har den
    .scopes = Et scope for den klienten, som også gis. Kan gjentas
    .json = Skriv adressen og klientene som én linje JSON
    .example = Eksempel: klarert sandbox --port 0
help-set = Endre svar i en profil
    .profile = Profilen
    .answers = Nøklene er flaggene til `new` uten bindestrekene. Ingenting etter = fjerner et svar
    .example = Eksempel: klarert set acme client-id=3f1c6a52-7d0e-4b8a-9c41-2e5f8a1b6d30
help-show = Vis profiler: hva er gjort, hva mangler, og hvem må gjøre noe
    .profiles = Profilene
    .json = Ett JSON-objekt per linje, for programmer
    .example = Eksempel: klarert show acme
help-token = Skriv et token til standard ut, og ingenting annet
    .profile = Profilen, som kan utelates når det bare finnes én
    .customs = Tolletatens token, som det fra Maskinporten veksles i
    .scope = Et scope; kan gjentas. Profilens første når det utelates
    .all_scopes = Ett token for alle scopene i profilen
    .json = Ett JSON-objekt med tokenet, scopet og utløpet
    .password_stdin = Les sertifikatets passord fra første linje på standard inn
    .example = Eksempel: curl -H "Authorization: Bearer $(klarert token acme --customs)" …
help-undo = Fjern avkrysninger
    .profile = Profilen
    .items = Slik `show --json` kaller dem. Navnet på et steg står for hele steget
    .example = Eksempel: klarert undo acme customs.submit
help-where = Vis mapper, språk, terminal og proxyer, til en feilrapport
    .json = Ett JSON-objekt, for programmer
    .example = Eksempel: klarert where

# Manualen: overskriftene, og det som står i den i tillegg til tekstene i --help. En linje er `begrep: tekst`.

manual-name = NAVN
manual-synopsis = SYNOPSIS
manual-description = BESKRIVELSE
manual-options = VALG
manual-commands = KOMMANDOER
manual-examples = EKSEMPLER OG MERKNADER
manual-version = VERSJON
manual-about = klarert veileder en virksomhet fra et bestilt sertifikat til en tilkobling som virker mot Tolletatens Digitoll-API-er, gjennom Maskinporten. Uten en kommando åpner det veiviseren: velg en profil å fortsette med, eller start en ny. Hvert svar lagres når det er gitt. Med --sandbox kan alt prøves uten risiko.
manual-exit = AVSLUTNINGSKODER
    .lines =
        0: Alt i orden.
        1: En kontroll feilet, eller et sertifikat kan ikke brukes.
        2: Feil bruk.
        3: En profil, et sertifikat eller oppsettet kunne ikke leses.
        4: Nettet eller tjenesten kunne ikke nås.
        5: Med --plain: inndataene tok slutt før kontrollen var kjørt.
        130: Avbrutt.
manual-environment = MILJØVARIABLER
    .lines =
        KLARERT_HOME: Mappen for profiler og innstillinger; --home går foran.
        KLARERT_PASSWORD: Passordet til et sertifikat.
        KLARERT_PASSWORD_<PROFIL>: Passordet til sertifikatet i den profilen, for check. Navnet skrives med store bokstaver, og _ for andre tegn.
        KLARERT_OFFLINE: Satt til hva som helst: Ingen forespørsel sendes uten at kommandoen trenger den, slik som oppslag av et scope som er skrevet inn.
        NO_COLOR: Ingen farger, når den er satt til noe.
        LC_ALL, LC_MESSAGES, LANG: Språket, når verken --lang eller config.toml angir det.
        HTTPS_PROXY, NO_PROXY: Proxyen, og det som nås uten den.
        SSL_CERT_FILE, SSL_CERT_DIR: På Linux, rotsertifikater å stole på i stedet for systemets.
        KLARERT_COMPLETE: Settes av skriptet til et skall som fyller ut en linje.
manual-files = FILER
    .lines =
        config.toml: Innstillinger: språket, og egne miljøer.
        profiles/<NAVN>.toml: En profil. Det er ingen hemmelighet i den.
        state/<NAVN>.toml: Det som endres uten at svarene gjør det: siste kontroll og når sertifikatet utløper. Git ser bort fra mappen.
        state/.index: Med 500 profiler eller flere: det en liste viser av dem, slik at bare endrede filer leses. Den kan slettes.
        bin/<NAVN>.toml, bin/<NAVN>@2.toml og så videre: Papirkurven, til `klarert remove --empty-trash`.
        Mappen: ~/.config/klarert på Linux, ~/Library/Application Support/klarert på macOS, %LOCALAPPDATA%\klarert\config på Windows; eller KLARERT_HOME, eller --home.
