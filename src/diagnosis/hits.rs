//! The phrases and codes in a text, at their places.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use super::{
    codes::codes_in,
    phrase::Index,
    table::{self, PhraseEntry, Strength, UNKNOWN},
};

static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(table::phrases().iter().map(|entry| &entry.phrase)));

/// The address of Maskinporten's errors, before the code.
const ERROR_ADDRESS: &str = "maskinporten.no/errors/";

/// A phrase or a code at its place in a text.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub at: Range<usize>,
    witness: Witness,
}

#[derive(Debug, Clone)]
enum Witness {
    Phrase(&'static PhraseEntry),
    Code { code: String, is_in_address: bool },
}

impl Hit {
    pub fn phrase(&self) -> Option<&'static PhraseEntry> {
        match self.witness {
            Witness::Phrase(entry) => Some(entry),
            Witness::Code { .. } => None,
        }
    }

    /// Returns the phrase if it has that strength.
    pub fn phrase_of(&self, strength: Strength) -> Option<&'static PhraseEntry> {
        self.phrase().filter(|entry| entry.strength == strength)
    }

    pub fn code(&self) -> Option<&str> {
        match &self.witness {
            Witness::Code { code, .. } => Some(code),
            Witness::Phrase(_) => None,
        }
    }

    /// Returns whether it is a code in the address of one of Maskinporten's errors, which no other service sends.
    pub fn is_of_maskinporten(&self) -> bool {
        matches!(self.witness, Witness::Code { is_in_address, .. } if is_in_address)
    }
}

/// Returns the phrases and codes in a text, in order. What is part of a longer match is dropped.
pub(super) fn hits(text: &str) -> Vec<Hit> {
    let phrases = table::phrases();
    let mut found: Vec<(usize, Range<usize>)> = INDEX.find(text, |number| &phrases[number].phrase);
    // The longest first at each start; of equal ones the one with more literal text.
    found.sort_by_key(|(number, at)| {
        let literal = phrases[*number].phrase.literal_len();
        (at.start, std::cmp::Reverse((at.end, literal)))
    });
    let mut hits: Vec<Hit> = Vec::new();
    // A phrase does not cover one that is more specific.
    let mut covered: BTreeMap<Strength, usize> = BTreeMap::new();
    for (number, at) in found {
        let strength = phrases[number].strength;
        let covered_to = covered.range(strength..).map(|(_, end)| *end).max();
        if covered_to.is_none_or(|end| at.end > end) {
            covered.insert(strength, at.end);
            hits.push(Hit {
                at,
                witness: Witness::Phrase(&phrases[number]),
            });
        }
    }
    // Their ends ascend, as their starts do.
    let refusals: Vec<(Range<usize>, &PhraseEntry)> = hits
        .iter()
        .filter_map(|hit| Some((hit.at.clone(), hit.phrase_of(Strength::Refusal)?)))
        .collect();
    for (code, at) in codes_in(text) {
        let before = at
            .start
            .checked_sub(ERROR_ADDRESS.len())
            .and_then(|start| text.get(start..at.start));
        let is_in_address = before.is_some_and(|before| before.eq_ignore_ascii_case(ERROR_ADDRESS));
        let last = refusals.partition_point(|(refusal, _)| refusal.start <= at.start);
        let is_covered = refusals[..last].last().is_some_and(|(refusal, phrase)| {
            // A code that is known is Maskinporten's, also in the message of another service.
            let is_of_other = phrase.diagnosis().id == UNKNOWN && !phrase.is_no_error();
            at.end <= refusal.end && (!is_of_other || table::by_code(&code).is_none())
        });
        if is_in_address || !is_covered {
            hits.push(Hit {
                at,
                witness: Witness::Code { code, is_in_address },
            });
        }
    }
    // What is known to be no error has served to cover other phrases.
    hits.retain(|hit| !hit.phrase().is_some_and(PhraseEntry::is_no_error));
    hits.sort_by_cached_key(|hit| hit.at.start);
    hits
}
