//! The connectivity check as data: its stages and how each ended. Pure. `summary` is for people, `json` for programs.

mod json;
mod last_check;
mod summary;
mod words;

use std::time::Duration;

use serde::Serialize;

pub use crate::diagnosis::Stage;
use crate::{certificate::Finding, diagnosis::Diagnosis};
pub use last_check::last_check;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Passed,
    Warned,
    Failed,
    Skipped,
}

/// How one stage ended.
#[derive(Debug, Clone, PartialEq)]
pub struct StageResult {
    pub stage: Stage,
    pub outcome: Outcome,
    /// Absent for a stage that was skipped.
    pub took: Option<Duration>,
    pub seen: StageFacts,
}

/// What a stage has to show for itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum StageFacts {
    #[default]
    Nothing,
    Certificate {
        issuer: String,
        organisation: Option<String>,
        days_left: Option<i64>,
        ends: Option<time::OffsetDateTime>,
        /// Those that warn or inform.
        findings: Vec<Finding>,
    },
    Network {
        host: String,
        /// `TLS 1.3`; absent on loopback without TLS.
        tls: Option<String>,
        /// The proxy's host and port, without user and password.
        proxy: Option<String>,
    },
    Clock {
        /// How far this computer's clock is ahead of the server's, in seconds; negative when it is behind.
        ahead_s: f64,
    },
    Tokens(Vec<TokenFacts>),
    Customs {
        /// Seconds the Customs token lasts.
        expires_in: u64,
    },
    Api {
        /// The id of the service whose test call was answered.
        service: String,
        status: u16,
    },
    /// Nothing but Maskinporten's code for a refusal.
    Refused {
        code: String,
    },
    /// No test call is documented for any of the services; the Customs token was the last thing that could be tried.
    NoTestCall,
    /// The environment has no Customs.
    NoCustoms,
    /// None of the scopes is Customs'.
    NoCustomsScope,
    /// The server did not say what time it is.
    NoDate,
}

impl StageFacts {
    /// The tokens that were got.
    pub fn tokens(&self) -> &[TokenFacts] {
        match self {
            StageFacts::Tokens(tokens) => tokens,
            _ => &[],
        }
    }
}

/// What a token says, for people to read; never the token itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TokenFacts {
    pub scope: String,
    /// Who the token says you are: `consumer.ID`.
    pub consumer: Option<String>,
    pub supplier: Option<String>,
    /// How you were known: `client_amr`.
    pub client_amr: Option<String>,
    /// Seconds the token lasts.
    pub expires_in: u64,
    /// Whether its signature was verified with the published keys; unknown where the token is not a JWT.
    pub verified: Option<bool>,
}

/// What a running check says as it goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    Started(Stage),
    /// A passing word while a stage runs, such as that it is tried once more: a text's id and its values.
    Note(Stage, &'static str, crate::text::Args),
    Finished(StageResult),
}

/// A finished check.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub profile: String,
    pub environment: String,
    /// All seven, in order.
    pub stages: Vec<StageResult>,
    /// Present exactly when a stage failed.
    pub diagnosis: Option<Diagnosis>,
}
