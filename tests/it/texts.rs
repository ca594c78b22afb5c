//! Every language has the same texts with the same arguments, and every text is used: its id is a literal in `src/`, or
//! derived from the data by the rule of its prefix.

use std::collections::{BTreeMap, BTreeSet};

use clap::ValueEnum;
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use klarert::{
    assets::Asset,
    certificate::FindingId,
    command::{export::ExportFormat, help},
    diagnosis,
    journey::{Copyable, FieldId, Who, journey, services::services},
    profile::{Kind, fields::key::Key},
    report::{Outcome, ServiceOutcome, Stage},
    sandbox::registry::Registry,
    text::{Args, Language, Texts},
};

use crate::support::source::sources;

/// The arguments of a text, and the texts it refers to.
#[derive(Debug, Default, PartialEq)]
struct Placeables {
    arguments: BTreeSet<String>,
    references: BTreeSet<String>,
}

/// Returns the texts of a language by id; an attribute is `message.attribute`.
fn texts(language: Language) -> BTreeMap<String, Placeables> {
    let mut found = BTreeMap::new();
    for (id, placeables) in language.sources().flat_map(|source| texts_of(&source.text())) {
        let twice = found.insert(id.clone(), placeables).is_some();
        assert!(!twice, "{language:?}: {id} is defined twice");
    }
    found
}

/// Returns the texts of a source by id.
fn texts_of(source: &str) -> BTreeMap<String, Placeables> {
    let mut found = BTreeMap::new();
    let mut add = |id: String, pattern: &Pattern<&str>| {
        let mut placeables = Placeables::default();
        collect(pattern, &mut placeables);
        let twice = found.insert(id.clone(), placeables).is_some();
        assert!(!twice, "{id} is defined twice");
    };
    let resource = parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    for entry in &resource.body {
        match entry {
            Entry::Message(message) => {
                if let Some(value) = &message.value {
                    add(message.id.name.to_owned(), value);
                }
                for attribute in &message.attributes {
                    add(format!("{}.{}", message.id.name, attribute.id.name), &attribute.value);
                }
            }
            Entry::Junk { content } => panic!("{content}"),
            Entry::Term(term) => panic!("terms are not used: -{}", term.id.name),
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
        }
    }
    found
}

fn collect(pattern: &Pattern<&str>, placeables: &mut Placeables) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression } => collect_expression(expression, placeables),
        }
    }
}

fn collect_expression(expression: &Expression<&str>, placeables: &mut Placeables) {
    match expression {
        Expression::Inline(inline) => collect_inline(inline, placeables),
        Expression::Select { selector, variants } => {
            collect_inline(selector, placeables);
            for variant in variants {
                collect(&variant.value, placeables);
            }
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, placeables: &mut Placeables) {
    match inline {
        InlineExpression::VariableReference { id } => {
            placeables.arguments.insert(id.name.to_owned());
        }
        InlineExpression::MessageReference { id, attribute } => {
            let id = match attribute {
                Some(attribute) => format!("{}.{}", id.name, attribute.name),
                None => id.name.to_owned(),
            };
            placeables.references.insert(id);
        }
        InlineExpression::Placeable { expression } => collect_expression(expression, placeables),
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                collect_inline(argument, placeables);
            }
        }
        InlineExpression::TermReference { .. }
        | InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. } => {}
    }
}

/// Ids derived from the data.
#[derive(Default)]
struct Derived {
    needed: BTreeSet<String>,
    /// Texts that only some have, such as an item's help.
    possible: BTreeSet<String>,
}

impl Derived {
    fn needs(&mut self, id: &str, endings: &[&str]) {
        self.needed.extend(endings.iter().map(|ending| format!("{id}{ending}")));
    }

    fn may_have(&mut self, id: &str, endings: &[&str]) {
        self.possible
            .extend(endings.iter().map(|ending| format!("{id}{ending}")));
    }
}

fn derived() -> Derived {
    let mut derived = Derived::default();
    from_the_journey(&mut derived);
    for service in services() {
        derived.needs(&format!("service-{}", service.id), &["", ".about"]);
    }
    for kind in [Kind::Norwegian, Kind::Foreign] {
        derived.needs(&format!("kind-{}", kind.id()), &["", "-note"]);
    }
    for environment in ["test", "prod", "sandbox"] {
        derived.needs(&format!("environment-{environment}"), &[""]);
    }
    for who in Who::ALL {
        derived.needs(&format!("who-{}", who.id()), &["", ".short"]);
    }
    for id in FindingId::ALL {
        derived.needs(&format!("finding-{}", id.id()), &["", ".fix"]);
    }
    for known in diagnosis::table() {
        derived.needs(&format!("diagnosis-{}", known.id), &["", ".cause", ".fix"]);
    }
    for name in diagnosis::ARGUMENTS {
        derived.may_have(&format!("unnamed-{name}"), &[""]);
    }
    for stage in Stage::ALL {
        derived.needs(&format!("stage-name-{}", stage.id()), &[""]);
    }
    for outcome in [Outcome::Passed, Outcome::Warned, Outcome::Failed, Outcome::Skipped] {
        derived.needs(&format!("outcome-{}", outcome.id()), &[""]);
    }
    for outcome in ServiceOutcome::ALL {
        derived.needs(&format!("stage-api-{}", outcome.id()), &[""]);
        // A check with a failed test call has not passed.
        if outcome != ServiceOutcome::Failed {
            derived.needs(&format!("success-{}", outcome.id()), &[""]);
        }
    }
    for outcome in [ServiceOutcome::TokenRefused, ServiceOutcome::Inconclusive] {
        derived.needs(&format!("warning-api-{}", outcome.id()), &[""]);
    }
    for refusal in Registry::built_in().refusals {
        derived.needs(&format!("sandbox-refusal-{}", refusal.id), &[""]);
    }
    from_the_command_line(&mut derived);
    derived
}

fn from_the_journey(derived: &mut Derived) {
    for step in &journey().steps {
        let id = format!("step-{}", step.id);
        derived.needs(&id, &["", ".short", ".intro"]);
        derived.needs(&format!("about-{}", step.id), &[""]);
        if let Some(wait) = &step.wait {
            derived.needs(&format!("wait-{wait}"), &[""]);
        }
        for item in &step.items {
            let id = format!("item-{}-{}", step.id, item.id);
            derived.needs(&id, &[""]);
            derived.may_have(&id, &[".help"]);
        }
        for field in &step.fields {
            let variants: &[&str] = match field.id {
                FieldId::Organisation | FieldId::Environment | FieldId::OwnScopes => &["", "-foreign"],
                FieldId::Certificate => &["", "-key"],
                _ => &[""],
            };
            for variant in variants {
                let id = format!("field-{}{variant}", field.id.id());
                derived.needs(&id, &[""]);
                derived.may_have(&id, &[".why", ".example"]);
            }
        }
    }
    derived.needs(&format!("field-{}", Key::Business.id()), &[""]);
    derived.needs("copyable-link", &[""]);
    derived.needs("copyable-letter", &[""]);
    derived.needs("copyable-organisation", &[".foreign"]);
    for letter in ["customs", "digdir", "certificate", "seal"] {
        derived.needs(&format!("letter-{letter}"), &["", ".subject"]);
    }
    for copyable in [
        Copyable::Scopes,
        Copyable::Organisation,
        Copyable::ClientName,
        Copyable::ClientDescription,
        Copyable::GrantType,
        Copyable::Mail,
    ] {
        derived.needs(&format!("copyable-{}", copyable.id()), &[""]);
    }
}

fn from_the_command_line(derived: &mut Derived) {
    for format in ExportFormat::value_variants() {
        let value = format.to_possible_value().unwrap();
        derived.needs(&format!("format-{}", value.get_name()), &[""]);
    }
    let command = help::with_texts(&Texts::new(Language::English));
    derived.needs("help", &["", ".example"]);
    for argument in command.get_arguments() {
        derived.may_have("help", &[&format!(".{}", argument.get_id())]);
    }
    derived.needs("help-passwords", &[""]);
    let inner = command.get_subcommands().flat_map(|sub| {
        let id = move |inner: &clap::Command| format!("help-{}-{}", sub.get_name(), inner.get_name());
        sub.get_subcommands().map(move |inner| (id(inner), inner))
    });
    let outer = command
        .get_subcommands()
        .map(|sub| (format!("help-{}", sub.get_name()), sub));
    for (id, sub) in outer.chain(inner) {
        derived.may_have(&id, &["", ".example"]);
        for argument in sub.get_arguments() {
            derived.may_have(&id, &[&format!(".{}", argument.get_id())]);
            derived.may_have("help-filter", &[&format!(".{}", argument.get_id())]);
        }
    }
}

/// Returns the string literals in `src/` that are ids: those given to `Texts`, and those with a prefix that only ids
/// have.
fn named() -> BTreeMap<String, String> {
    let calls = [
        "texts.get(",
        "texts.with(",
        "texts.find(",
        ".tell(",
        ".warn(",
        "Refusal::new(",
        "id:",
    ];
    let prefixes = ["refused-", "does-", "notice-", "option-", "exit-summary-", "conflict-"];
    let mut named = BTreeMap::new();
    for source in sources() {
        for string in &source.strings {
            let before = source.code[..string.at].trim_end();
            let given =
                |call: &&str| before.ends_with(*call) && (*call != "id:" || string.text.starts_with("refused-"));
            let is_id = !string.text.is_empty()
                && string
                    .text
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.');
            let has_prefix = prefixes.iter().any(|prefix| string.text.starts_with(prefix));
            if is_id && (calls.iter().any(given) || has_prefix) {
                named.insert(string.text.clone(), source.path.clone());
            }
        }
    }
    named
}

#[test]
fn every_language_has_the_same_texts_with_the_same_arguments() {
    let (english, bokmal) = (texts(Language::English), texts(Language::Bokmal));
    let ids = |texts: &BTreeMap<String, Placeables>| texts.keys().cloned().collect::<BTreeSet<_>>();
    let apart: Vec<_> = ids(&english).symmetric_difference(&ids(&bokmal)).cloned().collect();
    assert!(apart.is_empty(), "in one language only: {apart:#?}");
    for (id, placeables) in &english {
        assert_eq!(placeables.arguments, bokmal[id].arguments, "{id}");
    }
}

/// Texts of the imports, the exports and the store, which know nothing of the options of the process.
const WITHOUT_HOME: [&str; 3] = ["import-", "export-", "store-exists"];

#[test]
fn shown_commands_for_a_profile_repeat_the_home() {
    for language in Language::ALL {
        let mut id = "";
        let text: String = language.sources().map(Asset::text).collect();
        for line in text.lines() {
            if let Some((name, _)) = line.split_once(" =").filter(|_| line.starts_with(char::is_alphabetic)) {
                id = name;
            }
            // A command has at most two words before the profile: `portal key acme`. A sentence has more.
            let is_command = |part: &&str| {
                let profile = part.find("{ $profile }").or(part.find("{ $name }"));
                profile.is_some_and(|at| part[..at].split_whitespace().count() <= 2)
            };
            let parts = line.split("klarert ").skip(1).flat_map(|part| part.split('`').next());
            for command in parts.filter(is_command) {
                let excused = WITHOUT_HOME.iter().any(|prefix| id.starts_with(prefix));
                assert!(excused || command.contains("{ $home }"), "{id}: klarert {command}");
            }
        }
    }
}

#[test]
fn texts_refer_to_texts_of_the_same_source() {
    for source in Language::ALL.into_iter().flat_map(Language::sources) {
        let texts = texts_of(&source.text());
        for (id, placeables) in &texts {
            let outside: Vec<_> = placeables
                .references
                .iter()
                .filter(|other| !texts.contains_key(*other))
                .collect();
            assert!(outside.is_empty(), "{id} refers to {outside:?}");
        }
    }
}

#[test]
fn every_text_is_found() {
    for language in Language::ALL {
        let found = Texts::new(language);
        for (id, placeables) in texts(language) {
            let arguments = placeables.arguments.iter();
            let args = arguments.fold(Args::new(), |args, name| args.with(name, 1_usize));
            // A reference that is not resolved panics.
            assert!(found.find(&id, &args).is_some(), "{language:?}: {id}");
        }
        assert_eq!(found.find("step", &Args::new()), None, "a part of an id");
    }
}

#[test]
fn every_text_is_used() {
    let derived = derived();
    let mut used: BTreeSet<String> = derived.needed.union(&derived.possible).cloned().collect();
    used.extend(
        sources()
            .iter()
            .flat_map(|source| &source.strings)
            .map(|string| string.text.clone()),
    );
    let texts = texts(Language::English);
    used.extend(texts.values().flat_map(|placeables| placeables.references.clone()));
    // An error's text has a hint under the same id.
    let hinted = |id: &str| id.strip_suffix(".hint").is_some_and(|refusal| used.contains(refusal));
    let unused: Vec<_> = texts.keys().filter(|id| !used.contains(*id) && !hinted(id)).collect();
    assert!(unused.is_empty(), "unused: {unused:#?}");
}

#[test]
fn every_id_in_use_has_a_text() {
    let texts = texts(Language::English);
    let missing: Vec<_> = derived()
        .needed
        .into_iter()
        .map(|id| (id, "a rule".to_owned()))
        .chain(named())
        .filter(|(id, _)| !texts.contains_key(id))
        .collect();
    assert!(missing.is_empty(), "missing texts: {missing:#?}");
}

#[test]
fn ids_are_found_in_the_source() {
    let named = named();
    for id in ["naming-title", "refused-number-letter", "notice-choose", "does-quit"] {
        assert!(named.contains_key(id), "{id} in src/ was not found");
    }
}
