# The wizard as lines of text.

plain-welcome = klarert asks one thing at a time. Type an answer and press Enter. Enter alone keeps the answer in [brackets]. Every answer is saved at once.
plain-place = { $name }, { $environment }, step { $number } of { $count }: { $title }

plain-prompt-number = Number (? help)
plain-prompt-number-kept = Number [{ $number }] (? help)
plain-prompt-text = Answer (:? help, :b back, :q quit)
plain-prompt-text-kept = Answer [{ $value }] (:? help, :b back, :q quit)
plain-prompt-tick = Numbers to tick or untick; Enter goes on (? help)
plain-prompt-items = Numbers to tick or untick, o and a number to open; Enter goes on (? help)
plain-prompt-start = Enter starts (? help)
plain-prompt-letter = Letter (? help)
plain-prompt-waiting = Enter stops waiting (? help)

plain-warning = Warning: { $text }
plain-problem = Problem: { $text }
plain-note = Note: { $text }
plain-to-do = To do: { $text }
plain-notice = ({ $text })
plain-value = To copy, { $what }:
plain-can-make = :m makes a new key here.

plain-does-run-again = r  run it again
plain-does-go-to-fix = g  go to the step { $step } to fix it
plain-does-details = d  show what was received
plain-does-wait = w  wait, and try again
plain-does-back = b  back to the step before
plain-does-quit = q  leave

plain-not-understood = “{ $typed }” means nothing here. ? lists what does; where words are asked for, :? does.
plain-no-such-number = { $number } is not on the list: it goes from 1 to { $count }.
plain-no-link = That item has no page to open.
plain-unreadable = That file cannot be read until it is corrected. Choose another.
plain-nothing-before = This is the first question. q leaves.
plain-nothing-after = This is the last step. q leaves.

plain-choose = Choose one of the numbers first.
plain-choose-service = Choose at least one service by its number.
plain-removed = Made for other answers and removed (u puts it back, :u where text is asked for): { $removed }
plain-needed = This is needed before the next step. :go and a number goes to another step all the same.

plain-password = Password for { $file } (nothing is shown; Enter alone for later):
plain-password-again = That password does not open { $file }. Once more (nothing is shown; Enter alone for later):
plain-password-refused = { $file } is locked. A password is never read from a typed line that can be seen or logged: start klarert with it in the variable KLARERT_PASSWORD, or at a terminal.
plain-password-variable-wrong = The password in KLARERT_PASSWORD does not open { $file }.

plain-help =
    Enter  keep the answer in brackets, or go on
    1 3-5  choose or tick by numbers
    b  back; nothing is lost
    next  on, without an answer
    go 3  to step 3
    o 2  open the page of item 2
    u  put back what a change has removed
    l  norsk
    ?  this help
    q  leave; everything is saved (so do Ctrl-C and Ctrl-D)
    Where words are asked for, commands begin with a colon: :b, :next, :go 3, :l, :?, :q. There :clear takes the answer away.
plain-help-steps = All steps:

plain-made-request =
    The private key is in { $key }. Only you can read it. Keep a copy in a safe place. Never send it to anyone.
    Send the request below to the issuer of the eSeal. It is also in { $public }. When the certificate arrives, enter its path here.
