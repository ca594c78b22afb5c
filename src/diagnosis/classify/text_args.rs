//! The arguments of the diagnosis texts.

use crate::diagnosis::{Evidence, Stage};
use crate::{journey::environments::status_page, text::Args};

/// Returns a readable placeholder for every argument of the texts.
pub(in crate::diagnosis) fn placeholders() -> Args {
    [
        "scope",
        "granted",
        "host",
        "proxy",
        "addresses",
        "issuer",
        "client",
        "kid",
        "organisation",
        "certificate-organisation",
        "certificate-issuer",
        "status",
        "title",
        "to",
        "seconds",
        "what",
        "expected",
        "got",
        "fields",
        "service",
        "path",
        "url",
        "words",
    ]
    .into_iter()
    .fold(Args::new(), |args, name| args.with(name, format!("<{name}>")))
    .with("environment", "other")
    .with("party", "other")
    .with("variant", "other")
    .with("portal", "Samarbeidsportalen")
    .with("status-page", status_page())
}

/// Returns the arguments that follow from the evidence.
pub(super) fn from_evidence(e: &Evidence) -> Args {
    let mut args = placeholders()
        .with("host", e.host.as_str())
        .with("proxy", e.proxy.as_deref().unwrap_or("<proxy>"))
        .with("addresses", e.environment.addresses.join(", "))
        .with("issuer", e.environment.issuer.as_str())
        .with("portal", e.environment.portal.as_str())
        .with("environment", e.environment.rules.id())
        .with("party", party(e))
        .with("scope", e.scopes.join(", "))
        .with("granted", e.granted.join(", "));
    for (name, value) in [
        ("client", &e.profile.client.id),
        ("kid", &e.profile.client.kid),
        ("organisation", &e.profile.business.organisation),
    ] {
        if let Some(value) = value {
            args = args.with(name, value);
        }
    }
    if let Some(certificate) = &e.certificate {
        args = args.with("certificate-issuer", certificate.issuer.as_str());
        if let Some(organisation) = &certificate.organisation {
            args = args.with("certificate-organisation", organisation);
        }
    }
    if let Some(ahead) = e.ahead_s {
        args = args.with("seconds", format!("{:.0}", ahead.abs()));
    }
    args
}

/// Returns the party whose service was called.
pub(super) fn party(e: &Evidence) -> &'static str {
    match e.stage {
        Stage::Customs | Stage::Api => "customs",
        _ => "maskinporten",
    }
}
