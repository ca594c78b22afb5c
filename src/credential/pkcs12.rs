//! PKCS#12 (RFC 7292) in DER and BER: the keys and certificates of a `.p12` or `.pfx`.
//!
//! Nesting and iterations are bounded before anything is computed. The MAC is verified over the original bytes. After
//! it matches, a part that does not decrypt is damaged.

use zeroize::Zeroizing;

use super::{
    ber::{CONTEXT_0, INTEGER, OCTET_STRING, Reader, SEQUENCE, SET, definite, implicit_octets},
    error::FileError,
    hash::Hash,
    pbe::{self, Attempt, Budget, EncodedPassword},
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

/// Decrypts a file with the first password that fits.
pub fn open(bytes: &[u8], attempt: &mut Attempt) -> Result<Contents, FileError> {
    let pfx = definite(bytes)?;
    let pfx = Pfx::read(&pfx).ok_or(FileError::Damaged)?;
    if pfx.content_type == SIGNED_DATA {
        return Err(FileError::Unsupported("PKCS#12 (signedData)".to_owned()));
    }
    let safe = pfx.safe.ok_or(FileError::Damaged)?;
    attempt.try_each(|password, budget| match &pfx.mac {
        Some(mac) if !mac.verifies(safe, password, budget)? => Err(FileError::WrongPassword),
        Some(_) => read_safe(safe, password, budget).map_err(|error| match error {
            // The MAC has confirmed the password: the content is damaged.
            FileError::WrongPassword | FileError::CutShort => FileError::Damaged,
            other => other,
        }),
        None => {
            let before = budget.left();
            read_safe(safe, password, budget).map_err(|error| match error {
                // Without a MAC, only the padding and a well-formed content identify the right password.
                FileError::Damaged | FileError::CutShort if budget.left() < before => FileError::WrongPassword,
                other => other,
            })
        }
    })
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

    fn verifies(&self, safe: &[u8], password: &EncodedPassword, budget: &mut Budget) -> Result<bool, FileError> {
        if self.algorithm == PBMAC1 {
            return self.verifies_pbmac1(safe, password, budget);
        }
        let hash = Hash::from_oid(&self.algorithm).ok_or_else(|| pbe::unsupported(&self.algorithm))?;
        let iterations = budget.spend(self.iterations, hash, hash.len())?;
        let key = hash.pkcs12(3, &password.utf16, self.salt, iterations, hash.len());
        Ok(hash.verifies(&key, safe, self.digest))
    }

    /// Verifies PBMAC1 (RFC 9579): PBKDF2 over the password in UTF-8, with the key's length in its parameters.
    fn verifies_pbmac1(&self, safe: &[u8], password: &EncodedPassword, budget: &mut Budget) -> Result<bool, FileError> {
        let mut inner = self.parameters.clone().enter(SEQUENCE).ok_or(FileError::Damaged)?;
        let derivation = inner.algorithm().ok_or(FileError::Damaged)?;
        let (oid, _) = inner.algorithm().ok_or(FileError::Damaged)?;
        let hash = Hash::from_oid(&oid).ok_or_else(|| pbe::unsupported(&oid))?;
        let length = key_length(derivation.1.clone()).ok_or(FileError::Damaged)?;
        let key = pbe::pbkdf2(derivation, length, &password.utf8, budget)?;
        Ok(hash.verifies(&key, safe, self.digest))
    }
}

/// Reads the key's length from PBKDF2's parameters (RFC 9579 §4). No HMAC key is longer than a hash's block.
fn key_length(mut parameters: Reader<'_>) -> Option<usize> {
    let mut inner = parameters.enter(SEQUENCE)?;
    inner.read(OCTET_STRING)?;
    inner.number()?;
    let length = usize::try_from(inner.number()?).ok()?;
    (1..=128).contains(&length).then_some(length)
}

/// Reads the keys and certificates of an `AuthenticatedSafe`.
fn read_safe(safe: &[u8], password: &EncodedPassword, budget: &mut Budget) -> Result<Contents, FileError> {
    let mut contents = Contents::default();
    let safe = definite(safe)?;
    let mut parts = Reader::new(&safe).enter(SEQUENCE).ok_or(FileError::Damaged)?;
    while !parts.is_empty() {
        let mut part = parts.enter(SEQUENCE).ok_or(FileError::Damaged)?;
        let kind = part.oid().ok_or(FileError::Damaged)?;
        let inner = part.enter(CONTEXT_0).ok_or(FileError::Damaged)?;
        let bags = match kind.as_str() {
            DATA => {
                let octets = inner.clone().read(OCTET_STRING).ok_or(FileError::Damaged)?;
                definite(octets)?
            }
            ENCRYPTED_DATA => {
                let plain = decrypt_part(inner, password, budget)?;
                definite(&plain).map_err(|_| FileError::WrongPassword)?
            }
            ENVELOPED_DATA => return Err(FileError::Unsupported("PKCS#12 (envelopedData)".to_owned())),
            other => return Err(FileError::Unsupported(format!("PKCS#12 (OID {other})"))),
        };
        let bags = Reader::new(&bags).enter(SEQUENCE).ok_or(FileError::Damaged)?;
        read_bags(bags, &mut contents, password, budget, MAX_DEPTH)?;
    }
    Ok(contents)
}

/// Decrypts an `EncryptedData` (RFC 5652 §8).
fn decrypt_part(
    mut inner: Reader<'_>,
    password: &EncodedPassword,
    budget: &mut Budget,
) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let mut read = || {
        let mut data = inner.enter(SEQUENCE)?;
        data.number()?;
        let mut content = data.enter(SEQUENCE)?;
        content.oid()?;
        let algorithm = content.algorithm()?;
        let (tag, octets) = content.any()?;
        Some((algorithm, implicit_octets(tag, octets)?))
    };
    let (algorithm, encrypted) = read().ok_or(FileError::Damaged)?;
    pbe::decrypt(algorithm, &encrypted, password, budget)
}

fn read_bags(
    mut bags: Reader<'_>,
    contents: &mut Contents,
    password: &EncodedPassword,
    budget: &mut Budget,
    depth: usize,
) -> Result<(), FileError> {
    let depth = depth.checked_sub(1).ok_or(FileError::Damaged)?;
    while !bags.is_empty() {
        let mut bag = bags.enter(SEQUENCE).ok_or(FileError::Damaged)?;
        let kind = bag.oid().ok_or(FileError::Damaged)?;
        let mut value = bag.enter(CONTEXT_0).ok_or(FileError::Damaged)?;
        // Attributes follow: friendly names and local key ids. Keys and certificates are matched by their public keys.
        let _ = bag.optional(SET);
        match kind.strip_prefix(BAG_TYPE_PREFIX) {
            Some("1") => {
                let mut key = Zeroizing::new(Vec::new());
                super::ber::push(&mut key, SEQUENCE, value.read(SEQUENCE).ok_or(FileError::Damaged)?);
                contents.keys.push(key);
            }
            Some("2") => {
                let shrouded = value.enter(SEQUENCE).ok_or(FileError::Damaged)?;
                contents.keys.push(decrypt_key(shrouded, password, budget)?);
            }
            Some("3") => {
                let mut certificate = value.enter(SEQUENCE).ok_or(FileError::Damaged)?;
                if certificate.oid().ok_or(FileError::Damaged)? == X509_CERTIFICATE {
                    let mut inner = certificate.enter(CONTEXT_0).ok_or(FileError::Damaged)?;
                    let der = inner.read(OCTET_STRING).ok_or(FileError::Damaged)?;
                    contents.certificates.push(der.to_vec());
                }
            }
            Some("6") => {
                let inner = value.enter(SEQUENCE).ok_or(FileError::Damaged)?;
                read_bags(inner, contents, password, budget, depth)?;
            }
            // Ignore revocation lists, passwords and private extensions.
            _ => {}
        }
    }
    Ok(())
}

/// Decrypts an `EncryptedPrivateKeyInfo` (RFC 5958 §3). The reader is inside its sequence.
pub fn decrypt_key(
    mut shrouded: Reader<'_>,
    password: &EncodedPassword,
    budget: &mut Budget,
) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let algorithm = shrouded.algorithm().ok_or(FileError::Damaged)?;
    let encrypted = shrouded.read(OCTET_STRING).ok_or(FileError::Damaged)?;
    let plain = pbe::decrypt(algorithm, encrypted, password, budget)?;
    definite(&plain).map_err(|_| FileError::WrongPassword)
}
