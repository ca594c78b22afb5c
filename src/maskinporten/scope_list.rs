//! The open scope list of Samarbeidsportalen's API (docs.digdir.no, oidc_api_admin). It needs no token.
//!
//! Private scopes may be hidden, so the absence of a scope proves nothing. An entry has the spelling of a scope, whether it
//! can be delegated, and whether European businesses can have it.

use serde_json::Value;

use crate::{
    diagnosis::{ScopeFacts, StageFailure, clean},
    http::Response,
};

/// Edits by which a mistyped scope may differ from a listed one.
const MAX_EDITS: usize = 2;

/// The longest list: it has all scopes of all public bodies.
pub const MAX_LIST_BYTES: usize = 8 * 1024 * 1024;

/// The scopes that are listed.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopeList(Vec<ListedScope>);

/// A scope of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedScope {
    pub name: String,
    pub description: Option<String>,
    /// `None` if the list does not tell.
    pub supports_europeans: Option<bool>,
    pub can_be_delegated: bool,
    /// All organisations have access.
    pub is_open: bool,
}

/// Returns the address of the list, from the base of the API.
pub fn address(self_service: &str) -> String {
    format!("{self_service}/scopes/all")
}

/// Reads the response from [`address`]. Entries without a name are skipped.
///
/// # Errors
///
/// The response is not a JSON array.
pub fn read(response: &Response) -> Result<ScopeList, StageFailure> {
    if let Some(failure) = response.failure() {
        return Err(failure);
    }
    let scopes = response.json_array()?;
    let scopes = scopes.iter().filter_map(|scope| {
        Some(ListedScope {
            name: clean(scope.get("name")?.as_str()?),
            description: scope.get("description").and_then(Value::as_str).map(clean),
            is_open: scope.get("accessible_for_all").and_then(Value::as_bool) == Some(true),
            supports_europeans: scope.get("supports_european_businesses").and_then(Value::as_bool),
            can_be_delegated: scope.get("delegation_source").is_some_and(Value::is_string),
        })
    });
    Ok(ScopeList(scopes.collect()))
}

impl ScopeList {
    /// Returns the scopes, in the order of the list.
    pub fn scopes(&self) -> &[ListedScope] {
        &self.0
    }

    /// Returns whether all organisations have access to a scope.
    pub fn is_open(&self, scope: &str) -> bool {
        self.0.iter().any(|listed| listed.name == scope && listed.is_open)
    }

    /// Returns the facts about a scope.
    pub fn facts(&self, scope: &str) -> ScopeFacts {
        let listed = self.0.iter().find(|listed| listed.name == scope);
        ScopeFacts {
            scope: scope.to_owned(),
            nearest: listed.is_none().then(|| self.nearest(scope)).flatten(),
            supports_europeans: listed.and_then(|listed| listed.supports_europeans),
            can_be_delegated: listed.map(|listed| listed.can_be_delegated),
        }
    }

    fn nearest(&self, scope: &str) -> Option<String> {
        let distances = self.0.iter().map(|listed| (edits(&listed.name, scope), &listed.name));
        let nearest = distances.filter(|(edits, _)| *edits <= MAX_EDITS).min();
        nearest.map(|(_, name)| name.clone())
    }
}

/// Returns the Levenshtein distance of two scopes.
fn edits(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, wanted) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(c != *wanted);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_scope_is_within_two_edits() {
        let listed = |name: &str| ListedScope {
            name: name.to_owned(),
            description: None,
            is_open: false,
            supports_europeans: Some(true),
            can_be_delegated: false,
        };
        let list = ScopeList(vec![listed("toll:movement/air"), listed("toll:movement/rail")]);
        for (scope, nearest) in [
            ("toll:movement/rial", Some("toll:movement/rail")),
            ("toll:movemnt/air", Some("toll:movement/air")),
            ("toll:movement/entry", None),
            ("toll:movement/air", None),
        ] {
            assert_eq!(list.facts(scope).nearest.as_deref(), nearest, "{scope}");
        }
        assert_eq!(list.facts("toll:movement/air").supports_europeans, Some(true));
        assert_eq!(list.facts("toll:else").supports_europeans, None);
    }
}
