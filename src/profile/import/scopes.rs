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

/// Separates the scopes of services that the business can choose from the others. They may be in quotes, and in a list in
/// brackets. `saved_kind` and `saved_own` are the kind of business and the own scopes that klarert wrote beside them.
pub fn separate(value: &str, saved_kind: Option<Kind>, saved_own: &str) -> Scopes {
    let written = list(value);
    let first = |kind| {
        written
            .iter()
            .find(|scope| services::branch_of_scope(scope) == Some(kind))
    };
    let (norwegian, foreign) = (first(Kind::Norwegian), first(Kind::Foreign));
    let kind = match (norwegian, foreign) {
        _ if saved_kind.is_some() => saved_kind,
        (_, Some(_)) => Some(Kind::Foreign),
        (norwegian, None) => norwegian.map(|_| Kind::Norwegian),
    };
    let mixed = norwegian
        .zip(foreign)
        .filter(|_| saved_kind.is_none())
        .map(|(norwegian, foreign)| [(*norwegian).to_owned(), (*foreign).to_owned()]);
    let saved_own = list(saved_own);
    let service = |scope: &str| {
        let service = services::service_of_scope(scope).filter(|_| !saved_own.contains(&scope))?;
        let is_open = |kind| service.open_to(kind) && service.scope(kind) == Some(scope);
        kind.is_some_and(is_open).then_some(service.id.as_str())
    };
    let (of_services, own): (Vec<&str>, Vec<&str>) = written.iter().partition(|scope| service(scope).is_some());
    let ids = of_services.iter().filter_map(|scope| service(scope));
    Scopes {
        services: ids.collect::<Vec<_>>().join(","),
        own: own.join(" "),
        kind,
        mixed,
    }
}

/// Returns the scopes in a value without what encloses and divides them, and without comments. Quotes in JSON may have a
/// backslash.
pub fn list(value: &str) -> Vec<&str> {
    let lines = value.lines().filter_map(|line| line.split('#').next());
    let scopes = lines.flat_map(|line| line.split(|c: char| is_mark(c) || c == '\\'));
    scopes.filter(|scope| !scope.is_empty()).collect()
}
