//! The certificate below its path: what the file holds, and the findings about it.

use ratatui::text::Span;

use super::{DrawContext, body::Body};
use crate::{
    certificate::{Chosen, Finding, FindingId, Severity},
    text::Args,
    wizard::{self, InspectedCertificate, Inspection, Onboarding},
};

/// Draws the result of reading the certificate file, if there is one.
pub fn draw(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding) {
    let sandboxed = ctx.model.demonstration_for(onboarding).is_some();
    match &onboarding.inspection {
        Inspection::NotStarted => {}
        // The result is about the saved answer, not about the text that is typed.
        _ if onboarding.inspection_is_outdated() => {}
        Inspection::Running { .. } => {
            let text = format!("{} {}", ctx.spinner(), ctx.texts.get("reading-underway"));
            body.indented(4, &text, ctx.theme.quiet());
        }
        Inspection::Finished(examined) => draw_certificate(body, ctx, examined, sandboxed),
    }
    if let Some(password) = ctx.model.demonstration_password(onboarding) {
        let args = Args::new().with("password", password);
        let text = ctx.texts.with("sandbox-password-note", &args);
        body.indented(4, &text, ctx.theme.warning());
    }
}

fn draw_certificate(body: &mut Body, ctx: &DrawContext, examined: &InspectedCertificate, sandboxed: bool) {
    if examined.is_locked() {
        let lead = vec![Span::styled(
            format!("    {} ", ctx.theme.symbols.warned),
            ctx.theme.warning(),
        )];
        body.hanging(lead, &ctx.texts.get("reading-locked"), ctx.theme.plain());
        let offers = examined
            .findings
            .iter()
            .filter(|finding| finding.id == FindingId::FileOffered);
        offers.for_each(|finding| draw_finding(body, ctx, finding));
        return;
    }
    let stopped = examined
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Stops);
    if let Some(chosen) = &examined.facts.chosen {
        draw_chosen(body, ctx, chosen, stopped, examined.unlocked);
    }
    if let Some(others) = wizard::other_certificates(&examined.facts, ctx.texts) {
        body.indented(6, &others, ctx.theme.quiet());
    }
    for finding in wizard::sorted_findings(examined) {
        // The sandbox's issuers are on no list, so this finding means nothing there.
        if !(sandboxed && finding.id == FindingId::IssuerUnknown) {
            draw_finding(body, ctx, finding);
        }
    }
}

/// Draws the chosen certificate: its purpose, owner, issuer and expiry.
fn draw_chosen(body: &mut Body, ctx: &DrawContext, chosen: &Chosen, stopped: bool, unlocked: bool) {
    let theme = ctx.theme;
    let (symbol, style) = if stopped {
        (theme.symbols.failed, theme.bad())
    } else {
        (theme.symbols.done, theme.good())
    };
    let lead = vec![Span::styled(format!("    {symbol} "), style)];
    body.hanging(
        lead,
        &wizard::certificate_label(chosen, stopped, ctx.texts),
        theme.strong(),
    );
    let mut about = wizard::certificate_details(chosen, ctx.model.now, ctx.texts);
    if unlocked {
        about.push(ctx.texts.get("reading-unlocked"));
    }
    if !about.is_empty() {
        body.indented(6, &about.join(" · "), theme.plain());
    }
}

fn draw_finding(body: &mut Body, ctx: &DrawContext, finding: &Finding) {
    let theme = ctx.theme;
    let (symbol, style) = match finding.severity {
        Severity::Stops => (theme.symbols.failed, theme.bad()),
        Severity::Warns => (theme.symbols.warned, theme.warning()),
        Severity::Informs => (theme.symbols.open, theme.quiet()),
    };
    body.hanging(
        vec![Span::styled(format!("    {symbol} "), style)],
        &finding.text(ctx.texts),
        theme.plain(),
    );
    if finding.severity != Severity::Informs {
        let lead = vec![Span::styled(format!("      {} ", theme.symbols.arrow), theme.focus())];
        body.hanging(lead, &finding.fix(ctx.texts), theme.plain());
    }
    if finding.id == FindingId::FileOffered {
        body.indented(6, &ctx.texts.get("reading-found-file"), theme.strong());
    }
}
