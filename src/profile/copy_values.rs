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
                Copyable::ClientDescription => texts.with("client-description", &about_client(profile, texts)),
            };
            (!value.is_empty()).then_some((*copyable, value))
        })
        .collect()
}

/// Returns the values of the texts that name and describe the client.
fn about_client(profile: &Profile, texts: &Texts) -> Args {
    // A profile can name a service that only a newer version knows: it is left out.
    let services: Vec<String> = services::services()
        .iter()
        .filter(|service| profile.business.services.contains(&service.id))
        .map(|service| texts.get(&format!("service-{}", service.id)).to_lowercase())
        .collect();
    Args::new()
        .with("business", profile.business.name.as_deref().unwrap_or_default())
        .with("services", services.join(", "))
}
