//! What `export` writes, and that those who read it can.

use std::{fs, process::Command};

use super::{ACME, Home, code, out, said};

/// Whether a value fits a schema, as far as ours go: types, enumerations, properties and alternatives.
fn fits(value: &serde_json::Value, schema: &serde_json::Value) -> bool {
    use serde_json::Value;
    if let Some(choices) = schema["anyOf"].as_array() {
        return choices.iter().any(|choice| fits(value, choice));
    }
    if let Some(values) = schema["enum"].as_array() {
        return values.contains(value);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let types = &schema["type"];
    if types != kind && !types.as_array().is_some_and(|types| types.contains(&kind.into())) {
        return false;
    }
    match value {
        Value::Array(items) => items.iter().all(|item| fits(item, &schema["items"])),
        Value::Object(members) => {
            let required = schema["required"].as_array().unwrap();
            required.iter().all(|key| members.contains_key(key.as_str().unwrap()))
                && members
                    .iter()
                    .all(|(key, member)| fits(member, &schema["properties"][key]))
        }
        _ => true,
    }
}

#[test]
fn the_json_fits_its_schema() {
    let schema = serde_json::from_str(include_str!("../../assets/profile.schema.json")).unwrap();
    let home = Home::new();
    home.run(&ACME);
    home.save("empty", |profile| profile.environment = "test".into());
    for name in ["acme", "empty"] {
        let output = home.run(&["export", name, "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
        assert!(fits(&json, &schema), "{json:#}");
    }
    assert!(!fits(&serde_json::json!({"profile": "acme"}), &schema));
}

#[test]
fn exports_are_in_the_form_of_those_who_read_them() {
    let home = Home::new();
    home.run(&ACME);
    home.run(&["set", "acme", "certificate=/home/kari/it's \u{e6}.p12"]);
    let export = |format: &str| {
        let output = home.run(&["export", "acme", "--format", format]);
        assert_eq!(code(&output), 0, "{format}: {}", said(&output));
        out(&output)
    };
    let properties = export("grant-generator");
    assert!(
        properties.contains("issuer=3f1c\naudience=https://maskinporten.no/\n"),
        "{properties}"
    );
    assert!(
        properties.contains("keystore.file=/home/kari/it's \\u00e6.p12\n"),
        "{properties}"
    );
    assert!(properties.contains("keystore.password=\n"));

    let settings: serde_json::Value = serde_json::from_str(&export("appsettings")).unwrap();
    let settings = &settings["MaskinportenSettings"];
    assert_eq!(settings["Environment"], "prod");
    assert_eq!(settings["Scope"], "toll:movement/road/v2 toll:movement/entry");
    assert_eq!(settings["CertificatePkcs12Path"], "/home/kari/it's \u{e6}.p12");

    let spring = export("spring");
    assert!(
        spring.contains("  tokenEndpoint: \"https://maskinporten.no/token\"\n"),
        "{spring}"
    );
    assert!(
        spring.contains("    - sertifikat-type: AUTH\n      keystore-path: "),
        "{spring}"
    );

    let handoff = export("handoff");
    assert!(handoff.starts_with("# Demo Spedisjon AS: "), "{handoff}");
    assert!(
        handoff.contains("`3f1c`") && handoff.contains("- [ ] ") && !handoff.contains("/home/kari"),
        "{handoff}"
    );

    for format in ["pymaskinporten", "typescript"] {
        assert_eq!(
            code(&home.run(&["export", "acme", "--format", format])),
            2,
            "they sign with a key only"
        );
    }
    home.run(&[
        "set",
        "acme",
        "authentication=key",
        "kid=k1",
        "certificate=/home/kari/acme.pem",
    ]);
    assert!(export("pymaskinporten").contains("MASKINPORTEN_CLIENT_ID='3f1c'\nKID='k1'\nSCOPE='toll:"));
    assert!(export("typescript").contains("MASKINPORTEN_ENV='prod'\n"));
    assert_eq!(code(&home.run(&["export", "acme", "--format", "grant-generator"])), 2);
}

#[test]
fn what_is_exported_can_be_imported() {
    let home = Home::new();
    home.run(&ACME);
    home.run(&[
        "set",
        "acme",
        "certificate=/home/kari/it's \u{e6}.p12",
        "own-scopes=demo:one",
    ]);
    let shown =
        |name: &str| -> serde_json::Value { serde_json::from_str(&out(&home.run(&["show", name, "--json"]))).unwrap() };
    for format in ["grant-generator", "env"] {
        let file = home.path().join(format);
        fs::write(
            &file,
            out(&home.run(&["export", "acme", "--format", format])) + "keystore.password=hemmelig\n",
        )
        .unwrap();
        let output = home.run(&["import", format, file.to_str().unwrap()]);
        assert_eq!(code(&output), 0, "{}", said(&output));
        assert!(said(&output).contains("keystore.password") && !said(&output).contains("hemmelig"));
        for part in ["environment", "client", "certificate"] {
            assert_eq!(shown(format)[part], shown("acme")[part], "{format}");
        }
    }
    assert_eq!(code(&home.run(&["import", "none", "/dev/null"])), 3);
    assert_eq!(code(&home.run(&["import", "none", "/no/such/file"])), 3);
}

/// The scripts are run by a real shell: what a value holds must never be taken for a command.
#[cfg(unix)]
#[test]
fn what_a_shell_is_given_is_only_words() {
    let home = Home::new();
    home.run(&ACME);
    home.run(&["set", "acme", "certificate=/tmp/$(touch x)'; touch y; '`touch z`.p12"]);
    let script =
        out(&home.run(&["export", "acme", "--format", "env"])) + "printf %s \"$MASKINPORTEN_CERTIFICATE_PATH\"";
    let shell = |script: &str, path: &str| {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", script]).current_dir(home.path()).env("PATH", path);
        shell.output().unwrap()
    };
    let printed = shell(&script, "/usr/bin:/bin");
    assert_eq!(out(&printed), "/tmp/$(touch x)'; touch y; '`touch z`.p12");
    assert!(["x", "y", "z"].iter().all(|made| !home.path().join(made).exists()));

    // The three requests, with a klarert and a curl that say what they were asked.
    let tools = home.path().join("tools");
    fs::create_dir(&tools).unwrap();
    let tool = |name: &str, body: &str| {
        use std::os::unix::fs::PermissionsExt;
        fs::write(tools.join(name), format!("#!/bin/sh\n{body}\n")).unwrap();
        fs::set_permissions(tools.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    };
    tool("klarert", "echo \"klarert $*\" >> asked; echo secret-one");
    tool(
        "curl",
        "{ printf '%s\\n' \"curl $*\"; echo \"in: $(cat)\"; } >> asked; echo '{\"access_token\":\"secret-two\"}'",
    );
    let script = out(&home.run(&["export", "acme", "--format", "curl"]));
    let ran = shell(&script, &format!("{}:/usr/bin:/bin", tools.display()));
    assert!(ran.status.success(), "{}", said(&ran));
    let asked = fs::read_to_string(home.path().join("asked")).unwrap();
    let lines: Vec<&str> = asked.lines().collect();
    assert_eq!(lines[0], "klarert token acme");
    assert!(
        lines[1].ends_with("https://api.toll.no/api/access/external/oauth/token"),
        "{asked}"
    );
    assert_eq!(lines[2], "in: secret-one");
    assert!(
        lines[3].ends_with("https://api.toll.no/api/movement/road/v2/test-auth"),
        "{asked}"
    );
    assert_eq!(lines[4], "in: header = \"Authorization: Bearer secret-two\"");
    assert!(
        !lines[1].contains("secret") && !lines[3].contains("secret"),
        "a list of processes shows arguments"
    );
}
