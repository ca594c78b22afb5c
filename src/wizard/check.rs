//! The check, as the wizard sees it: started, under way, ended, waited for.

use time::{Duration, OffsetDateTime};

use super::{
    certificate,
    message::Effect,
    model::{Check, Model, Reading},
    navigation::{self, onboarding_mut, save},
};
use crate::{
    journey::StepKind,
    profile::{CheckOutcome, LastCheck, Profile},
    report::{Event, Report},
    text::{Args, Texts, visible},
};

/// How long a new client or key can take before Maskinporten knows it (Digdir's onboarding).
const NEW_CLIENT: Duration = Duration::minutes(10);
/// The diagnoses that a new client or key can have for no other reason than being new.
const NOT_KNOWN_YET: [&str; 2] = ["client-unknown", "kid-unknown"];

/// Starts the check; where the certificate has not been opened yet, that comes first.
pub(super) fn run(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    if onboarding.current().kind != StepKind::Check || matches!(onboarding.check, Check::Running { .. }) {
        return Vec::new();
    }
    if matches!(onboarding.reading, Reading::Underway { .. }) {
        return certificate::then_check(model);
    }
    let opened = onboarding.examined().is_some_and(|examined| examined.usable);
    if !opened && onboarding.profile.certificate.path.is_some() && onboarding.profile.business.kind.is_some() {
        return certificate::read(model, true, true);
    }
    start(model)
}

/// Starts the check itself.
pub(super) fn start(model: &mut Model) -> Vec<Effect> {
    let attempt = model.next_attempt();
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let Some(environment) = model.environment(&onboarding.profile).cloned() else {
        let id = onboarding.profile.environment.clone();
        model.warn("notice-environment-unknown", Args::new().with("environment", id));
        return Vec::new();
    };
    let Some(onboarding) = onboarding_mut(model) else {
        return Vec::new();
    };
    onboarding.check = Check::Running {
        attempt,
        done: Vec::new(),
        current: None,
        note: None,
    };
    onboarding.details = false;
    onboarding.focus = 0;
    vec![Effect::Check {
        attempt,
        name: onboarding.name.clone(),
        profile: Box::new(onboarding.profile.clone()),
        environment: Box::new(environment),
    }]
}

/// Something the running check says.
pub(super) fn event(model: &mut Model, number: u64, event: Event) -> Vec<Effect> {
    let Some(onboarding) = onboarding_mut(model) else {
        return Vec::new();
    };
    if let Check::Running {
        attempt,
        done,
        current,
        note,
    } = &mut onboarding.check
        && *attempt == number
    {
        match event {
            Event::Started(stage) => (*current, *note) = (Some(stage), None),
            Event::Note(stage, id, args) => (*current, *note) = (Some(stage), Some((id, args))),
            Event::Finished(result) => {
                (*current, *note) = (None, None);
                done.push(result);
            }
        }
    }
    Vec::new()
}

/// The check has ended; its outcome is kept.
pub(super) fn ended(model: &mut Model, number: u64, report: Option<Box<Report>>) -> Vec<Effect> {
    let now = model.now;
    let Some(onboarding) = onboarding_mut(model) else {
        return Vec::new();
    };
    if !matches!(onboarding.check, Check::Running { attempt, .. } if attempt == number) {
        return Vec::new();
    }
    let Some(report) = report else {
        onboarding.check = Check::Idle;
        return Vec::new();
    };
    let last = last_check(&report, &onboarding.profile, now);
    let checked = onboarding.profile.clone();
    onboarding.profile.record_check(last, &checked);
    onboarding.check = Check::Ended(report);
    save(model)
}

/// What a profile keeps of a check that was made of it.
pub fn last_check(report: &Report, profile: &Profile, at: OffsetDateTime) -> LastCheck {
    let of = Some(profile.fingerprint());
    match &report.diagnosis {
        None => LastCheck {
            at,
            outcome: CheckOutcome::Passed,
            stopped_at: None,
            code: None,
            trace_id: None,
            of,
        },
        Some(diagnosis) => LastCheck {
            at,
            outcome: CheckOutcome::Failed,
            stopped_at: Some(diagnosis.stage.id().to_owned()),
            code: Some(diagnosis.code.clone().unwrap_or_else(|| diagnosis.id.clone())),
            trace_id: diagnosis.trace_id.clone(),
            of,
        },
    }
}

/// Stops waiting for what runs.
pub(super) fn cancel(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = onboarding_mut(model) else {
        return Vec::new();
    };
    let effects = match &onboarding.check {
        Check::Running { attempt, .. } => vec![Effect::Cancel(*attempt)],
        Check::Idle | Check::Ended(_) | Check::Waiting { .. } => Vec::new(),
    };
    onboarding.check = match std::mem::replace(&mut onboarding.check, Check::Idle) {
        Check::Waiting { report, .. } | Check::Ended(report) => Check::Ended(report),
        Check::Running { .. } | Check::Idle => Check::Idle,
    };
    effects
}

/// Until when waiting may help: a client made minutes ago is not known everywhere yet.
pub fn worth_waiting_until(model: &Model) -> Option<OffsetDateTime> {
    let onboarding = model.onboarding()?;
    let Check::Ended(report) = &onboarding.check else {
        return None;
    };
    let diagnosis = report.diagnosis.as_ref()?;
    let made = ["integration.create", "integration.identifier"]
        .iter()
        .filter_map(|item| onboarding.profile.progress.done.get(*item))
        .max()?;
    let until = *made + NEW_CLIENT;
    (NOT_KNOWN_YET.contains(&diagnosis.id.as_str()) && until > model.now).then_some(until)
}

/// Waits for a new client to be known, and then checks again.
pub(super) fn wait(model: &mut Model) -> Vec<Effect> {
    let until = worth_waiting_until(model);
    let Some((until, onboarding)) = until.zip(onboarding_mut(model)) else {
        return Vec::new();
    };
    if let Check::Ended(report) = std::mem::replace(&mut onboarding.check, Check::Idle) {
        onboarding.check = Check::Waiting { until, report };
    }
    Vec::new()
}

/// Time went by.
pub(super) fn tick(model: &mut Model) -> Vec<Effect> {
    match model.onboarding().map(|onboarding| &onboarding.check) {
        Some(Check::Waiting { until, .. }) if *until <= model.now => start(model),
        _ => Vec::new(),
    }
}

/// Shows what was received, or hides it again.
pub(super) fn details(model: &mut Model) -> Vec<Effect> {
    if let Some(onboarding) = onboarding_mut(model) {
        onboarding.details = !onboarding.details;
    }
    Vec::new()
}

/// To the step that mends what the diagnosis says.
pub(super) fn mend(model: &mut Model) -> Vec<Effect> {
    let step = match model.onboarding().map(|onboarding| &onboarding.check) {
        Some(Check::Ended(report)) => report.diagnosis.as_ref().map(|diagnosis| diagnosis.step.clone()),
        _ => None,
    };
    step.map(|step| navigation::go_to(model, &step)).unwrap_or_default()
}

/// The report in words, where there is one on the screen.
pub(super) fn report_text(model: &Model, texts: &Texts) -> Option<String> {
    let onboarding = model.onboarding()?;
    match &onboarding.check {
        Check::Ended(report) if onboarding.current().kind == StepKind::Check => Some(report.to_text(texts)),
        _ => None,
    }
}

/// A worker broke down: that is ours to mend, and nothing is waited for any more.
pub(super) fn broke(model: &mut Model, number: u64, words: &str) -> Vec<Effect> {
    if let Some(onboarding) = onboarding_mut(model) {
        if matches!(onboarding.check, Check::Running { attempt, .. } if attempt == number) {
            onboarding.check = Check::Idle;
        }
        if matches!(onboarding.reading, Reading::Underway { attempt, .. } if attempt == number) {
            onboarding.reading = Reading::Nothing;
        }
    }
    model.warn("notice-broke", Args::new().with("words", visible(words)));
    Vec::new()
}
