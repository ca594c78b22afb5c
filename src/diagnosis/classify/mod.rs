//! The weighing: an error code says what Maskinporten noticed, the circumstances say why.
//!
//! [`network`] weighs what came of the way there, [`refusal`] what was refused; [`circumstances`] are what texts may name.

mod network;
mod refusal;
pub(super) mod text_args;

use super::{
    Diagnosis, Difference, Evidence, Received, Stage, Trouble, clean,
    table::{self, Known},
};
use crate::{
    certificate::{Finding, FindingId},
    journey::{FieldId, Who, journey},
    profile::{fields::set::Key, progress},
    text::Args,
};

pub use refusal::is_about_scope;
pub(crate) use refusal::same_organisation;

/// The one cause of what went wrong.
pub fn weigh(evidence: &Evidence, trouble: &Trouble) -> Diagnosis {
    let e = evidence;
    let d = |id: &str| Judgement::new(e, id);
    let judgement = match trouble {
        Trouble::Incomplete(fields) => incomplete(e, fields),
        Trouble::WrongBranch(scope) => d("scope-wrong-branch").arg("scope", scope.as_str()),
        Trouble::Certificate(findings) => certificate(e, findings),
        Trouble::Failure(failure) => network::failed(e, failure),
        Trouble::Html { status, title } => d("html-answer")
            .arg("status", status.to_string())
            .arg("title", title.as_deref().unwrap_or("?"))
            .status(*status),
        Trouble::Redirected { status, to } => d("redirected").arg("to", to.as_str()).status(*status),
        Trouble::TooManyRequests { after } => d("too-many-requests")
            .arg("seconds", after.unwrap_or(60).to_string())
            .status(429),
        Trouble::Down { status } => {
            let judgement = d("service-down").reading("status");
            match status {
                Some(status) => judgement.arg("status", status.to_string()).status(*status),
                None => judgement,
            }
        }
        Trouble::Malformed { status, how } => {
            let (reading, field) = how.reading();
            d("answer-malformed")
                .reading(reading)
                .arg("what", field)
                .status(*status)
        }
        Trouble::MetadataDiffers(difference) => d("metadata-differs").difference(difference),
        Trouble::Clock => network::clock(e),
        Trouble::Refused(received) => refusal::refused(e, received),
        Trouble::TokenUnexpected(difference) => d("token-unexpected").reading(difference.what).difference(difference),
        Trouble::TokenSignature => d("token-signature-invalid"),
        Trouble::NoCustoms => d("customs-missing"),
        Trouble::CustomsRefused(received) => refusal::customs(e, received),
        Trouble::ApiRefused { service, received } => {
            let status = received.status.unwrap_or_default();
            d("api-refused")
                .reading(match status {
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
    judgement.pronounce(e)
}

/// A diagnosis in the making.
struct Judgement {
    known: &'static Known,
    who: Who,
    step: String,
    received: Option<Received>,
    findings: Vec<Finding>,
    args: Args,
}

impl Judgement {
    fn new(e: &Evidence, id: &str) -> Judgement {
        // Every id written in this file is in the table: a test asks for each.
        let known = table::known(id)
            .or(table::known("unknown"))
            .unwrap_or(&table::table()[0]);
        Judgement {
            known,
            who: known.who,
            step: known.step.clone(),
            received: None,
            findings: Vec::new(),
            args: text_args::circumstances(e),
        }
    }

    fn arg(mut self, name: &str, value: impl Into<crate::text::Arg>) -> Judgement {
        self.args = self.args.with(name, value);
        self
    }

    /// Which of a text's variants fits.
    fn reading(self, variant: &str) -> Judgement {
        self.arg("reading", variant)
    }

    fn who(mut self, who: Who) -> Judgement {
        self.who = who;
        self
    }

    fn step(mut self, step: &str) -> Judgement {
        step.clone_into(&mut self.step);
        self
    }

    fn status(mut self, status: u16) -> Judgement {
        self.received = Some(Received {
            status: Some(status),
            ..Received::default()
        });
        self
    }

    fn received(mut self, received: &Received) -> Judgement {
        self.received = Some(received.clone());
        self
    }

    fn difference(self, difference: &Difference) -> Judgement {
        self.arg("what", difference.what)
            .arg("expected", clean(&difference.expected))
            .arg("got", clean(&difference.got))
    }

    fn pronounce(self, e: &Evidence) -> Diagnosis {
        let visible = progress::visible_steps(e.profile);
        // A foreign business has neither a client in the portal nor a contract with Digdir.
        let step = if visible.iter().any(|step| step.id == self.step) {
            self.step
        } else {
            "credentials".to_owned()
        };
        // Behind Customs' address it is Customs who looks after the service.
        let who = match (self.who, e.stage) {
            (Who::Digdir, Stage::Customs | Stage::Api) => Who::Customs,
            (who, _) => who,
        };
        Diagnosis {
            id: self.known.id.clone(),
            code: self.received.as_ref().and_then(Received::code),
            stage: e.stage,
            who,
            step,
            trace_id: self.received.as_ref().and_then(Received::trace_id),
            received: self.received,
            findings: self.findings,
            args: self.args,
        }
    }
}

fn incomplete(e: &Evidence, fields: &[FieldId]) -> Judgement {
    let step = journey().steps.iter().find(|step| {
        let first = fields.first();
        step.fields.iter().any(|field| Some(&field.id) == first)
    });
    let names: Vec<_> = fields.iter().map(|field| Key::of(*field).id()).collect();
    Judgement::new(e, "profile-incomplete")
        .arg("fields", names.join(", "))
        .step(step.map_or("business", |step| &step.id))
}

fn certificate(e: &Evidence, findings: &[Finding]) -> Judgement {
    let has = |ids: &[FindingId]| findings.iter().any(|finding| ids.contains(&finding.id));
    let unreadable = [
        FindingId::FileMissing,
        FindingId::NotACertificate,
        FindingId::PasswordNeeded,
        FindingId::WrongPassword,
        FindingId::Damaged,
        FindingId::Unsupported,
    ];
    let mut judgement = if has(&unreadable) {
        Judgement::new(e, "certificate-unreadable")
    } else if has(&[
        FindingId::ProductionCertificateInTest,
        FindingId::TestCertificateInProduction,
        FindingId::TestSeal,
    ]) {
        Judgement::new(e, "certificate-wrong-environment")
    } else if has(&[FindingId::OrganisationDiffers]) {
        Judgement::new(e, "organisation-mismatch")
    } else {
        Judgement::new(e, "certificate-unfit")
    };
    judgement.findings = findings.to_vec();
    judgement
}
