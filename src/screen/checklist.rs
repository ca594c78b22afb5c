//! Things to do elsewhere, ticked here.

use ratatui::text::Span;

use super::{Scene, body::Body};
use crate::{
    journey::{Item, Who},
    text::Args,
    wizard::{self, Onboarding, Row},
};

pub fn draw(body: &mut Body, scene: &Scene, onboarding: &Onboarding) {
    let step = onboarding.current_step();
    // In the sandbox nothing has to be done elsewhere.
    if scene.model.demonstration_for(onboarding).is_some() {
        body.text(&scene.texts.get("sandbox-checklist-note"), scene.theme.warning());
        body.blank();
    }
    for (at, row) in wizard::rows(scene.model, onboarding).into_iter().enumerate() {
        if let Row::Item(item) = row {
            let focused = at == onboarding.focus;
            body.row(focused, |body| draw_item(body, scene, onboarding, item, focused));
        }
    }
    body.blank();
    if let Some(wait) = &step.wait {
        body.text(&scene.texts.get(&format!("wait-{wait}")), scene.theme.quiet());
    }
}

fn draw_item(body: &mut Body, scene: &Scene, onboarding: &Onboarding, item: &Item, focused: bool) {
    let theme = scene.theme;
    let step = onboarding.current_step();
    let ticked = onboarding.profile.progress.done.contains_key(&step.item_key(item));
    let (sign, sign_style) = if ticked {
        (theme.signs.ticked, theme.good())
    } else {
        (theme.signs.not_ticked, theme.plain())
    };
    let label = scene.texts.get(&format!("item-{}-{}", step.id, item.id));
    let label = match &item.link {
        Some(_) => format!("{label} {}", theme.signs.link),
        None => label,
    };
    let label_style = if focused { theme.strong() } else { theme.plain() };
    let lead = vec![body.mark(focused), Span::styled(format!("{sign} "), sign_style)];
    body.hanging(lead, &label, label_style);
    for (_, value) in wizard::copy_values(onboarding, item, scene.texts) {
        for line in value.lines() {
            body.indented(8, line, theme.title());
        }
    }
    if !focused {
        return;
    }
    if let Some(help) = scene
        .texts
        .find(&format!("item-{}-{}.help", step.id, item.id), &Args::new())
    {
        body.indented(6, &help, theme.quiet());
    }
    if item.who != Who::You {
        body.indented(6, &scene.texts.get(&format!("who-{}", item.who.id())), theme.quiet());
    }
    if let Some(address) = wizard::item_link(scene.model, item) {
        body.link(6, &address);
    }
}
