//! The prompt: the question that the wizard asks at the moment.

use crate::{
    journey::{FieldId, StepKind},
    wizard::{Model, Overlay, Row, View, rows},
};

/// The current question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// The profile to open.
    Profile,
    /// The name of a new profile.
    Name,
    Choice(FieldId),
    Services,
    Text(FieldId),
    /// The items of a checklist to tick.
    Items,
    /// The action on the check with that attempt number.
    Check(u64),
    /// The version to keep after a save conflict.
    Conflict,
    /// Whether to make a key.
    KeyPlan,
    /// Whether to create the client by the API.
    ClientPlan,
}

/// Returns the question that the wizard asks in its current state.
pub fn current_prompt(model: &Model) -> Prompt {
    if model.overlay == Some(Overlay::Conflict) {
        return Prompt::Conflict;
    }
    if model.overlay == Some(Overlay::KeyPlan) {
        return Prompt::KeyPlan;
    }
    if model.overlay == Some(Overlay::ClientPlan) {
        return Prompt::ClientPlan;
    }
    let onboarding = match &model.view {
        View::ProfileList(_) => return Prompt::Profile,
        View::NewProfile(_) => return Prompt::Name,
        View::Onboarding(onboarding) => onboarding,
    };
    match onboarding.current_step().kind {
        StepKind::Check => Prompt::Check(model.attempt),
        StepKind::Checklist | StepKind::Form => match rows(model, onboarding).get(onboarding.focus) {
            Some(Row::Choice(field)) => Prompt::Choice(*field),
            Some(Row::Text(field)) => Prompt::Text(*field),
            Some(Row::Service(_)) => Prompt::Services,
            Some(Row::Item(_)) | None => Prompt::Items,
        },
    }
}
