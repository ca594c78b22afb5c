//! The object that `klarert certificate --json` prints: its members are a promise to other programs.

use serde::Serialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::certificate::InspectedFile;
use crate::{
    certificate::{Chain, Chosen, FindingId, Format, IssuedFor, MadeFor, Other, Purpose, Severity, Validity},
    report::Outcome,
    text::Texts,
};

impl InspectedFile {
    /// One object on one line.
    pub fn json(&self, texts: &Texts) -> serde_json::Result<String> {
        let facts = &self.opened.facts;
        let findings = self.findings.iter().map(|finding| FindingJson {
            id: finding.id,
            severity: finding.severity,
            text: finding.text(texts),
            fix: finding.fix(texts),
        });
        serde_json::to_string(&ReportJson {
            file: &facts.file,
            format: facts.format,
            outcome: Outcome::of(&self.findings),
            chosen: facts.chosen.as_ref().map(|chosen| ChosenJson::new(chosen, self.now)),
            others: &facts.others,
            findings: findings.collect(),
        })
    }
}

#[derive(Serialize)]
struct ReportJson<'a> {
    file: &'a str,
    format: Format,
    outcome: Outcome,
    chosen: Option<ChosenJson<'a>>,
    others: &'a [Other],
    findings: Vec<FindingJson>,
}

#[derive(Serialize)]
struct FindingJson {
    id: FindingId,
    severity: Severity,
    text: String,
    fix: String,
}

#[derive(Serialize)]
struct ChosenJson<'a> {
    subject: &'a str,
    organisation: Option<&'a str>,
    issuer: &'a str,
    environment: IssuedFor,
    purpose: Purpose,
    key: String,
    not_before: Option<String>,
    not_after: Option<String>,
    days_left: Option<i64>,
    qualified: bool,
    #[serde(rename = "type")]
    made_for: MadeFor,
    hardware: bool,
    chain: Chain,
    key_matches: Option<bool>,
}

impl ChosenJson<'_> {
    fn new(chosen: &Chosen, now: OffsetDateTime) -> ChosenJson<'_> {
        let written = |at: fn(&Validity) -> OffsetDateTime| {
            let validity = chosen.validity.as_ref()?;
            at(validity).format(&Rfc3339).ok()
        };
        ChosenJson {
            subject: &chosen.subject,
            organisation: chosen.organisation.as_deref(),
            issuer: &chosen.issuer,
            environment: chosen.environment,
            purpose: chosen.purpose,
            key: chosen.key.to_string(),
            not_before: written(|validity| validity.not_before),
            not_after: written(|validity| validity.not_after),
            days_left: chosen.validity.map(|validity| validity.days_left(now)),
            qualified: chosen.qualified,
            made_for: chosen.made_for,
            hardware: chosen.hardware,
            chain: chosen.chain,
            key_matches: chosen.key_matches,
        }
    }
}
