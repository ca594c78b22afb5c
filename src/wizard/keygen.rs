//! A new key, where one is needed: for a client with a registered key, or for the request to an issuer of eSeals. The
//! key itself never comes here, only where it is and its public half.

use super::{
    answers, certificate,
    message::Effect,
    model::{GeneratedKey, Model, Onboarding, Overlay, Plan},
    rows::{Row, focused},
    saving::save,
};
use crate::{
    journey::FieldId,
    profile::{Authentication, Kind},
    text::Args,
};

/// Whether a new key can be made where the focus is.
pub fn can_make(model: &Model) -> bool {
    let Some(onboarding) = model.onboarding() else {
        return false;
    };
    let here = matches!(
        focused(model),
        Some(Row::Text(FieldId::Certificate | FieldId::KeyFile | FieldId::Kid))
    );
    here && (onboarding.profile.business.kind == Some(Kind::Foreign)
        || onboarding.profile.authentication() == Authentication::Key)
}

/// Has it made, if enough is known.
pub(super) fn make(model: &mut Model) -> Vec<Effect> {
    if !can_make(model) {
        return Vec::new();
    }
    let mut effects = answers::commit(model);
    let year = model.now.year();
    let Some(plan) = model.onboarding().and_then(|onboarding| plan(onboarding, year)) else {
        model.warn("notice-make-needs", Args::new());
        return effects;
    };
    let attempt = model.next_attempt();
    let Some(onboarding) = model.onboarding_mut() else {
        return effects;
    };
    let name = onboarding.name.clone();
    model.tell("notice-making", Args::new());
    effects.push(Effect::Make { attempt, name, plan });
    effects
}

fn plan(onboarding: &Onboarding, year: i32) -> Option<Plan> {
    let profile = &onboarding.profile;
    if profile.business.kind != Some(Kind::Foreign) {
        // A key that is in use keeps its name; the new one is another key, and has another.
        let used = profile
            .client
            .kid
            .as_ref()
            .filter(|_| profile.certificate.path.is_some());
        let year = format!("{}-{year}", onboarding.name);
        let names = (2..).map(|number| format!("{year}-{number}"));
        let free = || {
            std::iter::once(year.clone())
                .chain(names)
                .find(|name| Some(name) != used)
        };
        let kid = profile.client.kid.clone().filter(|_| used.is_none()).or_else(free);
        return kid.map(|kid| Plan::Key { kid });
    }
    let organisation = profile.business.organisation.clone()?;
    Some(Plan::Request {
        name: profile.business.name.clone()?,
        country: country(&organisation)?,
        organisation,
    })
}

/// The country of an `organizationIdentifier` (ETSI EN 319 412-1 §5.1.4): the two letters before the hyphen, or before
/// the colon of a national scheme.
fn country(identifier: &str) -> Option<String> {
    let (scheme, _) = identifier.split_once('-')?;
    let country = match scheme.strip_suffix(':') {
        Some(country) => country,
        None => scheme.get(3..)?,
    };
    (country.len() == 2).then(|| country.to_owned())
}

/// It has been made: the profile uses it from now on, and what is carried elsewhere is shown.
pub(super) fn made(model: &mut Model, attempt: u64, outcome: Result<Box<GeneratedKey>, String>) -> Vec<Effect> {
    if attempt != model.attempt {
        return Vec::new();
    }
    model.notice = None;
    let made = match outcome {
        Ok(made) => made,
        Err(why) => {
            model.warn("notice-not-made", Args::new().with("why", why));
            return Vec::new();
        }
    };
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let files = &mut onboarding.profile.certificate;
    match &made.plan {
        Plan::Key { kid } => {
            onboarding.profile.client.kid = Some(kid.clone());
            // It has yet to be put on the client.
            onboarding.profile.client.key_registered = None;
            files.path = Some(made.key.clone());
        }
        // A certificate that is there already has a key of its own.
        Plan::Request { .. } if files.path.is_some() => {}
        Plan::Request { .. } => files.key_path = Some(made.key.clone()),
    }
    let readable = files.path.is_some();
    for field in [
        FieldId::Kid,
        FieldId::KeyRegistered,
        FieldId::Certificate,
        FieldId::KeyFile,
    ] {
        onboarding.entries.remove(&field);
    }
    onboarding.made = Some(made);
    model.overlay = Some(Overlay::GeneratedKey);
    answers::refresh(model);
    let effects = save(model);
    if readable {
        [effects, certificate::read(model, false, false)].concat()
    } else {
        effects
    }
}

/// Copies what is carried elsewhere.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let text = model
        .onboarding()
        .and_then(|onboarding| onboarding.made.as_ref())
        .map(|made| made.text.clone());
    text.map(Effect::Copy).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_is_in_the_identifier() {
        for (identifier, is) in [
            ("VATDE-123456789", Some("DE")),
            ("NTRSE-5560000001", Some("SE")),
            ("NL:-12345", Some("NL")),
            ("nothing", None),
            ("XX-1", None),
        ] {
            assert_eq!(country(identifier).as_deref(), is, "{identifier}");
        }
    }
}
