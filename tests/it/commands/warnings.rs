//! Answers by flags that contradict each other, that are invalid, or that are missing.

use std::fs;

use klarert::profile::Kind;

use crate::support::{
    home::{Home, exit_code, fixture, stderr, stdout},
    texts::{english, english_with},
};

#[test]
fn contradicting_answers_about_the_kind_are_refused() {
    let home = Home::new();
    let portal = ["--business", "norwegian", "--portal-login", "no"];
    let refused = home.run(&[&["new", "acme"][..], &portal].concat());
    assert_eq!(exit_code(&refused), 2);
    assert!(
        portal.iter().all(|word| stderr(&refused).contains(word)),
        "{}",
        stderr(&refused)
    );
    assert!(!home.profile("acme").exists());

    let nuf = home.run(&["new", "acme", "--business", "foreign", "--norwegian-number", "yes"]);
    assert_eq!(exit_code(&nuf), 0, "{}", stderr(&nuf));
    let changed = |kind: &str| english_with("edit-kind-changed", &[("kind", kind)]);
    assert!(
        !stderr(&nuf).contains(&changed("foreign")),
        "it is new: {}",
        stderr(&nuf)
    );
    let profile = home.load("acme");
    assert_eq!(
        (profile.business.kind, profile.has_norwegian_number()),
        (Some(Kind::Foreign), Some(true))
    );
    let refused = home.run(&["set", "acme", "business=foreign", "portal-login=yes"]);
    assert!(
        exit_code(&refused) == 2 && stderr(&refused).contains("business"),
        "{}",
        stderr(&refused)
    );
    let other = home.run(&["set", "acme", "business=norwegian"]);
    assert!(
        exit_code(&other) == 0 && stderr(&other).contains(&changed("norwegian")),
        "{}",
        stderr(&other)
    );
    assert!(!stderr(&home.run(&["set", "acme", "name=Demo"])).contains(&changed("norwegian")));
    let services = home.run(&["set", "acme", "service=road", "service=entry"]);
    assert_eq!(exit_code(&services), 0, "{}", stderr(&services));
    let profile = home.load("acme");
    assert_eq!(profile.business.services, ["road", "entry"]);
}

#[test]
fn an_unfit_file_is_saved_with_a_warning() {
    let home = Home::new();
    let fixture = |name: &str| fixture(name).to_str().unwrap().to_owned();
    fs::write(home.path().join("words.txt"), "not a certificate").unwrap();
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let new = |name: &str, more: &[&str]| home.run(&[&["new", name, "--business", "norwegian"], more].concat());
    for (name, files, named) in [
        ("missing", &["--certificate", &at("none.p12")][..], Some(at("none.p12"))),
        ("folder", &["--certificate", &at("")], Some(at(""))),
        ("key", &["--key-file", &at("none.key")], Some(at("none.key"))),
        (
            "chain",
            &[
                "--certificate",
                &fixture("openssl-3.p12"),
                "--chain-file",
                &at("none.pem"),
            ],
            Some(at("none.pem")),
        ),
        ("other", &["--certificate", &at("words.txt")], Some(at("words.txt"))),
        ("locked", &["--certificate", &fixture("openssl-3.p12")], None),
        ("without", &[], None),
    ] {
        let output = new(name, files);
        assert_eq!(exit_code(&output), 0, "{name}: it is saved nevertheless");
        match named {
            Some(path) => assert!(
                stderr(&output).contains(&format!("\nwarning: {path}: ")) && stderr(&output).contains("\nhint: "),
                "{}",
                stderr(&output)
            ),
            None => assert!(!stderr(&output).contains("warning"), "{}", stderr(&output)),
        }
    }
    let signing = stderr(&new("signing", &["--certificate", &fixture("sign.pem")]));
    assert!(
        signing.contains(&format!("sign.pem: {}", english("finding-signing-certificate"))),
        "{signing}"
    );
    let told = |args: &[&str]| stderr(&home.run(args)).contains("none.p12: ");
    assert!(!told(&["set", "missing", "name=Demo"]), "a file is warned of once");
    assert!(
        told(&["set", "missing", "organisation=123456785"]),
        "another organisation is a reason to check again"
    );
    assert!(!told(&["done", "missing", "customs.form"]));
}

#[cfg(unix)]
#[test]
fn a_named_pipe_is_not_read() {
    let home = Home::new();
    let pipe = home.path().join("pipe").to_str().unwrap().to_owned();
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    assert_eq!(exit_code(&home.run(&["new", "acme", "--certificate", &pipe])), 0);
}

#[test]
fn show_and_check_name_the_same_missing_answers() {
    let home = Home::new();
    home.run(&["new", "acme", "--name", "Demo"]);
    let shown = stdout(&home.run(&["show", "acme"]));
    let missing = |field: &str, key: &str| english_with("show-missing", &[("field", &english(field)), ("key", key)]);
    let lines: Vec<&str> = shown
        .lines()
        .map(str::trim)
        .filter(|line| line.contains("=…"))
        .collect();
    assert_eq!(
        lines,
        [
            missing("field-business", "business"),
            missing("field-services", "services"),
            missing("field-certificate", "certificate"),
        ]
    );
    let check = home.run(&["check", "acme"]);
    let cause = |fields: &[&str]| {
        let fields: Vec<_> = fields
            .iter()
            .map(|field| english(&format!("field-{field}")).replace('?', ""))
            .collect();
        english_with("diagnosis-profile-incomplete.cause", &[("fields", &fields.join(", "))])
    };
    let incomplete = cause(&["business", "services", "certificate"]);
    assert!(stdout(&check).contains(&incomplete), "{}", stdout(&check));
    let hint = "`klarert set acme business=… services=… certificate=…`";
    assert!(stderr(&check).contains(hint), "{}", stderr(&check));

    home.run(&["new", "nuf", "--norwegian-number", "yes", "--certificate", "none.p12"]);
    let check = home.run(&["check", "nuf"]);
    let incomplete = cause(&["portal-login", "services"]);
    assert!(stdout(&check).contains(&incomplete), "{}", stdout(&check));
    assert!(
        stderr(&check).contains("`klarert set nuf portal-login=… services=…`"),
        "the answer given is kept: {}",
        stderr(&check)
    );

    home.run(&["set", "acme", "services=road", "certificate=none.p12"]);
    let shown = stdout(&home.run(&["show", "acme"]));
    assert_eq!(
        shown.matches("=…").count(),
        1,
        "only the kind of business is missing: {shown}"
    );
    assert!(
        shown.contains(&format!("[ ] {}", english("step-credentials.short"))),
        "the step is not done before the kind is known: {shown}"
    );
}
