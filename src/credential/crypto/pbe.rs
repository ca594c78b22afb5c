//! Password-based decryption: PBES2 and PBES1 (RFC 8018), and the schemes of PKCS#12 (RFC 7292 §C).
//!
//! It is implemented here for two reasons. The same schemes encrypt PKCS#12 files in BER, which no library reads. And a
//! file must not decide how long this computer works: [`Budget`] bounds the iterations.

use aes::{Aes128, Aes192, Aes256};
use cbc::{
    Decryptor,
    cipher::{BlockCipherDecrypt, BlockModeDecrypt, InnerIvInit, KeyInit, KeyIvInit, block_padding::Pkcs7},
};
use des::{Des, TdesEde2, TdesEde3};
use rc2::Rc2;
use zeroize::Zeroizing;

use super::{
    attempt::{Budget, EncodedPassword},
    hash::Hash,
};
use crate::credential::{
    ber::{INTEGER, NULL, OCTET_STRING, Reader, SEQUENCE},
    error::FileError,
};

pub const PBES2: &str = "1.2.840.113549.1.5.13";
const PBKDF2: &str = "1.2.840.113549.1.5.12";

/// An `AlgorithmIdentifier`: its OID, and a reader of its parameters.
pub type Algorithm<'a> = (String, Reader<'a>);

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
    /// With the key's length in octets and its effective length in bits, which PBES2 states apart.
    Rc2Effective(usize, usize),
}

impl Cipher {
    /// Returns the length of the key in octets.
    pub fn key_length(self) -> usize {
        match self {
            Cipher::Aes128 | Cipher::TwoKeyTripleDes => 16,
            Cipher::Aes192 | Cipher::TripleDes => 24,
            Cipher::Aes256 => 32,
            Cipher::Des => 8,
            Cipher::Rc2(octets) | Cipher::Rc2Effective(octets, _) => octets,
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
            Cipher::Rc2Effective(_, bits) => {
                let cipher = Rc2::new_with_eff_key_len(key, bits);
                let cipher = Decryptor::inner_iv_slice_init(cipher, iv).map_err(|_| FileError::Damaged)?;
                unpad(cipher, data)
            }
        }
    }
}

fn cbc_decrypt<C>(key: &[u8], iv: &[u8], data: &[u8]) -> Result<Zeroizing<Vec<u8>>, FileError>
where
    C: BlockCipherDecrypt + KeyInit,
{
    unpad(
        Decryptor::<C>::new_from_slices(key, iv).map_err(|_| FileError::Damaged)?,
        data,
    )
}

fn unpad(cipher: impl BlockModeDecrypt, data: &[u8]) -> Result<Zeroizing<Vec<u8>>, FileError> {
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
    (oid, parameters): Algorithm<'_>,
    data: &[u8],
    password: &EncodedPassword,
    budget: &mut Budget,
) -> Result<Zeroizing<Vec<u8>>, FileError> {
    if oid == PBES2 {
        return pbes2(parameters, data, password, budget);
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
        let key = hash.pkcs12(1, &password.utf16, salt, iterations, length);
        let iv = hash.pkcs12(2, &password.utf16, salt, iterations, 8);
        return cipher.decrypt(&key, &iv, data);
    }
    // PBKDF1 (RFC 8018 §5.1): eight octets of key, then eight of initialisation vector.
    let mut key = hash.digest(&[&password.utf8, salt]);
    hash.repeat(&mut key, iterations - 1);
    cipher.decrypt(&key[..8], &key[8..16], data)
}

fn salt_and_iterations(mut parameters: Reader<'_>) -> Option<(&[u8], u64)> {
    let mut inner = parameters.enter(SEQUENCE)?;
    Some((inner.read(OCTET_STRING)?, inner.number()?))
}

fn pbes2(
    mut parameters: Reader<'_>,
    data: &[u8],
    password: &EncodedPassword,
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
        "1.2.840.113549.3.2" => {
            let (cipher, iv) = rc2(parameters, key_length(derivation.1.clone())).ok_or(FileError::Damaged)?;
            let key = pbkdf2(derivation, cipher.key_length(), &password.utf8, budget)?;
            return cipher.decrypt(&key, iv, data);
        }
        _ => return Err(unsupported(&oid)),
    };
    let iv = parameters.read(OCTET_STRING).ok_or(FileError::Damaged)?;
    let key = pbkdf2(derivation, cipher.key_length(), &password.utf8, budget)?;
    cipher.decrypt(&key, iv, data)
}

/// Reads the parameters of RC2 (RFC 8018 §B.2.3). `length` is the key's length, if the derivation states it.
fn rc2(mut parameters: Reader<'_>, length: Option<usize>) -> Option<(Cipher, &[u8])> {
    if let Some(iv) = parameters.optional(OCTET_STRING) {
        return Some((Cipher::Rc2Effective(length.unwrap_or(4), 32), iv));
    }
    let mut inner = parameters.enter(SEQUENCE)?;
    let bits = match inner.number()? {
        160 => 40,
        120 => 64,
        58 => 128,
        version => usize::try_from(version)
            .ok()
            .filter(|bits| (256..=1024).contains(bits))?,
    };
    Some((
        Cipher::Rc2Effective(length.unwrap_or(bits / 8), bits),
        inner.read(OCTET_STRING)?,
    ))
}

/// Returns the length of the key in octets that the parameters of PBKDF2 state, if they do. No key is longer than the
/// block of a hash.
pub fn key_length(mut parameters: Reader<'_>) -> Option<usize> {
    let mut inner = parameters.enter(SEQUENCE)?;
    inner.read(OCTET_STRING)?;
    inner.number()?;
    let length = usize::try_from(inner.number()?).ok()?;
    (1..=128).contains(&length).then_some(length)
}

/// Derives a key of `length` octets by the `AlgorithmIdentifier` of PBKDF2 (RFC 8018 §A.2).
pub fn pbkdf2(
    (oid, mut parameters): Algorithm<'_>,
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
        "1.3.6.1.4.1.11591.4.11" => "scrypt",
        "2.16.840.1.101.3.4.1.6" => "AES-128-GCM",
        "2.16.840.1.101.3.4.1.26" => "AES-192-GCM",
        "2.16.840.1.101.3.4.1.46" => "AES-256-GCM",
        "2.16.840.1.101.3.4.1.3" | "2.16.840.1.101.3.4.1.23" | "2.16.840.1.101.3.4.1.43" => "AES-OFB",
        "2.16.840.1.101.3.4.1.4" | "2.16.840.1.101.3.4.1.24" | "2.16.840.1.101.3.4.1.44" => "AES-CFB",
        "1.3.6.1.4.1.1722.12.2.1.16" => "BLAKE2b-512",
        "1.3.6.1.4.1.1722.12.2.2.8" => "BLAKE2s-256",
        "1.2.410.200004.1.4" => "SEED-CBC",
        "1.2.392.200011.61.1.1.1.2" => "Camellia-128-CBC",
        "1.2.392.200011.61.1.1.1.4" => "Camellia-256-CBC",
        "1.2.643.2.2.21" | "1.2.643.7.1.1.5.1.1" | "1.2.643.7.1.1.5.2.2" => "GOST",
        "1.2.840.113549.3.4" => "RC4",
        "1.3.6.1.4.1.3029.1.2" => "Blowfish",
        "1.2.840.113533.7.66.10" => "CAST5",
        "1.3.6.1.4.1.188.7.1.1.2" => "IDEA",
        "1.2.410.200046.1.1.2" => "ARIA-128-CBC",
        "1.2.410.200046.1.1.7" => "ARIA-192-CBC",
        "1.2.410.200046.1.1.12" => "ARIA-256-CBC",
        "1.2.156.10197.1.104.2" => "SM4-CBC",
        "1.2.392.200011.61.1.1.1.3" => "Camellia-192-CBC",
        "1.2.840.113549.2.2" => "MD2",
        "1.2.840.113549.2.4" => "MD4",
        "1.3.36.3.2.1" => "RIPEMD-160",
        "1.0.10118.3.0.55" => "Whirlpool",
        "1.2.156.10197.1.401" => "SM3",
        "1.2.643.2.2.9" | "1.2.643.7.1.1.2.2" | "1.2.643.7.1.1.2.3" => "GOST R 34.11",
        "2.16.840.1.101.3.4.2.5" | "1.2.840.113549.2.12" => "SHA-512/224",
        "2.16.840.1.101.3.4.2.7" | "2.16.840.1.101.3.4.2.13" => "SHA3-224",
        "2.16.840.1.101.3.4.2.8" | "2.16.840.1.101.3.4.2.14" => "SHA3-256",
        "2.16.840.1.101.3.4.2.9" | "2.16.840.1.101.3.4.2.15" => "SHA3-384",
        "2.16.840.1.101.3.4.2.10" | "2.16.840.1.101.3.4.2.16" => "SHA3-512",
        other => return FileError::Unsupported(format!("OID {other}")),
    };
    FileError::Unsupported(name.to_owned())
}
