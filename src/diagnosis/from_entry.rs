//! Diagnoses made of an entry of the table alone.

use super::{
    Diagnosis, Received,
    classify::text_args::{self, VARIANT},
    table::{self, DiagnosisEntry, UNKNOWN},
};
use crate::journey::Who;

/// The address of Maskinporten's errors, before the code.
const ERRORS: &str = "https://maskinporten.no/errors/";

/// Returns the entry for what is not known.
pub(super) fn unknown() -> &'static DiagnosisEntry {
    table::known("unknown").unwrap_or(&table::table()[0])
}

/// Returns the diagnosis of an entry, with the code and the response if there are any.
pub(super) fn diagnosis(known: &DiagnosisEntry, code: Option<String>, received: Option<Received>) -> Diagnosis {
    Diagnosis {
        id: known.id.clone(),
        // A pasted response keeps its own code; a bare id gets the entry's.
        code: code.or_else(|| {
            known
                .codes
                .first()
                .or(known.also.first())
                .cloned()
                .filter(|_| received.is_none())
        }),
        stage: known.stage,
        who: known.who,
        step: known.step.clone(),
        fix_at: known.fix_at.clone(),
        contradicts: Vec::new(),
        trace_id: received.as_ref().and_then(Received::trace_id),
        received,
        findings: Vec::new(),
        args: text_args::defaults(),
        scopes: Vec::new(),
        others: Vec::new(),
    }
}

/// Returns the address of the page about a code: the one that was received, if there is one.
pub(super) fn page_of(code: &str, error_uri: Option<&str>) -> String {
    error_uri.map_or_else(|| format!("{ERRORS}{code}"), str::to_owned)
}

/// Adapts `unknown` to a code of Maskinporten: the page of one that klarert does not know tells the cause. One that it knows
/// stands in front of many sentences, and klarert does not know this one.
pub(super) fn of_unknown_code(found: Diagnosis) -> Diagnosis {
    let Some(code) = found.code.as_ref().filter(|_| found.id == UNKNOWN) else {
        return found;
    };
    if table::by_code(code).is_some() {
        let args = found.args.clone().with(VARIANT, "opening");
        return Diagnosis { args, ..found };
    }
    let uri = found
        .received
        .as_ref()
        .and_then(|received| received.error_uri.as_deref());
    let url = page_of(code, uri);
    let args = found.args.clone().with(VARIANT, "code").with("url", url);
    Diagnosis {
        who: Who::You,
        args,
        ..found
    }
}
