//! The commands without a terminal: output, files and exit codes.

mod completions;
mod csr;
mod error_reasons;
mod errors;
mod export;
mod import;
mod import_answers;
mod list;
mod man;
mod network;
mod profile;
mod sandbox;
mod stale_ticks;
mod trash;
mod warnings;

use std::{fs, path::Path};

use klarert::{
    profile::Profile,
    text::{Args, Texts},
};

use crate::support::{
    home::{Home, exit_code, stderr, stdout},
    stubs::NOW,
    texts::{BOKMAL, ENGLISH, english, english_with},
};

/// Returns how an error names a place in a file.
fn malformed_at(path: &Path, line: usize, column: usize) -> String {
    let values = [
        ("path", &*path.display().to_string()),
        ("line", &line.to_string()),
        ("column", &column.to_string()),
        ("problem", ""),
    ];
    english_with("store-malformed", &values).trim_end().to_owned()
}

/// Saves a profile for the test environment.
fn save(home: &Home, name: &str, change: impl FnOnce(&mut Profile)) {
    let mut profile = Profile::new("test", NOW);
    change(&mut profile);
    home.save(name, &profile);
}

/// Writes the profile `acme`.
const ACME: [&str; 16] = [
    "new",
    "acme",
    "--business",
    "norwegian",
    "--organisation",
    "123 456 785",
    "--name",
    "Demo Spedisjon AS",
    "--environment",
    "prod",
    "--service",
    "road",
    "--service",
    "entry",
    "--client-id",
    "3f1c",
];

#[test]
fn the_wizard_is_refused_without_a_terminal() {
    let home = Home::new();
    for args in [&[][..], &["new"], &["new", "acme"], &["resume"], &["--sandbox"]] {
        let output = home.run(args);
        assert_eq!(exit_code(&output), 2, "{args:?}");
        assert_eq!(stdout(&output), "");
        assert!(
            stderr(&output).starts_with("error: ") && stderr(&output).contains("\nhint: "),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn the_language_comes_from_flag_then_configuration_then_locale() {
    let home = Home::new();
    let folder = home.store().profiles().display().to_string();
    let language = |args: &[&str], variables: &[(&str, &str)]| {
        let output = stderr(&home.run_with(args, variables));
        let is_in =
            |texts: &&&Texts| output.contains(&texts.with("list-nothing", &Args::new().with("folder", &folder)));
        [&*ENGLISH, &*BOKMAL].iter().find(is_in).unwrap().language().code()
    };
    assert_eq!(language(&["list"], &[]), "en");
    assert_eq!(language(&["list"], &[("LANG", "nb_NO.UTF-8")]), "nb");
    assert_eq!(language(&["list"], &[("LANG", "nb_NO.UTF-8"), ("LC_ALL", "C")]), "en");
    assert_eq!(language(&["list", "--lang", "nb"], &[("LANG", "en_GB.UTF-8")]), "nb");
    fs::write(home.path().join("config.toml"), "language = \"nb\"\n").unwrap();
    assert_eq!(language(&["list"], &[("LANG", "en_GB.UTF-8")]), "nb");
    assert_eq!(language(&["--lang=en", "list"], &[]), "en");
}

#[test]
fn a_malformed_configuration_is_named_with_line_and_column() {
    let home = Home::new();
    fs::write(
        home.path().join("config.toml"),
        "[environments.lab]\nissuer = \"https://lab.example\"\n",
    )
    .unwrap();
    let output = home.run(&["list"]);
    assert_eq!(exit_code(&output), 3);
    let place = malformed_at(&home.path().join("config.toml"), 2, 10);
    assert!(stderr(&output).contains(&place), "{}", stderr(&output));
    // Other profiles still work if a profile is broken, even one with this name, but not if the configuration is.
    let hint = english("store-malformed.hint");
    assert!(!stderr(&output).contains(&hint), "{}", stderr(&output));
    fs::remove_file(home.path().join("config.toml")).unwrap();
    save(&home, "config", |_| {});
    fs::write(home.profile("config"), "[").unwrap();
    let output = home.run(&["show", "config"]);
    assert!(stderr(&output).contains(&hint), "{}", stderr(&output));
}

#[test]
fn an_unknown_environment_has_a_command_as_fix() {
    let home = Home::new();
    for environment in ["", "mars"] {
        save(&home, "zero", |profile| profile.environment = environment.into());
        let output = home.run(&["check", "zero"]);
        assert_eq!(exit_code(&output), 3);
        let words = stderr(&output);
        assert!(words.contains("klarert set zero environment=test"), "{words}");
        assert!(!words.contains("[environments.]"), "{words}");
        fs::remove_file(home.profile("zero")).unwrap();
    }
}

#[test]
fn wrong_usage_exits_2_and_help_exits_0() {
    let home = Home::new();
    assert_eq!(exit_code(&home.run(&["no-such-command"])), 2);
    assert_eq!(exit_code(&home.run(&["list", "--lang", "sv"])), 2);
    for args in [&["--help"][..], &["--version"], &["list", "--help"]] {
        assert_eq!(exit_code(&home.run(args)), 0, "{args:?}");
    }
    let help = stdout(&home.run(&["list", "--help", "--lang", "nb"]));
    assert!(help.contains(&BOKMAL.get("help-list.example")), "{help}");
    for (args, same) in [
        (&["help"][..], &["--help"][..]),
        (&["help", "list"], &["list", "--help"]),
        (&["help", "portal", "create"], &["portal", "create", "--help"]),
        (&["help", "list", "--lang", "nb"], &["list", "--help", "--lang", "nb"]),
    ] {
        let (help, flag) = (home.run(args), home.run(same));
        assert_eq!((exit_code(&help), stdout(&help)), (0, stdout(&flag)), "{args:?}");
    }
}

#[test]
fn where_shows_no_secret() {
    let home = Home::new();
    let secret = [
        ("HTTPS_PROXY", "http://kari:hemmelig@proxy.example:3128"),
        ("KLARERT_PASSWORD", "hemmelig"),
        ("KLARERT_PASSWORD_ACME", "hemmelig"),
    ];
    let shown = stdout(&home.run_with(&["where"], &secret));
    assert!(
        shown.contains("http://proxy.example:3128") && shown.contains("KLARERT_PASSWORD_ACME"),
        "{shown}"
    );
    assert!(
        shown.contains(&english_with("stage-network-proxy", &[("proxy", "proxy.example:3128")])),
        "{shown}"
    );
    assert!(
        shown.contains(&home.path().display().to_string()) && !shown.contains("hemmelig"),
        "{shown}"
    );
}
