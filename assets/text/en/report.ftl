# What the stages of the connectivity check say in one line.

stage-complete = Complete
stage-key = Key file read. Whether the client has the key, the Token stage will show
stage-ended = has ended
stage-days-left = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}
stage-network-tls = { $tls }, { $ms } ms
stage-network-plain = Answered in { $ms } ms
stage-network-proxy = through the proxy { $proxy }
stage-clock-right = Right (limit 10 s)
stage-clock-ahead = { $seconds } s ahead (limit { $limit } s)
stage-clock-behind = { $seconds } s behind (limit { $limit } s)
stage-no-date = Maskinporten's answer had no time in it
stage-token-count = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
}
stage-token-some = Granted only for { $scopes }
stage-customs = Exchanged, lasts { $seconds } s
stage-api-answered = { $services }: answered 200
stage-api-failed = { $services }: the test call failed
stage-api-token-accepted = { $services }: token accepted (probe)
stage-api-token-refused = { $services }: token not accepted (probe)
stage-api-inconclusive = { $services }: probe without a result
stage-api-not-tried = { $services }: not tried, no test call is documented
stage-no-customs = This environment has no address for Norwegian Customs
stage-no-customs-scope = None of the scopes belongs to Norwegian Customs

# Facts of a token.
token-lasts = lasts { $seconds } s
token-supplier = through the supplier { $supplier }
token-verified = signature verified
token-not-verified = signature not valid
token-opaque = signature not checked

# What a stage says while it runs.
note-retry = No usable answer yet. Trying again in { $seconds } s.
note-smoke = Trying the scope { $scope }, to see whether the certificate is accepted.
note-scope-list = Reading Maskinporten's open list of scopes.

# The stages themselves.
stage-name-profile = Profile
stage-name-certificate = Certificate
stage-name-network = Network
stage-name-clock = Clock
stage-name-token = Token
stage-name-customs = Customs token
stage-name-api = API test call
outcome-passed = passed
outcome-warned = warning
outcome-failed = failed
outcome-skipped = not tried

# The report for somebody else.
report-title = Connectivity check of { $profile } ({ $environment })
report-who = Who must act: { $who }
report-trace = Trace id: { $trace }
report-received = Received: { $received }

# Why a stage warns.
warning-clock = More than 10 seconds is refused. Let the clock of this computer follow a time server (NTP).
warning-token = The signature of a token was not verified: it has another form than expected, or the published keys could not be read. The token can be used all the same.
warning-api-token-refused = { $services }: the probe is documented for another purpose, so it is not certain that a real message would be refused. If one is, ask Norwegian Customs: digitoll@toll.no.
warning-api-inconclusive = { $services }: the answer to the probe was another one than documented, or the same without a token.

# What a check that passed has shown.
success-api = Everything works: the token was issued, exchanged and used in a call to { $services }.
success-customs = Maskinporten issued a token, and Customs exchanged it.
success-answered = Answered a test call: { $services }.
success-token-accepted = Accepted the token in a probe: { $services }. A probe is a call that is documented for another purpose; a real message was not tried.
success-token-refused = Did not accept the token in a probe: { $services }. What that means for real messages is not known.
success-inconclusive = Probed without a result: { $services }.
success-not-tried = Not tried, as no test call is documented: { $services }.
success-token = Maskinporten issued a token. It was not exchanged at Customs.

# How long a certificate or a registered key lasts.
renewal-ended = { $what ->
    [key] the registered key has ended
   *[certificate] the certificate has ended
}
renewal-ends = { $what ->
    [key] { $days ->
        [0] the registered key ends today
        [one] the registered key ends in one day
       *[other] the registered key ends in { $days } days
    }
   *[certificate] { $days ->
        [0] the certificate ends today
        [one] the certificate ends in one day
       *[other] the certificate ends in { $days } days
    }
}
renewal-days-left = { $what ->
    [key] the registered key has { $days } days left
   *[certificate] the certificate has { $days } days left
}
