//! `new`, `set`, `done`, `undo`, `show` and `copy`.

use std::fs;

use klarert::{
    journey::services::services,
    profile::{CheckOutcome, Kind, LastCheck},
};
use serde_json::{Value, json};

use super::{ACME, save};
use crate::support::{
    home::{Home, exit_code, stderr, stdout},
    texts::{english, english_with},
};

#[test]
fn flags_write_and_change_a_profile() {
    let home = Home::new();
    assert_eq!(exit_code(&home.run(&ACME)), 0);
    let again = home.run(&ACME);
    assert_eq!(
        exit_code(&again),
        2,
        "an existing profile is not overwritten: {}",
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

    let shown: Value = serde_json::from_str(&stdout(&home.run(&["show", "acme", "--json"]))).unwrap();
    assert_eq!(shown["environment"], "prod");
    assert_eq!(shown["business"]["organisation"], "123456785");
    let scopes = json!(["toll:movement/road/v2", "toll:movement/entry", "demo:one"]);
    assert_eq!(shown["client"]["scopes"], scopes);
    assert_eq!(shown["client"]["kid"], "k1");
    for (member, expected) in [("step", "customs"), ("item", "customs.granted"), ("who", "customs")] {
        assert_eq!(shown["next"][member], expected);
    }
    assert_eq!(shown["attention"][0]["reason"], "waiting");
    let text = stdout(&home.run(&["show", "acme"]));
    assert!(
        text.starts_with(&format!(
            "acme · prod · {}\nDemo Spedisjon AS · 123456785\n",
            english("kind-norwegian")
        )),
        "{text}"
    );
}

#[test]
fn set_refuses_two_values_of_one_answer_and_takes_several_services() {
    let home = Home::new();
    home.run(&ACME);
    for answers in [
        &["name=A", "name=B"][..],
        &["client-id=a", "services=road", "client-id=a"],
        &["scopes=a:b", "own-scopes=c:d"],
    ] {
        let output = home.run(&[&["set", "acme"], answers].concat());
        assert_eq!(exit_code(&output), 2, "{answers:?}");
        let key = if answers[0].starts_with("scopes") {
            "own-scopes"
        } else {
            answers[0].split('=').next().unwrap()
        };
        let twice = english_with("usage-twice", &[("argument", key)]);
        assert!(stderr(&output).contains(&twice), "{}", stderr(&output));
    }
    assert_eq!(
        exit_code(&home.run(&["set", "acme", "services=Road", "service=air"])),
        0
    );
    assert_eq!(home.load("acme").business.services, ["road", "air"]);
}

#[test]
fn own_scope_of_a_service_outlives_a_change_of_services() {
    let home = Home::new();
    home.run(&ACME);
    let own = "toll:declaration.feed toll:movement/rail x:y";
    home.run(&["set", "acme", &format!("own-scopes={own}")]);
    for (services, scopes) in [
        ("air", format!("toll:movement/air {own}")),
        ("", own.to_owned()),
        ("rail", "toll:movement/rail toll:declaration.feed x:y".to_owned()),
    ] {
        assert_eq!(
            exit_code(&home.run(&["set", "acme", &format!("services={services}")])),
            0
        );
        assert_eq!(home.load("acme").client.scopes.join(" "), scopes);
    }
}

#[test]
fn copy_keeps_comments_order_and_unknown_keys() {
    let home = Home::new();
    home.run(&ACME);
    let text = fs::read_to_string(home.profile("acme")).unwrap();
    let text = text.replace(
        "[business]\n",
        "owner = \"kari\" # ours\n\n[x-notes]\ncrm = 4711\n\n# theirs\n[business]\n",
    );
    fs::write(home.profile("acme"), &text).unwrap();
    for (name, more) in [("same", &[][..]), ("other", &["--environment", "test"])] {
        let output = home.run(&[&["copy", "acme", name], more].concat());
        assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
        let copied = fs::read_to_string(home.profile(name)).unwrap();
        for kept in [
            "owner = \"kari\" # ours\n\n[x-notes]\ncrm = 4711\n",
            "\n# theirs\n[business]\n",
        ] {
            assert!(copied.contains(kept), "{copied}");
        }
    }
    assert_eq!(home.load("other").client.id, None);
    assert_eq!(fs::read_to_string(home.profile("acme")).unwrap(), text);
}

#[test]
fn an_invalid_answer_names_its_flag_and_writes_nothing() {
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
        (&["new", "--business", "norwegian"], &english("edit-no-name")),
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
fn another_kid_clears_the_day_of_registration() {
    let home = Home::new();
    home.run(&ACME);
    home.run(&["set", "acme", "authentication=key", "kid=k1", "key-registered=1.3.2026"]);
    let shown =
        |home: &Home| -> Value { serde_json::from_str(&stdout(&home.run(&["show", "acme", "--json"]))).unwrap() };
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
        Value::Null,
        "the day was of another key"
    );
}

#[test]
fn changed_answers_invalidate_the_last_check() {
    let home = Home::new();
    save(&home, "acme", |profile| {
        profile.business.kind = Some(Kind::Norwegian);
        profile.business.services = vec!["road".into()];
        profile.set_scopes(&[]);
        profile.last_check = Some(LastCheck {
            at: profile.created,
            outcome: CheckOutcome::Passed,
            stopped_at: None,
            code: None,
            diagnosis: None,
            who: None,
            trace_id: None,
            of: Some(profile.fingerprint()),
        });
    });
    let attention = || -> Value {
        let shown = stdout(&home.run(&["show", "acme", "--json"]));
        serde_json::from_str::<Value>(&shown).unwrap()["attention"].clone()
    };
    let checked = || stdout(&home.run(&["show", "acme"])).contains(&format!("[x] {}", english("step-check.short")));
    assert_eq!(exit_code(&home.run(&["set", "acme", "name=Another name"])), 0);
    assert!(checked() && attention() == json!([]), "the check does not use the name");
    for answer in [
        "own-scopes=demo:one",
        "own-scopes=",
        "organisation=987654325",
        "certificate=/x.p12",
    ] {
        assert_eq!(exit_code(&home.run(&["set", "acme", answer])), 0, "{answer}");
        let changed = answer != "own-scopes=";
        assert_eq!(checked(), !changed, "{answer}");
        assert_eq!(attention() != json!([]), changed, "{answer}: {}", attention());
    }
}

#[test]
fn concurrent_changes_all_succeed() {
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

#[test]
fn a_service_that_is_not_open_to_the_business_is_refused_with_the_reason() {
    let home = Home::new();
    for (kind, service, reason) in [
        ("foreign", "safeseanet", "branch"),
        ("foreign", "declarations", "announced"),
        ("norwegian", "declarations", "announced"),
    ] {
        let output = home.run(&["new", "acme", "--business", kind, "--service", service]);
        let open = services().iter().filter(|service| {
            service.open_to(if kind == "foreign" {
                Kind::Foreign
            } else {
                Kind::Norwegian
            })
        });
        let known: Vec<&str> = open.map(|service| service.id.as_str()).collect();
        let args = [
            ("written", service),
            ("reason", reason),
            ("kind", kind),
            ("known", &known.join(", ")),
        ];
        assert_eq!(exit_code(&output), 2);
        assert!(
            stderr(&output).contains(&english_with("refused-service", &args)),
            "{}",
            stderr(&output)
        );
    }
    let help = stdout(&home.run(&["new", "--help"]));
    for service in services().iter().filter(|service| !service.announced) {
        assert!(help.contains(&format!(" {}", service.id)), "{}: {help}", service.id);
    }
}
