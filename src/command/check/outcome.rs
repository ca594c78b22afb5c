//! Outcome of a check: what is saved of it, what a person is told to do, and the exit code.

use time::OffsetDateTime;

use super::selection::Target;
use crate::command::{Context, Exit, command_error::CommandError, eprint};
use crate::{
    certificate::{
        FindingId,
        finding::{are_found, is_usable},
    },
    console::terminal,
    diagnosis::{self, Diagnosis, Stage},
    profile::{
        Profile, expiry,
        fields::key::Key,
        file::store::{Store, StoreError},
        parse::ProfileName,
    },
    report::{Outcome, Report, last_check},
    text::Args,
};

/// Returns whether a check could not be made because nothing gave the password.
pub fn lacks_password(report: &Report) -> bool {
    let findings = report.diagnosis.iter().flat_map(|diagnosis| &diagnosis.findings);
    let needed = [FindingId::PasswordNeeded, FindingId::KeyPasswordNeeded];
    findings.into_iter().any(|finding| needed.contains(&finding.id))
}

/// Returns the command that goes to the fix: the wizard, and without a terminal the command that changes the answer or ticks
/// the item.
pub fn fix_hint(context: &Context, diagnosis: &Diagnosis, (name, profile): (&ProfileName, &Profile)) -> String {
    let texts = &context.texts;
    let values = Args::new()
        .with("profile", name.as_str())
        .with("home", context.home_option());
    let at = diagnosis.fix_at_name(texts, Some(profile));
    if terminal::is_interactive() {
        return match at {
            Some(at) => texts.with("check-fix-at", &values.with("at", at)),
            None => texts.with("check-fix", &values),
        };
    }
    // The kind of business answers the first question.
    let field = diagnosis.fix_at.as_deref().and_then(Key::parse).map(|key| match key {
        Key::Field(field) => Key::of(field),
        Key::Business => key,
    });
    match (field, at) {
        (Some(key), Some(at)) => texts.with("check-fix-set", &values.with("at", at).with("key", key.id())),
        (None, Some(at)) => texts.with("check-fix-show", &values.with("at", at)),
        (_, None) => texts.with("check-fix-show.all", &values),
    }
}

/// Prints how to give missing input, and saves the result. An error of saving is printed only. Without the password nothing was
/// checked: the last result stays.
pub fn finish(context: &Context, store: &Store, target: &Target, report: &Report) {
    let diagnosis = report.diagnosis.as_ref();
    if let Some(missing) = diagnosis.and_then(|diagnosis| target.missing_input(context, diagnosis)) {
        eprint(&missing);
    }
    let is_unknown = diagnosis.is_some_and(|diagnosis| ["client-unknown", "kid-unknown"].contains(&&*diagnosis.id));
    if is_unknown && target.in_new_sandbox && target.saved.is_some() {
        eprint(&context.texts.get("check-sandbox-new"));
    }
    if lacks_password(report) {
        return;
    }
    if let Err(error) = save_result(store, target, report) {
        let error = CommandError::from_store(&error, &context.texts);
        let args = Args::new().with("profile", &target.name).with("why", &error.message);
        eprint(&context.texts.with("check-not-kept", &args));
    }
}

/// Saves `last_check` and the certificate's expiry. Answers that were changed during the check stay as they are.
fn save_result(store: &Store, target: &Target, report: &Report) -> Result<(), StoreError> {
    let Some((name, saved)) = &target.saved else {
        return Ok(());
    };
    let last = last_check(report, &saved.profile, OffsetDateTime::now_utc());
    let updated = store.update(name, |current| {
        let mut profile = current.profile.clone();
        profile.record_check(last, &saved.profile);
        if profile.certificate == saved.profile.certificate {
            profile.certificate_ends = report.certificate_ends().or(profile.certificate_ends);
            let outcome = report.stages.iter().find(|result| result.stage == Stage::Certificate);
            match (outcome.map(|result| result.outcome), &report.diagnosis) {
                (Some(Outcome::Passed | Outcome::Warned), _) => profile.set_files_inspected(true, Some(true)),
                (Some(Outcome::Failed), Some(diagnosis)) => {
                    let findings = &diagnosis.findings;
                    profile.set_files_inspected(are_found(findings), is_usable(findings));
                }
                _ => {}
            }
        }
        Ok::<_, StoreError>(profile)
    });
    updated.map(drop)
}

/// Returns the exit code of a check. With `--ends-within` a passed check fails if the expiry is near or unknown; the
/// reason is printed.
pub fn exit_of_report(context: &Context, target: &Target, report: &Report, ends_within: Option<u16>) -> Exit {
    let Some(within) = ends_within.filter(|_| report.diagnosis.is_none()) else {
        return report.diagnosis.as_ref().map_or(Exit::Success, exit_of_diagnosis);
    };
    let texts = &context.texts;
    match report.days_left() {
        Some(days) if days <= i64::from(within) => {
            let args = Args::new()
                .with("profile", &target.name)
                .with("expiry", expiry::describe(target.profile.authentication(), days, texts))
                .with("within", within);
            eprint(&texts.with("check-ends-within", &args));
            Exit::CheckFailed
        }
        Some(_) => Exit::Success,
        None => {
            eprint(&texts.with("list-ends-unknown", &Args::new().with("names", &target.name)));
            // No false all-clear: the expiry may be near.
            Exit::CheckFailed
        }
    }
}

/// Returns the exit code of a diagnosis.
pub fn exit_of_diagnosis(diagnosis: &Diagnosis) -> Exit {
    let network = diagnosis::known(&diagnosis.id).is_some_and(|known| known.stage == Stage::Network);
    match diagnosis.id.as_str() {
        "certificate-unreadable" | "ca-file-unreadable" => Exit::Unreadable,
        "service-down" | "too-many-requests" => Exit::Unreachable,
        _ if network || diagnosis.stage == Stage::Network => Exit::Unreachable,
        _ => Exit::CheckFailed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_of_diagnosis_tells_network_and_files_from_failed_checks() {
        for (id, exit) in [
            ("scope-not-on-client", Exit::CheckFailed),
            ("profile-incomplete", Exit::CheckFailed),
            ("certificate-unfit", Exit::CheckFailed),
            ("clock-ahead", Exit::CheckFailed),
            ("unknown", Exit::CheckFailed),
            ("certificate-unreadable", Exit::Unreadable),
            ("ca-file-unreadable", Exit::Unreadable),
            ("name-not-found", Exit::Unreachable),
            ("tls-untrusted", Exit::Unreachable),
            ("service-down", Exit::Unreachable),
            ("too-many-requests", Exit::Unreachable),
        ] {
            assert_eq!(exit_of_diagnosis(&diagnosis::parse_pasted(id)), exit, "{id}");
        }
    }
}
