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
