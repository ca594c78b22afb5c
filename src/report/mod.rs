//! The report of a connectivity check: its stages with outcome and facts. Pure. `stage_summary` and `text` render it for
//! people, `json` for programs.

mod json;
mod last_check;
mod stage_summary;
mod text;

use std::time::Duration;

use serde::Serialize;

pub use crate::diagnosis::Stage;
use crate::{certificate::Finding, diagnosis::Diagnosis};
pub use last_check::last_check;

/// The outcome of one stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Passed,
    Warned,
    Failed,
    Skipped,
}

/// The result of one stage.
#[derive(Debug, Clone, PartialEq)]
pub struct StageResult {
    pub stage: Stage,
    pub outcome: Outcome,
    /// `None` for a skipped stage.
    pub took: Option<Duration>,
    pub facts: StageFacts,
}

/// The facts that a stage found, for display.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum StageFacts {
    #[default]
    Nothing,
    Certificate {
        issuer: String,
        organisation: Option<String>,
        days_left: Option<i64>,
        ends: Option<time::OffsetDateTime>,
        /// The findings that warn or inform.
        findings: Vec<Finding>,
    },
    Network {
        host: String,
        /// `TLS 1.3`; `None` on loopback without TLS.
        tls: Option<String>,
        /// The proxy's host and port, without user and password.
        proxy: Option<String>,
    },
    Clock {
        /// Seconds that this computer's clock is ahead of the server's; negative if it is behind.
        ahead_s: f64,
    },
    Tokens(Vec<TokenFacts>),
    Customs {
        /// The Customs token's lifetime in seconds.
        expires_in: u64,
    },
    /// The services of the exchanged tokens, in order.
    Api(Vec<ServiceFacts>),
    /// Only Maskinporten's code for a refusal.
    Refused {
        code: String,
    },
    /// The environment has no address for Customs.
    NoCustoms,
    /// None of the scopes belongs to Customs.
    NoCustomsScope,
    /// The server's answer had no `Date` header.
    NoDate,
}

impl StageFacts {
    /// Returns the services of the api stage.
    pub fn services(&self) -> &[ServiceFacts] {
        match self {
            StageFacts::Api(services) => services,
            _ => &[],
        }
    }

    /// Returns the tokens that Maskinporten issued.
    pub fn tokens(&self) -> &[TokenFacts] {
        match self {
            StageFacts::Tokens(tokens) => tokens,
            _ => &[],
        }
    }
}

/// A token's claims, for display. Never the token itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TokenFacts {
    pub scope: String,
    /// The organisation that the token is for: the claim `consumer.ID`.
    pub consumer: Option<String>,
    pub supplier: Option<String>,
    /// The authentication method: the claim `client_amr`.
    pub client_amr: Option<String>,
    /// The token's lifetime in seconds.
    pub expires_in: u64,
    /// True if the signature was verified with the published keys; `None` if the token is not a JWT.
    pub verified: Option<bool>,
}

/// A service of Customs and the result of a call to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServiceFacts {
    /// The service's id, or the scope if it belongs to no known service.
    pub id: String,
    pub outcome: ServiceOutcome,
    /// The method and path of the call; `None` if none is documented. `{uuid}` in it stands for a random id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<String>,
    /// The HTTP status of the response; `None` without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
}

/// Result of the call to one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceOutcome {
    /// The documented test call was answered with 200.
    Answered,
    /// The documented test call was not answered with 200. The diagnosis is about the first of these.
    Failed,
    /// A probe was answered as one with a valid token is, and otherwise without the token.
    TokenAccepted,
    /// A probe was answered with 401 or 403. What it means for real calls is not documented.
    TokenRefused,
    /// A probe was answered otherwise, or not at all.
    Inconclusive,
    /// No call without effects is documented.
    NotTried,
}

impl ServiceOutcome {
    /// Every outcome, in the order of the conclusion.
    pub const ALL: [ServiceOutcome; 6] = [
        ServiceOutcome::Answered,
        ServiceOutcome::Failed,
        ServiceOutcome::TokenAccepted,
        ServiceOutcome::TokenRefused,
        ServiceOutcome::Inconclusive,
        ServiceOutcome::NotTried,
    ];

    /// Returns the id in text ids.
    pub fn id(self) -> &'static str {
        match self {
            ServiceOutcome::Answered => "answered",
            ServiceOutcome::Failed => "failed",
            ServiceOutcome::TokenAccepted => "token-accepted",
            ServiceOutcome::TokenRefused => "token-refused",
            ServiceOutcome::Inconclusive => "inconclusive",
            ServiceOutcome::NotTried => "not-tried",
        }
    }
}

/// An event of a running check.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    Started(Stage),
    /// A temporary message while a stage runs, such as a retry: a text's id and its arguments.
    Note(Stage, &'static str, crate::text::Args),
    Finished(StageResult),
}

/// The result of a finished check.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub profile: String,
    pub environment: String,
    /// All seven stages, in order.
    pub stages: Vec<StageResult>,
    /// `Some` exactly if a stage failed.
    pub diagnosis: Option<Diagnosis>,
}
