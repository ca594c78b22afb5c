//! The table: each format that users have, opened or explained. Run with `--nocapture` to see it.

use hmac::{Hmac, KeyInit, Mac};
use klarert::{
    certificate::{Finding, FindingId},
    credential::Opened,
    profile::{Authentication, CertificateFiles},
    text::{Language, Texts},
};
use sha2::Sha256;

use crate::{NORWEGIAN_PASSWORD, PASSWORD, ber, bytes, open_bytes, open_files, told};

const WITH_CHAIN: &str = "opened, chain of 2";
const ALONE: &str = "opened, chain of 1";

/// Each row is shown, so that a reader of the test's output sees what is known.
fn check(rows: Vec<(String, Opened, &str)>) {
    let mut wrong = Vec::new();
    for (name, opened, expected) in rows {
        let told = told(&opened);
        crate::words(&opened.findings);
        println!("{name:<52} {told}");
        if told != expected {
            wrong.push(format!("{name}: {told}, and not {expected}"));
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
fn pkcs12_of_every_writer() {
    let rows = [
        ("openssl-3", PASSWORD, WITH_CHAIN),
        ("openssl-legacy", PASSWORD, WITH_CHAIN),
        ("3des", PASSWORD, WITH_CHAIN),
        ("3des-two-key", PASSWORD, WITH_CHAIN),
        ("rc2-128", PASSWORD, WITH_CHAIN),
        ("aes-128", PASSWORD, WITH_CHAIN),
        ("pbes2-3des", PASSWORD, WITH_CHAIN),
        ("windows", PASSWORD, WITH_CHAIN),
        ("keytool", PASSWORD, WITH_CHAIN),
        ("keytool-legacy", PASSWORD, WITH_CHAIN),
        ("keytool-sha512", PASSWORD, WITH_CHAIN),
        ("several-keys", PASSWORD, WITH_CHAIN),
        ("without-mac", PASSWORD, WITH_CHAIN),
        ("without-chain", PASSWORD, ALONE),
        ("rounds-600000", PASSWORD, WITH_CHAIN),
        ("norwegian", NORWEGIAN_PASSWORD, WITH_CHAIN),
        ("norwegian-legacy", NORWEGIAN_PASSWORD, WITH_CHAIN),
        ("without-key", PASSWORD, "key-missing"),
        ("camellia", PASSWORD, "unsupported"),
        ("rc4", PASSWORD, "unsupported"),
        ("too-many-rounds", PASSWORD, "unsupported"),
    ];
    let rows = rows.map(|(name, words, expected)| {
        let file = format!("{name}.p12");
        (file.clone(), open_bytes(&bytes(&file), Some(words)), expected)
    });
    check(rows.into());
}

#[test]
fn pkcs12_without_a_password_is_not_asked_for_one() {
    let rows = [
        ("empty-password", WITH_CHAIN),
        ("absent-password", ALONE),
        ("open-without-mac", WITH_CHAIN),
        ("openssl-3", "password-needed"),
        ("without-mac", "password-needed"),
    ];
    let rows = rows.map(|(name, expected)| {
        let opened = open_bytes(&bytes(&format!("{name}.p12")), None);
        (format!("{name}.p12, nothing typed"), opened, expected)
    });
    check(rows.into());
}

/// As Buypass delivers: indefinite lengths outside and inside, octet strings in pieces.
#[test]
fn pkcs12_in_ber() {
    let mut rows = Vec::new();
    for name in ["openssl-3", "openssl-legacy", "3des", "windows", "keytool", "norwegian"] {
        let words = if name == "norwegian" {
            NORWEGIAN_PASSWORD
        } else {
            PASSWORD
        };
        let der = bytes(&format!("{name}.p12"));
        let outside = ber::indefinite(&der, 1000);
        rows.push((
            format!("{name} in BER outside"),
            open_bytes(&outside, Some(words)),
            WITH_CHAIN,
        ));
        // The MAC is over the inside as it stands, so that it is made anew.
        let inside = ber::indefinite(ber::parts(&der).0, 64);
        let whole = ber::indefinite(&ber::pkcs12(&inside, words), 48);
        rows.push((
            format!("{name} in BER throughout"),
            open_bytes(&whole, Some(words)),
            WITH_CHAIN,
        ));
        let mut trailed = whole.clone();
        trailed.extend([0, 0, 0]);
        rows.push((
            format!("{name} in BER, bytes after it"),
            open_bytes(&trailed, Some(words)),
            WITH_CHAIN,
        ));
        let wrong = open_bytes(&whole, Some("feil"));
        rows.push((format!("{name} in BER, wrong password"), wrong, "wrong-password"));
        let short = open_bytes(&whole[..whole.len() / 2], Some(words));
        rows.push((format!("{name} in BER, cut short"), short, "damaged"));
    }
    let open = bytes("open-without-mac.p12");
    let (safe, _) = ber::parts(&open);
    // Bags in the clear, their own octets in BER too.
    let clear = ber::indefinite(&ber::pfx(&ber::indefinite(safe, 100), &[]), 100);
    rows.push((
        "open-without-mac in BER".to_owned(),
        open_bytes(&clear, None),
        WITH_CHAIN,
    ));
    check(rows);
}

/// RFC 9579, which OpenSSL writes from 3.4 on: PBKDF2 and HMAC with SHA-256, over the password in UTF-8.
#[test]
fn pkcs12_with_pbmac1() {
    let der = bytes("norwegian.p12");
    let (safe, _) = ber::parts(&der);
    let pbmac1 = |words: &str| {
        let oid = |tail: &[u8]| ber::element(0x06, &[&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d][..], tail].concat());
        let sha256 = ber::element(0x30, &[oid(&[2, 9]), vec![5, 0]].concat());
        let salt = ber::element(0x04, b"saltsalt");
        let pbkdf2 = [salt.clone(), vec![2, 1, 7, 2, 1, 32], sha256.clone()].concat();
        let derivation = ber::element(0x30, &[oid(&[1, 5, 12]), ber::element(0x30, &pbkdf2)].concat());
        let parameters = ber::element(0x30, &[derivation, sha256].concat());
        let algorithm = ber::element(0x30, &[oid(&[1, 5, 14]), parameters].concat());
        let mut key = [0; 32];
        pbkdf2::pbkdf2_hmac::<Sha256>(words.as_bytes(), b"saltsalt", 7, &mut key);
        let mut hmac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        hmac.update(safe);
        let digest = ber::element(0x04, &hmac.finalize().into_bytes());
        let info = ber::element(0x30, &[algorithm, digest].concat());
        let mac = ber::element(0x30, &[info, salt, vec![2, 1, 1]].concat());
        ber::pfx(safe, &mac)
    };
    let right = pbmac1(NORWEGIAN_PASSWORD);
    check(vec![
        (
            "PBMAC1".to_owned(),
            open_bytes(&right, Some(NORWEGIAN_PASSWORD)),
            WITH_CHAIN,
        ),
        (
            "PBMAC1 in BER".to_owned(),
            open_bytes(&ber::indefinite(&right, 999), Some(NORWEGIAN_PASSWORD)),
            WITH_CHAIN,
        ),
        (
            "PBMAC1, wrong password".to_owned(),
            open_bytes(&right, Some("feil")),
            "wrong-password",
        ),
    ]);
}

#[test]
fn pem_in_every_form() {
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
        ("PEM: a character lost", text.replacen("MII", "MI", 1).into(), "damaged"),
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
fn what_is_not_a_certificate_is_named() {
    let texts = Texts::new(Language::English);
    for (name, content, id, word) in [
        (
            "Java key store",
            bytes("java.jks"),
            "not-a-certificate",
            "keytool -importkeystore",
        ),
        (
            "JCEKS",
            b"\xce\xce\xce\xce\0\0\0\x02".to_vec(),
            "not-a-certificate",
            "keytool -importkeystore",
        ),
        ("request", bytes("request.csr"), "not-a-certificate", "(CSR)"),
        ("public key", bytes("public.pem"), "not-a-certificate", "public key"),
        (
            "SSH, public",
            b"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA kari@demo".to_vec(),
            "not-a-certificate",
            "SSH",
        ),
        ("SSH, private", ssh_private(), "not-a-certificate", "SSH"),
        (
            "PuTTY",
            b"PuTTY-User-Key-File-3: ssh-rsa".to_vec(),
            "not-a-certificate",
            "SSH",
        ),
        ("empty", vec![], "not-a-certificate", "is empty"),
        (
            "text",
            b"Dear customer, here is".to_vec(),
            "not-a-certificate",
            "not a certificate in any form",
        ),
        (
            "PDF",
            b"%PDF-1.7\n%\xe2\xe3".to_vec(),
            "not-a-certificate",
            "not a certificate in any form",
        ),
        (
            "JSON",
            b"{\"a\": 1}".to_vec(),
            "not-a-certificate",
            "not a certificate in any form",
        ),
        (
            "public JWK",
            br#"{"kty":"RSA","n":"AQ","e":"AQAB"}"#.to_vec(),
            "not-a-certificate",
            "public key",
        ),
        (
            "too large",
            vec![b'M'; 2 << 20],
            "not-a-certificate",
            "not a certificate in any form",
        ),
        (
            "DER cut short",
            bytes("certificate.der")[..300].to_vec(),
            "damaged",
            "cut short",
        ),
        (
            "p12 cut short",
            bytes("openssl-3.p12")[..2000].to_vec(),
            "damaged",
            "cut short",
        ),
        ("Camellia", bytes("camellia.p12"), "unsupported", "Camellia-256-CBC"),
        ("RC4", bytes("rc4.p12"), "unsupported", "openssl pkcs12 -legacy"),
        (
            "scrypt",
            bytes("pkcs8-scrypt.pem"),
            "unsupported",
            "openssl pkcs8 -topk8",
        ),
    ] {
        let opened = open_bytes(&content, Some(PASSWORD));
        let said: Vec<String> = opened
            .findings
            .iter()
            .map(|one| format!("{} {}", one.text(&texts), one.fix(&texts)))
            .collect();
        println!("{name:<20} {}", said.join(" "));
        crate::words(&opened.findings);
        assert_eq!(told(&opened), id, "{name}");
        assert!(said[0].contains(word), "{name}: {said:?}");
        assert!(opened.credential.is_none());
    }
}

fn ssh_private() -> Vec<u8> {
    b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n".to_vec()
}

/// Four failures that other programs mix up.
#[test]
fn failures_stay_apart() {
    let der = bytes("openssl-3.p12");
    let (safe, _) = ber::parts(&der);
    // The inside broken, and its MAC made anew: damage behind a right password.
    let mut broken = safe.to_vec();
    let middle = broken.len() / 2;
    broken[middle] ^= 0x55;
    let mut outside = der.clone();
    let middle = outside.len() / 2;
    outside[middle] ^= 0x55;
    check(vec![
        (
            "cut short".into(),
            open_bytes(&der[..der.len() - 1], Some(PASSWORD)),
            "damaged",
        ),
        (
            "wrong password".into(),
            open_bytes(&der, Some("Spedisjon")),
            "wrong-password",
        ),
        (
            "damaged, MAC does not match".into(),
            open_bytes(&outside, Some(PASSWORD)),
            "wrong-password",
        ),
        (
            "damaged, MAC matches".into(),
            open_bytes(&ber::pkcs12(&broken, PASSWORD), Some(PASSWORD)),
            "damaged",
        ),
    ]);
    let texts = Texts::new(Language::English);
    let wrong = open_bytes(&der, Some("Spedisjon"));
    let text = wrong.findings[0].text(&texts);
    let (password_at, damaged_at) = (text.find("password").unwrap(), text.find("damaged").unwrap());
    assert!(password_at < damaged_at, "the likelier cause comes first: {text}");
}

#[test]
fn a_registered_key_needs_no_certificate() {
    let as_key = |content: &[u8]| open_files(&[content], Some(PASSWORD), Authentication::Key);
    check(vec![
        (
            "key: PKCS#8".into(),
            as_key(&bytes("key-pkcs8.pem")),
            "opened, chain of 0",
        ),
        (
            "key: PKCS#1".into(),
            as_key(&bytes("key-pkcs1.pem")),
            "opened, chain of 0",
        ),
        (
            "key: locked".into(),
            as_key(&bytes("pkcs8-aes-256.pem")),
            "opened, chain of 0",
        ),
        ("key: DER".into(), as_key(&bytes("key-pkcs8.der")), "opened, chain of 0"),
        (
            "key: in a .p12, with its certificate".into(),
            as_key(&bytes("openssl-3.p12")),
            "opened, chain of 0",
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
fn the_signing_key_is_not_taken_for_the_authentication_key() {
    let opened = open_bytes(&bytes("several-keys.p12"), Some(PASSWORD));
    let chosen = opened.facts.chosen.unwrap();
    assert_eq!(
        format!("{:?}, {:?}", chosen.purpose, opened.facts.others),
        "Authentication, [Signing]"
    );

    let files = CertificateFiles {
        path: Some(crate::fixture("several-keys.p12")),
        ..CertificateFiles::default()
    };
    let password = crate::password(PASSWORD);
    let overruled = klarert::credential::open_picking(&files, None, Authentication::Certificate, Some(&password), 1);
    let chosen = overruled.facts.chosen.unwrap();
    assert_eq!(
        format!("{:?}, {:?}", chosen.purpose, overruled.facts.others),
        "Signing, [Authentication]"
    );
}

#[cfg(unix)]
#[test]
fn a_key_that_others_may_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("open.p12");
    std::fs::copy(crate::fixture("openssl-3.p12"), &path).unwrap();
    let files = CertificateFiles {
        path: Some(path.clone()),
        ..CertificateFiles::default()
    };
    for (mode, warned) in [(0o644, true), (0o666, true), (0o640, false), (0o600, false)] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        let password = crate::password(PASSWORD);
        let opened = klarert::credential::open(&files, None, Authentication::Certificate, Some(&password));
        let found: Vec<_> = opened.findings.iter().map(|finding: &Finding| finding.id).collect();
        let expected = if warned {
            vec![FindingId::FileOpenToOthers]
        } else {
            vec![]
        };
        assert_eq!(found, expected, "{mode:o}");
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    for (path, word) in [
        (crate::fixture("no-such.p12"), "no file no-such.p12"),
        (crate::fixture(""), "is a folder"),
    ] {
        let files = CertificateFiles {
            path: Some(path),
            ..CertificateFiles::default()
        };
        let opened = klarert::credential::open(&files, None, Authentication::Certificate, None);
        assert_eq!(told(&opened), "file-missing");
        let text = opened.findings[0].text(&Texts::new(Language::English));
        assert!(text.contains(word), "{text}");
    }
}
