//! Customs' services and their scopes, from `assets/services.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Kind;

static SERVICES: LazyLock<Services> = LazyLock::new(|| {
    // A test reads the same bytes, so that this cannot fail where it has passed.
    toml::from_str(include_str!("../../assets/services.toml")).expect("assets/services.toml is well formed")
});

/// The services this binary was built with, in the order they are shown.
pub fn services() -> &'static [Service] {
    &SERVICES.services
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Services {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "checked")]
    _checked: toml::value::Datetime,
    #[serde(rename = "service")]
    services: Vec<Service>,
}

/// Something a business does with Customs, as it would say it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    pub id: String,
    #[serde(default)]
    norwegian: Option<String>,
    #[serde(default)]
    foreign: Option<String>,
    /// The path of a call that answers 200 to a good Customs token, where Customs has one.
    #[serde(default)]
    pub test_call: Option<String>,
    /// Named by Customs, but not open yet.
    #[serde(default)]
    pub announced: bool,
}

impl Service {
    /// The scope for that kind of business, where Customs has one.
    pub fn scope(&self, kind: Kind) -> Option<&str> {
        match kind {
            Kind::Norwegian => self.norwegian.as_deref(),
            Kind::Foreign => self.foreign.as_deref(),
        }
    }

    /// Whether it can be chosen by that kind of business today.
    pub fn open_to(&self, kind: Kind) -> bool {
        !self.announced && self.scope(kind).is_some()
    }
}

/// The service with that id.
pub fn service(id: &str) -> Option<&'static Service> {
    services().iter().find(|service| service.id == id)
}

/// The service that a scope belongs to, on either branch.
pub fn service_of_scope(scope: &str) -> Option<&'static Service> {
    services()
        .iter()
        .find(|service| service.norwegian.as_deref() == Some(scope) || service.foreign.as_deref() == Some(scope))
}

/// The scopes that follow from the chosen services, in the order of `assets/services.toml`.
pub fn scopes_for(kind: Kind, chosen: &[String]) -> Vec<String> {
    services()
        .iter()
        .filter(|service| chosen.contains(&service.id))
        .filter_map(|service| service.scope(kind))
        .map(str::to_owned)
        .collect()
}

/// The prefix of a foreign business's Customs scopes.
pub const FOREIGN_PREFIX: &str = "toll:eu/";
/// The prefix of every Customs scope.
pub const CUSTOMS_PREFIX: &str = "toll:";

/// The branch that a Customs scope is for; none for a scope that is not Customs'.
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
    fn scopes_follow_the_branch() {
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
    fn every_scope_of_the_table_is_of_its_own_branch() {
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
