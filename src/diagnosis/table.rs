//! The table of diagnoses, `assets/diagnoses.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Stage;
use crate::journey::Who;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    // A test reads the same bytes, so that this cannot fail where it has passed.
    toml::from_str(include_str!("../../assets/diagnoses.toml")).expect("assets/diagnoses.toml is well formed")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "checked")]
    _checked: toml::value::Datetime,
    #[serde(rename = "diagnosis")]
    diagnoses: Vec<DiagnosisEntry>,
}

/// A known cause and the rules to recognise it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiagnosisEntry {
    /// Stable, in kebab case.
    pub id: String,
    /// Maskinporten's codes.
    #[serde(default)]
    pub codes: Vec<String>,
    /// Codes that may have this cause, but mean another one if nothing more is known.
    #[serde(default)]
    pub also: Vec<String>,
    /// The OAuth errors it is reported under. Each covers several causes.
    #[serde(default)]
    pub errors: Vec<String>,
    /// Phrases that identify it in a response or a log, in lower case.
    #[serde(default)]
    pub words: Vec<String>,
    /// The stage at which it usually occurs.
    pub stage: Stage,
    pub who: Who,
    /// The step of the wizard that fixes it.
    pub step: String,
    pub source: String,
}

/// Returns every diagnosis that can appear.
pub fn table() -> &'static [DiagnosisEntry] {
    &TABLE.diagnoses
}

/// Returns the entry with that id.
pub fn known(id: &str) -> Option<&'static DiagnosisEntry> {
    table().iter().find(|known| known.id == id)
}

/// Returns the entry that a code of Maskinporten means if nothing more is known.
pub fn by_code(code: &str) -> Option<&'static DiagnosisEntry> {
    table()
        .iter()
        .find(|known| known.codes.iter().any(|other| other == code))
}

/// Returns the entries that are reported under an OAuth error.
pub fn by_error(error: &str) -> impl Iterator<Item = &'static DiagnosisEntry> {
    let comes_under = move |other: &String| other.eq_ignore_ascii_case(error);
    table().iter().filter(move |known| known.errors.iter().any(comes_under))
}

/// Returns the entry with the longest phrase that occurs in a text.
pub fn by_words(text: &str) -> Option<&'static DiagnosisEntry> {
    let text = text.to_lowercase();
    table()
        .iter()
        .flat_map(|known| known.words.iter().map(move |words| (words, known)))
        .filter(|(words, _)| text.contains(words.as_str()))
        .max_by_key(|(words, _)| words.len())
        .map(|(_, known)| known)
}

/// Returns the entry that a refusal by Maskinporten means if nothing more is known. The code decides, unless a phrase
/// belongs to an entry without a code, which is reported under a broader one.
pub fn by_answer(code: Option<&str>, words: &str) -> Option<&'static DiagnosisEntry> {
    let worded = by_words(words).filter(|known| matches!(known.stage, Stage::Token | Stage::Clock));
    match worded {
        Some(known) if known.codes.is_empty() => Some(known),
        _ => code.and_then(by_code).or(worded),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::journey::journey;

    #[test]
    fn table_is_consistent() {
        let mut ids = BTreeSet::new();
        for known in table() {
            assert!(ids.insert(&known.id), "{} is a duplicate", known.id);
            assert!(
                journey().step(&known.step).is_some(),
                "{}: no step {}",
                known.id,
                known.step
            );
            assert!(known.source.starts_with("https://"), "{}", known.id);
            for words in &known.words {
                assert_eq!(*words, words.to_lowercase(), "{}", known.id);
            }
            for code in known.codes.iter().chain(&known.also) {
                assert_eq!(crate::diagnosis::received::code_in(code).as_ref(), Some(code));
            }
        }
    }

    #[test]
    fn every_phrase_belongs_to_one_diagnosis() {
        let mut seen = BTreeSet::new();
        for words in table().iter().flat_map(|known| &known.words) {
            assert!(seen.insert(words), "{words}");
        }
    }
}
