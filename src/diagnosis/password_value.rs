//! Values in received text: quoted, or up to the next blank.

use std::ops::Range;

/// Returns the range of the value that begins at an offset: quoted, or up to the next blank.
pub(super) fn value(text: &str, start: usize) -> Range<usize> {
    let rest = &text[start..];
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
