//! Arbitrary input must neither panic nor hang. The generator is seeded, so that a failure can be repeated.
//! `KLARERT_MUTATIONS` sets the number of mutated files.

use std::{
    collections::BTreeMap,
    io::{Seek, Write},
    time::{Duration, Instant},
};

use klarert::{
    credential::open,
    profile::{Authentication, CertificateFiles},
};
use proptest::{collection::vec, prelude::*};

use super::{PASSWORD, ber, bytes, open_bytes, outcome};

const MUTATIONS: u64 = 400;
/// Longer than any file may take to open; a hostile number of rounds would take minutes.
const TIMEOUT: Duration = Duration::from_secs(20);

/// SplitMix64 (Steele and others, 2014).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    pub fn mutate(&mut self, content: &mut Vec<u8>) {
        for _ in 0..=self.below(4) {
            let at = self.below(content.len());
            match self.below(6) {
                0 if !content.is_empty() => content[at] ^= 1 << self.below(8),
                1 if !content.is_empty() => content[at] = self.next() as u8,
                // Boundary values of lengths and numbers.
                2 if !content.is_empty() => content[at] = [0, 0x7f, 0x80, 0x84, 0xff][self.below(5)],
                3 => content.truncate(at),
                4 => {
                    let end = (at + self.below(32)).min(content.len());
                    let part: Vec<u8> = content[at.min(end)..end].to_vec();
                    let to = self.below(content.len());
                    content.splice(to..to, part);
                }
                _ => {
                    let end = (at + self.below(16)).min(content.len());
                    content.drain(at.min(end)..end);
                }
            }
        }
    }
}

/// Returns the files to mutate. They are quick to open, so that the code behind the password is reached too.
pub fn seeds() -> Vec<Vec<u8>> {
    let one_round = bytes("one-round.p12");
    let safe = ber::parts(&one_round).0.to_vec();
    let mut seeds: Vec<Vec<u8>> = [
        "one-round-legacy.p12",
        "open-without-mac.p12",
        "certificate.der",
        "key-pkcs8.der",
        "chain.p7b",
        "bag-attributes.pem",
        "old-aes256.pem",
        "key-pkcs1.pem",
        "request.csr",
        "public.pem",
        "java.jks",
    ]
    .into_iter()
    .map(bytes)
    .collect();
    seeds.push(ber::pkcs12(&ber::indefinite(&safe, 64), PASSWORD));
    seeds.push(ber::indefinite(&one_round, 100));
    seeds.push(
        br#"{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQ","p":"AQ","q":"AQ","dp":"AQ","dq":"AQ","qi":"AQ"}"#.to_vec(),
    );
    seeds.push(one_round);
    seeds
}

#[test]
fn mutated_files_neither_panic_nor_hang() {
    let wanted = std::env::var("KLARERT_MUTATIONS")
        .ok()
        .and_then(|count| count.parse().ok());
    let count: u64 = wanted.unwrap_or(MUTATIONS);
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let files = CertificateFiles {
        path: Some(file.path().to_owned()),
        ..CertificateFiles::default()
    };
    let password = super::password(PASSWORD);
    let seeds = seeds();
    let mut random = Random(20_261_122);
    let mut longest = Duration::ZERO;
    let mut endings: BTreeMap<String, u64> = BTreeMap::new();
    for round in 0..count {
        let seed = random.below(seeds.len() + 2);
        let mut content = match seeds.get(seed) {
            Some(seed) => seed.clone(),
            None => (0..random.below(600)).map(|_| random.next() as u8).collect(),
        };
        if seed == seeds.len() + 1 {
            // A sequence is parsed further.
            content.splice(0..0, [0x30, 0x80]);
        }
        random.mutate(&mut content);
        // Mutations under the MAC are only reached with a new MAC.
        if seed == seeds.len() - 1 && random.below(2) == 0 {
            let mut safe = ber::parts(&seeds[seed]).0.to_vec();
            random.mutate(&mut safe);
            content = ber::pkcs12(&safe, PASSWORD);
        }
        let started = Instant::now();
        // One file is reused: creating a file takes longer than reading it.
        file.rewind().unwrap();
        file.write_all(&content).unwrap();
        file.as_file().set_len(content.len() as u64).unwrap();
        let opened = open(&files, None, Authentication::Certificate, Some(&password));
        let took = started.elapsed();
        longest = longest.max(took);
        assert!(took < TIMEOUT, "round {round} took {took:?}");
        *endings.entry(outcome(&opened)).or_default() += 1;
        assert!(
            opened.credential.is_some() || !opened.findings.is_empty() || opened.facts.chosen.is_some(),
            "round {round}"
        );
    }
    println!("{count} files, the longest took {longest:?}: {endings:#?}");
    // The mutations reach every outcome.
    for ending in [
        "opened, chain of 2",
        "damaged",
        "wrong-password",
        "unsupported",
        "not-a-certificate",
        "key-missing",
    ] {
        assert!(endings.contains_key(ending), "{ending}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_do_not_panic(content in vec(any::<u8>(), 0..300)) {
        open_bytes(&content, Some("a"));
    }

    #[test]
    fn random_text_does_not_panic(words in ".{0,200}") {
        open_bytes(words.as_bytes(), None);
        open_bytes(format!("-----BEGIN {words}-----\n{words}\n-----END {words}-----").as_bytes(), None);
    }
}

proptest! {
    // Three blocks have six orders.
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pem_blocks_are_read_in_any_order(order in Just([0, 1, 2]).prop_shuffle(), between in "[ a-zæøå:\n]{0,40}") {
        let parts = ["auth.pem", "ca.pem", "key-pkcs8.pem"].map(bytes);
        let content: Vec<u8> = order.iter().flat_map(|at| [&parts[*at][..], between.as_bytes(), b"\n"].concat()).collect();
        let opened = open_bytes(&content, None);
        prop_assert_eq!(opened.credential.unwrap().chain().len(), 2);
    }
}

/// Depth, length and rounds have limits.
#[test]
fn hostile_files_are_refused_quickly() {
    let deep = [&[0x30, 0x80, 2, 1, 3][..], &[0x30, 0x80].repeat(200_000)].concat();
    let endless = [
        &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 2, 1, 3, 0x30, 0x80][..],
        &[0; 100],
    ]
    .concat();
    let many_blocks = "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"
        .repeat(15_000)
        .into_bytes();
    let rounds = bytes("too-many-rounds.p12");
    let nested = format!("{{\"keys\":{}{}}}", "[{\"keys\":".repeat(10_000), "}]".repeat(10_000)).into_bytes();
    for (name, content) in [
        ("deep", deep),
        ("endless", endless),
        ("many blocks", many_blocks),
        ("rounds", rounds),
        ("nested", nested),
    ] {
        let started = Instant::now();
        let opened = open_bytes(&content, Some(PASSWORD));
        assert!(opened.credential.is_none(), "{name}");
        assert!(!opened.findings.is_empty(), "{name}");
        assert!(
            started.elapsed() < Duration::from_secs(5),
            "{name}: {:?}",
            started.elapsed()
        );
    }
}
