//! `klarert csr`: a key and its request are written together or not at all.

use std::fs;

use crate::support::home::{Home, stderr};

/// Runs `klarert csr` for one organisation with these files.
fn csr(home: &Home, out: &str, request: &str) -> (Option<i32>, String) {
    let (out, request) = (home.path().join(out), home.path().join(request));
    let (out, request) = (out.to_str().unwrap(), request.to_str().unwrap());
    let subject = [
        "csr",
        "--organisation",
        "VATDE-123456789",
        "--name",
        "Demo GmbH",
        "--country",
        "DE",
    ];
    let files = ["--bits", "2048", "--out", out, "--request", request];
    let output = home.run(&[&subject[..], &files].concat());
    (output.status.code(), stderr(&output))
}

#[test]
fn no_key_is_written_without_its_request() {
    let home = Home::new();
    let at = |name: &str| home.path().join(name);
    fs::write(at("taken"), "mine").unwrap();

    for (out, request, exit, flag) in [
        ("key.pem", "taken", 2, "--request"),
        ("taken", "request.csr", 2, "--out"),
        ("key.pem", "key.pem", 2, "--request"),
        ("key.pem", "./key.pem", 2, "--request"),
        ("key.pem", "no/such/folder/request.csr", 3, "--request"),
        ("no/such/folder/key.pem", "request.csr", 3, "--out"),
    ] {
        let (code, words) = csr(&home, out, request);
        assert_eq!(code, Some(exit), "{out} {request}: {words}");
        assert!(words.contains(flag), "{out} {request}: {words}");
        assert!(
            !at("key.pem").exists() && !at("request.csr").exists(),
            "{out} {request}"
        );
        assert_eq!(fs::read_to_string(at("taken")).unwrap(), "mine");
    }
    let (_, words) = csr(&home, "key.pem", "taken");
    assert!(!words.contains("--out"), "only the file in question is named: {words}");

    let (code, words) = csr(&home, "key.pem", "request.csr");
    assert_eq!(code, Some(0), "{words}");
    assert!(
        fs::read_to_string(at("request.csr"))
            .unwrap()
            .contains("CERTIFICATE REQUEST")
    );
    assert!(fs::read_to_string(at("key.pem")).unwrap().contains("PRIVATE KEY"));
}
