# Det tilkoblingskontrollen og `klarert explain` sier: hva som skjedde, hvorfor, og hva du kan gjøre, én linje for hver.

## Før noe sendes

diagnosis-profile-incomplete = Noen svar mangler
    .cause = Kontrollen kan ikke starte uten disse svarene: { $fields }.
    .fix = Gå tilbake til steget, og svar på det som er merket som manglende.
diagnosis-scope-wrong-branch = Scopet { $scope } er for den andre typen virksomhet
    .cause = Norske virksomheter bruker scope som begynner med toll:, utenlandske bruker scope som begynner med toll:eu/. Denne profilen har ett av den andre typen.
    .fix =
        Se på svaret om hvilken type virksomhet dette er.
        Velg tjenestene på nytt. Da følger scopene av svaret.
diagnosis-certificate-unreadable = Sertifikatet kan ikke leses
    .cause = Filen kunne ikke åpnes: den kan være skadet, av en annen type, eller ha et annet passord. Det er tre forskjellige ting, og programmet som leser den, kan ikke alltid skille dem.
    .fix =
        Kontroller at det er filen du fikk fra utstederen, og passordet som hører til.
        Er den kopiert eller videresendt, ta en ny kopi av originalen.
diagnosis-certificate-unfit = Sertifikatet kan ikke brukes
    .cause = Det trengs et sertifikat med tilhørende privat RSA-nøkkel for å signere forespørselen.
    .fix = Velg filen som har både autentiseringssertifikatet og den private nøkkelen.
diagnosis-certificate-wrong-environment = Sertifikatet er for et annet miljø
    .cause = { $variant ->
        [test] Sertifikatet kommer fra en testutsteder ({ $certificate-issuer }), og produksjon godtar det ikke.
        [prod] Sertifikatet kommer fra en produksjonsutsteder ({ $certificate-issuer }), og testmiljøet godtar det ikke.
        [seal] Sertifikatet kommer fra en testutsteder ({ $certificate-issuer }). Et eSegl må være et produksjonssegl, også i testmiljøet.
       *[other] Testsertifikater virker bare i testmiljøet, og produksjonssertifikater bare i produksjon. eSegl er produksjonssertifikater overalt.
    }
    .fix =
        Velg sertifikatet som hører til dette miljøet.
        Har du det ikke, bestill det fra Buypass eller Commfides, eller for et eSegl fra utstederen din.

## På vei til tjenesten

diagnosis-name-not-found = Fant ikke adressen { $host }
    .cause = { $variant ->
        [proxy] Fant ingen adresse. Forespørsler går gjennom proxyen { $proxy }, så det kan være proxyens navn som er ukjent.
       *[other] Denne maskinen spurte etter adressen til { $host } og fikk ingen. Den kan være frakoblet, eller nettverket slår kanskje ikke opp navn utenfor.
    }
    .fix =
        Kontroller at maskinen har nettverk.
        Be dem som drifter nettverket, om å tillate oppslag av { $host }.
        Bruker virksomheten proxy, kontroller variabelen HTTPS_PROXY.
diagnosis-connection-refused = { $host } avviste forbindelsen
    .cause = { $variant ->
        [proxy] Forbindelsen ble avvist. Forespørsler går gjennom proxyen { $proxy }: den kan være slått av, eller ha en annen port.
        [sandbox] Ingenting lytter på den adressen. Sandkassen kan være stoppet.
       *[other] Noe på den adressen, eller en brannmur på veien, sa nei med en gang.
    }
    .fix = { $variant ->
        [proxy] Kontroller proxyens adresse i variabelen HTTPS_PROXY med dem som drifter nettverket.
        [sandbox] Start sandkassen igjen med klarert sandbox, og la den kjøre.
       *[other]
            Spør dem som drifter nettverket, om en brannmur stopper forbindelser til { $host }.
            Kjør kontrollen igjen om noen minutter.
    }
diagnosis-no-answer = { $host } svarer ikke
    .cause = { $variant ->
        [proxy] Det ble aldri noen forbindelse. Forespørsler går gjennom proxyen { $proxy }, som kanskje ikke slipper dem ut.
        [silent] Forbindelsen kom i stand, men det kom ikke noe svar. En brannmur eller proxy på veien holder det kanskje tilbake, eller tjenesten har problemer.
       *[other] Det ble aldri noen forbindelse. Oftest er det en brannmur som kaster forespørselen uten å si fra.
    }
    .fix = { $variant ->
        [proxy]
            Be dem som drifter proxyen, om å slippe gjennom { $host }, port 443.
            Kjør kontrollen igjen.
        [addresses]
            Be dem som drifter nettverket, om å åpne for { $host }: { $addresses }, port 443.
            Kjør kontrollen igjen.
        [silent]
            Kjør kontrollen igjen om noen minutter.
            Fortsetter det, spør dem som drifter nettverket, om svar fra { $host } slippes gjennom.
       *[other]
            Be dem som drifter nettverket, om å åpne for { $host }.
            Kjør kontrollen igjen.
    }
diagnosis-tls-untrusted = Sertifikatet til { $host } er ikke klarert
    .cause = { $variant ->
        [expired] Serveren viste et sertifikat som er utløpt ({ $title }, utstedt av { $certificate-issuer }). Er datoen på denne maskinen feil, ser det også slik ut.
        [not-yet-valid] Serveren viste et sertifikat som ikke er gyldig ennå ({ $title }, utstedt av { $certificate-issuer }). Datoen på denne maskinen kan være feil.
        [other-name] Serveren viste et sertifikat for et annet navn: { $title }, utstedt av { $certificate-issuer }. Noe på veien svarer kanskje i stedet.
        [unknown-issuer] Serveren viste sertifikatet { $title }, utstedt av { $certificate-issuer }, som denne maskinen ikke stoler på. Ofte er dette virksomhetens egen proxy, som åpner kryptert trafikk for å kontrollere den.
       *[other] Denne maskinen stoler ikke på utstederen av serverens sertifikat. Ofte er dette virksomhetens egen proxy, som åpner kryptert trafikk for å kontrollere den.
    }
    .fix =
        Spør dem som drifter nettverket, om trafikken kontrolleres, og be om rotsertifikatet deres.
        Installer det i systemets sertifikatlager, eller oppgi filen som ca_file i config.toml.
        Hvis ingen kontrollerer trafikken, ikke gå videre: finn ut hvem sertifikatet tilhører.
diagnosis-tls-failed = Ingen kryptert forbindelse til { $host }
    .cause = { $variant ->
        [closed] Forbindelsen kom i stand, men ble brutt midt i TLS-forhandlingen. En brannmur som ikke slipper gjennom { $host }, gjør ofte det.
       *[other] TLS-forhandlingen gikk galt: { $words }. Noe på veien kan ha svart, eller en TLS-versjon kan være sperret.
    }
    .fix =
        Spør dem som drifter nettverket, om TLS 1.2 og 1.3 til { $host } slippes uendret gjennom.
        Kjør kontrollen fra et annet nettverk for å sammenligne.
diagnosis-proxy-refused = Proxyen slapp ikke forespørselen gjennom
    .cause = { $variant ->
        [login] Proxyen { $proxy } ber om brukernavn og passord.
       *[other] Proxyen { $proxy } nektet å koble til { $host }.
    }
    .fix = { $variant ->
        [login] Legg bruker og passord i HTTPS_PROXY, som http://bruker:passord@proxy:port, eller be om unntak for denne maskinen.
       *[other] Be dem som drifter proxyen, om å slippe gjennom { $host }, port 443.
    }
diagnosis-html-answer = Det kom en nettside i stedet for et svar
    .cause = { $host } skal svare med data, men det kom en side for mennesker, med tittelen «{ $title }». Ofte er det innloggingssiden til et nettverk, eller virksomhetens proxy som stopper forespørselen.
    .fix =
        Åpne en nettleser og se om nettverket vil at du skal logge inn.
        Be dem som drifter nettverket, om å slippe gjennom { $host }.
        Kjør kontrollen igjen.
diagnosis-redirected = { $host } sendte oss til en annen adresse
    .cause = Svaret var å gå til { $to }. Den ekte tjenesten gjør ikke det, og en grant eller et token sendes aldri videre til en annen adresse.
    .fix =
        Åpne en nettleser og se om nettverket vil at du skal logge inn.
        Kontroller adressene i config.toml hvis du bruker et eget miljø.
diagnosis-address-insecure = Adressen er ikke trygg å bruke
    .cause = { $url } er ikke en https-adresse. Bare denne maskinen selv kan spørres uten kryptering, fordi en grant eller et token på åpen linje kan stjeles.
    .fix = Skriv adressen med https:// i config.toml.
diagnosis-ca-file-unreadable = Filen med ekstra rotsertifikater kan ikke leses
    .cause = { $path } mangler, kan ikke leses, eller inneholder ingen sertifikater.
    .fix = Kontroller ca_file i config.toml. Den skal peke på en PEM- eller DER-fil med virksomhetens rotsertifikat.
diagnosis-no-trusted-roots = Denne maskinen stoler ikke på noen sertifikater
    .cause = Fant ingen rotsertifikater på systemet, så ingen server kan klareres. Det er vanlig i små containere.
    .fix =
        Installer systemets rotsertifikater (pakken heter ofte ca-certificates).
        Eller oppgi en fil med dem som ca_file i config.toml.
diagnosis-metadata-differs = Tjenesten sier noe annet om seg selv
    .cause = For { $what } ventet vi { $expected }, men { $host } sier { $got }. Det kan være et annet miljø, eller tjenesten kan være endret.
    .fix =
        Kontroller adressene i config.toml hvis du bruker et eget miljø. Ligger token_endpoint eller jwks på en annen vert enn issuer, må adressen stå der.
        Se etter en nyere versjon av klarert.
        Er det fortsatt forskjell, spør Digdir: servicedesk@digdir.no.
diagnosis-service-down = Tjenesten har problemer
    .cause = { $variant ->
        [slow] { $host } tok imot forespørselen, men svaret kom ikke i tide. Det ble prøvd flere ganger.
        [closed] { $host } lukket forbindelsen uten å svare. Det ble prøvd flere ganger.
        [cut-off] Forbindelsen til { $host } ble brutt midt i svaret. Det ble prøvd flere ganger.
        [check-limit] Kontrollen ble stoppet etter { $seconds } sekunder, som er grensen. Da hadde { $host } ikke svart ferdig.
        [status] { $host } svarte { $status }, som betyr at feilen er der. Det ble prøvd flere ganger.
       *[other] Tjenesten svarte ikke slik den skal. Det gjelder ikke ditt oppsett.
    }
    .fix = { $party ->
        [customs]
            Vent noen minutter og kjør kontrollen igjen.
            Varer det, kontakt Tolletaten.
       *[other]
            Se på { $status-page }.
            Vent noen minutter og kjør kontrollen igjen.
    }
diagnosis-too-many-requests = For mange forespørsler på kort tid
    .cause = { $host } ber oss vente før neste forespørsel.
    .fix = Vent noen minutter, og kjør kontrollen igjen.
diagnosis-answer-malformed = Svaret kan ikke forstås
    .cause = { $variant ->
        [empty] { $host } svarte, men svaret var tomt.
        [not-utf8] Svaret fra { $host } er ikke lesbar tekst.
        [not-an-object] Svaret fra { $host } har en annen form enn avtalt.
        [cut-short] Svaret fra { $host } slutter midt i.
        [missing] Svaret fra { $host } mangler feltet { $what }.
        [wrong-type] Feltet { $what } i svaret fra { $host } har en verdi av feil type.
       *[other] Svaret fra { $host } er ikke de dataene som er avtalt.
    }
    .fix =
        Kjør kontrollen igjen.
        Fortsetter det, spør dem som drifter nettverket, om noe endrer svarene på veien.
        Send så det som ble mottatt, til dem som drifter tjenesten.
diagnosis-answer-too-large = Svaret er altfor langt
    .cause = { $host } sendte mer enn én megabyte der det ventes noen få linjer. Vi sluttet å lese. Noe på veien kan ha svart.
    .fix =
        Åpne en nettleser og se om nettverket vil at du skal logge inn.
        Spør dem som drifter nettverket, hva som svarer i stedet for { $host }.

## Klokka

diagnosis-clock-ahead = Klokka på denne maskinen går foran
    .cause = { $variant ->
        [measured] Den er { $seconds } sekunder foran Maskinportens. Mer enn 10 sekunder blir avvist.
       *[other] Maskinporten sier at forespørselen er laget i framtiden. Mer enn 10 sekunder blir avvist.
    }
    .fix =
        Still klokka på maskinen, helst ved å la den følge en tidsserver (NTP).
        Kjør kontrollen igjen.
diagnosis-clock-behind = Klokka på denne maskinen går etter
    .cause = { $variant ->
        [measured] Den er { $seconds } sekunder bak Maskinportens. Mer enn 10 sekunder blir avvist.
       *[other] En forespørsel som ser for gammel ut, blir avvist.
    }
    .fix =
        Still klokka på maskinen, helst ved å la den følge en tidsserver (NTP).
        Kjør kontrollen igjen.

## Det Maskinporten avviser

diagnosis-client-unknown = Maskinporten kjenner ikke klienten
    .cause = { $variant ->
        [not-uuid] Klient-ID-en er { $client }. Klient-ID-er fra Samarbeidsportalen ser ut som 3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f, så dette er trolig noe annet, for eksempel navnet på klienten.
        [organisation] Sertifikatet tilhører { $certificate-organisation }, men profilen er for { $organisation }. Klienten er trolig laget for en annen virksomhet, eller sertifikatet er en annens.
        [new] Klienten ble laget for få minutter siden. Det kan ta ti minutter før en ny klient virker.
        [foreign] En utenlandsk virksomhet har ingen klient, så Maskinporten ser på sertifikatet. Det ble ikke godtatt.
       *[other] Det finnes ingen klient med ID { $client } i dette miljøet. ID-en kan være feilskrevet, eller klienten kan være i det andre miljøet.
    }
    .fix = { $variant ->
        [not-uuid]
            Åpne klienten i { $portal } og kopier identifikatoren.
            Sett den inn i stedet for { $client }.
        [organisation]
            Sammenlign organisasjonsnumrene til sertifikatet, profilen og klienten i { $portal }.
            Bruk et sertifikat og en klient for samme virksomhet.
        [new]
            Vent ti minutter, og kjør kontrollen igjen.
            Fortsetter det, sammenlign ID-en med den i { $portal }.
        [foreign]
            Kontroller at sertifikatet er et eSegl med hele kjeden.
            Spør Tolletaten, og oppgi sporings-ID-en.
       *[other]
            Åpne klienten i { $portal } og sammenlign identifikatoren med { $client }.
            Kontroller at du er i riktig miljø: test og produksjon har hver sine klienter.
    }
diagnosis-audience-wrong = Forespørselen var adressert til et annet miljø
    .cause = Feltet aud må være nøyaktig { $issuer }, med skråstreken til slutt.
    .fix =
        Kontroller issuer i config.toml hvis du bruker et eget miljø.
        I ditt eget system: sett aud til { $issuer }.
diagnosis-certificate-refused = Maskinporten godtar ikke sertifikatet
    .cause = { $variant ->
        [purpose] Sertifikatet er for signering eller kryptering. Maskinporten vil ha autentiseringssertifikatet fra samme leveranse.
        [foreign] eSeglet ble ikke godtatt. Utstederen er kanskje ikke på EUs tillitslister, kjeden er kanskje ikke hel, eller seglet er tilbakekalt.
        [smoke] Ikke engang scopet som alle godtatte eSegl får, ble gitt. Da er det sertifikatet som er problemet, ikke scopet { $scope }.
       *[other] Det kan være tilbakekalt, ikke et virksomhetssertifikat, eller laget for det andre miljøet.
    }
    .fix = { $variant ->
        [purpose] Velg autentiseringssertifikatet. Det kom i samme leveranse.
        [foreign]
            Kontroller at filen inneholder hele kjeden.
            Spør utstederen om seglet er et avansert eSegl på EUs tillitsliste, og om det fortsatt er gyldig.
        [smoke]
            Kontroller at filen inneholder hele kjeden.
            Spør utstederen om seglet er et avansert eSegl på EUs tillitsliste, og om det fortsatt er gyldig.
       *[other]
            Kontroller at sertifikatet er for dette miljøet, og er et virksomhetssertifikat fra Buypass eller Commfides.
            Spør utstederen om det er tilbakekalt.
    }
diagnosis-key-expired = Den registrerte nøkkelen er utløpt
    .cause = { $variant ->
        [key] En nøkkel på en klient varer i ett år. Nøkkelen { $kid } er eldre.
       *[other] En nøkkel på en klient varer i ett år. Denne er eldre.
    }
    .fix = Last opp en ny nøkkel til klienten i { $portal }, eller den samme på nytt.
diagnosis-organisation-mismatch = Sertifikatet og klienten tilhører forskjellige virksomheter
    .cause = { $variant ->
        [known] Sertifikatet tilhører { $certificate-organisation }. Klienten { $client } tilhører en annen virksomhet.
       *[other] Sertifikatet er ikke utstedt til virksomheten som eier klienten.
    }
    .fix = Bruk et sertifikat og en klient for samme virksomhet.
diagnosis-x5c-malformed = Sertifikatet ble sendt i feil form
    .cause = Feltet x5c må være en liste med tekster i vanlig base64, ikke én tekst og ikke base64url.
    .fix =
        Send x5c som en liste med base64-tekster, virksomhetens sertifikat først.
        Var det klarert som sendte det, si fra til dem som lager programmet.
diagnosis-signature-invalid = Signaturen passer ikke
    .cause = { $variant ->
        [key] Den private nøkkelen er ikke den som er registrert på klienten som { $kid }.
       *[other] Den private nøkkelen hører ikke til sertifikatet, eller sertifikatet er utløpt eller for et annet miljø.
    }
    .fix = { $variant ->
        [key] Velg nøkkelen som ble lastet opp, eller last opp denne til klienten i { $portal }.
       *[other] Velg en nøkkel og et sertifikat som hører sammen. I en .p12-fil fra utstederen gjør de det.
    }
diagnosis-grant-expired = Forespørselen kom for sent
    .cause = En forespørsel til Maskinporten varer i høyst to minutter. Den ble forsinket på veien, eller klokka er feil.
    .fix =
        Kjør kontrollen igjen.
        Fortsetter det, la klokka på maskinen følge en tidsserver (NTP).
diagnosis-grant-reused = Den samme forespørselen ble sendt to ganger
    .cause = Maskinporten tar imot en grant bare én gang, også når en forespørsel gjentas. Noe på veien gjentar kanskje forespørsler.
    .fix =
        Kjør kontrollen igjen. Den lager en ny grant hver gang.
        I ditt eget system: lag en ny grant med ny jti for hver forespørsel.
diagnosis-grant-malformed = Forespørselen hadde feil form
    .cause = Maskinporten kunne ikke lese granten: det kan være et linjeskift eller en ukjent verdi i den.
    .fix =
        Se etter mellomrom eller rare tegn i klient-ID-en og scopene.
        I ditt eget system: send bare de dokumenterte feltene, uten linjeskift.
diagnosis-consumer-is-self = Du kan ikke handle på vegne av deg selv
    .cause = Feltet for en annen virksomhet (consumer_org) har virksomhetens eget nummer. Det er bare for leverandører.
    .fix = La feltet stå tomt, og kjør kontrollen igjen.
diagnosis-scope-not-on-client = Scopet er ikke på klienten
    .cause = { $variant ->
        [others-granted] Klienten har { $granted }, men ikke { $scope }. At Tolletaten har åpnet et scope, legger det ikke på klienten.
        [seal-accepted] Sertifikatet er godtatt, men { $scope } er ikke åpent for deg. Navnet kan være feilskrevet, eller Tolletaten har ikke åpnet det.
        [foreign] { $scope } er ikke åpent for deg. Navnet kan være feilskrevet, eller Tolletaten har ikke åpnet det.
       *[other] Klienten har ikke { $scope } ennå. At Tolletaten har åpnet et scope, legger det ikke på klienten.
    }
    .fix = { $variant ->
        [seal-accepted] Be Tolletaten åpne { $scope } for deg, og oppgi sertifikatets organisasjonsidentifikator.
        [foreign] Be Tolletaten åpne { $scope } for deg, og oppgi sertifikatets organisasjonsidentifikator.
       *[other]
            Åpne klienten i { $portal }, velg å legge til scope, og velg { $scope }.
            Er det ikke i listen, har ikke Tolletaten åpnet det i dette miljøet: spør dem.
            Vent opptil ti minutter, og kjør kontrollen igjen.
    }
diagnosis-wrong-integration-type = Klienten er av feil type
    .cause = Typen i Samarbeidsportalen er ikke Maskinporten, så klienten kan ikke ha { $scope }.
    .fix =
        Lag en ny klient av typen Maskinporten i { $portal }.
        Sett identifikatoren inn i profilen.
diagnosis-scope-not-granted = Tolletaten har ikke åpnet scopet
    .cause = { $variant ->
        [others-granted] { $granted } virker, men { $scope } er ikke åpent for virksomheten ennå.
        [seal-accepted] Sertifikatet er godtatt, men { $scope } er ikke åpent for virksomheten ennå.
        [supplier] { $scope } er ikke åpent for virksomheten i sertifikatet, { $certificate-organisation }. Det ser ut til at du handler for { $organisation }, men det står ikke i forespørselen.
       *[other] { $scope } er ikke åpent for virksomheten ennå.
    }
    .fix = { $variant ->
        [supplier]
            Oppgi { $organisation } som virksomheten du handler for.
            Be den delegere scopet til deg i Altinn.
       *[other]
            Kontroller at registreringen i Digitoll er ferdig.
            Be Tolletaten åpne { $scope } for deg i dette miljøet.
    }
diagnosis-not-delegated = Kunden har ikke delegert scopet
    .cause = Virksomheten du handler for, har ikke gitt deg { $scope } i Altinn, eller har gitt deg et annet.
    .fix =
        Be kunden delegere scopet til virksomheten din i Altinn.
        Kontroller organisasjonsnummeret du handler for.
diagnosis-authorization-details = Forespørselen har felt for systembrukere
    .cause = Feltet authorization_details blir avvist. Tolletaten bruker det ikke.
    .fix = Fjern authorization_details fra forespørselen.
diagnosis-kid-unknown = Klienten har ikke denne nøkkelen
    .cause = { $variant ->
        [new] Nøkkelen { $kid } er ikke på klienten. Den ble laget for få minutter siden: det kan ta ti minutter før en ny nøkkel virker.
       *[other] Nøkkelen { $kid } er ikke på klienten. Den er kanskje ikke lastet opp, er på en annen klient, eller ble lastet opp for få minutter siden.
    }
    .fix =
        Åpne klienten i { $portal } og sammenlign nøklene med { $kid }.
        Etter en opplasting: vent ti minutter, og kjør kontrollen igjen.
        Har klienten ingen nøkler, velg sertifikatet i stedet for nøkkelen.
diagnosis-kid-required = Klienten vil ha sin registrerte nøkkel
    .cause = Klienten har egne nøkler, og da tas ikke sertifikatet imot.
    .fix =
        Velg nøkkelen i stedet for sertifikatet, og oppgi navnet (kid).
        Eller fjern nøklene fra klienten i { $portal }, hvis ingen andre bruker dem.
diagnosis-terms-not-signed = Bruksvilkårene er ikke signert
    .cause = Virksomheten er ikke kunde hos Digdir for Maskinporten ennå.
    .fix =
        Be en person med signaturrett signere bruksvilkårene på https://samarbeid.digdir.no/maskinporten/konsument/119.
        Det tar noen virkedager. Kjør så kontrollen igjen.

## Token

diagnosis-token-unexpected = Tokenet er ikke det som ble bedt om
    .cause = { $variant ->
        [issuer] Det er utstedt av { $got }, ikke av { $expected }.
        [consumer] Det er for { $got }, men profilen er for { $expected }.
        [scope] Det er for { $got }, ikke for { $expected }.
       *[other] Det sier noe annet enn det som ble bedt om.
    }
    .fix = { $variant ->
        [consumer]
            Kontroller at klient-ID-en og sertifikatet tilhører { $expected }.
            Kontroller organisasjonsnummeret i profilen.
       *[other]
            Kontroller miljøet og adressene.
            Er de riktige, spør Digdir: servicedesk@digdir.no.
    }
diagnosis-token-signature-invalid = Signaturen på tokenet er ikke Maskinportens
    .cause = Tokenet er ikke signert med noen av nøklene Maskinporten publiserer. Noe annet kan ha svart.
    .fix =
        Ikke bruk tokenet.
        Kontroller miljøets adresser, og om noe i nettverket svarer for Maskinporten.
        Spør Digdir: servicedesk@digdir.no.

## Tolletaten

diagnosis-customs-missing = Dette miljøet har ingen tolltjeneste
    .cause = Det er ikke satt noen adresse til Tolletaten, så tokenet kan ikke veksles.
    .fix = Sett customs for miljøet i config.toml.
diagnosis-customs-not-authorised = Tolletaten lar deg ikke bruke scopet
    .cause = { $variant ->
        [branch] { $scope } er for den andre typen virksomhet.
        [foreign] Maskinporten ga tokenet, men Tolletaten veksler det ikke for { $scope }. Oftest er virksomheten ikke registrert i Digitoll, eller scopet er ikke åpnet.
       *[other] Maskinporten ga tokenet, men Tolletaten veksler det ikke for { $scope }. Oftest er virksomheten ikke registrert i Digitoll, eller scopet er ikke åpnet eller ikke på klienten.
    }
    .fix = { $variant ->
        [branch] Velg tjenestene på nytt. Da følger scopene av typen virksomhet.
       *[other]
            Kontroller med Tolletaten at { $scope } er åpnet for virksomheten i dette miljøet.
            Kontroller at registreringen i Digitoll er ferdig.
            Kontroller at scopet er for din type virksomhet: toll: for norske, toll:eu/ for utenlandske.
    }
diagnosis-customs-refused = Tolletaten avviste tokenet
    .cause = Vekslingen hos { $host } fikk svaret { $status }. Hva svaret betyr, er ikke beskrevet noe sted; det vises slik det ble mottatt.
    .fix =
        Kjør kontrollen igjen om noen minutter.
        Fortsetter det, send det som ble mottatt, til Tolletaten.
diagnosis-api-refused = Testkallet ble avvist
    .cause = { $variant ->
        [token] Tjenesten { $service } godtar ikke Tolletatens token (svar { $status }).
        [rights] Tjenesten { $service } kjenner deg, men slipper deg ikke inn (svar { $status }).
        [path] Adressen til testkallet for { $service } ble ikke funnet (svar { $status }). Den kan være flyttet.
       *[other] Tjenesten { $service } svarte { $status } der 200 er ventet.
    }
    .fix = { $variant ->
        [path]
            Se etter en nyere versjon av klarert.
            Tolletatens token ble mottatt: oppsettet virker dit.
       *[other]
            Kontroller med Tolletaten at virksomheten har fått tilgang til { $service } i dette miljøet.
            Send dem det som ble mottatt.
    }

## Alt annet

diagnosis-unknown = { $variant ->
        [not-an-error] Dette er ikke en feil som klarert kjenner
       *[other] En feil som ikke er kjent
    }
    .cause = { $variant ->
        [not-an-error] Teksten har verken en kode, en id eller et svar fra en tjeneste i seg.
       *[other] Ingen har beskrevet denne feilen. Den vises slik den ble mottatt.
    }
    .fix = { $variant ->
        [not-an-error]
            Oppgi en kode (MP-122) eller en id: klarert explain uten noe mer lister dem opp.
            Eller oppgi hele svaret fra tjenesten, med error_description og error_uri: klarert explain < svar.json
       *[other] { $party ->
            [customs] Send det som ble mottatt, til Tolletaten.
           *[other]
                Kjør kontrollen igjen om noen minutter.
                Fortsetter det, send det som ble mottatt, med sporings-ID-en, til servicedesk@digdir.no.
        }
    }
