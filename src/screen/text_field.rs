//! A text field: the visible part of its text, the cursor, and the error below it.

use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{
    DrawContext,
    body::{Body, tail},
    theme::FieldState,
};
use crate::profile::parse::ParseError;
use crate::text::visible;

/// Draws a text field. If the text is longer than the field, the part with the cursor is shown.
pub fn draw(body: &mut Body, ctx: &DrawContext, input: &tui_input::Input, state: FieldState, indent: usize) {
    let edited = state == FieldState::Edited;
    let available = body.width().saturating_sub(indent + 1).max(4);
    // One visible character for each character of the value, so that the cursor keeps its position.
    let value = &visible(input.value());
    let before: String = value.chars().take(input.cursor()).collect();
    let after: String = value.chars().skip(input.cursor()).collect();
    let (shown, column) = if edited {
        around_cursor(&before, &after, available)
    } else if value.width() > available {
        // The end of a path is the part that differs.
        (format!("…{}", tail(value, available - 1)), 0)
    } else if value.is_empty() {
        ("–".to_owned(), 0)
    } else {
        (value.to_owned(), 0)
    };
    if edited {
        body.cursor_here(indent + column);
    }
    let fill = if edited {
        " ".repeat(available.saturating_sub(shown.width()))
    } else {
        String::new()
    };
    let line = vec![
        Span::raw(" ".repeat(indent)),
        Span::styled(format!("{shown}{fill}"), ctx.theme.field(state)),
    ];
    body.line(Line::from(line));
}

/// Returns the part of an edited text that fits in `width` columns, and the cursor's column. A cut end is marked by `…`.
fn around_cursor(before: &str, after: &str, width: usize) -> (String, usize) {
    // The cursor stands on the next character, or behind the last one.
    let next = after.chars().next().and_then(UnicodeWidthChar::width).unwrap_or(1);
    let beside = if after.chars().count() > 1 { next + 1 } else { next };
    let before = match before.width() + beside <= width {
        true => before.to_owned(),
        false => format!("…{}", tail(before, width.saturating_sub(beside + 1))),
    };
    let left = width.saturating_sub(before.width());
    let after = match after.width() <= left {
        true => after.to_owned(),
        false => format!("{}…", prefix(after, left.saturating_sub(1))),
    };
    (format!("{before}{after}"), before.width())
}

/// Returns the longest prefix of a text that fits in `width` columns.
fn prefix(text: &str, width: usize) -> String {
    let mut used = 0;
    text.chars()
        .take_while(|c| {
            used += UnicodeWidthChar::width(*c).unwrap_or(0);
            used <= width
        })
        .collect()
}

/// Draws why the field's text was not accepted.
pub fn draw_error(body: &mut Body, ctx: &DrawContext, error: &ParseError) {
    let lead = vec![Span::styled(
        format!("    {} ", ctx.theme.symbols.warned),
        ctx.theme.warning(),
    )];
    body.hanging(lead, &ctx.texts.with(error.id, &error.args), ctx.theme.warning());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cut_text_is_marked_at_each_cut_end() {
        for (before, after, width, shown, column) in [
            ("", "", 6, "", 0),
            ("abcde", "", 6, "abcde", 5),
            ("abcdef", "", 6, "…cdef", 5),
            ("/srv/keys/seal.p12", "", 9, "…eal.p12", 8),
            ("", "abcdef", 6, "abcdef", 0),
            ("", "abcdefg", 6, "abcde…", 0),
            ("abc", "def", 6, "abcdef", 3),
            ("abcdefgh", "ijk", 6, "…fghi…", 4),
            ("abcdefgh", "i", 6, "…efghi", 5),
            ("æøå", "漢字", 6, "æøå漢…", 3),
            ("漢字漢字", "", 6, "…漢字", 5),
        ] {
            let (drawn, at) = around_cursor(before, after, width);
            assert_eq!((&*drawn, at), (shown, column), "{before}|{after}");
            assert!(drawn.width() <= width, "{drawn}");
        }
    }
}
