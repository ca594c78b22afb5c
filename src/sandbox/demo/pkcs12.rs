//! Writer of `.p12` files (PKCS#12, RFC 7292), in DER: PBES2 with AES-256, and a MAC with HMAC-SHA-256.
//!
//! It shares no code with the reader in `credential`: a test of one with the other could not fail.

use std::num::NonZeroU32;

use aes::Aes256;
use aws_lc_rs::{
    error::Unspecified,
    hmac::{self, HMAC_SHA256},
    pbkdf2::{self, PBKDF2_HMAC_SHA256},
    rand,
};
use cbc::{
    Encryptor,
    cipher::{BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7},
};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// OpenSSL's default.
const ITERATIONS: NonZeroU32 = match NonZeroU32::new(2048) {
    Some(iterations) => iterations,
    None => NonZeroU32::MIN,
};

const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const NULL: &[u8] = &[0x05, 0];
const OBJECT_IDENTIFIER: u8 = 0x06;
const BMP_STRING: u8 = 0x1e;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
/// `[0]`, primitive and constructed.
const IMPLICIT_0: u8 = 0x80;
const EXPLICIT_0: u8 = 0xa0;

/// `1.2.840.113549.1`, under which most of the identifiers are.
const PKCS: [u8; 7] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01];
const DATA: &[u8] = &[7, 1];
const ENCRYPTED_DATA: &[u8] = &[7, 6];
const PBES2: &[u8] = &[5, 13];
const PBKDF2: &[u8] = &[5, 12];
const FRIENDLY_NAME: &[u8] = &[9, 20];
const LOCAL_KEY_ID: &[u8] = &[9, 21];
const X509_CERTIFICATE: &[u8] = &[9, 22, 1];
const ENCRYPTED_KEY_BAG: &[u8] = &[12, 10, 1, 2];
const CERTIFICATE_BAG: &[u8] = &[12, 10, 1, 3];
/// `1.2.840.113549.2.9`
const HMAC_WITH_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 2, 9];
/// `2.16.840.1.101.3.4.1.42`
const AES_256_CBC: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 42];
/// `2.16.840.1.101.3.4.2.1`
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];

/// A key and its certificates.
pub struct Entry<'a> {
    pub name: &'a str,
    /// PKCS#8 in DER.
    pub key: &'a [u8],
    /// Certificates in DER, leaf first.
    pub chain: Vec<&'a [u8]>,
}

/// Writes the keys and all their certificates.
///
/// # Errors
///
/// The system has no random numbers.
pub fn write(entries: &[Entry<'_>], password: &str) -> Result<Vec<u8>, Unspecified> {
    let mut keys = Vec::new();
    let mut certificates = Vec::new();
    let mut written: Vec<&[u8]> = Vec::new();
    for (id, entry) in (1u8..).zip(entries) {
        let attributes = attributes(entry.name, id);
        keys.push(bag(
            ENCRYPTED_KEY_BAG,
            &encrypted_key(entry.key, password)?,
            &attributes,
        ));
        for (at, certificate) in entry.chain.iter().enumerate() {
            // Several chains end in the same certificates.
            if !written.contains(certificate) {
                written.push(certificate);
                let content = sequence(&[&oid(X509_CERTIFICATE), &explicit(&octets(certificate))]);
                let attributes = if at == 0 { attributes.as_slice() } else { &[] };
                certificates.push(bag(CERTIFICATE_BAG, &content, attributes));
            }
        }
    }
    let keys = octets(&element(SEQUENCE, &keys.concat()));
    let (algorithm, encrypted) = encrypt(&element(SEQUENCE, &certificates.concat()), password)?;
    let encrypted = sequence(&[
        &integer(0),
        &sequence(&[&oid(DATA), &algorithm, &element(IMPLICIT_0, &encrypted)]),
    ]);
    let safe = sequence(&[
        &sequence(&[&oid(DATA), &explicit(&keys)]),
        &sequence(&[&oid(ENCRYPTED_DATA), &explicit(&encrypted)]),
    ]);
    Ok(sequence(&[
        &integer(3),
        &sequence(&[&oid(DATA), &explicit(&octets(&safe))]),
        &mac(&safe, password)?,
    ]))
}

/// Returns a `SafeBag`.
fn bag(kind: &[u8], content: &[u8], attributes: &[u8]) -> Vec<u8> {
    sequence(&[&oid(kind), &explicit(content), attributes])
}

/// Returns the attributes that connect a key and its certificate.
fn attributes(name: &str, id: u8) -> Vec<u8> {
    let value = |kind, value: Vec<u8>| sequence(&[&oid(kind), &element(SET, &value)]);
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut attributes = [
        value(LOCAL_KEY_ID, octets(&[id])),
        value(FRIENDLY_NAME, element(BMP_STRING, &name)),
    ];
    // DER orders the elements of a SET OF by their encoding (X.690 §11.6).
    attributes.sort_unstable();
    element(SET, &attributes.concat())
}

/// Returns an `EncryptedPrivateKeyInfo`.
fn encrypted_key(key: &[u8], password: &str) -> Result<Vec<u8>, Unspecified> {
    let (algorithm, encrypted) = encrypt(key, password)?;
    Ok(sequence(&[&algorithm, &octets(&encrypted)]))
}

/// Encrypts by PBES2 (RFC 8018 §6.2). Returns the `AlgorithmIdentifier` and the encrypted content.
fn encrypt(content: &[u8], password: &str) -> Result<(Vec<u8>, Vec<u8>), Unspecified> {
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    rand::fill(&mut salt)?;
    rand::fill(&mut iv)?;
    let mut key = Zeroizing::new([0; 32]);
    pbkdf2::derive(PBKDF2_HMAC_SHA256, ITERATIONS, &salt, password.as_bytes(), &mut key[..]);
    let cipher = Encryptor::<Aes256>::new_from_slices(&key[..], &iv).map_err(|_| Unspecified)?;
    let mut buffer = content.to_vec();
    // The padding is up to one block.
    buffer.resize(content.len() + iv.len(), 0);
    let encrypted = cipher.encrypt_padded::<Pkcs7>(&mut buffer, content.len());
    let encrypted = encrypted.map_err(|_| Unspecified)?.to_vec();
    let derivation = sequence(&[
        &oid(PBKDF2),
        &sequence(&[
            &octets(&salt),
            &iterations(),
            &sequence(&[&element(OBJECT_IDENTIFIER, HMAC_WITH_SHA256), NULL]),
        ]),
    ]);
    let scheme = sequence(&[&element(OBJECT_IDENTIFIER, AES_256_CBC), &octets(&iv)]);
    Ok((sequence(&[&oid(PBES2), &sequence(&[&derivation, &scheme])]), encrypted))
}

/// Returns the `MacData`. Its key is derived by RFC 7292 §B.2, of which one hash is enough for HMAC-SHA-256.
fn mac(safe: &[u8], password: &str) -> Result<Vec<u8>, Unspecified> {
    /// The block of SHA-256, in octets.
    const BLOCK: usize = 64;
    /// The purpose of the key: a MAC (§B.3).
    const ID: u8 = 3;
    let mut salt = [0; 16];
    rand::fill(&mut salt)?;
    let words = password.encode_utf16().chain([0]).flat_map(u16::to_be_bytes);
    let words: Zeroizing<Vec<u8>> = Zeroizing::new(words.collect());
    let mut input = Zeroizing::new(vec![ID; BLOCK]);
    input.extend(salt.iter().cycle().take(BLOCK));
    input.extend(words.iter().cycle().take(words.len().next_multiple_of(BLOCK)));
    let mut key = Sha256::digest(&input[..]);
    for _ in 1..ITERATIONS.get() {
        key = Sha256::digest(key);
    }
    let mac = hmac::sign(&hmac::Key::new(HMAC_SHA256, &key), safe);
    let algorithm = sequence(&[&element(OBJECT_IDENTIFIER, SHA256), NULL]);
    let digest = sequence(&[&algorithm, &octets(mac.as_ref())]);
    Ok(sequence(&[&digest, &octets(&salt), &iterations()]))
}

fn iterations() -> Vec<u8> {
    let octets = ITERATIONS.get().to_be_bytes();
    // The shortest form: 2048 needs two octets.
    element(INTEGER, &octets[2..])
}

fn integer(number: u8) -> Vec<u8> {
    element(INTEGER, &[number])
}

/// Returns an object identifier under [`PKCS`].
fn oid(rest: &[u8]) -> Vec<u8> {
    element(OBJECT_IDENTIFIER, &[&PKCS, rest].concat())
}

fn octets(content: &[u8]) -> Vec<u8> {
    element(OCTET_STRING, content)
}

fn explicit(content: &[u8]) -> Vec<u8> {
    element(EXPLICIT_0, content)
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(SEQUENCE, &parts.concat())
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let significant = &length[length.iter().take_while(|octet| **octet == 0).count()..];
    let mut encoded = vec![tag];
    if content.len() < 0x80 {
        encoded.push(content.len() as u8);
    } else {
        encoded.push(0x80 | significant.len() as u8);
        encoded.extend(significant);
    }
    encoded.extend(content);
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_their_shortest_form() {
        assert_eq!(element(OCTET_STRING, &[1, 2]), [4, 2, 1, 2]);
        assert_eq!(element(OCTET_STRING, &[0; 200])[..3], [4, 0x81, 200]);
        assert_eq!(element(OCTET_STRING, &[0; 300])[..4], [4, 0x82, 1, 44]);
        assert_eq!(iterations(), [2, 2, 8, 0]);
    }
}
