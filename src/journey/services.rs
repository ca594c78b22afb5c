//! Customs' services and their scopes, read from `assets/services.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Kind;
use crate::assets;

static SERVICES: LazyLock<Services> = LazyLock::new(|| assets::parse("services.toml"));

/// Returns all services, in display order.
pub fn services() -> &'static [Service] {
    &SERVICES.services
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Services {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "checked")]
    _checked: String,
    #[serde(rename = "service")]
    services: Vec<Service>,
}

/// A service of Customs that a business can choose.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    pub id: String,
    /// The scope for Norwegian businesses.
    #[serde(default)]
    norwegian: Option<String>,
    /// The scope for foreign businesses.
    #[serde(default)]
    foreign: Option<String>,
    /// The path of a call that answers 200 to a valid Customs token, if Customs documents one.
    #[serde(default)]
    pub test_call: Option<String>,
    /// A read-only call that shows whether the token is accepted, if Customs documents one.
    #[serde(default)]
    pub probe: Option<Probe>,
    /// True for a service that Customs has announced but not opened.
    #[serde(default)]
    pub announced: bool,
}

/// A read-only call that Customs documents for another purpose than a test.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// The path; `{uuid}` in it stands for a random id.
    pub path: String,
    /// The status that answers a valid token. It shows nothing unless the call without a token is answered otherwise.
    pub status: u16,
}

impl Service {
    /// Returns the scope for a kind of business; `None` if Customs has none.
    pub fn scope(&self, kind: Kind) -> Option<&str> {
        match kind {
            Kind::Norwegian => self.norwegian.as_deref(),
            Kind::Foreign => self.foreign.as_deref(),
        }
    }

    /// Returns true if a business of that kind can choose the service today.
    pub fn open_to(&self, kind: Kind) -> bool {
        !self.announced && self.scope(kind).is_some()
    }
}

/// Finds a service by its id.
pub fn service(id: &str) -> Option<&'static Service> {
    services().iter().find(|service| service.id == id)
}

/// Finds the service of a scope, for either kind of business.
pub fn service_of_scope(scope: &str) -> Option<&'static Service> {
    services()
        .iter()
        .find(|service| service.norwegian.as_deref() == Some(scope) || service.foreign.as_deref() == Some(scope))
}

/// Returns the scopes of the chosen services, in the order of `assets/services.toml`.
pub fn scopes_for(kind: Kind, chosen: &[String]) -> Vec<String> {
    services()
        .iter()
        .filter(|service| chosen.contains(&service.id))
        .filter_map(|service| service.scope(kind))
        .map(str::to_owned)
        .collect()
}

/// Scope that any accepted eSeal is granted in every environment. It gives access to nothing (Digdir, European
/// eSeals), so it separates a certificate problem from a scope problem.
pub const SMOKE_SCOPE: &str = "digdir:verksemd.eu";
/// The prefix of Digdir's own scopes.
pub const DIGDIR_PREFIX: &str = "digdir:";
/// The prefix of a foreign business's Customs scopes.
pub const FOREIGN_PREFIX: &str = "toll:eu/";
/// The prefix of every Customs scope.
pub const CUSTOMS_PREFIX: &str = "toll:";

/// Returns the kind of business that a Customs scope is for; `None` for a scope of another owner.
pub fn branch_of_scope(scope: &str) -> Option<Kind> {
    if scope.starts_with(FOREIGN_PREFIX) {
        Some(Kind::Foreign)
    } else if scope.starts_with(CUSTOMS_PREFIX) {
        Some(Kind::Norwegian)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_follow_the_kind_of_business() {
        let chosen = ["entry".to_owned(), "road".to_owned()];
        assert_eq!(
            scopes_for(Kind::Norwegian, &chosen),
            ["toll:movement/road/v2", "toll:movement/entry"]
        );
        assert_eq!(
            scopes_for(Kind::Foreign, &chosen),
            ["toll:eu/movement/road/v2", "toll:eu/movement/entry"]
        );
    }

    #[test]
    fn every_scope_in_the_table_is_for_its_own_kind_of_business() {
        for service in services() {
            for kind in [Kind::Norwegian, Kind::Foreign] {
                if let Some(scope) = service.scope(kind) {
                    assert_eq!(branch_of_scope(scope), Some(kind), "{scope}");
                    assert_eq!(service_of_scope(scope), Some(service));
                }
            }
        }
    }
}
