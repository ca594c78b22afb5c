//! Recognition of causes in a text, by specificity.
//!
//! An error is a chain of sentences from the general to the specific, and so is a chain of exceptions: the last one that is
//! known names the cause. A general phrase, such as "Client authentication failed", precedes many causes. It counts only if
//! nothing more specific is known. Maskinporten's code is one witness: a specific phrase outweighs it, and it outweighs a
//! general one.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use super::{
    lines::{Line, lines},
    own_report::{self, OwnReport},
    phrase::Index,
    received::codes_in,
    table::{self, DiagnosisEntry, PhraseEntry},
    trace_id::trace_ids_in,
};

/// The id of the diagnosis for what is not known.
const UNKNOWN: &str = "unknown";

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(table::phrases().iter().map(|entry| &entry.phrase)));

/// A cause that was recognised in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cause {
    /// The entry; `None` if Maskinporten's code or its last sentence is not known.
    pub entry: Option<&'static DiagnosisEntry>,
    /// The phrase by which it was recognised; `None` if it was the code.
    pub phrase: Option<&'static PhraseEntry>,
    /// Maskinporten's code, if the text has one for this cause.
    pub code: Option<String>,
    /// The line of the text, with the lines that continue it.
    pub line: Range<usize>,
    /// The first and the last byte of what was recognised.
    pub at: Range<usize>,
    /// The report of klarert that names it.
    pub report: Option<OwnReport>,
}

impl Cause {
    pub fn id(&self) -> &str {
        self.entry.map_or(UNKNOWN, |entry| entry.id.as_str())
    }

    fn of_report(report: OwnReport) -> Cause {
        Cause {
            entry: Some(report.entry),
            phrase: None,
            code: report.code.clone(),
            line: report.range.clone(),
            at: report.headline.clone(),
            report: Some(report),
        }
    }
}

/// A phrase or a code at its place in a text.
#[derive(Debug, Clone)]
struct Hit {
    at: Range<usize>,
    what: Witness,
}

#[derive(Debug, Clone)]
enum Witness {
    Phrase(&'static PhraseEntry),
    Code(String),
}

impl Hit {
    fn specific(&self) -> Option<&'static PhraseEntry> {
        match self.what {
            Witness::Phrase(entry) if !entry.general => Some(entry),
            _ => None,
        }
    }

    fn general(&self) -> Option<&'static PhraseEntry> {
        match self.what {
            Witness::Phrase(entry) if entry.general => Some(entry),
            _ => None,
        }
    }

    fn code(&self) -> Option<&str> {
        match &self.what {
            Witness::Code(code) => Some(code),
            Witness::Phrase(_) => None,
        }
    }
}

/// Returns the cause of one refusal, among the entries that `applies` accepts. `code` is Maskinporten's.
pub(super) fn cause_of_refusal(
    description: &str,
    code: Option<&str>,
    applies: impl Fn(&DiagnosisEntry) -> bool,
) -> Option<&'static DiagnosisEntry> {
    let hits: Vec<Hit> = hits(description)
        .into_iter()
        .filter(|hit| match hit.what {
            Witness::Phrase(entry) => applies(entry.diagnosis()),
            Witness::Code(_) => false,
        })
        .collect();
    if let Some(phrase) = hits.iter().rev().find_map(Hit::specific) {
        return Some(phrase.diagnosis());
    }
    let by_code = code.and_then(table::by_code);
    let general = hits.iter().rfind(|hit| hit.general().is_some());
    let unfinished = general.is_some_and(|hit| is_followed_by_sentence(description, hit.at.end, description.len()));
    match (by_code, general) {
        // The code of the general sentence says no more than the sentence does.
        (Some(entry), _) if !(unfinished && entry.is_general()) => Some(entry),
        (None, Some(hit)) if !unfinished => hit.general().map(PhraseEntry::diagnosis),
        _ => None,
    }
}

/// Returns the causes in a text, in order and without duplicates.
pub(super) fn causes(text: &str) -> Vec<Cause> {
    let lines = lines(text);
    let mut found: Vec<(Strength, usize, Cause)> = Vec::new();
    let mut hits = hits(text);
    let reports = own_report::find(text);
    hits.retain(|hit| !reports.iter().any(|report| report.covers(&hit.at, hit.code())));
    for line in &lines {
        let first = hits.partition_point(|hit| hit.at.start < line.range.start);
        let end = hits.partition_point(|hit| hit.at.start < line.range.end);
        for (strength, cause) in causes_of_line(text, &hits[first..end], line) {
            found.push((strength, line.block, cause));
        }
    }
    for (number, report) in reports.into_iter().enumerate() {
        // Nothing else in its block says more.
        let block = lines.len() + number;
        found.push((Strength::Phrase, block, Cause::of_report(report)));
    }
    found.sort_by_key(|(_, _, cause)| cause.at.start);
    let mut strongest: BTreeMap<usize, Strength> = BTreeMap::new();
    for (strength, block, _) in &found {
        let known = strongest.entry(*block).or_insert(*strength);
        *known = (*known).max(*strength);
    }
    found.retain(|(strength, block, _)| strength.counts_beside(strongest[block]));
    let mut causes: Vec<Cause> = Vec::new();
    for (_, _, cause) in found {
        let is_same = |other: &Cause| other.id() == cause.id() && (cause.entry.is_some() || other.code == cause.code);
        if !causes.iter().any(is_same) {
            causes.push(cause);
        }
    }
    // An error of another service says nothing beside a known one.
    if causes.iter().any(|cause| cause.id() != UNKNOWN) {
        causes.retain(|cause| cause.id() != UNKNOWN || cause.code.is_some());
    }
    causes
}

/// How specific a witness is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    GeneralPhrase,
    /// A code that is sent with a general phrase.
    GeneralCode,
    Code,
    Phrase,
}

impl Strength {
    /// Returns whether a witness counts beside the strongest one of its block.
    fn counts_beside(self, strongest: Strength) -> bool {
        match self {
            Strength::GeneralPhrase => strongest == Strength::GeneralPhrase,
            Strength::GeneralCode => strongest < Strength::Phrase,
            Strength::Code | Strength::Phrase => true,
        }
    }
}

/// Returns the causes that one line names. Several only if it has nothing but codes.
fn causes_of_line(text: &str, hits: &[Hit], line: &Line) -> Vec<(Strength, Cause)> {
    let code = hits.iter().find_map(|hit| hit.code()).map(str::to_owned);
    let cause = |entry, phrase, code, at: &Range<usize>| Cause {
        entry,
        phrase,
        code,
        line: line.range.clone(),
        at: at.clone(),
        report: None,
    };
    if let Some((hit, phrase)) = hits.iter().rev().find_map(|hit| Some((hit, hit.specific()?))) {
        return vec![(
            Strength::Phrase,
            cause(Some(phrase.diagnosis()), Some(phrase), code, &hit.at),
        )];
    }
    let mut generals = hits.iter().rev().filter_map(|hit| Some((hit, hit.general()?)));
    // A message of which only the subject is known says less than any other.
    let is_known = |(_, phrase): &(&Hit, &PhraseEntry)| phrase.diagnosis().id != UNKNOWN;
    let general = generals.clone().find(is_known).or_else(|| generals.next());
    let end_of_description = trace_ids_in(&text[line.range.clone()])
        .first()
        .map(|trace| line.range.start + trace.at.start);
    let unfinished = general.is_some_and(|(hit, phrase)| {
        let end = end_of_description.filter(|end| *end >= hit.at.end);
        // What was recognised may reach into the next line.
        let rest = &text[hit.at.end..line.range.end.max(hit.at.end)];
        let end = end.or_else(|| rest.find('"').map(|end| hit.at.end + end));
        let is_followed = match end {
            Some(end) => is_followed_by_sentence(text, hit.at.end, end),
            None => begins_with_sentence(rest.lines().next().unwrap_or_default()),
        };
        phrase.is_refusal() && is_followed
    });
    let mut causes: Vec<(Strength, Cause)> = Vec::new();
    for hit in hits {
        let Some(code) = hit.code() else { continue };
        let entry = table::by_code(code).filter(|entry| !(unfinished && entry.is_general()));
        let strength = match entry {
            Some(entry) if entry.is_general() => Strength::GeneralCode,
            _ => Strength::Code,
        };
        causes.push((strength, cause(entry, None, Some(code.to_owned()), &hit.at)));
    }
    if let (true, Some((hit, phrase))) = (causes.is_empty(), general) {
        let entry = (!unfinished).then(|| phrase.diagnosis());
        causes.push((Strength::GeneralPhrase, cause(entry, Some(phrase), None, &hit.at)));
    }
    causes
}

/// Returns whether another sentence stands between a general one and the end of the description.
fn is_followed_by_sentence(text: &str, from: usize, to: usize) -> bool {
    let rest = &text[from..to];
    let end = trace_ids_in(rest).first().map_or(rest.len(), |trace| trace.at.start);
    rest[..end].chars().filter(|c| c.is_alphabetic()).count() > 2
}

/// Returns whether the rest of a line begins with a sentence, and not with a part of a log line.
fn begins_with_sentence(rest: &str) -> bool {
    let sentence = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let words = sentence
        .split_whitespace()
        .take_while(|word| word.chars().any(char::is_alphabetic));
    sentence.starts_with(char::is_uppercase) && !sentence.starts_with("MP") && words.count() > 1
}

/// Returns the phrases and codes in a text, in order. What is part of a longer match is dropped.
fn hits(text: &str) -> Vec<Hit> {
    let phrases = table::phrases();
    let mut found: Vec<(usize, Range<usize>)> = INDEX.find(text, |number| &phrases[number].phrase);
    // The longest first at each start; of equal ones the one with more literal text.
    found.sort_by_key(|(number, at)| {
        let literal = phrases[*number].phrase.literal_len();
        (at.start, std::cmp::Reverse((at.end, literal)))
    });
    let mut hits: Vec<Hit> = Vec::new();
    // A general phrase does not cover a specific one.
    let (mut covered_to, mut covered_by_specific_to) = (0, 0);
    for (number, at) in found {
        let phrase = &phrases[number];
        let covered = if phrase.general {
            covered_to
        } else {
            covered_by_specific_to
        };
        if at.end > covered {
            covered_to = covered_to.max(at.end);
            if !phrase.general {
                covered_by_specific_to = at.end;
            }
            hits.push(Hit {
                at,
                what: Witness::Phrase(phrase),
            });
        }
    }
    for (code, at) in codes_in(text) {
        let covered = |hit: &Hit| hit.specific().is_some() && hit.at.start <= at.start && at.end <= hit.at.end;
        if !hits.iter().any(covered) {
            hits.push(Hit {
                at,
                what: Witness::Code(code),
            });
        }
    }
    // What is known to be no error has served to cover other phrases.
    hits.retain(|hit| !matches!(hit.what, Witness::Phrase(entry) if entry.is_no_error()));
    hits.sort_by_key(|hit| hit.at.start);
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<String> {
        causes(text).iter().map(|cause| cause.id().to_owned()).collect()
    }

    const OPENING: &str = "Invalid assertion. Client authentication failed.";

    #[test]
    fn last_known_sentence_names_the_cause() {
        for (text, found) in [
            (OPENING.to_owned(), &["client-unknown"][..]),
            (
                format!("{OPENING} Expired key (trace_id: 35666614aa)"),
                &["key-expired"],
            ),
            (format!("{OPENING} Expired key. MP-100"), &["key-expired"]),
            (format!("{OPENING} MP-121"), &["key-expired"]),
            (format!("{OPENING} Full moon. (trace_id: 35666614aa)"), &["unknown"]),
            (
                format!("{OPENING} Full moon. (trace_id: 35666614aa) MP-100"),
                &["unknown"],
            ),
            (format!("{OPENING}\nExpired key"), &["key-expired"]),
            (
                format!("{OPENING} (trace_id: 35666614aa)\nExpired key"),
                &["client-unknown", "key-expired"],
            ),
            (
                format!("10:00:00 {OPENING}\n10:00:01 Expired key"),
                &["client-unknown", "key-expired"],
            ),
            (
                "connection refused\nno such host\nconnection refused".to_owned(),
                &["connection-refused", "name-not-found"],
            ),
            (
                "connection refused\n  caused by: no such host".to_owned(),
                &["name-not-found"],
            ),
            ("MP-100, MP-999".to_owned(), &["client-unknown", "unknown"]),
        ] {
            assert_eq!(ids(&text), found, "{text}");
        }
    }

    #[test]
    fn refusal_is_classified_by_its_last_sentence_then_its_code() {
        for (description, code, id) in [
            (OPENING, None, Some("client-unknown")),
            (OPENING, Some("MP-100"), Some("client-unknown")),
            (OPENING, Some("MP-122"), Some("organisation-mismatch")),
            (
                "Invalid assertion. Client authentication failed. Full moon.",
                Some("MP-100"),
                None,
            ),
            (
                "Invalid assertion. Client authentication failed. Full moon.",
                Some("MP-122"),
                Some("organisation-mismatch"),
            ),
            (
                "Invalid assertion. Client authentication failed. JWT is expired",
                Some("MP-100"),
                Some("grant-expired"),
            ),
            ("", Some("MP-250"), Some("scope-not-granted")),
            ("Full moon", None, None),
        ] {
            let found = cause_of_refusal(description, code, |_| true).map(|entry| entry.id.as_str());
            assert_eq!(found, id, "{description} {code:?}");
        }
    }
}
