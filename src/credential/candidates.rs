//! The certificates of the files that can be used. One is chosen by its evaluation against a profile, which the files are opened
//! without: the answers may change afterwards.

use super::{Credential, Opened};
use crate::certificate::{Chosen, Expectation, Facts, Finding, FindingId, Other, Severity, evaluate};

/// The certificates among which [`Opened::choose`] chooses. Empty where a registered key is used.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// The purposes and numbers of all certificates.
    pub(super) numbers: Vec<Other>,
    /// Those that are read, the most suitable first.
    pub(super) read: Vec<Candidate>,
    /// The number of the one in use.
    pub(super) current: u16,
    /// The user picked the one in use.
    pub(super) is_picked: bool,
}

/// A certificate that can be used.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub number: u16,
    pub chosen: Chosen,
    /// The findings about its key.
    pub findings: Vec<Finding>,
    pub credential: Option<Credential>,
    /// Its key is in the file, but was not decrypted.
    pub is_key_left: bool,
}

impl Opened {
    /// Chooses the first certificate whose evaluation does not stop it; without one, the first that is of the environment and
    /// the organisation. `expected` returns the requirements for a certificate with these facts. A picked certificate stays: if it
    /// is stopped, a finding names the one to use instead.
    ///
    /// Returns false if the key of the certificate was not decrypted.
    pub fn choose(&mut self, expected: impl Fn(&Facts) -> Expectation) -> bool {
        self.findings.retain(|finding| finding.id != FindingId::PickOffered);
        let misfits = self.candidates.read.iter().map(|candidate| {
            let findings = self.evaluate_candidate(candidate, &expected);
            (findings.iter().any(rules_out), findings.iter().any(is_of_another))
        });
        let misfits: Vec<_> = misfits.collect();
        let Some(best) = (0..misfits.len()).min_by_key(|at| misfits[*at]) else {
            return true;
        };
        if !self.candidates.is_picked {
            return self.use_candidate(best);
        }
        let number = self.candidates.read[best].number;
        if !misfits[best].0 && self.reason_against(self.candidates.current, &expected).is_some() {
            let offer = Finding::new(FindingId::PickOffered, Severity::Warns);
            self.findings
                .push(offer.with("file", &self.facts.file).with("number", number));
        }
        true
    }

    /// Returns the first finding that stops the certificate with that number. `None` if it can be used.
    pub fn reason_against(&self, number: u16, expected: impl Fn(&Facts) -> Expectation) -> Option<Finding> {
        let candidate = self.candidates.read.iter().find(|one| one.number == number)?;
        let findings = self.evaluate_candidate(candidate, &expected);
        findings.into_iter().find(|finding| finding.severity == Severity::Stops)
    }

    fn evaluate_candidate(&self, candidate: &Candidate, expected: &impl Fn(&Facts) -> Expectation) -> Vec<Finding> {
        let facts = Facts {
            chosen: Some(candidate.chosen.clone()),
            ..self.facts.clone()
        };
        let expected = expected(&facts);
        let is_in_use = candidate.number == self.candidates.current;
        let expected = Expectation {
            overruled: expected.overruled && is_in_use,
            ..expected
        };
        let mut findings = evaluate(&facts, &expected);
        findings.extend_from_slice(&candidate.findings);
        findings
    }

    /// Puts a candidate in use. Returns false if its key was not decrypted.
    pub(super) fn use_candidate(&mut self, at: usize) -> bool {
        let all = &mut self.candidates;
        let before = all.read.iter().find(|one| one.number == all.current);
        let candidate = &all.read[at];
        self.findings
            .retain(|finding| before.is_none_or(|before| !before.findings.contains(finding)));
        self.findings.extend_from_slice(&candidate.findings);
        self.facts.chosen = Some(candidate.chosen.clone());
        let others = all.numbers.iter().filter(|other| other.number != candidate.number);
        self.facts.others = others.copied().collect();
        self.credential.clone_from(&candidate.credential);
        let is_key_read = !candidate.is_key_left;
        all.current = candidate.number;
        is_key_read
    }
}

/// Returns true for findings that speak for another certificate of the file. Some only warn of a file with one certificate.
fn rules_out(finding: &Finding) -> bool {
    finding.severity == Severity::Stops
        || matches!(
            finding.id,
            FindingId::OrganisationDiffers | FindingId::SigningCertificate
        )
}

/// Returns true if the certificate is of another organisation or environment, so that its other findings do not matter.
fn is_of_another(finding: &Finding) -> bool {
    matches!(
        finding.id,
        FindingId::OrganisationDiffers
            | FindingId::ForeignCertificate
            | FindingId::NorwegianCertificate
            | FindingId::ProductionCertificateInTest
            | FindingId::TestCertificateInProduction
            | FindingId::SandboxCertificate
    )
}
