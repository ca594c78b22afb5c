//! What lies on top: the help, the password, the question whose changes count.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    text::{Line, Span},
    widgets::{Block, Clear, Widget},
};
use unicode_width::UnicodeWidthStr;

use super::{Scene, body::wrap};
use crate::{
    text::Args,
    wizard::{KeyPlan, Overlay},
};

/// Draws it, and says where the cursor stands in it.
pub fn draw(area: Rect, buffer: &mut Buffer, scene: &Scene, overlay: Overlay) -> Option<Position> {
    match overlay {
        Overlay::Help => {
            let keys: Vec<String> = scene.texts.get("help-keys").lines().map(str::to_owned).collect();
            let mut lines: Vec<Line> = Vec::new();
            for key in keys {
                match key.split_once('|') {
                    Some((key, what)) => {
                        let key = format!("{:<14}", key.trim());
                        lines.push(Line::from(vec![
                            Span::styled(key, scene.theme.key()),
                            Span::raw(what.trim().to_owned()),
                        ]));
                    }
                    None => lines.push(Line::from(key)),
                }
            }
            window(area, buffer, scene, &scene.texts.get("help-title"), lines);
            None
        }
        Overlay::Password { retry, .. } => password(area, buffer, scene, retry),
        Overlay::GeneratedKey => {
            made(area, buffer, scene);
            None
        }
        Overlay::Conflict => {
            let width = usize::from(area.width.min(64)).saturating_sub(6);
            let name = scene
                .model
                .onboarding()
                .map(|onboarding| onboarding.name.to_string())
                .unwrap_or_default();
            let words = scene.texts.with("conflict-words", &Args::new().with("name", name));
            let mut lines: Vec<Line> = wrap(&words, width).into_iter().map(Line::from).collect();
            lines.push(Line::default());
            for id in ["conflict-theirs", "conflict-mine"] {
                let words = scene.texts.get(id);
                let (key, what) = words.split_once('|').unwrap_or(("", &words));
                lines.push(Line::from(vec![
                    Span::styled(format!("{}  ", key.trim()), scene.theme.key()),
                    Span::raw(what.trim().to_owned()),
                ]));
            }
            window(area, buffer, scene, &scene.texts.get("conflict-title"), lines);
            None
        }
    }
}

/// The lines that a window's frame and its air take.
const FRAME: usize = 4;

/// What was made, where it is, and what to do with it.
fn made(area: Rect, buffer: &mut Buffer, scene: &Scene) {
    let Some(made) = scene
        .model
        .onboarding()
        .and_then(|onboarding| onboarding.generated_key.as_ref())
    else {
        return;
    };
    let width = usize::from(area.width.min(72)).saturating_sub(6);
    let shown = |path: &std::path::Path| path.display().to_string();
    let (title, words, kid) = match &made.plan {
        KeyPlan::RegisteredKey { kid } => ("made-key-title", "made-key", kid.as_str()),
        KeyPlan::CertificateRequest { .. } => ("made-request-title", "made-request", ""),
    };
    let args = Args::new()
        .with("public", shown(&made.public))
        .with("kid", kid)
        .with("key", shown(&made.key));
    let mut lines: Vec<Line> = Vec::new();
    for paragraph in scene.texts.with(words, &args).lines() {
        lines.extend(wrap(paragraph, width).into_iter().map(Line::from));
        lines.push(Line::default());
    }
    let text: Vec<String> = made.text.lines().flat_map(|line| wrap(line, width)).collect();
    // A part of it would be of no use: then its file is enough, and it can be copied.
    if lines.len() + text.len() + FRAME <= usize::from(area.height) {
        lines.extend(text.into_iter().map(|line| Line::styled(line, scene.theme.quiet())));
    } else {
        lines.pop();
    }
    window(area, buffer, scene, &scene.texts.get(title), lines);
}

fn password(area: Rect, buffer: &mut Buffer, scene: &Scene, again: bool) -> Option<Position> {
    let theme = scene.theme;
    let width = usize::from(area.width.min(64)).saturating_sub(6);
    let file = scene
        .model
        .onboarding()
        .and_then(|onboarding| onboarding.profile.certificate.path.as_ref())
        .and_then(|path| path.file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let id = if again { "password-again" } else { "password-words" };
    let words = scene.texts.with(id, &Args::new().with("file", file));
    let style = if again { theme.warning() } else { theme.plain() };
    let mut lines: Vec<Line> = wrap(&words, width)
        .into_iter()
        .map(|line| Line::styled(line, style))
        .collect();
    lines.push(Line::default());
    let field = lines.len();
    let room = width.min(40);
    // Beyond the field's width more dots would say nothing.
    let dots = theme.signs.hidden.repeat(scene.typed.min(room - 1));
    let typed = dots.width();
    lines.push(Line::styled(
        format!("{dots}{}", " ".repeat(room - typed)),
        theme.field(true),
    ));
    lines.push(Line::default());
    let promise = scene.texts.get("password-promise");
    lines.extend(
        wrap(&promise, width)
            .into_iter()
            .map(|line| Line::styled(line, theme.quiet())),
    );
    let password = scene
        .model
        .onboarding()
        .and_then(|onboarding| scene.model.demonstration_password(onboarding));
    if let Some(password) = password {
        let args = Args::new().with("password", password);
        let note = scene.texts.with("sandbox-password-note", &args);
        lines.extend(
            wrap(&note, width)
                .into_iter()
                .map(|line| Line::styled(line, theme.warning())),
        );
    }
    let inner = window(area, buffer, scene, &scene.texts.get("password-title"), lines)?;
    let row = u16::try_from(field).ok().filter(|row| *row < inner.height)?;
    Some(Position {
        x: inner.x + u16::try_from(typed).ok()?,
        y: inner.y + row,
    })
}

/// A frame in the middle with the lines in it; as many as there is room for.
fn window(area: Rect, buffer: &mut Buffer, scene: &Scene, title: &str, lines: Vec<Line>) -> Option<Rect> {
    let widest = lines.iter().map(Line::width).max().unwrap_or(0).max(title.width() + 2);
    let width = u16::try_from(widest).ok()?.saturating_add(6).min(area.width);
    let height = u16::try_from(lines.len() + FRAME).ok()?.min(area.height);
    let outer = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    };
    Clear.render(outer, buffer);
    let block = Block::bordered().title(Span::styled(format!(" {title} "), scene.theme.title()));
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
