# Det kommandoene sier, og ordene i --help.

command-error = feil: { $what }
command-hint = tips: { $hint }
command-refused = { $flag }: { $rule }
command-no-home = Det ble ikke funnet noen mappe for programmets egne filer.
    .hint = Oppgi en med --home MAPPE, eller sett KLARERT_HOME.
command-no-terminal = Veiviseren trenger en terminal, og her er det ingen å tegne på eller lese taster fra.
    .hint = `--plain` spør i tekstlinjer i stedet. `klarert new NAVN --business …` skriver en profil fra flagg. Også uten terminal: `klarert list`, `klarert show NAVN`, `klarert check NAVN`. `klarert --help` viser alle.

## Filer

store-not-found = Det finnes ingen profil som heter { $name }.
    .hint = `klarert list` viser dem som finnes. `klarert new NAVN` lager en.
store-exists = Det finnes allerede en profil som heter { $name }.
    .hint = Velg et annet navn, eller fortsett med den: `klarert resume NAVN`.
store-changed = { $path } er endret siden den ble lest, av et annet vindu eller et annet program. Ingenting er skrevet.
    .hint = Les profilen på nytt og gjør endringen om igjen. Ingenting av det den andre skrev, er tapt.
store-malformed = { $path }, linje { $line }, kolonne { $column }: { $problem }
    .hint = Filen er ikke rørt. Rett den i en teksteditor. De andre profilene virker fortsatt.
store-newer-format = { $path } er skrevet av en nyere versjon av klarert (format { $found }).
    .hint = Filen er ikke rørt. Installer den nyeste versjonen for å bruke den.
store-not-a-file = { $path } er ikke en fil klarert kan ha skrevet: det er en mappe, en enhet eller noe altfor stort.
    .hint = Flytt den, og prøv på nytt.
store-denied = { $path } kan ikke leses eller skrives av denne brukeren.
    .hint = { store-io.hint }
store-full = Disken er full, så { $path } kunne ikke skrives. Filen som var der, er uskadd.
store-read-only = { $path } ligger på en disk som bare kan leses.
store-io = { $path } kunne ikke leses eller skrives: { $words }
    .hint = Se hvem som eier filen og mappen, og se på disken. En annen mappe kan oppgis med --home MAPPE.

problem-syntax = dette er ikke TOML ({ $words }).
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
expected-table = en tabell

## list

list-empty = Det finnes ingen profiler ennå. `klarert new` starter en.
list-calm = Ingenting trenger oppmerksomhet.
list-unreadable = kan ikke leses
list-done = alt er gjort
list-steps = { $done } av { $all }
list-never-checked = ikke kontrollert ennå
list-passed = kontrollen besto { $day }
list-failed = kontrollen feilet
list-failed-code = kontrollen feilet: { $code }
list-ended = sertifikatet er gått ut
list-ends = { $days ->
    [one] sertifikatet går ut om én dag
   *[other] sertifikatet går ut om { $days } dager
}
list-waiting = venter på { $who }
list-waiting-since = venter på { $who } siden { $day }

## new, set, done, undo, show

edit-saved = Lagret: { $path }
edit-next = Neste: { $next }
edit-no-name = Den nye profilen har ikke noe navn.
    .hint = Oppgi et: `klarert new acme …`, eller virksomhetens eget navn med --name.
edit-unknown-key = «{ $key }» er ikke et svar som kan settes.
    .hint = Skriv NØKKEL=VERDI, med en av disse nøklene: { $known }
edit-unknown-item = «{ $item }» er ikke noe denne profilen har å gjøre.
    .hint = En av disse, eller delen foran punktumet for alle i et steg: { $known }
show-missing = mangler: { $field } ({ $key }=…)
show-failed = kontrollen ble sist kjørt { $day }

refused-choice = En av { $known }: «{ $written }» er ikke det.
refused-only-for = Dette spørres det bare om for en { $kind ->
    [norwegian] norsk
   *[foreign] utenlandsk
} virksomhet.
refused-only-with = Dette spørres det bare om med authentication={ $way }.
refused-consumer-self = Dette er virksomhetens eget nummer. Feltet er bare for en leverandør som handler for en annen organisasjon.

## --help: `help` er programmet, `help-<kommando>` en kommando, attributtene er argumentene

help = En veiviser fra virksomhetssertifikat til Tolletatens API-er for Digitoll, gjennom Maskinporten.
    .home = Mappen for profiler og innstillinger, i stedet for den vanlige (eller KLARERT_HOME)
    .lang = Språket: engelsk eller bokmål
    .no_color = Ingen farger (eller NO_COLOR)
    .plain = Tekstlinjer i stedet for et tegnet skjermbilde, for en skjermleser eller en logg
    .sandbox = Bruk et Maskinporten og et Tolletaten på denne maskinen: ingenting forlater den
    .example =
        Eksempler:
          klarert                 velg en profil å fortsette med, eller start en ny
          klarert --sandbox       prøv hele veien uten at noe står på spill
          klarert check acme      test et oppsett som finnes

help-list = Vis hver profil på én linje, det som trenger oppmerksomhet først
    .json = Ett JSON-objekt per linje, for programmer
    .attention = Bare de som trenger oppmerksomhet. Sluttkode 1 når det er noen
    .example = Eksempel: klarert list --attention
help-new = Start veiviseren på en ny profil. Med svar som flagg skrives den med en gang
    .profile = Hva profilen skal hete: små bokstaver, sifre, bindestrek
    .business = norwegian eller foreign. Følger av de to neste når de er oppgitt
    .norwegian-number = Om den har et norsk organisasjonsnummer (yes eller no)
    .portal-login = Om noen i den kan logge inn i Samarbeidsportalen (yes eller no)
    .environment = test, prod, sandbox eller et miljø fra config.toml
    .name = Virksomhetens navn
    .organisation = Ni sifre. Utenlandsk: som i sertifikatet, for eksempel VATDE-123456789
    .services = road, air, rail, sea, entry eller documents. Kan gjentas
    .own-scopes = Andre scopes enn tjenestenes
    .client-id = Klient-ID-en fra Samarbeidsportalen
    .issuer-name = Utenlandsk: navnet som sendes som utsteder
    .authentication = certificate, eller key: en nøkkel registrert på klienten
    .kid = Navnet på den nøkkelen
    .certificate = .p12, .pfx, .pem, .crt eller .der. Med nøkkel: nøkkelens fil
    .key-file = Privatnøkkelen, når den ligger i en egen fil
    .chain-file = Kjeden, når den ligger i en egen fil
    .consumer-org = Bare for en leverandør: hvem den handler for
    .example = Eksempel: klarert new acme --business norwegian --organisation 123456785 --service road
help-resume = Fortsett der du var
    .profile = Profilen, eller den som sist ble brukt når navnet er utelatt
    .example = Eksempel: klarert resume acme
help-show = Vis én profil: hvert steg, hva som er gjort, hva som mangler og hvem som må handle
    .profile = Profilen
    .json = Ett JSON-objekt, for programmer
    .example = Eksempel: klarert show acme
help-set = Endre svar i en profil
    .profile = Profilen
    .answers = Nøklene er de samme som i `new`, uten bindestrekene, men `services`. Ingenting etter = fjerner et svar
    .example = Eksempel: klarert set acme client-id=3f1c6a52-… certificate=acme.p12
help-done = Kryss av det som er gjort
    .profile = Profilen
    .items = Slik `show --json` kaller dem. Navnet på et steg står for hele steget
    .example = Eksempel: klarert done acme customs.form customs.submit
help-undo = Fjern avkryssinger igjen
    .profile = Profilen
    .items = Slik `show --json` kaller dem. Navnet på et steg står for hele steget
    .example = Eksempel: klarert undo acme customs.submit
help-everywhere = Overalt
help-sandbox = Kjør et Maskinporten og et Tolletaten å prøve seg mot, til Ctrl-C
    .port = Porten på 127.0.0.1. 0 tar en som er ledig
    .register_key = Registrer den offentlige nøkkelen i FILE (PEM eller JWK. Av en privat nøkkel leses bare den offentlige delen)
    .kid = Navnet på den registrerte nøkkelen, slik grants oppgir det
    .client_id = Klienten nøkkelen registreres på. Den lages om sandkassen ikke har den
    .scopes = Et scope for den klienten, som også gis. Kan gjentas
    .json = Si hvor den lytter og hva den kjenner, som én linje JSON
    .example = Eksempel: klarert sandbox --port 0
