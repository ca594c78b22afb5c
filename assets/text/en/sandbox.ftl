# The sandbox: its label, its output at start, and what can be tried in it.

sandbox-label = SANDBOX · nothing here is real
sandbox-started = An imitation of Maskinporten and Norwegian Customs on this computer, to try things out. Nothing is sent from it.
sandbox-addresses = It listens at
sandbox-norwegian = Norwegian business: { $name }, { $organisation }
sandbox-foreign = Foreign business: { $name }, { $organisation }
sandbox-key = The Norwegian business's other client, with a registered key
sandbox-administration = The Norwegian business's administration client, for the API of Samarbeidsportalen
sandbox-registered = Your key is registered on this client
sandbox-password = The password of every demonstration file is { $password }
sandbox-stop = Press Ctrl-C to stop.

sandbox-key-unreadable = No RSA key was found in { $file }.
    .hint = Give a public or private key in PEM, a certificate in PEM, or a JWK.
sandbox-port-unusable = { $kind ->
        [taken] Port { $port } on this computer is taken: another sandbox or another program listens there.
        [denied] Port { $port } may not be used by this user.
       *[other] Port { $port } on this computer cannot be used: { $why }
    }
    .hint = Give another port: `klarert sandbox --port 0` takes any free one, and says which.
sandbox-folder-unusable = The demonstration files could not be made: { $why }
    .hint = Check that the folder can be written to, or choose another with --home.
sandbox-server-failed = The sandbox could not start: { $why }

# What to try, and what will happen. $value is the answer to give instead of the demonstration's.
sandbox-refusal-client-unknown = Give the client id { $value }: no client has it.
sandbox-refusal-production-certificate = Choose the certificate { $value }: it is for production, and the test environment refuses those.
sandbox-refusal-certificate-revoked = Choose the certificate { $value }: its issuer has revoked it, which only Maskinporten can see.
sandbox-refusal-organisation-mismatch = Choose the certificate { $value }: it belongs to another organisation than the client.
sandbox-refusal-scope-not-on-client = Choose the service { $value } as well: its scope is not on the client.
sandbox-refusal-scope-not-granted = Choose the service { $value } as well: Customs has not granted its scope.
sandbox-refusal-wrong-integration-type = Give the client id { $value }: it was created with the wrong integration type.
sandbox-refusal-kid-required = Give the client id { $value }: it has a registered key, so a certificate is not accepted.
sandbox-refusal-key-expired = Use the client with a registered key, and give the kid { $value }: that key was uploaded more than a year ago.
sandbox-refusal-customs-not-authorised = Add the scope { $value }: Maskinporten gives a token, but Customs does not exchange it.
sandbox-refusal-chain-missing = Choose the certificate { $value }: it comes without the certificates of its issuer.
sandbox-refusal-business-not-registered = Choose the certificate { $value }: Maskinporten accepts the eSeal, but its business is not registered with Customs.
sandbox-refusal-service-not-registered = Choose the service { $value } as well: Maskinporten gives a token, but the business is not registered with Customs for this service.

# In the wizard.
sandbox-starting = Starting the sandbox…
sandbox-checklist-note = Sandbox: nothing has to be done elsewhere. Tick the items to see how the list works.
sandbox-password-note = Sandbox: the password is { $password }
sandbox-refusals = Sandbox: see what can go wrong. Change one answer, and run the check again.

# What to do about a refusal of the sandbox. The actions outside it follow.
sandbox-fix = Sandbox: take your last change back. Untick the service, remove the scope, or empty the field and take the suggestion. Then run the check again.
outside-sandbox = Outside the sandbox: { $text }
