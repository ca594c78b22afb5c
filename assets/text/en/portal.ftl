# Samarbeidsportalen by its API: the commands, and the offer in the wizard.

portal-no-administration = No administration client is known for this.
    .hint = Digdir gives administration clients to system providers and large businesses. Keep yours with: klarert portal setup NAME --client-id … --certificate …
portal-not-administration = { $name } is not an administration client.
portal-several = Several administration clients fit: { $names }.
    .hint = Name the one to use with --admin NAME.
portal-is-administration = { $name } is an administration client. It has no onboarding.
portal-foreign = { $name } is a foreign business. It has no client in Samarbeidsportalen.
portal-incomplete = The organisation number or the services of { $name } are missing.
    .hint = klarert set { $name } business=norwegian organisation=… services=…{ $home }
portal-other-organisation = The administration client belongs to { $other }, but the profile is for { $organisation }. Its client would belong to { $other }.
    .hint = A supplier makes its own client: set organisation={ $other } and consumer-org={ $organisation }. The customer delegates the scopes to you in Altinn, as far as they can be delegated.
portal-other-environment = The administration client is for { $other-environment }, but the profile is for { $environment }.
    .hint = Digdir gives one administration client for each environment.
portal-no-api = No API of Samarbeidsportalen is known for the environment { $environment }.
    .hint = Give its address in config.toml, in [environments.{ $environment }]: self_service = "https://…"
portal-organisation-unknown = The organisation number could not be read from the file.
    .hint = Give it with --organisation.
portal-set-up = Check it with `klarert check { $name }{ $home }`. Then `klarert portal granted{ $home }` shows what has been granted to you.

portal-will-send = To be sent to { $base }, as { $admin }:
portal-not-granted = Not granted, and left out: { $scopes }
portal-confirm = Send it? [y/N]
portal-declined = Nothing was sent.
portal-unconfirmed = What will be sent must be confirmed, and here is no terminal to ask at.
    .hint = --dry-run shows it; --yes confirms it.
portal-run-again = Run the same command again: it goes on from there.

portal-has-client = { $profile } has the client { $client } already. Nothing was sent.
portal-created = { $profile } has the client { $client } now.
    .key = It has no key yet: klarert portal key { $profile }{ $home }
    .check = A new client is known to Maskinporten within ten minutes. Then: klarert check { $profile }{ $home }
portal-no-client = { $profile } has no client yet.
    .hint = klarert portal create { $profile }{ $home }
portal-no-scopes-added = The client { $client } has every scope of { $profile } that is granted. Nothing was sent.
portal-scopes-added = Now on the client { $client }: { $scopes }
portal-key-certificate = { $profile } signs with a certificate. A client with a registered key no longer accepts it.
    .hint = To use a key: klarert set { $profile } authentication=key{ $home }
portal-has-key = The client { $client } has the key { $kid } already. Nothing was sent.
portal-key-added = The client { $client } has the key { $kid } now. It is valid for a year, and known to Maskinporten within ten minutes.
portal-no-key = There is no RSA key in { $file }.
portal-no-key-yet = { $profile } has no key on its client yet.
    .hint = klarert portal key { $profile }{ $home }
portal-kid-taken = The client has another key with the name { $kid }.
    .hint = Give this one another name: klarert set { $profile } kid=…{ $home }
portal-keys-full = The client has five keys, which is the limit: { $kids }
    .hint = Remove one in Samarbeidsportalen. klarert removes no key of others.
portal-waiting = Waiting until Maskinporten knows the new key, { $limit } at most. Ctrl-C stops: the same command goes on from here.
portal-still-waiting = Waited { $waited } of { $limit }
portal-rotated = { $profile } uses the key { $kid } now. The key { $old } is no longer on the client. Its file is kept.

# The steps of a change, as a list of what is done and what is not.
portal-step-created = The client is created in Samarbeidsportalen
portal-step-id-saved = The client id is in the profile
portal-step-scopes-added = The scopes are on the client
portal-step-key-made = The key is in a file of this computer
portal-step-key-added = The key is on the client
portal-step-both-keys = The old and the new key are on the client
portal-step-key-accepted = Maskinporten accepts the new key
portal-step-key-used = The profile uses the new key
portal-step-old-key-removed = The old key is no longer on the client

portal-scope-europeans = also for European businesses
portal-scope-delegable = can be delegated
portal-scope-open = open to all
portal-scopes-none = No scope in the list has “{ $like }” in its name.
    .near = No scope in the list has “{ $like }” in its name. Did you mean { $nearest }?
portal-scopes-note = The list has public scopes only: a scope that is not in it may exist.
portal-none-granted = No scope has been granted.
portal-no-clients = There are no clients.
portal-state-approved = granted
portal-state-requested = asked for
portal-state-denied = denied

ticked-by-klarert = ticked by klarert
not-needed-with-api = not needed: klarert used the API
list-administration = administration client

## The open scope list, where scopes are typed

scope-listed = { $scope } is in the list of scopes.
scope-near = { $scope } is not in the list of public scopes. Did you mean { $nearest }?

## The wizard's integration step, where an administration client is known

client-offer = Or press c: klarert creates the client by the API, with your administration client.
client-plan-title = Create the client?
    .existing = Use this client?
client-plan-intro = This is sent to Samarbeidsportalen:
client-plan =
    Name: { $name }
    Description: { $description }
    Scopes: { $scopes }
    Grant type: { $grant-type }
client-plan-existing = Samarbeidsportalen has the client of this profile already: { $name }, { $client }. Its id is put into the profile. Nothing is sent.
plain-client-offer = c: klarert creates the client by the API, with your administration client.
plain-prompt-client-plan = Create it? y or n; Enter means no
    .existing = Use it? y or n; Enter means no
does-create-client = create the client
does-create = create it
    .existing = use it
notice-client-planning = Asking Samarbeidsportalen what has been granted…
notice-client-creating = Creating the client…
    .existing = Putting the client id into the profile…
notice-client-created = Created. The client id { $client } is in the profile.
    .existing = Nothing was sent. The client id { $client } is in the profile.
notice-client-failed = { $title }. More about it: klarert portal create { $name }{ $home }
