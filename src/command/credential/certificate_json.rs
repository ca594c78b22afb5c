//! JSON of `klarert certificate --json`. Its members are a promise to other programs.

use serde::Serialize;
use time::OffsetDateTime;

use super::certificate::InspectedFile;
use crate::command::json::{FORMAT, rfc3339};
use crate::{
    certificate::{Chain, Chosen, FindingId, Format, IssuedFor, MadeFor, Other, Purpose, Severity, Validity},
    profile::expiry,
    report::Outcome,
    text::Texts,
};

impl InspectedFile {
    /// Returns one object on one line.
    ///
    /// # Errors
    ///
    /// serde's error, which these types do not cause.
    pub fn json(&self, texts: &Texts) -> serde_json::Result<String> {
        let facts = &self.opened.facts;
        let findings = self.findings.iter().map(|finding| FindingJson {
            id: finding.id,
            severity: finding.severity,
            text: finding.text(texts),
            fix: finding.fix(texts),
        });
        let validity = facts.chosen.as_ref().and_then(|chosen| chosen.validity);
        let ends = validity.map(|validity| validity.not_after);
        serde_json::to_string(&ReportJson {
            format: FORMAT,
            file: &facts.file,
            file_format: facts.format,
            ends: ends.and_then(rfc3339),
            days_left: ends.map(|ends| expiry::days_left(ends, self.now)),
            outcome: Outcome::of(&self.findings),
            chosen: facts.chosen.as_ref().map(|chosen| ChosenJson::new(chosen, self.now)),
            others: &facts.others,
            findings: findings.collect(),
        })
    }
}

#[derive(Serialize)]
struct ReportJson<'a> {
    format: u8,
    file: &'a str,
    file_format: Format,
    ends: Option<String>,
    days_left: Option<i64>,
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
    serial_number: Option<&'a str>,
    thumbprint_sha1: Option<&'a str>,
    thumbprint_sha256: Option<&'a str>,
    alias: Option<&'a str>,
}

impl ChosenJson<'_> {
    fn new(chosen: &Chosen, now: OffsetDateTime) -> ChosenJson<'_> {
        let rfc3339 = |at: fn(&Validity) -> OffsetDateTime| rfc3339(at(chosen.validity.as_ref()?));
        let identifiers = chosen.identifiers.as_ref();
        ChosenJson {
            subject: &chosen.subject,
            organisation: chosen.organisation.as_deref(),
            issuer: &chosen.issuer,
            environment: chosen.environment,
            purpose: chosen.purpose,
            key: chosen.key.to_string(),
            not_before: rfc3339(|validity| validity.not_before),
            not_after: rfc3339(|validity| validity.not_after),
            days_left: chosen.validity.map(|validity| validity.days_left(now)),
            qualified: chosen.qualified,
            made_for: chosen.made_for,
            hardware: chosen.hardware,
            chain: chosen.chain,
            key_matches: chosen.key_matches,
            serial_number: identifiers.map(|identifiers| identifiers.serial_number.as_str()),
            thumbprint_sha1: identifiers.map(|identifiers| identifiers.sha1.as_str()),
            thumbprint_sha256: identifiers.map(|identifiers| identifiers.sha256.as_str()),
            alias: chosen.alias.as_deref(),
        }
    }
}
