//! The hash functions that PKCS files name, and what is derived with them. RustCrypto does the work.

use hmac::{Hmac, KeyInit, Mac, digest::Digest};
use pbkdf2::pbkdf2_hmac;
use zeroize::Zeroizing;

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
    /// By a digest's or an HMAC's object identifier (RFC 8018 §B.1, RFC 5754).
    pub fn of(oid: &str) -> Option<Hash> {
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

    /// Octets of its output.
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

    /// Octets of its input block.
    fn block(self) -> usize {
        match self {
            Hash::Md5 | Hash::Sha1 | Hash::Sha224 | Hash::Sha256 => 64,
            Hash::Sha384 | Hash::Sha512 | Hash::Sha512_256 => 128,
        }
    }

    /// The hash of the parts, one after the other.
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

    /// Whether `mac` is the HMAC of `content`, in constant time.
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

    /// PBKDF2 (RFC 8018 §5.2).
    pub fn pbkdf2(self, password: &[u8], salt: &[u8], rounds: u32, length: usize) -> Zeroizing<Vec<u8>> {
        let mut key = Zeroizing::new(vec![0; length]);
        match self {
            Hash::Md5 => pbkdf2_hmac::<md5::Md5>(password, salt, rounds, &mut key),
            Hash::Sha1 => pbkdf2_hmac::<sha1::Sha1>(password, salt, rounds, &mut key),
            Hash::Sha224 => pbkdf2_hmac::<sha2::Sha224>(password, salt, rounds, &mut key),
            Hash::Sha256 => pbkdf2_hmac::<sha2::Sha256>(password, salt, rounds, &mut key),
            Hash::Sha384 => pbkdf2_hmac::<sha2::Sha384>(password, salt, rounds, &mut key),
            Hash::Sha512 => pbkdf2_hmac::<sha2::Sha512>(password, salt, rounds, &mut key),
            Hash::Sha512_256 => pbkdf2_hmac::<sha2::Sha512_256>(password, salt, rounds, &mut key),
        }
        key
    }

    /// The derivation of PKCS#12 (RFC 7292 §B.2). `id` is 1 for a key, 2 for an initialisation vector, 3 for a MAC.
    pub fn pkcs12(self, id: u8, password: &[u8], salt: &[u8], rounds: u32, length: usize) -> Zeroizing<Vec<u8>> {
        let block = self.block();
        let diversifier = vec![id; block];
        let mut input = Zeroizing::new(Vec::new());
        for part in [salt, password] {
            let filled = part.len().next_multiple_of(block);
            input.extend(part.iter().cycle().take(filled));
        }
        let mut key = Zeroizing::new(Vec::with_capacity(length + self.len()));
        loop {
            let mut hash = self.digest(&[&diversifier, &input]);
            for _ in 1..rounds {
                hash = self.digest(&[&hash]);
            }
            key.extend_from_slice(&hash);
            if key.len() >= length {
                key.truncate(length);
                return key;
            }
            let addend: Zeroizing<Vec<u8>> = Zeroizing::new(hash.iter().copied().cycle().take(block).collect());
            for chunk in input.chunks_mut(block) {
                add_one_and(chunk, &addend);
            }
        }
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

/// `number = (number + addend + 1) mod 2^(8·length)`, of two numbers of one length.
fn add_one_and(number: &mut [u8], addend: &[u8]) {
    let mut carry = 1;
    for (digit, added) in number.iter_mut().zip(addend).rev() {
        let sum = u16::from(*digit) + u16::from(*added) + carry;
        *digit = sum as u8;
        carry = sum >> 8;
    }
}
