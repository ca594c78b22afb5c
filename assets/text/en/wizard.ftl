# The wizard: its frame, its keys, its notices.

too-small = This window is too small. Make it at least { $width }×{ $height }, or leave with ctrl-c.
header-sandbox = SANDBOX
header-unsaved = not saved
step-position = { $number }/{ $count } { $step }
example = For example { $example }
field-suggested = suggested, not saved: enter takes it
more-candidates = and { $count } more
days-left = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}

profile-list-title = Your profiles
profile-list-intro = Choose one to continue where you stopped.
profile-list-new = Start a new one
profile-list-progress = { $done } of { $count } steps

naming-title = A new profile
naming-intro = klarert guides your business from an ordered certificate to a working connection with Norwegian Customs. The connection goes through Maskinporten, the Norwegian state's service that gives systems access to APIs. Every answer is saved. You can stop at any time, and continue later.
naming-sandbox = This is the sandbox: an imitation of Maskinporten and Customs, on this computer only. Nothing is sent to the real ones. The fields are filled in for a demonstration business.
naming-label = A short name for the profile
naming-why = Small letters, digits, - _ and . are allowed. It becomes a file name.

reading-underway = Reading the certificate…
reading-locked = Locked. Press p to type its password.
reading-others = Also in the file: { $others }
reading-other = number { $number } ({ $purpose })
reading-is-authentication = Authentication certificate: the kind that Maskinporten accepts
    .bare = Authentication certificate
reading-is-signing = Signing certificate
reading-is-encryption = Encryption certificate
reading-is-seal = eSeal
reading-is-key = Private key ({ $key })
reading-is-other = A certificate

password-title = Password
password-request = { $file } is locked. Type its password. The issuer sent it separately.
password-again = That password does not open { $file }. If you are sure of it, the file may be damaged.
password-administration = { $file } is the certificate of the administration client { $name }.
password-promise = It opens the file and is never saved. You are not asked again until you leave.

conflict-title = Changed elsewhere
    .gone = Removed elsewhere
conflict-question = Another window or program has changed “{ $name }” since it was read here. Nothing is lost yet. Which version is to be kept?
    .gone = The file of “{ $name }” is no longer there: another window or program has renamed or removed it since it was read here. Nothing is lost yet. What is to be done?
conflict-theirs = r | read the other version; your newest answer here is lost
    .gone = r | leave it removed, and go to the list; your newest answer here is lost
conflict-mine = k | keep this version; the other one is overwritten
    .gone = k | write the file again, with all the answers of this window

check-start = Press enter to begin.
check-last-passed = The last check passed ({ $day }).
check-last-changed = The answers have changed since.
check-last-failed = The last check ({ $day }) failed: { $failure }.
check-known-as = Maskinporten knows you as { $consumer }, { $by ->
        [virksomhetssertifikat] by your certificate
        [private_key_jwt] by your registered key
       *[other] { $by }
    }.
    .supplier = Maskinporten knows you as the supplier { $supplier }, acting for { $consumer }, { $by ->
        [virksomhetssertifikat] by your certificate
        [private_key_jwt] by your registered key
       *[other] { $by }
    }.
check-waiting = The check runs again automatically in { $left }.
check-worth-waiting = The client was ticked as created { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    } ago. A new client can take ten minutes to work. w waits, and runs the check again.
check-trace = Trace id { $trace }
check-received = What was received
check-received-nothing = Nothing: no request was sent, or no answer came.

notice-opened = Opening { $link }
notice-open-failed = No browser could be started here. y shows and copies the link.
    .mail = No mail program could be started here. y shows and copies the text.
notice-copied = Sent to the terminal's clipboard: { $what }.
copied-select = Not there? Select it on the screen.
copied-too-wide = It is too wide to select it whole in this window.
notice-copied-report = Sent the report to the terminal's clipboard. It has no secret in it.
notice-choose = Choose an answer with the left and right arrows.
notice-choose-service = Choose at least one service with space.
notice-file-not-found = No file there. Enter again to keep it for later.
notice-needed = This answer is missing. To continue without it: esc, then the number of a step.
notice-key-file-dropped = The key file { $file } was for the certificate before, so it is no longer used: a .p12 file has its own key.
notice-stays = The newest answers are not saved, so the profile stays open. Ctrl-C leaves without them.
notice-removed = Removed, because it was for other answers: { $removed }. u puts it back.
removed-count = { $count ->
    [one] one tick or answer
   *[other] { $count } ticks and answers
}
notice-put-back = The ticks and answers are back.
tick-removed = (tick removed)
notice-environment-unknown = “{ $environment }” is not in config.toml. Choose an environment at the first step.
notice-broke = klarert has an internal error: { $error }. Your answers are saved.

refused-name-empty = Type a name.
refused-name-control = A name may not have line breaks or control characters in it.
refused-path-content = That is the content of a file. Give the path of the file.
refused-path-variable = klarert does not replace the variable { $variable } in a path. Write the folder in its place.
refused-path-drive = “{ $written }” is relative to the folder that was last open on that drive. Give the whole path, such as C:\Users\Kari\certificate.p12.
refused-path-encoding = The path is not UTF-8, so it cannot be saved. Move the file to another folder.
refused-long = It is too long: the most is { $most } characters.
refused-name-taken = There is an onboarding called { $name } already. Choose another name.
refused-profile-name = invalid name “{ $written }”: must be 1 to 64 of a-z, 0-9, - _ and . with a letter or digit first.
refused-device-name = the name “{ $written }” is a device on Windows: choose another, such as customer-{ $written }.
refused-number-length = Nine digits; { $count ->
    [one] { $count } digit so far
   *[other] { $count } digits so far
}.
refused-number-letter = Nine digits: “{ $letter }” is not one.
refused-number-check = Nine digits; the last one does not match: { $written }. One of the digits may be wrong.
refused-identifier = Type, country, a hyphen and the number, as in VATDE-123456789: “{ $written }” does not fit.
refused-client-id = Only letters a to z, digits and : _ - = are allowed, as the portal shows it.
unusual-client-id = The client id has an unusual form. The portal gives a UUID, as in 3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f10; old ones look like oidc_… or if2018_…. Compare it with the portal.
refused-kid = One name without spaces, as the client in the portal has it.
refused-pick = invalid number “{ $written }”: must be a whole number from 1.
refused-day = invalid date “{ $written }”: must be as 2026-11-26 or 26.11.2026, or today.
refused-day-to-come = { $day } is in the future.
refused-scope = A scope has a prefix, a colon and a name, as in toll:movement/road/v2: “{ $written }” does not fit.

key-space = space
does-tick = tick
does-tick-next = tick, next
does-untick = untick
does-edit = edit
does-take = save
does-undo = undo
does-choose = choose
does-open = open
does-copy = copy
does-copy-report = copy report
does-next = next
does-back = back
does-move = move
does-go-to = go to
does-help = help
does-quit = quit
does-language = norsk
does-new = new
does-close = close
does-cancel = cancel
does-unlock = unlock
does-complete = complete
does-run = run
does-run-again = run again
does-go-to-fix = go to fix
does-details = details
does-wait = wait and retry
does-theirs = read the other
    .gone = leave removed
does-mine = keep this
    .gone = write again
does-put-back = put back

exit-summary-resume = Saved. Continue with: { $command }
exit-summary-dropped = Not saved, because it is not finished: { $field }: { $text }
exit-summary-dropped-path = Not saved, because it was not confirmed with Enter: { $field }
exit-summary-unsaved = The newest answers could not be saved: { $why }

made-key-title = Private and public key
made-key =
    The private key is in { $key }. Only you can read it (on Windows: whoever may read its folder). Keep a copy in a safe place. Never send it to anyone.
    The public key is in { $public }. Its name (kid) is { $kid }. Paste it into the client in Samarbeidsportalen, under “Nøkler” (keys).
    It works some minutes after that. It expires one year after the upload.
made-whole = y copies it.
made-request-title = A certificate request
made-request =
    The private key is in { $key }. Only you can read it (on Windows: whoever may read its folder). Keep a copy in a safe place. Never send it to anyone.
    The certificate request is in { $public }. Send it to the issuer of the eSeal. When the certificate arrives, enter its path here.

notice-reread = Another window or program has changed the answers. They are shown as they are now.
notice-making = Making a key…
notice-no-public-key = The file with the public key is no longer beside the private key.
notice-make-needs = The request needs the name of the business, and an organisation identifier that names its country, such as VATDE-123456789. Enter them at the first step.
notice-not-made = No key was made: { $why }
does-make = make a key
does-public-key = public key

# After a check that passed.
have-title = What you have
have-client = Client id: { $id } ({ $environment })
have-services = Services: { $services }. Scopes: { $scopes }
have-scopes = Scopes: { $scopes }
have-expiry = Valid until { $day }: { $expiry }
next-title = What next
next-token = A token for your program: `klarert token { $profile }{ $home }`. With --customs you get Customs' own token.
next-api = The address of the APIs is { $address }. Customs documents them at https://toll.github.io
next-handoff = A summary for the developer: `klarert export { $profile } --format handoff{ $home }`
next-check = The same check at any time: `klarert check { $profile }{ $home }`. It also warns before the certificate expires.
next-production = p starts the profile for production with these answers.

# A key that is to be made.
key-plan-title = Make a new key?
key-plan-sandbox = In the sandbox no key can be put on the client, so the check then refuses this one. To use the demonstration key again, empty both fields, that of its name (kid) and that of its file, and take the suggestions.
key-plan-registered = klarert makes an RSA key with 2048 bits. Its name (kid) is { $kid }. The private key and the public key are written to { $folder }. You then put the public key on the client.
key-plan-request = klarert makes an RSA key with 3072 bits and a certificate request for { $name } ({ $organisation }). Both are written to { $folder }. You then send the request to the issuer.
key-plan-replaces = This profile uses { $file }. That file is kept. The profile will use the new key instead.
key-plan-has-certificate = This profile has a certificate: { $file }. It stays in use. The new request is for another certificate.
key-plan-has-request = A key has already been made for a request: { $file }. It is kept. A certificate for that request does not match a new key: make one only if the request was not used.

environment-custom = { $id } is your own environment. It follows the rules of { $rules ->
    [prod] production
   *[test] test
}, at { $issuer }
reading-unlocked = unlocked
reading-found-file = Press f to use it.

notice-copied-public-key = Sent to the terminal's clipboard. It is also in { $file }.
notice-copied-command = This command makes the same profile. It was sent to the terminal's clipboard.
notice-mail-opened = The mail program is started with the text. Not there? y shows the text.
notice-mail-gap = The mail has gaps (…) for answers that are missing. Fill them in before you send it.
notice-production = This is { $name }, the profile for production. What was valid in test only is removed.

does-scroll = scroll
does-copy-next = copy the next
does-mail = mail
does-use-found = use other file
does-production = production
does-command = as a command
