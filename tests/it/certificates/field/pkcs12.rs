//! PKCS#12 of unusual writers, and with more than one password.

use std::{ops::Range, sync::LazyLock};

use aes::Aes256;
use base64::{Engine, engine::general_purpose::STANDARD};
use cbc::{
    Encryptor,
    cipher::{BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7},
};
use klarert::{
    certificate::{Expectation, Facts, Purpose, Target},
    credential::{FileCache, Opened, Password, open},
    journey::Rules,
    profile::{Authentication, CertificateFiles},
};

use tempfile::TempDir;
use time::OffsetDateTime;

use super::{super::ber, ALONE, KEY, PASSWORD, Row, WITH_CHAIN, bytes, check, row};
use crate::support::home::{fixture, shared_demonstration};

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

/// Returns the content of a `.p12` with the three keys and certificates of the sandbox's business.
fn three_keys() -> &'static Vec<u8> {
    static SAFE: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let sequence = |parts: &[&[u8]]| ber::element(0x30, &parts.concat());
        let explicit = |content: &[u8]| ber::element(0xa0, content);
        let mut bags = Vec::new();
        for number in [1, 2, 3] {
            let files = CertificateFiles {
                path: Some(shared_demonstration().join("demonstration-1/authentication.p12")),
                pick: Some(number),
                ..CertificateFiles::default()
            };
            let password = Password::new("demo-1234".to_owned().into());
            let opened = open(&files, None, Authentication::Certificate, Some(&password));
            let credential = opened.credential.unwrap();
            let id = ber::element(0x31, &ber::element(4, &[number as u8]));
            let attributes = ber::element(0x31, &sequence(&[&ber::oid("1.2.840.113549.1.9.21"), &id]));
            let bag = |kind: &str, value: &[u8]| sequence(&[&ber::oid(kind), &explicit(value), &attributes]);
            let certificate = explicit(&ber::element(4, &credential.chain()[0]));
            let certificate = sequence(&[&ber::oid("1.2.840.113549.1.9.22.1"), &certificate]);
            let key = encrypted(credential.pkcs8(), PASSWORD.as_bytes());
            bags.push(bag("1.2.840.113549.1.12.10.1.2", &key));
            bags.push(bag("1.2.840.113549.1.12.10.1.3", &certificate));
        }
        let data = explicit(&ber::element(4, &ber::element(0x30, &bags.concat())));
        sequence(&[&sequence(&[&ber::oid("1.2.840.113549.1.7.1"), &data])])
    });
    &SAFE
}

/// A `.p12` with three keys and their certificates, whose content was changed.
struct ThreeKeys {
    _folder: TempDir,
    files: CertificateFiles,
}

impl ThreeKeys {
    fn new(change: impl FnOnce(&mut Vec<u8>)) -> ThreeKeys {
        let mut safe = three_keys().clone();
        change(&mut safe);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("three.p12");
        super::super::write_private(&path, &ber::pkcs12(&safe, PASSWORD));
        ThreeKeys {
            _folder: folder,
            files: CertificateFiles {
                path: Some(path),
                ..CertificateFiles::default()
            },
        }
    }

    /// Returns the outcome and the key of opening it, with all keys or for use.
    fn open(&self, pick: Option<u16>, for_use: bool) -> (String, Option<String>) {
        let files = CertificateFiles {
            pick,
            ..self.files.clone()
        };
        let open = match for_use {
            true => FileCache::open_for_use,
            false => FileCache::open,
        };
        let password = Password::new(PASSWORD.to_owned().into());
        let certificate = Authentication::Certificate;
        let opened = open(&FileCache::default(), &files, None, certificate, Some(&password));
        let thumbprint = opened.credential.as_ref().map(|key| key.thumbprint().unwrap());
        (super::result(&opened), thumbprint)
    }
}

/// Changes an octet of the key in one of the bags, so that no password decrypts it.
fn damage_key(safe: &mut [u8], number: usize) {
    // `[0]`, the sequence, the algorithm, and the octets of the key.
    let bag = ends_of(KEY_BAG, safe)[number];
    let (_, sequence, _) = ber::split(&safe[bag..]);
    let (_, fields, _) = ber::split(sequence);
    let (_, _, encrypted) = ber::split(fields);
    let last = encrypted.as_ptr_range().end as usize - safe.as_ptr() as usize - 1;
    safe[last] ^= 1;
}

/// A change of the content of a `.p12`.
type Change = fn(&mut Vec<u8>);

/// Returns where the local key ids of the keys are.
fn local_key_ids(safe: &[u8]) -> Vec<Range<usize>> {
    let ends = ends_of(LOCAL_KEY_ID, safe).into_iter();
    // The lengths of the set and of the octets, and the octets.
    ends.map(|end| end + 3..end + 1 + usize::from(safe[end])).collect()
}

/// The certificate with each number, or that of the lowest number.
const PICKS: [Option<u16>; 5] = [None, Some(1), Some(2), Some(3), Some(4)];

#[test]
fn certificate_for_use_is_the_same_as_with_all_keys() {
    for damaged in [0b000, 0b001, 0b010, 0b100, 0b011] {
        let file = ThreeKeys::new(|safe| {
            for number in (0..3).filter(|number| damaged & (1 << number) != 0) {
                damage_key(safe, number);
            }
        });
        for pick in PICKS {
            let (all, used) = (file.open(pick, false), file.open(pick, true));
            assert_eq!(used.1, all.1, "{pick:?} of {damaged:03b}: {} and {}", used.0, all.0);
        }
    }
}

#[test]
fn key_that_is_not_in_use_is_not_decrypted() {
    let whole = ThreeKeys::new(|_| {});
    let (in_use, key) = whole.open(None, true);
    assert_eq!(in_use, ALONE);
    let damaged: Vec<_> = (0..3)
        .map(|number| ThreeKeys::new(|safe| damage_key(safe, number)))
        .collect();
    let opened = |for_use| damaged.iter().map(move |file| file.open(None, for_use));
    let is_untouched = |opened: &(String, Option<String>)| *opened == (ALONE.to_owned(), key.clone());
    assert_eq!(opened(true).filter(is_untouched).count(), 2);
    assert_eq!(opened(false).filter(is_untouched).count(), 0, "all keys are read");
}

#[test]
fn keys_are_matched_by_their_numbers_and_not_by_what_the_file_claims() {
    let rotate: Change = |safe: &mut Vec<u8>| {
        let ids: Vec<Vec<u8>> = local_key_ids(safe)
            .into_iter()
            .map(|value| safe[value].to_vec())
            .collect();
        for (value, id) in local_key_ids(safe).into_iter().zip(ids.iter().cycle().skip(1)) {
            safe[value].copy_from_slice(id);
        }
    };
    let equal: Change = |safe: &mut Vec<u8>| {
        let first = local_key_ids(safe)[0].clone();
        let id = safe[first].to_vec();
        for value in local_key_ids(safe) {
            safe[value].copy_from_slice(&id);
        }
    };
    let unknown: Change = |safe: &mut Vec<u8>| {
        for value in local_key_ids(safe) {
            safe[value].fill(0);
        }
    };
    let whole = ThreeKeys::new(|_| {});
    for (name, change) in [("rotated", rotate), ("equal", equal), ("unknown", unknown)] {
        let file = ThreeKeys::new(change);
        for pick in PICKS {
            let expected = whole.open(pick, false);
            assert_eq!(file.open(pick, false), expected, "{name}, {pick:?}");
            assert_eq!(file.open(pick, true), expected, "{name}, {pick:?}, for use");
        }
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

/// Another certificate than the most suitable may be the one for the profile, and its key was left.
#[test]
fn key_of_another_choice_is_decrypted_for_the_profile() {
    let file = ThreeKeys::new(|_| {});
    let password = Password::new(PASSWORD.to_owned().into());
    let expected = |organisation: &str| Expectation {
        kind: None,
        rules: Rules::Test,
        target: Target::OwnService,
        organisation: Some(organisation.to_owned()),
        consumer_org: None,
        authentication: Authentication::Certificate,
        overruled: false,
        key_ends: None,
        now: OffsetDateTime::now_utc(),
    };
    let certificate = Authentication::Certificate;
    let mut opened = FileCache::default().open_for_use(&file.files, None, certificate, Some(&password));
    let own = opened.facts.chosen.as_ref().unwrap().organisation.clone().unwrap();
    // As if only the certificate for signing were of the business.
    let is_signing = |facts: &Facts| facts.chosen.as_ref().unwrap().purpose == Purpose::Signing;
    assert!(!opened.choose(|facts| expected(if is_signing(facts) { &own } else { "987654325" })));
    let opened = FileCache::default().open_for_profile(&file.files, &expected(&own), Some(&password));
    assert!(opened.credential.is_some());
}
