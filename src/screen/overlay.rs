//! Overlays: the help, the password prompt, a generated key, and the choice after a save conflict.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    text::{Line, Span},
    widgets::{Block, Clear, Widget},
};
use unicode_width::UnicodeWidthStr;

use super::{DrawContext, body::wrap, theme::FieldState};
use crate::{
    text::Args,
    wizard::{KeyPlan, Overlay},
};

/// Draws an overlay and returns the cursor's position, if it has one.
pub fn draw(area: Rect, buffer: &mut Buffer, ctx: &DrawContext, overlay: Overlay) -> Option<Position> {
    match overlay {
        Overlay::Help => {
            let keys: Vec<String> = ctx.texts.get("help-keys").lines().map(str::to_owned).collect();
            let mut lines: Vec<Line> = Vec::new();
            for key in keys {
                match key.split_once('|') {
                    Some((key, what)) => {
                        let key = format!("{:<14}", key.trim());
                        lines.push(Line::from(vec![
                            Span::styled(key, ctx.theme.key()),
                            Span::raw(what.trim().to_owned()),
                        ]));
                    }
                    None => lines.push(Line::from(key)),
                }
            }
            draw_window(area, buffer, ctx, &ctx.texts.get("help-title"), lines);
            None
        }
        Overlay::Password { retry, .. } => draw_password(area, buffer, ctx, retry),
        Overlay::GeneratedKey => {
            draw_generated_key(area, buffer, ctx);
            None
        }
        Overlay::Conflict => {
            let width = usize::from(area.width.min(64)).saturating_sub(6);
            let name = ctx
                .model
                .onboarding()
                .map(|onboarding| onboarding.name.to_string())
                .unwrap_or_default();
            let text = ctx.texts.with("conflict-question", &Args::new().with("name", name));
            let mut lines: Vec<Line> = wrap(&text, width).into_iter().map(Line::from).collect();
            lines.push(Line::default());
            for id in ["conflict-theirs", "conflict-mine"] {
                let text = ctx.texts.get(id);
                let (key, what) = text.split_once('|').unwrap_or(("", &text));
                lines.push(Line::from(vec![
                    Span::styled(format!("{}  ", key.trim()), ctx.theme.key()),
                    Span::raw(what.trim().to_owned()),
                ]));
            }
            draw_window(area, buffer, ctx, &ctx.texts.get("conflict-title"), lines);
            None
        }
    }
}

/// Lines that a window's border and padding take.
const FRAME_LINES: usize = 4;

/// Draws the files of a generated key and the next action.
fn draw_generated_key(area: Rect, buffer: &mut Buffer, ctx: &DrawContext) {
    let Some(made) = ctx
        .model
        .onboarding()
        .and_then(|onboarding| onboarding.generated_key.as_ref())
    else {
        return;
    };
    let width = usize::from(area.width.min(72)).saturating_sub(6);
    let shown = |path: &std::path::Path| path.display().to_string();
    let (title, text, kid) = match &made.plan {
        KeyPlan::RegisteredKey { kid } => ("made-key-title", "made-key", kid.as_str()),
        KeyPlan::CertificateRequest { .. } => ("made-request-title", "made-request", ""),
    };
    let args = Args::new()
        .with("public", shown(&made.public))
        .with("kid", kid)
        .with("key", shown(&made.key));
    let mut lines: Vec<Line> = Vec::new();
    for paragraph in ctx.texts.with(text, &args).lines() {
        lines.extend(wrap(paragraph, width).into_iter().map(Line::from));
        lines.push(Line::default());
    }
    let text: Vec<String> = made.text.lines().flat_map(|line| wrap(line, width)).collect();
    // Part of a key is useless. If it does not fit, the file name is enough, and `y` copies it.
    if lines.len() + text.len() + FRAME_LINES <= usize::from(area.height) {
        lines.extend(text.into_iter().map(|line| Line::styled(line, ctx.theme.quiet())));
    } else {
        lines.pop();
    }
    draw_window(area, buffer, ctx, &ctx.texts.get(title), lines);
}

fn draw_password(area: Rect, buffer: &mut Buffer, ctx: &DrawContext, again: bool) -> Option<Position> {
    let theme = ctx.theme;
    let width = usize::from(area.width.min(64)).saturating_sub(6);
    let file = ctx
        .model
        .onboarding()
        .and_then(|onboarding| onboarding.profile.certificate.path.as_ref())
        .and_then(|path| path.file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let id = if again { "password-again" } else { "password-request" };
    let text = ctx.texts.with(id, &Args::new().with("file", file));
    let style = if again { theme.warning() } else { theme.plain() };
    let mut lines: Vec<Line> = wrap(&text, width)
        .into_iter()
        .map(|line| Line::styled(line, style))
        .collect();
    lines.push(Line::default());
    let field = lines.len();
    let field_width = width.min(40);
    // The dots stop at the field's width.
    let dots = theme.symbols.hidden.repeat(ctx.typed.min(field_width - 1));
    let typed = dots.width();
    lines.push(Line::styled(
        format!("{dots}{}", " ".repeat(field_width - typed)),
        theme.field(FieldState::Edited),
    ));
    lines.push(Line::default());
    let promise = ctx.texts.get("password-promise");
    lines.extend(
        wrap(&promise, width)
            .into_iter()
            .map(|line| Line::styled(line, theme.quiet())),
    );
    let password = ctx
        .model
        .onboarding()
        .and_then(|onboarding| ctx.model.demonstration_password(onboarding));
    if let Some(password) = password {
        let args = Args::new().with("password", password);
        let note = ctx.texts.with("sandbox-password-note", &args);
        lines.extend(
            wrap(&note, width)
                .into_iter()
                .map(|line| Line::styled(line, theme.warning())),
        );
    }
    let inner = draw_window(area, buffer, ctx, &ctx.texts.get("password-title"), lines)?;
    let row = u16::try_from(field).ok().filter(|row| *row < inner.height)?;
    Some(Position {
        x: inner.x + u16::try_from(typed).ok()?,
        y: inner.y + row,
    })
}

/// Draws a centred window with the lines that fit, and returns its inner area.
fn draw_window(area: Rect, buffer: &mut Buffer, ctx: &DrawContext, title: &str, lines: Vec<Line>) -> Option<Rect> {
    let widest = lines.iter().map(Line::width).max().unwrap_or(0).max(title.width() + 2);
    let width = u16::try_from(widest).ok()?.saturating_add(6).min(area.width);
    let height = u16::try_from(lines.len() + FRAME_LINES).ok()?.min(area.height);
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
    for (line, y) in lines.into_iter().zip(inner.top()..inner.bottom()) {
        line.render(Rect { y, height: 1, ..inner }, buffer);
    }
    Some(inner)
}
