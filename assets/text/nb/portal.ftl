# Samarbeidsportalen gjennom API-et: kommandoene, og tilbudet i veiviseren.

portal-no-administration = Ingen administrasjonsklient er kjent for dette.
    .hint = Digdir gir administrasjonsklienter til systemleverandører og store virksomheter. Legg inn din med: klarert portal setup NAVN --client-id … --certificate …
portal-not-administration = { $name } er ikke en administrasjonsklient.
portal-several = Flere administrasjonsklienter passer: { $names }.
    .hint = Oppgi den som skal brukes, med --admin NAVN.
portal-is-administration = { $name } er en administrasjonsklient. Den har ingen innføring.
portal-foreign = { $name } er en utenlandsk virksomhet. Den har ingen klient i Samarbeidsportalen.
portal-incomplete = Organisasjonsnummeret eller tjenestene til { $name } mangler.
    .hint = klarert set { $name } business=norwegian organisation=… services=…{ $home }
portal-other-organisation = Administrasjonsklienten tilhører { $other }, men profilen er for { $organisation }. Klienten ville tilhøre { $other }.
    .hint = En leverandør oppretter sin egen klient: Sett organisation={ $other } og consumer-org={ $organisation }. Kunden delegerer scopene til deg i Altinn, så langt de kan delegeres.
portal-other-environment = Administrasjonsklienten er for { $other-environment }, men profilen er for { $environment }.
    .hint = Digdir gir en administrasjonsklient for hvert miljø.
portal-no-api = Ingen adresse til API-et for Samarbeidsportalen er kjent for miljøet { $environment }.
    .hint = Oppgi adressen i config.toml, under [environments.{ $environment }]: self_service = "https://…"
portal-organisation-unknown = Organisasjonsnummeret kunne ikke leses fra filen.
    .hint = Oppgi det med --organisation.
portal-set-up = Kontroller den med `klarert check { $name }{ $home }`. Deretter viser `klarert portal granted{ $home }` hva dere har fått tilgang til.

portal-will-send = Dette sendes til { $base }, som { $admin }:
portal-not-granted = Ikke tildelt, og utelatt: { $scopes }
portal-confirm = Sende? [j/N]
portal-declined = Ingenting ble sendt.
portal-unconfirmed = Det som skal sendes, må bekreftes, og her er ingen terminal å spørre i.
    .hint = --dry-run viser det; --yes bekrefter det.
portal-run-again = Kjør den samme kommandoen på nytt: Den fortsetter der.

portal-has-client = { $profile } har allerede klienten { $client }. Ingenting ble sendt.
portal-created = { $profile } har nå klienten { $client }.
    .key = Den har ingen nøkkel ennå: klarert portal key { $profile }{ $home }
    .check = Maskinporten kjenner en ny klient innen ti minutter. Deretter: klarert check { $profile }{ $home }
portal-no-client = { $profile } har ingen klient ennå.
    .hint = klarert portal create { $profile }{ $home }
portal-no-scopes-added = Klienten { $client } har alle scopene til { $profile } som er tildelt. Ingenting ble sendt.
portal-scopes-added = Nå på klienten { $client }: { $scopes }
portal-key-certificate = { $profile } signerer med et sertifikat. En klient med en registrert nøkkel godtar det ikke lenger.
    .hint = For å bruke en nøkkel: klarert set { $profile } authentication=key{ $home }
portal-has-key = Klienten { $client } har allerede nøkkelen { $kid }. Ingenting ble sendt.
portal-key-added = Klienten { $client } har nå nøkkelen { $kid }. Den er gyldig i ett år, og Maskinporten kjenner den innen ti minutter.
portal-no-key = Det er ingen RSA-nøkkel i { $file }.
portal-no-key-yet = { $profile } har ingen nøkkel på klienten ennå.
    .hint = klarert portal key { $profile }{ $home }
portal-kid-taken = Klienten har en annen nøkkel med navnet { $kid }.
    .hint = Gi denne et annet navn: klarert set { $profile } kid=…{ $home }
portal-keys-full = Klienten har fem nøkler, som er det meste den kan ha: { $kids }
    .hint = Fjern en i Samarbeidsportalen. klarert fjerner ingen andres nøkler.
portal-waiting = Venter til Maskinporten kjenner den nye nøkkelen, høyst { $limit }. Ctrl-C stopper: Den samme kommandoen fortsetter herfra.
portal-still-waiting = Har ventet { $waited } av { $limit }
portal-rotated = { $profile } bruker nå nøkkelen { $kid }. Nøkkelen { $old } er ikke lenger på klienten. Filen er beholdt.

# Trinnene i en endring, som en liste over hva som er gjort og hva som gjenstår.
portal-step-created = Klienten er opprettet i Samarbeidsportalen
portal-step-id-saved = Klient-ID-en er i profilen
portal-step-scopes-added = Scopene er på klienten
portal-step-key-made = Nøkkelen er i en fil på denne datamaskinen
portal-step-key-added = Nøkkelen er på klienten
portal-step-both-keys = Den gamle og den nye nøkkelen er på klienten
portal-step-key-accepted = Maskinporten godtar den nye nøkkelen
portal-step-key-used = Profilen bruker den nye nøkkelen
portal-step-old-key-removed = Den gamle nøkkelen er ikke lenger på klienten

portal-scope-europeans = også for europeiske virksomheter
portal-scope-delegable = kan delegeres
portal-scope-open = åpent for alle
portal-scopes-none = Ingen scopes i listen har «{ $like }» i navnet.
    .near = Ingen scopes i listen har «{ $like }» i navnet. Mente du { $nearest }?
portal-scopes-note = Listen har bare offentlige scopes: Et scope som ikke er der, kan finnes likevel.
portal-none-granted = Ingen scopes er tildelt.
portal-no-clients = Det finnes ingen klienter.
portal-state-approved = tildelt
portal-state-requested = bedt om
portal-state-denied = avslått

ticked-by-klarert = avkrysset av klarert
not-needed-with-api = ikke nødvendig: klarert brukte API-et
list-administration = administrasjonsklient

## Den åpne listen over scopes, der scopes skrives inn

scope-listed = { $scope } er i listen over scopes.
scope-near = { $scope } er ikke i listen over offentlige scopes. Mente du { $nearest }?

## Integrasjonssteget i veiviseren, der en administrasjonsklient er kjent

client-offer = Eller trykk c: klarert oppretter klienten gjennom API-et, med administrasjonsklienten din.
client-plan-title = Opprette klienten?
    .existing = Bruke denne klienten?
client-plan-intro = Dette sendes til Samarbeidsportalen:
client-plan =
    Navn: { $name }
    Beskrivelse: { $description }
    Scopes: { $scopes }
    Grant type: { $grant-type }
client-plan-existing = Samarbeidsportalen har allerede klienten til denne profilen: { $name }, { $client }. ID-en legges i profilen. Ingenting sendes.
plain-client-offer = c: klarert oppretter klienten gjennom API-et, med administrasjonsklienten din.
plain-prompt-client-plan = Opprette den? j eller n; Enter betyr nei
    .existing = Bruke den? j eller n; Enter betyr nei
does-create-client = opprett klienten
does-create = opprett den
    .existing = bruk den
notice-client-planning = Spør Samarbeidsportalen hva som er tildelt…
notice-client-creating = Oppretter klienten…
    .existing = Legger klient-ID-en i profilen…
notice-client-created = Opprettet. Klient-ID-en { $client } er i profilen.
    .existing = Ingenting ble sendt. Klient-ID-en { $client } er i profilen.
notice-client-failed = { $title }. Mer om det: klarert portal create { $name }{ $home }
