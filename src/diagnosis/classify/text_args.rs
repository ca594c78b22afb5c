//! The arguments of the diagnosis texts.

use crate::diagnosis::{Evidence, Stage};
use crate::{
    journey::{Kind, environments::status_page},
    text::Args,
};

/// Digdir's service desk.
const DIGDIR_MAIL: &str = "servicedesk@digdir.no";
/// Norwegian Customs' support for Digitoll (toll.github.io), and the only one for foreign businesses.
const CUSTOMS_MAIL: &str = "digitoll@toll.no";

/// The argument that selects a variant of a text.
pub(in crate::diagnosis) const VARIANT: &str = "variant";

/// The argument that marks an answer of the sandbox's services.
pub(in crate::diagnosis) const IN_SANDBOX: &str = "in-sandbox";

/// The arguments that a text may use without a default.
pub const NAMES: [&str; 27] = [
    "scope",
    "granted",
    "host",
    "proxy",
    "addresses",
    "issuer",
    "client",
    "passed-client",
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
    "step",
    "service",
    "path",
    "url",
    "words",
    "item",
    "nearest",
];

/// Returns the arguments that have a value without evidence.
pub(in crate::diagnosis) fn defaults() -> Args {
    Args::new()
        .with("environment", "other")
        .with("party", "other")
        .with("variant", "other")
        .with("portal", "Samarbeidsportalen")
        .with("contact", DIGDIR_MAIL)
        .with("customs", CUSTOMS_MAIL)
        .with("status-page", status_page())
}

/// Returns the arguments that follow from the evidence.
pub(super) fn from_evidence(e: &Evidence) -> Args {
    let mut args = defaults()
        .with("issuer", e.environment.issuer.as_str())
        .with("environment", e.environment.rules.id())
        .with("party", party(e));
    // Customs supports foreign businesses, Digdir does not.
    if e.profile.business.kind == Some(Kind::Foreign) {
        args = args.with("contact", CUSTOMS_MAIL);
    }
    if e.environment.sandbox && matches!(e.stage, Stage::Token | Stage::Customs | Stage::Api) {
        args = args.with(IN_SANDBOX, "yes");
    }
    let certificate = e.certificate.as_ref();
    let certificate_issuer = certificate.map(|certificate| certificate.issuer.clone());
    for (name, value) in [
        ("host", Some(e.host.clone())),
        ("proxy", e.proxy.clone()),
        ("portal", Some(e.environment.portal.clone())),
        ("addresses", Some(e.environment.addresses.join(", "))),
        ("scope", Some(e.scopes.join(", "))),
        ("granted", Some(e.granted.join(", "))),
        ("client", e.profile.client.id.clone()),
        ("passed-client", e.replaced_client.map(|client| client.id.clone())),
        ("kid", e.profile.client.kid.clone()),
        ("organisation", e.profile.business.organisation.clone()),
        ("certificate-issuer", certificate_issuer),
        (
            "certificate-organisation",
            certificate.and_then(|certificate| certificate.organisation.clone()),
        ),
        ("seconds", e.ahead_s.map(|ahead| format!("{:.0}", ahead.abs()))),
    ] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            args = args.with(name, value);
        }
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
