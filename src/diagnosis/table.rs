//! The table of diagnoses, `assets/diagnoses.toml`, and the phrases of other stacks, `assets/other_stacks.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Stage, phrase::Phrase};
use crate::{assets, journey::Who};

/// The id of the diagnosis for what is not known.
pub const UNKNOWN: &str = "unknown";
/// The first of the sentences of Maskinporten's refusals, in lower case.
pub(super) const FIRST_SENTENCE: &str = "invalid assertion";

static TABLE: LazyLock<Table> = LazyLock::new(|| assets::parse("diagnoses.toml"));

static OTHER_STACKS: LazyLock<OtherStacks> = LazyLock::new(|| assets::parse("other_stacks.toml"));

static PHRASES: LazyLock<Vec<PhraseEntry>> = LazyLock::new(|| {
    let own = TABLE.diagnoses.iter().enumerate().flat_map(|(diagnosis, entry)| {
        let opening = match entry.errors.is_empty() {
            true => Strength::General,
            false => Strength::Opening,
        };
        phrases_of(diagnosis, None, &entry.phrases, Strength::Refusal).chain(phrases_of(
            diagnosis,
            None,
            &entry.general,
            opening,
        ))
    });
    let others = OTHER_STACKS.phrases.iter().flat_map(|group| {
        let diagnosis = TABLE.diagnoses.iter().position(|entry| entry.id == group.id);
        // A test looks up each id.
        let diagnosis = diagnosis.expect("the id is in assets/diagnoses.toml");
        let specific = match group.answer {
            true => Strength::Refusal,
            false => Strength::OtherProgram,
        };
        phrases_of(diagnosis, Some(group), &group.text, specific).chain(phrases_of(
            diagnosis,
            Some(group),
            &group.general,
            Strength::General,
        ))
    });
    own.chain(others).collect()
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(rename = "checked")]
    _checked: String,
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
    /// Phrases of Maskinporten and Customs that identify it.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Phrases that precede other causes too: they identify it if nothing more specific is known.
    #[serde(default)]
    pub general: Vec<String>,
    /// The stage at which it usually occurs.
    pub stage: Stage,
    pub who: Who,
    /// The step of the wizard that fixes it.
    pub step: String,
    /// The field or item of that step that fixes it, if there is one.
    #[serde(default)]
    pub fix_at: Option<String>,
    /// Items whose tick it contradicts.
    #[serde(default)]
    pub contradicts: Vec<String>,
    pub source: String,
}

impl DiagnosisEntry {
    /// Returns whether its code and phrases precede other causes too.
    pub fn is_general(&self) -> bool {
        !self.general.is_empty()
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherStacks {
    #[serde(rename = "checked")]
    _checked: String,
    phrases: Vec<PhraseGroup>,
}

/// Phrases of other programs that identify one diagnosis.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseGroup {
    id: String,
    /// The variant of the diagnosis's text.
    #[serde(default)]
    variant: Option<String>,
    /// The party that must act, if it is another than the diagnosis has.
    #[serde(default)]
    who: Option<Who>,
    /// Answers of other services, and what is no error: they rank with Maskinporten's refusals.
    #[serde(default)]
    answer: bool,
    /// It counts only beside the name of a key or certificate file.
    #[serde(default)]
    beside_key_file: bool,
    #[serde(default)]
    text: Vec<String>,
    #[serde(default)]
    general: Vec<String>,
}

/// How much a phrase or a code tells of the cause. Whatever carried a refusal to the user counts only without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// A phrase that stands around other causes too.
    General,
    /// A phrase of another program: of a gateway, a connection, a key file.
    OtherProgram,
    /// The opening sentence of Maskinporten's refusals, which is a refusal of its own too.
    Opening,
    /// A code that is sent with the opening sentence.
    OpeningCode,
    Code,
    /// A phrase of Maskinporten, Customs or the portal, or an answer of another token service.
    Refusal,
}

/// A phrase and the diagnosis that it identifies.
#[derive(Debug, PartialEq)]
pub struct PhraseEntry {
    pub(super) phrase: Phrase,
    diagnosis: usize,
    pub variant: Option<String>,
    pub who: Option<Who>,
    pub strength: Strength,
    /// It counts only beside the name of a key or certificate file.
    pub beside_key_file: bool,
}

impl PhraseEntry {
    /// Returns the diagnosis that it identifies.
    pub fn diagnosis(&self) -> &'static DiagnosisEntry {
        &TABLE.diagnoses[self.diagnosis]
    }

    /// Returns whether it is known to be no error, though it resembles one.
    pub fn is_no_error(&self) -> bool {
        self.variant.as_deref() == Some("not-an-error")
    }

    /// Returns whether it is a sentence of Maskinporten, Customs or the portal.
    pub fn is_sentence(&self) -> bool {
        self.strength >= Strength::Opening && self.diagnosis().id != UNKNOWN
    }

    /// Returns whether it precedes or surrounds other causes.
    pub fn is_general(&self) -> bool {
        matches!(self.strength, Strength::General | Strength::Opening)
    }
}

/// Returns the phrases of a diagnosis, with the strength that they share.
fn phrases_of<'a>(
    diagnosis: usize,
    group: Option<&'a PhraseGroup>,
    written: &'a [String],
    strength: Strength,
) -> impl Iterator<Item = PhraseEntry> + 'a {
    written.iter().map(move |written| PhraseEntry {
        phrase: Phrase::parse(written),
        diagnosis,
        variant: group.and_then(|group| group.variant.clone()),
        who: group.and_then(|group| group.who),
        strength,
        beside_key_file: group.is_some_and(|group| group.beside_key_file),
    })
}

/// Returns every diagnosis that can appear.
pub fn table() -> &'static [DiagnosisEntry] {
    &TABLE.diagnoses
}

/// Returns the phrases of both tables.
pub(super) fn phrases() -> &'static [PhraseEntry] {
    &PHRASES
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

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::{
        diagnosis::{codes::codes_in, phrase::Index},
        journey::journey,
    };

    #[test]
    fn table_is_consistent() {
        let mut ids = BTreeSet::new();
        for known in table() {
            let id = &known.id;
            assert!(ids.insert(id), "{id} is a duplicate");
            let step = journey().step(&known.step);
            assert!(step.is_some(), "{id}: no step {}", known.step);
            assert!(known.source.starts_with("https://"), "{id}");
            for code in known.codes.iter().chain(&known.also) {
                assert_eq!(codes_in(code).first().map(|(code, _)| code), Some(code));
            }
            assert_eq!(
                known.fix_at.is_none(),
                known.step == "check",
                "{id}: what fixes it has a place"
            );
            if let (Some(step), Some(at)) = (step, &known.fix_at) {
                let field = step.fields.iter().any(|field| field.id.id() == at);
                let item = step.items.iter().any(|item| item.key == *at);
                assert!(field || item, "{id}: {at} is not at {}", step.id);
            }
            for key in &known.contradicts {
                let has_item = |step: &crate::journey::Step| step.items.iter().any(|item| item.key == *key);
                assert!(journey().steps.iter().any(has_item), "{id}: no item {key}");
            }
        }
    }

    #[test]
    fn every_phrase_is_lower_case_and_belongs_to_one_diagnosis() {
        let mut seen = BTreeSet::new();
        let own = table()
            .iter()
            .flat_map(|known| known.phrases.iter().chain(&known.general));
        let groups = OTHER_STACKS.phrases.iter();
        for group in groups.clone() {
            assert!(known(&group.id).is_some(), "{}", group.id);
        }
        for written in own.chain(groups.flat_map(|group| group.text.iter().chain(&group.general))) {
            assert_eq!(*written, written.to_lowercase());
            let squashed: String = written.split_whitespace().collect();
            assert!(seen.insert(squashed), "{written}");
        }
    }

    #[test]
    fn every_phrase_is_in_a_sentence_as_it_is_received() {
        let sentences: BTreeMap<String, Vec<String>> =
            toml::from_str(include_str!("../../tests/data/explain/sentences.toml")).unwrap();
        let own = phrases().iter().filter(|entry| entry.variant.is_none());
        let own = own.filter(|entry| sentences.contains_key(&entry.diagnosis().id));
        for entry in own.clone() {
            let index = Index::new(std::iter::once(&entry.phrase));
            let mut received = sentences[&entry.diagnosis().id].iter();
            let is_in = |text: &String| !index.find(text, |_| &entry.phrase).is_empty();
            assert!(received.any(is_in), "{}: {:?}", entry.diagnosis().id, entry.phrase);
        }
        for id in sentences.keys() {
            assert!(own.clone().any(|entry| entry.diagnosis().id == *id), "{id}");
        }
    }

    #[test]
    fn every_phrase_matches_a_message_that_has_it() {
        let own = table()
            .iter()
            .flat_map(|known| known.phrases.iter().chain(&known.general));
        let groups = OTHER_STACKS.phrases.iter();
        let written: Vec<&String> = own
            .chain(groups.flat_map(|group| group.text.iter().chain(&group.general)))
            .collect();
        assert_eq!(written.len(), phrases().len());
        for (written, entry) in written.into_iter().zip(phrases()) {
            let message = written
                .trim_end_matches('$')
                .replace("##*", "44 *")
                .replace("#*", "123456 *")
                .replace('#', "4")
                .replace('*', " and so on ");
            let index = Index::new(std::iter::once(&entry.phrase));
            for text in [
                message.clone(),
                format!("Error ({message})"),
                format!("x: {message}\nat y"),
            ] {
                let found = index.find(&text, |_| &entry.phrase);
                assert!(!found.is_empty(), "{written} is not in {text}");
            }
        }
    }
}
