//! Wrappings: base64 inside of other text, such as `.env`, YAML, XML, a `data:` URL or nothing but base64; hexadecimal; and
//! JSON inside of other text.

use std::ops::Range;

use zeroize::Zeroizing;

use super::base64_text::{self, is_layout};
use crate::characters::is_quote;

/// Characters of the first line of a run, of the lines after it, and of all. A certificate has more than a thousand.
const MIN_FIRST_LINE: usize = 30;
const MIN_LINE: usize = 4;
const MIN_RUN: usize = 64;
/// Places in a text where JSON is tried, and bytes that all trials may read.
const MAX_JSON_PLACES: usize = 32;
const MAX_JSON_BYTES: usize = 2 << 20;

/// Returns the base64 in a text, decoded. A run is a line, or several of which all but the last have the same length.
pub fn base64_runs(text: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let mut runs = Vec::new();
    let mut run = Run::default();
    let mut end = 0;
    for span in chunks(text) {
        let chunk = &text[span.clone()];
        let gap = &text[end..span.start];
        end = span.end;
        if run.takes(chunk, gap) {
            run.push(chunk);
            continue;
        }
        runs.extend(std::mem::take(&mut run).decoded());
        if chunk.len() >= MIN_FIRST_LINE {
            run.push(chunk);
        }
    }
    runs.extend(run.decoded());
    runs
}

/// Consecutive chunks that belong together.
#[derive(Default)]
struct Run {
    base64: Zeroizing<String>,
    /// Characters of the last chunk, and of the longest before it.
    last: usize,
    longest: usize,
    padded: bool,
}

impl Run {
    fn takes(&self, chunk: &str, gap: &str) -> bool {
        let joins = gap.chars().all(|c| is_layout(c) || is_quote(c)) && !gap.contains("\n\n");
        let full = self.last >= self.longest.min(MIN_FIRST_LINE);
        !self.base64.is_empty() && joins && full && !self.padded && chunk.len() >= MIN_LINE.min(self.last)
    }

    fn push(&mut self, chunk: &str) {
        let bare = chunk.trim_end_matches('=');
        self.base64.push_str(bare);
        self.padded = bare.len() < chunk.len();
        self.last = bare.len();
        self.longest = self.longest.max(self.last);
    }

    fn decoded(self) -> Option<Zeroizing<Vec<u8>>> {
        let packed = base64_text::pack(&self.base64);
        (packed.base64.len() >= MIN_RUN).then(|| base64_text::decode(&packed.base64))
    }
}

/// Returns the places of consecutive base64 characters. An `=` within, as in `NAME=value`, separates two.
fn chunks(text: &str) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let bytes = text.as_bytes();
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(byte);
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += bytes[at..].iter().take_while(|byte| is_base64(byte)).count();
        if at == start {
            at += 1;
            continue;
        }
        let padding = bytes[at..].iter().take_while(|byte| **byte == b'=').count();
        let ends = bytes.get(at + padding).is_none_or(|byte| !is_base64(byte));
        let end = if padding <= 2 && ends { at + padding } else { at };
        chunks.push(start..end);
        at += padding;
    }
    chunks
}

/// Returns a text with its escapes replaced, for base64 that is percent-encoded or in HTML. `None` if there are none.
pub fn unescaped(text: &str) -> Option<Zeroizing<String>> {
    let has_escapes = [
        "%2B", "%2b", "%2F", "%2f", "%3D", "%3d", "%0A", "%0a", "%0D", "%0d", "&#", "&quot;", "<br", "\\n", "\\r",
        "\\\"",
    ];
    let found = has_escapes.iter().any(|escape| text.contains(escape));
    found.then(|| base64_text::unescape(text))
}

/// Decodes a DER element in hexadecimal, as databases and `xxd` print it: `0x3082…`, `30:82:…`.
pub fn hexadecimal(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let text = text.trim();
    let digits = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("\\x"))
        .unwrap_or(text);
    if !digits.starts_with("30") {
        return dump(text);
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(digits.len() / 2));
    let mut high = None;
    for c in digits.chars().filter(|c| !c.is_whitespace() && *c != ':') {
        let digit = c.to_digit(16)? as u8;
        match high.take() {
            None => high = Some(digit),
            Some(high) => bytes.push(high << 4 | digit),
        }
    }
    (bytes.len() * 2 >= MIN_RUN).then_some(bytes)
}

/// Decodes a DER element whose bytes are written as numbers: `[48, 130, …]`, `{ 0x30, 0x82, … }`, `hex:30,82,…`, or one a line.
pub fn numbers(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let words = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    [("48", 10), ("0x30", 16), ("30", 16)]
        .into_iter()
        .find_map(|(first, radix)| {
            let numbers = words.clone().skip_while(|word| *word != first);
            let numbers =
                numbers.map_while(|word| u8::from_str_radix(word.strip_prefix("0x").unwrap_or(word), radix).ok());
            let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() / 2));
            bytes.extend(numbers);
            (bytes.len() >= MIN_RUN).then_some(bytes)
        })
}

/// Decodes the dump of a DER element as `xxd`, `hexdump -C` and `certutil -encodehex` print it: lines that begin with their
/// offset, then up to 16 bytes, then the same as text.
fn dump(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() / 3));
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let Some(offset) = words.next() else { continue };
        let is_offset = usize::from_str_radix(offset.trim_end_matches(':'), 16).is_ok_and(|at| at == bytes.len());
        if !is_offset || offset.len() < 4 {
            return None;
        }
        let end = bytes.len() + 16;
        for word in words.filter(|word| *word != "-") {
            let is_hex = word.len() % 2 == 0 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
            if !is_hex || bytes.len() >= end {
                break;
            }
            for at in (0..word.len()).step_by(2) {
                bytes.push(u8::from_str_radix(&word[at..at + 2], 16).ok()?);
            }
        }
    }
    (bytes.len() * 2 >= MIN_RUN && bytes.starts_with(b"0")).then_some(bytes)
}

/// Returns the places in a text where a JWK, or a string with one, may begin.
pub fn json_places(text: &str) -> Vec<usize> {
    if !text.contains("kty") {
        return Vec::new();
    }
    let opens = |at: usize| {
        let rest = text[at..].trim_start_matches(['"', '\'', '`']);
        rest.starts_with(['{', '[']) || rest.starts_with("\\\"") || rest.starts_with("{\\")
    };
    let places = text
        .char_indices()
        .filter(|(at, c)| matches!(c, '{' | '[' | '"') && opens(*at));
    let mut left = MAX_JSON_BYTES;
    let affordable = |at: &usize| {
        let cost = left.checked_sub(text.len() - at);
        left = cost.unwrap_or(0);
        cost.is_some()
    };
    places
        .map(|(at, _)| at)
        .take(MAX_JSON_PLACES)
        .take_while(affordable)
        .collect()
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::STANDARD};

    use super::*;

    #[test]
    fn runs_are_found_in_every_layout() {
        let content: Vec<u8> = (0..200).collect();
        let base64 = STANDARD.encode(&content);
        let wrapped = |width: usize, between: &str| {
            let lines: Vec<&str> = base64
                .as_bytes()
                .chunks(width)
                .map(|line| std::str::from_utf8(line).unwrap())
                .collect();
            lines.join(between)
        };
        for text in [
            base64.clone(),
            wrapped(64, "\n"),
            wrapped(76, "\r\n"),
            wrapped(64, " "),
            format!("\"{base64}\""),
            format!("NAME={base64}\nOTHER=abc"),
            format!("export NAME=\"{base64}\""),
            format!("data:\n  tls.crt: {base64}\n  tls.key: abcd\n"),
            format!("tls.p12: >-\n    {}\ntype: Opaque", wrapped(64, "\n    ")),
            format!("data:application/x-pkcs12;base64,{base64}"),
            format!("base64:{base64}"),
            format!("<X509Certificate>{}</X509Certificate>", wrapped(76, "\n")),
            format!("here it is:\n\n{}\n\nbest regards", wrapped(64, "\n")),
            wrapped(60, "\",\n  \""),
        ] {
            let found = base64_runs(&text);
            assert!(found.iter().any(|run| run.starts_with(&content)), "{text}\n{found:?}");
        }
        assert!(base64_runs("This is a text of many words, none of which is longer than usual.").is_empty());
    }

    #[test]
    fn hexadecimal_is_decoded() {
        let hex = format!("30820100{}", "0a".repeat(60));
        for text in [
            hex.clone(),
            format!("0x{hex}"),
            hex.to_uppercase(),
            hex.replace("0a", "0a:"),
        ] {
            assert_eq!(hexadecimal(&text).unwrap().len(), 64);
        }
        assert!(hexadecimal("30 is a number").is_none());
        let line = "0a0a 0a0a 0a0a 0a0a 0a0a 0a0a 0a0a 0a0a";
        for dump in [
            format!(
                "00000000: 3082 0100 {}  0...\n00000010: {line}  ....\n00000020: 0a0a  ..\n",
                &line[..29]
            ),
            format!("0000  30 82 01 00 {}   0...\n0010  {}   ....\n", &line[..29], line),
        ] {
            assert!(hexadecimal(&dump).unwrap().len() >= 32, "{dump}");
        }
    }
}
