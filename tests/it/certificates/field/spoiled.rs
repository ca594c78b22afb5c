//! Files that were saved or sent as something else, and other files under a certificate's name.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{ALONE, WITH_CHAIN, bytes, check, key_row, row};

#[test]
fn binary_files_open_after_reversible_damage() {
    let mut rows = Vec::new();
    for (kind, content, expected) in [
        ("p12", bytes("one-round.p12"), WITH_CHAIN),
        (
            "BER p12",
            super::super::ber::indefinite(&bytes("one-round.p12"), 64),
            WITH_CHAIN,
        ),
    ] {
        let latin: String = content.iter().map(|byte| char::from(*byte)).collect();
        let wide: Vec<u8> = latin.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let crlf: Vec<u8> = content
            .iter()
            .flat_map(|byte| {
                if *byte == b'\n' {
                    vec![b'\r', b'\n']
                } else {
                    vec![*byte]
                }
            })
            .collect();
        for (name, spoiled) in [
            ("a line feed before it", [b"\n", &content[..]].concat()),
            ("CR LF before it", [b"\r\n", &content[..]].concat()),
            ("blanks before it", [b"  \t", &content[..]].concat()),
            ("a byte-order mark before it", [b"\xef\xbb\xbf", &content[..]].concat()),
            ("a UTF-16 mark before it", [b"\xff\xfe", &content[..]].concat()),
            ("zero bytes before it", [&[0; 4], &content[..]].concat()),
            (
                "an HTTP header before it",
                [
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/x-pkcs12\r\n\r\n",
                    &content[..],
                ]
                .concat(),
            ),
            (
                "a form's part around it",
                [
                    b"--x\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n",
                    &content[..],
                    b"\r\n--x--\r\n",
                ]
                .concat(),
            ),
            ("a line feed after it", [&content[..], b"\n"].concat()),
            ("zero bytes after it", [&content[..], &[0; 200]].concat()),
            ("Latin-1 saved as UTF-8", latin.clone().into_bytes()),
            ("Latin-1 saved as UTF-16", wide.clone()),
            ("Latin-1 saved as UTF-16 with a mark", [b"\xff\xfe", &wide[..]].concat()),
            ("LF became CR LF", crlf),
        ] {
            rows.push(row(format!("{kind}, {name}"), spoiled, expected));
        }
    }
    let der = bytes("key-pkcs8.der");
    let latin: String = der.iter().map(|byte| char::from(*byte)).collect();
    rows.push(key_row(
        "DER key, a line feed before it",
        [b"\n", &der[..]].concat(),
        super::KEY,
    ));
    rows.push(key_row("DER key, Latin-1 saved as UTF-8", latin, super::KEY));
    let certificates = [bytes("certificate.der"), der].concat();
    rows.push(row(
        "certificate and key in DER, one after the other",
        certificates,
        ALONE,
    ));
    check(rows);
}

#[test]
fn lost_bytes_are_named_with_the_reason() {
    let mut rows = Vec::new();
    for (kind, content) in [
        ("p12", bytes("openssl-3.p12")),
        ("old p12", bytes("openssl-legacy.p12")),
        ("certificate", bytes("certificate.der")),
        ("key", bytes("key-pkcs8.der")),
    ] {
        let replaced = String::from_utf8_lossy(&content).into_owned();
        let asked: Vec<u8> = content
            .iter()
            .map(|byte| if byte.is_ascii() { *byte } else { b'?' })
            .collect();
        let utf16: Vec<u8> = replaced.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let stop = "damaged saved-as-text";
        rows.push(row(format!("{kind} saved as UTF-8"), &replaced, stop));
        rows.push(row(
            format!("{kind} saved as UTF-8 with a mark"),
            format!("\u{feff}{replaced}"),
            stop,
        ));
        rows.push(row(format!("{kind} saved as ASCII"), asked, stop));
        rows.push(row(format!("{kind} saved as UTF-16"), utf16, stop));
        rows.push(row(
            format!("{kind} saved as UTF-8, in base64"),
            STANDARD.encode(&replaced),
            stop,
        ));
    }
    let without_zeros: Vec<u8> = bytes("openssl-3.p12").into_iter().filter(|byte| *byte != 0).collect();
    rows.push(row(
        "p12 without its zero bytes",
        without_zeros,
        "damaged saved-as-text",
    ));
    check(rows);
}

#[test]
fn other_files_are_named_by_what_they_are() {
    let mut rows = Vec::new();
    for (name, content, what) in [
        (
            "HTML",
            &b"<!DOCTYPE html>\n<html><head><title>Logg inn</title>"[..],
            "html",
        ),
        ("HTML, old", b"<HTML><BODY>404</BODY></HTML>", "html"),
        ("HTML after blank lines", b"\n\n  <html lang=\"nb\">", "html"),
        ("HTML after a comment", b"<!-- saved --><html>", "html"),
        ("HTML in UTF-16", b"\xff\xfe<\0h\0t\0m\0l\0>\0", "html"),
        (
            "XML",
            b"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>",
            "xml",
        ),
        ("ZIP", b"PK\x03\x04\x14\0\0\0\x08\0", "archive"),
        ("7-Zip", b"7z\xbc\xaf\x27\x1c\0\x04", "archive"),
        ("gzip", b"\x1f\x8b\x08\0\0\0\0\0", "archive"),
        ("RAR", b"Rar!\x1a\x07\x01\0", "archive"),
        ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "document"),
        ("Outlook message", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "document"),
        ("PNG", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "document"),
        ("JPEG", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "document"),
        (
            "e-mail",
            b"Return-Path: <a@b.no>\nReceived: from c\nSubject: sertifikat\n\nHei",
            "mail",
        ),
        ("Firefox", b"SQLite format 3\0\x10\0\x01\x01", "database"),
        ("macOS keychain", b"kych\0\x01\0\0\0\0\0\x10", "database"),
        ("PVK", b"\x1e\xf1\xb5\xb0\0\0\0\0\x01\0\0\0", "windows-key"),
        ("PRIVATEKEYBLOB", b"\x07\x02\0\0\0\xa4\0\0RSA2\0\x08\0\0", "windows-key"),
        (
            "RSA key in XML",
            b"<RSAKeyValue><Modulus>abc</Modulus></RSAKeyValue>",
            "windows-key",
        ),
        (
            "Git LFS",
            b"version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 3921\n",
            "pointer",
        ),
        ("a shortcut", b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0", "pointer"),
        (
            "an internet shortcut",
            b"[InternetShortcut]\r\nURL=https://a.no/a.p12\r\n",
            "pointer",
        ),
        (
            "macOS companion ._acme.p12",
            b"\0\x05\x16\x07\0\x02\0\0Mac OS X",
            "pointer",
        ),
        ("zero bytes", &[0; 4096], "zeros"),
        ("empty", b"", "empty"),
        ("blank lines", b"\n\n\n", "empty"),
        ("a blank and a line feed", b" \n", "empty"),
        ("a byte-order mark", b"\xef\xbb\xbf", "empty"),
        ("a byte-order mark of UTF-16", b"\xff\xfe", "empty"),
        ("XHTML", b"<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"a\">", "html"),
        ("a script", b"<script>location='/login'</script>", "html"),
        (
            "an error of a store",
            b"<Error><Code>AccessDenied</Code></Error>",
            "xml",
        ),
        ("an object of JavaScript", b"[object Object]", "stringified"),
        ("an array of .NET", b"System.Byte[]\r\n", "stringified"),
        ("GnuPG, a password", b"\x8c\x0d\x04\x09\x03\x02", "encrypted"),
        ("GnuPG, RSA 3072", b"\x85\x01\x8c\x03abcdefgh", "encrypted"),
        ("GnuPG, RSA 4096", b"\x85\x02\x0c\x03abcdefgh", "encrypted"),
        ("GnuPG, elliptic curve", b"\x84\x5e\x03abcdefgh", "encrypted"),
        ("two numbers", b"\x30\x06\x02\x01\x01\x02\x01\x02", "other-der"),
        ("Java key store", b"\xfe\xed\xfe\xed\0\0\0\x02", "jks"),
        ("SSH", b"ssh-rsa AAAAB3NzaC1yc2E kari@acme", "ssh-key"),
        ("DER of another kind", b"\x30\x03\x02\x01\x05", "other-der"),
        ("words", b"Passordet er sendt for seg.", "unknown"),
    ] {
        rows.push((name, content.to_vec(), format!("not-a-certificate {what}")));
    }
    let der = |name: &str| STANDARD.decode(super::base64_of(name)).unwrap();
    rows.push(("CRL in DER", der("revoked.crl"), "not-a-certificate crl".into()));
    rows.push(("request in DER", der("request.csr"), "not-a-certificate csr".into()));
    rows.push((
        "public key in DER",
        der("public.pem"),
        "not-a-certificate public-key".into(),
    ));
    rows.push((
        "p12 cut short",
        bytes("openssl-3.p12")[..1500].to_vec(),
        "damaged cut-short".into(),
    ));
    rows.push((
        "certificate cut short",
        bytes("certificate.der")[..500].to_vec(),
        "damaged cut-short".into(),
    ));
    check(
        rows.iter()
            .map(|(name, content, expected)| row(*name, content, expected))
            .collect(),
    );
}

#[test]
fn bytes_as_numbers_open() {
    let content = bytes("one-round.p12");
    let joined =
        |between: &str, number: fn(&u8) -> String| content.iter().map(number).collect::<Vec<_>>().join(between);
    let decimal = |between| joined(between, |byte| byte.to_string());
    check(vec![
        row("a line for each", decimal("\r\n"), WITH_CHAIN),
        row("an array", format!("[{}]", decimal(", ")), WITH_CHAIN),
        row(
            "a buffer of Node.js",
            format!("{{\"type\":\"Buffer\",\"data\":[{}]}}", decimal(",")),
            WITH_CHAIN,
        ),
        row(
            "xxd -i",
            format!(
                "unsigned char a_p12[] = {{\n  {}\n}};\nunsigned int a_p12_len = {};\n",
                joined(", ", |byte| format!("0x{byte:02x}")),
                content.len()
            ),
            WITH_CHAIN,
        ),
        row(
            "a file of the registry",
            format!(
                "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\a]\r\n\"b\"=hex:{}",
                joined(",", |byte| format!("{byte:02x}"))
            ),
            WITH_CHAIN,
        ),
    ]);
}
