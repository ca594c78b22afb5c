//! What a certificate is and whether it will do, below its path.

use ratatui::text::Span;

use super::{Scene, body::Body};
use crate::{
    certificate::{Chosen, Finding, FindingId, Severity},
    text::Args,
    wizard::{self, InspectedCertificate, Inspection, Onboarding},
};

pub fn draw(body: &mut Body, scene: &Scene, onboarding: &Onboarding) {
    let sandboxed = scene.model.demonstration_for(onboarding).is_some();
    match &onboarding.inspection {
        Inspection::NotStarted => {}
        Inspection::Running { .. } => {
            let words = format!("{} {}", scene.spinner(), scene.texts.get("reading-underway"));
            body.indented(4, &words, scene.theme.quiet());
        }
        Inspection::Finished(examined) => read(body, scene, examined, sandboxed),
    }
    if let Some(password) = scene.model.demonstration_password(onboarding) {
        let args = Args::new().with("password", password);
        let words = scene.texts.with("sandbox-password-note", &args);
        body.indented(4, &words, scene.theme.warning());
    }
}

fn read(body: &mut Body, scene: &Scene, examined: &InspectedCertificate, sandboxed: bool) {
    let locked = [FindingId::PasswordNeeded, FindingId::WrongPassword];
    if examined.findings.iter().any(|finding| locked.contains(&finding.id)) {
        let lead = vec![Span::styled(
            format!("    {} ", scene.theme.signs.warned),
            scene.theme.warning(),
        )];
        body.hanging(lead, &scene.texts.get("reading-locked"), scene.theme.plain());
        return;
    }
    let stopped = examined
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Stops);
    if let Some(chosen) = &examined.facts.chosen {
        facts(body, scene, chosen, stopped);
    }
    if let Some(others) = wizard::other_certificates(&examined.facts, scene.texts) {
        body.indented(6, &others, scene.theme.quiet());
    }
    for finding in &examined.findings {
        // The sandbox's own issuers are on no list, and that says nothing.
        if !(sandboxed && finding.id == FindingId::IssuerUnknown) {
            draw_finding(body, scene, finding);
        }
    }
}

/// Which of the certificates it is, whose, from whom, and how long it lasts.
fn facts(body: &mut Body, scene: &Scene, chosen: &Chosen, stopped: bool) {
    let theme = scene.theme;
    let (sign, style) = if stopped {
        (theme.signs.failed, theme.bad())
    } else {
        (theme.signs.done, theme.good())
    };
    let lead = vec![Span::styled(format!("    {sign} "), style)];
    body.hanging(
        lead,
        &wizard::certificate_label(chosen, stopped, scene.texts),
        theme.strong(),
    );
    let about = wizard::certificate_details(chosen, scene.model.now, scene.texts);
    if !about.is_empty() {
        body.indented(6, &about.join(" · "), theme.plain());
    }
}

fn draw_finding(body: &mut Body, scene: &Scene, finding: &Finding) {
    let theme = scene.theme;
    let (sign, style) = match finding.severity {
        Severity::Stops => (theme.signs.failed, theme.bad()),
        Severity::Warns => (theme.signs.warned, theme.warning()),
        Severity::Informs => (theme.signs.open, theme.quiet()),
    };
    body.hanging(
        vec![Span::styled(format!("    {sign} "), style)],
        &finding.text(scene.texts),
        theme.plain(),
    );
    if finding.severity != Severity::Informs {
        let lead = vec![Span::styled(format!("      {} ", theme.signs.arrow), theme.focus())];
        body.hanging(lead, &finding.fix(scene.texts), theme.plain());
    }
}
