//! The connectivity check in the wizard: start, progress, result, and the wait for a new client.

use time::{Duration, OffsetDateTime};

use super::{
    certificate,
    message::Effect,
    model::{Model, Overlay},
    open_profile::{Check, InspectedCertificate, Inspection},
    saving::save,
};
use crate::{
    certificate::{
        FindingId,
        finding::{are_found, is_usable},
    },
    journey::StepKind,
    profile::command_line,
    report::{Event, Report, last_check},
    text::{Args, Texts, visible},
};

/// The longest time until Maskinporten knows a new client or key, by Digdir's onboarding guide.
const NEW_CLIENT_DELAY: Duration = Duration::minutes(10);
/// The diagnoses that can mean only that a client or key is new.
const NEW_CLIENT_DIAGNOSES: [&str; 2] = ["client-unknown", "kid-unknown"];

/// Starts the check. A certificate that is not open yet is inspected first.
pub(super) fn run(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    if onboarding.current_step().kind != StepKind::Check || matches!(onboarding.check, Check::Running { .. }) {
        return Vec::new();
    }
    if matches!(onboarding.inspection, Inspection::Running { .. }) {
        return certificate::check_after_inspection(model);
    }
    let opened = onboarding.inspected().is_some_and(|inspected| inspected.usable);
    if !opened && onboarding.profile.certificate.path.is_some() && onboarding.profile.business.kind.is_some() {
        return certificate::inspect(model, true, true);
    }
    start(model)
}

/// Starts the check without inspecting the certificate.
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
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let (name, profile) = (onboarding.name.clone(), Box::new(onboarding.profile.clone()));
    onboarding.check = Check::Running {
        attempt,
        checked: profile.clone(),
        done: Vec::new(),
        current: None,
        note: None,
    };
    onboarding.show_details = false;
    model.scroll = 0;
    vec![Effect::RunCheck {
        attempt,
        name,
        profile,
        environment: Box::new(environment),
    }]
}

/// Handles the result of an inspection: keeps the expiry, asks for a password that is needed, starts a pending check.
pub(super) fn on_certificate_inspected(
    model: &mut Model,
    attempt: u64,
    inspected: Box<InspectedCertificate>,
) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let Inspection::Running {
        attempt: current,
        check_after,
        ask_password,
    } = onboarding.inspection
    else {
        return Vec::new();
    };
    if current != attempt {
        return Vec::new();
    }
    let locked = inspected.is_locked();
    let retry = locked && !inspected.has_finding(FindingId::PasswordNeeded);
    let expiry = inspected
        .facts
        .chosen
        .as_ref()
        .and_then(|chosen| chosen.validity)
        .map(|validity| validity.not_after);
    let before = onboarding.profile.clone();
    onboarding.profile.certificate_ends = expiry.or(before.certificate_ends);
    let (found, usable) = (are_found(&inspected.findings), is_usable(&inspected.findings));
    onboarding.profile.set_files_inspected(found, usable);
    let is_changed = onboarding.profile != before;
    certificate::set_inspection(model, Inspection::Finished(inspected));
    let mut effects = if is_changed { save(model) } else { Vec::new() };
    // While a field is edited, the next key is meant for the field and must not become part of a password.
    if ask_password && locked && !model.is_editing() {
        model.open(Overlay::Password { check_after, retry });
        return effects;
    }
    if check_after {
        effects.extend(start(model));
    }
    effects
}

/// Shows the progress of the running check.
pub(super) fn on_progress(model: &mut Model, number: u64, event: Event) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    if let Check::Running {
        attempt,
        done,
        current,
        note,
        ..
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

/// Handles the result of the check and saves its outcome.
pub(super) fn on_ended(model: &mut Model, number: u64, report: Option<Box<Report>>) -> Vec<Effect> {
    let now = model.now;
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let checked = match std::mem::replace(&mut onboarding.check, Check::Idle) {
        Check::Running { attempt, checked, .. } if attempt == number => checked,
        other => {
            onboarding.check = other;
            return Vec::new();
        }
    };
    let Some(report) = report else {
        return Vec::new();
    };
    let last = last_check(&report, &checked, now);
    onboarding.profile.record_check(last, &checked);
    onboarding.check = match onboarding.profile.changed_since_check() {
        true => Check::Idle,
        false => Check::Ended(report),
    };
    save(model)
}

/// Cancels the running check, or the wait for the next one.
pub(super) fn cancel(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let effects = match &onboarding.check {
        Check::Running { attempt, .. } => vec![Effect::CancelCheck(*attempt)],
        Check::Idle | Check::Ended(_) | Check::Waiting { .. } => Vec::new(),
    };
    onboarding.check = match std::mem::replace(&mut onboarding.check, Check::Idle) {
        Check::Waiting { report, .. } | Check::Ended(report) => Check::Ended(report),
        Check::Running { .. } | Check::Idle => Check::Idle,
    };
    effects
}

/// Returns the time until which a failed check may pass by waiting, because the client is new. `None` if it may not, as in
/// the sandbox.
pub fn waiting_may_help_until(model: &Model) -> Option<OffsetDateTime> {
    let onboarding = model.onboarding()?;
    let Check::Ended(report) = &onboarding.check else {
        return None;
    };
    let diagnosis = report.diagnosis.as_ref()?;
    // The sandbox knows its clients at once.
    if model.demonstration_for(onboarding).is_some() {
        return None;
    }
    let created = ["integration.create", "integration.identifier"]
        .iter()
        .filter_map(|item| onboarding.profile.progress.done.get(*item))
        .max()?;
    let until = *created + NEW_CLIENT_DELAY;
    (NEW_CLIENT_DIAGNOSES.contains(&diagnosis.id.as_str()) && until > model.now).then_some(until)
}

/// Returns the minutes since the client was ticked as created, at least one.
pub fn minutes_since_creation(model: &Model) -> Option<i64> {
    let since = model.now - (waiting_may_help_until(model)? - NEW_CLIENT_DELAY);
    Some(since.whole_minutes().max(1))
}

/// Waits until a new client should be known. [`on_tick`] then runs the check again.
pub(super) fn wait_and_retry(model: &mut Model) -> Vec<Effect> {
    let until = waiting_may_help_until(model);
    let Some((until, onboarding)) = until.zip(model.onboarding_mut()) else {
        return Vec::new();
    };
    if let Check::Ended(report) = std::mem::replace(&mut onboarding.check, Check::Idle) {
        onboarding.check = Check::Waiting { until, report };
    }
    Vec::new()
}

/// Runs the check again when the wait is over.
pub(super) fn on_tick(model: &mut Model) -> Vec<Effect> {
    match model.onboarding().map(|onboarding| &onboarding.check) {
        Some(Check::Waiting { until, .. }) if *until <= model.now => start(model),
        _ => Vec::new(),
    }
}

/// Shows or hides the received response, which is the end of the report: the screen limits the scroll to it.
pub(super) fn toggle_details(model: &mut Model) -> Vec<Effect> {
    if let Some(onboarding) = model.onboarding_mut() {
        onboarding.show_details = !onboarding.show_details;
        model.scroll = if onboarding.show_details { usize::MAX } else { 0 };
    }
    Vec::new()
}

/// Returns the report on the screen as text; `None` if there is none.
pub(super) fn report_text(model: &Model, texts: &Texts) -> Option<String> {
    let onboarding = model.onboarding()?;
    match &onboarding.check {
        Check::Ended(report) if onboarding.current_step().kind == StepKind::Check => Some(report.to_text(texts)),
        _ => None,
    }
}

/// Copies and shows the command that makes the same profile, once a check has ended.
pub(super) fn copy_command(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    if !matches!(onboarding.check, Check::Ended(_)) || onboarding.current_step().kind != StepKind::Check {
        return Vec::new();
    }
    let command = command_line::command(
        &onboarding.name,
        &onboarding.profile,
        model.folders.home_flag.as_deref(),
    );
    model.inform("notice-copied-command", Args::new());
    model.show_copied_command(&command);
    vec![Effect::Copy(command)]
}

/// Reports a worker that failed, and stops waiting for its result.
pub(super) fn on_worker_failed(model: &mut Model, number: u64, error: &str) -> Vec<Effect> {
    model.end_pending(number);
    if let Some(onboarding) = model.onboarding_mut() {
        if matches!(onboarding.check, Check::Running { attempt, .. } if attempt == number) {
            onboarding.check = Check::Idle;
        }
        if matches!(onboarding.inspection, Inspection::Running { attempt, .. } if attempt == number) {
            onboarding.inspection = Inspection::NotStarted;
        }
    }
    model.warn("notice-broke", Args::new().with("error", visible(error)));
    Vec::new()
}
