//! Proxies and root certificates as companies hand them out: understood, or named as not understood.

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    path::Path,
    thread,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use klarert::{diagnosis::TransportError, http::read_ca_file};

use crate::support::{
    home::{Home, exit_code, fixture, stdout},
    texts::english_with,
};

/// Returns the roots in a file, or the reason why there are none.
fn outcome(path: &Path) -> String {
    match read_ca_file(path) {
        Ok(roots) => match roots.unreadable {
            0 => format!("{} roots", roots.certificates.len()),
            unreadable => format!("{} roots, {unreadable} unreadable", roots.certificates.len()),
        },
        Err(TransportError::CaFile { why, .. }) => why.to_owned(),
        Err(other) => format!("{other:?}"),
    }
}

#[test]
fn root_certificates_are_read_in_every_form() {
    let bytes = |name: &str| fs::read(fixture(name)).unwrap();
    let text = |name: &str| String::from_utf8(bytes(name)).unwrap();
    let (ca, leaf) = (text("ca.pem"), text("auth.pem"));
    let base64: String = ca.lines().filter(|line| !line.contains('-')).collect();
    let der = STANDARD.decode(&base64).unwrap();
    let block = |label: &str, bytes: &[u8]| {
        format!(
            "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
            STANDARD.encode(bytes)
        )
    };
    let wide = |text: &str| -> Vec<u8> {
        format!("\u{feff}{text}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect()
    };
    // OpenSSL adds the trusted purposes after the certificate.
    let trusted = [&der[..], &[0x30, 0x0c, 0x30, 0x0a, 6, 8, 0x2b, 6, 1, 5, 5, 7, 3, 1]].concat();
    let other = text("chain.p7b");
    let rows: Vec<(&str, Vec<u8>, &str)> = vec![
        ("PEM", ca.clone().into_bytes(), "1 roots"),
        ("DER", der.clone(), "1 roots"),
        ("PKCS#7 in PEM", other.clone().into_bytes(), "1 roots"),
        (
            "PKCS#7 in DER",
            STANDARD
                .decode(other.lines().filter(|line| !line.contains('-')).collect::<String>())
                .unwrap(),
            "1 roots",
        ),
        (
            "PKCS#7 under CERTIFICATE",
            block(
                "CERTIFICATE",
                &STANDARD
                    .decode(other.lines().filter(|line| !line.contains('-')).collect::<String>())
                    .unwrap(),
            )
            .into_bytes(),
            "1 roots",
        ),
        (
            "TRUSTED CERTIFICATE",
            block("TRUSTED CERTIFICATE", &trusted).into_bytes(),
            "1 roots",
        ),
        (
            "X509 CERTIFICATE",
            block("X509 CERTIFICATE", &der).into_bytes(),
            "1 roots",
        ),
        ("UTF-16", wide(&ca), "1 roots"),
        ("byte-order mark", format!("\u{feff}{ca}").into_bytes(), "1 roots"),
        ("CR LF", ca.replace('\n', "\r\n").into_bytes(), "1 roots"),
        ("CR", ca.replace('\n', "\r").into_bytes(), "1 roots"),
        (
            "text around it",
            format!("Our root, 2026:\n\n subject=CN=Demo\n{ca}\nThanks\n").into_bytes(),
            "1 roots",
        ),
        (
            "two roots glued together",
            format!("{}{}", ca.trim_end(), ca).into_bytes(),
            "2 roots",
        ),
        ("base64 without markers", base64.clone().into_bytes(), "1 roots"),
        ("a .pfx without a password", bytes("without-mac.p12"), "1 roots"),
        ("a .pfx with a password", bytes("openssl-3.p12"), "locked"),
        ("root and server", format!("{leaf}{ca}").into_bytes(), "1 roots"),
        ("server only", leaf.clone().into_bytes(), "leaf"),
        (
            "root and a damaged block",
            format!("{ca}{}", block("CERTIFICATE", &der[..der.len() - 40])).into_bytes(),
            "1 roots, 1 unreadable",
        ),
        (
            "a damaged block",
            block("CERTIFICATE", &der[..der.len() - 40]).into_bytes(),
            "damaged",
        ),
        ("a key", bytes("key-pkcs8.pem"), "key"),
        ("a request", bytes("request.csr"), "csr"),
        ("a revocation list", bytes("revoked.crl"), "crl"),
        ("a Java key store", bytes("java.jks"), "jks"),
        (
            "a web page",
            b"<!DOCTYPE html><html><title>Log in</title></html>".to_vec(),
            "html",
        ),
        ("ZIP", b"PK\x03\x04 and more".to_vec(), "archive"),
        ("nothing", Vec::new(), "empty"),
        ("other text", b"no certificate here".to_vec(), "none"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for (name, content, expected) in rows {
        let path = folder.path().join("root");
        fs::write(&path, content).unwrap();
        println!("{name:<30} {}", outcome(&path));
        if outcome(&path) != expected {
            wrong.push(format!("{name}: {}, expected {expected}", outcome(&path)));
        }
    }
    let roots = folder.path().join("roots");
    fs::create_dir(&roots).unwrap();
    assert_eq!(outcome(&roots), "folder");
    fs::write(roots.join("a.pem"), &ca).unwrap();
    fs::write(roots.join("b.der"), &der).unwrap();
    fs::write(roots.join("README"), "our roots").unwrap();
    assert_eq!(outcome(&roots), "2 roots");
    assert_eq!(outcome(&folder.path().join("none")), "missing");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// An environment whose host is reached through a proxy, and a profile in it.
fn home() -> Home {
    let home = Home::new();
    let lab = "[environments.lab]\nlike = \"test\"\nissuer = \"https://lab.example/\"\n";
    fs::write(home.path().join("config.toml"), lab).unwrap();
    let file = fixture("openssl-3.p12");
    let flags = [
        "new",
        "acme",
        "--business",
        "norwegian",
        "--organisation",
        "123456785",
        "--service",
        "road",
    ];
    let more = [
        "--client-id",
        "3f1c",
        "--environment",
        "lab",
        "--name",
        "Demo",
        "--certificate",
        file.to_str().unwrap(),
    ];
    let new = home.run(&[&flags[..], &more].concat());
    assert_eq!(exit_code(&new), 0);
    home
}

#[test]
fn proxy_variables_are_used_or_named() {
    let home = home();
    let through = |proxy: &str| {
        format!(
            "lab.example, {}",
            english_with("stage-network-proxy", &[("proxy", proxy)]).trim()
        )
    };
    let direct = format!("lab.example, {}", english_with("where-direct", &[]).trim());
    let refused = |variant: &str, setting: &str| {
        english_with(
            "diagnosis-proxy-misconfigured.cause",
            &[("variant", variant), ("setting", setting), ("got", "gopher")],
        )
    };
    for (variables, expected) in [
        (
            &[("HTTPS_PROXY", "proxy.example:3128")][..],
            through("proxy.example:3128"),
        ),
        (
            &[("HTTPS_PROXY", "http://FIRMA\\kari:hemmelig@proxy.example:3128")],
            through("proxy.example:3128"),
        ),
        (
            &[("HTTPS_PROXY", " \"http://kari:hem melig@proxy.example:3128\" ")],
            through("proxy.example:3128"),
        ),
        (
            &[("HTTPS_PROXY", ""), ("https_proxy", "http://proxy.example:3128")],
            through("proxy.example:3128"),
        ),
        (
            &[("ALL_PROXY", "socks5://proxy.example:1080")],
            through("socks5://proxy.example:1080"),
        ),
        (
            &[("HTTPS_PROXY", "http://proxy.example:hemmelig")],
            refused("port", "HTTPS_PROXY"),
        ),
        (
            &[("https_proxy", "http://pro xy")],
            // One variable on Windows.
            refused("host", if cfg!(windows) { "HTTPS_PROXY" } else { "https_proxy" }),
        ),
        (
            &[("ALL_PROXY", "gopher://proxy.example")],
            refused("scheme", "ALL_PROXY"),
        ),
        (
            &[("HTTPS_PROXY", "http://wpad/proxy.pac")],
            refused("pac", "HTTPS_PROXY"),
        ),
        (
            &[
                ("HTTPS_PROXY", "proxy.example:3128"),
                ("NO_PROXY", "localhost; *.example"),
            ],
            direct.clone(),
        ),
        (
            &[("HTTPS_PROXY", "proxy.example:3128"), ("no_proxy", "*")],
            direct.clone(),
        ),
        (
            &[
                ("HTTPS_PROXY", "proxy.example:3128"),
                ("NO_PROXY", "lab.example:8443 10.0.0.0/8"),
            ],
            through("proxy.example:3128"),
        ),
        (
            &[("HTTPS_PROXY", "proxy.example:3128"), ("NO_PROXY", "a/b")],
            english_with("where-no-proxy-unknown", &[("entries", "a/b")]),
        ),
    ] {
        let shown = stdout(&home.run_with(&["where"], variables));
        assert!(shown.contains(expected.trim()), "{variables:?}: {expected}\n{shown}");
        assert!(!shown.contains("hemmelig") && !shown.contains("hem melig"), "{shown}");
    }
}

#[test]
fn misread_proxy_and_roots_stop_the_check() {
    let home = home();
    let password = ("KLARERT_PASSWORD", "spedisjon");
    let check = |variables: &[(&str, &str)]| {
        let json = home.run_with(&["check", "acme", "--json"], &[&[password], variables].concat());
        let line: serde_json::Value = serde_json::from_str(&stdout(&json)).unwrap();
        line["diagnosis"]["id"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(
        check(&[("HTTPS_PROXY", "gopher://proxy.example")]),
        "proxy-misconfigured"
    );
    let config = home.path().join("config.toml");
    let lab = fs::read_to_string(&config).unwrap();
    fs::write(
        &config,
        lab + &format!("ca_file = \"{}\"\n", fixture("request.csr").display()),
    )
    .unwrap();
    assert_eq!(check(&[]), "ca-file-unreadable");
}

/// SOCKS5 is spoken (RFC 1928), and the proxy resolves the name.
#[test]
fn socks_proxy_is_asked_for_the_host() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("socks5h://{}", listener.local_addr().unwrap());
    let asked = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut greeting = [0; 3];
        stream.read_exact(&mut greeting).unwrap();
        stream.write_all(&[5, 0]).unwrap();
        let mut request = [0; 18];
        stream.read_exact(&mut request).unwrap();
        // Not allowed by the rules.
        stream.write_all(&[5, 2, 0, 1, 0, 0, 0, 0, 0, 0]).unwrap();
        (greeting, request)
    });
    let home = home();
    let output = home.run_with(
        &["check", "acme", "--json"],
        &[("KLARERT_PASSWORD", "spedisjon"), ("ALL_PROXY", &proxy)],
    );
    let (greeting, request) = asked.join().unwrap();
    assert_eq!(greeting[0], 5);
    assert_eq!(&request[..5], [5, 1, 0, 3, 11], "by name");
    assert_eq!(&request[5..16], b"lab.example");
    let line: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(line["diagnosis"]["id"], "proxy-refused", "{line}");
}
