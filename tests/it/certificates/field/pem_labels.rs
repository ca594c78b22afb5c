//! PEM blocks under labels that do not tell their content.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{ALONE, KEY, WITH_CHAIN, base64_of, block, bytes, check, key_row, row, text};

const LABELS: [&str; 18] = [
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
    "PUBLIC KEY",
    "RSA PUBLIC KEY",
    "CERTIFICATE REQUEST",
    "OPENSSH PRIVATE KEY",
    "PGP PRIVATE KEY BLOCK",
    "TSS2 PRIVATE KEY",
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
        "CERTIFICATE REQUEST",
        "NEW CERTIFICATE REQUEST",
        "PUBLIC KEY",
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
        "CERTIFICATE REQUEST",
    ] {
        rows.push(row(
            format!("PKCS#7 in BEGIN {label}"),
            pair.clone() + &block(label, &chain),
            WITH_CHAIN,
        ));
    }
    for label in [
        "CERTIFICATE",
        "PKCS12",
        "PFX",
        "PRIVATE KEY",
        "CMS",
        "CERTIFICATE REQUEST",
        "PUBLIC KEY",
        "SSH2 PUBLIC KEY",
    ] {
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
            "damaged request beside the rest",
            block("CERTIFICATE REQUEST", &base64_of("request.csr")[..200]) + &super::whole_pem(),
            WITH_CHAIN,
        ),
        row(
            "damaged request",
            block("CERTIFICATE REQUEST", &base64_of("request.csr")[..200]),
            "not-a-certificate csr",
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

#[test]
fn keys_that_are_not_in_the_file_or_must_be_converted_are_named() {
    let certificate = text("auth.pem");
    let element = super::super::ber::element;
    // An `openssh-key-v1` names its ciphers and the type of its public key.
    let name = |name: &[u8]| [&(name.len() as u32).to_be_bytes()[..], name].concat();
    let ssh = |kind: &[u8]| {
        let public = [name(kind), vec![1; 280]].concat();
        let head = [
            &b"openssh-key-v1\0"[..],
            &name(b"none"),
            &name(b"none"),
            &name(b""),
            &[0, 0, 0, 1],
        ]
        .concat();
        let content = [head, name(&public), vec![2; 900]].concat();
        block("OPENSSH PRIVATE KEY", &STANDARD.encode(content))
    };
    let tpm = [
        element(6, &[0x67, 0x81, 5, 10, 1, 3]),
        element(2, &[0x40, 0, 0, 1]),
        element(4, &[7; 250]),
    ];
    let tpm = block("TSS2 PRIVATE KEY", &STANDARD.encode(element(0x30, &tpm.concat())));
    let uri = [
        element(0x1a, b"PKCS#11 Provider URI v1.0"),
        element(0x0c, b"pkcs11:token=acme;object=key"),
    ];
    let uri = block("PKCS#11 PROVIDER URI", &STANDARD.encode(element(0x30, &uri.concat())));
    // Version 1, and one more prime with its two numbers.
    let numbers: Vec<Vec<u8>> = (0..8).map(|_| element(2, &[1; 128])).collect();
    let more = element(
        0x30,
        &element(0x30, &[element(2, &[1; 128]), element(2, &[1; 128])].concat()),
    );
    let primes = element(0x30, &[element(2, &[1]), numbers.concat(), more].concat());
    let primes = block("RSA PRIVATE KEY", &STANDARD.encode(primes));
    for (name, key, what) in [
        ("OpenSSH", ssh(b"ssh-rsa"), "unsupported openssh"),
        ("TPM", tpm, "unsupported hardware"),
        ("PKCS#11", uri, "unsupported hardware"),
        ("three primes", primes, "unsupported many-primes"),
    ] {
        check(vec![
            key_row(format!("{name}, alone"), &key, what),
            row(
                format!("{name}, beside the certificate"),
                certificate.clone() + &key,
                what,
            ),
        ]);
    }
    check(vec![
        row(
            "pkcs11: alone",
            "pkcs11:token=acme;object=key\n",
            "not-a-certificate hardware",
        ),
        key_row("OpenSSH, not RSA", ssh(b"ssh-ed25519"), "not-a-certificate ssh-key"),
    ]);
}
