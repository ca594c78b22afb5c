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
stage-api = { $service }: svarte { $status }
stage-no-test-call = Tolletaten har ikke dokumentert noe testkall for disse tjenestene. Tolletatens token er det siste som kan prøves.
stage-no-customs = Dette miljøet har ingen tolltjeneste
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

# Selve trinnene.
stage-name-profile = Profil
stage-name-certificate = Sertifikat
stage-name-network = Nettverk
stage-name-clock = Klokke
stage-name-token = Token
stage-name-customs = Tolltoken
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

# Det en kontroll som besto, har vist.
success-api = Alt virker: tokenet ble utstedt, vekslet og brukt.
success-customs = Maskinporten ga et token og Tolletaten vekslet det. Tolletaten dokumenterer ikke noe testkall for disse tjenestene, så mer kan ikke prøves.
success-token = Maskinporten ga et token. Ingenting her går videre til Tolletaten.

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
