//! The checklist step: items that the user does outside the wizard and ticks here.

use ratatui::text::Span;

use super::{DrawContext, body::Body};
use crate::{
    journey::{Item, Who},
    symbols::checkbox,
    text::Args,
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
    for (at, row) in wizard::rows(ctx.model, onboarding).into_iter().enumerate() {
        if let Row::Item(item) = row {
            let focused = at == onboarding.focus;
            body.row(focused, |body| draw_item(body, ctx, onboarding, item, focused));
        }
    }
    body.blank();
    if let Some(wait) = &step.wait {
        body.text(&ctx.texts.get(&format!("wait-{wait}")), ctx.theme.quiet());
    }
}

fn draw_item(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, item: &Item, focused: bool) {
    let theme = ctx.theme;
    let step = onboarding.current_step();
    let ticked = onboarding.profile.progress.done.contains_key(&step.item_key(item));
    let contradicted = wizard::is_contradicted(onboarding, item);
    let checkbox_style = match ticked {
        true if contradicted => theme.warning(),
        true => theme.good(),
        false => theme.plain(),
    };
    let label = ctx.texts.get(&format!("item-{}-{}", step.id, item.id));
    let label = match &item.link {
        Some(_) => format!("{label} {}", theme.symbols.link),
        None => label,
    };
    let label = if onboarding.is_tick_removed(item) {
        format!("{label} {}", ctx.texts.get("tick-removed"))
    } else if contradicted {
        format!("{label} {}", ctx.texts.get("tick-contradicted"))
    } else {
        label
    };
    let label_style = if focused { theme.strong() } else { theme.plain() };
    let lead = vec![
        body.mark(focused),
        Span::styled(format!("{} ", checkbox(ticked)), checkbox_style),
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
    if let Some(help) = ctx
        .texts
        .find(&format!("item-{}-{}.help", step.id, item.id), &Args::new())
    {
        body.indented(6, &help, theme.quiet());
    }
    if item.who != Who::You {
        body.indented(6, &ctx.texts.get(&format!("who-{}", item.who.id())), theme.quiet());
    }
    if let Some(address) = wizard::item_link(ctx.model, item) {
        body.link(6, &address);
    }
}
