//! PEM (RFC 7468, and RFC 1421's headers as OpenSSL wrote them): the blocks among whatever else a text holds.
//!
//! rustls-pki-types knows neither encrypted keys nor headers, and others leave copies of keys in memory: so the few
//! lines that find the blocks are here.

use base64::{Engine, engine::DecodePaddingMode, engine::general_purpose};
use zeroize::Zeroizing;

use super::{
    error::FileError,
    hash::Hash,
    pbe::{Cipher, Secret},
};

const LENIENT: general_purpose::GeneralPurpose = general_purpose::GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    general_purpose::GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What stood between `BEGIN` and `END`.
pub struct Block {
    /// `CERTIFICATE`, `PRIVATE KEY` and so on.
    pub label: String,
    /// The cipher's name and the initialisation vector of `DEK-Info`.
    lock: Option<(String, Vec<u8>)>,
    pub der: Zeroizing<Vec<u8>>,
}

/// The text of a file: UTF-8 or Latin-1, or UTF-16 with a byte-order mark, as PowerShell writes what it redirects.
pub fn text(bytes: &[u8]) -> Zeroizing<String> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    Zeroizing::new(match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    })
}

/// The blocks of a text, in order.
pub fn blocks(text: &str) -> Result<Vec<Block>, FileError> {
    let mut blocks = Vec::new();
    let mut body = Zeroizing::new(String::with_capacity(text.len()));
    // Old Macintosh line ends are in old files still.
    let mut lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    while let Some(line) = lines.next() {
        let Some(label) = line
            .strip_prefix("-----BEGIN ")
            .and_then(|rest| rest.strip_suffix("-----"))
        else {
            continue;
        };
        let end = format!("-----END {label}-----");
        body.clear();
        let mut lock = None;
        loop {
            let line = lines.next().ok_or(FileError::CutShort)?;
            if line == end {
                break;
            }
            if line.starts_with("-----") {
                return Err(FileError::Damaged);
            }
            match line.split_once(": ") {
                Some(("DEK-Info", info)) => lock = Some(read_lock(info).ok_or(FileError::Damaged)?),
                Some(_) => {}
                None => body.push_str(line),
            }
        }
        blocks.push(Block {
            label: label.to_owned(),
            lock,
            der: base64(&body).ok_or(FileError::Damaged)?,
        });
    }
    Ok(blocks)
}

/// Base64 with white space in it and with or without its padding.
pub fn base64(written: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut packed = Zeroizing::new(String::with_capacity(written.len()));
    packed.extend(written.chars().filter(|c| !c.is_whitespace()));
    let mut bytes = Zeroizing::new(vec![0; base64::decoded_len_estimate(packed.len())]);
    let length = LENIENT.decode_slice(packed.as_bytes(), &mut bytes).ok()?;
    bytes.truncate(length);
    Some(bytes)
}

fn read_lock(info: &str) -> Option<(String, Vec<u8>)> {
    let (cipher, hex) = info.split_once(',')?;
    let iv = hex
        .trim()
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect::<Option<Vec<u8>>>()?;
    Some((cipher.trim().to_owned(), iv))
}

impl Block {
    /// Whether it is locked in the old way, `Proc-Type: 4,ENCRYPTED`.
    pub fn locked(&self) -> bool {
        self.lock.is_some()
    }

    /// Unlocks what OpenSSL locked before PKCS#8: the key is MD5 over the password and the first eight octets of the
    /// initialisation vector, repeated until it is long enough (OpenSSL's `EVP_BytesToKey`).
    pub fn unlock(&self, secret: &Secret) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let Some((name, iv)) = &self.lock else {
            return Ok(self.der.clone());
        };
        let cipher = match name.as_str() {
            "AES-128-CBC" => Cipher::Aes128,
            "AES-192-CBC" => Cipher::Aes192,
            "AES-256-CBC" => Cipher::Aes256,
            "DES-EDE3-CBC" => Cipher::TripleDes,
            "DES-CBC" => Cipher::Des,
            other => return Err(FileError::Unsupported(other.to_owned())),
        };
        let salt = iv.get(..8).ok_or(FileError::Damaged)?;
        let mut key = Zeroizing::new(Vec::with_capacity(cipher.key_length() + 16));
        let mut last = Zeroizing::new(Vec::new());
        while key.len() < cipher.key_length() {
            last = Hash::Md5.digest(&[&last, &secret.utf8, salt]);
            key.extend_from_slice(&last);
        }
        cipher.decrypt(&key[..cipher.key_length()], iv, &self.der)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_among_other_text() {
        let text = "Bag Attributes\r\n    friendlyName: æøå\r\n-----BEGIN A-----\r\nAAEC\r\n AwQF\r\n-----END A-----\r\nmore\r\n\
                    -----BEGIN B C-----\nBg\n-----END B C-----";
        let found = blocks(text).unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|block| (block.label.as_str(), block.der.as_slice()))
            .collect();
        assert_eq!(found, [("A", &[0, 1, 2, 3, 4, 5][..]), ("B C", &[6])]);
    }

    #[test]
    fn broken_blocks_are_told_apart() {
        for (text, trouble) in [
            ("-----BEGIN A-----\nAAEC\n", FileError::CutShort),
            ("-----BEGIN A-----\nAAEC\n-----END B-----", FileError::Damaged),
            ("-----BEGIN A-----\nA*EC\n-----END A-----", FileError::Damaged),
        ] {
            assert_eq!(blocks(text).err(), Some(trouble), "{text}");
        }
        assert!(blocks("nothing here").unwrap().is_empty());
    }

    #[test]
    fn marks_of_byte_order_are_understood() {
        assert_eq!(text("\u{feff}abc".as_bytes()).as_str(), "abc");
        assert_eq!(text(&[0xff, 0xfe, b'a', 0, 0xe6, 0]).as_str(), "aæ");
        assert_eq!(text(&[0xfe, 0xff, 0, b'a', 0, 0xe6]).as_str(), "aæ");
    }
}
