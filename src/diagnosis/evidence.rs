//! What a check has seen by the time something goes wrong. Data only; [`weigh`](super::classify) judges it.

use time::OffsetDateTime;

use super::{Received, Stage};
use crate::{
    certificate::{Chosen, Finding},
    journey::{Environment, FieldId},
    profile::Profile,
};

/// The circumstances: what was tried, with what, and what had been learnt before.
#[derive(Debug, Clone)]
pub struct Evidence<'a> {
    pub profile: &'a Profile,
    pub environment: &'a Environment,
    pub now: OffsetDateTime,
    pub stage: Stage,
    /// The host that was asked.
    pub host: String,
    /// The proxy that was used, without user and password.
    pub proxy: Option<String>,
    pub certificate: Option<Chosen>,
    /// How far this computer's clock was measured to be ahead, in seconds.
    pub ahead_s: Option<f64>,
    /// The scopes that were refused, or asked for when it went wrong.
    pub scopes: Vec<String>,
    /// The scopes that were granted in the same check.
    pub granted: Vec<String>,
    /// Whether Maskinporten granted `digdir:verksemd.eu`, which any accepted eSeal gets, where that was tried.
    pub smoke: Option<bool>,
}

impl<'a> Evidence<'a> {
    pub fn new(profile: &'a Profile, environment: &'a Environment, now: OffsetDateTime) -> Evidence<'a> {
        Evidence {
            profile,
            environment,
            now,
            stage: Stage::Profile,
            host: String::new(),
            proxy: None,
            certificate: None,
            ahead_s: None,
            scopes: Vec::new(),
            granted: Vec::new(),
            smoke: None,
        }
    }
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum StageFailure {
    /// Questions without an answer.
    Incomplete(Vec<FieldId>),
    /// A scope of the other kind of business.
    WrongBranch(String),
    /// The findings that stop, from reading the certificate and from judging it.
    Certificate(Vec<Finding>),
    /// No answer came.
    Transport(TransportError),
    /// A page for people where JSON was asked for.
    Html {
        status: u16,
        title: Option<String>,
    },
    Redirected {
        status: u16,
        to: String,
    },
    TooManyRequests {
        /// Seconds, as the server asked for.
        after: Option<u64>,
    },
    /// The service answered 5xx, also when tried again.
    Down {
        status: Option<u16>,
    },
    Malformed {
        status: u16,
        how: Malformed,
    },
    /// The metadata says something else than the product believes.
    MetadataDiffers(Difference),
    /// The clock is off by more than Maskinporten takes.
    Clock,
    /// Maskinporten's refusal of a grant.
    Refused(Received),
    /// The token is not what was asked for.
    TokenUnexpected(Difference),
    TokenSignature,
    /// A Customs token was asked for where the environment has no Customs.
    NoCustoms,
    /// Customs' refusal of an exchange.
    CustomsRefused(Received),
    /// The test call was answered with something else than 200.
    ApiRefused {
        service: String,
        received: Received,
    },
}

/// Something other than expected. The values come from outside and are cleaned where they are made.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The field: `issuer`, `consumer`, `scope` …
    pub what: &'static str,
    pub expected: String,
    pub got: String,
}

/// How an answer was not what was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    Empty,
    NotUtf8,
    NotJson,
    NotAnObject,
    CutShort,
    Missing(&'static str),
    /// A value of another type than was agreed.
    WrongType(&'static str),
}

impl Malformed {
    /// The name of the variant in the texts, and the field.
    pub(super) fn reading(self) -> (&'static str, &'static str) {
        match self {
            Malformed::Empty => ("empty", ""),
            Malformed::NotUtf8 => ("not-utf8", ""),
            Malformed::NotJson => ("not-json", ""),
            Malformed::NotAnObject => ("not-an-object", ""),
            Malformed::CutShort => ("cut-short", ""),
            Malformed::Missing(field) => ("missing", field),
            Malformed::WrongType(field) => ("wrong-type", field),
        }
    }
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransportError {
    NameNotFound,
    Refused,
    /// The connection was not made in time.
    NoAnswer,
    /// Connected, but the answer was not there in time.
    TooSlow,
    /// Closed before an answer.
    Closed,
    /// Closed in the middle of an answer.
    CutOff,
    TooLarge,
    /// The server's certificate is not trusted.
    Untrusted {
        /// `unknown-issuer`, `expired`, `not-yet-valid` or `other-name`.
        reason: &'static str,
        subject: Option<String>,
        issuer: Option<String>,
    },
    /// Closed in the middle of the TLS handshake.
    HandshakeClosed,
    /// TLS went wrong in another way.
    Tls {
        words: String,
    },
    /// The proxy wants a user and password (407), or refused the connection (0 where it did not say how).
    ProxyRefused {
        status: u16,
    },
    /// The file with extra roots cannot be read as certificates.
    CaFile {
        path: String,
    },
    /// The system has no roots to trust.
    NoRoots,
    /// Neither `https` nor this computer itself.
    Insecure {
        url: String,
    },
    /// A value cannot be put into a request.
    Unsendable,
}

impl TransportError {
    /// Whether the same request may succeed a moment later.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            TransportError::TooSlow | TransportError::Closed | TransportError::CutOff | TransportError::HandshakeClosed
        )
    }
}
