//! Ten customers of one provider, from a table to clients with keys, by a shell script.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use klarert::sandbox::{self, Options, Sandbox};

use crate::support::{
    home::{DEMO_PASSWORD, Home},
    schema,
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
