//! Norwegian certificate authorities and their key identifiers, from `assets/issuers.toml`. Pure.

use std::sync::LazyLock;

use serde::Deserialize;

use super::IssuedFor;
use crate::{assets, journey::Rules};

/// The beginning of the names of the sandbox's authorities.
pub const SANDBOX_PREFIX: &str = "Klarert Demo ";

static TABLE: LazyLock<Table> = LazyLock::new(|| assets::parse("issuers.toml"));

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "checked")]
    _checked: String,
    issuer: Vec<Issuer>,
    root: Vec<Root>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Issuer {
    #[serde(rename = "name")]
    _name: String,
    environment: Rules,
    key_identifier: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Root {
    #[serde(rename = "name")]
    _name: String,
    key_identifier: String,
}

/// Returns the environment that the authority with this subject key identifier issues for.
pub fn environment(key_identifier: &[u8]) -> IssuedFor {
    let identifier = hex(key_identifier);
    match TABLE.issuer.iter().find(|issuer| issuer.key_identifier == identifier) {
        Some(issuer) => match issuer.environment {
            Rules::Test => IssuedFor::Test,
            Rules::Prod => IssuedFor::Prod,
        },
        None => IssuedFor::Unknown,
    }
}

/// Returns true if the key identifier is that of a root, where a chain ends.
pub fn is_root(key_identifier: &[u8]) -> bool {
    let identifier = hex(key_identifier);
    TABLE.root.iter().any(|root| root.key_identifier == identifier)
}

/// Returns true if the authority with this common name is one of the sandbox.
pub fn is_sandbox(common_name: &str) -> bool {
    common_name.starts_with(SANDBOX_PREFIX)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn key_identifiers_are_unique_sha1_in_upper_case_hex() {
        let issuers = TABLE.issuer.iter().map(|issuer| &issuer.key_identifier);
        let roots = TABLE.root.iter().map(|root| &root.key_identifier);
        let all: Vec<_> = issuers.chain(roots).collect();
        assert_eq!(
            all.iter().collect::<BTreeSet<_>>().len(),
            all.len(),
            "two authorities share a key identifier"
        );
        for identifier in all {
            assert_eq!(identifier.len(), 40, "SHA-1: {identifier}");
            assert!(
                identifier
                    .bytes()
                    .all(|c| c.is_ascii_digit() || (b'A'..=b'F').contains(&c))
            );
        }
    }
}
