//! `klarert list`: what needs attention, and what ends.

use std::fs;

use klarert::{
    profile::{Authentication, file::document},
    text::Args,
};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::{malformed_at, save};
use crate::support::{
    home::{Home, exit_code, stderr, stdout},
    texts::ENGLISH,
};

#[test]
fn list_shows_what_needs_attention_first() {
    let home = Home::new();
    save(&home, "calm", |_| {});
    save(&home, "waits", |profile| {
        *profile = document::parse(
            "environment = \"test\"\n[business]\nkind = \"foreign\"\nname = \"Demo GmbH\"\n\
             [client]\nscopes = [\"toll:eu/movement/air\"]\n[progress.done]\n\"customs.form\" = 2026-11-20T10:00:00Z\n\
             \"customs.submit\" = 2026-11-21T10:00:00Z\n\"customs.scopes\" = 2026-11-20T10:00:00Z\n",
        )
        .unwrap();
    });
    fs::write(home.profile("broken"), "format = 1\nenvironment = hemmelig\n").unwrap();

    let output = home.run(&["list"]);
    assert_eq!(exit_code(&output), 3, "one profile cannot be read");
    let names: Vec<String> = stdout(&output)
        .lines()
        .filter_map(|line| Some(line.split(' ').next()?.to_owned()))
        .collect();
    assert_eq!(names, ["broken", "waits", "calm"]);
    let place = malformed_at(&home.profile("broken"), 2, 15);
    assert!(stderr(&output).contains(&place), "{}", stderr(&output));
    assert!(!stderr(&output).contains("hemmelig"));

    let output = home.run(&["list", "--json"]);
    let lines: Vec<Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[1]["attention"][0]["reason"], "waiting");
    assert_eq!(lines[1]["attention"][0]["who"], "customs");
    assert_eq!(lines[1]["attention"][0]["since"], "2026-11-21T10:00:00Z");
    assert_eq!(
        (&lines[1]["progress"], &lines[1]["next"]["step"]),
        (&json!({ "done": 2, "all": 5 }), &"customs".into())
    );
    assert_eq!(lines[2]["attention"], json!([]));

    fs::remove_file(home.profile("broken")).unwrap();
    assert_eq!(exit_code(&home.run(&["list"])), 0);
    let output = home.run(&["list", "--attention"]);
    assert_eq!(exit_code(&output), 1);
    assert_eq!(stdout(&output).lines().count(), 1);
    fs::remove_file(home.profile("waits")).unwrap();
    assert_eq!(exit_code(&home.run(&["list", "--attention"])), 0);
}

#[test]
fn list_shows_the_days_left_of_certificates() {
    let home = Home::new();
    let now = OffsetDateTime::now_utc();
    for (name, days, wanted) in [("soon", 10, 1), ("later", 400, 0), ("ended", -3, 1)] {
        save(&home, name, |profile| {
            profile.certificate.path = Some("/there/is/none.p12".into());
            profile.certificate_ends = Some(now + Duration::days(days) + Duration::HOUR);
        });
        let lines = stdout(&home.run(&["list", "--json"]));
        let line = lines
            .lines()
            .find(|line| line.contains(&format!("\"profile\":\"{name}\"")))
            .unwrap();
        let line: Value = serde_json::from_str(line).unwrap();
        assert!(
            line["days_left"].as_i64().is_some_and(|left| (left - days).abs() <= 1),
            "{line}"
        );
        assert_eq!(line["attention"].as_array().unwrap().len(), wanted, "{line}");
    }
}

/// Saves a profile whose registered key has so many days left.
fn with_key(home: &Home, name: &str, days_left: i64) {
    let ends = OffsetDateTime::now_utc().date() + Duration::days(days_left + 1);
    let registered = ends.replace_year(ends.year() - 1).unwrap_or(ends - Duration::days(365));
    save(home, name, |profile| {
        profile.client.authentication = Authentication::Key;
        profile.client.kid = Some("k1".into());
        profile.client.key_registered = Some(registered);
        profile.certificate.path = Some("/there/is/none.pem".into());
    });
}

#[test]
fn ends_within_selects_what_ends_and_sets_the_exit_code() {
    let home = Home::new();
    for none in [&["list", "--ends-within", "14"][..], &["list", "--attention"]] {
        let output = home.run(none);
        assert_eq!(
            exit_code(&output),
            2,
            "an empty folder is an error, not a success: {}",
            stderr(&output)
        );
        assert!(stderr(&output).contains("KLARERT_HOME"), "{}", stderr(&output));
    }
    save(&home, "calm", |_| {});
    let calm = home.run(&["list", "--ends-within", "14"]);
    assert_eq!((exit_code(&calm), stdout(&calm).as_str()), (0, ""), "{}", stderr(&calm));
    save(&home, "unread", |profile| {
        profile.certificate.path = Some("/there/is/none.p12".into())
    });
    let unknown = home.run(&["list", "--ends-within", "14"]);
    assert_eq!(exit_code(&unknown), 1, "an unknown expiry is no all-clear");
    assert!(stdout(&unknown).starts_with("unread ") && stderr(&unknown).contains("unread"));
    for (name, days) in [
        ("later", 100),
        ("month", 25),
        ("fortnight", 12),
        ("week", 5),
        ("ended", -2),
    ] {
        with_key(&home, name, days);
    }
    for (within, names) in [
        ("200", &["unread", "ended", "week", "fortnight", "month", "later"][..]),
        ("14", &["unread", "ended", "week", "fortnight"]),
        ("0", &["unread", "ended"]),
    ] {
        let output = home.run(&["list", "--ends-within", within]);
        assert_eq!(exit_code(&output), 1);
        let listed = stdout(&output);
        let listed: Vec<&str> = listed.lines().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(listed, names, "{within}");
        assert!(
            stderr(&output).contains("unread"),
            "profiles with an unknown expiry are named: {}",
            stderr(&output)
        );
    }
    let attention: Vec<Value> = stdout(&home.run(&["list", "--attention", "--json"]))
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["attention"][0].clone())
        .collect();
    let steps: Vec<_> = attention
        .iter()
        .map(|why| (why["reason"].as_str().unwrap(), why["within"].as_i64()))
        .collect();
    let ends = "key-ends";
    assert_eq!(
        steps,
        [(ends, Some(7)), (ends, Some(7)), (ends, Some(14)), (ends, Some(30))]
    );
    let shown = stdout(&home.run(&["show", "later"]));
    let left = Args::new().with("what", "key").with("days", 100_u64);
    assert!(shown.contains(&ENGLISH.with("renewal-days-left", &left)), "{shown}");
}
