# Automatisering: mange profiler, passord fra et hemmelighetslager, filtre, tabeller og rapporter.

password-missing = passordet til sertifikatet
password-source = { $what ->
        [stdin] standard inndata (--password-stdin)
        [flag] --password-command
        [profile] password_command i profilens fil
        [config] password_command i config.toml
       *[variable] { $variable }
    }
password-came-from = { $profile }: Passordet kom fra { $source }.
    .named = Linjen har formen NAVN=PASSORD, men begynner ikke med navnet på en valgt profil: Hele linjen ble tatt for passordet.
    .file = Passordet kom fra { $source }.
password-variable-shared = { $variable } gjelder to profiler, { $one } og { $other }, så det er uklart hvem av dem passordet er for.
    .hint = Gi passordene med --password-command, eller med --password-stdin som linjer NAVN=PASSORD.
password-command-empty = --password-command mangler et program, eller et anførselstegn er ikke lukket.
    .hint = Eksempel: --password-command "pass show klarert/{"{profile}"}"
password-command-error = { $profile }: ikke noe passord. { $why }
    .file = Ikke noe passord. { $why }
password-command-not-started = Programmet «{ $program }» kunne ikke startes: { $error }
password-command-failed = Programmet «{ $program }» avsluttet med { $status }. { $stderr }
password-command-no-output = Programmet «{ $program }» skrev ikke ut noe passord.
password-command-timed-out = Programmet «{ $program }» ble ikke ferdig innen { $seconds } sekunder.
password-lines-surplus = { $count ->
        [one] Standard inn har én linje mer enn det trengs passord.
       *[other] Standard inn har { $count } linjer mer enn det trengs passord.
    }
    .hint = --password-stdin tar en linje for hver sertifikatfil, i samme rekkefølge som profilene, eller linjer NAVN=PASSORD.
password-lines-unknown = Disse linjene i standard inn gjelder ingen valgt profil: { $lines }

check-row-skipped = hoppet over · passordet mangler
check-incomplete-skipped = { $count ->
        [one] Én profil er ikke fullstendig og ble hoppet over: { $names }
       *[other] { $count } profiler er ikke fullstendige og ble hoppet over: { $names }
    }
check-sum-causes = Etter årsak:
check-sum-skipped = hoppet over fordi passordet mangler
check-sum-who = Etter hvem som må gjøre noe:
check-fix-set = Rett { $at }: klarert set { $profile } { $key }=…{ $home }
check-fix-show = Rett { $at }. Alle stegene i profilen: klarert show { $profile }{ $home }
    .all = Alle stegene i profilen: klarert show { $profile }{ $home }

filter-match-invalid = --match: «{ $written }» er ikke et mønster. Bruk * for flere tegn, ? for ett, og [abc] for ett av flere.
filter-nothing = Ingen profil passer.
    .hint = `klarert list{ $home }` viser alle profilene.

## apply

apply-place = Rad { $row }, kolonne { $column }
apply-row = Rad { $row }: { $rule }
apply-table = Tabellen har ingen rader.
    .hint = Den første raden i en CSV-fil har navnene på kolonnene: profile, og nøklene til `klarert set`. Eksempel: profile;business;organisation;services
    .json = JSON er en liste med objekter som har navnene på kolonnene. Eksempel: [{"{"}"profile": "acme", "business": "norwegian"{"}"}]
apply-not-utf8 = Tabellen er ikke UTF-8. Lagre den som «CSV UTF-8» i Excel.
apply-other-form = { $what ->
        [sep] Den første linjen, sep=, er bare for Excel. Fjern den.
        [toml] Dette er TOML, ikke en tabell. klarert leser CSV og JSON.
        [yaml] Dette er YAML, ikke en tabell. klarert leser CSV og JSON.
       *[tabs] Kolonnene er skilt med tabulatorer. Lagre tabellen som CSV, med ; eller , mellom kolonnene. Velg «CSV UTF-8» i Excel.
    }
apply-no-objects = Tabellen har ingen rader: Det er ingen objekter med en verdi i JSON-listen.
apply-not-json = Tabellen er ikke gyldig JSON: { $what ->
        [end] Den slutter på linje { $line }, før den er komplett.
        [comma] Det er et komma for mye foran linje { $line }, kolonne { $column }.
       *[other] Se linje { $line }, kolonne { $column }.
    }
apply-not-an-array = Tabellen er JSON, men ikke en liste. Sett objektene mellom [ og ], med komma mellom dem.
apply-quote-unclosed = Rad { $row }, kolonne { $column }: Anførselstegnet først i cellen er ikke lukket. Skriv " inne i en celle to ganger.
apply-quote-text-after = Rad { $row }, kolonne { $column }: Det står tekst etter anførselstegnet som lukker cellen. Skriv " inne i en celle to ganger.
apply-quote-inside = Rad { $row }, kolonne { $column }: Et " inne i en celle må skrives to ganger, og hele cellen stå i anførselstegn, uten mellomrom foran.
apply-not-an-object = Element { $row } i JSON-listen er ikke et objekt.
apply-not-a-text = Rad { $row }, kolonne { $column }: verken tekst, tall eller en liste med tekster.
apply-row-too-long = Rad { $row } har flere celler enn de { $columns } kolonnene i overskriften.
apply-column-unknown = «{ $column }» er ingen kolonne. Kolonnene er: { $known }
apply-column-unknown-near = «{ $column }» er ingen kolonne. Mente du { $known }?
apply-column-twice = Kolonnen { $column } finnes to ganger.
apply-no-profile = Kolonnen «profile» mangler.
apply-profile-twice = { $name } står også i en tidligere rad.
apply-more-errors = { $count ->
        [one] Det er én feil til.
       *[other] Det er { $count } feil til.
    }
apply-nothing-written = Ingenting ble skrevet. Rett tabellen og kjør kommandoen på nytt.
    .profile = Ingenting ble skrevet. { $hint }
apply-create = opprettes
apply-change = endres
apply-unchanged = uendret
apply-none = (ingen)
apply-removed-ticks = avkrysninger fjernet: { $ticks }
apply-sum = { $created } opprettet, { $changed } endret, { $unchanged } uendret.
    .dry = Ingenting ble skrevet: { $created } å opprette, { $changed } å endre, { $unchanged } uendret.
apply-not-written = Ikke skrevet: { $names }. Kjør kommandoen på nytt når feilene er rettet: rader som alt er skrevet, blir som de er.
apply-too-large = Tabellen er større enn { $megabytes } MB. Ingenting ble skrevet.
    .hint = Del tabellen i flere.

## report og export

report-heading = Tilkoblinger
report-summary = { $all ->
        [one] Én tilkobling
       *[other] { $all } tilkoblinger
    }: { $passed } besto kontrollen, { $failed } feilet, { $open } gjenstår{ $unreadable ->
        [0] {"."}
       *[other] , { $unreadable } kan ikke leses.
    }
report-column-profile = Profil
report-column-business = Virksomhet
report-column-environment = Miljø
report-column-progress = Steg
report-column-next = Neste
report-column-who = Hvem må gjøre noe
report-column-since = Siden
report-column-check = Siste kontroll
report-column-expiry = Utløper
report-check-failed = kontrollen feilet { $day }
report-days = { $days ->
        [0] i dag
        [one] én dag
       *[other] { $days } dager
    }
calendar-summary = { $business }: { $what ->
        [key] nøkkelen som er registrert i Maskinporten, utløper
       *[certificate] sertifikatet til Maskinporten utløper
    }
calendar-description = Profil { $profile }, miljø { $environment }. { $what ->
        [key] Registrer en ny nøkkel på klienten før denne dagen: klarert key
       *[certificate] Bestill nytt sertifikat i god tid. Det kan ta flere uker.
    }
export-openssl-token = 1. En forespørsel som openssl signerer med nøkkelen, og som curl sender til { $endpoint }. openssl spør om passordet hvis nøkkelen har et.
export-openssl-no-token = Maskinporten svarte ikke med et token.
export-openssl-pem = openssl signerer med en nøkkel i en PEM-fil, og denne profilen har den i en annen form.
    .hint = Konverter den: `openssl pkcs12{ $legacy } -in { $file } -out { $pem }`, og så `klarert set { $profile } { $answer }`.{ $note }
handoff-token-endpoint = Tokenendepunkt
handoff-customs = Tolletatens API
handoff-addresses = Adresser for brannmuren

## Papirkurv og filer som er skrevet for hånd

trash-confirm = { $count ->
        [one] Én profil i papirkurven slettes og kan ikke hentes tilbake.
       *[other] { $count } profiler i papirkurven slettes og kan ikke hentes tilbake.
    } Slette? (j/n)
trash-unconfirmed = { $count ->
        [one] Én profil i papirkurven ville blitt slettet.
       *[other] { $count } profiler i papirkurven ville blitt slettet.
    } Uten terminal må --yes bekrefte det.
    .hint = `klarert restore` viser papirkurven.
trash-kept = Ingenting ble slettet.
trash-emptied = { $count ->
        [one] Slettet én profil fra papirkurven.
       *[other] Slettet { $count } profiler fra papirkurven.
    }
lint-misspelt = linje { $line }: `{ $key }` er ingen kjent nøkkel og brukes ikke. Mente du `{ $known }`?
lint-value = linje { $line }: `{ $key }`: { $rule }
lint-service = Tolletaten har ingen tjeneste «{ $service }».
lint-file-name = { $file } brukes ikke: { $rule }
