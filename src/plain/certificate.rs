//! What a certificate is and whether it will do.

use super::Lines;
use crate::{
    certificate::{FindingId, Severity},
    text::{Args, Texts},
    wizard::{self, Model, Onboarding},
};

pub fn show(question: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding) {
    let sandboxed = model.demonstration_for(onboarding).is_some();
    if let Some(password) = model.demonstration_password(onboarding) {
        let args = Args::new().with("password", password);
        question.say(&texts.with("sandbox-password-note", &args));
    }
    let Some(examined) = onboarding.inspected() else { return };
    let locked = [FindingId::PasswordNeeded, FindingId::WrongPassword];
    if examined.findings.iter().any(|finding| locked.contains(&finding.id)) {
        question.say(&texts.get("reading-locked"));
        return;
    }
    if let Some(chosen) = &examined.facts.chosen {
        question.say(&wizard::certificate_label(
            chosen,
            wizard::has_blocking_finding(onboarding),
            texts,
        ));
        let about = wizard::certificate_details(chosen, model.now, texts);
        if !about.is_empty() {
            question.say(&about.join(", "));
        }
    }
    if let Some(others) = wizard::other_certificates(&examined.facts, texts) {
        question.say(&others);
    }
    for finding in &examined.findings {
        // The sandbox's own issuers are on no list, and that says nothing.
        if sandboxed && finding.id == FindingId::IssuerUnknown {
            continue;
        }
        let id = match finding.severity {
            Severity::Stops => "plain-problem",
            Severity::Warns => "plain-warning",
            Severity::Informs => "plain-note",
        };
        question.say(&texts.with(id, &Args::new().with("words", finding.text(texts))));
        if finding.severity != Severity::Informs {
            question.say(&texts.with("plain-to-do", &Args::new().with("words", finding.fix(texts))));
        }
    }
}
