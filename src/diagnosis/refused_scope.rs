//! Refusals of a scope, by its owner and family: they tell who can open it. Pasted text says nothing of the kind of business.

use super::{Diagnosis, classify::text_args::VARIANT, table};
use crate::journey::{FieldId, Kind, Who, services};

/// Adapts Maskinporten's refusal of a scope to its owner. The texts of the diagnosis are for Customs' Norwegian scopes.
pub(super) fn by_owner(found: Diagnosis, scope: &str) -> Diagnosis {
    if !matches!(found.id.as_str(), "scope-not-on-client" | "scope-not-granted") {
        return found;
    }
    let scope = scope.to_ascii_lowercase();
    match services::branch_of_scope(&scope) {
        Some(Kind::Norwegian) => found,
        Some(Kind::Foreign) => european(found, &scope),
        None if scope == services::SMOKE_SCOPE => smoke(found),
        None => of_other_owner(found),
    }
}

/// Maskinporten has no list of foreign businesses, so that Customs grants this scope to none of them (Digdir, European eSeals).
fn european(found: Diagnosis, scope: &str) -> Diagnosis {
    let is_listed = services::service_of_scope(scope).is_some();
    // A listed scope is spelled right: only Customs can open it. A client (MP-200) belongs to a Norwegian business.
    let who = match is_listed && found.id == "scope-not-granted" {
        true => Who::Customs,
        false => Who::You,
    };
    let at = if is_listed {
        FieldId::Services
    } else {
        FieldId::OwnScopes
    };
    Diagnosis {
        who,
        ..fixed_at(found, at, "european")
    }
}

/// Every accepted eSeal gets this scope: the certificate is the problem.
fn smoke(found: Diagnosis) -> Diagnosis {
    let Some(refused) = table::known("certificate-refused") else {
        return found;
    };
    let found = Diagnosis {
        id: refused.id.clone(),
        who: refused.who,
        ..found
    };
    Diagnosis {
        step: refused.step.clone(),
        fix_at: refused.fix_at.clone(),
        ..fixed_at(found, FieldId::Certificate, "smoke-scope")
    }
}

fn of_other_owner(found: Diagnosis) -> Diagnosis {
    let who = owner_or_you(&found.id);
    let found = Diagnosis { who, ..found };
    fixed_at(found, FieldId::OwnScopes, "other-owner")
}

/// Returns who acts if a scope of another owner than Customs is refused: its owner grants it, and the user puts it on the client.
pub(super) fn owner_or_you(id: &str) -> Who {
    match id {
        "scope-not-granted" => Who::ScopeOwner,
        _ => Who::You,
    }
}

/// Returns whether Customs grants a scope.
pub(super) fn is_of_customs(scope: &str) -> bool {
    services::branch_of_scope(&scope.to_ascii_lowercase()).is_some()
}

fn fixed_at(found: Diagnosis, field: FieldId, variant: &str) -> Diagnosis {
    Diagnosis {
        step: "services".to_owned(),
        fix_at: Some(field.id().to_owned()),
        args: found.args.with(VARIANT, variant),
        ..found
    }
}
