//! Password-based decryption: PBES2 and PBES1 (RFC 8018), and the schemes of PKCS#12 (RFC 7292 §C).
//!
//! It is implemented here for two reasons. The same schemes encrypt PKCS#12 files in BER, which no library reads. And a
//! file must not decide how long this computer works: [`Budget`] bounds the iterations.

use aes::{Aes128, Aes192, Aes256};
use cbc::{
    Decryptor,
    cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit, block_padding::Pkcs7},
};
use des::{Des, TdesEde2, TdesEde3};
use rc2::Rc2;
use zeroize::Zeroizing;

use super::{
    Password,
    ber::{INTEGER, NULL, OCTET_STRING, Reader, SEQUENCE},
    error::FileError,
    hash::Hash,
};

/// Iterations of one derivation. More than any writer uses today: OWASP advises 600 000, some use two million.
const MAX_ITERATIONS: u64 = 3_000_000;
/// Iterations of all derivations for one file together: about two seconds.
const MAX_TOTAL_ITERATIONS: u64 = 8_000_000;
/// An iteration of SHA-384 and SHA-512 counts as so many: it was measured to take three times as long as one of SHA-256.
const WIDE_HASH_COST: u64 = 3;

const PBES2: &str = "1.2.840.113549.1.5.13";
pub const PBKDF2: &str = "1.2.840.113549.1.5.12";

/// A password in the encodings that the schemes use.
#[derive(Clone)]
pub struct EncodedPassword {
    /// For PBES1 and PBES2.
    pub utf8: Zeroizing<Vec<u8>>,
    /// UTF-16 in big-endian order with a zero at the end, for the schemes of PKCS#12 (RFC 7292 §B.1).
    pub utf16: Zeroizing<Vec<u8>>,
}

impl EncodedPassword {
    /// Returns the passwords to try, in order. In PKCS#12 an empty password is two zero octets, and no password is no
    /// octets: both are always tried.
    pub fn candidates(typed: Option<&Password>) -> Vec<EncodedPassword> {
        let mut candidates = Vec::new();
        if let Some(typed) = typed.map(Password::expose).filter(|typed| !typed.is_empty()) {
            candidates.push(EncodedPassword::from_chars(typed.as_bytes(), typed.chars()));
            if !typed.is_ascii() {
                // OpenSSL before 1.1, and programs in a Latin-1 locale, take each byte for a character.
                candidates.push(EncodedPassword::from_chars(
                    typed.as_bytes(),
                    typed.bytes().map(char::from),
                ));
                if let Some(latin) = latin1(typed) {
                    candidates.push(EncodedPassword::from_chars(&latin, typed.chars()));
                }
            }
        }
        candidates.push(EncodedPassword::from_chars(&[], "".chars()));
        candidates.push(EncodedPassword {
            utf8: Zeroizing::default(),
            utf16: Zeroizing::default(),
        });
        candidates
    }

    fn from_chars(bytes: &[u8], chars: impl Iterator<Item = char>) -> EncodedPassword {
        let mut utf16 = Zeroizing::new(Vec::with_capacity(bytes.len() * 2 + 2));
        for c in chars {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                utf16.extend_from_slice(&unit.to_be_bytes());
            }
        }
        utf16.extend_from_slice(&[0, 0]);
        EncodedPassword {
            utf8: Zeroizing::new(bytes.to_vec()),
            utf16,
        }
    }
}

fn latin1(typed: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(typed.len()));
    for c in typed.chars() {
        bytes.push(u8::try_from(u32::from(c)).ok()?);
    }
    Some(bytes)
}

/// The passwords to try on one file, and the iterations left for trying them.
pub struct Attempt {
    pub candidates: Vec<EncodedPassword>,
    pub budget: Budget,
    typed: bool,
}

impl Attempt {
    /// Prepares the passwords for one file.
    pub fn new(typed: Option<&Password>) -> Attempt {
        Attempt {
            candidates: EncodedPassword::candidates(typed),
            budget: Budget(MAX_TOTAL_ITERATIONS),
            typed: typed.is_some(),
        }
    }

    /// Returns the error if none of the passwords fits.
    pub fn refused(&self) -> FileError {
        match self.typed {
            true => FileError::WrongPassword,
            false => FileError::Locked,
        }
    }

    /// Tries the passwords in order until `open` returns anything but [`FileError::WrongPassword`].
    pub fn try_each<T>(
        &mut self,
        open: impl FnMut(&EncodedPassword, &mut Budget) -> Result<T, FileError>,
    ) -> Result<T, FileError> {
        self.try_selected(|_, _| true, open)
    }

    /// Tries the passwords like [`Attempt::try_each`], for a scheme that uses UTF-8: each encoding once.
    pub fn try_each_utf8<T>(
        &mut self,
        open: impl FnMut(&EncodedPassword, &mut Budget) -> Result<T, FileError>,
    ) -> Result<T, FileError> {
        let is_new =
            |earlier: &[EncodedPassword], one: &EncodedPassword| !earlier.iter().any(|other| other.utf8 == one.utf8);
        self.try_selected(is_new, open)
    }

    /// The typed password comes first. If the budget does not last for its other encodings, the password is wrong: the file
    /// does not ask for too much.
    fn try_selected<T>(
        &mut self,
        select: impl Fn(&[EncodedPassword], &EncodedPassword) -> bool,
        mut open: impl FnMut(&EncodedPassword, &mut Budget) -> Result<T, FileError>,
    ) -> Result<T, FileError> {
        for (at, secret) in self.candidates.iter().enumerate() {
            if !select(&self.candidates[..at], secret) {
                continue;
            }
            match open(secret, &mut self.budget) {
                Err(FileError::WrongPassword) => {}
                Err(FileError::TooCostly) if at > 0 => break,
                outcome => return outcome,
            }
        }
        Err(self.refused())
    }
}

/// The iterations of key derivation that are left.
#[derive(Debug)]
pub struct Budget(u64);

impl Budget {
    /// Returns the iterations left.
    pub fn left(&self) -> u64 {
        self.0
    }

    /// Subtracts the iterations of a derivation of `length` octets.
    ///
    /// # Errors
    /// [`FileError::TooCostly`] if too few are left.
    pub fn spend(&mut self, iterations: u64, hash: Hash, length: usize) -> Result<u32, FileError> {
        if iterations == 0 {
            return Err(FileError::Damaged);
        }
        let cost = iterations.saturating_mul(if hash.is_wide() { WIDE_HASH_COST } else { 1 });
        if cost > MAX_ITERATIONS {
            return Err(FileError::TooCostly);
        }
        let blocks = length.div_ceil(hash.len()) as u64;
        let left = cost.checked_mul(blocks).and_then(|cost| self.0.checked_sub(cost));
        self.0 = left.ok_or(FileError::TooCostly)?;
        u32::try_from(iterations).map_err(|_| FileError::TooCostly)
    }
}

/// A block cipher in CBC mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cipher {
    Aes128,
    Aes192,
    Aes256,
    TripleDes,
    /// Three DES keys of which the third is the first.
    TwoKeyTripleDes,
    Des,
    /// With the key's length in octets.
    Rc2(usize),
}

impl Cipher {
    /// Returns the length of the key in octets.
    pub fn key_length(self) -> usize {
        match self {
            Cipher::Aes128 | Cipher::TwoKeyTripleDes => 16,
            Cipher::Aes192 | Cipher::TripleDes => 24,
            Cipher::Aes256 => 32,
            Cipher::Des => 8,
            Cipher::Rc2(octets) => octets,
        }
    }

    /// Decrypts in CBC mode with the padding of PKCS#7.
    ///
    /// # Errors
    /// [`FileError::WrongPassword`] if the padding is wrong: nothing else identifies a wrong key.
    pub fn decrypt(self, key: &[u8], iv: &[u8], data: &[u8]) -> Result<Zeroizing<Vec<u8>>, FileError> {
        match self {
            Cipher::Aes128 => cbc_decrypt::<Aes128>(key, iv, data),
            Cipher::Aes192 => cbc_decrypt::<Aes192>(key, iv, data),
            Cipher::Aes256 => cbc_decrypt::<Aes256>(key, iv, data),
            Cipher::TripleDes => cbc_decrypt::<TdesEde3>(key, iv, data),
            Cipher::TwoKeyTripleDes => cbc_decrypt::<TdesEde2>(key, iv, data),
            Cipher::Des => cbc_decrypt::<Des>(key, iv, data),
            Cipher::Rc2(_) => cbc_decrypt::<Rc2>(key, iv, data),
        }
    }
}

fn cbc_decrypt<C>(key: &[u8], iv: &[u8], data: &[u8]) -> Result<Zeroizing<Vec<u8>>, FileError>
where
    C: BlockCipherDecrypt + KeyInit,
{
    let cipher = Decryptor::<C>::new_from_slices(key, iv).map_err(|_| FileError::Damaged)?;
    let mut buffer = Zeroizing::new(data.to_vec());
    let length = cipher
        .decrypt_padded::<Pkcs7>(&mut buffer)
        .map_err(|_| FileError::WrongPassword)?
        .len();
    buffer.truncate(length);
    Ok(buffer)
}

/// Decrypts data by an `AlgorithmIdentifier` and its parameters.
pub fn decrypt(
    (oid, parameters): (String, Reader<'_>),
    data: &[u8],
    secret: &EncodedPassword,
    budget: &mut Budget,
) -> Result<Zeroizing<Vec<u8>>, FileError> {
    if oid == PBES2 {
        return pbes2(parameters, data, secret, budget);
    }
    let (hash, cipher, pkcs12) = match oid.as_str() {
        "1.2.840.113549.1.12.1.3" => (Hash::Sha1, Cipher::TripleDes, true),
        "1.2.840.113549.1.12.1.4" => (Hash::Sha1, Cipher::TwoKeyTripleDes, true),
        "1.2.840.113549.1.12.1.5" => (Hash::Sha1, Cipher::Rc2(16), true),
        "1.2.840.113549.1.12.1.6" => (Hash::Sha1, Cipher::Rc2(5), true),
        "1.2.840.113549.1.5.3" => (Hash::Md5, Cipher::Des, false),
        "1.2.840.113549.1.5.6" => (Hash::Md5, Cipher::Rc2(8), false),
        "1.2.840.113549.1.5.10" => (Hash::Sha1, Cipher::Des, false),
        "1.2.840.113549.1.5.11" => (Hash::Sha1, Cipher::Rc2(8), false),
        _ => return Err(unsupported(&oid)),
    };
    let (salt, iterations) = salt_and_iterations(parameters).ok_or(FileError::Damaged)?;
    let length = cipher.key_length();
    let iterations = budget.spend(iterations, hash, length + 8)?;
    if pkcs12 {
        let key = hash.pkcs12(1, &secret.utf16, salt, iterations, length);
        let iv = hash.pkcs12(2, &secret.utf16, salt, iterations, 8);
        return cipher.decrypt(&key, &iv, data);
    }
    // PBKDF1 (RFC 8018 §5.1): eight octets of key, then eight of initialisation vector.
    let mut key = hash.digest(&[&secret.utf8, salt]);
    for _ in 1..iterations {
        key = hash.digest(&[&key]);
    }
    cipher.decrypt(&key[..8], &key[8..16], data)
}

fn salt_and_iterations(mut parameters: Reader<'_>) -> Option<(&[u8], u64)> {
    let mut inner = parameters.enter(SEQUENCE)?;
    Some((inner.read(OCTET_STRING)?, inner.number()?))
}

fn pbes2(
    mut parameters: Reader<'_>,
    data: &[u8],
    secret: &EncodedPassword,
    budget: &mut Budget,
) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let mut inner = parameters.enter(SEQUENCE).ok_or(FileError::Damaged)?;
    let derivation = inner.algorithm().ok_or(FileError::Damaged)?;
    let (oid, mut parameters) = inner.algorithm().ok_or(FileError::Damaged)?;
    let cipher = match oid.as_str() {
        "2.16.840.1.101.3.4.1.2" => Cipher::Aes128,
        "2.16.840.1.101.3.4.1.22" => Cipher::Aes192,
        "2.16.840.1.101.3.4.1.42" => Cipher::Aes256,
        "1.2.840.113549.3.7" => Cipher::TripleDes,
        "1.3.14.3.2.7" => Cipher::Des,
        _ => return Err(unsupported(&oid)),
    };
    let iv = parameters.read(OCTET_STRING).ok_or(FileError::Damaged)?;
    let key = pbkdf2(derivation, cipher.key_length(), &secret.utf8, budget)?;
    cipher.decrypt(&key, iv, data)
}

/// Returns whether a scheme uses the password in UTF-8: all but those of PKCS#12.
pub fn uses_utf8(oid: &str) -> bool {
    oid.starts_with("1.2.840.113549.1.5.")
}

/// Derives a key of `length` octets by the `AlgorithmIdentifier` of PBKDF2 (RFC 8018 §A.2).
pub fn pbkdf2(
    (oid, mut parameters): (String, Reader<'_>),
    length: usize,
    password: &[u8],
    budget: &mut Budget,
) -> Result<Zeroizing<Vec<u8>>, FileError> {
    if oid != PBKDF2 {
        return Err(unsupported(&oid));
    }
    let mut inner = parameters.enter(SEQUENCE).ok_or(FileError::Damaged)?;
    let salt = inner.read(OCTET_STRING).ok_or(FileError::Damaged)?;
    let iterations = inner.number().ok_or(FileError::Damaged)?;
    // Some writers state the key's length, which the cipher decides.
    let _ = inner.optional(INTEGER);
    let hash = if inner.is_empty() {
        Hash::Sha1
    } else {
        let (oid, mut rest) = inner.algorithm().ok_or(FileError::Damaged)?;
        let _ = rest.optional(NULL);
        Hash::from_oid(&oid).ok_or_else(|| unsupported(&oid))?
    };
    let iterations = budget.spend(iterations, hash, length)?;
    Ok(hash.pbkdf2(password, salt, iterations, length))
}

/// Returns the error for an algorithm without support, with its common name if it has one.
pub fn unsupported(oid: &str) -> FileError {
    let name = match oid {
        "1.2.840.113549.1.12.1.1" => "RC4-128",
        "1.2.840.113549.1.12.1.2" => "RC4-40",
        "1.2.840.113549.3.2" => "RC2-CBC",
        "1.3.6.1.4.1.11591.4.11" => "scrypt",
        "2.16.840.1.101.3.4.1.6" => "AES-128-GCM",
        "2.16.840.1.101.3.4.1.26" => "AES-192-GCM",
        "2.16.840.1.101.3.4.1.46" => "AES-256-GCM",
        "1.2.410.200004.1.4" => "SEED-CBC",
        "1.2.392.200011.61.1.1.1.2" => "Camellia-128-CBC",
        "1.2.392.200011.61.1.1.1.4" => "Camellia-256-CBC",
        "1.2.643.2.2.21" | "1.2.643.7.1.1.5.1.1" | "1.2.643.7.1.1.5.2.2" => "GOST",
        other => return FileError::Unsupported(format!("OID {other}")),
    };
    FileError::Unsupported(name.to_owned())
}
