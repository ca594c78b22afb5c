# Trinnene i tilkoblingskontrollen, på én linje.

stage-complete = Komplett
stage-key = Nøkkelfilen er lest. Om klienten har nøkkelen, viser trinnet Token
stage-ended = er utløpt
stage-days-left = { $days ->
    [one] { $days } dag igjen
   *[other] { $days } dager igjen
}
stage-network-tls = { $tls }, { $ms } ms
stage-network-plain = Svarte på { $ms } ms
stage-network-proxy = gjennom proxyen { $proxy }
stage-clock-right = Riktig (grense 10 s)
stage-clock-ahead = { $seconds } s foran (grense { $limit } s)
stage-clock-behind = { $seconds } s bak (grense { $limit } s)
stage-no-date = Svaret fra Maskinporten hadde ikke noe klokkeslett
stage-token-count = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
}
stage-token-some = Bare gitt for { $scopes }
stage-customs = Vekslet, varer i { $seconds } s
stage-api-answered = { $services }: svarte 200
stage-api-failed = { $services }: testkallet mislyktes
stage-api-token-accepted = { $services }: token godtatt (prøvekall)
stage-api-token-refused = { $services }: token ikke godtatt (prøvekall)
stage-api-inconclusive = { $services }: prøvekall uten resultat
stage-api-not-tried = { $services }: ikke prøvd, ikke noe testkall er dokumentert
stage-no-customs = Dette miljøet har ingen adresse til Tolletaten
stage-no-customs-scope = Ingen av scopene tilhører Tolletaten

# Opplysninger i et token.
token-lasts = varer i { $seconds } s
token-supplier = gjennom leverandøren { $supplier }
token-verified = signaturen er bekreftet
token-not-verified = signaturen er ugyldig
token-opaque = signaturen er ikke kontrollert

# Det et trinn viser mens det kjører.
note-retry = Ikke noe brukbart svar ennå. Prøver igjen om { $seconds } s.
note-smoke = Prøver scopet { $scope } for å se om sertifikatet blir godtatt.
note-scope-list = Leser Maskinportens åpne liste over scope.

# Selve trinnene.
stage-name-profile = Profil
stage-name-certificate = Sertifikat
stage-name-network = Nettverk
stage-name-clock = Klokke
stage-name-token = Token
stage-name-customs = Tolletatens token
stage-name-api = API-testkall
outcome-passed = i orden
outcome-warned = advarsel
outcome-failed = feilet
outcome-skipped = ikke prøvd

# Rapporten til andre.
report-title = Tilkoblingskontroll av { $profile } ({ $environment })
report-who = Hvem som må gjøre noe: { $who }
report-trace = Sporings-ID: { $trace }
report-received = Mottatt: { $received }

# Hvorfor et trinn advarer.
warning-clock = Mer enn 10 sekunder blir avvist. La klokka på denne maskinen følge en tidsserver (NTP).
warning-token = Signaturen på et token ble ikke kontrollert: det har en annen form enn ventet, eller de publiserte nøklene kunne ikke leses. Tokenet kan likevel brukes.
warning-api-token-refused = { $services }: prøvekallet er dokumentert for et annet formål, så det er ikke sikkert at en virkelig melding ville bli avvist. Blir den det, spør Tolletaten: digitoll@toll.no.
warning-api-inconclusive = { $services }: svaret på prøvekallet var et annet enn det som er dokumentert, eller det samme uten token.

# Det en kontroll som gikk bra, har vist.
success-api = Alt virker: tokenet ble utstedt, vekslet og brukt i et kall til { $services }.
success-customs = Maskinporten utstedte et token, og Tolletaten vekslet det.
success-answered = Svarte på et testkall: { $services }.
success-token-accepted = Godtok tokenet i et prøvekall: { $services }. Et prøvekall er dokumentert for et annet formål, og en virkelig melding er ikke prøvd.
success-token-refused = Godtok ikke tokenet i et prøvekall: { $services }. Hva det betyr for virkelige meldinger, er ikke kjent.
success-inconclusive = Prøvekall uten resultat: { $services }.
success-not-tried = Ikke prøvd, for ikke noe testkall er dokumentert: { $services }.
success-token = Maskinporten utstedte et token. Det ble ikke vekslet hos Tolletaten.

# Hvor lenge et sertifikat eller en registrert nøkkel varer.
renewal-ended = { $what ->
    [key] den registrerte nøkkelen er utløpt
   *[certificate] sertifikatet er utløpt
}
renewal-ends = { $what ->
    [key] { $days ->
        [0] den registrerte nøkkelen utløper i dag
        [one] den registrerte nøkkelen utløper om én dag
       *[other] den registrerte nøkkelen utløper om { $days } dager
    }
   *[certificate] { $days ->
        [0] sertifikatet utløper i dag
        [one] sertifikatet utløper om én dag
       *[other] sertifikatet utløper om { $days } dager
    }
}
renewal-days-left = { $what ->
    [key] den registrerte nøkkelen har { $days } dager igjen
   *[certificate] sertifikatet har { $days } dager igjen
}
