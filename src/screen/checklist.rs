//! The checklist step: items that the user does outside the wizard and ticks here.

use ratatui::text::Span;

use super::{DrawContext, body::Body, question};
use crate::{
    journey::{Item, Who},
    symbols::checkbox,
    wizard::{self, Onboarding, Row},
};

/// Draws the items, with help and link for the one that has the focus.
pub fn draw(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding) {
    let step = onboarding.current_step();
    // The sandbox needs nothing to be done outside the wizard.
    if ctx.model.demonstration_for(onboarding).is_some() {
        body.text(&ctx.texts.get("sandbox-checklist-note"), ctx.theme.warning());
        body.blank();
    }
    if let Some(note) = wizard::environment_note(ctx.model, &onboarding.profile, ctx.texts) {
        body.text(&note, ctx.theme.warning());
        body.blank();
    }
    if wizard::can_create_client(ctx.model) {
        body.text(&ctx.texts.get("client-offer"), ctx.theme.plain());
        body.blank();
    }
    for (at, row) in wizard::rows(ctx.model, onboarding).into_iter().enumerate() {
        let focused = at == onboarding.focus;
        body.row(focused, |body| match row {
            Row::Item(item) => draw_item(body, ctx, onboarding, item, focused),
            Row::Text(field) => question::draw_text_field(body, ctx, onboarding, field, focused),
            Row::Choice(_) | Row::Service(_) => {}
        });
    }
    body.blank();
    if let Some(wait) = step
        .wait
        .as_ref()
        .filter(|_| wizard::awaits_others(ctx.model, onboarding))
    {
        body.text(&ctx.texts.get(&format!("wait-{wait}")), ctx.theme.quiet());
    }
}

/// Draws an item, with its help, letter and link if it has the focus.
pub fn draw_item(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, item: &Item, focused: bool) {
    let theme = ctx.theme;
    let step = onboarding.current_step();
    let ticked = onboarding.is_ticked(item);
    let contradicted = wizard::is_contradicted(onboarding, item);
    let checkbox_style = if ticked { theme.good() } else { theme.plain() };
    let label = ctx.texts.get(&format!("item-{}-{}", step.id, item.id));
    let label = match wizard::item_link(ctx.model, item) {
        Some(_) => format!("{label} {}", theme.symbols.link),
        None => label,
    };
    let label = if onboarding.is_tick_removed(item) {
        format!("{label} {}", ctx.texts.get("tick-removed"))
    } else if contradicted {
        format!("{label} {}", ctx.texts.get("tick-contradicted"))
    } else if let Some(by) = onboarding.profile.own_tick_text_id(&item.key) {
        format!("{label} · {}", ctx.texts.get(by))
    } else {
        label
    };
    let label_style = if focused { theme.strong() } else { theme.plain() };
    let lead = vec![
        body.mark(focused),
        if contradicted {
            Span::styled("[?] ", theme.warning())
        } else {
            Span::styled(format!("{} ", checkbox(ticked)), checkbox_style)
        },
    ];
    body.hanging(lead, &label, label_style);
    for (_, value) in wizard::copy_values(onboarding, item, ctx.texts) {
        for line in value.lines() {
            body.indented(8, line, theme.title());
        }
    }
    if !focused {
        return;
    }
    if let Some(help) = wizard::item_help(item, onboarding, ctx.texts) {
        body.indented(6, &help, theme.quiet());
    }
    if item.letter.is_some() && !ticked {
        body.indented(6, &ctx.texts.get("item-letter"), theme.plain());
    }
    if item.who != Who::You && !ticked {
        body.indented(6, &ctx.texts.get(&format!("who-{}", item.who.id())), theme.quiet());
    }
    if let Some(address) = wizard::item_link(ctx.model, item) {
        body.link(6, &address);
    }
}
