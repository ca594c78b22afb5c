//! Classification of transport errors and of a wrong clock.

use super::{DiagnosisBuilder, text_args::party};
use crate::{
    diagnosis::{Evidence, Stage, TransportError, values::loopback_in},
    journey::Who,
};

pub(super) fn failed(e: &Evidence, failure: &TransportError) -> DiagnosisBuilder {
    let d = |id: &str| DiagnosisBuilder::new(e, id);
    let route = route(e);
    match failure {
        TransportError::NameNotFound => d("name-not-found").variant(route),
        TransportError::Refused if e.environment.sandbox => d("connection-refused").variant("sandbox"),
        TransportError::Refused if e.proxy.is_none() && loopback_in(&e.host).is_some() => {
            d("connection-refused").variant("loopback").who(Who::You)
        }
        TransportError::Refused => d("connection-refused").variant(route),
        TransportError::NoAnswer => no_answer(e),
        // A timeout before the first response is the network's; afterwards it is the service's.
        TransportError::TooSlow if e.stage == Stage::Network => d("no-answer").variant("silent"),
        TransportError::TooSlow => d("service-down").variant("slow"),
        // A firewall that blocks a host name accepts the connection and closes it in the handshake.
        TransportError::HandshakeClosed if e.stage == Stage::Network => d("tls-failed").variant("closed"),
        TransportError::Closed | TransportError::HandshakeClosed => d("service-down").variant("closed"),
        TransportError::CutOff => d("service-down").variant("cut-off"),
        TransportError::TooLarge => d("answer-too-large"),
        TransportError::Untrusted {
            reason,
            subject,
            issuer,
        } => d("tls-untrusted")
            .variant(reason)
            .arg_if("title", subject.as_deref())
            .arg_if("certificate-issuer", issuer.as_deref()),
        TransportError::Tls { message } => d("tls-failed").arg("words", message.as_str()),
        TransportError::ProxyRefused { status } => {
            let login = if e.proxy_login { "sent" } else { "none" };
            d("proxy-refused")
                .variant(if *status == 407 { "login" } else { "other" })
                .arg("login", login)
        }
        TransportError::ProxySetting {
            variable,
            problem,
            scheme,
        } => d("proxy-misconfigured")
            .variant(problem)
            .arg("setting", *variable)
            .arg("got", scheme.as_str()),
        TransportError::CaFile { path, why } => d("ca-file-unreadable").variant(why).arg("path", path.as_str()),
        TransportError::NoRoots => d("no-trusted-roots"),
        TransportError::Insecure { url } => d("address-insecure").arg("url", url.as_str()),
        TransportError::Unsendable => d("unknown"),
    }
}

/// Returns the variant of the texts for the route to the host.
fn route(e: &Evidence) -> &'static str {
    match (&e.proxy, e.proxy_unread) {
        (Some(_), _) => "proxy",
        (None, true) => "proxy-unread",
        (None, false) => "direct",
    }
}

fn no_answer(e: &Evidence) -> DiagnosisBuilder {
    // The table has Maskinporten's addresses only.
    let known = party(e) == "maskinporten" && !e.environment.addresses.is_empty();
    DiagnosisBuilder::new(e, "no-answer").variant(match route(e) {
        "direct" if known => "addresses",
        route => route,
    })
}

pub(super) fn clock(e: &Evidence) -> DiagnosisBuilder {
    let ahead = e.ahead_s.is_none_or(|ahead| ahead > 0.0);
    let measured = if e.ahead_s.is_some() { "measured" } else { "other" };
    DiagnosisBuilder::new(e, if ahead { "clock-ahead" } else { "clock-behind" }).variant(measured)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::{
        diagnosis::{StageFailure, classify},
        journey::{Environment, Rules},
        profile::Profile,
        text::{Language, Texts},
    };

    #[test]
    fn heading_names_the_peer_that_was_contacted() {
        let profile = Profile::new("prod", datetime!(2026-11-22 17:00 UTC));
        let environment = Environment::of(Rules::Prod);
        let mut evidence = Evidence::new(&profile, &environment, profile.created);
        evidence.stage = Stage::Network;
        evidence.host = "maskinporten.no".to_owned();
        for texts in Language::ALL.map(Texts::new) {
            for failure in [
                TransportError::NameNotFound,
                TransportError::Refused,
                TransportError::NoAnswer,
            ] {
                for proxy in [None, Some("proxy.example:8080".to_owned())] {
                    evidence.proxy = proxy;
                    let diagnosis = classify(&evidence, &StageFailure::Transport(failure.clone()));
                    let title = diagnosis.title(&texts).to_lowercase();
                    assert_eq!(title.contains("proxy"), evidence.proxy.is_some(), "{title}");
                    assert_eq!(title.contains("maskinporten"), evidence.proxy.is_none(), "{title}");
                }
            }
        }
    }

    #[test]
    fn refused_login_is_not_asked_for_again() {
        let profile = Profile::new("prod", datetime!(2026-11-22 17:00 UTC));
        let environment = Environment::of(Rules::Prod);
        let mut evidence = Evidence::new(&profile, &environment, profile.created);
        for texts in Language::ALL.map(Texts::new) {
            for sent in [false, true] {
                evidence.proxy_login = sent;
                let failure = StageFailure::Transport(TransportError::ProxyRefused { status: 407 });
                let fix = classify(&evidence, &failure).fix(&texts).join("\n");
                assert_eq!(fix.contains("@proxy:port"), !sent, "{fix}");
                assert_eq!(fix.contains("Basic"), sent, "{fix}");
            }
        }
    }

    #[test]
    fn unread_proxy_setting_is_named_when_the_host_is_not_reached() {
        let profile = Profile::new("prod", datetime!(2026-11-22 17:00 UTC));
        let environment = Environment::of(Rules::Prod);
        let mut evidence = Evidence::new(&profile, &environment, profile.created);
        evidence.stage = Stage::Network;
        for language in Language::ALL {
            let texts = Texts::new(language);
            for failure in [
                TransportError::NameNotFound,
                TransportError::Refused,
                TransportError::NoAnswer,
            ] {
                let mut text = |unread| {
                    evidence.proxy_unread = unread;
                    let diagnosis = classify(&evidence, &StageFailure::Transport(failure.clone()));
                    diagnosis.cause(&texts) + &diagnosis.fix(&texts).join("\n")
                };
                assert!(text(true).contains("PAC") && text(true).contains("HTTPS_PROXY"));
                assert!(!text(false).contains("PAC"));
            }
        }
    }
}
