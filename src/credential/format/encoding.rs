//! Text encodings: UTF-8, UTF-16 and Windows' code page 1252.

use zeroize::Zeroizing;

/// Bytes that are looked at to detect UTF-16 without a byte-order mark.
const SAMPLE_BYTES: usize = 512;

/// Code page 1252 from 0x80 to 0x9f (WHATWG Encoding); the rest is Latin-1.
const CODE_PAGE_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Decodes UTF-8, or UTF-16 as PowerShell redirects output, with or without a byte-order mark. `None` for other bytes.
pub fn decode_unicode(bytes: &[u8]) -> Option<Zeroizing<String>> {
    let utf8 = |bytes: &[u8]| Some(Zeroizing::new(std::str::from_utf8(bytes).ok()?.to_owned()));
    match bytes {
        [0xff, 0xfe, rest @ ..] => Some(utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Some(utf16(rest, u16::from_be_bytes)),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        _ if mostly_zero(bytes, 1) => Some(utf16(bytes, u16::from_le_bytes)),
        _ if mostly_zero(bytes, 0) => Some(utf16(bytes, u16::from_be_bytes)),
        _ => utf8(bytes),
    }
}

/// Decodes bytes as [`decode_unicode`] does; bytes that are neither become U+FFFD.
pub fn decode_text(bytes: &[u8]) -> Zeroizing<String> {
    decode_unicode(bytes).unwrap_or_else(|| Zeroizing::new(String::from_utf8_lossy(bytes).into_owned()))
}

/// Decodes a text file: UTF-8 and UTF-16 as [`decode_unicode`] does, else Windows' code page 1252.
pub fn decode_settings(bytes: &[u8]) -> Zeroizing<String> {
    decode_unicode(bytes).unwrap_or_else(|| decode_ansi(bytes))
}

/// Decodes Windows' code page 1252, of which Latin-1 is nearly all.
pub fn decode_ansi(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 3));
    text.extend(bytes.iter().map(|byte| match byte {
        0x80..0xa0 => CODE_PAGE_1252[usize::from(byte - 0x80)],
        other => char::from(*other),
    }));
    text
}

/// Returns the byte of a character in Latin-1 or code page 1252.
pub fn ansi_byte(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    let at = CODE_PAGE_1252.iter().position(|other| *other == c)?;
    u8::try_from(at + 0x80).ok()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Zeroizing<String> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    text
}

/// Returns true if nine in ten pairs of bytes have a zero at that place, and one in ten at most at the other.
fn mostly_zero(bytes: &[u8], at: usize) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let pairs = sample.chunks_exact(2);
    let zeros = |at: usize| pairs.clone().filter(|pair| pair[at] == 0).count();
    pairs.len() >= 2 && zeros(at) * 10 >= pairs.len() * 9 && zeros(1 - at) * 10 <= pairs.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_marks_select_the_encoding() {
        assert_eq!(decode_text("\u{feff}abc".as_bytes()).as_str(), "abc");
        assert_eq!(decode_text(&[0xff, 0xfe, b'a', 0, 0xe6, 0]).as_str(), "aæ");
        assert_eq!(decode_text(&[0xfe, 0xff, 0, b'a', 0, 0xe6]).as_str(), "aæ");
    }

    #[test]
    fn utf16_is_detected_without_a_mark() {
        assert_eq!(decode_text(b"a\0b\0c\0").as_str(), "abc");
        assert_eq!(decode_text(b"\0a\0b\0c").as_str(), "abc");
        assert_eq!(decode_text(b"abc").as_str(), "abc");
        assert_eq!(decode_text(b"").as_str(), "");
    }

    #[test]
    fn code_page_1252_is_decoded_and_encoded() {
        assert_eq!(decode_ansi(b"\x80 bl\xe5b\xe6r").as_str(), "€ blåbær");
        for byte in 0..=u8::MAX {
            let c = decode_ansi(&[byte]).chars().next().unwrap();
            assert_eq!(ansi_byte(c), Some(byte));
        }
        assert_eq!(ansi_byte('漢'), None);
    }
}
