//! PEM (RFC 7468, with RFC 1421 headers as OpenSSL writes them): finds the blocks in a text, whatever has happened to
//! its layout.
//!
//! Mail programs, web forms, `.env` files and JSON lose line breaks, turn them into blanks or into the two characters
//! `\n`, quote and indent. A block therefore is what is between two markers, and its base64 what is left when everything
//! that cannot be part of it is removed. The length inside the DER tells if characters are missing.
//!
//! rustls-pki-types supports neither encrypted keys nor headers, and other crates leave copies of keys in memory.

use std::ops::Range;

use zeroize::Zeroizing;

use super::{base64_text, line_prefix};
use crate::credential::{
    crypto::{attempt::EncodedPassword, hash::Hash, pbe::Cipher},
    error::FileError,
};

/// Characters of a label. The longest in use, of PKCS#7, has 24.
const MAX_LABEL: usize = 64;
/// Base64 characters of a block that may be an example's text: `YOUR PRIVATE KEY HERE` is valid base64.
const MAX_PLACEHOLDER: usize = 100;

/// A line such as `-----BEGIN CERTIFICATE-----`.
struct Marker<'a> {
    /// With the dashes on both sides, which the next marker may share.
    span: Range<usize>,
    begins: bool,
    label: &'a str,
}

/// A block as it is in the text.
pub struct RawBlock<'a> {
    /// `CERTIFICATE`, `PRIVATE KEY` and so on.
    pub label: &'a str,
    body: &'a str,
    /// The text before the BEGIN marker in its line, such as that of a log.
    prefix: &'a str,
    /// The part of the text that it takes, with its markers.
    pub span: Range<usize>,
}

/// A block whose base64 is decoded.
pub struct Block {
    /// Cipher name and initialisation vector of `DEK-Info`.
    encryption: Option<(String, Vec<u8>)>,
    pub der: Zeroizing<Vec<u8>>,
}

/// Returns the blocks of a text in order. A block without its END marker lasts until the next BEGIN.
pub fn blocks(text: &str) -> Vec<RawBlock<'_>> {
    let markers = markers(text);
    let mut blocks = Vec::new();
    for (at, marker) in markers.iter().enumerate().filter(|(_, marker)| marker.begins) {
        let next = markers.get(at + 1);
        let end = next.map_or(text.len(), |next| next.span.start);
        let whole = next.filter(|next| !next.begins).map_or(end, |next| next.span.end);
        blocks.push(RawBlock {
            label: marker.label,
            body: text.get(marker.span.end..end).unwrap_or_default(),
            prefix: text[..marker.span.start]
                .rsplit(['\n', '\r'])
                .next()
                .unwrap_or_default(),
            span: marker.span.start..whole,
        });
    }
    blocks
}

/// Returns whether a character is a dash: word processors turn those of a marker into longer ones.
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

fn markers(text: &str) -> Vec<Marker<'_>> {
    let mut markers = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(is_dash) {
        let start = at + found;
        let after_dashes = skip(text, start, is_dash);
        at = after_dashes;
        let keyword = skip(text, after_dashes, |c| c == ' ' || c == '\u{a0}');
        let begins = starts_with(&text[keyword..], "BEGIN");
        if !begins && !starts_with(&text[keyword..], "END") {
            continue;
        }
        let label_start = keyword + if begins { "BEGIN".len() } else { "END".len() };
        let Some(label_end) = label_end(text, label_start) else {
            continue;
        };
        markers.push(Marker {
            span: start..skip(text, label_end, is_dash),
            begins,
            label: text[label_start..label_end].trim(),
        });
        // The dashes behind may be those of the next marker as well.
        at = label_end;
    }
    markers
}

fn skip(text: &str, from: usize, mut which: impl FnMut(char) -> bool) -> usize {
    let rest = &text[from..];
    from + rest.find(|c| !which(c)).unwrap_or(rest.len())
}

fn starts_with(text: &str, keyword: &str) -> bool {
    let Some(beginning) = text.get(..keyword.len()) else {
        return false;
    };
    let follows = text[keyword.len()..].chars().next();
    beginning.eq_ignore_ascii_case(keyword) && follows.is_some_and(|c| c == ' ' || c == '\u{a0}' || is_dash(c))
}

/// Returns the place where the dashes behind a label begin. A single hyphen between letters is part of the label.
fn label_end(text: &str, start: usize) -> Option<usize> {
    let mut chars = text[start..].char_indices().peekable();
    let mut length = 0;
    while let Some((at, c)) = chars.next() {
        length += 1;
        if length > MAX_LABEL {
            return None;
        }
        if is_dash(c) {
            match chars.peek().map(|(_, next)| *next) {
                Some(next) if c != '-' || is_dash(next) => return Some(start + at),
                Some(next) if next.is_alphanumeric() => {}
                None if c != '-' => return Some(start + at),
                _ => return None,
            }
        } else if !(c.is_alphanumeric() || matches!(c, ' ' | '\u{a0}' | '#' | '.' | ':' | '_' | '/' | '(' | ')')) {
            return None;
        }
    }
    None
}

impl RawBlock<'_> {
    /// Returns the text between the markers, without escapes and without what is before each of its lines.
    fn plain_body(&self) -> Zeroizing<String> {
        let without_prefix = line_prefix::remove(self.body, self.prefix);
        base64_text::unescape(without_prefix.as_deref().map_or(self.body, String::as_str))
    }

    /// Decodes the block.
    ///
    /// # Errors
    /// [`FileError::Empty`], [`FileError::Placeholder`], or [`FileError::Damaged`] if it has other characters.
    pub fn decode(&self) -> Result<Block, FileError> {
        let text = self.plain_body();
        let (encryption, text) = match text.find("DEK-Info:") {
            Some(at) => {
                let (info, rest) = parse_dek_info(&text[at + "DEK-Info:".len()..]).ok_or(FileError::Damaged)?;
                (Some(info), rest)
            }
            None => (None, text.as_str()),
        };
        let without_headers = without_headers(text);
        let packed = base64_text::pack(&without_headers);
        let placeholder = base64_text::looks_like_placeholder(&without_headers);
        if packed.base64.is_empty() && !placeholder {
            return Err(FileError::Empty);
        }
        if placeholder && packed.base64.len() < MAX_PLACEHOLDER {
            return Err(FileError::Placeholder);
        }
        if packed.foreign {
            return Err(FileError::Damaged);
        }
        Ok(Block {
            encryption,
            der: base64_text::decode(&packed.base64),
        })
    }

    /// Decodes the block as if a web form had turned every `+` into a blank. `None` if no line has a blank in it.
    pub fn decode_with_plus(&self) -> Option<Zeroizing<Vec<u8>>> {
        base64_text::decode_with_plus(&self.plain_body())
    }

    /// Returns true if the block has RFC 1421 headers of encryption.
    pub fn is_encrypted(&self) -> bool {
        self.body.contains("DEK-Info:")
    }

    /// Returns true if the content is too short for a key or a certificate: an example's text.
    pub fn is_short(&self) -> bool {
        base64_text::pack(&self.plain_body()).base64.len() < MAX_PLACEHOLDER
    }
}

/// Removes the header lines of RFC 1421 and their continuations, such as `Proc-Type`.
fn without_headers(text: &str) -> Zeroizing<String> {
    let mut rest = Zeroizing::new(String::with_capacity(text.len()));
    let mut lines = text.split(['\n', '\r']);
    let first = lines.clone().find(|line| !line.trim().is_empty());
    if first.is_none_or(|line| !line.contains(':')) {
        rest.push_str(text);
        return rest;
    }
    let mut header = false;
    for line in lines.by_ref() {
        header = line.contains(':') || (header && line.starts_with([' ', '\t']) && !line.trim().is_empty());
        if !header {
            rest.push_str(line);
            rest.push('\n');
        }
    }
    rest
}

/// Parses the value of `DEK-Info`, `AES-128-CBC,0123…`, and returns the text behind it. Where line breaks are lost, the
/// cipher tells the length of the initialisation vector.
fn parse_dek_info(text: &str) -> Option<((String, Vec<u8>), &str)> {
    let (cipher, rest) = text.split_once(',')?;
    let (cipher, rest) = (cipher.trim(), rest.trim_start());
    let digits = match cipher {
        name if name.starts_with("DES") => 16,
        name if name.starts_with("AES") => 32,
        _ => rest.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(rest.len()),
    };
    let hex = rest.get(..digits).filter(|hex| hex.len() % 2 == 0)?;
    let iv = (0..digits)
        .step_by(2)
        .map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok());
    Some(((cipher.to_owned(), iv.collect::<Option<_>>()?), &rest[digits..]))
}

impl Block {
    /// Returns true if the block has RFC 1421 encryption, `Proc-Type: 4,ENCRYPTED`.
    pub fn is_encrypted(&self) -> bool {
        self.encryption.is_some()
    }

    /// Decrypts a block that OpenSSL encrypted before PKCS#8. The key is MD5 over the password and the first eight octets
    /// of the initialisation vector, repeated until it is long enough (OpenSSL's `EVP_BytesToKey`).
    pub fn decrypt(&self, password: &EncodedPassword) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let Some((name, iv)) = &self.encryption else {
            return Ok(self.der.clone());
        };
        let cipher = match name.as_str() {
            "AES-128-CBC" => Cipher::Aes128,
            "AES-192-CBC" => Cipher::Aes192,
            "AES-256-CBC" => Cipher::Aes256,
            "DES-EDE3-CBC" => Cipher::TripleDes,
            "DES-CBC" => Cipher::Des,
            other => return Err(FileError::Unsupported(crate::text::visible(other))),
        };
        let salt = iv.get(..8).ok_or(FileError::Damaged)?;
        let mut key = Zeroizing::new(Vec::with_capacity(cipher.key_length() + 16));
        let mut last = Zeroizing::new(Vec::new());
        while key.len() < cipher.key_length() {
            last = Hash::Md5.digest(&[&last, &password.utf8, salt]);
            key.extend_from_slice(&last);
        }
        cipher.decrypt(&key[..cipher.key_length()], iv, &self.der)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, Result<Vec<u8>, FileError>)> {
        let der = |block: &RawBlock| block.decode().map(|block| block.der.to_vec());
        blocks(text)
            .iter()
            .map(|block| (block.label.to_owned(), der(block)))
            .collect()
    }

    #[test]
    fn blocks_are_found_among_other_text() {
        let text = "Bag Attributes\r\n    friendlyName: æøå\r\n-----BEGIN A-----\r\nAAEC\r\n AwQF\r\n-----END A-----\r\nmore\r\n\
                    -----BEGIN B C-----\nBg\n-----END B C-----";
        assert_eq!(
            found(text),
            [
                ("A".to_owned(), Ok(vec![0, 1, 2, 3, 4, 5])),
                ("B C".to_owned(), Ok(vec![6]))
            ]
        );
    }

    #[test]
    fn layout_does_not_matter() {
        for text in [
            "-----BEGIN A-----AAECAwQF-----END A-----",
            "-----BEGIN A----- AAEC AwQF -----END A-----",
            r"-----BEGIN A-----\nAAEC\nAwQF\n-----END A-----\n",
            r#""-----BEGIN A-----\\r\\nAAEC\\r\\nAwQF\\r\\n-----END A-----""#,
            "\"-----BEGIN A-----\\n\" +\n\"AAEC\\n\" +\n\"AwQF\\n\" +\n\"-----END A-----\"",
            "> -----BEGIN A-----\n> AAEC\n> AwQF\n> -----END A-----",
            "-----BEGIN A-----%0AAAEC%0D%0AAwQF%0A-----END A-----",
            "-----BEGIN A-----&#10;AAEC<br/>AwQF<br>-----END A-----",
            "–––BEGIN A–––\nAAEC\nAwQF\n—END A—",
            "----BEGIN A----\nAAEC\u{200b}\nAw\u{a0}QF\n----END A----",
            "-----begin a-----\nAAEC\nAwQF\n-----end a-----",
            "-----BEGIN A-----\nAAEC\nAwQF\n",
            "-----BEGIN A-----\nAAEC\nAwQF\n-----END B-----",
        ] {
            let found = found(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].1, Ok(vec![0, 1, 2, 3, 4, 5]), "{text}");
        }
    }

    #[test]
    fn text_before_every_line_is_removed() {
        let lines = ["-----BEGIN A-----", "AAEC", "AwQF", "1234", "BgcI", "-----END A-----"];
        let numbered = |number: &dyn Fn(usize) -> String| {
            let lines = lines.iter().enumerate();
            lines
                .map(|(at, line)| number(at + 7) + line)
                .collect::<Vec<_>>()
                .join("\n")
        };
        for text in [
            numbered(&|at| format!("{at:>6}\t")),
            numbered(&|at| format!("{at}: ")),
            numbered(&|at| format!("[{at}]")),
            numbered(&|at| format!("a.pem:{at}:")),
            numbered(&|at| format!("2026-11-26 12:00:{at:02},123 INFO  [main] app - ")),
            numbered(&|at| format!("2026-11-26T12:00:00.{}Z stdout F ", at * 1234)),
            numbered(&|_| "Nov 26 12:00:00 host app[123]: ".to_owned()),
            numbered(&|_| "app-1  | ".to_owned()),
            numbered(&|_| "    ".to_owned()),
            numbered(&|_| "> | ".to_owned()),
            numbered(&|_| "// ".to_owned()),
            numbered(&|_| "+".to_owned()),
            numbered(&|at| {
                if at == 7 {
                    "INFO key: ".to_owned()
                } else {
                    "INFO ".to_owned()
                }
            }),
            format!("first line\n{}\nlast line", numbered(&|_| "INFO: ".to_owned())),
            numbered(&|at| format!("{at}: ")).replace('\n', "\r\n"),
        ] {
            let found = found(&text);
            let content = vec![0, 1, 2, 3, 4, 5, 0xd7, 0x6d, 0xf8, 6, 7, 8];
            assert_eq!(found, [("A".to_owned(), Ok(content))], "{text}");
        }
    }

    #[test]
    fn glued_markers_are_parted() {
        let text = "-----BEGIN X509-A-----AAEC-----END X509-A----------BEGIN B----------END B----------BEGIN C-----AwQF-----END C-----";
        assert_eq!(
            found(text),
            [
                ("X509-A".to_owned(), Ok(vec![0, 1, 2])),
                ("B".to_owned(), Err(FileError::Empty)),
                ("C".to_owned(), Ok(vec![3, 4, 5]))
            ]
        );
    }

    #[test]
    fn empty_example_and_malformed_blocks_differ() {
        for (body, error) in [
            ("", FileError::Empty),
            ("\n\n", FileError::Empty),
            ("\n...\n", FileError::Placeholder),
            ("\nMIIE…\n", FileError::Placeholder),
            ("\n<your key here>\n", FileError::Placeholder),
            ("\n[REDACTED]\n", FileError::Placeholder),
            ("\n********\n", FileError::Placeholder),
            ("\nA*EC\n", FileError::Damaged),
        ] {
            let text = format!("-----BEGIN A-----{body}-----END A-----");
            assert_eq!(found(&text)[0].1, Err(error), "{body}");
        }
        assert!(found("nothing here -- BEGIN of it - or END").is_empty());
    }

    #[test]
    fn headers_are_read_without_their_line_breaks() {
        let iv = "000102030405060708090A0B0C0D0E0F";
        for text in [
            format!("-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,{iv}\n\nAAEC\n-----END A-----"),
            format!("-----BEGIN A-----Proc-Type: 4,ENCRYPTEDDEK-Info: AES-128-CBC,{iv}AAEC-----END A-----"),
            format!("-----BEGIN A----- Proc-Type: 4,ENCRYPTED DEK-Info: AES-128-CBC,{iv}  AAEC -----END A-----"),
        ] {
            let block = blocks(&text)[0].decode().unwrap();
            assert_eq!(block.der.as_slice(), [0, 1, 2]);
            assert_eq!(block.encryption.unwrap(), ("AES-128-CBC".to_owned(), (0..16).collect()));
        }
    }
}
