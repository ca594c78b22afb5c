//! The Norwegian authorities, from `assets/issuers.toml`. Pure.

use std::sync::LazyLock;

use serde::Deserialize;

use super::IssuedFor;
use crate::journey::Rules;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    // A test reads the same bytes, so that this cannot fail where it has passed.
    toml::from_str(include_str!("../../assets/issuers.toml")).expect("assets/issuers.toml is well formed")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "checked")]
    _checked: toml::value::Datetime,
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

/// The environment that the issuer with this key works for.
pub fn environment(key_identifier: &[u8]) -> IssuedFor {
    let written = hex(key_identifier);
    match TABLE.issuer.iter().find(|issuer| issuer.key_identifier == written) {
        Some(issuer) => match issuer.environment {
            Rules::Test => IssuedFor::Test,
            Rules::Prod => IssuedFor::Prod,
        },
        None => IssuedFor::Unknown,
    }
}

/// Whether the key is that of a root: a chain need not go further.
pub fn is_root(key_identifier: &[u8]) -> bool {
    let written = hex(key_identifier);
    TABLE.root.iter().any(|root| root.key_identifier == written)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_is_whole() {
        let issuers = TABLE.issuer.iter().map(|issuer| &issuer.key_identifier);
        let roots = TABLE.root.iter().map(|root| &root.key_identifier);
        let all: Vec<_> = issuers.chain(roots).collect();
        assert_eq!(
            all.iter().collect::<BTreeSet<_>>().len(),
            all.len(),
            "a key is one authority's"
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
