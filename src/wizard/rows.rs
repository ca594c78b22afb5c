//! The focusable rows of a step, and the options and copyable values of each.

use super::{
    model::Model,
    open_profile::{InspectedCertificate, Onboarding},
};
use crate::{
    certificate::FindingId,
    journey::{AnsweredBy, BUILT_IN_IDS, Copyable, FieldId, Item, StepKind, services, services::Service},
    profile::{Authentication, HAS_NUMBER, Kind, copy_values, progress},
};

/// A row of a step. One row has the focus.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Row {
    /// A question with a fixed set of answers.
    Choice(FieldId),
    Service(&'static Service),
    /// A question answered with text.
    Text(FieldId),
    Item(&'static Item),
}

/// An option of a choice.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceOption {
    /// The value in the profile.
    pub value: String,
    /// The id of the option's text; `None` for an environment of the user's own, which is shown by its value.
    pub text: Option<String>,
}

/// Returns the rows of the step on the screen, in order.
pub fn rows(model: &Model, onboarding: &Onboarding) -> Vec<Row> {
    let step = onboarding.current_step();
    match step.kind {
        StepKind::Check => Vec::new(),
        StepKind::Checklist => {
            let rules = model.rules(&onboarding.profile);
            let below = |item: &'static Item| item.field.map(Row::Text);
            progress::visible_items(step, &onboarding.profile, rules)
                .flat_map(|item| std::iter::once(Row::Item(item)).chain(below(item)))
                .collect()
        }
        StepKind::Form => progress::visible_fields(step, &onboarding.profile)
            .map(|field| field.id)
            .filter(|field| match field {
                // A single environment is no choice.
                FieldId::Environment => model.environments.len() > 1,
                FieldId::Pick => asks_pick(onboarding),
                FieldId::KeyFile => asks_key_file(onboarding),
                FieldId::ChainFile => asks_chain_file(onboarding),
                _ => true,
            })
            .flat_map(|field| match field.answered_by() {
                AnsweredBy::Choice => vec![Row::Choice(field)],
                AnsweredBy::Services => available_services(onboarding).map(Row::Service).collect(),
                AnsweredBy::Text | AnsweredBy::File => vec![Row::Text(field)],
            })
            .chain(progress::visible_items(step, &onboarding.profile, model.rules(&onboarding.profile)).map(Row::Item))
            .collect(),
    }
}

/// Returns the services that the business can choose.
fn available_services(onboarding: &Onboarding) -> impl Iterator<Item = &'static Service> {
    let kind = onboarding.profile.business.kind;
    services::services().iter().filter(move |service| match kind {
        Some(kind) => service.open_to(kind),
        None => service.open_to(Kind::Norwegian),
    })
}

/// Returns whether to ask which of several certificates to use: only if another has the same purpose, or the best match
/// is not usable.
fn asks_pick(onboarding: &Onboarding) -> bool {
    let unclear = |inspected: &InspectedCertificate| {
        let purpose = inspected.facts.chosen.as_ref().map(|chosen| chosen.purpose);
        let same = inspected
            .facts
            .others
            .iter()
            .any(|other| Some(other.purpose) == purpose);
        same || (!inspected.facts.others.is_empty() && !inspected.usable)
    };
    onboarding.profile.certificate.pick.is_some() || onboarding.inspected().is_some_and(unclear)
}

/// Returns whether to ask for a separate key file: only if the certificate has no key.
fn asks_key_file(onboarding: &Onboarding) -> bool {
    onboarding.profile.certificate.key_path.is_some() || has_finding(onboarding, FindingId::KeyMissing)
}

/// Returns whether to ask for a separate chain file: only for a seal whose chain is incomplete.
fn asks_chain_file(onboarding: &Onboarding) -> bool {
    onboarding.profile.certificate.chain_path.is_some()
        || (onboarding.profile.business.kind == Some(Kind::Foreign)
            && has_finding(onboarding, FindingId::ChainIncomplete))
}

fn has_finding(onboarding: &Onboarding, id: FindingId) -> bool {
    onboarding
        .inspected()
        .is_some_and(|inspected| inspected.has_finding(id))
}

/// Returns whether an item of the current step is open that others must do, or that takes time to work.
pub fn awaits_others(model: &Model, onboarding: &Onboarding) -> bool {
    let rows = rows(model, onboarding);
    let items = rows.iter().filter_map(|row| match row {
        Row::Item(item) => Some(*item),
        Row::Choice(_) | Row::Service(_) | Row::Text(_) => None,
    });
    // The wait is named after the one who must act, if there is one.
    let wait = onboarding.current_step().wait.as_deref();
    let mut waits: Vec<&Item> = items.clone().filter(|item| Some(item.who.id()) == wait).collect();
    if waits.is_empty() {
        waits = items.collect();
    }
    waits.iter().any(|item| !onboarding.is_ticked(item))
}

/// Returns the options of a choice.
pub fn choice_options(model: &Model, field: FieldId) -> Vec<ChoiceOption> {
    let named = |value: &str, text: &str| ChoiceOption {
        value: value.to_owned(),
        text: Some(text.to_owned()),
    };
    match field {
        FieldId::NorwegianNumber | FieldId::PortalLogin => {
            vec![named("yes", "option-yes"), named("no", "option-no")]
        }
        FieldId::Authentication => vec![
            named(Authentication::Certificate.id(), "option-certificate"),
            named(Authentication::Key.id(), "option-key"),
        ],
        FieldId::Environment => model
            .environments
            .iter()
            .map(|environment| ChoiceOption {
                value: environment.id.clone(),
                text: BUILT_IN_IDS
                    .contains(&environment.id.as_str())
                    .then(|| format!("environment-{}", environment.id)),
            })
            .collect(),
        _ => Vec::new(),
    }
}

impl Onboarding {
    /// Returns the value of the chosen option; `None` if none is chosen yet.
    pub fn chosen(&self, field: FieldId) -> Option<String> {
        let yes_no = |yes: bool| if yes { "yes".to_owned() } else { "no".to_owned() };
        match field {
            FieldId::NorwegianNumber => self.profile.has_norwegian_number().map(yes_no),
            FieldId::PortalLogin => match self.profile.business.kind? {
                Kind::Norwegian => Some(yes_no(true)),
                Kind::Foreign => self
                    .profile
                    .progress
                    .done
                    .contains_key(HAS_NUMBER)
                    .then(|| yes_no(false)),
            },
            FieldId::Environment => Some(self.profile.environment.clone()),
            FieldId::Authentication => Some(self.profile.client.authentication.id().to_owned()),
            _ => None,
        }
    }
}

/// Returns the values of an item that the user enters elsewhere, each with its kind. Values that are not known are left out.
pub fn copy_values(onboarding: &Onboarding, item: &Item, texts: &crate::text::Texts) -> Vec<(Copyable, String)> {
    copy_values::copy_values(&onboarding.profile, item, texts)
}

/// Returns the focused row.
pub(super) fn focused_row(model: &Model) -> Option<Row> {
    let onboarding = model.onboarding()?;
    rows(model, onboarding).get(onboarding.focus).copied()
}
