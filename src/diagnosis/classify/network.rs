//! What an answer that never came means, and a clock.

use super::{DiagnosisBuilder, text_args::party};
use crate::diagnosis::{Evidence, Stage, TransportError};

pub(super) fn failed(e: &Evidence, failure: &TransportError) -> DiagnosisBuilder {
    let d = |id: &str| DiagnosisBuilder::new(e, id);
    let by_way = if e.proxy.is_some() { "proxy" } else { "direct" };
    match failure {
        TransportError::NameNotFound => d("name-not-found").reading(by_way),
        TransportError::Refused => {
            d("connection-refused").reading(if e.environment.sandbox { "sandbox" } else { by_way })
        }
        TransportError::NoAnswer => no_answer(e),
        // Before anything has been heard of the service, silence is the network's; afterwards it is the service's.
        TransportError::TooSlow if e.stage == Stage::Network => d("no-answer").reading("silent"),
        TransportError::TooSlow => d("service-down").reading("slow"),
        // A firewall that dislikes a name lets the connection be made and cuts the handshake.
        TransportError::HandshakeClosed if e.stage == Stage::Network => d("tls-failed").reading("closed"),
        TransportError::Closed | TransportError::HandshakeClosed => d("service-down").reading("closed"),
        TransportError::CutOff => d("service-down").reading("cut-off"),
        TransportError::TooLarge => d("answer-too-large"),
        TransportError::Untrusted {
            reason,
            subject,
            issuer,
        } => d("tls-untrusted")
            .reading(reason)
            .arg("title", subject.as_deref().unwrap_or("?"))
            .arg("certificate-issuer", issuer.as_deref().unwrap_or("?")),
        TransportError::Tls { words } => d("tls-failed").arg("words", words.as_str()),
        TransportError::ProxyRefused { status } => {
            d("proxy-refused").reading(if *status == 407 { "login" } else { "other" })
        }
        TransportError::CaFile { path } => d("ca-file-unreadable").arg("path", path.as_str()),
        TransportError::NoRoots => d("no-trusted-roots"),
        TransportError::Insecure { url } => d("address-insecure").arg("url", url.as_str()),
        TransportError::Unsendable => d("unknown"),
    }
}

fn no_answer(e: &Evidence) -> DiagnosisBuilder {
    // The addresses in the table are Maskinporten's.
    let known = party(e) == "maskinporten" && !e.environment.addresses.is_empty();
    DiagnosisBuilder::new(e, "no-answer").reading(match (&e.proxy, known) {
        (Some(_), _) => "proxy",
        (None, true) => "addresses",
        (None, false) => "direct",
    })
}

pub(super) fn clock(e: &Evidence) -> DiagnosisBuilder {
    let ahead = e.ahead_s.is_none_or(|ahead| ahead > 0.0);
    let measured = if e.ahead_s.is_some() { "measured" } else { "other" };
    DiagnosisBuilder::new(e, if ahead { "clock-ahead" } else { "clock-behind" }).reading(measured)
}
