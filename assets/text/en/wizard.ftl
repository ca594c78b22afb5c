# The wizard: its frame, its keys, its passing words.

too-small = This window is too small. Make it at least { $width }×{ $height }, or leave with ctrl-c.
header-sandbox = SANDBOX
header-unsaved = not saved
rail-folded = { $number }/{ $count } { $step }
example = For example { $example }
more-candidates = and { $count } more
days-left = { $days ->
    [one] { $days } day left
   *[other] { $days } days left
}

profile-list-title = Your onboardings
profile-list-intro = Choose one to go on where you were.
profile-list-new = Start a new one
profile-list-progress = { $done } of { $count } steps

naming-title = A new onboarding
naming-intro = klarert takes your business from an ordered certificate to an answered call to Norwegian Customs. It keeps the checklists, saves every answer, and can be left and resumed at any time.
naming-sandbox = This is the sandbox: a Maskinporten and a Customs on this computer alone. Nothing here reaches the real ones, and the fields are filled with a demonstration business.
naming-label = A short name for it
naming-why = Small letters, digits, - _ and . are allowed: it becomes a file name.

reading-underway = Reading the certificate…
reading-locked = Locked. Press enter here to type its password.
reading-others = Also in the file: { $others }
reading-is-authentication = Authentication certificate: the one that Maskinporten wants
    .bare = Authentication certificate
reading-is-signing = Signing certificate
reading-is-encryption = Encryption certificate
reading-is-seal = eSeal
reading-is-key = Private key ({ $key })
reading-is-other = A certificate

password-title = Password
password-words = { $file } is locked. Type its password; the issuer sent it separately.
password-again = That password does not open { $file }. If you are sure of it, the file may be damaged.
password-promise = It is used once, to read the file, and kept nowhere.

conflict-title = Changed elsewhere
conflict-words = Another window or program has written “{ $name }” since it was read here. Nothing is lost yet. Whose version counts?
conflict-theirs = r | read theirs; your newest answer here is not kept
conflict-mine = k | keep mine; theirs is written over

check-start = Press enter to begin.
check-last-passed = The last check passed.
check-last-changed = The answers have changed since.
check-last-failed = The last check ended in { $code }.
check-equivalent = The same profile by one command:
check-known-as = Maskinporten knows you as { $consumer } ({ $by }).
check-passed-next = Any day, the same check: { $command }
check-waiting = The check runs again by itself in { $left }.
check-worth-waiting = The client was made minutes ago and may not be known everywhere yet. w waits, and tries again by itself.
check-trace = Trace id { $trace }
check-received = What was received
check-received-nothing = No answer was received.

notice-opened = Opening { $link }
notice-open-failed = No browser could be opened here: select the address, or copy it.
notice-copied = Sent to the terminal's clipboard: { $what }. Not there? Select it on the screen.
notice-copied-report = Sent the report to the terminal's clipboard. It has no secret in it.
notice-choose = Choose an answer with the left and right arrows.
notice-choose-service = Choose at least one service with space.
notice-file-not-found = No file there. Enter again to keep it for later.
notice-needed = This is needed before the next step. You can also go there with b and the number keys.
notice-removed = Made for other answers and removed (u puts it back): { $removed }
notice-put-back = The ticks and answers are back.
tick-removed = (tick removed)
notice-environment-unknown = “{ $environment }” is not in config.toml. Choose an environment at the first step.
notice-broke = Something in klarert itself went wrong: { $words }. Your answers are saved.

refused-name-empty = Type a name.
refused-name-control = A name may not have line breaks or control characters in it.
refused-path-content = That is the content of a file. Give the path of the file.
refused-path-variable = klarert does not replace the variable { $variable } in a path. Write the folder in its place.
refused-path-encoding = The path is not UTF-8, so it cannot be saved. Move the file to another folder.
refused-long = It is too long: the most is { $most } characters.
refused-name-taken = There is an onboarding called { $name } already. Choose another name.
refused-profile-name = 1 to 64 of a-z, 0-9, - _ and . with a letter or digit first: “{ $written }” does not fit.
refused-number-length = Nine digits; { $count ->
    [one] { $count } digit so far
   *[other] { $count } digits so far
}.
refused-number-letter = Nine digits: “{ $letter }” is not one.
refused-number-check = Nine digits; the last one does not match: { $written }. One of them may be mistyped.
refused-identifier = Scheme, country, a hyphen and the number, as in VATDE-123456789: “{ $written }” does not fit.
refused-client-id = Letters a to z, digits and : _ - = only, as the portal shows it.
unusual-client-id = The client id has an unusual form. The portal gives a UUID, as in 3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f10; old ones look like oidc_… or if2018_…. Compare it with the portal.
refused-kid = One word without spaces, as the client in the portal has it.
refused-pick = A number from 1 and up: “{ $written }” is not one.
refused-day = A day, as in 2026-11-22 or 22.11.2026, or today: “{ $written }” is not one.
refused-day-to-come = { $day } has not come yet.
refused-scope = A scope has a prefix, a colon and a name, as in toll:movement/road/v2: “{ $written }” does not fit.

key-space = space
does-tick = tick
does-tick-next = tick, next
does-untick = untick
does-edit = edit
does-take = take it
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
does-mend = go mend it
does-details = received
does-wait = wait and retry
does-theirs = read theirs
does-mine = keep mine
does-put-back = put back

help-title = Keys
help-keys =
    ↑ ↓ | move between questions and items
    ← → | choose an answer
    space | tick, or take the tick away
    enter | take the answer or tick, and go on
    enter, e | edit a field that has an answer
    esc | undo the edit; without one, go back
    b, 1-9 | back; go to that step
    o, y | open the link; copy what stands there
    tab | complete a path
    F3 | make a key, where one is needed
    u | put back what a change has removed
    l, F2 | norsk
    ?, F1 | this help
    q, ctrl-c | leave; everything is saved
    ctrl-z | pause; fg brings it back

exit-summary-resume = Saved. Go on with: klarert resume { $name }
exit-summary-dropped = Not saved, because it is not finished: { $field }: { $text }
exit-summary-dropped-path = Not saved, because its file was not looked for: { $field }
exit-summary-unsaved = The newest answers could not be saved: { $why }

made-key-title = A new key
made-key =
    The key is made. Its private half is in { $key }. Only you can read it: keep a copy in a safe place, and send it to nobody.
    Paste the public half into the client in Samarbeidsportalen, under keys. Its name (kid) is { $kid }. It is in { $public }.
    The client knows it after some minutes. It ends one year after the upload.
made-request-title = A certificate request
made-request =
    The key is made. It is in { $key }. Only you can read it: keep a copy in a safe place, and send it to nobody.
    Send the request in { $public } to the issuer of the eSeal. When the certificate comes, give its path here, and that of the key if it is asked for.

notice-making = Making a key…
notice-make-needs = The business's name and organisation identifier go into the request: fill them in at the first step.
notice-not-made = No key was made: { $why }
does-make = make a key
