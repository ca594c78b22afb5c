# What the commands say, and the words of --help.

command-error = error: { $what }
command-hint = hint: { $hint }
command-refused = { $flag }: { $rule }
command-no-home = No folder was found for the program's own files.
    .hint = Name one with --home DIR, or set KLARERT_HOME.
command-no-terminal = The guide needs a terminal, and here is none to draw on or to read keys from.
    .hint = Without a terminal: `klarert list`, `klarert show NAME`, `klarert check NAME`. `klarert --help` has them all.

## Files

store-not-found = There is no profile named { $name }.
    .hint = `klarert list` shows those there are; `klarert new NAME` makes one.
store-exists = There is a profile named { $name } already.
    .hint = Choose another name, or go on with that one: `klarert resume NAME`.
store-changed = { $path } has been changed since it was read, by another window or another program. Nothing was written.
    .hint = Read the profile again, and repeat the change. Nothing of what the other wrote is lost.
store-malformed = { $path }, line { $line }, column { $column }: { $problem }
    .hint = The file is left as it is. Mend it in an editor; the other profiles still work.
store-newer-format = { $path } was written by a newer version of klarert (format { $found }).
    .hint = The file is left as it is. Install the newest version to use it.
store-not-a-file = { $path } is not a file that klarert could have written: it is a folder, a device or far too large.
    .hint = Move it away, then try again.
store-denied = { $path } may not be read or written by this user.
    .hint = { store-io.hint }
store-full = The disk is full, so { $path } could not be written. The file that was there is unharmed.
store-read-only = { $path } is on a disk that can only be read.
store-io = { $path } could not be read or written: { $words }
    .hint = Look at who owns the file and its folder, and at the disk. Another folder can be named with --home DIR.

problem-syntax = this is not TOML ({ $words }).
problem-not-text = there is a byte here that is not UTF-8 text. Save the file as UTF-8.
problem-type = `{ $key }` must be { $expected }.
problem-value = `{ $key }` can be one of: { $known }.
problem-missing = `{ $key }` must be there, and is not.
problem-key = `{ $key }` is not a key that is known here. Those that are: { $known }.
problem-newer-format = this is format { $found }, which is newer than this version of klarert.
problem-environment-name = `{ $key }` cannot be the name of an environment: small letters, digits, hyphens, and not test, prod or sandbox.
problem-issuer-slash = `{ $key }` must end with a slash: the grant names the issuer exactly, with its slash.
problem-address = `{ $key }` must be a whole address that begins with https://, without a user, a query or a fragment.
problem-address-http = `{ $key }` must begin with https://. Only an address on this computer may begin with http://.

expected-text = a text in quotes
expected-texts = a list of texts: ["…", "…"]
expected-number = a whole number
expected-moment = a date and time with its zone, without quotes: 2026-11-22T17:00:00Z
expected-table = a table

## list

list-empty = There are no profiles yet. `klarert new` starts one.
list-calm = Nothing needs attention.
list-unreadable = cannot be read
list-done = all done
list-steps = { $done } of { $all }
list-never-checked = not checked yet
list-passed = check passed { $day }
list-failed = the check failed
list-failed-code = the check failed: { $code }
list-ended = the certificate has ended
list-ends = { $days ->
    [one] the certificate ends in one day
   *[other] the certificate ends in { $days } days
}
list-days-left = the certificate has { $days } days left
list-waiting = waiting for { $who }
list-waiting-since = waiting for { $who } since { $day }

## new, set, done, undo, show

edit-saved = Saved: { $path }
edit-next = Next: { $next }
edit-no-name = The new profile has no name.
    .hint = Give one: `klarert new acme …`, or the business's own name with --name.
edit-unknown-key = “{ $key }” is not an answer that can be set.
    .hint = Write KEY=VALUE, with one of these keys: { $known }
edit-unknown-item = “{ $item }” is not something that this profile has to do.
    .hint = One of these, or the part before the dot for all of a step: { $known }
show-missing = missing: { $field } ({ $key }=…)
show-failed = the check was last run { $day }

refused-choice = One of { $known }: “{ $written }” is not.
refused-only-for = This is asked of a { $kind ->
    [norwegian] Norwegian
   *[foreign] foreign
} business only.
refused-only-with = This is asked only with authentication={ $way }.
refused-consumer-self = This is the business's own number. It is only for a supplier that acts for another organisation.

import-nothing = Nothing was found in { $file } that belongs in a profile.
    .hint = Understood are the properties of jwt-grant-generator, and .env files with MASKINPORTEN_CLIENT_ID and the like.
import-passed-by = Passed by: { $names }. What is secret among them is not kept.

## export

export-no-environment = The environment “{ $environment }” is in neither klarert nor config.toml, so its addresses are not known.
    .hint = Add it to config.toml, or choose another: `klarert set NAME environment=test`.
export-missing = Still to be answered, and so marked or empty above: { $missing }
export-key-only = This client signs with a key registered on the client only, and this profile uses a certificate.
export-certificate-only = This client signs with a certificate only, and this profile uses a registered key.
export-environment-fixed = This client knows the addresses of test and production only, and this profile uses others.
export-other-hint = `klarert export --help` names the other formats.
export-client-id = client id
export-file = file
export-password = the certificate's password
export-alias = the key's alias in the file
export-jwk = the private key as a JWK, in base64
export-password-env = The certificate's password goes here, or better into a secret store. klarert never keeps it.
export-password-here = The passwords of the file and of the key go here. klarert never keeps them.
export-key-here = The private key in PEM goes here, or better into a secret store. klarert never keeps it.
export-curl-token = 1. A grant, signed with the key, sent to { $endpoint }: klarert does it, and asks for the password if it needs one.
export-curl-exchange = 2. Maskinporten's token exchanged for a Customs token.
export-curl-call = 3. A call that answers 200 to a good Customs token.
export-curl-no-customs = This environment has no Customs: the length of the token is all there is to show.
export-curl-no-call = 3. Customs documents no test call for these services: the Customs token is the last thing that can be tried.

handoff-title = { $name }: Maskinporten and Norwegian Customs
handoff-not-yet = not yet
handoff-environment = Environment
handoff-organisation = Organisation
handoff-client = Client id (issuer)
handoff-scopes = Scopes
handoff-authentication = Proven with
handoff-certificate = the business's certificate, in the grant's header (x5c)
handoff-key = a key registered on the client (kid { $kid })
handoff-consumer = Acts for
handoff-file = File

## rename, copy, remove, restore, where

keep-renamed = { $from } is now { $to }.
keep-copied = { $to } is a copy of { $from }.
keep-anew = It is for another environment, so these are to be done or answered anew:
keep-removed = { $name } is in the bin. `klarert restore { $name }` brings it back.
keep-restored = { $name } is back.

where-home = folder
where-profiles = profiles
where-config = settings
where-language = language
where-terminal = terminal
where-set = (set)
where-none = (none)

## --help: `help` is the program, `help-<command>` a command, its attributes the arguments

help = A guide from a business certificate to Norwegian Customs' Digitoll APIs, through Maskinporten.
    .home = The folder for profiles and settings, in place of the usual one (or KLARERT_HOME)
    .lang = The language: English or Norwegian Bokmål
    .no_color = No colours (or NO_COLOR)
    .plain = Lines of text in place of a drawn screen, for a screen reader or a log
    .sandbox = Use a Maskinporten and a Customs of this computer's own: nothing leaves it
    .example =
        Examples:
          klarert                 choose a profile to go on with, or start a new one
          klarert --sandbox       try the whole road with nothing at stake
          klarert check acme      test an existing set-up

help-list = Show every profile on one line, what needs attention first
    .json = One JSON object a line, for programs
    .attention = Only those that need attention; exit code 1 when there are any
    .example = Example: klarert list --attention
help-new = Start the guide on a new profile; with answers as flags, write it at once
    .profile = What to call the profile: small letters, digits, hyphens
    .business = norwegian or foreign; follows from the next two where they are given
    .norwegian-number = Whether it has a Norwegian organisation number
    .portal-login = Whether someone in it can log in to Samarbeidsportalen
    .environment = test, prod, sandbox, or one from config.toml
    .name = The business's name
    .organisation = Nine digits; foreign: as in the certificate, such as VATDE-123456789
    .services = road, air, rail, sea, entry or documents; may be repeated
    .own-scopes = Other scopes than those of the services
    .client-id = The client id from Samarbeidsportalen
    .issuer-name = Foreign: the name to send as the issuer
    .authentication = certificate, or key: a key registered on the client
    .kid = That key's name
    .certificate = The .p12, .pfx, .pem, .crt or .der; with a key, its file
    .key-file = The private key, where it is in a file of its own
    .chain-file = The chain, where it is in a file of its own
    .consumer-org = A supplier only: whom it acts for
    .example = Example: klarert new acme --business norwegian --organisation 123456785 --service road
help-resume = Go on where you were
    .profile = The profile; the most recently used one if it is left out
    .example = Example: klarert resume acme
help-show = Show one profile: every step, what is done, what is missing, who must act
    .profile = The profile
    .json = One JSON object, for programs
    .example = Example: klarert show acme
help-set = Change answers of a profile
    .profile = The profile
    .answers = The keys are those of `new`, without the dashes, but `services`; nothing after = takes an answer away
    .example = Example: klarert set acme client-id=3f1c6a52-… certificate=acme.p12
help-done = Tick what has been done
    .profile = The profile
    .items = As `show --json` names them; a step's name stands for all of it
    .example = Example: klarert done acme customs.form customs.submit
help-undo = Take ticks away again
    .profile = The profile
    .items = As `show --json` names them; a step's name stands for all of it
    .example = Example: klarert undo acme customs.submit
help-everywhere = Everywhere
help-sandbox = Serve a Maskinporten and a Customs for trying things out, until Ctrl-C
    .port = The port on 127.0.0.1; 0 takes any free one
    .register_key = Register the public key in FILE (PEM or JWK; of a private key only the public half is read)
    .kid = The name of the registered key, as grants give it
    .client_id = The client to register the key on; made if the sandbox does not have it
    .scopes = A scope for that client, granted as well; may be repeated
    .json = Say where it listens and what it knows as one line of JSON
    .example = Example: klarert sandbox --port 0
help-export = Write the set-up for others: no secret is in it
    .profile = The profile
    .format = handoff (for people), env, curl, json, grant-generator, appsettings, spring, pymaskinporten or typescript
    .example = Example: klarert export acme --format handoff > acme.md
help-completions = Write the completions of a shell
    .shell = The shell
    .example = Example: klarert completions bash > ~/.local/share/bash-completion/completions/klarert
help-man = Write the manual page
    .example = Example: klarert man | man -l -
help-rename = Give a profile another name
    .profile = The profile
    .to = Its new name
    .example = Example: klarert rename acme acme-test
help-copy = Copy a profile, for another environment too: what must be done anew is said
    .profile = The profile
    .to = What to call the copy
    .environment = The copy's environment, if it is another
    .example = Example: klarert copy acme-test acme-prod --environment prod
help-remove = Put a profile into the bin
    .profile = The profile
    .example = Example: klarert remove acme
help-restore = Take a profile out of the bin again
    .profile = The profile
    .example = Example: klarert restore acme
help-where = Show folders, language, terminal, proxies and variables, for those who help
    .example = Example: klarert where
help-import = Make a profile of another client's settings
    .profile = What to call the profile
    .file = jwt-grant-generator's properties, or an .env file
    .example = Example: klarert import acme client.properties
help-certificate = Show what a certificate file is, and whether it will do
    .file = The .p12, .pfx, .pem, .crt or .der
    .key = The private key, where it is in a file of its own
    .chain = The chain, where it is in a file of its own
    .business = Judge it for a norwegian or a foreign business
    .environment = Judge it for test or prod
    .organisation = The organisation it should be for
    .authentication = certificate, or key: a key registered on the client
    .pick = Take the N-th best where the file has several
    .password_stdin = Read the password from standard input (or KLARERT_PASSWORD)
    .json = One JSON object, for programs
    .example = Example: klarert certificate acme.p12 --environment test
help-csr = Make a key and a certificate request for an eSeal
    .organisation = The organizationIdentifier, such as VATDE-123456789
    .name = The business's name
    .country = Two letters, such as DE
    .common_name = The common name, if it is not the business's name
    .state = State or province
    .locality = Town
    .unit = Part of the organisation
    .serial_number = Serial number, where the issuer asks for one
    .out = Where to write the private key
    .request = Where to write the request
    .bits = How long the key is
    .example = Example: klarert csr --organisation VATDE-123456789 --name "Demo GmbH" --country DE
help-key = Make a key pair, and its public JWK for the client
    .out = Where to write the private key
    .kid = The key's name; its RFC 7638 thumbprint if it is left out
    .bits = How long the key is
    .example = Example: klarert key --kid acme-2026
