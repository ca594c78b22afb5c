//! `klarert import`: settings files of other clients, and every export read back.

use std::{fs, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use klarert::{
    journey::services,
    profile::{
        Kind, Profile,
        fields::set::{SetContext, set_answer},
        import::{self, Assumption, ImportError, Place},
    },
};
use serde_json::Value;
use time::macros::date;

use super::{ACME, english, english_with};
use crate::support::{
    home::{Home, exit_code, stderr, stdout},
    stubs::NOW,
};

/// Returns the outcome of an import in few words: the answers of the profile, or the reason why it is refused.
pub(super) fn outcome(text: &str) -> String {
    let environments = [
        ("test", "https://test.maskinporten.no/"),
        ("prod", "https://maskinporten.no/"),
        ("sandbox", "http://127.0.0.1:8127/"),
    ]
    .map(|(id, issuer)| (id.to_owned(), issuer.to_owned()));
    let imported = match import::parse(text, &environments) {
        Ok(imported) => imported,
        Err(ImportError::Nothing) => return "refused: nothing".into(),
        Err(ImportError::Other(what)) => return format!("refused: {what}"),
        Err(ImportError::Malformed { format, line, .. }) => return format!("refused: {format}, line {line}"),
        Err(ImportError::Contradiction { names, .. }) => return format!("refused: {} and {}", names[0], names[1]),
        Err(ImportError::Issuer { name, .. }) => return format!("refused: {name} is a number"),
        Err(ImportError::Repeated { name, line }) => return format!("refused: {name} again in line {line}"),
        Err(ImportError::Documents { lines: [one, other] }) => return format!("refused: lines {one} and {other}"),
        Err(ImportError::MixedScopes { norwegian, foreign }) => return format!("refused: {norwegian} and {foreign}"),
        Err(ImportError::Unread { place, host }) => {
            return match place {
                Place::Setting(name) => format!("refused: {name} names {host}"),
                Place::Line(line) => format!("refused: line {line} names {host}"),
            };
        }
    };
    let ids = ["test", "prod", "sandbox"].map(str::to_owned);
    let context = SetContext {
        environments: &ids,
        folder: Path::new("/srv"),
        today: date!(2026 - 11 - 26),
    };
    let mut profile = Profile::new("test", NOW);
    for (key, value) in &imported.answers {
        if let Err(refusal) = set_answer(&mut profile, *key, value, context) {
            return format!("refused: {} {}", key.id(), refusal.id);
        }
    }
    let unknown = imported.unknown_issuer.map(|issuer| format!("elsewhere {issuer}"));
    let assumed = imported.assumed.contains(&Assumption::Environment);
    let path = |path: &Option<std::path::PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let mut own_scopes = profile.client.scopes.clone();
    own_scopes.retain(|scope| services::service_of_scope(scope).is_none());
    let parts = [
        unknown.or(Some(format!(
            "{}{}",
            profile.environment,
            if assumed { "?" } else { "" }
        ))),
        profile.client.id.clone(),
        Some(profile.authentication().id().to_owned()),
        profile.client.kid.clone(),
        Some(profile.business.services.join("+")).filter(|services| !services.is_empty()),
        Some(own_scopes.join("+")).filter(|scopes| !scopes.is_empty()),
        (profile.business.kind == Some(Kind::Foreign)).then(|| "foreign".to_owned()),
        path(&profile.certificate.path),
        path(&profile.certificate.key_path),
        path(&profile.certificate.chain_path),
        profile.client.consumer_org.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Returns an outcome with the paths of Unix, where `C:` is the name of a file.
fn with_unix_paths(outcome: &str) -> String {
    match cfg!(windows) {
        true => outcome.replace('\\', "/").replace("/srv/C:", "C:"),
        false => outcome.to_owned(),
    }
}

const CLIENT: &str = "MASKINPORTEN_CLIENT_ID=3f1c\nMASKINPORTEN_SCOPES=toll:movement/air\n";

#[test]
fn settings_of_other_clients_are_read_or_refused() {
    let jwk = r#"{"kty":"RSA","kid":"k1","n":"AQAB","e":"AQAB","d":"hemmelig"}"#;
    let nais = |jwk: &str| {
        format!(
            "MASKINPORTEN_CLIENT_ID=3f1c\nMASKINPORTEN_CLIENT_JWK={jwk}\nMASKINPORTEN_SCOPES=\"toll:movement/air toll:movement/rail\"\n\
             MASKINPORTEN_WELL_KNOWN_URL=https://maskinporten.no/.well-known/oauth-authorization-server\n\
             MASKINPORTEN_ISSUER=https://maskinporten.no/\nMASKINPORTEN_TOKEN_ENDPOINT=https://maskinporten.no/token\n"
        )
    };
    let address = |line: &str| format!("{CLIENT}{line}\n");
    let spring = "maskinporten:\n  audience: https://maskinporten.no/\n  token-endpoint: https://maskinporten.no/token\n  issuer: \"3f1c\"\n  consumer-org: '987654325'\n\
                  virksomhetsertifikat:\n  sertifikater:\n    - sertifikat-type: SIGN\n      keystore-path: /srv/sign.p12\n    - sertifikat-type: AUTH\n      keystore-path: /srv/a.p12\n      keystore-password: hemmelig\n\
                  server:\n  port: 8080\n";
    let appsettings = "{\n  // ours\n  \"Logging\": {\"LogLevel\": {\"Default\": \"Information\"}},\n  \"MaskinportenSettings\": {\n    \"Environment\": \"prod\",\n    \"ClientId\": \"3f1c\",\n    \"Scope\": \"toll:movement/air\",\n    \"CertificatePkcs12Path\": \"C:\\\\certs\\\\a.p12\",\n    \"CertificatePkcs12Password\": \"hemmelig\",\n  }\n}";
    let secret = format!(
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: maskinporten\ndata:\n  MASKINPORTEN_CLIENT_ID: {}\n  MASKINPORTEN_SCOPES: {}\n  MASKINPORTEN_CLIENT_JWK: {}\n  MASKINPORTEN_WELL_KNOWN_URL: {}\n",
        STANDARD.encode("3f1c"),
        STANDARD.encode("toll:movement/air"),
        STANDARD.encode(jwk),
        STANDARD.encode("https://maskinporten.no/.well-known/oauth-authorization-server")
    );
    let jwk_line = format!("'{jwk}'");
    let rows: Vec<(&str, String, &str)> = vec![
        ("token URL of production", address("MASKINPORTEN_TOKEN_URL=https://maskinporten.no/token"), "prod 3f1c certificate air"),
        ("well-known URL of production", address("MASKINPORTEN_WELL_KNOWN_URL=https://maskinporten.no/.well-known/oauth-authorization-server"), "prod 3f1c certificate air"),
        ("token endpoint of production", address("MASKINPORTEN_TOKEN_ENDPOINT=\"https://maskinporten.no/token\""), "prod 3f1c certificate air"),
        ("audience without a slash", address("MASKINPORTEN_AUDIENCE=https://maskinporten.no"), "prod 3f1c certificate air"),
        ("host without a scheme", address("MASKINPORTEN_BASE_URL=maskinporten.no"), "prod 3f1c certificate air"),
        ("well-known URL of test", address("MASKINPORTEN_WELL_KNOWN_URL=https://test.maskinporten.no/.well-known/oauth-authorization-server"), "test 3f1c certificate air"),
        ("token URL of the sandbox", address("MASKINPORTEN_TOKEN_URL=http://127.0.0.1:8127/token"), "sandbox 3f1c certificate air"),
        ("token URL of another", address("MASKINPORTEN_TOKEN_URL=https://elsewhere.example/token"), "elsewhere https://elsewhere.example/token 3f1c certificate air"),
        ("name of the environment", address("MASKINPORTEN_ENV=Production"), "prod 3f1c certificate air"),
        ("older name of test", address("MASKINPORTEN_ENVIRONMENT=ver2"), "test 3f1c certificate air"),
        ("unknown name", address("MASKINPORTEN_ENV=mars"), "elsewhere mars 3f1c certificate air"),
        ("no Maskinporten", CLIENT.to_owned(), "test? 3f1c certificate air"),
        ("two Maskinporten", address("MASKINPORTEN_ENV=test\nMASKINPORTEN_TOKEN_URL=https://maskinporten.no/token"), "refused: MASKINPORTEN_ENV and MASKINPORTEN_TOKEN_URL"),
        ("nais", nais(jwk), "prod 3f1c key k1 air+rail"),
        ("nais, the JWK in quotes", nais(&jwk_line), "prod 3f1c key k1 air+rail"),
        ("nais, the JWK in base64", nais(&STANDARD.encode(jwk)), "prod 3f1c key k1 air+rail"),
        ("nais, a JWK without kid", nais(&jwk.replace("\"kid\":\"k1\",", "")), "prod 3f1c key air+rail"),
        ("nais, another kid beside it", nais(jwk) + "MASKINPORTEN_KID=k2\n", "refused: MASKINPORTEN_CLIENT_JWK and MASKINPORTEN_KID"),
        ("nais, a secret of Kubernetes", secret.clone(), "prod 3f1c key k1 air"),
        ("the same in JSON", serde_json::json!({"kind": "Secret", "data": {"MASKINPORTEN_CLIENT_ID": STANDARD.encode("3f1c"), "MASKINPORTEN_CLIENT_JWK": STANDARD.encode(jwk)}}).to_string(), "test? 3f1c key k1"),
        ("issuer that is a number", "MASKINPORTEN_ISSUER=123456785\nMASKINPORTEN_SCOPES=toll:movement/air\n".to_owned(), "refused: MASKINPORTEN_ISSUER is a number"),
        ("issuer that is a number, with a client", "MASKINPORTEN_CLIENT_ID=3f1c\nMASKINPORTEN_ISSUER=123456785\n".to_owned(), "test? 3f1c certificate"),
        ("issuer that is a client", "MASKINPORTEN_ISSUER=3f1c\n".to_owned(), "test? 3f1c certificate"),
        ("byte-order mark", format!("\u{feff}{CLIENT}"), "test? 3f1c certificate air"),
        ("byte-order mark, JSON", format!("\u{feff}{appsettings}"), "prod 3f1c certificate air /srv/C:\\certs\\a.p12"),
        ("Spring", spring.to_owned(), "prod 3f1c certificate /srv/a.p12 987654325"),
        ("Spring, registered key", "maskinporten:\n  tokenEndpoint: https://test.maskinporten.no/token\n  issuer: 3f1c\n  asymmetric-key: k1\n  private-key:\n    pem-file-path: keys/a.pem\n".to_owned(), "test 3f1c key k1 /srv/keys/a.pem"),
        ("Spring in camel case", "maskinporten:\n  tokenEndpoint: https://maskinporten.no/token\n  issuer: 3f1c\n".to_owned(), "prod 3f1c certificate"),
        ("Spring Security", "spring:\n  security:\n    oauth2:\n      client:\n        registration:\n          maskinporten:\n            client-id: 3f1c\n            scope: [toll:movement/air, toll:movement/rail]\n        provider:\n          maskinporten:\n            token-uri: https://maskinporten.no/token\n".to_owned(), "prod 3f1c certificate air+rail"),
        ("Spring in properties", "maskinporten.audience=https://maskinporten.no/\nmaskinporten.issuer=3f1c\nvirksomhetsertifikat.sertifikater[0].keystore-path=/srv/a.p12\n".to_owned(), "prod 3f1c certificate /srv/a.p12"),
        ("Spring, flat and quoted", "maskinporten.issuer: \"3f1c\"\nmaskinporten.audience: \"https://maskinporten.no/\"\n".to_owned(), "prod 3f1c certificate"),
        ("Spring, a broken YAML", "maskinporten:\n  issuer: \"3f1c\n".to_owned(), "refused: yaml, line 2"),
        ("Spring, filled in elsewhere", "maskinporten:\n  issuer: ${CLIENT}\n  audience: https://maskinporten.no/\n".to_owned(), "prod certificate"),
        ("appsettings.json", appsettings.to_owned(), "prod 3f1c certificate air /srv/C:\\certs\\a.p12"),
        ("appsettings.json, another section", "{\"Altinn\":{\"Maskinporten\":{\"ClientId\":\"3f1c\",\"Scope\":\"toll:movement/air\",\"TokenEndpoint\":\"https://maskinporten.no/token\"}}}".to_owned(), "prod 3f1c certificate air"),
        ("appsettings.json, a JWK", format!("{{\"MaskinportenSettings\":{{\"Environment\":\"test\",\"ClientId\":\"3f1c\",\"EncodedJwk\":\"{}\"}}}}", STANDARD.encode(jwk)), "test 3f1c key k1"),
        ("appsettings.json as variables", "MaskinportenSettings__ClientId=3f1c\nMaskinportenSettings__Environment=prod\n".to_owned(), "prod 3f1c certificate"),
        ("appsettings.json, broken", "{\"MaskinportenSettings\": {\"ClientId\" \"3f1c\"}}".to_owned(), "refused: json, line 1"),
        ("jwt-grant-generator", "issuer=3f1c\naudience=https://maskinporten.no/\nscope=toll:movement/air\nkeystore.file=a.p12\nkeystore.password=hemmelig\n".to_owned(), "prod 3f1c certificate air /srv/a.p12"),
        ("jwt-grant-generator, a registered key", "issuer=3f1c\ntoken.endpoint=https://test.maskinporten.no/token\nkeystore.file=a.p12\nkeystore.kid=k1\n".to_owned(), "test 3f1c key k1 /srv/a.p12"),
        ("docker-compose", "services:\n  app:\n    environment:\n      - MASKINPORTEN_CLIENT_ID=3f1c\n      - MASKINPORTEN_ENV=prod\n      - MASKINPORTEN_CERTIFICATE_PATH=/srv/a.p12\n".to_owned(), "prod 3f1c certificate /srv/a.p12"),
        ("a manifest of Kubernetes", "spec:\n  env:\n    - name: MASKINPORTEN_CLIENT_ID\n      value: 3f1c\n    - name: MASKINPORTEN_ENV\n      value: prod\n".to_owned(), "prod 3f1c certificate"),
        ("PowerShell", "$env:MASKINPORTEN_CLIENT_ID = \"3f1c\"\r\n$env:MASKINPORTEN_ENV = 'prod'\r\n".to_owned(), "prod 3f1c certificate"),
        ("cmd", "set MASKINPORTEN_CLIENT_ID=3f1c\r\nset MASKINPORTEN_ENV=prod\r\n".to_owned(), "prod 3f1c certificate"),
        ("an INI file", "[maskinporten]\nclient_id = 3f1c\nissuer = https://maskinporten.no/\n".to_owned(), "prod 3f1c certificate"),
        ("a certificate with key and chain", address("MASKINPORTEN_CERTIFICATE_PATH=a.pem\nMASKINPORTEN_PRIVATE_KEY_PATH=a.key\nMASKINPORTEN_CHAIN_PATH=c.pem\nMASKINPORTEN_ENV=prod"), "prod 3f1c certificate air /srv/a.pem /srv/a.key /srv/c.pem"),
        ("a hand-off", "# Demo AS: Maskinporten\n\n- **Environment**: `test`\n".to_owned(), "refused: markdown"),
        ("the curl script", "#!/bin/sh\nset -eu\ntoken=$(klarert token acme)\n".to_owned(), "refused: script"),
        ("a .NET configuration in XML", "<?xml version=\"1.0\"?><configuration><appSettings/></configuration>".to_owned(), "refused: xml"),
        ("a key", "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n".to_owned(), "refused: key-file"),
        ("a JWK", jwk.to_owned(), "refused: key-file"),
        ("a web page", "<!DOCTYPE html><title>Log in</title>".to_owned(), "refused: html"),
        ("Terraform", "resource \"maskinporten_client\" \"a\" {\n  client_id = \"3f1c\"\n}\n".to_owned(), "refused: terraform"),
        ("the PowerShell script", "$ErrorActionPreference = 'Stop'\n# https://maskinporten.no/token\n$klarert = if ($env:KLARERT) { $env:KLARERT } else { 'klarert' }\n".to_owned(), "refused: script"),
        ("a line of klarert list --json", "{\"format\":1,\"profile\":\"a\",\"business\":{\"kind\":\"norwegian\"},\"environment\":\"test\"}\n".to_owned(), "refused: part-of-profile"),
        ("several lines of it", "{\"format\":1,\"profile\":\"a\"}\n{\"format\":1,\"profile\":\"b\"}\n".to_owned(), "refused: several-objects"),
        ("the same as a list", "[{\"format\":1,\"profile\":\"a\"},{\"format\":1,\"profile\":\"b\"}]".to_owned(), "refused: several-objects"),
        ("a service that is not open", "MASKINPORTEN_CLIENT_ID=3f1c\nMASKINPORTEN_SCOPES=toll:declaration.feed toll:movement/air\n".to_owned(), "test? 3f1c certificate air"),
        ("nothing of Maskinporten", "PATH=/usr/bin\nPORT=8080\n".to_owned(), "refused: nothing"),
        ("an empty file", "\n".to_owned(), "refused: empty"),
    ];
    let mut wrong = Vec::new();
    for (name, text, expected) in rows {
        let outcome = outcome(&text);
        println!("{name:<42} {outcome}");
        if with_unix_paths(&outcome) != with_unix_paths(expected) {
            wrong.push(format!("{name}: {outcome}, expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Own scopes, of which some are those of services that are not chosen.
const OWN_SCOPES: &str = "own-scopes=demo:one toll:declaration.feed toll:movement/air toll:eu/movement/rail";

fn shown(home: &Home, name: &str) -> Value {
    serde_json::from_str(&stdout(&home.run(&["show", name, "--json"]))).unwrap()
}

#[test]
fn every_export_that_can_be_imported_gives_the_same_profile() {
    let certificate: &[&str] = &["certificate=/home/kari/it's \u{e6}.p12", OWN_SCOPES];
    let key: &[&str] = &[
        "authentication=key",
        "kid=k1",
        "key-registered=2026-11-01",
        "certificate=/srv/a b.pem",
    ];
    let separate: &[&str] = &[
        "certificate=/srv/a.cer",
        "key-file=/srv/a.key",
        "chain-file=/srv/c.pem",
        "pick=2",
    ];
    for (format, answers) in [
        ("env", certificate),
        ("env", separate),
        ("env", key),
        ("json", certificate),
        ("json", separate),
        ("json", key),
        ("grant-generator", certificate),
        ("appsettings", certificate),
        ("appsettings", key),
        ("spring", certificate),
        ("spring", key),
        ("pymaskinporten", key),
        ("typescript", key),
        ("toml", separate),
    ] {
        let home = Home::new();
        home.run(&ACME);
        let set = home.run(&[&["set", "acme"], answers].concat());
        assert_eq!(exit_code(&set), 0, "{}", stderr(&set));
        let file = home.path().join(format);
        match format {
            "toml" => drop(fs::copy(home.profile("acme"), &file).unwrap()),
            _ => fs::write(&file, home.run(&["export", "acme", "--format", format]).stdout).unwrap(),
        }
        let output = home.run(&["import", "copy", file.to_str().unwrap()]);
        assert_eq!(exit_code(&output), 0, "{format}: {}", stderr(&output));
        let (original, copy) = (shown(&home, "acme"), shown(&home, "copy"));
        for part in ["environment", "business", "client", "certificate"] {
            assert_eq!(copy[part], original[part], "{format} {answers:?} {part}");
        }
        let assumed = english_with("import-assumed", &[("what", "environment"), ("command", "")]);
        let assumed = assumed.split('`').next().unwrap();
        assert!(!stderr(&output).contains(assumed), "{}", stderr(&output));
    }
}

#[test]
fn whole_profile_comes_back_with_its_purpose_ticks_and_unknown_keys() {
    let home = Home::new();
    home.run(&ACME);
    home.run(&["done", "acme", "customs.form", "customs.granted"]);
    let setup = [
        "portal",
        "setup",
        "digdir",
        "--client-id",
        "3f1c",
        "--organisation",
        "123456785",
    ];
    let output = home.run(&[&setup[..], &["--certificate", "/srv/a.p12"]].concat());
    assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
    let text = fs::read_to_string(home.profile("acme")).unwrap();
    let text = text.replace("[business]\n", "crm = 4711 # ours\n\n[business]\n");
    fs::write(home.profile("acme"), text).unwrap();
    let file = home.path().join("file");
    for (name, format) in [
        ("acme", "toml"),
        ("acme", "json"),
        ("digdir", "toml"),
        ("digdir", "json"),
        ("digdir", "env"),
        ("digdir", "grant-generator"),
        ("digdir", "appsettings"),
        ("digdir", "spring"),
    ] {
        match format {
            "toml" => drop(fs::copy(home.profile(name), &file).unwrap()),
            _ => fs::write(&file, home.run(&["export", name, "--format", format]).stdout).unwrap(),
        }
        let copy = format!("{name}-{format}");
        let output = home.run(&["import", &copy, file.to_str().unwrap()]);
        assert_eq!(exit_code(&output), 0, "{copy}: {}", stderr(&output));
        let (original, imported) = (home.load(name), home.load(&copy));
        assert_eq!(imported.purpose, original.purpose, "{copy}");
        assert_eq!(imported.progress.done, original.progress.done, "{copy}");
        assert_eq!(imported.client, original.client, "{copy}");
        assert_eq!(imported.certificate, original.certificate, "{copy}");
        let has_key = fs::read_to_string(home.profile(&copy))
            .unwrap()
            .contains("crm = 4711 # ours");
        assert_eq!(has_key, copy == "acme-toml", "{copy}");
    }
    fs::write(&file, home.run(&["export", "acme", "--format", "json"]).stdout).unwrap();
    let output = home.run(&["import", "moved", file.to_str().unwrap(), "--environment", "test"]);
    assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
    let ticks: Vec<String> = home.load("moved").progress.done.into_keys().collect();
    assert_eq!(ticks, ["customs.form"]);
    assert!(
        stderr(&output).contains(&english("removed-ticks")),
        "{}",
        stderr(&output)
    );
}

#[test]
fn branch_and_foreign_business_come_back_too() {
    for business in [
        &["--business", "foreign", "--organisation", "NTRSE-5560000001"][..],
        &[
            "--norwegian-number",
            "yes",
            "--portal-login",
            "no",
            "--organisation",
            "NTRNO-123456785",
        ],
    ] {
        let home = Home::new();
        let new = home.run(
            &[
                &[
                    "new",
                    "acme",
                    "--service",
                    "road",
                    "--issuer-name",
                    "Demo AB",
                    "--chain-file",
                    "/srv/c.pem",
                    "--certificate",
                    "/srv/a.p12",
                ],
                business,
            ]
            .concat(),
        );
        assert_eq!(exit_code(&new), 0, "{}", stderr(&new));
        for format in ["env", "json"] {
            let file = home.path().join(format);
            fs::write(&file, home.run(&["export", "acme", "--format", format]).stdout).unwrap();
            let output = home.run(&["import", format, file.to_str().unwrap()]);
            assert_eq!(exit_code(&output), 0, "{format}: {}", stderr(&output));
            let (original, copy) = (shown(&home, "acme"), shown(&home, format));
            for part in ["environment", "business", "client", "certificate"] {
                assert_eq!(copy[part], original[part], "{format} {part}");
            }
        }
    }
}

#[test]
fn assumptions_and_refusals_are_printed() {
    let home = Home::new();
    let file = home.path().join("application.properties");
    let import = |name: &str, bytes: &[u8], more: &[&str]| {
        fs::write(&file, bytes).unwrap();
        home.run(&[&["import", name, file.to_str().unwrap()], more].concat())
    };
    let assumed = |what: &str, name: &str| {
        let command = format!("klarert set {name} environment=prod client-id=3f1c");
        english_with("import-assumed", &[("what", what), ("command", &command)])
    };
    let output = import("one", b"MASKINPORTEN_CLIENT_ID=3f1c\n", &[]);
    for what in ["environment", "norwegian"] {
        assert!(
            stderr(&output).contains(assumed(what, "one").trim()),
            "{}",
            stderr(&output)
        );
    }
    let moved = home.run(&["set", "one", "environment=prod", "client-id=3f1c"]);
    assert!(!stderr(&moved).contains("removed"), "{}", stderr(&moved));
    assert_eq!(shown(&home, "one")["client"]["id"], "3f1c");
    let files = b"issuer=3f1c\nkeystore.file=/srv/a b.p12\n";
    let output = import("files", files, &[]);
    let command = "klarert set files environment=prod client-id=3f1c 'certificate=/srv/a b.p12'";
    assert!(stderr(&output).contains(command), "{}", stderr(&output));
    let output = import(
        "other",
        b"MASKINPORTEN_CLIENT_ID=3f1c\nMASKINPORTEN_ISSUER=https://x.example/\n",
        &[],
    );
    let command = "klarert set other environment=ID client-id=3f1c";
    assert!(stderr(&output).contains(command), "{}", stderr(&output));
    let output = import("two", CLIENT.as_bytes(), &["--environment", "prod"]);
    assert!(
        !stderr(&output).contains(assumed("environment", "two").trim()),
        "{}",
        stderr(&output)
    );
    let wide: Vec<u8> = format!("\u{feff}{CLIENT}MASKINPORTEN_ENV=prod\n")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(exit_code(&import("wide", &wide, &[])), 0);
    assert_eq!(shown(&home, "wide")["environment"], "prod");
    let latin = b"issuer=3f1c\naudience=https://maskinporten.no/\nkeystore.file=~/n\xf8kkel.p12\n";
    assert_eq!(exit_code(&import("latin", latin, &[])), 0);
    assert_eq!(shown(&home, "latin")["certificate"]["path"], "~/n\u{f8}kkel.p12");
    let both =
        "MASKINPORTEN_CLIENT_ID=3f1c\nMASKINPORTEN_ENV=test\nMASKINPORTEN_TOKEN_URL=https://maskinporten.no/token\n";
    let output = import("both", both.as_bytes(), &[]);
    assert_eq!(exit_code(&output), 3);
    assert!(stderr(&output).contains("MASKINPORTEN_ENV") && stderr(&output).contains("MASKINPORTEN_TOKEN_URL"));
    assert_eq!(
        exit_code(&import("both", both.as_bytes(), &["--environment", "prod"])),
        0
    );
    let output = import("page", b"<!DOCTYPE html>", &[]);
    assert_eq!(exit_code(&output), 3);
    assert!(
        stderr(&output)
            .contains(english_with("import-other", &[("what", "html"), ("file", file.to_str().unwrap())]).trim())
    );
    assert_eq!(exit_code(&import("nothing", b"PORT=1\n", &[])), 3);
    assert!(!english("import-nothing.hint").is_empty());
}

/// The readers of settings, paths and numbers neither panic nor hang on any text.
#[test]
fn mutated_settings_do_no_harm() {
    let mut random = crate::certificates::fuzzing::Random::new(20_261_126);
    let seeds = [
        CLIENT.to_owned(),
        "maskinporten:\n  issuer: \"3f1c\"\n  scopes: [a:b, 'c:d']\nlist:\n  - keystore-path: /srv/a.p12\n".to_owned(),
        "{\"MaskinportenSettings\":{\"ClientId\":\"3f1c\",\"EncodedJwk\":\"e30=\",},// x\n}".to_owned(),
        "# klarert business=norwegian\n$env:MASKINPORTEN_ENV = 'prod'\nset A=b\n".to_owned(),
        "kind: Secret\ndata:\n  MASKINPORTEN_CLIENT_ID: M2YxYw==\n".to_owned(),
        "& \"file://localhost/C:/a%20b.p12\", 0192:123 456 785 MVA".to_owned(),
        "http=FIRMA\\kari:a b@[::1]:3128;socks=b".to_owned(),
    ];
    for round in 0..5_000 {
        let mut bytes = seeds[random.below(seeds.len())].clone().into_bytes();
        random.mutate(&mut bytes);
        let text = String::from_utf8_lossy(&bytes);
        let started = std::time::Instant::now();
        let _ = outcome(&text);
        let _ = klarert::profile::parse::path(&text);
        let _ = klarert::profile::parse::organisation_number(&text);
        let _ = klarert::profile::parse::organisation_identifier(&text);
        let _ = klarert::profile::client_id::parse(&text);
        let _ = klarert::http::without_user(&text);
        assert!(started.elapsed().as_secs() < 5, "round {round}: {text}");
    }
}
