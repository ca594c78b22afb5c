# Tekstene til tilkoblingskontrollen og `klarert explain`: hva som skjedde, hvorfor, og hva du kan gjøre, én linje for hver.
#
# En verdi som ikke er kjent, erstattes av `unnamed-<argument>`. Uten en slik tekst utelates setningen som trenger verdien.

unnamed-scope = scopet
unnamed-host = serveren
unnamed-client = i forespørselen
unnamed-service = tjenesten
unnamed-status = en feil
unnamed-path = filen
unnamed-url = adressen
unnamed-issuer = https://test.maskinporten.no/ i test, eller https://maskinporten.no/ i produksjon

# Det som er krysset av, mot det en kontroll har vist.
quoted-title = «{ $item }»
contradicts-ticked = Krysset av, men svaret viser noe annet: { $items }.
contradicts-open = Ikke krysset av ennå: { $items }.
also-refused = Også: { $title }: { $scopes }. { $who }
tick-contradicted = (den siste kontrollen viser noe annet)

## Før noe sendes

diagnosis-profile-incomplete = Noen svar mangler
    .cause = Kontrollen kan ikke starte før alle svar er gitt. Det mangler: { $fields }.
    .fix = Fyll inn svarene som mangler. Det første hører til steget { $step }.
diagnosis-scope-wrong-branch = { $scope } er for den andre typen virksomhet
    .cause = Norske virksomheter bruker scope som begynner med toll:, utenlandske bruker scope som begynner med toll:eu/. Denne profilen har ett av den andre typen.
    .fix = { $variant ->
        [own] Fjern { $scope } fra de andre scopene, eller rett det.
       *[other]
            Se på svaret om hvilken type virksomhet dette er.
            Velg tjenestene på nytt. Da følger scopene av svaret.
    }

## Sertifikater og nøkkelfiler

diagnosis-certificate-unreadable = Sertifikatet eller nøkkelfilen kan ikke leses
    .cause = Filen kunne ikke åpnes. Den kan være skadet, være av en annen type eller ha et annet passord: meldingen sier ikke hvilken av dem det er.
    .fix =
        Kjør klarert certificate på filen: da ser du hvilken av de tre det er.
        Kontroller at det er filen du fikk fra utstederen, og passordet som hører til.
        Er den kopiert eller videresendt, ta en ny kopi av originalen.
diagnosis-key-file-wrong-password = Passordet åpner ikke filen
    .cause = Sertifikatet eller nøkkelfilen ble lest, men passordet passer ikke.
    .fix =
        Prøv passordet fra utstederen på nytt, og se etter et mellomrom foran eller bak det.
        Nøkkelen i filen kan ha sitt eget passord: prøv det.
        klarert certificate viser om filen lar seg åpne med passordet.
diagnosis-key-file-password-needed = Filen trenger et passord
    .cause = Sertifikatet eller nøkkelfilen er beskyttet med passord, og programmet fikk ikke noe.
    .fix = Gi programmet passordet til filen.
diagnosis-key-file-unsupported = Programmet kjenner ikke krypteringen i filen
    .cause = Filen er kryptert på en måte programmet ikke støtter. Gamle .p12-filer bruker RC2-40, som nyere programmer avviser. Helt nye filer bruker algoritmer som eldre programmer ikke kjenner.
    .fix =
        Kontroller med klarert certificate at fil og passord er riktige: klarert leser både gamle og nye filer.
        Oppdater programmet, eller konverter filen én gang. OpenSSL leser gamle filer med: openssl pkcs12 -legacy
diagnosis-key-file-damaged = Sertifikatet eller nøkkelfilen er skadet
    .cause = Filen eller teksten slutter for tidlig, eller er endret underveis. Ofte er linjeskiftene i en PEM-tekst borte, eller en .p12-fil er lagret som tekst.
    .fix =
        Ta en ny kopi av originalen, uten å åpne den i et redigeringsprogram.
        Behold linjeskiftene i en PEM-tekst, også i variabler og innstillinger.
        klarert certificate viser om kopien er hel.
diagnosis-key-file-wrong-kind = Filen er ikke av den typen programmet venter
    .cause = Programmet fikk noe annet enn det leser: for eksempel PEM-tekst i stedet for en .p12-fil, et sertifikat i stedet for en privat nøkkel, eller stien i stedet for innholdet.
    .fix =
        Kjør klarert certificate på filen: da ser du hva den er.
        Gi programmet den typen det ber om, eller konverter filen.
diagnosis-key-file-not-found = Fant ikke sertifikatet eller nøkkelfilen
    .cause = Det er ingen fil på stien programmet lette etter.
    .fix =
        Rett stien. En relativ sti begynner i mappen programmet kjører i.
        I en container: kontroller at filen er der og er montert.
diagnosis-key-access-denied = Programmet får ikke bruke nøkkelen
    .cause = Brukeren som programmet kjører som, får ikke lese filen, eller får ikke bruke nøkkelen i Windows' sertifikatlager.
    .fix =
        Gi den brukeren rett til å lese filen.
        I Windows' lager: velg Behandle private nøkler på sertifikatet, og legg til brukeren. Under IIS: last brukerprofilen, eller bruk MachineKeySet.
diagnosis-certificate-unfit = { $variant ->
        [key] Nøkkelen kan ikke brukes
       *[certificate] Sertifikatet kan ikke brukes
    }
    .cause = Det trengs et sertifikat med tilhørende privat RSA-nøkkel for å signere forespørselen.
    .fix = Velg filen som har både autentiseringssertifikatet og den private nøkkelen.
diagnosis-key-missing = Den private nøkkelen mangler
    .cause = Programmet har et sertifikat eller en offentlig nøkkel, men ingen privat nøkkel å signere med.
    .fix = Bruk filen fra utstederen som har begge deler, eller gi programmet nøkkelfilen også.
diagnosis-key-mismatch = Nøkkelen hører ikke til sertifikatet
    .cause = Den private nøkkelen og sertifikatet er ikke et par. Maskinporten ville avvist signaturen.
    .fix = Bruk nøkkelen og sertifikatet som er laget sammen. I en .p12-fil fra utstederen er de det.
diagnosis-key-not-rsa = Nøkkelen er ikke en RSA-nøkkel
    .cause = Maskinporten godtar bare signaturer med RSA-nøkler (RS256, RS384, RS512). Denne nøkkelen er av en annen type.
    .fix = Bruk et sertifikat eller en registrert nøkkel med en RSA-nøkkel på minst 2048 bit.
diagnosis-key-too-short = RSA-nøkkelen er for kort
    .cause = Nøkkelen har færre enn 2048 bit.
    .fix = Bruk en lengre nøkkel. Et sertifikat med ny nøkkel må bestilles fra utstederen.
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

diagnosis-name-not-found = { $variant ->
        [proxy] Fant ikke proxyen
       *[other] Fant ikke { $host }
    }
    .cause = { $variant ->
        [proxy] Denne maskinen spurte etter adressen til proxyen, og fikk ingen. Forespørselen går gjennom den. Proxyen er { $proxy }.
        [proxy-unread] Innstillingene i Windows har en proxy som klarert ikke leser: et skript (PAC), eller én for hver protokoll. Derfor ble { $host } slått opp uten den, og ikke funnet. Det er vanlig der all trafikk går gjennom proxyen.
       *[other] Denne maskinen spurte etter adressen til { $host } og fikk ingen. Den kan være frakoblet, eller nettverket slår kanskje ikke opp navn utenfor.
    }
    .fix = { $variant ->
        [proxy-unread]
            Spør dem som drifter nettverket, om navnet og porten til proxyen.
            Sett variabelen HTTPS_PROXY til dem, som http://proxy:port, og prøv igjen.
        [proxy]
            Kontroller at maskinen har nettverk.
            Kontroller proxyens navn i variabelen HTTPS_PROXY med dem som drifter nettverket.
       *[other]
            Kontroller at maskinen har nettverk.
            Be dem som drifter nettverket, om å tillate oppslag av { $host }.
            Bruker virksomheten proxy, kontroller variabelen HTTPS_PROXY.
    }
diagnosis-dns-no-answer = Oppslaget av et navn fikk ikke svar
    .cause = Navnetjeneren svarte ikke, eller feilet. Om { $host } finnes, ble ikke avklart.
    .fix =
        Prøv igjen om et minutt.
        Fortsetter det, spør dem som drifter nettverket, om navneoppslag (DNS) slipper ut av maskinen eller containeren.
diagnosis-connection-refused = { $variant ->
        [proxy] Proxyen avviste forbindelsen
       *[other] { $host } avviste forbindelsen
    }
    .cause = { $variant ->
        [proxy] Forespørselen går gjennom en proxy, som kan være slått av eller ha en annen port. Proxyen er { $proxy }.
        [loopback] { $host } er denne maskinen selv, og ingen programmer på den tar imot forbindelser på den adressen og porten. I en container er det containeren selv.
        [sandbox] Ingenting lytter på den adressen. Sandkassen kan være stoppet.
        [proxy-unread] Noe på den adressen, eller en brannmur underveis, avviste den med en gang. Innstillingene i Windows har en proxy som klarert ikke leser: et skript (PAC), eller én for hver protokoll. Det kan være at nettverket bare slipper ut trafikk gjennom den.
       *[other] Noe på den adressen, eller en brannmur underveis, avviste den med en gang.
    }
    .fix = { $variant ->
        [proxy] Kontroller proxyens adresse i variabelen HTTPS_PROXY med dem som drifter nettverket.
        [loopback]
            Kontroller at programmet som skal svare der, kjører, og at porten er riktig.
            Er det en proxy, kontroller adressen i variabelen HTTPS_PROXY.
            Er det sandkassen til klarert, start den med klarert sandbox, og la den kjøre.
        [sandbox] Start sandkassen igjen med klarert sandbox, og la den kjøre.
        [proxy-unread]
            Spør dem som drifter nettverket, om navnet og porten til proxyen.
            Sett variabelen HTTPS_PROXY til dem, som http://proxy:port, og prøv igjen.
       *[other]
            Spør dem som drifter nettverket, om en brannmur stopper forbindelser til { $host }.
            Prøv igjen om noen minutter.
    }
diagnosis-network-unreachable = Det finnes ingen rute til { $host }
    .cause = Maskinen har ingen vei til adressen. Den kan være frakoblet, en rute kan mangle, eller adressen er en IPv6-adresse og nettverket har ikke IPv6.
    .fix =
        Kontroller forbindelsen og rutene med dem som drifter nettverket.
        Feiler bare IPv6-adressen, la programmet bruke IPv4.
diagnosis-no-answer = { $variant ->
        [proxy] Det kom ikke noe svar gjennom proxyen
       *[other] { $host } svarer ikke
    }
    .cause = { $variant ->
        [proxy] Det ble aldri noen forbindelse. Proxyen kan være slått av, eller den slipper ikke forespørselen ut. Proxyen er { $proxy }.
        [silent] Forbindelsen kom i stand, men det kom ikke noe svar. En brannmur eller proxy underveis holder det kanskje tilbake, eller tjenesten har problemer.
        [proxy-unread] Det ble aldri noen forbindelse. Innstillingene i Windows har en proxy som klarert ikke leser: et skript (PAC), eller én for hver protokoll. Det kan være at nettverket bare slipper ut trafikk gjennom den.
       *[other] Det ble aldri noen forbindelse. Oftest er det en brannmur som forkaster forespørselen uten å svare.
    }
    .fix = { $variant ->
        [proxy]
            Be dem som drifter proxyen, om å slippe gjennom { $host }, port 443.
            Prøv igjen.
        [addresses]
            Be dem som drifter nettverket, om å åpne for { $host }: { $addresses }, port 443.
            Prøv igjen.
        [silent]
            Prøv igjen om noen minutter.
            Fortsetter det, spør dem som drifter nettverket, om svar fra { $host } slippes gjennom.
        [proxy-unread]
            Spør dem som drifter nettverket, om navnet og porten til proxyen.
            Sett variabelen HTTPS_PROXY til dem, som http://proxy:port, og prøv igjen.
       *[other]
            Be dem som drifter nettverket, om å åpne for { $host }, port 443.
            Prøv igjen.
    }
diagnosis-connection-cut = Forbindelsen til { $host } ble brutt
    .cause = { $variant ->
        [proxy] Proxyen lukket forbindelsen før den var oppe. Proxyen er { $proxy }.
       *[other] Forbindelsen kom i stand, og ble så lukket uten svar. En brannmur, en proxy eller tjenesten kan ha gjort det: meldingen sier ikke hvilken.
    }
    .fix =
        Prøv igjen om noen minutter.
        Prøv fra et annet nettverk for å sammenligne.
        Se på { $status-page }.
diagnosis-tls-untrusted = Sertifikatet til { $host } er ikke klarert
    .cause = { $variant ->
        [expired] Serveren viste et sertifikat som er utløpt. Det er { $title }, utstedt av { $certificate-issuer }. Er datoen på denne maskinen feil, ser det også slik ut.
        [not-yet-valid] Serveren viste et sertifikat som ikke er gyldig ennå. Det er { $title }, utstedt av { $certificate-issuer }. Datoen på denne maskinen kan være feil.
        [other-name] Serveren viste et sertifikat for et annet navn. Det er { $title }, utstedt av { $certificate-issuer }. Noe underveis svarer kanskje i stedet.
        [revoked] Serveren viste et sertifikat som utstederen har trukket tilbake. Det er { $title }, utstedt av { $certificate-issuer }.
        [revocation-unknown] Denne maskinen fikk ikke vite om serverens sertifikat er trukket tilbake. Det er { $title }, utstedt av { $certificate-issuer }. Ofte sperrer en proxy eller en brannmur adressen der utstederen svarer.
        [unknown-issuer] Serveren viste et sertifikat som denne maskinen ikke stoler på. Det er { $title }, utstedt av { $certificate-issuer }. Ofte er dette virksomhetens egen proxy, som åpner kryptert trafikk for å kontrollere den.
       *[other] Programmet stoler ikke på serverens sertifikat. Ofte er dette virksomhetens egen proxy, som åpner kryptert trafikk for å kontrollere den.
    }
    .fix = { $variant ->
        [not-yet-valid]
            Kontroller dato og klokkeslett på denne maskinen.
            Er de riktige, spør dem som drifter nettverket, om trafikken kontrolleres.
       *[other]
            Spør dem som drifter nettverket, om trafikken kontrolleres, og be om rotsertifikatet deres.
            Installer det i systemets sertifikatlager, eller oppgi filen som ca_file i config.toml. Noen programmer har sitt eget lager.
            Hvis ingen kontrollerer trafikken, ikke gå videre: finn ut hvem sertifikatet tilhører.
    }
diagnosis-revocation-unchecked = Fikk ikke kontrollert om serverens sertifikat er tilbakekalt
    .cause = Windows og noen programmer spør utstederen om et sertifikat er tilbakekalt. Adressen for det ble ikke nådd, eller sertifikatet til en proxy oppgir ingen.
    .fix =
        Be dem som drifter nettverket, om å åpne for utstederens adresser (CRL og OCSP, port 80).
        Kontrollerer en proxy trafikken, installer rotsertifikatet dens i systemets sertifikatlager.
        Ikke slå av kontrollen for godt.
diagnosis-tls-version = Ingen felles TLS-versjon
    .cause = { $variant ->
        [server] Den andre siden tilbyr bare en TLS-versjon som er for gammel. Maskinporten og Tolletaten er nyere, så noe underveis svarer kanskje.
       *[other] De to sidene har ingen felles TLS-versjon eller krypteringsmåte. Oftest er det programmet, eller systemet det kjører på, som bare tilbyr TLS 1.0 eller 1.1.
    }
    .fix = { $variant ->
        [server] Spør dem som drifter nettverket, hva som svarer i stedet for { $host }.
       *[other] La programmet tilby TLS 1.2 eller 1.3. Et gammelt system kan trenge en oppdatering for det.
    }
diagnosis-tls-failed = Ingen kryptert forbindelse til { $host }
    .cause = { $variant ->
        [closed] Forbindelsen kom i stand, men ble brutt under TLS-forhandlingen. En brannmur som ikke slipper gjennom { $host }, gjør ofte det.
       *[other] TLS-forhandlingen feilet. Årsaken er: { $words }. Noe underveis kan ha svart, eller en TLS-versjon kan være sperret.
    }
    .fix =
        Spør dem som drifter nettverket, om TLS 1.2 og 1.3 til { $host } slippes uendret gjennom.
        Prøv fra et annet nettverk for å sammenligne.
diagnosis-proxy-refused = Proxyen slapp ikke forespørselen gjennom
    .cause = { $variant ->
        [login]
            { $login ->
                [sent] Proxyen godtok ikke brukeren og passordet i HTTPS_PROXY. De kan være feil, eller proxyen ber om en annen type innlogging, for eksempel Kerberos eller NTLM, som klarert ikke har. Proxyen er { $proxy }.
               *[none] Proxyen ber om brukernavn og passord. Proxyen er { $proxy }.
            }
       *[other] Proxyen nektet å koble til { $host }. Proxyen er { $proxy }.
    }
    .fix = { $variant ->
        [login]
            { $login ->
                [sent]
                    Kontroller brukeren og passordet i HTTPS_PROXY. En @ i dem skrives som %40, og et : som %3A.
                    Spør dem som drifter proxyen, hvilken type innlogging den tar. klarert sender bruker og passord (Basic). For en annen type, be om unntak for denne maskinen.
               *[none] Legg bruker og passord i HTTPS_PROXY, som http://bruker:passord@proxy:port, eller be om unntak for denne maskinen.
            }
       *[other] Be dem som drifter proxyen, om å slippe gjennom { $host }, port 443.
    }
diagnosis-proxy-misconfigured = Innstillingen for proxyen blir ikke forstått
    .cause = { $variant ->
        [pac] { $setting } oppgir et skript som velger proxy (PAC). klarert trenger selve proxyen.
        [scheme] { $setting } oppgir en proxy av typen { $got }, og den kan ikke klarert bruke.
        [host] { $setting } har ikke noe gyldig navn på en proxy.
        [port] { $setting } har ikke noe gyldig portnummer for en proxy.
       *[other] Innstillingen som oppgir proxyen, er feil, eller oppgir en type proxy som programmet ikke kan bruke.
    }
    .fix = { $variant ->
        [pac] Be dem som drifter nettverket om navnet og porten til proxyen, og skriv { $setting } som http://vert:port.
        [scheme] Skriv { $setting } som http://vert:port eller socks5://vert:port.
        [host] Skriv { $setting } som http://vert:port eller http://bruker:passord@vert:port.
        [port] Skriv { $setting } som http://vert:port eller http://bruker:passord@vert:port.
       *[other] Rett HTTPS_PROXY: http://vert:port, eller socks5://vert:port for programmer som støtter det.
    }
diagnosis-html-answer = Det kom en nettside i stedet for et svar
    .cause = { $host } skal svare med data, men det kom en side for mennesker. Tittelen er «{ $title }». Ofte er det innloggingssiden til et nettverk, eller virksomhetens proxy som stopper forespørselen.
    .fix =
        Åpne en nettleser og se om nettverket vil at du skal logge inn.
        Be dem som drifter nettverket, om å slippe gjennom { $host }.
        Prøv igjen.
diagnosis-redirected = { $host } viser videre til en annen adresse
    .cause = Svaret var å gå til en annen adresse. Den er { $to }. Maskinporten og Tolletaten gjør ikke det, og klarert sender aldri et grant eller et token videre.
    .fix =
        Åpne en nettleser og se om nettverket vil at du skal logge inn.
        Kontroller adressene i config.toml hvis du bruker et eget miljø.
diagnosis-called-from-browser = En side i en nettleser ba om tokenet
    .cause = Maskinporten er for servere: en nettleser får ikke lese svaret. I en nettside ville den private nøkkelen ligge åpen for alle.
    .fix = Hent tokenet på en server, og behold nøkkelen der.
diagnosis-address-insecure = Adressen er ikke trygg å bruke
    .cause = { $url } begynner ikke med https. Bare denne maskinen selv kan spørres uten kryptering, fordi et grant eller et token på åpen linje kan stjeles.
    .fix = Skriv adressen med https:// i config.toml.
diagnosis-ca-file-unreadable = Filen med rotsertifikater kan ikke leses
    .cause = { $variant ->
        [missing] Filen { $path } finnes ikke.
        [permission] Du har ikke lov til å lese { $path }.
        [unread] { $path } kunne ikke leses.
        [too-large] { $path } er langt større enn noen fil med rotsertifikater.
        [folder] Mappen { $path } har ingen fil med sertifikatet til en utsteder.
        [leaf] { $path } har sertifikatet til en tjener, men ikke sertifikatet til utstederen.
        [locked] { $path } er låst med et passord. Rotsertifikater trenger ikke passord.
        [key] { $path } har en privat nøkkel, men ikke noe sertifikat.
        [damaged] { $path } har sertifikater, men ingen av dem kan leses.
        [empty] { $path } er tom.
        [html] { $path } er en nettside. Det skjer når en innloggingsside blir lagret i stedet for filen.
        [archive] { $path } er et komprimert arkiv, for eksempel ZIP. Sertifikatet kan ligge i det.
        [csr] { $path } er en sertifikatforespørsel, ikke et sertifikat.
        [crl] { $path } er en liste over tilbakekalte sertifikater, ikke et sertifikat.
        [public-key] { $path } er en offentlig nøkkel, ikke et sertifikat.
        [jks] { $path } er et Java-nøkkellager (JKS), og det leser ikke klarert her.
        [none] { $path } har ikke noe sertifikat i en form som klarert kjenner.
       *[other] { $path } mangler, kan ikke leses eller har ingen sertifikater.
    }
    .fix = { $variant ->
        [leaf] Be dem som drifter nettverket om rotsertifikatet til utstederen, og oppgi den filen som ca_file i config.toml.
        [locked] Be om rotsertifikatet alene, som .pem, .crt, .der eller .p7b, og oppgi den filen som ca_file i config.toml.
        [permission] Gi deg selv lov til å lese filen, eller kopier den til en egen mappe.
        [jks] Eksporter sertifikatet fra nøkkellageret: keytool -exportcert -rfc -alias NAVN -keystore "{ $path }" -file root.pem
       *[other] Kontroller ca_file i config.toml, eller innstillingen i programmet som feilet. Den skal peke på en fil med virksomhetens rotsertifikat.
    }
diagnosis-no-trusted-roots = Denne maskinen stoler ikke på noen sertifikater
    .cause = Fant ingen rotsertifikater på systemet, så ingen server kan klareres. Det er vanlig i små containere.
    .fix =
        Installer systemets rotsertifikater (pakken heter ofte ca-certificates).
        Eller oppgi en fil med dem som ca_file i config.toml.
diagnosis-metadata-differs = Tjenesten beskriver seg selv annerledes enn ventet
    .cause = Det kan være et annet miljø, eller tjenesten kan være endret. For { $what } venter klarert { $expected }, men { $host } oppgir { $got }.
    .fix =
        Kontroller adressene i config.toml hvis du bruker et eget miljø. Ligger token_endpoint eller jwks på en annen vert enn issuer, må adressen stå der.
        Se etter en nyere versjon av klarert.
        Er det fortsatt forskjell, spør: { $contact }.
diagnosis-service-down = Tjenesten har problemer
    .cause = { $variant ->
        [slow] { $host } tok imot forespørselen, men svaret kom ikke i tide. Det ble prøvd flere ganger.
        [closed] { $host } lukket forbindelsen uten å svare. Det ble prøvd flere ganger.
        [cut-off] Forbindelsen til { $host } ble brutt midt i svaret. Det ble prøvd flere ganger.
        [check-limit] Kontrollen ble stoppet etter { $seconds } sekunder, som er grensen. Da hadde { $host } ikke svart ferdig.
        [status] { $host } svarte med { $status }, som betyr at feilen er der. Det ble prøvd flere ganger.
       *[other] Tjenesten svarte ikke slik den skal. Det gjelder ikke ditt oppsett.
    }
    .fix = { $party ->
        [customs]
            Vent noen minutter og prøv igjen.
            Varer det, kontakt Tolletaten: { $customs }.
       *[other]
            Se på { $status-page }.
            Vent noen minutter og prøv igjen.
    }
diagnosis-too-many-requests = For mange forespørsler på kort tid
    .cause = { $host } ber om at det ventes før neste forespørsel.
    .fix = Vent noen minutter, og prøv igjen.
diagnosis-answer-malformed = Svaret kan ikke forstås
    .cause = { $variant ->
        [empty] { $host } svarte, men svaret var tomt.
        [not-utf8] Svaret fra { $host } er ikke lesbar tekst.
        [not-an-object] Svaret fra { $host } har en annen form enn avtalt.
        [cut-short] Svaret fra { $host } er kuttet på midten.
        [missing] Svaret fra { $host } mangler feltet { $what }.
        [wrong-type] Feltet { $what } i svaret fra { $host } har en verdi av feil type.
       *[other] Svaret er tomt, eller er ikke de dataene som er avtalt. Noe underveis kan ha endret det.
    }
    .fix =
        Prøv igjen.
        Fortsetter det, spør dem som drifter nettverket, om noe endrer svarene underveis.
        Send så det som ble mottatt, til dem som drifter tjenesten.
diagnosis-answer-too-large = Svaret er altfor langt
    .cause = Det kom mer enn én megabyte der det ventes noen få linjer. klarert sluttet å lese. Noe underveis kan ha svart for { $host }.
    .fix =
        Åpne en nettleser og se om nettverket vil at du skal logge inn.
        Spør dem som drifter nettverket, hva som svarer i stedet for { $host }.

## Klokka

diagnosis-clock-ahead = Klokka på denne maskinen ligger foran
    .cause = { $variant ->
        [measured] Den er { $seconds } sekunder foran Maskinportens. Mer enn 10 sekunder blir avvist.
       *[other] Maskinporten sier at forespørselen er laget i framtiden. Mer enn 10 sekunder blir avvist.
    }
    .fix =
        Still klokka på maskinen, helst ved å la den følge en tidsserver (NTP).
        Kjør kontrollen igjen.
diagnosis-clock-behind = Klokka på denne maskinen ligger etter
    .cause = { $variant ->
        [measured] Den er { $seconds } sekunder bak Maskinportens. Mer enn 10 sekunder blir avvist.
       *[other] En forespørsel som ser for gammel ut, blir avvist, og et token fra en riktig klokke ser ut til å komme fra framtiden.
    }
    .fix =
        Still klokka på maskinen, helst ved å la den følge en tidsserver (NTP).
        Kjør kontrollen igjen.
diagnosis-clock-not-synchronised = Klokka på denne maskinen følger ingen tidsserver
    .cause = Klokka holdes ikke riktig av en tidsserver. Maskinporten avviser forespørsler når den er mer enn 10 sekunder feil.
    .fix =
        La klokka følge en tidsserver (NTP).
        Nås ikke tidsserveren, be dem som drifter nettverket, om å åpne for UDP-port 123.

## Det Maskinporten avviser

diagnosis-client-unknown = Maskinporten kjenner ikke klienten
    .cause = { $variant ->
        [unusual] Det finnes ingen klient med ID-en { $client } i dette miljøet. ID-er fra portalen ser vanligvis ut som 3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f, så dette kan være noe annet, for eksempel navnet på klienten.
        [changed] Det finnes ingen klient med ID-en { $client } i dette miljøet. Den siste kontrollen som gikk bra, var med { $passed-client }.
        [organisation] Det finnes ingen klient med ID-en { $client } i dette miljøet. Sertifikatet tilhører { $certificate-organisation }, men profilen er for { $organisation }: klienten kan være opprettet for en annen virksomhet.
        [foreign] En utenlandsk virksomhet har ingen klient, så Maskinporten ser på sertifikatet. Det ble ikke godtatt.
       *[other] Det finnes ingen klient med ID-en { $client } i dette miljøet. ID-en kan være feilskrevet, eller klienten kan være i det andre miljøet.
    }
    .fix = { $variant ->
        [changed]
            Åpne klienten i { $portal } og sammenlign identifikatoren med begge ID-ene.
            Var endringen en feil, sett { $passed-client } tilbake.
        [organisation]
            Åpne klienten i { $portal } og sammenlign identifikatoren med { $client }.
            Kontroller at klienten er opprettet for { $organisation }, og at sertifikatet er for samme virksomhet.
        [foreign]
            Kontroller at sertifikatet er et eSegl med hele kjeden.
            Spør Tolletaten ({ $customs }), og oppgi sporings-ID-en.
       *[other]
            Åpne klienten i { $portal } og sammenlign identifikatoren med ID-en { $client }, tegn for tegn. Finnes det ingen klient der, må den opprettes først.
            Kontroller at du er i riktig miljø: test og produksjon har hver sine klienter.
            Ble klienten opprettet for mindre enn ti minutter siden, er den kanskje ikke klar ennå. Vent i så fall, og kjør kontrollen igjen.
    }
diagnosis-audience-wrong = Forespørselen var adressert til et annet miljø
    .cause = Feltet aud må være nøyaktig dette, med skråstreken til slutt: { $issuer }.
    .fix =
        Kontroller miljøet i profilen, og issuer i config.toml hvis du bruker et eget miljø.
        I ditt eget system: sett aud til { $issuer }.
diagnosis-certificate-refused = Maskinporten godtar ikke sertifikatet
    .cause = { $variant ->
        [purpose] Sertifikatet er for signering eller kryptering. Maskinporten vil ha autentiseringssertifikatet fra samme leveranse.
        [foreign] eSeglet ble ikke godtatt. Utstederen er kanskje ikke på EUs tillitslister, kjeden er kanskje ikke hel, eller seglet er tilbakekalt.
        [smoke] Det ble ikke engang gitt tilgang til scopet som alle godtatte eSegl får. Da er det sertifikatet som er problemet, ikke { $scope }.
        [smoke-scope] Alle godtatte eSegl får tilgang til { $scope }. Var forespørselen signert med et eSegl, ble seglet ikke godtatt.
       *[other] Det kan være laget for det andre miljøet, være tilbakekalt, eller ikke være et virksomhetssertifikat.
    }
    .fix = { $variant ->
        [purpose] Velg autentiseringssertifikatet. Det kom i samme leveranse.
        [foreign]
            Kontroller at filen inneholder hele kjeden.
            Prøv seglet i Europakommisjonens valideringstjeneste: https://ec.europa.eu/digital-building-blocks/DSS/webapp-demo/certificate-validation
            Spør utstederen om seglet er et avansert eSegl på EUs tillitsliste, og om det fortsatt er gyldig.
        [smoke-scope]
            Kontroller at forespørselen har eSeglet med hele kjeden.
            Prøv seglet i Europakommisjonens valideringstjeneste: https://ec.europa.eu/digital-building-blocks/DSS/webapp-demo/certificate-validation
            Spør utstederen om seglet er et avansert eSegl på EUs tillitsliste, og om det fortsatt er gyldig.
        [smoke]
            Kontroller at filen inneholder hele kjeden.
            Prøv seglet i Europakommisjonens valideringstjeneste: https://ec.europa.eu/digital-building-blocks/DSS/webapp-demo/certificate-validation
            Spør utstederen om seglet er et avansert eSegl på EUs tillitsliste, og om det fortsatt er gyldig.
       *[other]
            Kontroller at sertifikatet er for dette miljøet, og er et virksomhetssertifikat fra Buypass eller Commfides.
            Spør utstederen om det er tilbakekalt.
    }
diagnosis-key-expired = Den registrerte nøkkelen er utløpt
    .cause = { $variant ->
        [key] En nøkkel på en klient er gyldig i ett år. Nøkkelen { $kid } er eldre.
       *[other] En nøkkel på en klient er gyldig i ett år. Denne er eldre.
    }
    .fix = Last opp en ny nøkkel til klienten i { $portal }, eller den samme på nytt.
diagnosis-organisation-mismatch = { $variant ->
        [certificate] Sertifikatet tilhører en annen virksomhet
       *[other] Sertifikatet og klienten tilhører forskjellige virksomheter
    }
    .cause = { $variant ->
        [certificate] Sertifikatet tilhører ikke organisasjonen i profilen.
        [known] Sertifikatet tilhører { $certificate-organisation }. Klienten { $client } tilhører en annen virksomhet.
       *[other] Sertifikatet er ikke utstedt til virksomheten som eier klienten.
    }
    .fix =
        Bruk et sertifikat og en klient for samme virksomhet.
        En klient som er opprettet i test uten at virksomheten var valgt, tilhører en syntetisk virksomhet. Opprett den i så fall på nytt: organisasjonsnummeret står øverst til høyre i portalen.
diagnosis-x5c-malformed = Sertifikatet ble sendt i feil form
    .cause = Feltet x5c må være en liste (array) av strenger i vanlig base64, ikke én streng og ikke base64url.
    .fix =
        Send x5c som en liste av base64-strenger, virksomhetens sertifikat først.
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
    .cause = En forespørsel til Maskinporten er gyldig i høyst to minutter. Den ble forsinket underveis, eller klokka er feil.
    .fix =
        Kjør kontrollen igjen.
        Fortsetter det, la klokka på maskinen følge en tidsserver (NTP).
diagnosis-grant-reused = Den samme forespørselen ble sendt to ganger
    .cause = Maskinporten tar imot et grant bare én gang, også når en forespørsel gjentas. Noe underveis gjentar kanskje forespørsler.
    .fix =
        Kjør kontrollen igjen. Den lager et nytt grant hver gang.
        I ditt eget system: lag et nytt grant med ny jti for hver forespørsel.
diagnosis-grant-malformed = Forespørselen hadde feil form
    .cause = Maskinporten kunne ikke lese grantet: det kan være et linjeskift eller en ukjent verdi i det.
    .fix =
        Se etter mellomrom eller uvanlige tegn i klient-ID-en og scopene.
        I ditt eget system: send bare de dokumenterte feltene, uten linjeskift.
diagnosis-consumer-is-self = Du kan ikke opptre på vegne av deg selv
    .cause = Feltet for en annen virksomhet (consumer_org) har virksomhetens eget nummer. Det er bare for leverandører.
    .fix = La feltet stå tomt, og kjør kontrollen igjen.
diagnosis-scope-not-on-client = { $variant ->
        [other-owner-foreign] Maskinporten gir ikke tilgang til scopet
        [european] Maskinporten gir ikke tilgang til scopet
        [seal-accepted] Maskinporten gir ikke tilgang til scopet
        [foreign] Maskinporten gir ikke tilgang til scopet
        [not-european] Maskinporten gir ikke tilgang til scopet
        [misspelt] Maskinporten gir ikke tilgang til scopet
       *[other] Scopet er ikke på klienten
    }
    .cause = { $variant ->
        [other-owner-foreign] Det ble ikke gitt tilgang til { $scope }. Det er ikke et av Tolletatens scope: de begynner med toll:. Maskinporten har ingen liste over utenlandske virksomheter: et scope er åpent for alle dem eller for ingen. Da kan navnet være feilskrevet, eller eieren har ikke åpnet det for utenlandske virksomheter.
        [european] Det ble ikke gitt tilgang til { $scope }. Scope som begynner med toll:eu/, er for utenlandske virksomheter, og Maskinporten har ingen liste over dem: et scope er åpent for alle utenlandske virksomheter eller for ingen. Da kan navnet være feilskrevet, Tolletaten har kanskje ikke åpnet det for utenlandske virksomheter, eller virksomheten er norsk.
        [other-owner] Klienten har ikke { $scope } ennå. Det er ikke et av Tolletatens scope: de begynner med toll:.
        [others-granted] Klienten har { $granted }, men ikke { $scope }. At Tolletaten har gitt tilgang til et scope, legger det ikke på klienten.
        [seal-accepted] Sertifikatet er godtatt, men det ble ikke gitt tilgang til { $scope }. Maskinporten har ingen liste over utenlandske virksomheter: et scope er åpent for alle dem eller for ingen. Da kan navnet være feilskrevet, eller Tolletaten har ikke åpnet det for utenlandske virksomheter.
        [foreign] Det ble ikke gitt tilgang til { $scope }. Maskinporten har ingen liste over utenlandske virksomheter: et scope er åpent for alle dem eller for ingen. Da kan navnet være feilskrevet, eller Tolletaten har ikke åpnet det for utenlandske virksomheter.
        [not-european] Det ble ikke gitt tilgang til { $scope }. Ifølge Maskinportens åpne liste er scopet ikke åpent for europeiske virksomheter.
        [misspelt] Det ble ikke gitt tilgang til { $scope }. Maskinportens åpne liste har ikke noe scope med det navnet, men den har { $nearest }: navnet kan være feilskrevet. Ikke alle scope står i listen.
       *[other] Klienten har ikke { $scope } ennå. At Tolletaten har gitt tilgang til et scope, legger det ikke på klienten.
    }
    .fix = { $variant ->
        [other-owner-foreign]
            Sammenlign { $scope } med navnet du har fått av eieren.
            Er det riktig, spør eieren av scopet om utenlandske virksomheter kan få det.
        [european]
            En norsk virksomhet: velg scopet for samme tjeneste som begynner med toll:, og ikke med toll:eu/.
            En utenlandsk virksomhet: sammenlign { $scope } med scopene til tjenestene dine. Er det riktig, spør Tolletaten ({ $customs }).
        [other-owner]
            Sammenlign { $scope } med navnet du har fått av eieren.
            Åpne klienten i { $portal }, velg «Legg til scope», og velg { $scope }. Er det ikke i listen, spør eieren av scopet.
            Vent noen minutter, og prøv igjen. En endring virker innen to minutter, en ny klient innen ti.
        [seal-accepted]
            Sammenlign { $scope } med scopene til tjenestene dine. Utenlandske virksomheter bruker scope som begynner med toll:eu/.
            Er det riktig, spør Tolletaten ({ $customs }).
        [foreign]
            Sammenlign { $scope } med scopene til tjenestene dine. Utenlandske virksomheter bruker scope som begynner med toll:eu/.
            Er det riktig, spør Tolletaten ({ $customs }).
        [not-european] Spør Tolletaten ({ $customs }) hvilket scope utenlandske virksomheter bruker.
        [misspelt]
            Sammenlign { $scope } med { $nearest }, og rett det hvis det er feilskrevet.
            Er det riktig, spør eieren av scopet. Tolletaten ({ $customs }) eier dem som begynner med toll:.
       *[other]
            Åpne klienten i { $portal }, velg «Legg til scope», og velg { $scope }.
            Er det ikke i listen, har Tolletaten kanskje ikke gitt tilgang i dette miljøet: spør dem ({ $customs }).
            Vent noen minutter, og kjør kontrollen igjen. En endring virker innen to minutter, en ny klient innen ti.
    }
diagnosis-wrong-integration-type = Klienten er av feil type
    .cause = Typen i Samarbeidsportalen er ikke Maskinporten, så klienten kan ikke ha { $scope }.
    .fix =
        Lag en ny klient av typen Maskinporten i { $portal }.
        Sett identifikatoren inn i profilen.
diagnosis-scope-not-granted = { $variant ->
        [nothing-granted] Virksomheten har ikke fått tilgang til noe scope
        [other-owner-foreign] Maskinporten gir ikke tilgang til scopet
        [european] Maskinporten gir ikke tilgang til scopet
        [other-owner] Maskinporten gir ikke tilgang til scopet
        [seal-accepted] Maskinporten gir ikke tilgang til scopet
        [foreign] Maskinporten gir ikke tilgang til scopet
        [not-european] Maskinporten gir ikke tilgang til scopet
        [misspelt] Maskinporten gir ikke tilgang til scopet
       *[other] Tolletaten har ikke gitt tilgang til scopet
    }
    .cause = { $variant ->
        [nothing-granted] API-et til Samarbeidsportalen svarer at virksomheten ikke har noen scope i dette miljøet: ingen som eier et scope, har gitt den tilgang.
        [other-owner-foreign] Det ble ikke gitt tilgang til { $scope }. Det er ikke et av Tolletatens scope: de begynner med toll:. Maskinporten har ingen liste over utenlandske virksomheter: et scope er åpent for alle dem eller for ingen. Da kan navnet være feilskrevet, eller eieren har ikke åpnet det for utenlandske virksomheter.
        [european] Det ble ikke gitt tilgang til { $scope }. Scope som begynner med toll:eu/, er for utenlandske virksomheter, og Maskinporten har ingen liste over dem: et scope er åpent for alle utenlandske virksomheter eller for ingen. Da kan navnet være feilskrevet, Tolletaten har kanskje ikke åpnet det for utenlandske virksomheter, eller virksomheten er norsk.
        [other-owner] Maskinporten kjenner klienten og godtar nøkkelen eller sertifikatet. Eieren av { $scope } har ikke gitt virksomheten tilgang i dette miljøet. Det er ikke et av Tolletatens scope: de begynner med toll:. En leverandør som opptrer for en kunde, får det samme svaret når kunden ikke er oppgitt i forespørselen.
        [norwegian] Maskinporten kjenner klienten og godtar nøkkelen eller sertifikatet, og scopet er på klienten. Tolletaten har ikke gitt virksomheten tilgang til { $scope } i dette miljøet ennå.
        [others-granted] Det ble gitt tilgang til { $granted }, så Maskinporten godtar klienten og nøkkelen eller sertifikatet. Tolletaten har ikke gitt virksomheten tilgang til { $scope } i dette miljøet ennå.
        [seal-accepted] Sertifikatet er godtatt, men det ble ikke gitt tilgang til { $scope }. Maskinporten har ingen liste over utenlandske virksomheter: et scope er åpent for alle dem eller for ingen. Da kan navnet være feilskrevet, eller Tolletaten har ikke åpnet det for utenlandske virksomheter.
        [foreign] Det ble ikke gitt tilgang til { $scope }. Maskinporten har ingen liste over utenlandske virksomheter: et scope er åpent for alle dem eller for ingen. Da kan navnet være feilskrevet, eller Tolletaten har ikke åpnet det for utenlandske virksomheter.
        [supplier] Virksomheten i sertifikatet, { $certificate-organisation }, har ikke fått tilgang til { $scope }. Det ser ut til at dere opptrer for { $organisation }, men det står ikke i forespørselen.
        [not-european] Det ble ikke gitt tilgang til { $scope }. Ifølge Maskinportens åpne liste er scopet ikke åpent for europeiske virksomheter.
        [misspelt] Det ble ikke gitt tilgang til { $scope }. Maskinportens åpne liste har ikke noe scope med det navnet, men den har { $nearest }: navnet kan være feilskrevet. Ikke alle scope står i listen.
       *[other] Maskinporten kjenner klienten og godtar nøkkelen eller sertifikatet, og scopet er på klienten. Tolletaten har ikke gitt virksomheten tilgang til { $scope } i dette miljøet ennå. En leverandør som opptrer for en kunde, får det samme svaret når kunden ikke er oppgitt i forespørselen.
    }
    .fix = { $variant ->
        [nothing-granted]
            Kontroller at du er i riktig miljø.
            Kontroller at registreringen i Digitoll er sendt.
            Be Tolletaten ({ $customs }) gi tilgang til scopene i dette miljøet.
        [other-owner-foreign]
            Sammenlign { $scope } med navnet du har fått av eieren.
            Er det riktig, spør eieren av scopet om utenlandske virksomheter kan få det.
        [european]
            En norsk virksomhet: velg scopet for samme tjeneste som begynner med toll:, og ikke med toll:eu/.
            En utenlandsk virksomhet: sammenlign { $scope } med scopene til tjenestene dine. Er det riktig, spør Tolletaten ({ $customs }).
        [other-owner]
            Sammenlign { $scope } med navnet du har fått av eieren.
            Er det riktig, be eieren av scopet gi tilgang i dette miljøet.
            Leverandører som opptrer for en kunde: oppgi kunden i forespørselen (consumer_org).
        [others-granted]
            Kontroller at registreringen i Digitoll er sendt.
            Be Tolletaten ({ $customs }) gi tilgang til { $scope } i dette miljøet.
        [supplier]
            Oppgi { $certificate-organisation } som organisasjonsnummer, og { $organisation } som virksomheten dere opptrer for.
            Be { $organisation } delegere scopet til dere i Altinn.
        [seal-accepted]
            Sammenlign { $scope } med scopene til tjenestene dine. Utenlandske virksomheter bruker scope som begynner med toll:eu/.
            Er det riktig, spør Tolletaten ({ $customs }).
        [foreign]
            Sammenlign { $scope } med scopene til tjenestene dine. Utenlandske virksomheter bruker scope som begynner med toll:eu/.
            Er det riktig, spør Tolletaten ({ $customs }).
        [norwegian]
            Kontroller at registreringen i Digitoll er sendt.
            Be Tolletaten ({ $customs }) gi tilgang til { $scope } i dette miljøet.
        [not-european] Spør Tolletaten ({ $customs }) hvilket scope utenlandske virksomheter bruker.
        [misspelt]
            Sammenlign { $scope } med { $nearest }, og rett det hvis det er feilskrevet.
            Er det riktig, spør eieren av scopet. Tolletaten ({ $customs }) eier dem som begynner med toll:.
       *[other]
            Kontroller at registreringen i Digitoll er sendt.
            Be Tolletaten ({ $customs }) gi tilgang til { $scope } i dette miljøet.
            Leverandører som opptrer for en kunde: oppgi kunden i forespørselen (consumer_org).
    }
diagnosis-not-delegated = Kunden har ikke delegert scopet
    .cause = { $variant ->
        [undelegable] Virksomheten dere opptrer for, har ikke gitt dere { $scope } i Altinn. Maskinportens åpne liste over scope oppgir ingen måte å delegere det på.
       *[other] Virksomheten dere opptrer for, har ikke gitt dere { $scope } i Altinn, eller har gitt dere et annet.
    }
    .fix = { $variant ->
        [undelegable] Spør Tolletaten ({ $customs }) hvordan en leverandør får tilgang for en kunde.
       *[other]
            Be kunden delegere scopet til virksomheten deres i Altinn (for testmiljøet i TT02).
            Kontroller organisasjonsnummeret til den dere opptrer for.
    }
diagnosis-authorization-details = Forespørselen har felt for systembrukere
    .cause = Feltet authorization_details blir avvist. Tolletaten bruker det ikke.
    .fix = Fjern authorization_details fra forespørselen.
diagnosis-kid-unknown = Klienten har ikke denne nøkkelen
    .cause = { $variant ->
        [sent] Forespørselen var signert med nøkkelen { $kid }, og klienten har ingen nøkkel med det navnet. Den er kanskje ikke lastet opp, er på en annen klient, eller har et annet navn der.
       *[other] Forespørselen oppgir en nøkkel (kid) som klienten ikke har. Den er kanskje ikke lastet opp, er på en annen klient, eller har et annet navn der.
    }
    .fix = { $variant ->
        [sent]
            Åpne klienten i { $portal } og sammenlign navnene under «Nøkler» med { $kid }.
            Har klienten ingen nøkler, velg sertifikatet i stedet for nøkkelen.
            Ble nøkkelen lastet opp for mindre enn ti minutter siden, er den kanskje ikke klar ennå. Vent i så fall, og kjør kontrollen igjen.
       *[other]
            Åpne klienten i { $portal } og sammenlign navnene under «Nøkler» med kid i forespørselen.
            Har klienten ingen nøkler, send sertifikatet (x5c) i stedet for en kid.
            Ble nøkkelen lastet opp for mindre enn ti minutter siden, er den kanskje ikke klar ennå. Vent i så fall, og prøv igjen.
    }
diagnosis-kid-required = Klienten krever sin registrerte nøkkel
    .cause = Klienten har egne nøkler, og da godtas ikke et sertifikat.
    .fix =
        Velg nøkkelen i stedet for sertifikatet, og oppgi navnet (kid).
        Eller fjern nøklene fra klienten i { $portal }, hvis ingen andre bruker dem.
diagnosis-terms-not-signed = Bruksvilkårene er ikke signert
    .cause = I Samarbeidsportalen og API-et til portalen kan ingen klient opprettes før virksomheten har signert Digdirs bruksvilkår.
    .fix =
        Signer bruksvilkårene for virksomheten i Samarbeidsportalen. Slik gjør du det: https://samarbeid.digdir.no/maskinporten/konsument/119
        Opprett så klienten.
diagnosis-portal-token-refused = API-et til Samarbeidsportalen avviser administrasjonsklienten
    .cause = { $variant ->
        [token] API-et godtar ikke tokenet (svar 401). Det kan være utløpt, eller høre til det andre miljøet.
       *[rights] Tokenet gir ikke rett til dette (svar { $status }). Administrasjonsklienten kan mangle scopet idporten:dcr.write.
    }
    .fix =
        Sammenlign klient-id og miljø for administrasjonsklienten med det Digdir har sendt.
        Er de riktige, spør { $contact } om administrasjonsklienten har scopene idporten:dcr.read og idporten:dcr.write.
diagnosis-portal-client-unknown = Samarbeidsportalen finner ikke klienten
    .cause = Ingen klient hos denne virksomheten har klient-id-en i dette miljøet.
    .fix =
        Se hvilke klienter som finnes: klarert portal clients
        Rett klient-id-en i profilen, eller fjern den og opprett klienten.
diagnosis-portal-client-deactivated = Klienten er deaktivert
    .cause = En klient som er deaktivert, får ikke token fra Maskinporten, og ingenting på den kan endres i Samarbeidsportalen.
    .fix = Aktiver klienten i Samarbeidsportalen, eller opprett en ny.
diagnosis-portal-field-refused = API-et til Samarbeidsportalen godtar ikke et felt
    .cause = { $variant ->
        [named] API-et oppgir hva det ikke godtar: { $words }
       *[other] API-et oppgir feltene som det ikke godtar.
    }
    .fix = Rett feltene som er oppgitt.
diagnosis-portal-scope-missing = Scopet er ikke i listen i Samarbeidsportalen
    .cause = Tolletaten har kanskje ikke gitt tilgang til scopet i dette miljøet. Et scope som allerede er på klienten, er heller ikke i listen, og det er heller ikke scope for en annen type klient.
    .fix =
        Kontroller at du er i riktig miljø, at klienten er av typen Maskinporten, og at listen ikke er filtrert.
        Kontroller om klienten har scopet fra før.
        Har den ikke det, be Tolletaten ({ $customs }) gi tilgang til scopet i dette miljøet.
diagnosis-portal-rights-missing = Du mangler rett til å administrere klienter i Samarbeidsportalen
    .cause = Samarbeidsportalen viser «Ny integrasjon» (i den nyeste portalen «Legg til klient») bare til dem som har fått retten i Altinn.
    .fix =
        Kontroller organisasjonsnummeret øverst til høyre i portalen: det skal være virksomhetens.
        Be hovedadministratoren i Altinn om retten til å administrere klienter. Søk etter Maskinporten i Altinn for å finne den.
diagnosis-portal-login = Du får ikke logget inn i Samarbeidsportalen
    .cause = Samarbeidsportalen krever en norsk elektronisk ID på nivå høyt: BankID, Buypass ID eller Commfides. MinID er ikke nok.
    .fix =
        Logg inn med BankID, Buypass ID eller Commfides.
        Velg å logge inn med organisasjonsnummeret til virksomheten.
        Går det fortsatt ikke, spør { $contact } om virksomheten har tilgang til Samarbeidsportalen.
diagnosis-token-refused = Tjenesten godtar ikke tokenet
    .cause = Svaret 401 betyr at det ikke ble sendt noe token, eller at tjenesten ikke godtar det som ble sendt. Teksten viser ikke hvilken tjeneste det var.
    .fix =
        Kontroller at tokenet blir sendt, at det ikke er utløpt, og at det er for samme miljø som tjenesten.
        Tolletatens tjenester godtar Tolletatens token, ikke Maskinportens.
        Gi klarert explain hele svaret, med adressen som ble kalt.
diagnosis-portal-refused = API-et til Samarbeidsportalen avviste forespørselen
    .cause = API-et svarte med { $status }. klarert kjenner ikke dette avslaget, og viser det slik det ble mottatt.
    .fix =
        Kjør den samme kommandoen på nytt om noen minutter: Den fortsetter der den stoppet.
        Hvis det ikke hjelper, send det som ble mottatt, med sporings-ID-en, til { $contact }.

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
            Er de riktige, spør: { $contact }.
    }
diagnosis-token-signature-invalid = Signaturen på tokenet er ikke Maskinportens
    .cause = Tokenet er ikke signert med noen av nøklene Maskinporten publiserer. Noe annet kan ha svart.
    .fix =
        Ikke bruk tokenet.
        Kontroller miljøets adresser, og om noe i nettverket svarer for Maskinporten.
        Spør: { $contact }.

## Tolletaten

diagnosis-customs-missing = Dette miljøet har ingen adresse til Tolletaten
    .cause = Uten adressen kan ikke tokenet veksles.
    .fix = Sett customs for miljøet i config.toml.
diagnosis-customs-not-authorised = Tolletaten lar deg ikke bruke scopet
    .cause = { $variant ->
        [branch] { $scope } er for den andre typen virksomhet.
        [foreign] Maskinporten ga tokenet, så sertifikatet og navnet på scopet er riktige. Tolletaten veksler det ikke for { $scope }: virksomheten er kanskje ikke registrert i Digitoll ennå, eller har kanskje ikke fått tilgang til scopet.
        [norwegian] Tolletaten veksler ikke tokenet for { $scope }. Virksomheten er kanskje ikke registrert i Digitoll ennå, har kanskje ikke fått tilgang til scopet, eller har det kanskje ikke på klienten.
       *[other] Tolletaten veksler ikke tokenet for { $scope }. Scopet kan være for den andre typen virksomhet, eller ikke være på klienten. Virksomheten er kanskje ikke registrert i Digitoll ennå, eller har kanskje ikke fått tilgang til scopet.
    }
    .fix = { $variant ->
        [branch] Velg tjenestene på nytt. Da følger scopene av typen virksomhet.
        [foreign]
            Kontroller at virksomheten er registrert i Digitoll.
            Spør Tolletaten ({ $customs }) hvilke scope du har i dette miljøet.
       *[other]
            Kontroller at scopet er for din type virksomhet: toll: for norske, toll:eu/ for utenlandske.
            Kontroller at virksomheten er registrert i Digitoll.
            Norske virksomheter: kontroller i { $portal } at klienten er ferdig opprettet og har scopet.
            Spør Tolletaten ({ $customs }) hvilke scope du har i dette miljøet.
    }
diagnosis-customs-refused = { $variant ->
        [form] Tolletaten godtar ikke forespørselen om token
        [address] Adressen til Tolletaten er feil
       *[other] Tolletaten avviste tokenet
    }
    .cause = { $variant ->
        [token] Vekslingen godtar ikke tokenet som ble sendt (svar { $status }). Det kan være utløpt, eller være fra det andre miljøet.
        [rights] Vekslingen gir ikke tilgang (svar { $status }). Tolletaten har ikke publisert hva feilene betyr, så svaret vises slik det ble mottatt.
        [address] Det er ingen veksling på adressen, eller den ble kalt med en annen metode enn POST (svar { $status }).
        [form] Vekslingen godtar ikke formen på forespørselen (svar { $status }). Den har sin egen form, som ikke er den i RFC 8693.
       *[other] Vekslingen ble besvart med { $status }. Tolletaten har ikke publisert hva feilene betyr, så svaret vises slik det ble mottatt.
    }
    .fix = { $variant ->
        [token]
            Hent et nytt token fra Maskinporten, og veksle det med en gang i det samme miljøet.
            Send det som subject_token, og ikke i headeren Authorization.
        [rights]
            Kontroller at virksomheten er registrert i Digitoll, og at scopet er for din type virksomhet: toll: for norske, toll:eu/ for utenlandske.
            Send det som ble mottatt, til Tolletaten: { $customs }.
        [address] Kall POST https://api.toll.no/api/access/external/oauth/token, eller i test den samme stien på https://api-test.toll.no.
        [form]
            Send en POST med Content-Type application/x-www-form-urlencoded.
            Send nøyaktig disse: grant_type=token-exchange, subject_token_type=access_token og subject_token med tokenet fra Maskinporten.
            Ikke skriv dem som URN-er (urn:ietf:params:oauth:…).
       *[other]
            Prøv igjen om noen minutter.
            Fortsetter det, send det som ble mottatt, til Tolletaten: { $customs }.
    }
diagnosis-api-refused = { $variant ->
        [unexpected] Et annet svar enn ventet på testkallet
       *[other] Tolletaten avviste kallet
    }
    .cause = { $variant ->
        [token] { $service } godtar ikke Tolletatens token (svar { $status }).
        [rights] { $service } godtar tokenet, men gir ikke tilgang til dette kallet (svar { $status }).
        [path] Adressen til testkallet for { $service } ble ikke funnet (svar { $status }). Den kan være flyttet.
        [unexpected] { $service } svarte med { $status } på testkallet, der Tolletaten dokumenterer 200. Tokenet ble ikke avvist.
        [address] Det er ingenting på adressen, eller den tar ikke imot den metoden (svar { $status }). Det sier ingenting om tilgangen din.
        [form] { $service } godtar ikke formen på kallet (svar { $status }).
       *[other] { $service } svarte med { $status } på kallet.
    }
    .fix = { $variant ->
        [path]
            Se etter en nyere versjon av klarert.
            Tolletatens token ble mottatt: oppsettet virker dit.
        [unexpected]
            Se etter en nyere versjon av klarert.
            Tolletatens token ble mottatt: oppsettet virker dit.
        [address]
            Sammenlign metoden og adressen med dokumentasjonen til Tolletaten.
            Det eneste testkallet som Tolletaten har dokumentert, er GET /api/movement/road/v2/test-auth.
        [rights]
            Spør Tolletaten ({ $customs }) om virksomheten har tilgang til dette kallet i dette miljøet, og send dem det som ble mottatt.
        [form]
            Les svaret: det kan oppgi hva som er galt.
            Sammenlign innholdstypen og innholdet med dokumentasjonen til Tolletaten.
       *[other]
            Kontroller at det er Tolletatens token som brukes, ikke Maskinportens, og at det ikke er utløpt.
            Spør Tolletaten ({ $customs }) om virksomheten har tilgang i dette miljøet, og send dem det som ble mottatt.
    }
diagnosis-message-invalid = Tolletaten godtar ikke innholdet i meldingen
    .cause = Tokenet ble godtatt, så oppsettet virker. Svaret oppgir hvilke felt i meldingen som mangler eller er feil.
    .fix = Rett feltene som er oppgitt, og send meldingen på nytt.

## Alt annet

diagnosis-unknown = { $variant ->
        [not-an-error] Dette er ikke en feil som klarert kjenner
        [token] Dette er ingen feil: svaret har et token
        [accepted] Dette er ingen feil: Tolletaten har mottatt en melding
        [other-service] En feil fra en annen tjeneste
        [network] En melding om nettverket
        [key-file] En melding om et sertifikat eller en nøkkelfil
        [expired] Et sertifikat er utløpt
        [opening] En avvisning med ukjent årsak
        [refused] En avvisning uten begrunnelse
        [whose] Et svar fra en tjeneste som ikke er nevnt
        [cut] Teksten slutter for tidlig
        [code] En kode fra Maskinporten som klarert ikke kjenner
       *[other] En feil som ikke er kjent
    }
    .cause = { $variant ->
        [not-an-error] Teksten har ingen kode, sporings-ID eller svar fra en tjeneste som klarert kjenner igjen.
        [token] Forespørselen lyktes. Tokenet vises ikke.
        [accepted] Meldingen behandles senere. Svaret har ID-en til den (requestId).
        [other-service] Den ser ut til å komme fra en annen tjeneste enn Maskinporten og Tolletaten, eller fra et program som kontrollerer et token. De feilene kjenner ikke klarert.
        [network] klarert kjenner ikke denne meldingen. Den ser ut til å gjelde forbindelsen mellom programmet og tjenesten.
        [key-file] klarert kjenner ikke denne meldingen. Den ser ut til å gjelde et sertifikat eller en nøkkelfil.
        [expired] Teksten sier ikke hvem sitt: ditt, eller det serveren viste.
        [opening] Maskinporten avviste forespørselen. Den siste setningen i svaret gir årsaken, og klarert kjenner den ikke.
        [refused] En tjeneste avviste forespørselen, eller en proxy underveis gjorde det. Svaret var { $status }. Begrunnelsen er i innholdet i svaret, og det er ikke med i teksten.
        [whose] klarert kjenner ikke denne feilen, og ingenting i den viser hvilken tjeneste som svarte.
        [cut] Den siste setningen i svaret gir årsaken, og her slutter den midt i.
        [code] Maskinporten avviste forespørselen. Koden viser hvorfor, og klarert kjenner den ikke.
       *[other] klarert kjenner ikke denne feilen. Den vises slik den ble mottatt.
    }
    .fix = { $variant ->
        [not-an-error]
            Oppgi en kode (MP-122) eller en id: klarert explain lister dem opp.
            Eller oppgi hele svaret fra tjenesten, med error_description og error_uri: klarert explain < svar.json
        [token] Feiler neste kall, oppgi svaret på det til klarert explain.
        [accepted] Spør spørre-API-et om resultatet, med den ID-en.
        [other-service] Se etter feilen i dokumentasjonen til den tjenesten eller det programmet.
        [network]
            Kjør klarert check på den samme maskinen: da ser du hva som stopper forbindelsen.
            Ellers vis meldingen til dem som drifter nettverket.
        [key-file] Kjør klarert certificate på filen: da ser du hva den er, og om den kan brukes.
        [expired]
            Kjør klarert certificate på filen din: den sier hvor lenge sertifikatet er gyldig.
            Er ditt gyldig, kjør klarert check på den samme maskinen: den sier hva som er galt med sertifikatet til serveren.
        [refused]
            La programmet vise hele svaret: statusen, innholdet og adressen som ble kalt.
            Gi deretter alt sammen til klarert explain.
        [whose]
            Finn ut hvilken adresse programmet kalte.
            Er det Maskinporten eller Tolletaten, gi svaret til klarert explain på nytt, sammen med adressen.
            Ellers se etter feilen i dokumentasjonen til den tjenesten.
        [cut] Gi klarert explain hele svaret, til slutten av error_description.
        [code]
            Les hva Maskinporten skriver om koden: { $url }
            Alle kodene er listet på https://maskinporten.no/errors/
            Hjelper ikke det, send det som ble mottatt, til { $contact }.
       *[other] { $party ->
            [customs] Send det som ble mottatt, til Tolletaten: { $customs }.
           *[other]
                Prøv igjen om noen minutter.
                { $traced ->
                    [yes] Fortsetter det, send det som ble mottatt, med sporings-ID-en, til { $contact }.
                   *[no] Fortsetter det, send det som ble mottatt, til { $contact }.
                }
        }
    }
