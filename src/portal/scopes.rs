//! The scopes of a profile: which of them are granted, and which are missing on its client.

use super::{Portal, PortalError, answer::ClientObject};
use crate::{maskinporten::scope_list::ScopeList, profile::Profile};

/// The scopes of a profile, by whether the API accepts them on a client.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScopeStates {
    pub granted: Vec<String>,
    pub not_granted: Vec<String>,
}

/// Requests which scopes of a profile are granted. A scope that all organisations have access to counts as granted.
pub fn states(portal: &mut Portal, profile: &Profile) -> Result<ScopeStates, PortalError> {
    let grants = portal.grants()?;
    let is_granted = |scope: &String| grants.iter().any(|grant| grant.is_approved() && grant.scope == *scope);
    let mut states = ScopeStates::default();
    let mut list: Option<Option<ScopeList>> = None;
    for scope in &profile.client.scopes {
        let mut is_open = || {
            let list = list.get_or_insert_with(|| portal.scope_list());
            list.as_ref().is_some_and(|list| list.is_open(scope))
        };
        match is_granted(scope) || is_open() {
            true => states.granted.push(scope.clone()),
            false => states.not_granted.push(scope.clone()),
        }
    }
    Ok(states)
}

/// The change of a client's scopes.
#[derive(Debug, Clone, PartialEq)]
pub struct ScopesPlan {
    pub client: ClientObject,
    /// The scopes that the client lacks, and that are granted.
    pub added: Vec<String>,
    /// The scopes that the client lacks, and that are not granted.
    pub not_granted: Vec<String>,
}

/// Plans to put the granted scopes of a profile on its client, whose id is `client`.
pub fn plan(portal: &mut Portal, profile: &Profile, client: &str) -> Result<ScopesPlan, PortalError> {
    let client = portal.client(client)?;
    let states = states(portal, profile)?;
    let lacks = |scope: &String| !client.client.scopes.contains(scope);
    Ok(ScopesPlan {
        added: states.granted.into_iter().filter(lacks).collect(),
        not_granted: states.not_granted.into_iter().filter(lacks).collect(),
        client,
    })
}
