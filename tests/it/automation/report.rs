//! `klarert report`: what its summary counts, and the titles of failed checks.

use std::fs;

use klarert::{profile::administration, text::Args};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use crate::{
    check_command::{lab_home, password, save},
    support::{
        home::{Home, exit_code, stderr, stdout},
        stubs::NOW,
        texts::{ENGLISH, english_with},
    },
};

fn summary(counts: [usize; 5]) -> String {
    let names = ["all", "passed", "failed", "open", "unreadable"];
    let args = names.into_iter().zip(counts);
    let args = args.fold(Args::new(), |args, (name, count)| args.with(name, count));
    ENGLISH.with("report-summary", &args)
}

#[test]
fn profile_that_cannot_be_read_is_no_failed_check() {
    let home = Home::new();
    home.run(&["new", "acme", "--business", "norwegian"]);
    for name in ["a", "b"] {
        home.run(&["new", name, "--business", "norwegian"]);
        fs::write(home.profile(name), "format = \n").unwrap();
    }
    for format in ["markdown", "html"] {
        let report = home.run(&["report", "--format", format]);
        assert_eq!(exit_code(&report), 3);
        let report = stdout(&report);
        assert!(report.contains(&summary([3, 0, 0, 1, 2])), "{report}");
    }
    assert!(summary([3, 0, 0, 1, 2]).ends_with("1 open, 2 cannot be read."));
    assert!(summary([1, 0, 0, 1, 0]).ends_with("1 open."));
}

#[test]
fn certificate_of_another_organisation_says_nothing_of_the_client() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |profile| {
        profile.business.organisation = Some("987654325".to_owned());
    });
    let title = english_with("diagnosis-organisation-mismatch", &[("variant", "certificate")]);
    let given = [("KLARERT_PASSWORD", password())];
    let check = home.run_with(&["check", "acme"], &given);
    assert_eq!(exit_code(&check), 1);
    for printed in [
        stdout(&check),
        stdout(&home.run(&["list"])),
        stdout(&home.run(&["report"])),
        stdout(&home.run(&["export", "acme", "--format", "handoff"])),
    ] {
        assert!(printed.contains(&title), "{printed}");
    }
}

#[test]
fn report_of_administration_clients_alone_matches_no_onboarding() {
    let home = Home::new();
    let mut admin = administration::new("test", NOW);
    admin.certificate.path = Some("/there/is/none.p12".into());
    home.save("digdir", &admin);
    let report = home.run(&["report", "--match", "d*"]);
    assert_eq!((exit_code(&report), stdout(&report).as_str()), (2, ""));
    assert_eq!(exit_code(&home.run(&["report", "digdir"])), 0);
    let done = home.run(&["done", "digdir", "customs"]);
    assert_eq!(exit_code(&done), 2);
    assert!(
        stderr(&done).contains(&ENGLISH.get("edit-unknown-item.none")),
        "{}",
        stderr(&done)
    );
}

#[test]
fn csv_has_days_that_a_spreadsheet_sorts_in_every_language() {
    let home = Home::new();
    let ends = OffsetDateTime::now_utc() + Duration::days(100) + Duration::HOUR;
    home.run(&["new", "acme", "--business", "norwegian"]);
    let mut profile = home.load("acme");
    profile.certificate.path = Some("/there/is/none.p12".into());
    profile.certificate_ends = Some(ends);
    home.save("beta", &profile);
    let day = ends.date().to_string();
    for language in ["en", "nb"] {
        let report = stdout(&home.run(&["report", "--format", "csv", "--match", "beta", "--lang", language]));
        let mut lines = report.lines();
        assert!(
            lines.next().unwrap().ends_with(",since,last_check,ends,days_left"),
            "{report}"
        );
        let cells: Vec<&str> = lines.next().unwrap().split(',').collect();
        assert_eq!(cells[9..], [day.as_str(), "100"], "{report}");
        assert_eq!(cells[7], profile.updated.date().to_string(), "{report}");
    }
}

#[test]
fn nothing_is_next_after_a_check_that_passed() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |profile| {
        let at = profile.created;
        let done = ["customs.form", "customs.submit", "customs.scopes"].map(|key| (key.to_owned(), at));
        profile.progress.done.extend(done);
    });
    let given = [("KLARERT_PASSWORD", password())];
    let printed = |args: &[&str]| stdout(&home.run_with(args, &given));
    let next = english_with("edit-next", &[("next", "")]);
    let customs = ENGLISH.get("step-customs.short");
    let handoff = &["export", "acme", "--format", "handoff"];
    assert!(printed(&["list"]).contains(&customs) && printed(&["list", "--attention"]).contains("acme"));
    for args in [&["show", "acme"][..], handoff] {
        assert!(printed(args).contains(&next), "{args:?}");
    }
    assert_eq!(exit_code(&home.run_with(&["check", "acme"], &given)), 0);
    let listed = printed(&["list"]);
    assert!(
        listed.contains(&english_with("list-steps", &[("done", "4"), ("all", "7")])),
        "{listed}"
    );
    assert!(
        !listed.contains(&customs) && !printed(&["list", "--attention"]).contains("acme"),
        "{listed}"
    );
    for args in [&["show", "acme"][..], handoff] {
        let shown = printed(args);
        assert!(!shown.contains(&next), "{shown}");
    }
    let object: Value = serde_json::from_str(&printed(&["show", "acme", "--json"])).unwrap();
    assert_eq!(
        (&object["next"], &object["attention"]),
        (&Value::Null, &json!([])),
        "{object}"
    );
    assert_eq!(object["progress"]["all"], 7);
    home.run(&["set", "acme", "client-id=3f1c0c6e-0000-4000-8000-000000000000"]);
    assert!(
        printed(&["show", "acme"]).contains(&next),
        "the check was of other answers"
    );
}
