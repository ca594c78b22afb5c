//! The body of a step as lines of text, of which as many are shown as there is room for. The row with the focus is
//! always among them.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
    text::{Line, Span},
    widgets::Widget,
};

use super::{Scene, theme::Theme};
use crate::text::visible;

/// Lines on their way to the screen.
#[derive(Debug)]
pub struct Body<'a> {
    width: u16,
    pub theme: &'a Theme,
    lines: Vec<Line<'static>>,
    /// The lines of the row with the focus.
    focus: Option<(usize, usize)>,
    /// Where the cursor stands: line and column.
    cursor: Option<(usize, u16)>,
    links: Vec<Piece>,
    /// Lines at the top to be passed over, where nothing has the focus.
    scroll: usize,
}

/// An address, or a part of one, on the screen that can be made a real link.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    pub at: Position,
    /// What stands there: a long address is broken.
    pub text: String,
    /// The whole address.
    pub address: String,
}

/// A link before it is known which lines are shown.
#[derive(Debug)]
struct Piece {
    line: usize,
    column: u16,
    text: String,
    address: String,
}

/// What a drawn body leaves behind.
#[derive(Debug, Default)]
pub struct Drawn {
    pub cursor: Option<Position>,
    pub links: Vec<Link>,
}

impl<'a> Body<'a> {
    pub fn new(width: u16, theme: &'a Theme) -> Body<'a> {
        Body {
            width,
            theme,
            lines: Vec::new(),
            focus: None,
            cursor: None,
            links: Vec::new(),
            scroll: 0,
        }
    }

    pub fn width(&self) -> usize {
        self.width.into()
    }

    pub fn is_higher_than(&self, height: u16) -> bool {
        self.lines.len() > height.into()
    }

    pub fn heading(&mut self, text: &str) {
        self.text(text, self.theme.title());
    }

    pub fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| line.width() > 0) {
            self.lines.push(Line::default());
        }
    }

    /// A paragraph.
    pub fn text(&mut self, text: &str, style: Style) {
        self.hanging(Vec::new(), text, style);
    }

    /// A paragraph whose lines stand `indent` columns in.
    pub fn indented(&mut self, indent: usize, text: &str, style: Style) {
        self.hanging(vec![Span::raw(" ".repeat(indent))], text, style);
    }

    /// A paragraph that begins beside `lead`, with its further lines below its first.
    pub fn hanging(&mut self, lead: Vec<Span<'static>>, text: &str, style: Style) {
        let indent: usize = lead.iter().map(Span::width).sum();
        let room = self.width().saturating_sub(indent).max(8);
        let mut lead = Some(lead);
        for piece in wrap(&visible(text), room) {
            let mut spans = lead.take().unwrap_or_else(|| vec![Span::raw(" ".repeat(indent))]);
            spans.push(Span::styled(piece, style));
            self.lines.push(Line::from(spans));
        }
    }

    pub fn line(&mut self, line: Line<'static>) {
        self.lines.push(line);
    }

    /// An address on lines of its own: nothing stands beside it, so that it can be selected whole.
    pub fn link(&mut self, indent: usize, address: &str) {
        let room = self.width().saturating_sub(indent).max(8);
        for piece in wrap(&visible(address), room) {
            self.links.push(Piece {
                line: self.lines.len(),
                column: u16::try_from(indent).unwrap_or(0),
                text: piece.clone(),
                address: address.to_owned(),
            });
            let style = self.theme.link();
            self.lines.push(Line::from(vec![
                Span::raw(" ".repeat(indent)),
                Span::styled(piece, style),
            ]));
        }
    }

    /// Draws a row with the mark of the focus, and remembers which lines it took.
    pub fn row(&mut self, focused: bool, draw: impl FnOnce(&mut Body<'a>)) {
        let from = self.lines.len();
        draw(self);
        if focused {
            self.focus = Some((from, self.lines.len()));
        }
    }

    /// The mark in front of a row.
    pub fn mark(&self, focused: bool) -> Span<'static> {
        if focused {
            Span::styled(format!("{} ", self.theme.symbols.here), self.theme.focus())
        } else {
            Span::raw("  ")
        }
    }

    /// Puts the cursor in the line that comes next.
    pub fn cursor_here(&mut self, column: usize) {
        self.cursor = Some((self.lines.len(), u16::try_from(column).unwrap_or(u16::MAX)));
    }

    /// Passes over so many lines at the top, as far as there is more than fits.
    pub fn scrolled(&mut self, lines: usize) {
        self.scroll = lines;
    }

    pub fn render(mut self, area: Rect, buffer: &mut Buffer, scene: &Scene) -> Drawn {
        while self.lines.last().is_some_and(|line| line.width() == 0) {
            self.lines.pop();
        }
        let height = usize::from(area.height);
        let top = self.top(height);
        for (line, y) in self.lines.iter().skip(top).zip(area.top()..area.bottom()) {
            line.render(Rect { y, height: 1, ..area }, buffer);
        }
        let mark = |sign: &'static str, y: u16, buffer: &mut Buffer| {
            Span::styled(sign, scene.theme.quiet()).render(
                Rect {
                    x: area.right(),
                    y,
                    width: 1,
                    height: 1,
                },
                buffer,
            );
        };
        let has_room = area.right() < buffer.area.right();
        if top > 0 && has_room {
            mark(scene.theme.symbols.more_above, area.top(), buffer);
        }
        if top + height < self.lines.len() && has_room && height > 0 {
            mark(scene.theme.symbols.more_below, area.bottom() - 1, buffer);
        }
        let place = |line: usize, column: u16| {
            let row = line.checked_sub(top).filter(|row| *row < height)?;
            Some(Position {
                x: area.x + column.min(area.width.saturating_sub(1)),
                y: area.y + u16::try_from(row).ok()?,
            })
        };
        Drawn {
            cursor: self.cursor.and_then(|(line, column)| place(line, column)),
            links: self
                .links
                .iter()
                .filter_map(|piece| {
                    Some(Link {
                        at: place(piece.line, piece.column)?,
                        text: piece.text.clone(),
                        address: piece.address.clone(),
                    })
                })
                .collect(),
        }
    }

    /// The first line that is shown: as far up as lets the whole row with the focus be seen.
    fn top(&self, height: usize) -> usize {
        let most = self.lines.len().saturating_sub(height);
        match self.focus {
            None => self.scroll.min(most),
            Some((from, to)) => {
                // A little of what comes after it, so that one sees where one is going.
                let below = (to + 2).min(self.lines.len());
                below.saturating_sub(height).min(from)
            }
        }
    }
}

/// Words broken into lines of at most that many columns. Scopes, paths and addresses are not broken at their hyphens.
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

/// As much of the end of a text as fits in that many columns.
pub fn end_of(text: &str, width: usize) -> &str {
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
    fn the_end_is_counted_in_columns() {
        for (text, width, end) in [
            ("abc", 2, "bc"),
            ("bæøå", 3, "æøå"),
            ("漢字", 3, "字"),
            ("", 3, ""),
            ("ab", 0, ""),
        ] {
            assert_eq!(end_of(text, width), end);
        }
    }

    #[test]
    fn scopes_stay_whole() {
        assert_eq!(
            wrap("ask for toll:goodsdeclaration/document.write now", 36),
            ["ask for", "toll:goodsdeclaration/document.write", "now"]
        );
    }
}
