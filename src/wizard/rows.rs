//! What of a step can have the focus, and what each row offers.

use super::model::{InspectedCertificate, Model, Onboarding};
use crate::{
    certificate::FindingId,
    journey::{AnsweredBy, Copyable, FieldId, Item, StepKind, protocol, services, services::Service},
    profile::{Authentication, HAS_NUMBER, Kind, progress},
};

/// One thing of a step that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Row {
    /// A question with a few answers.
    Choice(FieldId),
    Service(&'static Service),
    /// A question answered in words.
    Text(FieldId),
    Item(&'static Item),
}

/// An answer to a choice: its text's id and, for an environment of the user's own, its name.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// As the profile has it.
    pub value: String,
    /// The id of a text; none for what has a name of its own.
    pub text: Option<String>,
}

/// The rows of the step on the screen, in order.
pub fn rows(model: &Model, onboarding: &Onboarding) -> Vec<Row> {
    let step = onboarding.current();
    match step.kind {
        StepKind::Check => Vec::new(),
        StepKind::Checklist => {
            let rules = model.rules(&onboarding.profile);
            progress::visible_items(step, &onboarding.profile, rules)
                .into_iter()
                .map(Row::Item)
                .collect()
        }
        StepKind::Form => progress::visible_fields(step, &onboarding.profile)
            .into_iter()
            .map(|field| field.id)
            .filter(|field| match field {
                // Where there is one environment only, there is nothing to choose.
                FieldId::Environment => model.environments.len() > 1,
                FieldId::Pick => wants_pick(onboarding),
                FieldId::KeyFile => wants_key_file(onboarding),
                FieldId::ChainFile => wants_chain_file(onboarding),
                _ => true,
            })
            .flat_map(|field| match field.answered_by() {
                AnsweredBy::Choice => vec![Row::Choice(field)],
                AnsweredBy::Services => open_services(onboarding).map(Row::Service).collect(),
                AnsweredBy::Text | AnsweredBy::File => vec![Row::Text(field)],
            })
            .collect(),
    }
}

fn open_services(onboarding: &Onboarding) -> impl Iterator<Item = &'static Service> {
    let kind = onboarding.profile.business.kind;
    services::services().iter().filter(move |service| match kind {
        Some(kind) => service.open_to(kind),
        None => service.open_to(Kind::Norwegian),
    })
}

/// Which of several is only asked where the choice was not clear: where another one is for the same purpose, or the one
/// that suits best will not do.
fn wants_pick(onboarding: &Onboarding) -> bool {
    let unclear = |examined: &InspectedCertificate| {
        let purpose = examined.facts.chosen.as_ref().map(|chosen| chosen.purpose);
        let same = examined.facts.others.iter().any(|other| Some(other.purpose) == purpose);
        same || (!examined.facts.others.is_empty() && !examined.usable)
    };
    onboarding.profile.certificate.pick.is_some() || onboarding.examined().is_some_and(unclear)
}

/// A key in a file of its own is only asked for when the certificate came without one.
fn wants_key_file(onboarding: &Onboarding) -> bool {
    onboarding.profile.certificate.key_path.is_some() || found(onboarding, &[FindingId::KeyMissing])
}

fn wants_chain_file(onboarding: &Onboarding) -> bool {
    onboarding.profile.certificate.chain_path.is_some()
        || (onboarding.profile.business.kind == Some(Kind::Foreign) && found(onboarding, &[FindingId::ChainIncomplete]))
}

fn found(onboarding: &Onboarding, ids: &[FindingId]) -> bool {
    onboarding
        .examined()
        .is_some_and(|examined| examined.findings.iter().any(|finding| ids.contains(&finding.id)))
}

/// The answers a choice offers.
pub fn choices(model: &Model, field: FieldId) -> Vec<Choice> {
    let named = |value: &str, text: &str| Choice {
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
            .map(|environment| Choice {
                value: environment.id.clone(),
                text: ["test", "prod", "sandbox"]
                    .contains(&environment.id.as_str())
                    .then(|| format!("environment-{}", environment.id)),
            })
            .collect(),
        _ => Vec::new(),
    }
}

impl Onboarding {
    /// The answer that a choice has now.
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

/// Digdir's service desk.
pub const DIGDIR_MAIL: &str = "servicedesk@digdir.no";

/// The values of an item that the user carries elsewhere, each with what it is.
pub fn copies(onboarding: &Onboarding, item: &Item, texts: &crate::text::Texts) -> Vec<(Copyable, String)> {
    let profile = &onboarding.profile;
    item.copy
        .iter()
        .filter_map(|copyable| {
            let value = match copyable {
                Copyable::Scopes => profile.client.scopes.join("\n"),
                Copyable::Organisation => profile.business.organisation.clone()?,
                Copyable::GrantType => protocol::GRANT_TYPE.to_owned(),
                Copyable::Mail => DIGDIR_MAIL.to_owned(),
                Copyable::ClientName => texts
                    .with("client-name", &about_client(onboarding, texts))
                    .trim()
                    .to_owned(),
                Copyable::ClientDescription => texts.with("client-description", &about_client(onboarding, texts)),
            };
            (!value.is_empty()).then_some((*copyable, value))
        })
        .collect()
}

fn about_client(onboarding: &Onboarding, texts: &crate::text::Texts) -> crate::text::Args {
    // A profile may name a service that only another version knows.
    let services: Vec<String> = services::services()
        .iter()
        .filter(|service| onboarding.profile.business.services.contains(&service.id))
        .map(|service| texts.get(&format!("service-{}", service.id)).to_lowercase())
        .collect();
    crate::text::Args::new()
        .with(
            "business",
            onboarding.profile.business.name.as_deref().unwrap_or_default(),
        )
        .with("services", services.join(", "))
}
