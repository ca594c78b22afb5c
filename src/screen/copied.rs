//! A copied text over the full width without a frame, so that the mouse can select it and nothing else.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::Line,
    widgets::{Clear, Widget},
};
use unicode_width::UnicodeWidthStr;

use super::{DrawContext, body::wrap};
use crate::{profile::command_line, text::visible, wizard::CopiedText};

/// Draws the copied text. Returns the number of lines that can be scrolled past.
pub fn draw(area: Rect, buffer: &mut Buffer, ctx: &DrawContext) -> usize {
    Clear.render(area, buffer);
    let copied = ctx.model.copied.as_ref();
    let lines = copied.map_or_else(Vec::new, |copied| lines(copied, area.width.into()));
    // A line of air separates the text from the header.
    let inner = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(2),
        ..area
    };
    let height = usize::from(inner.height);
    let scroll_limit = lines.len().saturating_sub(height);
    let first = ctx.model.scroll.min(scroll_limit);
    for (line, y) in lines.into_iter().skip(first).zip(inner.top()..inner.bottom()) {
        Line::from(line).render(Rect { y, height: 1, ..inner }, buffer);
    }
    super::rule(area.width, ctx.theme).render(Rect { height: 1, ..area }, buffer);
    scroll_limit
}

/// Returns the lines of a copied text. A command is continued on the next line as a shell allows it.
fn lines(copied: &CopiedText, width: usize) -> Vec<String> {
    if let Some(continued) = continued(copied, width) {
        return continued;
    }
    let mut lines = Vec::new();
    for line in copied.text.lines() {
        // Leading spaces are part of the text.
        let visible = visible(line);
        let indent = visible.len() - visible.trim_start().len();
        let (indent, rest) = visible.split_at(indent);
        let wrapped = wrap(rest, width.saturating_sub(indent.len()).max(8));
        lines.extend(wrapped.into_iter().map(|line| format!("{indent}{line}")));
    }
    lines
}

fn continued(copied: &CopiedText, width: usize) -> Option<Vec<String>> {
    let is_command = copied.is_command && visible(&copied.text) == copied.text;
    is_command.then(|| command_line::continued(&copied.text, width))?
}

/// Returns whether the text that is selected on the screen is the copied one. A single value and a line with an indent must be
/// on one line. In prose a break between two words does no harm.
pub fn is_selectable(copied: &CopiedText, width: usize) -> bool {
    let is_prose = copied.text.trim_end().contains('\n');
    let is_whole = |line: &str| match is_prose && !line.starts_with(' ') {
        true => line.split(' ').all(|word| word.width() <= width),
        false => line.width() <= width,
    };
    continued(copied, width).is_some() || copied.text.lines().all(is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_broken_is_not_selectable() {
        for (text, is_command, width, selectable) in [
            ("toll:movement/road/v2", false, 40, true),
            (
                "https://www.toll.no/en/services/digitoll/registration",
                false,
                40,
                false,
            ),
            ("one value with spaces", false, 10, false),
            ("Dear all,\n\nplease give us access.\n", false, 12, true),
            ("Dear all,\n\n  toll:movement/road/v2\n", false, 12, false),
            ("{\n  \"n\": \"0123456789\"\n}\n", false, 20, true),
            ("{\n  \"n\": \"0123456789\"\n}\n", false, 15, false),
            ("klarert new acme --name Acme", true, 40, true),
            ("klarert new acme --name Acme", true, 8, false),
        ] {
            let copied = CopiedText {
                text: text.to_owned(),
                more: false,
                is_command,
            };
            assert_eq!(is_selectable(&copied, width), selectable, "{text}, {width}");
        }
    }
}
