# What the connectivity check and `klarert explain` say: what happened, why, and what to do, a line each.

## Before anything is sent

diagnosis-profile-incomplete = Some answers are missing
    .cause = The check cannot start without these answers: { $fields }.
    .fix = Go back to the step, and answer what is marked as missing.
diagnosis-scope-wrong-branch = The scope { $scope } is for the other kind of business
    .cause = Norwegian businesses use scopes that start with toll:, foreign businesses use scopes that start with toll:eu/. This profile has one of the other kind.
    .fix =
        Look at the answer to which kind of business this is.
        Choose the services again. The scopes then follow from your answer.
diagnosis-certificate-unreadable = The certificate cannot be read
    .cause = The file could not be opened: it may be damaged, of another kind, or have another password. These are three different things, and the program that reads it may not tell them apart.
    .fix =
        Check that it is the file you received from the issuer, and the password that belongs to it.
        If it was copied or sent on, take a new copy of the original.
diagnosis-certificate-unfit = The certificate will not do
    .cause = A certificate with its private RSA key is needed to sign the request.
    .fix = Choose the file that holds both the authentication certificate and its private key.
diagnosis-certificate-wrong-environment = The certificate is for another environment
    .cause = { $variant ->
        [test] The certificate comes from a test authority ({ $certificate-issuer }), and production does not accept it.
        [prod] The certificate comes from a production authority ({ $certificate-issuer }), and the test environment does not accept it.
        [seal] The certificate comes from a test authority ({ $certificate-issuer }). An eSeal must be a production one, also in the test environment.
       *[other] Test certificates work only in the test environment, and production certificates only in production. eSeals are production certificates everywhere.
    }
    .fix =
        Choose the certificate that belongs to this environment.
        If you do not have it, order it from Buypass or Commfides, or for an eSeal from your issuer.

## On the way to the service

diagnosis-name-not-found = The address { $host } was not found
    .cause = { $variant ->
        [proxy] No address was found. Requests go through the proxy { $proxy }, so it may be the proxy's name that is not known.
       *[other] This computer asked for the address of { $host } and got none. It may be offline, or its network may not look up names outside.
    }
    .fix =
        Check that this computer has a network.
        Ask those who run the network to let it look up { $host }.
        If your company uses a proxy, check the variable HTTPS_PROXY.
diagnosis-connection-refused = { $host } refused the connection
    .cause = { $variant ->
        [proxy] The connection was refused. Requests go through the proxy { $proxy }: it may be off, or at another port.
        [sandbox] Nothing listens at that address. The sandbox may have been stopped.
       *[other] Something at that address, or a firewall on the way, said no at once.
    }
    .fix = { $variant ->
        [proxy] Check the proxy's address in the variable HTTPS_PROXY with those who run the network.
        [sandbox] Start the sandbox again with klarert sandbox, and leave it running.
       *[other]
            Ask those who run the network whether a firewall stops connections to { $host }.
            Run the check again in some minutes.
    }
diagnosis-no-answer = { $host } does not answer
    .cause = { $variant ->
        [proxy] The connection was never made. Requests go through the proxy { $proxy }, which may not let them out.
        [silent] The connection was made, but no answer came. A firewall or a proxy on the way may be holding it back, or the service has trouble.
       *[other] The connection was never made. Most often a firewall throws the request away without a word.
    }
    .fix = { $variant ->
        [proxy]
            Ask those who run the proxy to let { $host } through, port 443.
            Run the check again.
        [addresses]
            Ask those who run the network to open for { $host }: { $addresses }, port 443.
            Run the check again.
        [silent]
            Run the check again in some minutes.
            If it stays so, ask those who run the network whether answers from { $host } are let through.
       *[other]
            Ask those who run the network to open for { $host }.
            Run the check again.
    }
diagnosis-tls-untrusted = The certificate of { $host } is not trusted
    .cause = { $variant ->
        [expired] The server showed a certificate that has ended ({ $title }, issued by { $certificate-issuer }). If the date of this computer is wrong, it looks like this too.
        [not-yet-valid] The server showed a certificate that is not valid yet ({ $title }, issued by { $certificate-issuer }). The date of this computer may be wrong.
        [other-name] The server showed a certificate for another name: { $title }, issued by { $certificate-issuer }. Something in between may be answering for it.
        [unknown-issuer] The server showed the certificate { $title }, issued by { $certificate-issuer }, which this computer does not trust. Often this is a company's own proxy that opens encrypted traffic to inspect it.
       *[other] The issuer of the server's certificate is not trusted by this computer. Often this is a company's own proxy that opens encrypted traffic to inspect it.
    }
    .fix =
        Ask those who run the network whether traffic is inspected, and for their root certificate.
        Install it in the system's certificate store, or name its file as ca_file in config.toml.
        If nobody inspects your traffic, do not go on: find out whose certificate it is.
diagnosis-tls-failed = No encrypted connection to { $host }
    .cause = { $variant ->
        [closed] The connection was made, but cut in the middle of the TLS handshake. A firewall that does not let { $host } through often does that.
       *[other] The TLS handshake went wrong: { $words }. Something in between may have answered, or a TLS version may be blocked.
    }
    .fix =
        Ask those who run the network whether TLS 1.2 and 1.3 to { $host } are let through unchanged.
        Run the check again from another network to compare.
diagnosis-proxy-refused = The proxy did not let the request through
    .cause = { $variant ->
        [login] The proxy { $proxy } asks for a user name and password.
       *[other] The proxy { $proxy } refused to connect to { $host }.
    }
    .fix = { $variant ->
        [login] Put the user and password into HTTPS_PROXY, as http://user:password@proxy:port, or ask for an exception for this computer.
       *[other] Ask those who run the proxy to let { $host } through, port 443.
    }
diagnosis-html-answer = A web page came instead of an answer
    .cause = { $host } should answer with data, but a page for people came, with the title “{ $title }”. It is often the login page of a network, or a company's proxy that stops the request.
    .fix =
        Open a web browser and see whether the network wants you to log in.
        Ask those who run the network to let { $host } through.
        Run the check again.
diagnosis-redirected = { $host } sent us to another address
    .cause = The answer was to go to { $to }. The real service does not do that, and a grant or token is never sent on to another address.
    .fix =
        Open a web browser and see whether the network wants you to log in.
        Check the addresses in config.toml if you use an environment of your own.
diagnosis-address-insecure = The address is not safe to use
    .cause = { $url } is not an https address. Only this computer itself may be asked without encryption, because a grant or token on an open line can be stolen.
    .fix = Write the address with https:// in config.toml.
diagnosis-ca-file-unreadable = The file with extra root certificates cannot be read
    .cause = { $path } is missing, may not be read, or holds no certificates.
    .fix = Check ca_file in config.toml. It should name a PEM or DER file with your company's root certificate.
diagnosis-no-trusted-roots = This computer trusts no certificates
    .cause = No root certificates were found on the system, so no server can be trusted. This is common in small containers.
    .fix =
        Install the system's root certificates (the package is often called ca-certificates).
        Or name a file with them as ca_file in config.toml.
diagnosis-metadata-differs = The service says something else about itself
    .cause = For { $what } we expected { $expected }, but { $host } says { $got }. It may be another environment, or the service may have changed.
    .fix =
        Check the addresses in config.toml if you use an environment of your own. If token_endpoint or jwks is on another host than issuer, write it there.
        Look for a newer version of klarert.
        If it still differs, ask Digdir: servicedesk@digdir.no.
diagnosis-service-down = The service has trouble
    .cause = { $variant ->
        [slow] { $host } took the request, but the answer did not come in time. It was tried several times.
        [closed] { $host } closed the connection without an answer. It was tried several times.
        [cut-off] The connection to { $host } was lost in the middle of the answer. It was tried several times.
        [check-limit] The check was stopped after { $seconds } seconds, which is its limit. { $host } had not answered in full by then.
        [status] { $host } answered { $status }, which means trouble on its side. It was tried several times.
       *[other] The service did not answer as it should. This is not about your set-up.
    }
    .fix = { $party ->
        [customs]
            Wait some minutes and run the check again.
            If it lasts, contact Norwegian Customs.
       *[other]
            Look at { $status-page }.
            Wait some minutes and run the check again.
    }
diagnosis-too-many-requests = Too many requests in a short time
    .cause = { $host } asks us to wait before the next request.
    .fix = Wait a few minutes, then run the check again.
diagnosis-answer-malformed = The answer cannot be understood
    .cause = { $variant ->
        [empty] { $host } answered, but the answer was empty.
        [not-utf8] The answer from { $host } is not readable text.
        [not-an-object] The answer from { $host } has another form than agreed.
        [cut-short] The answer from { $host } ends in the middle.
        [missing] The answer from { $host } lacks the field { $what }.
        [wrong-type] The field { $what } in the answer from { $host } has a value of the wrong kind.
       *[other] The answer from { $host } is not the data that was agreed.
    }
    .fix =
        Run the check again.
        If it stays so, ask those who run the network whether something changes the answers on the way.
        Then send what was received to those who run the service.
diagnosis-answer-too-large = The answer is far too long
    .cause = { $host } sent more than one megabyte where a few lines are expected. We stopped reading. Something in between may have answered.
    .fix =
        Open a web browser and see whether the network wants you to log in.
        Ask those who run the network what answers in place of { $host }.

## The clock

diagnosis-clock-ahead = The clock of this computer is ahead
    .cause = { $variant ->
        [measured] It is { $seconds } seconds ahead of Maskinporten's. More than 10 seconds is refused.
       *[other] Maskinporten says that the request was made in the future. More than 10 seconds is refused.
    }
    .fix =
        Set the clock of this computer, best by letting it follow a time server (NTP).
        Run the check again.
diagnosis-clock-behind = The clock of this computer is behind
    .cause = { $variant ->
        [measured] It is { $seconds } seconds behind Maskinporten's. More than 10 seconds is refused.
       *[other] A request that seems too old is refused.
    }
    .fix =
        Set the clock of this computer, best by letting it follow a time server (NTP).
        Run the check again.

## What Maskinporten refuses

diagnosis-client-unknown = Maskinporten does not know the client
    .cause = { $variant ->
        [not-uuid] The client id is { $client }. Client ids from Samarbeidsportalen look like 3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f, so this is probably something else, such as the name of the client.
        [organisation] The certificate belongs to { $certificate-organisation }, but the profile is for { $organisation }. The client was probably made for another organisation, or the certificate is another's.
        [new] The client was made a few minutes ago. A new client can take ten minutes to work.
        [foreign] A foreign business has no client, so Maskinporten looks at the certificate. It did not accept it.
       *[other] There is no client with the id { $client } in this environment. The id may be mistyped, or the client may be in the other environment.
    }
    .fix = { $variant ->
        [not-uuid]
            Open the client in { $portal } and copy its identifier.
            Put it in place of { $client }.
        [organisation]
            Compare the organisation numbers of the certificate, the profile and the client in { $portal }.
            Use a certificate and a client of the same organisation.
        [new]
            Wait ten minutes, then run the check again.
            If it stays so, compare the id with the one in { $portal }.
        [foreign]
            Check that the certificate is an eSeal with its whole chain.
            Ask Norwegian Customs, and tell them the trace id.
       *[other]
            Open the client in { $portal } and compare its identifier with { $client }.
            Check that you are in the right environment: test and production have clients of their own.
    }
diagnosis-audience-wrong = The request was addressed to another environment
    .cause = The field aud must be exactly { $issuer }, with the slash at the end.
    .fix =
        Check the issuer in config.toml if you use an environment of your own.
        In your own system, set aud to { $issuer }.
diagnosis-certificate-refused = Maskinporten does not accept the certificate
    .cause = { $variant ->
        [purpose] The certificate is for signing or encryption. Maskinporten wants the authentication certificate of the same delivery.
        [foreign] The eSeal was not accepted. Its issuer may not be on the EU trusted lists, the chain may not be whole, or it may be revoked.
        [smoke] Not even the scope that every accepted eSeal is granted was given. So the certificate is the problem, not the scope { $scope }.
       *[other] It may be revoked, not a business certificate, or made for the other environment.
    }
    .fix = { $variant ->
        [purpose] Choose the authentication certificate. It came in the same delivery.
        [foreign]
            Check that the file holds the whole chain.
            Ask the issuer whether the seal is an advanced eSeal on the EU trusted list, and whether it is still valid.
        [smoke]
            Check that the file holds the whole chain.
            Ask the issuer whether the seal is an advanced eSeal on the EU trusted list, and whether it is still valid.
       *[other]
            Check that the certificate is for this environment, and is a business certificate from Buypass or Commfides.
            Ask the issuer whether it has been revoked.
    }
diagnosis-key-expired = The registered key has expired
    .cause = { $variant ->
        [key] A key on a client lives for one year. The key { $kid } is older.
       *[other] A key on a client lives for one year. This one is older.
    }
    .fix = Upload a new key to the client in { $portal }, or the same one again.
diagnosis-organisation-mismatch = The certificate and the client belong to different organisations
    .cause = { $variant ->
        [known] The certificate belongs to { $certificate-organisation }. The client { $client } belongs to another organisation.
       *[other] The certificate is not of the organisation that owns the client.
    }
    .fix = Use a certificate and a client of the same organisation.
diagnosis-x5c-malformed = The certificate was sent in the wrong form
    .cause = The field x5c must be a list of texts in ordinary base64, not one text and not base64url.
    .fix =
        Send x5c as a list of base64 texts, the business's certificate first.
        If klarert sent it, tell its makers.
diagnosis-signature-invalid = The signature does not fit
    .cause = { $variant ->
        [key] The private key is not the one that is registered on the client as { $kid }.
       *[other] The private key does not belong to the certificate, or the certificate has ended or is for another environment.
    }
    .fix = { $variant ->
        [key] Choose the key that was uploaded, or upload this one to the client in { $portal }.
       *[other] Choose a key and a certificate that belong together. In a .p12 file from the issuer they do.
    }
diagnosis-grant-expired = The request came too late
    .cause = A request to Maskinporten lives for at most two minutes. It was held up on the way, or the clock is wrong.
    .fix =
        Run the check again.
        If it stays so, let the clock of this computer follow a time server (NTP).
diagnosis-grant-reused = The same request was sent twice
    .cause = Maskinporten takes a grant only once, also when a request is tried again. Something on the way may repeat requests.
    .fix =
        Run the check again. It makes a new grant each time.
        In your own system, make a new grant with a new jti for every request.
diagnosis-grant-malformed = The request was not well formed
    .cause = Maskinporten could not read the grant: a line break or an unknown value may be in it.
    .fix =
        Look for spaces or strange letters in the client id and the scopes.
        In your own system, send only the documented claims, without line breaks.
diagnosis-consumer-is-self = You cannot act on behalf of yourself
    .cause = The field for another organisation (consumer_org) holds the business's own number. It is only for suppliers.
    .fix = Leave the field empty, and run the check again.
diagnosis-scope-not-on-client = The scope is not on the client
    .cause = { $variant ->
        [others-granted] The client has { $granted }, but not { $scope }. That Norwegian Customs has opened a scope does not put it on the client.
        [seal-accepted] The certificate is accepted, but { $scope } is not open to you. The name may be mistyped, or Norwegian Customs has not opened it.
        [foreign] { $scope } is not open to you. The name may be mistyped, or Norwegian Customs has not opened it.
       *[other] The client does not have { $scope } yet. That Norwegian Customs has opened a scope does not put it on the client.
    }
    .fix = { $variant ->
        [seal-accepted] Ask Norwegian Customs to open { $scope } for you, and tell them the organisation identifier of the certificate.
        [foreign] Ask Norwegian Customs to open { $scope } for you, and tell them the organisation identifier of the certificate.
       *[other]
            Open the client in { $portal }, choose Add scope, and choose { $scope }.
            If it is not in the list, Norwegian Customs has not opened it in this environment: ask them.
            Wait up to ten minutes, then run the check again.
    }
diagnosis-wrong-integration-type = The client is of the wrong type
    .cause = Its type in Samarbeidsportalen is not Maskinporten, so it cannot have { $scope }.
    .fix =
        Make a new client of the type Maskinporten in { $portal }.
        Put its identifier in the profile.
diagnosis-scope-not-granted = Norwegian Customs has not opened the scope
    .cause = { $variant ->
        [others-granted] { $granted } works, but { $scope } is not open to your organisation yet.
        [seal-accepted] The certificate is accepted, but { $scope } is not open to your organisation yet.
        [supplier] { $scope } is not open to the certificate's organisation, { $certificate-organisation }. You seem to act for { $organisation }, but have not said so in the request.
       *[other] { $scope } is not open to your organisation yet.
    }
    .fix = { $variant ->
        [supplier]
            Enter { $organisation } as the organisation you act for.
            Ask it to delegate the scope to you in Altinn.
       *[other]
            Check that the registration for Digitoll is finished.
            Ask Norwegian Customs to open { $scope } for you in this environment.
    }
diagnosis-not-delegated = The customer has not delegated the scope
    .cause = The organisation you act for has not given you { $scope } in Altinn, or has given you another one.
    .fix =
        Ask the customer to delegate the scope to your organisation in Altinn.
        Check the organisation number you act for.
diagnosis-authorization-details = The request holds fields for system users
    .cause = The field authorization_details is refused. Norwegian Customs does not use it.
    .fix = Remove authorization_details from the request.
diagnosis-kid-unknown = The client does not have this key
    .cause = { $variant ->
        [new] The key { $kid } is not on the client. It was made a few minutes ago: a new key can take ten minutes to work.
       *[other] The key { $kid } is not on the client. It may not be uploaded, may be on another client, or was uploaded a few minutes ago.
    }
    .fix =
        Open the client in { $portal } and compare the keys with { $kid }.
        After an upload, wait ten minutes, then run the check again.
        If the client has no keys, choose the certificate instead of the key.
diagnosis-kid-required = The client wants its registered key
    .cause = The client has keys of its own, and then the certificate is not taken.
    .fix =
        Choose the key instead of the certificate, and give its name (kid).
        Or remove the keys from the client in { $portal }, if nobody else uses them.
diagnosis-terms-not-signed = The terms of use are not signed
    .cause = The business is not yet a customer of Digdir for Maskinporten.
    .fix =
        Ask a person with signing rights to sign the terms of use at https://samarbeid.digdir.no/maskinporten/konsument/119.
        It takes some business days. Then run the check again.

## Tokens

diagnosis-token-unexpected = The token is not what was asked for
    .cause = { $variant ->
        [issuer] It is issued by { $got }, not by { $expected }.
        [consumer] It is for { $got }, but the profile is for { $expected }.
        [scope] It is for { $got }, not for { $expected }.
       *[other] What it says differs from what was asked for.
    }
    .fix = { $variant ->
        [consumer]
            Check that the client id and the certificate belong to { $expected }.
            Check the organisation number in the profile.
       *[other]
            Check the environment and its addresses.
            If they are right, ask Digdir: servicedesk@digdir.no.
    }
diagnosis-token-signature-invalid = The token's signature is not Maskinporten's
    .cause = The token was not signed with any of the keys that Maskinporten publishes. Something else may have answered.
    .fix =
        Do not use the token.
        Check the environment's addresses, and whether something on the network answers for Maskinporten.
        Ask Digdir: servicedesk@digdir.no.

## Norwegian Customs

diagnosis-customs-missing = This environment has no Customs
    .cause = No address for Norwegian Customs is set, so there is nowhere to exchange the token.
    .fix = Set customs for the environment in config.toml.
diagnosis-customs-not-authorised = Norwegian Customs does not let you use the scope
    .cause = { $variant ->
        [branch] { $scope } is for the other kind of business.
        [foreign] Maskinporten gave the token, but Norwegian Customs does not exchange it for { $scope }. Most often the business is not registered for Digitoll, or the scope has not been opened.
       *[other] Maskinporten gave the token, but Norwegian Customs does not exchange it for { $scope }. Most often the business is not registered for Digitoll, or the scope has not been opened or is not on the client.
    }
    .fix = { $variant ->
        [branch] Choose the services again. The scopes then follow from the kind of business.
       *[other]
            Check with Norwegian Customs that { $scope } has been opened for your organisation in this environment.
            Check that the registration for Digitoll is finished.
            Check that the scope is of your kind of business: toll: for Norwegian, toll:eu/ for foreign.
    }
diagnosis-customs-refused = Norwegian Customs refused the token
    .cause = The exchange at { $host } was answered with { $status }. What the answer means is not described anywhere; it is shown as received.
    .fix =
        Run the check again in some minutes.
        If it stays so, send what was received to Norwegian Customs.
diagnosis-api-refused = The test call was refused
    .cause = { $variant ->
        [token] The service { $service } does not accept the Customs token (answer { $status }).
        [rights] The service { $service } knows you, but does not let you in (answer { $status }).
        [path] The address of the test call for { $service } was not found (answer { $status }). It may have moved.
       *[other] The service { $service } answered { $status } where 200 is expected.
    }
    .fix = { $variant ->
        [path]
            Look for a newer version of klarert.
            The Customs token was received: your set-up works up to there.
       *[other]
            Check with Norwegian Customs that your organisation has been given access to { $service } in this environment.
            Send them what was received.
    }

## Everything else

diagnosis-unknown = { $variant ->
        [not-an-error] This is not an error that klarert knows
       *[other] An error that is not known
    }
    .cause = { $variant ->
        [not-an-error] There is no code in it, no id, and no answer of a service.
       *[other] Nobody has described this error. It is shown as it was received.
    }
    .fix = { $variant ->
        [not-an-error]
            Give a code (MP-122) or an id: klarert explain without anything lists them.
            Or give the whole answer of the service, with its error_description and error_uri: klarert explain < answer.json
       *[other] { $party ->
            [customs] Send what was received to Norwegian Customs.
           *[other]
                Run the check again in some minutes.
                If it stays so, send what was received, with the trace id, to servicedesk@digdir.no.
        }
    }
