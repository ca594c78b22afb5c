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

#[test]
fn monitor_whose_filter_matches_no_profile_is_wrong_usage() {
    let home = Home::new();
    save(&home, "acme", |_| {});
    for (args, exit) in [
        (&["list", "--attention", "--match", "zzz*"][..], 2),
        (&["list", "--attention", "--match", "ACME"], 2),
        (&["list", "--attention", "--environment", "prod"], 2),
        (&["list", "--attention", "--business", "foreign"], 2),
        (&["list", "--ends-within", "5", "--match", "zzz*"], 2),
        (&["list", "--ends-within", "5", "--environment", "prod"], 2),
        (&["report", "--match", "zzz*"], 2),
        (&["check", "--match", "zzz*"], 2),
        (&["export", "--format", "prometheus", "--match", "zzz*"], 2),
        // It has no certificate, and no one else must act.
        (&["list", "--attention", "--match", "ac*"], 0),
        (&["list", "--attention", "--failed"], 0),
        (&["list", "--ends-within", "5", "--environment", "test"], 0),
    ] {
        let output = home.run(args);
        assert_eq!((exit_code(&output), stdout(&output).as_str()), (exit, ""), "{args:?}");
        let says = stderr(&output).contains(&ENGLISH.get("filter-nothing"));
        assert_eq!(says, exit == 2, "{args:?}: {}", stderr(&output));
    }
    let json = home.run(&["list", "--attention", "--match", "zzz*", "--json"]);
    assert!(stdout(&json).contains("\"id\":\"no-profiles\""), "{}", stdout(&json));
}

#[test]
fn every_command_says_that_there_are_no_profiles() {
    let home = Home::new();
    let folder = home.path().join("profiles").display().to_string();
    for (args, exit) in [
        (&["list"][..], 0),
        (&["list", "--attention"], 2),
        (&["list", "--match", "a*"], 0),
        (&["report"], 2),
        (&["report", "--match", "a*"], 2),
        (&["export", "--all", "--format", "ics"], 2),
    ] {
        let output = home.run(args);
        assert_eq!(exit_code(&output), exit, "{args:?}");
        let wanted = ENGLISH.with("list-nothing", &Args::new().with("folder", folder.as_str()));
        assert!(stderr(&output).contains(&wanted), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn unknown_environment_is_named_once_by_every_command() {
    let home = Home::new();
    for (name, environment) in [("acme", "tst"), ("beta", "test")] {
        save(&home, name, |profile| profile.environment = environment.to_owned());
    }
    let warning = |name: &str| {
        ENGLISH.with(
            "environments-unknown",
            &Args::new().with("profiles", format!("{name} (tst)")),
        )
    };
    for (args, name) in [
        (&["list"][..], "acme"),
        (&["list", "--attention"], "acme"),
        (&["list", "--json"], "acme"),
        (&["report"], "acme"),
        (&["report", "--format", "csv"], "acme"),
        (&["show", "acme"], "acme"),
        (&["set", "acme", "name=Acme AS"], "acme"),
        (&["done", "acme", "customs"], "acme"),
        (&["copy", "acme", "gamma"], "gamma"),
        (&["export", "acme", "--format", "prometheus"], "acme"),
    ] {
        let output = home.run(args);
        assert_eq!(exit_code(&output), 0, "{args:?}: {}", stderr(&output));
        assert_eq!(
            stderr(&output).matches(&warning(name)).count(),
            1,
            "{args:?}: {}",
            stderr(&output)
        );
    }
    let metrics = stdout(&home.run(&["export", "--all", "--format", "prometheus"]));
    assert!(
        metrics.contains("\nklarert_check_passed{profile=\"acme\",environment=\"tst\"} 0\n"),
        "{metrics}"
    );
    assert!(!metrics.contains("beta"), "{metrics}");
    for args in [
        &["list", "--match", "beta"][..],
        &["show", "beta"],
        &["set", "acme", "environment=test"],
    ] {
        let said = stderr(&home.run(args));
        assert!(!said.contains("(tst)"), "{args:?}: {said}");
    }
}

#[test]
fn only_codes_of_maskinporten_are_codes_in_json() {
    let home = Home::new();
    for (name, code) in [
        ("acme", "MP-200"),
        ("beta", "connection-refused"),
        ("gamma", "profile-incomplete"),
    ] {
        save(&home, name, |profile| {
            *profile = document::parse(&format!(
                "environment = \"test\"\n[last_check]\nat = 2026-11-22T17:00:00Z\noutcome = \"failed\"\ncode = \"{code}\"\n"
            ))
            .unwrap();
        });
    }
    for command in ["list", "report"] {
        let lines = stdout(&home.run(&[command, "--json"]));
        let found: Vec<Value> = lines
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .map(|object| {
                let reason = &object["attention"][0];
                json!([reason["code"], object["last_check"]["code"], reason["diagnosis"]])
            })
            .collect();
        let expected = [
            json!(["MP-200", "MP-200", null]),
            json!([null, null, "connection-refused"]),
            json!([null, null, "profile-incomplete"]),
        ];
        assert_eq!(found, expected, "{command}");
    }
}
