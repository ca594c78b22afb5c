//! Mutated inputs over all readers: no panic, no credential without a reason, nothing slow. The generator is seeded;
//! `KLARERT_FIELD_MUTATIONS` sets the number of inputs.

use std::{
    collections::BTreeMap,
    io::{Seek, Write},
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use klarert::{
    credential::open,
    profile::{Authentication, CertificateFiles},
};

use super::{super::fuzzing::Random, PASSWORD, bytes, numbers, result, text, whole_pem};

/// Inputs in an ordinary run of the tests.
const INPUTS: u64 = 300;
/// Bytes of an input that is made to cost time: the most that is read, and less in builds where all takes longer.
const HOSTILE_BYTES: usize = if cfg!(debug_assertions) { 40_000 } else { 1_000_000 };
/// Seconds for one input. Unoptimised builds and busy computers are several times slower than a release build.
const MAX_SECONDS: u64 = if cfg!(debug_assertions) { 20 } else { 2 };

/// Parts of texts that readers look for.
const WORDS: [&str; 24] = [
    "-----BEGIN ",
    "-----END ",
    "-----",
    "CERTIFICATE",
    "PRIVATE KEY-----",
    "DEK-Info: AES-256-CBC,",
    "\\n",
    "\n",
    "\"",
    "{\"kty\":\"RSA\",",
    "\"keys\":[",
    "}",
    "]",
    "base64,",
    "%0A",
    "&#10;",
    "=",
    "MII",
    "LS0t",
    "\u{feff}",
    "\u{fffd}",
    "'kty'",
    "0x30",
    "...",
];

pub fn seeds() -> Vec<Vec<u8>> {
    let pem = whole_pem();
    let members: Vec<String> = numbers()
        .iter()
        .map(|(name, value)| format!("\"{name}\":\"{value}\""))
        .collect();
    let jwk = format!("{{\"kty\":\"RSA\",\"kid\":\"a\",{}}}", members.join(","));
    let short = format!("{{\"keys\":[{{\"kty\":\"RSA\",{}}}]}}", members[..3].join(","));
    let store = bytes("one-round.p12");
    let latin: String = store.iter().map(|byte| char::from(*byte)).collect();
    vec![
        pem.clone().into_bytes(),
        pem.replace('\n', "\\n").into_bytes(),
        pem.lines().collect::<String>().into_bytes(),
        STANDARD.encode(&pem).into_bytes(),
        STANDARD.encode(STANDARD.encode(&store)).into_bytes(),
        format!("kind: Secret\ndata:\n  tls.crt: {}\n", STANDARD.encode(&pem)).into_bytes(),
        format!("{{\"value\":\"{}\"}}", STANDARD.encode(&store)).into_bytes(),
        format!("A=1\nJWK='{jwk}'\n").into_bytes(),
        jwk.into_bytes(),
        short.into_bytes(),
        text("old-aes256.pem").into_bytes(),
        text("pkcs8-rc2-cbc.pem").into_bytes(),
        latin.into_bytes(),
        store
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
            .into_bytes(),
        pem.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        [b"\n", &store[..]].concat(),
        store,
        bytes("revoked.crl"),
        bytes("chain.p7b"),
    ]
}

#[test]
fn mutated_inputs_do_no_harm() {
    let wanted = std::env::var("KLARERT_FIELD_MUTATIONS").ok();
    let count = wanted.and_then(|count| count.parse().ok()).unwrap_or(INPUTS);
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let files = CertificateFiles {
        path: Some(file.path().to_owned()),
        ..CertificateFiles::default()
    };
    let password = super::super::password(PASSWORD);
    let seeds = seeds();
    let mut random = Random::new(20_261_126);
    let mut longest = Duration::ZERO;
    let mut results: BTreeMap<String, u64> = BTreeMap::new();
    for at in 0..count {
        let mut content = seeds[random.below(seeds.len())].clone();
        for _ in 0..random.below(3) {
            let word = WORDS[random.below(WORDS.len())];
            let to = random.below(content.len() + 1);
            content.splice(to..to, word.bytes());
        }
        if random.below(8) > 0 {
            random.mutate(&mut content);
        }
        if random.below(16) == 0 {
            content = STANDARD.encode(&content).into_bytes();
        }
        let authentication = match random.below(2) {
            0 => Authentication::Certificate,
            _ => Authentication::Key,
        };
        file.rewind().unwrap();
        file.write_all(&content).unwrap();
        file.as_file().set_len(content.len() as u64).unwrap();
        let started = Instant::now();
        let opened = open(&files, None, authentication, Some(&password)).with_kid(Some("a"));
        let took = started.elapsed();
        longest = longest.max(took);
        assert!(took < Duration::from_secs(MAX_SECONDS), "input {at} took {took:?}");
        assert!(
            opened.credential.is_some() || !opened.findings.is_empty() || opened.facts.chosen.is_some(),
            "input {at}"
        );
        if let Some(credential) = &opened.credential {
            assert!(credential.encoding_key().is_ok(), "input {at}");
        }
        *results.entry(result(&opened)).or_default() += 1;
    }
    println!(
        "{count} inputs, the longest took {longest:?}, peak memory {}: {results:#?}",
        peak_memory()
    );
}

/// Inputs that are made to cost time or memory: each limit has one.
#[test]
fn hostile_inputs_are_refused_in_time() {
    let pem = whole_pem();
    let store = STANDARD.encode(bytes("too-many-rounds.p12"));
    let members: Vec<String> = numbers()
        .iter()
        .map(|(name, value)| format!("\"{name}\":\"{value}\""))
        .collect();
    let jwk = format!("{{\"kty\":\"RSA\",{}}}", members.join(","));
    let short = format!("{{\"kty\":\"RSA\",{}}}", members[..3].join(","));
    let modulus = "f".repeat(1365);
    let long = format!("{{\"kty\":\"RSA\",\"n\":\"{modulus}\",\"e\":\"AQAB\",\"d\":\"{modulus}\"}}");
    let filled = |part: &str| part.repeat(HOSTILE_BYTES / part.len());
    let set = |key: &str| format!("{{\"keys\":[{}{key}]}}", filled(&format!("{key},")));
    let mut deep = pem.clone();
    while deep.len() < HOSTILE_BYTES / 2 {
        deep = STANDARD.encode(deep);
    }
    let brackets = "[".repeat(60);
    let inputs = [
        ("markers without content", filled("-----BEGIN A-----")),
        ("dashes", filled("-")),
        ("BEGIN and blanks", format!("-----BEGIN {}", filled(" "))),
        ("many keys", filled(&text("key-pkcs8.pem"))),
        ("many encrypted keys", filled(&text("pkcs8-aes-256.pem"))),
        ("many old encrypted keys", filled(&text("old-aes256.pem"))),
        ("many certificates", filled(&text("auth.pem"))),
        ("a set of JWKs", set(&jwk)),
        ("a set of JWKs without factors", set(&short)),
        ("a set of long JWKs with wrong numbers", set(&long)),
        (
            "costly stores in JSON",
            format!("[{}1]", filled(&format!("\"{store}\","))),
        ),
        ("open brackets", format!("kty{}", filled("["))),
        ("open brackets and numbers", format!("kty {brackets}{}", filled("1,"))),
        (
            "closed brackets and numbers",
            format!("kty {brackets}{}1{}", filled("1,"), "]".repeat(60)),
        ),
        ("open texts", format!("kty{}", filled("{\"a\":\""))),
        ("escapes", filled("\\")),
        ("entities", filled("&#10;")),
        ("base64 as deep as fits", deep),
        ("many short runs", filled(&format!("{}\n\n", "A".repeat(70)))),
        ("hexadecimal", filled("30")),
        ("a sequence of sequences", filled("0\u{2}\u{5}\u{0}")),
    ];
    for (name, content) in inputs {
        let started = Instant::now();
        let opened = super::open_files(&[content.as_bytes()], Some(PASSWORD), Authentication::Key);
        let took = started.elapsed();
        println!(
            "{name:<40} {took:>10.1?}  {}",
            result(&opened).chars().take(60).collect::<String>()
        );
        assert!(took < Duration::from_secs(MAX_SECONDS), "{name} took {took:?}");
    }
    println!("peak memory {}", peak_memory());
}

/// The most memory that this process has used, where the system tells.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or("unknown".to_owned(), |line| line.trim().to_owned())
}
