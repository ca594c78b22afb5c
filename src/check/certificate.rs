//! The certificate stage: the caller opens the file; the findings follow from the profile and the environment.

use super::{Run, StageError, StageOutput};
use crate::{
    certificate::{Expectation, Severity, evaluate, finding::drop_needless_offer},
    credential::{Credential, Opened},
    diagnosis::StageFailure,
    profile::{Authentication, expiry::days_left},
    report::{Outcome, StageFacts},
};

pub(super) fn check(run: &mut Run, open: &mut dyn FnMut() -> Opened) -> Result<StageOutput<Credential>, StageError> {
    let mut opened = open().with_kid(run.profile.client.kid.as_deref());
    let expected = Expectation::of(run.profile, run.environment.rules, run.evidence.now);
    opened.choose(|_| expected.clone());
    let mut findings = opened.findings;
    findings.extend(evaluate(&opened.facts, &expected));
    drop_needless_offer(&mut findings);
    run.evidence.certificate = opened.facts.chosen.clone();
    let (mut stopping, others): (Vec<_>, Vec<_>) = findings
        .into_iter()
        .partition(|finding| finding.severity == Severity::Stops || finding.id.is_offer());
    // The cause begins with the file that was named.
    stopping.sort_by_cached_key(|finding| usize::from(finding.id.is_offer()));
    let warned = others.iter().any(|finding| finding.severity == Severity::Warns);
    let seen = match &opened.facts.chosen {
        Some(chosen) => StageFacts::Certificate {
            issuer: chosen.issuer.clone(),
            organisation: chosen.organisation.clone(),
            days_left: match expected.authentication {
                Authentication::Certificate => chosen.validity.map(|validity| validity.days_left(expected.now)),
                Authentication::Key => expected.key_ends.map(|ends| days_left(ends, expected.now)),
            },
            ends: chosen.validity.map(|validity| validity.not_after),
            findings: others,
        },
        None => StageFacts::Nothing,
    };
    let usable = opened
        .credential
        .filter(|credential| expected.authentication == Authentication::Key || !credential.chain().is_empty());
    match usable {
        Some(credential) if stopping.is_empty() => Ok(StageOutput {
            outcome: if warned { Outcome::Warned } else { Outcome::Passed },
            seen,
            value: credential,
        }),
        _ => Err(StageError::Failed(StageFailure::Certificate(stopping), seen)),
    }
}
