//! Values of a profile that the user copies into other systems. Pure.

use super::Profile;
use crate::{
    journey::{Copyable, Item, protocol, services},
    text::{Args, Texts},
};

/// The address of Digdir's service desk.
pub const DIGDIR_MAIL: &str = "servicedesk@digdir.no";

/// Returns the values of an item that the user enters elsewhere, each with its kind. Values that are not known are left out.
pub fn copy_values(profile: &Profile, item: &Item, texts: &Texts) -> Vec<(Copyable, String)> {
    item.copy
        .iter()
        .filter_map(|copyable| {
            let value = match copyable {
                Copyable::Scopes => profile.client.scopes.join("\n"),
                Copyable::Organisation => profile.business.organisation.clone()?,
                Copyable::GrantType => protocol::GRANT_TYPE.to_owned(),
                Copyable::Mail => DIGDIR_MAIL.to_owned(),
                Copyable::ClientName => texts
                    .with("client-name", &about_client(profile, texts))
                    .trim()
                    .to_owned(),
                Copyable::ClientDescription if service_names(profile, texts).is_empty() => {
                    texts.get("client-description.none")
                }
                Copyable::ClientDescription => texts.with("client-description", &about_client(profile, texts)),
            };
            (!value.is_empty()).then_some((*copyable, value))
        })
        .collect()
}

/// Returns the id of a value's name, after `copyable-`. The identifier of a foreign business is no organisation number.
pub fn name_id(copyable: Copyable, value: &str) -> &'static str {
    match copyable {
        Copyable::Organisation if !value.chars().all(|c| c.is_ascii_digit()) => "organisation.foreign",
        other => other.id(),
    }
}

/// Returns the values of the texts that name and describe the client.
fn about_client(profile: &Profile, texts: &Texts) -> Args {
    Args::new()
        .with("business", profile.business.name.as_deref().unwrap_or_default())
        .with("services", service_names(profile, texts).join(", "))
}

/// Returns the names of the chosen services, as they are written inside a sentence.
fn service_names(profile: &Profile, texts: &Texts) -> Vec<String> {
    // A profile can name a service that only a newer version knows: it is left out.
    let chosen = services::services()
        .iter()
        .filter(|service| profile.business.services.contains(&service.id));
    let name = |service: &services::Service| {
        let name = texts.get(&format!("service-{}", service.id));
        // A proper name, such as SafeSeaNet, keeps its capitals.
        match name.chars().skip(1).any(char::is_uppercase) {
            true => name,
            false => name.to_lowercase(),
        }
    };
    chosen.map(name).collect()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::{journey::journey, text::Language};

    #[test]
    fn services_are_named_as_in_a_sentence_and_left_out_if_none_is_chosen() {
        let texts = Texts::new(Language::Bokmal);
        let items = || journey().steps.iter().flat_map(|step| &step.items);
        let item = items()
            .find(|item| item.copy.contains(&Copyable::ClientDescription))
            .unwrap();
        let mut profile = Profile::new("test", datetime!(2026-11-22 17:00 UTC));
        profile.business.name = Some("Demo".to_owned());
        let value = |profile: &Profile, kind: Copyable| {
            let all = copy_values(profile, item, &texts).into_iter();
            all.filter(|(of, _)| *of == kind)
                .map(|(_, value)| value)
                .next()
                .unwrap()
        };
        assert_eq!(value(&profile, Copyable::ClientName), "Demo Digitoll");
        assert_eq!(
            value(&profile, Copyable::ClientDescription),
            texts.get("client-description.none")
        );
        profile.business.services = ["road", "safeseanet"].map(str::to_owned).to_vec();
        assert_eq!(value(&profile, Copyable::ClientName), "Demo Digitoll vei, SafeSeaNet");
    }
}
