//! The evidence of a check, and the failures it ends in. Data only; [`classify()`](super::classify()) evaluates it.

use time::OffsetDateTime;

use super::{Malformed, Received, Stage, TransportError};
use crate::{
    certificate::{Chosen, Finding},
    journey::{Environment, FieldId},
    profile::{AcceptedClient, Profile},
};

/// Evidence that a check has gathered by the time a stage fails.
#[derive(Debug, Clone)]
pub struct Evidence<'a> {
    pub profile: &'a Profile,
    pub environment: &'a Environment,
    pub now: OffsetDateTime,
    pub stage: Stage,
    /// The host of the last request.
    pub host: String,
    /// The proxy in use, without user and password.
    pub proxy: Option<String>,
    /// The proxy was sent a user and password.
    pub proxy_login: bool,
    /// The system's settings have a proxy that is not used, such as one that a script (PAC) names.
    pub proxy_unread: bool,
    pub certificate: Option<Chosen>,
    /// Measured offset of this computer's clock in seconds; positive if it is ahead.
    pub ahead_s: Option<f64>,
    /// The scopes that were refused, or requested when the stage failed.
    pub scopes: Vec<String>,
    /// The scopes that were granted in the same check.
    pub granted: Vec<String>,
    /// The scopes that the stage was refused.
    pub refused: Vec<RefusedScope>,
    /// The result of the smoke test, if it was run: was `digdir:verksemd.eu`, which any accepted eSeal gets, granted?
    pub smoke: Option<bool>,
    /// What the open scope list has about the refused scopes. Empty if the list was not read.
    pub scope_facts: Vec<ScopeFacts>,
    /// The client that Maskinporten accepted in an earlier check, if the client id was changed since.
    pub replaced_client: Option<&'a AcceptedClient>,
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
            proxy_login: false,
            proxy_unread: false,
            certificate: None,
            ahead_s: None,
            scopes: Vec::new(),
            granted: Vec::new(),
            refused: Vec::new(),
            smoke: None,
            scope_facts: Vec::new(),
            replaced_client: profile.replaced_client(),
        }
    }
}

impl Evidence<'_> {
    /// Returns whether an item, as `step.item`, is ticked.
    pub(super) fn is_ticked(&self, item: &str) -> bool {
        self.profile.progress.done.contains_key(item)
    }
}

/// Facts about a scope from Maskinporten's open scope list. Private scopes may be hidden: the absence of a scope proves nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScopeFacts {
    pub scope: String,
    /// A listed scope with almost the same name, if the scope itself is not listed.
    pub nearest: Option<String>,
    /// `None` if the scope is not listed, or the list does not tell.
    pub supports_europeans: Option<bool>,
    /// Whether the list names a system to delegate the scope in. `None` if the scope is not listed.
    pub can_be_delegated: Option<bool>,
}

/// A scope that was refused, and the refusal.
#[derive(Debug, Clone)]
pub struct RefusedScope {
    pub scope: String,
    pub failure: StageFailure,
}

/// Failure of a stage.
#[derive(Debug, Clone, PartialEq)]
pub enum StageFailure {
    /// Unanswered fields.
    Incomplete(Vec<FieldId>),
    /// A scope of the other kind of business.
    WrongBranch(String),
    /// The findings that stop the check.
    Certificate(Vec<Finding>),
    /// The request has no response.
    Transport(TransportError),
    /// An HTML page instead of JSON.
    Html {
        status: u16,
        title: Option<String>,
    },
    Redirected {
        status: u16,
        to: String,
    },
    TooManyRequests {
        /// The server's `Retry-After`, in seconds.
        after: Option<u64>,
    },
    /// The service responded 5xx, also to the retries.
    Down {
        status: Option<u16>,
    },
    /// The requests of the whole check took longer than its limit.
    OutOfTime {
        seconds: u64,
    },
    Malformed {
        status: u16,
        how: Malformed,
    },
    /// The metadata differs from the built-in environment.
    MetadataDiffers(Difference),
    /// The clock offset exceeds Maskinporten's limit.
    Clock,
    /// Maskinporten's refusal of a grant.
    Refused(Received),
    /// The token differs from the request.
    TokenUnexpected(Difference),
    TokenSignature,
    /// A Customs token was requested, but the environment has no Customs.
    NoCustoms,
    /// Customs' refusal of an exchange.
    CustomsRefused(Received),
    /// A refusal by Samarbeidsportalen's API.
    PortalRefused(PortalRefusal),
    /// The response to the test call is not 200.
    ApiRefused {
        service: String,
        received: Received,
    },
}

impl StageFailure {
    /// Returns the HTTP status of the response; `None` without one.
    pub fn status(&self) -> Option<u16> {
        match self {
            StageFailure::Html { status, .. }
            | StageFailure::Redirected { status, .. }
            | StageFailure::Malformed { status, .. } => Some(*status),
            StageFailure::TooManyRequests { .. } => Some(429),
            StageFailure::Down { status } => *status,
            StageFailure::PortalRefused(PortalRefusal { received, .. })
            | StageFailure::Refused(received)
            | StageFailure::CustomsRefused(received)
            | StageFailure::ApiRefused { received, .. } => received.status,
            _ => None,
        }
    }
}

/// A refusal by Samarbeidsportalen's API, with the fields that it does not take.
#[derive(Debug, Clone, PartialEq)]
pub struct PortalRefusal {
    pub received: Received,
    /// Each field with the service's words about it. Cleaned for showing.
    pub fields: Vec<String>,
}

/// A field with an unexpected value. The values come from outside; [`clean`](super::clean) them on construction.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The field: `issuer`, `consumer`, `scope` …
    pub what: &'static str,
    pub expected: String,
    pub got: String,
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::{journey::Rules, profile::Kind};

    #[test]
    fn evidence_has_the_client_that_was_accepted_before_the_id_was_changed() {
        let now = datetime!(2026-11-22 17:00 UTC);
        let environment = Environment::of(Rules::Test);
        let mut profile = Profile::new("test", now);
        profile.business.kind = Some(Kind::Norwegian);
        profile.client.id = Some("new".into());
        assert_eq!(Evidence::new(&profile, &environment, now).replaced_client, None);
        let accepted = AcceptedClient {
            at: now,
            id: "old".into(),
        };
        profile.accepted_client = Some(accepted.clone());
        let evidence = Evidence::new(&profile, &environment, now);
        assert_eq!(evidence.replaced_client, Some(&accepted));
    }
}
