//! The form step: questions, each with its field.

use ratatui::text::{Line, Span};

use super::{DrawContext, body::Body, checklist, question};
use crate::{
    journey::{FieldId, services},
    profile::Kind,
    symbols::checkbox,
    wizard::{self, Onboarding, Row},
};

/// Draws the questions of the current step.
pub fn draw(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding) {
    let step = onboarding.current_step();
    for (at, row) in wizard::rows(ctx.model, onboarding).into_iter().enumerate() {
        let focused = at == onboarding.focus;
        body.row(focused, |body| match row {
            Row::Choice(field) => draw_choice(body, ctx, onboarding, field, focused),
            Row::Text(field) => question::draw_text_field(body, ctx, onboarding, field, focused),
            Row::Service(service) => draw_service(body, ctx, onboarding, service, focused),
            Row::Item(item) => checklist::draw_item(body, ctx, onboarding, item, focused),
        });
    }
    if step.fields.iter().any(|field| field.id == FieldId::Services) {
        draw_announced(body, ctx, onboarding);
    }
}

fn draw_choice(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, field: FieldId, focused: bool) {
    question::draw_label(body, ctx, onboarding, field, focused);
    let chosen = onboarding.chosen(field);
    let indent = || vec![Span::raw("    ")];
    let mut line = indent();
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
        let option = Span::styled(format!("{symbol} {name}"), style);
        let width: usize = line.iter().map(Span::width).sum();
        if line.len() > 1 && width + option.width() > body.width() {
            body.line(Line::from(std::mem::replace(&mut line, indent())));
        }
        line.extend([option, Span::raw("   ")]);
    }
    body.line(Line::from(line));
    if field == FieldId::Environment
        && let Some(note) = wizard::environment_note(ctx.model, &onboarding.profile, ctx.texts)
    {
        body.indented(4, &note, ctx.theme.warning());
    }
    if focused {
        question::draw_reason(body, ctx, onboarding, field);
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
        body.hanging(vec![Span::raw("      ")], &scope.content, theme.quiet());
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
