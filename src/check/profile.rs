//! The profile stage: is the profile complete, and are its scopes of the business's kind? Nothing is read or sent.

use super::{Run, StageError, StageOutput};
use crate::{
    diagnosis::StageFailure, journey::services::branch_of_scope, profile::progress::missing_for_check,
    report::StageFacts,
};

pub(super) fn check(run: &mut Run) -> Result<StageOutput<()>, StageError> {
    let missing = missing_for_check(run.profile);
    if !missing.is_empty() {
        return Err(StageFailure::Incomplete(missing).into());
    }
    for scope in &run.profile.client.scopes {
        let branch = branch_of_scope(scope);
        if branch.is_some() && branch != run.profile.business.kind {
            return Err(StageFailure::WrongBranch(scope.clone()).into());
        }
    }
    Ok(StageOutput::passed(StageFacts::Nothing, ()))
}
