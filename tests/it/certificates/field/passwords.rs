//! Passwords as shells, editors and keyboards hand them over.

use klarert::{
    credential::{Password, open},
    profile::{Authentication, CertificateFiles},
};

use super::{
    super::{NORWEGIAN_PASSWORD, fixture},
    Row, WITH_CHAIN, check,
};

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
        "wrong-password file",
    ));
    check(rows);
}
