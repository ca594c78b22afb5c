# Veiviseren som tekstlinjer.

plain-welcome = klarert stiller ett spørsmål om gangen. Skriv et svar og trykk Enter. Hvert svar lagres med en gang. Skriv kolon og spørsmålstegn for å høre spørsmålet igjen med en forklaring: :?
plain-place = { $name }, { $environment }, steg { $number } av { $count }: { $title }

# Spørsmålet, og så hva Enter gjør.
plain-prompt-choice = { $question } Nummer
plain-prompt-choice-kept = { $question } Nummer; Enter beholder { $number }, { $option }
plain-prompt-text = { $question } Svar
plain-prompt-text-optional = { $question } Svar; Enter lar det stå tomt
plain-prompt-text-kept = { $question } Svar; Enter beholder { $value }
plain-prompt-text-suggested = { $question } Svar; Enter tar forslaget { $value }
plain-prompt-services = Tjenester. Numre som skal krysses av eller ikke; Enter går videre
plain-prompt-services-ticked = Tjenester, krysset av: { $services }. Numre som skal krysses av eller ikke; Enter går videre
plain-prompt-items = { $step }, { $done } av { $count } krysset av. Numre som skal krysses av eller ikke; Enter går videre
plain-prompt-start = Tilkoblingskontroll. Enter starter den
plain-prompt-result = Tilkoblingskontroll, { $outcome }. Bokstav; Enter skriver ut resultatet igjen
plain-prompt-conflict = Hvilken versjon skal beholdes? Bokstav
    .gone = Hva skal gjøres? Bokstav
plain-prompt-key-plan = Lage nøkkelen? j eller n; Enter betyr nei
plain-prompt-waiting = Venter. Enter avbryter
plain-which-profile = Hvilken profil?

plain-ticked = krysset av
plain-unticked = ikke krysset av
plain-step-done = ferdig
plain-step-open = ikke ferdig

plain-refused = Ikke godtatt: { $text }
plain-warning = Advarsel: { $text }
plain-problem = Problem: { $text }
plain-note = Merk: { $text }
plain-to-do = Gjør dette: { $text }
plain-notice = ({ $text })
plain-value = Til å kopiere, { $what }:
plain-letter = m { $number } skriver ut en ferdig tekst til å sende.
plain-can-make = :m lager en ny nøkkel her.
plain-can-show-key = :y viser den offentlige nøkkelen til denne filen.
plain-found-file = :f bruker den.
plain-locked = Låst: passordet trengs.

plain-check-running = Kontrollen kjører. Hvert trinn skrives ut når det er ferdig.
plain-still-working = Arbeider fortsatt.
plain-waiting = Kontrollen kjøres automatisk på nytt om { $minutes ->
        [one] ett minutt
       *[other] { $minutes } minutter
    }.

plain-does-production = p  start profilen for produksjon med disse svarene
plain-does-run-again = r  kjør den på nytt
plain-does-go-to-fix = g  gå til steget { $step } og rett det
plain-does-details = d  vis det som ble mottatt
plain-does-wait = w  vent, og kjør den på nytt
plain-does-back = b  tilbake til forrige steg
plain-does-quit = q  avslutt

plain-not-understood = Ikke godtatt: «{ $typed }» er verken et av svarene eller en kommando her. ? forklarer spørsmålet, help viser kommandoene. Der svaret er tekst, begynner kommandoer med kolon: :?
plain-command-or-answer = «{ $typed }» er også en kommando. Skriv :{ $typed } for kommandoen. Skriv { $typed } én gang til hvis det er svaret.
plain-invalid-bytes = Ikke godtatt: linjen er for lang, eller har byter som ikke er UTF-8-tekst.
plain-no-such-number = Ikke godtatt: { $number } står ikke på listen, som går fra 1 til { $count }.
plain-no-link = Det punktet har ingen side å åpne.
plain-no-letter = Det punktet har ingen ferdig tekst.
plain-unreadable = Ikke godtatt: den filen kan ikke leses før den er rettet. Velg en annen.
plain-nothing-before = Dette er det første spørsmålet. q avslutter.
plain-nothing-after = Dette er det siste steget. q avslutter.
plain-file-not-found = Det er ingen fil der. Enter alene beholder stien til senere.
plain-open-failed = Ingen nettleser kunne startes her.

plain-choose = Velg først et av numrene.
plain-choose-service = Velg minst én tjeneste med nummeret.
plain-removed = Fjernet, fordi det gjaldt andre svar: { $removed }. u henter det tilbake; :u der svaret er tekst.
plain-needed = Dette svaret mangler. For å gå videre uten: :go og nummeret til et steg.

plain-password = Passordet til { $file } (ingenting vises; Enter alene for senere):
plain-password-again = Passordet åpner ikke { $file }. Passordet på nytt (ingenting vises; Enter alene for senere):
plain-password-refused = { $file } er låst. Et passord leses aldri fra en linje som kan ses eller logges. Start klarert med det i variabelen KLARERT_PASSWORD, eller i en terminal.
plain-password-variable-wrong = Passordet i KLARERT_PASSWORD åpner ikke { $file }.

plain-commands-hint = help viser kommandoene; :help der svaret er tekst.
plain-help =
    Enter  behold svaret, eller gå videre
    1 3-5  velg eller kryss av med numre
    ?  forklar spørsmålet og still det på nytt
    b  tilbake; ingenting går tapt
    next  videre uten svar
    go 3  til steg 3
    o 2  åpne siden til punkt 2
    m 2  skriv ut den ferdige teksten til punkt 2
    u  hent tilbake det en endring har fjernet
    l  English
    q  avslutt; svarene lagres etter hvert (Ctrl-C og Ctrl-D avslutter også)
    Der svaret er tekst, begynner kommandoer med kolon: :b, :next, :go 3, :l, :?, :q. Der fjerner :clear svaret.
plain-help-steps = Alle steg:

plain-made-request =
    Den private nøkkelen er i { $key }. Bare du kan lese den (i Windows: de som kan lese mappen). Oppbevar en kopi på et trygt sted. Send den aldri til noen.
    Send forespørselen under til utstederen av eSeglet. Den er også i { $public }. Når sertifikatet kommer, oppgir du stien her.
