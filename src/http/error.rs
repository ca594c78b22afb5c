//! Conversion of reqwest's errors to [`TransportError`], by the chain of their sources: reqwest's own message says little
//! more than "error sending request".

use std::{error::Error, io};

use super::tls::HandshakeLog;
use crate::{diagnosis::TransportError, text::visible};

/// Returns the transport error behind an error of reqwest.
pub fn from_reqwest(error: &reqwest::Error, handshake: &HandshakeLog) -> TransportError {
    let chain = chain(error);
    if let Some(tls) = chain.iter().find_map(|link| link.downcast_ref::<rustls::Error>()) {
        return from_tls(tls, handshake);
    }
    // hyper-util's error types for these are private; only the message can be matched.
    let mentions = |words: &str| chain.iter().any(|link| link.to_string().contains(words));
    if mentions("dns error") || mentions("error resolving DNS") {
        return TransportError::NameNotFound;
    }
    if mentions("proxy authorization required") {
        return TransportError::ProxyRefused { status: 407 };
    }
    if mentions("tunnel error: unsuccessful") || mentions("tunnel error: unexpected end of file") {
        return TransportError::ProxyRefused { status: 0 };
    }
    if mentions("SOCKS error: failed to create underlying connection") {
        return TransportError::Refused;
    }
    if mentions("SOCKS error") {
        let status = if mentions("auth") { 407 } else { 0 };
        return TransportError::ProxyRefused { status };
    }
    if error.is_timeout() {
        return if error.is_connect() {
            TransportError::NoAnswer
        } else {
            TransportError::TooSlow
        };
    }
    let io = chain.iter().find_map(|link| link.downcast_ref::<io::Error>());
    if mentions("tcp connect error") || mentions("tcp open error") {
        // There was no connection that the server could close, whatever stopped this computer: a firewall of its own
        // (EACCES), no free port (EADDRNOTAVAIL), or too many open files (EMFILE).
        return match io.map(from_io) {
            Some(TransportError::Refused) => TransportError::Refused,
            _ => TransportError::NoAnswer,
        };
    }
    match io {
        Some(io) => match from_io(io) {
            // A connection closed before the request is sent is closed in the handshake.
            TransportError::Closed if error.is_connect() => TransportError::HandshakeClosed,
            failure => failure,
        },
        None if error.is_builder() => TransportError::Unsendable,
        None => TransportError::Closed,
    }
}

/// Returns the transport error behind an error while the body was read.
pub fn from_body(error: &reqwest::Error) -> TransportError {
    match error.is_timeout() {
        true => TransportError::TooSlow,
        false => TransportError::CutOff,
    }
}

fn from_io(error: &io::Error) -> TransportError {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => TransportError::Refused,
        io::ErrorKind::TimedOut
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkDown => TransportError::NoAnswer,
        _ => TransportError::Closed,
    }
}

fn from_tls(error: &rustls::Error, handshake: &HandshakeLog) -> TransportError {
    match error {
        // Windows' own reasons, which only their text tells.
        rustls::Error::InvalidCertificate(rustls::CertificateError::Other(_)) if cfg!(windows) => tls_error(error),
        rustls::Error::InvalidCertificate(why) => {
            let certificate = handshake.certificate();
            TransportError::Untrusted {
                reason: match why {
                    rustls::CertificateError::Expired | rustls::CertificateError::ExpiredContext { .. } => "expired",
                    rustls::CertificateError::NotValidYet | rustls::CertificateError::NotValidYetContext { .. } => {
                        "not-yet-valid"
                    }
                    rustls::CertificateError::NotValidForName
                    | rustls::CertificateError::NotValidForNameContext { .. } => "other-name",
                    rustls::CertificateError::Revoked => "revoked",
                    rustls::CertificateError::UnknownRevocationStatus
                    | rustls::CertificateError::ExpiredRevocationList
                    | rustls::CertificateError::ExpiredRevocationListContext { .. } => "revocation-unknown",
                    _ => "unknown-issuer",
                },
                subject: certificate.as_ref().map(|names| names.subject.clone()),
                issuer: certificate.map(|names| names.issuer),
            }
        }
        other => tls_error(other),
    }
}

fn tls_error(error: &rustls::Error) -> TransportError {
    TransportError::Tls {
        message: visible(&error.to_string()).chars().take(200).collect(),
    }
}

/// Returns an error and its sources. `io::Error` hides the error it carries from `source`.
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
