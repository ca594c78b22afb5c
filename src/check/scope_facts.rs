//! Facts about refused scopes, from the open scope list. Optional: without an answer in time, the check goes on without them.

use std::time::Duration;

use super::{Run, StageError, network::connect_briefly};
use crate::{
    diagnosis::ScopeFacts,
    http::RequestError,
    maskinporten::scope_list::{self, MAX_LIST_BYTES},
    text::Args,
};

/// Limit for the whole request: the list only makes a diagnosis more precise.
const MAX_DURATION: Duration = Duration::from_secs(2);

/// Reads the list and returns its facts about the refused scopes; empty if it cannot be read in time.
pub(super) fn read(run: &mut Run, scopes: &[String]) -> Result<Vec<ScopeFacts>, StageError> {
    let Some(self_service) = &run.environment.self_service else {
        return Ok(Vec::new());
    };
    run.note("note-scope-list", Args::new());
    let url = scope_list::address(self_service);
    let Ok(http) = connect_briefly(run, &url, MAX_DURATION, MAX_LIST_BYTES) else {
        return Ok(Vec::new());
    };
    match http.get(&url, None) {
        Ok(response) => Ok(scope_list::read(&response)
            .map(|list| scopes.iter().map(|scope| list.facts(scope)).collect())
            .unwrap_or_default()),
        Err(RequestError::Failed(_)) => Ok(Vec::new()),
        Err(RequestError::Cancelled) => Err(StageError::Cancelled),
    }
}
