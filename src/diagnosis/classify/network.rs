//! What an answer that never came means, and a clock.

use super::{Judgement, text_args::party};
use crate::diagnosis::{Evidence, Failure, Stage};

pub(super) fn failed(e: &Evidence, failure: &Failure) -> Judgement {
    let d = |id: &str| Judgement::new(e, id);
    let by_way = if e.proxy.is_some() { "proxy" } else { "direct" };
    match failure {
        Failure::NameNotFound => d("name-not-found").reading(by_way),
        Failure::Refused => d("connection-refused").reading(if e.environment.sandbox { "sandbox" } else { by_way }),
        Failure::NoAnswer => no_answer(e),
        // Before anything has been heard of the service, silence is the network's; afterwards it is the service's.
        Failure::TooSlow if e.stage == Stage::Network => d("no-answer").reading("silent"),
        Failure::TooSlow => d("service-down").reading("slow"),
        // A firewall that dislikes a name lets the connection be made and cuts the handshake.
        Failure::HandshakeClosed if e.stage == Stage::Network => d("tls-failed").reading("closed"),
        Failure::Closed | Failure::HandshakeClosed => d("service-down").reading("closed"),
        Failure::CutOff => d("service-down").reading("cut-off"),
        Failure::TooLarge => d("answer-too-large"),
        Failure::Untrusted {
            reason,
            subject,
            issuer,
        } => d("tls-untrusted")
            .reading(reason)
            .arg("title", subject.as_deref().unwrap_or("?"))
            .arg("certificate-issuer", issuer.as_deref().unwrap_or("?")),
        Failure::Tls { words } => d("tls-failed").arg("words", words.as_str()),
        Failure::ProxyRefused { status } => d("proxy-refused").reading(if *status == 407 { "login" } else { "other" }),
        Failure::CaFile { path } => d("ca-file-unreadable").arg("path", path.as_str()),
        Failure::NoRoots => d("no-trusted-roots"),
        Failure::Insecure { url } => d("address-insecure").arg("url", url.as_str()),
        Failure::Unsendable => d("unknown"),
    }
}

fn no_answer(e: &Evidence) -> Judgement {
    // The addresses in the table are Maskinporten's.
    let known = party(e) == "maskinporten" && !e.environment.addresses.is_empty();
    Judgement::new(e, "no-answer").reading(match (&e.proxy, known) {
        (Some(_), _) => "proxy",
        (None, true) => "addresses",
        (None, false) => "direct",
    })
}

pub(super) fn clock(e: &Evidence) -> Judgement {
    let ahead = e.ahead_s.is_none_or(|ahead| ahead > 0.0);
    let measured = if e.ahead_s.is_some() { "measured" } else { "other" };
    Judgement::new(e, if ahead { "clock-ahead" } else { "clock-behind" }).reading(measured)
}
