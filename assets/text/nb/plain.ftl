# Veiviseren som tekstlinjer.

plain-welcome = klarert spør om én ting av gangen. Skriv et svar og trykk Enter. Enter alene beholder svaret i [klammer]. Hvert svar lagres med en gang.
plain-place = { $name }, { $environment }, steg { $number } av { $count }: { $title }

plain-prompt-number = Nummer (? hjelp)
plain-prompt-number-kept = Nummer [{ $number }] (? hjelp)
plain-prompt-text = Svar (:? hjelp, :b tilbake, :q avslutt)
plain-prompt-text-kept = Svar [{ $value }] (:? hjelp, :b tilbake, :q avslutt)
plain-prompt-tick = Numre som skal krysses av eller ikke; Enter går videre (? hjelp)
plain-prompt-items = Numre som skal krysses av eller ikke, o og et nummer for å åpne; Enter går videre (? hjelp)
plain-prompt-start = Enter starter (? hjelp)
plain-prompt-letter = Bokstav (? hjelp)
plain-prompt-waiting = Enter slutter å vente (? hjelp)

plain-warning = Advarsel: { $text }
plain-problem = Problem: { $text }
plain-note = Merk: { $text }
plain-to-do = Gjør dette: { $text }
plain-notice = ({ $text })
plain-value = Til å kopiere, { $what }:
plain-can-make = :m lager en ny nøkkel her.

plain-does-run-again = r  kjør den på nytt
plain-does-go-to-fix = g  gå til steget { $step } og rett det
plain-does-details = d  vis det som ble mottatt
plain-does-wait = w  vent, og prøv igjen
plain-does-back = b  tilbake til forrige steg
plain-does-quit = q  avslutt

plain-not-understood = «{ $typed }» betyr ingenting her. ? viser det som gjør det; der det spørres om ord, gjør :? det.
plain-no-such-number = { $number } står ikke på listen: den går fra 1 til { $count }.
plain-no-link = Det punktet har ingen side å åpne.
plain-unreadable = Den filen kan ikke leses før den er rettet. Velg en annen.
plain-nothing-before = Dette er det første spørsmålet. q avslutter.
plain-nothing-after = Dette er det siste steget. q avslutter.

plain-choose = Velg først et av numrene.
plain-choose-service = Velg minst én tjeneste med nummeret.
plain-removed = Gjaldt andre svar og er fjernet (u henter det tilbake, :u der det spørres om tekst): { $removed }
plain-needed = Dette trengs før neste steg. :go og et nummer går til et annet steg likevel.

plain-password = Passordet til { $file } (ingenting vises; Enter alene for senere):
plain-password-again = Det passordet åpner ikke { $file }. En gang til (ingenting vises; Enter alene for senere):
plain-password-refused = { $file } er låst. Et passord leses aldri fra en linje som kan ses eller logges: start klarert med det i variabelen KLARERT_PASSWORD, eller ved en terminal.
plain-password-variable-wrong = Passordet i KLARERT_PASSWORD åpner ikke { $file }.

plain-help =
    Enter  behold svaret i klammer, eller gå videre
    1 3-5  velg eller kryss av med numre
    b  tilbake; ingenting går tapt
    next  videre, uten svar
    go 3  til steg 3
    o 2  åpne siden til punkt 2
    u  hent tilbake det en endring har fjernet
    l  English
    ?  denne hjelpen
    q  avslutt; alt er lagret (det samme gjør Ctrl-C og Ctrl-D)
    Der det spørres om ord, begynner kommandoer med kolon: :b, :next, :go 3, :l, :?, :q. Der tar :clear svaret bort.
plain-help-steps = Alle steg:

plain-made-request =
    Den private nøkkelen er i { $key }. Bare du kan lese den. Oppbevar en kopi på et trygt sted. Send den aldri til noen.
    Send forespørselen under til utstederen av eSeglet. Den er også i { $public }. Når sertifikatet kommer, oppgir du stien her.
