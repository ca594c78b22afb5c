//! Base64 in text: removal of everything that editors, shells, JSON and mail programs add to it, and decoding.

use base64::{
    Engine,
    engine::{DecodePaddingMode, general_purpose},
};
use zeroize::Zeroizing;

use crate::characters::{is_invisible, is_quote};

const LENIENT: general_purpose::GeneralPurpose = general_purpose::GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    general_purpose::GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Base64 characters without anything between them.
pub struct Packed {
    /// In the standard alphabet, without padding.
    pub base64: Zeroizing<String>,
    /// Characters that are neither base64 nor layout were removed.
    pub foreign: bool,
}

/// Replaces escapes by what they stand for, as far as base64 and its line breaks are concerned: `\n`, `\\r\\n`, `\/`,
/// `\u000a`, `%0A`, `%2B`, `&#10;`, `<br>` and quoted-printable `=3D`.
pub fn unescape(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (length, replacement) = match c {
            '\\' => backslash(rest),
            '%' => hex_escape(&rest[1..]).map_or((1, Some('%')), |byte| (3, Some(byte))),
            '&' => entity(rest).unwrap_or((1, Some('&'))),
            '<' => line_break(rest).unwrap_or((1, Some('<'))),
            '=' => match hex_escape(&rest[1..]) {
                Some(byte @ ('=' | '\n' | '\r')) => (3, Some(byte)),
                _ => (1, Some('=')),
            },
            other => (other.len_utf8(), Some(other)),
        };
        plain.extend(replacement);
        rest = &rest[length..];
    }
    plain
}

/// Returns the length of an escape that begins with one or more backslashes, and its character.
fn backslash(text: &str) -> (usize, Option<char>) {
    let count = text.len() - text.trim_start_matches('\\').len();
    let after = &text[count..];
    match after.chars().next() {
        Some('n' | 'r') => (count + 1, Some('\n')),
        Some('t') => (count + 1, Some(' ')),
        Some(c @ ('/' | '"' | '\'' | '+' | '=')) => (count + 1, Some(c)),
        Some('u') => {
            let code = after.get(1..5).and_then(|hex| u32::from_str_radix(hex, 16).ok());
            match code.and_then(char::from_u32) {
                Some(c) => (count + 5, Some(c)),
                None => (count, None),
            }
        }
        Some('x') => match hex_escape(&after[1..]) {
            Some(c) => (count + 3, Some(c)),
            None => (count, None),
        },
        _ => (count, None),
    }
}

fn hex_escape(text: &str) -> Option<char> {
    let byte = u8::from_str_radix(text.get(..2)?, 16).ok()?;
    byte.is_ascii().then(|| char::from(byte))
}

/// Decodes `&#10;`, `&#xA;` and `&quot;`.
fn entity(text: &str) -> Option<(usize, Option<char>)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let c = match name {
        "quot" => '"',
        "apos" => '\'',
        "amp" => '&',
        "gt" => '>',
        "lt" => '<',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((end + 1, Some(c)))
}

/// Recognises `<br>`, `<br/>` and `<br />`.
fn line_break(text: &str) -> Option<(usize, Option<char>)> {
    let tag = text.get(..3)?;
    let end = text.bytes().take(8).position(|byte| byte == b'>')?;
    let between = text.get(3..end)?;
    let is_break = tag.eq_ignore_ascii_case("<br") && between.trim_matches([' ', '/']).is_empty();
    is_break.then_some((end + 1, Some('\n')))
}

/// Removes white space, quotes, characters without a width and other layout, and `+` between quoted parts.
pub fn pack(text: &str) -> Packed {
    let mut base64 = Zeroizing::new(String::with_capacity(text.len()));
    let mut foreign = false;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '/' | '+' => base64.push(c),
            // Base64url (RFC 4648 §5).
            '-' => base64.push('+'),
            '_' => base64.push('/'),
            c if is_quote(c) => {
                let after = &text[at + c.len_utf8()..];
                for _ in 0..joint(after) {
                    chars.next();
                }
            }
            c if is_layout(c) => {}
            _ => foreign = true,
        }
    }
    Packed { base64, foreign }
}

/// Returns the number of characters behind a quotation mark that join it to the next part, as in `"…" + "…"`.
fn joint(after: &str) -> usize {
    let blanks = |text: &str| text.chars().take_while(|c| matches!(c, ' ' | '\t')).count();
    let before = blanks(after);
    let Some(operator) = after.chars().nth(before).filter(|c| matches!(c, '+' | '.' | '&')) else {
        return 0;
    };
    let rest = &after[before + operator.len_utf8()..];
    let next = rest.trim_start_matches([' ', '\t']).chars().next();
    match next {
        None | Some('\n' | '\r') => before + 1,
        Some(c) if is_quote(c) => before + 1,
        _ => 0,
    }
}

/// Characters that layout puts between base64 characters: white space, marks of a mail's quotation, list separators,
/// padding, and characters without a width.
pub fn is_layout(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || is_invisible(c)
        || matches!(
            c,
            '>' | '|' | ',' | ';' | '=' | '\\' | '\u{2010}'..='\u{2015}' | '\u{2212}'
        )
}

/// Returns true for an example's text: an ellipsis, brackets, asterisks or a variable.
pub fn looks_like_placeholder(text: &str) -> bool {
    let marks = ["...", "…", "<", "[", "{", "***", "•••", "$", "%("];
    let letters = || text.chars().filter(|c| c.is_alphanumeric());
    let one_letter = letters().count() >= 4 && letters().all(|c| c.eq_ignore_ascii_case(&'x'));
    one_letter || marks.iter().any(|mark| text.contains(mark))
}

/// Decodes packed base64. A last character that is no whole octet is dropped: the length inside the DER tells if
/// anything is missing.
pub fn decode(base64: &str) -> Zeroizing<Vec<u8>> {
    let whole = match base64.len() % 4 {
        1 => &base64[..base64.len() - 1],
        _ => base64,
    };
    let mut bytes = Zeroizing::new(vec![0; base64::decoded_len_estimate(whole.len())]);
    // Packed text has no character outside the alphabet.
    let length = LENIENT.decode_slice(whole.as_bytes(), &mut bytes).unwrap_or(0);
    bytes.truncate(length);
    bytes
}

/// Decodes base64 of which a web form turned every `+` into a blank. `None` if it has no blank.
///
/// A blank at the edge of a line may be one of them. The lines have the same length, but for the last, and what is before all of
/// them is an indentation.
pub fn decode_with_plus(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let written: Vec<&str> = text
        .split(['\n', '\r'])
        .filter(|line| !line.trim().is_empty())
        .collect();
    let blanks = |line: &&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let indent = written.iter().map(blanks).min()?;
    let mut lines: Vec<&str> = written.iter().map(|line| &line[indent..]).collect();
    if let [line] = lines[..] {
        lines = parted_by_blanks(line).unwrap_or(lines);
    }
    let (last, full) = lines.split_last()?;
    let width = full.iter().map(|line| line.trim_end().len()).max().unwrap_or(0);
    let mut base64 = Zeroizing::new(String::with_capacity(text.len() + 4));
    for line in full {
        let content = line.get(..width).unwrap_or(line);
        base64.push_str(content);
        base64.extend(std::iter::repeat_n(' ', width - content.len().min(width)));
    }
    base64.push_str(last.trim_end());
    // Whole base64 has groups of four.
    let missing = base64.len().wrapping_neg() % 4;
    base64.extend(std::iter::repeat_n(' ', missing));
    let restored = Zeroizing::new(base64.replace(' ', "+"));
    let packed = pack(&restored);
    (*restored != *base64 && !packed.foreign).then(|| decode(&packed.base64))
}

/// Returns the lines of a text whose line breaks became blanks as well. `None` if they are not where lines of PEM end.
fn parted_by_blanks(text: &str) -> Option<Vec<&str>> {
    const LINE: usize = 64;
    let mut lines = Vec::new();
    let mut rest = text;
    while rest.len() > LINE {
        let (line, after) = rest.split_at_checked(LINE)?;
        lines.push(line);
        rest = after.strip_prefix(' ')?;
    }
    lines.push(rest);
    Some(lines)
}

/// Decodes base64 or base64url in text, with or without padding. `None` if it has other characters.
pub fn decode_text(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let packed = pack(text);
    (!packed.foreign).then(|| decode(&packed.base64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pluses_that_became_blanks_are_restored_everywhere() {
        let lines = [
            format!("M{}", "+Aa/".repeat(16)).chars().take(64).collect::<String>(),
            format!("+{}", "b".repeat(63)),
            format!("{}++", "c".repeat(62)),
            format!("+{}+", "d".repeat(62)),
            "eeee+fg+".to_owned(),
        ];
        let expected = decode(&lines.concat());
        let blanks = lines.map(|line| line.replace('+', " "));
        let trimmed = blanks.clone().map(|line| line.trim_end().to_owned());
        for text in [
            format!("\n{}\n", blanks.join("\n")),
            format!("\r\n{}\r\n", blanks.join("\r\n")),
            format!("\n    {}\n  ", blanks.join("\n    ")),
            format!("\n{}\n", trimmed.join("\n")),
            format!(" {} ", blanks.join(" ")),
            blanks.concat(),
        ] {
            let decoded = decode_with_plus(&text).unwrap();
            assert_eq!(decoded.as_slice(), expected.as_slice(), "{text}");
        }
        assert!(decode_with_plus("\nTUlJ\nTUlJ\n").is_none());
    }
}
