//! Files as people have them: kinds of input from public bug reports, each with its neighbours. Every test prints a table
//! with the input, the result and the sentence that the user reads; run it with `--nocapture`.

mod jwk;
pub mod mutations;
mod passwords;
mod pasted;
mod pem_labels;
mod pem_layout;
mod pkcs12;
mod siblings;
mod spoiled;
mod wrappings;

use base64::{Engine, engine::general_purpose::STANDARD};
use klarert::{
    certificate::Finding,
    credential::Opened,
    profile::Authentication,
    text::{Arg, Language, Texts},
};

use super::{PASSWORD, bytes, open_bytes, open_files};

/// Results of a file that opens.
const WITH_CHAIN: &str = "opened, chain of 2";
const ALONE: &str = "opened, chain of 1";
const KEY: &str = "opened, chain of 0";

/// An input and the result that is expected of it.
struct Row<'a> {
    name: String,
    opened: Opened,
    expected: &'a str,
}

fn row<'a>(name: impl Into<String>, content: impl AsRef<[u8]>, expected: &'a str) -> Row<'a> {
    Row {
        name: name.into(),
        opened: open_bytes(content.as_ref(), Some(PASSWORD)),
        expected,
    }
}

fn key_row<'a>(name: impl Into<String>, content: impl AsRef<[u8]>, expected: &'a str) -> Row<'a> {
    Row {
        name: name.into(),
        opened: open_files(&[content.as_ref()], Some(PASSWORD), Authentication::Key),
        expected,
    }
}

/// Returns the result in few words: `opened, chain of 2`, and the findings with the argument that chooses their text.
fn result(opened: &Opened) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(credential) = &opened.credential {
        parts.push(format!("opened, chain of {}", credential.chain().len()));
    }
    parts.extend(opened.findings.iter().map(|finding| {
        let reason = argument(finding, "why").or_else(|| argument(finding, "what"));
        format!(
            "{}{}",
            finding.id.id(),
            reason.map(|reason| format!(" {reason}")).unwrap_or_default()
        )
    }));
    parts.join(", ")
}

fn argument(finding: &Finding, name: &str) -> Option<String> {
    let value = finding.args.iter().find(|(other, _)| *other == name);
    value.and_then(|(_, value)| match value {
        Arg::Text(text) => Some(text.clone()),
        _ => None,
    })
}

/// Prints the rows, and checks their results and that what opened can sign.
fn check(rows: Vec<Row<'_>>) {
    let texts = Texts::new(Language::English);
    let mut wrong = Vec::new();
    for Row { name, opened, expected } in &rows {
        let result = result(opened);
        super::assert_texts(&opened.findings);
        println!("{name:<60} {result}");
        for finding in &opened.findings {
            println!("{:<60}   {}", "", finding.text(&texts));
        }
        if result != *expected {
            wrong.push(format!("{name}: {result}, expected {expected}"));
        }
        if let Some(credential) = &opened.credential {
            assert_eq!(
                credential.public_jwk("a").unwrap().n,
                fixture_modulus(),
                "{name}: another key"
            );
            let chosen = opened.facts.chosen.as_ref().unwrap();
            assert!(
                credential.chain().is_empty() || chosen.key_matches == Some(true),
                "{name}"
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The modulus of the fixtures' authentication key, in base64url.
fn fixture_modulus() -> String {
    numbers()[0].1.clone()
}

/// The numbers of the fixtures' key under their names in a JWK.
pub fn numbers() -> Vec<(&'static str, String)> {
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let pkcs1 = base64_of("key-pkcs1.pem");
    let der = STANDARD.decode(pkcs1).unwrap();
    let (_, mut rest, _) = super::ber::split(&der);
    let mut numbers = Vec::new();
    for name in ["version", "n", "e", "d", "p", "q", "dp", "dq", "qi"] {
        let (_, number, after) = super::ber::split(rest);
        let zeros = number.iter().take_while(|digit| **digit == 0).count();
        numbers.push((name, URL_SAFE_NO_PAD.encode(&number[zeros..])));
        rest = after;
    }
    numbers.split_off(1)
}

/// The text of a fixture.
fn text(name: &str) -> String {
    String::from_utf8(bytes(name)).unwrap()
}

/// The base64 of a PEM fixture with one block, in one line.
fn base64_of(name: &str) -> String {
    let text = text(name);
    text.lines().filter(|line| !line.contains('-')).collect()
}

/// A block of wrapped base64 under a label.
fn block(label: &str, base64: &str) -> String {
    let lines: Vec<&str> = base64
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// The certificate, its authority and the key in PEM.
fn whole_pem() -> String {
    text("auth.pem") + &text("ca.pem") + &text("key-pkcs8.pem")
}
