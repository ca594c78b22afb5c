//! Passwords as shells, editors and keyboards hand them over.

use std::{
    ffi::OsStr,
    io::Write,
    process::{Command, Stdio},
};

use klarert::{
    credential::{Password, open},
    profile::{Authentication, CertificateFiles},
};

use super::{super::NORWEGIAN_PASSWORD, Row, WITH_CHAIN, check};
use crate::support::home::fixture;

/// The password of the fixtures in decomposed letters (NFD), as macOS may hand it over.
const DECOMPOSED: &str = "bla\u{30a}bærsyltetøy";

fn opened<'a>(name: &str, password: Password, expected: &'a str) -> [Row<'a>; 2] {
    ["norwegian.p12", "norwegian-legacy.p12"].map(|file| {
        let files = CertificateFiles {
            path: Some(fixture(file)),
            ..CertificateFiles::default()
        };
        let mut opened = open(&files, None, Authentication::Certificate, Some(&password));
        // The fixtures may be readable by others.
        opened
            .findings
            .retain(|finding| finding.id != klarert::certificate::FindingId::FileOpenToOthers);
        Row {
            name: format!("{file}: {name}"),
            opened,
            expected,
        }
    })
}

#[test]
fn passwords_fit_in_every_encoding() {
    let utf16 = |mark: &str, end: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("{mark}{NORWEGIAN_PASSWORD}{end}")
            .encode_utf16()
            .flat_map(unit)
            .collect()
    };
    let mut rows = Vec::new();
    for (name, bytes) in [
        ("UTF-8", NORWEGIAN_PASSWORD.as_bytes().to_vec()),
        ("a line feed", format!("{NORWEGIAN_PASSWORD}\n").into_bytes()),
        ("CR LF", format!("{NORWEGIAN_PASSWORD}\r\n").into_bytes()),
        ("a carriage return", format!("{NORWEGIAN_PASSWORD}\r").into_bytes()),
        (
            "a byte-order mark",
            format!("\u{feff}{NORWEGIAN_PASSWORD}\n").into_bytes(),
        ),
        ("UTF-16 with a mark", utf16("\u{feff}", "\r\n", u16::to_le_bytes)),
        ("UTF-16, big-endian", utf16("\u{feff}", "\n", u16::to_be_bytes)),
        ("UTF-16 without a mark", utf16("", "\r\n", u16::to_le_bytes)),
        ("Latin-1", b"bl\xe5b\xe6rsyltet\xf8y\n".to_vec()),
        ("code page 850", b"bl\x86b\x91rsyltet\x9by\r\n".to_vec()),
        ("decomposed", DECOMPOSED.as_bytes().to_vec()),
    ] {
        rows.extend(opened(name, Password::from_bytes(&bytes), WITH_CHAIN));
    }
    check(rows);
}

/// Runs `klarert certificate` with bytes on standard input or in the variable, and returns whether the file opened.
fn command(input: &[u8], variable: Option<&OsStr>, file: &str) -> (bool, serde_json::Value) {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_klarert"));
    command
        .env("KLARERT_HOME", home.path())
        .args(["certificate", "--json"])
        .arg(fixture(file));
    match variable {
        Some(value) => command.env("KLARERT_PASSWORD", value),
        None => command.arg("--password-stdin"),
    };
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    (json["chosen"]["key_matches"] == true, json)
}

#[test]
fn the_command_line_takes_passwords_in_every_encoding() {
    let utf16: Vec<u8> = format!("\u{feff}{NORWEGIAN_PASSWORD}\r\n")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, input) in [
        ("UTF-8", NORWEGIAN_PASSWORD.as_bytes().to_vec()),
        (
            "byte-order mark",
            format!("\u{feff}{NORWEGIAN_PASSWORD}\n").into_bytes(),
        ),
        ("UTF-16", utf16),
        ("Latin-1", b"bl\xe5b\xe6rsyltet\xf8y\n".to_vec()),
        ("blank after", format!("{NORWEGIAN_PASSWORD} \r\n").into_bytes()),
        ("decomposed", DECOMPOSED.as_bytes().to_vec()),
    ] {
        let (opened, json) = command(&input, None, "norwegian.p12");
        println!("--password-stdin, {name:<20} {}", json["findings"]);
        assert!(opened, "{name}: {json}");
    }
    let (opened, json) = command(b"butikk\nspedisjon\n", None, "own-key-password.p12");
    assert!(opened, "{json}");
    let (opened, json) = command(b"butikk\n", None, "own-key-password.p12");
    assert!(!opened && json["findings"][0]["id"] == "key-password-needed", "{json}");
    let (opened, json) = command(b"\xff\x00\x80", None, "norwegian.p12");
    assert!(!opened && json["findings"][0]["id"] == "wrong-password", "{json}");
}

#[cfg(unix)]
#[test]
fn the_variable_takes_passwords_in_every_encoding() {
    use std::os::unix::ffi::OsStrExt;
    for (name, value) in [
        ("UTF-8", NORWEGIAN_PASSWORD.as_bytes().to_vec()),
        ("a line feed", format!("{NORWEGIAN_PASSWORD}\n").into_bytes()),
        ("CR LF", format!("{NORWEGIAN_PASSWORD}\r\n").into_bytes()),
        (
            "a byte-order mark",
            format!("\u{feff}{NORWEGIAN_PASSWORD}").into_bytes(),
        ),
        ("Latin-1", b"bl\xe5b\xe6rsyltet\xf8y".to_vec()),
    ] {
        let (opened, json) = command(b"", Some(OsStr::from_bytes(&value)), "norwegian.p12");
        println!("KLARERT_PASSWORD, {name:<20} {}", json["findings"]);
        assert!(opened, "{name}: {json}");
    }
}

#[test]
fn blanks_around_a_password_are_named() {
    let trimmed = "opened, chain of 2, password-trimmed";
    let mut rows = Vec::new();
    for (name, entered) in [
        ("a blank after", format!("{NORWEGIAN_PASSWORD} ")),
        ("a no-break space after", format!("{NORWEGIAN_PASSWORD}\u{a0}")),
        ("a tab after", format!("{NORWEGIAN_PASSWORD}\t")),
        ("a blank before", format!(" {NORWEGIAN_PASSWORD}")),
        ("a zero-width space after", format!("{NORWEGIAN_PASSWORD}\u{200b}")),
        ("a blank after, decomposed", format!("{DECOMPOSED} ")),
    ] {
        rows.extend(opened(name, Password::new(entered.into()), trimmed));
    }
    rows.extend(opened(
        "another",
        Password::new("blabersyltetoy ".to_owned().into()),
        "wrong-password",
    ));
    check(rows);
}

#[test]
fn the_spelling_of_a_password_fits_all_parts() {
    let rows = ["norwegian-misread.p12", "norwegian-code-page-850.p12"].map(|file| {
        let open = |text: &str| super::super::open_bytes(&super::bytes(file), Some(text));
        assert_eq!(super::result(&open("blåbærsyltetøy2")), "wrong-password");
        Row {
            name: file.to_owned(),
            opened: open(NORWEGIAN_PASSWORD),
            expected: WITH_CHAIN,
        }
    });
    check(rows.into());
}
