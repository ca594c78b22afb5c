//! One onboarding: the answers, which are all that is kept. Pure, but for [`store`].
//!
//! [`parse`] turns what people type into values or says what is wrong with it; `document` is the TOML; `store` is the
//! only file here that touches the disk.

pub mod command_line;
pub mod expiry;
pub mod fields;
pub mod file;
pub mod import;
pub mod parse;
pub mod progress;

use std::{collections::BTreeMap, path::PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::{Date, OffsetDateTime};

use crate::journey::services;
pub use crate::journey::{Authentication, Kind};

/// The version of the file format that this program writes.
pub const FORMAT: i64 = 1;

/// One onboarding. No secret is ever in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The id of an [`Environment`](crate::journey::Environment).
    pub environment: String,
    pub created: OffsetDateTime,
    pub updated: OffsetDateTime,
    pub business: Business,
    pub client: Client,
    pub certificate: CertificateFiles,
    /// When the certificate ends, as it said when it was last read: a list can tell without its password.
    pub certificate_ends: Option<OffsetDateTime>,
    pub progress: Progress,
    pub last_check: Option<LastCheck>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Business {
    pub kind: Option<Kind>,
    pub name: Option<String>,
    /// Norwegian: nine digits. Foreign: the certificate's `organizationIdentifier`, which may be absent.
    pub organisation: Option<String>,
    /// Ids from `assets/services.toml`.
    pub services: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Client {
    /// Norwegian: the client id. Foreign: the name sent as `iss`.
    pub id: Option<String>,
    pub scopes: Vec<String>,
    pub authentication: Authentication,
    /// With [`Authentication::Key`] only.
    pub kid: Option<String>,
    /// The day that key was put on the client, with [`Authentication::Key`] only: it lives for one year.
    pub key_registered: Option<Date>,
    /// Only for a supplier that acts for another organisation.
    pub consumer_org: Option<String>,
}

/// Where the certificate and its key are. Paths as the user wrote them; a relative one is relative to the profile.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct CertificateFiles {
    /// The `.p12`, `.pfx`, `.pem`, `.crt` or `.der`; with [`Authentication::Key`] the private key's file.
    pub path: Option<PathBuf>,
    /// Which of several in it, counted from 1 and the most suitable; only where the user overruled that one.
    pub pick: Option<u16>,
    /// Only where the key is in a file of its own.
    pub key_path: Option<PathBuf>,
    /// Only where the chain is in a file of its own.
    pub chain_path: Option<PathBuf>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Progress {
    /// The step where the user was.
    pub step: Option<String>,
    /// Ticked items, `<step>.<item>`, and when.
    pub done: BTreeMap<String, OffsetDateTime>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct LastCheck {
    pub at: OffsetDateTime,
    pub outcome: CheckOutcome,
    /// The id of the stage that failed.
    pub stopped_at: Option<String>,
    /// The MP code, or the diagnosis's id where it has none.
    pub code: Option<String>,
    /// What a service desk finds the refused request by.
    pub trace_id: Option<String>,
    /// The [`fingerprint`](Profile::fingerprint) of what was checked; none from a version that did not keep it.
    pub of: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckOutcome {
    Passed,
    Failed,
}

/// The item that remembers a *yes* to "does the business have a Norwegian organisation number?". A business of kind
/// foreign that has one is a NUF without anybody who can log in to Samarbeidsportalen.
pub const HAS_NUMBER: &str = "business.norwegian-number";

/// The item that remembers a *yes* to "can someone in the business log in to Samarbeidsportalen?" while the question is hidden.
pub const PORTAL_LOGIN: &str = "business.portal-login";

impl Profile {
    /// An empty one.
    pub fn new(environment: &str, now: OffsetDateTime) -> Profile {
        Profile {
            environment: environment.to_owned(),
            created: now,
            updated: now,
            business: Business::default(),
            client: Client::default(),
            certificate: CertificateFiles::default(),
            certificate_ends: None,
            progress: Progress::default(),
            last_check: None,
        }
    }

    /// Whether the business has a Norwegian organisation number, where that is known.
    pub fn has_norwegian_number(&self) -> Option<bool> {
        match self.business.kind {
            Some(Kind::Norwegian) => Some(true),
            Some(Kind::Foreign) => Some(self.progress.done.contains_key(HAS_NUMBER)),
            None => self.progress.done.contains_key(HAS_NUMBER).then_some(true),
        }
    }

    /// A short mark of all the answers that a check depends on: with other answers it is another one.
    pub fn fingerprint(&self) -> String {
        let Client {
            id,
            scopes,
            authentication: _,
            kid,
            key_registered: _,
            consumer_org,
        } = &self.client;
        let answers = format!(
            "{:?}",
            (
                &self.environment,
                self.business.kind,
                &self.business.organisation,
                (id, scopes, self.authentication(), kid, consumer_org),
                &self.certificate,
            )
        );
        let digest = Sha256::digest(answers.as_bytes());
        digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether the last check was of other answers than these.
    pub fn changed_since_check(&self) -> bool {
        let of = self.last_check.as_ref().and_then(|check| check.of.as_ref());
        of.is_some_and(|of| *of != self.fingerprint())
    }

    /// The scopes that no service of ours accounts for: those the user added.
    pub fn own_scopes(&self) -> Vec<String> {
        self.client
            .scopes
            .iter()
            .filter(|scope| services::service_of_scope(scope).is_none())
            .cloned()
            .collect()
    }

    /// Makes the scopes follow from the services, the branch and the user's own.
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

    /// The way to authenticate that is in force: a foreign business has no client to register a key on.
    pub fn authentication(&self) -> Authentication {
        match self.business.kind {
            Some(Kind::Foreign) => Authentication::Certificate,
            _ => self.client.authentication,
        }
    }
}
