# Ferdige brev.

item-letter = En ferdig tekst til å sende: y viser og kopierer den, m åpner den som e-post.
letter-head = Til: { $to }
    Emne: { $subject }
letter-head-issuer = Til: utstederen av sertifikatet
    Emne: { $subject }
letter-customs =
    Hei,

    vi har registrert oss i Digitoll og skal koble oss til API-ene deres gjennom Maskinporten. Vi ber om tilgang til disse scopene, i test og i produksjon:

    { $scopes }

    Virksomhet: { $business }
    Organisasjonsnummer eller -identifikator: { $organisation }

    Gi oss gjerne beskjed når tilgangen er på plass.
    .subject = Digitoll: tilgang til scopes for { $business } ({ $organisation })
letter-digdir =
    Hei,

    vi skal bruke Tolletatens API-er gjennom Maskinporten, som konsument. Vi har sendt informasjonsskjemaet. Vi ber om tilgang til Samarbeidsportalen, i test og i produksjon, og om beskjed når vi kan logge inn.

    Virksomhet: { $business }
    Organisasjonsnummer: { $organisation }
    .subject = Maskinporten: tilgang til Samarbeidsportalen for { $business } ({ $organisation })
letter-certificate =
    Hei,

    vi trenger et virksomhetssertifikat til Maskinporten, og et testsertifikat til testmiljøet. Et mykt sertifikat som .p12-fil med RSA-nøkkel passer for oss.

    Virksomhet: { $business }
    Organisasjonsnummer: { $organisation }

    Gi oss gjerne beskjed om hva dere trenger fra oss.
    .subject = Virksomhetssertifikat for { $business } ({ $organisation })
letter-seal =
    Hei,

    vi trenger et avansert elektronisk segl (eSegl) for en juridisk person, for å autentisere systemet vårt i den norske tjenesten Maskinporten. Det må:

    - være utstedt av en tillitstjenestetilbyder på EUs tillitslister
    - inneholde vår organizationIdentifier (ETSI EN 319 412-1)
    - ha en RSA-nøkkel på minst 2048 bit
    - være mykt (en .p12-fil, eller fra vår sertifikatforespørsel), ikke på maskinvare (ingen QSCD)

    Virksomhet: { $business }
    organizationIdentifier: { $organisation }

    Gi oss gjerne beskjed om hva dere trenger fra oss, og om dere tar imot en sertifikatforespørsel (CSR).
    .subject = eSegl for { $business }
