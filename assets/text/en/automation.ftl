# Automation: many profiles, passwords from a secret store, filters, tables and reports.

password-missing = the certificate's password
password-source = { $what ->
        [stdin] standard input (--password-stdin)
        [flag] --password-command
        [profile] password_command in the profile's file
        [config] password_command in config.toml
       *[variable] { $variable }
    }
password-came-from = { $profile }: the password came from { $source }.
    .named = Its line has the form NAME=PASSWORD, but begins with the name of no selected profile: the whole line was taken for the password.
    .file = The password came from { $source }.
password-variable-shared = { $variable } is for two profiles, { $one } and { $other }, so it is not clear whose password it has.
    .hint = Give the passwords with --password-command, or with --password-stdin as lines NAME=PASSWORD.
password-command-empty = --password-command has no program, or a quote in it is not closed.
    .hint = Example: --password-command "pass show klarert/{"{profile}"}"
password-command-error = { $profile }: no password. { $why }
    .file = No password. { $why }
password-command-not-started = The program “{ $program }” could not be started: { $error }
password-command-failed = The program “{ $program }” ended with { $status }. { $stderr }
password-command-no-output = The program “{ $program }” printed no password.
password-command-timed-out = The program “{ $program }” did not end within { $seconds } seconds.
password-lines-surplus = { $count ->
        [one] Standard input has one line more than passwords are needed.
       *[other] Standard input has { $count } lines more than passwords are needed.
    }
    .hint = --password-stdin takes a line for each certificate file, in the order of the profiles, or lines NAME=PASSWORD.
password-lines-unknown = These lines of standard input name no selected profile: { $lines }

check-row-skipped = skipped · the password is missing
check-incomplete-skipped = { $count ->
        [one] One profile is not complete and was skipped: { $names }
       *[other] { $count } profiles are not complete and were skipped: { $names }
    }
check-sum-causes = By cause:
check-sum-skipped = skipped, as the password is missing
check-sum-who = By who must act:
check-fix-set = Fix { $at }: klarert set { $profile } { $key }=…{ $home }
check-fix-show = Fix { $at }. All steps of the profile: klarert show { $profile }{ $home }
    .all = All steps of the profile: klarert show { $profile }{ $home }

filter-match-invalid = --match: “{ $written }” is not a pattern. Use * for any characters, ? for one, and [abc] for one of several.
filter-nothing = No profile matches.
    .hint = `klarert list{ $home }` shows all profiles.

## apply

apply-place = Row { $row }, column { $column }
apply-row = Row { $row }: { $rule }
apply-table = The table has no rows.
    .hint = The first row of a CSV file names the columns: profile, and the keys of `klarert set`. Example: profile;business;organisation;services
    .json = JSON is an array of objects with the names of the columns. Example: [{"{"}"profile": "acme", "business": "norwegian"{"}"}]
apply-not-utf8 = The table is not UTF-8. In Excel, save it as “CSV UTF-8”.
apply-other-form = { $what ->
        [sep] The first line, sep=, is for Excel only. Remove it.
        [toml] This is TOML, not a table. klarert reads CSV and JSON.
        [yaml] This is YAML, not a table. klarert reads CSV and JSON.
       *[tabs] The columns are separated by tabs. Save the table as CSV, with ; or , between the columns. In Excel, choose “CSV UTF-8”.
    }
apply-no-objects = The table has no rows: there is no object with a value in the JSON array.
apply-not-json = The table is not valid JSON: { $what ->
        [end] it ends in line { $line }, before it is complete.
        [comma] there is a comma too many before line { $line }, column { $column }.
       *[other] see line { $line }, column { $column }.
    }
apply-not-an-array = The table is JSON, but not an array. Put the objects between [ and ], with a comma between them.
apply-quote-unclosed = Row { $row }, column { $column }: the quotation mark at the beginning of the cell is not closed. Write a " inside a cell twice.
apply-quote-text-after = Row { $row }, column { $column }: text follows the quotation mark that closes the cell. Write a " inside a cell twice.
apply-quote-inside = Row { $row }, column { $column }: a " inside a cell must be written twice, and the whole cell put in quotation marks, without a blank before them.
apply-not-an-object = Element { $row } of the JSON array is not an object.
apply-not-a-text = Row { $row }, column { $column }: not a text, a number, or a list of texts.
apply-row-too-long = Row { $row } has more cells than the { $columns } columns of the header.
apply-column-unknown = “{ $column }” is not a column. The columns are: { $known }
apply-column-unknown-near = “{ $column }” is not a column. Did you mean { $known }?
apply-column-twice = The column { $column } is there twice.
apply-no-profile = The column “profile” is missing.
apply-profile-twice = { $name } is in an earlier row too.
apply-more-errors = { $count ->
        [one] There is one more error.
       *[other] There are { $count } more errors.
    }
apply-nothing-written = Nothing was written. Correct the table and run the command again.
    .profile = Nothing was written. { $hint }
apply-create = create
apply-change = change
apply-unchanged = unchanged
apply-none = (none)
apply-removed-ticks = ticks removed: { $ticks }
apply-sum = { $created } created, { $changed } changed, { $unchanged } unchanged.
    .dry = Nothing was written: { $created } to create, { $changed } to change, { $unchanged } unchanged.
apply-not-written = Not written: { $names }. Run the command again when the errors are fixed: rows that are written already stay as they are.
apply-too-large = The table is larger than { $megabytes } MB. Nothing was written.
    .hint = Split the table into several.

## report and export

report-heading = Onboardings
report-summary = { $all ->
        [one] One onboarding
       *[other] { $all } onboardings
    }: { $passed } passed the check, { $failed } failed, { $open } open{ $unreadable ->
        [0] {"."}
       *[other] , { $unreadable } cannot be read.
    }
report-column-profile = Profile
report-column-business = Business
report-column-environment = Environment
report-column-progress = Steps
report-column-next = Next
report-column-who = Who must act
report-column-since = Since
report-column-check = Last check
report-column-expiry = Ends
report-check-failed = check failed { $day }
report-days = { $days ->
        [0] today
        [one] one day
       *[other] { $days } days
    }
calendar-summary = { $business }: { $what ->
        [key] the key registered at Maskinporten ends
       *[certificate] the certificate for Maskinporten ends
    }
calendar-description = Profile { $profile }, environment { $environment }. { $what ->
        [key] Register a new key on the client before this day: klarert key
       *[certificate] Order a new certificate in good time: it can take weeks.
    }
export-openssl-token = 1. A grant, signed by openssl with the key, and sent to { $endpoint } by curl. openssl asks for the key's password if it has one.
export-openssl-no-token = Maskinporten did not answer with a token.
export-openssl-pem = openssl signs with a key in a PEM file, and this profile has it in another form.
    .hint = Convert it: `openssl pkcs12{ $legacy } -in { $file } -out { $pem }`, then `klarert set { $profile } { $answer }`.{ $note }
handoff-token-endpoint = Token endpoint
handoff-customs = Customs' API
handoff-addresses = Addresses for the firewall

## Trash and hand-written files

trash-confirm = { $count ->
        [one] One profile in the trash will be deleted and cannot be restored.
       *[other] { $count } profiles in the trash will be deleted and cannot be restored.
    } Delete? (y/n)
trash-unconfirmed = { $count ->
        [one] One profile in the trash would be deleted.
       *[other] { $count } profiles in the trash would be deleted.
    } Without a terminal, --yes must confirm it.
    .hint = `klarert restore` lists the trash.
trash-kept = Nothing was deleted.
trash-emptied = { $count ->
        [one] Deleted one profile from the trash.
       *[other] Deleted { $count } profiles from the trash.
    }
lint-misspelt = line { $line }: `{ $key }` is not a known key and is not used. Did you mean `{ $known }`?
lint-value = line { $line }: `{ $key }`: { $rule }
lint-service = Customs has no service “{ $service }”.
lint-file-name = { $file } is not used: { $rule }
