//! Errors of `klarert sandbox`, and of a choice among certificates that does not exist.

use std::{fs, net::TcpListener};

use crate::support::{
    home::{Home, fixture, stderr},
    texts::english_with,
};

/// Runs a command that must fail with an error and a hint; returns the exit code and the words.
fn refused(home: &Home, arguments: &[&str]) -> (Option<i32>, String) {
    let output = home.run(arguments);
    let words = stderr(&output);
    assert!(
        words.starts_with("error: ") && words.contains("\nhint: "),
        "{arguments:?}: {words}"
    );
    assert!(!words.contains("os error"), "{arguments:?}: {words}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    (output.status.code(), words)
}

#[test]
fn a_sandbox_that_cannot_start_says_why() {
    let home = Home::with_sandbox();
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port().to_string();
    let (code, words) = refused(&home, &["sandbox", "--port", &port]);
    assert_eq!(code, Some(4), "{words}");
    assert!(
        words.contains(&english_with(
            "sandbox-port-unusable",
            &[("kind", "taken"), ("port", &port)]
        )),
        "{words}"
    );

    let empty = home.path().join("empty.pem");
    fs::write(&empty, "nothing").unwrap();
    let empty = empty.to_str().unwrap();
    let missing = english_with("finding-file-missing", &[("why", "not-found"), ("file", "no-such.pem")]);
    let unreadable = english_with("sandbox-key-unreadable", &[("file", empty)]);
    for (file, named) in [("no-such.pem", missing), (empty, unreadable)] {
        let (code, words) = refused(&home, &["sandbox", "--register-key", file, "--kid", "k1"]);
        assert_eq!(code, Some(3), "{words}");
        assert!(words.contains(&named), "{words}");
    }
    let key = fixture("key-pkcs8.pem");
    let key = key.to_str().unwrap();
    for (flag, value) in [("--scope", "bad"), ("--kid", "a b"), ("--client-id", "a b")] {
        let all = ["--kid", "k1", flag, value];
        let given = if flag == "--kid" { &all[2..] } else { &all };
        let output = home.run(&[&["sandbox", "--port", "0", "--register-key", key], given].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).starts_with(&format!("error: {flag}: ")),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn a_pick_beyond_the_last_certificate_is_an_error() {
    let file = fixture("auth.pem");
    let file = file.to_str().unwrap();
    let (code, words) = refused(&Home::new(), &["certificate", file, "--pick", "9"]);
    assert_eq!(code, Some(2), "{words}");
}
