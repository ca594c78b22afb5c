//! PKCS#12 files of every program that writes them, in DER and BER, with and without MAC and password.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{
    NORWEGIAN_PASSWORD, PASSWORD, ber, bytes,
    formats::{ALONE, WITH_CHAIN, check},
    open_bytes,
};

#[test]
fn files_of_every_program_are_opened() {
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
fn a_file_without_a_password_needs_none() {
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

/// Buypass delivers indefinite lengths and octet strings in pieces, outside and inside.
#[test]
fn ber_is_opened_like_der() {
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
        // The MAC is over the encoding of the content, so a new one is needed.
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
    // Bags without encryption, their octets in BER too.
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
fn pbmac1_is_verified() {
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

/// Other programs confuse these four failures.
#[test]
fn damage_and_a_wrong_password_are_told_apart() {
    let der = bytes("openssl-3.p12");
    let (safe, _) = ber::parts(&der);
    // Damaged content with a new MAC: the password is right.
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
            "opened, chain of 1, block-unreadable",
        ),
    ]);
}
