//! `klarert report`: what its summary counts, and the titles of failed checks.

use std::fs;

use klarert::text::Args;

use crate::{
    check_command::{lab_home, password, save},
    support::{
        home::{Home, exit_code, stdout},
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
