# The steps, their items and questions. `.short` is for the list of steps, `.intro` gives the reason for a step.

step-business = Which kind of business?
    .short = Business
    .intro = A Norwegian and a foreign business have different steps. Two questions decide which ones are yours.
step-services = What will you do with Customs?
    .short = Services
    .intro = Each service has a scope: the name of the right to use it. Choose the services. The scopes follow from them.
step-customs = Register with Norwegian Customs
    .short = Customs
    .intro = Digitoll is Customs' digital clearance at the border. A business that has registered for it gets access to its scopes.
step-digdir = Become a customer of Digdir
    .short = Digdir customer
    .intro = Digdir is the agency that runs Maskinporten, and Samarbeidsportalen: the portal where you create your client. It is free for those who only use APIs.
step-integration = Create the client in Samarbeidsportalen
    .short = Integration
    .intro = A client is the entry in the portal that lets your system ask for tokens. The portal also calls it an integration.
step-credentials = Certificate and key
    .short = Credentials
    .intro = Maskinporten gives a token for a request that is signed with the key of your business. The key stays on this computer.
step-check = Connectivity check
    .short = Check
    .intro = The check asks Maskinporten for a token: a proof of the right, valid for minutes. Customs exchanges it for its own token, which a test call then uses.

wait-customs = Customs does not publish how long this takes. You can leave and come back. The next steps can be prepared meanwhile. Questions: digitoll@toll.no.
wait-digdir = Digdir does not publish how long this takes.
wait-client = A new client can take up to ten minutes before it works.

item-customs-form = Open the registration form
item-customs-submit = Fill it in and submit it for your business
item-customs-scopes = Ask for access to these scopes
item-customs-granted = Customs has given the access
    .help = Until then the check stops { $kind ->
        [foreign] at Customs.
       *[norwegian] at Maskinporten (MP-250).
    }

item-digdir-information-form = Fill in Digdir's information form and send it
    .help = The form is on Digdir's page for consumers: those who use the APIs of others. You are a consumer of Customs' APIs.
item-digdir-access = Digdir has confirmed the access
    .help = To log in to Samarbeidsportalen you need a Norwegian electronic ID at level high: BankID, Buypass ID or Commfides. MinID is not enough.
item-digdir-terms = Read and sign the terms of use
    .help = They are in Samarbeidsportalen, under the business's terms of use. A private business signs “Bruksvilkår for private verksemder”, and a supplier to several public bodies also “Bruksvilkår for leverandørar”. Without a signature the portal refuses to create a client.
item-digdir-delegate = Get the right to manage clients, in Altinn
    .help = For test and for production. Search for “Maskinporten”: Altinn calls the right “Selvbetjening av klienter i ID-porten/Maskinporten”, Digdir “Selvbetjening av integrasjoner i ID-porten/Maskinporten”. Or choose “be om tilgang” (ask for access) in the portal.

item-integration-login = Log in to Samarbeidsportalen
    .help = Choose to log in with an organisation number (“organisasjonsnummer”). Use BankID, Buypass ID or Commfides: MinID is not enough.
item-integration-business = Select your business
    .help = A supplier that acts for customers creates a client of its own, not one on behalf of a customer.
item-integration-organisation-shown = Check the organisation number at the top right
    .help = If you log in to test without representing a business, you get a synthetic (made-up) organisation. A client created there does not fit your certificate.
item-integration-add = Open “Klienter” (clients), then “Legg til klient” (add client)
    .help = An older portal has “Ny integrasjon” (new integration). If there is no such button, you may lack the right from Altinn. The menu “Scopes” is for those who offer an API.
item-integration-maskinporten = Select “Maskinporten”
item-integration-name = Give the client a name and a description
    .help = The name is yours to choose. One that names the service helps, as Customs has several APIs.
item-integration-scopes = Choose “Legg til scope” (add scope) and select these
    .help = A scope is not in the list if Customs has not granted it, or only in the other environment; if the client already has it; if the client is of another type; or if the list is filtered. You may add a scope before Customs grants it: the portal warns, and the check ends in MP-250 until then. That answer proves that client, key and certificate are right.
item-integration-grant-type = Check that the grant type is this one
    .help = A grant is the signed request for a token. The newest portal has chosen its type for you.
item-integration-create = Choose “Fullfør” (finish), then “Lagre endringer” (save changes)
    .help = An older portal has “Opprett” (create).
item-integration-identifier = Open the new client and copy its identifier
    .help = It is your client id, usually a UUID. It is asked for next.

item-credentials-ordered = The certificate is ordered
    .help = { $kind ->
        [foreign] Tick it on the day it is ordered, or when the certificate request is sent.
       *[norwegian] Someone with signing rights or a power of procuration (prokura) must approve the order. A certificate for the test environment is a separate order. Tick it on the day it is ordered, or when the certificate request is sent.
    } `klarert list` then shows since when you wait.

field-business = Norwegian or foreign business
field-norwegian-number = Does the business have a Norwegian organisation number?
    .why = A number of nine digits in Enhetsregisteret, the Norwegian business register.
field-portal-login = Can someone in the business log in to Samarbeidsportalen?
    .why = Samarbeidsportalen is Digdir's portal. It takes a Norwegian electronic ID at level high: BankID, Buypass ID or Commfides, not MinID. A NUF, a Norwegian branch of a foreign company, without such a person can ask servicedesk@digdir.no to help set up the client, or follow the steps for foreign businesses.
field-environment = Which environment?
    .why = Begin in test. Production has other certificates and its own client.
field-environment-foreign = Which environment?
    .why = Begin in test. The same eSeal serves both, and there is no client to set up.
field-name = Name of the business
    .why = It is used in the texts that you send to others.
    .example = Nordlys Spedisjon AS
field-organisation = Organisation number
    .why = The certificate, the client and the registration with Customs must all have this number.
    .example = 123 456 785
field-organisation-foreign = Organisation identifier (optional)
    .why = As the eSeal (electronic seal: a certificate for a business) has it, under organizationIdentifier. To order one: the kind of register (VAT, NTR), the country, a hyphen and your number there.
    .example = VATDE-123456789
field-services = Services
field-own-scopes = Other scopes (optional)
    .why = Only if Customs has given you a scope that is not above. Separate several with a space.
    .example = toll:movement/road/v2
field-own-scopes-foreign = Other scopes (optional)
    .why = { field-own-scopes.why }
    .example = toll:eu/movement/road/v2
field-client-id = Client id
    .why = The identifier of the client in Samarbeidsportalen. klarert sends it as iss, in the signed request for a token (the grant).
    .example = 3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f10
field-issuer-name = A name for your business or system
    .why = The request for a token must have a name (iss). Any name is accepted: the eSeal identifies you.
    .example = nordlys-haulage
field-authentication = How will you sign?
    .why = With the business certificate, unless you uploaded a public key to the client.
field-kid = Key id (kid)
    .why = The name of the key as the client in the portal has it.
    .example = nordlys-2026
field-key-registered = Registered on (optional)
    .why = The day the key was put on the client. It expires one year later. klarert warns 30 days before.
    .example = today, or 2026-11-26
field-certificate = Certificate file
    .why = The file your issuer sent, most often a .p12. It is read here and never sent anywhere.
    .example = ~/nordlys-auth.p12
field-certificate-key = Private key file
    .why = The private key that belongs to the public key on the client. It is read here and never sent anywhere.
    .example = ~/nordlys-key.pem
field-pick = Use another one (optional)
    .why = Its number in the list above. Only if you know that the chosen certificate is not the right one.
    .example = 2
field-key-file = Key file
    .why = Only if the private key is in a file of its own.
    .example = ~/nordlys.key
field-chain-file = Chain file
    .why = Only if the issuer's certificates are in a file of their own.
    .example = ~/chain.pem
field-consumer-org = Acting for another organisation (optional)
    .why = Only for a supplier with a delegation in Altinn (in TT02 for test): the customer's number. Never your own. Not every scope can be delegated: ask Customs first.
    .example = 123 456 785

option-yes = Yes
option-no = No
option-certificate = Business certificate
option-key = Registered key

environment-test = Test
environment-prod = Production
environment-sandbox = Sandbox

kind-norwegian = Norwegian business
kind-foreign = Foreign business
kind-norwegian-note = You need a Norwegian business certificate (virksomhetssertifikat) from Buypass or Commfides, an agreement with Digdir, and a client in Samarbeidsportalen. Not ordered the certificate yet? Do it now: it takes a few business days, and a certificate for test is a separate order.
kind-foreign-note = You need an eSeal (electronic seal: a certificate for a business) from an issuer on the EU trusted lists, and no client. Customs helps foreign businesses: digitoll@toll.no. Not ordered the eSeal yet? Do it now: it can take several weeks.

service-road = Road
    .about = For those who send or drive goods by lorry
service-air = Air
    .about = For those who send or carry goods by air
service-rail = Rail
    .about = For those who send or carry goods by train
service-sea = Sea
    .about = For those who carry goods by ship. A lorry on a ferry is Road
service-safeseanet = SafeSeaNet
    .about = For ships that report through SafeSeaNet Norway
service-entry = Entry
    .about = For those who present goods to Customs at the border, and ask how they are routed. ICS2 uses it too (ics2-kontakt@toll.no)
service-documents = Documents
    .about = For those who upload documents to a declaration
service-declarations = Declaration data
    .about = Announced by Customs, not open yet

copyable-scopes = the scopes
copyable-organisation = the organisation number
    .foreign = the organisation identifier
copyable-client-name = a name for the client
copyable-client-description = a description
copyable-grant-type = the grant type
copyable-link = the address of the page
copyable-letter = a letter
copyable-mail = Digdir's address
client-name = { $business } Digitoll { $services }
client-description = Sends { $services } messages to Norwegian Customs (Digitoll)
    .none = Sends messages to Norwegian Customs (Digitoll)

who-you = You can do this yourself.
    .short = you
who-provider = Your system provider must do this.
    .short = your system provider
who-customs = Norwegian Customs must do this (digitoll@toll.no).
    .short = Norwegian Customs
who-digdir = Digdir must do this (servicedesk@digdir.no).
    .short = Digdir
who-administrator = Your main administrator (Hovedadministrator) in Altinn must do this.
    .short = main administrator in Altinn
who-customer = The organisation you act for must do this.
    .short = the customer
who-issuer = The issuer of the certificate must do this.
    .short = certificate issuer
who-network = Those who run your network must do this.
    .short = those who run your network
who-scope-owner = The owner of the scope must do this.
    .short = owner of the scope
