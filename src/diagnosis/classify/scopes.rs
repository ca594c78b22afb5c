//! Diagnoses of the scopes that one check was refused, one for each cause.

use super::{of_failure, text_args::VARIANT};
use crate::diagnosis::{Diagnosis, Evidence, RefusedScope, StageFailure};

/// Returns the diagnosis of a failed stage, with the scopes that were refused. If the failure is the first refusal, the
/// diagnosis is about all scopes with the same cause.
pub(super) fn with_refused(e: &Evidence, failure: &StageFailure) -> Diagnosis {
    let mut causes = by_cause(e);
    let is_first_refusal = e.refused.first().is_some_and(|first| first.failure == *failure);
    let mut found = match is_first_refusal {
        true => causes.remove(0),
        false => of_failure(e, failure),
    };
    for cause in causes {
        // The smoke test of an eSeal may show the cause of all refusals.
        match cause.id == found.id {
            true if !is_first_refusal => found.scopes.extend(cause.scopes),
            _ => found.others.push(cause),
        }
    }
    found
}

/// Returns a diagnosis for each cause, in the order of the first refusals.
fn by_cause(e: &Evidence) -> Vec<Diagnosis> {
    let mut groups: Vec<(Diagnosis, Vec<&RefusedScope>)> = Vec::new();
    for refused in &e.refused {
        let found = of_scopes(e, &[refused]);
        match groups.iter_mut().find(|(other, _)| is_same_cause(other, &found)) {
            Some((_, group)) => group.push(refused),
            None => groups.push((found, vec![refused])),
        }
    }
    groups.iter().map(|(_, group)| of_scopes(e, group)).collect()
}

/// Returns the diagnosis of the first of these refusals, about all of their scopes.
fn of_scopes(e: &Evidence, refused: &[&RefusedScope]) -> Diagnosis {
    let scopes: Vec<String> = refused.iter().map(|refused| refused.scope.clone()).collect();
    let facts = e.scope_facts.iter().filter(|facts| scopes.contains(&facts.scope));
    let evidence = Evidence {
        scopes: scopes.clone(),
        scope_facts: facts.cloned().collect(),
        ..e.clone()
    };
    Diagnosis {
        scopes,
        ..of_failure(&evidence, &refused[0].failure)
    }
}

/// Returns whether two refusals have the same cause, apart from their scopes.
fn is_same_cause(one: &Diagnosis, other: &Diagnosis) -> bool {
    let arg = |found: &Diagnosis, name: &str| {
        let named = found.args.iter().filter(|(other, _)| *other == name);
        named.last().map(|(_, value)| value.clone())
    };
    let has_same_arg = |name| arg(one, name) == arg(other, name);
    (&one.id, &one.code, one.who, &one.fix_at) == (&other.id, &other.code, other.who, &other.fix_at)
        && [VARIANT, "nearest"].into_iter().all(has_same_arg)
}
