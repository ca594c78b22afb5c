//! The check: its stages as they end, and what it all came to.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{Scene, body::Body};
use crate::{
    diagnosis::Diagnosis,
    report::{Outcome, Report, Seen, Stage, StageResult, TokenSeen},
    text::Args,
    wizard::{self, Check, Walk},
};

pub fn draw(body: &mut Body, scene: &Scene, walk: &Walk) {
    body.scrolled(walk.focus);
    match &walk.check {
        Check::Idle => idle(body, scene, walk),
        Check::Running {
            done, current, note, ..
        } => {
            stages(body, scene, done, *current);
            if let Some((id, args)) = note {
                body.blank();
                body.text(&scene.texts.with(id, args), scene.theme.warning());
            }
        }
        Check::Ended(report) => ended(body, scene, walk, report),
        Check::Waiting { until, report } => {
            ended(body, scene, walk, report);
            let left = (*until - scene.model.now).whole_seconds().max(0);
            let clock = format!("{}:{:02}", left / 60, left % 60);
            body.blank();
            body.text(
                &scene.texts.with("check-waiting", &Args::new().with("left", clock)),
                scene.theme.strong(),
            );
        }
    }
}

fn idle(body: &mut Body, scene: &Scene, walk: &Walk) {
    body.text(&scene.texts.get("step-check.intro"), scene.theme.plain());
    body.blank();
    stages(body, scene, &[], None);
    body.blank();
    if let Some(last) = &walk.profile.last_check {
        let outcome = match last.outcome {
            crate::profile::CheckOutcome::Passed => scene.texts.get("check-last-passed"),
            crate::profile::CheckOutcome::Failed => {
                let code = last.code.clone().unwrap_or_default();
                scene.texts.with("check-last-failed", &Args::new().with("code", code))
            }
        };
        let when = super::shelf::day(last.at);
        body.text(&format!("{outcome} ({when})"), scene.theme.quiet());
    }
    body.text(&scene.texts.get("check-start"), scene.theme.strong());
}

/// All seven, so that nobody wonders how much is left.
fn stages(body: &mut Body, scene: &Scene, done: &[StageResult], current: Option<Stage>) {
    let theme = scene.theme;
    for stage in Stage::ALL {
        let name = scene.texts.get(&format!("stage-name-{}", stage.id()));
        let (sign, style, words): (&str, Style, String) = match done.iter().find(|result| result.stage == stage) {
            Some(result) => {
                let (sign, style) = match result.outcome {
                    Outcome::Passed => (theme.signs.done, theme.good()),
                    Outcome::Warned => (theme.signs.warned, theme.warning()),
                    Outcome::Failed => (theme.signs.failed, theme.bad()),
                    Outcome::Skipped => (theme.signs.open, theme.quiet()),
                };
                (sign, style, result.summary(scene.texts))
            }
            None if current == Some(stage) => {
                let signs = theme.signs.spinner;
                (signs[scene.model.pulse % signs.len()], theme.focus(), String::new())
            }
            None => (theme.signs.open, theme.quiet(), String::new()),
        };
        let room = if body.width() < 50 { 14 } else { 16 };
        let lead = vec![
            Span::styled(format!("{sign} "), style),
            Span::raw(format!("{name:<room$} ")),
        ];
        if words.is_empty() {
            body.line(Line::from(lead));
        } else {
            body.hanging(lead, &words, theme.plain());
        }
    }
}

fn ended(body: &mut Body, scene: &Scene, walk: &Walk, report: &Report) {
    stages(body, scene, &report.stages, None);
    body.blank();
    match &report.diagnosis {
        Some(diagnosis) => draw_diagnosis(body, scene, walk, diagnosis),
        None => passed(body, scene, report),
    }
}

fn passed(body: &mut Body, scene: &Scene, report: &Report) {
    let theme = scene.theme;
    let lead = vec![Span::styled(format!("{} ", theme.signs.done), theme.good())];
    body.hanging(lead, &scene.texts.get("check-passed"), theme.strong());
    for result in &report.stages {
        if let Seen::Tokens(tokens) = &result.seen {
            for token in tokens {
                draw_token(body, scene, token);
            }
        }
    }
    body.blank();
    body.text(&scene.texts.get("check-passed-next"), theme.plain());
}

/// Who the token says you are, what it is for and how long it lasts.
fn draw_token(body: &mut Body, scene: &Scene, token: &TokenSeen) {
    let args = Args::new()
        .with("scope", &token.scope)
        .with("seconds", token.expires_in)
        .with("consumer", token.consumer.as_deref().unwrap_or("?"));
    body.indented(2, &scene.texts.with("check-token", &args), scene.theme.plain());
}

fn draw_diagnosis(body: &mut Body, scene: &Scene, walk: &Walk, diagnosis: &Diagnosis) {
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
    if walk.details {
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
    let parts = [
        ("status", received.status.map(|status| status.to_string())),
        ("error", received.error.clone()),
        ("error_description", received.error_description.clone()),
        ("error_uri", received.error_uri.clone()),
    ];
    for (name, value) in parts {
        if let Some(value) = value {
            body.hanging(
                vec![Span::styled(format!("{name}: "), theme.quiet())],
                &value,
                theme.plain(),
            );
        }
    }
}
