//! Filter for everything that is printed: text from servers, files and other programs can neither control the terminal
//! nor hide in it.
//!
//! Own styles are private characters, which [`printable_styled`] turns into escape sequences. A foreign text with such
//! characters could at most be coloured.

use std::{borrow::Cow, fmt::Write};

use crossterm::{
    Command,
    style::{Attribute, Color, SetAttribute, SetForegroundColor},
};

use crate::text::visible_char;

/// Style of a part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Bold,
    Green,
    Yellow,
    Red,
    BoldRed,
}

/// Marks the beginning of each style; [`END`] marks the end.
const STYLES: [(char, Style); 5] = [
    ('\u{f0001}', Style::Bold),
    ('\u{f0002}', Style::Green),
    ('\u{f0003}', Style::Yellow),
    ('\u{f0004}', Style::Red),
    ('\u{f0005}', Style::BoldRed),
];
const END: char = '\u{f0000}';

/// Marks the place where the current line of the terminal is overwritten.
pub const CLEAR_LINE: char = '\u{f0010}';

/// Returns a text with the marks of a style around it.
pub fn styled(text: &str, style: Style) -> String {
    let mark = STYLES.iter().find(|(_, known)| *known == style);
    let (start, end) = mark.map_or((String::new(), String::new()), |(mark, _)| {
        (mark.to_string(), END.to_string())
    });
    format!("{start}{text}{end}")
}

/// Returns a text as it may be printed: line breaks and tabs stay, all other control characters and invisible ones are
/// replaced. In JSON they are escaped, so that no value changes.
pub fn printable(text: &str) -> Cow<'_, str> {
    filter(text, |_, _| None)
}

/// Returns a text as it may be printed on a terminal, like [`printable`], with the marks of [`styled`] and [`CLEAR_LINE`]
/// as escape sequences.
pub fn printable_styled(text: &str) -> Cow<'_, str> {
    filter(text, |out, c| match c {
        CLEAR_LINE => Some(out.write_str("\r\x1b[K")),
        END => Some(write!(out, "{}", SetAttribute(Attribute::Reset))),
        _ => {
            let (_, style) = STYLES.iter().find(|(mark, _)| *mark == c)?;
            Some(write_style(out, *style))
        }
    })
}

/// Replaces what may not be printed. `write_mark` writes a mark, and returns `None` for any other character.
fn filter(text: &str, write_mark: impl Fn(&mut String, char) -> Option<std::fmt::Result>) -> Cow<'_, str> {
    let is_json = text.starts_with(['{', '[']);
    let mut out = String::new();
    let mut rest = text;
    loop {
        let (plain, others) = rest.split_at(unchanged(rest));
        let mut chars = others.chars();
        let next = chars.next();
        if next.is_none() && out.is_empty() {
            return Cow::Borrowed(plain);
        }
        out.push_str(plain);
        let Some(c) = next else {
            return Cow::Owned(out);
        };
        rest = chars.as_str();
        // Writing to a string cannot fail.
        let _ = match c {
            '\r' if rest.starts_with('\n') => out.write_char(c),
            _ if is_json => c
                .encode_utf16(&mut [0; 2])
                .iter()
                .try_for_each(|unit| write!(out, "\\u{unit:04x}")),
            _ => write_mark(&mut out, c).unwrap_or_else(|| out.write_char(visible_char(c))),
        };
    }
}

/// Returns the length in bytes of the part before the first character that is replaced.
fn unchanged(text: &str) -> usize {
    let mut end = 0;
    loop {
        // Most of a text is ASCII, and a byte takes less time than a character.
        let is_plain = |byte: &&u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
        end += text.as_bytes()[end..].iter().take_while(is_plain).count();
        match text[end..].chars().next() {
            Some(c) if visible_char(c) == c => end += c.len_utf8(),
            _ => return end,
        }
    }
}

/// Writes a style's escape sequence. Not with `Display`, which changes the console instead on Windows, if it is an old one
/// or none.
fn write_style(out: &mut String, style: Style) -> std::fmt::Result {
    let color = match style {
        Style::Bold => None,
        Style::Green => Some(Color::Green),
        Style::Yellow => Some(Color::Yellow),
        Style::Red | Style::BoldRed => Some(Color::Red),
    };
    if let Some(color) = color {
        SetForegroundColor(color).write_ansi(out)?;
    }
    if matches!(style, Style::Bold | Style::BoldRed) {
        SetAttribute(Attribute::Bold).write_ansi(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_cannot_control_the_terminal() {
        for (text, printed) in [
            ("a\u{1b}[2Jb\u{9b}31mc\u{7}\r", "a␛[2Jb·31mc␇ "),
            ("lines\r\nand\ttabs\n", "lines\r\nand\ttabs\n"),
            (
                "soft\u{ad}hyphen \u{3164}\u{2800}\u{e0041}\u{202e}x",
                "soft·hyphen ····x",
            ),
            ("Ærlig Øl & Ås AS", "Ærlig Øl & Ås AS"),
            ("\u{10fffd}", "·"),
        ] {
            assert_eq!(printable(text), printed);
        }
    }

    #[test]
    fn json_keeps_its_values() {
        let value = serde_json::json!({ "a": "\u{1b}\u{9b}\u{ad}\u{e0041}å" });
        let json = value.to_string();
        let printed = printable(&json);
        assert_eq!(printed, r#"{"a":"\u001b\u009b\u00ad\udb40\udc41å"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&printed).unwrap(), value);
    }

    #[test]
    fn marks_become_escape_sequences() {
        assert_eq!(printable(&styled("a", Style::Bold)), "·a·");
        assert_eq!(printable_styled(&styled("a", Style::Bold)), "\u{1b}[1ma\u{1b}[0m");
        assert_eq!(
            printable_styled(&styled("a", Style::BoldRed)),
            "\u{1b}[38;5;9m\u{1b}[1ma\u{1b}[0m"
        );
        assert_eq!(printable_styled(&format!("{CLEAR_LINE}a")), "\r\u{1b}[Ka");
    }
}
