# The texts of --help, by rule: `help-<command>` and an attribute for each of its arguments.

help = From a business certificate to Norwegian Customs' APIs, through Maskinporten.
    .home = Folder of the profiles (or KLARERT_HOME)
    .lang = The language: en or nb
    .no_color = No colours (or NO_COLOR)
    .plain = Lines of text instead of a drawn screen
    .sandbox = Use the sandbox: nothing leaves this computer
    .json = JSON objects for programs, also for errors
    .password_command = Program that prints a certificate's password
    .example =
        More: set done undo apply report import export copy rename remove restore csr
        token portal sandbox where completions man help. Example: klarert list --help
help-usage = Usage:
help-begin = Type `klarert` to begin. It guides a business to Norwegian Customs' APIs.
help-flag =
    .help = Show this help
    .version = Show the version
help-elsewhere = Everywhere: --home --lang --no-color --plain --sandbox --json --password-command
help-everywhere = Everywhere
help-filter =
    .only_environment = Only profiles of this environment
    .only_business = Only norwegian or foreign businesses
    .only_match = Only profiles whose name matches, such as "acme-*"
    .only_complete = Only profiles with all answers that a check needs
    .only_failed = Only profiles whose last check failed
    .only_attention = Only profiles that need attention
help-apply = Make and change profiles from a table
    .file = CSV with a header (, or ;), or a JSON array; - for standard input
    .dry_run = Show the plan and write nothing
    .json = One JSON object a line, for programs
    .example =
        Columns: profile, and the keys of `klarert set` (business, organisation, name,
        environment, services, client-id, certificate …). Services are separated by
        blanks. An empty cell changes nothing. Paths are relative to the table. All
        rows are validated before the first profile is written.
        Example: klarert apply customers.csv --dry-run
help-report = Report the state of many onboardings
    .profiles = The profiles; all if left out
    .format = markdown (if left out), html (one file, to print or send) or csv
    .json = Without --format: one JSON object a line, as `klarert list --json`
    .example =
        Filters, as in `klarert list --help`:
        --environment, --business, --match, --complete, --failed, --attention.
        Example: klarert report --format html > report.html
format-ics = Calendar events for certificates and keys that end
format-prometheus = Metrics for node_exporter's textfile collector
format-openssl = The shell script without klarert: openssl signs with a PEM key
help-certificate = Show what a certificate file is, and whether it can be used
    .file = The file: .p12, .pfx, .pem, .crt, .der, or a key as .pem or JWK
    .key = The private key, in a file of its own
    .chain = The issuer's certificates, in a file of their own
    .business = Validate it for norwegian or foreign
    .environment = Validate it for this environment (else: as issued)
    .organisation = Validate that it belongs to this organisation
    .authentication = certificate or key
    .pick = Use the one with this number, of several
    .password_stdin = Read the password from standard input
    .json = One JSON object, for programs
    .example =
        Without --password-stdin the password is taken from KLARERT_PASSWORD, or asked
        for at the terminal.
        Example: klarert certificate acme.p12 --business norwegian --environment test
help-check = Run the connectivity check on saved profiles, without the wizard
    .profiles = The profiles; may be left out where there is only one
    .all = All profiles
    .jobs = How many are checked at the same time
    .ends_within = Exit code 1 also if certificate or key ends so soon, or when is unknown
    .password_stdin = Read passwords from standard input, one a line
    .quiet = Print failures only
    .json = One JSON object a line, as each check ends
    .example =
        Passwords: `klarert help passwords`. Filters, as in `klarert list --help`:
        --environment, --business, --match, --complete, --failed, --attention.
        Exit codes: 0 passed, 1 failed, 2 wrong usage, 3 something could not be read,
        4 the network or the service could not be reached, 130 interrupted.
        Examples:
          klarert check acme
          klarert check --all --ends-within 14     for a monitor
help-completions = Write the completions of a shell
    .shell = bash, zsh, fish, powershell or elvish
    .example =
        The script is for where the shell starts; it asks klarert itself at each Tab.
        bash, in ~/.bashrc: eval "$(klarert completions bash)"
        PowerShell, in $PROFILE: klarert completions powershell | Out-String | Invoke-Expression
help-copy = Copy a profile, also to another environment
    .profile = The profile
    .to = Name of the copy
    .environment = The copy's environment, if it is another
    .example = Example: klarert copy acme-test acme-prod --environment prod
help-csr = Make a key and a certificate request for an eSeal
    .organisation = organizationIdentifier, such as VATDE-123456789
    .name = The business's name, as its register has it
    .country = The country, two letters
    .common_name = The common name, if not the business's name
    .state = State or province, if the issuer asks for it
    .locality = Town, if the issuer asks for it
    .unit = Department, if the issuer asks for it
    .serial_number = Serial number, if the issuer asks for it
    .out = Where the private key is written
    .request = Where the request is written, if to a file
    .bits = 2048, 3072 or 4096
    .example =
        An existing file is never overwritten. Example:
          klarert csr --organisation VATDE-123456789 --name "Demo GmbH" --country DE
help-done = Tick what has been done
    .profile = The profile
    .items = As `show --json` names them; a step's name stands for all of it
    .example = Example: klarert done acme customs.form customs.submit
help-explain = Explain an error: what it means and who must act
    .text = Codes (MP-122), ids, a trace id, a file, or any text with errors in it; else standard input, else all there are
    .json = JSON, for programs
    .example =
        Examples:
          klarert explain MP-122
          klarert explain service.log     every error in a file
          klarert explain < answer.json
          klarert explain                 every error that is known
help-export = Write the set-up for others: no secret is in it
    .profiles = The profile; several with handoff, json, ics or prometheus
    .all = All profiles; filters as in `klarert list --help`
    .format = handoff (for people), env, curl, openssl (curl without klarert), powershell, json, ics (calendar), prometheus (metrics), grant-generator (client.properties), appsettings (appsettings.json), spring (application.yaml), pymaskinporten or typescript (.env)
    .example = Example: klarert export acme --format handoff > acme.md
format-handoff = A summary for a colleague, the system provider or Customs (Markdown)
format-env = Variables for a shell or a container
format-curl = A shell script of the three requests
format-powershell = The three requests as a script for PowerShell
format-json = All of it, for a program
format-grant-generator = Digdir's jwt-grant-generator
format-appsettings = Altinn's client for .NET
format-spring = KS' client for Spring Boot
format-pymaskinporten = pymaskinporten, for Python
format-typescript = The TypeScript client webmaxru/maskinporten
help-passwords =
    Passwords of certificate files. The first of these that gives one counts:

      --password-stdin                standard input: a line for each certificate file
                                      that needs a password, in the order of the
                                      profiles, or lines PROFILE=PASSWORD. A line too
                                      many is an error.
      --password-command "PROGRAM …"  the first line that the program prints. It is run
                                      without a shell. {"{profile}"}, {"{organisation}"} and {"{file}"}
                                      are replaced. The time limit is 60 seconds.
      KLARERT_PASSWORD_<PROFILE>      variable: capitals, and _ for other characters
      KLARERT_PASSWORD                variable for all profiles
      password_command                in [certificate] of the profile, then in
                                      config.toml, as
                                      password_command = ["program", "argument"]
      a prompt at the terminal

    Without the password a profile is skipped (exit code 3), and its last result stays.

    Examples of --password-command:
      secret-tool lookup klarert {"{profile}"}                           Linux, GNOME
      security find-generic-password -w -s klarert -a {"{profile}"}      macOS
      pwsh -NoProfile -Command "Get-Secret klarert-{"{profile}"} -AsPlainText"
      pass show klarert/{"{profile}"}
      op read op://klarert/{"{profile}"}/password                        1Password
      vault kv get -field=password secret/klarert/{"{profile}"}
      az keyvault secret show --vault-name v --name {"{profile}"} --query value -o tsv
help-help = Show the help of a command
    .command = The command
    .example = Example: klarert help check
help-import = Make a profile from another client's settings
    .profile = Name of the profile
    .file = jwt-grant-generator's properties, or an .env file
    .environment = For this environment, whatever the file has
    .example = Example: klarert import acme client.properties
help-key = Make a key for a client, and print its public key (JWK)
    .out = Where the private key is written
    .kid = The key's name on the client; without this, its thumbprint
    .bits = 2048, 3072 or 4096
    .example = Example: klarert key --out acme-key.pem --kid acme-2026
help-list = Show every profile on one line, what needs attention first
    .json = One JSON object a line, for programs
    .only_attention = Only profiles that need attention; exit code 1 if there are any
    .ends_within = Only those whose certificate or key ends within so many days, or it is not known when; exit code 1 when there are any
    .example = Example: klarert list --attention
help-man = Write the manual
    .out = Into this folder, a page for each command, as packages have it
    .example = Example: klarert man | man -l -
help-new = Start the wizard on a new profile, or write one by flags
    .profile = Name of the profile: small letters, digits, hyphens
    .business = norwegian or foreign (a NUF: --portal-login no)
    .norwegian-number = Has a Norwegian organisation number: yes or no
    .portal-login = Someone can log in to Samarbeidsportalen: yes or no
    .environment = test, prod, sandbox, or one from config.toml
    .name = The business's name
    .organisation = Nine digits; foreign: such as VATDE-123456789
    .services = road air rail sea safeseanet entry documents
    .own-scopes = Other scopes than those of the services
    .client-id = The client id from Samarbeidsportalen
    .issuer-name = Foreign: the name to send as the issuer
    .authentication = certificate, or key: registered on the client
    .kid = That key's name
    .key-registered = Day it was put on the client, or today
    .certificate = The certificate's file; with a key, the key's
    .pick = Which certificate of several in the file, as `klarert certificate` numbers them
    .key-file = The private key, in a file of its own
    .chain-file = The chain, in a file of its own
    .consumer-org = A supplier only: whom it acts for
    .example = Example: klarert new acme --business norwegian --service air --service entry
help-portal = Samarbeidsportalen by its API, with an administration client
    .example =
        For system providers and large businesses with an administration client from
        Digdir. Tested against Digdir's documents and the sandbox, not Digdir's service.
        Example: klarert portal create acme --dry-run
help-portal-scopes = List the public scopes: no credentials are needed
    .like = Only scopes with this in their names
    .environment = test (if left out), prod, sandbox, or one from config.toml
    .json = One JSON object a line, for programs
    .example = Example: klarert portal scopes --like toll:
help-portal-setup = Keep an administration client, as a profile of its own kind
    .profile = Name of the profile
    .client_id = The client id from Digdir
    .certificate = The certificate's file; with --kid, the key's
    .organisation = Nine digits; read from the certificate if left out
    .environment = test (if left out), prod, sandbox, or one from config.toml
    .name = The business's name
    .kid = That key's name, where a key is registered
    .key_file = The private key, in a file of its own
    .password_stdin = Read the password from standard input
    .example =
        Afterwards it is checked, listed and changed as other profiles are.
        Example: klarert portal setup digdir --client-id 3f1c… --certificate acme.p12
help-portal-granted = Show which scopes have been granted to your organisation
    .admin = The administration client; may be left out where there is only one
    .environment = The environment, where there are several administration clients
    .password_stdin = Read the password from standard input
    .example = Example: klarert portal granted --json
help-portal-clients = List the clients of your organisation
    .admin = The administration client; may be left out where there is only one
    .environment = The environment, where there are several administration clients
    .password_stdin = Read the password from standard input
    .example = Example: klarert portal clients
help-portal-create = Create the client of a profile, and put its id into the profile
    .profile = The profile
    .dry_run = Show what would be sent, and change nothing
    .yes = Do not ask
    .admin = The administration client; may be left out where only one fits
    .password_stdin = Read the administration client's password from standard input
    .example =
        After an interruption the same command goes on: no client is created twice.
        Scopes that are not granted are left out; `klarert portal scopes-add` adds
        them later. Example: klarert portal create acme --yes
help-portal-scopes-add = Put the granted scopes of a profile on its client
    .profile = The profile
    .dry_run = Show what would be sent, and change nothing
    .yes = Do not ask
    .admin = The administration client; may be left out where only one fits
    .password_stdin = Read the administration client's password from standard input
    .example =
        Exit code 1 if a scope of the profile is not granted.
        Example: klarert portal scopes-add acme
help-portal-key = Put the public key of a profile on its client
    .profile = The profile
    .rotate = Replace the profile's key by a new one
    .dry_run = Show what would be sent, and change nothing
    .yes = Do not ask
    .admin = The administration client; may be left out where only one fits
    .password_stdin = Read the passwords from standard input
    .example =
        A key is generated if the profile has no file; else the key in it is used, also
        a business certificate's. The other keys of the client stay.
        --rotate: both keys are put on the client, Maskinporten accepts the new one,
        the profile uses it, the old one is taken off. It can be interrupted.
        Example: klarert portal key acme --rotate
help-remove = Move profiles to the trash, or empty it
    .profiles = The profiles
    .empty_trash = Delete all profiles in the trash
    .yes = With --empty-trash: do not ask
    .example =
        Nothing is deleted, and nothing is asked: `klarert restore` undoes it.
        Only --empty-trash deletes, and asks first.
        Example: klarert remove acme
help-rename = Give a profile another name
    .profile = The profile
    .to = Its new name
    .example = Example: klarert rename acme acme-test
help-restore = Restore profiles from the trash, or list the trash
    .profiles = The profiles; the one removed last where several had that name. Left out, the trash is listed
    .to = Another name for it, where its own is taken
    .example = Example: klarert restore acme
help-resume = Go on where you were
    .profile = The profile; the most recently used one if it is left out
    .example = Example: klarert resume acme
help-sandbox = Serve a Maskinporten and a Customs to try things on
    .port = The port on 127.0.0.1; 0 takes any free one
    .register_key = Register the public key in FILE (PEM or JWK; of a private key only the public key is read)
    .kid = The name of the registered key, as grants give it
    .client_id = The client to register the key on; made if the sandbox does not have it
    .scopes = A scope for that client, granted as well; may be repeated
    .json = Print its address and its clients as one line of JSON
    .example = Example: klarert sandbox --port 0
help-set = Change answers of a profile
    .profile = The profile
    .answers = Keys are the flags of `new` without their dashes; nothing after = removes an answer
    .example = Example: klarert set acme client-id=3f1c6a52-7d0e-4b8a-9c41-2e5f8a1b6d30
help-show = Show profiles: what is done, what is missing, who must act
    .profiles = The profiles
    .json = One JSON object a line, for programs
    .example = Example: klarert show acme
help-token = Print a token on standard output, and nothing else
    .profile = The profile; may be left out where there is only one
    .customs = Norwegian Customs' token, which Maskinporten's is exchanged for
    .scope = A scope; may be repeated. The profile's first if it is left out
    .all_scopes = One token for all scopes of the profile
    .json = One JSON object with the token, its scope and its expiry
    .password_stdin = Read the certificate's password from the first line of standard input
    .example = Example: curl -H "Authorization: Bearer $(klarert token acme --customs)" …
help-undo = Remove ticks
    .profile = The profile
    .items = As `show --json` names them; a step's name stands for all of it
    .example = Example: klarert undo acme customs.submit
help-where = Show folders, language, terminal and proxies, for a bug report
    .json = One JSON object, for programs
    .example = Example: klarert where

# The manual: its headings, and what is in it besides the texts of --help. A line is `term: text`.

manual-name = NAME
manual-synopsis = SYNOPSIS
manual-description = DESCRIPTION
manual-options = OPTIONS
manual-commands = COMMANDS
manual-examples = EXAMPLES AND NOTES
manual-version = VERSION
manual-about = klarert guides a business from an ordered certificate to a working connection with Norwegian Customs' Digitoll APIs, through Maskinporten. Without a command it opens the wizard: choose a profile to continue, or start a new one. Every answer is saved when it is given. With --sandbox everything can be tried without risk.
manual-exit = EXIT STATUS
    .lines =
        0: Success.
        1: A check failed, or a certificate cannot be used.
        2: Wrong usage.
        3: A profile, a certificate or the configuration could not be read.
        4: The network or the service could not be reached.
        5: With --plain: the input ended before the check was run.
        130: Interrupted.
manual-environment = ENVIRONMENT
    .lines =
        KLARERT_HOME: The folder of profiles and settings; --home overrides it.
        KLARERT_PASSWORD: The password of a certificate.
        KLARERT_PASSWORD_<PROFILE>: The password of that profile's certificate, for check. The name is in capitals, with _ for other characters.
        KLARERT_OFFLINE: Set to anything: no request is made that a command does not need, such as the look-up of a typed scope.
        NO_COLOR: No colours, when it is set to anything.
        LC_ALL, LC_MESSAGES, LANG: The language, if neither --lang nor config.toml sets it.
        HTTPS_PROXY, NO_PROXY: The proxy, and what is reached without it.
        SSL_CERT_FILE, SSL_CERT_DIR: On Linux, root certificates to trust instead of the system's.
        KLARERT_COMPLETE: Set by the script of a shell that completes a line.
manual-files = FILES
    .lines =
        config.toml: Settings: the language, and environments of your own.
        profiles/<NAME>.toml: A profile. No secret is in it.
        state/<NAME>.toml: What changes without the answers: the last check, the certificate's end. Git ignores the folder.
        state/.index: With 500 profiles or more: what a list shows of them, so that only changed files are read. It can be deleted.
        bin/<NAME>.toml, bin/<NAME>@2.toml and so on: The trash, until `klarert remove --empty-trash`.
        The folder: ~/.config/klarert on Linux, ~/Library/Application Support/klarert on macOS, %LOCALAPPDATA%\klarert\config on Windows; or KLARERT_HOME, or --home.
