//! The whole road: beside the body, or folded into a line above it.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::Widget,
};

use super::Scene;
use crate::{
    journey::{FieldId, Step, StepKind},
    profile::progress,
    text::Args,
    wizard::{self, Onboarding},
};

/// A step's sign, its name and, for a checklist, how far it has come.
pub fn draw_beside(area: Rect, buffer: &mut Buffer, scene: &Scene, onboarding: &Onboarding) {
    let top = area.y + u16::from(area.height > 10);
    for (step, y) in progress::visible_steps(&onboarding.profile)
        .into_iter()
        .zip(top..area.bottom())
    {
        let current = step.id == onboarding.step;
        let (sign, style) = sign(scene, onboarding, step);
        let name = scene.texts.get(&format!("step-{}.short", step.id));
        let name_style = if current { scene.theme.focus() } else { Style::new() };
        let line = Line::from(vec![
            Span::raw(" "),
            Span::styled(sign, style),
            Span::raw(" "),
            Span::styled(name, name_style),
        ]);
        line.render(Rect { y, height: 1, ..area }, buffer);
        let rules = scene.model.rules(&onboarding.profile);
        if step.kind == StepKind::Checklist {
            let (done, all) = progress::count_items(step, &onboarding.profile, rules);
            let count = Line::from(Span::styled(format!("{done}/{all}"), scene.theme.quiet())).right_aligned();
            count.render(
                Rect {
                    y,
                    height: 1,
                    width: area.width.saturating_sub(1),
                    ..area
                },
                buffer,
            );
        }
    }
}

/// One line: which step of how many, its name, and a sign for each.
pub fn draw_above(area: Rect, buffer: &mut Buffer, scene: &Scene, onboarding: &Onboarding) {
    let steps = progress::visible_steps(&onboarding.profile);
    let (number, count) = onboarding.number();
    let where_one_is = scene.texts.with(
        "rail-folded",
        &Args::new().with("number", number + 1).with("count", count).with(
            "step",
            scene.texts.get(&format!("step-{}.short", onboarding.current().id)),
        ),
    );
    let mut line = vec![
        Span::raw("  "),
        Span::styled(where_one_is, scene.theme.focus()),
        Span::raw("   "),
    ];
    for step in steps {
        let (sign, style) = sign(scene, onboarding, step);
        line.push(Span::styled(sign, style));
        line.push(Span::raw(" "));
    }
    Line::from(line).render(area, buffer);
}

fn sign(scene: &Scene, onboarding: &Onboarding, step: &Step) -> (&'static str, Style) {
    let theme = scene.theme;
    if step.id == onboarding.step {
        (theme.signs.here, theme.focus())
    } else if step.fields.iter().any(|field| field.id == FieldId::Certificate) && wizard::certificate_stops(onboarding)
    {
        (theme.signs.failed, theme.bad())
    } else if progress::is_done(step, &onboarding.profile, scene.model.rules(&onboarding.profile)) {
        (theme.signs.done, theme.good())
    } else {
        (theme.signs.open, theme.quiet())
    }
}
