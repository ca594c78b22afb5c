//! The whole sequence of commands against a server that was written from the documents.

use std::fs;

use klarert::sandbox::{self, Options, Sandbox};
use serde_json::Value;

use super::{ADMIN_KEY, home, onboarding};
use crate::{
    certificates::field::numbers,
    support::{
        home::{Home, exit_code, fixture, stderr, stdout},
        portal_server::PortalServer,
        schema,
        texts::english_with,
    },
};

/// Runs a command with `--json`, and returns its only object.
#[track_caller]
fn run(home: &Home, args: &[&str], exit: i32) -> Value {
    let output = home.run(&[args, &["--json"]].concat());
    assert_eq!(
        exit_code(&output),
        exit,
        "{args:?}: {}{}",
        stdout(&output),
        stderr(&output)
    );
    schema::assert_valid("portal-change", &stdout(&output)).remove(0)
}

#[test]
fn client_is_created_gets_a_key_and_rotates_it() {
    let server = PortalServer::start(&["toll:movement/road/v2"]);
    let home = home(&server);
    let planned = run(&home, &["portal", "create", "acme", "--dry-run"], 0);
    assert_eq!(
        (&planned["outcome"], &planned["client_id"]),
        (&"planned".into(), &Value::Null)
    );
    assert_eq!(
        server.state.lock().unwrap().changes,
        [""; 0],
        "a dry run changes nothing"
    );
    assert_eq!(home.load("acme"), onboarding(), "a dry run saves nothing");

    let output = home.run(&["portal", "create", "acme"]);
    assert_eq!(exit_code(&output), 2, "without a terminal it must be confirmed");
    assert!(stderr(&output).contains("--yes"), "{}", stderr(&output));

    let created = run(&home, &["portal", "create", "acme", "--yes"], 0);
    assert_eq!(
        (&created["outcome"], &created["client_id"]),
        (&"done".into(), &"c1".into())
    );
    let profile = home.load("acme");
    assert_eq!(profile.client.id.as_deref(), Some("c1"));
    for item in ["integration.create", "integration.scopes", "customs.granted"] {
        assert!(profile.is_ticked_by_klarert(item), "{item}");
    }
    let shown = home.run(&["show", "acme", "--json"]);
    let shown = schema::assert_valid("profile", &stdout(&shown)).remove(0).to_string();
    assert!(shown.contains(r#""done_by":"klarert""#), "{shown}");
    assert_eq!(
        run(&home, &["portal", "create", "acme", "--yes"], 0)["outcome"],
        "unchanged"
    );

    let added = run(&home, &["portal", "key", "acme", "--yes"], 0);
    let first = added["kid"].as_str().unwrap().to_owned();
    assert_eq!(server.kids("c1"), std::slice::from_ref(&first));
    assert_eq!(exit_code(&home.run(&["token", "acme"])), 0);
    assert_eq!(
        run(&home, &["portal", "key", "acme", "--yes"], 0)["outcome"],
        "unchanged"
    );

    server.state.lock().unwrap().slowness = 1;
    let rotated = run(&home, &["portal", "key", "acme", "--rotate", "--yes"], 0);
    let second = rotated["kid"].as_str().unwrap();
    assert_ne!(second, first);
    assert_eq!(server.kids("c1"), [second], "the new key alone");
    assert_eq!(home.load("acme").client.kid.as_deref(), Some(second));
    assert_eq!(exit_code(&home.run(&["token", "acme"])), 0);
    assert_eq!(
        server.state.lock().unwrap().changes,
        [
            "POST /api/v1/clients",
            "POST /api/v1/clients/c1/jwks",
            "POST /api/v1/clients/c1/jwks",
            "POST /api/v1/clients/c1/jwks"
        ]
    );
}

#[test]
fn check_finds_the_key_that_was_put_on_the_client_in_its_file() {
    let server = PortalServer::start(&["toll:movement/road/v2"]);
    let home = home(&server);
    // A `.p12` of an issuer has several keys too, and none of them has a name that is a kid.
    let several = home.path().join("several.pem");
    let keys = [fixture("key-pkcs8.pem"), ADMIN_KEY.1.clone()].map(|file| fs::read_to_string(file).unwrap());
    fs::write(&several, keys.concat()).unwrap();
    let named = home.path().join("named.jwk");
    let numbers = numbers()
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.into()));
    let mut jwk: serde_json::Map<String, Value> = numbers.collect();
    jwk.insert("kty".into(), "RSA".into());
    jwk.insert("kid".into(), "theirs".into());
    fs::write(&named, Value::from(jwk).to_string()).unwrap();
    for (name, file) in [("several", several), ("named", named)] {
        let mut profile = onboarding();
        profile.certificate.path = Some(file);
        home.save(name, &profile);
        run(&home, &["portal", "create", name, "--yes"], 0);
        let added = run(&home, &["portal", "key", name, "--yes"], 0);
        assert_eq!(home.load(name).client.kid.as_deref(), added["kid"].as_str());
        let checked = stdout(&home.run(&["check", name, "--json"]));
        schema::assert_valid("check", &checked);
        assert!(!checked.contains("kid-differs"), "{name}: {checked}");
    }
    assert_eq!(home.load("named").client.kid.as_deref(), Some("theirs"));
}

#[test]
fn scopes_that_are_not_granted_are_left_out_and_added_later() {
    let server = PortalServer::start(&["toll:movement/road/v2"]);
    let home = home(&server);
    let mut both = onboarding();
    both.business.services = vec!["road".to_owned(), "entry".to_owned()];
    both.set_scopes(&[]);
    home.save("both", &both);
    let created = run(&home, &["portal", "create", "both", "--yes"], 0);
    assert_eq!(created["not_granted"], serde_json::json!(["toll:movement/entry"]));
    assert!(!home.load("both").progress.done.contains_key("integration.scopes"));
    let again = run(&home, &["portal", "scopes-add", "both", "--yes"], 1);
    assert_eq!(again["outcome"], "unchanged");
}

#[test]
fn other_keys_of_the_client_stay_and_get_the_use_that_they_lack() {
    let server = PortalServer::start(&["toll:movement/road/v2"]);
    let home = home(&server);
    run(&home, &["portal", "create", "acme", "--yes"], 0);
    let old = serde_json::json!({ "kty": "RSA", "alg": "RS256", "kid": "theirs", "n": "AQAB", "e": "AQAB" });
    server.state.lock().unwrap().keys.insert("c1".to_owned(), vec![old]);
    run(&home, &["portal", "key", "acme", "--yes"], 0);
    run(&home, &["portal", "key", "acme", "--rotate", "--yes"], 0);
    let kids = server.kids("c1");
    assert_eq!((kids.len(), kids[0].as_str()), (2, "theirs"), "{kids:?}");
    assert_eq!(server.state.lock().unwrap().keys["c1"][0]["use"], "sig");
}

#[test]
fn sixth_key_is_refused_before_anything_is_made() {
    let server = PortalServer::start(&["toll:movement/road/v2"]);
    let home = home(&server);
    run(&home, &["portal", "create", "acme", "--yes"], 0);
    let keys = (1..=5).map(|number| serde_json::json!({ "kid": format!("k{number}"), "use": "sig" }));
    server
        .state
        .lock()
        .unwrap()
        .keys
        .insert("c1".to_owned(), keys.collect());
    for args in [
        &["portal", "key", "acme", "--yes"][..],
        &["portal", "key", "acme", "--rotate", "--yes"],
    ] {
        let output = home.run(args);
        assert!(matches!(exit_code(&output), 1 | 2), "{args:?}: {}", stderr(&output));
        assert_eq!(server.kids("c1").len(), 5);
        assert!(!home.path().join("keys").exists());
    }
}

#[test]
fn profile_without_a_client_of_its_own_is_refused() {
    let server = PortalServer::start(&[]);
    let home = home(&server);
    let mut foreign = onboarding();
    foreign.business.kind = Some(klarert::profile::Kind::Foreign);
    home.save("foreign", &foreign);
    let mut other = onboarding();
    other.business.organisation = Some("123456726".to_owned());
    home.save("other", &other);
    for profile in ["foreign", "other", "admin"] {
        let output = home.run(&["portal", "create", profile, "--yes"]);
        assert_eq!(exit_code(&output), 2, "{profile}: {}", stderr(&output));
    }
    assert_eq!(server.requests(), 0);
}

#[test]
fn administration_client_is_listed_checked_and_left_out_of_reports() {
    let server = PortalServer::start(&["toll:movement/road/v2"]);
    let home = home(&server);
    let listed = schema::assert_valid("list", &stdout(&home.run(&["list", "--json"])));
    let admin = listed.iter().find(|one| one["profile"] == "admin").unwrap();
    assert_eq!(
        (&admin["purpose"], &admin["progress"]["all"]),
        (&"administration".into(), &3.into())
    );
    assert!(!stdout(&home.run(&["report", "--format", "csv"])).contains("admin"));
    let text = std::fs::read_to_string(home.profile("admin")).unwrap();
    std::fs::write(home.profile("admin"), format!("{text}later = 1\n")).unwrap();
    assert_eq!(exit_code(&home.run(&["set", "admin", "name=Acme AS"])), 0);
    let text = std::fs::read_to_string(home.profile("admin")).unwrap();
    assert!(
        text.contains("later = 1") && text.contains("purpose = \"administration\""),
        "{text}"
    );
    for answer in [
        "business=foreign",
        "services=road",
        "own-scopes=a:b",
        "consumer-org=123456726",
    ] {
        assert_eq!(exit_code(&home.run(&["set", "admin", answer])), 2, "{answer}");
    }
}

#[test]
fn lists_are_valid_by_their_schemas() {
    let server = PortalServer::start(&["toll:movement/road/v2"]);
    let home = home(&server);
    run(&home, &["portal", "create", "acme", "--yes"], 0);
    let granted = stdout(&home.run(&["portal", "granted", "--json"]));
    assert_eq!(schema::assert_valid("portal-granted", &granted)[0]["granted"], true);
    let clients = stdout(&home.run(&["portal", "clients", "--json"]));
    assert_eq!(schema::assert_valid("portal-clients", &clients)[0]["profile"], "acme");
    let scopes = home.run(&["portal", "scopes", "--environment", "lab", "--json"]);
    assert_eq!((exit_code(&scopes), stdout(&scopes).as_str()), (0, ""));
}

#[test]
fn own_scopes_are_confirmed_or_suggested_by_the_open_list() {
    let (lab, home) = (Home::with_sandbox(), Home::new());
    let sandbox = Sandbox::start(&sandbox::folder(lab.path()), Options::default()).unwrap();
    let environment = sandbox.environment();
    let config = format!(
        "[environments.lab]\nissuer = \"{}\"\nself_service = \"{}\"\n",
        environment.issuer,
        environment.self_service.unwrap()
    );
    std::fs::write(home.path().join("config.toml"), config).unwrap();
    home.save("acme", &onboarding());
    let listed = english_with("scope-listed", &[("scope", "sandbox:open")]);
    let near = [("scope", "toll:movement/rod/v2"), ("nearest", "toll:movement/road/v2")];
    let near = english_with("scope-near", &near);
    for (scopes, expected) in [
        ("sandbox:open", vec![&listed]),
        ("sandbox:open toll:movement/rod/v2", vec![&near]),
        ("other:unlisted", vec![]),
    ] {
        let mut command = home.command(&["set", "acme", &format!("own-scopes={scopes}")]);
        let output = command.env_remove("KLARERT_OFFLINE").output().unwrap();
        assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
        let shown = stderr(&output);
        for text in [&listed, &near] {
            assert_eq!(
                shown.contains(text.as_str()),
                expected.contains(&text),
                "{scopes}: {shown}"
            );
        }
    }
}
