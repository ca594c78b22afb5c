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
    Api {
        /// The id of the service whose test call succeeded.
        service: String,
        status: u16,
    },
    /// Only Maskinporten's code for a refusal.
    Refused {
        code: String,
    },
    /// No test call is documented for any of the services: the Customs token was the last thing to test.
    NoTestCall,
    /// The environment has no address for Customs.
    NoCustoms,
    /// None of the scopes belongs to Customs.
    NoCustomsScope,
    /// The server's answer had no `Date` header.
    NoDate,
}

impl StageFacts {
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
