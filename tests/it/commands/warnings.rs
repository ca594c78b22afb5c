//! Answers by flags that contradict each other, will not do, or are missing: what is said of them.

use std::fs;

use klarert::profile::Kind;

use crate::support::home::{Home, exit_code, fixture, stderr, stdout};

#[test]
fn the_kind_of_business_is_never_guessed_from_what_contradicts_itself() {
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
    assert!(
        !stderr(&nuf).contains("from now on"),
        "it is a new one: {}",
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
        exit_code(&other) == 0 && stderr(&other).contains("a Norwegian business from now on"),
        "{}",
        stderr(&other)
    );
    assert!(!stderr(&home.run(&["set", "acme", "name=Demo"])).contains("from now on"));
    let services = home.run(&["set", "acme", "service=road", "service=entry"]);
    assert_eq!(exit_code(&services), 0, "{}", stderr(&services));
    let profile = home.load("acme");
    assert_eq!(profile.business.services, ["road", "entry"]);
}

#[test]
fn a_file_that_will_not_do_is_saved_and_warned_of() {
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
        assert_eq!(exit_code(&output), 0, "{name}: it is saved all the same");
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
        signing.contains("sign.pem: This is the certificate for signing."),
        "{signing}"
    );
    let told = |args: &[&str]| stderr(&home.run(args)).contains("none.p12: ");
    assert!(
        !told(&["set", "missing", "name=Demo"]),
        "it was said when the file was named"
    );
    assert!(
        told(&["set", "missing", "organisation=123456785"]),
        "what it is judged by is another"
    );
    assert!(!told(&["done", "missing", "customs.form"]));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let home = Home::new();
    let pipe = home.path().join("pipe").to_str().unwrap().to_owned();
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    assert_eq!(exit_code(&home.run(&["new", "acme", "--certificate", &pipe])), 0);
}

#[test]
fn what_a_profile_without_a_kind_lacks_is_the_same_everywhere() {
    let home = Home::new();
    home.run(&["new", "acme", "--name", "Demo"]);
    let shown = stdout(&home.run(&["show", "acme"]));
    let missing: Vec<&str> = shown
        .lines()
        .filter(|line| line.contains("missing: "))
        .map(str::trim)
        .collect();
    assert_eq!(
        missing,
        [
            "missing: Norwegian or foreign business (business=…)",
            "missing: Services (services=…)",
            "missing: Certificate file (certificate=…)"
        ]
    );
    let check = home.run(&["check", "acme"]);
    let cause = "without these answers: Norwegian or foreign business, Services, Certificate file.\n";
    assert!(stdout(&check).contains(cause), "{}", stdout(&check));
    let hint = "`klarert set acme business=… services=… certificate=…`";
    assert!(stderr(&check).contains(hint), "{}", stderr(&check));

    home.run(&["new", "nuf", "--norwegian-number", "yes", "--certificate", "none.p12"]);
    let check = home.run(&["check", "nuf"]);
    let cause = "answers: Can someone in the business log in to Samarbeidsportalen, Services.\n";
    assert!(stdout(&check).contains(cause), "{}", stdout(&check));
    assert!(
        stderr(&check).contains("`klarert set nuf portal-login=… services=…`"),
        "the first answer stays: {}",
        stderr(&check)
    );

    home.run(&["set", "acme", "services=road", "certificate=none.p12"]);
    let shown = stdout(&home.run(&["show", "acme"]));
    assert_eq!(
        shown.matches("missing: ").count(),
        1,
        "the services are chosen: {shown}"
    );
    assert!(
        shown.contains("[ ] Credentials"),
        "there is more to answer once the kind is known: {shown}"
    );
}
