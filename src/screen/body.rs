//! The body of a page: lines of text, of which those that fit are drawn. The row with the focus is always among them.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
    text::{Line, Span},
    widgets::Widget,
};

use super::{DrawContext, theme::Theme};
use crate::text::visible;

/// Text lines that are collected first and drawn when the focus is known.
#[derive(Debug)]
pub struct Body<'a> {
    width: u16,
    pub theme: &'a Theme,
    lines: Vec<Line<'static>>,
    /// The first line of the row with the focus, and the line after its last.
    focus: Option<(usize, usize)>,
    /// The line after the last row.
    rows_end: usize,
    /// The cursor's line and column.
    cursor: Option<(usize, u16)>,
    links: Vec<LinkFragment>,
    /// The number of lines scrolled past, used when no row has the focus.
    scroll: usize,
}

/// A drawn address, or one line of it, that the terminal can turn into a hyperlink.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    pub at: Position,
    /// The drawn text: part of the address if it spans several lines.
    pub text: String,
    /// The whole address.
    pub address: String,
}

/// One line of an address, before the visible lines are known.
#[derive(Debug)]
struct LinkFragment {
    line: usize,
    column: u16,
    text: String,
    address: String,
}

/// The screen positions in a drawn body.
#[derive(Debug, Default)]
pub struct RenderedBody {
    pub cursor: Option<Position>,
    pub links: Vec<Link>,
    /// The number of lines that can be scrolled past.
    pub scroll_limit: usize,
}

impl<'a> Body<'a> {
    /// Makes an empty body for an area of that width.
    pub fn new(width: u16, theme: &'a Theme) -> Body<'a> {
        Body {
            width,
            theme,
            lines: Vec::new(),
            focus: None,
            rows_end: 0,
            cursor: None,
            links: Vec::new(),
            scroll: 0,
        }
    }

    /// Returns the width in columns.
    pub fn width(&self) -> usize {
        self.width.into()
    }

    /// Returns true if the lines do not fit in that height.
    pub fn is_taller_than(&self, height: u16) -> bool {
        self.lines.len() > height.into()
    }

    /// Adds a heading.
    pub fn heading(&mut self, text: &str) {
        self.text(text, self.theme.title());
    }

    /// Adds an empty line, unless the last line is empty or there is none.
    pub fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| line.width() > 0) {
            self.lines.push(Line::default());
        }
    }

    /// Adds a paragraph.
    pub fn text(&mut self, text: &str, style: Style) {
        self.hanging(Vec::new(), text, style);
    }

    /// Adds a paragraph with every line indented by `indent` columns.
    pub fn indented(&mut self, indent: usize, text: &str, style: Style) {
        self.hanging(vec![Span::raw(" ".repeat(indent))], text, style);
    }

    /// Adds a paragraph that starts after `lead`, with its other lines aligned below the first.
    pub fn hanging(&mut self, lead: Vec<Span<'static>>, text: &str, style: Style) {
        let indent: usize = lead.iter().map(Span::width).sum();
        let available = self.width().saturating_sub(indent).max(8);
        let mut lead = Some(lead);
        for line in wrap(&visible(text), available) {
            let mut spans = lead.take().unwrap_or_else(|| vec![Span::raw(" ".repeat(indent))]);
            spans.push(Span::styled(line, style));
            self.lines.push(Line::from(spans));
        }
    }

    /// Adds a line as it is.
    pub fn line(&mut self, line: Line<'static>) {
        self.lines.push(line);
    }

    /// Adds an address on lines of its own, so that the user can select it without other text.
    pub fn link(&mut self, indent: usize, address: &str) {
        let available = self.width().saturating_sub(indent).max(8);
        for line in wrap(&visible(address), available) {
            self.links.push(LinkFragment {
                line: self.lines.len(),
                column: u16::try_from(indent).unwrap_or(0),
                text: line.clone(),
                address: address.to_owned(),
            });
            let style = self.theme.link();
            self.lines.push(Line::from(vec![
                Span::raw(" ".repeat(indent)),
                Span::styled(line, style),
            ]));
        }
    }

    /// Adds a row through `draw`, and records its lines if it has the focus.
    pub fn row(&mut self, focused: bool, draw: impl FnOnce(&mut Body<'a>)) {
        let from = self.lines.len();
        draw(self);
        self.rows_end = self.lines.len();
        if focused {
            self.focus = Some((from, self.rows_end));
        }
    }

    /// Returns the marker in front of a row.
    pub fn mark(&self, focused: bool) -> Span<'static> {
        if focused {
            Span::styled(format!("{} ", self.theme.symbols.here), self.theme.focus())
        } else {
            Span::raw("  ")
        }
    }

    /// Puts the cursor in the line that is added next.
    pub fn cursor_here(&mut self, column: usize) {
        self.cursor = Some((self.lines.len(), u16::try_from(column).unwrap_or(u16::MAX)));
    }

    /// Scrolls past that many lines; the last page is the limit.
    pub fn scrolled(&mut self, lines: usize) {
        self.scroll = lines;
    }

    /// Draws the lines that fit, with markers at the right margin where there are more.
    pub fn render(mut self, area: Rect, buffer: &mut Buffer, ctx: &DrawContext) -> RenderedBody {
        while self.lines.last().is_some_and(|line| line.width() == 0) {
            self.lines.pop();
        }
        let height = usize::from(area.height);
        let first_line = self.first_line(height);
        for (line, y) in self.lines.iter().skip(first_line).zip(area.top()..area.bottom()) {
            line.render(Rect { y, height: 1, ..area }, buffer);
        }
        let draw_marker = |symbol: &'static str, y: u16, buffer: &mut Buffer| {
            Span::styled(symbol, ctx.theme.quiet()).render(
                Rect {
                    x: area.right(),
                    y,
                    width: 1,
                    height: 1,
                },
                buffer,
            );
        };
        let has_margin = area.right() < buffer.area.right();
        if first_line > 0 && has_margin {
            draw_marker(ctx.theme.symbols.more_above, area.top(), buffer);
        }
        if first_line + height < self.lines.len() && has_margin && height > 0 {
            draw_marker(ctx.theme.symbols.more_below, area.bottom() - 1, buffer);
        }
        let position_of = |line: usize, column: u16| {
            let row = line.checked_sub(first_line).filter(|row| *row < height)?;
            Some(Position {
                x: area.x + column.min(area.width.saturating_sub(1)),
                y: area.y + u16::try_from(row).ok()?,
            })
        };
        RenderedBody {
            scroll_limit: self.lines.len().saturating_sub(height),
            cursor: self.cursor.and_then(|(line, column)| position_of(line, column)),
            links: self
                .links
                .iter()
                .filter_map(|link| {
                    Some(Link {
                        at: position_of(link.line, link.column)?,
                        text: link.text.clone(),
                        address: link.address.clone(),
                    })
                })
                .collect(),
        }
    }

    /// Returns the first visible line, chosen so that the whole row with the focus fits.
    fn first_line(&self, height: usize) -> usize {
        let max = self.lines.len().saturating_sub(height);
        match self.focus {
            None => self.scroll.min(max),
            Some((from, to)) => {
                // Two lines of the next row stay visible, so that the user sees what follows. The text after the last row
                // has no row of its own to bring it into view.
                let below = if to == self.rows_end { self.lines.len() } else { to + 2 };
                below.saturating_sub(height).min(from)
            }
        }
    }
}

/// Wraps text at spaces into lines of at most `width` columns. Scopes, paths and addresses are not broken at hyphens.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let options = textwrap::Options::new(width)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    textwrap::wrap(text, options)
        .into_iter()
        .map(|line| line.into_owned())
        .collect()
}

/// Returns the longest suffix of a text that fits in `width` columns.
pub fn tail(text: &str, width: usize) -> &str {
    let mut from = text.len();
    let mut used = 0;
    for (at, c) in text.char_indices().rev() {
        used += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if used > width {
            break;
        }
        from = at;
    }
    &text[from..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tail_is_measured_in_columns() {
        for (text, width, end) in [
            ("abc", 2, "bc"),
            ("bæøå", 3, "æøå"),
            ("漢字", 3, "字"),
            ("", 3, ""),
            ("ab", 0, ""),
        ] {
            assert_eq!(tail(text, width), end);
        }
    }

    #[test]
    fn wrap_keeps_scopes_on_one_line() {
        assert_eq!(
            wrap("ask for toll:goodsdeclaration/document.write now", 36),
            ["ask for", "toll:goodsdeclaration/document.write", "now"]
        );
    }
}
