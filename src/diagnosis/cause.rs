//! A cause that was recognised in a text, and what decides whether it counts beside others.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::{
    Stage,
    own_report::OwnReport,
    service::{Service, names_other_path, service_of},
    table::{DiagnosisEntry, PhraseEntry, Strength, UNKNOWN, known},
    values::{host_in, is_scope, names_other_port, words},
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
    /// Who must act, if it is another than the diagnosis has.
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

impl Candidate {
    /// Returns whether another service than ours is named beside the answer or the connection: its host, or the port or the path
    /// of a weak one. The description tells before the line.
    pub fn is_of_other_service(&self, text: &str) -> bool {
        let cause = &self.cause;
        let is_own = cause.id().starts_with("portal-") || (cause.id() == "terms-not-signed" && cause.phrase.is_some());
        if cause.code.is_some() || cause.report.is_some() || is_own {
            return false;
        }
        let (line, description) = (&text[cause.line.clone()], &text[cause.description.clone()]);
        let is_weak = self.strength <= Strength::OtherProgram;
        let stage = cause.entry.map_or(Stage::Token, |entry| entry.stage);
        if cause.variant == Some("proxy") || stage < Stage::Network {
            return false;
        }
        if stage == Stage::Network || cause.entry.is_some_and(|entry| entry.id == UNKNOWN) {
            return is_weak && host_in(line).is_none() && names_other_port(line);
        }
        let service = service_of(description).or_else(|| service_of(line));
        let is_other_scope =
            cause.id() == "customs-not-authorised" && service.is_none() && names_other_scope(text, cause);
        // The address of the caller's own program often stands before a refusal.
        let is_own_chain = description.to_lowercase().contains(OWN_OPENING) && !names_token_address(line);
        (service == Some(Service::Other) && !is_own_chain)
            || is_other_scope
            || (is_weak && service.is_none() && names_other_path(line))
    }
}

/// The opening sentence of Maskinporten's refusals.
const OWN_OPENING: &str = "invalid assertion";

/// Returns whether a text has the address of a token service or of an error.
fn names_token_address(text: &str) -> bool {
    ["/token", "/oauth", "/connect", "error_uri"]
        .iter()
        .any(|part| text.contains(part))
}

/// Returns whether the sentence of Customs' refusal goes on with something else than a scope of Customs.
fn names_other_scope(text: &str, cause: &Cause) -> bool {
    let rest = &text[cause.at.end..cause.description.end.max(cause.at.end)];
    let sentence = rest.split(['(', '{', '}', '\n']).next().unwrap_or_default();
    let word = words(sentence).find(|word| !word.is_empty()).unwrap_or_default();
    word.contains([':', '.', '/', '_']) || OPENID_SCOPES.contains(&word)
}

/// Scopes of OpenID Connect, which have no owner in their name.
const OPENID_SCOPES: [&str; 4] = ["openid", "profile", "email", "roles"];

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
