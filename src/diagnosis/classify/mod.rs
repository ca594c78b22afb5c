//! Classification of a failure: the error code names what Maskinporten noticed, the evidence tells the cause.
//!
//! [`network`] classifies transport errors, [`refusal`] refusals; [`text_args`] has the arguments of the texts.

mod network;
mod refusal;
pub(super) mod text_args;

use super::{
    Contradiction, Diagnosis, Difference, Evidence, Received, Stage, StageFailure, clean,
    table::{self, DiagnosisEntry},
};
use crate::{
    certificate::{Finding, FindingId},
    journey::{FieldId, Who, journey},
    profile::{Kind, fields::set::Key, progress},
    text::Args,
};

pub use refusal::is_about_scope;

/// Returns the diagnosis of a failed stage.
pub fn classify(evidence: &Evidence, failure: &StageFailure) -> Diagnosis {
    let e = evidence;
    let d = |id: &str| DiagnosisBuilder::new(e, id);
    let builder = match failure {
        StageFailure::Incomplete(fields) => incomplete(e, fields),
        StageFailure::WrongBranch(scope) => d("scope-wrong-branch").arg("scope", scope.as_str()),
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
            d("token-unexpected").variant(difference.what).difference(difference)
        }
        StageFailure::TokenSignature => d("token-signature-invalid"),
        StageFailure::NoCustoms => d("customs-missing"),
        StageFailure::CustomsRefused(received) => refusal::customs(e, received),
        StageFailure::ApiRefused { service, received } => {
            let status = received.status.unwrap_or_default();
            d("api-refused")
                .variant(match status {
                    401 => "token",
                    403 => "rights",
                    404 => "path",
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
        let visible = progress::visible_steps(e.profile);
        let is_foreign = e.profile.business.kind == Some(Kind::Foreign);
        // A foreign business has neither a client in the portal nor a contract with Digdir.
        let is_visible = visible.iter().any(|step| step.id == self.step);
        let (step, fix_at) = match is_visible {
            true => (self.step, self.fix_at),
            false => ("credentials".to_owned(), Some("certificate".to_owned())),
        };
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
        }
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
    DiagnosisBuilder::new(e, "profile-incomplete")
        .arg("fields", names.join(", "))
        .fix_at(step.map_or("business", |step| &step.id), first.id())
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
    ]) {
        DiagnosisBuilder::new(e, "certificate-wrong-environment")
    } else if has(&[FindingId::OrganisationDiffers]) {
        DiagnosisBuilder::new(e, "organisation-mismatch")
    } else {
        DiagnosisBuilder::new(e, "certificate-unfit")
    };
    builder.findings = findings.to_vec();
    builder
}
