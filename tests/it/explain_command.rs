//! `klarert explain`.

use std::{fs, process::Output};

use klarert::{diagnosis::table, report::Stage, text::Args};
use serde_json::Value;

use crate::support::{
    home::{Home, stdout},
    texts::{BOKMAL, english, english_with},
};

fn run(args: &[&str], typed: &str) -> Output {
    Home::new().run_piped(args, &[], typed)
}

#[test]
fn every_diagnosis_is_listed() {
    let output = run(&["explain", "--json"], "");
    assert_eq!(output.status.code(), Some(0));
    let lines: Vec<Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(
        lines
            .iter()
            .map(|line| &line["id"])
            .eq(table().iter().map(|known| &known.id))
    );
    for line in &lines {
        for name in ["title", "cause", "who", "step", "source"] {
            assert!(
                line[name].as_str().is_some_and(|value| !value.is_empty()),
                "{name}: {line}"
            );
        }
        assert!(line["fix"].as_array().is_some_and(|fix| !fix.is_empty()), "{line}");
        assert!(Stage::ALL.iter().any(|stage| line["stage"] == stage.id()), "{line}");
    }
    // Documented codes.
    for (id, code) in [
        ("client-unknown", "MP-100"),
        ("clock-ahead", "MP-130"),
        ("certificate-wrong-environment", "MP-120"),
    ] {
        let line = lines.iter().find(|line| line["id"] == id).unwrap();
        assert!(line["codes"].as_array().unwrap().contains(&code.into()), "{line}");
    }

    let output = run(&["explain"], "");
    assert_eq!(stdout(&output).lines().count(), table().len());
    assert!(
        stdout(&output)
            .lines()
            .any(|line| line.starts_with("organisation-mismatch") && line.contains("MP-122"))
    );
}

#[test]
fn an_error_is_explained_from_code_id_or_answer() {
    let answer = r#"{"error":"invalid_scope","error_description":"x (trace_id: 35666614aa)","error_uri":"https://test.maskinporten.no/errors/MP-200"}"#;
    for (args, typed, id, code) in [
        (&["explain", "--json", "MP-122"][..], "", "organisation-mismatch", 0),
        (&["explain", "--json", "kid-required"], "", "kid-required", 0),
        (&["explain", "--json", answer], "", "scope-not-on-client", 0),
        (&["explain", "--json"], answer, "scope-not-on-client", 0),
        (
            &["explain", "--json", "Unknown", "key", "identifier"],
            "",
            "kid-unknown",
            0,
        ),
        (
            &["explain", "--json"],
            "ERROR Invalid JWT signature\r\n",
            "signature-invalid",
            0,
        ),
        (&["explain", "--json", "the moon"], "", "unknown", 1),
        (&["explain", "--json", "unknown"], "", "unknown", 0),
    ] {
        let output = run(args, typed);
        let object: Value = serde_json::from_str(&stdout(&output)).unwrap();
        assert_eq!(
            (object["id"].as_str(), output.status.code()),
            (Some(id), Some(code)),
            "{args:?}"
        );
    }
}

#[test]
fn ambiguous_and_several_errors_are_each_explained() {
    for (text, ids) in [
        ("invalid_scope", &["scope-not-on-client", "wrong-integration-type"][..]),
        (
            r#"{"error":"invalid_scope"}"#,
            &["scope-not-on-client", "wrong-integration-type"],
        ),
        ("scope-not-granted MP-100", &["scope-not-granted", "client-unknown"]),
    ] {
        let output = run(&["explain", "--json", text], "");
        assert_eq!(output.status.code(), Some(0), "{text}");
        let lines = stdout(&output);
        let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        assert!(lines.map(|line| line["id"].clone()).eq(ids.iter().copied()), "{text}");
    }
    let text = stdout(&run(&["explain", "invalid_grant"], ""));
    let ambiguous = english_with("explain-under", &[("error", "invalid_grant")]);
    assert!(text.contains(&ambiguous) && text.contains("MP-122"), "{text}");
    let text = stdout(&run(&["explain", "scope-not-granted", "MP-100"], ""));
    assert!(text.contains("(MP-250)") && text.contains("(MP-100)"), "{text}");
}

#[test]
fn a_bare_uuid_may_be_a_correlation_id_or_a_client_id() {
    let id = "3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f";
    let text = stdout(&run(&["explain", id], ""));
    assert!(
        text.contains(&english_with("explain-trace", &[("trace", id), ("form", "uuid")])),
        "{text}"
    );
}

#[test]
fn a_hyphen_means_standard_input() {
    let output = run(&["explain", "--json", "-"], "MP-250");
    let object: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(object["id"], "scope-not-granted");
}

#[test]
fn a_trace_id_is_found_in_the_last_check_of_a_profile() {
    let id = "6426696c1a7146c3b64cc3c9354393be";
    let home = Home::new();
    let output = home.run(&["explain", id]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    let trace = english_with("explain-trace", &[("trace", id), ("form", "hex")]);
    assert!(
        text.contains(&trace) && text.contains(&english("explain-trace-send")),
        "{text}"
    );
    let output = home.run(&["explain", "--json", id]);
    let object: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!((&object["trace_id"], &object["profile"]), (&id.into(), &Value::Null));

    fs::create_dir(home.path().join("profiles")).unwrap();
    let profile = format!(
        "format = 1\nenvironment = \"test\"\ncreated = 2026-11-22T17:00:00Z\nupdated = 2026-11-22T17:00:00Z\n\
         [last_check]\nat = 2026-11-22T17:10:00Z\noutcome = \"failed\"\nstopped_at = \"token\"\n\
         code = \"MP-122\"\ntrace_id = \"{id}\"\n"
    );
    fs::write(home.profile("acme"), profile).unwrap();
    let output = home.run(&["explain", &format!("(trace_id: {id})")]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    let found = [("trace", id), ("profile", "acme"), ("at", "2026-11-22T17:10:00Z")];
    let found = english_with("explain-trace-found", &found);
    assert!(text.contains(&found) && text.contains("(MP-122)"), "{text}");
    let output = home.run(&["explain", "--json", id]);
    let object: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(
        (&object["profile"], &object["id"]),
        (&"acme".into(), &"organisation-mismatch".into())
    );
}

#[test]
fn explain_unknown_text_does_not_suggest_contacting_digdir() {
    let text = stdout(&run(&["explain", "the", "moon", "is", "full"], ""));
    let title = english_with("diagnosis-unknown", &[("variant", "not-an-error")]);
    assert!(text.starts_with(&format!("{title}\n")), "{text}");
    assert!(!text.contains("Digdir") && text.contains("MP-122"), "{text}");
}

#[test]
fn the_text_says_who_must_act_and_where_to_read_more() {
    let output = run(&["explain", "--lang", "nb", "MP-250"], "");
    let text = stdout(&output);
    assert!(text.contains("(MP-250)") && text.contains("\n- "), "{text}");
    assert!(text.contains(&format!("\n{}\n", BOKMAL.get("who-customs"))), "{text}");
    let source = BOKMAL.with("explain-source", &Args::new().with("source", "https://"));
    assert!(text.contains(&source), "{text}");
    // The step has its name of `show` and of the wizard's list of steps.
    assert!(text.contains(&BOKMAL.get("step-customs.short")), "{text}");
    assert!(!text.contains(&BOKMAL.get("step-customs")), "{text}");
    // Pasted text may contain control characters and a token.
    let output = run(
        &["explain"],
        "\u{1b}[2J oops eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl",
    );
    let text = stdout(&output);
    assert!(!text.contains('\u{1b}') && !text.contains("c2lnbmF0dXJl"), "{text}");
}

#[test]
fn a_file_is_read_whole_and_each_of_its_errors_is_explained() {
    let home = Home::new();
    let filler = "2026-11-24 08:00:06 DEBUG cache - hit ratio 0.951\n".repeat(8_000);
    let log = format!(
        "08:01:12 curl: (6) Could not resolve host: test.maskinporten.no\n{filler}08:31:05 HTTP 403 {}\n",
        r#"{"error":"forbidden","error_description":"Consumer has not been granted access to the scope toll:movement/road/v2 (trace_id: dea1b8440706bb4ffa55da0cab2942d8)"}"#
    );
    let utf16: Vec<u8> = "\u{feff}Expired key (trace_id: 35666614aabb)"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes, ids) in [
        (
            "service.log",
            log.as_bytes(),
            &["name-not-found", "scope-not-granted"][..],
        ),
        ("powershell.txt", &utf16, &["key-expired"]),
    ] {
        let path = home.path().join(name);
        fs::write(&path, bytes).unwrap();
        let output = home.run(&["explain", "--json", path.to_str().unwrap()]);
        let lines = stdout(&output);
        let objects: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let found: Vec<&str> = objects.iter().map(|object| object["id"].as_str().unwrap()).collect();
        assert_eq!(found, ids, "{name}");
        assert!(objects.last().unwrap()["trace_id"].is_string(), "{lines}");
    }
}

#[test]
fn the_field_or_item_that_fixes_an_error_is_named() {
    let texts = klarert::text::Texts::new(klarert::text::Language::English);
    for (code, at) in [
        ("MP-100", "field-client-id"),
        ("MP-250", "item-customs-granted"),
        ("kid-required", "field-authentication"),
    ] {
        let text = stdout(&run(&["explain", code], ""));
        let name = texts.get(at);
        assert!(text.contains(name.trim_end_matches('?')), "{text}");
    }
    let object: Value = serde_json::from_str(&stdout(&run(&["explain", "--json", "MP-200"], ""))).unwrap();
    assert_eq!(
        (&object["step"], &object["fix_at"]),
        (&"integration".into(), &"integration.scopes".into())
    );
}
