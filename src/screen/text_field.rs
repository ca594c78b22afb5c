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
        let before = tail(&before, available - 1);
        let left = available.saturating_sub(before.width());
        let after: String = prefix(&after, left);
        (format!("{before}{after}"), before.width())
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
