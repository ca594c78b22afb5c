//! The client of a profile: created once, also if an answer is lost.
//!
//! The description ends in a marker, which is saved in the profile before the client is asked for. A client with that marker is
//! the profile's own.

use std::thread;

use uuid::Uuid;

use super::{Portal, PortalError, body, scopes};
use crate::{
    journey::{Copyable, journey},
    profile::{ClientPlan, PortalClient, Profile, copy_values::copy_values},
    text::Texts,
};

/// The longest name and description that the API takes, in characters.
const MAX_TEXT_CHARS: usize = 255;
/// The beginning of a marker. It tells a person in the portal where the client comes from.
const MARKER_PREFIX: &str = "klarert-";
const MARKER_DIGITS: usize = 12;

/// Plans the client of a profile. Nothing is changed.
///
/// # Errors
///
/// The diagnosis of the token or of the request that failed.
pub fn plan(portal: &mut Portal, profile: &Profile, texts: &Texts) -> Result<ClientPlan, PortalError> {
    let states = scopes::states(portal, profile)?;
    let existing = match &profile.portal.marker {
        Some(marker) => find(portal, marker)?,
        None => None,
    };
    let marker = profile.portal.marker.clone().unwrap_or_else(new_marker);
    let [name, description] = [Copyable::ClientName, Copyable::ClientDescription].map(|wanted| {
        let items = journey().steps.iter().flat_map(|step| &step.items);
        let values = items.flat_map(|item| copy_values(profile, item, texts));
        let value = values.into_iter().find(|(kind, _)| *kind == wanted);
        value.map(|(_, text)| text).unwrap_or_default()
    });
    Ok(ClientPlan {
        name: shorten(&name, MAX_TEXT_CHARS),
        description: with_marker(&description, &marker),
        marker,
        scopes: states.granted,
        not_granted: states.not_granted,
        existing,
    })
}

/// Creates the client, or returns the one that exists. The marker must be saved before.
///
/// # Errors
///
/// The diagnosis. If the answer was lost, the next plan finds the client.
pub fn execute(portal: &mut Portal, plan: &ClientPlan) -> Result<PortalClient, PortalError> {
    if let Some(existing) = &plan.existing {
        return Ok(existing.clone());
    }
    let body = body::new_client(plan);
    let mut pauses = portal.settings().pauses.iter();
    loop {
        let error = match portal.create_client(&body) {
            Ok(created) => return Ok(created.client),
            Err(error) => error,
        };
        let Some(pause) = pauses.next().filter(|_| error.is_lost) else {
            return Err(error);
        };
        thread::sleep(*pause);
        // The request may have been carried out, although its answer was lost.
        if let Some(found) = find(portal, &plan.marker)? {
            return Ok(found);
        }
    }
}

fn find(portal: &mut Portal, marker: &str) -> Result<Option<PortalClient>, PortalError> {
    let clients = portal.clients()?.into_iter();
    let mut own = clients.filter(|client| client.client.description.contains(marker));
    Ok(own.next().map(|client| client.client))
}

fn new_marker() -> String {
    let id = Uuid::new_v4().simple().to_string();
    format!("{MARKER_PREFIX}{}", &id[..MARKER_DIGITS])
}

fn with_marker(description: &str, marker: &str) -> String {
    let marker = format!("[{marker}]");
    let left = MAX_TEXT_CHARS.saturating_sub(marker.len() + 1);
    format!("{} {marker}", shorten(description, left))
        .trim_start()
        .to_owned()
}

fn shorten(text: &str, max_chars: usize) -> String {
    text.chars().take(max_chars).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn description_ends_in_the_marker_within_255_characters() {
        let marker = new_marker();
        assert_eq!(with_marker("", &marker), format!("[{marker}]"));
        let long = with_marker(&"æ".repeat(400), &marker);
        assert_eq!(long.chars().count(), 255);
        assert!(long.ends_with(&format!("æ [{marker}]")));
    }
}
