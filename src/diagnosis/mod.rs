//! Diagnosis of failures: the cause, the fix, who must act and the step of the wizard that fixes it. Pure. The table is
//! `assets/diagnoses.toml`, the texts are `diagnosis-<id>` with `.cause` and `.fix` (a line each) in `text/*/diagnosis.ftl`.
//!
//! [`classify()`] evaluates an [`Evidence`] and the [`StageFailure`] it ended in; [`interpret()`] and [`parse_pasted()`]
//! evaluate pasted text.

mod address_users;
mod blocks;
mod cause;
mod classify;
mod codes;
mod command_secrets;
mod description;
mod elements;
mod evidence;
mod explain;
mod from_entry;
mod hits;
mod http_status;
mod labels;
mod lines;
mod normalise;
mod other_service;
mod own_report;
mod parse_pasted;
mod part;
mod password_pairs;
mod password_value;
mod password_words;
mod passwords;
mod phrase;
mod received;
mod recognise;
mod redact;
mod refused_scope;
mod render;
mod response;
mod saved;
mod service;
mod stage;
mod status_answer;
mod table;
mod trace_id;
mod transport;
mod undescribed;
mod values;

use crate::{
    certificate::Finding,
    journey::Who,
    profile::{CheckOutcome, Kind, Profile},
    text::{Args, Texts},
};

pub use classify::text_args::NAMES as ARGUMENTS;
pub use classify::{classify, is_about_scope, names_cause};
pub use evidence::{Difference, Evidence, PortalRefusal, RefusedScope, ScopeFacts, StageFailure};
pub use explain::{Interpretation, bare_trace_id, interpret, parse_pasted};
pub use received::{Malformed, Received, clean};
pub use redact::redact_secret;
pub use saved::{of_last_check, saved_title};
pub use stage::Stage;
pub use table::{DiagnosisEntry, UNKNOWN, known, table};
pub use transport::TransportError;

/// An item of a checklist that a result contradicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The item, as `step.item`.
    pub item: String,
    /// Ticked although it is not done; or not ticked, which explains the result.
    pub is_ticked: bool,
}

/// Returns the items, as `step.item`, that were ticked before the last check and that its result contradicts.
pub fn contradicted_ticks(profile: &Profile) -> Vec<&'static str> {
    let last = profile.last_check.as_ref();
    let Some(last) = last.filter(|last| last.outcome == CheckOutcome::Failed && !profile.changed_since_check()) else {
        return Vec::new();
    };
    let is_named = |entry: &&DiagnosisEntry| {
        let name = saved::name(last.diagnosis.as_deref(), last.code.as_deref());
        name.is_some_and(|name| entry.id == name || entry.codes.iter().any(|code| code == name))
    };
    // Maskinporten has no list of foreign businesses: only Customs' refusal contradicts their ticks.
    let is_foreign = profile.business.kind == Some(Kind::Foreign);
    let found = table().iter().find(is_named);
    let items = found
        .filter(|entry| !is_foreign || entry.stage == Stage::Customs)
        .map(|entry| entry.contradicts.as_slice());
    let is_ticked = |item: &&String| profile.progress.done.get(*item).is_some_and(|at| *at <= last.at);
    let ticked = items.unwrap_or_default().iter().filter(is_ticked);
    ticked.map(String::as_str).collect()
}

/// The cause of a failure, its fix and who must act.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// Stable, in kebab case.
    pub id: String,
    /// Maskinporten's code, such as `MP-200`, if received.
    pub code: Option<String>,
    pub stage: Stage,
    pub who: Who,
    /// The step of the wizard that fixes it; `check` if the only fix is to wait.
    pub step: String,
    /// The field of the step, or the item as `step.item`, that fixes it. `None` if the fix is outside the wizard.
    pub fix_at: Option<String>,
    /// The items whose tick the result contradicts.
    pub contradicts: Vec<Contradiction>,
    /// The trace id, which Digdir's service desk asks for.
    pub trace_id: Option<String>,
    pub received: Option<Received>,
    /// The certificate's findings. If there are any, cause and fix are their texts.
    pub findings: Vec<Finding>,
    /// The arguments of the texts.
    pub args: Args,
    /// The scopes that a check was refused for this cause.
    pub scopes: Vec<String>,
    /// The causes of the check's other refused scopes.
    pub others: Vec<Diagnosis>,
}

/// Replaces comma-separated ids by their names. An id without a name is kept. The question mark of a name that is a
/// question is removed.
pub(crate) fn names(texts: &Texts, prefix: &str, ids: &str) -> String {
    ids.split(", ")
        .map(|id| {
            let name = texts.find(&format!("{prefix}-{id}"), &Args::new());
            name.map_or(id.to_owned(), |name| name.trim_end_matches('?').to_owned())
        })
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use time::{Duration, macros::datetime};

    use super::*;
    use crate::profile::LastCheck;

    #[test]
    fn last_check_contradicts_the_ticks_made_before_it() {
        let now = datetime!(2026-11-26 08:00 UTC);
        let mut profile = Profile::new("test", now);
        profile.business.kind = Some(Kind::Norwegian);
        for item in ["customs.form", "customs.granted", "integration.scopes"] {
            profile.progress.done.insert(item.to_owned(), now);
        }
        assert_eq!(contradicted_ticks(&profile), [""; 0]);
        let failed = |profile: &Profile, code: &str| LastCheck {
            at: now,
            outcome: CheckOutcome::Failed,
            stopped_at: Some("token".to_owned()),
            code: Some(code.to_owned()),
            diagnosis: None,
            who: None,
            trace_id: None,
            of: Some(profile.fingerprint()),
        };
        profile.last_check = Some(failed(&profile, "MP-250"));
        assert_eq!(contradicted_ticks(&profile), ["customs.granted"]);
        profile.last_check = Some(failed(&profile, "MP-200"));
        assert_eq!(contradicted_ticks(&profile), ["integration.scopes"]);

        let later = now + Duration::minutes(1);
        profile.progress.done.insert("integration.scopes".to_owned(), later);
        assert_eq!(contradicted_ticks(&profile), [""; 0], "ticked again since");

        profile.last_check = Some(failed(&profile, "MP-250"));
        profile.last_check.as_mut().unwrap().diagnosis = Some("wrong-integration-type".to_owned());
        assert_eq!(contradicted_ticks(&profile), [""; 0], "the code has several causes");

        profile.business.kind = Some(Kind::Foreign);
        profile.last_check = Some(failed(&profile, "MP-250"));
        assert_eq!(contradicted_ticks(&profile), [""; 0]);
        profile.last_check = Some(failed(&profile, "customs-not-authorised"));
        assert_eq!(contradicted_ticks(&profile), ["customs.granted"]);
        profile.client.scopes = vec!["toll:eu/movement/air".to_owned()];
        assert_eq!(contradicted_ticks(&profile), [""; 0], "the answers changed");
    }
}
