# Hjelpen til hver visning: hva den er til, og begrepene i den, ett avsnitt per linje. Tastene legger programmet til.

about-profile-list =
    Hver linje er en profil: svarene for én virksomhet i ett miljø. ✓ betyr at siste kontroll gikk bra, ✗ at den feilet.
    En advarsel viser når et sertifikat eller en nøkkel snart utløper.
    Profilene er filer på denne maskinen. Det er ingen passord eller nøkler i dem.
about-new-profile =
    En profil har svarene for én virksomhet i ett miljø. Navnet er bare til deg selv, for eksempel acme-test.
    klarert stiller så ett spørsmål om gangen, og forteller hvorfor.
about-business =
    De to spørsmålene avgjør hvilke steg som gjelder. En norsk virksomhet blir kunde hos Digdir og oppretter en klient. En utenlandsk virksomhet trenger ingen av delene: eSeglet er nok.
    Enhetsregisteret er det norske registeret over virksomheter. En NUF er et utenlandsk foretak som er registrert der.
    Miljøet er det dere kobler dere til. Test og produksjon har hver sin klient, og for norske virksomheter hvert sitt sertifikat. Begynn i test.
about-services =
    En tjeneste er en del av Tolletatens API-er. Et scope er navnet på retten til å bruke den, som toll:movement/road/v2.
    Velg det virksomheten skal bruke. De fleste trenger én eller to tjenester. Valget kan endres senere.
about-customs =
    Tolletaten bestemmer hvem som får tilgang til API-ene. Digitoll er Tolletatens digitale grensepassering.
    Først registrerer virksomheten seg med et skjema på toll.no. Så ber den om scopene, og Tolletaten gir tilgang til dem.
    Én registrering gjelder både test og produksjon. Be om tilgang til begge.
    Den ferdige teksten er en e-post til Tolletaten, fylt ut med svarene.
about-digdir =
    Digdir er Digitaliseringsdirektoratet. De drifter Maskinporten, tjenesten som gir systemer tilgang til API-er, og Samarbeidsportalen, der virksomheter administrerer tilgangen.
    I Altinn gir en virksomhet rettigheter til sine ansatte. Det kan hovedadministratoren i virksomheten gjøre.
    Senere oppgir virksomheten også et varslingspunkt.
about-integration =
    En klient er oppføringen i Samarbeidsportalen som gir systemet deres lov til å be om token. Et token er et bevis på en rettighet, og gjelder en kort stund.
    Tekstene under et punkt skal skrives inn i portalen. y kopierer dem.
    Navnene i «» er knapper og menyer i portalen.
    Det siste punktet gir klient-ID-en. Lim den inn i feltet under.
about-credentials =
    Sertifikatet beviser hvem virksomheten er. Den private nøkkelen signerer hver forespørsel om et token. Begge er vanligvis i én .p12-fil, beskyttet av et passord.
    En norsk virksomhet bruker et virksomhetssertifikat fra Buypass eller Commfides. En leveranse har flere: Maskinporten godtar autentiseringssertifikatet.
    En utenlandsk virksomhet bruker et eSegl: et elektronisk segl for en virksomhet, fra en utsteder på EUs tillitslister.
    Filen blir der den er. Profilen har bare stien.
    Passordet åpner filen, og lagres aldri. Du blir bare spurt om det én gang så lenge klarert kjører.
about-check =
    Kontrollen gjør de samme kallene som systemet deres. Den leser sertifikatet, når Maskinporten, ber om et token, får Tolletaten til å veksle det, og gjør et testkall.
    Et trinn som feiler, avslutter kontrollen. Årsaken, det som må gjøres, og hvem som må gjøre det, vises under trinnene.
    Ingenting deklareres eller endres hos Tolletaten.
help-title = Taster
help-keys-always =
    u | hent tilbake det en endring har fjernet
    ctrl-l | tegn skjermbildet på nytt
    ctrl-z | sett på pause; kommandoen fg fortsetter
    ctrl-c | avslutt; svarene lagres etter hvert
