# The texts of the connectivity check and `klarert explain`: what happened, why, and what to do, a line each.
#
# A value that is not known is replaced by `unnamed-<argument>`. Without such a text, the sentence that needs it is left out.

unnamed-scope = the scope
unnamed-host = the server
unnamed-client = in the request
unnamed-service = the service
unnamed-status = an error
unnamed-path = the file
unnamed-url = the address
unnamed-issuer = https://test.maskinporten.no/ in test, or https://maskinporten.no/ in production

# What is ticked against what a check has shown.
quoted-title = “{ $item }”
contradicts-ticked = Ticked, though the answer shows otherwise: { $items }.
contradicts-open = Not ticked yet: { $items }.
also-refused = Also: { $title }: { $scopes }. { $who }
tick-contradicted = (the last check shows otherwise)

## Before anything is sent

diagnosis-profile-incomplete = Some answers are missing
    .cause = The check cannot start without all answers. Missing: { $fields }.
    .fix = Give the answers that are missing. The first of them belongs to the step { $step }.
diagnosis-scope-wrong-branch = { $scope } is for the other kind of business
    .cause = Norwegian businesses use scopes that start with toll:, foreign businesses use scopes that start with toll:eu/. This profile has one of the other kind.
    .fix = { $variant ->
        [own] Remove { $scope } from the other scopes, or correct it.
       *[other]
            Look at the answer to which kind of business this is.
            Choose the services again. The scopes then follow from your answer.
    }

## Certificates and key files

diagnosis-certificate-unreadable = The certificate or key file cannot be read
    .cause = The file could not be opened. It may be damaged, be of another kind, or have another password: the message does not tell which.
    .fix =
        Run klarert certificate on the file: it tells which of the three it is.
        Check that it is the file you received from the issuer, and the password that belongs to it.
        If it was copied or sent on, take a new copy of the original.
diagnosis-key-file-wrong-password = The password does not open the file
    .cause = The certificate or key file was read, but the password does not fit.
    .fix =
        Try the password from the issuer again, and look for a space before or after it.
        The key in the file may have a password of its own: try that one.
        klarert certificate shows whether the file opens with the password.
diagnosis-key-file-password-needed = The file needs a password
    .cause = The certificate or key file is protected by a password, and the program was not given one.
    .fix = Give the program the password of the file.
diagnosis-key-file-unsupported = The program does not know the file's encryption
    .cause = The file is encrypted in a way that the program does not support. Old .p12 files use RC2-40, which newer programs refuse. Very new files use algorithms that older programs do not know.
    .fix =
        Check with klarert certificate that file and password are right: it reads both old and new files.
        Bring the program up to date, or convert the file once. OpenSSL reads old files with: openssl pkcs12 -legacy
diagnosis-key-file-damaged = The certificate or key file is damaged
    .cause = The file or text ends too early, or was changed on the way. Often the line breaks of a PEM text were lost, or a .p12 file was saved as text.
    .fix =
        Take a new copy of the original, without opening it in an editor.
        Keep the line breaks of a PEM text, also in variables and settings.
        klarert certificate shows whether the copy is whole.
diagnosis-key-file-wrong-kind = The file is not of the kind that the program expects
    .cause = The program was given something else than it reads: for example PEM text in place of a .p12 file, a certificate in place of a private key, or the path in place of the content.
    .fix =
        Run klarert certificate on the file: it tells what the file is.
        Give the program the kind it asks for, or convert the file.
diagnosis-key-file-not-found = The certificate or key file was not found
    .cause = There is no file at the path that the program looked at.
    .fix =
        Correct the path. A relative path starts at the folder in which the program runs.
        In a container, check that the file is there and is mounted.
diagnosis-key-access-denied = The program may not use the key
    .cause = The user that the program runs as may not read the file, or may not use the key in the Windows certificate store.
    .fix =
        Give that user the right to read the file.
        In the Windows store: choose Manage Private Keys on the certificate, and add the user. Under IIS, load the user profile, or use MachineKeySet.
diagnosis-certificate-unfit = { $variant ->
        [key] The key cannot be used
       *[certificate] The certificate cannot be used
    }
    .cause = A certificate with its private RSA key is needed to sign the request.
    .fix = Choose the file that has both the authentication certificate and its private key.
diagnosis-key-missing = The private key is missing
    .cause = The program has a certificate or a public key, and no private key to sign with.
    .fix = Use the file from the issuer that has both, or give the program the key file too.
diagnosis-key-mismatch = The key does not belong to the certificate
    .cause = The private key and the certificate are not of one pair. Maskinporten would refuse the signature.
    .fix = Use the key and the certificate that were made together. In a .p12 file from the issuer they are.
diagnosis-key-not-rsa = The key is not an RSA key
    .cause = Maskinporten accepts signatures with RSA keys only (RS256, RS384, RS512). This key is of another type.
    .fix = Use a certificate or a registered key with an RSA key of at least 2048 bits.
diagnosis-key-too-short = The RSA key is too short
    .cause = The key has less than 2048 bits.
    .fix = Use a longer key. A certificate with a new key must be ordered from its issuer.
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

diagnosis-name-not-found = { $variant ->
        [proxy] The proxy was not found
       *[other] { $host } was not found
    }
    .cause = { $variant ->
        [proxy] This computer asked for the address of the proxy, and got none. The request goes through it. The proxy is { $proxy }.
        [proxy-unread] Windows' settings have a proxy that klarert does not read: a script (PAC), or one for each protocol. So { $host } was looked up without it, and not found. Where all traffic goes through the proxy, that is usual.
       *[other] This computer asked for the address of { $host } and got none. It may be offline, or its network may not look up names outside.
    }
    .fix = { $variant ->
        [proxy-unread]
            Ask those who run the network for the proxy's name and port.
            Set the variable HTTPS_PROXY to them, as http://proxy:port, and try again.
        [proxy]
            Check that this computer has a network.
            Check the proxy's name in the variable HTTPS_PROXY with those who run the network.
       *[other]
            Check that this computer has a network.
            Ask those who run the network to let it look up { $host }.
            If your company uses a proxy, check the variable HTTPS_PROXY.
    }
diagnosis-dns-no-answer = The look-up of a name got no answer
    .cause = The name server did not answer, or failed. Whether { $host } exists was not found out.
    .fix =
        Try again in a minute.
        If it stays so, ask those who run the network whether name look-ups (DNS) leave this computer, or the container.
diagnosis-connection-refused = { $variant ->
        [proxy] The proxy refused the connection
       *[other] { $host } refused the connection
    }
    .cause = { $variant ->
        [proxy] The request goes through a proxy, which may be off, or have another port. The proxy is { $proxy }.
        [loopback] { $host } is this computer itself, and no program on it accepts connections at that address and port. In a container, it is the container itself.
        [sandbox] Nothing listens at that address. The sandbox may have been stopped.
        [proxy-unread] Something at that address, or a firewall on the way, refused at once. Windows' settings have a proxy that klarert does not read: a script (PAC), or one for each protocol. The network may let traffic out through it only.
       *[other] Something at that address, or a firewall on the way, refused at once.
    }
    .fix = { $variant ->
        [proxy] Check the proxy's address in the variable HTTPS_PROXY with those who run the network.
        [loopback]
            Check that the program that should answer there is running, and that the port is right.
            If it is a proxy, check its address in the variable HTTPS_PROXY.
            If it is klarert's sandbox, start it with klarert sandbox, and leave it running.
        [sandbox] Start the sandbox again with klarert sandbox, and leave it running.
        [proxy-unread]
            Ask those who run the network for the proxy's name and port.
            Set the variable HTTPS_PROXY to them, as http://proxy:port, and try again.
       *[other]
            Ask those who run the network whether a firewall stops connections to { $host }.
            Try again in some minutes.
    }
diagnosis-network-unreachable = There is no route to { $host }
    .cause = The computer has no way to the address. It may be offline, a route may be missing, or the address is an IPv6 address and the network has no IPv6.
    .fix =
        Check the connection and the routes with those who run the network.
        If only the IPv6 address fails, let the program use IPv4.
diagnosis-no-answer = { $variant ->
        [proxy] No answer came through the proxy
       *[other] { $host } does not answer
    }
    .cause = { $variant ->
        [proxy] The connection was never made. The proxy may be off, or it may not let the request out. The proxy is { $proxy }.
        [silent] The connection was made, but no answer came. A firewall or a proxy on the way may be holding it back, or the service has trouble.
        [proxy-unread] The connection was never made. Windows' settings have a proxy that klarert does not read: a script (PAC), or one for each protocol. The network may let traffic out through it only.
       *[other] The connection was never made. Most often a firewall drops the request without an answer.
    }
    .fix = { $variant ->
        [proxy]
            Ask those who run the proxy to let { $host } through, port 443.
            Try again.
        [addresses]
            Ask those who run the network to open for { $host }: { $addresses }, port 443.
            Try again.
        [silent]
            Try again in some minutes.
            If it stays so, ask those who run the network whether answers from { $host } are let through.
        [proxy-unread]
            Ask those who run the network for the proxy's name and port.
            Set the variable HTTPS_PROXY to them, as http://proxy:port, and try again.
       *[other]
            Ask those who run the network to open for { $host }, port 443.
            Try again.
    }
diagnosis-connection-cut = The connection to { $host } was cut
    .cause = { $variant ->
        [proxy] The proxy closed the connection before it was through. The proxy is { $proxy }.
       *[other] The connection was made, and then closed without an answer. A firewall, a proxy or the service may have done that: the message does not tell which.
    }
    .fix =
        Try again in some minutes.
        Try from another network to compare.
        Look at { $status-page }.
diagnosis-tls-untrusted = The certificate of { $host } is not trusted
    .cause = { $variant ->
        [expired] The server showed a certificate that has expired. It is { $title }, issued by { $certificate-issuer }. If the date of this computer is wrong, it looks like this too.
        [not-yet-valid] The server showed a certificate that is not valid yet. It is { $title }, issued by { $certificate-issuer }. The date of this computer may be wrong.
        [other-name] The server showed a certificate for another name. It is { $title }, issued by { $certificate-issuer }. Something on the way may be answering for it.
        [revoked] The server showed a certificate that its issuer has revoked. It is { $title }, issued by { $certificate-issuer }.
        [revocation-unknown] This computer could not find out whether the server's certificate is revoked. It is { $title }, issued by { $certificate-issuer }. Often a proxy or a firewall blocks the address that the issuer answers at.
        [unknown-issuer] The server showed a certificate that this computer does not trust. It is { $title }, issued by { $certificate-issuer }. Often this is a company's own proxy that opens encrypted traffic to inspect it.
       *[other] The program does not trust the server's certificate. Often this is a company's own proxy that opens encrypted traffic to inspect it.
    }
    .fix = { $variant ->
        [not-yet-valid]
            Check date and time of this computer.
            If they are right, ask those who run the network whether traffic is inspected.
       *[other]
            Ask those who run the network whether traffic is inspected, and for their root certificate.
            Install it in the system's certificate store, or name its file as ca_file in config.toml. Some programs have a store of their own.
            If your traffic is not inspected, do not go on: find out whose certificate it is.
    }
diagnosis-revocation-unchecked = The server's certificate could not be checked for revocation
    .cause = Windows and some programs ask the issuer whether a certificate is revoked. The address for that was not reached, or a proxy's own certificate names none.
    .fix =
        Ask those who run the network to open for the issuer's addresses (CRL and OCSP, port 80).
        If a proxy inspects traffic, install its root certificate in the system's certificate store.
        Do not switch the check off for good.
diagnosis-tls-version = No TLS version in common
    .cause = { $variant ->
        [server] The other side offers only a TLS version that is too old. Maskinporten and Norwegian Customs are newer, so something on the way may be answering.
       *[other] The two sides have no TLS version or cipher in common. Most often the program, or the system it runs on, offers only TLS 1.0 or 1.1.
    }
    .fix = { $variant ->
        [server] Ask those who run the network what answers in place of { $host }.
       *[other] Let the program offer TLS 1.2 or 1.3. An old system may need an update for it.
    }
diagnosis-tls-failed = No encrypted connection to { $host }
    .cause = { $variant ->
        [closed] The connection was made, but cut during the TLS handshake. A firewall that does not let { $host } through often does that.
       *[other] The TLS handshake failed. The reason is: { $words }. Something on the way may have answered, or a TLS version may be blocked.
    }
    .fix =
        Ask those who run the network whether TLS 1.2 and 1.3 to { $host } are let through unchanged.
        Try again from another network to compare.
diagnosis-proxy-refused = The proxy did not let the request through
    .cause = { $variant ->
        [login]
            { $login ->
                [sent] The proxy did not accept the user and password in HTTPS_PROXY. They may be wrong, or the proxy may ask for another kind of login, such as Kerberos or NTLM, which klarert cannot do. The proxy is { $proxy }.
               *[none] The proxy asks for a user name and password. The proxy is { $proxy }.
            }
       *[other] The proxy refused to connect to { $host }. The proxy is { $proxy }.
    }
    .fix = { $variant ->
        [login]
            { $login ->
                [sent]
                    Check the user and password in HTTPS_PROXY. An @ in them is written as %40, and a : as %3A.
                    Ask those who run the proxy which kind of login it takes. klarert sends user and password (Basic). For another kind, ask for an exception for this computer.
               *[none] Put the user and password into HTTPS_PROXY, as http://user:password@proxy:port, or ask for an exception for this computer.
            }
       *[other] Ask those who run the proxy to let { $host } through, port 443.
    }
diagnosis-proxy-misconfigured = The setting for the proxy is not understood
    .cause = { $variant ->
        [pac] { $setting } names a script that selects a proxy (PAC). klarert needs the proxy itself.
        [scheme] { $setting } names a proxy of the kind { $got }, which klarert cannot use.
        [host] { $setting } has no valid name of a proxy.
        [port] { $setting } has no valid port of a proxy.
       *[other] The setting that names the proxy is wrong, or names a proxy of a kind that the program does not speak to.
    }
    .fix = { $variant ->
        [pac] Ask those who run the network for the name and port of the proxy, and write { $setting } as http://host:port.
        [scheme] Write { $setting } as http://host:port or socks5://host:port.
        [host] Write { $setting } as http://host:port or http://user:password@host:port.
        [port] Write { $setting } as http://host:port or http://user:password@host:port.
       *[other] Correct HTTPS_PROXY: http://host:port, or socks5://host:port for programs that support it.
    }
diagnosis-html-answer = A web page came instead of an answer
    .cause = { $host } should answer with data, but a page for people came. Its title is “{ $title }”. Often it is the login page of a network, or a company's proxy that stops the request.
    .fix =
        Open a web browser and see whether the network wants you to log in.
        Ask those who run the network to let { $host } through.
        Try again.
diagnosis-redirected = { $host } redirects to another address
    .cause = The answer was to go to another address. It is { $to }. Maskinporten and Norwegian Customs do not do that, and klarert never sends a grant or token on.
    .fix =
        Open a web browser and see whether the network wants you to log in.
        Check the addresses in config.toml if you use an environment of your own.
diagnosis-called-from-browser = A page in a web browser asked for the token
    .cause = Maskinporten is for servers: a browser may not read its answer. In a page, the private key would lie open to everybody.
    .fix = Ask for the token on a server, and keep the key there.
diagnosis-address-insecure = The address is not safe to use
    .cause = { $url } does not begin with https. Only this computer itself may be asked without encryption, because a grant or token on an open line can be stolen.
    .fix = Write the address with https:// in config.toml.
diagnosis-ca-file-unreadable = The file with root certificates cannot be read
    .cause = { $variant ->
        [missing] There is no file { $path }.
        [permission] You may not read { $path }.
        [unread] { $path } could not be read.
        [too-large] { $path } is far larger than any file with root certificates.
        [folder] The folder { $path } has no file with a certificate of an authority.
        [leaf] { $path } has the certificate of a server, but not that of the authority that issued it.
        [locked] { $path } is locked with a password. Root certificates need none.
        [key] { $path } has a private key, but no certificate.
        [damaged] { $path } has certificates, but none of them can be read.
        [empty] { $path } is empty.
        [html] { $path } is a web page. This happens when a login page is saved in place of the file.
        [archive] { $path } is a compressed archive, such as ZIP. The certificate may be inside.
        [csr] { $path } is a certificate request, not a certificate.
        [crl] { $path } is a list of revoked certificates, not a certificate.
        [public-key] { $path } is a public key, not a certificate.
        [jks] { $path } is a Java key store (JKS), which klarert does not read here.
        [none] { $path } has no certificate in any form that klarert knows.
       *[other] { $path } is missing, may not be read, or has no certificates.
    }
    .fix = { $variant ->
        [leaf] Ask those who run the network for the root certificate that issued it, and name that file as ca_file in config.toml.
        [locked] Ask for the root certificate alone, as .pem, .crt, .der or .p7b, and name that file as ca_file in config.toml.
        [permission] Let yourself read the file, or copy it to a folder of your own.
        [jks] Export the certificate from the key store: keytool -exportcert -rfc -alias NAME -keystore "{ $path }" -file root.pem
       *[other] Check ca_file in config.toml, or the setting of the program that failed. It should name a file with your company's root certificate.
    }
diagnosis-no-trusted-roots = This computer trusts no certificates
    .cause = No root certificates were found on the system, so no server can be trusted. This is common in small containers.
    .fix =
        Install the system's root certificates (the package is often called ca-certificates).
        Or name a file with them as ca_file in config.toml.
diagnosis-metadata-differs = The service describes itself in another way than expected
    .cause = It may be another environment, or the service may have changed. For { $what } klarert expects { $expected }, but { $host } says { $got }.
    .fix =
        Check the addresses in config.toml if you use an environment of your own. If token_endpoint or jwks is on another host than issuer, write it there.
        Look for a newer version of klarert.
        If it still differs, ask: { $contact }.
diagnosis-service-down = The service has trouble
    .cause = { $variant ->
        [slow] { $host } took the request, but the answer did not come in time. It was tried several times.
        [closed] { $host } closed the connection without an answer. It was tried several times.
        [cut-off] The connection to { $host } was lost in the middle of the answer. It was tried several times.
        [check-limit] The check was stopped after { $seconds } seconds, which is its limit. { $host } had not answered in full by then.
        [status] { $host } answered with { $status }, which means trouble on its side. It was tried several times.
       *[other] The service did not answer as it should. This is not about your set-up.
    }
    .fix = { $party ->
        [customs]
            Wait some minutes and try again.
            If it lasts, contact Norwegian Customs: { $customs }.
       *[other]
            Look at { $status-page }.
            Wait some minutes and try again.
    }
diagnosis-too-many-requests = Too many requests in a short time
    .cause = { $host } asks to wait before the next request.
    .fix = Wait a few minutes, then try again.
diagnosis-answer-malformed = The answer cannot be understood
    .cause = { $variant ->
        [empty] { $host } answered, but the answer was empty.
        [not-utf8] The answer from { $host } is not readable text.
        [not-an-object] The answer from { $host } has another form than agreed.
        [cut-short] The answer from { $host } ends in the middle.
        [missing] The answer from { $host } lacks the field { $what }.
        [wrong-type] The field { $what } in the answer from { $host } has a value of the wrong kind.
       *[other] The answer is empty, or is not the data that was agreed. Something on the way may have changed it.
    }
    .fix =
        Try again.
        If it stays so, ask those who run the network whether something changes the answers on the way.
        Then send what was received to those who run the service.
diagnosis-answer-too-large = The answer is far too long
    .cause = More than one megabyte came where a few lines are expected. klarert stopped reading. Something on the way may have answered for { $host }.
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
       *[other] A request that seems too old is refused, and a token from a right clock seems to come from the future.
    }
    .fix =
        Set the clock of this computer, best by letting it follow a time server (NTP).
        Run the check again.
diagnosis-clock-not-synchronised = The clock of this computer follows no time server
    .cause = The clock is not kept right by a time server. Maskinporten refuses requests when it is off by more than 10 seconds.
    .fix =
        Let the clock follow a time server (NTP).
        If the time server is not reached, ask those who run the network to open for UDP port 123.

## What Maskinporten refuses

diagnosis-client-unknown = Maskinporten does not know the client
    .cause = { $variant ->
        [unusual] There is no client with the id { $client } in this environment. Ids from the portal usually look like 3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f, so this may be something else, such as the name of the client.
        [changed] There is no client with the id { $client } in this environment. The last check that passed was made with { $passed-client }.
        [organisation] There is no client with the id { $client } in this environment. The certificate belongs to { $certificate-organisation }, but the profile is for { $organisation }: the client may have been made for another organisation.
        [foreign] A foreign business has no client, so Maskinporten looks at the certificate. It did not accept it.
       *[other] There is no client with the id { $client } in this environment. The id may be mistyped, or the client may be in the other environment.
    }
    .fix = { $variant ->
        [changed]
            Open the client in { $portal } and compare its identifier with both ids.
            If the change was a mistake, put { $passed-client } back.
        [organisation]
            Open the client in { $portal } and compare its identifier with { $client }.
            Check that the client is made for { $organisation }, and that the certificate is of the same organisation.
        [foreign]
            Check that the certificate is an eSeal with its whole chain.
            Ask Norwegian Customs ({ $customs }), and tell them the trace id.
       *[other]
            Open the client in { $portal } and compare its identifier with the id { $client }, character by character. If there is no client, create it first.
            Check that you are in the right environment: test and production have clients of their own.
            If the client was created less than ten minutes ago, it may not be ready yet. Then wait, and run the check again.
    }
diagnosis-audience-wrong = The request was addressed to another environment
    .cause = The field aud must be exactly this, with the slash at the end: { $issuer }.
    .fix =
        Check the environment of the profile, and the issuer in config.toml if you use an environment of your own.
        In your own system, set aud to { $issuer }.
diagnosis-certificate-refused = Maskinporten does not accept the certificate
    .cause = { $variant ->
        [purpose] The certificate is for signing or encryption. Maskinporten wants the authentication certificate of the same delivery.
        [foreign] The eSeal was not accepted. Its issuer may not be on the EU trusted lists, the chain may not be whole, or it may be revoked.
        [smoke] Not even the scope that every accepted eSeal gets was granted. So the certificate is the problem, not { $scope }.
        [smoke-scope] Every accepted eSeal gets { $scope }. If the request was signed with an eSeal, the eSeal was not accepted.
       *[other] It may be made for the other environment, be revoked, or not be a business certificate.
    }
    .fix = { $variant ->
        [purpose] Choose the authentication certificate. It came in the same delivery.
        [foreign]
            Check that the file has the whole chain.
            Try the seal at the European Commission's validator: https://ec.europa.eu/digital-building-blocks/DSS/webapp-demo/certificate-validation
            Ask the issuer whether the seal is an advanced eSeal on the EU trusted list, and whether it is still valid.
        [smoke-scope]
            Check that the request has the eSeal with its whole chain.
            Try the seal at the European Commission's validator: https://ec.europa.eu/digital-building-blocks/DSS/webapp-demo/certificate-validation
            Ask the issuer whether the seal is an advanced eSeal on the EU trusted list, and whether it is still valid.
        [smoke]
            Check that the file has the whole chain.
            Try the seal at the European Commission's validator: https://ec.europa.eu/digital-building-blocks/DSS/webapp-demo/certificate-validation
            Ask the issuer whether the seal is an advanced eSeal on the EU trusted list, and whether it is still valid.
       *[other]
            Check that the certificate is for this environment, and is a business certificate from Buypass or Commfides.
            Ask the issuer whether it has been revoked.
    }
diagnosis-key-expired = The registered key has expired
    .cause = { $variant ->
        [key] A key on a client is valid for one year. The key { $kid } is older.
       *[other] A key on a client is valid for one year. This one is older.
    }
    .fix = Upload a new key to the client in { $portal }, or the same one again.
diagnosis-organisation-mismatch = { $variant ->
        [certificate] The certificate belongs to another organisation
       *[other] The certificate and the client belong to different organisations
    }
    .cause = { $variant ->
        [certificate] The certificate does not belong to the organisation of the profile.
        [known] The certificate belongs to { $certificate-organisation }. The client { $client } belongs to another organisation.
       *[other] The certificate is not of the organisation that owns the client.
    }
    .fix =
        Use a certificate and a client of the same organisation.
        A client that was made in test without choosing a business belongs to a synthetic (made-up) organisation. Then make it again: the organisation number is at the top right of the portal.
diagnosis-x5c-malformed = The certificate was sent in the wrong form
    .cause = The field x5c must be an array of strings in standard base64, not one string and not base64url.
    .fix =
        Send x5c as an array of base64 strings, the business's certificate first.
        If klarert sent it, tell its makers.
diagnosis-signature-invalid = The signature does not fit
    .cause = { $variant ->
        [key] The private key is not the one that is registered on the client as { $kid }.
       *[other] The private key does not belong to the certificate, or the certificate has expired or is for another environment.
    }
    .fix = { $variant ->
        [key] Choose the key that was uploaded, or upload this one to the client in { $portal }.
       *[other] Choose a key and a certificate that belong together. In a .p12 file from the issuer they do.
    }
diagnosis-grant-expired = The request came too late
    .cause = A request to Maskinporten is valid for at most two minutes. It was held up on the way, or the clock is wrong.
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
    .cause = The field for another organisation (consumer_org) has the business's own number. It is only for suppliers.
    .fix = Leave the field empty, and run the check again.
diagnosis-scope-not-on-client = { $variant ->
        [other-owner-foreign] Maskinporten does not grant the scope
        [european] Maskinporten does not grant the scope
        [seal-accepted] Maskinporten does not grant the scope
        [foreign] Maskinporten does not grant the scope
        [not-european] Maskinporten does not grant the scope
        [misspelt] Maskinporten does not grant the scope
       *[other] The scope is not on the client
    }
    .cause = { $variant ->
        [other-owner-foreign] { $scope } was not granted. It is not a scope of Norwegian Customs: theirs start with toll:. Maskinporten has no list of foreign businesses: a scope is open to all of them, or to none. So the name may be mistyped, or its owner has not opened it to foreign businesses.
        [european] { $scope } was not granted. Scopes that start with toll:eu/ are for foreign businesses, and Maskinporten has no list of foreign businesses: a scope is open to all of them, or to none. So the name may be mistyped, Norwegian Customs may not have opened it to foreign businesses, or the business is a Norwegian one.
        [other-owner] The client does not have { $scope } yet. It is not a scope of Norwegian Customs: theirs start with toll:.
        [others-granted] The client has { $granted }, but not { $scope }. That Norwegian Customs has granted a scope does not put it on the client.
        [seal-accepted] The certificate is accepted, but { $scope } was not granted. Maskinporten has no list of foreign businesses: a scope is open to all of them, or to none. So the name may be mistyped, or Norwegian Customs has not opened it to foreign businesses.
        [foreign] { $scope } was not granted. Maskinporten has no list of foreign businesses: a scope is open to all of them, or to none. So the name may be mistyped, or Norwegian Customs has not opened it to foreign businesses.
        [not-european] { $scope } was not granted. Maskinporten's open list of scopes has it as not open to European businesses.
        [misspelt] { $scope } was not granted. Maskinporten's open list has no scope of that name, but it has { $nearest }: the name may be mistyped. The list does not have every scope.
       *[other] The client does not have { $scope } yet. That Norwegian Customs has granted a scope does not put it on the client.
    }
    .fix = { $variant ->
        [other-owner-foreign]
            Compare { $scope } with the name that its owner has given you.
            If it is right, ask the owner of the scope whether foreign businesses can have it.
        [european]
            A Norwegian business: choose the scope of the same service that starts with toll: and not with toll:eu/.
            A foreign business: compare { $scope } with the scopes of your services. If it is right, ask Norwegian Customs ({ $customs }).
        [other-owner]
            Compare { $scope } with the name that its owner has given you.
            Open the client in { $portal }, choose to add a scope (“Legg til scope”), and choose { $scope }. If it is not in the list, ask the owner of the scope.
            Wait some minutes, then try again. A change takes effect within two minutes, a new client within ten.
        [seal-accepted]
            Compare { $scope } with the scopes of your services. Foreign businesses use scopes that start with toll:eu/.
            If it is right, ask Norwegian Customs ({ $customs }).
        [foreign]
            Compare { $scope } with the scopes of your services. Foreign businesses use scopes that start with toll:eu/.
            If it is right, ask Norwegian Customs ({ $customs }).
        [not-european] Ask Norwegian Customs ({ $customs }) which scope foreign businesses use.
        [misspelt]
            Compare { $scope } with { $nearest }, and correct it if it is mistyped.
            If it is right, ask the owner of the scope. Norwegian Customs ({ $customs }) owns those that start with toll:.
       *[other]
            Open the client in { $portal }, choose to add a scope (“Legg til scope”), and choose { $scope }.
            If it is not in the list, Norwegian Customs may not have granted it in this environment: ask them ({ $customs }).
            Wait some minutes, then run the check again. A change takes effect within two minutes, a new client within ten.
    }
diagnosis-wrong-integration-type = The client is of the wrong type
    .cause = Its type in Samarbeidsportalen is not Maskinporten, so it cannot have { $scope }.
    .fix =
        Make a new client of the type Maskinporten in { $portal }.
        Put its identifier in the profile.
diagnosis-scope-not-granted = { $variant ->
        [nothing-granted] No scope has been granted to the business
        [other-owner-foreign] Maskinporten does not grant the scope
        [european] Maskinporten does not grant the scope
        [other-owner] Maskinporten does not grant the scope
        [seal-accepted] Maskinporten does not grant the scope
        [foreign] Maskinporten does not grant the scope
        [not-european] Maskinporten does not grant the scope
        [misspelt] Maskinporten does not grant the scope
       *[other] Norwegian Customs has not granted the scope
    }
    .cause = { $variant ->
        [nothing-granted] Samarbeidsportalen's API answers that the business does not have any scopes in this environment: no owner of a scope has granted it one.
        [other-owner-foreign] { $scope } was not granted. It is not a scope of Norwegian Customs: theirs start with toll:. Maskinporten has no list of foreign businesses: a scope is open to all of them, or to none. So the name may be mistyped, or its owner has not opened it to foreign businesses.
        [european] { $scope } was not granted. Scopes that start with toll:eu/ are for foreign businesses, and Maskinporten has no list of foreign businesses: a scope is open to all of them, or to none. So the name may be mistyped, Norwegian Customs may not have opened it to foreign businesses, or the business is a Norwegian one.
        [other-owner] Maskinporten knows the client and accepts its key or certificate. The owner of { $scope } has not granted it to your organisation in this environment. It is not a scope of Norwegian Customs: theirs start with toll:. A supplier who acts for a customer gets the same answer if the request does not name the customer.
        [norwegian] Maskinporten knows the client and accepts its key or certificate, and the scope is on the client. Norwegian Customs has not granted { $scope } to your organisation in this environment yet.
        [others-granted] { $granted } was granted, so Maskinporten accepts the client and its key or certificate. Norwegian Customs has not granted { $scope } to your organisation in this environment yet.
        [seal-accepted] The certificate is accepted, but { $scope } was not granted. Maskinporten has no list of foreign businesses: a scope is open to all of them, or to none. So the name may be mistyped, or Norwegian Customs has not opened it to foreign businesses.
        [foreign] { $scope } was not granted. Maskinporten has no list of foreign businesses: a scope is open to all of them, or to none. So the name may be mistyped, or Norwegian Customs has not opened it to foreign businesses.
        [supplier] { $scope } is not granted to the certificate's organisation, { $certificate-organisation }. You seem to act for { $organisation }, but have not named it in the request.
        [not-european] { $scope } was not granted. Maskinporten's open list of scopes has it as not open to European businesses.
        [misspelt] { $scope } was not granted. Maskinporten's open list has no scope of that name, but it has { $nearest }: the name may be mistyped. The list does not have every scope.
       *[other] Maskinporten knows the client and accepts its key or certificate, and the scope is on the client. Norwegian Customs has not granted { $scope } to your organisation in this environment yet. A supplier who acts for a customer gets the same answer if the request does not name the customer.
    }
    .fix = { $variant ->
        [nothing-granted]
            Check that you are in the right environment.
            Check that the registration for Digitoll has been sent.
            Ask Norwegian Customs ({ $customs }) to grant the scopes in this environment.
        [other-owner-foreign]
            Compare { $scope } with the name that its owner has given you.
            If it is right, ask the owner of the scope whether foreign businesses can have it.
        [european]
            A Norwegian business: choose the scope of the same service that starts with toll: and not with toll:eu/.
            A foreign business: compare { $scope } with the scopes of your services. If it is right, ask Norwegian Customs ({ $customs }).
        [other-owner]
            Compare { $scope } with the name that its owner has given you.
            If it is right, ask the owner of the scope to grant it in this environment.
            Suppliers who act for a customer: name the customer in the request (consumer_org).
        [others-granted]
            Check that the registration for Digitoll has been sent.
            Ask Norwegian Customs ({ $customs }) to grant { $scope } in this environment.
        [supplier]
            Enter { $certificate-organisation } as the organisation number, and { $organisation } as the organisation you act for.
            Ask { $organisation } to delegate the scope to you in Altinn.
        [seal-accepted]
            Compare { $scope } with the scopes of your services. Foreign businesses use scopes that start with toll:eu/.
            If it is right, ask Norwegian Customs ({ $customs }).
        [foreign]
            Compare { $scope } with the scopes of your services. Foreign businesses use scopes that start with toll:eu/.
            If it is right, ask Norwegian Customs ({ $customs }).
        [norwegian]
            Check that the registration for Digitoll has been sent.
            Ask Norwegian Customs ({ $customs }) to grant { $scope } in this environment.
        [not-european] Ask Norwegian Customs ({ $customs }) which scope foreign businesses use.
        [misspelt]
            Compare { $scope } with { $nearest }, and correct it if it is mistyped.
            If it is right, ask the owner of the scope. Norwegian Customs ({ $customs }) owns those that start with toll:.
       *[other]
            Check that the registration for Digitoll has been sent.
            Ask Norwegian Customs ({ $customs }) to grant { $scope } in this environment.
            Suppliers who act for a customer: name the customer in the request (consumer_org).
    }
diagnosis-not-delegated = The customer has not delegated the scope
    .cause = { $variant ->
        [undelegable] The organisation you act for has not given you { $scope } in Altinn. Maskinporten's open list of scopes names no way to delegate it.
       *[other] The organisation you act for has not given you { $scope } in Altinn, or has given you another one.
    }
    .fix = { $variant ->
        [undelegable] Ask Norwegian Customs ({ $customs }) how a supplier gets access for a customer.
       *[other]
            Ask the customer to delegate the scope to your organisation in Altinn (for the test environment in TT02).
            Check the organisation number you act for.
    }
diagnosis-authorization-details = The request has fields for system users
    .cause = The field authorization_details is refused. Norwegian Customs does not use it.
    .fix = Remove authorization_details from the request.
diagnosis-kid-unknown = The client does not have this key
    .cause = { $variant ->
        [sent] The request was signed with the key { $kid }, and the client has no key of that name. It may not be uploaded, may be on another client, or may have another name there.
       *[other] The request names a key (kid) that the client does not have. It may not be uploaded, may be on another client, or may have another name there.
    }
    .fix = { $variant ->
        [sent]
            Open the client in { $portal } and compare the names of its keys (“Nøkler”) with { $kid }.
            If the client has no keys, choose the certificate instead of the key.
            If the key was uploaded less than ten minutes ago, it may not be ready yet. Then wait, and run the check again.
       *[other]
            Open the client in { $portal } and compare the names of its keys (“Nøkler”) with the kid in the request.
            If the client has no keys, send the certificate (x5c) instead of a kid.
            If the key was uploaded less than ten minutes ago, it may not be ready yet. Then wait, and try again.
    }
diagnosis-kid-required = The client wants its registered key
    .cause = The client has keys of its own, and then a certificate is not accepted.
    .fix =
        Choose the key instead of the certificate, and give its name (kid).
        Or remove the keys from the client in { $portal }, if no other program uses them.
diagnosis-terms-not-signed = The terms of use are not signed
    .cause = Samarbeidsportalen and its API refuse to create a client before the business has signed Digdir's terms of use.
    .fix =
        Sign the terms of use for the business in Samarbeidsportalen. How it is done: https://samarbeid.digdir.no/maskinporten/konsument/119
        Then create the client.
diagnosis-portal-token-refused = Samarbeidsportalen's API refuses the administration client
    .cause = { $variant ->
        [token] The API does not accept the token (answer 401). It may have expired, or be of the other environment.
       *[rights] The token has no right to do this (answer { $status }). The administration client may lack the scope idporten:dcr.write.
    }
    .fix =
        Compare the client id and the environment of the administration client with what Digdir has sent.
        If they are right, ask { $contact } whether the administration client has the scopes idporten:dcr.read and idporten:dcr.write.
diagnosis-portal-client-unknown = Samarbeidsportalen does not find the client
    .cause = No client of this organisation has the client id in this environment.
    .fix =
        See the clients that there are: klarert portal clients
        Correct the client id of the profile, or remove it and create the client.
diagnosis-portal-client-deactivated = The client is deactivated
    .cause = A client that is deactivated gets no token from Maskinporten, and nothing on it can be changed in Samarbeidsportalen.
    .fix = Activate the client in Samarbeidsportalen, or create a new one.
diagnosis-portal-field-refused = Samarbeidsportalen's API does not accept a field
    .cause = { $variant ->
        [named] The API names what it does not accept: { $words }
       *[other] The API names the fields that it does not accept.
    }
    .fix = Correct the fields that are named.
diagnosis-portal-scope-missing = The scope is not in Samarbeidsportalen's list
    .cause = Norwegian Customs may not have granted the scope in this environment. A scope that is already on the client is not in the list either, nor are the scopes of another type of client.
    .fix =
        Check that you are in the right environment, that the client is of the type Maskinporten, and that no filter is set on the list.
        Check whether the client already has the scope.
        If it does not, ask Norwegian Customs ({ $customs }) to grant the scope in this environment.
diagnosis-portal-rights-missing = You lack the right to manage clients in Samarbeidsportalen
    .cause = Samarbeidsportalen shows “Ny integrasjon” (in the newest portal “Legg til klient”) to those only who have been given the right in Altinn.
    .fix =
        Check the organisation number at the top right of the portal: it should be that of the business.
        Ask your main administrator in Altinn for the right to manage clients. To find it, search for Maskinporten in Altinn.
diagnosis-portal-login = You cannot log in to Samarbeidsportalen
    .cause = Samarbeidsportalen needs a Norwegian electronic ID at level high: BankID, Buypass ID or Commfides. MinID is not enough.
    .fix =
        Log in with BankID, Buypass ID or Commfides.
        Choose to log in with the organisation number of the business (“organisasjonsnummer”).
        If it still fails, ask { $contact } whether the business has access to Samarbeidsportalen.
diagnosis-token-refused = The service does not accept the token
    .cause = The answer 401 means that no token was sent, or that the service does not accept the one that was sent. The text does not tell which service it was.
    .fix =
        Check that the token is sent, that it has not expired, and that it is of the same environment as the service.
        Norwegian Customs' services accept the Customs token, not Maskinporten's.
        Give klarert explain the whole answer, with the address that was called.
diagnosis-portal-refused = Samarbeidsportalen's API refused the request
    .cause = The API answered with { $status }. klarert does not know this refusal, and shows it as it was received.
    .fix =
        Run the same command again in some minutes: it goes on from where it stopped.
        If it stays so, send what was received, with the trace id, to { $contact }.

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
            If they are right, ask: { $contact }.
    }
diagnosis-token-signature-invalid = The token's signature is not Maskinporten's
    .cause = The token was not signed with any of the keys that Maskinporten publishes. Something else may have answered.
    .fix =
        Do not use the token.
        Check the environment's addresses, and whether something on the network answers for Maskinporten.
        Ask: { $contact }.

## Norwegian Customs

diagnosis-customs-missing = This environment has no address for Norwegian Customs
    .cause = Without the address the token cannot be exchanged.
    .fix = Set customs for the environment in config.toml.
diagnosis-customs-not-authorised = Norwegian Customs does not let you use the scope
    .cause = { $variant ->
        [branch] { $scope } is for the other kind of business.
        [foreign] Maskinporten gave the token, so the certificate and the name of the scope are right. Norwegian Customs does not exchange it for { $scope }: the business may not be registered for Digitoll yet, or may not have been granted the scope.
        [norwegian] Norwegian Customs does not exchange the token for { $scope }. The business may not be registered for Digitoll yet, may not have been granted the scope, or may not have it on the client.
       *[other] Norwegian Customs does not exchange the token for { $scope }. The scope may be for the other kind of business, or not be on the client. The business may not be registered for Digitoll yet, or may not have been granted the scope.
    }
    .fix = { $variant ->
        [branch] Choose the services again. The scopes then follow from the kind of business.
        [foreign]
            Check that the business is registered for Digitoll.
            Ask Norwegian Customs ({ $customs }) which scopes you have in this environment.
       *[other]
            Check that the scope is of your kind of business: toll: for Norwegian, toll:eu/ for foreign.
            Check that the business is registered for Digitoll.
            Norwegian businesses: check in { $portal } that the client is complete and has the scope.
            Ask Norwegian Customs ({ $customs }) which scopes you have in this environment.
    }
diagnosis-customs-refused = { $variant ->
        [form] Norwegian Customs does not accept the request for a token
        [address] The address of Norwegian Customs is wrong
       *[other] Norwegian Customs refused the token
    }
    .cause = { $variant ->
        [token] The exchange does not accept the token that was sent (answer { $status }). It may have expired, or be of the other environment.
        [rights] The exchange denies access (answer { $status }). Norwegian Customs has not published what its errors mean, so the answer is shown as received.
        [address] There is no exchange at the address, or it was called with another method than POST (answer { $status }).
        [form] The exchange does not accept the form of the request (answer { $status }). It has a form of its own, and not that of RFC 8693.
       *[other] The exchange was answered with { $status }. Norwegian Customs has not published what its errors mean, so the answer is shown as received.
    }
    .fix = { $variant ->
        [token]
            Get a new token from Maskinporten, and exchange it at once in the same environment.
            Send it as subject_token, and not in the header Authorization.
        [rights]
            Check that the business is registered for Digitoll, and that the scope is of its kind: toll: for Norwegian, toll:eu/ for foreign.
            Send what was received to Norwegian Customs: { $customs }.
        [address] Call POST https://api.toll.no/api/access/external/oauth/token, or in test the same path at https://api-test.toll.no.
        [form]
            Send a POST with Content-Type application/x-www-form-urlencoded.
            Send exactly these: grant_type=token-exchange, subject_token_type=access_token, and subject_token with Maskinporten's token.
            Do not write them as URNs (urn:ietf:params:oauth:…).
       *[other]
            Try again in some minutes.
            If it stays so, send what was received to Norwegian Customs: { $customs }.
    }
diagnosis-api-refused = { $variant ->
        [unexpected] Another answer than expected to the test call
       *[other] Norwegian Customs refused the call
    }
    .cause = { $variant ->
        [token] { $service } does not accept the Customs token (answer { $status }).
        [rights] { $service } accepts the token, but denies access to this call (answer { $status }).
        [path] The address of the test call for { $service } was not found (answer { $status }). It may have moved.
        [unexpected] { $service } answered with { $status } to the test call, where Norwegian Customs documents 200. The token was not refused.
        [address] There is nothing at the address, or it does not take that method (answer { $status }). This says nothing about your access.
        [form] { $service } does not accept the form of the call (answer { $status }).
       *[other] { $service } answered with { $status } to the call.
    }
    .fix = { $variant ->
        [path]
            Look for a newer version of klarert.
            The Customs token was received: your set-up works up to there.
        [unexpected]
            Look for a newer version of klarert.
            The Customs token was received: your set-up works up to there.
        [address]
            Compare the method and the address with Norwegian Customs' documentation.
            The only test call that Norwegian Customs documents is GET /api/movement/road/v2/test-auth.
        [rights]
            Ask Norwegian Customs ({ $customs }) whether your organisation has access to this call in this environment, and send them what was received.
        [form]
            Read the body of the answer: it may name what is wrong.
            Compare the content type and the content with Norwegian Customs' documentation.
       *[other]
            Check that the Customs token is used, not Maskinporten's, and that it has not expired.
            Ask Norwegian Customs ({ $customs }) whether your organisation has access in this environment, and send them what was received.
    }
diagnosis-message-invalid = Norwegian Customs does not accept the content of the message
    .cause = The token was accepted, so the set-up works. The answer names the fields of the message that are missing or wrong.
    .fix = Correct the fields that are named, and send the message again.

## Everything else

diagnosis-unknown = { $variant ->
        [not-an-error] This is not an error that klarert knows
        [token] This is no error: the answer has an access token
        [accepted] This is no error: Norwegian Customs has received a message
        [other-service] An error of another service
        [network] A message about the network
        [key-file] A message about a certificate or key file
        [expired] A certificate has expired
        [opening] A refusal whose cause is not known
        [refused] A refusal without its reason
        [whose] An answer of a service that is not named
        [cut] The text ends too early
        [code] A code of Maskinporten that klarert does not know
       *[other] An error that is not known
    }
    .cause = { $variant ->
        [not-an-error] It has no code, no trace id and no answer of a service that klarert recognises.
        [token] The request succeeded. The token is not shown.
        [accepted] The message is processed later. The answer has its id (requestId).
        [other-service] It seems to come from another service than Maskinporten and Norwegian Customs, or from a program that checks a token. klarert does not know those errors.
        [network] klarert does not know this message. It seems to be about the connection between the program and the service.
        [key-file] klarert does not know this message. It seems to be about a certificate or key file.
        [expired] The text does not tell whose it is: yours, or the one that the server showed.
        [opening] Maskinporten refused the request. The last sentence of its answer gives the cause, and klarert does not know it.
        [refused] A service refused the request, or a proxy on the way did. The answer was { $status }. The reason is in the body of the answer, which is not in this text.
        [whose] klarert does not know this error, and nothing in it tells which service answered.
        [cut] The last sentence of the answer gives the cause, and here it ends in the middle.
        [code] Maskinporten refused the request. The code tells why, and klarert does not know it.
       *[other] klarert does not know this error. It is shown as it was received.
    }
    .fix = { $variant ->
        [not-an-error]
            Give a code (MP-122) or an id: klarert explain lists them.
            Or give the whole answer of the service, with its error_description and error_uri: klarert explain < answer.json
        [token] If the next call fails, give its answer to klarert explain.
        [accepted] Ask the query API for the result, with that id.
        [other-service] Look for the error in the documentation of that service or program.
        [network]
            Run klarert check on the same computer: it tells what stops the connection.
            Else show the message to those who run the network.
        [key-file] Run klarert certificate on the file: it tells what the file is, and whether it can be used.
        [expired]
            Run klarert certificate on your file: it tells until when the certificate is valid.
            If yours is valid, run klarert check on the same computer: it tells what is wrong with the certificate of the server.
        [refused]
            Let the program show the whole answer: its status, its body, and the address that was called.
            Then give all of it to klarert explain.
        [whose]
            Find out which address the program called.
            If it is Maskinporten or Norwegian Customs, give the answer to klarert explain again, with that address.
            Else look for the error in the documentation of that service.
        [cut] Give klarert explain the whole answer, to the end of error_description.
        [code]
            Read what Maskinporten writes about the code: { $url }
            All codes are listed at https://maskinporten.no/errors/
            If that does not help, send what was received to { $contact }.
       *[other] { $party ->
            [customs] Send what was received to Norwegian Customs: { $customs }.
           *[other]
                Try again in some minutes.
                { $traced ->
                    [yes] If it stays so, send what was received, with the trace id, to { $contact }.
                   *[no] If it stays so, send what was received to { $contact }.
                }
        }
    }
