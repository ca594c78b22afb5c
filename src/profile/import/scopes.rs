//! Scopes in a settings file: those of services, and others.

use crate::{journey::services, profile::Kind};

/// The services of scopes, their other scopes, and the kind of business that they are for.
pub struct Scopes {
    pub services: String,
    pub own: String,
    pub kind: Option<Kind>,
}

/// Separates the scopes of services from the others.
pub fn separate(value: &str) -> Scopes {
    let written = value
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
        .filter(|scope| !scope.is_empty());
    let (of_services, own): (Vec<&str>, Vec<&str>) =
        written.partition(|scope| services::service_of_scope(scope).is_some());
    let branches = || of_services.iter().map(|scope| services::branch_of_scope(scope));
    let kind = match branches().any(|branch| branch == Some(Kind::Foreign)) {
        true => Some(Kind::Foreign),
        false => branches().next().map(|branch| branch.unwrap_or(Kind::Norwegian)),
    };
    let ids = of_services
        .iter()
        .filter_map(|scope| Some(services::service_of_scope(scope)?.id.as_str()));
    Scopes {
        services: ids.collect::<Vec<_>>().join(","),
        own: own.join(" "),
        kind,
    }
}
