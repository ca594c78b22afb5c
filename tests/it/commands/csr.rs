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

#[test]
fn country_is_compared_with_the_identifier() {
    let home = Home::new();
    let out = home.path().join("key.pem");
    let out = out.to_str().unwrap();
    for (organisation, country, exit, printed) in [
        // Of the trade register or the national scheme of another country.
        ("NTRSE-5560000001", "DE", 2, &["NTRSE-5560000001", "--country SE"][..]),
        ("EI:SE-5567971433", "NO", 2, &["--country SE"]),
        ("NTRNO-123456785", "SE", 2, &["--country NO"]),
        // A Norwegian number without its prefix, or with a wrong check digit.
        ("123456785", "SE", 2, &["NTRNO-123456785", "VATSE-"]),
        ("123 456 785", "NO", 2, &["NTRNO-123456785"]),
        ("NTRNO-123456784", "NO", 2, &["123456784"]),
        ("NTRNO-12345678", "NO", 2, &["--organisation"]),
        // A VAT number of another country may be right.
        ("VATDE-123456789", "SE", 0, &["warning", "VATDE-123456789", "SE"]),
        ("VATDE-123456789", "de", 0, &[]),
        ("NTRNO-123456785", "NO", 0, &[]),
        ("LEIXG-5493000IBP32UQZ0KL24", "SE", 0, &[]),
        ("VATEL-123456789", "GR", 0, &[]),
        ("VATXI-123456789", "GB", 0, &[]),
    ] {
        let subject = ["--organisation", organisation, "--name", "Demo", "--country", country];
        let output = home.run(&[&["csr", "--bits", "2048", "--out", out][..], &subject].concat());
        let words = stderr(&output);
        assert_eq!(output.status.code(), Some(exit), "{organisation} {country}: {words}");
        assert!(
            printed.iter().all(|part| words.contains(part)),
            "{organisation}: {words}"
        );
        assert_eq!(words.contains("warning"), printed.contains(&"warning"), "{words}");
        assert_eq!(fs::remove_file(out).is_ok(), exit == 0, "no key is made in vain");
    }
}

#[test]
fn subject_longer_than_issuers_take_is_refused_before_a_key_is_made() {
    let home = Home::new();
    let out = home.path().join("key.pem");
    let run = |flag: &str, length: usize| {
        let value = "å".repeat(length);
        let mut line = vec![
            "csr",
            "--organisation",
            "VATDE-123456789",
            "--country",
            "DE",
            "--bits",
            "2048",
        ];
        line.extend(["--out", out.to_str().unwrap(), flag, &value]);
        if flag != "--name" {
            line.extend(["--name", "Demo GmbH"]);
        }
        let output = home.run(&line);
        (output.status.code(), stderr(&output))
    };
    for (flag, most) in [
        ("--name", 64),
        ("--common-name", 64),
        ("--unit", 64),
        ("--serial-number", 64),
        ("--state", 128),
        ("--locality", 128),
    ] {
        let (code, err) = run(flag, most + 1);
        assert_eq!(code, Some(2), "{flag}: {err}");
        assert!(err.contains(flag) && err.contains(&most.to_string()), "{flag}: {err}");
        assert!(!out.exists(), "{flag}");
    }
    let (code, err) = run("--locality", 128);
    assert_eq!(code, Some(0), "{err}");
}
