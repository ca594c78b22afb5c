//! The demonstration data of the sandbox: businesses, files and refusals that a screen shows and fills in. None of it is
//! secret. [`sandbox`](crate::sandbox) creates it; the wizard keeps it in its model.

use std::path::PathBuf;

use serde::Deserialize;

use super::Kind;
use crate::text::{Args, Texts};

/// The demonstration data of one running sandbox.
#[derive(Debug, Clone, PartialEq)]
pub struct Demonstration {
    /// The password of every demonstration file. It protects nothing and is shown on screen.
    pub password: String,
    pub norwegian: DemoBusiness,
    pub foreign: DemoBusiness,
    pub key: DemoKey,
    /// The client id of the Norwegian business's administration client, which signs with the same certificate.
    pub administration: String,
    /// The refusals to try, in display order.
    pub refusals: Vec<DemoRefusal>,
}

/// A demonstration business and its credential.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoBusiness {
    pub name: String,
    /// Norwegian: nine digits. Foreign: an `organizationIdentifier`.
    pub organisation: String,
    /// Norwegian: the client id. Foreign: the name sent as `iss`.
    pub client_id: String,
    /// A `.p12` with the key and the complete chain.
    pub certificate: PathBuf,
}

/// The Norwegian business's second client, on which a key is registered.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoKey {
    pub client_id: String,
    pub kid: String,
    /// The private key in PEM, unencrypted.
    pub file: PathBuf,
}

/// A refusal that a user can provoke.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoRefusal {
    /// Names the text `sandbox-refusal-<id>`.
    pub id: String,
    pub kind: Kind,
    /// The MP code of the refusal, if it has one.
    pub code: Option<String>,
    /// The one answer to change.
    pub attempt: Attempt,
}

/// The answer to change, with its new value.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attempt {
    /// A client id.
    Client(String),
    /// The certificate's file.
    Certificate(PathBuf),
    /// The id of a service to add.
    Service(String),
    /// A custom scope to add.
    Scope(String),
    /// The kid of a registered key.
    Kid(String),
}

impl Attempt {
    /// Returns the new value as text.
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
    /// Returns a sentence on the change to make and the refusal that follows.
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
    /// Returns the demonstration business of a kind.
    pub fn business(&self, kind: Kind) -> &DemoBusiness {
        match kind {
            Kind::Norwegian => &self.norwegian,
            Kind::Foreign => &self.foreign,
        }
    }

    /// Returns the refusals for a kind of business.
    pub fn refusals_for(&self, kind: Kind) -> impl Iterator<Item = &DemoRefusal> {
        self.refusals.iter().filter(move |refusal| refusal.kind == kind)
    }
}
