//! PKCS#12 (RFC 7292) in DER and BER: the keys and certificates of a `.p12` or `.pfx`.
//!
//! Nesting and iterations are bounded before anything is computed. The MAC is verified over the original bytes. After
//! it matches, a part that does not decrypt has a password of its own.

use zeroize::Zeroizing;

use super::der::{Shape, shape};
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
const X509_CERTIFICATE: &str = "1.2.840.113549.1.9.22.1";
const BAG_TYPE_PREFIX: &str = "1.2.840.113549.1.12.10.1.";

/// Levels of bags within bags. The standard allows them; no known program writes them.
const MAX_DEPTH: usize = 4;

/// The content of a file in DER and in the file's order: private keys as PKCS#8 `PrivateKeyInfo`, and certificates.
#[derive(Default)]
pub struct Contents {
    pub keys: Vec<Zeroizing<Vec<u8>>>,
    pub certificates: Vec<Vec<u8>>,
    /// The parts that could not be read; true for a private key.
    pub faults: Vec<(FileError, bool)>,
    /// The algorithm of a MAC that was not verified.
    pub unverified_mac: Option<String>,
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

/// Decrypts a file. Parts that cannot be read are among the faults.
///
/// # Errors
/// The reason why nothing in it can be read.
pub fn open(bytes: &[u8], attempt: &mut Attempt) -> Result<Contents, FileError> {
    let pfx = definite(bytes)?;
    let pfx = Pfx::read(&pfx).ok_or(FileError::Damaged)?;
    if pfx.content_type == SIGNED_DATA {
        return Err(FileError::Unsupported("PKCS#12 (signedData)".to_owned()));
    }
    let safe = pfx.safe.ok_or(FileError::Damaged)?;
    let mut reading = Reading {
        attempt,
        contents: Contents::default(),
        password_known: false,
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
    reading.safe(safe)?;
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
}

impl Reading<'_> {
    /// Reads the keys and certificates of an `AuthenticatedSafe`.
    fn safe(&mut self, safe: &[u8]) -> Result<(), FileError> {
        let safe = definite(safe)?;
        let mut parts = Reader::new(&safe).enter(SEQUENCE).ok_or(FileError::Damaged)?;
        while !parts.is_empty() {
            let part = parts.enter(SEQUENCE).ok_or(FileError::Damaged)?;
            match self.part(part) {
                Ok(bags) => self.bags(Reader::new(&bags).enter(SEQUENCE), MAX_DEPTH),
                Err(error) => self.contents.faults.push((error, false)),
            }
        }
        Ok(())
    }

    /// Returns the bags of a part, decrypted.
    fn part(&mut self, mut part: Reader<'_>) -> Result<Zeroizing<Vec<u8>>, FileError> {
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
            ENVELOPED_DATA => Err(FileError::Unsupported("PKCS#12 (envelopedData)".to_owned())),
            other => Err(FileError::Unsupported(format!("PKCS#12 (OID {other})"))),
        }
    }

    fn bags(&mut self, bags: Option<Reader<'_>>, depth: usize) {
        let (Some(mut bags), Some(depth)) = (bags, depth.checked_sub(1)) else {
            self.contents.faults.push((FileError::Damaged, false));
            return;
        };
        while !bags.is_empty() {
            let Some((kind, value)) = read_bag(&mut bags) else {
                self.contents.faults.push((FileError::Damaged, false));
                return;
            };
            let kind = kind.strip_prefix(BAG_TYPE_PREFIX);
            let is_key = matches!(kind, Some("1" | "2"));
            if let Err(error) = self.bag(kind, value, depth) {
                self.contents.faults.push((error, is_key));
            }
        }
    }

    fn bag(&mut self, kind: Option<&str>, mut value: Reader<'_>, depth: usize) -> Result<(), FileError> {
        match kind {
            Some("1") => {
                let mut key = Zeroizing::new(Vec::new());
                push(&mut key, SEQUENCE, value.read(SEQUENCE).ok_or(FileError::Damaged)?);
                self.contents.keys.push(key);
            }
            Some("2") => {
                let (algorithm, encrypted) = value
                    .enter(SEQUENCE)
                    .and_then(encrypted_key)
                    .ok_or(FileError::Damaged)?;
                let key = self.decrypt(&algorithm, encrypted, |key| shape(key) == Shape::Pkcs8)?;
                self.contents.keys.push(key);
            }
            Some("3") => {
                let mut certificate = value.enter(SEQUENCE).ok_or(FileError::Damaged)?;
                if certificate.oid().ok_or(FileError::Damaged)? == X509_CERTIFICATE {
                    let mut inner = certificate.enter(CONTEXT_0).ok_or(FileError::Damaged)?;
                    let der = inner.read(OCTET_STRING).ok_or(FileError::Damaged)?;
                    self.contents.certificates.push(der.to_vec());
                }
            }
            Some("6") => self.bags(value.enter(SEQUENCE), depth),
            // Ignore revocation lists, secrets and private extensions.
            _ => {}
        }
        Ok(())
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

/// Reads a bag's type and value. Attributes follow: friendly names and local key ids. Keys and certificates are matched
/// by their public keys.
fn read_bag<'a>(bags: &mut Reader<'a>) -> Option<(String, Reader<'a>)> {
    let mut bag = bags.enter(SEQUENCE)?;
    let kind = bag.oid()?;
    Some((kind, bag.enter(CONTEXT_0)?))
}

fn is_bag(mut bags: Reader<'_>) -> bool {
    read_bag(&mut bags).is_some()
}

/// Reads the algorithm and the content of an `EncryptedPrivateKeyInfo` (RFC 5958 §3). The reader is inside its sequence.
pub fn encrypted_key(mut shrouded: Reader<'_>) -> Option<(Algorithm<'_>, &[u8])> {
    Some((shrouded.algorithm()?, shrouded.read(OCTET_STRING)?))
}
