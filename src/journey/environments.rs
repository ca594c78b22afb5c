//! Environments: the addresses of Maskinporten, Customs and the portal. Test and production are read from
//! `assets/environments.toml`, others come from a user's `config.toml` or from the sandbox.

use std::{path::PathBuf, sync::LazyLock};

use serde::Deserialize;
use url::{Host, Url};

use crate::assets;

static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| assets::parse("environments.toml"));

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct BuiltIn {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "checked")]
    _checked: String,
    status: String,
    environment: Vec<EnvironmentEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct EnvironmentEntry {
    id: Rules,
    issuer: String,
    token_endpoint: String,
    jwks: String,
    customs: String,
    portal: String,
    self_service: String,
    addresses: Vec<String>,
}

/// The rules that an environment follows: the accepted certificates and the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rules {
    Test,
    Prod,
}

impl Rules {
    /// Returns the id in files and text ids.
    pub fn id(self) -> &'static str {
        match self {
            Rules::Test => "test",
            Rules::Prod => "prod",
        }
    }
}

/// The id of the environment that this program simulates.
pub const SANDBOX: &str = "sandbox";

/// The ids of the environments that exist without a user's `config.toml`.
pub const BUILT_IN_IDS: [&str; 3] = ["test", "prod", SANDBOX];

/// One environment: the services that a profile is checked against.
#[derive(Debug, Clone, PartialEq)]
pub struct Environment {
    /// The id in profiles: `test`, `prod`, `sandbox`, or one from `config.toml`.
    pub id: String,
    pub rules: Rules,
    /// The issuer with its trailing slash, which is also the grant's `aud`.
    pub issuer: String,
    /// The token endpoint; `None` to take it from the issuer's metadata.
    pub token_endpoint: Option<String>,
    /// The address of the published keys; `None` to take it from the issuer's metadata.
    pub jwks: Option<String>,
    /// Customs' API, without a trailing slash; `None` to skip the Customs stages.
    pub customs: Option<String>,
    /// The address of Samarbeidsportalen's self-service; empty if an environment of the user's own names none.
    pub portal: String,
    /// The base of Samarbeidsportalen's API, without a slash at the end. Its scope list is open.
    pub self_service: Option<String>,
    /// Addresses that a firewall must allow.
    pub addresses: Vec<String>,
    /// A root certificate to trust besides the system's.
    pub ca_file: Option<PathBuf>,
    /// True for the environment that this program simulates.
    pub sandbox: bool,
}

impl Environment {
    /// Returns test or production.
    pub fn of(rules: Rules) -> Environment {
        // Cannot fail: a unit test checks that both are in the table.
        let known = BUILT_IN
            .environment
            .iter()
            .find(|known| known.id == rules)
            .expect("both environments are known");
        Environment {
            id: rules.id().to_owned(),
            rules,
            issuer: known.issuer.clone(),
            token_endpoint: Some(known.token_endpoint.clone()),
            jwks: Some(known.jwks.clone()),
            customs: Some(known.customs.clone()),
            portal: known.portal.clone(),
            self_service: Some(known.self_service.clone()),
            addresses: known.addresses.clone(),
            ca_file: None,
            sandbox: false,
        }
    }

    /// Returns an environment at another address that follows the rules of test or production. Of the original's
    /// addresses only the portal is kept.
    pub fn like(rules: Rules, id: &str, issuer: &str) -> Environment {
        Environment {
            id: id.to_owned(),
            issuer: issuer.to_owned(),
            token_endpoint: None,
            jwks: None,
            customs: None,
            self_service: None,
            addresses: Vec::new(),
            ..Environment::of(rules)
        }
    }
}

/// Returns whether an address is this computer's own, the only one that may be plain `http`.
///
/// Of names only `localhost` counts: resolvers need not treat names below it as loopback (RFC 6761, section 6.3).
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Returns the address of Digdir's status page.
pub fn status_page() -> &'static str {
    &BUILT_IN.status
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_and_production_are_in_the_table() {
        for rules in [Rules::Test, Rules::Prod] {
            let environment = Environment::of(rules);
            assert!(environment.issuer.ends_with('/'), "the audience has a trailing slash");
            assert!(environment.customs.is_some_and(|customs| !customs.ends_with('/')));
        }
    }
}
