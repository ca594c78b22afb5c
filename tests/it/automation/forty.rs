//! Forty customers from one table, by a shell script.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use crate::{
    check_command::{LAB, lab_home},
    support::{schema, texts::english},
};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/automation");

#[test]
fn forty_customers_are_onboarded_checked_and_reported_by_a_script() {
    let home = lab_home(None);
    let folder = home.path().join("customers");
    fs::create_dir(&folder).unwrap();
    for file in ["customers.csv", "changes.json", "secret.sh"] {
        fs::copy(Path::new(DATA).join(file), folder.join(file)).unwrap();
    }
    fs::copy(&LAB.demonstration().norwegian.certificate, folder.join("business.p12")).unwrap();
    let output = Command::new("sh")
        .arg(Path::new(DATA).join("onboard.sh"))
        .arg(&folder)
        .env("KLARERT", env!("CARGO_BIN_EXE_klarert"))
        .env("KLARERT_HOME", home.path())
        .env("LC_ALL", "C")
        .env_remove("KLARERT_PASSWORD")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let read = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
    let count = |file: &str, word: &str| read(file).lines().filter(|line| line.contains(word)).count();

    assert_eq!(count("plan.txt", "create"), 40);
    assert_eq!(count("applied.txt", "create"), 40);
    assert_eq!(count("again.txt", "unchanged"), 40);
    assert_eq!(count("changed.txt", "change: "), 3);
    assert!(
        read("changed.txt").contains("name Kunde 4 AS → Kunde 4\n"),
        "{}",
        read("changed.txt")
    );

    let summary = read("summary.txt");
    assert!(summary.contains("36 of 40"), "{summary}");
    let line = |names: &str| summary.lines().find(|line| line.ends_with(names)).map(str::to_owned);
    let causes = [
        "(MP-100): kunde-07, kunde-34",
        "(MP-200): kunde-13",
        "(MP-250): kunde-21",
    ];
    assert!(causes.iter().all(|cause| line(cause).is_some()), "{summary}");
    let (you, customs) = (english("who-you.short"), english("who-customs.short"));
    assert!(
        line(&format!("{you}: kunde-07, kunde-13, kunde-34")).is_some(),
        "{summary}"
    );
    assert!(line(&format!("{customs}: kunde-21")).is_some(), "{summary}");

    let failed = schema::assert_valid("list", &read("failed.jsonl"));
    let of = |object: &serde_json::Value| {
        let last = &object["last_check"];
        format!("{} {} {}", object["profile"], last["diagnosis"], last["who"]).replace('"', "")
    };
    let failed: BTreeSet<String> = failed.iter().map(of).collect();
    let expected = [
        "kunde-07 client-unknown you",
        "kunde-13 scope-not-on-client you",
        "kunde-21 scope-not-granted customs",
        "kunde-34 client-unknown you",
    ];
    assert!(failed.iter().eq(expected.iter()), "{failed:?}");

    let html = read("report.html");
    assert_eq!(html.matches("<th scope=\"row\">").count(), 40);
    assert!(
        !html.contains("href=") && !html.contains("src=") && !html.contains("url("),
        "{html}"
    );
    assert_eq!(read("report.csv").lines().count(), 41);
    assert_eq!(read("failed.md").matches("\n| kunde-").count(), 4);

    let calendar = read("expiry.ics");
    assert_eq!(calendar.matches("BEGIN:VEVENT\r\n").count(), 40);
    for days in [30, 14, 7] {
        assert_eq!(calendar.matches(&format!("TRIGGER:-P{days}D\r\n")).count(), 40);
    }
    let ids: BTreeSet<&str> = calendar.lines().filter(|line| line.starts_with("UID:")).collect();
    assert_eq!(ids.len(), 40);

    assert_eq!(count("klarert.prom", "klarert_check_passed{profile=\"kunde-0"), 9);
    let metrics = read("klarert.prom");
    let value = |metric: &str, value: &str| {
        let of = |line: &&str| line.starts_with(&format!("{metric}{{")) && line.ends_with(value);
        metrics.lines().filter(of).count()
    };
    assert_eq!(
        (value("klarert_check_passed", " 1"), value("klarert_check_passed", " 0")),
        (36, 4)
    );
    assert_eq!(value("klarert_certificate_expiry_timestamp_seconds", ""), 40);
    assert_eq!(value("klarert_key_expiry_timestamp_seconds", ""), 0);

    let profile = fs::read_to_string(home.profile("kunde-01")).unwrap();
    assert!(!profile.contains("last_check"), "{profile}");
    for file in home.files() {
        let is_secret = file.ends_with("secret.sh");
        let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        assert!(is_secret || !text.contains("demo-1234"), "{}", file.display());
    }
}
