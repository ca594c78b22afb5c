//! The check: its stages as they end, and what it all came to.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{Scene, body::Body};
use crate::{
    diagnosis::Diagnosis,
    profile::command_line,
    report::{Outcome, Report, Stage, StageResult, TokenFacts},
    text::Args,
    wizard::{self, Check, Onboarding},
};

/// `tight`: there is not room for everything, so what is in order takes one line.
pub fn draw(body: &mut Body, scene: &Scene, onboarding: &Onboarding, tight: bool) {
    body.scrolled(onboarding.focus);
    match &onboarding.check {
        Check::Idle => idle(body, scene, onboarding),
        Check::Running {
            done, current, note, ..
        } => {
            stages(body, scene, done, *current);
            if let Some((id, args)) = note {
                body.blank();
                body.text(&scene.texts.with(id, args), scene.theme.warning());
            }
        }
        Check::Ended(report) => ended(body, scene, onboarding, report, tight),
        Check::Waiting { until, report } => {
            let left = (*until - scene.model.now).whole_seconds().max(0);
            let clock = format!("{}:{:02}", left / 60, left % 60);
            let words = scene.texts.with("check-waiting", &Args::new().with("left", clock));
            let lead = vec![Span::styled(format!("{} ", scene.spinner()), scene.theme.focus())];
            body.hanging(lead, &words, scene.theme.strong());
            body.blank();
            ended(body, scene, onboarding, report, tight);
        }
    }
}

fn idle(body: &mut Body, scene: &Scene, onboarding: &Onboarding) {
    stages(body, scene, &[], None);
    body.blank();
    if let Some(words) = wizard::last_check_words(&onboarding.profile, scene.texts) {
        body.text(&words, scene.theme.quiet());
    }
    body.text(&scene.texts.get("check-start"), scene.theme.strong());
}

/// All seven, so that nobody wonders how much is left.
fn stages(body: &mut Body, scene: &Scene, done: &[StageResult], current: Option<Stage>) {
    for stage in Stage::ALL {
        match done.iter().find(|result| result.stage == stage) {
            Some(result) => draw_stage(body, scene, result),
            None if current == Some(stage) => {
                draw_line(body, scene, stage, (scene.spinner(), scene.theme.focus()), "");
            }
            None => draw_line(body, scene, stage, (scene.theme.signs.open, scene.theme.quiet()), ""),
        }
    }
}

fn draw_stage(body: &mut Body, scene: &Scene, result: &StageResult) {
    let theme = scene.theme;
    let sign = match result.outcome {
        Outcome::Passed => (theme.signs.done, theme.good()),
        Outcome::Warned => (theme.signs.warned, theme.warning()),
        Outcome::Failed => (theme.signs.failed, theme.bad()),
        Outcome::Skipped => (theme.signs.open, theme.quiet()),
    };
    draw_line(body, scene, result.stage, sign, &result.summary(scene.texts));
}

fn draw_line(body: &mut Body, scene: &Scene, stage: Stage, (sign, style): (&'static str, Style), words: &str) {
    let name = stage_name(scene, stage);
    let lead = vec![
        Span::styled(format!("{sign} "), style),
        Span::raw(format!("{name:<14} ")),
    ];
    if words.is_empty() {
        body.line(Line::from(lead));
    } else {
        body.hanging(lead, words, scene.theme.plain());
    }
}

fn stage_name(scene: &Scene, stage: Stage) -> String {
    scene.texts.get(&format!("stage-name-{}", stage.id()))
}

fn ended(body: &mut Body, scene: &Scene, onboarding: &Onboarding, report: &Report, tight: bool) {
    if tight {
        in_order(body, scene, report);
        let others = report.stages.iter().filter(|result| !is_in_order(result));
        let tried: Vec<StageResult> = others
            .filter(|result| result.outcome != Outcome::Skipped)
            .cloned()
            .collect();
        for result in &tried {
            draw_stage(body, scene, result);
        }
    } else {
        stages(body, scene, &report.stages, None);
    }
    body.blank();
    match &report.diagnosis {
        Some(diagnosis) => draw_diagnosis(body, scene, onboarding, diagnosis),
        None => passed(body, scene, onboarding, report),
    }
}

fn is_in_order(result: &StageResult) -> bool {
    result.outcome == Outcome::Passed
}

/// The stages that passed, by name, on a line.
fn in_order(body: &mut Body, scene: &Scene, report: &Report) {
    let passed = report.stages.iter().filter(|result| is_in_order(result));
    let names: Vec<String> = passed.map(|result| stage_name(scene, result.stage)).collect();
    if !names.is_empty() {
        let lead = vec![Span::styled(format!("{} ", scene.theme.signs.done), scene.theme.good())];
        body.hanging(lead, &names.join(", "), scene.theme.plain());
    }
}

fn passed(body: &mut Body, scene: &Scene, onboarding: &Onboarding, report: &Report) {
    let theme = scene.theme;
    let lead = vec![Span::styled(format!("{} ", theme.signs.done), theme.good())];
    body.hanging(lead, &report.success(scene.texts), theme.strong());
    let tokens = || report.stages.iter().flat_map(|result| result.facts.tokens());
    if let Some(known) = tokens().find(|token| token.consumer.is_some()) {
        body.indented(2, &known_as(scene, known), theme.plain());
    }
    for token in tokens() {
        let lasts = scene
            .texts
            .with("token-lasts", &Args::new().with("seconds", token.expires_in));
        body.indented(4, &format!("{} · {lasts}", token.scope), theme.quiet());
    }
    let again = format!("klarert check {}", onboarding.name);
    body.indented(
        2,
        &scene
            .texts
            .with("check-passed-next", &Args::new().with("command", again)),
        theme.plain(),
    );
    body.blank();
    body.indented(2, &scene.texts.get("check-equivalent"), theme.plain());
    body.indented(
        4,
        &command_line::command(&onboarding.name, &onboarding.profile),
        theme.quiet(),
    );
    if let Some((demonstration, kind)) = scene
        .model
        .demonstration_for(onboarding)
        .zip(onboarding.profile.business.kind)
    {
        body.blank();
        body.text(&scene.texts.get("sandbox-refusals"), theme.warning());
        for refusal in demonstration.refusals_for(kind) {
            let lead = vec![Span::styled(format!("{} ", theme.signs.open), theme.quiet())];
            body.hanging(lead, &refusal.text(scene.texts), theme.plain());
        }
    }
}

/// Who the token says you are, and by what.
fn known_as(scene: &Scene, token: &TokenFacts) -> String {
    let consumer = token.consumer.as_deref().unwrap_or_default();
    let by = token.client_amr.as_deref().unwrap_or_default();
    scene
        .texts
        .with("check-known-as", &Args::new().with("consumer", consumer).with("by", by))
}

fn draw_diagnosis(body: &mut Body, scene: &Scene, onboarding: &Onboarding, diagnosis: &Diagnosis) {
    let theme = scene.theme;
    body.text(&diagnosis.title(scene.texts), theme.bad());
    body.text(&diagnosis.cause(scene.texts), theme.plain());
    for step in diagnosis.fix(scene.texts) {
        let lead = vec![Span::styled(format!("{} ", theme.signs.arrow), theme.focus())];
        body.hanging(lead, &step, theme.plain());
    }
    body.text(&scene.texts.get(&format!("who-{}", diagnosis.who.id())), theme.strong());
    if wizard::worth_waiting_until(scene.model).is_some() {
        body.text(&scene.texts.get("check-worth-waiting"), theme.plain());
    }
    if let Some(trace) = &diagnosis.trace_id {
        body.text(
            &scene.texts.with("check-trace", &Args::new().with("trace", trace)),
            theme.quiet(),
        );
    }
    if onboarding.details {
        body.blank();
        received(body, scene, diagnosis);
    }
}

fn received(body: &mut Body, scene: &Scene, diagnosis: &Diagnosis) {
    let theme = scene.theme;
    body.text(&scene.texts.get("check-received"), theme.strong());
    let Some(received) = &diagnosis.received else {
        body.text(&scene.texts.get("check-received-nothing"), theme.quiet());
        return;
    };
    for (name, value) in received.parts() {
        let lead = vec![Span::styled(format!("{name}: "), theme.quiet())];
        body.hanging(lead, &value, theme.plain());
    }
}
