//! Repair of binary files that were handled as text, as far as no byte is lost.
//!
//! An editor that opens a `.p12` as Latin-1 and saves it as UTF-8 writes two bytes for one; a transfer in text mode writes
//! CR LF for LF. Both can be undone. An editor that decodes it as UTF-8 puts U+FFFD for every other byte: those are lost.

use zeroize::Zeroizing;

use super::encoding::{ansi_byte, decode_unicode};
use crate::credential::ber::{SEQUENCE, definite_length};

/// Bytes at the beginning of a file in which a PKCS#12 may begin: an HTTP or MIME header before it.
const MAX_PREFIX_BYTES: usize = 1024;
/// Bytes of a PKCS#12 among which a zero can be expected.
const MIN_BYTES_WITH_ZEROS: usize = 256;
const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

/// Removes white space, zero bytes and byte-order marks before a binary file.
pub fn without_prefix(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    while let Some(after) = rest
        .strip_prefix(b"\xef\xbb\xbf")
        .or_else(|| rest.strip_prefix(b"\xff\xfe"))
        .or_else(|| rest.strip_prefix(b"\xfe\xff"))
        .or_else(|| {
            rest.split_first()
                .filter(|(first, _)| b" \t\r\n\0".contains(first))
                .map(|(_, after)| after)
        })
    {
        rest = after;
    }
    rest
}

/// Returns the bytes from the first place where a PKCS#12 begins, if that is not the beginning.
pub fn embedded_pkcs12(bytes: &[u8]) -> Option<&[u8]> {
    let at = (1..bytes.len().min(MAX_PREFIX_BYTES)).find(|at| super::pkcs12::detect(&bytes[*at..]))?;
    Some(&bytes[at..])
}

/// Restores the original bytes. `None` if the result is not a DER element of the right length.
pub fn restore(bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    [from_characters(bytes), from_crlf(bytes)]
        .into_iter()
        .flatten()
        .find(|restored| is_whole(restored))
}

/// Returns true if bytes were replaced: by U+FFFD, or by question marks in a file without any byte above ASCII.
pub fn has_replaced_bytes(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64)];
    let replaced = head
        .windows(REPLACEMENT.len())
        .filter(|part| *part == REPLACEMENT)
        .count();
    // The same in UTF-16, little-endian.
    let wide = head.starts_with(b"0\0") && head.chunks_exact(2).any(|pair| pair == [0xfd, 0xff]);
    let asked = head.starts_with(b"0?") && bytes.is_ascii() && head.iter().any(|byte| *byte < 9);
    wide || (head.first() == Some(&SEQUENCE) && replaced > 0) || replaced > 3 || asked
}

/// Returns true if a binary file has no zero byte: a shell drops them where it takes the output of a program as text. Every
/// PKCS#12 has some.
pub fn has_lost_zeros(bytes: &[u8]) -> bool {
    bytes.len() > MIN_BYTES_WITH_ZEROS && !bytes.contains(&0)
}

/// Maps every character to its byte in Latin-1 or code page 1252.
fn from_characters(bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let text = decode_unicode(bytes)?;
    let mut restored = Zeroizing::new(Vec::with_capacity(text.len()));
    for c in text.chars() {
        restored.push(ansi_byte(c)?);
    }
    (restored.as_slice() != bytes).then_some(restored)
}

/// Turns CR LF into LF.
fn from_crlf(bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut restored = Zeroizing::new(Vec::with_capacity(bytes.len()));
    for (at, byte) in bytes.iter().enumerate() {
        if !(*byte == b'\r' && bytes.get(at + 1) == Some(&b'\n')) {
            restored.push(*byte);
        }
    }
    (restored.len() < bytes.len()).then_some(restored)
}

/// Returns true if the bytes are a sequence that ends with them, or nearly so: an editor may add a line break.
fn is_whole(bytes: &[u8]) -> bool {
    let length = definite_length(bytes);
    bytes.first() == Some(&SEQUENCE)
        && match length {
            Some(length) => (length..=length + 2).contains(&bytes.len()),
            // Of an indefinite length: its end is two zero bytes.
            None => bytes.get(1) == Some(&0x80) && bytes.windows(2).rev().take(3).any(|pair| pair == [0, 0]),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let content: Vec<u8> = (0..=u8::MAX).chain([b'\n', b'\r', b'\n', 1]).collect();
        [&[0x30, 0x82, 1, 4][..], &content].concat()
    }

    #[test]
    fn reversible_damage_is_undone() {
        let original = sample();
        let latin: String = original.iter().map(|byte| char::from(*byte)).collect();
        let ansi = super::super::encoding::decode_ansi(&original);
        let wide: Vec<u8> = latin.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for spoiled in [
            latin.as_bytes(),
            ansi.as_bytes(),
            &wide,
            &[&[0xff, 0xfe], &wide[..]].concat(),
        ] {
            assert_eq!(restore(spoiled).unwrap().as_slice(), original);
        }
        let mut original = original;
        original.retain(|byte| *byte != b'\r');
        original[3] = 2;
        let lines: Vec<u8> = original
            .iter()
            .flat_map(|byte| {
                if *byte == b'\n' {
                    vec![b'\r', b'\n']
                } else {
                    vec![*byte]
                }
            })
            .collect();
        assert_eq!(restore(&lines).unwrap().as_slice(), original);
    }

    #[test]
    fn lost_bytes_are_detected() {
        let original = sample();
        assert!(!has_replaced_bytes(&original));
        assert!(restore(&original).is_none());
        let replaced = String::from_utf8_lossy(&original).into_owned();
        assert!(has_replaced_bytes(replaced.as_bytes()));
        let asked: Vec<u8> = original
            .iter()
            .map(|byte| if byte.is_ascii() { *byte } else { b'?' })
            .collect();
        assert!(has_replaced_bytes(&asked));
        assert!(restore(replaced.as_bytes()).is_none());
    }

    #[test]
    fn prefixes_are_removed() {
        for prefix in [&b""[..], b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b" \t\0"] {
            assert_eq!(without_prefix(&[prefix, &[0x30, 0x80]].concat()), [0x30, 0x80]);
        }
    }
}
