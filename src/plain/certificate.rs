//! The certificate: what the file holds, and the findings about it.

use super::Lines;
use crate::{
    certificate::{FindingId, Severity},
    text::{Args, Texts},
    wizard::{self, Model, Onboarding},
};

/// Adds the result of reading the certificate file, if there is one.
pub fn add(lines: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding) {
    let sandboxed = model.demonstration_for(onboarding).is_some();
    if let Some(password) = model.demonstration_password(onboarding) {
        let args = Args::new().with("password", password);
        lines.push(&texts.with("sandbox-password-note", &args));
    }
    let inspected = onboarding.inspected().filter(|_| !onboarding.inspection_is_outdated());
    let Some(examined) = inspected else { return };
    if examined.is_locked() {
        lines.push(&texts.get("plain-locked"));
        return;
    }
    if let Some(chosen) = &examined.facts.chosen {
        lines.push(&wizard::certificate_label(
            chosen,
            wizard::has_blocking_finding(onboarding),
            texts,
        ));
        let mut about = wizard::certificate_details(chosen, model.now, texts);
        if examined.unlocked {
            about.push(texts.get("reading-unlocked"));
        }
        if !about.is_empty() {
            lines.push(&about.join(", "));
        }
    }
    if let Some(others) = wizard::other_certificates(&examined.facts, texts) {
        lines.push(&others);
    }
    for finding in wizard::sorted_findings(examined) {
        // The sandbox's issuers are on no list, so this finding means nothing there.
        if sandboxed && finding.id == FindingId::IssuerUnknown {
            continue;
        }
        let id = match finding.severity {
            Severity::Stops => "plain-problem",
            Severity::Warns => "plain-warning",
            Severity::Informs => "plain-note",
        };
        lines.push(&texts.with(id, &Args::new().with("text", finding.text(texts))));
        if finding.severity != Severity::Informs {
            lines.push(&texts.with("plain-to-do", &Args::new().with("text", finding.fix(texts))));
        }
        if finding.id == FindingId::FileOffered {
            lines.push(&texts.get("plain-found-file"));
        }
    }
}
