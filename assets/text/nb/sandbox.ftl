# Sandkassen: merkelappen, det den skriver når den starter, og det som kan prøves i den.

sandbox-label = SANDKASSE · ingenting her er ekte
sandbox-started = En etterligning av Maskinporten og Tolletaten på denne maskinen, til å prøve ut ting med. Ingenting sendes ut.
sandbox-addresses = Den lytter på
sandbox-norwegian = Norsk virksomhet: { $name }, { $organisation }
sandbox-foreign = Utenlandsk virksomhet: { $name }, { $organisation }
sandbox-key = Den norske virksomhetens andre klient, med en registrert nøkkel
sandbox-administration = Administrasjonsklienten til den norske virksomheten, for API-et til Samarbeidsportalen
sandbox-registered = Nøkkelen din er registrert på denne klienten
sandbox-password = Passordet til alle demonstrasjonsfilene er { $password }
sandbox-stop = Trykk Ctrl-C for å stoppe.

sandbox-key-unreadable = Fant ingen RSA-nøkkel i { $file }.
    .hint = Oppgi en offentlig eller privat nøkkel i PEM, et sertifikat i PEM eller en JWK.
sandbox-port-unusable = { $kind ->
        [taken] Port { $port } på denne maskinen er opptatt: en annen sandkasse eller et annet program lytter der.
        [denied] Port { $port } kan ikke brukes av denne brukeren.
       *[other] Port { $port } på denne maskinen kan ikke brukes: { $why }
    }
    .hint = Oppgi en annen port: `klarert sandbox --port 0` tar en hvilken som helst ledig, og sier hvilken.
sandbox-folder-unusable = Demonstrasjonsfilene kunne ikke lages: { $why }
    .hint = Se etter at det går an å skrive i mappen, eller velg en annen med --home.
sandbox-server-failed = Sandkassen kunne ikke starte: { $why }

# Hva som kan prøves, og hva som skjer. $value er svaret som gis i stedet for demonstrasjonens.
sandbox-refusal-client-unknown = Oppgi klient-ID { $value }: ingen klient har den.
sandbox-refusal-production-certificate = Velg sertifikatet { $value }: det er for produksjon, og testmiljøet avviser slike.
sandbox-refusal-certificate-revoked = Velg sertifikatet { $value }: utstederen har trukket det tilbake. Det er det bare Maskinporten som kan se.
sandbox-refusal-organisation-mismatch = Velg sertifikatet { $value }: det tilhører en annen organisasjon enn klienten.
sandbox-refusal-scope-not-on-client = Velg tjenesten { $value } i tillegg: scopet er ikke på klienten.
sandbox-refusal-scope-not-granted = Velg tjenesten { $value } i tillegg: Tolletaten har ikke gitt tilgang til scopet.
sandbox-refusal-wrong-integration-type = Oppgi klient-ID { $value }: klienten ble opprettet med feil integrasjonstype.
sandbox-refusal-kid-required = Oppgi klient-ID { $value }: klienten har en registrert nøkkel, så et sertifikat blir ikke godtatt.
sandbox-refusal-key-expired = Bruk klienten med registrert nøkkel, og oppgi kid { $value }: den nøkkelen ble lastet opp for mer enn et år siden.
sandbox-refusal-customs-not-authorised = Legg til scopet { $value }: Maskinporten gir et token, men Tolletaten veksler det ikke.
sandbox-refusal-chain-missing = Velg sertifikatet { $value }: det kommer uten sertifikatene til utstederen.
sandbox-refusal-business-not-registered = Velg sertifikatet { $value }: Maskinporten godtar eSeglet, men virksomheten er ikke registrert hos Tolletaten.
sandbox-refusal-service-not-registered = Velg tjenesten { $value } i tillegg: Maskinporten gir et token, men virksomheten er ikke registrert hos Tolletaten for denne tjenesten.

# I veiviseren.
sandbox-starting = Starter sandkassen…
sandbox-checklist-note = Sandkasse: ingenting må gjøres andre steder. Kryss av punktene for å se hvordan listen virker.
sandbox-password-note = Sandkasse: passordet er { $password }
sandbox-refusals = Sandkasse: se hva som kan gå galt. Endre ett svar, og kjør kontrollen på nytt.

# Hva man gjør når sandkassen avviser noe. Det som gjelder utenfor den, kommer etterpå.
sandbox-fix = Sandkasse: ta tilbake den siste endringen. Fjern krysset for tjenesten, slett scopet, eller tøm feltet og ta forslaget. Kjør så kontrollen på nytt.
outside-sandbox = Utenfor sandkassen: { $text }
