//! Values in received text: quoted, or up to the next blank.

use std::ops::Range;

/// Returns the offset of a part in its text.
pub(super) fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// Returns the beginning of a text, of at most `bytes`, up to the end of its line.
pub(super) fn start_of_line(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].lines().next().unwrap_or_default()
}

/// Returns the range of the value that begins at an offset: quoted, or up to the next blank.
pub(super) fn value(text: &str, start: usize) -> Range<usize> {
    let rest = &text[start..];
    let opened = rest.trim_start_matches('\\');
    let line = rest.find('\n').unwrap_or(rest.len());
    if let Some(quote) = opened.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) {
        let begin = rest.len() - opened.len() + quote.len_utf8();
        let end = closing_quote(&rest[begin.min(line)..line], &[quote]).map_or(line, |at| begin + at);
        return start + begin.min(end)..start + end;
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    if let Some(quoted) = after_prefix(&rest[..line], end) {
        return start..start + quoted;
    }
    let end = closing_quote(&rest[..end], &['"', '\'', '`']).unwrap_or(end);
    let end = rest[..end].find("</").unwrap_or(end);
    let parameter = rest[..end].match_indices('&').map(|(at, _)| at).find(|at| {
        let name = &rest[at + 1..end];
        name.find('=')
            .is_some_and(|length| length > 0 && name[..length].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
    });
    start..start + parameter.unwrap_or(end)
}

/// Returns the end of a value of which the part after a prefix is quoted: `pass:'a b'`.
fn after_prefix(line: &str, first_word: usize) -> Option<usize> {
    let at = line[..first_word].find(['"', '\''])?;
    let quote = line[at..].chars().next()?;
    let end = line[..at]
        .ends_with([':', '='])
        .then(|| closing_quote(&line[at + 1..], &[quote]))?;
    Some(end.map_or(line.len(), |end| at + 1 + end))
}

/// Returns the offset of a quote that closes: nothing but punctuation or a blank follows.
pub(super) fn closing_quote(text: &str, quotes: &[char]) -> Option<usize> {
    let mut quotes = text.char_indices().filter(|(_, c)| quotes.contains(c));
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
