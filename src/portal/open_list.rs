//! The open scope list, read within two seconds or not at all: it confirms and suggests, and its absence proves nothing.

use std::time::Duration;

use crate::{
    check::{Cancel, Connections, Limits},
    http::Http,
    journey::Environment,
    maskinporten::scope_list::{self, MAX_LIST_BYTES, ScopeList},
    profile::scope_notes::ScopeNote,
};

/// Limit for the whole request.
const MAX_DURATION: Duration = Duration::from_secs(2);
/// The variable that forbids requests that a command does not need.
const OFFLINE: &str = "KLARERT_OFFLINE";

/// Returns a note about each of these scopes that is listed, or nearly. Empty if the list cannot be read in time, or must not be
/// read.
pub fn notes(environment: &Environment, scopes: &[String]) -> Vec<ScopeNote> {
    if scopes.is_empty() || std::env::var_os(OFFLINE).is_some() {
        return Vec::new();
    }
    let Some(list) = read_briefly(environment) else {
        return Vec::new();
    };
    let noted = scopes.iter().filter_map(|scope| {
        let nearest = list.facts(scope).nearest;
        let is_listed = list.scopes().iter().any(|listed| listed.name == *scope);
        (is_listed || nearest.is_some()).then(|| ScopeNote {
            scope: scope.clone(),
            nearest,
        })
    });
    noted.collect()
}

/// Reads the list. `None` without an answer in time.
fn read_briefly(environment: &Environment) -> Option<ScopeList> {
    let url = scope_list::address(environment.self_service.as_deref()?);
    let limits = Limits {
        connect: MAX_DURATION,
        whole: MAX_DURATION,
        body: MAX_LIST_BYTES,
        ..Limits::default()
    };
    let ca_file = environment.ca_file.as_deref();
    let http = Http::open(&Connections::default(), &url, ca_file, &limits, &Cancel::default()).ok()?;
    scope_list::read(&http.get(&url, None).ok()?).ok()
}
