//! The cause that one description names: an object, an element of a list, an HTTP answer or a line.

use std::ops::Range;

use super::{
    cause::Cause,
    hits::Hit,
    lines::Line,
    table::{self, PhraseEntry, Strength, UNKNOWN},
    trace_id::trace_ids_in,
};
use crate::journey::Who;

/// Returns the causes that one description names. Several only if it has nothing but codes.
pub(super) fn causes_of_description(
    text: &str,
    hits: &[&Hit],
    line: &Line,
    description: &Range<usize>,
) -> Vec<(Strength, Cause)> {
    let code = hits.iter().find_map(|hit| hit.code()).map(str::to_owned);
    let cause = |entry, phrase: Option<&'static PhraseEntry>, code, at: &Range<usize>| Cause {
        entry,
        phrase,
        variant: phrase.and_then(|phrase| phrase.variant.as_deref()),
        who: phrase.and_then(|phrase| phrase.who),
        code,
        line: line.range.clone(),
        description: description.clone(),
        at: at.clone(),
        report: None,
    };
    let named = |(hit, phrase): (&Hit, &'static PhraseEntry), code| {
        (
            phrase.strength,
            cause(Some(phrase.diagnosis()), Some(phrase), code, &hit.at),
        )
    };
    let of = |strength| {
        let phrases = hits
            .iter()
            .filter_map(move |hit| Some((*hit, hit.phrase_of(strength)?)));
        phrases.rev()
    };
    let is_known_code = code.as_deref().is_some_and(|code| table::by_code(code).is_some());
    let refusal = of(Strength::Refusal).find(|(_, phrase)| !is_known_code || phrase.diagnosis().id != UNKNOWN);
    if let Some((last, phrase)) = refusal {
        // The same refusal of several scopes is one, from the first on.
        let is_same = |hit: &&&Hit| hit.phrase().is_some_and(|other| std::ptr::eq(other, phrase));
        let first = hits.iter().find(is_same).map_or(last, |first| *first);
        return vec![named((first, phrase), code)];
    }
    let opening = of(Strength::Opening).next();
    if let (Some((hit, phrase)), None) = (opening, &code)
        && description.end >= text.trim_end().len()
        && ends_in_middle(text.get(hit.at.end..description.end).unwrap_or_default())
    {
        let cut = Cause {
            variant: Some("cut"),
            who: Some(Who::You),
            ..cause(None, Some(phrase), None, &hit.at)
        };
        return vec![(Strength::Opening, cut)];
    }
    let ending = opening.map(|(hit, _)| ending(text, hit, description));
    let unfinished = ending == Some(Ending::Sentence { is_quoted: true })
        || (ending == Some(Ending::Sentence { is_quoted: false }) && of(Strength::OtherProgram).next().is_none());
    let mut causes: Vec<(Strength, Cause)> = Vec::new();
    for hit in hits {
        let Some(code) = hit.code() else { continue };
        let entry = table::by_code(code).filter(|entry| !(unfinished && entry.is_general()));
        let strength = match entry {
            Some(entry) if entry.is_general() => Strength::OpeningCode,
            _ => Strength::Code,
        };
        causes.push((strength, cause(entry, None, Some(code.to_owned()), &hit.at)));
    }
    if !causes.is_empty() {
        return causes;
    }
    match opening {
        Some(found) if ending == Some(Ending::None) => return vec![named(found, None)],
        Some((hit, phrase)) if unfinished => {
            return vec![(Strength::Opening, cause(None, Some(phrase), None, &hit.at))];
        }
        _ => {}
    }
    // The status of an answer says more than its body.
    let is_status = |(hit, _): &(&Hit, &PhraseEntry)| {
        let status = line
            .status_at
            .map(|at| at..at + text[at..].find('\n').unwrap_or(text.len() - at));
        status.is_some_and(|status| status.contains(&hit.at.start))
    };
    let other = || of(Strength::OtherProgram);
    if let Some(found) = other().find(is_status).or_else(|| other().next()) {
        return vec![named(found, None)];
    }
    // A message of which only the subject is known says less than any other.
    let is_known = |(_, phrase): &(&Hit, &PhraseEntry)| phrase.diagnosis().id != UNKNOWN;
    let is_refused = |(_, phrase): &(&Hit, &PhraseEntry)| phrase.variant.as_deref() == Some("refused");
    let general = of(Strength::General)
        .find(is_known)
        .or_else(|| of(Strength::General).find(is_refused))
        .or_else(|| of(Strength::General).next());
    general.map(|found| named(found, None)).into_iter().collect()
}

/// What follows an opening sentence in its description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    None,
    /// Another sentence. It is a part of the description for certain if a quote or a trace id ends it.
    Sentence {
        is_quoted: bool,
    },
}

fn ending(text: &str, hit: &Hit, description: &Range<usize>) -> Ending {
    // What was recognised may reach beyond the description.
    let rest = &text[hit.at.end..description.end.max(hit.at.end)];
    let trace = trace_ids_in(rest).first().map(|trace| trace.at.start);
    let is_quoted = trace.or_else(|| rest.find('"'));
    let is_followed = match is_quoted {
        Some(end) => is_followed_by_sentence(rest, 0, end),
        None => begins_with_sentence(rest.lines().next().unwrap_or_default()),
    };
    match is_followed {
        true => Ending::Sentence {
            is_quoted: is_quoted.is_some(),
        },
        false => Ending::None,
    }
}

/// Shortest beginning of a phrase that tells that a text was cut, and the shortest one behind other words, in bytes.
const MIN_BEGUN: usize = 3;
const MIN_BEGUN_BEHIND_WORDS: usize = 8;

/// Returns whether the rest of a text is the beginning of a known sentence. Logs and terminals cut long lines.
pub(super) fn ends_in_middle(rest: &str) -> bool {
    if rest.trim_end().contains('\n') {
        return false;
    }
    let rest = rest.trim_end().trim_end_matches(['.', '…']).to_lowercase();
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let begins = rest.match_indices(' ').map(|(at, _)| at + 1).take(16);
    let mut tails = std::iter::once(0).chain(begins).map(|at| (at, &rest[at..]));
    tails.any(|(at, tail)| {
        let squashed: String = tail.split_whitespace().collect();
        let shortest = if at == 0 { MIN_BEGUN } else { MIN_BEGUN_BEHIND_WORDS };
        squashed.len() >= shortest
            && table::phrases()
                .iter()
                .any(|entry| entry.is_sentence() && entry.phrase.is_begun_by(&squashed))
    })
}

/// Returns whether another sentence stands between a general one and the end of the description.
pub(super) fn is_followed_by_sentence(text: &str, from: usize, to: usize) -> bool {
    let rest = &text[from..to];
    // What follows in brackets names the request.
    let after = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '"'));
    if after.starts_with(['(', '[']) {
        return false;
    }
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
