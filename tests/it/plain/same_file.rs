//! The wizard, plain mode and flags write the same file for the same answers.

use std::fs;

use klarert::{profile::CheckOutcome, text::Language};
use toml_edit::{DocumentMut, Item, TableLike, Value};

use super::binary::{answers, certificate};
use crate::support::{
    home::{DEMO_PASSWORD, Home, stderr},
    onboarding,
    terminal::Terminal,
};

/// Returns a profile's file with every time replaced by the same text.
fn without_times(home: &Home, name: &str) -> String {
    let text = fs::read_to_string(home.profile(name)).unwrap();
    let mut document: DocumentMut = text.parse().unwrap();
    replace_times(document.as_table_mut());
    document.to_string()
}

/// Replaces the times in a table.
fn replace_times(table: &mut dyn TableLike) {
    for (_, item) in table.iter_mut() {
        match item {
            Item::Value(value @ Value::Datetime(_)) => {
                let decor = value.decor().clone();
                *value = Value::from("a time");
                *value.decor_mut() = decor;
            }
            Item::Table(table) => replace_times(table),
            _ => {}
        }
    }
}

/// Gives the answers in all three ways and compares the files.
fn compare(onboard: impl Fn(&mut Terminal), lines: &[&str], flags: &[&str], done: &[&str], ending: &str) {
    let home = Home::with_sandbox();
    let mut wizard = Terminal::klarert(&home, Language::English, &["new", "wizard", "--sandbox"]);
    wizard.see_text("step-business");
    onboard(&mut wizard);
    onboarding::check(&mut wizard);
    onboarding::leave(wizard, "wizard");

    let password = [("KLARERT_PASSWORD", DEMO_PASSWORD)];
    let run = |arguments: &[&str], lines: &[&str]| {
        let output = answers(&home, arguments, lines, &password);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
    };
    run(&["new", "lines", "--sandbox", "--plain"], lines);

    let file = certificate(&home, ending);
    let new = [
        "new",
        "flags",
        "--environment",
        "sandbox",
        "--service",
        "road",
        "--certificate",
        &file,
    ];
    run(&[&new, flags].concat(), &[]);
    run(&[&["done", "flags"], done].concat(), &[]);
    run(&["check", "flags"], &[]);

    let expected = without_times(&home, "flags");
    for name in ["wizard", "lines", "flags"] {
        assert_eq!(home.load(name).last_check.unwrap().outcome, CheckOutcome::Passed);
    }
    assert_eq!(without_times(&home, "wizard"), expected, "wizard and flags");
    assert_eq!(without_times(&home, "lines"), expected, "plain mode and flags");
}

#[test]
fn a_norwegian_business_has_the_same_file() {
    compare(
        |wizard| {
            onboarding::norwegian_business(wizard);
            onboarding::services(wizard);
            onboarding::norwegian_checklists(wizard);
            onboarding::norwegian_credentials(wizard);
        },
        &[
            "1", "1", "", "", "1", "", "", "1-4", "", "1-4", "", "1-10", "", "", "", "", "", "", "", "q",
        ],
        &[
            "--business",
            "norwegian",
            "--name",
            "Demo Spedisjon AS",
            "--organisation",
            "123456785",
            "--client-id",
            "7a0c5d1e-3f4b-4c2a-9d68-1b2c3d4e5f60",
        ],
        &["customs", "digdir", "integration"],
        "authentication.p12",
    );
}

const FOREIGN: [&str; 6] = [
    "--name",
    "Demo Haulage GmbH",
    "--organisation",
    "VATDE-123456789",
    "--issuer-name",
    "demo-haulage",
];

#[test]
fn a_foreign_business_has_the_same_file() {
    compare(
        |wizard| {
            onboarding::foreign_business(wizard);
            onboarding::services(wizard);
            onboarding::tick_all(wizard, 4, "step-credentials");
            onboarding::foreign_credentials(wizard);
        },
        &["2", "", "", "1", "", "", "1-4", "", "", "", "", "", "", "q"],
        &[&["--business", "foreign"], &FOREIGN[..]].concat(),
        &["customs"],
        "seal.p12",
    );
}

#[test]
fn a_nuf_without_portal_login_has_the_same_file() {
    compare(
        |wizard| {
            onboarding::nuf(wizard);
            onboarding::services(wizard);
            onboarding::tick_all(wizard, 4, "step-credentials");
            onboarding::foreign_credentials(wizard);
        },
        &["1", "2", "", "", "1", "", "", "1-4", "", "", "", "", "", "", "q"],
        &[&["--norwegian-number", "yes", "--portal-login", "no"], &FOREIGN[..]].concat(),
        &["customs"],
        "seal.p12",
    );
}
