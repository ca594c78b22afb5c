//! A question with a text as its answer: label, field, example, reason, error.

use std::path::MAIN_SEPARATOR;

use super::{DrawContext, body::Body, certificate, text_field, theme::FieldState};
use crate::{
    journey::FieldId,
    text::Args,
    wizard::{self, FieldInput, Onboarding},
};

/// Draws the label of a question.
pub fn draw_label(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, field: FieldId, focused: bool) {
    let style = if focused { ctx.theme.strong() } else { ctx.theme.plain() };
    let lead = vec![body.mark(focused)];
    body.hanging(lead, &ctx.texts.get(&wizard::field_text_id(field, onboarding)), style);
}

/// Draws why a question is asked.
pub fn draw_reason(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, field: FieldId) {
    if let Some(why) = ctx.texts.find(
        &format!("{}.why", wizard::field_text_id(field, onboarding)),
        &Args::new(),
    ) {
        body.indented(4, &why, ctx.theme.quiet());
    }
}

/// Draws a question whose answer is a text or a path.
pub fn draw_text_field(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, field: FieldId, focused: bool) {
    draw_label(body, ctx, onboarding, field, focused);
    let fallback = FieldInput::default();
    let entry = onboarding.inputs.get(&field).unwrap_or(&fallback);
    let edited = onboarding.edit.as_ref().is_some_and(|edit| edit.field == field);
    let state = match (focused, edited) {
        (true, true) => FieldState::Edited,
        (true, false) => FieldState::Selected,
        (false, _) => FieldState::Idle,
    };
    text_field::draw(body, ctx, &entry.input, state, 4);
    if wizard::is_suggested(field, onboarding) {
        body.indented(4, &ctx.texts.get("field-suggested"), ctx.theme.warning());
    }
    if focused {
        let example = wizard::field_example(field, onboarding, ctx.texts);
        if let Some(example) = example.filter(|_| entry.input.value().is_empty()) {
            let text = ctx.texts.with("example", &Args::new().with("example", example));
            body.indented(4, &text, ctx.theme.quiet());
        }
    }
    if let Some(refusal) = &entry.error {
        text_field::draw_error(body, ctx, refusal);
    } else if focused {
        draw_reason(body, ctx, onboarding, field);
    }
    if let Some(id) = wizard::field_warning(field, onboarding) {
        body.indented(4, &ctx.texts.get(id), ctx.theme.warning());
    }
    if field == FieldId::OwnScopes {
        for note in wizard::scope_notes(onboarding) {
            let style = if note.nearest.is_some() {
                ctx.theme.warning()
            } else {
                ctx.theme.good()
            };
            body.indented(4, &note.text(ctx.texts), style);
        }
    }
    if focused && !onboarding.candidates.is_empty() {
        draw_candidates(body, ctx, onboarding);
    }
    if field == FieldId::Certificate {
        certificate::draw(body, ctx, onboarding);
    }
}

fn draw_candidates(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding) {
    const MAX_SHOWN: usize = 6;
    let names: Vec<&str> = onboarding
        .candidates
        .iter()
        .take(MAX_SHOWN)
        .map(|path| {
            let trimmed = path.trim_end_matches(MAIN_SEPARATOR);
            trimmed
                .rsplit(MAIN_SEPARATOR)
                .next()
                .map_or(path.as_str(), |name| &path[trimmed.len() - name.len()..])
        })
        .collect();
    let more = onboarding.candidates.len().saturating_sub(MAX_SHOWN);
    let mut text = names.join("  ");
    if more > 0 {
        text.push_str("  ");
        text.push_str(&ctx.texts.with("more-candidates", &Args::new().with("count", more)));
    }
    body.indented(4, &text, ctx.theme.title());
}
