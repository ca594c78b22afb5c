//! PEM (RFC 7468, with RFC 1421 headers as OpenSSL writes them): finds the blocks in a text.
//!
//! rustls-pki-types supports neither encrypted keys nor headers, and other crates leave copies of keys in memory.

use base64::{Engine, engine::DecodePaddingMode, engine::general_purpose};
use zeroize::Zeroizing;

use super::{
    error::FileError,
    hash::Hash,
    pbe::{Cipher, EncodedPassword},
};

const LENIENT: general_purpose::GeneralPurpose = general_purpose::GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    general_purpose::GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The content between `BEGIN` and `END`.
pub struct Block {
    /// `CERTIFICATE`, `PRIVATE KEY` and so on.
    pub label: String,
    /// Cipher name and initialisation vector of `DEK-Info`.
    encryption: Option<(String, Vec<u8>)>,
    pub der: Zeroizing<Vec<u8>>,
}

/// Decodes a file to text: UTF-8, or UTF-16 with a byte-order mark, as PowerShell redirects output. Other bytes become
/// U+FFFD.
pub fn decode_text(bytes: &[u8]) -> Zeroizing<String> {
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

/// Returns the blocks of a text in order.
pub fn blocks(text: &str) -> Result<Vec<Block>, FileError> {
    let mut blocks = Vec::new();
    let mut body = Zeroizing::new(String::with_capacity(text.len()));
    // Old files may still have Macintosh line ends.
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
        let mut encryption = None;
        loop {
            let line = lines.next().ok_or(FileError::CutShort)?;
            if line == end {
                break;
            }
            if line.starts_with("-----") {
                return Err(FileError::Damaged);
            }
            match line.split_once(": ") {
                Some(("DEK-Info", info)) => encryption = Some(parse_dek_info(info).ok_or(FileError::Damaged)?),
                Some(_) => {}
                None => body.push_str(line),
            }
        }
        blocks.push(Block {
            label: label.to_owned(),
            encryption,
            der: decode_base64(&body).ok_or(FileError::Damaged)?,
        });
    }
    Ok(blocks)
}

/// Decodes base64, ignoring white space, with or without padding.
pub fn decode_base64(encoded: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut packed = Zeroizing::new(String::with_capacity(encoded.len()));
    packed.extend(encoded.chars().filter(|c| !c.is_whitespace()));
    let mut bytes = Zeroizing::new(vec![0; base64::decoded_len_estimate(packed.len())]);
    let length = LENIENT.decode_slice(packed.as_bytes(), &mut bytes).ok()?;
    bytes.truncate(length);
    Some(bytes)
}

/// Parses the value of `DEK-Info`, `AES-128-CBC,0123…`.
fn parse_dek_info(info: &str) -> Option<(String, Vec<u8>)> {
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
    /// Returns true if the block has RFC 1421 encryption, `Proc-Type: 4,ENCRYPTED`.
    pub fn is_encrypted(&self) -> bool {
        self.encryption.is_some()
    }

    /// Decrypts a block that OpenSSL encrypted before PKCS#8. The key is MD5 over the password and the first eight
    /// octets of the initialisation vector, repeated until it is long enough (OpenSSL's `EVP_BytesToKey`).
    pub fn decrypt(&self, secret: &EncodedPassword) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let Some((name, iv)) = &self.encryption else {
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
    fn cut_short_and_malformed_blocks_differ() {
        for (text, error) in [
            ("-----BEGIN A-----\nAAEC\n", FileError::CutShort),
            ("-----BEGIN A-----\nAAEC\n-----END B-----", FileError::Damaged),
            ("-----BEGIN A-----\nA*EC\n-----END A-----", FileError::Damaged),
        ] {
            assert_eq!(blocks(text).err(), Some(error), "{text}");
        }
        assert!(blocks("nothing here").unwrap().is_empty());
    }

    #[test]
    fn byte_order_marks_select_the_encoding() {
        assert_eq!(decode_text("\u{feff}abc".as_bytes()).as_str(), "abc");
        assert_eq!(decode_text(&[0xff, 0xfe, b'a', 0, 0xe6, 0]).as_str(), "aæ");
        assert_eq!(decode_text(&[0xfe, 0xff, 0, b'a', 0, 0xe6]).as_str(), "aæ");
    }
}
