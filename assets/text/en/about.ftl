# The help of each view: what it is for and the terms it uses, a paragraph a line. Its keys are added by the program.

about-profile-list =
    Each line is a profile: the answers for one business in one environment. ✓ means that the last check passed, ✗ that it failed.
    A warning tells when a certificate or key expires soon.
    The profiles are files on this computer. They contain no passwords and no keys.
about-new-profile =
    A profile has the answers for one business in one environment. Its name is for you only, such as acme-test.
    klarert then asks one question after the other, and says for each why it is asked.
about-business =
    The two questions decide which steps apply. A Norwegian business becomes a customer of Digdir and creates a client. A foreign business needs neither: its eSeal is enough.
    Enhetsregisteret is the Norwegian register of businesses. A NUF is a foreign company that is registered there.
    The environment is where you connect to. Test and production have separate clients, and for Norwegian businesses separate certificates. Begin in test.
about-services =
    A service is a part of Norwegian Customs' APIs. A scope is the name of the right to use it, such as toll:movement/road/v2.
    Choose what the business will use. Most businesses need one or two services. You can change the choice later.
about-customs =
    Norwegian Customs decides who may use its APIs. Digitoll is its digital clearance at the border.
    First the business registers with a form on toll.no. Then it asks for the scopes, and Customs gives access to them.
    One registration is valid for test and production. Ask for both.
    The ready text is a mail to Customs with your answers in it.
about-digdir =
    Digdir is the Norwegian Digitalisation Agency. It runs Maskinporten, the service that gives systems access to APIs, and Samarbeidsportalen, where businesses manage that access.
    Altinn is the portal in which a business gives its employees rights. The main administrator (Hovedadministrator) of the business can do it.
    Later the business also names a contact point for notices (varslingspunkt).
about-integration =
    A client is the entry in Samarbeidsportalen that lets your system ask for tokens. A token is a proof of a right that is valid for a short time.
    The texts below an item are to be entered in the portal. y copies them.
    The names in quotation marks are those of buttons and menus in the portal, which is in Norwegian.
    The last item gives the client id. Paste it into the field below.
about-credentials =
    The certificate proves who the business is. Its private key signs each request for a token. Both are usually in one .p12 file, which a password protects.
    A Norwegian business uses a business certificate (virksomhetssertifikat) from Buypass or Commfides. A delivery has several: Maskinporten accepts the authentication certificate.
    A foreign business uses an eSeal: an electronic seal for a business, from an issuer on the EU trusted lists.
    The file stays where it is. The profile has only its path.
    The password opens the file and is never saved. You are asked for it once, until you leave klarert.
about-check =
    The check makes the same calls as your system. It reads the certificate, reaches Maskinporten, asks for a token, has Customs exchange it, and makes a test call.
    A stage that fails ends the check. The cause, the fix and who must act are shown below the stages.
    Nothing is declared or changed at Customs.
help-title = Keys
help-keys-always =
    u | put back what a change has removed
    ctrl-l | redraw the screen
    ctrl-z | pause; the command fg continues
    ctrl-c | leave; answers are saved as they are given
