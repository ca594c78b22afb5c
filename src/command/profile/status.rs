//! Status of a profile: its steps, the next item, and the reasons why it needs attention.
//!
//! `list`, `show` and `export` print it, each in its own form. It is derived from the profile alone, without file, clock or
//! network.

use serde::Serialize;
use time::OffsetDateTime;

use crate::{
    diagnosis,
    journey::{FieldId, Rules, Step, StepKind, Who},
    profile::{
        Authentication, CheckOutcome, Profile, expiry,
        fields::set::Key,
        progress::{is_done, missing_fields, visible_items, visible_steps},
    },
    text::{Args, Texts},
};

/// Steps of a profile with their progress.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    pub steps: Vec<StepView>,
}

/// Step of a profile.
#[derive(Debug, Clone, PartialEq)]
pub struct StepView {
    pub id: &'static str,
    pub kind: StepKind,
    pub done: bool,
    pub items: Vec<ItemView>,
    /// Required fields of a form without an answer.
    pub missing: Vec<FieldId>,
}

/// Item of a checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemView {
    /// `<step>.<item>`, as in profiles and command lines.
    pub key: &'static str,
    pub who: Who,
    pub done: Option<OffsetDateTime>,
}

/// Next thing to do at a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Next<'a> {
    Answer(FieldId),
    Do(&'a ItemView),
    Check,
}

/// Reason why a profile needs attention. The order is that of urgency, the most urgent first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Attention {
    /// The file cannot be read.
    Unreadable,
    CheckFailed {
        code: Option<String>,
    },
    /// The certificate expires; `within` is the smallest of [`WARNING_DAYS`](expiry::WARNING_DAYS) not below `days_left`.
    CertificateEnds {
        days_left: i64,
        within: i64,
    },
    /// The registered key expires.
    KeyEnds {
        days_left: i64,
        within: i64,
    },
    /// Answers were changed after the last check.
    ChangedSinceCheck,
    /// Someone else must act; `since` is the time of the last tick before.
    Waiting {
        who: String,
        #[serde(with = "time::serde::rfc3339::option")]
        since: Option<OffsetDateTime>,
    },
}

impl Overview {
    /// Derives the steps of a profile under the rules of its environment.
    pub fn of(profile: &Profile, rules: Rules) -> Overview {
        let step = |step: &'static Step| StepView {
            id: &step.id,
            kind: step.kind,
            done: is_done(step, profile, rules),
            items: visible_items(step, profile, rules)
                .into_iter()
                .map(|item| ItemView {
                    key: &item.key,
                    who: item.who,
                    done: profile.progress.done.get(&item.key).copied(),
                })
                .collect(),
            missing: missing_fields(step, profile),
        };
        Overview {
            steps: visible_steps(profile).into_iter().map(step).collect(),
        }
    }

    /// Returns the items of all steps.
    pub fn items(&self) -> impl Iterator<Item = &ItemView> {
        self.steps.iter().flat_map(|step| &step.items)
    }

    /// Returns the number of steps done, and of all steps.
    pub fn count(&self) -> (usize, usize) {
        (self.steps.iter().filter(|step| step.done).count(), self.steps.len())
    }

    /// Returns the first step that is not done, and the next thing to do there. `None` if all steps are done.
    pub fn next(&self) -> Option<(&StepView, Next<'_>)> {
        let step = self.steps.iter().find(|step| !step.done)?;
        let next = match step.kind {
            // A form without a missing answer is open if the certificate's file does not exist yet.
            StepKind::Form => Next::Answer(step.missing.first().copied().unwrap_or(FieldId::Certificate)),
            StepKind::Checklist => Next::Do(step.items.iter().find(|item| item.done.is_none())?),
            StepKind::Check => Next::Check,
        };
        Some((step, next))
    }

    /// Returns [`Attention::Waiting`] if the next item is someone else's.
    pub fn waiting(&self) -> Option<Attention> {
        let (step, next) = self.next()?;
        let item = match next {
            Next::Do(item) => item,
            // The certificate is ordered, and nothing else is missing.
            Next::Answer(FieldId::Certificate) => {
                let ordered = step.items.iter().find_map(|item| item.done)?;
                return Some(Attention::Waiting {
                    who: Who::Issuer.id().to_owned(),
                    since: Some(ordered),
                });
            }
            Next::Answer(_) | Next::Check => return None,
        };
        (item.who != Who::You).then(|| Attention::Waiting {
            who: item.who.id().to_owned(),
            since: step.items.iter().filter_map(|item| item.done).max(),
        })
    }
}

/// Returns the time since which the next thing is open: that of the last tick or answer before.
pub fn since(profile: &Profile, overview: &Overview) -> OffsetDateTime {
    let ticks = overview.items().filter_map(|item| item.done);
    ticks.max().unwrap_or(profile.updated)
}

/// Returns the reasons why a profile needs attention at the moment `now`, the most urgent first.
pub fn attention(profile: &Profile, overview: &Overview, now: OffsetDateTime) -> Vec<Attention> {
    let check = profile.last_check.as_ref();
    let check = check.and_then(|check| match check.outcome {
        _ if profile.changed_since_check() => Some(Attention::ChangedSinceCheck),
        CheckOutcome::Failed => Some(Attention::CheckFailed {
            code: check.code.clone(),
        }),
        CheckOutcome::Passed => None,
    });
    let ends = profile.expiry().and_then(|ending| {
        let days_left = ending.days_left(now);
        let within = expiry::warning_threshold(days_left)?;
        Some(match ending.credential {
            Authentication::Certificate => Attention::CertificateEnds { days_left, within },
            Authentication::Key => Attention::KeyEnds { days_left, within },
        })
    });
    let mut reasons: Vec<Attention> = [check, ends, overview.waiting()].into_iter().flatten().collect();
    reasons.sort();
    reasons
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

/// Returns the next thing to do in one line. `None` if all is done.
pub fn next_text(overview: &Overview, texts: &Texts) -> Option<String> {
    let (step, next) = overview.next()?;
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
        Attention::CheckFailed { code: Some(code) } => {
            let title = diagnosis::parse_pasted(code).title(texts);
            let args = Args::new().with("title", &title).with("code", code);
            // Only Maskinporten's codes mean something to a reader.
            match code.starts_with("MP-") {
                // A title may contain a placeholder: its value is not saved with the check.
                true if title.contains('<') => texts.with("list-failed-bare", &args),
                true => texts.with("list-failed-code", &args),
                false => texts.with("list-failed-title", &args),
            }
        }
        Attention::CheckFailed { code: None } => texts.get("list-failed"),
        Attention::CertificateEnds { days_left, .. } => {
            expiry::describe(Authentication::Certificate, *days_left, texts)
        }
        Attention::KeyEnds { days_left, .. } => expiry::describe(Authentication::Key, *days_left, texts),
        Attention::ChangedSinceCheck => texts.get("list-changed"),
        Attention::Waiting { who, since } => {
            let args = Args::new().with("who", who_name(who, texts));
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
    use crate::profile::{Kind, LastCheck};
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
            Some(Attention::Waiting {
                who: "customs".into(),
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
                    code: Some("MP-200".into())
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
