//! The check step: the stages as they finish, the result, and the possible actions.

use super::Lines;
use crate::{
    diagnosis::Diagnosis,
    profile::summary::CheckSummary,
    report::{Report, StageResult},
    text::{Args, Texts},
    wizard::{self, Check, Model, Onboarding},
};

/// Adds the check's state and returns the prompt.
pub fn add(lines: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding) -> String {
    match &onboarding.check {
        Check::Idle => {
            if let Some(text) = wizard::last_check_text(CheckSummary::of(&onboarding.profile).as_ref(), texts) {
                lines.push(&text);
            }
            texts.get("plain-prompt-start")
        }
        Check::Running { done, note, .. } => {
            lines.push(&texts.get("plain-check-running"));
            add_stages(lines, texts, done);
            if let Some((id, args)) = note {
                lines.push(&texts.with(id, args));
            }
            String::new()
        }
        Check::Ended(report) => {
            add_result(lines, model, texts, onboarding, report);
            let passed = report.diagnosis.is_none();
            let outcome = texts.get(if passed { "outcome-passed" } else { "outcome-failed" });
            texts.with("plain-prompt-result", &Args::new().with("outcome", outcome))
        }
        Check::Waiting { until, .. } => {
            // Rounded up to minutes: a new line each second would flood a screen reader.
            let seconds = (*until - model.now).whole_seconds().max(0);
            let minutes = Args::new().with("minutes", (seconds + 59) / 60);
            lines.push(&texts.with("plain-waiting", &minutes));
            texts.get("plain-prompt-waiting")
        }
    }
}

fn add_stages(lines: &mut Lines, texts: &Texts, done: &[StageResult]) {
    for result in done {
        let name = texts.get(&format!("stage-name-{}", result.stage.id()));
        let outcome = texts.get(&format!("outcome-{}", result.outcome.id()));
        let summary = result.summary(texts);
        lines.push(&if summary.is_empty() {
            format!("{name}: {outcome}")
        } else {
            format!("{name}: {outcome}. {summary}")
        });
        for warning in result.warnings(texts) {
            lines.push(&warning);
        }
    }
}

fn add_result(lines: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding, report: &Report) {
    add_stages(lines, texts, &report.stages);
    match &report.diagnosis {
        Some(diagnosis) => {
            add_diagnosis(lines, model, texts, diagnosis);
            if onboarding.show_details {
                add_received(lines, texts, diagnosis);
            }
        }
        None => add_success(lines, model, texts, onboarding, report),
    }
    if wizard::can_start_production(model) {
        lines.push(&texts.get("plain-does-production"));
    }
    lines.push(&texts.get("plain-does-run-again"));
    if let Some(diagnosis) = &report.diagnosis {
        let step = texts.get(&format!("step-{}.short", diagnosis.step));
        lines.push(&texts.with("plain-does-go-to-fix", &Args::new().with("step", step)));
        lines.push(&texts.get("plain-does-details"));
    }
    if wizard::waiting_may_help_until(model).is_some() {
        lines.push(&texts.get("plain-does-wait"));
    }
    lines.push(&texts.get("plain-does-back"));
    lines.push(&texts.get("plain-does-quit"));
}

fn add_success(lines: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding, report: &Report) {
    lines.push(&report.success(texts));
    let sections = [
        ("have-title", wizard::what_you_have(model, onboarding, report, texts)),
        ("next-title", wizard::what_next(model, onboarding, texts)),
    ];
    for (title, section) in sections {
        lines.push(&texts.get(title));
        section.iter().for_each(|line| lines.push(line));
    }
    if let Some((demonstration, kind)) = model
        .demonstration_for(onboarding)
        .zip(onboarding.profile.business.kind)
    {
        lines.push(&texts.get("sandbox-refusals"));
        for refusal in demonstration.refusals_for(kind) {
            lines.push(&refusal.text(texts));
        }
    }
}

fn add_diagnosis(lines: &mut Lines, model: &Model, texts: &Texts, diagnosis: &Diagnosis) {
    let problem = Args::new().with("text", diagnosis.title(texts));
    lines.push(&texts.with("plain-problem", &problem));
    lines.push(&diagnosis.cause(texts));
    for step in diagnosis.fix(texts) {
        lines.push(&texts.with("plain-to-do", &Args::new().with("text", step)));
    }
    lines.push(&diagnosis.who_text(texts));
    if let Some(minutes) = wizard::minutes_since_creation(model) {
        lines.push(&texts.with("check-worth-waiting", &Args::new().with("minutes", minutes)));
    }
    if let Some(trace) = &diagnosis.trace_id {
        lines.push(&texts.with("check-trace", &Args::new().with("trace", trace)));
    }
    for other in diagnosis.other_refusals(texts) {
        lines.push(&other);
    }
}

/// Adds the answer as it was received.
fn add_received(lines: &mut Lines, texts: &Texts, diagnosis: &Diagnosis) {
    lines.push(&texts.get("check-received"));
    let Some(received) = &diagnosis.received else {
        lines.push(&texts.get("check-received-nothing"));
        return;
    };
    for (name, value) in received.parts() {
        lines.push(&format!("{name}: {value}"));
    }
}
