//! `--json` of every command, by its schema.

use std::fs;

use klarert::{
    command::help::with_texts,
    text::{Language, Texts},
};

use crate::{
    check_command::{lab_home, password, save},
    support::{
        home::{exit_code, stderr, stdout},
        schema,
    },
};

/// Commands whose result is a text for people or for another program.
const TEXT_ONLY: [&str; 6] = ["resume", "sandbox", "export", "completions", "man", "help"];

#[test]
fn every_commands_json_is_valid_by_its_schema() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |_| {});
    let table = home.path().join("table.csv");
    fs::write(&table, "profile,name\nbeta,Beta AS\n").unwrap();
    let settings = home.path().join("settings.env");
    fs::write(&settings, "MASKINPORTEN_CLIENT_ID=3f1c\n").unwrap();
    let (table, settings) = (table.display().to_string(), settings.display().to_string());
    let file = home.load("acme").certificate.path.unwrap().display().to_string();
    let (key, request) = (home.path().join("key.pem"), home.path().join("eseal.pem"));
    let (key, request) = (key.display().to_string(), request.display().to_string());
    let given = [("KLARERT_PASSWORD", password())];
    let rows: [(&str, &[&str]); 28] = [
        ("list", &["new", "gamma", "--business", "foreign"]),
        ("list", &["list"]),
        ("profile", &["show", "acme", "gamma"]),
        ("list", &["set", "acme", "name=Acme AS"]),
        ("list", &["done", "acme", "customs.form"]),
        ("list", &["undo", "acme", "customs.form"]),
        ("check", &["check", "acme"]),
        ("check", &["check", "--all"]),
        ("list", &["list", "--failed"]),
        ("certificate", &["certificate", &file]),
        ("token", &["token", "acme"]),
        ("token", &["token", "acme", "--all-scopes", "--customs"]),
        ("explain", &["explain"]),
        ("explain", &["explain", "MP-122"]),
        ("key", &["key", "--out", &key]),
        (
            "csr",
            &[
                "csr",
                "--organisation",
                "VATDE-123456789",
                "--name",
                "Demo",
                "--country",
                "DE",
                "--bits",
                "2048",
                "--out",
                &request,
            ],
        ),
        ("apply", &["apply", &table]),
        ("list", &["import", "delta", &settings]),
        ("list", &["rename", "delta", "epsilon"]),
        ("list", &["copy", "acme", "zeta"]),
        ("trash", &["remove", "epsilon", "zeta"]),
        ("list", &["restore"]),
        ("list", &["restore", "zeta"]),
        ("list", &["report"]),
        ("list", &["report", "acme"]),
        ("where", &["where"]),
        ("portal-scopes", &["portal", "scopes", "--environment", "lab"]),
        (
            "list",
            &[
                "portal",
                "setup",
                "admin",
                "--client-id",
                "3f1c",
                "--certificate",
                &file,
                "--environment",
                "lab",
            ],
        ),
    ];
    for (name, args) in rows {
        let output = home.run_with(&[args, &["--json"]].concat(), &given);
        assert_eq!(
            exit_code(&output),
            0,
            "{args:?}: {}{}",
            stdout(&output),
            stderr(&output)
        );
        let objects = schema::assert_valid(name, &stdout(&output));
        assert!(!objects.is_empty() || args.contains(&"--failed"), "{args:?}");
        assert!(objects.iter().all(|object| object["format"] == 1), "{args:?}");
    }
    let grammar = with_texts(&Texts::new(Language::English));
    for command in grammar.get_subcommands().map(|command| command.get_name()) {
        let tried = rows.iter().any(|(_, args)| args[0] == command);
        assert!(tried || TEXT_ONLY.contains(&command), "{command}");
    }
}

#[test]
fn a_failing_token_is_an_error_with_its_diagnosis() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |profile| {
        profile.client.id = Some("not-a-client".into())
    });
    let output = home.run_with(&["token", "acme", "--json"], &[("KLARERT_PASSWORD", password())]);
    assert_eq!(exit_code(&output), 1);
    let objects = schema::assert_valid("token", &stdout(&output));
    assert_eq!(objects[0]["error"]["id"], "client-unknown");
}

#[test]
fn errors_of_several_profiles_and_of_usage_are_objects_on_standard_output() {
    let home = lab_home(None);
    let ids = |args: &[&str]| {
        let output = home.run(&[args, &["--json"]].concat());
        let lines = stdout(&output);
        let ids: Vec<String> = lines
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .map(|object| {
                let error = object["error"]["id"].as_str();
                assert!(
                    error.is_none() || schema::violation("error", &object).is_none(),
                    "{object}"
                );
                error.unwrap_or("done").to_owned()
            })
            .collect();
        (exit_code(&output), ids.join(" "))
    };
    for name in ["one", "two", "three"] {
        save(&home, name, "lab", |_| {});
    }
    let missing = "profile-not-found";
    for (args, exit, expected) in [
        (&["remove", "no", "nope"][..], 3, format!("{missing} {missing}")),
        (&["show", "no", "one"], 3, format!("{missing} done")),
        (&["remove", "one", "no"], 3, format!("done {missing}")),
        (&["restore", "no", "one"], 3, format!("{missing} done")),
        (
            &["export", "one", "no", "--format", "json"],
            3,
            format!("done {missing}"),
        ),
        (&["export", "one", "two", "--format", "json"], 0, "done done".to_owned()),
        (&["import", "new", "no-such.env"], 3, "file-missing".to_owned()),
        (&["apply", "no-such.csv"], 3, "file-missing".to_owned()),
        (&["explain", "./no-such.log"], 3, "file-missing".to_owned()),
        (&["key", "--out", "no/such/key.pem"], 3, "file-missing".to_owned()),
        (&["portal"], 2, "argument-missing".to_owned()),
        (&["portal", "bogus"], 2, "command-unknown".to_owned()),
    ] {
        assert_eq!(ids(args), (exit, expected), "{args:?}");
    }
}
