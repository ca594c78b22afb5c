//! The foot of the screen: a passing word where there is one, and the keys that mean something now, the most useful
//! first. What does not fit is in the help.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use super::{Scene, body::wrap};
use crate::{
    journey::StepKind,
    text::{Texts, visible},
    wizard::{self, Check, Model, NoticeKind, Onboarding, Overlay, Row, View},
};

/// A passing word takes no more lines than this, so that what it is about stays in sight.
const MOST: usize = 3;

/// The lines of the foot: as many as the passing word needs, and the keys.
pub fn lines(scene: &Scene, width: u16) -> Vec<Line<'static>> {
    let theme = scene.theme;
    let mut lines = match notice(scene) {
        Some((kind, words)) => {
            let (sign, style) = match kind {
                NoticeKind::Info => (theme.signs.arrow, theme.title()),
                NoticeKind::Warning => (theme.signs.warned, theme.warning()),
            };
            let pieces = wrap(&visible(&words), usize::from(width).saturating_sub(5));
            let leads = std::iter::once(format!(" {sign} ")).chain(std::iter::repeat("   ".to_owned()));
            let line = |(lead, piece): (String, String)| Line::from(Span::styled(format!("{lead}{piece}"), style));
            leads.zip(pieces).take(MOST).map(line).collect()
        }
        None => vec![super::rule(width, theme)],
    };
    let keys = keys(scene.model, theme.signs.up_down, theme.signs.left_right);
    lines.push(fitting(&keys, scene, width));
    lines
}

pub fn draw(area: Rect, buffer: &mut Buffer, lines: Vec<Line<'static>>) {
    for (line, y) in lines.into_iter().zip(area.top()..area.bottom()) {
        line.render(Rect { y, height: 1, ..area }, buffer);
    }
}

fn notice(scene: &Scene) -> Option<(NoticeKind, String)> {
    if let Some(notice) = &scene.model.notice {
        return Some((notice.kind, notice.text(scene.texts)));
    }
    let trouble = scene.model.onboarding()?.unsaved.as_ref()?;
    Some((NoticeKind::Warning, trouble.text(scene.texts)))
}

/// As many keys as fit, in their order; the last, which leaves, always does.
fn fitting(keys: &[(String, &'static str)], scene: &Scene, width: u16) -> Line<'static> {
    let drawn: Vec<(String, String)> = keys
        .iter()
        .map(|(key, id)| (key_name(scene.texts, key), scene.texts.get(id)))
        .collect();
    let size = |(key, label): &(String, String)| {
        use unicode_width::UnicodeWidthStr;
        key.width() + 1 + label.width() + 3
    };
    let Some((last, before)) = drawn.split_last() else {
        return Line::default();
    };
    let mut left = usize::from(width).saturating_sub(1 + size(last));
    let mut spans = vec![Span::raw(" ")];
    let mut push = |(key, label): &(String, String)| {
        spans.push(Span::styled(key.clone(), scene.theme.key()));
        spans.push(Span::styled(format!(" {label}   "), scene.theme.quiet()));
    };
    for pair in before {
        if size(pair) > left {
            break;
        }
        left -= size(pair);
        push(pair);
    }
    push(last);
    Line::from(spans)
}

/// Some keys have another name in another language.
fn key_name(texts: &Texts, key: &str) -> String {
    match key {
        "space" => texts.get("key-space"),
        other => other.to_owned(),
    }
}

fn keys(model: &Model, up_down: &str, left_right: &str) -> Vec<(String, &'static str)> {
    let mut keys: Vec<(&str, &'static str)> = Vec::new();
    match (model.overlay, &model.view) {
        (Some(Overlay::Help), _) => keys.push(("esc", "does-close")),
        (Some(Overlay::Password { .. }), _) => keys.extend([("enter", "does-unlock"), ("esc", "does-cancel")]),
        (Some(Overlay::Conflict), _) => keys.extend([("r", "does-theirs"), ("k", "does-mine")]),
        (Some(Overlay::GeneratedKey), _) => keys.extend([("y", "does-copy"), ("enter", "does-close")]),
        (None, View::ProfileList(_)) => keys.extend([
            ("enter", "does-open"),
            (up_down, "does-move"),
            ("n", "does-new"),
            ("l", "does-language"),
            ("?", "does-help"),
        ]),
        (None, View::NewProfile(_)) => {
            keys.extend([("enter", "does-next"), ("esc", "does-back"), ("F2", "does-language")]);
        }
        (None, View::Onboarding(onboarding)) => {
            on_a_walk(model, onboarding, up_down, left_right, &mut keys);
        }
    }
    let letters = super::keys::letters_are_keys(model);
    keys.push(if letters {
        ("q", "does-quit")
    } else {
        ("ctrl-c", "does-quit")
    });
    keys.into_iter().map(|(key, id)| (key.to_owned(), id)).collect()
}

fn on_a_walk<'a>(
    model: &Model,
    onboarding: &Onboarding,
    up_down: &'a str,
    left_right: &'a str,
    keys: &mut Vec<(&'a str, &'static str)>,
) {
    if onboarding.current_step().kind == StepKind::Check {
        return on_the_check(model, onboarding, keys);
    }
    let row = wizard::rows(model, onboarding).get(onboarding.focus).copied();
    match row {
        Some(Row::Choice(_)) => keys.extend([(left_right, "does-choose"), ("enter", "does-next"), ("b", "does-back")]),
        Some(Row::Service(_)) => keys.extend([
            ("space", "does-tick"),
            (up_down, "does-move"),
            ("enter", "does-next"),
            ("b", "does-back"),
        ]),
        Some(Row::Item(item)) => {
            // What does not fit is left out from the end: going on comes before what only some items have.
            keys.extend([("space", "does-tick"), ("enter", "does-next-step")]);
            if item.link.is_some() {
                keys.push(("o", "does-open"));
            }
            if !item.copy.is_empty() || item.link.is_some() {
                keys.push(("y", "does-copy"));
            }
            keys.push(("b", "does-back"));
        }
        Some(Row::Text(field)) => {
            keys.push(("enter", "does-next"));
            if super::keys::is_path(field) {
                keys.push(("tab", "does-complete"));
            }
            if wizard::can_generate_key(model) {
                keys.push(("F3", "does-make"));
            }
            keys.extend([
                (up_down, "does-move"),
                ("esc", "does-back"),
                ("F1", "does-help"),
                ("F2", "does-language"),
            ]);
            return;
        }
        None => keys.extend([("enter", "does-next"), ("b", "does-back")]),
    }
    keys.extend([("1-9", "does-go-to"), ("l", "does-language"), ("?", "does-help")]);
}

fn on_the_check(model: &Model, onboarding: &Onboarding, keys: &mut Vec<(&str, &'static str)>) {
    match &onboarding.check {
        Check::Idle => keys.extend([("enter", "does-run"), ("b", "does-back"), ("1-9", "does-go-to")]),
        Check::Running { .. } | Check::Waiting { .. } => keys.push(("esc", "does-cancel")),
        Check::Ended(report) => {
            keys.push(("r", "does-run-again"));
            // Where there is only waiting, or something outside, no step mends it.
            if report
                .diagnosis
                .as_ref()
                .is_some_and(|diagnosis| diagnosis.step != onboarding.step)
            {
                keys.push(("g", "does-mend"));
            }
            if wizard::waiting_may_help_until(model).is_some() {
                keys.push(("w", "does-wait"));
            }
            keys.push(("y", "does-copy-report"));
            if report.diagnosis.is_some() {
                keys.push(("d", "does-details"));
            }
            keys.push(("b", "does-back"));
        }
    }
    keys.extend([("l", "does-language"), ("?", "does-help")]);
}
