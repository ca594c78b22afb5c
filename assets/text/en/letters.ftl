# Ready letters.

item-letter = A ready text to send: y shows and copies it, m opens it as mail.
letter-head = To: { $to }
    Subject: { $subject }
letter-head-issuer = To: the issuer of the certificate
    Subject: { $subject }
letter-customs =
    Hello,

    we have registered for Digitoll and will connect to your APIs through Maskinporten. Please give us access to these scopes, in test and in production:

    { $scopes }

    Business: { $business }
    Organisation number or identifier: { $organisation }

    Please tell us when the access is in place.
    .subject = Digitoll: access to scopes for { $business } ({ $organisation })
letter-digdir =
    Hello,

    we will use the APIs of Norwegian Customs through Maskinporten, as a consumer. We have sent the information form. Please give us access to Samarbeidsportalen, in test and in production, and tell us when we can log in.

    Business: { $business }
    Organisation number: { $organisation }
    .subject = Maskinporten: access to Samarbeidsportalen for { $business } ({ $organisation })
letter-certificate =
    Hello,

    we need a business certificate (virksomhetssertifikat) for Maskinporten, and a test certificate for the test environment. A soft certificate as a .p12 file with an RSA key is right for us.

    Business: { $business }
    Organisation number: { $organisation }

    Please tell us what you need from us.
    .subject = Business certificate for { $business } ({ $organisation })
letter-seal =
    Hello,

    we need an advanced electronic seal (eSeal) for a legal person, to authenticate our system to the Norwegian service Maskinporten. It must:

    - be issued by a trust service provider on the EU trusted lists
    - contain our organizationIdentifier (ETSI EN 319 412-1)
    - have an RSA key of at least 2048 bits
    - be a soft token (a .p12 file, or from our certificate request), not on hardware (no QSCD)

    Business: { $business }
    organizationIdentifier: { $organisation }

    Please tell us what you need from us, and whether you accept a certificate request (CSR).
    .subject = eSeal for { $business }
