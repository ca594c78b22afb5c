//! The check: each stage as it ends, what it all came to, and what can be done about it.

use super::Lines;
use crate::{
    diagnosis::Diagnosis,
    profile::command_line,
    report::{Report, StageResult},
    text::{Args, Texts},
    wizard::{self, Check, Model, Onboarding},
};

pub fn show(question: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding) -> String {
    match &onboarding.check {
        Check::Idle => {
            if let Some(words) = wizard::last_check_words(&onboarding.profile, texts) {
                question.say(&words);
            }
            question.say(&texts.get("check-start"));
            texts.get("plain-prompt-start")
        }
        Check::Running { done, note, .. } => {
            stages(question, texts, done);
            if let Some((id, args)) = note {
                question.say(&texts.with(id, args));
            }
            String::new()
        }
        Check::Ended(report) => {
            ended(question, model, texts, onboarding, report);
            texts.get("plain-prompt-letter")
        }
        Check::Waiting { until, .. } => {
            // By the minute: a line each second would be no reading.
            let seconds = (*until - model.now).whole_seconds().max(0);
            let left = format!("{}:00", (seconds + 59) / 60);
            question.say(&texts.with("check-waiting", &Args::new().with("left", left)));
            texts.get("plain-prompt-waiting")
        }
    }
}

fn stages(question: &mut Lines, texts: &Texts, done: &[StageResult]) {
    for result in done {
        let name = texts.get(&format!("stage-name-{}", result.stage.id()));
        let outcome = texts.get(&format!("outcome-{}", result.outcome.id()));
        let summary = result.summary(texts);
        question.say(&if summary.is_empty() {
            format!("{name}: {outcome}")
        } else {
            format!("{name}: {outcome}. {summary}")
        });
    }
}

fn ended(question: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding, report: &Report) {
    stages(question, texts, &report.stages);
    match &report.diagnosis {
        Some(diagnosis) => {
            diagnosed(question, model, texts, diagnosis);
            if onboarding.details {
                received(question, texts, diagnosis);
            }
        }
        None => passed(question, model, texts, onboarding, report),
    }
    question.say(&texts.get("plain-does-run-again"));
    if let Some(diagnosis) = &report.diagnosis {
        let step = texts.get(&format!("step-{}.short", diagnosis.step));
        question.say(&texts.with("plain-does-mend", &Args::new().with("step", step)));
        question.say(&texts.get("plain-does-details"));
    }
    if wizard::worth_waiting_until(model).is_some() {
        question.say(&texts.get("plain-does-wait"));
    }
    question.say(&texts.get("plain-does-back"));
    question.say(&texts.get("plain-does-quit"));
}

fn passed(question: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding, report: &Report) {
    question.say(&report.success(texts));
    let tokens = || report.stages.iter().flat_map(|result| result.facts.tokens());
    if let Some(known) = tokens().find(|token| token.consumer.is_some()) {
        let args = Args::new()
            .with("consumer", known.consumer.as_deref().unwrap_or_default())
            .with("by", known.client_amr.as_deref().unwrap_or_default());
        question.say(&texts.with("check-known-as", &args));
    }
    for token in tokens() {
        question.say(&token.summary(texts));
    }
    let again = format!("klarert check {}", onboarding.name);
    question.say(&texts.with("check-passed-next", &Args::new().with("command", again)));
    question.say(&texts.get("check-equivalent"));
    question.say(&command_line::command(&onboarding.name, &onboarding.profile));
    if let Some((demonstration, kind)) = model
        .demonstration_for(onboarding)
        .zip(onboarding.profile.business.kind)
    {
        question.say(&texts.get("sandbox-refusals"));
        for refusal in demonstration.refusals_for(kind) {
            question.say(&refusal.text(texts));
        }
    }
}

fn diagnosed(question: &mut Lines, model: &Model, texts: &Texts, diagnosis: &Diagnosis) {
    let problem = Args::new().with("words", diagnosis.title(texts));
    question.say(&texts.with("plain-problem", &problem));
    question.say(&diagnosis.cause(texts));
    for step in diagnosis.fix(texts) {
        question.say(&texts.with("plain-to-do", &Args::new().with("words", step)));
    }
    question.say(&texts.get(&format!("who-{}", diagnosis.who.id())));
    if wizard::worth_waiting_until(model).is_some() {
        question.say(&texts.get("check-worth-waiting"));
    }
    if let Some(trace) = &diagnosis.trace_id {
        question.say(&texts.with("check-trace", &Args::new().with("trace", trace)));
    }
}

/// The answer as it came.
fn received(question: &mut Lines, texts: &Texts, diagnosis: &Diagnosis) {
    question.say(&texts.get("check-received"));
    let Some(received) = &diagnosis.received else {
        question.say(&texts.get("check-received-nothing"));
        return;
    };
    for (name, value) in received.parts() {
        question.say(&format!("{name}: {value}"));
    }
}
