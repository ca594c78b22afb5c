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
stage-api = { $service }: answered { $status }
stage-no-test-call = Norwegian Customs has documented no test call for these services. The Customs token is the last thing that can be tried.
stage-no-customs = This environment has no Customs
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

# What a check that passed has shown.
success-api = Everything works: the token was issued, exchanged and used.
success-customs = Maskinporten gave a token and Customs exchanged it. Customs documents no test call for these services, so that is all that can be tried.
success-token = Maskinporten gave a token. Nothing here goes on to Customs.

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
