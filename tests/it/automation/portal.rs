//! Ten customers of one provider, from a table to clients with keys, by a shell script.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use klarert::sandbox::{self, Options, Sandbox};
use serde_json::Value;

use crate::{
    check_command::{LAB, lab_home, password, save},
    support::{
        home::{DEMO_PASSWORD, Home, exit_code, stderr, stdout},
        schema,
        texts::english_with,
    },
};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/automation");

#[test]
fn ten_clients_are_created_with_keys_by_a_script() {
    let (lab, home) = (Home::with_sandbox(), Home::new());
    let sandbox = Sandbox::start(&sandbox::folder(lab.path()), Options::default()).unwrap();
    let environment = sandbox.environment();
    let config = format!(
        "[environments.lab]\nissuer = \"{}\"\ncustoms = \"{}\"\nself_service = \"{}\"\n",
        environment.issuer,
        environment.customs.unwrap(),
        environment.self_service.unwrap()
    );
    fs::write(home.path().join("config.toml"), config).unwrap();
    let folder = home.path().join("customers");
    fs::create_dir(&folder).unwrap();
    fs::copy(Path::new(DATA).join("portal.csv"), folder.join("portal.csv")).unwrap();
    fs::copy(
        &sandbox.demonstration().norwegian.certificate,
        folder.join("business.p12"),
    )
    .unwrap();
    let output = Command::new("sh")
        .arg(Path::new(DATA).join("portal.sh"))
        .arg(&folder)
        .arg(&sandbox.demonstration().administration)
        .env("KLARERT", env!("CARGO_BIN_EXE_klarert"))
        .env("KLARERT_HOME", home.path())
        .env("KLARERT_PASSWORD", DEMO_PASSWORD)
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let read = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
    let granted = schema::assert_valid("portal-granted", &read("granted.jsonl"));
    assert!(granted.iter().any(|one| one["granted"] == true) && granted.iter().any(|one| one["granted"] == false));
    let created = schema::assert_valid("portal-change", &read("created.jsonl"));
    let ids: BTreeSet<String> = created.iter().map(|one| one["client_id"].to_string()).collect();
    assert_eq!((created.len(), ids.len()), (10, 10));
    assert_eq!(schema::assert_valid("portal-change", &read("keys.jsonl")).len(), 10);
    let checks = schema::assert_valid("check", &read("checks.jsonl"));
    assert!(
        checks.len() == 10 && checks.iter().all(|one| one["outcome"] == "passed"),
        "{checks:#?}"
    );
    let rotated = schema::assert_valid("portal-change", &read("rotated.jsonl"));
    assert_eq!(rotated[0]["kid"], home.load("kunde-01").client.kid.unwrap());
    assert!(read("token.txt").starts_with("eyJ"));
    let clients = schema::assert_valid("portal-clients", &read("clients.jsonl"));
    assert_eq!(clients.iter().filter(|one| one["profile"].is_string()).count(), 10);
    assert_eq!(
        fs::read_dir(home.path().join("keys")).unwrap().count(),
        22,
        "no key file is removed"
    );
}

#[test]
fn set_up_reports_why_the_file_cannot_be_read_as_the_other_commands_do() {
    let home = lab_home(None);
    let file = LAB.demonstration().norwegian.certificate.display().to_string();
    let [garbage, key] = ["garbage.p12", "key.pem"].map(|name| home.path().join(name).display().to_string());
    fs::write(&garbage, "no certificate").unwrap();
    assert_eq!(home.run(&["key", "--out", &key]).status.code(), Some(0));
    let folder = home.path().display().to_string();
    let missing = home.path().join("none.p12").display().to_string();
    let wrong = [("KLARERT_PASSWORD", "wrong")];
    let set_up = |file: &str, given: &[(&str, &str)], more: &[&str]| {
        let args = [
            "portal",
            "setup",
            "digdir",
            "--client-id",
            "3f1c",
            "--environment",
            "lab",
        ];
        let args = [&args[..], &["--certificate", file, "--json"], more].concat();
        let output = home.run_with(&args, given);
        let object: Value = serde_json::from_str(&stdout(&output)).unwrap();
        (exit_code(&output), object["error"]["id"].as_str().map(str::to_owned))
    };
    for (file, given, id) in [
        (&file, &wrong[..], "wrong-password"),
        (&file, &[], "password-needed"),
        (&missing, &[], "file-missing"),
        (&garbage, &[], "not-a-certificate"),
        (&folder, &[], "file-missing"),
        (&key, &[], "not-a-certificate"),
    ] {
        let certificate = home.run_with(&["certificate", file, "--json"], given);
        let found: Value = serde_json::from_str(&stdout(&certificate)).unwrap();
        assert_eq!(set_up(file, given, &[]), (3, Some(id.to_owned())), "{file}");
        let findings = found["findings"].as_array().unwrap();
        assert!(findings.iter().any(|finding| finding["id"] == id), "{found}");
    }
    assert_eq!(
        set_up(&key, &[], &["--kid", "k1"]),
        (2, Some("usage".to_owned())),
        "a key names no organisation"
    );
    assert!(!home.profile("digdir").exists());
    let number = ["--organisation", &LAB.demonstration().norwegian.organisation];
    let typed = [
        "portal",
        "setup",
        "digdir",
        "--client-id",
        "3f1c",
        "--environment",
        "lab",
        "--certificate",
        &file,
    ];
    let typed = [&typed[..], &number, &["--password-stdin"]].concat();
    assert_eq!(exit_code(&home.run_piped(&typed, &[], "wrong\n")), 3);
    assert!(!home.profile("digdir").exists());
    assert_eq!(exit_code(&home.run_piped(&typed, &[], &format!("{}\n", password()))), 0);
    assert_eq!(set_up(&missing, &[], &number), (2, Some("profile-exists".to_owned())));
    fs::remove_file(home.profile("digdir")).unwrap();
    assert_eq!(set_up(&missing, &[], &number), (0, None), "the file may come later");
}

#[test]
fn profile_with_an_unknown_environment_is_unreadable_for_the_portal() {
    let home = lab_home(None);
    save(&home, "acme", "tst", |_| {});
    for args in [
        &["create", "acme"][..],
        &["scopes-add", "acme"],
        &["key", "acme"],
        &["key", "acme", "--rotate"],
    ] {
        let output = home.run(&[&["portal"], args, &["--yes"]].concat());
        let values = [("profile", "acme"), ("environment", "tst")];
        assert_eq!(exit_code(&output), 3, "{args:?}");
        let wanted = english_with("targets-environment-unknown", &values);
        assert!(stderr(&output).contains(&wanted), "{args:?}: {}", stderr(&output));
    }
    let check = home.run(&["check", "--all", "--json"]);
    let object: Value = serde_json::from_str(&stdout(&check)).unwrap();
    assert_eq!(
        (exit_code(&check), &object["environment"]),
        (3, &"tst".into()),
        "{object}"
    );
}
