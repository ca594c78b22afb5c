//! The check step: the stages as they finish, then the result.

use ratatui::{
    style::Style,
    text::{Line, Span},
};
use unicode_width::UnicodeWidthStr;

use super::{DrawContext, body::Body};
use crate::{
    diagnosis::Diagnosis,
    profile::summary::CheckSummary,
    report::{Outcome, Report, Stage, StageResult},
    text::Args,
    wizard::{self, Check, Onboarding},
};

/// Draws the check. `tight`: not everything fits, so the passed stages share one line.
pub fn draw(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, tight: bool) {
    body.scrolled(ctx.model.scroll);
    match &onboarding.check {
        Check::Idle => draw_idle(body, ctx, onboarding),
        Check::Running {
            done, current, note, ..
        } => {
            draw_stages(body, ctx, done, *current);
            if let Some((id, args)) = note {
                body.blank();
                body.text(&ctx.texts.with(id, args), ctx.theme.warning());
            }
        }
        Check::Ended(report) => draw_report(body, ctx, onboarding, report, tight),
        Check::Waiting { until, report } => {
            let left = (*until - ctx.model.now).whole_seconds().max(0);
            let clock = format!("{}:{:02}", left / 60, left % 60);
            let text = ctx.texts.with("check-waiting", &Args::new().with("left", clock));
            let lead = vec![Span::styled(format!("{} ", ctx.spinner()), ctx.theme.focus())];
            body.hanging(lead, &text, ctx.theme.strong());
            body.blank();
            draw_report(body, ctx, onboarding, report, tight);
        }
    }
}

fn draw_idle(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding) {
    draw_stages(body, ctx, &[], None);
    body.blank();
    if let Some(text) = wizard::last_check_text(CheckSummary::of(&onboarding.profile).as_ref(), ctx.texts) {
        body.text(&text, ctx.theme.quiet());
    }
    body.text(&ctx.texts.get("check-start"), ctx.theme.strong());
}

/// Draws all stages, the ones to come included, so that the user sees how much is left.
fn draw_stages(body: &mut Body, ctx: &DrawContext, done: &[StageResult], current: Option<Stage>) {
    for stage in Stage::ALL {
        match done.iter().find(|result| result.stage == stage) {
            Some(result) => draw_stage(body, ctx, result),
            None if current == Some(stage) => {
                draw_stage_line(body, ctx, stage, (ctx.spinner(), ctx.theme.focus()), "");
            }
            None => draw_stage_line(body, ctx, stage, (ctx.theme.symbols.open, ctx.theme.quiet()), ""),
        }
    }
}

fn draw_stage(body: &mut Body, ctx: &DrawContext, result: &StageResult) {
    let theme = ctx.theme;
    let symbol = match result.outcome {
        Outcome::Passed => (theme.symbols.done, theme.good()),
        Outcome::Warned => (theme.symbols.warned, theme.warning()),
        Outcome::Failed => (theme.symbols.failed, theme.bad()),
        Outcome::Skipped => (theme.symbols.open, theme.quiet()),
    };
    draw_stage_line(body, ctx, result.stage, symbol, &result.summary(ctx.texts));
    for warning in result.warnings(ctx.texts) {
        body.indented(2, &warning, theme.warning());
    }
}

fn draw_stage_line(
    body: &mut Body,
    ctx: &DrawContext,
    stage: Stage,
    (symbol, style): (&'static str, Style),
    text: &str,
) {
    let name = stage_name(ctx, stage);
    let columns = Stage::ALL.map(|stage| stage_name(ctx, stage).width());
    let columns = columns.into_iter().max().unwrap_or_default();
    let lead = vec![
        Span::styled(format!("{symbol} "), style),
        Span::raw(format!("{name:<columns$} ")),
    ];
    if text.is_empty() {
        body.line(Line::from(lead));
    } else {
        body.hanging(lead, text, ctx.theme.plain());
    }
}

fn stage_name(ctx: &DrawContext, stage: Stage) -> String {
    ctx.texts.get(&format!("stage-name-{}", stage.id()))
}

fn draw_report(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, report: &Report, tight: bool) {
    if tight {
        draw_passed_stages(body, ctx, report);
        let others = report.stages.iter().filter(|result| !is_passed(result));
        let tried: Vec<StageResult> = others
            .filter(|result| result.outcome != Outcome::Skipped)
            .cloned()
            .collect();
        for result in &tried {
            draw_stage(body, ctx, result);
        }
    } else {
        draw_stages(body, ctx, &report.stages, None);
    }
    body.blank();
    match &report.diagnosis {
        Some(diagnosis) => draw_diagnosis(body, ctx, onboarding, diagnosis),
        None => draw_success(body, ctx, onboarding, report),
    }
}

fn is_passed(result: &StageResult) -> bool {
    result.outcome == Outcome::Passed
}

/// Draws the names of the passed stages on one line.
fn draw_passed_stages(body: &mut Body, ctx: &DrawContext, report: &Report) {
    let passed = report.stages.iter().filter(|result| is_passed(result));
    let names: Vec<String> = passed.map(|result| stage_name(ctx, result.stage)).collect();
    if !names.is_empty() {
        let lead = vec![Span::styled(format!("{} ", ctx.theme.symbols.done), ctx.theme.good())];
        body.hanging(lead, &names.join(", "), ctx.theme.plain());
    }
}

fn draw_success(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, report: &Report) {
    let theme = ctx.theme;
    let lead = vec![Span::styled(format!("{} ", theme.symbols.done), theme.good())];
    body.hanging(lead, &report.success(ctx.texts), theme.strong());
    let sections = [
        (
            "have-title",
            wizard::what_you_have(ctx.model, onboarding, report, ctx.texts),
        ),
        ("next-title", wizard::what_next(ctx.model, onboarding, ctx.texts)),
    ];
    for (title, lines) in sections {
        body.blank();
        body.text(&ctx.texts.get(title), theme.title());
        for line in lines {
            let lead = vec![Span::styled(format!("{} ", theme.symbols.open), theme.quiet())];
            body.hanging(lead, &line, theme.plain());
        }
    }
    if wizard::can_start_production(ctx.model) {
        let lead = vec![Span::styled(format!("{} ", theme.symbols.arrow), theme.focus())];
        body.hanging(lead, &ctx.texts.get("next-production"), theme.strong());
    }
    if let Some((demonstration, kind)) = ctx
        .model
        .demonstration_for(onboarding)
        .zip(onboarding.profile.business.kind)
    {
        body.blank();
        body.text(&ctx.texts.get("sandbox-refusals"), theme.warning());
        for refusal in demonstration.refusals_for(kind) {
            let lead = vec![Span::styled(format!("{} ", theme.symbols.open), theme.quiet())];
            body.hanging(lead, &refusal.text(ctx.texts), theme.plain());
        }
    }
}

fn draw_diagnosis(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, diagnosis: &Diagnosis) {
    let theme = ctx.theme;
    body.text(&diagnosis.title(ctx.texts), theme.bad());
    body.text(&diagnosis.cause(ctx.texts), theme.plain());
    for step in diagnosis.fix(ctx.texts) {
        let lead = vec![Span::styled(format!("{} ", theme.symbols.arrow), theme.focus())];
        body.hanging(lead, &step, theme.plain());
    }
    body.text(&diagnosis.who_text(ctx.texts), theme.strong());
    if let Some(minutes) = wizard::minutes_since_creation(ctx.model) {
        let args = Args::new().with("minutes", minutes);
        body.text(&ctx.texts.with("check-worth-waiting", &args), theme.plain());
    }
    if let Some(trace) = &diagnosis.trace_id {
        body.text(
            &ctx.texts.with("check-trace", &Args::new().with("trace", trace)),
            theme.quiet(),
        );
    }
    for other in diagnosis.other_refusals(ctx.texts) {
        body.text(&other, theme.plain());
    }
    if onboarding.show_details {
        body.blank();
        draw_received(body, ctx, diagnosis);
    }
}

fn draw_received(body: &mut Body, ctx: &DrawContext, diagnosis: &Diagnosis) {
    let theme = ctx.theme;
    body.text(&ctx.texts.get("check-received"), theme.strong());
    let Some(received) = &diagnosis.received else {
        body.text(&ctx.texts.get("check-received-nothing"), theme.quiet());
        return;
    };
    for (name, value) in received.parts() {
        let lead = vec![Span::styled(format!("{name}: "), theme.quiet())];
        body.hanging(lead, &value, theme.plain());
    }
}
