//! Selection of the key and the certificate to use among those of the files.

use super::{Candidates, Credential, NamedKey, Opened, candidates::Candidate, private_key::PrivateKey};
use crate::{
    certificate::{Chosen, Finding, FindingId, KeyType, Other, Severity, chain, rank, x509::Certificate},
    profile::Kind,
    text::visible,
};

/// The certificates that are compared with a profile. A store of many customers has fewer.
const MAX_CANDIDATES: u16 = 100;

/// The keys and certificates of all files.
pub struct Material {
    pub keys: Vec<PrivateKey>,
    /// From the certificate file and the key file. The leaf is among them.
    pub certificates: Vec<Certificate>,
    /// From the chain file.
    pub issuers: Vec<Certificate>,
    /// What is wrong with parts of the files, if the rest is not enough.
    pub faults: Vec<Finding>,
    /// The file that the keys were read from instead of the certificate's.
    pub key_file: Option<KeyFile>,
}

/// Key file beside the certificate's file.
pub struct KeyFile {
    pub name: String,
    /// The keys of the certificate's file, which those of the key file replaced.
    pub replaced: Vec<PrivateKey>,
}

/// Outcome of a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Selection {
    Complete,
    /// The key of the selected certificate was left, so that nothing is known of it.
    KeyNotRead,
}

/// Selects the key to use with a key registered on the client: the first RSA key for signatures, until [`Opened::with_kid`]
/// names another. Certificates in the file are ignored.
pub fn key(found: Material, opened: &mut Opened) -> Selection {
    let is_other = |key: &PrivateKey| !matches!(key.kind, KeyType::Rsa { .. });
    let first = found
        .keys
        .iter()
        .min_by_key(|key| (is_other(key), key.is_for_encryption));
    let Some(key) = first else {
        opened.findings.push(key_missing(&found, opened));
        return Selection::Complete;
    };
    opened.facts.chosen = Some(Chosen {
        alias: key.alias.clone(),
        ..Chosen::bare_key(key.kind.clone())
    });
    opened.credential = credential(Vec::new(), key);
    let named = found.keys.iter().map(|key| NamedKey {
        kid: key.kid.clone(),
        kind: Some(key.kind.clone()),
        credential: credential(Vec::new(), key),
        finding: None,
    });
    opened.keys.extend(named);
    Selection::Complete
}

impl Opened {
    /// Returns true if the password opens a file, and the key in it has a password of its own.
    pub fn needs_key_password(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.id == FindingId::KeyPasswordNeeded)
    }

    /// Selects the registered key that has this `kid`, by its name or its thumbprint (RFC 7638), and warns if there is
    /// none. If the key of that name cannot sign, no other one signs in its place. Without effect on certificates, and on files
    /// whose keys have no names.
    pub fn with_kid(mut self, kid: Option<&str>) -> Opened {
        let Some(kid) = kid.map(str::trim).filter(|kid| !kid.is_empty()) else {
            return self;
        };
        let is_named = |key: &&NamedKey| {
            let mut credential = key.credential.iter();
            let has_thumbprint = |key: &Credential| key.thumbprint().is_ok_and(|thumbprint| thumbprint == kid);
            key.kid.as_deref() == Some(kid) || credential.any(has_thumbprint)
        };
        let named = self.keys.iter().filter(is_named);
        if let Some(key) = named.min_by_key(|key| key.credential.is_none()).cloned() {
            self.facts.chosen = key.kind.map(Chosen::bare_key);
            self.credential = key.credential;
            if let Some(own) = key.finding {
                // It says more than the warning about the same key.
                let is_other = |finding: &Finding| finding.id != FindingId::BlockUnreadable && *finding != own;
                self.findings.retain(is_other);
                self.findings.push(own);
            }
            return self;
        }
        let usable: Vec<&NamedKey> = self.keys.iter().filter(|key| key.credential.is_some()).collect();
        let names: Vec<String> = usable
            .iter()
            .filter_map(|key| key.kid.as_deref().map(visible))
            .collect();
        let known = self.findings.iter().any(|finding| finding.id == FindingId::KidDiffers);
        if !known && (!names.is_empty() || usable.len() > 1) {
            let what = if names.is_empty() { "unnamed" } else { "named" };
            let finding = Finding::new(FindingId::KidDiffers, Severity::Warns)
                .with("file", &self.facts.file)
                .with("what", what)
                .with("count", usable.len())
                .with("found", names.join(", "))
                .with("kid", visible(kid));
            self.findings.push(finding);
        }
        self
    }
}

fn finding(id: FindingId, opened: &Opened) -> Finding {
    Finding::new(id, Severity::Stops).with("file", &opened.facts.file)
}

/// Selects the certificate to use, its key and its chain, and reports what is missing. [`Opened::choose`] may choose another.
pub fn certificate(found: Material, kind: Option<Kind>, pick: Option<u16>, opened: &mut Opened) -> Selection {
    let key_of = |certificate: &Certificate| {
        let mut keys = found.keys.iter();
        keys.find(|key| key.public.as_ref() == Some(&certificate.public_key))
    };
    let leaves = leaves(&found.certificates, |certificate| key_of(certificate).is_some());
    if leaves.is_empty() && !found.faults.is_empty() {
        return stop(found, opened);
    }
    if leaves.is_empty() {
        let what = match found.certificates.as_slice() {
            [] => "private-key",
            _ => "issuers",
        };
        if what == "private-key" {
            // Only a key: show its facts, and that its certificate is missing.
            opened.facts.chosen = found.keys.first().map(|key| Chosen::bare_key(key.kind.clone()));
        }
        let missing = finding(FindingId::NotACertificate, opened);
        opened.findings.push(missing.with("what", what));
        return Selection::Complete;
    }
    let order = rank::rank(&leaves, kind);
    let numbered: Vec<(u16, &Certificate)> = (1..).zip(order.iter().map(|at| leaves[*at])).collect();
    if pick.is_some_and(|number| usize::from(number) > numbered.len()) {
        let beyond = finding(FindingId::PickBeyond, opened).with("count", numbered.len());
        opened.findings.push(beyond);
    }
    let wanted = pick
        .filter(|number| usize::from(*number) <= numbered.len())
        .unwrap_or(1);
    let is_read = |number: u16| number <= MAX_CANDIDATES || number == wanted;

    let pool: Vec<Certificate> = found.certificates.iter().chain(&found.issuers).cloned().collect();
    let read = numbered.iter().filter(|(number, _)| is_read(*number));
    let chains: Vec<(u16, Vec<&Certificate>)> = read
        .map(|(number, leaf)| (*number, chain::order(leaf, &pool)))
        .collect();
    let is_used = |one: &Certificate| {
        chains
            .iter()
            .flat_map(|(_, chain)| chain)
            .any(|used| used.der == one.der)
    };
    let unused: Vec<&Certificate> = pool.iter().filter(|one| !is_used(one)).collect();
    let candidate = |(number, ordered): &(u16, Vec<&Certificate>)| {
        let (leaf, issuers) = ordered.split_first()?;
        let key = key_of(leaf);
        let matches = key_matches(&found, leaf, key.is_some());
        let fault = match matches {
            _ if found.keys.is_empty() => Some(key_missing(&found, opened)),
            Some(false) => Some(mismatch(&found, leaf, opened)),
            _ => None,
        };
        let whole = chain::completeness(ordered, &unused);
        Some(Candidate {
            number: *number,
            chosen: Chosen {
                alias: key.and_then(|key| key.alias.clone()),
                ..Chosen::certificate(leaf, issuers, whole, matches)
            },
            findings: fault.into_iter().collect(),
            credential: key.filter(|key| !key.is_claimed).and_then(|key| {
                let chain = ordered.iter().map(|certificate| certificate.der.clone()).collect();
                credential(chain, key)
            }),
            is_key_left: key.is_some_and(|key| key.is_claimed),
        })
    };
    let read: Vec<Candidate> = chains.iter().filter_map(candidate).collect();
    let Some(at) = read.iter().position(|candidate| candidate.number == wanted) else {
        return Selection::Complete;
    };
    if read[at].chosen.key_matches == Some(false) && !found.faults.is_empty() {
        return stop(found, opened);
    }
    let numbers = numbered.iter().map(|(number, leaf)| Other {
        number: *number,
        purpose: leaf.purpose,
    });
    opened.candidates = Candidates {
        numbers: numbers.collect(),
        read,
        current: wanted,
        is_picked: pick.is_some(),
    };
    match opened.use_candidate(at) {
        true => Selection::Complete,
        false => Selection::KeyNotRead,
    }
}

/// Returns the finding about the file that should have the key.
fn key_missing(found: &Material, opened: &Opened) -> Finding {
    let file = found.key_file.as_ref().map_or(&opened.facts.file, |file| &file.name);
    Finding::new(FindingId::KeyMissing, Severity::Stops)
        .with("file", file)
        .with("part", "none")
}

/// Returns the finding about the file of a key that is another certificate's.
fn mismatch(found: &Material, leaf: &Certificate, opened: &Opened) -> Finding {
    let is_own = |key: &PrivateKey| key.public.as_ref() == Some(&leaf.public_key);
    let (file, fix) = match &found.key_file {
        Some(file) if file.replaced.iter().any(is_own) => (&file.name, "needless"),
        Some(file) => (&file.name, "key-file"),
        None => (&opened.facts.file, "file"),
    };
    Finding::new(FindingId::KeyMismatch, Severity::Stops)
        .with("file", file)
        .with("certificate", &opened.facts.file)
        .with("what", fix)
}

/// Reports the part of a file that cannot be read: it may be the certificate of the key.
fn stop(found: Material, opened: &mut Opened) -> Selection {
    opened
        .findings
        .retain(|finding| finding.id != FindingId::BlockUnreadable);
    opened.findings.extend(found.faults.into_iter().take(1));
    Selection::Complete
}

/// Returns true if the leaf's key is among those found, and `None` if that is not known.
fn key_matches(found: &Material, leaf: &Certificate, has_key: bool) -> Option<bool> {
    let unknown = |key: &PrivateKey| key.public.is_none() && key.kind == leaf.key;
    match has_key {
        true => Some(true),
        false if found.keys.is_empty() || found.keys.iter().any(unknown) => None,
        false => Some(false),
    }
}

/// Returns the candidates for the certificate to use: those with their key or, if none has one, all. An authority's are none,
/// except for a self-signed one with its key or of a business: `openssl req -x509` makes such certificates.
fn leaves(certificates: &[Certificate], has_key: impl Fn(&Certificate) -> bool) -> Vec<&Certificate> {
    let mut distinct: Vec<&Certificate> = Vec::new();
    for certificate in certificates {
        let is_of_business = certificate.organisation.is_some() || has_key(certificate);
        let is_leaf = !certificate.authority || (certificate.self_issued() && is_of_business);
        if is_leaf && !distinct.iter().any(|other| other.der == certificate.der) {
            distinct.push(certificate);
        }
    }
    let with_key: Vec<_> = distinct.iter().copied().filter(|one| has_key(one)).collect();
    if with_key.is_empty() { distinct } else { with_key }
}

/// Combines chain and key. `None` if the key is not RSA: Maskinporten takes no other signature.
fn credential(chain: Vec<Vec<u8>>, key: &PrivateKey) -> Option<Credential> {
    matches!(key.kind, KeyType::Rsa { .. }).then(|| Credential {
        signing_key: key.signing_key.clone(),
        ..Credential::new(chain, key.pkcs8.clone())
    })
}
