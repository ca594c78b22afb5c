//! Each file format that users have, opened or diagnosed. `--nocapture` prints the table.

use base64::{Engine, engine::general_purpose::STANDARD};
use klarert::{
    certificate::{Finding, FindingId, Other, Purpose},
    credential::{Opened, open},
    profile::{Authentication, CertificateFiles},
};

use super::{PASSWORD, bytes, open_bytes, open_files, outcome};
use crate::support::{
    home::fixture,
    texts::{ENGLISH, value},
};

pub const WITH_CHAIN: &str = "opened, chain of 2";
pub const ALONE: &str = "opened, chain of 1";
const KEY_ALONE: &str = "opened, chain of 0";

/// Compares the outcome of each row.
pub fn check(rows: Vec<(String, Opened, &str)>) {
    let mut wrong = Vec::new();
    for (name, opened, expected) in rows {
        let outcome = outcome(&opened);
        super::assert_texts(&opened.findings);
        println!("{name:<52} {outcome}");
        if outcome != expected {
            wrong.push(format!("{name}: {outcome}, not {expected}"));
        }
        if let Some(credential) = &opened.credential {
            assert!(credential.encoding_key().is_ok(), "{name}");
            let chosen = opened.facts.chosen.as_ref().unwrap();
            if !credential.chain().is_empty() {
                assert_eq!(chosen.organisation.as_deref(), Some("NTRNO-123456785"), "{name}");
                assert_eq!(chosen.key_matches, Some(true), "{name}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_form_of_pem_is_read() {
    let mut rows = Vec::new();
    let certificate = bytes("auth.pem");
    let locked = [
        "pkcs8-aes-256",
        "pkcs8-aes-128-sha512",
        "pkcs8-aes-192-sha1",
        "pkcs8-sha224",
        "pkcs8-3des",
        "pkcs8-sha1-3des",
        "pkcs8-sha1-rc2-40",
        "pkcs8-md5-des",
        "old-aes128",
        "old-aes192",
        "old-aes256",
        "old-des3",
        "old-des",
    ];
    for name in locked {
        let key = bytes(&format!("{name}.pem"));
        let both = [&key[..], &certificate].concat();
        rows.push((format!("{name}.pem"), open_bytes(&both, Some(PASSWORD)), ALONE));
        rows.push((
            format!("{name}.pem, wrong password"),
            open_bytes(&both, Some("feil")),
            "wrong-password",
        ));
        rows.push((
            format!("{name}.pem, nothing typed"),
            open_bytes(&both, None),
            "password-needed",
        ));
    }
    let scrypt = [bytes("pkcs8-scrypt.pem"), certificate.clone()].concat();
    rows.push((
        "pkcs8-scrypt.pem".into(),
        open_bytes(&scrypt, Some(PASSWORD)),
        "unsupported",
    ));

    let (pkcs8, pkcs1, ca) = (bytes("key-pkcs8.pem"), bytes("key-pkcs1.pem"), bytes("ca.pem"));
    let all = [&ca[..], &pkcs8, &certificate].concat();
    let text = String::from_utf8(all.clone()).unwrap();
    let utf16 =
        |unit: fn(u16) -> [u8; 2]| -> Vec<u8> { format!("\u{feff}{text}").encode_utf16().flat_map(unit).collect() };
    for (name, content, expected) in [
        ("PEM: authority, key, certificate", all.clone(), WITH_CHAIN),
        ("PEM: PKCS#1", [&certificate[..], &pkcs1].concat(), ALONE),
        ("PEM: Bag Attributes around", bytes("bag-attributes.pem"), WITH_CHAIN),
        ("PEM: Windows line ends", text.replace('\n', "\r\n").into(), WITH_CHAIN),
        (
            "PEM: old Macintosh line ends",
            text.replace('\n', "\r").into(),
            WITH_CHAIN,
        ),
        ("PEM: byte-order mark", format!("\u{feff}{text}").into(), WITH_CHAIN),
        ("PEM: UTF-16 of PowerShell", utf16(u16::to_le_bytes), WITH_CHAIN),
        ("PEM: UTF-16, big-endian", utf16(u16::to_be_bytes), WITH_CHAIN),
        ("PEM: indented", text.replace('\n', "\n   ").into(), WITH_CHAIN),
        (
            "PEM: the certificate twice",
            [&all[..], &certificate].concat(),
            WITH_CHAIN,
        ),
        (
            "PEM: Latin-1 around",
            [b"Bedrift: Bl\xe5b\xe6r\n", &all[..]].concat(),
            WITH_CHAIN,
        ),
        ("PEM: cut short", all[..all.len() - 40].to_vec(), "damaged"),
        (
            "PEM: a character of the authority lost",
            text.replacen("MII", "MI", 1).into(),
            "opened, chain of 1, block-unreadable",
        ),
        ("PEM: certificate only", certificate.clone(), "key-missing"),
        (
            "PEM: another's key",
            [bytes("sign.pem"), pkcs8.clone()].concat(),
            "key-mismatch",
        ),
        ("PEM: key only", pkcs8.clone(), "not-a-certificate"),
    ] {
        rows.push((name.to_owned(), open_bytes(&content, None), expected));
    }

    let in_files = |contents: &[&[u8]]| open_files(contents, None, Authentication::Certificate);
    let (der, key_der, p7b) = (bytes("certificate.der"), bytes("key-pkcs8.der"), bytes("chain.p7b"));
    for (name, opened, expected) in [
        ("DER: certificate only", open_bytes(&der, None), "key-missing"),
        ("DER: certificate, key", in_files(&[&der, &key_der]), ALONE),
        ("certificate, key", in_files(&[&certificate, &pkcs8]), ALONE),
        (
            "certificate, key, chain",
            in_files(&[&certificate, &pkcs8, &ca]),
            WITH_CHAIN,
        ),
        (
            "certificate, key, chain as .p7b",
            in_files(&[&certificate, &pkcs8, &p7b]),
            WITH_CHAIN,
        ),
        (
            "certificate, certificate for a key",
            in_files(&[&certificate, &ca]),
            "key-missing",
        ),
        (
            "certificate, key for a chain",
            in_files(&[&certificate, &pkcs8, &pkcs8]),
            "not-a-certificate",
        ),
    ] {
        rows.push((name.to_owned(), opened, expected));
    }
    check(rows);
}

#[test]
fn a_file_that_is_no_certificate_is_recognised() {
    let unknown = [("what", "unknown")];
    let jks = [("what", "jks")];
    let public_key = [("what", "public-key")];
    let ssh = [("what", "ssh-key")];
    let cut_short = [("what", "cut-short")];
    for (name, content, id, values) in [
        ("Java key store", bytes("java.jks"), "not-a-certificate", jks),
        (
            "JCEKS",
            b"\xce\xce\xce\xce\0\0\0\x02".to_vec(),
            "not-a-certificate",
            jks,
        ),
        ("request", bytes("request.csr"), "not-a-certificate", [("what", "csr")]),
        ("public key", bytes("public.pem"), "not-a-certificate", public_key),
        (
            "SSH, public",
            b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA kari@demo".to_vec(),
            "not-a-certificate",
            ssh,
        ),
        ("SSH, private", ssh_private(), "not-a-certificate", ssh),
        (
            "PuTTY",
            b"PuTTY-User-Key-File-3: ssh-rsa".to_vec(),
            "not-a-certificate",
            ssh,
        ),
        ("empty", vec![], "not-a-certificate", [("what", "empty")]),
        ("text", b"Dear customer, here is".to_vec(), "not-a-certificate", unknown),
        (
            "PDF",
            b"%PDF-1.7\n%\xe2\xe3".to_vec(),
            "not-a-certificate",
            [("what", "document")],
        ),
        ("JSON", b"{\"a\": 1}".to_vec(), "not-a-certificate", [("what", "json")]),
        (
            "public JWK",
            br#"{"kty":"RSA","n":"AQ","e":"AQAB"}"#.to_vec(),
            "not-a-certificate",
            public_key,
        ),
        (
            "too large",
            vec![b'M'; 2 << 20],
            "not-a-certificate",
            [("what", "too-large")],
        ),
        (
            "DER cut short",
            bytes("certificate.der")[..300].to_vec(),
            "damaged",
            cut_short,
        ),
        (
            "p12 cut short",
            bytes("openssl-3.p12")[..2000].to_vec(),
            "damaged",
            cut_short,
        ),
        (
            "Camellia",
            bytes("camellia.p12"),
            "unsupported",
            [("algorithm", "Camellia-256-CBC")],
        ),
        ("RC4", bytes("rc4.p12"), "unsupported", [("format", "pkcs12")]),
        (
            "scrypt",
            bytes("pkcs8-scrypt.pem"),
            "unsupported",
            [("format", "other")],
        ),
    ] {
        let opened = open_bytes(&content, Some(PASSWORD));
        super::assert_texts(&opened.findings);
        assert_eq!(outcome(&opened), id, "{name}");
        for (key, expected) in values {
            assert_eq!(
                value(&opened.findings[0].args, key).as_deref(),
                Some(expected),
                "{name}"
            );
        }
        assert!(opened.credential.is_none());
    }
    // The texts of these name the program that converts the file.
    for (content, command) in [
        (bytes("java.jks"), "keytool -importkeystore"),
        (bytes("rc4.p12"), "openssl pkcs12 -legacy"),
        (bytes("pkcs8-scrypt.pem"), "openssl pkcs8 -topk8"),
        // The new file has the certificate as well.
        (
            [bytes("auth.pem"), bytes("pkcs8-scrypt.pem")].concat(),
            "openssl pkcs12 -export -in",
        ),
        (
            old_seed_key(),
            "openssl pkcs8 -topk8 -v2 aes-256-cbc -provider legacy -provider default -in",
        ),
        (
            [bytes("auth.pem"), old_seed_key()].concat(),
            "openssl pkcs12 -export -provider legacy -provider default -in",
        ),
        (b"\x1e\xf1\xb5\xb0\0\0\0\0".to_vec(), "-inform PVK"),
        (b"\x07\x02\0\0\0\xa4\0\0RSA2".to_vec(), "-inform MSBLOB"),
        (encrypted_message(), "openssl cms -decrypt -inform DER"),
        (
            armoured("CMS", &encrypted_message()),
            "openssl cms -decrypt -inform PEM",
        ),
        (mail(&encrypted_message()), "openssl cms -decrypt -inform SMIME"),
        (b"Salted__12345678abcdefgh".to_vec(), "openssl enc -d -aes-256-cbc"),
        (
            STANDARD
                .encode(b"Salted__12345678abcdefghABCDEFGHabcdefghABCDEFGHabcdefgh")
                .into_bytes(),
            "openssl enc -d -a -aes-256-cbc",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("my \"key\".pem");
        super::write_private(&path, &content);
        let files = CertificateFiles {
            path: Some(path.clone()),
            ..CertificateFiles::default()
        };
        let opened = open(
            &files,
            None,
            Authentication::Certificate,
            Some(&super::password(PASSWORD)),
        );
        let fix = opened.findings[0].fix(&ENGLISH);
        assert!(fix.contains(command), "{fix}");
        // It can be pasted in any folder.
        let path = klarert::profile::command_line::shell_quote(&path.to_string_lossy());
        assert!(fix.contains(&path), "{fix}");
    }
}

fn armoured(label: &str, content: &[u8]) -> Vec<u8> {
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        STANDARD.encode(content)
    )
    .into_bytes()
}

/// A key that OpenSSL encrypted before PKCS#8, with a cipher that only its legacy provider has.
fn old_seed_key() -> Vec<u8> {
    let head = "Proc-Type: 4,ENCRYPTED\nDEK-Info: SEED-CBC,00112233445566778899AABBCCDDEEFF\n";
    format!(
        "-----BEGIN RSA PRIVATE KEY-----\n{head}\n{}\n-----END RSA PRIVATE KEY-----\n",
        STANDARD.encode([7; 96])
    )
    .into_bytes()
}

/// An `EnvelopedData` (RFC 5652 §6), as far as it tells its kind.
fn encrypted_message() -> Vec<u8> {
    let element = super::ber::element;
    let content = element(0x30, &[element(2, &[0]), element(4, &[7; 200])].concat());
    element(
        0x30,
        &[super::ber::oid("1.2.840.113549.1.7.3"), element(0xa0, &content)].concat(),
    )
}

fn mail(content: &[u8]) -> Vec<u8> {
    let head =
        "MIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=\"smime.p7m\"\n";
    format!(
        "{head}Content-Transfer-Encoding: base64\n\n{}\n",
        STANDARD.encode(content)
    )
    .into_bytes()
}

fn ssh_private() -> Vec<u8> {
    b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n".to_vec()
}

#[test]
fn a_registered_key_needs_no_certificate() {
    let as_key = |content: &[u8]| open_files(&[content], Some(PASSWORD), Authentication::Key);
    check(vec![
        ("key: PKCS#8".into(), as_key(&bytes("key-pkcs8.pem")), KEY_ALONE),
        ("key: PKCS#1".into(), as_key(&bytes("key-pkcs1.pem")), KEY_ALONE),
        ("key: locked".into(), as_key(&bytes("pkcs8-aes-256.pem")), KEY_ALONE),
        ("key: DER".into(), as_key(&bytes("key-pkcs8.der")), KEY_ALONE),
        (
            "key: in a .p12, with its certificate".into(),
            as_key(&bytes("openssl-3.p12")),
            KEY_ALONE,
        ),
        (
            "key: certificate only".into(),
            as_key(&bytes("auth.pem")),
            "key-missing",
        ),
        ("key: EC".into(), as_key(&bytes("ec.pem")), ""),
        ("key: Ed25519".into(), as_key(&bytes("ed25519.pem")), ""),
    ]);
    for (name, kind) in [
        ("ec.pem", "EC P-256"),
        ("ed25519.pem", "Ed25519"),
        ("key-pkcs1.pem", "RSA 2048"),
    ] {
        let opened = as_key(&bytes(name));
        assert_eq!(opened.facts.chosen.unwrap().key.to_string(), kind);
    }
}

#[test]
fn the_authentication_certificate_is_chosen_of_several() {
    let opened = open_bytes(&bytes("several-keys.p12"), Some(PASSWORD));
    let chosen = opened.facts.chosen.unwrap();
    let other = |number, purpose| Other { number, purpose };
    assert_eq!(chosen.purpose, Purpose::Authentication);
    assert_eq!(opened.facts.others, [other(2, Purpose::Signing)]);

    let picked = |number| {
        let files = CertificateFiles {
            path: Some(fixture("several-keys.p12")),
            pick: Some(number),
            ..CertificateFiles::default()
        };
        let password = super::password(PASSWORD);
        klarert::credential::open(&files, None, Authentication::Certificate, Some(&password))
    };
    let overruled = picked(2);
    assert_eq!(overruled.facts.chosen.unwrap().purpose, Purpose::Signing);
    assert_eq!(overruled.facts.others, [other(1, Purpose::Authentication)]);
    let is_beyond = |finding: &Finding| finding.id == FindingId::PickBeyond;
    assert!(!overruled.findings.iter().any(is_beyond));
    assert!(picked(3).findings.iter().any(is_beyond));
}

#[cfg(unix)]
#[test]
fn a_key_readable_by_other_users_is_warned_of() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let set_mode = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let path = folder.path().join("open.p12");
    std::fs::copy(fixture("openssl-3.p12"), &path).unwrap();
    let files = CertificateFiles {
        path: Some(path.clone()),
        ..CertificateFiles::default()
    };
    for (folder_mode, mode, warned) in [
        (0o755, 0o644, true),
        (0o711, 0o666, true),
        (0o755, 0o640, false),
        (0o755, 0o602, false),
        (0o755, 0o600, false),
        // Other users cannot enter the folder.
        (0o700, 0o644, false),
        (0o754, 0o644, false),
    ] {
        set_mode(folder.path(), folder_mode);
        set_mode(&path, mode);
        let password = super::password(PASSWORD);
        let opened = klarert::credential::open(&files, None, Authentication::Certificate, Some(&password));
        let found: Vec<_> = opened.findings.iter().map(|finding: &Finding| finding.id).collect();
        let expected = if warned {
            vec![FindingId::FileOpenToOthers]
        } else {
            vec![]
        };
        assert_eq!(found, expected, "{folder_mode:o} {mode:o}");
    }
}

#[test]
fn a_missing_file_and_a_folder_are_told_apart() {
    for (path, why) in [(fixture("no-such.p12"), "not-found"), (fixture(""), "folder")] {
        let files = CertificateFiles {
            path: Some(path),
            ..CertificateFiles::default()
        };
        let opened = klarert::credential::open(&files, None, Authentication::Certificate, None);
        assert_eq!(outcome(&opened), "file-missing");
        assert_eq!(value(&opened.findings[0].args, "why").as_deref(), Some(why));
    }
}
