//! Values in received text: quoted, or up to the next blank.

use std::ops::Range;

use super::part::{beginning, offset};

/// Longest value. What has not ended by then is cut up to there.
pub(super) const MAX_VALUE_BYTES: usize = 400;
/// Longest tag with attributes.
const MAX_TAG_BYTES: usize = 400;
/// Words of code before a value.
const BEFORE_VALUES: [&str; 6] = ["new", "await", "??", "||", "?:", "+"];

/// Returns the range of the value that begins at an offset: quoted, or up to the next blank.
pub(super) fn value(text: &str, start: usize) -> Range<usize> {
    let rest = beginning(&text[start..], MAX_VALUE_BYTES);
    let opened = rest.trim_start_matches('\\');
    if let Some(quote) = opened.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) {
        let begin = rest.len() - opened.len() + quote.len_utf8();
        return start + begin..start + begin + quoted_length(&rest[begin..], quote);
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    if let Some(quoted) = after_prefix(rest, end) {
        return start..start + quoted;
    }
    let end = closing_quote(&rest[..end], &['"', '\'', '`']).unwrap_or(end);
    let end = rest[..end].find("</").unwrap_or(end);
    let parameter = rest[..end].match_indices('&').map(|(at, _)| at).find(|at| {
        let name = &rest[at + 1..end];
        let after = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        after.len() < name.len() && after.starts_with('=')
    });
    start..start + parameter.unwrap_or(end)
}

/// Returns the end of a value of which the part after a prefix is quoted: `pass:'a b'`.
fn after_prefix(rest: &str, first_word: usize) -> Option<usize> {
    let at = rest[..first_word].find(['"', '\''])?;
    let quote = rest[at..].chars().next()?;
    let has_prefix = rest[..at].ends_with([':', '=']);
    has_prefix.then(|| at + 1 + quoted_length(&rest[at + 1..], quote))
}

/// Returns the range of a value that is assigned to a name: it may be an object, or an expression in code.
pub(super) fn assigned(text: &str, start: usize) -> Range<usize> {
    let found = value(text, start);
    let end = expression_end(&text[start..]).map_or(found.end, |length| start + length);
    found.start..end.max(found.end)
}

/// Returns the length of an unquoted expression: an object, or a call and what stands for its value if it has none, such as
/// `new String("a")` and `get("a") ?? "b"`. `None` if it does not end in the line.
fn expression_end(rest: &str) -> Option<usize> {
    let line = beginning(rest, MAX_VALUE_BYTES).lines().next()?;
    let (mut at, mut depth, mut word) = (0, 0_usize, 0);
    if line.starts_with(['"', '\'', '`', '\\']) {
        return None;
    }
    while let Some(c) = line[at..].chars().next() {
        let after = &line[at + c.len_utf8()..];
        match c {
            '"' | '\'' | '`' => at += quoted_length(after, c) + c.len_utf8(),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' | ';' if depth == 0 => break,
            _ if c.is_whitespace() && depth == 0 => {
                let is_before = |word: &str| BEFORE_VALUES.contains(&word) || word.starts_with('!');
                let next = after.split_whitespace().next().unwrap_or_default();
                let is_or = next == "or" && ["or \"", "or '"].iter().any(|or| after.trim_start().starts_with(or));
                if !(is_before(&line[word..at]) || &line[word..at] == "or" || is_before(next) || is_or) {
                    break;
                }
                word = at + c.len_utf8();
            }
            _ => {}
        }
        at = (at + c.len_utf8()).min(line.len());
    }
    (depth == 0).then_some(at)
}

/// Returns the content of an element whose tag is at a range: `<password>…</`, `<wsse:Password Type="a">…</`.
pub(super) fn element(text: &str, name: &Range<usize>) -> Option<Range<usize>> {
    let before = &text[..name.start];
    let is_prefix = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let tag = before
        .strip_suffix(':')
        .map_or(before, |prefix| prefix.trim_end_matches(is_prefix));
    let rest = beginning(&text[name.end..], MAX_TAG_BYTES);
    let end = tag.ends_with('<').then(|| rest.find('>')).flatten()?;
    if rest[..end].ends_with('/') || !rest.starts_with(['>', ' ', '\n', '\t']) {
        return None;
    }
    Some(content(text, name.end + end + 1))
}

/// Returns the content of an element from an offset on.
pub(super) fn content(text: &str, start: usize) -> Range<usize> {
    let rest = beginning(&text[start..], MAX_VALUE_BYTES);
    start..offset(text, rest) + rest.find("</").unwrap_or(rest.len())
}

/// Returns the length of what a quote has opened: up to the quote that closes it, else to the end of the line.
pub(super) fn quoted_length(text: &str, quote: char) -> usize {
    closing_quote(text, &[quote]).unwrap_or_else(|| text.find('\n').unwrap_or(text.len()))
}

/// Returns the offset of a quote in the line that closes: nothing but punctuation or a blank follows.
fn closing_quote(text: &str, quotes: &[char]) -> Option<usize> {
    let line = text.char_indices().take_while(|(_, c)| *c != '\n');
    let mut quotes = line.filter(|(_, c)| quotes.contains(c));
    let closes = |(at, c): &(usize, char)| {
        !text[at + c.len_utf8()..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '!' | '#' | '$' | '%'))
    };
    let at = quotes.find(closes)?.0;
    Some(text[..at].trim_end_matches('\\').len())
}

/// Removes the punctuation at the end of a word.
pub(super) fn bare(word: &str) -> &str {
    word.trim_end_matches(['.', ',', ';', ':', '?', ')', '}', '"', '\''])
}

/// Returns whether a word is one of a sentence: letters only, no capital inside.
pub(super) fn is_plain(word: &str) -> bool {
    let word = bare(word);
    let mut rest = word.chars();
    rest.next().is_none_or(char::is_alphabetic) && rest.all(|c| c.is_lowercase())
}
