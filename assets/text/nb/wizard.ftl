# Veiviseren: rammen, tastene og korte beskjeder.

too-small = Vinduet er for lite. Gjør det minst { $width }×{ $height }, eller avslutt med ctrl-c.
header-sandbox = SANDKASSE
header-unsaved = ikke lagret
rail-folded = { $number }/{ $count } { $step }
example = For eksempel { $example }
more-candidates = og { $count } til
days-left = { $days ->
    [one] { $days } dag igjen
   *[other] { $days } dager igjen
}

profile-list-title = Profilene dine
profile-list-intro = Velg en for å fortsette der du var.
profile-list-new = Start en ny
profile-list-progress = { $done } av { $count } steg

naming-title = En ny profil
naming-intro = klarert tar virksomheten fra et bestilt sertifikat til et besvart kall hos Tolletaten. Det holder sjekklistene, lagrer hvert svar, og kan forlates og gjenopptas når som helst.
naming-sandbox = Dette er sandkassen: en etterligning av Maskinporten og Tolletaten, bare på denne maskinen. Ingenting herfra når de ekte, og feltene er fylt ut med en demovirksomhet.
naming-label = Et kort navn på den
naming-why = Små bokstaver, tall, - _ og . er lov: det blir et filnavn.

reading-underway = Leser sertifikatet…
reading-locked = Låst. Trykk enter her for å skrive passordet.
reading-others = Også i filen: { $others }
reading-is-authentication = Autentiseringssertifikat: det Maskinporten vil ha
    .bare = Autentiseringssertifikat
reading-is-signing = Signeringssertifikat
reading-is-encryption = Krypteringssertifikat
reading-is-seal = eSegl
reading-is-key = Privat nøkkel ({ $key })
reading-is-other = Et sertifikat

password-title = Passord
password-words = { $file } er låst. Skriv passordet; utstederen sendte det for seg.
password-again = Det passordet åpner ikke { $file }. Er du sikker på det, kan filen være skadet.
password-promise = Det brukes én gang, til å lese filen, og lagres ingen steder.

conflict-title = Endret et annet sted
conflict-words = Et annet vindu eller program har skrevet «{ $name }» etter at den ble lest her. Ingenting er tapt ennå. Hvem sin versjon gjelder?
conflict-theirs = r | les deres; det siste svaret ditt her beholdes ikke
conflict-mine = k | behold min; deres skrives over

check-start = Trykk enter for å begynne.
check-last-passed = Forrige kontroll gikk bra.
check-last-changed = Svarene er endret siden.
check-last-failed = Forrige kontroll endte i { $code }.
check-equivalent = Den samme profilen med én kommando:
check-known-as = Maskinporten kjenner deg som { $consumer } ({ $by }).
check-passed-next = Samme kontroll, når som helst: { $command }
check-waiting = Kontrollen kjøres på nytt av seg selv om { $left }.
check-worth-waiting = Klienten ble laget for noen minutter siden og er kanskje ikke kjent overalt ennå. w venter, og prøver igjen av seg selv.
check-trace = Sporings-ID { $trace }
check-received = Det som ble mottatt
check-received-nothing = Ingen svar ble mottatt.

notice-opened = Åpner { $link }
notice-open-failed = Ingen nettleser kunne åpnes her: merk adressen, eller kopier den.
notice-copied = Sendt til terminalens utklippstavle: { $what }. Ikke der? Merk det på skjermen.
notice-copied-report = Rapporten er sendt til terminalens utklippstavle. Det er ingen hemmeligheter i den.
notice-choose = Velg et svar med venstre og høyre pil.
notice-choose-service = Velg minst én tjeneste med mellomrom.
notice-file-not-found = Det er ingen fil der. Trykk enter igjen for å beholde stien til senere.
notice-needed = Dette trengs før neste steg. Du kan også gå dit med b og talltastene.
notice-removed = Gjaldt andre svar og er fjernet (u henter det tilbake): { $removed }
notice-put-back = Avkrysninger og svar er hentet tilbake.
tick-removed = (avkrysning fjernet)
notice-environment-unknown = «{ $environment }» står ikke i config.toml. Velg et miljø på det første steget.
notice-broke = Noe gikk galt i klarert selv: { $words }. Svarene dine er lagret.

refused-name-empty = Skriv et navn.
refused-name-control = Et navn kan ikke ha linjeskift eller styretegn i seg.
refused-path-content = Dette er innholdet i en fil. Oppgi stien til filen.
refused-path-variable = klarert setter ikke inn en verdi for variabelen { $variable } i en filsti. Skriv mappen i stedet.
refused-path-encoding = Stien er ikke UTF-8 og kan derfor ikke lagres. Flytt filen til en annen mappe.
refused-long = For langt: ikke mer enn { $most } tegn.
refused-name-taken = Det finnes allerede en profil som heter { $name }. Velg et annet navn.
refused-profile-name = 1 til 64 av a-z, 0-9, - _ og . med en bokstav eller et tall først: «{ $written }» passer ikke.
refused-number-length = Ni siffer; { $count ->
    [one] { $count } siffer så langt
   *[other] { $count } siffer så langt
}.
refused-number-letter = Ni siffer: «{ $letter }» er ikke et siffer.
refused-number-check = Ni siffer; det siste stemmer ikke: { $written }. Ett av dem kan være feil.
refused-identifier = Ordning, land, bindestrek og nummer, som i VATDE-123456789: «{ $written }» passer ikke.
refused-client-id = Bare bokstavene a til z, sifre og : _ - =, slik portalen viser den.
unusual-client-id = Klient-ID-en har en uvanlig form. Portalen gir en UUID, som 3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f10; gamle ser ut som oidc_… eller if2018_…. Sammenlign den med portalen.
refused-kid = Ett ord uten mellomrom, slik klienten i portalen har det.
refused-pick = Et tall fra 1 og oppover: «{ $written }» er ikke det.
refused-day = En dag, som i 2026-11-22 eller 22.11.2026, eller i dag: «{ $written }» er ikke det.
refused-day-to-come = { $day } er ikke kommet ennå.
refused-scope = Et scope har et prefiks, et kolon og et navn, som i toll:movement/road/v2: «{ $written }» passer ikke.

key-space = mellomrom
does-tick = kryss av
does-tick-next = kryss av, neste
does-untick = fjern kryss
does-edit = rediger
does-take = bruk
does-undo = angre
does-choose = velg
does-open = åpne
does-copy = kopier
does-copy-report = kopier rapport
does-next = neste
does-back = tilbake
does-move = flytt
does-go-to = gå til
does-help = hjelp
does-quit = avslutt
does-language = English
does-new = ny
does-close = lukk
does-cancel = avbryt
does-unlock = lås opp
does-complete = fullfør
does-run = kjør
does-run-again = kjør igjen
does-mend = gå og rett det
does-details = mottatt
does-wait = vent og prøv igjen
does-theirs = les deres
does-mine = behold min
does-put-back = hent tilbake

help-title = Taster
help-keys =
    ↑ ↓ | gå mellom spørsmål og punkter
    ← → | velg et svar
    mellomrom | kryss av, eller fjern krysset
    enter | ta svaret eller kryss av, og gå videre
    enter, e | rediger et felt som har et svar
    esc | angre redigeringen; ellers gå tilbake
    b, 1-9 | tilbake; gå til det steget
    o, y | åpne lenken; kopier det som står der
    tab | fullfør en sti
    F3 | lag en nøkkel, der det trengs
    u | hent tilbake det en endring har fjernet
    l, F2 | English
    ?, F1 | denne hjelpen
    q, ctrl-c | avslutt; alt er lagret
    ctrl-z | sett på pause; fg henter den tilbake

exit-summary-resume = Lagret. Fortsett med: klarert resume { $name }
exit-summary-dropped = Ikke lagret, fordi det ikke er ferdig: { $field }: { $text }
exit-summary-dropped-path = Ikke lagret, fordi filen ikke ble sjekket: { $field }
exit-summary-unsaved = De siste svarene kunne ikke lagres: { $why }

made-key-title = En ny nøkkel
made-key =
    Nøkkelen er laget. Den private halvdelen er i { $key }. Bare du kan lese den: ta vare på en kopi på et trygt sted, og send den ikke til noen.
    Lim den offentlige halvdelen inn på klienten i Samarbeidsportalen, under nøkler. Navnet (kid) er { $kid }. Den er i { $public }.
    Klienten kjenner den etter noen minutter. Den utløper ett år etter opplastingen.
made-request-title = En sertifikatforespørsel
made-request =
    Nøkkelen er laget. Den er i { $key }. Bare du kan lese den: ta vare på en kopi på et trygt sted, og send den ikke til noen.
    Send forespørselen i { $public } til utstederen av eSeglet. Når sertifikatet kommer, oppgi stien her, og stien til nøkkelen om den blir etterspurt.

notice-making = Lager en nøkkel…
notice-make-needs = Virksomhetens navn og organisasjonsidentifikator står i forespørselen: fyll dem ut på det første steget.
notice-not-made = Ingen nøkkel ble laget: { $why }
does-make = lag en nøkkel
