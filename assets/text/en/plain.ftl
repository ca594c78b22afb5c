# The wizard as lines of text.

plain-welcome = klarert asks one question at a time. Type an answer and press Enter. Every answer is saved at once. To hear the question again with an explanation, type a colon and a question mark: :?
plain-place = { $name }, { $environment }, step { $number } of { $count }: { $title }

# Prompts: the question, then what Enter does.
plain-prompt-choice = { $question } Number
plain-prompt-choice-kept = { $question } Number; Enter keeps { $number }, { $option }
plain-prompt-text = { $question } Answer
plain-prompt-text-optional = { $question } Answer; Enter leaves it empty
plain-prompt-text-kept = { $question } Answer; Enter keeps { $value }
plain-prompt-text-suggested = { $question } Answer; Enter takes the suggestion { $value }
plain-prompt-services = Services. Numbers to tick or untick; Enter continues
plain-prompt-services-ticked = Services, ticked: { $services }. Numbers to tick or untick; Enter continues
plain-prompt-items = { $step }, { $done } of { $count } ticked. Numbers to tick or untick; Enter continues
plain-prompt-start = Connectivity check. Enter starts it
plain-prompt-result = Connectivity check, { $outcome }. Letter; Enter prints the result again
plain-prompt-conflict = Which version is to be kept? Letter
    .gone = What is to be done? Letter
plain-prompt-key-plan = Make the key? y or n; Enter means no
plain-prompt-waiting = Waiting. Enter stops it
plain-which-profile = Which profile?

plain-ticked = ticked
plain-unticked = not ticked
plain-step-done = finished
plain-step-open = not finished

plain-refused = Not accepted: { $text }
plain-warning = Warning: { $text }
plain-problem = Problem: { $text }
plain-note = Note: { $text }
plain-to-do = To do: { $text }
plain-notice = ({ $text })
plain-value = To copy, { $what }:
plain-letter = m { $number } prints a ready text to send.
plain-can-make = :m makes a new key here.
plain-can-show-key = :y shows the public key to this file.
plain-found-file = :f uses it.
plain-locked = Locked: the password is needed.

plain-check-running = The check is running. Each stage is printed when it has ended.
plain-still-working = Still working.
plain-waiting = The check runs again automatically in { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    }.

plain-does-production = p  start the profile for production with these answers
plain-does-run-again = r  run it again
plain-does-go-to-fix = g  go to the step { $step } to fix it
plain-does-details = d  show what was received
plain-does-wait = w  wait, and run it again
plain-does-back = b  back to the step before
plain-does-quit = q  leave

plain-not-understood = Not accepted: “{ $typed }” is neither one of the answers nor a command here. ? explains the question, help lists the commands. Where an answer in words is asked for, commands begin with a colon: :?
plain-command-or-answer = “{ $typed }” is also a command. For the command type :{ $typed }. To give it as the answer, type { $typed } again.
plain-invalid-bytes = Not accepted: the line is too long, or has bytes that are not UTF-8 text.
plain-no-such-number = Not accepted: { $number } is not on the list, which goes from 1 to { $count }.
plain-no-link = That item has no page to open.
plain-no-letter = That item has no ready text.
plain-unreadable = Not accepted: that file cannot be read until it is corrected. Choose another.
plain-nothing-before = This is the first question. q leaves.
plain-nothing-after = This is the last step. q leaves.
plain-file-not-found = No file there. Enter alone keeps the path for later.
plain-open-failed = No browser could be started here.

plain-choose = Choose one of the numbers first.
plain-choose-service = Choose at least one service by its number.
plain-removed = Removed, because it was for other answers: { $removed }. u puts it back; :u where an answer in words is asked for.
plain-needed = This answer is missing. To continue without it: :go and the number of a step.

plain-password = Password for { $file } (nothing is shown; Enter alone for later):
plain-password-again = That password does not open { $file }. Password again (nothing is shown; Enter alone for later):
plain-password-refused = { $file } is locked. A password is never read from a line that can be seen or logged. Start klarert with it in the variable KLARERT_PASSWORD, or at a terminal.
plain-password-variable-wrong = The password in KLARERT_PASSWORD does not open { $file }.

plain-commands-hint = help lists the commands; :help where an answer in words is asked for.
plain-help =
    Enter  keep the answer, or continue
    1 3-5  choose or tick by numbers
    ?  explain the question and ask it again
    b  back; nothing is lost
    next  continue without an answer
    go 3  to step 3
    o 2  open the page of item 2
    m 2  print the ready text of item 2
    u  put back what a change has removed
    l  norsk
    q  leave; answers are saved as they are given (Ctrl-C and Ctrl-D leave too)
    Where an answer in words is asked for, commands begin with a colon: :b, :next, :go 3, :l, :?, :q. There :clear removes the answer.
plain-help-steps = All steps:

plain-made-request =
    The private key is in { $key }. Only you can read it (on Windows: whoever may read its folder). Keep a copy in a safe place. Never send it to anyone.
    Send the request below to the issuer of the eSeal. It is also in { $public }. When the certificate arrives, enter its path here.
