//! Texts that the drawn wizard, plain mode and the commands share.

use time::OffsetDateTime;

use super::{
    model::Model,
    open_profile::{InspectedCertificate, Onboarding},
};
use crate::{
    certificate::{Chosen, Facts, Finding, Other, Purpose},
    diagnosis::{self, contradicted_ticks},
    journey::{BUILT_IN_IDS, FieldId, Item, Step},
    profile::{
        Authentication, CheckOutcome, Kind, Profile,
        client_id::is_usual,
        expiry::{self, Expiry},
        fields::{self, get::written_values},
        progress::asks_certificate,
        summary::{CheckSummary, Summary},
    },
    text::{Args, Texts},
};

/// The maximum length of a business's name in a list, in characters.
const MAX_NAME_CHARS: usize = 28;

/// Returns the id of a field's texts, which differ by the kind of business and the authentication for some fields.
pub fn field_text_id(field: FieldId, onboarding: &Onboarding) -> String {
    fields::text_id(field, &onboarding.profile)
}

/// Returns an example of an answer, if the texts have one. A path has the form of the system.
pub fn field_example(field: FieldId, onboarding: &Onboarding, texts: &Texts) -> Option<String> {
    let example = texts.find(&format!("{}.example", field_text_id(field, onboarding)), &Args::new())?;
    Some(match example.strip_prefix("~/") {
        Some(file) if cfg!(windows) => format!("C:\\Users\\Kari\\{file}"),
        _ => example,
    })
}

/// Returns the help of an item of the step on the screen, if it has one.
pub fn item_help(item: &Item, onboarding: &Onboarding, texts: &Texts) -> Option<String> {
    let kind = onboarding.profile.business.kind.unwrap_or(Kind::Norwegian);
    let id = format!("item-{}-{}.help", onboarding.step, item.id);
    texts.find(&id, &Args::new().with("kind", kind.id()))
}

/// Returns whether the last check contradicts the tick of an item of the step on the screen.
pub fn is_contradicted(onboarding: &Onboarding, item: &Item) -> bool {
    contradicted_ticks(&onboarding.profile).contains(&item.key.as_str())
}

/// Returns the id of a warning about a valid answer; `None` if there is nothing to warn about.
pub fn field_warning(field: FieldId, onboarding: &Onboarding) -> Option<&'static str> {
    let id = onboarding.profile.client.id.as_ref();
    let unusual = field == FieldId::ClientId && id.is_some_and(|id| !is_usual(id));
    unusual.then_some("unusual-client-id")
}

/// Returns whether the text of a field is a suggestion, which is not in the profile before the user has taken it.
pub fn is_suggested(field: FieldId, onboarding: &Onboarding) -> bool {
    let input = onboarding.inputs.get(&field);
    let is_untouched_text = input.is_some_and(|input| !input.touched && !input.input.value().is_empty());
    is_untouched_text && written_values(&onboarding.profile, field).is_empty()
}

/// Returns the name of an environment. One of the user's own is shown by its id.
pub fn environment_name(texts: &Texts, id: &str) -> String {
    match id {
        "test" => texts.get("environment-test"),
        "prod" => texts.get("environment-prod"),
        "sandbox" => texts.get("environment-sandbox"),
        custom => custom.to_owned(),
    }
}

/// Returns what an environment from `config.toml` is: its rules and its address; or that it is no longer there. `None` for the
/// program's own.
pub fn environment_note(model: &Model, profile: &Profile, texts: &Texts) -> Option<String> {
    let Some(environment) = model.environment(profile) else {
        let args = Args::new().with("environment", &profile.environment);
        return Some(texts.with("notice-environment-unknown", &args)).filter(|_| !profile.environment.is_empty());
    };
    if BUILT_IN_IDS.contains(&environment.id.as_str()) {
        return None;
    }
    let args = Args::new()
        .with("id", &environment.id)
        .with("rules", environment.rules.id())
        .with("issuer", &environment.issuer);
    Some(texts.with("environment-custom", &args))
}

/// Returns the ids of the title, the question and the two answers after a save conflict.
pub fn conflict_texts(onboarding: &Onboarding) -> [&'static str; 4] {
    match onboarding.is_file_gone() {
        true => [
            "conflict-title.gone",
            "conflict-question.gone",
            "conflict-theirs.gone",
            "conflict-mine.gone",
        ],
        false => [
            "conflict-title",
            "conflict-question",
            "conflict-theirs",
            "conflict-mine",
        ],
    }
}

/// Returns the name of the file whose password is asked for.
pub fn locked_file(onboarding: &Onboarding) -> Option<String> {
    let named = onboarding.inspected().and_then(InspectedCertificate::locked_file);
    let path = onboarding.profile.certificate.path.as_ref();
    let name = || Some(path?.file_name()?.to_string_lossy().into_owned());
    named.map(str::to_owned).or_else(name)
}

/// Returns the findings, the ones that stop first and advice last.
pub fn sorted_findings(inspected: &InspectedCertificate) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = inspected.findings.iter().collect();
    findings.sort_by_cached_key(|finding| finding.severity.rank());
    findings
}

/// Returns the type of a certificate or bare key, in one line. `stopped`: the certificate cannot be used, so the line must
/// not recommend it.
pub fn certificate_label(chosen: &Chosen, stopped: bool, texts: &Texts) -> String {
    // A key without a certificate is identified by its type only.
    if chosen.validity.is_none() {
        return texts.with("reading-is-key", &Args::new().with("key", chosen.key.to_string()));
    }
    texts.get(match chosen.purpose {
        Purpose::Authentication if stopped => "reading-is-authentication.bare",
        Purpose::Authentication => "reading-is-authentication",
        Purpose::Signing => "reading-is-signing",
        Purpose::Encryption => "reading-is-encryption",
        Purpose::Seal => "reading-is-seal",
        Purpose::Other => "reading-is-other",
    })
}

/// Returns whether the inspection has found something that stops the use of the certificate.
pub fn has_blocking_finding(onboarding: &Onboarding) -> bool {
    onboarding
        .inspected()
        .is_some_and(InspectedCertificate::has_blocking_finding)
}

/// Returns whether a step asks for the certificate or key, which is known to be unusable: by its inspection, the last one or its
/// expiry.
pub fn has_unusable_certificate(model: &Model, onboarding: &Onboarding, step: &Step) -> bool {
    let profile = &onboarding.profile;
    let is_unusable = || {
        has_blocking_finding(onboarding)
            || profile.is_certificate_unusable()
            || profile.expiry().is_some_and(|expiry| expiry.is_over(model.now))
    };
    asks_certificate(step) && is_unusable()
}

/// Returns the owner, the issuer and the days left of a certificate, as far as they are known.
pub fn certificate_details(chosen: &Chosen, now: OffsetDateTime, texts: &Texts) -> Vec<String> {
    let owner = chosen.organisation.clone().unwrap_or_else(|| chosen.subject.clone());
    let left = chosen.validity.map(|validity| match validity.days_left(now) {
        days @ ..0 => expiry::describe(Authentication::Certificate, days, texts),
        days => texts.with("days-left", &Args::new().with("days", days)),
    });
    let parts = [Some(owner), Some(chosen.issuer.clone()), left];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect()
}

/// Returns a line with the other certificates in the file, by the number that picks each; `None` if there are none.
pub fn other_certificates(facts: &Facts, texts: &Texts) -> Option<String> {
    let one = |other: &Other| {
        let args = Args::new()
            .with("number", other.number)
            .with("purpose", other.purpose.name(texts));
        texts.with("reading-other", &args)
    };
    let others: Vec<String> = facts.others.iter().map(one).collect();
    let args = Args::new().with("others", others.join(", "));
    (!others.is_empty()).then(|| texts.with("reading-others", &args))
}

/// Returns the outcome and the day of the last check, and whether the answers have changed since. `None` if there is none.
pub fn last_check_text(last: Option<&CheckSummary>, texts: &Texts) -> Option<String> {
    let last = last?;
    let args = Args::new().with("day", last.at.date());
    let outcome = match last.outcome {
        CheckOutcome::Passed => texts.with("check-last-passed", &args),
        CheckOutcome::Failed => {
            let failure = failure_name(last, texts).unwrap_or_default();
            texts.with("check-last-failed", &args.with("failure", failure))
        }
    };
    Some(match last.is_current {
        true => outcome,
        false => format!("{outcome} {}", texts.get("check-last-changed")),
    })
}

/// Returns the title of a failed check's diagnosis, with Maskinporten's code if it sent one. `None` if neither was saved.
pub fn failure_name(check: &CheckSummary, texts: &Texts) -> Option<String> {
    let code = check.code.as_deref();
    let title = texts.quoted(&diagnosis::saved_title(check.diagnosis.as_deref(), code, texts)?);
    Some(match code.filter(|code| code.starts_with("MP-")) {
        Some(code) => format!("{title} ({code})"),
        None => title,
    })
}

/// Returns the business, the environment and the progress of a profile.
pub fn profile_summary(model: &Model, profile: &Summary, texts: &Texts) -> Vec<String> {
    let steps = profile.steps_at(model.rules_of(&profile.environment), model.now);
    let progress = Args::new().with("done", steps.done).with("count", steps.all);
    let environment = environment_name(texts, &profile.environment);
    let parts = [
        profile.business.as_deref().map(truncate_name),
        Some(environment),
        Some(texts.with("profile-list-progress", &progress)),
    ];
    parts.into_iter().flatten().collect()
}

/// Cuts a name to [`MAX_NAME_CHARS`].
fn truncate_name(name: &str) -> String {
    match name.char_indices().nth(MAX_NAME_CHARS) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name.to_owned(),
    }
}

/// Returns a warning if the certificate or registered key of a profile expires soon.
pub fn expiry_warning(expiry: Option<Expiry>, now: OffsetDateTime, texts: &Texts) -> Option<String> {
    let expiry = expiry?;
    let days_left = expiry.days_left(now);
    expiry::warning_threshold(days_left).map(|_| expiry::describe(expiry.credential, days_left, texts))
}
