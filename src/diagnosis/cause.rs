//! A cause that was recognised in a text, and what decides whether it counts beside others.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::{
    own_report::OwnReport,
    table::{DiagnosisEntry, PhraseEntry, Strength, UNKNOWN, known},
    values::{is_scope, words},
};
use crate::journey::Who;

/// The diagnoses that are about one scope.
const ABOUT_SCOPE: [&str; 4] = [
    "scope-not-on-client",
    "scope-not-granted",
    "not-delegated",
    "customs-not-authorised",
];

/// A cause that was recognised in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cause {
    /// The entry; `None` if Maskinporten's code or its last sentence is not known.
    pub entry: Option<&'static DiagnosisEntry>,
    /// The phrase by which it was recognised; `None` if it was the code.
    pub phrase: Option<&'static PhraseEntry>,
    /// The variant of the diagnosis's text.
    pub variant: Option<&'static str>,
    /// The party that must act, if it is another than the diagnosis has.
    pub who: Option<Who>,
    /// Maskinporten's code, if the text has one for this cause.
    pub code: Option<String>,
    /// The line of the text, with the lines that continue it.
    pub line: Range<usize>,
    /// The description: the object or element of the line, else the line.
    pub description: Range<usize>,
    /// The first and the last byte of what was recognised.
    pub at: Range<usize>,
    /// The report of klarert that names it.
    pub report: Option<OwnReport>,
}

impl Cause {
    pub fn id(&self) -> &str {
        self.entry.map_or(UNKNOWN, |entry| entry.id.as_str())
    }

    /// Replaces what was recognised by an answer or a connection of another service.
    pub fn into_other_service(self) -> Cause {
        Cause {
            entry: known(UNKNOWN),
            phrase: None,
            variant: Some("other-service"),
            who: Some(Who::Provider),
            ..self
        }
    }

    pub fn of_report(report: OwnReport) -> Cause {
        Cause {
            entry: Some(report.entry),
            phrase: None,
            variant: None,
            who: None,
            code: report.code.clone(),
            line: report.range.clone(),
            description: report.range.clone(),
            at: report.headline.clone(),
            report: Some(report),
        }
    }
}

/// A cause with what decides whether it counts beside others.
pub(super) struct Candidate {
    pub strength: Strength,
    pub block: usize,
    pub event: usize,
    /// The element; `None` for the line itself.
    pub element: Option<usize>,
    pub cause: Cause,
}

/// Removes the causes that say the same as one before them. The same refusal of another scope is another error.
pub(super) fn without_duplicates(text: &str, causes: impl Iterator<Item = Cause>) -> Vec<Cause> {
    let mut seen: HashMap<(String, Option<String>), HashSet<Option<String>>> = HashMap::new();
    causes
        .filter(|cause| {
            let code = cause.code.clone().filter(|_| cause.entry.is_none());
            let scopes = seen.entry((cause.id().to_owned(), code)).or_default();
            let scope = scope_after(text, cause).map(str::to_lowercase);
            let is_known = scopes.contains(&None) || (scope.is_none() && !scopes.is_empty());
            !is_known && scopes.insert(scope)
        })
        .collect()
}

/// Returns the scope that is refused, after what was recognised of a cause that is about one.
fn scope_after<'a>(text: &'a str, cause: &Cause) -> Option<&'a str> {
    if !ABOUT_SCOPE.contains(&cause.id()) || cause.report.is_some() {
        return None;
    }
    // A phrase may end in the prefix of a scope.
    let from = text[..cause.at.end].trim_end_matches("toll:").len();
    words(text.get(from..cause.description.end)?).find(|word| is_scope(word))
}
