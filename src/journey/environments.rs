//! Where Maskinporten, Customs and the portal are: test and production from `assets/environments.toml`, others from
//! a user's `config.toml` or from the sandbox.

use std::{path::PathBuf, sync::LazyLock};

use serde::Deserialize;
use url::{Host, Url};

static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| {
    // A test reads the same bytes, so that this cannot fail where it has passed.
    toml::from_str(include_str!("../../assets/environments.toml")).expect("assets/environments.toml is well formed")
});

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct BuiltIn {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "checked")]
    _checked: toml::value::Datetime,
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
    addresses: Vec<String>,
}

/// Whose rules hold: which certificates are taken, which portal is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rules {
    Test,
    Prod,
}

impl Rules {
    pub fn id(self) -> &'static str {
        match self {
            Rules::Test => "test",
            Rules::Prod => "prod",
        }
    }
}

/// The id of the environment that this program serves itself.
pub const SANDBOX: &str = "sandbox";

/// A place to be onboarded to.
#[derive(Debug, Clone, PartialEq)]
pub struct Environment {
    /// As a profile names it: `test`, `prod`, `sandbox`, or one from `config.toml`.
    pub id: String,
    pub rules: Rules,
    /// The issuer, which is also the grant's `aud`, with its slash.
    pub issuer: String,
    /// The token endpoint; taken from the issuer's metadata where it is not said.
    pub token_endpoint: Option<String>,
    /// The published keys; taken from the issuer's metadata where they are not said.
    pub jwks: Option<String>,
    /// Customs' API, without a slash at the end; without it the Customs stages are skipped.
    pub customs: Option<String>,
    /// Samarbeidsportalen's self-service.
    pub portal: String,
    /// Addresses that a firewall must let through.
    pub addresses: Vec<String>,
    /// A root certificate trusted besides the system's.
    pub ca_file: Option<PathBuf>,
    /// The environment that this program itself serves.
    pub sandbox: bool,
}

impl Environment {
    /// Test or production, as they are.
    pub fn of(rules: Rules) -> Environment {
        // A test holds that both are in the table.
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
            addresses: known.addresses.clone(),
            ca_file: None,
            sandbox: false,
        }
    }

    /// One that follows the rules of test or production but is somewhere else: nothing of the original's addresses
    /// is kept but the portal.
    pub fn like(rules: Rules, id: &str, issuer: &str) -> Environment {
        Environment {
            id: id.to_owned(),
            issuer: issuer.to_owned(),
            token_endpoint: None,
            jwks: None,
            customs: None,
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

/// Digdir's page on how its services are doing.
pub fn status_page() -> &'static str {
    &BUILT_IN.status
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_and_production_are_known() {
        for rules in [Rules::Test, Rules::Prod] {
            let environment = Environment::of(rules);
            assert!(environment.issuer.ends_with('/'), "the audience has its slash");
            assert!(environment.customs.is_some_and(|customs| !customs.ends_with('/')));
        }
    }
}
