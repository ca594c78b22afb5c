# What reading and judging a certificate found. `finding-<id>` says what, `.fix` what to do.

finding-expired =
    { $near ->
        [yes] The certificate ended on { $date } at { $time } UTC. The clock of this computer shows { $now } UTC.
       *[no] The certificate ended on { $date }.
    }
    .fix = Order a new certificate. A renewal takes some business days; for a foreign business up to several weeks.
finding-not-yet-valid =
    { $near ->
        [yes] The certificate is not valid before { $date } at { $time } UTC. The clock of this computer shows { $now } UTC.
       *[no] The certificate is not valid before { $date }.
    }
    .fix =
    { $near ->
        [yes] The clock may be slow: set it. If it is right, wait until that time.
       *[no] Wait until that day, or use another certificate until then. Also see that the date of this computer is right.
    }
finding-ends-soon =
    { $days ->
        [0] The certificate ends in less than a day, on { $date } at { $time } UTC.
        [one] The certificate ends in one day, on { $date }.
       *[other] The certificate ends in { $days } days, on { $date }.
    }
    .fix = { $within ->
        [7] Put the next one in place now. If it is not ordered, order it today, and tell those who depend on these messages.
        [14] Has the next one been ordered? It takes some business days; for a foreign business up to several weeks.
       *[30] Order the next one now. It takes some business days; for a foreign business up to several weeks.
    }
finding-pick-beyond =
    { $count ->
        [one] There is only one certificate to pick from.
       *[other] There are { $count } certificates to pick from: 1 to { $count }.
    }
    .fix = Leave the choice to klarert, or give another number: klarert certificate lists them.
finding-key-ended = The key on the client ended on { $date }, one year after it was registered.
    .fix = Make a new key, put it on the client in Samarbeidsportalen, and give its name (kid) and its day here.
finding-key-ends-soon =
    { $days ->
        [0] The key on the client ends today, on { $date }.
        [one] The key on the client ends in one day, on { $date }.
       *[other] The key on the client ends in { $days } days, on { $date }.
    }
    .fix = { $within ->
        [7] Make a new key today, put it on the client in Samarbeidsportalen, and give its name (kid) and its day here.
       *[30] Make a new key before then, put it on the client in Samarbeidsportalen, and give its name (kid) and its day here.
    }
finding-not-rsa = The key is of the kind { $key }. Maskinporten takes RSA keys only.
    .fix = { $with ->
        [key] Make a new key with klarert key, put it on the client in Samarbeidsportalen, and use its file and its name (kid) here.
       *[certificate] Ask your issuer for a certificate with an RSA key of at least 2048 bits. klarert csr makes such a key and its request.
    }
finding-rsa-too-short = The RSA key has { $bits } bits. At least 2048 are needed.
    .fix = { $with ->
        [key] Make a new key with klarert key, put it on the client in Samarbeidsportalen, and use its file and its name (kid) here.
       *[certificate] Order a new certificate with an RSA key of 2048 bits or more.
    }
finding-production-certificate-in-test = This certificate is for production ({ $issuer }). The test environment refuses it.
    .fix = Use a test certificate here: Buypass and Commfides issue them apart from those for production. Or choose the production environment.
finding-test-certificate-in-production = This is a test certificate ({ $issuer }). Production refuses it.
    .fix = Use the business's production certificate here, or choose the test environment.
finding-test-seal = This looks like a test certificate ({ $issuer }). Of eSeals, Maskinporten takes only those for production, in its test environment too.
    .fix = Use an eSeal that the issuer made for production, from the EU trusted lists. No list of test issuers exists.
finding-sandbox-certificate = This is a certificate of klarert's own sandbox ({ $issuer }). It is made up, and no other environment accepts it.
    .fix = { $wanted ->
        [test] Use a test certificate of the business here, from Buypass or Commfides. The sandbox's certificate works with `klarert --sandbox` only.
        [prod] Use the business's production certificate here, from Buypass or Commfides. The sandbox's certificate works with `klarert --sandbox` only.
        [seal] Use the business's own eSeal here, from an issuer on the EU trusted lists. The sandbox's certificate works with `klarert --sandbox` only.
       *[other] Use it with `klarert --sandbox` only. For Maskinporten, use the business's own certificate.
    }
finding-norwegian-certificate = This is a Norwegian business certificate ({ $issuer }). A foreign business identifies itself with an eSeal.
    .fix = Use an eSeal from an issuer on the EU trusted lists. If the business has a Norwegian organisation number and can log in to Samarbeidsportalen, it is a Norwegian one here: answer the first questions again.
finding-foreign-certificate = The certificate belongs to a foreign organisation ({ $found }). A Norwegian business identifies itself with a business certificate from Buypass or Commfides.
    .fix = Use the business certificate. If the business is foreign, answer the first questions again.
finding-signing-certificate = This is the certificate for signing. A Norwegian business uses the one for authentication.
    .fix = The delivery usually holds several certificates: choose the one for authentication. If it is not there, ask the issuer.
finding-encryption-certificate = This is the certificate for encryption. Maskinporten cannot use it to know the business.
    .fix = The delivery usually holds several certificates: choose the one for authentication. If it is not there, ask the issuer.
finding-organisation-differs = { $party ->
        [customer] The certificate belongs to { $found }, the organisation you act for. The business here is { $wanted }.
        [supplier] The certificate belongs to { $found }, but the business here, the supplier, is { $wanted }.
       *[other] The certificate belongs to { $found }, but the business here is { $wanted }.
    }
    .fix = { $party ->
        [customer] A supplier signs with its own certificate: use one of { $wanted }. If { $number } is your own number, the two numbers are swapped: enter { $number } as the organisation number, and { $wanted } as the organisation you act for.
        [supplier] A supplier signs with its own certificate, not with one of { $customer }: use a certificate of { $wanted }, or correct the organisation number.
        [norwegian] Use a certificate of { $wanted }, or correct the organisation. A supplier that acts for { $wanted } signs with its own certificate: enter { $number } as the organisation number, and { $wanted } as the organisation you act for. { $wanted } must have delegated the scopes to you in Altinn.
       *[other] Use a certificate of { $wanted }, or correct the organisation.
    }
finding-organisation-missing =
    { $what ->
        [form] The certificate names its organisation as “{ $found }”. This is not the form that identifies a business (organizationIdentifier).
        [norwegian] The certificate names the Norwegian organisation { $number } as “{ $found }”. The form is NTRNO-{ $number }.
        [number] The certificate names its organisation as “{ $found }”. This is not a Norwegian organisation number: nine digits, of which the last is a check digit.
       *[none] The certificate does not name an organisation in a form that Maskinporten knows.
    }
    .fix =
    { $what ->
        [form] Ask the issuer for a certificate with the right organizationIdentifier: the register, the country, a hyphen and the number, as in VATDE-123456789 or NTRSE-5560000001. For a Norwegian business it is NTRNO- and its number.
        [norwegian] Ask the issuer for a business certificate with NTRNO-{ $number } as organizationIdentifier.
        [number] Ask the issuer for a business certificate with NTRNO- and the right number as organizationIdentifier.
       *[none] Order a business certificate. Its subject must have an organizationIdentifier: for a Norwegian business NTRNO- and its number.
    }
finding-personal-certificate = This certificate is a person's. A business certificate is needed.
    .fix = Norwegian: order a business certificate from Buypass or Commfides. Foreign: order an eSeal (not an eSignature) for the business.
finding-website-certificate = This certificate is made for a website. A business certificate is needed.
    .fix = Norwegian: order a business certificate from Buypass or Commfides. Foreign: order an eSeal for the business.
finding-hardware-bound = The certificate says that its key is in hardware (QSCD). A program without that hardware cannot use it.
    .fix = Ask the issuer for the product with a key in a file (soft token), without a QSCD.
finding-chain-incomplete = The file does not have the whole chain: the certificate of { $issuer } is missing.
    .fix = A foreign business must send the whole chain. Get the issuer's certificates from its website, put them in one PEM file, and name that file as the chain.
finding-issuer-not-valid =
    { $what ->
        [future] The certificate of the issuer { $issuer } in the chain is not valid before { $date }.
       *[ended] The certificate of the issuer { $issuer } in the chain ended on { $date }.
    }
    .fix = Get the issuer's current certificate from its website, and use it in the chain instead. It is not known if Maskinporten refuses this one.
finding-issuer-unknown = The issuer { $issuer } is not on the list of Norwegian issuers that this program knows.
    .fix = This need not be wrong, as issuers renew their certificates. See that it is a business certificate from Buypass or Commfides.
finding-self-signed = The certificate is self-signed: it has no issuer but itself. Maskinporten accepts certificates from known issuers only.
    .fix = It was probably made for a test, for example with openssl or keytool. A Norwegian business uses a business certificate from Buypass or Commfides, a foreign business an eSeal from an issuer on the EU trusted lists.
finding-key-mismatch = The key in { $file } does not belong to the certificate.
    .fix = { $what ->
        [needless] { $certificate } has the right key itself. Leave the key file empty.
        [key-file] Find the key that was made with the certificate in { $certificate }, and name its file as the key file. After a renewal, do not mix old and new files.
       *[file] Find the key that was made with this certificate, usually in the same .p12 file. After a renewal, do not mix old and new files.
    }
finding-key-missing =
    { $part ->
        [public] Of the key { $kid }, { $file } has only the public part.
       *[none] { $file } has no private key.
    }
    .fix =
    { $part ->
        [public] Use the file that has the private part of that key. No other key is used in its place: the client knows this one.
       *[none] Use the .p12 file from the delivery, or name the file that has the key. The key is where the certificate was ordered or the request was made.
    }
finding-file-open-to-others = Other users of this computer can read { $file }, and the key in it.
    .fix = Let only yourself read it: chmod 600 { $path }
finding-wrong-password = The password does not open { $file }. Or else the file is damaged: from outside, the two look the same.
    .fix = Give the password as it was sent to you: capital letters and spaces count. If you are sure of it, get the file again.
finding-password-needed = { $file } is locked with a password.
    .fix = Give the password that came with the certificate: it is often sent apart, by SMS or letter. Without a terminal: --password-stdin, or KLARERT_PASSWORD.
finding-key-password-needed = The password opens { $file }, but the key in it has a password of its own.
    .fix = Give the key's password too. klarert tries all passwords that were typed. With --password-stdin, write each on a line of its own.
finding-password-trimmed = The password for { $file } was given with a blank before or after it. It fits without the blank.
    .fix = Remove the blank where the password is kept.
finding-key-locked =
    { $what ->
        [key] One key in { $file } has another password, so it was not read. The rest of the file is used.
       *[part] One part of { $file } has another password, so it was not read. The rest of the file is used.
    }
    .fix = If the certificate that is used is the right one, nothing needs to be done. If not, give that password too.
finding-kid-differs =
    { $what ->
        [unnamed] { $file } has { $count } keys without names, and none has the thumbprint { $kid }. The first key is used.
       *[named]
            { $count ->
                [one] The name of the key (kid) is { $kid } in the profile, but { $found } in { $file }.
               *[other] The name of the key (kid) is { $kid } in the profile, but { $file } has the keys { $found }. The first key is used.
            }
    }
    .fix = Look in Samarbeidsportalen at which kid the client has. Give that kid here, and use the file that has that key.
finding-mac-not-verified = { $file } is protected against changes with { $algorithm }, which klarert cannot check. The file was read without that check.
    .fix = Nothing needs to be done. klarert checks in any case that the key belongs to the certificate.
finding-block-unreadable =
    { $place ->
        [block] Block { $number } of { $file } ({ $label })
        [jwk] Key { $number } in { $file } ({ $label })
       *[part] One part of { $file }
    } { $why ->
        [many-primes] is an RSA key with more than two primes, which klarert does not read.
        [openssh] is an RSA key in the format of OpenSSH, which klarert does not read.
        [hardware] only refers to a key in hardware.
        [empty] is empty.
        [placeholder] has an example instead of its content.
        [cut-short] is cut short.
        [unsupported] uses { $detail }, which klarert does not read.
        [iterations] asks for far more work to try a password than any usual file.
        [jwk] has no readable part { $detail }.
       *[inside] is damaged.
    } The rest of the file is used.
    .fix = If that part is needed, get it again from where it came. If not, remove it from the file.
finding-damaged =
    { $what ->
        [saved-as-text] { $file } was opened and saved as text, or sent as text. Bytes of it are lost.
        [json] { $file } looks like a JWK, but is not valid JSON: see line { $line }, column { $column }.
        [empty] Block { $number } of { $file } ({ $label }) is empty.
        [placeholder]
            { $place ->
                [jwk] Key { $number } in { $file } ({ $label }) has an example or asterisks in place of the part d, the private key.
               *[block] Block { $number } of { $file } ({ $label }) has an example instead of its content.
            }
        [cut-short]
            { $place ->
                [block] Block { $number } of { $file } ({ $label }) is cut short: its last part is missing.
               *[file] { $file } is cut short: its last part is missing.
            }
       *[inside]
            { $place ->
                [block] Block { $number } of { $file } ({ $label }) is damaged: its content cannot be read.
                [jwk] Key { $number } in { $file } ({ $label }) is damaged: its numbers do not belong together.
               *[file] { $file } is damaged: its outside is right, but its inside cannot be read.
            }
    }
    .fix =
    { $what ->
        [json] Correct the text there, or export the key again from where it came.
        [empty] Put the content in, or get the file again from where it came.
        [placeholder] Put the real key or certificate in its place, or get the file again from where it came.
       *[other]
            { $place ->
                [jwk] Export the key again from where it came, all parts at once.
               *[file] Get the file again from where it came, and do not send it as text or open it in an editor on the way.
            }
    }
finding-unsupported =
    { $what ->
        [many-primes] The RSA key in { $file } has more than two primes. This program uses keys with two.
        [openssh] The RSA key in { $file } is in the format of OpenSSH, which this program does not read.
        [hardware] { $file } only refers to a key in hardware (a TPM, a card or a token). The key itself is not in the file.
        [recipient] { $file } is protected with a certificate or a Windows account instead of a password, so this program cannot open it.
        [iterations] { $file } asks for far more work to try a password ({ $algorithm }) than any usual file, so it was not opened.
        [jwk-missing] The JWK in { $file } has no part { $algorithm }.
        [jwk-malformed]
            { $algorithm ->
                [oth] The RSA key in { $file } has more than two primes (the part oth). This program uses keys with two.
               *[other] The part { $algorithm } of the JWK in { $file } cannot be read.
            }
       *[algorithm] { $file } uses { $algorithm }, which this program does not read.
    }
    .fix =
    { $format ->
        [pkcs12] Make a new file of it with OpenSSL, then use new.pem. It asks for the old password and for a new one: openssl pkcs12 -legacy -in { $path } -out new.pem
        [jwk] Export the private key again with all its parts (n, e, d, p, q, dp, dq, qi), or as PEM.
        [many-primes] Use a key with two primes, as nearly all programs make them. klarert key makes one for a client, klarert csr one for a new certificate.
        [openssh] Make a copy in another format, and name new.pem as the key file: (umask 077; sed -n "/BEGIN OPENSSH/,/END OPENSSH/p" { $path } > new.pem) && ssh-keygen -p -N "" -m PKCS8 -f new.pem
        [hardware] Use a certificate or a key in a file (soft token). A key in hardware cannot be copied out of it.
        [recipient] Export it again with its private key. Where the export asks for the protection, choose a password, not a user or a group.
        [pair] Make a new file of it with OpenSSL, then use new.p12. It asks for the old password and for a new one: openssl pkcs12 -export { $providers }-in { $path } -out new.p12
       *[other] Make a new file of it with OpenSSL, then use new.pem. It asks for the old password and for a new one: openssl pkcs8 -topk8 -v2 aes-256-cbc { $providers }-in { $path } -out new.pem
    }
finding-file-missing =
    { $why ->
        [not-found] There is no file { $file } in that place.
        [address] { $file } is an address on the web. A file on this computer is needed.
        [permission] You may not read { $file }.
        [folder] { $file } is a folder.
        [in-use] { $file } is open in another program.
        [not-a-folder] There is no { $file } in that place: a part of the path is a file.
        [name] The name of { $file } is too long, or has characters that are not allowed.
        [timed-out] Nothing came from { $file } within the time limit.
       *[other] { $file } could not be read: { $error }
    }
    .fix =
    { $why ->
        [address] Download the file, and give its path.
        [not-found] Check the path. You can drag the file into the terminal to get it.
        [permission] Ask the file's owner to let you read it, or copy it to a folder of your own.
        [folder] Name the file in it: a .p12, .pfx, .pem, .crt or .der.
        [in-use] Close the program that has it open. A virus scanner, a backup or OneDrive releases it by itself: wait a moment, then try again.
        [not-a-folder] Check the path.
        [name] Check the path.
       *[other] See that the disk or network place is there, and try again.
    }
finding-not-a-certificate =
    { $what ->
        [empty] { $file } is empty.
        [too-large]
            { $size ->
                [0] { $file } is too large for a certificate file: it has more than 1 MB.
               *[other] { $file } is too large for a certificate file: it has { $size }.{ $tenths } MB. At most 1 MB is read.
            }
        [empty-store] There is neither a certificate nor a key in { $file }.
        [jks] { $file } is a Java key store (JKS), which must be converted first.
        [csr] { $file } is a certificate request (CSR), not the certificate.
        [public-key] { $file } is a public key. It is neither a certificate nor a private key.
        [ssh-key] { $file } is a key for SSH, which is something else.
        [private-key] { $file } has a private key, but no certificate.
        [issuers] { $file } has only certificates of issuers (the chain), not that of the business.
        [crl] { $file } is a list of revoked certificates (CRL), not a certificate.
        [pgp] { $file } is a key for PGP, which is something else.
        [token] { $file } is a token (JWT). Tokens are made with a key, and are not the key.
        [encrypted-jwk] { $file } is encrypted (JWE), and must be decrypted first.
        [encrypted] { $file } is encrypted with { $tool }, and must be decrypted first.
        [other-der] { $file } is a binary file (DER), but neither a certificate nor a key.
        [json] { $file } is JSON without a key or a certificate that this program knows.
        [html] { $file } is a web page, whatever its name says. This happens when a login page or an error page is saved in place of the file.
        [xml] { $file } is XML without a certificate and its key.
        [mail] { $file } is an e-mail. The certificate may be attached to it.
        [archive] { $file } is a compressed archive, such as ZIP. The certificate may be inside.
        [document] { $file } is a document or a picture, whatever its name says.
        [windows-key] { $file } is a key in a format of Windows, which must be converted first.
        [database] { $file } is a store of a browser or of macOS, not a certificate file.
        [pointer] { $file } only points to another file. This happens when a shortcut or a placeholder is copied in place of the file.
        [hardware] { $file } only refers to a key in hardware (a card or a token). The key itself is not in the file.
        [stringified] { $file } has only the name of a value (such as [object Object]), which a program wrote in place of the content.
        [reference] { $file } has the name or address of a secret, not the secret itself.
        [zeros] { $file } has only zero bytes. This happens when a download or a synchronisation does not finish.
       *[unknown] { $file } is not a certificate in any form that this program knows.
    }
    .fix =
    { $what ->
        [empty] Get the file again from where it came.
        [too-large] Use a file with nothing but the certificate, its key and its issuers: together they have some kilobytes.
        [jks] Convert it with Java's own tool, then use the new file: keytool -importkeystore -srckeystore { $path } -destkeystore new.p12 -deststoretype PKCS12
        [csr] Send it to the issuer. What comes back is the certificate; use that, with the key that the request was made with.
        [public-key] Find the file that has the private key or the certificate: usually a .p12 from Buypass, Commfides or your eSeal's issuer.
        [crl] Look for the certificate in the same delivery: a .p12, .pfx or .pem.
        [token] Find the private key: a .pem or a JWK with the part d, or the .p12 from the issuer.
        [encrypted-jwk] Ask for the key without encryption, or decrypt it with the program that made it.
        [encrypted] Decrypt it, and use the new file: { $command }
        [html] Get the file again: log in first, and see that its size is some kilobytes and that it does not begin with <html.
        [mail] Save the attachment as a file of its own, and use that.
        [archive] Unpack it, and use the .p12, .pfx or .pem from it.
        [windows-key]
            { $command ->
                [none] Export it again from the program that made it, with all its parts or as PEM.
               *[other] Convert it with OpenSSL, and use the new file: { $command }
            }
        [hardware] Use a certificate or a key in a file (soft token). A key in hardware cannot be copied out of it.
        [stringified] Correct the program that wrote the file, or get the file again from where it came.
        [database] Export the certificate with its key from that program as a .p12 file.
        [pointer] Get the file itself: fetch it with git lfs pull, or copy the file that the shortcut opens.
        [reference] Fetch the secret with the program of the secret store, save it to a file, and use that.
        [zeros] Get the file again from where it came.
        [issuers] Name the file with the business's own certificate as the certificate. This file can be named as the chain.
        [private-key] Name the certificate too. If the key is registered on the client in Samarbeidsportalen, no certificate is needed: choose key as the way to authenticate.
       *[other] Look for the .p12 or .pfx from the issuer, or a .pem with the certificate and its key.
    }
finding-file-offered =
    { $what ->
        [pair] In that folder, { $file } and { $key } belong together and can be used here.
        [key] In that folder, { $file } has a key that can be used here.
        [locked]
            { $count ->
                [one] In that folder, { $file } is locked with a password.
               *[other] In that folder, { $count } files are locked with a password. One of them is { $file }.
            }
       *[certificate] In that folder, { $file } has a certificate with its key that can be used here.
    }
    .fix =
    { $what ->
        [pair] Use both: { $path } as the certificate file, and { $key-path } as the key file.
        [locked] If it is the right file, use it with its password: { $path }
       *[other] Use it instead: { $path }
    }
finding-pick-offered = Another certificate in { $file } can be used here: number { $number }.
    .fix = Pick number { $number } (in `klarert certificate`: --pick { $number }), or leave the choice to klarert.

# klarert certificate

severity-stops = Stops
severity-warns = Warning
severity-informs = Note
certificate-subject = Certificate
certificate-organisation = Organisation
certificate-issuer = Issuer
certificate-environment = Environment
certificate-purpose = Purpose
certificate-type = Type
certificate-qualified = Qualified
certificate-hardware = Bound to hardware
certificate-key = Key
certificate-valid = Valid
certificate-chain = Chain
certificate-key-matches = Key and certificate
certificate-serial-number = Serial number
certificate-sha1 = SHA-1 thumbprint
certificate-sha256 = SHA-256 thumbprint
certificate-alias = Alias in the file
certificate-format = File
certificate-none = none
certificate-yes = yes
certificate-no = no
certificate-valid-days =
    { $days ->
        [one] { $from } to { $to }, one day left
       *[other] { $from } to { $to }, { $days } days left
    }
certificate-valid-ended = { $from } to { $to }, ended
certificate-environment-test = test
certificate-environment-prod = production
certificate-environment-unknown = not known
certificate-purpose-authentication = authentication
certificate-purpose-signing = signing
certificate-purpose-encryption = encryption
certificate-purpose-seal = eSeal
certificate-purpose-other = other
certificate-type-eseal = eSeal
certificate-type-esignature = eSignature (a person)
certificate-type-website = website
certificate-type-unspecified = not stated
certificate-chain-complete = complete
certificate-chain-incomplete = incomplete
certificate-chain-none = none: only the certificate itself
certificate-key-matches-yes = belong together
certificate-key-matches-no = do not belong together
certificate-key-matches-unknown = not known
certificate-chosen-authentication = Chosen because its key usage is digital signature: Maskinporten wants the authentication certificate.
certificate-chosen-seal = Chosen because it is an eSeal: that is what a foreign business uses.
certificate-chosen-best = Chosen because it comes nearest to an authentication certificate.
certificate-chosen-usable = Chosen because it can be used here. The one that usually comes first cannot.
certificate-chosen-by-you = Chosen by you, with --pick { $number }.
certificate-other = --pick { $number } uses the one for { $purpose }
certificate-outcome-passed = Nothing in this file prevents its use.
certificate-outcome-warned = Nothing in this file prevents its use, but read the warnings.
certificate-outcome-failed = This file cannot be used as it is.
certificate-revocation-unknown = Whether the issuer has revoked the certificate was not looked up.
certificate-ask-password = Password for { $file }:

# klarert key, klarert csr

make-file-exists = { $file } is already there, and is left as it is: it may be the only copy of a key in use. Choose another name with --out.
make-request-exists = { $file } is already there, and is left as it is. Choose another name for the request with --request.
make-key-stdout = --out: The private key is written to a file and never printed. Give the name of a new file.
make-same-file = --out and --request are one file ({ $file }): the private key and the request need a file each.
make-not-written = { $file } could not be written: { $error }
    .hint = Choose a folder that exists and that you may write to, with --out (with --request for the request of `klarert csr`).
make-country = --country: A country is two letters, such as SE or DE. It was: { $written }
make-csr-norwegian = --organisation: { $number } is a Norwegian organisation number without its prefix.
    .hint = A Norwegian business: --organisation NTRNO-{ $number } --country NO. A business of another country: its identifier there, such as { $country ->
        [NO] VATDE-123456789
       *[other] VAT{ $country }-123456789
    }.
make-csr-country = --country: { $identifier } is of a register in { $own }, but the country is { $country }.
    .hint = Use --country { $own }, or the identifier that the business has in { $country }.
make-csr-other-country = { $identifier } is of { $own }, but the country is { $country }. Check that the issuer accepts a number from another country than the business's.
make-key-written = The private key is in { $file }. Only you can read it (on Windows: whoever may read its folder). Keep a copy in a safe place. Never send it to anyone.
make-jwk-next = Below is the public key. Copy it into the client in Samarbeidsportalen, under keys. Its name (kid) is { $kid }. A registered key lasts one year: `klarert set NAME key-registered=today` on that day, and klarert warns 30 days before it expires.
make-csr-next = Below is the certificate request. Send it to the issuer of the eSeal. When the certificate comes, use it together with { $file }.
make-csr-written = The certificate request is in { $file }. Send it to the issuer of the eSeal.
