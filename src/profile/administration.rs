//! Administration clients and the use of Samarbeidsportalen's API. Pure.
//!
//! An administration client is kept as a profile of its own kind: it has an organisation and a credential like any other, and no
//! onboarding. [`PortalWork`] is what the API has been asked for in an onboarding's profile, so that an interrupted command
//! goes on where it was.

use std::path::PathBuf;

use time::{Duration, OffsetDateTime};

use super::{Kind, Profile, organisation::same_organisation};
use crate::journey::{FieldId, journey};

/// The scopes of an administration client (Digdir, *API for client registration*).
pub const SCOPES: [&str; 2] = ["idporten:dcr.read", "idporten:dcr.write"];
/// The prefix of Customs' scopes.
const CUSTOMS_PREFIX: &str = "toll:";
/// The item that Customs' grant of all scopes ticks.
const GRANTED: &str = "customs.granted";
/// The step that the API takes the place of, and its item about scopes.
const STEP: &str = "integration";
const SCOPES_ITEM: &str = "integration.scopes";
/// The items of that step that are done in a browser only.
const BROWSER_ITEMS: [&str; 3] = [
    "integration.login",
    "integration.business",
    "integration.organisation-shown",
];

/// The purpose of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// The onboarding of one business.
    #[default]
    Onboarding,
    /// An administration client, which manages the clients of its organisation.
    Administration,
}

impl Purpose {
    /// Returns the purpose as the file and JSON have it.
    pub fn id(self) -> &'static str {
        match self {
            Purpose::Onboarding => "onboarding",
            Purpose::Administration => "administration",
        }
    }
}

/// The state of the work that the API does for a profile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PortalWork {
    /// The text in the description of the client that was asked for, by which it is found after a lost answer.
    pub marker: Option<String>,
    /// The times at which klarert ticked items by the API. Their ticks have these times, and the user's have others.
    pub done_at: Vec<OffsetDateTime>,
    /// The key of a rotation that is not yet in use.
    pub next_key: Option<NextKey>,
    /// The key of a rotation that is no longer in use, and still on the client.
    pub old_kid: Option<String>,
}

/// A new key, whose file exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextKey {
    pub path: PathBuf,
    pub kid: String,
}

/// A client of Samarbeidsportalen, as far as a profile depends on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalClient {
    pub id: String,
    pub name: String,
    pub description: String,
    pub scopes: Vec<String>,
}

/// The client to create for a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientPlan {
    pub marker: String,
    pub name: String,
    pub description: String,
    /// The scopes to put on it: those that are granted.
    pub scopes: Vec<String>,
    /// The scopes of the profile that are not granted, which the API does not take.
    pub not_granted: Vec<String>,
    /// The client of this profile that exists already, because an earlier answer was lost.
    pub existing: Option<PortalClient>,
}

impl Profile {
    /// Returns whether the profile is an administration client.
    pub fn is_administration(&self) -> bool {
        self.purpose == Purpose::Administration
    }

    /// Returns whether this administration client can create the client of an onboarding: in the same environment, for the same
    /// organisation. A foreign business has no client.
    pub fn administers(&self, onboarding: &Profile) -> bool {
        let organisations = [self, onboarding].map(|profile| profile.business.organisation.as_deref());
        self.is_administration()
            && !onboarding.is_administration()
            && onboarding.business.kind == Some(Kind::Norwegian)
            && self.environment == onboarding.environment
            && matches!(organisations, [Some(one), Some(other)] if same_organisation(one, other))
    }

    /// Records a client that the API created, or found after a lost answer: its id, and the ticks of the step that the API takes the
    /// place of. The user may have ticked what is only done now.
    pub fn record_client(&mut self, client: &PortalClient, not_granted: &[String], now: OffsetDateTime) {
        let at = self.time_of_own_ticks(now);
        self.client.id = Some(client.id.clone());
        let Some(step) = journey().step(STEP) else {
            return;
        };
        for key in step.items.iter().map(|item| item.key.clone()) {
            match BROWSER_ITEMS.contains(&&*key) {
                true => drop(self.progress.done.entry(key).or_insert(at)),
                false => drop(self.progress.done.insert(key, at)),
            }
        }
        self.record_scopes_at(client, not_granted, true, at);
    }

    /// Records the scopes of a client that exists. `are_new` if the API has put some on it.
    pub fn record_scopes(&mut self, client: &PortalClient, not_granted: &[String], are_new: bool, now: OffsetDateTime) {
        let at = self.time_of_own_ticks(now);
        self.record_scopes_at(client, not_granted, are_new, at);
    }

    fn record_scopes_at(&mut self, client: &PortalClient, not_granted: &[String], are_new: bool, at: OffsetDateTime) {
        let done = &mut self.progress.done;
        match self.client.scopes.iter().all(|scope| client.scopes.contains(scope)) {
            true if are_new => drop(done.insert(SCOPES_ITEM.to_owned(), at)),
            true => drop(done.entry(SCOPES_ITEM.to_owned()).or_insert(at)),
            false => drop(done.remove(SCOPES_ITEM)),
        }
        if not_granted.is_empty() && self.client.scopes.iter().any(|scope| scope.starts_with(CUSTOMS_PREFIX)) {
            done.entry(GRANTED.to_owned()).or_insert(at);
        }
    }

    /// Returns the time for the ticks that klarert sets now, in whole seconds as they are written. No tick of the user has it.
    fn time_of_own_ticks(&mut self, now: OffsetDateTime) -> OffsetDateTime {
        let own = &self.portal.done_at;
        let users = self.progress.done.values().map(whole_seconds);
        let users: Vec<OffsetDateTime> = users.filter(|at| !own.contains(at)).collect();
        let mut at = whole_seconds(&now);
        while users.contains(&at) {
            at -= Duration::SECOND;
        }
        if !own.contains(&at) {
            self.portal.done_at.push(at);
        }
        self.updated = now;
        at
    }

    /// Ticks an item for the user. An earlier tick keeps its time. No tick of klarert has the time.
    pub fn tick(&mut self, item: String, now: OffsetDateTime) {
        let mut at = now;
        while self.portal.done_at.contains(&whole_seconds(&at)) {
            at += Duration::SECOND;
        }
        self.progress.done.entry(item).or_insert(at);
    }

    /// Returns whether klarert has ticked an item by the API, and not the user.
    pub fn is_ticked_by_klarert(&self, item: &str) -> bool {
        let ticked = self.progress.done.get(item).map(whole_seconds);
        ticked.is_some_and(|at| self.portal.done_at.contains(&at))
    }

    /// Returns the id of the text about the tick of an item that klarert has set. `None` for the user's ticks.
    pub fn own_tick_text_id(&self, item: &str) -> Option<&'static str> {
        let id = match BROWSER_ITEMS.contains(&item) {
            true => "not-needed-with-api",
            false => "ticked-by-klarert",
        };
        self.is_ticked_by_klarert(item).then_some(id)
    }

    /// Replaces the key by that of the rotation. The old key stays on the client until it is removed there.
    pub fn use_next_key(&mut self, now: OffsetDateTime) {
        if let Some(next) = self.portal.next_key.take() {
            self.portal.old_kid = self.client.kid.replace(next.kid);
            self.certificate.path = Some(next.path);
            self.certificate.key_path = None;
            self.client.key_registered = Some(now.date());
            self.updated = now;
        }
    }
}

fn whole_seconds(time: &OffsetDateTime) -> OffsetDateTime {
    time.replace_nanosecond(0).unwrap_or(*time)
}

/// Returns whether the wizard and the lists show a step of the journey for an administration client.
pub(super) fn has_step(step: &str) -> bool {
    ["business", "credentials", "check"].contains(&step)
}

/// Returns whether an administration client has an answer: its organisation is Norwegian, its scopes are fixed, and it acts for no
/// other organisation.
pub(super) fn has_field(field: FieldId) -> bool {
    let others = [
        FieldId::NorwegianNumber,
        FieldId::PortalLogin,
        FieldId::Services,
        FieldId::OwnScopes,
        FieldId::ConsumerOrg,
    ];
    !others.contains(&field)
}

/// Returns a profile for an administration client without answers.
pub fn new(environment: &str, now: OffsetDateTime) -> Profile {
    let mut profile = Profile::new(environment, now);
    profile.purpose = Purpose::Administration;
    profile.business.kind = Some(Kind::Norwegian);
    profile.client.scopes = SCOPES.map(str::to_owned).to_vec();
    profile
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const ROAD: &str = "toll:movement/road/v2";

    fn onboarding() -> Profile {
        let mut profile = Profile::new("test", datetime!(2026-11-26 08:00 UTC));
        profile.business.kind = Some(Kind::Norwegian);
        profile.client.scopes = vec![ROAD.to_owned()];
        profile
    }

    fn client(scopes: &[&str]) -> PortalClient {
        PortalClient {
            id: "c1".to_owned(),
            name: String::new(),
            description: String::new(),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        }
    }

    #[test]
    fn created_client_ticks_what_klarert_did_and_keeps_the_users_other_ticks() {
        let mut profile = onboarding();
        let now = profile.created + Duration::milliseconds(700);
        // Within the same second: login is the user's, and no client had been created yet.
        for item in ["integration.login", "integration.create", "customs.granted"] {
            profile.tick(item.to_owned(), now);
        }
        profile.record_client(&client(&[ROAD]), &[], now);
        let text = |item: &str| profile.own_tick_text_id(item);
        assert_eq!(text("integration.login"), None);
        assert_eq!(text("customs.granted"), None);
        assert_eq!(text("integration.business"), Some("not-needed-with-api"));
        for item in ["integration.create", "integration.scopes", "integration.identifier"] {
            assert_eq!(text(item), Some("ticked-by-klarert"), "{item}");
        }

        profile.progress.done.remove("integration.name");
        profile.tick("integration.name".to_owned(), now);
        assert!(
            !profile.is_ticked_by_klarert("integration.name"),
            "ticked again by the user"
        );
    }

    #[test]
    fn added_scopes_leave_the_ticks_of_a_client_that_the_user_made() {
        let mut profile = onboarding();
        let now = profile.created + Duration::HOUR;
        profile.record_scopes(&client(&[ROAD]), &[], true, now);
        let ticked: Vec<&String> = profile.progress.done.keys().collect();
        assert_eq!(ticked, ["customs.granted", "integration.scopes"]);

        let mut profile = onboarding();
        profile.tick("integration.scopes".to_owned(), profile.created);
        profile.record_scopes(&client(&[ROAD]), &[], false, now);
        assert!(!profile.is_ticked_by_klarert("integration.scopes"), "they were there");
        profile.record_scopes(&client(&[]), &[ROAD.to_owned()], false, now);
        assert!(
            !profile.progress.done.contains_key("integration.scopes"),
            "they are not there"
        );
    }
}
