//! What can be tried in the sandbox: plain data that a screen shows and pre-fills, none of it secret. Made by
//! [`sandbox`](crate::sandbox), held by the wizard.

use std::path::PathBuf;

use serde::Deserialize;

use super::Kind;
use crate::text::{Args, Texts};

/// The businesses, files and refusals of one running sandbox.
#[derive(Debug, Clone, PartialEq)]
pub struct Demonstration {
    /// Of every demonstration file. It protects nothing, and is meant to be shown.
    pub password: String,
    pub norwegian: DemoBusiness,
    pub foreign: DemoBusiness,
    pub key: DemoKey,
    /// What can be tried, in the order it is shown.
    pub refusals: Vec<DemoRefusal>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct DemoBusiness {
    pub name: String,
    /// Nine digits, or an `organizationIdentifier`.
    pub organisation: String,
    /// Norwegian: the client id. Foreign: a name to send as `iss`.
    pub client_id: String,
    /// A `.p12` with the key and the whole chain.
    pub certificate: PathBuf,
}

/// The Norwegian business's other client, which has a key of its own registered.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoKey {
    pub client_id: String,
    pub kid: String,
    /// The private key in PEM, without a password.
    pub file: PathBuf,
}

/// A refusal that can be met on purpose.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoRefusal {
    /// Names the text `sandbox-refusal-<id>`.
    pub id: String,
    pub kind: Kind,
    /// The MP code that will be met, where there is one.
    pub code: Option<String>,
    /// The one answer to change.
    pub attempt: Attempt,
}

/// The answer to change, and to what.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attempt {
    /// A client id.
    Client(String),
    /// The certificate's file.
    Certificate(PathBuf),
    /// A service to choose besides, by its id.
    Service(String),
    /// A scope of one's own to add.
    Scope(String),
    /// The name of a registered key.
    Kid(String),
}

impl Attempt {
    /// The answer as it is typed or chosen.
    pub fn value(&self) -> String {
        match self {
            Attempt::Certificate(path) => path.display().to_string(),
            Attempt::Client(value) | Attempt::Service(value) | Attempt::Scope(value) | Attempt::Kid(value) => {
                value.clone()
            }
        }
    }
}

impl DemoRefusal {
    /// What to try and what will happen, in one sentence.
    pub fn text(&self, texts: &Texts) -> String {
        let value = match &self.attempt {
            Attempt::Service(id) => texts.get(&format!("service-{id}")),
            other => other.value(),
        };
        let id = format!("sandbox-refusal-{}", self.id);
        texts.with(&id, &Args::new().with("value", value))
    }
}

impl Demonstration {
    pub fn business(&self, kind: Kind) -> &DemoBusiness {
        match kind {
            Kind::Norwegian => &self.norwegian,
            Kind::Foreign => &self.foreign,
        }
    }

    /// The refusals that a business of that kind can meet.
    pub fn refusals_for(&self, kind: Kind) -> impl Iterator<Item = &DemoRefusal> {
        self.refusals.iter().filter(move |refusal| refusal.kind == kind)
    }
}
