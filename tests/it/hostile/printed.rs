//! Text with escape sequences and invisible characters, in every file that is read: none is printed as it is.

use std::fs;

use klarert::text::visible_char;
use serde_json::Value;

use crate::support::home::{Home, stderr, stdout};

/// Characters that control or hide, and a text around them.
const HOSTILE: &str =
    "a\u{1b}]0;x\u{7}\u{1b}[8m\u{9b}2J\u{202e}\u{ad}\u{3164}\u{2800}\u{e0041}\u{f0001}\u{200b}\u{7f}z";

#[track_caller]
fn assert_visible(text: &str, context: &str) {
    let hidden = |c: char| !matches!(c, '\n' | '\t') && visible_char(c) != c;
    assert!(!text.contains(hidden), "{context}: {text:?}");
}

fn assert_output_is_visible(home: &Home, args: &[&str]) -> (String, String) {
    let output = home.run(args);
    let (out, err) = (stdout(&output), stderr(&output));
    assert_visible(&out, &format!("{args:?}"));
    assert_visible(&err, &format!("{args:?}"));
    (out, err)
}

/// Returns a TOML or JSON string with that text.
fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_graphic() {
                c.to_string()
            } else {
                format!("\\U{:08x}", c as u32)
            }
        })
        .collect();
    format!("\"{escaped}\"")
}

#[test]
fn jwk_with_escape_sequences_is_printed_without_them() {
    let home = Home::new();
    let file = home.path().join("key.jwk");
    for jwk in [
        serde_json::json!({ "kty": HOSTILE, "crv": HOSTILE, "x": "AA" }),
        serde_json::json!({ "kty": "EC", "crv": HOSTILE, "x": "AA", "kid": HOSTILE }),
        serde_json::json!({ "keys": [{ "kty": HOSTILE, "kid": HOSTILE }] }),
    ] {
        fs::write(&file, jwk.to_string()).unwrap();
        let path = file.to_str().unwrap();
        assert_output_is_visible(&home, &["certificate", path]);
        let (json, _) = assert_output_is_visible(&home, &["certificate", path, "--json"]);
        let json: Value = serde_json::from_str(&json).unwrap();
        assert!(json.is_object());
    }
}

#[test]
fn profile_with_escape_sequences_is_printed_without_them() {
    let home = Home::new();
    let value = quoted(HOSTILE);
    let profile = format!(
        "environment = \"test\"\n[business]\nkind = \"norwegian\"\nname = {value}\norganisation = {value}\n\
         services = [{value}]\n[client]\nid = {value}\nscopes = [{value}]\nconsumer_org = {value}\nkid = {value}\n\
         authentication = \"key\"\n[certificate]\npath = {value}\nkey_path = {value}\n[progress]\nstep = {value}\n\
         [progress.done]\n{value} = 2026-11-22T17:05:00Z\n[last_check]\nat = 2026-11-22T17:10:00Z\noutcome = \"failed\"\n\
         stopped_at = {value}\ncode = {value}\ntrace_id = {value}\n"
    );
    fs::create_dir_all(home.path().join("profiles")).unwrap();
    fs::write(home.path().join("profiles/acme.toml"), profile).unwrap();
    for args in [
        &["list"][..],
        &["list", "--json"],
        &["list", "--attention"],
        &["show", "acme"],
        &["show", "acme", "--json"],
        &["check", "acme"],
        &["check", "acme", "--json"],
        &["token", "acme"],
        &["explain", HOSTILE],
        &["explain", HOSTILE, "--json"],
        &["export", "acme", "--format", "handoff"],
        &["export", "acme", "--format", "env"],
        &["export", "acme", "--format", "curl"],
        &["export", "acme", "--format", "powershell"],
        &["export", "acme", "--format", "json"],
        &["export", "acme", "--format", "appsettings"],
        &["export", "acme", "--format", "spring"],
        &["export", "acme", "--format", "grant-generator"],
        &["set", "acme", &format!("name={HOSTILE}")],
        &["rename", "acme", HOSTILE],
        &["certificate", HOSTILE],
        &["import", "other", HOSTILE],
        &["where"],
        &[HOSTILE],
        &["check", "--jobs", HOSTILE],
        &["remove", "acme"],
        &["restore"],
    ] {
        assert_output_is_visible(&home, args);
    }
    let broken = format!("environment = \"test\"\n{value} = \n");
    fs::write(home.path().join("profiles/broken.toml"), broken).unwrap();
    fs::write(
        home.path().join("config.toml"),
        format!("[environments.{value}]\nissuer = {value}\n"),
    )
    .unwrap();
    for args in [&["list"][..], &["show", "broken"], &["check", "broken"], &["where"]] {
        assert_output_is_visible(&home, args);
    }
}

#[test]
fn json_output_keeps_hidden_characters_as_escapes() {
    let home = Home::new();
    let profile = format!(
        "environment = \"test\"\n[client]\nkid = {}\nauthentication = \"key\"\n",
        quoted(HOSTILE)
    );
    fs::create_dir_all(home.path().join("profiles")).unwrap();
    fs::write(home.path().join("profiles/acme.toml"), profile).unwrap();
    let (json, _) = assert_output_is_visible(&home, &["show", "acme", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["client"]["kid"], HOSTILE);
}
