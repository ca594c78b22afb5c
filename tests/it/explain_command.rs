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
        assert!(
            lines.clone().map(|line| line["id"].clone()).eq(ids.iter().copied()),
            "{text}"
        );
        // Each of the causes of an OAuth error is only possible.
        let is_possible = text.contains("invalid_scope");
        assert!(
            lines.clone().all(|line| (line["possible"] == true) == is_possible),
            "{text}"
        );
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

fn object(output: &Output) -> Value {
    serde_json::from_str(stdout(output).lines().next().unwrap()).unwrap()
}

#[test]
fn refusal_of_a_scope_is_explained_by_its_owner() {
    let forms = [
        "Consumer has not been granted access to the scope {} (trace_id: 35666614aa)",
        r#"{"error":"forbidden","error_description":"Consumer has not been granted access to the scope {}","error_uri":"https://maskinporten.no/errors/MP-250"}"#,
        "HTTP 403 forbidden Consumer has not been granted access to the scope [{}]",
    ];
    for (scope, who, fix_at) in [
        ("toll:movement/road/v2", "customs", "customs.granted"),
        ("toll:eu/movement/road/v2", "customs", "services"),
        ("toll:eu/movement/road", "you", "own-scopes"),
        ("skatteetaten:innrapportering", "scope-owner", "own-scopes"),
        ("digdir:dialogporten", "scope-owner", "own-scopes"),
    ] {
        for form in forms {
            let text = form.replace("{}", scope);
            let found = object(&run(&["explain", "--json", &text], ""));
            assert_eq!(
                (&found["id"], &found["who"], &found["fix_at"]),
                (&"scope-not-granted".into(), &who.into(), &fix_at.into()),
                "{text}"
            );
            let cause = found["cause"].as_str().unwrap();
            assert!(cause.contains(scope), "{cause}");
            for language in ["en", "nb"] {
                let shown = stdout(&run(&["explain", "--lang", language, &text], ""));
                let blames_customs = ["Customs has not granted", "Tolletaten har ikke gitt"];
                let blames_customs = blames_customs.iter().any(|claim| shown.contains(claim));
                assert_eq!(blames_customs, scope == "toll:movement/road/v2", "{shown}");
                let is_customs = scope.starts_with("toll:");
                assert_eq!(shown.contains("digitoll@toll.no"), is_customs, "{shown}");
                assert!(
                    !shown.contains("Everything on your side") && !shown.contains("Alt hos dere"),
                    "{shown}"
                );
            }
        }
    }
}

#[test]
fn scope_that_a_client_lacks_is_explained_by_its_owner() {
    for (scope, fix_at, portal, customs) in [
        ("toll:movement/road/v2", "integration.scopes", true, true),
        ("toll:eu/movement/road/v2", "services", false, true),
        ("skatteetaten:innrapportering", "own-scopes", true, false),
    ] {
        let text = format!("Token request contains invalid scopes for client, {scope} (trace_id: 35666614aa)");
        let found = object(&run(&["explain", "--json", &text], ""));
        assert_eq!(
            (&found["id"], &found["who"], &found["fix_at"]),
            (&"scope-not-on-client".into(), &"you".into(), &fix_at.into()),
            "{text}"
        );
        let fix = found["fix"].to_string();
        assert_eq!(fix.contains("Samarbeidsportalen"), portal, "{fix}");
        assert_eq!(fix.contains("digitoll@toll.no"), customs, "{fix}");
    }
    let smoke = "Token request contains invalid scopes for client, digdir:verksemd.eu";
    let found = object(&run(&["explain", "--json", smoke], ""));
    assert_eq!(found["id"], "certificate-refused");
}

#[test]
fn documented_party_must_act() {
    for (text, id, who) in [
        ("MP-110", "audience-wrong", "you"),
        ("MP-120", "certificate-refused", "you"),
        (
            "Not authorized to request scope toll:movement/entry",
            "customs-not-authorised",
            "you",
        ),
        ("connect ECONNREFUSED 127.0.0.1:8080", "connection-refused", "you"),
        (
            "dial tcp [::1]:8080: connect: connection refused",
            "connection-refused",
            "you",
        ),
        (
            "localhost:3000 failed to respond: Connection refused",
            "connection-refused",
            "you",
        ),
        (
            "connect to test.maskinporten.no:443: Connection refused",
            "connection-refused",
            "network",
        ),
        ("The scope is not in the list", "portal-scope-missing", "customs"),
        ("Scopet dukker ikke opp", "portal-scope-missing", "customs"),
        ("I don't see Ny integrasjon", "portal-rights-missing", "administrator"),
        (
            "Jeg ser ikke «Ny integrasjon»",
            "portal-rights-missing",
            "administrator",
        ),
        (
            "\"Ny integrasjon\" is missing",
            "portal-rights-missing",
            "administrator",
        ),
        (
            r#"{"status":400,"correlation_id":"3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f","error":"invalid_request","error_description":"Organization does not have any scope access"}"#,
            "scope-not-granted",
            "customs",
        ),
        (
            r#"{"status":409,"correlation_id":"3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f","error":"CONFLICT","error_description":"Client is deactivated"}"#,
            "portal-client-deactivated",
            "you",
        ),
        ("HTTP/1.1 401 Unauthorized", "token-refused", "you"),
        ("HTTP/2 401\nwww-authenticate: Bearer", "token-refused", "you"),
        (
            "GET https://api.toll.no/api/movement/road/v2/test-auth 401 Unauthorized",
            "api-refused",
            "customs",
        ),
    ] {
        let output = run(&["explain", "--json", text], "");
        let found = object(&output);
        assert_eq!((&found["id"], &found["who"]), (&id.into(), &who.into()), "{text}");
        assert_eq!(stdout(&output).lines().count(), 1, "{text}");
    }
}

#[test]
fn customs_own_checks_are_all_named() {
    let fix = object(&run(&["explain", "--json", "customs-not-authorised"], ""))["fix"].clone();
    let fix: Vec<&str> = fix
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step.as_str().unwrap())
        .collect();
    assert_eq!(fix.len(), 4, "{fix:?}");
    assert!(fix[0].contains("toll:eu/") && fix[2].contains("client"), "{fix:?}");
}

#[test]
fn own_report_is_explained_as_it_was_printed() {
    let home = Home::with_sandbox();
    let table = format!(
        "profile;business;organisation;name;environment;services;client-id;authentication;certificate;kid\n\
         s1;norwegian;123456785;Demo;sandbox;road;7a0c5d1e-3f4b-4c2a-9d68-1b2c3d4e5f61;key;{};other-key\n",
        klarert::sandbox::folder(home.path())
            .join("demonstration-1/registered-key.pem")
            .display()
    );
    let path = home.path().join("table.csv");
    fs::write(&path, table).unwrap();
    assert!(
        home.run(&["--sandbox", "apply", path.to_str().unwrap()])
            .status
            .success()
    );
    for arguments in [&["--lang", "en"][..], &["--lang", "nb"], &["--json"]] {
        let output = home.run(&[arguments, &["--sandbox", "check", "s1"]].concat());
        let report = stdout(&output);
        assert!(report.contains("other-key"), "{report}");
        let is_received = |line: &&str| line.starts_with("Received:") || line.starts_with("Mottatt:");
        let without: String = report
            .lines()
            .filter(|line| !is_received(line))
            .map(|line| format!("{line}\n"))
            .collect();
        for text in [&report, &without] {
            let output = home.run_piped(&["explain", "--json"], &[], text);
            let lines = stdout(&output);
            let found: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            let ids: Vec<&Value> = found.iter().map(|found| &found["id"]).collect();
            assert_eq!(ids, ["kid-unknown"], "{text}");
            assert!(
                found[0]["trace_id"].is_string() && found[0]["code"] == "MP-100",
                "{lines}"
            );
        }
    }
    let list = stdout(&home.run(&["--sandbox", "check", "--all"]));
    let found = object(&home.run_piped(&["explain", "--json"], &[], &list));
    assert_eq!(found["id"], "kid-unknown", "{list}");
}

#[test]
fn trace_ids_in_a_sentence_are_looked_up() {
    let (saved, other) = ("4bf92f3577b34da6a3ce929d0e0e4736", "6426696c1a7146c3b64cc3c9354393be");
    let home = Home::new();
    fs::create_dir(home.path().join("profiles")).unwrap();
    let profile = format!(
        "format = 1\nenvironment = \"test\"\ncreated = 2026-11-22T17:00:00Z\nupdated = 2026-11-22T17:00:00Z\n\
         [last_check]\nat = 2026-11-22T17:10:00Z\noutcome = \"failed\"\nstopped_at = \"token\"\n\
         code = \"MP-100\"\ndiagnosis = \"kid-unknown\"\nwho = \"you\"\ntrace_id = \"{saved}\"\n"
    );
    fs::write(home.profile("acme"), profile).unwrap();
    for (text, found) in [
        (format!("vi fikk {saved} i går"), &["acme"][..]),
        (format!("Hei, trace id er {saved}, hva er galt?"), &["acme"]),
        (format!("id {saved}"), &["acme"]),
        (format!("Sporings-ID: {saved}"), &["acme"]),
        (format!("{other} og {saved}"), &["", "acme"]),
        (
            format!("{{\"level\":\"error\",\"message\":\"it broke\",\"trace_id\":\"{saved}\"}}"),
            &["acme"],
        ),
        (
            "Korrelasjons-ID: 3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f".to_owned(),
            &[""],
        ),
    ] {
        let output = home.run(&["explain", "--json", &text]);
        let lines = stdout(&output);
        let objects = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let profiles: Vec<String> = objects
            .map(|object| {
                let profile = object["profile"].as_str().unwrap_or_default().to_owned();
                assert!(profile.is_empty() || object["id"] == "kid-unknown", "{object}");
                profile
            })
            .collect();
        assert_eq!(
            (&profiles[..], output.status.code()),
            (
                &found.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()[..],
                Some(0)
            ),
            "{text}"
        );
        assert!(
            !stdout(&home.run(&["explain", &text])).contains("servicedesk@digdir.no must"),
            "{text}"
        );
    }
}

#[test]
fn several_files_are_read_and_a_missing_one_is_named() {
    let home = Home::new();
    let paths = ["a.log", "b.log", "c.log"].map(|name| home.path().join(name).display().to_string());
    fs::write(&paths[0], "Expired key").unwrap();
    fs::write(&paths[1], "JWT is expired").unwrap();
    let output = home.run(&["explain", "--json", &paths[0], &paths[1]]);
    let lines = stdout(&output);
    let objects = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let ids: Vec<Value> = objects.map(|object| object["id"].clone()).collect();
    assert_eq!(ids, ["key-expired", "grant-expired"], "{lines}");
    let output = home.run(&["explain", &paths[0], &paths[2]]);
    assert_eq!(output.status.code(), Some(3));
    assert!(crate::support::home::stderr(&output).contains("c.log"));
}

#[test]
fn missing_file_folder_and_empty_input_are_errors() {
    let home = Home::new();
    let folder = home.path().to_str().unwrap();
    let missing = home.path().join("no such.log");
    for (argument, why) in [
        ("nofile.log", "missing"),
        ("invalid_grant.json", "missing"),
        ("logs/service", "missing"),
        (missing.to_str().unwrap(), "missing"),
        (folder, "folder"),
    ] {
        let output = home.run(&["explain", argument]);
        let message = english_with("explain-not-a-file", &[("path", argument), ("why", why)]);
        let shown = crate::support::home::stderr(&output);
        assert!(shown.replace('\n', " ").contains(&message), "{shown}");
        assert_eq!(
            (output.status.code(), stdout(&output).as_str()),
            (Some(3), ""),
            "{argument}"
        );
    }
    for (arguments, typed) in [
        (&["explain", "--json"][..], " \n\t\n"),
        (&["explain", "--json", "-"], ""),
        (&["explain", "-"], ""),
        (&["explain", ""], ""),
    ] {
        let output = home.run_piped(arguments, &[], typed);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        if arguments.contains(&"--json") {
            assert!(object(&output)["error"]["text"].is_string());
        }
    }
}
