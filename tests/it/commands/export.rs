//! `klarert export` and `import`: each format is read by a parser of that format.

use std::{collections::BTreeMap, fs};

use klarert::profile::{Authentication, Kind, administration, file::document};
use saphyr::{LoadableYamlNode, Yaml};
use serde_json::{Value, json};

use super::{ACME, save};
use crate::{
    certificates::bytes,
    support::{
        home::{Home, exit_code, stderr, stdout},
        properties, schema,
        stubs::NOW,
        texts::{ENGLISH, english_with},
    },
};
use time::macros::date;

#[test]
fn the_json_is_valid_by_its_schema() {
    let home = Home::new();
    home.run(&ACME);
    home.run(&["done", "acme", "customs"]);
    save(&home, "empty", |profile| profile.environment = "test".into());
    let failed = "environment = \"prod\"\n[certificate]\npath = \"/srv/a.p12\"\nends = 2027-11-22T17:00:00Z\n\
                  [last_check]\nat = 2026-11-22T17:00:00Z\noutcome = \"failed\"\nstopped_at = \"token\"\ncode = \"MP-200\"\n";
    save(&home, "failed", |profile| *profile = document::parse(failed).unwrap());
    for name in ["acme", "empty", "failed"] {
        for args in [&["export", name, "--format", "json"][..], &["show", name, "--json"]] {
            let json: Value = serde_json::from_str(&stdout(&home.run(args))).unwrap();
            assert_eq!(schema::violation("profile", &json), None, "{args:?}");
        }
    }
    let good: Value = serde_json::from_str(&stdout(&home.run(&["show", "acme", "--json"]))).unwrap();
    for (pointer, bad) in [
        ("/profile", json!("Not A Name")),
        ("/created", json!("yesterday")),
        ("/business/kind", json!("swedish")),
        ("/steps/0/done", json!("yes")),
        ("/client", json!({})),
    ] {
        let mut broken = good.clone();
        *broken.pointer_mut(pointer).unwrap() = bad;
        assert!(
            schema::violation("profile", &broken).is_some(),
            "{pointer} is not checked"
        );
    }
}

/// Characters that formats escape or interpret: used in paths and, without spaces, in names.
const AWKWARD: [&str; 12] = [
    "with spaces",
    "it's",
    "it's \"both\"",
    "say \"hi\"",
    "$HOME ${HOME} $(id) `id`",
    r"C:\certs\new\test\u00e6",
    r"\\server\share\",
    "a#b #c",
    "a=b:c !d",
    "\u{e6}\u{f8}\u{e5} \u{20ac}",
    "%PATH% & | ; * ? ~ {x} [y] <z>",
    "- yes: no, 'x'",
];

/// Expected names and values.
type Settings<'a> = &'a [(&'a str, &'a str)];
/// Formats with the exit codes of their exports.
type Exits<'a> = &'a [(&'a str, i32)];

/// Parses the settings of a format by name.
fn parsed(format: &str, text: &str) -> BTreeMap<String, String> {
    match format {
        "env" | "pymaskinporten" | "typescript" => {
            dotenvy::from_read_iter(text.as_bytes()).map(Result::unwrap).collect()
        }
        "grant-generator" => properties::read(text),
        "appsettings" => {
            let json: Value = serde_json::from_str(text).unwrap();
            let settings = json["MaskinportenSettings"].as_object().unwrap().iter();
            settings
                .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
                .collect()
        }
        "spring" => {
            let mut found = BTreeMap::new();
            let documents = Yaml::load_from_str(text).unwrap();
            assert_eq!(documents.len(), 1);
            flat("", &documents[0], &mut found);
            found
        }
        other => panic!("{other}"),
    }
}

/// Collects the values by dotted names, as Spring does.
fn flat(name: &str, node: &Yaml, found: &mut BTreeMap<String, String>) {
    match node {
        Yaml::Mapping(members) => {
            for (key, member) in members {
                flat(&format!("{name}.{}", key.as_str().unwrap()), member, found);
            }
        }
        Yaml::Sequence(items) => {
            for (at, item) in items.iter().enumerate() {
                flat(&format!("{name}[{at}]"), item, found);
            }
        }
        text => drop(found.insert(
            name.trim_start_matches('.').to_owned(),
            text.as_str().unwrap().to_owned(),
        )),
    }
}

/// Saves a profile with the answers that the formats use.
fn answered(home: &Home, file: &str, id: &str, key: bool) {
    save(home, "acme", |profile| {
        profile.environment = "prod".into();
        profile.business.kind = Some(Kind::Norwegian);
        profile.business.services = vec!["road".into(), "entry".into()];
        profile.set_scopes(&[]);
        profile.client.id = Some(id.into());
        profile.certificate.path = Some(file.into());
        if key {
            profile.client.authentication = Authentication::Key;
            profile.client.kid = Some(id.into());
        }
    });
}

#[test]
fn each_format_is_read_back_by_its_parser() {
    const SCOPES: &str = "toll:movement/road/v2 toll:movement/entry";
    const TOKEN: &str = "https://maskinporten.no/token";
    const SPRING_FILE: &str = "virksomhetsertifikat.sertifikater[0].keystore-path";
    // The format, whether with a registered key, the name of the path if there is one, and the other settings;
    // `ID` stands for an awkward word.
    let formats: [(&str, bool, Option<&str>, Settings); 8] = [
        (
            "env",
            false,
            Some("MASKINPORTEN_CERTIFICATE_PATH"),
            &[
                ("MASKINPORTEN_CLIENT_ID", "ID"),
                ("MASKINPORTEN_SCOPES", SCOPES),
                ("MASKINPORTEN_TOKEN_ENDPOINT", TOKEN),
                ("CUSTOMS_API", "https://api.toll.no"),
            ],
        ),
        (
            "env",
            true,
            Some("MASKINPORTEN_KEY_PATH"),
            &[("MASKINPORTEN_KID", "ID")],
        ),
        (
            "grant-generator",
            false,
            Some("keystore.file"),
            &[
                ("issuer", "ID"),
                ("audience", "https://maskinporten.no/"),
                ("token.endpoint", TOKEN),
                ("scope", SCOPES),
                ("keystore.type", "PKCS12"),
                ("keystore.password", ""),
                ("keystore.alias.password", ""),
            ],
        ),
        (
            "grant-generator",
            true,
            Some("keystore.file"),
            &[("issuer", "ID"), ("keystore.kid", "ID")],
        ),
        (
            "appsettings",
            false,
            Some("CertificatePkcs12Path"),
            &[("Environment", "prod"), ("ClientId", "ID"), ("Scope", SCOPES)],
        ),
        (
            "spring",
            false,
            Some(SPRING_FILE),
            &[
                ("maskinporten.audience", "https://maskinporten.no/"),
                ("maskinporten.tokenEndpoint", TOKEN),
                ("maskinporten.issuer", "ID"),
                ("virksomhetsertifikat.sertifikater[0].sertifikat-type", "AUTH"),
            ],
        ),
        (
            "pymaskinporten",
            true,
            None,
            &[("MASKINPORTEN_CLIENT_ID", "ID"), ("KID", "ID"), ("SCOPE", SCOPES)],
        ),
        (
            "typescript",
            true,
            None,
            &[
                ("MASKINPORTEN_ENV", "prod"),
                ("MASKINPORTEN_CLIENT_ID", "ID"),
                ("MASKINPORTEN_KID", "ID"),
                ("MASKINPORTEN_SCOPE", SCOPES),
            ],
        ),
    ];
    let folder = if cfg!(windows) { "C:/srv" } else { "/srv" };
    for awkward in AWKWARD {
        // No file of Windows has such a name, and quotes are removed from a path.
        if cfg!(windows) && awkward.contains(['"', '`', '\\', ':', '*', '?', '<', '|']) {
            continue;
        }
        let file = format!("{folder}/{awkward}.p12");
        let word = awkward.replace(' ', "");
        let check = |format: &str, key: bool, file: &str, expected: Settings| {
            let home = Home::new();
            answered(&home, file, &word, key);
            let output = home.run(&["export", "acme", "--format", format]);
            assert_eq!(exit_code(&output), 0, "{format}: {}", stderr(&output));
            let found = parsed(format, &stdout(&output));
            for (name, value) in expected {
                let value = if *value == "ID" { word.as_str() } else { *value };
                assert_eq!(
                    found.get(*name).map(String::as_str),
                    Some(value),
                    "{format} {name} of {}",
                    stdout(&output)
                );
            }
        };
        for (format, key, file_name, expected) in formats {
            let path = file_name.map(|name| (name, file.as_str()));
            check(format, key, &file, &[expected, path.as_slice()].concat());
        }
        // These clients read a key in PEM from a file.
        let file = format!("{folder}/{awkward}.pem");
        for (format, name) in [
            ("spring", "maskinporten.private-key.pem-file-path"),
            ("typescript", "MASKINPORTEN_PRIVATE_KEY_PATH"),
        ] {
            check(format, true, &file, &[(name, file.as_str())]);
        }
    }
}

#[test]
fn a_set_up_that_a_client_cannot_use_is_refused() {
    let cases: [(&str, &[&str], Exits); 7] = [
        (
            "a certificate in a .p12",
            &["certificate=/srv/a.p12"],
            &[
                ("grant-generator", 0),
                ("appsettings", 0),
                ("spring", 0),
                ("pymaskinporten", 2),
                ("typescript", 2),
            ],
        ),
        (
            "in PEM",
            &["certificate=/srv/a.pem"],
            &[("grant-generator", 2), ("appsettings", 0), ("spring", 2)],
        ),
        (
            "with the key in a file of its own",
            &["certificate=/srv/a.p12", "key-file=/srv/a.key"],
            &[("grant-generator", 2), ("appsettings", 0), ("spring", 2)],
        ),
        (
            "a registered key in PEM",
            &["authentication=key", "kid=k1", "certificate=/srv/a.pem"],
            &[
                ("grant-generator", 2),
                ("appsettings", 0),
                ("spring", 0),
                ("pymaskinporten", 0),
                ("typescript", 0),
            ],
        ),
        (
            "a registered key in a .p12",
            &["authentication=key", "kid=k1", "certificate=/srv/a.p12"],
            &[
                ("grant-generator", 0),
                ("appsettings", 0),
                ("spring", 2),
                ("pymaskinporten", 0),
            ],
        ),
        (
            "for another organisation",
            &["authentication=key", "kid=k1", "consumer-org=987654325"],
            &[
                ("grant-generator", 0),
                ("appsettings", 0),
                ("spring", 0),
                ("pymaskinporten", 2),
                ("typescript", 2),
            ],
        ),
        (
            "an environment of one's own",
            &[
                "environment=lab",
                "authentication=key",
                "kid=k1",
                "certificate=/srv/a.pem",
            ],
            &[
                ("appsettings", 2),
                ("spring", 0),
                ("pymaskinporten", 0),
                ("typescript", 0),
            ],
        ),
    ];
    for (case, answers, expected) in cases {
        let home = Home::new();
        let lab = "[environments.lab]\nlike = \"test\"\nissuer = \"http://127.0.0.1:8080/\"\n";
        fs::write(home.path().join("config.toml"), lab).unwrap();
        home.run(&ACME);
        assert_eq!(exit_code(&home.run(&[&["set", "acme"], answers].concat())), 0, "{case}");
        for (format, exit) in expected {
            let output = home.run(&["export", "acme", "--format", format]);
            assert_eq!(exit_code(&output), *exit, "{case}, {format}: {}", stderr(&output));
            if *exit == 2 {
                assert_eq!(stdout(&output), "");
                assert!(stderr(&output).contains("\nhint: "), "{}", stderr(&output));
            }
        }
    }
    let home = Home::new();
    save(&home, "acme", |profile| {
        profile.business.kind = Some(Kind::Foreign);
        profile.certificate.path = Some("/srv/seal.p12".into());
    });
    for format in [
        "grant-generator",
        "appsettings",
        "spring",
        "pymaskinporten",
        "typescript",
    ] {
        let output = home.run(&["export", "acme", "--format", format]);
        assert_eq!(
            exit_code(&output),
            2,
            "this client does not send the chain of an eSeal: {format}"
        );
    }
    for format in ["env", "json", "curl", "powershell", "handoff"] {
        assert_eq!(
            exit_code(&home.run(&["export", "acme", "--format", format])),
            0,
            "{format}"
        );
    }
}

#[test]
fn comments_and_summaries_have_what_is_no_setting() {
    let home = Home::new();
    home.run(&ACME);
    let handoff = stdout(&home.run(&["export", "acme", "--format", "handoff"]));
    assert!(handoff.starts_with("# Demo Spedisjon AS: "), "{handoff}");
    assert!(handoff.contains("`3f1c`") && handoff.contains("- [ ] "), "{handoff}");
    let lab = "[environments.lab]\nlike = \"test\"\nissuer = \"http://127.0.0.1:8080/\"\n";
    fs::write(home.path().join("config.toml"), lab).unwrap();
    home.run(&["set", "acme", "authentication=key", "kid=k1"]);
    let export = |format: &str| stdout(&home.run(&["export", "acme", "--format", format]));
    let scopes = [("scopes", "toll:movement/road/v2 toll:movement/entry")];
    assert!(export("spring").contains(&english_with("export-scopes-in-code", &scopes)));
    assert!(export("pymaskinporten").ends_with("pymaskinporten doctor --env prod\n"));
    assert!(export("typescript").ends_with("maskinporten-wizard doctor --env prod\n"));
    home.run(&["set", "acme", "environment=lab"]);
    let place = "'http://127.0.0.1:8080/token' --audience 'http://127.0.0.1:8080/'\n";
    assert!(export("pymaskinporten").ends_with(&format!("pymaskinporten doctor --token-url {place}")));
    let typescript = export("typescript");
    assert!(
        typescript.ends_with(&format!("maskinporten-wizard doctor --token-endpoint {place}")),
        "{typescript}"
    );
    assert!(
        !typescript.contains("MASKINPORTEN_ENV"),
        "it would name the real Maskinporten"
    );
}

#[test]
fn an_export_can_be_imported() {
    let home = Home::new();
    home.run(&ACME);
    home.run(&[
        "set",
        "acme",
        "certificate=/home/kari/it's \u{e6}.p12",
        "own-scopes=demo:one",
    ]);
    let shown = |name: &str| -> serde_json::Value {
        serde_json::from_str(&stdout(&home.run(&["show", name, "--json"]))).unwrap()
    };
    for format in ["grant-generator", "env"] {
        let file = home.path().join(format);
        fs::write(
            &file,
            stdout(&home.run(&["export", "acme", "--format", format])) + "keystore.password=hemmelig\n",
        )
        .unwrap();
        let output = home.run(&["import", format, file.to_str().unwrap()]);
        assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
        assert!(stderr(&output).contains("keystore.password") && !stderr(&output).contains("hemmelig"));
        for part in ["environment", "client", "certificate"] {
            assert_eq!(shown(format)[part], shown("acme")[part], "{format}");
        }
    }
    assert_eq!(exit_code(&home.run(&["import", "none", "/dev/null"])), 3);
    assert_eq!(exit_code(&home.run(&["import", "none", "/no/such/file"])), 3);
}

/// Runs the scripts in a shell: no value may run as a command.
#[cfg(unix)]
#[test]
fn values_do_not_run_in_a_shell() {
    let home = Home::new();
    home.run(&ACME);
    home.run(&["set", "acme", "certificate=/tmp/$(touch x)'; touch y; '`touch z`.p12"]);
    let script =
        stdout(&home.run(&["export", "acme", "--format", "env"])) + "printf %s \"$MASKINPORTEN_CERTIFICATE_PATH\"";
    let shell = |script: &str, path: &str| {
        let mut shell = std::process::Command::new("/bin/sh");
        shell.args(["-c", script]).current_dir(home.path()).env("PATH", path);
        shell.output().unwrap()
    };
    let printed = shell(&script, "/usr/bin:/bin");
    assert_eq!(stdout(&printed), "/tmp/$(touch x)'; touch y; '`touch z`.p12");
    assert!(["x", "y", "z"].iter().all(|made| !home.path().join(made).exists()));

    // The three requests, with a klarert and a curl that log their arguments.
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
    let script = stdout(&home.run(&["export", "acme", "--format", "curl"]));
    let ran = shell(&script, &format!("{}:/usr/bin:/bin", tools.display()));
    assert!(ran.status.success(), "{}", stderr(&ran));
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
        "arguments are visible to other users"
    );
}

#[test]
fn the_script_for_powershell_expands_no_value() {
    let home = Home::new();
    let folder = home.path().join("K\u{e5}re's $(x)");
    let at = folder.to_str().unwrap();
    home.run(&[&["--home", at], &ACME[..]].concat());
    let script = stdout(&home.run(&["--home", at, "export", "acme", "--format", "powershell"]));
    assert!(script.contains("K$([char]0x00e5)re's `$(x)\" token acme\n"), "{script}");
    for address in [
        "https://api.toll.no/api/access/external/oauth/token",
        "https://api.toll.no/api/movement/road/v2/test-auth",
    ] {
        assert!(script.contains(&format!(" -Uri \"{address}\"\n")), "{script}");
    }
    home.run(&ACME);
    let script = stdout(&home.run(&["export", "acme", "--format", "powershell"]));
    assert!(script.contains("$token = & $klarert token acme\n"), "{script}");
}

#[test]
fn the_issuer_in_the_file_decides_the_environment() {
    let home = Home::new();
    let own = "[environments.stage]\nlike = \"test\"\nissuer = \"https://stage.example/\"\n";
    fs::write(home.path().join("config.toml"), own).unwrap();
    home.run(&ACME);
    home.run(&["set", "acme", "environment=sandbox"]);
    let exported = stdout(&home.run(&["export", "acme", "--format", "env"]));
    let client = "MASKINPORTEN_CLIENT_ID=3f1c\nMASKINPORTEN_ISSUER=";
    let file = home.path().join("file.env");
    let import = |name: &str, text: &str, more: &[&str]| {
        fs::write(&file, text).unwrap();
        home.run(&[&["import", name, file.to_str().unwrap()], more].concat())
    };
    let elsewhere = format!("{client}https://elsewhere.example/\n");
    for (name, text, more, environment, warned) in [
        ("sandbox", exported.as_str(), &[][..], "sandbox", false),
        (
            "stage",
            &format!("{client}https://stage.example\n"),
            &[],
            "stage",
            false,
        ),
        ("unknown", &elsewhere, &[], "test", true),
        ("said", &elsewhere, &["--environment", "prod"], "prod", false),
    ] {
        let output = import(name, text, more);
        assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
        let shown: serde_json::Value = serde_json::from_str(&stdout(&home.run(&["show", name, "--json"]))).unwrap();
        assert_eq!(shown["environment"], environment, "{name}");
        let named = stderr(&output).contains("\nwarning: ") && stderr(&output).contains("https://elsewhere.example/");
        assert_eq!(named, warned, "{}", stderr(&output));
    }
    let refused = import("mars", &elsewhere, &["--environment", "mars"]);
    assert!(
        exit_code(&refused) == 2 && stderr(&refused).contains("--environment"),
        "{}",
        stderr(&refused)
    );
}

#[test]
fn show_and_export_print_several_profiles() {
    let home = Home::new();
    for name in ["one", "two"] {
        save(&home, name, |_| {});
    }
    let json = home.run(&["show", "one", "two", "one", "--json"]);
    let names: Vec<Value> = stdout(&json)
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["profile"].clone())
        .collect();
    assert_eq!((exit_code(&json), names), (0, vec!["one".into(), "two".into()]));
    let text = home.run(&["show", "one", "nobody", "two"]);
    assert_eq!(exit_code(&text), 3, "one of them does not exist");
    assert!(stdout(&text).contains("\n\ntwo"), "{}", stdout(&text));
    assert!(stderr(&text).contains("nobody"), "{}", stderr(&text));

    let handoff = home.run(&["export", "one", "two", "--format", "handoff"]);
    let titles = stdout(&handoff).lines().filter(|line| line.starts_with("# ")).count();
    assert_eq!((exit_code(&handoff), titles), (0, 2), "{}", stdout(&handoff));
    assert!(stderr(&handoff).contains("one: ") && stderr(&handoff).contains("two: "));
    let json = home.run(&["export", "one", "two", "--format", "json"]);
    let objects = serde_json::Deserializer::from_slice(&json.stdout).into_iter::<Value>();
    assert_eq!(objects.map(Result::unwrap).count(), 2);
    let env = home.run(&["export", "one", "two", "--format", "env"]);
    assert_eq!((exit_code(&env), stdout(&env).as_str()), (2, ""));
}

#[test]
fn conversion_of_a_file_is_shown_with_the_paths_of_the_profile() {
    let home = Home::new();
    let folder = home.path().join("my certs");
    let path = |file: &str| folder.join(file).display().to_string();
    for (name, files, format, expected) in [
        (
            "p12",
            [Some("acme.p12"), None, None],
            "openssl",
            format!(
                "`openssl pkcs12 -in '{}' -out '{}'`",
                path("acme.p12"),
                path("acme.pem")
            ),
        ),
        (
            "key",
            [Some("acme.pem"), Some("acme.pfx"), None],
            "openssl",
            format!(
                "-out '{}'`, then `klarert set key 'key-file={}'`",
                path("acme-new.pem"),
                path("acme-new.pem")
            ),
        ),
        (
            "parts",
            [Some("acme.pem"), Some("acme.key"), Some("chain.pem")],
            "grant-generator",
            format!(
                "-inkey '{}' -in '{}' -certfile '{}' -out '{}'`",
                path("acme.key"),
                path("acme.pem"),
                path("chain.pem"),
                path("acme.p12")
            ),
        ),
    ] {
        save(&home, name, |profile| {
            let [certificate, key, chain] = files.map(|file| file.map(|file| folder.join(file)));
            (profile.certificate.path, profile.certificate.key_path) = (certificate, key);
            profile.certificate.chain_path = chain;
        });
        let output = home.run(&["export", name, "--format", format]);
        assert_eq!(exit_code(&output), 2, "{name}");
        assert!(stderr(&output).contains(&expected), "{expected}: {}", stderr(&output));
    }
}

#[test]
fn conversion_writes_no_file_that_exists_and_reads_old_encryption() {
    let folder = tempfile::tempdir().unwrap();
    let path = |file: &str| folder.path().join(file);
    for taken in [
        "acme.pem",
        "acme-new.pem",
        "legacy.pem",
        "key.p12",
        "key.crt",
        "parts.p12",
    ] {
        fs::write(path(taken), "a private key").unwrap();
    }
    for (file, fixture) in [
        ("acme.p12", "openssl-3.p12"),
        ("legacy.p12", "openssl-legacy.p12"),
        ("rc2.pfx", "rc2-128.p12"),
        ("triple.p12", "3des.p12"),
    ] {
        fs::write(path(file), bytes(fixture)).unwrap();
    }
    let home = Home::new();
    for (file, key_file, format, expected) in [
        ("acme.p12", None, "openssl", &["pkcs12 -in", "/acme-2.pem`"][..]),
        ("acme.p12", None, "spring", &["pkcs12 -in", "/acme-2.pem`"]),
        (
            "legacy.p12",
            None,
            "openssl",
            &["pkcs12 -legacy -in", "/legacy-new.pem`", "LibreSSL"],
        ),
        ("rc2.pfx", None, "openssl", &["pkcs12 -legacy -in", "/rc2.pem`"]),
        ("triple.p12", None, "openssl", &["pkcs12 -in", "/triple.pem`"]),
        ("key.pem", None, "grant-generator", &["/key-new.crt`", "/key-new.p12`"]),
        ("parts.pem", Some("parts.key"), "grant-generator", &["/parts-new.p12`"]),
    ] {
        let name = file.replace('.', "-");
        let _ = fs::remove_file(home.profile(&name));
        save(&home, &name, |profile| {
            if file == "key.pem" || format == "spring" {
                profile.client.authentication = Authentication::Key;
            }
            profile.certificate.path = Some(path(file));
            profile.certificate.key_path = key_file.map(path);
        });
        let output = home.run(&["export", &name, "--format", format]);
        assert_eq!(exit_code(&output), 2, "{file} {format}: {}", stderr(&output));
        let err = stderr(&output);
        assert!(expected.iter().all(|part| err.contains(part)), "{file} {format}: {err}");
    }
}

#[test]
fn key_without_certificate_gets_a_command_that_works_or_another_format() {
    let path = |file: &str| format!("/srv/{file}");
    let hint = |id: &str, stem: &str, old: &str| {
        let answer = format!("certificate={}", path(&format!("{stem}.p12")));
        let files = [old.to_owned(), format!("{stem}.crt"), format!("{stem}.p12")].map(|file| path(&file));
        english_with(
            id,
            &[
                ("key", &files[0]),
                ("certificate", &files[1]),
                ("keystore", &files[2]),
                ("answer", &answer),
                ("profile", "key"),
            ],
        )
    };
    let other = english_with("export-other-hint", &[]);
    for (file, format, expected) in [
        (
            "a.pem",
            "grant-generator",
            hint("export-keystore-key.hint", "a", "a.pem"),
        ),
        (
            "a.key",
            "grant-generator",
            hint("export-keystore-key.hint", "a", "a.key"),
        ),
        ("a.jwk", "grant-generator", other.clone()),
        ("a.jwk", "spring", other.clone()),
        ("a.json", "openssl", other),
        ("a.jks", "spring", hint("export-jks.hint", "a", "a.jks")),
        ("a.jks", "openssl", hint("export-jks.hint", "a", "a.jks")),
    ] {
        let home = Home::new();
        save(&home, "key", |profile| {
            profile.client.authentication = Authentication::Key;
            profile.client.kid = Some("k1".to_owned());
            profile.certificate.path = Some(path(file).into());
        });
        let output = home.run(&["export", "key", "--format", format]);
        assert_eq!(exit_code(&output), 2, "{file} {format}");
        let printed = stderr(&output).replace('\'', "");
        assert!(
            printed.contains(&expected),
            "{file} {format}: {printed}, not {expected}"
        );
    }
}

#[test]
fn every_format_for_several_profiles_is_named_where_one_is_refused() {
    let home = Home::new();
    for name in ["one", "two"] {
        save(&home, name, |_| {});
    }
    let refused = stderr(&home.run(&["export", "--all", "--format", "env"]));
    for format in [
        "handoff",
        "json",
        "ics",
        "prometheus",
        "env",
        "curl",
        "powershell",
        "openssl",
    ] {
        let output = home.run(&["export", "--all", "--format", format]);
        let named = refused.contains(&format!(" {format}"));
        assert_eq!(exit_code(&output) == 0, named, "{format}: {refused}");
    }
}

#[test]
fn handoff_names_the_credential_of_the_kind_of_business() {
    let home = Home::new();
    for (name, kind) in [("ours", Kind::Norwegian), ("theirs", Kind::Foreign)] {
        save(&home, name, |profile| profile.business.kind = Some(kind));
        let handoff = stdout(&home.run(&["export", name, "--format", "handoff"]));
        let credential = english_with("handoff-certificate", &[("kind", kind.id())]);
        assert!(handoff.contains(&credential), "{credential}: {handoff}");
    }
}

#[test]
fn handoff_states_the_result_of_the_last_check() {
    let home = Home::new();
    let check = "[last_check]\nat = 2026-11-22T17:00:00Z\noutcome = ";
    let failed = "\"failed\"\nstopped_at = \"token\"\ncode = \"MP-200\"\n";
    for (name, text, outcome) in [
        ("never", String::new(), "none"),
        ("passed", format!("{check}\"passed\"\n"), "passed"),
        ("failed", format!("{check}{failed}"), "failed"),
    ] {
        let text = format!("environment = \"test\"\n{text}");
        save(&home, name, |profile| *profile = document::parse(&text).unwrap());
        let handoff = stdout(&home.run(&["export", name, "--format", "handoff"]));
        let day = ENGLISH.date(date!(2026 - 11 - 22));
        let args = [("outcome", outcome), ("day", day.as_str())];
        assert!(
            handoff.contains(&format!("\n{}\n", english_with("handoff-check", &args))),
            "{handoff}"
        );
    }
}

#[test]
fn scripts_and_handoff_end_after_the_token_where_no_scope_is_customs() {
    let home = Home::new();
    home.run(&ACME);
    home.save("digdir", &administration::new("test", NOW));
    save(&home, "other", |profile| {
        profile.business.kind = Some(Kind::Norwegian);
        profile.certificate.path = Some("/srv/cert.pem".into());
        profile.set_scopes(&["sandbox:open".to_owned()]);
    });
    let why = ENGLISH.get("token-no-customs-scope");
    for format in ["curl", "openssl", "powershell", "handoff"] {
        for (name, has_customs) in [("acme", true), ("digdir", false), ("other", false)] {
            let output = home.run(&["export", name, "--format", format]);
            if exit_code(&output) == 2 {
                continue; // The key is not in a PEM file.
            }
            let text = stdout(&output);
            let found = ["token-exchange", "Norwegian Customs\n"]
                .iter()
                .any(|part| text.contains(part) && !text.contains(&why));
            assert_eq!(found, has_customs, "{format}, {name}: {text}");
        }
    }
}
