//! Passwords as they arrive: typed, pasted, piped or from a variable, in whatever encoding the shell used.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use zeroize::Zeroizing;

use super::format::{decode_ansi, decode_unicode};
use crate::characters::is_invisible;

/// Letters of Norwegian, Swedish, Danish and German in code page 850, which `cmd.exe` pipes.
const CODE_PAGE_850: [(u8, char); 14] = [
    (0x81, 'ü'),
    (0x82, 'é'),
    (0x84, 'ä'),
    (0x86, 'å'),
    (0x8e, 'Ä'),
    (0x8f, 'Å'),
    (0x91, 'æ'),
    (0x92, 'Æ'),
    (0x94, 'ö'),
    (0x99, 'Ö'),
    (0x9a, 'Ü'),
    (0x9b, 'ø'),
    (0x9d, 'Ø'),
    (0xe1, 'ß'),
];

/// Passwords that are tried together. The iterations for one file are bounded as well.
const MAX_ALTERNATIVES: usize = 100;

/// A password for reading a file, and others to try as well. Wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Vec<Zeroizing<String>>);

impl Password {
    /// Wraps a password as it was entered.
    pub fn new(entered: Zeroizing<String>) -> Password {
        Password(vec![entered])
    }

    /// Decodes a password that was piped or came from a variable: UTF-8, UTF-16 with or without byte-order mark
    /// (PowerShell), or the code pages 1252 and 850 of Windows. Line ends after it are removed.
    pub fn from_bytes(bytes: &[u8]) -> Password {
        let trim = |mut text: Zeroizing<String>| {
            let end = text.trim_end_matches(['\r', '\n', '\0']).len();
            text.truncate(end);
            text
        };
        match decode_unicode(bytes) {
            Some(text) => Password::new(trim(text)),
            None => Password(vec![trim(decode_ansi(bytes)), trim(code_page_850(bytes))]),
        }
    }

    /// Splits input into lines with a password each, decoded as by [`from_bytes`](Password::from_bytes). A line break at
    /// the end of the input does not begin another line.
    pub fn lines(bytes: &[u8]) -> Vec<Password> {
        let whole = Password::from_bytes(bytes);
        if bytes.is_empty() {
            return Vec::new();
        }
        let split = |text: &Zeroizing<String>| -> Vec<Zeroizing<String>> {
            let unified = Zeroizing::new(text.replace("\r\n", "\n"));
            unified
                .split(['\n', '\r'])
                .map(|line| Zeroizing::new(line.to_owned()))
                .collect()
        };
        let mut alternatives = whole.0.iter().map(split);
        let mut lines: Vec<Password> = alternatives
            .next()
            .unwrap_or_default()
            .into_iter()
            .map(Password::new)
            .collect();
        for alternative in alternatives {
            for (line, other) in lines.iter_mut().zip(alternative) {
                line.0.push(other);
            }
        }
        lines
    }

    /// Adds another password to try after this one: a key in a `.p12` may have a password of its own.
    pub fn or(mut self, other: Password) -> Password {
        self.0.extend(other.0);
        self.0.truncate(MAX_ALTERNATIVES);
        self
    }

    /// Returns the passwords without a prefix, such as the name in `name=password`. `None` if they do not begin with it.
    pub fn strip_prefix(&self, prefix: &str) -> Option<Password> {
        let strip = |text: &Zeroizing<String>| Some(Zeroizing::new(text.strip_prefix(prefix)?.to_owned()));
        self.0.iter().map(strip).collect::<Option<_>>().map(Password)
    }

    /// Returns the password in plain text, without the others.
    pub fn expose(&self) -> &str {
        self.0.first().map_or("", |first| first.as_str())
    }

    /// Returns true if there is no character in it.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|text| text.is_empty())
    }

    /// Returns the texts to try, most likely first: as entered, without blanks around it, and both composed and
    /// decomposed. macOS types decomposed letters (NFD) in some programs, where Windows and Linux compose them (NFC).
    pub(super) fn variants(&self) -> Vec<Variant> {
        let mut variants: Vec<Variant> = Vec::new();
        let mut add = |text: Zeroizing<String>, trimmed: bool| {
            if !text.is_empty() && !variants.iter().any(|known| *known.text == *text) {
                variants.push(Variant { text, trimmed });
            }
        };
        for entered in &self.0 {
            for (text, trimmed) in [(entered.as_str(), false), (trim_blanks(entered), true)] {
                add(Zeroizing::new(text.to_owned()), trimmed);
                if !text.is_ascii() {
                    let mut composed = Zeroizing::new(String::with_capacity(text.len() * 3));
                    composed.extend(ComposingNormalizerBorrowed::new_nfc().normalize_iter(text.chars()));
                    let mut decomposed = Zeroizing::new(String::with_capacity(text.len() * 3));
                    decomposed.extend(DecomposingNormalizerBorrowed::new_nfd().normalize_iter(text.chars()));
                    add(composed, trimmed);
                    add(decomposed, trimmed);
                }
            }
        }
        variants
    }
}

/// A text to try as the password.
pub(super) struct Variant {
    pub text: Zeroizing<String>,
    /// Blanks around the password as it was entered are removed.
    pub trimmed: bool,
}

/// Removes blanks and characters without a width from both ends.
fn trim_blanks(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Returns a text in code page 850, as `cmd.exe` hands it to other programs. `None` if it has other characters.
pub(super) fn to_code_page_850(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len()));
    for c in text.chars() {
        let code = CODE_PAGE_850
            .iter()
            .find(|(_, letter)| *letter == c)
            .map(|(code, _)| *code);
        bytes.push(code.or_else(|| u8::try_from(c).ok().filter(u8::is_ascii))?);
    }
    Some(bytes)
}

fn code_page_850(bytes: &[u8]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(bytes.len() * 2));
    text.extend(bytes.iter().map(|byte| {
        let letter = CODE_PAGE_850.iter().find(|(code, _)| code == byte);
        letter.map_or(char::from(*byte), |(_, letter)| *letter)
    }));
    text
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(password: &Password) -> Vec<&str> {
        password.0.iter().map(|text| text.as_str()).collect()
    }

    #[test]
    fn bytes_are_decoded_in_the_encodings_of_shells() {
        let utf16 = |mark: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            format!("{mark}blåbær\r\n").encode_utf16().flat_map(unit).collect()
        };
        for bytes in [
            "blåbær".as_bytes().to_vec(),
            "blåbær\n".as_bytes().to_vec(),
            "blåbær\r\n".as_bytes().to_vec(),
            "\u{feff}blåbær\r\n".as_bytes().to_vec(),
            utf16("\u{feff}", u16::to_le_bytes),
            utf16("\u{feff}", u16::to_be_bytes),
            utf16("", u16::to_le_bytes),
            b"bl\xe5b\xe6r\n".to_vec(),
        ] {
            assert_eq!(Password::from_bytes(&bytes).expose(), "blåbær", "{bytes:x?}");
        }
        assert_eq!(texts(&Password::from_bytes(b"bl\x86b\x91r\r\n"))[1], "blåbær");
    }

    #[test]
    fn lines_have_a_password_each() {
        let lines = |bytes: &[u8]| -> Vec<String> {
            let lines = Password::lines(bytes);
            lines.iter().map(|line| line.expose().to_owned()).collect()
        };
        assert_eq!(lines(b"one\r\ntwo\n\nfour\n"), ["one", "two", "", "four"]);
        assert_eq!(lines(b"one"), ["one"]);
        assert_eq!(lines(b"\n"), [""]);
        assert!(lines(b"").is_empty());
        assert_eq!(texts(&Password::lines(b"a\nbl\x86\n")[1]), ["bl†", "blå"]);
    }

    #[test]
    fn variants_have_both_normal_forms_and_no_blanks() {
        let variants = |text: &str| -> Vec<(String, bool)> {
            let password = Password::new(text.to_owned().into());
            let variants = password.variants();
            variants.iter().map(|one| (one.text.to_string(), one.trimmed)).collect()
        };
        let pair = |text: &str, trimmed| (text.to_owned(), trimmed);
        assert_eq!(variants("abc"), [pair("abc", false)]);
        assert_eq!(variants("abc \u{a0}"), [pair("abc \u{a0}", false), pair("abc", true)]);
        assert_eq!(variants("a\u{30a}"), [pair("a\u{30a}", false), pair("å", false)]);
        assert_eq!(variants("å"), [pair("å", false), pair("a\u{30a}", false)]);
        assert!(variants("").is_empty());
    }
}
