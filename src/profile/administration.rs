//! Administration clients and the use of Samarbeidsportalen's API. Pure.
//!
//! An administration client is kept as a profile of its own kind: it has an organisation and a credential like any other, and no
//! onboarding. [`PortalWork`] is what the API has been asked for in an onboarding's profile, so that an interrupted command
//! goes on where it was.

use std::path::PathBuf;

use time::OffsetDateTime;

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
    /// The times at which the API did items. Their ticks have these times.
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

    /// Records a client that the API created or found: its id, and the ticks of what the API has done.
    pub fn record_client(&mut self, client: &PortalClient, not_granted: &[String], now: OffsetDateTime) {
        // Ticks are written in whole seconds, and compared with this time.
        let now = now.replace_nanosecond(0).unwrap_or(now);
        self.client.id = Some(client.id.clone());
        if !self.portal.done_at.contains(&now) {
            self.portal.done_at.push(now);
        }
        self.updated = now;
        let has_scopes = self.client.scopes.iter().all(|scope| client.scopes.contains(scope));
        let Some(step) = journey().step(STEP) else {
            return;
        };
        for item in &step.items {
            let key = step.item_key(item);
            if key != SCOPES_ITEM || has_scopes {
                self.progress.done.entry(key).or_insert(now);
            }
        }
        if not_granted.is_empty() && self.client.scopes.iter().any(|scope| scope.starts_with(CUSTOMS_PREFIX)) {
            self.progress.done.entry(GRANTED.to_owned()).or_insert(now);
        }
    }

    /// Returns whether the API has done an item, and not the user.
    pub fn is_done_by_klarert(&self, item: &str) -> bool {
        let ticked = self.progress.done.get(item);
        ticked.is_some_and(|at| self.portal.done_at.contains(at))
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
