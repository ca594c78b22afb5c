//! PEM blocks under labels that do not tell their content.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{ALONE, KEY, WITH_CHAIN, base64_of, block, bytes, check, key_row, row, text};

const LABELS: [&str; 12] = [
    "PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "DSA PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "ANY PRIVATE KEY",
    "KEY",
    "PRIVATE-KEY",
    "CERTIFICATE",
    "DATA",
    "PKCS8",
    "PKCS #8",
];

#[test]
fn keys_open_under_any_label() {
    let certificate = text("auth.pem");
    let mut rows = Vec::new();
    for (kind, name) in [
        ("PKCS#8", "key-pkcs8.pem"),
        ("PKCS#1", "key-pkcs1.pem"),
        ("encrypted", "pkcs8-aes-256.pem"),
    ] {
        let base64 = base64_of(name);
        for label in LABELS {
            let content = certificate.clone() + &block(label, &base64);
            rows.push(row(format!("{kind} in BEGIN {label}"), content, ALONE));
        }
    }
    check(rows);
}

#[test]
fn an_encrypted_key_is_never_called_another_key() {
    let certificate = text("auth.pem");
    let base64 = base64_of("pkcs8-aes-256.pem");
    let mut rows = Vec::new();
    for label in ["RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY"] {
        let content = certificate.clone() + &block(label, &base64);
        let opened = |password| super::open_bytes(content.as_bytes(), password);
        for (name, password, expected) in [
            ("nothing typed", None, "password-needed"),
            ("wrong password", Some("feil"), "wrong-password"),
        ] {
            rows.push(super::Row {
                name: format!("encrypted in BEGIN {label}, {name}"),
                opened: opened(password),
                expected,
            });
        }
    }
    check(rows);
}

#[test]
fn certificates_open_under_any_label() {
    let key = text("key-pkcs8.pem");
    let leaf = base64_of("auth.pem");
    let mut rows = Vec::new();
    for label in [
        "CERTIFICATE",
        "X509 CERTIFICATE",
        "X.509 CERTIFICATE",
        "TRUSTED CERTIFICATE",
        "CERTIFICATE CHAIN",
        "USER CERTIFICATE",
        "CERT",
        "PUBLIC CERTIFICATE",
        "PKCS7",
    ] {
        rows.push(row(
            format!("certificate in BEGIN {label}"),
            key.clone() + &block(label, &leaf),
            ALONE,
        ));
    }
    // OpenSSL appends its own data to a trusted certificate.
    let mut trusted = STANDARD.decode(&leaf).unwrap();
    trusted.extend([0x30, 0x0a, 0x30, 0x08, 6, 6, 0x2b, 6, 1, 5, 5, 7]);
    rows.push(row(
        "TRUSTED CERTIFICATE with OpenSSL's data",
        key.clone() + &block("TRUSTED CERTIFICATE", &STANDARD.encode(trusted)),
        ALONE,
    ));
    let both = [bytes("certificate.der"), STANDARD.decode(base64_of("ca.pem")).unwrap()];
    rows.push(row(
        "two certificates in one block",
        key.clone() + &block("CERTIFICATE", &STANDARD.encode(both.concat())),
        WITH_CHAIN,
    ));
    rows.push(row(
        "CERTIFICATE CHAIN as a sequence",
        key.clone()
            + &block(
                "CERTIFICATE CHAIN",
                &STANDARD.encode(super::super::ber::element(0x30, &both.concat())),
            ),
        WITH_CHAIN,
    ));
    check(rows);
}

#[test]
fn containers_open_under_any_label() {
    let chain = base64_of("chain.p7b");
    let pair = text("auth.pem") + &text("key-pkcs8.pem");
    let store = STANDARD.encode(bytes("one-round.p12"));
    let mut rows = Vec::new();
    for label in [
        "CERTIFICATE",
        "PKCS7",
        "CMS",
        "PKCS #7 SIGNED DATA",
        "CERTIFICATE CHAIN",
        "X509 CERTIFICATE",
        "PKCS7 CERTIFICATE",
    ] {
        rows.push(row(
            format!("PKCS#7 in BEGIN {label}"),
            pair.clone() + &block(label, &chain),
            WITH_CHAIN,
        ));
    }
    for label in ["CERTIFICATE", "PKCS12", "PFX", "PRIVATE KEY", "CMS"] {
        rows.push(row(
            format!("PKCS#12 in BEGIN {label}"),
            block(label, &store),
            WITH_CHAIN,
        ));
    }
    // certutil -encode of a base64 file.
    let twice = STANDARD.encode(STANDARD.encode(bytes("one-round.p12")));
    rows.push(row(
        "PKCS#12 in base64 in BEGIN CERTIFICATE",
        block("CERTIFICATE", &twice),
        WITH_CHAIN,
    ));
    let pem = STANDARD.encode(super::whole_pem());
    rows.push(row("PEM in BEGIN CERTIFICATE", block("CERTIFICATE", &pem), WITH_CHAIN));
    check(rows);
}

#[test]
fn other_content_is_named_by_what_it_is() {
    let key = text("key-pkcs8.pem");
    let ec = base64_of("ec.pem");
    let parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    check(vec![
        row(
            "request in BEGIN CERTIFICATE",
            block("CERTIFICATE", &base64_of("request.csr")),
            "not-a-certificate csr",
        ),
        row(
            "public key in BEGIN CERTIFICATE",
            block("CERTIFICATE", &base64_of("public.pem")),
            "not-a-certificate public-key",
        ),
        row(
            "public key in BEGIN PRIVATE KEY",
            block("PRIVATE KEY", &base64_of("public.pem")),
            "not-a-certificate public-key",
        ),
        row(
            "revocation list in BEGIN CERTIFICATE",
            block("CERTIFICATE", &base64_of("revoked.crl")),
            "not-a-certificate crl",
        ),
        row("revocation list", text("revoked.crl"), "not-a-certificate crl"),
        row(
            "revocation list beside the rest",
            text("revoked.crl") + &super::whole_pem(),
            WITH_CHAIN,
        ),
        row(
            "request beside the rest",
            text("request.csr") + &super::whole_pem(),
            WITH_CHAIN,
        ),
        row(
            "EC parameters beside the rest",
            parameters.to_owned() + &super::whole_pem(),
            WITH_CHAIN,
        ),
        key_row("EC key beside an RSA key", block("PRIVATE KEY", &ec) + &key, KEY),
        key_row("EC key in BEGIN RSA PRIVATE KEY", block("RSA PRIVATE KEY", &ec), ""),
        row(
            "SSH key",
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
            "not-a-certificate ssh-key",
        ),
        row(
            "PGP key",
            "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBF\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----\n",
            "not-a-certificate pgp",
        ),
        row(
            "PGP message",
            "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n=abcd\n-----END PGP MESSAGE-----\n",
            "not-a-certificate encrypted",
        ),
    ]);
}
