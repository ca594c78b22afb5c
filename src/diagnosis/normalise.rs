//! Normalisation of pasted text: the layers that mail programs, terminals, loggers and web pages put around an error are
//! taken off, so that recognition sees plain text.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::characters::is_invisible;

/// Nested encodings that are decoded, such as JSON in JSON in JSON.
const MAX_LAYERS: usize = 4;

/// Returns the text without escape sequences, invisible characters, quotation marks of mails and encodings, and with
/// typographic dashes, quotes and blanks as ASCII.
pub fn normalise(text: &str) -> String {
    let text = plain_characters(&without_escape_sequences(text));
    let text = without_mail_quotes(&quoted_printable(&text));
    // Markdown has a backslash before an underscore.
    let mut text = text.replace("\\_", "_");
    for _ in 0..MAX_LAYERS {
        let decoded = json_escapes(&html_entities(&percent_encoding(&text)));
        if decoded == text {
            break;
        }
        text = decoded;
    }
    text
}

/// Removes terminal escape sequences (ECMA-48), also those that have lost their ESC.
fn without_escape_sequences(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\u{1b}', '[']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = escape_sequence(rest).unwrap_or(0);
        if length == 0 {
            let first = rest.chars().next().map_or(0, char::len_utf8);
            // A lone ESC is removed with the other control characters.
            out.push_str(&rest[..first]);
            rest = &rest[first..];
        } else {
            rest = &rest[length..];
        }
    }
    out.push_str(rest);
    out
}

/// Returns the length of the escape sequence at the start of a text.
fn escape_sequence(text: &str) -> Option<usize> {
    if let Some(command) = text.strip_prefix("\u{1b}]") {
        let end = command.find(['\u{7}', '\u{1b}'])?;
        let terminators = ["\u{7}", "\u{1b}\\"].iter();
        let terminator = terminators
            .into_iter()
            .find(|terminator| command[end..].starts_with(**terminator))?;
        return Some(2 + end + terminator.len());
    }
    let (introducer, parameters) = match text.strip_prefix("\u{1b}[") {
        Some(parameters) => (2, parameters),
        None => (1, text.strip_prefix('[')?),
    };
    let end = parameters.find(|c: char| !(c.is_ascii_digit() || c == ';'))?;
    let last = parameters[end..].chars().next()?;
    let fits = match introducer {
        2 => last.is_ascii_alphabetic(),
        _ => end > 0 && last == 'm',
    };
    fits.then_some(introducer + end + 1)
}

/// Maps typographic characters to ASCII, removes invisible ones and unifies line ends.
fn plain_characters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || is_invisible(c) => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => out.push('-'),
            '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{00b4}' => out.push('\''),
            '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => out.push('"'),
            '\u{3002}' => out.push('.'),
            // The full-width forms of ASCII.
            '\u{ff01}'..='\u{ff5e}' => out.extend(char::from_u32(c as u32 - 0xfee0)),
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Decodes quoted-printable (RFC 2045 §6.7), which is recognised by its soft line breaks.
fn quoted_printable(text: &str) -> String {
    if !text.contains("=\n") {
        return text.to_owned();
    }
    hex_escapes(&text.replace("=\n", ""))
}

/// Removes the `>` before the lines of a quoted mail.
fn without_mail_quotes(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let mut rest = line;
        while let Some(quoted) = rest.trim_start_matches(' ').strip_prefix('>') {
            rest = quoted;
        }
        match rest.len() == line.len() {
            true => line,
            false => rest.strip_prefix(' ').unwrap_or(rest),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The field of a form that has a refusal's sentences.
const FORM_FIELD: &str = "error_description=";

/// Decodes percent-encoding (RFC 3986 §2.1) in each word that has at least two encoded bytes. In forms, `+` is a blank.
fn percent_encoding(text: &str) -> String {
    let decode = |word: &str| {
        let encoded = word
            .match_indices('%')
            .filter(|(at, _)| hex_byte(&word[at + 1..]).is_some());
        match encoded.count() {
            0 | 1 if !word.contains(FORM_FIELD) => word.to_owned(),
            _ => {
                let word = word.replace('+', " ");
                let decoded = percent_decode_str(&word).decode_utf8();
                decoded.map(Cow::into_owned).unwrap_or(word)
            }
        }
    };
    text.split_inclusive(char::is_whitespace).map(decode).collect()
}

/// Replaces bytes in hexadecimal behind `=`, such as `=7B`, where they are UTF-8.
fn hex_escapes(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('=') {
        bytes.extend_from_slice(before.as_bytes());
        rest = after;
        match hex_byte(rest) {
            Some(byte) => {
                bytes.push(byte);
                rest = &rest[2..];
            }
            None => bytes.push(b'='),
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex_byte(text: &str) -> Option<u8> {
    let digits = text
        .get(..2)
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok()
}

/// Replaces HTML's character references, by name and by number.
fn html_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest.char_indices().take(10).find(|(_, c)| *c == ';');
        let c = reference.and_then(|(end, _)| character_reference(&rest[1..end]));
        match (c, reference) {
            (Some(c), Some((end, _))) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn character_reference(name: &str) -> Option<char> {
    match name {
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "nbsp" => return Some(' '),
        _ => {}
    }
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).filter(|c| !c.is_control())
}

/// Replaces the escapes of a JSON text inside a JSON string (RFC 8259 §7), and CSV's doubled quotes (RFC 4180).
fn json_escapes(text: &str) -> String {
    let text = if text.contains("{\"\"") {
        text.replace("\"\"", "\"")
    } else {
        text.to_owned()
    };
    if !["\\\"", "\\/", "\\u"].iter().any(|escape| text.contains(escape)) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.chars().next() {
            Some(c @ ('"' | '\\' | '/')) => {
                out.push(c);
                rest = &rest[1..];
            }
            Some('n') => {
                out.push('\n');
                rest = &rest[1..];
            }
            Some('u') => {
                let digits = rest.get(1..5).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                match digits.and_then(char::from_u32).filter(|c| !c.is_control()) {
                    Some(c) => {
                        out.push(c);
                        rest = &rest[5..];
                    }
                    None => out.push('\\'),
                }
            }
            _ => out.push('\\'),
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normalise_takes_off_every_layer() {
        for (pasted, plain) in [
            ("MP\u{2013}100 \u{ff2d}\u{ff30}\u{ff0d}\u{ff11}", "MP-100 MP-1"),
            ("a\u{a0}b\u{200b}\u{ad}c\u{feff}", "a bc"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("\u{1b}[31mred\u{1b}[0m [1mbold[22m [a] [12]", "red bold [a] [12]"),
            ("\u{1b}]8;;https://x/MP-1\u{1b}\\link\u{1b}]8;;\u{7}", "link"),
            ("> > quoted\n>> twice\nnot > quoted", "quoted\ntwice\nnot > quoted"),
            ("aut=\nhentication vilk=C3=A5r", "authentication vilkår"),
            ("%7B%22a+b%22%7D 100% 50%25", "{\"a b\"} 100% 50%25"),
            ("%257B%2522a%2522%257D", "{\"a\"}"),
            ("&quot;a&#34; &amp;lt; &#x2F; &unknown; &", "\"a\" < / &unknown; &"),
            (r#"{\"a\":\"vilk\u00e5r\n\"}"#, "{\"a\":\"vilkår\n\"}"),
            (r#""{""a"":""b""}""#, r#""{"a":"b"}""#),
            ("\u{201c}a\u{201d} \u{2018}b\u{2019}", "\"a\" 'b'"),
            (r"C:\certs\new.p12", r"C:\certs\new.p12"),
        ] {
            assert_eq!(normalise(pasted), plain, "{pasted:?}");
        }
    }

    #[test]
    fn normalise_keeps_broken_encodings() {
        for text in [
            "%",
            "%zz%zz",
            "&#xffffffff;",
            "\\",
            r#"\"\u12"#,
            "=",
            "\u{1b}[",
            "[",
            "&",
            "%C3%28",
        ] {
            let _ = normalise(text);
        }
        assert_eq!(normalise("%C3%28"), "%C3%28");
    }
}
