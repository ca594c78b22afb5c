//! The exported shell script against a server that answers with curl's own configuration.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::json;

use crate::support::{
    home::{Home, stderr, stdout},
    service::{EXCHANGE, ROAD, Reply, Service},
};

/// A home with a profile in an environment at `base`, and a `klarert` that prints a token.
fn home(base: &str) -> Home {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let config = format!("[environments.lab]\nissuer = \"{base}/\"\ncustoms = \"{base}\"\n");
    fs::write(home.path().join("config.toml"), config).unwrap();
    home.run(&[
        "new",
        "acme",
        "--business",
        "norwegian",
        "--service",
        "road",
        "--environment",
        "lab",
    ]);
    let stub = home.path().join("klarert");
    fs::write(&stub, "#!/bin/sh\necho maskinporten-token\n").unwrap();
    fs::set_permissions(&stub, fs::Permissions::from_mode(0o755)).unwrap();
    home
}

/// Runs the exported script in the home folder. `None` if curl is not installed.
fn run_script(home: &Home) -> Option<Output> {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: curl is not installed");
        return None;
    }
    let exported = home.run(&["export", "acme", "--format", "curl"]);
    assert!(exported.status.success(), "{}", stderr(&exported));
    let script = home.path().join("script");
    fs::write(&script, stdout(&exported)).unwrap();
    let mut shell = Command::new("/bin/sh");
    shell.arg(script).current_dir(home.path());
    shell.env("KLARERT", home.path().join("klarert")).env("no_proxy", "*");
    Some(shell.output().unwrap())
}

/// Returns the requests of the script after the exchange, and its output.
fn run_against(answer: impl Fn(&Path) -> Vec<u8>) -> Option<(usize, Output, Home)> {
    let body = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let sent = body.clone();
    let service = Service::start(
        Some(0),
        Box::new(move |request| match request.path.as_str() {
            EXCHANGE => Some(Reply {
                body: sent.lock().unwrap().clone(),
                ..Reply::json(200, json!({}))
            }),
            ROAD => None,
            _ => Some(Reply::text(200, "text/plain", "stolen")),
        }),
    );
    let home = home(&service.base);
    *body.lock().unwrap() = answer(home.path());
    fs::write(home.path().join("secret"), "unchanged").unwrap();
    let output = run_script(&home)?;
    let others = service.requests(ROAD).len() + service.requests("/steal").len();
    Some((others, output, home))
}

#[test]
fn script_calls_the_api_with_the_token() {
    for body in [
        r#"{"access_token":"customs-token","token_type":"Bearer"}"#,
        "{\n  \"token_type\" : \"Bearer\",\r\n  \"access_token\" : \"customs-token\"\n}",
    ] {
        let Some((calls, output, _)) = run_against(|_| body.as_bytes().to_vec()) else {
            return;
        };
        assert_eq!((stdout(&output).as_str(), calls), ("200\n", 1), "{}", stderr(&output));
    }
}

#[test]
fn script_takes_nothing_but_a_token_from_the_answer() {
    let long = "x".repeat(100_000);
    for token in [
        r#"url = \"SERVER/steal\""#,
        "x \"\nurl = \"SERVER/steal\"\nupload-file = \"HOME/secret\"\n\"",
        "x\\\"\\nupload-file = \\\"HOME/secret\\\"\\nurl = \\\"SERVER/steal",
        "output = HOME/secret",
        "-o HOME/secret",
        "x\nHOME/secret",
        "$(echo changed > HOME/secret)",
        "`echo changed > HOME/secret`",
        "'; echo changed > HOME/secret; '",
        "%s%n",
        "åå",
        "",
        &format!("{long} y"),
    ] {
        let Some((others, output, home)) = run_against(|home| {
            let token = token.replace("HOME", &home.to_string_lossy());
            let line = format!("{{\"access_token\":\"{token}\"}}");
            format!(
                "{line}\n{line}\n\"access_token\":\"output = {}/secret\"",
                home.display()
            )
            .into_bytes()
        }) else {
            return;
        };
        assert!(!output.status.success(), "{token}: {}", stdout(&output));
        assert_eq!(others, 0, "{token}");
        assert_eq!(
            fs::read_to_string(home.path().join("secret")).unwrap(),
            "unchanged",
            "{token}"
        );
        assert!(
            stderr(&output).contains("did not answer with a token"),
            "{token}: {}",
            stderr(&output)
        );
    }
}
