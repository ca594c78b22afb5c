//! PKCS#12 (RFC 7292) in DER and BER: the keys and certificates of a `.p12` or `.pfx`.
//!
//! Nesting and iterations are bounded before anything is computed. The MAC is verified over the original bytes. After
//! it matches, a part that does not decrypt has a password of its own.

mod bag;
mod key_choice;

use std::collections::HashMap;

use zeroize::Zeroizing;

use self::{
    bag::{Bag, is_bag},
    key_choice::KeyChoice,
};
use super::der::{Shape, shape};
use crate::certificate::{rank::Wanted, x509::Certificate};
use crate::credential::{
    ber::{CONTEXT_0, INTEGER, OCTET_STRING, Reader, SEQUENCE, definite, implicit_octets, push},
    crypto::{
        attempt::{Attempt, Budget, EncodedPassword},
        hash::Hash,
        pbe::{self, Algorithm},
    },
    error::FileError,
};

const DATA: &str = "1.2.840.113549.1.7.1";
const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
const ENVELOPED_DATA: &str = "1.2.840.113549.1.7.3";
const ENCRYPTED_DATA: &str = "1.2.840.113549.1.7.6";
const PBMAC1: &str = "1.2.840.113549.1.5.14";

/// Levels of bags within bags. The standard allows them; no known program writes them.
const MAX_DEPTH: usize = 4;

/// The content of a file in DER and in the file's order: private keys as PKCS#8 `PrivateKeyInfo`, and certificates.
#[derive(Default)]
pub struct Contents {
    pub keys: Vec<Key>,
    pub certificates: Vec<Vec<u8>>,
    /// The parts that could not be read; true for a private key.
    pub faults: Vec<(FileError, bool)>,
    /// The algorithm of a MAC that was not verified.
    pub unverified_mac: Option<String>,
}

/// A private key, and the name of its entry (`friendlyName`): Java's alias.
pub struct Key {
    pub content: KeyContent,
    pub alias: Option<String>,
}

/// The content of a private key.
pub enum KeyContent {
    Pkcs8(Zeroizing<Vec<u8>>),
    /// The key is not needed, and was not decrypted. By its local key id it is that of this certificate.
    Claimed(Box<Certificate>),
}

/// Returns true if the bytes begin as a PKCS#12: a sequence whose first element is the version, 3. The sequence's
/// length is ignored, so that a file that was cut short is still detected.
pub fn detect(bytes: &[u8]) -> bool {
    let after_head = match bytes {
        [SEQUENCE, first, rest @ ..] if *first & 0x80 == 0 => rest,
        [SEQUENCE, first, rest @ ..] => rest.get(usize::from(*first & 0x7f)..).unwrap_or_default(),
        _ => return false,
    };
    after_head.starts_with(&[INTEGER, 1, 3, SEQUENCE])
}

/// Decrypts a file. With `wanted`, the keys of other certificates may be left: each key costs one key derivation. Parts that
/// cannot be read are among the faults.
///
/// # Errors
/// The reason why nothing in it can be read.
pub fn open(bytes: &[u8], attempt: &mut Attempt, wanted: Option<Wanted>) -> Result<Contents, FileError> {
    let pfx = definite(bytes)?;
    let pfx = Pfx::read(&pfx).ok_or(FileError::Damaged)?;
    if pfx.content_type == SIGNED_DATA {
        return Err(FileError::Recipient);
    }
    let safe = pfx.safe.ok_or(FileError::Damaged)?;
    let mut reading = Reading {
        attempt,
        contents: Contents::default(),
        password_known: false,
        choice: None,
        decrypted: HashMap::new(),
    };
    if let Some(mac) = pfx.mac {
        match mac.algorithm() {
            Ok(()) => {
                reading.attempt.try_each(|password, budget| {
                    let verified = mac.verifies(safe, password, budget)?;
                    verified.then_some(()).ok_or(FileError::WrongPassword)
                })?;
                reading.password_known = true;
            }
            // The padding and the key itself tell the right password as well.
            Err(name) => reading.contents.unverified_mac = Some(name),
        }
    }
    reading.safe(safe, wanted)?;
    Ok(reading.contents)
}

/// The outermost structure.
struct Pfx<'a> {
    content_type: String,
    safe: Option<&'a [u8]>,
    mac: Option<MacData<'a>>,
}

impl<'a> Pfx<'a> {
    fn read(der: &'a [u8]) -> Option<Pfx<'a>> {
        let mut pfx = Reader::new(der).enter(SEQUENCE)?;
        if pfx.number()? != 3 {
            return None;
        }
        let mut content = pfx.enter(SEQUENCE)?;
        let content_type = content.oid()?;
        let safe = content.enter(CONTEXT_0).and_then(|mut inner| inner.read(OCTET_STRING));
        let mac = if pfx.is_empty() {
            None
        } else {
            Some(MacData::read(pfx.enter(SEQUENCE)?)?)
        };
        Some(Pfx {
            content_type,
            safe,
            mac,
        })
    }
}

/// The MAC and its parameters.
struct MacData<'a> {
    algorithm: String,
    parameters: Reader<'a>,
    digest: &'a [u8],
    salt: &'a [u8],
    iterations: u64,
}

impl<'a> MacData<'a> {
    fn read(mut data: Reader<'a>) -> Option<MacData<'a>> {
        let mut info = data.enter(SEQUENCE)?;
        let (algorithm, parameters) = info.algorithm()?;
        Some(MacData {
            algorithm,
            parameters,
            digest: info.read(OCTET_STRING)?,
            salt: data.read(OCTET_STRING)?,
            iterations: if data.is_empty() { 1 } else { data.number()? },
        })
    }

    /// Checks that the MAC can be verified here.
    ///
    /// # Errors
    /// The name of an algorithm without support.
    fn algorithm(&self) -> Result<(), String> {
        let oid = match self.algorithm == PBMAC1 {
            true => self.pbmac1().map(|(_, oid)| oid).unwrap_or_default(),
            false => self.algorithm.clone(),
        };
        match (Hash::from_oid(&oid), pbe::unsupported(&oid)) {
            (None, FileError::Unsupported(name)) => Err(name),
            _ => Ok(()),
        }
    }

    fn verifies(&self, safe: &[u8], password: &EncodedPassword, budget: &mut Budget) -> Result<bool, FileError> {
        if self.algorithm == PBMAC1 {
            return self.verifies_pbmac1(safe, password, budget);
        }
        let hash = Hash::from_oid(&self.algorithm).ok_or_else(|| pbe::unsupported(&self.algorithm))?;
        let iterations = budget.spend(self.iterations, hash, hash.len())?;
        let key = hash.pkcs12(3, &password.utf16, self.salt, iterations, hash.len());
        Ok(hash.verifies(&key, safe, self.digest))
    }

    /// Returns the key derivation of PBMAC1, and the OID of its MAC.
    fn pbmac1(&self) -> Option<(Algorithm<'a>, String)> {
        let mut inner = self.parameters.clone().enter(SEQUENCE)?;
        let derivation = inner.algorithm()?;
        let (oid, _) = inner.algorithm()?;
        Some((derivation, oid))
    }

    /// Verifies PBMAC1 (RFC 9579): PBKDF2 over the password in UTF-8, with the key's length in its parameters.
    fn verifies_pbmac1(&self, safe: &[u8], password: &EncodedPassword, budget: &mut Budget) -> Result<bool, FileError> {
        let (derivation, oid) = self.pbmac1().ok_or(FileError::Damaged)?;
        let hash = Hash::from_oid(&oid).ok_or_else(|| pbe::unsupported(&oid))?;
        let length = pbe::key_length(derivation.1.clone()).ok_or(FileError::Damaged)?;
        let key = pbe::pbkdf2(derivation, length, &password.utf8, budget)?;
        Ok(hash.verifies(&key, safe, self.digest))
    }
}

/// A file that is being read.
struct Reading<'a> {
    attempt: &'a mut Attempt,
    contents: Contents,
    /// A password fits the file. A part that it does not decrypt has its own.
    password_known: bool,
    /// `None` if all keys are decrypted.
    choice: Option<KeyChoice>,
    /// The outcome for each key that was decrypted by choice, by local key id.
    decrypted: HashMap<Vec<u8>, Part>,
}

/// The bags of a part, or a key, decrypted.
type Part = Result<Zeroizing<Vec<u8>>, FileError>;

impl Reading<'_> {
    /// Reads the keys and certificates of an `AuthenticatedSafe`.
    fn safe(&mut self, safe: &[u8], wanted: Option<Wanted>) -> Result<(), FileError> {
        let safe = definite(safe)?;
        let mut encrypted = Reader::new(&safe).enter(SEQUENCE).ok_or(FileError::Damaged)?;
        let mut parts = Vec::new();
        while !encrypted.is_empty() {
            let part = encrypted.enter(SEQUENCE).ok_or(FileError::Damaged)?;
            parts.push(self.part(part));
        }
        // Without a MAC, only a part or a key that decrypts tells whether the password is right.
        let wanted = wanted.filter(|_| self.password_known);
        self.choice = wanted.and_then(|wanted| KeyChoice::new(&parts, wanted));
        self.add(&parts);
        if self
            .choice
            .take()
            .is_some_and(|choice| !choice.is_confirmed(&self.decrypted))
        {
            // Another certificate may have the key, or be the one to use instead.
            let unverified_mac = self.contents.unverified_mac.take();
            self.contents = Contents {
                unverified_mac,
                ..Contents::default()
            };
            self.add(&parts);
        }
        Ok(())
    }

    /// Adds the keys and certificates of the parts.
    fn add(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Ok(bags) => self.bags(Reader::new(bags).enter(SEQUENCE), MAX_DEPTH),
                Err(error) => self.contents.faults.push((error.clone(), false)),
            }
        }
    }

    /// Returns the bags of a part, decrypted.
    fn part(&mut self, mut part: Reader<'_>) -> Part {
        let kind = part.oid().ok_or(FileError::Damaged)?;
        let mut inner = part.enter(CONTEXT_0).ok_or(FileError::Damaged)?;
        match kind.as_str() {
            DATA => Ok(definite(inner.read(OCTET_STRING).ok_or(FileError::Damaged)?)?),
            ENCRYPTED_DATA => {
                let (algorithm, encrypted) = encrypted_data(inner).ok_or(FileError::Damaged)?;
                self.decrypt(&algorithm, &encrypted, |bags| {
                    Reader::new(bags)
                        .enter(SEQUENCE)
                        .is_some_and(|bags| bags.is_empty() || is_bag(bags))
                })
            }
            ENVELOPED_DATA => Err(FileError::Recipient),
            other => Err(FileError::Unsupported(format!("PKCS#12 (OID {other})"))),
        }
    }

    fn bags(&mut self, bags: Option<Reader<'_>>, depth: usize) {
        let (Some(mut bags), Some(depth)) = (bags, depth.checked_sub(1)) else {
            self.contents.faults.push((FileError::Damaged, false));
            return;
        };
        while !bags.is_empty() {
            let Some(bag) = Bag::read(&mut bags) else {
                self.contents.faults.push((FileError::Damaged, false));
                return;
            };
            let is_key = matches!(bag.kind(), Some("1" | "2"));
            if let Err(error) = self.bag(bag, depth) {
                self.contents.faults.push((error, is_key));
            }
        }
    }

    fn bag(&mut self, bag: Bag<'_>, depth: usize) -> Result<(), FileError> {
        let mut value = bag.value.clone();
        match bag.kind() {
            Some("1") => {
                let mut pkcs8 = Zeroizing::new(Vec::new());
                push(&mut pkcs8, SEQUENCE, value.read(SEQUENCE).ok_or(FileError::Damaged)?);
                self.add_key(&bag, KeyContent::Pkcs8(pkcs8));
            }
            Some("2") => {
                let content = self.encrypted_key(&bag)?;
                self.add_key(&bag, content);
            }
            Some("3") => {
                let certificate = bag.certificate().ok_or(FileError::Damaged)?;
                self.contents.certificates.extend(certificate.map(<[u8]>::to_vec));
            }
            Some("6") => self.bags(value.enter(SEQUENCE), depth),
            // Ignore revocation lists, secrets and private extensions.
            _ => {}
        }
        Ok(())
    }

    /// Decrypts a key, unless it is left.
    fn encrypted_key(&mut self, bag: &Bag<'_>) -> Result<KeyContent, FileError> {
        let id = bag.local_key_id();
        let choice = self.choice.as_ref().zip(id);
        if let Some(certificate) = choice.and_then(|(choice, id)| choice.certificate_of_unneeded(id)) {
            return Ok(KeyContent::Claimed(Box::new(certificate.clone())));
        }
        if let Some(decrypted) = id.and_then(|id| self.decrypted.remove(id)) {
            return decrypted.map(KeyContent::Pkcs8);
        }
        let is_chosen = choice.is_some();
        let (algorithm, encrypted) = bag
            .value
            .clone()
            .enter(SEQUENCE)
            .and_then(encrypted_key)
            .ok_or(FileError::Damaged)?;
        let key = self.decrypt(&algorithm, encrypted, |key| shape(key) == Shape::Pkcs8);
        if let Some(id) = id.filter(|_| is_chosen) {
            self.decrypted.insert(id.to_vec(), key.clone());
        }
        key.map(KeyContent::Pkcs8)
    }

    fn add_key(&mut self, bag: &Bag<'_>, content: KeyContent) {
        let alias = bag.friendly_name();
        self.contents.keys.push(Key { content, alias });
    }

    /// Decrypts a part with the first password whose result `fits`: the padding fits a wrong one once in 256.
    fn decrypt(
        &mut self,
        algorithm: &Algorithm<'_>,
        encrypted: &[u8],
        fits: fn(&[u8]) -> bool,
    ) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let known = self.password_known;
        let decrypted = self.attempt.try_each(|password, budget| {
            let open = |password: &EncodedPassword, budget: &mut Budget| {
                let plain = pbe::decrypt(algorithm.clone(), encrypted, password, budget)?;
                let plain = definite(&plain).map_err(|_| FileError::WrongPassword)?;
                fits(&plain).then_some(plain).ok_or(FileError::WrongPassword)
            };
            match open(password, budget) {
                Err(FileError::WrongPassword) if known && algorithm.0 == pbe::PBES2 => {
                    open(&password.for_old_nss(), budget)
                }
                outcome => outcome,
            }
        });
        match decrypted {
            Err(FileError::WrongPassword) if known => Err(FileError::OwnPassword),
            Ok(plain) => {
                self.password_known = true;
                Ok(plain)
            }
            other => other,
        }
    }
}

/// Reads the algorithm and the content of an `EncryptedData` (RFC 5652 §8).
fn encrypted_data(mut inner: Reader<'_>) -> Option<(Algorithm<'_>, Zeroizing<Vec<u8>>)> {
    let mut data = inner.enter(SEQUENCE)?;
    data.number()?;
    let mut content = data.enter(SEQUENCE)?;
    content.oid()?;
    let algorithm = content.algorithm()?;
    let (tag, octets) = content.any()?;
    Some((algorithm, implicit_octets(tag, octets)?))
}

/// Reads the algorithm and the content of an `EncryptedPrivateKeyInfo` (RFC 5958 §3). The reader is inside its sequence.
pub fn encrypted_key(mut shrouded: Reader<'_>) -> Option<(Algorithm<'_>, &[u8])> {
    Some((shrouded.algorithm()?, shrouded.read(OCTET_STRING)?))
}
