//! The real binary, without a terminal: what it prints, and how it ends.

mod completions;
mod csr;
mod errors;
mod export;
mod man;
mod sandbox;
mod trash;
mod warnings;

use std::fs;

use klarert::profile::Profile;

use crate::support::{
    home::{Home, exit_code, stderr, stdout},
    stubs::NOW,
};

/// Saves a profile for the test environment.
fn save(home: &Home, name: &str, change: impl FnOnce(&mut Profile)) {
    let mut profile = Profile::new("test", NOW);
    change(&mut profile);
    home.save(name, &profile);
}

#[test]
fn without_a_terminal_nothing_waits_for_a_key() {
    let home = Home::new();
    for args in [&[][..], &["new"], &["new", "acme"], &["resume"], &["--sandbox"]] {
        let output = home.run(args);
        assert_eq!(exit_code(&output), 2, "{args:?}");
        assert_eq!(stdout(&output), "");
        assert!(
            stderr(&output).starts_with("error: ") && stderr(&output).contains("\nhint: "),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn the_language_is_the_flags_then_the_configurations_then_the_locales() {
    let home = Home::new();
    let speaks = |args: &[&str], variables: &[(&str, &str)]| {
        let said = stderr(&home.run_with(args, variables));
        if said.starts_with("Det er ingen") { "nb" } else { "en" }
    };
    assert_eq!(speaks(&["list"], &[]), "en");
    assert_eq!(speaks(&["list"], &[("LANG", "nb_NO.UTF-8")]), "nb");
    assert_eq!(speaks(&["list"], &[("LANG", "nb_NO.UTF-8"), ("LC_ALL", "C")]), "en");
    assert_eq!(speaks(&["list", "--lang", "nb"], &[("LANG", "en_GB.UTF-8")]), "nb");
    fs::write(home.path().join("config.toml"), "language = \"nb\"\n").unwrap();
    assert_eq!(speaks(&["list"], &[("LANG", "en_GB.UTF-8")]), "nb");
    assert_eq!(speaks(&["--lang=en", "list"], &[]), "en");
}

#[test]
fn list_shows_what_needs_attention_first() {
    let home = Home::new();
    save(&home, "calm", |_| {});
    save(&home, "waits", |profile| {
        *profile = klarert::profile::file::document::parse(
            "environment = \"test\"\n[business]\nkind = \"foreign\"\nname = \"Demo GmbH\"\n\
             [client]\nscopes = [\"toll:eu/movement/air\"]\n[progress.done]\n\"customs.form\" = 2026-11-20T10:00:00Z\n\
             \"customs.submit\" = 2026-11-21T10:00:00Z\n\"customs.scopes\" = 2026-11-20T10:00:00Z\n",
        )
        .unwrap();
    });
    fs::write(
        home.path().join("profiles/broken.toml"),
        "format = 1\nenvironment = hemmelig\n",
    )
    .unwrap();

    let output = home.run(&["list"]);
    assert_eq!(exit_code(&output), 3, "one could not be read");
    let names: Vec<String> = stdout(&output)
        .lines()
        .filter_map(|line| Some(line.split(' ').next()?.to_owned()))
        .collect();
    assert_eq!(names, ["broken", "waits", "calm"]);
    assert!(
        stderr(&output).contains("broken.toml, line 2, column 15"),
        "{}",
        stderr(&output)
    );
    assert!(!stderr(&output).contains("hemmelig"));

    let output = home.run(&["list", "--json"]);
    let lines: Vec<serde_json::Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[1]["attention"][0]["reason"], "waiting");
    assert_eq!(lines[1]["attention"][0]["who"], "customs");
    assert_eq!(lines[1]["attention"][0]["since"], "2026-11-21T10:00:00Z");
    assert_eq!(
        (&lines[1]["steps_done"], &lines[1]["steps"], &lines[1]["step"]),
        (&2.into(), &5.into(), &"customs".into())
    );
    assert_eq!(lines[2]["attention"], serde_json::json!([]));

    fs::remove_file(home.path().join("profiles/broken.toml")).unwrap();
    assert_eq!(exit_code(&home.run(&["list"])), 0);
    let output = home.run(&["list", "--attention"]);
    assert_eq!(exit_code(&output), 1);
    assert_eq!(stdout(&output).lines().count(), 1);
    fs::remove_file(home.path().join("profiles/waits.toml")).unwrap();
    assert_eq!(exit_code(&home.run(&["list", "--attention"])), 0);
}

const ACME: [&str; 16] = [
    "new",
    "acme",
    "--business",
    "norwegian",
    "--organisation",
    "123 456 785",
    "--name",
    "Demo Spedisjon AS",
    "--environment",
    "prod",
    "--service",
    "road",
    "--service",
    "entry",
    "--client-id",
    "3f1c",
];

#[test]
fn a_profile_is_written_and_changed_by_flags() {
    let home = Home::new();
    assert_eq!(exit_code(&home.run(&ACME)), 0);
    let again = home.run(&ACME);
    assert_eq!(
        exit_code(&again),
        2,
        "a profile that is there is not written over: {}",
        stderr(&again)
    );

    assert_eq!(
        exit_code(&home.run(&["set", "acme", "kid=k1", "authentication=key", "own-scopes=demo:one"])),
        0
    );
    assert_eq!(
        exit_code(&home.run(&["done", "acme", "customs", "digdir.information-form"])),
        0
    );
    assert_eq!(exit_code(&home.run(&["undo", "acme", "customs.granted"])), 0);

    let shown: serde_json::Value = serde_json::from_str(&stdout(&home.run(&["show", "acme", "--json"]))).unwrap();
    assert_eq!(shown["environment"], "prod");
    assert_eq!(shown["business"]["organisation"], "123456785");
    let scopes = serde_json::json!(["toll:movement/road/v2", "toll:movement/entry", "demo:one"]);
    assert_eq!(shown["client"]["scopes"], scopes);
    assert_eq!(shown["client"]["kid"], "k1");
    assert_eq!(
        shown["next"],
        serde_json::json!({"step": "customs", "item": "customs.granted", "who": "customs"})
    );
    assert_eq!(shown["attention"][0]["reason"], "waiting");
    let text = stdout(&home.run(&["show", "acme"]));
    assert!(
        text.starts_with("acme · prod · Norwegian business\nDemo Spedisjon AS · 123456785\n"),
        "{text}"
    );
}

#[test]
fn an_answer_that_breaks_a_rule_names_its_flag_and_writes_nothing() {
    let home = Home::new();
    for (args, named) in [
        (&["new", "acme", "--business", "swedish"][..], "--business: "),
        (
            &["new", "acme", "--business", "norwegian", "--service", "boat"],
            "--service: ",
        ),
        (
            &["new", "acme", "--business", "foreign", "--client-id", "x"],
            "--client-id: ",
        ),
        (&["new", "--business", "norwegian"], "no name"),
        (&["new", "--no-such-flag"], "--no-such-flag"),
    ] {
        let output = home.run(args);
        assert_eq!(exit_code(&output), 2, "{args:?}");
        assert!(stderr(&output).contains(named), "{}", stderr(&output));
    }
    assert!(!home.path().join("profiles").exists());

    home.run(&ACME);
    let before = fs::read(home.profile("acme")).unwrap();
    for (args, named) in [
        (&["set", "acme", "environment=live"][..], "environment: "),
        (&["set", "acme", "nonsense=1"], "nonsense"),
        (&["set", "acme", "name"], "KEY=VALUE"),
        (&["done", "acme", "customs.nonsense"], "customs.form"),
        (&["done", "acme", "custom"], "customs.form"),
    ] {
        let output = home.run(args);
        assert_eq!(exit_code(&output), 2, "{args:?}");
        assert!(stderr(&output).contains(named), "{}", stderr(&output));
    }
    assert_eq!(fs::read(home.profile("acme")).unwrap(), before);
    assert_eq!(exit_code(&home.run(&["show", "nobody"])), 3);
}

#[test]
fn a_broken_configuration_is_named_with_its_place() {
    let home = Home::new();
    fs::write(
        home.path().join("config.toml"),
        "[environments.lab]\nissuer = \"https://lab.example\"\n",
    )
    .unwrap();
    let output = home.run(&["list"]);
    assert_eq!(exit_code(&output), 3);
    assert!(
        stderr(&output).contains("config.toml, line 2, column 10"),
        "{}",
        stderr(&output)
    );
    // That the other profiles still work is true of a broken profile only, even of one with this name.
    assert!(!stderr(&output).contains("still work"), "{}", stderr(&output));
    fs::remove_file(home.path().join("config.toml")).unwrap();
    save(&home, "config", |_| {});
    fs::write(home.path().join("profiles/config.toml"), "[").unwrap();
    let output = home.run(&["show", "config"]);
    assert!(stderr(&output).contains("still work"), "{}", stderr(&output));
}

#[test]
fn an_environment_that_is_not_there_can_be_chosen_without_the_wizard() {
    let home = Home::new();
    for environment in ["", "mars"] {
        save(&home, "zero", |profile| profile.environment = environment.into());
        let output = home.run(&["check", "zero"]);
        assert_eq!(exit_code(&output), 3);
        let words = stderr(&output);
        assert!(words.contains("klarert set zero environment=test"), "{words}");
        assert!(!words.contains("[environments.]"), "{words}");
        fs::remove_file(home.path().join("profiles/zero.toml")).unwrap();
    }
}

#[test]
fn wrong_usage_is_two_and_help_is_nought() {
    let home = Home::new();
    assert_eq!(exit_code(&home.run(&["no-such-command"])), 2);
    assert_eq!(exit_code(&home.run(&["list", "--lang", "sv"])), 2);
    for args in [&["--help"][..], &["--version"], &["list", "--help"]] {
        assert_eq!(exit_code(&home.run(args)), 0, "{args:?}");
    }
    assert!(stdout(&home.run(&["list", "--help", "--lang", "nb"])).contains("Eksempel: klarert list"));
}

#[test]
fn where_shows_no_secret() {
    let home = Home::new();
    let secret = [
        ("HTTPS_PROXY", "http://kari:hemmelig@proxy.example:3128"),
        ("KLARERT_PASSWORD", "hemmelig"),
        ("KLARERT_PASSWORD_ACME", "hemmelig"),
    ];
    let shown = stdout(&home.run_with(&["where"], &secret));
    assert!(
        shown.contains("http://proxy.example:3128") && shown.contains("KLARERT_PASSWORD_ACME"),
        "{shown}"
    );
    assert!(
        shown.contains("maskinporten.no, through the proxy proxy.example:3128\n"),
        "{shown}"
    );
    assert!(
        shown.contains(&home.path().display().to_string()) && !shown.contains("hemmelig"),
        "{shown}"
    );
}

#[test]
fn list_knows_how_long_the_certificate_lasts() {
    let home = Home::new();
    let now = time::OffsetDateTime::now_utc();
    for (name, days, wanted) in [("soon", 10, 1), ("later", 400, 0), ("ended", -3, 1)] {
        save(&home, name, |profile| {
            profile.certificate.path = Some("/there/is/none.p12".into());
            profile.certificate_ends = Some(now + time::Duration::days(days) + time::Duration::HOUR);
        });
        let lines = stdout(&home.run(&["list", "--json"]));
        let line = lines
            .lines()
            .find(|line| line.contains(&format!("\"profile\":\"{name}\"")))
            .unwrap();
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(
            line["days_left"].as_i64().is_some_and(|left| (left - days).abs() <= 1),
            "{line}"
        );
        assert_eq!(line["attention"].as_array().unwrap().len(), wanted, "{line}");
    }
}

/// A profile whose registered key has so many days left.
fn with_key(home: &Home, name: &str, days_left: i64) {
    let ends = time::OffsetDateTime::now_utc().date() + time::Duration::days(days_left + 1);
    let registered = ends
        .replace_year(ends.year() - 1)
        .unwrap_or(ends - time::Duration::days(365));
    save(home, name, |profile| {
        profile.client.authentication = klarert::profile::Authentication::Key;
        profile.client.kid = Some("k1".into());
        profile.client.key_registered = Some(registered);
        profile.certificate.path = Some("/there/is/none.pem".into());
    });
}

#[test]
fn a_monitor_is_told_what_ends() {
    let home = Home::new();
    for none in [&["list", "--ends-within", "14"][..], &["list", "--attention"]] {
        let output = home.run(none);
        assert_eq!(
            exit_code(&output),
            2,
            "nothing to look at must not stay green: {}",
            stderr(&output)
        );
        assert!(stderr(&output).contains("KLARERT_HOME"), "{}", stderr(&output));
    }
    save(&home, "calm", |_| {});
    let calm = home.run(&["list", "--ends-within", "14"]);
    assert_eq!((exit_code(&calm), stdout(&calm).as_str()), (0, ""), "{}", stderr(&calm));
    for (name, days) in [
        ("later", 100),
        ("month", 25),
        ("fortnight", 12),
        ("week", 5),
        ("ended", -2),
    ] {
        with_key(&home, name, days);
    }
    save(&home, "unread", |profile| {
        profile.certificate.path = Some("/there/is/none.p12".into())
    });
    for (within, names) in [
        ("200", &["ended", "week", "fortnight", "month", "later"][..]),
        ("14", &["ended", "week", "fortnight"]),
        ("0", &["ended"]),
    ] {
        let output = home.run(&["list", "--ends-within", within]);
        assert_eq!(exit_code(&output), 1);
        let listed = stdout(&output);
        let listed: Vec<&str> = listed.lines().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(listed, names, "{within}");
        assert!(
            stderr(&output).contains("unread"),
            "what is not known is said: {}",
            stderr(&output)
        );
    }
    let attention: Vec<serde_json::Value> = stdout(&home.run(&["list", "--attention", "--json"]))
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["attention"][0].clone())
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
    assert!(shown.contains("the registered key has 100 days left"), "{shown}");
}

#[test]
fn the_day_a_key_was_registered_goes_with_the_key() {
    let home = Home::new();
    home.run(&ACME);
    home.run(&["set", "acme", "authentication=key", "kid=k1", "key-registered=1.3.2026"]);
    let shown = |home: &Home| -> serde_json::Value {
        serde_json::from_str(&stdout(&home.run(&["show", "acme", "--json"]))).unwrap()
    };
    assert_eq!(shown(&home)["client"]["key_registered"], "2026-03-01");
    let file = fs::read_to_string(home.profile("acme")).unwrap();
    assert!(file.contains("\nkey_registered = 2026-03-01\n"), "{file}");
    let refused = home.run(&["set", "acme", "key-registered=3026-03-01"]);
    assert_eq!(exit_code(&refused), 2);
    assert!(
        stderr(&refused).contains("key-registered: 3026-03-01"),
        "{}",
        stderr(&refused)
    );
    home.run(&["set", "acme", "kid=k2"]);
    assert_eq!(
        shown(&home)["client"]["key_registered"],
        serde_json::Value::Null,
        "another key"
    );
}

#[test]
fn a_check_holds_for_the_answers_it_was_made_of() {
    let home = Home::new();
    save(&home, "acme", |profile| {
        profile.business.kind = Some(klarert::profile::Kind::Norwegian);
        profile.business.services = vec!["road".into()];
        profile.set_scopes(&[]);
        profile.last_check = Some(klarert::profile::LastCheck {
            at: profile.created,
            outcome: klarert::profile::CheckOutcome::Passed,
            stopped_at: None,
            code: None,
            trace_id: None,
            of: Some(profile.fingerprint()),
        });
    });
    let attention = || -> serde_json::Value {
        let shown = stdout(&home.run(&["show", "acme", "--json"]));
        serde_json::from_str::<serde_json::Value>(&shown).unwrap()["attention"].clone()
    };
    let checked = || stdout(&home.run(&["show", "acme"])).contains("[x] Check");
    assert_eq!(exit_code(&home.run(&["set", "acme", "name=Another name"])), 0);
    assert!(
        checked() && attention() == serde_json::json!([]),
        "a name is not checked"
    );
    for answer in [
        "own-scopes=demo:one",
        "own-scopes=",
        "organisation=987654325",
        "certificate=/x.p12",
    ] {
        assert_eq!(exit_code(&home.run(&["set", "acme", answer])), 0, "{answer}");
        let changed = answer != "own-scopes=";
        assert_eq!(checked(), !changed, "{answer}");
        assert_eq!(
            attention() != serde_json::json!([]),
            changed,
            "{answer}: {}",
            attention()
        );
    }
}

#[test]
fn changes_at_the_same_time_all_succeed() {
    let home = Home::new();
    home.run(&ACME);
    let items = [
        "customs.form",
        "customs.submit",
        "customs.scopes",
        "digdir.information-form",
        "digdir.terms",
    ];
    std::thread::scope(|scope| {
        let done = items.map(|item| scope.spawn(|| exit_code(&home.run(&["done", "acme", item]))));
        let set = scope.spawn(|| exit_code(&home.run(&["set", "acme", "kid=k1", "authentication=key"])));
        assert!(done.into_iter().chain([set]).all(|ended| ended.join().unwrap() == 0));
    });
    let file = fs::read_to_string(home.profile("acme")).unwrap();
    assert!(
        items.iter().all(|item| file.contains(item)) && file.contains("k1"),
        "{file}"
    );
}
