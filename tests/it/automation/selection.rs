//! Filters, incomplete profiles, files written by hand, and the trash.

use std::fs;

use crate::{
    check_command::{LAB, lab_home, password, save},
    support::{
        home::{Home, exit_code, stderr, stdout},
        schema,
        texts::english_with,
    },
};

fn listed(home: &Home, filter: &[&str]) -> Vec<String> {
    let lines = stdout(&home.run(&[&["list", "--json"], filter].concat()));
    let mut names: Vec<String> = schema::assert_valid("list", &lines)
        .iter()
        .map(|object| object["profile"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn filters_select_the_same_profiles_for_every_command() {
    let home = Home::new();
    for (name, business, environment) in [
        ("acme-1", "norwegian", "test"),
        ("acme-2", "foreign", "test"),
        ("beta", "norwegian", "prod"),
    ] {
        home.run(&["new", name, "--business", business, "--environment", environment]);
    }
    for (filter, expected) in [
        (&["--match", "acme-*"][..], &["acme-1", "acme-2"][..]),
        (&["--business", "norwegian"], &["acme-1", "beta"]),
        (&["--environment", "test", "--business", "norwegian"], &["acme-1"]),
        (&["--complete"], &[]),
        (&["--failed"], &[]),
    ] {
        assert_eq!(listed(&home, filter), expected, "{filter:?}");
        let report = home.run(&[&["report", "--format", "csv"], filter].concat());
        let rows = stdout(&report).lines().count();
        assert_eq!(
            rows,
            if expected.is_empty() { 0 } else { expected.len() + 1 },
            "{filter:?}"
        );
        let exported = stdout(&home.run(&[&["export", "--format", "handoff"], filter].concat()));
        assert_eq!(
            exported.lines().filter(|line| line.starts_with("# ")).count(),
            expected.len(),
            "{filter:?}"
        );
    }
    assert_eq!(exit_code(&home.run(&["report", "--match", "gamma"])), 2);
}

#[test]
fn a_filter_for_an_unknown_environment_is_wrong_usage_for_every_command() {
    let home = Home::new();
    home.run(&["new", "acme", "--business", "norwegian"]);
    let known = english_with(
        "refused-choice",
        &[("written", "prdo"), ("known", "test, prod, sandbox")],
    );
    for command in [
        &["list"][..],
        &["list", "--json"],
        &["list", "--attention"],
        &["list", "--ends-within", "30"],
        &["report"],
        &["check", "--all"],
        &["export", "--format", "json"],
        &["export", "--format", "prometheus"],
        &["portal", "granted"],
        &["portal", "clients"],
    ] {
        let output = home.run(&[command, &["--environment", "prdo"]].concat());
        assert_eq!(exit_code(&output), 2, "{command:?}");
        let printed = stdout(&output) + &stderr(&output);
        assert!(printed.contains(&known), "{command:?}: {printed}");
    }
    // A known one that no profile is for is no error of `list`, and neither is a name that none has.
    for filter in [["--environment", "prod"], ["--match", "gamma"]] {
        assert_eq!(
            exit_code(&home.run(&[&["list"][..], &filter].concat())),
            0,
            "{filter:?}"
        );
    }
    // The environment was removed from config.toml after the profile was made.
    let file = home.profile("acme");
    let text = fs::read_to_string(&file)
        .unwrap()
        .replace("environment = \"test\"", "environment = \"lab\"");
    fs::write(&file, text).unwrap();
    assert_eq!(listed(&home, &["--environment", "lab"]), ["acme"]);
}

#[test]
fn incomplete_profiles_are_skipped_unless_named() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |_| {});
    save(&home, "later", "lab", |profile| profile.certificate.path = None);
    let given = [("KLARERT_PASSWORD", password())];
    let all = home.run_with(&["check", "--all"], &given);
    assert_eq!(exit_code(&all), 0, "{}", stderr(&all));
    assert!(
        !stdout(&all).contains("later") && stderr(&all).contains(": later"),
        "{}",
        stderr(&all)
    );
    let named = home.run_with(&["check", "later"], &given);
    assert_eq!(exit_code(&named), 1);
    let filtered = home.run_with(&["check", "--match", "ac*", "--json"], &given);
    assert_eq!(schema::assert_valid("check", &stdout(&filtered)).len(), 1);
}

#[test]
fn files_written_by_hand_are_warned_of() {
    let home = Home::new();
    home.run(&["new", "acme", "--business", "norwegian"]);
    let file = home.profile("acme");
    let text = fs::read_to_string(&file).unwrap() + "servces = [\"road\"]\n[client]\nid = \"a b\"\n";
    let text = text.replace("[client]\nauthentication = \"certificate\"\n", "");
    let text = text.replace("kind = \"norwegian\"", "kind = \"norwegian\"\nservices = [\"boat\"]");
    fs::write(&file, &text).unwrap();
    fs::write(file.with_file_name("Badly Named.toml"), "").unwrap();
    let shown = stderr(&home.run(&["show", "acme"]));
    for named in ["boat", "client.id"] {
        assert!(shown.contains(named), "{named}: {shown}\n{text}");
    }
    let listed = stderr(&home.run(&["list"]));
    assert!(listed.contains("Badly Named.toml"), "{listed}");
}

#[test]
fn the_trash_is_emptied_after_a_confirmation_only() {
    let home = Home::new();
    home.run(&["new", "acme", "--business", "norwegian"]);
    home.run(&["remove", "acme"]);
    assert_eq!(exit_code(&home.run(&["remove", "--empty-trash"])), 2);
    assert_eq!(stdout(&home.run(&["restore"])).lines().count(), 1);
    let emptied = home.run(&["remove", "--empty-trash", "--yes", "--json"]);
    assert_eq!(exit_code(&emptied), 0);
    assert_eq!(schema::assert_valid("trash", &stdout(&emptied))[0]["deleted"], 1);
    assert_eq!(exit_code(&home.run(&["restore", "acme"])), 3);
}

#[test]
fn environments_of_ones_own_and_the_sandbox_are_taken_everywhere() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |_| {});
    let copied = home.run(&["copy", "acme", "acme-sandbox", "--environment", "sandbox"]);
    assert_eq!(exit_code(&copied), 0, "{}", stderr(&copied));
    let file = LAB.demonstration().norwegian.certificate.display().to_string();
    let given = [("KLARERT_PASSWORD", password())];
    for (environment, expected) in [("lab", 0), ("sandbox", 0), ("mars", 2)] {
        let args = [
            "certificate",
            &file,
            "--environment",
            environment,
            "--business",
            "norwegian",
            "--json",
        ];
        assert_eq!(exit_code(&home.run_with(&args, &given)), expected, "{environment}");
    }
    let foreign = [
        "new",
        "haulier",
        "--business",
        "foreign",
        "--authentication",
        "certificate",
    ];
    assert_eq!(exit_code(&home.run(&foreign)), 0);
}

#[test]
fn show_has_the_client_and_its_files() {
    let home = Home::new();
    let args = [
        "new",
        "acme",
        "--business",
        "foreign",
        "--issuer-name",
        "Demo GmbH",
        "--certificate",
        "~/a.p12",
    ];
    home.run(&args);
    let shown = stdout(&home.run(&["show", "acme"]));
    assert!(shown.contains(": Demo GmbH") && shown.contains(": ~/a.p12"), "{shown}");
}
