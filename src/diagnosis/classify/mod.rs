//! Classification of a failure: the error code names what Maskinporten noticed, the evidence tells the cause.
//!
//! [`network`] classifies transport errors, [`refusal`] refusals, [`scopes`] those of several scopes; [`text_args`] has the
//! arguments of the texts.

mod network;
pub(super) mod portal;
mod refusal;
mod scopes;
pub(super) mod text_args;

use super::{
    Contradiction, Diagnosis, Difference, Evidence, Received, Stage, StageFailure, clean,
    table::{self, DiagnosisEntry},
};
use crate::{
    certificate::{Finding, FindingId},
    journey::{FieldId, Who, journey, services},
    profile::{Kind, fields::key::Key, progress},
    text::{Arg, Args},
};

pub use refusal::{is_about_scope, names_cause};

/// Returns the diagnosis of a failed stage, with the scopes that were refused before.
pub fn classify(evidence: &Evidence, failure: &StageFailure) -> Diagnosis {
    match evidence.refused.is_empty() {
        true => of_failure(evidence, failure),
        false => scopes::with_refused(evidence, failure),
    }
}

fn of_failure(e: &Evidence, failure: &StageFailure) -> Diagnosis {
    let d = |id: &str| DiagnosisBuilder::new(e, id);
    let builder = match failure {
        StageFailure::Incomplete(fields) => incomplete(e, fields),
        StageFailure::WrongBranch(scope) => wrong_branch(d("scope-wrong-branch"), scope),
        StageFailure::Certificate(findings) => certificate(e, findings),
        StageFailure::Transport(failure) => network::failed(e, failure),
        StageFailure::Html { status, title } => d("html-answer")
            .arg("status", status.to_string())
            .arg_if("title", title.as_deref())
            .status(*status),
        StageFailure::Redirected { status, to } => d("redirected").arg("to", to.as_str()).status(*status),
        StageFailure::TooManyRequests { after } => d("too-many-requests")
            .arg("seconds", after.unwrap_or(60).to_string())
            .status(429),
        StageFailure::Down { status } => {
            let builder = d("service-down").variant("status");
            match status {
                Some(status) => builder.arg("status", status.to_string()).status(*status),
                None => builder,
            }
        }
        StageFailure::OutOfTime { seconds } => d("service-down")
            .variant("check-limit")
            .arg("seconds", seconds.to_string()),
        StageFailure::Malformed { status, how } => {
            let (variant, field) = how.variant();
            d("answer-malformed")
                .variant(variant)
                .arg("what", field)
                .status(*status)
        }
        StageFailure::MetadataDiffers(difference) => d("metadata-differs").difference(difference),
        StageFailure::Clock => network::clock(e),
        StageFailure::Refused(received) => refusal::refused(e, received),
        StageFailure::TokenUnexpected(difference) => {
            let builder = d("token-unexpected").variant(difference.what).difference(difference);
            match difference.what {
                "consumer" => builder,
                _ => builder.fix_at("business", "environment"),
            }
        }
        StageFailure::TokenSignature => d("token-signature-invalid"),
        StageFailure::NoCustoms => d("customs-missing"),
        StageFailure::CustomsRefused(received) => refusal::customs(e, received),
        StageFailure::PortalRefused(refusal) => portal::refused(e, refusal),
        StageFailure::ApiRefused { service, received } => {
            let status = received.status.unwrap_or_default();
            d("api-refused")
                .variant(match status {
                    401 => "token",
                    403 => "rights",
                    404 => "path",
                    200..300 => "unexpected",
                    _ => "other",
                })
                .arg("service", service.as_str())
                .arg("status", status.to_string())
                .received(received)
        }
    };
    builder.build(e)
}

/// A builder for a diagnosis.
struct DiagnosisBuilder {
    known: &'static DiagnosisEntry,
    who: Who,
    step: String,
    fix_at: Option<String>,
    contradicts: Vec<Contradiction>,
    received: Option<Received>,
    findings: Vec<Finding>,
    args: Args,
}

impl DiagnosisBuilder {
    fn new(e: &Evidence, id: &str) -> DiagnosisBuilder {
        // Every id in this file is in the table: a test looks up each.
        let known = table::known(id)
            .or(table::known("unknown"))
            .unwrap_or(&table::table()[0]);
        DiagnosisBuilder {
            known,
            who: known.who,
            step: known.step.clone(),
            fix_at: known.fix_at.clone(),
            contradicts: ticked(&known.contradicts),
            received: None,
            findings: Vec::new(),
            args: text_args::from_evidence(e),
        }
    }

    fn arg(mut self, name: &str, value: impl Into<crate::text::Arg>) -> DiagnosisBuilder {
        self.args = self.args.with(name, value);
        self
    }

    fn arg_if(self, name: &str, value: Option<&str>) -> DiagnosisBuilder {
        match value {
            Some(value) => self.arg(name, value),
            None => self,
        }
    }

    /// Selects a variant of the text.
    fn variant(self, variant: &str) -> DiagnosisBuilder {
        self.arg("variant", variant)
    }

    fn who(mut self, who: Who) -> DiagnosisBuilder {
        self.who = who;
        self
    }

    /// Sets the step and its field or item that fixes the cause.
    fn fix_at(mut self, step: &str, at: &str) -> DiagnosisBuilder {
        step.clone_into(&mut self.step);
        self.fix_at = Some(at.to_owned());
        self
    }

    /// Adds items whose state the result contradicts.
    fn contradicts(mut self, items: &[&str], is_ticked: bool) -> DiagnosisBuilder {
        self.contradicts = items
            .iter()
            .map(|item| Contradiction {
                item: (*item).to_owned(),
                is_ticked,
            })
            .collect();
        self
    }

    fn status(mut self, status: u16) -> DiagnosisBuilder {
        self.received = Some(Received {
            status: Some(status),
            ..Received::default()
        });
        self
    }

    fn received(mut self, received: &Received) -> DiagnosisBuilder {
        self.received = Some(received.clone());
        self
    }

    fn difference(self, difference: &Difference) -> DiagnosisBuilder {
        self.arg("what", difference.what)
            .arg("expected", clean(&difference.expected))
            .arg("got", clean(&difference.got))
    }

    fn build(self, e: &Evidence) -> Diagnosis {
        let is_foreign = e.profile.business.kind == Some(Kind::Foreign);
        let (step, fix_at) = visible_fix(e, self.step, self.fix_at);
        // Customs runs the service behind its address.
        let who = match (self.who, e.stage) {
            (Who::Digdir, Stage::Customs | Stage::Api) => Who::Customs,
            // Customs supports foreign businesses, Digdir does not. An outage of Maskinporten is Digdir's all the same.
            (Who::Digdir, _) if is_foreign && self.known.id != "service-down" => Who::Customs,
            (who, _) => who,
        };
        let contradicts = self
            .contradicts
            .into_iter()
            .filter(|item| !item.is_ticked || e.is_ticked(&item.item));
        Diagnosis {
            id: self.known.id.clone(),
            code: self.received.as_ref().and_then(Received::code),
            stage: e.stage,
            who,
            step,
            fix_at,
            contradicts: contradicts.collect(),
            trace_id: self.received.as_ref().and_then(Received::trace_id),
            received: self.received,
            findings: self.findings,
            args: self.args,
            scopes: Vec::new(),
            others: Vec::new(),
        }
    }
}

/// Returns a step with its field or item, or what takes their place in this profile: a foreign business has neither a client
/// in the portal nor a contract with Digdir, and a business that signs with its certificate has no key.
fn visible_fix(e: &Evidence, step: String, fix_at: Option<String>) -> (String, Option<String>) {
    let Some(visible) = progress::visible_steps(e.profile).find(|visible| visible.id == step) else {
        return ("credentials".to_owned(), Some(FieldId::Certificate.id().to_owned()));
    };
    let has_field = |at: &str| progress::visible_fields(visible, e.profile).any(|field| field.id.id() == at);
    let items = || progress::visible_items(visible, e.profile, e.environment.rules);
    let has_item = |at: &str| items().any(|item| item.key == at);
    let fix_at = fix_at.and_then(|at| {
        if has_field(&at) || has_item(&at) {
            return Some(at);
        }
        let others = [FieldId::Authentication, FieldId::Certificate].map(FieldId::id);
        others.into_iter().find(|other| has_field(other)).map(str::to_owned)
    });
    (step, fix_at)
}

/// The services that are chosen have the scopes of the profile's kind of business: the wizard shows others as the user's own.
fn wrong_branch(builder: DiagnosisBuilder, scope: &str) -> DiagnosisBuilder {
    let builder = builder.arg("scope", scope);
    match services::service_of_scope(scope) {
        Some(_) => builder,
        None => builder.variant("own").fix_at("services", FieldId::OwnScopes.id()),
    }
}

fn ticked(items: &[String]) -> Vec<Contradiction> {
    let contradiction = |item: &String| Contradiction {
        item: item.clone(),
        is_ticked: true,
    };
    items.iter().map(contradiction).collect()
}

fn incomplete(e: &Evidence, fields: &[FieldId]) -> DiagnosisBuilder {
    let first = fields.first().copied().unwrap_or(FieldId::NorwegianNumber);
    let step = journey()
        .steps
        .iter()
        .find(|step| step.fields.iter().any(|field| field.id == first));
    let names: Vec<_> = fields.iter().map(|field| Key::of(*field).id()).collect();
    let step = step.map_or("business", |step| &step.id);
    DiagnosisBuilder::new(e, "profile-incomplete")
        .arg("fields", names.join(", "))
        .arg("step", step)
        .fix_at(step, first.id())
}

fn certificate(e: &Evidence, findings: &[Finding]) -> DiagnosisBuilder {
    let has = |ids: &[FindingId]| findings.iter().any(|finding| ids.contains(&finding.id));
    let unreadable = [
        FindingId::FileMissing,
        FindingId::NotACertificate,
        FindingId::PasswordNeeded,
        FindingId::WrongPassword,
        FindingId::KeyPasswordNeeded,
        FindingId::Damaged,
        FindingId::Unsupported,
    ];
    let mut builder = if has(&unreadable) {
        DiagnosisBuilder::new(e, "certificate-unreadable")
    } else if has(&[
        FindingId::ProductionCertificateInTest,
        FindingId::TestCertificateInProduction,
        FindingId::TestSeal,
        FindingId::SandboxCertificate,
    ]) {
        DiagnosisBuilder::new(e, "certificate-wrong-environment")
    } else if has(&[FindingId::OrganisationDiffers]) {
        DiagnosisBuilder::new(e, "organisation-mismatch").variant("certificate")
    } else {
        DiagnosisBuilder::new(e, "certificate-unfit").variant(e.profile.authentication().id())
    };
    if let Some(field) = findings.iter().find_map(|finding| field_of_finding(e, finding)) {
        builder = builder.fix_at("credentials", field.id());
    }
    builder.findings = findings.to_vec();
    builder
}

/// Returns the field of the file that a finding is about; `None` for the certificate's own.
fn field_of_finding(e: &Evidence, finding: &Finding) -> Option<FieldId> {
    let files = &e.profile.certificate;
    let is_named = |path: &Option<std::path::PathBuf>| {
        let name = path.as_ref()?.file_name()?.to_string_lossy();
        let has_name = |(arg, value): (&str, &Arg)| arg == "file" && *value == Arg::Text(name.clone().into_owned());
        finding.args.iter().any(has_name).then_some(())
    };
    if finding.id == FindingId::PickBeyond {
        Some(FieldId::Pick)
    } else if is_named(&files.path).is_some() {
        None
    } else if is_named(&files.key_path).is_some() {
        Some(FieldId::KeyFile)
    } else {
        is_named(&files.chain_path).map(|()| FieldId::ChainFile)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::{
        journey::{Environment, Rules},
        profile::{Authentication, Profile},
    };

    #[test]
    fn every_fix_is_at_a_field_or_item_that_the_profile_has() {
        let now = datetime!(2026-11-26 08:00 UTC);
        for kind in [Kind::Norwegian, Kind::Foreign] {
            for authentication in [Authentication::Certificate, Authentication::Key] {
                for rules in [Rules::Test, Rules::Prod] {
                    let mut profile = Profile::new(rules.id(), now);
                    profile.business.kind = Some(kind);
                    profile.client.authentication = authentication;
                    let environment = Environment::of(rules);
                    let e = Evidence::new(&profile, &environment, now);
                    for known in table::table() {
                        assert_visible(&DiagnosisBuilder::new(&e, &known.id).build(&e), &e);
                    }
                }
            }
        }
    }

    fn assert_visible(diagnosis: &Diagnosis, e: &Evidence) {
        let step = progress::visible_steps(e.profile).find(|step| step.id == diagnosis.step);
        let step = step.unwrap_or_else(|| panic!("{diagnosis:?}"));
        let mut fields = progress::visible_fields(step, e.profile);
        let mut items = progress::visible_items(step, e.profile, e.environment.rules);
        match &diagnosis.fix_at {
            None => assert_eq!(step.id, "check", "{diagnosis:?}"),
            Some(at) => assert!(
                fields.any(|field| field.id.id() == at) || items.any(|item| item.key == *at),
                "{diagnosis:?}"
            ),
        }
    }
}
