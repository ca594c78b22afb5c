//! The wizard's screens: some as snapshots, all of them by their properties at many sizes.

mod after_check;
mod copied;
mod footer;
mod properties;
mod snapshots;
mod untrusted_text;
pub mod views;

use klarert::{
    screen::{self, DrawContext, Link, theme::Theme},
    text::Texts,
    wizard::Model,
};
use ratatui::{Terminal, backend::TestBackend, buffer::Buffer};
use unicode_width::UnicodeWidthStr;

/// Columns and lines.
pub type Size = (u16, u16);

pub fn draw(model: &Model, texts: &Texts, size: Size) -> (Buffer, Vec<Link>) {
    draw_in(&Theme::new(true, true), model, texts, size)
}

fn draw_in(theme: &Theme, model: &Model, texts: &Texts, (width, height): Size) -> (Buffer, Vec<Link>) {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let ctx = DrawContext {
        model,
        texts,
        theme,
        typed: 5,
    };
    let mut links = Vec::new();
    terminal.draw(|frame| links = screen::draw(frame, &ctx).links).unwrap();
    (terminal.backend().buffer().clone(), links)
}

/// Returns the lines of a screen without their colours.
pub fn lines(buffer: &Buffer) -> Vec<String> {
    let columns = buffer.area.left()..buffer.area.right();
    (buffer.area.top()..buffer.area.bottom())
        .map(|y| line(buffer, columns.clone(), y).trim_end().to_owned())
        .collect()
}

/// Returns a part of one line.
fn line(buffer: &Buffer, columns: std::ops::Range<u16>, y: u16) -> String {
    let (mut line, mut x) = (String::new(), columns.start);
    while x < columns.end {
        let symbol = buffer[(x, y)].symbol();
        line.push_str(symbol);
        // A wide symbol takes two cells.
        x += u16::try_from(symbol.width()).unwrap().max(1);
    }
    line
}
