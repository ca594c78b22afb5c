//! The road from certificate to answered call, as `assets/journey.toml` tells it. Pure.
//!
//! [`services`] has what a business does with Customs and the scopes that follow, [`environments`] where test and
//! production are, [`demonstration`] what can be tried in the sandbox. How far one business has come is
//! [`profile::progress`](crate::profile::progress)'s.

pub mod demonstration;
pub mod environments;
pub mod services;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

pub use demonstration::Demonstration;
pub use environments::{Environment, Rules, SANDBOX, is_loopback};

static JOURNEY: LazyLock<Journey> = LazyLock::new(|| {
    // A test reads the same bytes, so that this cannot fail where it has passed.
    toml::from_str(include_str!("../../assets/journey.toml")).expect("assets/journey.toml is well formed")
});

/// The journey this binary was built with.
pub fn journey() -> &'static Journey {
    &JOURNEY
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journey {
    /// Where the road is described by those who made it.
    pub source: String,
    pub checked: toml::value::Datetime,
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// One stretch of the road: a screen of the wizard.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: String,
    pub kind: StepKind,
    #[serde(default, rename = "for")]
    pub audience: Option<Kind>,
    /// The name of a text that tells how long others usually take.
    #[serde(default)]
    pub wait: Option<String>,
    #[serde(default, rename = "item")]
    pub items: Vec<Item>,
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// Questions with an answer each.
    Form,
    /// Things that people do elsewhere and tick here.
    Checklist,
    /// The connectivity check.
    Check,
}

/// One thing to do elsewhere.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub id: String,
    #[serde(default, rename = "for")]
    pub audience: Option<Kind>,
    #[serde(default, rename = "in")]
    pub rules: Option<Rules>,
    pub who: Who,
    #[serde(default)]
    pub link: Option<String>,
    #[serde(default)]
    pub copy: Vec<Copyable>,
}

/// One question of a form.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub id: FieldId,
    #[serde(default, rename = "for")]
    pub audience: Option<Kind>,
    /// Asked only with this way to authenticate.
    #[serde(default)]
    pub with: Option<Authentication>,
}

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

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnsweredBy {
    /// One of a few options.
    Choice,
    /// Any of Customs' services.
    Services,
    Words,
    /// The path of a file.
    File,
}

impl FieldId {
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
            | FieldId::ConsumerOrg => AnsweredBy::Words,
            FieldId::Certificate | FieldId::KeyFile | FieldId::ChainFile => AnsweredBy::File,
        }
    }

    /// The id as the texts and the data write it.
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

/// Something the user carries to another place.
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

/// Who must act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    You,
    /// The system provider, who writes the integration.
    Provider,
    Customs,
    Digdir,
    /// The business's main administrator in Altinn.
    Administrator,
    /// The organisation that a supplier acts for.
    Customer,
    /// The issuer of the certificate.
    Issuer,
    /// Whoever runs the network.
    Network,
}

impl Who {
    pub fn id(self) -> &'static str {
        match self {
            Who::You => "you",
            Who::Provider => "provider",
            Who::Customs => "customs",
            Who::Digdir => "digdir",
            Who::Administrator => "administrator",
            Who::Customer => "customer",
            Who::Issuer => "issuer",
            Who::Network => "network",
        }
    }
}

/// Which of the two roads a business takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// In Enhetsregisteret, with someone who can log in to Samarbeidsportalen.
    Norwegian,
    /// All others, a NUF without such a person among them.
    Foreign,
}

impl Kind {
    pub fn id(self) -> &'static str {
        match self {
            Kind::Norwegian => "norwegian",
            Kind::Foreign => "foreign",
        }
    }
}

/// What the grant is proven with.
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
    pub fn id(self) -> &'static str {
        match self {
            Authentication::Certificate => "certificate",
            Authentication::Key => "key",
        }
    }
}

impl Journey {
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }
}

impl Step {
    /// The key of an item in a profile's `progress.done`.
    pub fn item_key(&self, item: &Item) -> String {
        format!("{}.{}", self.id, item.id)
    }
}
