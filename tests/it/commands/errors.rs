//! Every command with wrong or missing input, without a terminal: it ends, and names what is missing and the fix.

use std::{
    io::Read,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use klarert::{
    command::help::with_texts,
    profile::Kind,
    text::{Language, Texts},
};

use super::save;
use crate::support::{
    home::{Home, stdout},
    schema,
};

/// A command that runs longer waits for a key.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Arguments, exit code, and words of the output in every language.
type Row<'a> = (&'a [&'a str], i32, &'a [&'a str]);

const ROWS: [Row<'static>; 94] = [
    // The wizard needs a terminal: the output names the way without one.
    (&[], 2, &["--plain", "klarert new", "klarert --help"]),
    (&["--sandbox"], 2, &["--plain"]),
    (&["foo"], 2, &["foo", "klarert --help"]),
    (&["chek"], 2, &["chek", "check"]),
    (&["--home"], 2, &["--home"]),
    (&["new"], 2, &["--plain", "--business"]),
    (&["new", "x"], 2, &["--plain", "--business"]),
    (&["new", "--service", "road"], 2, &["klarert new acme", "--name"]),
    (&["new", "Not This", "--service", "road"], 2, &["Not This"]),
    (
        &["new", "x", "--business", "swedish"],
        2,
        &["--business", "norwegian, foreign"],
    ),
    (&["new", "x", "--kid", "k1"], 2, &["--kid", "authentication=key"]),
    (&["new", "acme", "--service", "road"], 2, &["acme", "klarert resume"]),
    (&["portal", "--no-color"], 2, &["<COMMAND>", "klarert portal --help"]),
    (
        &["--plain", "portal", "--sandbox"],
        2,
        &["<COMMAND>", "klarert portal --help"],
    ),
    (&["portal", "bogus"], 2, &["bogus", "klarert portal --help"]),
    (&["bogus", "portal"], 2, &["bogus", "klarert --help"]),
    (&["portal", "granted"], 2, &["klarert portal setup"]),
    (&["portal", "clients", "--admin", "nobody"], 3, &["nobody"]),
    (
        &["portal", "clients", "--admin", "acme"],
        2,
        &["acme", "klarert portal setup"],
    ),
    (&["portal", "create"], 2, &["<PROFILE>", "klarert portal create --help"]),
    (&["portal", "create", "nobody"], 3, &["nobody", "klarert list"]),
    (&["portal", "key", "acme", "--rotat"], 2, &["--rotat", "--rotate"]),
    (&["portal", "setup", "x"], 2, &["--client-id", "--certificate"]),
    (
        &["portal", "scopes", "--environment", "mars"],
        2,
        &["mars", "test, prod"],
    ),
    (&["resume"], 2, &["--plain"]),
    (&["resume", "nobody", "--plain"], 3, &["nobody", "klarert list"]),
    (&["list", "--jsn"], 2, &["--jsn", "--json"]),
    (&["show"], 2, &["<NAME>", "klarert show --help"]),
    (&["show", "nobody"], 3, &["nobody", "klarert list", "klarert new"]),
    (&["set"], 2, &["<NAME>", "<KEY=VALUE>", "klarert set --help"]),
    (&["set", "acme"], 2, &["<KEY=VALUE>"]),
    (&["set", "acme", "name"], 2, &["name", "client-id"]),
    (&["set", "acme", "client-id", "abc"], 2, &["client-id"]),
    (&["set", "acme", "colour=blue"], 2, &["colour", "client-id"]),
    (
        &["set", "acme", "environment=mars"],
        2,
        &["environment", "mars", "test, prod"],
    ),
    (&["set", "nobody", "name=x"], 3, &["nobody", "klarert list"]),
    (&["done"], 2, &["<NAME>", "<ITEM>"]),
    (&["done", "acme"], 2, &["<ITEM>"]),
    (&["done", "acme", "foo"], 2, &["foo", "customs.form"]),
    (&["done", "nobody", "customs"], 3, &["nobody", "klarert list"]),
    (&["undo"], 2, &["<NAME>", "<ITEM>"]),
    (&["undo", "acme", "foo"], 2, &["foo", "customs.form"]),
    (&["check"], 2, &["acme, empty", "--all"]),
    (&["check", "--all", "acme"], 2, &["--all", "NAME"]),
    (&["check", "nobody"], 3, &["nobody", "klarert list"]),
    (
        &["check", "empty"],
        1,
        &["klarert set empty", "business=…", "certificate=…"],
    ),
    (&["check", "acme"], 3, &["KLARERT_PASSWORD_ACME", "--password-stdin"]),
    (
        &["check", "acme", "--password-stdin"],
        3,
        &["KLARERT_PASSWORD_ACME", "--password-stdin"],
    ),
    (&["certificate"], 2, &["<FILE>"]),
    (&["certificate", "no-such.p12"], 3, &["no-such.p12"]),
    (
        &["certificate", LOCKED, "--organisation", "12"],
        2,
        &["--organisation", "2"],
    ),
    (
        &["certificate", LOCKED, "--organisation", "abc"],
        2,
        &["--organisation"],
    ),
    (
        &["certificate", LOCKED, "--organisation", "NTRNO-123456784"],
        2,
        &["--organisation", "123456784"],
    ),
    (
        &["certificate", LOCKED, "--organisation", "12", "--business", "foreign"],
        2,
        &["--organisation", "12"],
    ),
    (&["certificate", LOCKED], 3, &["--password-stdin", "KLARERT_PASSWORD"]),
    (
        &["certificate", LOCKED, "--password-stdin"],
        3,
        &["--password-stdin", "KLARERT_PASSWORD"],
    ),
    (&["token"], 2, &["acme, empty"]),
    (&["token", "nobody"], 3, &["nobody", "klarert list"]),
    (&["token", "empty"], 1, &["klarert set empty", "services=…"]),
    (&["token", "acme"], 3, &["KLARERT_PASSWORD_ACME", "--password-stdin"]),
    (
        &["token", "acme", "--password-stdin"],
        3,
        &["KLARERT_PASSWORD_ACME", "--password-stdin"],
    ),
    (&["token", "acme", "--scope", "x"], 2, &["--scope", "toll:"]),
    // Without input it lists every error. An empty pipe may be that of a command that failed: `-` refuses it.
    (&["explain"], 0, &["client-unknown", "MP-100"]),
    (&["explain", "-"], 2, &["klarert explain"]),
    (&["key", "--kid", "a b"], 2, &["--kid"]),
    (&["key", "--out", "no/such/folder/key.pem"], 3, &["key.pem", "--out"]),
    (&["csr"], 2, &["--organisation", "--name", "--country"]),
    (
        &[
            "csr",
            "--organisation",
            "VATDE-1",
            "--name",
            "Demo",
            "--country",
            "Germany",
        ],
        2,
        &["--country", "DE"],
    ),
    (
        &["csr", "--organisation", "123", "--name", "Demo", "--country", "DE"],
        2,
        &["--organisation"],
    ),
    (&["export"], 2, &["<NAME>", "--format", "handoff"]),
    (&["export", "acme"], 2, &["--format", "handoff"]),
    (
        &["export", "acme", "--format", "foo"],
        2,
        &["--format", "foo", "handoff"],
    ),
    (
        &["export", "acme", "--format", "typescript"],
        2,
        &["klarert export --help"],
    ),
    (&["export", "nobody", "--format", "env"], 3, &["nobody", "klarert list"]),
    (&["apply"], 2, &["<FILE>"]),
    (&["apply", "no-such.csv"], 3, &["no-such.csv"]),
    (&["apply", "-"], 2, &["profile"]),
    (&["report", "--match", "zzz*"], 2, &["klarert list"]),
    (&["report", "--format", "pdf"], 2, &["--format", "markdown, html, csv"]),
    (&["remove", "--yes"], 2, &["--empty-trash"]),
    (&["import"], 2, &["<NAME>", "<FILE>"]),
    (&["import", "x", "no-such.env"], 3, &["no-such.env"]),
    (&["rename"], 2, &["<NAME>", "<NEW NAME>"]),
    (&["rename", "nobody", "x"], 3, &["nobody", "klarert list"]),
    (&["copy", "acme"], 2, &["<NEW NAME>"]),
    (
        &["copy", "acme", "x", "--environment", "mars"],
        2,
        &["--environment", "test, prod"],
    ),
    (&["remove"], 2, &["<NAME>"]),
    (&["remove", "nobody"], 3, &["nobody", "klarert list"]),
    (&["restore", "nobody"], 3, &["nobody", "klarert remove"]),
    (&["help", "chek"], 2, &["chek", "check"]),
    (&["completions"], 2, &["<SHELL>"]),
    (&["completions", "tcsh"], 2, &["tcsh", "bash"]),
    (&["sandbox", "--port", "x"], 2, &["--port"]),
    (&["sandbox", "--kid", "k1"], 2, &["--register-key"]),
];

const LOCKED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/openssl-3.p12");
/// Commands without required input.
const WITHOUT_INPUT: [&str; 2] = ["where", "man"];

/// Waits for the program to end and returns its exit code and output; panics on time-out.
fn wait(mut child: Child, what: &[&str]) -> (i32, String) {
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > TIMEOUT {
            child.kill().unwrap();
            panic!("{what:?} does not end");
        }
        thread::sleep(Duration::from_millis(2));
    };
    let mut words = String::new();
    child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
    child.stdout.take().unwrap().read_to_string(&mut words).unwrap();
    (status.code().unwrap(), words)
}

/// Returns a home with a profile whose certificate is locked, and an empty one.
fn profiles() -> Home {
    let home = Home::new();
    save(&home, "acme", |profile| {
        profile.business.kind = Some(Kind::Norwegian);
        profile.business.organisation = Some("123456785".into());
        profile.business.services = vec!["road".into()];
        profile.set_scopes(&[]);
        profile.client.id = Some("3f1c".into());
        profile.certificate.path = Some(LOCKED.into());
    });
    save(&home, "empty", |_| {});
    home
}

#[test]
fn every_error_names_what_is_missing_and_none_waits() {
    let home = profiles();
    for (arguments, exit, named) in ROWS {
        // No standard input, and an empty pipe.
        for (language, stdin) in [("en_GB.UTF-8", Stdio::null()), ("nb_NO.UTF-8", Stdio::piped())] {
            let mut command = home.command(arguments);
            command.env("LC_ALL", language).current_dir(home.path()).stdin(stdin);
            let mut child = command.spawn().unwrap();
            drop(child.stdin.take());
            let (ended, words) = wait(child, arguments);
            assert_eq!(ended, exit, "{arguments:?}: {words}");
            for name in named {
                assert!(words.contains(name), "{arguments:?} does not say {name}: {words}");
            }
            let other = if language.starts_with("nb") {
                ["error: ", "hint: "]
            } else {
                ["feil: ", "tips: "]
            };
            assert!(
                !other.iter().any(|word| words.starts_with(word)),
                "{arguments:?}: {words}"
            );
            assert!(!words.contains("\nUsage: "), "not clap's own output: {words}");
        }
    }
}

/// Returns the schema of the lines that a command prints before its end, besides that of an error.
fn schema_of(command: &str) -> &'static str {
    match command {
        "check" => "check",
        "certificate" => "certificate",
        "token" => "token",
        "explain" => "explain",
        _ => "error",
    }
}

#[test]
fn every_failing_line_is_an_object_of_a_schema() {
    let home = profiles();
    for (arguments, exit, _) in ROWS.into_iter().filter(|(_, exit, _)| *exit != 0) {
        let mut child = home.command(&[arguments, &["--json"]].concat());
        let output = child.current_dir(home.path()).output().unwrap();
        assert_eq!(output.status.code(), Some(exit), "{arguments:?}");
        let lines = stdout(&output);
        let schema = schema_of(arguments.first().copied().unwrap_or_default());
        assert!(!lines.is_empty(), "{arguments:?} prints no error");
        for line in lines.lines() {
            let value = serde_json::from_str(line).unwrap();
            let wrong = ["error", schema].map(|schema| schema::violation(schema, &value));
            assert!(wrong.iter().any(Option::is_none), "{arguments:?}: {wrong:?}: {line}");
        }
    }
}

#[test]
fn every_command_is_tested() {
    let grammar = with_texts(&Texts::new(Language::English));
    for command in grammar.get_subcommands().map(|command| command.get_name()) {
        let tried = ROWS.iter().any(|(arguments, ..)| arguments.first() == Some(&command));
        assert!(tried || WITHOUT_INPUT.contains(&command), "{command}");
    }
}
