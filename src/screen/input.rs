//! A text field, and the part of its text that is shown.

use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{
    Scene,
    body::{Body, end_of},
};
use crate::profile::parse::ParseError;
use crate::text::visible;

/// A text field. Where the text is longer than the field, the part with the cursor is shown.
pub fn draw(body: &mut Body, scene: &Scene, input: &tui_input::Input, focused: bool, indent: usize) {
    let room = body.width().saturating_sub(indent + 1).max(4);
    // Sign by sign, so that the cursor stands where it did; what has no width of its own gets one here.
    let value = &visible(input.value());
    let before: String = value.chars().take(input.cursor()).collect();
    let after: String = value.chars().skip(input.cursor()).collect();
    let (shown, column) = if focused {
        let before = end_of(&before, room - 1);
        let left = room.saturating_sub(before.width());
        let after: String = fitting(&after, left);
        (format!("{before}{after}"), before.width())
    } else if value.width() > room {
        // The end of a path says more than its beginning.
        (format!("…{}", end_of(value, room - 1)), 0)
    } else if value.is_empty() {
        ("–".to_owned(), 0)
    } else {
        (value.to_owned(), 0)
    };
    if focused {
        body.cursor_here(indent + column);
    }
    let fill = if focused {
        " ".repeat(room.saturating_sub(shown.width()))
    } else {
        String::new()
    };
    let line = vec![
        Span::raw(" ".repeat(indent)),
        Span::styled(format!("{shown}{fill}"), scene.theme.field(focused)),
    ];
    body.line(Line::from(line));
}

fn fitting(text: &str, width: usize) -> String {
    let mut used = 0;
    text.chars()
        .take_while(|c| {
            used += UnicodeWidthChar::width(*c).unwrap_or(0);
            used <= width
        })
        .collect()
}

/// Why what stands in the field is not taken.
pub fn refusal(body: &mut Body, scene: &Scene, refusal: &ParseError) {
    let lead = vec![Span::styled(
        format!("    {} ", scene.theme.symbols.warned),
        scene.theme.warning(),
    )];
    body.hanging(
        lead,
        &scene.texts.with(refusal.id, &refusal.args),
        scene.theme.warning(),
    );
}
