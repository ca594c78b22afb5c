# What the commands say, and the words of --help.

command-error = error: { $what }
command-hint = hint: { $hint }
command-refused = { $flag }: { $rule }
command-no-home = No folder was found for the program's own files.
    .hint = Name one with --home DIR, or set KLARERT_HOME.
command-no-terminal = The guide needs a terminal, and here is none to draw on or to read keys from.
    .hint = `--plain` asks in lines of text instead. `klarert new NAME --business …` writes a profile from flags. Also without a terminal: `klarert list`, `klarert show NAME`, `klarert check NAME`. `klarert --help` has them all.

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
