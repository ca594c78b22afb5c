//! The footer: the notice, if there is one, and the keys that work now, the most useful first. Keys that do not fit are
//! in the help.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use super::{DrawContext, body::wrap, copied};
use crate::{
    journey::StepKind,
    text::{Texts, visible},
    wizard::{self, Check, Model, NoticeKind, NoticeText, Onboarding, Overlay, Row, View, store_wordings},
};

/// Longer notices are shortened, so that the row they are about stays visible.
const MAX_NOTICE_LINES: usize = 3;

/// Returns the lines above the keys: the notice, or else a rule.
pub fn upper_lines(ctx: &DrawContext, width: u16) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    match notice(ctx, width) {
        Some((kind, wordings)) => {
            let (symbol, style) = match kind {
                NoticeKind::Info => (theme.symbols.arrow, theme.title()),
                NoticeKind::Warning => (theme.symbols.warned, theme.warning()),
            };
            let wrapped = shortened(&wordings, usize::from(width).saturating_sub(5));
            let leads = std::iter::once(format!(" {symbol} ")).chain(std::iter::repeat("   ".to_owned()));
            let line = |(lead, text): (String, String)| Line::from(Span::styled(format!("{lead}{text}"), style));
            leads.zip(wrapped).map(line).collect()
        }
        None => vec![super::rule(width, theme)],
    }
}

/// Returns the lines of the first wording that takes at most [`MAX_NOTICE_LINES`]; else of the last, which then ends in `…`.
fn shortened(wordings: &[String], width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for wording in wordings {
        lines = wrap(&visible(wording), width);
        if lines.len() <= MAX_NOTICE_LINES {
            return lines;
        }
    }
    lines.truncate(MAX_NOTICE_LINES);
    if let Some(last) = lines.last_mut() {
        *last = super::cut(&format!("{last}…"), width);
    }
    lines
}

/// Returns the line of keys. `scrolls`: the text is longer than its place.
pub fn key_line(ctx: &DrawContext, width: u16, scrolls: bool) -> Line<'static> {
    let symbols = &ctx.theme.symbols;
    let keys = shown_keys(ctx.model, (symbols.up_down, symbols.left_right), scrolls);
    fitting(&keys, ctx, width)
}

/// Draws the footer's lines.
pub fn draw(area: Rect, buffer: &mut Buffer, lines: Vec<Line<'static>>) {
    for (line, y) in lines.into_iter().zip(area.top()..area.bottom()) {
        line.render(Rect { y, height: 1, ..area }, buffer);
    }
}

/// Returns the notice at the foot of the screen, in one or more wordings. That about a copied text says whether it can be
/// selected whole.
pub fn notice(ctx: &DrawContext, width: u16) -> Option<(NoticeKind, Vec<String>)> {
    if let Some(notice) = &ctx.model.notice {
        let mut wordings = notice.wordings(ctx.texts);
        if let (Some(Overlay::Copied), Some(copied)) = (ctx.model.overlay, &ctx.model.copied) {
            let whole = match copied::is_selectable(copied, width.into()) {
                true => "copied-select",
                false => "copied-too-wide",
            };
            wordings.insert(0, format!("{} {}", wordings[0], ctx.texts.get(whole)));
        }
        return Some((notice.kind, wordings));
    }
    let error = ctx.model.onboarding()?.unsaved.as_ref()?;
    Some((NoticeKind::Warning, store_wordings(error, ctx.texts)))
}

/// The space between two keys, and the one that is used where not all keys fit with it.
const WIDE_GAP: &str = "   ";
const NARROW_GAP: &str = "  ";

/// Returns the keys that fit, in their order. In a narrow terminal the least important ones are left out.
fn fitting(keys: &[(String, &'static str)], ctx: &DrawContext, width: u16) -> Line<'static> {
    let drawn: Vec<(String, String)> = keys
        .iter()
        .map(|(key, id)| (key_name(ctx.texts, key), ctx.texts.get(id)))
        .collect();
    let size = |(key, label): &(String, String)| {
        use unicode_width::UnicodeWidthStr;
        key.width() + 1 + label.width()
    };
    // The margin is not a key's.
    let width = usize::from(width).saturating_sub(1);
    let all: usize = drawn.iter().map(|key| size(key) + WIDE_GAP.len()).sum();
    let gap = if all <= width + WIDE_GAP.len() {
        WIDE_GAP
    } else {
        NARROW_GAP
    };
    let mut by_importance: Vec<usize> = (0..keys.len()).collect();
    by_importance.sort_unstable_by_key(|at| (importance(*at, &keys[*at], ctx.model.overlay.is_some()), *at));
    // The gap after the last key may be outside the window.
    let mut left = width + gap.len();
    let mut fits = vec![false; keys.len()];
    for at in by_importance {
        let taken = size(&drawn[at]) + gap.len();
        fits[at] = taken <= left;
        left -= if fits[at] { taken } else { 0 };
    }
    let mut spans = vec![Span::raw(" ")];
    for ((key, label), _) in drawn.into_iter().zip(fits).filter(|(_, fits)| *fits) {
        spans.push(Span::styled(key, ctx.theme.key()));
        spans.push(Span::styled(format!(" {label}{gap}"), ctx.theme.quiet()));
    }
    Line::from(spans)
}

/// Returns the importance of a key, the lowest number first: what goes on, closes or answers a dialog; the first key of the
/// view; help, language and quit; then the others.
fn importance(at: usize, (key, id): &(String, &'static str), in_dialog: bool) -> usize {
    match (key.as_str(), *id) {
        ("enter" | "esc", _) | (_, "does-go-to-fix" | "does-theirs" | "does-mine") => 0,
        _ if at == 0 => 1,
        (_, "does-scroll") if in_dialog => 1,
        (_, "does-help") => 2,
        (_, "does-language") => 3,
        (_, "does-quit") => 4,
        _ => 5,
    }
}

/// Returns the name of a key in the user's language.
pub fn key_name(texts: &Texts, key: &str) -> String {
    match key {
        "space" => texts.get("key-space"),
        other => other.to_owned(),
    }
}

/// Returns the keys of the dialog, or of the view below it. `scrolls`: its text is longer than its place.
fn shown_keys(model: &Model, arrows: (&str, &str), scrolls: bool) -> Vec<(String, &'static str)> {
    let (up_down, _) = arrows;
    let mut keys: Vec<(&str, &'static str)> = Vec::new();
    if let Some(pending) = model.pending {
        if pending.can_be_cancelled {
            keys.push(("esc", "does-cancel"));
        }
        keys.extend([("F2", "does-language"), ("ctrl-c", "does-quit")]);
        return owned(keys);
    }
    match model.overlay {
        None => return view_keys(model, arrows, scrolls),
        Some(Overlay::Help) => keys.push(("esc", "does-close")),
        Some(Overlay::Password { .. } | Overlay::AdministrationPassword { .. }) => {
            keys.extend([("enter", "does-unlock"), ("esc", "does-cancel")])
        }
        Some(Overlay::Conflict) => match model.onboarding().is_some_and(Onboarding::is_file_gone) {
            true => keys.extend([("r", "does-theirs.gone"), ("k", "does-mine.gone")]),
            false => keys.extend([("r", "does-theirs"), ("k", "does-mine")]),
        },
        Some(Overlay::ClientPlan) => {
            let exists = model.onboarding().is_some_and(wizard::plans_existing_client);
            let create = if exists { "does-create.existing" } else { "does-create" };
            keys.extend([("enter", create), ("esc", "does-cancel")]);
        }
        Some(Overlay::KeyPlan) => keys.extend([("enter", "does-make"), ("esc", "does-cancel")]),
        Some(Overlay::GeneratedKey) => keys.extend([("y", "does-copy"), ("enter", "does-close")]),
        Some(Overlay::Copied) => {
            if model.copied.as_ref().is_some_and(|copied| copied.more) {
                keys.push(("y", "does-copy-next"));
            }
            keys.push(("esc", "does-close"));
        }
    }
    if scrolls && !super::asks_password(model) {
        keys.push((up_down, "does-scroll"));
    }
    keys.extend([("F2", "does-language"), ("ctrl-c", "does-quit")]);
    owned(keys)
}

/// Returns the keys of the view, whatever dialog is on top of it. Language, help and quit are the last. `arrows` are the
/// names of the keys up and down, and left and right. `scrolls`: the result of a check is longer than its place.
pub fn view_keys(model: &Model, arrows: (&str, &str), scrolls: bool) -> Vec<(String, &'static str)> {
    let (up_down, left_right) = arrows;
    let mut keys: Vec<(&str, &'static str)> = Vec::new();
    match &model.view {
        View::ProfileList(list) => {
            let profiles = list.profiles.as_deref().unwrap_or_default();
            if !profiles.get(list.focus).is_some_and(|(_, outcome)| outcome.is_err()) {
                keys.push(("enter", "does-open"));
            }
            keys.extend([(up_down, "does-move"), ("n", "does-new")]);
        }
        View::NewProfile(_) => keys.extend([("enter", "does-next"), ("esc", "does-back")]),
        View::Onboarding(onboarding) => {
            if onboarding.current_step().kind == StepKind::Check {
                check_keys(model, onboarding, scrolls.then_some(up_down), &mut keys);
            } else {
                onboarding_keys(model, onboarding, up_down, left_right, &mut keys);
            }
        }
    }
    keys.extend(if model.is_editing() && !wizard::is_suggestion(model) {
        [("F2", "does-language"), ("F1", "does-help"), ("ctrl-c", "does-quit")]
    } else {
        [("l", "does-language"), ("?", "does-help"), ("q", "does-quit")]
    });
    owned(keys)
}

fn owned(keys: Vec<(&str, &'static str)>) -> Vec<(String, &'static str)> {
    keys.into_iter().map(|(key, id)| (key.to_owned(), id)).collect()
}

fn onboarding_keys<'a>(
    model: &Model,
    onboarding: &Onboarding,
    up_down: &'a str,
    left_right: &'a str,
    keys: &mut Vec<(&'a str, &'static str)>,
) {
    let row = wizard::rows(model, onboarding).get(onboarding.focus).copied();
    if onboarding.edit.is_none() && offers_put_back(model, onboarding) {
        keys.push(("u", "does-put-back"));
    }
    if onboarding.edit.is_none() && wizard::can_create_client(model) {
        keys.push(("c", "does-create-client"));
    }
    match row {
        Some(Row::Choice(_)) => keys.extend([(left_right, "does-choose"), ("enter", "does-next"), ("b", "does-back")]),
        Some(Row::Service(_)) => keys.extend([
            ("space", "does-tick"),
            (up_down, "does-move"),
            ("enter", "does-next"),
            ("b", "does-back"),
        ]),
        Some(Row::Item(item)) => {
            // Keys that do not fit are dropped from the end, so the ones that every item has come first.
            let ticked = onboarding.is_ticked(item);
            if ticked {
                keys.extend([("enter", "does-next"), ("space", "does-untick")]);
            } else {
                keys.push(("enter", "does-tick-next"));
            }
            let link = wizard::item_link(model, item).is_some();
            if link {
                keys.push(("o", "does-open"));
            }
            if !item.copy.is_empty() || link || item.letter.is_some() {
                keys.push(("y", "does-copy"));
            }
            if item.letter.is_some() {
                keys.push(("m", "does-mail"));
            }
            keys.push(("b", "does-back"));
            if !ticked {
                keys.push(("space", "does-tick"));
            }
        }
        Some(Row::Text(field)) if onboarding.edit.is_some() => {
            let is_suggestion = wizard::is_suggestion(model);
            keys.extend(match is_suggestion {
                true => [("enter", "does-take"), ("del", "does-edit")],
                false => [("enter", "does-take"), ("esc", "does-undo")],
            });
            if super::key_bindings::is_path(field) {
                keys.push(("tab", "does-complete"));
            }
            if wizard::can_generate_key(model) {
                keys.push(("F3", "does-make"));
            }
            keys.push((up_down, "does-move"));
            if !is_suggestion {
                return;
            }
            keys.push(("b", "does-back"));
        }
        Some(Row::Text(_)) => {
            if wizard::enter_edits(model) {
                keys.push(("enter", "does-edit"));
            } else {
                keys.extend([("enter", "does-next"), ("del", "does-edit")]);
            }
            if wizard::can_unlock(model) {
                keys.push(("p", "does-unlock"));
            }
            if wizard::can_use_found_file(model) {
                keys.push(("f", "does-use-found"));
            }
            if wizard::can_show_public_key(model) {
                keys.push(("y", "does-public-key"));
            }
            if wizard::can_generate_key(model) {
                keys.push(("F3", "does-make"));
            }
            keys.extend([(up_down, "does-move"), ("b", "does-back")]);
        }
        None => keys.extend([("enter", "does-next"), ("b", "does-back")]),
    }
    keys.push(("1-9", "does-go-to"));
}

/// Returns true while the notice names removed ticks, and on a step that has some.
fn offers_put_back(model: &Model, onboarding: &Onboarding) -> bool {
    let notice = model.notice.as_ref().map(|notice| &notice.content);
    let step = format!("{}.", onboarding.step);
    let removed = onboarding.removed.as_ref();
    matches!(notice, Some(NoticeText::Removed { .. }))
        || removed.is_some_and(|removed| removed.ticks().any(|key| key.starts_with(&step)))
}

/// Adds the keys of the check. `scroll` is the name of the keys that scroll, if there is more than can be seen.
fn check_keys<'a>(
    model: &Model,
    onboarding: &Onboarding,
    scroll: Option<&'a str>,
    keys: &mut Vec<(&'a str, &'static str)>,
) {
    let scroll = scroll.map(|name| (name, "does-scroll"));
    match &onboarding.check {
        Check::Idle => keys.extend([("enter", "does-run"), ("b", "does-back"), ("1-9", "does-go-to")]),
        Check::Running { .. } | Check::Waiting { .. } => {
            keys.push(("esc", "does-cancel"));
            keys.extend(scroll);
        }
        Check::Ended(report) => {
            keys.push(("r", "does-run-again"));
            // Some causes can only be waited for, or fixed by others; then no step fixes them.
            if report
                .diagnosis
                .as_ref()
                .is_some_and(|diagnosis| diagnosis.step != onboarding.step)
            {
                keys.push(("g", "does-go-to-fix"));
            }
            if wizard::waiting_may_help_until(model).is_some() {
                keys.push(("w", "does-wait"));
            }
            keys.extend(scroll);
            if wizard::can_start_production(model) {
                keys.push(("p", "does-production"));
            }
            keys.push(("y", "does-copy-report"));
            if report.diagnosis.is_some() {
                keys.push(("d", "does-details"));
            }
            keys.extend([("c", "does-command"), ("b", "does-back")]);
        }
    }
}
