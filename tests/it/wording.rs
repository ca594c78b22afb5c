//! The wording of the texts: figurative or ambiguous expressions, which a reader with another first language takes literally,
//! are not used.

use std::collections::BTreeSet;

use fluent_syntax::{ast::Entry, parser};
use klarert::{assets::Asset, text::Language};

/// Expressions that have a plainer one, as whole words in lower case.
const ENGLISH: [&str; 33] = [
    "answered call",
    "anew",
    "anybody",
    "believes",
    "bin",
    "come to",
    "do not fit",
    "door",
    "doubt",
    "halves",
    "half of the key",
    "has come",
    "hear of",
    "house",
    "it holds",
    "kept nowhere",
    "mend",
    "mended",
    "nobody",
    "nothing at stake",
    "once more",
    "private half",
    "public half",
    "road",
    "said no",
    "shelf",
    "other signs",
    "somebody",
    "unharmed",
    "walk",
    "weigh",
    "will do",
    "written over",
];
const BOKMAL: [&str; 17] = [
    "besvart kall",
    "blir sagt",
    "det holder",
    "en grant",
    "for få minutter siden",
    "for seg",
    "gjenopptas",
    "granten",
    "halvdel",
    "halvdelen",
    "handle",
    "hele veien",
    "holder ikke",
    "laget klienten",
    "på veien",
    "står på spill",
    "veien",
];
/// Uses of these words that are meant literally: a folder, Customs' service, its scope, a person who signs a document.
const ALLOWED: [&str; 5] = [
    "bin/<name>",
    "movement/road",
    "road air rail",
    "a private business signs",
    "a lorry on a ferry is road",
];
/// Parts of ids that are not the field's terms.
const ID_PARTS: [&str; 9] = [
    "mend", "road-", "shelf", "bin", "walk", "folded", "house", "signs", "words",
];

#[test]
fn texts_have_no_figurative_or_ambiguous_expressions() {
    for (language, expressions) in [
        (Language::English, ENGLISH.as_slice()),
        (Language::Bokmal, BOKMAL.as_slice()),
    ] {
        let mut found = Vec::new();
        let text: String = language.sources().map(Asset::text).collect();
        for line in text.lines() {
            if line.starts_with('#') {
                continue;
            }
            // The id of a text is not part of it.
            let text = line.split_once(" = ").map_or(line, |(_, text)| text);
            let words = words(text);
            if words == " road " {
                continue;
            }
            let used = expressions
                .iter()
                .filter(|expression| words.contains(&format!(" {expression} ")));
            found.extend(used.map(|expression| format!("{expression}: {line}")));
        }
        assert!(found.is_empty(), "{}: {found:#?}", language.code());
    }
}

/// Returns the words of a text in lower case, with a space around each, and without what is allowed.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    let text = ALLOWED.iter().fold(lower, |text, allowed| text.replace(allowed, ""));
    let letter = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let spaced: String = text.chars().map(letter).collect();
    format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn ids_of_texts_are_terms_of_the_field() {
    let mut ids = BTreeSet::new();
    for source in Language::English.sources() {
        let resource = parser::parse(source.text()).unwrap();
        ids.extend(resource.body.iter().filter_map(|entry| match entry {
            Entry::Message(message) => Some(message.id.name.to_owned()),
            _ => None,
        }));
    }
    let part = |id: &&String| {
        ID_PARTS
            .iter()
            .any(|part| format!("{id}-").contains(&format!("-{part}")) || id.starts_with(part))
    };
    let found: Vec<_> = ids.iter().filter(part).collect();
    // Customs' own name for a service.
    assert_eq!(found, ["service-road"]);
}
