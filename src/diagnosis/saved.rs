//! The diagnosis of a check that is saved with its profile: its id, its code, and who must act.

use super::{Diagnosis, parse_pasted, refused_scope};
use crate::{
    journey::Who,
    profile::{Kind, LastCheck, Profile},
};

/// Returns the diagnosis of a failed check.
pub fn of_last_check(last: &LastCheck, profile: &Profile) -> Diagnosis {
    let named = last.diagnosis.as_deref().or(last.code.as_deref());
    let mut found = parse_pasted(named.unwrap_or("unknown"));
    // The code is the id if Maskinporten sent none.
    found.code = last.code.clone().filter(|code| *code != found.id);
    let is_foreign = profile.business.kind == Some(Kind::Foreign);
    if let Some(scope) = profile.client.scopes.first().filter(|_| is_foreign) {
        found.args = found.args.with("scope", scope);
        found = refused_scope::by_owner(found, scope);
    }
    let who = last.who.as_deref();
    if let Some(who) = who.and_then(|id| Who::ALL.into_iter().find(|who| who.id() == id)) {
        found.who = who;
    }
    found.trace_id.clone_from(&last.trace_id);
    found
}
