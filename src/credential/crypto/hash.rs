//! Hash functions and key derivations of PKCS files, implemented with RustCrypto.

use std::num::NonZeroU32;

use aws_lc_rs::pbkdf2::{PBKDF2_HMAC_SHA1, PBKDF2_HMAC_SHA256, PBKDF2_HMAC_SHA384, PBKDF2_HMAC_SHA512};
use hmac::{
    Hmac, KeyInit, Mac,
    digest::{Digest, FixedOutputReset},
};
use pbkdf2::pbkdf2_hmac;
use zeroize::Zeroizing;

/// A hash function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha512_256,
}

impl Hash {
    /// Returns the hash of a digest's or an HMAC's object identifier (RFC 8018 §B.1, RFC 5754).
    pub fn from_oid(oid: &str) -> Option<Hash> {
        match oid {
            "1.2.840.113549.2.5" => Some(Hash::Md5),
            "1.3.14.3.2.26" | "1.2.840.113549.2.7" => Some(Hash::Sha1),
            "2.16.840.1.101.3.4.2.4" | "1.2.840.113549.2.8" => Some(Hash::Sha224),
            "2.16.840.1.101.3.4.2.1" | "1.2.840.113549.2.9" => Some(Hash::Sha256),
            "2.16.840.1.101.3.4.2.2" | "1.2.840.113549.2.10" => Some(Hash::Sha384),
            "2.16.840.1.101.3.4.2.3" | "1.2.840.113549.2.11" => Some(Hash::Sha512),
            "2.16.840.1.101.3.4.2.6" | "1.2.840.113549.2.13" => Some(Hash::Sha512_256),
            _ => None,
        }
    }

    /// Returns the octets of its output.
    pub fn len(self) -> usize {
        match self {
            Hash::Md5 => 16,
            Hash::Sha1 => 20,
            Hash::Sha224 => 28,
            Hash::Sha256 | Hash::Sha512_256 => 32,
            Hash::Sha384 => 48,
            Hash::Sha512 => 64,
        }
    }

    /// Returns the octets of its input block.
    fn block(self) -> usize {
        match self {
            Hash::Md5 | Hash::Sha1 | Hash::Sha224 | Hash::Sha256 => 64,
            Hash::Sha384 | Hash::Sha512 | Hash::Sha512_256 => 128,
        }
    }

    /// Returns the time of one iteration relative to SHA-256, which processors accelerate.
    pub fn cost(self) -> u64 {
        match self {
            Hash::Md5 | Hash::Sha1 | Hash::Sha224 | Hash::Sha256 => 1,
            Hash::Sha384 | Hash::Sha512 | Hash::Sha512_256 => 2,
        }
    }

    /// Computes the hash of the concatenated parts.
    pub fn digest(self, parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
        match self {
            Hash::Md5 => digest::<md5::Md5>(parts),
            Hash::Sha1 => digest::<sha1::Sha1>(parts),
            Hash::Sha224 => digest::<sha2::Sha224>(parts),
            Hash::Sha256 => digest::<sha2::Sha256>(parts),
            Hash::Sha384 => digest::<sha2::Sha384>(parts),
            Hash::Sha512 => digest::<sha2::Sha512>(parts),
            Hash::Sha512_256 => digest::<sha2::Sha512_256>(parts),
        }
    }

    /// Returns true if `mac` is the HMAC of `content`. Constant time.
    pub fn verifies(self, key: &[u8], content: &[u8], mac: &[u8]) -> bool {
        match self {
            Hash::Md5 => Hmac::<md5::Md5>::new_from_slice(key).is_ok_and(|hmac| matches(hmac, content, mac)),
            Hash::Sha1 => Hmac::<sha1::Sha1>::new_from_slice(key).is_ok_and(|hmac| matches(hmac, content, mac)),
            Hash::Sha224 => Hmac::<sha2::Sha224>::new_from_slice(key).is_ok_and(|hmac| matches(hmac, content, mac)),
            Hash::Sha256 => Hmac::<sha2::Sha256>::new_from_slice(key).is_ok_and(|hmac| matches(hmac, content, mac)),
            Hash::Sha384 => Hmac::<sha2::Sha384>::new_from_slice(key).is_ok_and(|hmac| matches(hmac, content, mac)),
            Hash::Sha512 => Hmac::<sha2::Sha512>::new_from_slice(key).is_ok_and(|hmac| matches(hmac, content, mac)),
            Hash::Sha512_256 => {
                Hmac::<sha2::Sha512_256>::new_from_slice(key).is_ok_and(|hmac| matches(hmac, content, mac))
            }
        }
    }

    /// Derives a key by PBKDF2 (RFC 8018 §5.2). AWS-LC does it where it has the hash: it is several times faster than
    /// RustCrypto, and not slow in an unoptimised build.
    pub fn pbkdf2(self, password: &[u8], salt: &[u8], iterations: u32, length: usize) -> Zeroizing<Vec<u8>> {
        let mut key = Zeroizing::new(vec![0; length]);
        let derive = |algorithm, key: &mut [u8]| {
            // `Budget` has refused 0.
            let iterations = NonZeroU32::new(iterations).unwrap_or(NonZeroU32::MIN);
            aws_lc_rs::pbkdf2::derive(algorithm, iterations, salt, password, key);
        };
        match self {
            Hash::Sha1 => derive(PBKDF2_HMAC_SHA1, &mut key),
            Hash::Sha256 => derive(PBKDF2_HMAC_SHA256, &mut key),
            Hash::Sha384 => derive(PBKDF2_HMAC_SHA384, &mut key),
            Hash::Sha512 => derive(PBKDF2_HMAC_SHA512, &mut key),
            Hash::Md5 => pbkdf2_hmac::<md5::Md5>(password, salt, iterations, &mut key),
            Hash::Sha224 => pbkdf2_hmac::<sha2::Sha224>(password, salt, iterations, &mut key),
            Hash::Sha512_256 => pbkdf2_hmac::<sha2::Sha512_256>(password, salt, iterations, &mut key),
        }
        key
    }

    /// Derives by PKCS#12 (RFC 7292 §B.2). `id` is 1 for a key, 2 for an initialisation vector, 3 for a MAC key.
    pub fn pkcs12(self, id: u8, password: &[u8], salt: &[u8], iterations: u32, length: usize) -> Zeroizing<Vec<u8>> {
        let block = self.block();
        let diversifier = vec![id; block];
        let mut input = Zeroizing::new(Vec::with_capacity(salt.len() + password.len() + 2 * block));
        for part in [salt, password] {
            let filled = part.len().next_multiple_of(block);
            input.extend(part.iter().cycle().take(filled));
        }
        let mut key = Zeroizing::new(Vec::with_capacity(length + self.len()));
        loop {
            let mut hash = self.digest(&[&diversifier, &input]);
            self.repeat(&mut hash, iterations - 1);
            key.extend_from_slice(&hash);
            if key.len() >= length {
                key.truncate(length);
                return key;
            }
            let addend: Zeroizing<Vec<u8>> = Zeroizing::new(hash.iter().copied().cycle().take(block).collect());
            for chunk in input.chunks_mut(block) {
                add_plus_one(chunk, &addend);
            }
        }
    }

    /// Replaces a hash by its own hash, `times` times.
    pub fn repeat(self, hash: &mut Zeroizing<Vec<u8>>, times: u32) {
        match self {
            Hash::Md5 => repeat::<md5::Md5>(hash, times),
            Hash::Sha1 => repeat::<sha1::Sha1>(hash, times),
            Hash::Sha224 => repeat::<sha2::Sha224>(hash, times),
            Hash::Sha256 => repeat::<sha2::Sha256>(hash, times),
            Hash::Sha384 => repeat::<sha2::Sha384>(hash, times),
            Hash::Sha512 => repeat::<sha2::Sha512>(hash, times),
            Hash::Sha512_256 => repeat::<sha2::Sha512_256>(hash, times),
        }
    }
}

/// Iterates in one buffer: an allocation for each of a million iterations would take longer than the hash.
fn repeat<D: Digest + FixedOutputReset>(hash: &mut Zeroizing<Vec<u8>>, times: u32) {
    let mut state = D::new();
    for _ in 0..times {
        Digest::update(&mut state, hash.as_slice());
        hash.copy_from_slice(&Digest::finalize_reset(&mut state));
    }
}

fn digest<D: Digest>(parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    let mut hash = D::new();
    for part in parts {
        hash.update(part);
    }
    Zeroizing::new(hash.finalize().to_vec())
}

fn matches(mut hmac: impl Mac, content: &[u8], mac: &[u8]) -> bool {
    hmac.update(content);
    hmac.verify_slice(mac).is_ok()
}

/// Computes `number = (number + addend + 1) mod 2^(8·length)`, where both have the same length.
fn add_plus_one(number: &mut [u8], addend: &[u8]) {
    let mut carry = 1;
    for (digit, added) in number.iter_mut().zip(addend).rev() {
        let sum = u16::from(*digit) + u16::from(*added) + carry;
        *digit = sum as u8;
        carry = sum >> 8;
    }
}
