//! Errors of `klarert sandbox`, the flag `--sandbox`, and a choice among certificates that does not exist.

use std::{fs, net::TcpListener};

use super::save;
use crate::support::{
    home::{Home, exit_code, fixture, stderr},
    texts::{english, english_with},
};

/// Runs a command that must fail with an error and a hint; returns the exit code and the words.
fn refused(home: &Home, arguments: &[&str]) -> (Option<i32>, String) {
    let output = home.run(arguments);
    let words = stderr(&output);
    assert!(
        words.starts_with("error: ") && words.contains("\nhint: "),
        "{arguments:?}: {words}"
    );
    assert!(!words.contains("os error"), "{arguments:?}: {words}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    (output.status.code(), words)
}

#[test]
fn a_sandbox_that_cannot_start_says_why() {
    let home = Home::with_sandbox();
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port().to_string();
    let (code, words) = refused(&home, &["sandbox", "--port", &port]);
    assert_eq!(code, Some(4), "{words}");
    assert!(
        words.contains(&english_with(
            "sandbox-port-unusable",
            &[("kind", "taken"), ("port", &port)]
        )),
        "{words}"
    );

    let empty = home.path().join("empty.pem");
    fs::write(&empty, "nothing").unwrap();
    let empty = empty.to_str().unwrap();
    let missing = english_with("finding-file-missing", &[("why", "not-found"), ("file", "no-such.pem")]);
    let unreadable = english_with("sandbox-key-unreadable", &[("file", empty)]);
    for (file, named) in [("no-such.pem", missing), (empty, unreadable)] {
        let (code, words) = refused(&home, &["sandbox", "--register-key", file, "--kid", "k1"]);
        assert_eq!(code, Some(3), "{words}");
        assert!(words.contains(&named), "{words}");
    }
    let key = fixture("key-pkcs8.pem");
    let key = key.to_str().unwrap();
    for (flag, value) in [("--scope", "bad"), ("--kid", "a b"), ("--client-id", "a b")] {
        let all = ["--kid", "k1", flag, value];
        let given = if flag == "--kid" { &all[2..] } else { &all };
        let output = home.run(&[&["sandbox", "--port", "0", "--register-key", key], given].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).starts_with(&format!("error: {flag}: ")),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn a_pick_beyond_the_last_certificate_is_an_error() {
    let file = fixture("auth.pem");
    let file = file.to_str().unwrap();
    let (code, words) = refused(&Home::new(), &["certificate", file, "--pick", "9"]);
    assert_eq!(code, Some(2), "{words}");
}

/// Writes a file into the home folder, and returns its path.
fn write(home: &Home, name: &str, text: &str) -> String {
    let path = home.path().join(name);
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn with_the_flag_every_new_profile_is_for_the_sandbox() {
    let home = Home::new();
    save(&home, "acme", |_| {});
    let table = write(&home, "table.csv", "profile,business\nrow,norwegian\n");
    let settings = write(
        &home,
        "settings.env",
        "MASKINPORTEN_ISSUER=https://test.maskinporten.no/\nMASKINPORTEN_CLIENT_ID=3f1c\n",
    );
    for (args, name) in [
        (&["--sandbox", "new", "made", "--business", "norwegian"][..], "made"),
        (
            &[
                "new",
                "named",
                "--business",
                "foreign",
                "--environment",
                "sandbox",
                "--sandbox",
            ],
            "named",
        ),
        (&["apply", &table, "--sandbox"], "row"),
        (&["copy", "acme", "copied", "--sandbox"], "copied"),
        (&["import", "imported", &settings, "--sandbox"], "imported"),
    ] {
        let output = home.run(args);
        assert_eq!(exit_code(&output), 0, "{args:?}: {}", stderr(&output));
        assert_eq!(home.load(name).environment, "sandbox", "{args:?}");
    }
    for args in [
        &["set", "made", "name=Demo", "--sandbox"][..],
        &["done", "made", "customs.form", "--sandbox"],
        &["set", "acme", "environment=sandbox", "--sandbox"],
    ] {
        assert_eq!(exit_code(&home.run(args)), 0, "{args:?}");
    }
}

#[test]
fn another_environment_contradicts_the_flag_and_nothing_is_written() {
    let home = Home::new();
    save(&home, "acme", |_| {});
    let before = fs::read(home.profile("acme")).unwrap();
    let rule = |written: &str| english_with("refused-sandbox", &[("written", written)]);
    let row = write(&home, "row.csv", "profile,business,environment\nnew,norwegian,test\n");
    let own = write(&home, "own.csv", "profile,name\nacme,Demo\n");
    let settings = write(&home, "settings.env", "MASKINPORTEN_CLIENT_ID=3f1c\n");
    let elsewhere = english_with("targets-not-sandbox", &[("profile", "acme"), ("environment", "test")]);
    let setup = [
        "portal",
        "setup",
        "admin",
        "--client-id",
        "a1",
        "--certificate",
        "a.p12",
        "--sandbox",
    ];
    for (args, named) in [
        (
            &[
                "new",
                "new",
                "--business",
                "norwegian",
                "--environment",
                "test",
                "--sandbox",
            ][..],
            rule("test"),
        ),
        (&["apply", &row, "--sandbox"], rule("test")),
        (&["apply", &own, "--sandbox"], elsewhere.clone()),
        (
            &["copy", "acme", "new", "--environment", "prod", "--sandbox"],
            rule("prod"),
        ),
        (
            &["import", "new", &settings, "--environment", "test", "--sandbox"],
            rule("test"),
        ),
        (&["set", "acme", "name=Demo", "--sandbox"], elsewhere.clone()),
        (&["set", "acme", "environment=prod", "--sandbox"], rule("prod")),
        (&["done", "acme", "customs.form", "--sandbox"], elsewhere),
        (&[&setup[..], &["--environment", "test"]].concat(), rule("test")),
        (
            &["portal", "scopes", "--environment", "prod", "--sandbox"],
            rule("prod"),
        ),
    ] {
        let output = home.run(args);
        assert_eq!(exit_code(&output), 2, "{args:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(&named), "{args:?}: {}", stderr(&output));
    }
    assert!(!home.profile("new").exists() && !home.profile("admin").exists());
    assert_eq!(fs::read(home.profile("acme")).unwrap(), before);
    let output = home.run(&["set", "acme", "name=Demo", "--sandbox"]);
    assert!(stderr(&output).contains(&english("targets-not-sandbox.change")));
}

#[test]
fn check_says_that_a_new_sandbox_does_not_know_the_registered_clients() {
    let home = Home::with_sandbox();
    let mut folders = fs::read_dir(klarert::sandbox::folder(home.path())).unwrap().flatten();
    let certificate =
        folders.find_map(|folder| Some(folder.path().join("authentication.p12")).filter(|path| path.exists()));
    let certificate = certificate.unwrap().display().to_string();
    let answers = [
        "--business",
        "norwegian",
        "--organisation",
        "123456785",
        "--service",
        "road",
    ];
    let new = [
        "new",
        "rk",
        "--environment",
        "sandbox",
        "--client-id",
        "none",
        "--certificate",
        &certificate,
    ];
    let output = home.run(&[&new[..], &answers].concat());
    assert!(output.status.success(), "{}", stderr(&output));
    let output = home.run(&["check", "rk"]);
    assert_eq!(output.status.code(), Some(1));
    let note = english_with("check-sandbox-new", &[]);
    assert!(stderr(&output).contains(&note), "{}", stderr(&output));
    home.run(&["set", "rk", "client-id="]);
    let output = home.run(&["check", "rk"]);
    assert!(!stderr(&output).contains(&note), "{}", stderr(&output));
}
