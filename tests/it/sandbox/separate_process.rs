//! `klarert sandbox` in one window, and the other commands in another: they find it, and what they give is good there.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use klarert::sandbox::{self, Sandbox};
use serde_json::Value;

use super::client::{ROAD_CALL, test_call};

/// Kept from one run to the next, as making the keys takes a while.
fn home() -> PathBuf {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("served");
    let _ = fs::remove_dir_all(home.join("profiles"));
    home
}

fn klarert(home: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_klarert"));
    command
        .args(args)
        .env_clear()
        .env("KLARERT_HOME", home)
        .stdin(Stdio::null());
    command
}

fn run(home: &Path, args: &[&str]) -> Output {
    let output = klarert(home, args).output().unwrap();
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
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
    let home = home();
    let mut window = klarert(&home, &["sandbox", "--port", "0", "--json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
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
        out(&exported).contains(&format!("MASKINPORTEN_ISSUER='{issuer}'\n")),
        "{}",
        out(&exported)
    );
    assert!(exported.stderr.is_empty(), "it runs: there is nothing to be said");
    let given = run(&home, &["token", "demo", "--customs"]);
    assert!(given.stderr.is_empty(), "{}", String::from_utf8_lossy(&given.stderr));
    let served = Sandbox::served_elsewhere(&sandbox::folder(&home)).unwrap();
    assert_eq!(served.environment().issuer, issuer);
    assert_eq!(test_call(&served, ROAD_CALL, out(&given).trim()).status, 200);

    // Killed, it leaves its address behind; nobody is misled.
    drop(window);
    assert!(Sandbox::served_elsewhere(&sandbox::folder(&home)).is_none());
    let exported = run(&home, &["export", "demo", "--format", "curl"]);
    assert!(
        out(&exported).contains("'http://127.0.0.1:8765/api/access/external/oauth/token'"),
        "{}",
        out(&exported)
    );
    assert!(!exported.stderr.is_empty(), "that it must be started is said");
    let given = run(&home, &["token", "demo"]);
    assert!(!given.stderr.is_empty(), "that the token is of no use any more is said");
    assert_eq!(out(&given).trim().split('.').count(), 3);
}
