//! Why no answer came, from the chain of an error's sources: reqwest's own words say little more than "error sending
//! request".

use std::{error::Error, io};

use super::tls::Shown;
use crate::{diagnosis::TransportError, text::visible};

/// What an error of reqwest means.
pub fn classify(error: &reqwest::Error, shown: &Shown) -> TransportError {
    let chain = chain(error);
    if let Some(tls) = chain.iter().find_map(|link| link.downcast_ref::<rustls::Error>()) {
        return of_tls(tls, shown);
    }
    // hyper-util's own types for these are private; the words are all there is.
    let says = |words: &str| chain.iter().any(|link| link.to_string().contains(words));
    if says("dns error") || says("error resolving DNS") {
        return TransportError::NameNotFound;
    }
    if says("proxy authorization required") {
        return TransportError::ProxyRefused { status: 407 };
    }
    if says("tunnel error: unsuccessful") || says("tunnel error: unexpected end of file") {
        return TransportError::ProxyRefused { status: 0 };
    }
    if error.is_timeout() {
        return if error.is_connect() {
            TransportError::NoAnswer
        } else {
            TransportError::TooSlow
        };
    }
    match chain.iter().find_map(|link| link.downcast_ref::<io::Error>()) {
        Some(io) => match of_io(io) {
            // What closes before a request could be sent closes in the handshake.
            TransportError::Closed if error.is_connect() => TransportError::HandshakeClosed,
            failure => failure,
        },
        None if error.is_builder() => TransportError::Unsendable,
        None => TransportError::Closed,
    }
}

/// What an error while the body was read means.
pub fn of_body(error: &io::Error) -> TransportError {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<reqwest::Error>()) {
        Some(inner) if inner.is_timeout() => TransportError::TooSlow,
        _ if error.kind() == io::ErrorKind::TimedOut => TransportError::TooSlow,
        _ => TransportError::CutOff,
    }
}

fn of_io(error: &io::Error) -> TransportError {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => TransportError::Refused,
        io::ErrorKind::TimedOut
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkDown => TransportError::NoAnswer,
        _ => TransportError::Closed,
    }
}

fn of_tls(error: &rustls::Error, shown: &Shown) -> TransportError {
    match error {
        rustls::Error::InvalidCertificate(why) => {
            let certificate = shown.certificate();
            TransportError::Untrusted {
                reason: match why {
                    rustls::CertificateError::Expired | rustls::CertificateError::ExpiredContext { .. } => "expired",
                    rustls::CertificateError::NotValidYet | rustls::CertificateError::NotValidYetContext { .. } => {
                        "not-yet-valid"
                    }
                    rustls::CertificateError::NotValidForName
                    | rustls::CertificateError::NotValidForNameContext { .. } => "other-name",
                    _ => "unknown-issuer",
                },
                subject: certificate.as_ref().map(|names| names.subject.clone()),
                issuer: certificate.map(|names| names.issuer),
            }
        }
        other => TransportError::Tls {
            words: visible(&other.to_string()).chars().take(200).collect(),
        },
    }
}

/// An error and everything beneath it. `io::Error` hides the error it carries from `source`.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> Vec<&'a (dyn Error + 'static)> {
    let mut links = Vec::new();
    let mut next = Some(error);
    while let Some(link) = next {
        links.push(link);
        let carried = link.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match carried {
            Some(inner) => Some(inner as &(dyn Error + 'static)),
            None => link.source(),
        };
    }
    links
}
