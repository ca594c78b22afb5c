//! The form step: questions, each with its field.

use ratatui::text::{Line, Span};

use super::{DrawContext, body::Body, certificate, text_field, theme::FieldState};
use crate::{
    journey::{FieldId, services},
    profile::Kind,
    symbols::checkbox,
    text::Args,
    wizard::{self, FieldInput, Onboarding, Row},
};

/// Draws the questions of the current step.
pub fn draw(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding) {
    let step = onboarding.current_step();
    for (at, row) in wizard::rows(ctx.model, onboarding).into_iter().enumerate() {
        let focused = at == onboarding.focus;
        body.row(focused, |body| match row {
            Row::Choice(field) => draw_choice(body, ctx, onboarding, field, focused),
            Row::Text(field) => draw_text_field(body, ctx, onboarding, field, focused),
            Row::Service(service) => draw_service(body, ctx, onboarding, service, focused),
            Row::Item(_) => {}
        });
    }
    if step.fields.iter().any(|field| field.id == FieldId::Services) {
        draw_announced(body, ctx, onboarding);
    }
}

fn draw_label(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, field: FieldId, focused: bool) {
    let style = if focused { ctx.theme.strong() } else { ctx.theme.plain() };
    let lead = vec![body.mark(focused)];
    body.hanging(lead, &ctx.texts.get(&wizard::field_text_id(field, onboarding)), style);
}

fn draw_reason(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, field: FieldId) {
    if let Some(why) = ctx.texts.find(
        &format!("{}.why", wizard::field_text_id(field, onboarding)),
        &Args::new(),
    ) {
        body.indented(4, &why, ctx.theme.quiet());
    }
}

fn draw_choice(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, field: FieldId, focused: bool) {
    draw_label(body, ctx, onboarding, field, focused);
    let chosen = onboarding.chosen(field);
    let mut line = vec![Span::raw("    ")];
    for option in wizard::choice_options(ctx.model, field) {
        let is_chosen = chosen.as_ref() == Some(&option.value);
        let symbol = if is_chosen {
            ctx.theme.symbols.chosen
        } else {
            ctx.theme.symbols.not_chosen
        };
        let name = option.text.map_or(option.value, |id| ctx.texts.get(&id));
        let style = if is_chosen {
            ctx.theme.strong()
        } else {
            ctx.theme.plain()
        };
        line.push(Span::styled(format!("{symbol} {name}"), style));
        line.push(Span::raw("   "));
    }
    body.line(Line::from(line));
    if focused {
        draw_reason(body, ctx, onboarding, field);
        if matches!(field, FieldId::NorwegianNumber | FieldId::PortalLogin)
            && let Some(kind) = onboarding.profile.business.kind
        {
            let arrow = Span::styled(format!("    {} ", ctx.theme.symbols.arrow), ctx.theme.good());
            body.hanging(
                vec![arrow],
                &ctx.texts.get(&format!("kind-{}-note", kind.id())),
                ctx.theme.plain(),
            );
        }
    }
}

fn draw_service(
    body: &mut Body,
    ctx: &DrawContext,
    onboarding: &Onboarding,
    service: &services::Service,
    focused: bool,
) {
    let theme = ctx.theme;
    let ticked = onboarding.profile.business.services.contains(&service.id);
    let checkbox_style = if ticked { theme.good() } else { theme.plain() };
    let name = ctx.texts.get(&format!("service-{}", service.id));
    let name_style = if focused { theme.strong() } else { theme.plain() };
    let scope = service
        .scope(onboarding.profile.business.kind.unwrap_or(Kind::Norwegian))
        .unwrap_or_default();
    let mut line = Line::from(vec![
        body.mark(focused),
        Span::styled(format!("{} ", checkbox(ticked)), checkbox_style),
        Span::styled(format!("{name:<11}"), name_style),
    ]);
    let scope = Span::styled(scope.to_owned(), theme.quiet());
    if line.width() + scope.width() <= body.width() {
        line.push_span(scope);
        body.line(line);
    } else {
        body.line(line);
        body.line(Line::from(vec![Span::raw("      "), scope]));
    }
    if focused {
        body.indented(
            6,
            &ctx.texts.get(&format!("service-{}.about", service.id)),
            theme.quiet(),
        );
    }
}

/// Draws the services that Customs has announced. They are listed, but cannot be chosen yet.
fn draw_announced(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding) {
    let kind = onboarding.profile.business.kind.unwrap_or(Kind::Norwegian);
    for service in services::services()
        .iter()
        .filter(|service| service.announced && service.scope(kind).is_some())
    {
        let name = ctx.texts.get(&format!("service-{}", service.id));
        let about = ctx.texts.get(&format!("service-{}.about", service.id));
        body.blank();
        body.indented(2, &format!("{name}: {about}"), ctx.theme.quiet());
    }
}

fn draw_text_field(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, field: FieldId, focused: bool) {
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
    if focused {
        let example = ctx.texts.find(
            &format!("{}.example", wizard::field_text_id(field, onboarding)),
            &Args::new(),
        );
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
            let trimmed = path.trim_end_matches('/');
            trimmed
                .rsplit('/')
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
