//! Names of answers, as commands take them. Pure.

use crate::journey::{FieldId, journey};

/// The name of an answer. The wizard asks two questions to find the kind of business; a command can give it directly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Business,
    Field(FieldId),
}

/// Another name of the key for scopes: those of the services are among them or follow from the services.
const SCOPES: &str = "scopes";

impl Key {
    /// Returns every key in the order the wizard asks, as an answer may depend on those before it.
    pub fn all() -> Vec<Key> {
        let fields = journey().steps.iter().flat_map(|step| &step.fields);
        std::iter::once(Key::Business)
            .chain(fields.map(|field| Key::Field(field.id)))
            .collect()
    }

    /// Sorts answers in the order the wizard asks, as an answer depends on those before it: `kid` on `authentication = "key"`.
    /// Answers to the same key keep their order.
    pub fn sort(answers: &mut [(Key, String)]) {
        let all = Key::all();
        answers.sort_by_cached_key(|(key, _)| all.iter().position(|other| other == key).unwrap_or(all.len()));
    }

    /// Finds a key by its name or its flag.
    pub fn parse(written: &str) -> Option<Key> {
        if written == SCOPES {
            return Some(Key::Field(FieldId::OwnScopes));
        }
        Key::all()
            .into_iter()
            .find(|key| key.id() == written || key.flag() == written)
    }

    /// Returns the key that answers a field on a command line. The kind of business answers the first of its two
    /// questions. The second keeps its own key, so that a given answer to the first is kept.
    pub fn of(field: FieldId) -> Key {
        match field {
            FieldId::NorwegianNumber => Key::Business,
            other => Key::Field(other),
        }
    }

    /// Returns the id, as `klarert set` takes it.
    pub fn id(self) -> &'static str {
        match self {
            Key::Business => "business",
            Key::Field(field) => field.id(),
        }
    }

    /// Returns the name of the command-line flag. A flag that can be repeated is in the singular.
    pub fn flag(self) -> &'static str {
        match self {
            Key::Field(FieldId::Services) => "service",
            other => other.id(),
        }
    }
}
