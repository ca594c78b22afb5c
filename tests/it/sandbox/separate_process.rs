//! `klarert sandbox` in one process and other commands in another: they find it, and it accepts their tokens.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Output},
};

use klarert::sandbox::{self, Sandbox};
use serde_json::Value;

use super::client::{ROAD_CALL, api_call};
use crate::support::home::{Home, stderr, stdout};

fn run(home: &Home, args: &[&str]) -> Output {
    let output = home.run(args);
    assert!(output.status.success(), "{args:?}: {}", stderr(&output));
    output
}

/// Kills the process when a test ends.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn commands_use_a_running_sandbox() {
    let home = Home::with_sandbox();
    let mut child = home.command(&["sandbox", "--port", "0", "--json"]).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let sandbox = Killed(child);
    let started: Value = serde_json::from_str(&line).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let issuer = text(&started["issuer"]);

    let business = &started["norwegian"];
    let (organisation, id) = (text(&business["organisation"]), text(&business["client_id"]));
    let file = text(&business["certificate"]);
    run(
        &home,
        &[
            "new",
            "demo",
            "--business",
            "norwegian",
            "--environment",
            "sandbox",
            "--name",
            "Demo AS",
            "--organisation",
            &organisation,
            "--service",
            "road",
            "--client-id",
            &id,
            "--certificate",
            &file,
        ],
    );
    let exported = run(&home, &["export", "demo", "--format", "env"]);
    assert!(
        stdout(&exported).contains(&format!("MASKINPORTEN_ISSUER='{issuer}'\n")),
        "{}",
        stdout(&exported)
    );
    assert!(exported.stderr.is_empty(), "the sandbox runs: no warning");
    let given = run(&home, &["token", "demo", "--customs"]);
    assert!(given.stderr.is_empty(), "{}", stderr(&given));
    let served = Sandbox::served_elsewhere(&sandbox::folder(home.path())).unwrap();
    assert_eq!(served.environment().issuer, issuer);
    assert_eq!(api_call(&served, ROAD_CALL, stdout(&given).trim()).status, 200);

    // Killed, it leaves its address in a file, which must not be used.
    drop(sandbox);
    assert!(Sandbox::served_elsewhere(&sandbox::folder(home.path())).is_none());
    let exported = run(&home, &["export", "demo", "--format", "curl"]);
    assert!(
        stdout(&exported).contains("'http://127.0.0.1:8765/api/access/external/oauth/token'"),
        "{}",
        stdout(&exported)
    );
    assert!(!exported.stderr.is_empty(), "a hint says that it must be started");
    let given = run(&home, &["token", "demo"]);
    assert!(
        !given.stderr.is_empty(),
        "a hint says that the token is no longer valid"
    );
    assert_eq!(stdout(&given).trim().split('.').count(), 3);
}
