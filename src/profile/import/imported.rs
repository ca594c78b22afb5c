//! The result of an import: answers, assumptions and the reasons why a file is not imported.

use crate::profile::{Purpose, fields::key::Key, stale_ticks::RemovedTicks};

/// The answers found in a settings file, and what was done with the rest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImportedSettings {
    /// In the order the wizard asks.
    pub answers: Vec<(Key, String)>,
    /// Names of settings that a profile does not have, such as secrets. Never their values.
    pub ignored: Vec<String>,
    /// Names of settings with a placeholder instead of a value.
    pub open: Vec<String>,
    /// A Maskinporten that belongs to no known environment.
    pub unknown_issuer: Option<String>,
    /// Answers that the file does not give.
    pub assumed: Vec<Assumption>,
    pub purpose: Purpose,
    /// Ticked items of a whole profile.
    pub ticks: RemovedTicks,
    /// Its ticks that are not for the chosen environment.
    pub stale_ticks: RemovedTicks,
    /// The file is a profile's file. Its comments and unknown keys are part of it.
    pub is_profile: bool,
    /// Keys of it that belong to that profile only.
    pub left: Vec<String>,
}

/// An answer that a file does not give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assumption {
    /// No Maskinporten is named: the profile is for test.
    Environment,
    /// No scope tells the kind of business: it is Norwegian.
    Norwegian,
    /// A registered key, as its file is named without a certificate.
    RegisteredKey,
}

impl Assumption {
    /// Returns the id by which the texts name it.
    pub fn id(self) -> &'static str {
        match self {
            Assumption::Environment => "environment",
            Assumption::Norwegian => "norwegian",
            Assumption::RegisteredKey => "key",
        }
    }
}

/// The reason why a file is not imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// Nothing in it belongs in a profile.
    Nothing,
    /// It is something else, by the id of its name in the texts.
    Other(&'static str),
    /// It is no valid JSON or YAML, or no valid profile.
    Malformed {
        format: &'static str,
        line: usize,
        column: usize,
    },
    /// Two settings give different answers.
    Contradiction { names: [String; 2], values: [String; 2] },
    /// An issuer that is an organisation number: neither an address nor a client's id.
    Issuer { name: String, value: String },
    /// A name that is there twice in one section.
    Repeated { name: String, line: usize },
    /// Settings in two documents, and the line of the first one in each.
    Documents { lines: [usize; 2] },
    /// Scopes of Customs for a Norwegian and for a foreign business.
    MixedScopes { norwegian: String, foreign: String },
    /// A host of Maskinporten or Customs in a form that cannot be read.
    Unread { place: Place, host: String },
}

/// A place in a settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Setting(String),
    /// The number of a line, from 1.
    Line(usize),
}
