//! Transport errors: the reasons that a request has no response.

/// Reason that a request has no response, or no whole one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransportError {
    NameNotFound,
    Refused,
    /// The connection was not established in time.
    NoAnswer,
    /// The connection was established, but the response did not arrive in time.
    TooSlow,
    /// Closed before a response.
    Closed,
    /// Closed in the middle of a response.
    CutOff,
    TooLarge,
    /// The server's certificate is not trusted.
    Untrusted {
        /// `unknown-issuer`, `expired`, `not-yet-valid`, `other-name`, `revoked` or `revocation-unknown`.
        reason: &'static str,
        subject: Option<String>,
        issuer: Option<String>,
    },
    /// Closed during the TLS handshake.
    HandshakeClosed,
    /// The TLS handshake failed for another reason.
    Tls {
        message: String,
    },
    /// The proxy asks for a user and password (407), or refused the connection (0 if its status is unknown).
    ProxyRefused {
        status: u16,
    },
    /// A variable that names the proxy is not understood.
    ProxySetting {
        variable: &'static str,
        /// `pac`, `scheme`, `host` or `port`.
        problem: &'static str,
        /// The scheme that is not known; else empty.
        scheme: String,
    },
    /// The file with extra roots has no certificate of an authority.
    CaFile {
        path: String,
        /// `missing`, `permission`, `leaf`, `locked`, or another id that the texts name.
        why: &'static str,
    },
    /// The system has no trusted roots.
    NoRoots,
    /// The URL is neither `https` nor loopback.
    Insecure {
        url: String,
    },
    /// A value cannot be sent in a request.
    Unsendable,
}

impl TransportError {
    /// Returns whether a retry may succeed.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            TransportError::TooSlow | TransportError::Closed | TransportError::CutOff | TransportError::HandshakeClosed
        )
    }
}
