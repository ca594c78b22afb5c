//! Phrases that identify a diagnosis, and the search for them in a text.
//!
//! A phrase is data, in `assets/diagnoses.toml` or `assets/other_stacks.toml`. Case and white space never count, so that a
//! phrase is found although a terminal or a mail program has wrapped it. Three characters have a meaning:
//!
//! - `*` stands for any text in the same line, at the end of a phrase for the rest of the line
//! - `#` stands for a digit; `#*` for a number of any length, and what `*` stands for
//! - `$` at the end of a phrase stands for the end of a sentence, or for any text if Maskinporten is named before the phrase

use std::{collections::HashMap, ops::Range};

/// Longest text that a `*` stands for, in bytes without white space.
const MAX_GAP: usize = 240;
/// The ends of the sentences with which Maskinporten's refusals begin, without white space.
const OPENING_ENDS: [&[u8]; 3] = [
    b"invalidassertion.",
    b"clientauthenticationfailed.",
    b"clientbyjwtfailed.",
];
/// The service that sends the sentences.
const SERVICE: &[u8] = b"maskinporten";
/// Farthest that its name stands before a sentence, in bytes without white space: a verb, or two short words.
const MAX_TO_SERVICE: usize = 14;
/// Bytes at the start of a phrase by which it is indexed.
const PREFIX: usize = 3;

/// A parsed phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// The literal parts between the `*`.
    parts: Vec<Vec<u8>>,
    ends_sentence: bool,
    ends_line: bool,
}

impl Phrase {
    /// Parses a phrase.
    pub fn parse(written: &str) -> Phrase {
        let squashed: String = written.chars().filter(|c| !c.is_whitespace()).collect();
        let (rest, ends_sentence) = match squashed.strip_suffix('$') {
            Some(rest) => (rest, true),
            None => (squashed.as_str(), false),
        };
        let (rest, ends_line) = match rest.strip_suffix('*') {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        Phrase {
            parts: rest.split('*').map(|part| part.as_bytes().to_vec()).collect(),
            ends_sentence,
            ends_line,
        }
    }

    /// Returns the number of literal bytes: the more, the more specific.
    pub fn literal_len(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    /// Returns the first literal bytes. `None` if there are too few, or a `#` among them.
    fn prefix(&self) -> Option<[u8; PREFIX]> {
        let prefix = self.parts.first()?.first_chunk()?;
        (!prefix.contains(&b'#')).then_some(*prefix)
    }

    /// Returns whether a text without white space is the beginning of the phrase, and not all of it.
    pub fn is_begun_by(&self, squashed: &str) -> bool {
        let first = self.parts.first();
        first.is_some_and(|first| first.len() > squashed.len() && first.starts_with(squashed.as_bytes()))
    }

    /// Matches the phrase at an offset of the squashed text. Returns the offset after the match.
    fn matches_at(&self, text: &Squashed, at: usize) -> Option<usize> {
        let (first, others) = self.parts.split_first()?;
        // A gap may begin with the other digits of a number.
        let is_open = |number: usize| number < others.len() || self.ends_line;
        let mut end = text.matches(first, at, is_open(0))?;
        for (number, part) in others.iter().enumerate() {
            let limit = text.line_end(end).min(end + MAX_GAP);
            end = (end..limit).find_map(|at| text.matches(part, at, is_open(number + 1)))?;
        }
        if self.ends_sentence && !text.is_sentence_end(end) && !text.is_of_maskinporten(at) {
            return None;
        }
        Some(if self.ends_line { text.line_end(end) } else { end })
    }
}

/// An index of phrases by their first bytes.
#[derive(Debug)]
pub struct Index {
    by_prefix: HashMap<[u8; PREFIX], Vec<usize>>,
}

impl Index {
    /// Builds an index of phrases.
    ///
    /// # Panics
    ///
    /// If a phrase does not begin with three literal bytes. The phrases are compiled in, and a test parses all of them.
    pub fn new<'a>(phrases: impl Iterator<Item = &'a Phrase>) -> Index {
        let mut by_prefix: HashMap<_, Vec<usize>> = HashMap::new();
        for (number, phrase) in phrases.enumerate() {
            let prefix = phrase.prefix();
            assert!(prefix.is_some(), "a phrase begins with three literal bytes: {phrase:?}");
            by_prefix.entry(prefix.unwrap_or_default()).or_default().push(number);
        }
        Index { by_prefix }
    }

    /// Finds every match in a text. Returns the number of the phrase and its range in the text, in order.
    pub fn find<'a>(&self, text: &str, phrases: impl Fn(usize) -> &'a Phrase) -> Vec<(usize, Range<usize>)> {
        let text = Squashed::new(text);
        let mut found = Vec::new();
        for (at, prefix) in text.bytes.windows(PREFIX).enumerate() {
            let numbers = self.by_prefix.get(prefix).map_or(&[][..], Vec::as_slice);
            for number in numbers {
                if let Some(end) = phrases(*number).matches_at(&text, at) {
                    found.push((*number, text.range(at..end)));
                }
            }
        }
        found
    }
}

/// A text in lower case and without white space, with the offset of each byte in the original.
struct Squashed<'a> {
    original: &'a str,
    bytes: Vec<u8>,
    offsets: Vec<usize>,
    /// Offsets in `bytes` at which a line of the original begins.
    lines: Vec<usize>,
}

impl Squashed<'_> {
    fn new(original: &str) -> Squashed<'_> {
        let (mut bytes, mut offsets, mut lines) = (Vec::new(), Vec::new(), Vec::new());
        for (offset, c) in original.char_indices() {
            if c == '\n' && !continues(&original[offset + 1..]) {
                lines.push(bytes.len());
            }
            for lower in c.to_lowercase().filter(|c| !c.is_whitespace()) {
                let mut buffer = [0; 4];
                for byte in lower.encode_utf8(&mut buffer).bytes() {
                    bytes.push(byte);
                    offsets.push(offset);
                }
            }
        }
        Squashed {
            original,
            bytes,
            offsets,
            lines,
        }
    }

    /// Matches a literal part at an offset, as whole words. Returns the offset after it, and after all digits if the part
    /// is open and ends in a single `#`.
    fn matches(&self, part: &[u8], at: usize, is_open: bool) -> Option<usize> {
        let mut end = at + part.len();
        let found = self.bytes.get(at..end)?;
        let equal = |(wanted, byte): (&u8, &u8)| match wanted {
            b'#' => byte.is_ascii_digit(),
            _ => wanted == byte,
        };
        if !part.iter().zip(found).all(equal) {
            return None;
        }
        if is_open && part.ends_with(b"#") && !part.ends_with(b"##") {
            let digits = self.bytes[end..].iter().take_while(|byte| byte.is_ascii_digit());
            end += digits.count();
        }
        (!self.is_inside_word(at) && !self.is_inside_word(end)).then_some(end)
    }

    /// Returns whether an offset is between two letters or digits that were adjacent in the original.
    fn is_inside_word(&self, at: usize) -> bool {
        let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|at| self.char_at(at)), self.char_at(at)) else {
            return false;
        };
        let adjacent = before.0 + before.1.len_utf8() == after.0;
        adjacent && before.1.is_alphanumeric() && after.1.is_alphanumeric()
    }

    fn char_at(&self, at: usize) -> Option<(usize, char)> {
        let offset = *self.offsets.get(at)?;
        Some((offset, self.original[offset..].chars().next()?))
    }

    fn line_end(&self, at: usize) -> usize {
        let next = self.lines.partition_point(|start| *start <= at);
        self.lines.get(next).copied().unwrap_or(self.bytes.len())
    }

    /// Returns whether a sentence ends at an offset: at the end of a line, before punctuation other than a comma, or before what
    /// programs write after one (`, status=400`, ` at no.acme.Main.run(`).
    fn is_sentence_end(&self, at: usize) -> bool {
        match self.char_at(at) {
            Some((offset, c)) => {
                let is_of_word = c.is_alphanumeric() || c == ',';
                let rest = &self.original[offset..];
                !is_of_word || self.lines.binary_search(&at).is_ok() || self.begins_link(offset) || is_of_program(rest)
            }
            None => true,
        }
    }

    /// Returns whether what is at an offset stands behind Maskinporten's opening sentences, or its name in the same line.
    fn is_of_maskinporten(&self, at: usize) -> bool {
        let next = self.lines.partition_point(|start| *start <= at);
        let line = next.checked_sub(1).map_or(0, |line| self.lines[line]);
        let near = at.saturating_sub(SERVICE.len() + MAX_TO_SERVICE);
        let is_named = self.bytes[line.max(near)..at]
            .windows(SERVICE.len())
            .any(|name| name == SERVICE);
        is_named || OPENING_ENDS.iter().any(|end| self.bytes[line..at].ends_with(end))
    }

    /// Returns whether a line of a stack trace or the next link of a chain begins at an offset of the original.
    fn begins_link(&self, offset: usize) -> bool {
        let before = self.original[..offset].trim_end_matches([' ', '\t']);
        before.ends_with('\n') && is_link(&self.original[offset..])
    }

    fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offsets.get(range.start).copied().unwrap_or(self.original.len());
        let end = range
            .end
            .checked_sub(1)
            .and_then(|last| self.char_at(last))
            .map_or(start, |(offset, c)| offset + c.len_utf8());
        start..end
    }
}

/// Returns whether a text begins with a value and its name, or with the place in a program: `, status=400`, `traceId=`,
/// `at no.acme.Main.run(`.
fn is_of_program(text: &str) -> bool {
    let text = text.trim_start_matches([',', ' ']);
    if let Some(place) = text.strip_prefix("at ") {
        let end = place.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '$' | '<' | '>')));
        return end.is_some_and(|end| place[..end].contains('.') && place[end..].starts_with('('));
    }
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')));
    end.is_some_and(|end| end > 0 && text[end..].trim_start_matches(' ').starts_with('='))
}

/// Returns whether a line continues the one before it: indented, the rest of an object or a page, or the next link of a
/// chain of exceptions.
pub fn continues(line: &str) -> bool {
    line.starts_with([' ', '\t', '}', ']', ')', '"', '<']) || is_link(line)
}

/// Returns whether a line is the next link of a chain of exceptions, or of a stack trace.
fn is_link(line: &str) -> bool {
    const LINKS: [&str; 7] = [
        "caused by",
        "--->",
        "--- end",
        "...",
        "[cause]",
        "at ",
        "nested exception",
    ];
    let start: String = line.chars().take(24).collect::<String>().to_lowercase();
    LINKS.iter().any(|link| start.starts_with(link))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(phrase: &str, text: &str) -> Vec<String> {
        let phrase = Phrase::parse(phrase);
        let index = Index::new(std::iter::once(&phrase));
        let found = index.find(text, |_| &phrase);
        found.into_iter().map(|(_, range)| text[range].to_owned()).collect()
    }

    #[test]
    fn phrase_is_found_whatever_the_case_and_the_white_space() {
        for (phrase, text, found) in [
            ("expired key", "Failed. Expired  Key. (x)", Some("Expired  Key")),
            (
                "not allowed for",
                "scopes not allo\nwed for x",
                Some("not allo\nwed for"),
            ),
            ("key expired", "the monkey expired", None),
            ("key expired", "key expiredly", None),
            (
                "lookup * i/o timeout",
                "lookup a on b: i/o timeout!",
                Some("lookup a on b: i/o timeout"),
            ),
            ("lookup * i/o timeout", "lookup a\nb: i/o timeout", None),
            (
                "lookup * i/o timeout",
                "lookup a\n  b: i/o timeout",
                Some("lookup a\n  b: i/o timeout"),
            ),
            ("status 5##", "Status: no; status 503.", Some("status 503")),
            ("status 5##", "status 5033", None),
            ("aadsts#*", "AADSTS70008: x\ny", Some("AADSTS70008: x")),
            ("aadsts#*", "AADSTS70008x", None),
            ("proxy ###*", "proxy 4031", None),
            ("a code # * x", "a code 123: b x", Some("a code 123: b x")),
            ("is used before$", "is used before (x)", Some("is used before")),
            ("is used before$", "is used before\nnext", Some("is used before")),
            ("is used before$", "is used before that", None),
            ("is used before$", "is used before\n  that", None),
            (
                "is used before$",
                "is used before\n\tat no.acme.Main",
                Some("is used before"),
            ),
            (
                "is used before$",
                "is used before, errorUri=null",
                Some("is used before"),
            ),
            ("is used before$", "is used before trace-id = 1", Some("is used before")),
            (
                "is used before$",
                "is used before at no.acme.Main.run(Main.java:1)",
                Some("is used before"),
            ),
            ("is used before$", "is used before, we see", None),
            ("is used before$", "is used before at noon (UTC)", None),
            (
                "is used before$",
                "Maskinporten says is used before that",
                Some("is used before"),
            ),
            ("is used before$", "Maskinporten says\nis used before that", None),
            (
                "is used before$",
                "Client authentication failed. Is used before that",
                Some("Is used before"),
            ),
            ("is used before$", "Payment failed. Is used before that", None),
            (
                "is used before$",
                "Maskinporten integration: user says is used before that",
                None,
            ),
            (
                "tunnel failed*",
                "a Tunnel failed: 502 Bad\nb",
                Some("Tunnel failed: 502 Bad"),
            ),
            ("bruksvilkår", "BRUKSVILKÅR.", Some("BRUKSVILKÅR")),
        ] {
            assert_eq!(
                find(phrase, text).first().map(String::as_str),
                found,
                "{phrase} in {text}"
            );
        }
    }
}
