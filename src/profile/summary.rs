//! A profile in short, as lists show it. Pure.
//!
//! It depends on the profile alone: no language, clock or configuration is in it, so that the store can keep it while the
//! profile's files are unchanged.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::{
    CheckOutcome, Profile,
    expiry::{self, Expiry},
    overview::{Overview, StepView, Waiting},
    progress::asks_certificate,
};
use crate::journey::{Authentication, Kind, Rules, Who, journey};

/// Facts of a profile that lists show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub is_administration: bool,
    pub environment: String,
    pub kind: Option<Kind>,
    /// The name of the business.
    pub business: Option<String>,
    /// The effective authentication.
    pub authentication: Authentication,
    pub has_certificate: bool,
    pub last_used: OffsetDateTime,
    /// All answers are there that a check requires.
    pub is_complete: bool,
    pub expiry: Option<Expiry>,
    pub last_check: Option<CheckSummary>,
    /// The steps under the rules of test.
    test: StepsSummary,
    /// Those under the rules of production. `None` if they equal those of test.
    prod: Option<Box<StepsSummary>>,
}

/// A last check in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckSummary {
    pub at: OffsetDateTime,
    pub outcome: CheckOutcome,
    pub code: Option<String>,
    /// The diagnosis's id; `None` if an older version saved the check.
    pub diagnosis: Option<String>,
    /// No answer that a check depends on was changed since.
    pub is_current: bool,
}

/// The steps of a profile in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepsSummary {
    pub done: usize,
    pub all: usize,
    /// The place in the journey of the first step that is not done.
    next: Option<usize>,
    /// The place of the step with the certificate or key, if it is done.
    certificate: Option<usize>,
    pub waiting: Option<Waiting>,
}

/// Reason why a profile needs attention. The order is that of urgency, the most urgent first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Attention {
    /// The file cannot be read.
    Unreadable,
    CheckFailed {
        code: Option<String>,
        /// The diagnosis's id; `None` if an older version saved the check.
        diagnosis: Option<String>,
    },
    /// The certificate expires; `within` is the smallest of [`WARNING_DAYS`](expiry::WARNING_DAYS) not below `days_left`.
    CertificateEnds { days_left: i64, within: i64 },
    /// The registered key expires.
    KeyEnds { days_left: i64, within: i64 },
    /// Answers were changed after the last check.
    ChangedSinceCheck,
    /// Someone else must act; `since` is the time of the last tick before.
    Waiting {
        who: Who,
        #[serde(with = "time::serde::rfc3339::option")]
        since: Option<OffsetDateTime>,
    },
}

impl Summary {
    /// Derives the summary of a profile.
    pub fn of(profile: &Profile) -> Summary {
        let overview = Overview::of(profile, Rules::Test);
        let test = StepsSummary::of(&overview);
        let prod = StepsSummary::of(&Overview::of(profile, Rules::Prod));
        Summary {
            is_administration: profile.is_administration(),
            environment: profile.environment.clone(),
            kind: profile.business.kind,
            business: profile.business.name.clone(),
            authentication: profile.authentication(),
            has_certificate: profile.certificate.path.is_some(),
            last_used: profile.last_used(),
            is_complete: overview.is_complete(),
            expiry: profile.expiry(),
            last_check: CheckSummary::of(profile),
            prod: (prod != test).then(|| Box::new(prod)),
            test,
        }
    }

    /// Returns the steps at the moment `now`: that of a certificate or key that has expired is not done.
    pub fn steps_at(&self, rules: Rules, now: OffsetDateTime) -> StepsSummary {
        let mut steps = self.steps(rules).clone();
        let is_over = self.expiry.is_some_and(|expiry| expiry.is_over(now));
        if let Some(certificate) = steps.certificate.take_if(|_| is_over) {
            steps.done -= 1;
            steps.next = Some(steps.next.map_or(certificate, |next| next.min(certificate)));
        }
        steps
    }

    /// Returns the steps under the rules of the profile's environment.
    fn steps(&self, rules: Rules) -> &StepsSummary {
        match rules {
            Rules::Test => &self.test,
            Rules::Prod => self.prod.as_deref().unwrap_or(&self.test),
        }
    }

    /// Returns the days until the certificate or the registered key expires. `None` if that is not known.
    pub fn days_left(&self, now: OffsetDateTime) -> Option<i64> {
        self.expiry.map(|ending| ending.days_left(now))
    }

    /// Returns the reasons why the profile needs attention at the moment `now`, the most urgent first.
    pub fn attention(&self, rules: Rules, now: OffsetDateTime) -> Vec<Attention> {
        let waiting = self.steps(rules).waiting.as_ref();
        attention(self.last_check.as_ref(), self.expiry, waiting, now)
    }
}

impl CheckSummary {
    /// Returns the last check of a profile in short. `None` if there is none.
    pub fn of(profile: &Profile) -> Option<CheckSummary> {
        let check = profile.last_check.as_ref()?;
        Some(CheckSummary {
            at: check.at,
            outcome: check.outcome,
            code: check.code.clone(),
            diagnosis: check.diagnosis.clone(),
            is_current: !profile.changed_since_check(),
        })
    }

    /// Returns whether the check passed, and no answer that it depends on was changed since.
    pub fn is_passed(&self) -> bool {
        self.is_current && self.outcome == CheckOutcome::Passed
    }
}

impl StepsSummary {
    fn of(overview: &Overview) -> StepsSummary {
        let (done, all) = overview.count();
        let next = overview.next().map(|(step, _)| step.id);
        let is_certificate = |step: &&StepView| step.done && journey().step(step.id).is_some_and(asks_certificate);
        let certificate = overview.steps.iter().find(is_certificate);
        let place = |id: &str| journey().steps.iter().position(|step| step.id == id);
        StepsSummary {
            done,
            all,
            next: next.and_then(place),
            certificate: certificate.and_then(|step| place(step.id)),
            waiting: overview.waiting(),
        }
    }

    /// Returns the id of the first step that is not done.
    pub fn next(&self) -> Option<&'static str> {
        Some(&journey().steps.get(self.next?)?.id)
    }
}

/// Returns the reasons for attention, the most urgent first.
pub fn attention(
    check: Option<&CheckSummary>,
    expiry: Option<Expiry>,
    waiting: Option<&Waiting>,
    now: OffsetDateTime,
) -> Vec<Attention> {
    let is_passed = check.is_some_and(CheckSummary::is_passed);
    let check = check.and_then(|check| match check.outcome {
        _ if !check.is_current => Some(Attention::ChangedSinceCheck),
        CheckOutcome::Failed => Some(Attention::CheckFailed {
            code: check.code.clone(),
            diagnosis: check.diagnosis.clone(),
        }),
        CheckOutcome::Passed => None,
    });
    let ends = expiry.and_then(|ending| {
        let days_left = ending.days_left(now);
        let within = expiry::warning_threshold(days_left)?;
        Some(match ending.credential {
            Authentication::Certificate => Attention::CertificateEnds { days_left, within },
            Authentication::Key => Attention::KeyEnds { days_left, within },
        })
    });
    // A check that passed has proved what the others had to do.
    let waiting = waiting.filter(|_| !is_passed).map(|waiting| Attention::Waiting {
        who: waiting.who,
        since: waiting.since,
    });
    let mut reasons: Vec<Attention> = [check, ends, waiting].into_iter().flatten().collect();
    reasons.sort_unstable();
    reasons
}
