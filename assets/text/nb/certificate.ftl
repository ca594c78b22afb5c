# Hva lesing og vurdering av et sertifikat fant. `finding-<id>` sier hva, `.fix` hva som kan gjøres.

finding-expired =
    { $near ->
        [yes] Sertifikatet utløp { $date } kl. { $time } UTC. Klokken på denne maskinen viser { $now } UTC.
       *[no] Sertifikatet utløp { $date }.
    }
    .fix = Bestill et nytt sertifikat. Fornyelse tar noen virkedager; for en utenlandsk virksomhet opptil flere uker.
finding-not-yet-valid =
    { $near ->
        [yes] Sertifikatet er ikke gyldig før { $date } kl. { $time } UTC. Klokken på denne maskinen viser { $now } UTC.
       *[no] Sertifikatet er ikke gyldig før { $date }.
    }
    .fix =
    { $near ->
        [yes] Klokken kan gå etter: still den. Går den riktig, så vent til det tidspunktet.
       *[no] Vent til den dagen, eller bruk et annet sertifikat så lenge. Se også etter at datoen på denne maskinen er riktig.
    }
finding-ends-soon =
    { $days ->
        [0] Sertifikatet utløper om mindre enn ett døgn, { $date } kl. { $time } UTC.
        [one] Sertifikatet utløper om én dag, { $date }.
       *[other] Sertifikatet utløper om { $days } dager, { $date }.
    }
    .fix = { $within ->
        [7] Ta det neste i bruk nå. Er det ikke bestilt, må det bestilles i dag, og de som er avhengige av meldingene må få vite det.
        [14] Er det neste bestilt? Det tar noen virkedager; for en utenlandsk virksomhet opptil flere uker.
       *[30] Bestill det neste nå. Det tar noen virkedager; for en utenlandsk virksomhet opptil flere uker.
    }
finding-pick-beyond =
    { $count ->
        [one] Det er bare ett sertifikat å velge blant.
       *[other] Det er { $count } sertifikater å velge blant: 1 til { $count }.
    }
    .fix = Overlat valget til klarert, eller oppgi et annet nummer: klarert certificate viser dem.
finding-key-ended = Nøkkelen på klienten utløp { $date }, ett år etter at den ble registrert.
    .fix = Lag en ny nøkkel, legg den på klienten i Samarbeidsportalen, og oppgi navnet (kid) og dagen her.
finding-key-ends-soon =
    { $days ->
        [0] Nøkkelen på klienten utløper i dag, { $date }.
        [one] Nøkkelen på klienten utløper om én dag, { $date }.
       *[other] Nøkkelen på klienten utløper om { $days } dager, { $date }.
    }
    .fix = { $within ->
        [7] Lag en ny nøkkel i dag, legg den på klienten i Samarbeidsportalen, og oppgi navnet (kid) og dagen her.
       *[30] Lag en ny nøkkel i god tid, legg den på klienten i Samarbeidsportalen, og oppgi navnet (kid) og dagen her.
    }
finding-not-rsa = Nøkkelen er av typen { $key }. Maskinporten godtar bare RSA-nøkler.
    .fix = { $with ->
        [key] Lag en ny nøkkel med klarert key, legg den på klienten i Samarbeidsportalen, og bruk filen og navnet (kid) her.
       *[certificate] Be utstederen om et sertifikat med en RSA-nøkkel på minst 2048 bit. klarert csr lager en slik nøkkel og forespørselen.
    }
finding-rsa-too-short = RSA-nøkkelen har { $bits } bit. Det trengs minst 2048.
    .fix = { $with ->
        [key] Lag en ny nøkkel med klarert key, legg den på klienten i Samarbeidsportalen, og bruk filen og navnet (kid) her.
       *[certificate] Bestill et nytt sertifikat med en RSA-nøkkel på 2048 bit eller mer.
    }
finding-production-certificate-in-test = Dette sertifikatet er for produksjon ({ $issuer }). Testmiljøet avviser det.
    .fix = Bruk et testsertifikat her: Buypass og Commfides utsteder egne testsertifikater. Eller velg produksjonsmiljøet.
finding-test-certificate-in-production = Dette er et testsertifikat ({ $issuer }). Produksjon avviser det.
    .fix = Bruk virksomhetens produksjonssertifikat her, eller velg testmiljøet.
finding-test-seal = Dette ser ut som et testsertifikat ({ $issuer }). Av eSegl godtar Maskinporten bare dem som er for produksjon, også i testmiljøet.
    .fix = Bruk et eSegl som utstederen har laget for produksjon, fra EUs tillitslister. Det finnes ingen liste over testutstedere.
finding-sandbox-certificate = Dette er et sertifikat fra klarerts egen sandkasse ({ $issuer }). Det er oppdiktet, og ingen andre miljøer godtar det.
    .fix = { $wanted ->
        [test] Bruk et testsertifikat for virksomheten her, fra Buypass eller Commfides. Sandkassens sertifikat virker bare med `klarert --sandbox`.
        [prod] Bruk virksomhetens produksjonssertifikat her, fra Buypass eller Commfides. Sandkassens sertifikat virker bare med `klarert --sandbox`.
        [seal] Bruk virksomhetens eget eSegl her, fra en utsteder på EUs tillitslister. Sandkassens sertifikat virker bare med `klarert --sandbox`.
       *[other] Bruk det bare med `klarert --sandbox`. For Maskinporten brukes virksomhetens eget sertifikat.
    }
finding-norwegian-certificate = Dette er et norsk virksomhetssertifikat ({ $issuer }). En utenlandsk virksomhet legitimerer seg med et eSegl.
    .fix = Bruk et eSegl fra en utsteder på EUs tillitslister. Har virksomheten et norsk organisasjonsnummer og kan logge inn i Samarbeidsportalen, er den norsk her: svar på de første spørsmålene på nytt.
finding-foreign-certificate = Sertifikatet tilhører en utenlandsk organisasjon ({ $found }). En norsk virksomhet legitimerer seg med et virksomhetssertifikat fra Buypass eller Commfides.
    .fix = Bruk virksomhetssertifikatet. Er virksomheten utenlandsk, så svar på de første spørsmålene på nytt.
finding-signing-certificate = Dette er sertifikatet for signering. En norsk virksomhet bruker det for autentisering.
    .fix = Leveransen har vanligvis flere sertifikater: velg det for autentisering. Er det ikke der, så spør utstederen.
finding-encryption-certificate = Dette er sertifikatet for kryptering. Maskinporten kan ikke bruke det til å kjenne virksomheten.
    .fix = Leveransen har vanligvis flere sertifikater: velg det for autentisering. Er det ikke der, så spør utstederen.
finding-organisation-differs = { $party ->
        [customer] Sertifikatet tilhører { $found }, som dere opptrer for. Virksomheten her er { $wanted }.
        [supplier] Sertifikatet tilhører { $found }, men virksomheten her, leverandøren, er { $wanted }.
       *[other] Sertifikatet tilhører { $found }, men virksomheten her er { $wanted }.
    }
    .fix = { $party ->
        [customer] En leverandør signerer med sitt eget sertifikat: Bruk et som tilhører { $wanted }. Er { $number } deres eget nummer, er de to numrene byttet om: Oppgi { $number } som organisasjonsnummer, og { $wanted } som den dere opptrer for.
        [supplier] En leverandør signerer med sitt eget sertifikat, ikke med et som tilhører { $customer }: Bruk et sertifikat som tilhører { $wanted }, eller rett organisasjonsnummeret.
        [norwegian] Bruk et sertifikat som tilhører { $wanted }, eller rett organisasjonen. En leverandør som opptrer for { $wanted }, signerer med sitt eget sertifikat: Oppgi { $number } som organisasjonsnummer, og { $wanted } som den dere opptrer for. { $wanted } må ha delegert scopene til dere i Altinn.
       *[other] Bruk et sertifikat som tilhører { $wanted }, eller rett organisasjonen.
    }
finding-organisation-missing =
    { $what ->
        [form] Sertifikatet oppgir organisasjonen som «{ $found }». Det er ikke formen som identifiserer en virksomhet (organizationIdentifier).
        [norwegian] Sertifikatet oppgir den norske organisasjonen { $number } som «{ $found }». Formen er NTRNO-{ $number }.
        [number] Sertifikatet oppgir organisasjonen som «{ $found }». Det er ikke et norsk organisasjonsnummer: ni sifre, der det siste er et kontrollsiffer.
       *[none] Sertifikatet navngir ikke en organisasjon på en måte som Maskinporten kjenner.
    }
    .fix =
    { $what ->
        [form] Be utstederen om et sertifikat med riktig organizationIdentifier: registeret, landet, en bindestrek og nummeret, for eksempel VATDE-123456789 eller NTRSE-5560000001. For en norsk virksomhet er det NTRNO- og organisasjonsnummeret.
        [norwegian] Be utstederen om et virksomhetssertifikat med NTRNO-{ $number } som organizationIdentifier.
        [number] Be utstederen om et virksomhetssertifikat med NTRNO- og riktig nummer som organizationIdentifier.
       *[none] Bestill et virksomhetssertifikat. Det må ha en organizationIdentifier: for en norsk virksomhet NTRNO- og organisasjonsnummeret.
    }
finding-personal-certificate = Dette sertifikatet er en persons. Det trengs et virksomhetssertifikat.
    .fix = Norsk: bestill et virksomhetssertifikat fra Buypass eller Commfides. Utenlandsk: bestill et eSegl (ikke en eSignatur) for virksomheten.
finding-website-certificate = Dette sertifikatet er laget for et nettsted. Det trengs et virksomhetssertifikat.
    .fix = Norsk: bestill et virksomhetssertifikat fra Buypass eller Commfides. Utenlandsk: bestill et eSegl for virksomheten.
finding-hardware-bound = Sertifikatet sier selv at nøkkelen ligger i maskinvare (QSCD). Et program uten den maskinvaren kan ikke bruke det.
    .fix = Be utstederen om produktet med nøkkelen i en fil (soft token), uten QSCD.
finding-chain-incomplete = Filen har ikke hele kjeden: sertifikatet til { $issuer } mangler.
    .fix = En utenlandsk virksomhet må sende hele kjeden. Hent sertifikatene fra utstederens nettsted, legg dem i én PEM-fil, og oppgi den filen som kjede.
finding-issuer-not-valid =
    { $what ->
        [future] Sertifikatet til utstederen { $issuer } i kjeden er ikke gyldig før { $date }.
       *[ended] Sertifikatet til utstederen { $issuer } i kjeden utløp { $date }.
    }
    .fix = Hent det gjeldende sertifikatet fra utstederens nettsted, og bruk det i kjeden i stedet. Det er ikke kjent om Maskinporten avviser dette.
finding-issuer-unknown = Utstederen { $issuer } står ikke på listen over norske utstedere som dette programmet kjenner.
    .fix = Det trenger ikke å være feil, for utstedere fornyer sertifikatene sine. Se etter at det er et virksomhetssertifikat fra Buypass eller Commfides.
finding-self-signed = Sertifikatet er selvsignert: det har ingen annen utsteder enn seg selv. Maskinporten godtar bare sertifikater fra kjente utstedere.
    .fix = Det er trolig laget for en test, for eksempel med openssl eller keytool. En norsk virksomhet bruker et virksomhetssertifikat fra Buypass eller Commfides, en utenlandsk et eSegl fra en utsteder på EUs tillitslister.
finding-key-mismatch = Nøkkelen i { $file } hører ikke til sertifikatet.
    .fix = { $what ->
        [needless] { $certificate } har selv den riktige nøkkelen. La nøkkelfilen stå tom.
        [key-file] Finn nøkkelen som ble laget sammen med sertifikatet i { $certificate }, og oppgi filen som nøkkelfil. Bland ikke gamle og nye filer etter en fornyelse.
       *[file] Finn nøkkelen som ble laget med dette sertifikatet, vanligvis i samme .p12-fil. Etter en fornyelse må ikke gamle og nye filer blandes.
    }
finding-key-missing =
    { $part ->
        [public] { $file } har bare den offentlige delen av nøkkelen { $kid }.
       *[none] { $file } har ingen privat nøkkel.
    }
    .fix =
    { $part ->
        [public] Bruk filen som har den private delen av nøkkelen. Ingen annen nøkkel brukes i stedet: det er denne klienten kjenner.
       *[none] Bruk .p12-filen fra leveransen, eller oppgi filen som har nøkkelen. Nøkkelen er der sertifikatet ble bestilt eller forespørselen ble laget.
    }
finding-file-open-to-others = Andre brukere av denne maskinen kan lese { $file } og nøkkelen i den.
    .fix = La bare deg selv lese den: chmod 600 { $path }
finding-wrong-password = Passordet åpner ikke { $file }. Ellers er filen skadet: utenfra ser de to like ut.
    .fix = Oppgi passordet slik det ble sendt til deg: store bokstaver og mellomrom teller. Er du sikker på det, så hent filen på nytt.
finding-password-needed = { $file } er låst med et passord.
    .fix = Oppgi passordet som hører til sertifikatet: det sendes ofte separat, på SMS eller i brev. Uten terminal: --password-stdin eller KLARERT_PASSWORD.
finding-key-password-needed = Passordet åpner { $file }, men nøkkelen i filen har sitt eget passord.
    .fix = Oppgi passordet til nøkkelen også. klarert prøver alle passord som er skrevet. Med --password-stdin skrives hvert passord på sin egen linje.
finding-password-trimmed = Passordet til { $file } ble oppgitt med et mellomrom foran eller bak. Det passer uten mellomrommet.
    .fix = Fjern mellomrommet der passordet er lagret.
finding-key-locked =
    { $what ->
        [key] Én nøkkel i { $file } har et annet passord og ble ikke lest. Resten av filen brukes.
       *[part] Én del av { $file } har et annet passord og ble ikke lest. Resten av filen brukes.
    }
    .fix = Er sertifikatet som brukes, det riktige, trenger du ikke å gjøre noe. Ellers oppgir du det passordet også.
finding-kid-differs =
    { $what ->
        [unnamed] { $file } har { $count } nøkler uten navn, og ingen av dem har fingeravtrykket { $kid }. Den første nøkkelen brukes.
       *[named]
            { $count ->
                [one] Navnet på nøkkelen (kid) er { $kid } i profilen, men { $found } i { $file }.
               *[other] Navnet på nøkkelen (kid) er { $kid } i profilen, men { $file } har nøklene { $found }. Den første nøkkelen brukes.
            }
    }
    .fix = Se i Samarbeidsportalen hvilken kid klienten har. Oppgi den her, og bruk filen som har den nøkkelen.
finding-mac-not-verified = { $file } er sikret mot endringer med { $algorithm }, som klarert ikke kan kontrollere. Filen ble lest uten den kontrollen.
    .fix = Du trenger ikke å gjøre noe. klarert kontrollerer uansett at nøkkelen hører til sertifikatet.
finding-block-unreadable =
    { $place ->
        [block] Blokk { $number } i { $file } ({ $label })
        [jwk] Nøkkel { $number } i { $file } ({ $label })
       *[part] Én del av { $file }
    } { $why ->
        [many-primes] er en RSA-nøkkel med mer enn to primtall, som klarert ikke leser.
        [openssh] er en RSA-nøkkel i OpenSSH-format, som klarert ikke leser.
        [hardware] viser bare til en nøkkel i maskinvare.
        [empty] er tom.
        [placeholder] har et eksempel i stedet for innholdet.
        [cut-short] er kuttet.
        [unsupported] bruker { $detail }, som klarert ikke leser.
        [iterations] krever langt mer arbeid for å prøve et passord enn noen vanlig fil.
        [jwk] har ingen lesbar del { $detail }.
       *[inside] er skadet.
    } Resten av filen brukes.
    .fix = Trengs den delen, så hent den på nytt der den kom fra. Ellers kan du fjerne den fra filen.
finding-damaged =
    { $what ->
        [saved-as-text] { $file } er åpnet og lagret som tekst, eller sendt som tekst. Deler av innholdet er gått tapt.
        [json] { $file } ser ut som en JWK, men er ikke gyldig JSON: se linje { $line }, kolonne { $column }.
        [empty] Blokk { $number } i { $file } ({ $label }) er tom.
        [placeholder]
            { $place ->
                [jwk] Nøkkel { $number } i { $file } ({ $label }) har et eksempel eller stjerner i stedet for delen d, den private nøkkelen.
               *[block] Blokk { $number } i { $file } ({ $label }) har et eksempel i stedet for innholdet.
            }
        [cut-short]
            { $place ->
                [block] Blokk { $number } i { $file } ({ $label }) er kuttet: den siste delen mangler.
               *[file] { $file } er kuttet: den siste delen mangler.
            }
       *[inside]
            { $place ->
                [block] Blokk { $number } i { $file } ({ $label }) er skadet: innholdet kan ikke leses.
                [jwk] Nøkkel { $number } i { $file } ({ $label }) er skadet: tallene i den hører ikke sammen.
               *[file] { $file } er skadet: utsiden er riktig, men innsiden kan ikke leses.
            }
    }
    .fix =
    { $what ->
        [json] Rett teksten der, eller eksporter nøkkelen på nytt der den kom fra.
        [empty] Sett inn innholdet, eller hent filen på nytt der den kom fra.
        [placeholder] Sett inn den riktige nøkkelen eller det riktige sertifikatet, eller hent filen på nytt der den kom fra.
       *[other]
            { $place ->
                [jwk] Eksporter nøkkelen på nytt der den kom fra, alle delene samtidig.
               *[file] Hent filen på nytt der den kom fra. Ikke send den som tekst eller åpne den i et redigeringsprogram underveis.
            }
    }
finding-unsupported =
    { $what ->
        [many-primes] RSA-nøkkelen i { $file } har mer enn to primtall. Dette programmet bruker nøkler med to.
        [openssh] RSA-nøkkelen i { $file } er i OpenSSH-format, som dette programmet ikke leser.
        [hardware] { $file } viser bare til en nøkkel i maskinvare (TPM, kort eller token). Selve nøkkelen er ikke i filen.
        [recipient] { $file } er beskyttet med et sertifikat eller en Windows-konto i stedet for et passord, så dette programmet kan ikke åpne den.
        [iterations] { $file } krever langt mer arbeid for å prøve et passord ({ $algorithm }) enn noen vanlig fil, så den ble ikke åpnet.
        [jwk-missing] JWK-en i { $file } mangler delen { $algorithm }.
        [jwk-malformed]
            { $algorithm ->
                [oth] RSA-nøkkelen i { $file } har mer enn to primtall (delen oth). Dette programmet bruker nøkler med to.
               *[other] Delen { $algorithm } av JWK-en i { $file } kan ikke leses.
            }
       *[algorithm] { $file } bruker { $algorithm }, som dette programmet ikke leser.
    }
    .fix =
    { $format ->
        [pkcs12] Lag en ny fil av den med OpenSSL, og bruk new.pem. Det spør om det gamle passordet og om et nytt: openssl pkcs12 -legacy -in { $path } -out new.pem
        [jwk] Eksporter den private nøkkelen på nytt med alle delene (n, e, d, p, q, dp, dq, qi), eller som PEM.
        [many-primes] Bruk en nøkkel med to primtall, slik nesten alle programmer lager dem. klarert key lager en for en klient, klarert csr en for et nytt sertifikat.
        [openssh] Lag en kopi i et annet format, og oppgi new.pem som nøkkelfil: (umask 077; sed -n "/BEGIN OPENSSH/,/END OPENSSH/p" { $path } > new.pem) && ssh-keygen -p -N "" -m PKCS8 -f new.pem
        [hardware] Bruk et sertifikat eller en nøkkel i en fil (soft token). En nøkkel i maskinvare kan ikke kopieres ut av den.
        [recipient] Eksporter den på nytt med den private nøkkelen. Der eksporten spør om beskyttelse, velger du et passord, ikke en bruker eller en gruppe.
        [pair] Lag en ny fil av den med OpenSSL, og bruk new.p12. Det spør om det gamle passordet og om et nytt: openssl pkcs12 -export { $providers }-in { $path } -out new.p12
       *[other] Lag en ny fil av den med OpenSSL, og bruk new.pem. Det spør om det gamle passordet og om et nytt: openssl pkcs8 -topk8 -v2 aes-256-cbc { $providers }-in { $path } -out new.pem
    }
finding-file-missing =
    { $why ->
        [not-found] Det er ingen fil { $file } på det stedet.
        [permission] Du har ikke lov til å lese { $file }.
        [folder] { $file } er en mappe.
        [in-use] { $file } er åpen i et annet program.
        [not-a-folder] Det finnes ingen { $file } der: en del av stien er en fil.
        [name] Navnet på { $file } er for langt eller har tegn som ikke er tillatt.
        [timed-out] Det kom ikke noe fra { $file } innen tidsgrensen.
       *[other] { $file } kunne ikke leses: { $error }
    }
    .fix =
    { $why ->
        [not-found] Kontroller stien. Du kan dra filen inn i terminalen for å få den.
        [permission] Be filens eier om å la deg lese den, eller kopier den til en mappe du eier.
        [folder] Oppgi filen i den: en .p12, .pfx, .pem, .crt eller .der.
        [in-use] Lukk programmet som har den åpen. Virusprogrammer, sikkerhetskopiering og OneDrive slipper den av seg selv: vent litt og prøv igjen.
        [not-a-folder] Kontroller stien.
        [name] Kontroller stien.
       *[other] Se etter at disken eller nettverksstedet er der, og prøv igjen.
    }
finding-not-a-certificate =
    { $what ->
        [empty] { $file } er tom.
        [too-large]
            { $size ->
                [0] { $file } er for stor til å være en sertifikatfil: den er på mer enn 1 MB.
               *[other] { $file } er for stor til å være en sertifikatfil: den er på { $size },{ $tenths } MB. Høyst 1 MB leses.
            }
        [empty-store] { $file } har verken et sertifikat eller en nøkkel.
        [jks] { $file } er et Java-nøkkellager (JKS), som må konverteres først.
        [csr] { $file } er en sertifikatforespørsel (CSR), ikke sertifikatet.
        [public-key] { $file } er en offentlig nøkkel. Den er verken et sertifikat eller en privat nøkkel.
        [ssh-key] { $file } er en nøkkel for SSH, som er noe annet.
        [private-key] { $file } har en privat nøkkel, men ikke noe sertifikat.
        [issuers] { $file } har bare sertifikater til utstedere (kjeden), ikke virksomhetens eget.
        [crl] { $file } er en liste over tilbakekalte sertifikater (CRL), ikke et sertifikat.
        [pgp] { $file } er en nøkkel for PGP, som er noe annet.
        [token] { $file } er et token (JWT). Et token lages med en nøkkel, men er ikke nøkkelen.
        [encrypted-jwk] { $file } er kryptert (JWE) og må dekrypteres først.
        [encrypted] { $file } er kryptert med { $tool } og må dekrypteres først.
        [other-der] { $file } er en binærfil (DER), men verken et sertifikat eller en nøkkel.
        [json] { $file } er JSON uten en nøkkel eller et sertifikat som dette programmet kjenner.
        [html] { $file } er en nettside, uansett hva navnet sier. Det skjer når en påloggingsside eller en feilside blir lagret i stedet for filen.
        [xml] { $file } er XML uten et sertifikat med nøkkel.
        [mail] { $file } er en e-post. Sertifikatet kan være et vedlegg i den.
        [archive] { $file } er et komprimert arkiv, for eksempel ZIP. Sertifikatet kan ligge i det.
        [document] { $file } er et dokument eller et bilde, uansett hva navnet sier.
        [windows-key] { $file } er en nøkkel i et Windows-format, som må konverteres først.
        [database] { $file } er et lager fra en nettleser eller macOS, ikke en sertifikatfil.
        [pointer] { $file } peker bare til en annen fil. Det skjer når en snarvei eller en plassholder blir kopiert i stedet for filen.
        [hardware] { $file } viser bare til en nøkkel i maskinvare (kort eller token). Selve nøkkelen er ikke i filen.
        [stringified] { $file } har bare navnet på en verdi (som [object Object]), som et program skrev i stedet for innholdet.
        [reference] { $file } har navnet på eller adressen til en hemmelighet, ikke hemmeligheten selv.
        [zeros] { $file } har bare nullbyte. Det skjer når en nedlasting eller en synkronisering ikke blir ferdig.
       *[unknown] { $file } er ikke et sertifikat i noen form som dette programmet kjenner.
    }
    .fix =
    { $what ->
        [empty] Hent filen på nytt der den kom fra.
        [too-large] Bruk en fil med bare sertifikatet, nøkkelen og utstederne: til sammen er de på noen kilobyte.
        [jks] Konverter det med Javas eget verktøy, og bruk den nye filen: keytool -importkeystore -srckeystore { $path } -destkeystore new.p12 -deststoretype PKCS12
        [csr] Send den til utstederen. Det som kommer tilbake, er sertifikatet; bruk det, sammen med nøkkelen som forespørselen ble laget med.
        [public-key] Finn filen som har den private nøkkelen eller sertifikatet: vanligvis en .p12 fra Buypass, Commfides eller utstederen av eSeglet.
        [crl] Let etter sertifikatet i samme leveranse: en .p12, .pfx eller .pem.
        [token] Finn den private nøkkelen: en .pem eller en JWK med delen d, eller .p12-filen fra utstederen.
        [encrypted-jwk] Be om nøkkelen uten kryptering, eller dekrypter den med programmet som laget den.
        [encrypted] Dekrypter den, og bruk den nye filen: { $command }
        [html] Hent filen på nytt: logg inn først, og se etter at den er på noen kilobyte og ikke begynner med <html.
        [mail] Lagre vedlegget som en egen fil, og bruk den.
        [archive] Pakk det ut, og bruk .p12-, .pfx- eller .pem-filen i det.
        [windows-key]
            { $command ->
                [none] Eksporter den på nytt fra programmet som laget den, med alle delene eller som PEM.
               *[other] Konverter den med OpenSSL, og bruk den nye filen: { $command }
            }
        [hardware] Bruk et sertifikat eller en nøkkel i en fil (soft token). En nøkkel i maskinvare kan ikke kopieres ut av den.
        [stringified] Rett programmet som skrev filen, eller hent filen på nytt der den kom fra.
        [database] Eksporter sertifikatet med nøkkelen fra det programmet som en .p12-fil.
        [pointer] Hent selve filen: med git lfs pull, eller ved å kopiere filen som snarveien åpner.
        [reference] Hent hemmeligheten med programmet til hemmelighetslageret, lagre den i en fil, og bruk den.
        [zeros] Hent filen på nytt der den kom fra.
        [issuers] Oppgi filen med virksomhetens eget sertifikat som sertifikat. Denne filen kan oppgis som kjede.
        [private-key] Oppgi sertifikatet også. Er nøkkelen registrert på klienten i Samarbeidsportalen, trengs ikke noe sertifikat: velg nøkkel som måte å autentisere på.
       *[other] Let etter .p12- eller .pfx-filen fra utstederen, eller en .pem med sertifikatet og nøkkelen.
    }
finding-file-offered =
    { $what ->
        [pair] I mappen hører { $file } og { $key } sammen og kan brukes her.
        [key] I mappen har { $file } en nøkkel som kan brukes her.
        [locked]
            { $count ->
                [one] I mappen er { $file } låst med et passord.
               *[other] I mappen er { $count } filer låst med et passord. En av dem er { $file }.
            }
       *[certificate] I mappen har { $file } et sertifikat med nøkkel som kan brukes her.
    }
    .fix =
    { $what ->
        [pair] Bruk begge: { $path } som sertifikatfil og { $key-path } som nøkkelfil.
        [locked] Hvis det er riktig fil, bruker du den med passordet: { $path }
       *[other] Bruk den i stedet: { $path }
    }
finding-pick-offered = Et annet sertifikat i { $file } kan brukes her: nummer { $number }.
    .fix = Velg nummer { $number } (i `klarert certificate`: --pick { $number }), eller overlat valget til klarert.

# klarert certificate

severity-stops = Stopper
severity-warns = Advarsel
severity-informs = Merknad
certificate-subject = Sertifikat
certificate-organisation = Organisasjon
certificate-issuer = Utsteder
certificate-environment = Miljø
certificate-purpose = Formål
certificate-type = Type
certificate-qualified = Kvalifisert
certificate-hardware = Bundet til maskinvare
certificate-key = Nøkkel
certificate-valid = Gyldig
certificate-chain = Kjede
certificate-key-matches = Nøkkel og sertifikat
certificate-serial-number = Serienummer
certificate-sha1 = SHA-1-fingeravtrykk
certificate-sha256 = SHA-256-fingeravtrykk
certificate-alias = Alias i filen
certificate-format = Fil
certificate-none = ingen
certificate-yes = ja
certificate-no = nei
certificate-valid-days =
    { $days ->
        [one] { $from } til { $to }, én dag igjen
       *[other] { $from } til { $to }, { $days } dager igjen
    }
certificate-valid-ended = { $from } til { $to }, utløpt
certificate-environment-test = test
certificate-environment-prod = produksjon
certificate-environment-unknown = ikke kjent
certificate-purpose-authentication = autentisering
certificate-purpose-signing = signering
certificate-purpose-encryption = kryptering
certificate-purpose-seal = eSegl
certificate-purpose-other = annet
certificate-type-eseal = eSegl
certificate-type-esignature = eSignatur (en person)
certificate-type-website = nettsted
certificate-type-unspecified = ikke sagt
certificate-chain-complete = hel
certificate-chain-incomplete = ufullstendig
certificate-chain-none = ingen: bare sertifikatet selv
certificate-key-matches-yes = hører sammen
certificate-key-matches-no = hører ikke sammen
certificate-key-matches-unknown = ikke kjent
certificate-chosen-authentication = Valgt fordi nøkkelbruken er digital signatur: Maskinporten vil ha autentiseringssertifikatet.
certificate-chosen-seal = Valgt fordi det er et eSegl: det er det en utenlandsk virksomhet bruker.
certificate-chosen-best = Valgt fordi det ligner mest på et autentiseringssertifikat.
certificate-chosen-usable = Valgt fordi det kan brukes her. Det som vanligvis kommer først, kan ikke det.
certificate-chosen-by-you = Valgt av deg, med --pick { $number }.
certificate-other = --pick { $number } bruker det for { $purpose }
certificate-outcome-passed = Ingenting i denne filen hindrer at den brukes.
certificate-outcome-warned = Ingenting i denne filen hindrer at den brukes, men les advarslene.
certificate-outcome-failed = Denne filen kan ikke brukes slik den er.
certificate-revocation-unknown = Om utstederen har trukket sertifikatet tilbake, ble ikke undersøkt.
certificate-ask-password = Passordet til { $file }:

# klarert key, klarert csr

make-file-exists = { $file } finnes allerede og er latt i fred: den kan være eneste kopi av en nøkkel i bruk. Velg et annet navn med --out.
make-request-exists = { $file } finnes allerede og er latt i fred. Velg et annet navn på forespørselen med --request.
make-key-stdout = --out: Den private nøkkelen skrives til en fil og vises aldri på skjermen. Oppgi navnet på en ny fil.
make-same-file = --out og --request er samme fil ({ $file }): den private nøkkelen og forespørselen må ha hver sin fil.
make-not-written = { $file } kunne ikke skrives: { $error }
    .hint = Velg en mappe som finnes og som du kan skrive i, med --out (med --request for forespørselen til `klarert csr`).
make-country = --country: Et land er to bokstaver, for eksempel SE eller DE. Det var: { $written }
make-csr-norwegian = --organisation: { $number } er et norsk organisasjonsnummer uten prefiks.
    .hint = En norsk virksomhet: --organisation NTRNO-{ $number } --country NO. En virksomhet i et annet land: identifikatoren den har der, for eksempel { $country ->
        [NO] VATDE-123456789
       *[other] VAT{ $country }-123456789
    }.
make-csr-country = --country: { $identifier } er fra et register i { $own }, men landet er { $country }.
    .hint = Bruk --country { $own }, eller identifikatoren som virksomheten har i { $country }.
make-csr-other-country = { $identifier } er fra { $own }, men landet er { $country }. Undersøk om utstederen godtar et nummer fra et annet land enn virksomhetens.
make-key-written = Den private nøkkelen er i { $file }. Bare du kan lese den (i Windows: de som kan lese mappen). Oppbevar en kopi på et trygt sted. Send den aldri til noen.
make-jwk-next = Under er den offentlige nøkkelen. Kopier den inn på klienten i Samarbeidsportalen, under nøkler. Navnet (kid) er { $kid }. En registrert nøkkel varer i ett år: `klarert set NAVN key-registered=today` den dagen, så sier klarert fra i god tid.
make-csr-next = Under er sertifikatforespørselen. Send den til utstederen av eSeglet. Når sertifikatet kommer, brukes det sammen med { $file }.
make-csr-written = Sertifikatforespørselen er i { $file }. Send den til utstederen av eSeglet.
