//! Mutated inputs to every reader of bytes from outside: no panic, and nothing slow or large. The generator is seeded.
//!
//! `KLARERT_READER_INPUTS=1000000 cargo test --release --test it -- hostile::readers --nocapture` reads that many, and
//! `KLARERT_FUZZ_CORPUS=fuzz/corpus` writes the seeds for the fuzz targets.

#[path = "../../../fuzz/readers.rs"]
mod targets;

use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use klarert::profile::{fields::key::Key, file::document};
use serde_json::json;

use self::targets::READERS;
use crate::{
    certificates::{
        bytes,
        field::mutations,
        fuzzing::{self, Random},
    },
    support::service::businesses,
};

/// Inputs in an ordinary run of the tests.
const INPUTS: usize = 1_000;
/// Unoptimised builds and busy computers are several times slower than a release build.
const MAX_DURATION: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });
const MAX_MEMORY_KB: u64 = 100_000;

/// Parts at which readers fail: numbers out of range, marks of nesting and of text, characters that are not shown.
const WORDS: [&str; 24] = [
    "18446744073709551615",
    "-9223372036854775808",
    "1e999",
    "9999-12-31T23:59:59-01:00",
    "0000-01-01T00:00:00Z",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "[[[[",
    "{\"a\":",
    "]}",
    "\"",
    "'''",
    "\"\"\"",
    "\\u0000",
    "\\x00",
    "%00",
    "\r\n",
    "\0",
    "\u{1b}[2J",
    "\u{202e}",
    "\u{feff}",
    "\u{10ffff}",
    "&#x110000;",
    "=",
    "https://[::1]:99999/",
];

/// Returns well-formed inputs of a reader.
fn seeds(reader: &str) -> Vec<Vec<u8>> {
    let texts = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    match reader {
        "certificate" => [fuzzing::seeds(), mutations::seeds()].concat(),
        "public_key" => ["public.pem", "auth.pem", "certificate.der", "key-pkcs8.pem"]
            .map(bytes)
            .to_vec(),
        "profile" => {
            let mut with_all = document::render(&businesses::norwegian(), "").unwrap();
            with_all += "\n[progress]\nstep = \"check\"\n[progress.done]\n\"customs.form\" = 2026-11-22T17:05:00Z\n\
                         [last_check]\nat = 2026-11-22T17:10:00Z\noutcome = \"failed\"\nstopped_at = \"token\"\n";
            vec![
                with_all.into_bytes(),
                document::render(&businesses::foreign(), "").unwrap().into_bytes(),
            ]
        }
        "config" => texts(&[
            "language = \"nb\"\n",
            "[environments.lab]\nlike = \"test\"\nissuer = \"http://127.0.0.1:8080/\"\n\
             token_endpoint = \"http://127.0.0.1:8080/token\"\ncustoms = \"https://customs.example\"\nca_file = \"root.pem\"\n",
        ]),
        "import" => texts(&[
            "maskinporten.clientId=3f1c2a9e\nmaskinporten.scope=toll:movement/road/v2\nkeystore.file=C:\\\\certs\\\\a.p12\n",
            "MASKINPORTEN_CLIENT_ID=\"3f1c2a9e\"\nexport MASKINPORTEN_SCOPES='toll:movement/entry'\n# a comment\n",
            "maskinporten:\n  client-id: 3f1c2a9e\n  issuer: https://test.maskinporten.no/\n",
            "{\"client_id\":\"3f1c2a9e\",\"issuer\":\"https://test.maskinporten.no/\"}",
        ]),
        "explain" => {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/explain");
            let files = ["refusals.toml", "pasted.toml"].map(|file| fs::read_to_string(folder.join(file)).unwrap());
            let parts = files.iter().flat_map(|file| file.split("\n\n"));
            parts.map(|part| part.as_bytes().to_vec()).collect()
        }
        "field" => {
            let answers = [
                "norwegian",
                "123 456 785",
                "road entry",
                "toll:movement/road/v2",
                "3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f",
                "~/certs/acme.p12",
                "2026-12-31",
                "31.12.2026",
                "yes",
            ];
            let keys = 0..Key::all().len() as u8;
            keys.flat_map(|key| answers.map(|answer| [&[key], answer.as_bytes()].concat()))
                .collect()
        }
        "answer" => {
            let bodies = [
                json!({"issuer": "https://test.maskinporten.no/", "token_endpoint": "https://test.maskinporten.no/token",
                       "jwks_uri": "https://test.maskinporten.no/jwk", "token_endpoint_auth_signing_alg_values_supported": ["RS256"]}),
                json!({"access_token": "eyJhbGciOiJSUzI1NiJ9.eyJzY29wZSI6InRvbGw6YSIsImV4cCI6MTc2NH0.c2ln", "token_type": "Bearer",
                       "expires_in": 119, "scope": "toll:movement/road/v2"}),
                json!({"keys": [{"kty": "RSA", "kid": "a", "alg": "RS256", "use": "sig", "n": "AQAB", "e": "AQAB"}]}),
                json!({"error": "invalid_grant", "error_description": "Invalid assertion. (trace_id: 9fb9)", "error_uri": "https://a.no/MP-100"}),
                json!({"message": "Not authorized", "status": 403, "errors": [{"code": 1}]}),
            ];
            let statuses = [0u8, 1, 2, 6];
            let all = statuses
                .iter()
                .flat_map(|status| bodies.iter().map(move |body| (status, body)));
            all.map(|(status, body)| [&[*status], body.to_string().as_bytes()].concat())
                .collect()
        }
        "headers" => texts(&[
            "Date: Sun, 22 Nov 2026 17:00:00 GMT\nAge: 10\nContent-Type: application/json",
            "Retry-After: 120\nLocation: https://login.example/?token=eyJhbGciOiJSUzI1NiJ9\nContent-Type: text/html",
            "Retry-After: Sun, 22 Nov 2026 17:00:00 GMT\nAge: 0",
        ]),
        other => panic!("{other} has no seeds"),
    }
}

/// Returns the next input of a reader.
fn input(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut content = seeds[random.below(seeds.len())].clone();
    for _ in 0..random.below(3) {
        let word = WORDS[random.below(WORDS.len())];
        let to = random.below(content.len() + 1);
        let end = (to + random.below(12)).min(content.len());
        content.splice(to..end, word.bytes());
    }
    if random.below(8) > 0 {
        random.mutate(&mut content);
    }
    if random.below(200) == 0 {
        // A part many times: nesting and repetition have limits.
        let part = content[..content.len().min(1 + random.below(8))].to_vec();
        content = part.repeat(20_000);
    }
    content
}

/// Reads mutated inputs. Returns the longest time of each reader.
fn read(count: usize, seed: u64) -> Vec<Duration> {
    let mut random = Random::new(seed);
    let seeds: Vec<_> = READERS.iter().map(|(name, _)| seeds(name)).collect();
    let mut longest = vec![Duration::ZERO; READERS.len()];
    for at in 0..count {
        let which = at % READERS.len();
        let (name, read) = READERS[which];
        let content = input(&mut random, &seeds[which]);
        let shown = || content.escape_ascii().take(2000).collect::<Vec<_>>();
        let started = Instant::now();
        let ended = catch_unwind(AssertUnwindSafe(|| read(&content)));
        let took = started.elapsed();
        assert!(ended.is_ok(), "{name}: {}", String::from_utf8_lossy(&shown()));
        assert!(
            took < MAX_DURATION,
            "{name}, {took:?}: {}",
            String::from_utf8_lossy(&shown())
        );
        longest[which] = longest[which].max(took);
    }
    longest
}

#[test]
fn mutated_inputs_neither_panic_nor_take_long() {
    let wanted: Option<usize> = env::var("KLARERT_READER_INPUTS")
        .ok()
        .and_then(|count| count.parse().ok());
    let count = wanted.unwrap_or(INPUTS);
    const THREADS: usize = 2;
    let longest = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|number| scope.spawn(move || read(count / THREADS, 20_261_126 + number as u64)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect::<Vec<_>>()
    });
    if wanted.is_some() {
        for (which, (name, _)) in READERS.iter().enumerate() {
            println!("{name:<12} {:?}", longest.iter().map(|of| of[which]).max());
        }
        if let Some(peak) = peak_memory_kb() {
            println!("{count} inputs, peak memory {peak} kB");
            assert!(peak < MAX_MEMORY_KB);
        }
    }
}

#[test]
fn every_reader_has_a_fuzz_target_with_seeds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), READERS.len());
    for (name, read) in READERS {
        assert!(folder.join(format!("{name}.rs")).exists(), "{name}");
        let seeds = seeds(name);
        seeds.iter().for_each(|seed| read(seed));
        if let Some(corpus) = env::var_os("KLARERT_FUZZ_CORPUS") {
            let corpus = Path::new(&corpus).join(name);
            fs::create_dir_all(&corpus).unwrap();
            for (number, seed) in seeds.iter().enumerate() {
                fs::write(corpus.join(format!("seed-{number}")), seed).unwrap();
            }
        }
    }
}

/// The most memory that this process has used, where the system tells.
fn peak_memory_kb() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
