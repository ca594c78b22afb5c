//! The stages of the connectivity check.

use serde::Serialize;

/// A stage of the check, in the order they run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    Profile,
    Certificate,
    Network,
    Clock,
    Token,
    Customs,
    Api,
}

impl Stage {
    pub const ALL: [Stage; 7] = [
        Stage::Profile,
        Stage::Certificate,
        Stage::Network,
        Stage::Clock,
        Stage::Token,
        Stage::Customs,
        Stage::Api,
    ];

    pub fn id(self) -> &'static str {
        match self {
            Stage::Profile => "profile",
            Stage::Certificate => "certificate",
            Stage::Network => "network",
            Stage::Clock => "clock",
            Stage::Token => "token",
            Stage::Customs => "customs",
            Stage::Api => "api",
        }
    }
}
