//! The list of saved profiles, and the prompt for a new profile's name.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{DrawContext, body::Body, text_field, theme::FieldState};
use crate::{
    profile::{CheckOutcome, summary::Summary},
    wizard::{self, NameInput, ProfileList},
};

/// The profiles above and below the focused one that are drawn: more than any screen has. Drawing thousands takes 50 ms.
const MAX_DRAWN: usize = 150;

/// Draws the profiles, and last the row for a new one.
pub fn draw_list(body: &mut Body, ctx: &DrawContext, profile_list: &ProfileList) {
    body.heading(&ctx.texts.get("profile-list-title"));
    let Some(profiles) = &profile_list.profiles else { return };
    body.text(&ctx.texts.get("profile-list-intro"), ctx.theme.plain());
    body.blank();
    for (at, (name, outcome)) in profiles.iter().enumerate() {
        let focused = at == profile_list.focus;
        if at.abs_diff(profile_list.focus) > MAX_DRAWN {
            // Its name and its summary, out of sight.
            body.line(Line::default());
            body.line(Line::default());
            continue;
        }
        body.row(focused, |body| {
            let style = if focused { ctx.theme.strong() } else { ctx.theme.plain() };
            body.hanging(vec![body.mark(focused)], name.as_str(), style);
            match outcome {
                Ok(profile) => {
                    draw_summary(body, ctx, profile);
                    if let Some(text) = wizard::expiry_warning(profile.expiry, ctx.model.now, ctx.texts) {
                        draw_note(body, ctx, ctx.theme.symbols.warned, ctx.theme.warning(), &text);
                    }
                }
                Err(error) => {
                    let text = error.text(ctx.texts);
                    draw_note(body, ctx, ctx.theme.symbols.failed, ctx.theme.bad(), &text);
                }
            }
        });
    }
    body.blank();
    let focused = profile_list.focus == profiles.len();
    body.row(focused, |body| {
        let style = if focused { ctx.theme.strong() } else { ctx.theme.plain() };
        body.hanging(vec![body.mark(focused)], &ctx.texts.get("profile-list-new"), style);
    });
}

fn draw_note(body: &mut Body, ctx: &DrawContext, symbol: &str, style: Style, text: &str) {
    body.hanging(
        vec![Span::styled(format!("    {symbol} "), style)],
        text,
        ctx.theme.plain(),
    );
}

/// Draws the business, the environment, the progress and the last check.
fn draw_summary(body: &mut Body, ctx: &DrawContext, profile: &Summary) {
    let theme = ctx.theme;
    let mut parts = wizard::profile_summary(ctx.model, profile, ctx.texts);
    if let Some(check) = profile.last_check.as_ref().filter(|check| check.is_current) {
        parts.push(match check.outcome {
            CheckOutcome::Passed => format!("{} {}", theme.symbols.done, ctx.texts.get("outcome-passed")),
            CheckOutcome::Failed => {
                let outcome = format!("{} {}", theme.symbols.failed, ctx.texts.get("outcome-failed"));
                match wizard::failure_name(check, ctx.texts) {
                    Some(failure) => format!("{outcome}: {failure}"),
                    None => outcome,
                }
            }
        });
    }
    body.indented(4, &parts.join(" · "), theme.quiet());
}

/// Draws the prompt for a profile name.
pub fn draw_naming(body: &mut Body, ctx: &DrawContext, naming: &NameInput) {
    body.heading(&ctx.texts.get("naming-title"));
    if ctx.model.sandbox {
        body.text(&ctx.texts.get("naming-sandbox"), ctx.theme.warning());
        body.blank();
    }
    body.text(&ctx.texts.get("naming-intro"), ctx.theme.plain());
    body.blank();
    // A row with the focus, so that it stays visible in a small terminal.
    body.row(true, |body| {
        body.line(Line::from(vec![
            body.mark(true),
            Span::styled(ctx.texts.get("naming-label"), ctx.theme.strong()),
        ]));
        text_field::draw(body, ctx, &naming.input, FieldState::Edited, 4);
        match &naming.error {
            Some(refusal) => text_field::draw_error(body, ctx, refusal),
            None => body.indented(4, &ctx.texts.get("naming-why"), ctx.theme.quiet()),
        }
    });
}
