//! The profile: one onboarding's answers and progress. Pure, but for [`file::store`].
//!
//! [`parse`] validates typed text, [`fields`] sets and gets answers by name, [`progress`] derives what is left to do,
//! and [`mod@file`] reads and writes profiles and `config.toml`.

pub mod administration;
mod certificate_facts;
pub mod client_id;
pub mod command_line;
pub mod copy_values;
mod drive_path;
pub mod expiry;
pub mod fields;
pub mod file;
mod fingerprint;
pub mod import;
pub mod organisation;
pub mod overview;
pub mod parse;
mod pasted;
mod pasted_path;
pub mod progress;
pub mod scope_notes;
pub mod stale_ticks;
pub mod summary;

use std::{collections::BTreeMap, path::PathBuf};

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::journey::services;
pub use crate::journey::{Authentication, Kind};
pub use administration::{ClientPlan, NextKey, PortalClient, PortalWork, Purpose};

/// The version of the file format that this program writes.
pub const FORMAT: i64 = 1;

/// The answers and the progress of one onboarding. It never contains a secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    pub purpose: Purpose,
    /// The id of an [`Environment`](crate::journey::Environment).
    pub environment: String,
    pub created: OffsetDateTime,
    /// The time of the last change of an answer or a tick.
    pub updated: OffsetDateTime,
    /// The time of the last save that changed no answer, such as a visit to another step.
    pub used: Option<OffsetDateTime>,
    pub business: Business,
    pub client: Client,
    pub certificate: CertificateFiles,
    /// The command of a secret store that prints the certificate's password. Empty if there is none.
    pub password_command: Vec<String>,
    /// The file of the authentication that is not chosen: a certificate and a registered key are two files.
    pub other_certificate: Option<PathBuf>,
    /// The certificate's expiry when it was last read, so that a list can show it without the password.
    pub certificate_ends: Option<OffsetDateTime>,
    /// The [`certificate_fingerprint`](Profile::certificate_fingerprint) of answers with which the certificate was last found to
    /// be unusable.
    pub unusable_certificate: Option<String>,
    pub progress: Progress,
    pub last_check: Option<LastCheck>,
    pub accepted_client: Option<AcceptedClient>,
    pub portal: PortalWork,
}

/// Answers about the business.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Business {
    pub kind: Option<Kind>,
    pub name: Option<String>,
    /// Norwegian: nine digits. Foreign: the certificate's `organizationIdentifier`; it may be absent.
    pub organisation: Option<String>,
    /// Ids from `assets/services.toml`.
    pub services: Vec<String>,
}

/// Answers about the Maskinporten client.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Client {
    /// Norwegian: the client id. Foreign: the name sent as `iss`.
    pub id: Option<String>,
    pub scopes: Vec<String>,
    pub authentication: Authentication,
    /// The registered key's id, with [`Authentication::Key`] only.
    pub kid: Option<String>,
    /// The day that key was registered on the client, with [`Authentication::Key`] only. It expires one year later.
    pub key_registered: Option<Date>,
    /// The organisation that a supplier acts for; `None` for all others.
    pub consumer_org: Option<String>,
}

/// Paths of the certificate and its key, as the user wrote them. A relative path is relative to the profile's file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct CertificateFiles {
    /// The `.p12`, `.pfx`, `.pem`, `.crt` or `.der`; with [`Authentication::Key`] the private key's file.
    pub path: Option<PathBuf>,
    /// The number of the certificate to use, where the file has several. They are counted from 1, the most suitable
    /// first. `None` unless the user chose another than the first.
    pub pick: Option<u16>,
    /// The private key's file, if it is separate.
    pub key_path: Option<PathBuf>,
    /// The chain's file, if it is separate.
    pub chain_path: Option<PathBuf>,
}

/// The user's position and ticked items.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Progress {
    /// The id of the step last visited.
    pub step: Option<String>,
    /// The field, or the item as `<step>.<item>`, that had the focus there.
    pub at: Option<String>,
    /// Ticked items, `<step>.<item>`, and the time of each tick.
    pub done: BTreeMap<String, OffsetDateTime>,
}

/// The result of the last connectivity check.
#[derive(Debug, Clone, PartialEq)]
pub struct LastCheck {
    pub at: OffsetDateTime,
    pub outcome: CheckOutcome,
    /// The id of the stage that failed.
    pub stopped_at: Option<String>,
    /// The diagnosis's MP code, or its id if it has none.
    pub code: Option<String>,
    /// The diagnosis's id; `None` if an older version wrote the file.
    pub diagnosis: Option<String>,
    /// The id of the party that must act; `None` if an older version wrote the file.
    pub who: Option<String>,
    /// Maskinporten's id of the refused request, for its service desk.
    pub trace_id: Option<String>,
    /// The [`fingerprint`](Profile::fingerprint) of the checked answers; `None` if an older version wrote the file.
    pub of: Option<String>,
}

/// A client that Maskinporten has accepted in this environment, so that a later mistake in the client id can be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedClient {
    /// The time of the last check in which Maskinporten accepted the client.
    pub at: OffsetDateTime,
    pub id: String,
}

/// The outcome of a whole check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckOutcome {
    Passed,
    Failed,
}

/// The item that records a *yes* to "does the business have a Norwegian organisation number?". A business of kind
/// foreign with this item is a NUF (a foreign company's Norwegian branch) where no person can log in to
/// Samarbeidsportalen.
pub const HAS_NUMBER: &str = "business.norwegian-number";

/// The item that records a *yes* to "can someone in the business log in to Samarbeidsportalen?" while that question is
/// hidden.
pub const PORTAL_LOGIN: &str = "business.portal-login";

/// The item that records that a file of the certificate did not exist when it was last looked for. The step with the
/// certificate is not done until the file is found.
pub const FILE_NOT_FOUND: &str = "credentials.file-not-found";

impl Profile {
    /// Returns a profile without answers.
    pub fn new(environment: &str, now: OffsetDateTime) -> Profile {
        Profile {
            purpose: Purpose::default(),
            environment: environment.to_owned(),
            created: now,
            updated: now,
            used: None,
            business: Business::default(),
            client: Client::default(),
            certificate: CertificateFiles::default(),
            password_command: Vec::new(),
            other_certificate: None,
            certificate_ends: None,
            unusable_certificate: None,
            progress: Progress::default(),
            last_check: None,
            accepted_client: None,
            portal: PortalWork::default(),
        }
    }

    /// Returns whether the business has a Norwegian organisation number; `None` while that is unanswered.
    pub fn has_norwegian_number(&self) -> Option<bool> {
        match self.business.kind {
            Some(Kind::Norwegian) => Some(true),
            Some(Kind::Foreign) => Some(self.progress.done.contains_key(HAS_NUMBER)),
            None => self.progress.done.contains_key(HAS_NUMBER).then_some(true),
        }
    }

    /// Returns the time at which the profile was last changed or opened.
    pub fn last_used(&self) -> OffsetDateTime {
        self.used.map_or(self.updated, |used| used.max(self.updated))
    }

    /// Returns true if an answer that a check depends on was changed after the last check.
    pub fn changed_since_check(&self) -> bool {
        let of = self.last_check.as_ref().and_then(|check| check.of.as_ref());
        of.is_some_and(|of| *of != self.fingerprint())
    }

    /// Records a check of `checked`, which is this profile as it was when the check began. The client id is kept as accepted
    /// if Maskinporten issued a token, or refused the scope only (MP-250: client, key and certificate are right).
    pub fn record_check(&mut self, check: LastCheck, checked: &Profile) {
        let after_token = ["customs", "api"].map(Some).contains(&check.stopped_at.as_deref());
        let accepted = check.outcome == CheckOutcome::Passed || after_token || check.code.as_deref() == Some("MP-250");
        let kept =
            accepted && checked.business.kind == Some(Kind::Norwegian) && checked.environment == self.environment;
        if let (true, Some(id)) = (kept, &checked.client.id) {
            self.accepted_client = Some(AcceptedClient {
                at: check.at,
                id: id.clone(),
            });
        }
        self.last_check = Some(check);
    }

    /// Returns the client that Maskinporten accepted before, if the client id was changed since; else `None`.
    pub fn replaced_client(&self) -> Option<&AcceptedClient> {
        let norwegian = self.business.kind == Some(Kind::Norwegian);
        let accepted = self.accepted_client.as_ref().filter(|_| norwegian)?;
        (self.client.id.as_ref()? != &accepted.id).then_some(accepted)
    }

    /// Returns the scopes that belong to none of the chosen services: those that the user added. A chosen service has its scopes
    /// for both kinds of business, as a file edited by hand may have those of the other kind.
    pub fn own_scopes(&self) -> Vec<String> {
        let of_services =
            [Kind::Norwegian, Kind::Foreign].map(|kind| services::scopes_for(kind, &self.business.services));
        let is_own = |scope: &&String| !of_services.iter().flatten().any(|other| other == *scope);
        self.client.scopes.iter().filter(is_own).cloned().collect()
    }

    /// Sets the services and their scopes. The user's own scopes stay.
    pub fn choose_services(&mut self, services: Vec<String>) {
        // Before the change: afterwards the scope of a removed service looks like the user's own.
        let own = self.own_scopes();
        self.business.services = services;
        self.set_scopes(&own);
    }

    /// Sets the scopes to those of the chosen services for this kind of business, followed by the user's own.
    pub fn set_scopes(&mut self, own: &[String]) {
        let mut scopes = match self.business.kind {
            Some(kind) => services::scopes_for(kind, &self.business.services),
            None => Vec::new(),
        };
        for scope in own {
            if !scopes.contains(scope) {
                scopes.push(scope.clone());
            }
        }
        self.client.scopes = scopes;
    }

    /// Returns the effective authentication. A foreign business has no client on which to register a key, so it is
    /// always a certificate.
    pub fn authentication(&self) -> Authentication {
        match self.business.kind {
            Some(Kind::Foreign) => Authentication::Certificate,
            _ => self.client.authentication,
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn check(outcome: CheckOutcome, stopped_at: Option<&str>, code: Option<&str>) -> LastCheck {
        LastCheck {
            at: datetime!(2026-11-22 17:10 UTC),
            outcome,
            stopped_at: stopped_at.map(str::to_owned),
            code: code.map(str::to_owned),
            diagnosis: None,
            who: None,
            trace_id: None,
            of: None,
        }
    }

    #[test]
    fn client_is_accepted_if_a_token_was_issued_or_only_the_scope_refused() {
        let (passed, failed) = (CheckOutcome::Passed, CheckOutcome::Failed);
        for (check, accepted) in [
            (check(passed, None, None), true),
            (check(failed, Some("api"), Some("api-refused")), true),
            (check(failed, Some("customs"), Some("customs-not-authorised")), true),
            (check(failed, Some("token"), Some("MP-250")), true),
            (check(failed, Some("token"), Some("MP-100")), false),
            (check(failed, Some("certificate"), None), false),
        ] {
            let mut profile = Profile::new("test", datetime!(2026-11-22 17:00 UTC));
            profile.business.kind = Some(Kind::Norwegian);
            profile.client.id = Some("old".into());
            let checked = profile.clone();
            // The id is changed while the check runs.
            profile.client.id = Some("new".into());
            profile.record_check(check.clone(), &checked);
            assert_eq!(profile.last_check.as_ref(), Some(&check));
            let id = profile.accepted_client.as_ref().map(|client| client.id.as_str());
            assert_eq!(id, accepted.then_some("old"), "{check:?}");
            assert_eq!(profile.replaced_client(), profile.accepted_client.as_ref(), "{check:?}");
        }
    }

    #[test]
    fn client_is_replaced_only_by_another_id_of_a_norwegian_business() {
        let mut profile = Profile::new("test", datetime!(2026-11-22 17:00 UTC));
        profile.accepted_client = Some(AcceptedClient {
            at: profile.created,
            id: "old".into(),
        });
        for (kind, id, replaced) in [
            (Kind::Norwegian, Some("new"), true),
            (Kind::Norwegian, Some("old"), false),
            (Kind::Norwegian, None, false),
            (Kind::Foreign, Some("new"), false),
        ] {
            profile.business.kind = Some(kind);
            profile.client.id = id.map(str::to_owned);
            assert_eq!(profile.replaced_client().is_some(), replaced, "{kind:?} {id:?}");
        }
    }

    #[test]
    fn own_scopes_are_all_but_those_of_the_chosen_services() {
        for (kind, services, own) in [
            (Kind::Norwegian, "road", "toll:declaration.feed toll:movement/air x:y"),
            (Kind::Norwegian, "road", "toll:eu/movement/air toll:foo"),
            (Kind::Foreign, "road", "toll:movement/air toll:eu/movement/air"),
            (Kind::Norwegian, "", "toll:movement/road/v2"),
        ] {
            let mut profile = Profile::new("test", datetime!(2026-11-22 17:00 UTC));
            profile.business.kind = Some(kind);
            profile.business.services = services.split_whitespace().map(str::to_owned).collect();
            let own: Vec<String> = own.split(' ').map(str::to_owned).collect();
            profile.set_scopes(&own);
            assert_eq!(profile.own_scopes(), own, "{kind:?} {services}");
        }
        let mut profile = Profile::new("test", datetime!(2026-11-22 17:00 UTC));
        profile.business.kind = Some(Kind::Foreign);
        profile.business.services = vec!["road".into()];
        profile.client.scopes = vec!["toll:movement/road/v2".into()];
        let own = profile.own_scopes();
        profile.set_scopes(&own);
        assert_eq!(
            profile.client.scopes,
            ["toll:eu/movement/road/v2"],
            "a kind edited by hand"
        );
    }

    #[test]
    fn check_of_another_environment_or_kind_accepts_no_client() {
        let mut profile = Profile::new("test", datetime!(2026-11-22 17:00 UTC));
        profile.business.kind = Some(Kind::Norwegian);
        profile.client.id = Some("id".into());
        for change in [
            |checked: &mut Profile| checked.environment = "prod".into(),
            |checked: &mut Profile| checked.business.kind = Some(Kind::Foreign),
        ] {
            let mut checked = profile.clone();
            change(&mut checked);
            profile.record_check(check(CheckOutcome::Passed, None, None), &checked);
            assert_eq!(profile.accepted_client, None);
        }
    }
}
