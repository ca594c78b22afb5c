//! The list of all steps: a column beside the body, or one line above it in a narrow terminal.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    text::{Line, Span},
    widgets::Widget,
};

use super::DrawContext;
use crate::{
    journey::{Step, StepKind},
    profile::progress,
    text::Args,
    wizard::{self, Onboarding},
};

/// Draws the steps in a column: symbol, name and, for a checklist, the number of ticked items.
pub fn draw_column(area: Rect, buffer: &mut Buffer, ctx: &DrawContext, onboarding: &Onboarding) {
    let top = area.y + u16::from(area.height > 10);
    for (step, y) in progress::visible_steps(&onboarding.profile).zip(top..area.bottom()) {
        let current = step.id == onboarding.step;
        let (symbol, style) = symbol(ctx, onboarding, step);
        let name = ctx.texts.get(&format!("step-{}.short", step.id));
        let name_style = if current { ctx.theme.focus() } else { Style::new() };
        let line = Line::from(vec![
            Span::raw(" "),
            Span::styled(symbol, style),
            Span::raw(" "),
            Span::styled(name, name_style),
        ]);
        line.render(Rect { y, height: 1, ..area }, buffer);
        let rules = ctx.model.rules(&onboarding.profile);
        if step.kind == StepKind::Checklist {
            let (done, all) = progress::count_items(step, &onboarding.profile, rules);
            let count = Line::from(Span::styled(format!("{done}/{all}"), ctx.theme.quiet())).right_aligned();
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

/// Draws the steps in one line: the current number and name, and a symbol for each step.
pub fn draw_line(area: Rect, buffer: &mut Buffer, ctx: &DrawContext, onboarding: &Onboarding) {
    let steps = progress::visible_steps(&onboarding.profile);
    let (number, count) = onboarding.step_number();
    let position = ctx.texts.with(
        "step-position",
        &Args::new().with("number", number + 1).with("count", count).with(
            "step",
            ctx.texts.get(&format!("step-{}.short", onboarding.current_step().id)),
        ),
    );
    let mut line = vec![
        Span::raw("  "),
        Span::styled(position, ctx.theme.focus()),
        Span::raw("   "),
    ];
    for step in steps {
        let (symbol, style) = symbol(ctx, onboarding, step);
        line.push(Span::styled(symbol, style));
        line.push(Span::raw(" "));
    }
    Line::from(line).render(area, buffer);
}

/// Returns the symbol for a step's state.
fn symbol(ctx: &DrawContext, onboarding: &Onboarding, step: &Step) -> (&'static str, Style) {
    let theme = ctx.theme;
    if step.id == onboarding.step {
        (theme.symbols.here, theme.focus())
    } else if wizard::has_unusable_certificate(ctx.model, onboarding, step) {
        (theme.symbols.failed, theme.bad())
    } else if progress::is_done(step, &onboarding.profile, ctx.model.rules(&onboarding.profile)) {
        (theme.symbols.done, theme.good())
    } else {
        (theme.symbols.open, theme.quiet())
    }
}
