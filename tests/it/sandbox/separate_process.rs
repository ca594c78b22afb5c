//! `klarert sandbox` in one window, and the other commands in another: they find it, and what they give is good there.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Output},
};

use klarert::sandbox::{self, Sandbox};
use serde_json::Value;

use super::client::{ROAD_CALL, test_call};
use crate::support::home::{Home, stderr, stdout};

fn run(home: &Home, args: &[&str]) -> Output {
    let output = home.run(args);
    assert!(output.status.success(), "{args:?}: {}", stderr(&output));
    output
}

struct Window(Child);

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_sandbox_that_is_served_is_the_one_that_is_used() {
    let home = Home::with_sandbox();
    let mut window = home.command(&["sandbox", "--port", "0", "--json"]).spawn().unwrap();
    let mut said = String::new();
    BufReader::new(window.stdout.take().unwrap())
        .read_line(&mut said)
        .unwrap();
    let window = Window(window);
    let said: Value = serde_json::from_str(&said).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let issuer = text(&said["issuer"]);

    let business = &said["norwegian"];
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
    assert!(exported.stderr.is_empty(), "it runs: there is nothing to be said");
    let given = run(&home, &["token", "demo", "--customs"]);
    assert!(given.stderr.is_empty(), "{}", stderr(&given));
    let served = Sandbox::served_elsewhere(&sandbox::folder(home.path())).unwrap();
    assert_eq!(served.environment().issuer, issuer);
    assert_eq!(test_call(&served, ROAD_CALL, stdout(&given).trim()).status, 200);

    // Killed, it leaves its address behind; nobody is misled.
    drop(window);
    assert!(Sandbox::served_elsewhere(&sandbox::folder(home.path())).is_none());
    let exported = run(&home, &["export", "demo", "--format", "curl"]);
    assert!(
        stdout(&exported).contains("'http://127.0.0.1:8765/api/access/external/oauth/token'"),
        "{}",
        stdout(&exported)
    );
    assert!(!exported.stderr.is_empty(), "that it must be started is said");
    let given = run(&home, &["token", "demo"]);
    assert!(!given.stderr.is_empty(), "that the token is of no use any more is said");
    assert_eq!(stdout(&given).trim().split('.').count(), 3);
}
