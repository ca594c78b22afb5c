//! Overlays: the help, the password prompt, a key to make or made, a copied text, and the choice after a save conflict.

use std::path::Path;

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    text::{Line, Span},
    widgets::{Block, Clear, Widget},
};
use unicode_width::UnicodeWidthStr;

use super::{DrawContext, body::wrap, copied, footer, theme::FieldState};
use crate::{
    text::{Args, visible},
    wizard::{self, KeyPlan, Overlay, View},
};

/// The widest window, in columns.
const MAX_WIDTH: u16 = 72;
/// The columns that a window's border and padding take.
const FRAME_COLUMNS: u16 = 6;
/// The lines that they take.
const FRAME_LINES: u16 = 3;
/// The columns of the keys in the help.
const KEY_WIDTH: usize = 12;

/// The result of drawing an overlay.
#[derive(Debug, Default)]
pub struct DrawnOverlay {
    pub cursor: Option<Position>,
    /// The number of lines that can be scrolled past.
    pub scroll_limit: usize,
}

/// The lines of a window, wrapped to its width.
struct Lines {
    width: usize,
    lines: Vec<Line<'static>>,
}

impl Lines {
    fn new(area: Rect) -> Lines {
        let width = area.width.min(MAX_WIDTH).saturating_sub(FRAME_COLUMNS);
        Lines {
            width: width.into(),
            lines: Vec::new(),
        }
    }

    /// Adds the paragraphs of a text, each wrapped.
    fn text(&mut self, text: &str, style: ratatui::style::Style) {
        for paragraph in text.lines() {
            let wrapped = wrap(&visible(paragraph), self.width);
            self.lines
                .extend(wrapped.into_iter().map(|line| Line::styled(line, style)));
        }
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// Adds a key and what it does, with the other lines aligned.
    fn key(&mut self, key: &str, what: &str, columns: usize, ctx: &DrawContext) {
        let available = self.width.saturating_sub(columns).max(8);
        for (at, line) in wrap(what, available).into_iter().enumerate() {
            let key = if at == 0 { key } else { "" };
            let gap = columns.saturating_sub(key.width());
            self.lines.push(Line::from(vec![
                Span::styled(key.to_owned(), ctx.theme.key()),
                Span::raw(" ".repeat(gap)),
                Span::raw(line),
            ]));
        }
    }
}

/// Draws an overlay.
pub fn draw(area: Rect, buffer: &mut Buffer, ctx: &DrawContext, overlay: Overlay) -> DrawnOverlay {
    let mut lines = Lines::new(area);
    let title = match overlay {
        Overlay::Copied => {
            return DrawnOverlay {
                cursor: None,
                scroll_limit: copied::draw(area, buffer, ctx),
            };
        }
        Overlay::Password { retry, .. } => {
            let file = ctx.model.onboarding().and_then(wizard::locked_file);
            return draw_password(area, buffer, ctx, (&file.unwrap_or_default(), None), retry);
        }
        Overlay::AdministrationPassword { retry } => {
            let (name, file) = wizard::administration_file(ctx.model).unwrap_or_default();
            return draw_password(area, buffer, ctx, (&file, Some(&name)), retry);
        }
        Overlay::Help => add_help(&mut lines, ctx),
        Overlay::KeyPlan => add_key_plan(&mut lines, ctx),
        Overlay::ClientPlan => add_client_plan(&mut lines, ctx),
        Overlay::GeneratedKey => add_generated_key(&mut lines, ctx),
        Overlay::Conflict => add_conflict(&mut lines, ctx),
    };
    draw_window(area, buffer, ctx, &title, lines.lines).1
}

/// Adds the help for the view: what it is for, then its keys. Returns the title.
fn add_help(lines: &mut Lines, ctx: &DrawContext) -> String {
    let (title, about) = match &ctx.model.view {
        View::ProfileList(_) => ("profile-list-title".to_owned(), "about-profile-list".to_owned()),
        View::NewProfile(_) => ("naming-title".to_owned(), "about-new-profile".to_owned()),
        View::Onboarding(onboarding) => (
            format!("step-{}", onboarding.step),
            format!("about-{}", onboarding.step),
        ),
    };
    lines.text(&ctx.texts.get(&about), ctx.theme.plain());
    lines.blank();
    lines.text(&ctx.texts.get("help-title"), ctx.theme.title());
    for (key, id) in footer::view_keys(ctx.model, ("↑ ↓", "← →"), true) {
        lines.key(&footer::key_name(ctx.texts, &key), &ctx.texts.get(id), KEY_WIDTH, ctx);
    }
    for line in ctx.texts.get("help-keys-always").lines() {
        let (key, what) = line.split_once('|').unwrap_or(("", line));
        lines.key(key.trim(), what.trim(), KEY_WIDTH, ctx);
    }
    ctx.texts.get(&title)
}

fn add_conflict(lines: &mut Lines, ctx: &DrawContext) -> String {
    let Some(onboarding) = ctx.model.onboarding() else {
        return String::new();
    };
    let [title, question, options @ ..] = wizard::conflict_texts(onboarding);
    let args = Args::new().with("name", onboarding.name.as_str());
    lines.text(&ctx.texts.with(question, &args), ctx.theme.plain());
    lines.blank();
    for id in options {
        let text = ctx.texts.get(id);
        let (key, what) = text.split_once('|').unwrap_or(("", &text));
        lines.key(key.trim(), what.trim(), 3, ctx);
    }
    ctx.texts.get(title)
}

/// Adds what a new key is for, where it will be, and the key that the profile has now.
fn add_key_plan(lines: &mut Lines, ctx: &DrawContext) -> String {
    let Some(onboarding) = ctx.model.onboarding() else {
        return String::new();
    };
    for text in wizard::key_plan_text(ctx.model, onboarding, ctx.texts) {
        lines.text(&text, ctx.theme.plain());
        lines.blank();
    }
    lines.lines.pop();
    ctx.texts.get("key-plan-title")
}

/// Adds the client that will be created, as it is sent.
fn add_client_plan(lines: &mut Lines, ctx: &DrawContext) -> String {
    let onboarding = ctx.model.onboarding();
    let text = onboarding.map(|onboarding| wizard::client_plan_text(onboarding, ctx.texts));
    for paragraph in text.unwrap_or_default() {
        lines.text(&paragraph, ctx.theme.plain());
    }
    ctx.texts
        .get(match onboarding.is_some_and(wizard::plans_existing_client) {
            true => "client-plan-title.existing",
            false => "client-plan-title",
        })
}

/// Adds the files of a generated key, the next action, and its public half.
fn add_generated_key(lines: &mut Lines, ctx: &DrawContext) -> String {
    let onboarding = ctx.model.onboarding();
    let Some(made) = onboarding.and_then(|onboarding| onboarding.generated_key.as_ref()) else {
        return String::new();
    };
    let shown = |path: &Path| path.display().to_string();
    let (title, text, kid) = match &made.plan {
        KeyPlan::RegisteredKey { kid } => ("made-key-title", "made-key", kid.as_str()),
        KeyPlan::CertificateRequest { .. } => ("made-request-title", "made-request", ""),
    };
    let args = Args::new()
        .with("public", shown(&made.public))
        .with("kid", kid)
        .with("key", shown(&made.key));
    for paragraph in ctx.texts.with(text, &args).lines() {
        lines.text(paragraph, ctx.theme.plain());
        lines.blank();
    }
    // A line of a key that is broken would be copied wrong.
    if made.text.lines().all(|line| line.len() <= lines.width) {
        lines.text(&made.text, ctx.theme.quiet());
    } else {
        lines.text(&ctx.texts.get("made-whole"), ctx.theme.quiet());
    }
    ctx.texts.get(title)
}

/// Draws the prompt for the password of a file, of the profile or of an administration client with that name.
fn draw_password(
    area: Rect,
    buffer: &mut Buffer,
    ctx: &DrawContext,
    (file, administration): (&str, Option<&str>),
    again: bool,
) -> DrawnOverlay {
    let theme = ctx.theme;
    let mut lines = Lines::new(area);
    let id = if again { "password-again" } else { "password-request" };
    let style = if again { theme.warning() } else { theme.plain() };
    lines.text(&ctx.texts.with(id, &Args::new().with("file", file)), style);
    if let Some(name) = administration {
        let args = Args::new().with("name", name).with("file", file);
        lines.text(&ctx.texts.with("password-administration", &args), theme.plain());
    }
    lines.blank();
    let field = lines.lines.len();
    let field_width = lines.width.min(40);
    // The dots stop at the field's width.
    let dots = theme
        .symbols
        .hidden
        .repeat(ctx.typed.min(field_width.saturating_sub(1)));
    let typed = dots.width();
    lines.lines.push(Line::styled(
        format!("{dots}{}", " ".repeat(field_width.saturating_sub(typed))),
        theme.field(FieldState::Edited),
    ));
    lines.blank();
    lines.text(&ctx.texts.get("password-promise"), theme.quiet());
    let onboarding = ctx.model.onboarding().filter(|_| administration.is_none());
    if let Some(password) = onboarding.and_then(|onboarding| ctx.model.demonstration_password(onboarding)) {
        let args = Args::new().with("password", password);
        lines.text(&ctx.texts.with("sandbox-password-note", &args), theme.warning());
    }
    let (inner, mut drawn) = draw_window(area, buffer, ctx, &ctx.texts.get("password-title"), lines.lines);
    let row = u16::try_from(field).ok().filter(|row| *row < inner.height);
    drawn.cursor = row.map(|row| Position {
        x: inner.x + u16::try_from(typed).unwrap_or(0),
        y: inner.y + row,
    });
    drawn
}

/// Draws a centred window that can be scrolled. Returns its inner area.
fn draw_window(
    area: Rect,
    buffer: &mut Buffer,
    ctx: &DrawContext,
    title: &str,
    lines: Vec<Line>,
) -> (Rect, DrawnOverlay) {
    let widest = lines.iter().map(Line::width).max().unwrap_or(0).max(title.width() + 2);
    let width = u16::try_from(widest)
        .unwrap_or(u16::MAX)
        .saturating_add(FRAME_COLUMNS)
        .min(area.width);
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let height = count.saturating_add(FRAME_LINES).min(area.height);
    let outer = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    };
    Clear.render(outer, buffer);
    let block = Block::bordered().title(Span::styled(format!(" {title} "), ctx.theme.title()));
    let inside = block.inner(outer);
    block.render(outer, buffer);
    let inner = Rect {
        x: inside.x + 2.min(inside.width),
        y: inside.y + 1.min(inside.height),
        width: inside.width.saturating_sub(4),
        height: inside.height.saturating_sub(1),
    };
    let scroll_limit = lines.len().saturating_sub(inner.height.into());
    let first = ctx.model.scroll.min(scroll_limit);
    for (line, y) in lines.into_iter().skip(first).zip(inner.top()..inner.bottom()) {
        line.render(Rect { y, height: 1, ..inner }, buffer);
    }
    let marker = |symbol: &'static str, y: u16, buffer: &mut Buffer| {
        let at = Rect {
            x: inside.right().saturating_sub(1),
            y,
            width: 1,
            height: 1,
        };
        Span::styled(symbol, ctx.theme.quiet()).render(at, buffer);
    };
    if first > 0 {
        marker(ctx.theme.symbols.more_above, inside.y, buffer);
    }
    if first < scroll_limit {
        marker(ctx.theme.symbols.more_below, inside.bottom().saturating_sub(1), buffer);
    }
    let drawn = DrawnOverlay {
        cursor: None,
        scroll_limit,
    };
    (inner, drawn)
}
