//! Status of a profile in texts: its steps, the next item, and the reasons why it needs attention.
//!
//! `list`, `show` and `export` print it, each in its own form.

use time::OffsetDateTime;

pub use crate::profile::{
    overview::{ItemView, Next, Overview, StepView, since},
    summary::Attention,
};
use crate::{
    diagnosis,
    journey::{FieldId, StepKind, Who},
    profile::{Authentication, CheckOutcome, Profile, expiry, fields::key::Key, summary, summary::CheckSummary},
    text::{Args, Texts},
};

/// Returns the reasons why a profile needs attention at the moment `now`, the most urgent first.
pub fn attention(profile: &Profile, overview: &Overview, now: OffsetDateTime) -> Vec<Attention> {
    let check = CheckSummary::of(profile);
    summary::attention(check.as_ref(), profile.expiry(), overview.waiting().as_ref(), now)
}

/// Returns a step's short name.
pub fn step_name(id: &str, texts: &Texts) -> String {
    texts
        .find(&format!("step-{id}.short"), &Args::new())
        .unwrap_or_else(|| id.to_owned())
}

/// Returns the name of the party that must act.
pub fn who_name(id: &str, texts: &Texts) -> String {
    texts
        .find(&format!("who-{id}.short"), &Args::new())
        .unwrap_or_else(|| id.to_owned())
}

/// Returns an item's title by its key.
pub fn item_name(key: &str, texts: &Texts) -> String {
    texts
        .find(&format!("item-{}", key.replace('.', "-")), &Args::new())
        .unwrap_or_else(|| key.to_owned())
}

/// Returns a field's name.
pub fn field_name(field: FieldId, texts: &Texts) -> String {
    let id = Key::of(field).id();
    texts
        .find(&format!("field-{id}"), &Args::new())
        .unwrap_or_else(|| id.to_owned())
}

/// Returns the step and the next thing to do there. `None` if all is done, or if the last check passed with these answers: it has
/// proved the items without a tick. A certificate that has expired or was lost since is next then, too.
pub fn next<'a>(profile: &Profile, overview: &'a Overview) -> Option<(&'a StepView, Next<'a>)> {
    if !CheckSummary::of(profile).is_some_and(|check| check.is_passed()) {
        return overview.next();
    }
    let mut forms = overview.steps.iter().filter(|step| step.kind == StepKind::Form);
    let step = forms.find(|step| !step.done && step.missing.is_empty())?;
    Some((step, Next::Answer(FieldId::Certificate)))
}

/// Returns [`next`] in one line.
pub fn next_text(profile: &Profile, overview: &Overview, texts: &Texts) -> Option<String> {
    let (step, next) = next(profile, overview)?;
    let what = match next {
        Next::Answer(field) => field_name(field, texts),
        Next::Do(item) if item.who == Who::You => item_name(item.key, texts),
        Next::Do(item) => format!("{} ({})", item_name(item.key, texts), who_name(item.who.id(), texts)),
        Next::Check => return Some(step_name(step.id, texts)),
    };
    Some(format!("{}: {what}", step_name(step.id, texts)))
}

/// Returns the result of the last check in one line.
pub fn check_text(profile: &Profile, texts: &Texts) -> String {
    let Some(check) = &profile.last_check else {
        return texts.get("list-never-checked");
    };
    let args = Args::new().with("day", check.at.date());
    match check.outcome {
        CheckOutcome::Passed if !profile.changed_since_check() => texts.with("list-passed", &args),
        CheckOutcome::Passed | CheckOutcome::Failed => texts.with("show-checked", &args),
    }
}

/// Returns a reason for attention in one line. `None` for [`Attention::Unreadable`], which is printed as an error.
pub fn attention_text(reason: &Attention, texts: &Texts) -> Option<String> {
    Some(match reason {
        Attention::Unreadable => return None,
        Attention::CheckFailed { code, diagnosis } => {
            match diagnosis::saved_title(diagnosis.as_deref(), code.as_deref(), texts) {
                None => texts.get("list-failed"),
                Some(title) => {
                    let args = Args::new().with("title", title);
                    // Only Maskinporten's codes mean something to a reader.
                    match code.as_ref().filter(|code| code.starts_with("MP-")) {
                        Some(code) => texts.with("list-failed-code", &args.with("code", code)),
                        None => texts.with("list-failed-title", &args),
                    }
                }
            }
        }
        Attention::CertificateEnds { days_left, .. } => {
            expiry::describe(Authentication::Certificate, *days_left, texts)
        }
        Attention::KeyEnds { days_left, .. } => expiry::describe(Authentication::Key, *days_left, texts),
        Attention::ChangedSinceCheck => texts.get("list-changed"),
        Attention::Waiting { who, since } => {
            let args = Args::new().with("who", who_name(who.id(), texts));
            match since {
                Some(since) => texts.with("list-waiting-since", &args.with("day", since.date())),
                None => texts.with("list-waiting", &args),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        journey::Rules,
        profile::{Kind, LastCheck, overview::Waiting},
        text::Language,
    };
    use time::{
        Duration,
        macros::{date, datetime},
    };

    fn profile() -> Profile {
        let mut profile = Profile::new("test", datetime!(2026-11-22 17:00 UTC));
        profile.business.kind = Some(Kind::Norwegian);
        profile.business.name = Some("Demo Spedisjon AS".into());
        profile.business.organisation = Some("123456785".into());
        profile.client.scopes = vec!["toll:movement/road/v2".into()];
        profile
    }

    fn tick(profile: &mut Profile, keys: &[&str]) {
        let at = datetime!(2026-11-23 09:00 UTC);
        profile
            .progress
            .done
            .extend(keys.iter().map(|key| ((*key).to_owned(), at)));
    }

    #[test]
    fn next_is_the_first_item_not_done() {
        let mut profile = profile();
        let overview = Overview::of(&profile, Rules::Test);
        assert_eq!(overview.count(), (2, 7));
        assert!(matches!(overview.next(), Some((_, Next::Do(item))) if item.key == "customs.form"));
        assert_eq!(overview.waiting(), None, "it is the user's own turn");

        tick(&mut profile, &["customs.form", "customs.submit", "customs.scopes"]);
        assert_eq!(
            Overview::of(&profile, Rules::Test).waiting(),
            Some(Waiting {
                who: Who::Customs,
                since: Some(datetime!(2026-11-23 09:00 UTC)),
            })
        );
        profile.business.organisation = None;
        let overview = Overview::of(&profile, Rules::Test);
        assert!(matches!(
            overview.next(),
            Some((_, Next::Answer(FieldId::Organisation)))
        ));
    }

    #[test]
    fn next_is_the_certificate_whose_file_does_not_exist() {
        let mut profile = profile();
        profile.business.kind = Some(Kind::Foreign);
        profile.client.id = Some("acme".into());
        profile.certificate.path = Some("a.p12".into());
        tick(
            &mut profile,
            &["customs.form", "customs.submit", "customs.scopes", "customs.granted"],
        );
        assert!(matches!(
            Overview::of(&profile, Rules::Test).next(),
            Some((_, Next::Check))
        ));
        profile.set_files_found(false);
        assert!(matches!(
            Overview::of(&profile, Rules::Test).next(),
            Some((_, Next::Answer(FieldId::Certificate)))
        ));
    }

    #[test]
    fn failed_check_has_the_title_of_its_diagnosis() {
        let texts = Texts::new(Language::English);
        for (code, diagnosis, text) in [
            (
                Some("MP-100"),
                Some("kid-unknown"),
                "the check failed: The client does not have this key (MP-100)",
            ),
            (
                Some("kid-unknown"),
                Some("kid-unknown"),
                "the check failed: The client does not have this key",
            ),
            (
                Some("MP-200"),
                None,
                "the check failed: The scope is not on the client (MP-200)",
            ),
            // A newer version may save a diagnosis that this one does not know.
            (
                Some("MP-200"),
                Some("not-yet-known"),
                "the check failed: The scope is not on the client (MP-200)",
            ),
            (None, None, "the check failed"),
        ] {
            let reason = Attention::CheckFailed {
                code: code.map(str::to_owned),
                diagnosis: diagnosis.map(str::to_owned),
            };
            assert_eq!(attention_text(&reason, &texts).as_deref(), Some(text));
        }
    }

    #[test]
    fn attention_lists_a_failed_check_before_an_expiry() {
        let mut profile = profile();
        profile.last_check = Some(LastCheck {
            at: profile.created,
            outcome: CheckOutcome::Failed,
            stopped_at: Some("token".into()),
            code: Some("MP-200".into()),
            diagnosis: None,
            who: None,
            trace_id: None,
            of: None,
        });
        let now = profile.created;
        profile.certificate_ends = Some(now + Duration::days(12));
        let overview = Overview::of(&profile, Rules::Test);
        assert_eq!(
            attention(&profile, &overview, now),
            [
                Attention::CheckFailed {
                    code: Some("MP-200".into()),
                    diagnosis: None,
                },
                Attention::CertificateEnds {
                    days_left: 12,
                    within: 14
                },
            ]
        );
        profile.last_check = None;
        profile.certificate_ends = Some(now + Duration::days(31));
        assert_eq!(attention(&profile, &overview, now), []);
        profile.client.authentication = Authentication::Key;
        profile.client.key_registered = Some(date!(2025 - 11 - 27));
        assert_eq!(
            attention(&profile, &overview, now),
            [Attention::KeyEnds {
                days_left: 4,
                within: 7
            }]
        );
    }
}
