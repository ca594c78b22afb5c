//! The diagnosis of a check that is saved with its profile: its id, its code, and who must act.

use super::{Diagnosis, classify::text_args::VARIANT, parse_pasted, refused_scope, table};
use crate::{
    journey::Who,
    profile::{Kind, LastCheck, Profile},
    text::Texts,
};

/// Returns the diagnosis of a failed check.
pub fn of_last_check(last: &LastCheck, profile: &Profile) -> Diagnosis {
    let named = name(last.diagnosis.as_deref(), last.code.as_deref());
    let mut found = parse_saved(named.unwrap_or("unknown"), last.code.as_deref());
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

/// Returns the title of a saved diagnosis. `None` if neither its id nor its code was saved.
pub fn saved_title(diagnosis: Option<&str>, code: Option<&str>, texts: &Texts) -> Option<String> {
    Some(parse_saved(name(diagnosis, code)?, code).title(texts))
}

/// Returns the diagnosis of a saved id or code. An id as the code means that Maskinporten refused nothing: klarert compared the
/// certificate with the profile, and the owner of the client is not known.
fn parse_saved(named: &str, code: Option<&str>) -> Diagnosis {
    let mut found = parse_pasted(named);
    if found.id == "organisation-mismatch" && code == Some(found.id.as_str()) {
        found.args = found.args.with(VARIANT, "certificate");
    }
    found
}

/// Returns what names a saved diagnosis: its id, since a code can have several causes. The code counts if an older version saved
/// no id, or a newer one an id that is not known here.
pub(super) fn name<'a>(diagnosis: Option<&'a str>, code: Option<&'a str>) -> Option<&'a str> {
    diagnosis.filter(|id| table::known(id).is_some()).or(code)
}
