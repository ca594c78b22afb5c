//! Words and their ids that every view of the wizard says alike.

use time::OffsetDateTime;

use super::model::{Model, Onboarding};
use crate::{
    certificate::{Chosen, Facts, FindingId, Other, Purpose, Severity},
    journey::FieldId,
    profile::{Authentication, CheckOutcome, Kind, Profile, expiry, progress},
    text::{Args, Texts},
};

/// Letters of a business's name in a list.
const NAME: usize = 28;

/// The id of a field's texts: some fields ask for another thing on another road.
pub fn text_id(field: FieldId, onboarding: &Onboarding) -> String {
    let variant = match field {
        FieldId::Organisation | FieldId::Environment | FieldId::OwnScopes
            if onboarding.profile.business.kind == Some(Kind::Foreign) =>
        {
            "-foreign"
        }
        FieldId::Certificate if onboarding.profile.authentication() == Authentication::Key => "-key",
        _ => "",
    };
    format!("field-{}{variant}", field.id())
}

/// What an environment is called: ours in the user's language, one's own by its id.
pub fn environment_name(texts: &Texts, id: &str) -> String {
    match id {
        "test" => texts.get("environment-test"),
        "prod" => texts.get("environment-prod"),
        "sandbox" => texts.get("environment-sandbox"),
        own => own.to_owned(),
    }
}

/// What a certificate, or a bare key, is: in one line. What will not do is not praised.
pub fn certificate_is(chosen: &Chosen, stopped: bool, texts: &Texts) -> String {
    // A key without a certificate has nothing else to be known by.
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

/// Whether the certificate that was read will not do. One that is still locked may.
pub fn certificate_stops(onboarding: &Onboarding) -> bool {
    let locked = [FindingId::PasswordNeeded, FindingId::WrongPassword];
    onboarding.examined().is_some_and(|examined| {
        let mut stopping = examined
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Stops);
        stopping.any(|finding| !locked.contains(&finding.id))
    })
}

/// Whose a certificate is, from whom, and how long it lasts, where it says so.
pub fn certificate_about(chosen: &Chosen, now: OffsetDateTime, texts: &Texts) -> Vec<String> {
    let whose = chosen.organisation.clone().unwrap_or_else(|| chosen.subject.clone());
    let left = chosen.validity.map(|validity| {
        let days = Args::new().with("days", validity.days_left(now));
        texts.with("days-left", &days)
    });
    let parts = [Some(whose), Some(chosen.issuer.clone()), left];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect()
}

/// The others in the same file that could be picked instead.
pub fn certificate_others(facts: &Facts, texts: &Texts) -> Option<String> {
    let one = |other: &Other| format!("{} {}", other.number, other.purpose.name(texts));
    let others: Vec<String> = facts.others.iter().map(one).collect();
    let args = Args::new().with("others", others.join(", "));
    (!others.is_empty()).then(|| texts.with("reading-others", &args))
}

/// How the last check ended, and when; and that the answers were others then, where they were.
pub fn last_check_words(profile: &Profile, texts: &Texts) -> Option<String> {
    let last = profile.last_check.as_ref()?;
    let outcome = match last.outcome {
        CheckOutcome::Passed => texts.get("check-last-passed"),
        CheckOutcome::Failed => {
            let code = last.code.clone().unwrap_or_default();
            texts.with("check-last-failed", &Args::new().with("code", code))
        }
    };
    let said = format!("{outcome} ({})", day(last.at));
    Some(match profile.changed_since_check() {
        true => format!("{said} {}", texts.get("check-last-changed")),
        false => said,
    })
}

/// Whose a profile is, for which environment, and how far it has come.
pub fn profile_about(model: &Model, profile: &Profile, texts: &Texts) -> Vec<String> {
    let rules = model.rules(profile);
    let steps = progress::visible_steps(profile);
    let done = steps
        .iter()
        .filter(|step| progress::is_done(step, profile, rules))
        .count();
    let far = Args::new().with("done", done).with("count", steps.len());
    let environment = environment_name(texts, &profile.environment);
    let parts = [
        profile.business.name.as_deref().map(shortened),
        Some(environment),
        Some(texts.with("profile-list-progress", &far)),
    ];
    parts.into_iter().flatten().collect()
}

/// A name that leaves room for what comes after it.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name.to_owned(),
    }
}

/// That what a profile proves itself with ends, where there is little time left to do something about it.
pub fn ends_soon(profile: &Profile, now: OffsetDateTime, texts: &Texts) -> Option<String> {
    let ending = profile.expiry()?;
    let days_left = ending.days_left(now);
    expiry::warning_threshold(days_left).map(|_| expiry::describe(ending.credential, days_left, texts))
}

/// A day as both languages can read it.
pub fn day(at: OffsetDateTime) -> String {
    format!("{:04}-{:02}-{:02}", at.year(), u8::from(at.month()), at.day())
}
