//! The journey: the onboarding's steps, items and fields, read from `assets/journey.toml`. Pure.
//!
//! [`services`] has Customs' services with their scopes, [`environments`] the addresses of test and production, and
//! [`demonstration`] the sandbox's data. The progress of one business is in
//! [`profile::progress`](crate::profile::progress).

pub mod demonstration;
pub mod environments;
pub mod protocol;
pub mod services;
mod who;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

pub use demonstration::Demonstration;
pub use environments::{BUILT_IN_IDS, Environment, Rules, SANDBOX, is_loopback};
pub use who::Who;

use crate::assets;

static JOURNEY: LazyLock<Journey> = LazyLock::new(|| {
    let mut journey: Journey = assets::parse("journey.toml");
    for step in &mut journey.steps {
        for item in &mut step.items {
            item.key = format!("{}.{}", step.id, item.id);
        }
    }
    journey
});

/// Returns the journey.
pub fn journey() -> &'static Journey {
    &JOURNEY
}

/// All steps of the onboarding.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journey {
    /// The pages that the facts are from.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// A page that facts of the journey are from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub id: String,
    pub url: String,
    /// The day on which the page was last read.
    pub checked: String,
}

/// One step: a screen of the wizard.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: String,
    pub kind: StepKind,
    /// The kind of business that has this step; `None` for both.
    #[serde(default, rename = "for")]
    pub audience: Option<Kind>,
    /// The id of a text on waiting at this step.
    #[serde(default)]
    pub wait: Option<String>,
    #[serde(default, rename = "item")]
    pub items: Vec<Item>,
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
}

/// The kind of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// Fields to answer.
    Form,
    /// Items that the user does elsewhere and ticks here.
    Checklist,
    /// The connectivity check.
    Check,
}

/// An item of a checklist: one task that the user does elsewhere.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub id: String,
    /// The key in a profile's `progress.done`: the ids of the step and of the item.
    #[serde(skip)]
    pub key: String,
    /// The kind of business that has this item; `None` for both.
    #[serde(default, rename = "for")]
    pub audience: Option<Kind>,
    /// The environments that have this item; `None` for all.
    #[serde(default, rename = "in")]
    pub rules: Option<Rules>,
    pub who: Who,
    /// The ids of the [`Source`]s of this item and its text.
    pub sources: Vec<String>,
    /// The answers that a tick is made for: a change of one makes it stale.
    pub depends_on: Vec<Dependency>,
    /// An address, or `portal` for the environment's portal.
    #[serde(default)]
    pub link: Option<String>,
    /// The texts to copy for this task.
    #[serde(default)]
    pub copy: Vec<Copyable>,
    /// The answer that comes into being in this task, and is asked for below it.
    #[serde(default)]
    pub field: Option<FieldId>,
    /// The recipient of a ready letter for this task.
    #[serde(default)]
    pub letter: Option<Recipient>,
}

/// The recipient of a ready letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipient {
    Customs,
    Digdir,
    /// The issuer of the certificate.
    Issuer,
}

impl Item {
    /// Returns the address of the page to open, in an environment. `None` if there is none.
    pub fn address(&self, environment: Option<&Environment>) -> Option<String> {
        let environment = environment?;
        match self.link.as_deref()? {
            // An environment of the user's own has the portal that `config.toml` names, if it names one.
            "portal" => Some(environment.portal.clone()).filter(|portal| !portal.is_empty()),
            link if BUILT_IN_IDS.contains(&environment.id.as_str()) => Some(link.to_owned()),
            // Customs' and Digdir's pages are about the real services.
            _ => None,
        }
    }
}

/// An answer that an item depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dependency {
    Kind,
    Organisation,
    Environment,
    /// The scopes, which follow from the services.
    Scopes,
    ClientId,
}

/// A field of a form: one question.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub id: FieldId,
    /// The kind of business that is asked; `None` for both.
    #[serde(default, rename = "for")]
    pub audience: Option<Kind>,
    /// The authentication with which the field is asked; `None` for both.
    #[serde(default)]
    pub with: Option<Authentication>,
}

/// The id of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldId {
    NorwegianNumber,
    PortalLogin,
    Environment,
    Name,
    Organisation,
    Services,
    OwnScopes,
    ClientId,
    IssuerName,
    Authentication,
    Kid,
    KeyRegistered,
    Certificate,
    Pick,
    KeyFile,
    ChainFile,
    ConsumerOrg,
}

/// The control that answers a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnsweredBy {
    /// One of a few options.
    Choice,
    /// Any number of Customs' services.
    Services,
    /// A line of text.
    Text,
    /// The path of a file.
    File,
}

impl FieldId {
    /// Returns the control that answers this field.
    pub fn answered_by(self) -> AnsweredBy {
        match self {
            FieldId::NorwegianNumber | FieldId::PortalLogin | FieldId::Environment | FieldId::Authentication => {
                AnsweredBy::Choice
            }
            FieldId::Services => AnsweredBy::Services,
            FieldId::Name
            | FieldId::Organisation
            | FieldId::OwnScopes
            | FieldId::ClientId
            | FieldId::IssuerName
            | FieldId::Kid
            | FieldId::KeyRegistered
            | FieldId::Pick
            | FieldId::ConsumerOrg => AnsweredBy::Text,
            FieldId::Certificate | FieldId::KeyFile | FieldId::ChainFile => AnsweredBy::File,
        }
    }

    /// Returns the id in texts and data files.
    pub fn id(self) -> &'static str {
        match self {
            FieldId::NorwegianNumber => "norwegian-number",
            FieldId::PortalLogin => "portal-login",
            FieldId::Environment => "environment",
            FieldId::Name => "name",
            FieldId::Organisation => "organisation",
            FieldId::Services => "services",
            FieldId::OwnScopes => "own-scopes",
            FieldId::ClientId => "client-id",
            FieldId::IssuerName => "issuer-name",
            FieldId::Authentication => "authentication",
            FieldId::Kid => "kid",
            FieldId::KeyRegistered => "key-registered",
            FieldId::Certificate => "certificate",
            FieldId::Pick => "pick",
            FieldId::KeyFile => "key-file",
            FieldId::ChainFile => "chain-file",
            FieldId::ConsumerOrg => "consumer-org",
        }
    }
}

/// A text that the user copies into another system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Copyable {
    Scopes,
    Organisation,
    ClientName,
    ClientDescription,
    GrantType,
    /// The address of Digdir's service desk.
    Mail,
}

impl Copyable {
    /// Returns the id in texts and data files.
    pub fn id(self) -> &'static str {
        match self {
            Copyable::Scopes => "scopes",
            Copyable::Organisation => "organisation",
            Copyable::ClientName => "client-name",
            Copyable::ClientDescription => "client-description",
            Copyable::GrantType => "grant-type",
            Copyable::Mail => "mail",
        }
    }
}

/// The kind of business, which determines its steps and scopes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Registered in Enhetsregisteret, with a person who can log in to Samarbeidsportalen.
    Norwegian,
    /// Any other business, including a NUF without such a person.
    Foreign,
}

impl Kind {
    /// Returns the id in texts and data files.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Norwegian => "norwegian",
            Kind::Foreign => "foreign",
        }
    }
}

/// The credential that signs the grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authentication {
    /// The business's certificate, sent in the header as `x5c`.
    #[default]
    Certificate,
    /// A key registered on the client, named by `kid`.
    Key,
}

impl Authentication {
    /// Returns the id in texts and data files.
    pub fn id(self) -> &'static str {
        match self {
            Authentication::Certificate => "certificate",
            Authentication::Key => "key",
        }
    }
}

impl Journey {
    /// Finds a step by its id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_item_names_known_sources_and_every_source_is_used() {
        let journey = journey();
        let items = || journey.steps.iter().flat_map(|step| &step.items);
        assert!(items().all(|item| !item.sources.is_empty() && !item.depends_on.is_empty()));
        let used: BTreeSet<&str> = items().flat_map(|item| &item.sources).map(String::as_str).collect();
        let known: BTreeSet<&str> = journey.sources.iter().map(|source| source.id.as_str()).collect();
        assert_eq!(used, known);
        assert!(journey.sources.iter().all(|source| source.url.starts_with("https://")));
    }
}
