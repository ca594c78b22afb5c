//! Whether a profile is complete for its branch, before anything is read or sent.

use super::{Done, Halt, Run};
use crate::{diagnosis::Trouble, journey::services::branch_of_scope, profile::progress::lacking, report::Seen};

pub(super) fn check(run: &mut Run) -> Result<Done<()>, Halt> {
    let missing = lacking(run.profile);
    if !missing.is_empty() {
        return Err(Trouble::Incomplete(missing).into());
    }
    for scope in &run.profile.client.scopes {
        let branch = branch_of_scope(scope);
        if branch.is_some() && branch != run.profile.business.kind {
            return Err(Trouble::WrongBranch(scope.clone()).into());
        }
    }
    Ok(Done::passed(Seen::Nothing, ()))
}
