//! Lines that belong to one description: a sentence that is wrapped, or a code on a line of its own.

use std::collections::BTreeMap;

use super::{
    Stage,
    cause::Candidate,
    table::{DiagnosisEntry, FIRST_SENTENCE, PhraseEntry, Strength},
};

/// The OAuth error of the refusals that follow the opening sentences.
const ERROR_AFTER_OPENING: &str = "invalid_grant";

/// Removes the causes that say less than another one of their event or block.
pub(super) fn strongest_of_blocks(text: &str, found: Vec<Candidate>) -> Vec<Candidate> {
    let mut strongest: BTreeMap<usize, Strength> = BTreeMap::new();
    for Candidate { strength, event, .. } in &found {
        let known = strongest.entry(*event).or_insert(*strength);
        *known = (*known).max(*strength);
    }
    let counts = |at: usize| {
        let candidate = &found[at];
        let is_surrounding = candidate.strength == Strength::General && strongest[&candidate.event] > Strength::General;
        let before = at.checked_sub(1).map(|before| &found[before]);
        let is_prefix = found
            .get(at + 1)
            .is_some_and(|next| is_prefix_of(text, candidate, next));
        let is_code_of = |other: &Candidate, between: (&Candidate, &Candidate)| {
            is_code_of(candidate, other) && are_adjacent(text, between.0, between.1)
        };
        let is_code = before.is_some_and(|before| is_code_of(before, (before, candidate)))
            || found
                .get(at + 1)
                .is_some_and(|next| is_code_of(next, (candidate, next)));
        let is_named_before = candidate.strength == Strength::Opening
            && before.is_some_and(|before| {
                before.strength == Strength::Code
                    && before.cause.entry.is_some()
                    && are_adjacent(text, before, candidate)
            });
        let is_introduction = found.get(at + 1).is_some_and(|next| introduces(text, candidate, next));
        !(is_surrounding || is_prefix || is_code || is_named_before || is_introduction)
    };
    let counting: Vec<bool> = (0..found.len()).map(counts).collect();
    let found = found.into_iter().zip(counting);
    found
        .filter_map(|(candidate, counts)| counts.then_some(candidate))
        .collect()
}

/// Returns whether a line is a sentence of a person about the answer on the next line: `The connection was refused with:`. An
/// answer came, so that there was a connection. A message of a program has a number, a path or a name of several parts.
fn introduces(text: &str, line: &Candidate, answer: &Candidate) -> bool {
    let is_of_connection =
        line.strength <= Strength::OtherProgram && line.cause.entry.is_some_and(|entry| entry.stage == Stage::Network);
    let is_next = answer.element.is_some()
        && answer.strength >= Strength::Opening
        && answer.cause.line.start == line.cause.line.end;
    let sentence = &text[line.cause.line.clone()];
    let is_of_program = |word: &str| {
        let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
        !inner.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-'))
    };
    let is_quoted = sentence.contains('"');
    let mut words = sentence.split_whitespace();
    line.element.is_none() && is_of_connection && is_next && !is_quoted && !words.any(is_of_program)
}

/// Returns whether a cause on the next lines may belong to the same description.
fn are_adjacent(text: &str, first: &Candidate, next: &Candidate) -> bool {
    let between = text
        .get(first.cause.at.end..next.cause.line.start.max(first.cause.at.end))
        .unwrap_or_default();
    let is_whole_line = first.element.is_none() && next.element.is_none();
    is_whole_line
        && first.block == next.block
        && first.cause.line != next.cause.line
        && !between.contains("\n\n")
        && text[next.cause.line.clone()].starts_with(char::is_alphabetic)
}

/// Returns whether an opening sentence is continued on the next line.
fn is_prefix_of(text: &str, opening: &Candidate, next: &Candidate) -> bool {
    if opening.strength != Strength::Opening || next.strength < Strength::Opening || !are_adjacent(text, opening, next)
    {
        return false;
    }
    let begins_anew = text[next.cause.line.clone()].to_lowercase().contains(FIRST_SENTENCE);
    let follows = |phrase: &PhraseEntry| has_error_after_opening(phrase.diagnosis());
    !begins_anew && next.cause.phrase.is_none_or(follows)
}

fn has_error_after_opening(entry: &DiagnosisEntry) -> bool {
    entry.errors.iter().any(|error| error == ERROR_AFTER_OPENING)
}

/// Returns whether a code says less than the sentence beside it.
fn is_code_of(code: &Candidate, sentence: &Candidate) -> bool {
    let entry = sentence.cause.phrase.map(PhraseEntry::diagnosis);
    sentence.strength == Strength::Refusal
        && entry.is_some_and(|entry| match code.strength {
            Strength::OpeningCode => has_error_after_opening(entry),
            Strength::Code => code.cause.code.as_ref().is_some_and(|code| entry.also.contains(code)),
            _ => false,
        })
}
