//! Diagnosis of failures: the cause, the fix, who must act and the step of the wizard that fixes it. Pure. The table is
//! `assets/diagnoses.toml`, the texts are `diagnosis-<id>` with `.cause` and `.fix` (a line each) in `text/*/diagnosis.ftl`.
//!
//! [`classify()`] evaluates an [`Evidence`] and the [`StageFailure`] it ended in; [`interpret()`] and [`parse_pasted()`]
//! evaluate pasted text.

mod classify;
mod evidence;
mod interpret;
mod normalise;
mod parse_pasted;
mod phrase;
mod received;
mod recognise;
mod redact;
mod render;
mod stage;
mod table;
mod transport;

use crate::{
    certificate::Finding,
    journey::Who,
    text::{Args, Texts},
};

pub use classify::text_args::NAMES as ARGUMENTS;
pub use classify::{classify, is_about_scope};
pub use evidence::{Difference, Evidence, ScopeFacts, StageFailure};
pub use interpret::{Interpretation, bare_trace_id, interpret, parse_pasted};
pub use received::{Malformed, Received, clean};
pub use redact::redact_secret;
pub use stage::Stage;
pub use table::{DiagnosisEntry, known, table};
pub use transport::TransportError;

/// An item of a checklist that a result contradicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The item, as `step.item`.
    pub item: String,
    /// Ticked although it is not done; or not ticked, which explains the result.
    pub is_ticked: bool,
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
