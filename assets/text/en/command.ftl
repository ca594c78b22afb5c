# The output of the commands.

command-error = error: { $what }
command-warning = warning: { $what }
command-hint = hint: { $hint }
command-refused = { $flag }: { $rule }
command-home-open = All users of this computer may change { $folder }, and so the addresses that klarert uses. Only you should: chmod o-w "{ $folder }"
command-no-home = No folder was found for the program's own files.
    .hint = Name one with --home DIR, or set KLARERT_HOME.
command-no-terminal = The wizard needs a terminal, and here is none to draw on or to read keys from.
    .hint = `--plain` asks in lines of text instead. `klarert new NAME --business …` writes a profile from flags. Also without a terminal: `klarert list`, `klarert show NAME`, `klarert check NAME`. `klarert --help` lists all commands.
    .mintty = This window gives Windows programs no keys. Start the wizard with `winpty klarert`, or in Windows Terminal. `klarert --plain` asks in lines of text here.

usage-missing = Missing: { $missing }
usage-no-value = { $argument } has no value.
usage-value = invalid value “{ $value }” for { $argument }: must be one of { $known }
usage-unfit = invalid value “{ $value }” for { $argument }{ $flag ->
        [jobs] : must be a whole number from 1 to 64
        [pick] : must be a whole number from 1
        [port] : must be a whole number from 0 to 65535
        [ends-within] : must be a whole number of days from 0 to 65535
       *[other] .
    }
usage-unknown = unknown argument { $argument }
usage-twice = { $argument } was given twice.
usage-conflict = { $argument } and { $other } do not go together.
usage-no-command = There is no command “{ $word }”.
usage-suggested = Did you mean `{ $suggested }`?
usage-hint = Usage: `{ $usage }`. `klarert { $command } --help` explains it.
usage-help = `klarert { $command } --help` lists the arguments.
    .commands = `klarert { $command } --help` lists the commands.
usage-all = `klarert --help` lists all commands.

## Files

store-not-found = There is no profile named { $name }.
    .hint = `klarert list` shows those there are; `klarert new NAME` makes one.
store-exists = There is a profile named { $name } already.
    .hint = Choose another name, or go on with that one: `klarert resume { $name }`, or without the wizard `klarert set { $name } KEY=VALUE`.
store-changed = { $path } has been changed since it was read, by another window or another program. This change was not saved.
    .hint = Read the profile again, and repeat the change. Nothing of what the other wrote is lost.
store-malformed = { $path }, line { $line }, column { $column }: { $problem }
    .hint = The file was not changed. Correct it in an editor. The other profiles still work.
    .config = The file was not changed. Correct it in an editor: nothing can be checked before that. The profiles are intact.
store-newer-format = { $path } was written by a newer version of klarert (format { $found }).
    .hint = The file was not changed. Install the newest version to use it.
store-not-a-file = { $path } is not a file that klarert could have written: it is a folder, a device or far too large.
    .hint = Move it away, then try again.
store-denied = { $path } may not be read or written by this user.
    .hint = { store-io.hint }
store-in-use = { $path } is open in another program, so klarert could not read or write it.
    .hint = A virus scanner, a backup or OneDrive releases it by itself: wait a moment, then try again. Close other programs that have it open.
store-full = The disk is full, so { $path } could not be written. It is as it was before.
    .hint = Make space on that disk, then try again.
store-read-only = { $path } is on a disk that can only be read.
    .hint = Another folder can be named with --home DIR.
store-locked = { $path } is locked: another klarert has been writing for 20 seconds.
    .hint = Wait until it has ended, or end it. Then try again.
store-waiting = Waiting for another klarert that is writing …
folder-unread = The current folder could not be read: { $error }
io-reason = { $what ->
        [not-found] there is no such file or folder.
        [permission] this user does not have the permission.
        [folder] it is a folder.
        [not-a-folder] a part of the path is a file, not a folder.
        [in-use] another program has it open.
        [full] the disk is full.
        [read-only] the disk can only be read.
        [name] the name is too long, or has characters that are not allowed.
        [too-large] the file is too large.
        [timed-out] nothing came within the time limit.
        [not-text] the content is not UTF-8 text.
       *[other] { $error }
    }
store-io = { $path } could not be read or written: { $error }
    .hint = Check who owns the file and its folder, and whether the disk works. Another folder can be named with --home DIR.

problem-syntax = { $what ->
        [twice] the same name is there twice.
        [table] the name of a table is not closed with a ].
        [bracket] a bracket is not closed.
        [quotes] a text must be in quotation marks, and end with the same one in the same line.
        [backslash] a \ in double quotation marks begins a special character. Write \\, or use single quotation marks.
        [value] there is a name without a value.
        [comma] a comma is missing, or there is one too many.
        [no-value] a value is missing, or a text is not in quotation marks. Example: name = "Acme AS".
        [more] there is something behind the end of the value or of the table's name.
        [name] the name before the = is missing.
       *[other] this is not valid TOML ({ $error }).
    }
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
expected-day = a day without a time, without quotes: 2026-11-22
expected-table = a table

## list

list-nothing = There are no profiles in { $folder }. `klarert new` starts one; --home or KLARERT_HOME names another folder.
list-calm = Nothing needs attention.
list-unreadable = cannot be read
list-done = all done
list-steps = { $done } of { $all }
list-never-checked = not checked yet
list-passed = check passed { $day }
list-changed = changed since the last check
list-failed = the check failed
list-failed-code = the check failed: { $title } ({ $code })
list-failed-title = the check failed: { $title }
list-none-ends = { $days ->
    [0] No certificate and no registered key ends today.
    [one] No certificate and no registered key ends within one day.
   *[other] No certificate and no registered key ends within { $days } days.
}
list-ends-unknown = Not known when it ends: { $names }. `klarert check NAME` reads the certificate; for a registered key, `klarert set NAME key-registered=DAY` says from when it counts.
list-waiting = waiting for { $who }
list-waiting-since = waiting for { $who } since { $day }

## new, set, done, undo, show

edit-saved = Saved: { $path }
edit-next = Next: { $next }
edit-kind-changed = { $kind ->
        [norwegian] It is now a Norwegian business.
        [foreign] It is now a foreign business.
       *[none] It is not known any more whether the business is Norwegian or foreign.
    } What follows from that has changed too: the questions, the steps, the scopes and how the organisation is written.
edit-contrary = { $one } { $first } and { $other } { $second } contradict each other.
    .hint = A Norwegian business has a Norwegian organisation number and someone who can log in to Samarbeidsportalen. Any other business is foreign here, also one with a Norwegian number (NUF).
edit-no-name = The new profile has no name.
    .hint = Give one: `klarert new acme …`, or the business's own name with --name.
edit-unknown-key = “{ $key }” is not an answer that can be set.
    .hint = Write KEY=VALUE, with one of these keys: { $known }
edit-no-value = “{ $key }” has no value.
    .hint = Write KEY=VALUE without blanks around the =, for example name="Acme AS" or client-id=…
edit-unknown-item = “{ $item }” is not something that this profile has to do.
    .hint = One of these, or the part before the dot for all of a step: { $known }
    .none = This profile has no items to tick.
show-missing = missing: { $field } ({ $key }=…)
show-checked = the check was last run { $day }

refused-choice = “{ $written }” is none of: { $known }.
refused-sandbox = “{ $written }” contradicts --sandbox, which uses the environment “sandbox” only.
refused-service = { $reason ->
        [announced] Norwegian Customs has announced “{ $written }”, but not opened it.
       *[branch] “{ $written }” is for { $kind ->
            [foreign] Norwegian businesses only: Norwegian Customs documents no scope of it for foreign ones.
           *[norwegian] foreign businesses only: Norwegian Customs documents no scope of it for Norwegian ones.
        }
    } These can be chosen: { $known }.
refused-administration = an administration client is of a Norwegian business, and has fixed scopes
refused-only-for = This is asked of a { $kind ->
    [norwegian] Norwegian
   *[foreign] foreign
} business only.
refused-only-with = This is asked only with authentication={ $way }.
refused-consumer-self = This is the business's own number. It is only for a supplier that acts for another organisation.

import-unread = { $file } could not be read: { $error }
    .hint = Check the path, and who may read the file.
import-nothing = Nothing was found in { $file } that belongs in a profile.
    .hint = klarert imports .env files and variables (also those of nais), properties of jwt-grant-generator, application.yaml of Spring, appsettings.json, and what klarert export writes.
import-other = { $file } is { $what ->
        [empty] empty
        [key-file] a key or a certificate
        [script] a script
        [html] a web page
        [xml] XML
        [markdown] a hand-off for people (Markdown)
        [terraform] a Terraform file
        [part-of-profile] a part of a profile in JSON
        [several-objects] several JSON objects
       *[binary] a binary file
    }, which klarert does not import.
    .hint = { $what ->
        [key-file] Make a profile with klarert new, and give this file with --certificate.
        [part-of-profile] A file with all answers and ticks is written by `klarert export NAME --format json`.
        [several-objects] Import one profile at a time. Its file is written by `klarert export NAME --format json`.
       *[other] klarert imports .env files and variables, properties, application.yaml of Spring, appsettings.json, and what klarert export writes.
    }
import-malformed = { $format ->
        [json] { $file } is not valid JSON: see line { $line }, column { $column }.
        [yaml] { $file } is not valid YAML: see line { $line }, column { $column }.
       *[profile] { $file } looks like a profile of klarert, but is not valid.
    }
    .hint = Correct the file, and import it again. Nothing was saved.
import-contradiction = { $file } has two answers: { $one } gives “{ $first }”, and { $other } gives “{ $second }”.
    .hint = Remove the wrong one, and import the file again. If it is the environment, --environment decides. Nothing was saved.
import-issuer-number = In { $file }, { $name } is the organisation number { $value }. klarert expects the address of Maskinporten or a client id there.
    .hint = Put the client id from Samarbeidsportalen in its place, or in MASKINPORTEN_CLIENT_ID. Nothing was saved.
import-repeated = { $file } has { $name } twice: the second one is in line { $line }.
    .hint = Remove the wrong one, and import the file again. Nothing was saved.
import-documents = { $file } has settings of Maskinporten in two documents, from line { $one } and from line { $other }. klarert does not know which one to use.
    .hint = Copy the settings of one environment to a file of its own, and import that. Nothing was saved.
import-mixed-scopes = { $file } has scopes for two kinds of business: { $norwegian } is for a Norwegian business, and { $foreign } is for a foreign one.
    .hint = Keep the scopes of one kind, and import the file again. Nothing was saved.
import-unclear = { $place ->
        [line] Line { $name } of { $file } names { $host }, but klarert cannot read the line.
       *[setting] In { $file }, { $name } names { $host }, but klarert cannot read its value.
    }
    .hint = Write it as NAME=https://…, or choose the environment with --environment test or --environment prod. Nothing was saved.
import-assumed = { $what ->
        [environment] The file does not say which Maskinporten it is for. The test environment was assumed. For production: `{ $command }`
        [key] The file names a key without a certificate. A key registered on the client was assumed.
       *[norwegian] The file does not say what kind of business it is. A Norwegian business was assumed.
    }
import-left = Not imported: { $names }. klarert saves no secrets, and the others are not part of a profile.
import-left-profile = Not imported: { $names }. These belong to the profile that the file is from. If they apply here too, put them into the file of the new profile.
import-open = Only placeholders in the file: { $names }. These are still to be answered.
import-issuer-unknown = The file names another Maskinporten, { $issuer }, which is in neither klarert nor config.toml. The profile is for the environment “{ $environment }” instead. For another one: `{ $command }`, or `klarert import … --environment ID`.

## export

export-no-environment = The environment “{ $environment }” is in neither klarert nor config.toml, so its addresses are not known.
    .hint = Add it to config.toml, or choose another: `klarert set NAME environment=test`.
export-missing = Still to be answered, and so marked or empty above: { $missing }
export-several = Only handoff, json, ics and prometheus take several profiles.
    .hint = Write one file for each: settings of several profiles in one would overwrite each other.
export-key-only = This client signs with a key registered on the client only, and this profile uses a certificate.
export-chain-left-out = This client sends the certificate without its chain, and Maskinporten wants the whole chain of an eSeal.
export-no-consumer = This client cannot act for another organisation, and this profile does (consumer-org).
export-keystore-only = This client reads the certificate and its key from one .p12 file, and this profile has them in another form.
    .hint = Make one: `openssl pkcs12 -export -inkey { $key } -in { $certificate } -out { $keystore }`, then `klarert set { $profile } { $answer } key-file= chain-file=`.
export-keystore-key = This client reads the key from a .p12 file, which also has a certificate. This profile has the key only.
    .hint = Make both. Maskinporten does not read this certificate: `openssl req -x509 -new -key { $key } -subj /CN={ $profile } -days 3650 -out { $certificate }`, then `openssl pkcs12 -export -inkey { $key } -in { $certificate } -out { $keystore }`, then `klarert set { $profile } { $answer }`. Or choose another format: spring, appsettings, pymaskinporten and typescript need no certificate.
export-jwk-unread = This client cannot read a key from a JWK file, as this profile has it.
export-jks =
    .hint = Convert the keystore first, with keytool from Java: `keytool -importkeystore -srckeystore { $key } -destkeystore { $keystore } -deststoretype PKCS12`, then `klarert set { $profile } { $answer }`.
export-pem-only = This client reads the key from a PEM file, and this profile has it in another form.
    .hint = Make one: `openssl pkcs12{ $legacy } -in { $file } -nocerts -noenc -out { $pem }`, then `klarert set { $profile } { $answer }`.{ $note }
export-legacy-note = The file has an old encryption, which OpenSSL 3 reads with -legacy only. Older versions of OpenSSL and LibreSSL have no such option: leave it out there.
export-environment-fixed = This client knows the addresses of test and production only, and this profile uses others.
export-other-hint = `klarert export --help` names the other formats.
export-sandbox = The sandbox answers there once `klarert sandbox` runs in another window.
export-client-id = client id
export-file = file
export-password = the certificate's password
export-alias = the key's alias in the file
export-jwk = the private key as a JWK with its kid, in base64
export-x509 = the certificate and its key in one .p12 without a password, in base64
export-answers = The answers in klarert, for klarert import:
export-password-env = The certificate's password goes here, or better into a secret store. klarert never saves it.
export-password-here = The passwords of the file and of the key go here. klarert never saves them.
export-key-here = The private key goes here, in PEM (PKCS#8) and without a password, or better into a secret store. klarert never saves it.
export-key-pkcs8 = The file with the key must be PEM (PKCS#8, BEGIN PRIVATE KEY) and without a password.
export-scopes-in-code = The scopes are named in the code, where a token is asked for: { $scopes }
export-try = To try it: { $command }
export-curl-token = 1. A grant, signed with the key, sent to { $endpoint }: klarert does it, and asks for the password if it needs one.
export-curl-exchange = 2. Maskinporten's token exchanged for a Customs token.
export-curl-no-token = Norwegian Customs did not answer with a token.
export-curl-call = 3. A call that answers 200 to a good Customs token.
export-curl-no-customs = This environment has no Customs: the length of the token is all there is to show.
export-curl-no-call = 3. Customs documents no test call for these services: the Customs token is the last thing that can be tried.
export-powershell-ca = PowerShell trusts the certificates of the system only. Import { $file } there first.

handoff-title = { $name }: Maskinporten and Norwegian Customs
    .maskinporten = { $name }: Maskinporten
handoff-not-yet = not yet
handoff-environment = Environment
handoff-organisation = Organisation
handoff-client = Client id (issuer)
handoff-scopes = Scopes
handoff-authentication = Authentication
handoff-certificate = { $kind ->
        [foreign] eSeal
       *[other] business certificate
    } in the header of the grant (x5c)
handoff-key = a key registered on the client (kid { $kid })
handoff-consumer = Acts for
handoff-ends = { $what ->
    [key] The registered key ends
   *[certificate] The certificate ends
}
handoff-file = File
handoff-check = { $outcome ->
        [passed] The last check passed on { $day }.
        [passed-changed] The last check passed on { $day }. The answers have changed since.
        [failed] The last check failed on { $day }.
        [failed-changed] The last check failed on { $day }. The answers have changed since.
       *[none] The connection has not been checked yet.
    }

## Ticks and answers that a change removes

removed-ticks = These ticks were made for other answers and are removed:
    .back = If they still apply: `{ $command }`
removed-answers = These answers were for the environment “{ $environment }” and are removed:
    .back = If they apply here too: `{ $command }`

## rename, copy, remove, restore, where

profile-renamed = { $from } is now { $to }.
profile-copied = { $to } is a copy of { $from }.
profile-removed = Moved { $name } to the trash. Undo with `klarert restore { $name }{ $home }`.
profile-not-in-trash = There is no “{ $name }” in the trash.
    .hint = In the trash: { $names }. `klarert restore` lists them.
    .empty = The trash is empty: only what `klarert remove` took away can be restored. `klarert list` shows the profiles there are.
profile-restored = { $name } is back.
    .as = { $name } is back, and is now called { $to }.
    .taken = Give the one from the trash another name: `klarert restore { $name } --as NEW-NAME{ $home }`.
    .one = --as is for one profile only.
trash-empty = The trash is empty.
trash-changed = last changed { $day }

where-home = folder
where-profiles = profiles
where-config = settings
where-language = language
where-terminal = terminal
where-color = colours
where-no-color = no colours
where-symbols = symbols
where-no-symbols = no symbols
where-ca-file = { $count ->
        [one] one root certificate from ca_file
       *[other] { $count } root certificates from ca_file
    }{ $unreadable ->
        [0] {""}
        [one] , and one part of it that cannot be read
       *[other] , and { $unreadable } parts of it that cannot be read
    }
where-roaming = The home folder is copied to other computers of the company, and to a server (AppData\Roaming). To keep it on this computer, move it to AppData\Local and correct the paths in the profiles.
where-proxy-script = Windows' settings have a script for the proxy (PAC). klarert does not run it. If connections fail, ask those who run the network for the proxy's address, and set HTTPS_PROXY to it.
where-proxy-per-protocol = Windows' settings have a proxy for each protocol, which klarert does not read. Set HTTPS_PROXY to the one for https.
where-no-proxy-unknown = In NO_PROXY, this is not understood and has no effect: { $entries }
where-direct = directly
where-set = (set)
where-none = (none)

## check, token, explain

targets-none = There are no profiles yet, so there is nothing to check.
    .hint = `klarert new` starts one. `klarert check --sandbox` shows a whole check, without risk.
targets-several = There are several profiles, and none was named.
    .hint = Name one or more ({ $names }), or give --all.
    .one = Name one of them: { $names }.
targets-incomplete = { $profile }: without the wizard, `klarert set { $profile } { $answers }{ $home }`
environments-unknown = Neither klarert nor config.toml has the environment of { $profiles }.
names-more = { $names } and { $count } more
token-no-customs-scope = None of the scopes belongs to Norwegian Customs.
    .hint = Without --customs, the token is that of Maskinporten.
targets-environment-unknown = { $profile } names an environment that neither klarert nor config.toml has: “{ $environment }”.
    .hint = Choose one: `klarert set { $profile } environment=test{ $home }`. One of your own is written in config.toml, under [environments.NAME].
targets-not-sandbox = { $profile } is for the environment “{ $environment }”, and with --sandbox nothing leaves this computer.
    .hint = Leave --sandbox out to check it where it belongs, or name no profile to check the sandbox's own.
    .change = Leave --sandbox out to change it.
password-ask = Password for { $file } (profile { $profile }):
password-nothing-came = Nothing came on standard input, where --password-stdin expects a password and a line break.
password-lacking = { $profile }: give the password in { $variable } or KLARERT_PASSWORD, or as a line on standard input with --password-stdin.
password-mintty = This window gives Windows programs no keys, so klarert cannot ask for a password in it. Write `winpty` before the command, as in `winpty klarert check`, or use Windows Terminal.
token-sandbox-ends = This token is from a sandbox that ended with this command. Start `klarert sandbox` in another window first, and its tokens can be used.
check-sandbox-new = No `klarert sandbox` is running, so a new sandbox was started for this check. It does not know clients that another one had with --register-key: start that one again first.
administration-elsewhere = No administration client is known for this environment. There are some for others: { $names }
check-interrupted = Stopped. Checks that had not finished are not saved.
check-fix = To the step that fixes it: klarert resume { $profile }{ $home }
check-fix-at = It is fixed at { $at }: klarert resume { $profile }{ $home }
check-not-kept = { $profile }: the outcome could not be saved. { $why }
check-row-failed = failed · { $title } · who must act: { $who }
check-ends-within = { $profile }: { $expiry }. That is within the days of --ends-within ({ $within }).
check-sum = { $passed } of { $all } passed. `klarert check NAME` says what to do about the others.
    .all = { $all ->
        [one] The profile passed.
       *[other] All { $all } profiles passed.
    }
explain-trace = { $form ->
        [uuid] { $trace } looks like a correlation id: Digdir's service desk finds one request by it. It does not say what was wrong. A client id looks the same.
       *[hex] { $trace } looks like a trace id: Digdir's service desk finds one request by it. It does not say what was wrong.
    }
explain-trace-found = { $trace } is the trace id of the last check of { $profile }, at { $at }. This is what it ended in:
explain-trace-send = No check that is saved here has it. Send it, with the time of the request, to servicedesk@digdir.no.
explain-trace-error = The error is in the response that contained this id: give all of that response to klarert explain.
explain-under = { $error } alone does not tell what is wrong. If Maskinporten sent it, it can be any of these. The MP code in error_uri, or error_description in the same response, tells which. Give the whole response, or one of these codes.
explain-step = In the wizard: the step “{ $step }”
explain-fix-at = In the wizard: { $at }, at the step “{ $step }”
explain-source = Read more: { $source }
explain-cut = Only the first { $megabytes } MB were read. An error after them is not explained.
explain-nothing-came = There is no text to explain: nothing came, or only blanks.
    .hint = Give the text as an argument, a file, or on standard input. `klarert explain` lists every error that is known.
explain-not-a-file = { $why ->
        [folder] { $path } is a folder.
       *[missing] There is no file { $path }.
    }
    .hint = { $why ->
        [folder] Name a file in it.
       *[missing] Check the path. A text in place of a file can be written as it is: klarert explain invalid_grant
    }
explain-unreadable = { $path } could not be read: { $error }
