//! Pasted values: paths, client ids, kids and organisation numbers with what terminals, portals and mail put around them.

use std::path::Path;

use klarert::{
    credential::open,
    profile::{
        Authentication, Kind, Profile,
        fields::{
            key::Key,
            set::{SetContext, set_answer},
        },
    },
};
use time::macros::date;

use super::{PASSWORD, bytes, result};
use crate::support::{home::Home, stubs::NOW};

/// Sets one answer as `klarert set`, `new` and the wizard do. Returns the id of the rule that it breaks.
fn set(profile: &mut Profile, key: &str, written: &str) -> Result<(), &'static str> {
    let environments = ["test".to_owned()];
    let context = SetContext {
        environments: &environments,
        folder: Path::new("/"),
        today: date!(2026 - 11 - 26),
    };
    set_answer(profile, Key::parse(key).unwrap(), written, context).map_err(|refusal| refusal.id)
}

fn profile(authentication: Authentication) -> Profile {
    let mut profile = Profile::new("test", NOW);
    profile.business.kind = Some(Kind::Norwegian);
    profile.client.authentication = authentication;
    profile
}

#[test]
fn pasted_paths_open() {
    let home = Home::new();
    let store = home.store();
    let folder = home.path().join("Kåre's mappe");
    std::fs::create_dir(&folder).unwrap();
    super::super::write_private(&folder.join("a b (1).p12"), &bytes("one-round.p12"));
    let path = folder.join("a b (1).p12").to_str().unwrap().to_owned();
    let url_path = match cfg!(windows) {
        true => format!("/{}", path.replace('\\', "/")),
        false => path.clone(),
    };
    let encoded = url_path.replace(' ', "%20").replace('å', "%C3%A5").replace('\'', "%27");
    let escaped = path
        .replace(' ', "\\ ")
        .replace('\'', "\\'")
        .replace('(', "\\(")
        .replace(')', "\\)");
    let decomposed = path.replace('å', "a\u{30a}");
    let mut wrong = Vec::new();
    for (name, written) in [
        ("as it is", path.clone()),
        ("blanks and a line break", format!("  {path}\r\n")),
        ("file URL", format!("file://{encoded}")),
        ("file URL, not encoded", format!("file://{path}")),
        ("file URL with localhost", format!("file://localhost{encoded}")),
        ("file URL in capitals", format!("FILE://{encoded}")),
        ("file URL, one slash", format!("file:{encoded}")),
        ("file URL in quotes", format!("\"file://{encoded}\"")),
        ("file URL in angle brackets", format!("<file://{encoded}>")),
        ("straight quotes", format!("\"{path}\"")),
        ("shell's single quotes", format!("'{}'", path.replace('\'', "'\\''"))),
        ("curly quotes", format!("“{path}”")),
        ("German quotes", format!("„{path}“")),
        ("single curly quotes", format!("‘{path}’")),
        ("guillemets", format!("«{path}»")),
        ("guillemets outwards", format!("»{path}«")),
        ("backticks", format!("`{path}`")),
        ("JSON, with a comma", format!("\"{path}\",")),
        ("one quote missing", format!("\"{path}")),
        ("PowerShell's call", format!("& \"{path}\"")),
        ("PowerShell's call, no blank", format!("&\"{path}\"")),
        (
            "PowerShell's provider",
            format!("Microsoft.PowerShell.Core\\FileSystem::{path}"),
        ),
        ("dropped on a terminal", escaped.clone()),
        ("dropped, with a blank after it", format!("{escaped} ")),
        ("U+202A before it", format!("\u{202a}{path}")),
        ("U+200B around it", format!("\u{200b}{path}\u{200b}")),
        ("U+200B in it", path.replace("mappe", "ma\u{200b}ppe")),
        ("U+FEFF before it", format!("\u{feff}{path}")),
        ("U+2066, U+2069 around it", format!("\u{2066}{path}\u{2069}")),
        ("soft hyphen in it", path.replace("mappe", "map\u{ad}pe")),
        ("decomposed letters", decomposed.clone()),
        (
            "decomposed letters in a URL",
            format!("file://{}", decomposed.replace(' ', "%20")),
        ),
        ("no-break blank", path.replace(' ', "\u{a0}")),
        ("path of the profile's file", format!("path = \"{path}\"")),
    ] {
        // The shells of Windows have no such escapes.
        if cfg!(windows) && (name.starts_with("shell's") || name.starts_with("dropped")) {
            continue;
        }
        let mut profile = profile(Authentication::Certificate);
        let outcome = match set(&mut profile, "certificate", &written) {
            Err(refused) => refused.to_owned(),
            Ok(()) => {
                let files = store.resolve(&profile.certificate);
                let password = super::super::password(PASSWORD);
                result(&open(&files, None, Authentication::Certificate, Some(&password)))
            }
        };
        println!("{name:<34} {outcome:<22} {written:?}");
        if outcome != super::WITH_CHAIN {
            wrong.push((name, outcome, written));
        }
    }
    for written in ["$CERTS/a.p12", "%CERTS%\\a.p12", "$env:CERTS\\a.p12", "$(pwd)/a.p12"] {
        let refused = set(&mut profile(Authentication::Certificate), "certificate", written);
        println!("{:<34} {:<22} {written:?}", "another variable", refused.unwrap_err());
        assert_eq!(refused, Err("refused-path-variable"));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn pasted_ids_and_numbers_are_cleaned() {
    const ID: &str = "3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f10";
    let around = |value: &str| {
        [
            value.to_owned(),
            format!("\u{200b}{value}\u{feff}"),
            format!("\u{202a}{value}\u{202c}"),
            format!("\"{value}\","),
            format!("'{value}'"),
            format!("“{value}”"),
            format!("«{value}»"),
            format!("`{value}`"),
            format!("<{value}>"),
            format!("\u{a0}{value}\u{a0}\n"),
            format!("{value},"),
            format!("{value};"),
            value.replace('-', "\u{2011}"),
            value.replace('-', "–"),
            value.chars().map(full_width).collect(),
        ]
    };
    let mut rows = Vec::new();
    for label in [
        "",
        "client_id: ",
        "\"client_id\":",
        "Klient-ID ",
        "MASKINPORTEN_CLIENT_ID=",
        "- **Client id (issuer)**: ",
    ] {
        rows.extend(around(ID).map(|value| ("client-id", format!("{label}{value}"), ID)));
    }
    for label in ["", "kid: ", "\"kid\" : ", "Nøkkel-ID (kid): ", "keystore.kid="] {
        rows.extend(around("acme-2026").map(|value| ("kid", format!("{label}{value}"), "acme-2026")));
    }
    for label in [
        "",
        "Org.nr. ",
        "Organisasjonsnummer: ",
        "0192:",
        "NTRNO-",
        "NO ",
        "\"ID\":\"0192:",
        "organizationIdentifier=NTRNO-",
    ] {
        for number in [
            "123456785",
            "123 456 785",
            "123\u{a0}456\u{a0}785",
            "123.456.785",
            "123456785 MVA",
            "123456785MVA",
        ] {
            rows.push(("organisation", format!("{label}{number}"), "123456785"));
            rows.push(("consumer-org", format!("“{label}{number}”"), "123456785"));
        }
        rows.push((
            "organisation",
            format!("{label}{}", "123456785".chars().map(full_width).collect::<String>()),
            "123456785",
        ));
    }
    let mut wrong = Vec::new();
    for (key, written, expected) in rows {
        let mut profile = profile(Authentication::Key);
        let outcome = set(&mut profile, key, &written);
        let value = match key {
            "client-id" => &profile.client.id,
            "kid" => &profile.client.kid,
            "consumer-org" => &profile.client.consumer_org,
            _ => &profile.business.organisation,
        };
        println!(
            "{key:<14} {:<38} {written:?}",
            value.as_deref().unwrap_or(outcome.err().unwrap_or("none"))
        );
        if value.as_deref() != Some(expected) {
            wrong.push((key, written, outcome, value.clone()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Returns the full-width form of an ASCII character, as some input methods type it.
fn full_width(c: char) -> char {
    match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
        other => other,
    }
}
