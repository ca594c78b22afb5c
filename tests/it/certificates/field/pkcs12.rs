//! PKCS#12 of unusual writers, and with more than one password.

use aes::Aes256;
use base64::{Engine, engine::general_purpose::STANDARD};
use cbc::{
    Encryptor,
    cipher::{BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7},
};
use klarert::{
    credential::{Opened, Password, open},
    profile::{Authentication, CertificateFiles},
};

use super::{super::ber, ALONE, KEY, PASSWORD, Row, WITH_CHAIN, bytes, check, row};
use crate::support::home::fixture;

fn open_with(name: &str, passwords: &[&str], authentication: Authentication) -> Opened {
    let files = CertificateFiles {
        path: Some(fixture(name)),
        ..CertificateFiles::default()
    };
    let password = passwords
        .iter()
        .map(|text| Password::new((*text).to_owned().into()))
        .reduce(Password::or);
    let mut opened = open(&files, None, authentication, password.as_ref());
    // The fixtures may be readable by others.
    opened
        .findings
        .retain(|finding| finding.id != klarert::certificate::FindingId::FileOpenToOthers);
    opened
}

#[test]
fn a_key_with_its_own_password_is_named_and_opened_with_it() {
    let own = "own-key-password.p12";
    let two = "two-key-passwords.p12";
    let certificate = Authentication::Certificate;
    let mut rows = Vec::new();
    for (name, file, passwords, authentication, expected) in [
        (
            "the store's password",
            own,
            &["butikk"][..],
            certificate,
            "key-password-needed",
        ),
        ("the key's password", own, &["spedisjon"], certificate, "wrong-password"),
        (
            "both, the store's first",
            own,
            &["butikk", "spedisjon"],
            certificate,
            WITH_CHAIN,
        ),
        (
            "both, the key's first",
            own,
            &["spedisjon", "butikk"],
            certificate,
            WITH_CHAIN,
        ),
        (
            "both and a wrong one",
            own,
            &["feil", "butikk", "spedisjon"],
            certificate,
            WITH_CHAIN,
        ),
        (
            "both, registered key",
            own,
            &["butikk", "spedisjon"],
            Authentication::Key,
            KEY,
        ),
        ("nothing typed", own, &[], certificate, "password-needed"),
        (
            "two keys, both passwords",
            two,
            &["butikk", "spedisjon"],
            certificate,
            WITH_CHAIN,
        ),
    ] {
        rows.push(Row {
            name: format!("own password: {name}"),
            opened: open_with(file, passwords, authentication),
            expected,
        });
    }
    check(rows);
    // The store's password opens the key for signing: that is used, and the other key is named.
    let opened = open_with(two, &["butikk"], certificate);
    assert_eq!(super::result(&opened), "opened, chain of 2, key-locked key");
}

/// The attribute that a key and its certificate have in common, up to its value (RFC 2985 §5.5.2).
const LOCAL_KEY_ID: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 0x15, 0x31];
/// `pkcs8ShroudedKeyBag` (RFC 7292 §4.2).
const KEY_BAG: &[u8] = &[0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 0x0c, 0x0a, 1, 2];

/// Returns where each `pattern` in the bytes ends.
fn ends_of(pattern: &[u8], bytes: &[u8]) -> Vec<usize> {
    let windows = bytes.windows(pattern.len()).enumerate();
    let found = windows.filter(|(_, window)| *window == pattern);
    found.map(|(at, _)| at + pattern.len()).collect()
}

/// Opens a `.p12` with two keys and their certificates, for authentication and for signing, whose content was changed.
fn open_several(change: impl FnOnce(&mut Vec<u8>), pick: Option<u16>) -> (String, Option<String>) {
    let original = bytes("several-keys.p12");
    let mut safe = ber::parts(&original).0.to_vec();
    change(&mut safe);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("several.p12");
    super::super::write_private(&path, &ber::pkcs12(&safe, PASSWORD));
    let files = CertificateFiles {
        path: Some(path),
        pick,
        ..CertificateFiles::default()
    };
    let password = Password::new(PASSWORD.to_owned().into());
    let opened = open(&files, None, Authentication::Certificate, Some(&password));
    let thumbprint = opened.credential.as_ref().map(|key| key.thumbprint().unwrap());
    (super::result(&opened), thumbprint)
}

#[test]
fn only_the_key_of_the_certificate_in_use_is_decrypted() {
    let (first, second) = (open_several(|_| {}, None), open_several(|_| {}, Some(2)));
    assert_eq!([&first.0, &second.0], [WITH_CHAIN; 2]);
    assert_ne!(first.1, second.1);
    let damage = |key: usize| {
        move |safe: &mut Vec<u8>| {
            // `[0]`, the sequence, the algorithm, and the octets of the key.
            let bag = ends_of(KEY_BAG, safe)[key];
            let (_, sequence, _) = ber::split(&safe[bag..]);
            let (_, fields, _) = ber::split(sequence);
            let (_, _, encrypted) = ber::split(fields);
            let last = encrypted.as_ptr_range().end as usize - safe.as_ptr() as usize - 1;
            safe[last] ^= 1;
        }
    };
    let results = |pick| [0, 1].map(|key| open_several(damage(key), pick));
    let locked = "opened, chain of 2, key-locked key";
    for pick in [None, Some(1)] {
        let mut results = results(pick);
        results.sort_unstable();
        // The key that is not in use is not decrypted. Without the key that is, the other certificate is used.
        let expected = [
            (WITH_CHAIN.to_owned(), first.1.clone()),
            (locked.to_owned(), second.1.clone()),
        ];
        assert_eq!(results, expected, "{pick:?}");
    }
    assert!(results(Some(2)).contains(&second));
}

#[test]
fn keys_are_matched_by_their_numbers_and_not_by_what_the_file_claims() {
    let (first, second) = (open_several(|_| {}, None), open_several(|_| {}, Some(2)));
    let values = |safe: &[u8]| {
        let ends = ends_of(LOCAL_KEY_ID, safe);
        // The lengths of the set and of the octets, and the octets.
        ends.into_iter()
            .map(|end| end + 3..end + 1 + usize::from(safe[end]))
            .collect::<Vec<_>>()
    };
    let swap = |safe: &mut Vec<u8>| {
        let [one, other] = values(safe).try_into().unwrap();
        let kept = safe[one.clone()].to_vec();
        assert_ne!(safe[other.clone()], kept);
        safe.copy_within(other.clone(), one.start);
        safe[other].copy_from_slice(&kept);
    };
    let equal = |safe: &mut Vec<u8>| {
        let [one, other] = values(safe).try_into().unwrap();
        safe.copy_within(other, one.start);
    };
    let unknown = |safe: &mut Vec<u8>| {
        for value in values(safe) {
            safe[value].fill(0);
        }
    };
    for (pick, expected) in [(None, &first), (Some(1), &first), (Some(2), &second)] {
        assert_eq!(&open_several(swap, pick), expected, "swapped, {pick:?}");
        assert_eq!(&open_several(equal, pick), expected, "equal, {pick:?}");
        assert_eq!(&open_several(unknown, pick), expected, "unknown, {pick:?}");
    }
}

#[test]
fn unusual_algorithms_open_or_are_named() {
    let certificate = bytes("auth.pem");
    let with = |name: &str| [bytes(name), certificate.clone()].concat();
    check(vec![
        row("PBES2 with RC2, 128 bits", with("pkcs8-rc2-cbc.pem"), ALONE),
        row("PBES2 with RC2, 40 bits", with("pkcs8-rc2-40-cbc.pem"), ALONE),
        row("PBES2 with RC2, 64 bits", with("pkcs8-rc2-64-cbc.pem"), ALONE),
        row("PBES2 with scrypt", with("pkcs8-scrypt.pem"), "unsupported algorithm"),
        row(
            "MAC with SHA3-256",
            bytes("sha3-mac.p12"),
            "opened, chain of 2, mac-not-verified",
        ),
        row(
            "MAC of an unknown algorithm",
            unknown_mac(),
            "opened, chain of 2, mac-not-verified",
        ),
        row("RC4", bytes("rc4.p12"), "unsupported algorithm"),
        row("Camellia", bytes("camellia.p12"), "unsupported algorithm"),
        row(
            "too many iterations",
            bytes("too-many-rounds.p12"),
            "unsupported iterations",
        ),
    ]);
    let wrong = super::open_bytes(&bytes("sha3-mac.p12"), Some("feil"));
    assert_eq!(super::result(&wrong), "wrong-password");
}

/// A file whose MAC names an unknown algorithm.
fn unknown_mac() -> Vec<u8> {
    let original = bytes("one-round.p12");
    let (safe, _) = ber::parts(&original);
    let algorithm = ber::element(0x30, &ber::oid("1.3.6.1.4.1.99999.1"));
    let info = ber::element(0x30, &[algorithm, ber::element(4, &[1; 20])].concat());
    let mac = ber::element(0x30, &[info, ber::element(4, &[2; 8])].concat());
    ber::pfx(safe, &mac)
}

/// NSS before 3.34 gave PBES2 the password in UTF-16, as the older schemes of PKCS#12 take it.
#[test]
fn pbes2_of_old_nss_opens() {
    let utf16: Vec<u8> = PASSWORD.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect();
    let key = STANDARD.decode(super::base64_of("key-pkcs8.pem")).unwrap();
    let bag = |kind: &str, value: Vec<u8>| ber::element(0x30, &[ber::oid(kind), ber::element(0xa0, &value)].concat());
    let certificate = ber::element(
        0x30,
        &[
            ber::oid("1.2.840.113549.1.9.22.1"),
            ber::element(0xa0, &ber::element(4, &bytes("certificate.der"))),
        ]
        .concat(),
    );
    let bags = [
        bag("1.2.840.113549.1.12.10.1.2", encrypted(&key, &utf16)),
        bag("1.2.840.113549.1.12.10.1.3", certificate),
    ];
    let data = ber::element(4, &ber::element(0x30, &bags.concat()));
    let content = ber::element(
        0x30,
        &[ber::oid("1.2.840.113549.1.7.1"), ber::element(0xa0, &data)].concat(),
    );
    let store = ber::pkcs12(&ber::element(0x30, &content), PASSWORD);
    check(vec![row("PBES2 of old NSS", store, ALONE)]);
}

/// An `EncryptedPrivateKeyInfo` with PBES2, PBKDF2 with SHA-1 and AES-256, and those octets as the password.
fn encrypted(plain: &[u8], password: &[u8]) -> Vec<u8> {
    let (salt, iv) = ([7_u8; 8], [9_u8; 16]);
    let mut key = [0; 32];
    pbkdf2::pbkdf2_hmac::<sha1::Sha1>(password, &salt, 100, &mut key);
    let mut buffer = plain.to_vec();
    buffer.resize(plain.len() + 16, 0);
    let encrypted = Encryptor::<Aes256>::new(&key.into(), &iv.into())
        .encrypt_padded::<Pkcs7>(&mut buffer, plain.len())
        .unwrap()
        .to_vec();
    let parameters = ber::element(0x30, &[ber::element(4, &salt), vec![2, 1, 100]].concat());
    let derivation = ber::element(0x30, &[ber::oid("1.2.840.113549.1.5.12"), parameters].concat());
    let cipher = ber::element(
        0x30,
        &[ber::oid("2.16.840.1.101.3.4.1.42"), ber::element(4, &iv)].concat(),
    );
    let pbes2 = ber::element(0x30, &[derivation, cipher].concat());
    let algorithm = ber::element(0x30, &[ber::oid("1.2.840.113549.1.5.13"), pbes2].concat());
    ber::element(0x30, &[algorithm, ber::element(4, &encrypted)].concat())
}
