//! Scopes in a settings file: those of services, and others.

use crate::{
    journey::services,
    profile::{Kind, pasted::is_mark},
};

/// The services of scopes, their other scopes, and the kind of business that they are for.
pub struct Scopes {
    pub services: String,
    pub own: String,
    pub kind: Option<Kind>,
    /// A scope of Customs for a Norwegian business and one for a foreign business, if there are both.
    pub mixed: Option<[String; 2]>,
}

/// Separates the scopes of services from the others. They may be in quotes, and in a list in brackets.
pub fn separate(value: &str) -> Scopes {
    let written = list(value);
    let first = |kind| {
        written
            .iter()
            .find(|scope| services::branch_of_scope(scope) == Some(kind))
    };
    let (norwegian, foreign) = (first(Kind::Norwegian), first(Kind::Foreign));
    let kind = match (norwegian, foreign) {
        (_, Some(_)) => Some(Kind::Foreign),
        (norwegian, None) => norwegian.map(|_| Kind::Norwegian),
    };
    let mixed = norwegian
        .zip(foreign)
        .map(|(norwegian, foreign)| [(*norwegian).to_owned(), (*foreign).to_owned()]);
    let (of_services, own): (Vec<&str>, Vec<&str>) = written
        .iter()
        .partition(|scope| services::service_of_scope(scope).is_some());
    let ids = of_services
        .iter()
        .filter_map(|scope| Some(services::service_of_scope(scope)?.id.as_str()));
    Scopes {
        services: ids.collect::<Vec<_>>().join(","),
        own: own.join(" "),
        kind,
        mixed,
    }
}

/// Returns the scopes in a value without what encloses and divides them. Quotes in JSON may have a backslash.
pub fn list(value: &str) -> Vec<&str> {
    let scopes = value.split(|c: char| is_mark(c) || c == '\\');
    scopes.filter(|scope| !scope.is_empty()).collect()
}
