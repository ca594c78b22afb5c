//! Recognition of causes in a text, by specificity.
//!
//! A text has descriptions: an object, an element of a list, an HTTP answer, a line of a log with those that continue it. Each
//! names one cause. An error is a chain of sentences from the general to the specific, and so is a chain of exceptions: the
//! last one that is known names the cause. [`Strength`] has the order: what Maskinporten, Customs or the portal answered
//! outweighs what carried it, such as a gateway or a web page, wherever both are in one message.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use super::{
    Stage,
    blocks::strongest_of_blocks,
    cause::{Candidate, Cause, without_duplicates},
    description::{causes_of_description, is_followed_by_sentence},
    elements::Elements,
    hits::{Hit, hits},
    lines::{Line, lines},
    other_service::Surroundings,
    own_report, status_answer,
    table::{self, DiagnosisEntry, PhraseEntry, Strength, UNKNOWN},
    trace_id::{TraceId, trace_ids_in},
    values::{names_customs_path, names_key_file},
};

/// Returns the cause of one refusal, among the entries that `applies` accepts. `code` is Maskinporten's.
pub(super) fn cause_of_refusal(
    description: &str,
    code: Option<&str>,
    applies: impl Fn(&DiagnosisEntry) -> bool,
) -> Option<&'static DiagnosisEntry> {
    let phrases: Vec<(Hit, &PhraseEntry)> = hits(description)
        .into_iter()
        .filter_map(|hit| Some((hit.clone(), hit.phrase()?)))
        .filter(|(_, phrase)| applies(phrase.diagnosis()))
        .collect();
    let is_specific = |(_, phrase): &&(Hit, &'static PhraseEntry)| !phrase.is_general();
    let specific = phrases.iter().filter(is_specific);
    if let Some((_, phrase)) = specific.max_by_key(|(hit, phrase)| (phrase.strength, hit.at.start)) {
        return Some(phrase.diagnosis());
    }
    let by_code = code.and_then(table::by_code);
    let general = phrases.last();
    let unfinished =
        general.is_some_and(|(hit, _)| is_followed_by_sentence(description, hit.at.end, description.len()));
    match (by_code, general) {
        // The code of the general sentence says no more than the sentence does.
        (Some(entry), _) if !(unfinished && entry.is_general()) => Some(entry),
        (None, Some((_, phrase))) if !unfinished => Some(phrase.diagnosis()),
        _ => None,
    }
}

/// Returns the causes in a text, in order and without duplicates.
pub(super) fn causes(text: &str) -> Vec<Cause> {
    let elements = Elements::new(text);
    let lines = lines(text);
    let mut hits = hits(text);
    let reports = own_report::find(text);
    let coverage = own_report::Coverage::new(&reports);
    hits.retain(|hit| !coverage.covers(hit.at.start, hit.code()));
    let mut found: Vec<Candidate> = Vec::new();
    for line in &lines {
        let first = hits.partition_point(|hit| hit.at.start < line.range.start);
        let end = hits.partition_point(|hit| hit.at.start < line.range.end);
        found.extend(causes_of_line(text, &hits[first..end], line, &elements));
    }
    for (number, report) in reports.into_iter().enumerate() {
        found.push(Candidate {
            strength: Strength::Refusal,
            // Nothing else in its block says more.
            block: lines.len() + number,
            event: lines.len() + number,
            element: None,
            cause: Cause::of_report(report),
        });
    }
    found.sort_by_cached_key(|candidate| candidate.cause.at.start);
    let found = strongest_of_blocks(text, found).into_iter();
    let mut causes = without_duplicates(text, found.map(|candidate| candidate.cause));
    // An error of another service says nothing beside a known one.
    if causes.iter().any(|cause| cause.id() != UNKNOWN) {
        causes.retain(|cause| cause.id() != UNKNOWN || cause.code.is_some());
    }
    causes
}

/// Returns the causes that a line names: one for each description in it.
fn causes_of_line(text: &str, hits: &[Hit], line: &Line, elements: &Elements) -> Vec<Candidate> {
    let mut of_elements: BTreeMap<Option<usize>, Vec<&Hit>> = BTreeMap::new();
    // No other service sends the address of one of Maskinporten's errors.
    let is_of_maskinporten = hits.iter().any(Hit::is_of_maskinporten);
    let is_of_other =
        |hit: &Hit| is_of_maskinporten && hit.phrase().is_some_and(|phrase| phrase.diagnosis().id == UNKNOWN);
    let is_beside_file = |hit: &Hit| hit.phrase().is_some_and(|phrase| phrase.beside_key_file);
    let names_key_file = hits.iter().any(is_beside_file) && names_key_file(&text[line.range.clone()]);
    let is_of_file = |hit: &Hit| names_key_file || !is_beside_file(hit);
    let counts = |hit: &&Hit| !is_over(hit, line) && !is_of_other(hit) && is_of_file(hit);
    for hit in hits.iter().filter(counts) {
        of_elements
            .entry(elements.innermost(hit.at.start))
            .or_default()
            .push(hit);
    }
    let mut found = Vec::new();
    for (element, hits) in of_elements {
        let range = element.map_or(line.range.clone(), |number| elements.range(number));
        // An element may be of several lines.
        let traces = trace_ids_in(&text[range.clone()]);
        let is_prose = element.is_none();
        for (hits, description) in descriptions(text, &hits, range, &traces, is_prose) {
            let of_description = causes_of_description(text, hits, line, &description);
            found.extend(of_description.into_iter().map(|(strength, cause)| Candidate {
                strength,
                block: line.block,
                event: line.event,
                element,
                cause,
            }));
        }
    }
    let mut found = strongest_of_line(found, elements);
    let status_at = line.status_at.map(|at| at - line.range.start);
    if let Some(answer) = status_answer::find(&text[line.range.clone()], status_at) {
        let is_replaced = |candidate: &Candidate| {
            answer.replaces(candidate.strength, candidate.cause.id()) || is_in_answer_of_customs(text, candidate)
        };
        if found.iter().all(is_replaced) {
            found = vec![Candidate {
                strength: answer.strength,
                block: line.block,
                event: line.event,
                element: None,
                cause: answer.cause(line),
            }];
        }
    }
    let surroundings = Surroundings::new(&text[line.range.clone()]);
    let replaced = found
        .into_iter()
        .map(|candidate| match surroundings.is_of_other_service(text, &candidate) {
            true => Candidate {
                cause: candidate.cause.into_other_service(),
                ..candidate
            },
            false => candidate,
        });
    replaced.collect()
}

/// Returns whether a sentence of Maskinporten is in an object with Customs' own path: Customs checks a token in the same words.
fn is_in_answer_of_customs(text: &str, candidate: &Candidate) -> bool {
    let cause = &candidate.cause;
    let is_sentence = candidate.strength == Strength::Refusal && cause.code.is_none();
    let is_of_maskinporten = cause
        .entry
        .is_some_and(|entry| matches!(entry.stage, Stage::Token | Stage::Clock));
    candidate.element.is_some()
        && is_sentence
        && is_of_maskinporten
        && names_customs_path(&text[cause.description.clone()])
}

/// Returns whether an answer arrived after an error of the connection.
fn is_over(hit: &Hit, line: &Line) -> bool {
    let is_of_connection = |phrase: &PhraseEntry| {
        let is_weak = phrase.strength <= Strength::OtherProgram;
        is_weak && (phrase.diagnosis().stage == Stage::Network || phrase.diagnosis().id == UNKNOWN)
    };
    line.status_at.is_some_and(|status| hit.at.start < status) && hit.phrase().is_some_and(is_of_connection)
}

/// Splits what was recognised in an element at the trace ids, which end a description, and in prose between quotations.
fn descriptions<'a>(
    text: &str,
    hits: &'a [&'a Hit],
    range: Range<usize>,
    traces: &[TraceId],
    is_prose: bool,
) -> Vec<(&'a [&'a Hit], Range<usize>)> {
    let begins = |hit: &Hit| hit.phrase().is_some_and(|phrase| phrase.strength >= Strength::Opening);
    let mut found = Vec::new();
    let (mut first, mut start) = (0, range.start);
    let mut sentence: Option<&Hit> = None;
    for (number, hit) in hits.iter().enumerate().filter(|(_, hit)| begins(hit)) {
        let before = traces.partition_point(|trace| range.start + trace.at.start < hit.at.start);
        let last_trace = traces[..before].last().map(|trace| range.start + trace.at.start);
        let is_behind_trace = last_trace.is_some_and(|at| sentence.is_some_and(|sentence| sentence.at.start <= at));
        let is_quoted_anew = is_prose
            && sentence.is_some_and(|sentence| {
                let between = text.get(sentence.at.end..hit.at.start).unwrap_or_default();
                sentence.phrase_of(Strength::Refusal).is_some() && are_separate_quotations(between)
            });
        if is_quoted_anew || is_behind_trace {
            found.push((&hits[first..number], start..hit.at.start));
            (first, start) = (number, hit.at.start);
        }
        sentence = Some(hit);
    }
    found.push((&hits[first..], start..range.end));
    found
}

/// Returns whether a quotation ends between two sentences, and after some words another one begins: `…", then I got "…`.
fn are_separate_quotations(between: &str) -> bool {
    let (Some(end), Some(begin)) = (between.find('"'), between.rfind('"')) else {
        return false;
    };
    let words = between.get(end + 1..begin).unwrap_or_default();
    words.contains(char::is_alphabetic) && words.ends_with([' ', '(', '\n']) && !between.contains(['{', '}'])
}

/// Removes the causes that say less than one in an element around or inside theirs.
fn strongest_of_line(found: Vec<Candidate>, elements: &Elements) -> Vec<Candidate> {
    // The last of a chain of other programs' errors counts.
    let weight = |candidate: &Candidate| {
        let is_chain = candidate.strength <= Strength::OtherProgram;
        // The name of another service tells whose answer is beside it.
        let is_of_other = candidate.strength == Strength::Refusal && candidate.cause.id() == UNKNOWN;
        let at = if is_chain { candidate.cause.at.start } else { 0 };
        (candidate.strength, is_of_other, at)
    };
    // The line itself is around all of its elements.
    let around = |element: Option<usize>| {
        let outer = elements.around(element).map(Some);
        outer.chain(element.is_some().then_some(None))
    };
    let (mut own, mut inside) = (HashMap::new(), HashMap::new());
    for candidate in &found {
        let weight = weight(candidate);
        let raise = |known: &mut (Strength, bool, usize)| *known = (*known).max(weight);
        own.entry(candidate.element).and_modify(raise).or_insert(weight);
        for element in around(candidate.element) {
            inside.entry(element).and_modify(raise).or_insert(weight);
        }
    }
    let counts = |candidate: &Candidate| {
        let weight = weight(candidate);
        let inner = inside.get(&candidate.element).into_iter();
        let outer = around(candidate.element).filter_map(|element| own.get(&element));
        inner.chain(outer).all(|other| *other <= weight)
    };
    let counting: Vec<bool> = found.iter().map(counts).collect();
    let found = found.into_iter().zip(counting);
    found
        .filter_map(|(candidate, counts)| counts.then_some(candidate))
        .collect()
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
