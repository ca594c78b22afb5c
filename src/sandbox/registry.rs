//! What the sandbox's Maskinporten and Customs know: `assets/sandbox.toml`, and the keys of this start. Pure.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{journey::demonstration::Attempt, profile::Kind};

/// Organisations, clients and delegations.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registry {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "checked")]
    _checked: toml::value::Datetime,
    /// Of every demonstration file; not a secret.
    pub password: String,
    pub scope_of_every_seal: String,
    pub unknown_to_customs: Vec<String>,
    pub revoked_serial: String,
    #[serde(rename = "organisation")]
    organisations: Vec<Organisation>,
    #[serde(rename = "client")]
    clients: BTreeMap<String, Client>,
    #[serde(rename = "delegation")]
    delegations: Vec<Delegation>,
    #[serde(rename = "refusal")]
    pub refusals: Vec<KnownRefusal>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Nine digits, or an eSeal's `organizationIdentifier`.
    pub id: String,
    pub name: String,
    /// The scopes that their owners have granted it.
    pub granted: Vec<String>,
}

/// An integration in the portal.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    pub id: String,
    /// The organisation that made it.
    pub owner: String,
    pub scopes: Vec<String>,
    #[serde(default)]
    pub integration: Integration,
    #[serde(default = "signed")]
    pub terms_signed: bool,
    /// With at least one, a grant must name one of them.
    #[serde(default)]
    pub keys: Vec<ClientKey>,
}

fn signed() -> bool {
    true
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Integration {
    #[default]
    Maskinporten,
    ApiClient,
}

/// A key uploaded to a client.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientKey {
    pub kid: String,
    /// Uploaded more than a year ago.
    #[serde(default)]
    pub expired: bool,
    /// The public key as an `RSAPublicKey` in DER (RFC 8017 A.1.1).
    #[serde(skip)]
    pub public: Vec<u8>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Delegation {
    consumer: String,
    supplier: String,
    scopes: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownRefusal {
    pub id: String,
    pub kind: Kind,
    #[serde(default)]
    pub code: Option<String>,
    #[serde(rename = "try")]
    pub attempt: Attempt,
}

/// A client of somebody's own, with a public key: what `klarert sandbox --register-key` adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    pub client_id: String,
    pub kid: String,
    /// The public key as an `RSAPublicKey` in DER.
    pub public: Vec<u8>,
    /// To put on the client and grant to its owner. A client that is made without any has those of the demonstration's
    /// client with keys.
    pub scopes: Vec<String>,
}

impl Registry {
    /// What this binary was built with.
    pub fn built_in() -> Registry {
        // A test reads the same bytes, so that this cannot fail where it has passed.
        toml::from_str(include_str!("../../assets/sandbox.toml")).expect("assets/sandbox.toml is well formed")
    }

    /// The client that the file calls by that name.
    pub fn named(&self, name: &str) -> Option<&Client> {
        self.clients.get(name)
    }

    pub fn client(&self, id: &str) -> Option<&Client> {
        self.clients.values().find(|client| client.id == id)
    }

    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.organisations.iter().find(|organisation| organisation.id == id)
    }

    pub fn is_granted(&self, organisation: &str, scope: &str) -> bool {
        self.organisation(organisation)
            .is_some_and(|organisation| organisation.granted.iter().any(|granted| granted == scope))
    }

    pub fn is_delegated(&self, consumer: &str, supplier: &str, scope: &str) -> bool {
        self.delegations.iter().any(|delegation| {
            delegation.consumer == consumer
                && delegation.supplier == supplier
                && delegation.scopes.iter().any(|delegated| delegated == scope)
        })
    }

    /// Gives the demonstration's registered keys their public key.
    pub fn set_demonstration_key(&mut self, public: &[u8]) {
        for key in self.clients.values_mut().flat_map(|client| &mut client.keys) {
            key.public = public.to_vec();
        }
    }

    /// Puts a key on a client, which is made if it is not there. What comes back has the scopes that the client ends up
    /// with, all of them granted to its owner.
    pub fn register(&mut self, mut registered: Registered) -> Registered {
        let model = self.clients.get("keys").cloned();
        let known = self
            .clients
            .values_mut()
            .find(|client| client.id == registered.client_id);
        let mut client = match (&known, model) {
            (Some(known), _) => (*known).clone(),
            (None, Some(model)) => Client {
                id: registered.client_id.clone(),
                keys: Vec::new(),
                ..model
            },
            (None, None) => return registered,
        };
        if known.is_none() && !registered.scopes.is_empty() {
            client.scopes.clear();
        }
        for scope in &registered.scopes {
            if !client.scopes.contains(scope) {
                client.scopes.push(scope.clone());
            }
        }
        client.keys.retain(|key| key.kid != registered.kid);
        client.keys.push(ClientKey {
            kid: registered.kid.clone(),
            expired: false,
            public: registered.public.clone(),
        });
        if let Some(owner) = self
            .organisations
            .iter_mut()
            .find(|organisation| organisation.id == client.owner)
        {
            owner.granted.extend(registered.scopes.iter().cloned());
        }
        registered.scopes = client.scopes.clone();
        match known {
            Some(known) => *known = client,
            None => {
                self.clients.insert(format!("registered-{}", client.id), client);
            }
        }
        registered
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{journey::services, profile::parse};

    #[test]
    fn the_register_holds_together() {
        let registry = Registry::built_in();
        let mut ids = BTreeSet::new();
        for client in registry.clients.values() {
            assert!(ids.insert(&client.id), "{}", client.id);
            assert!(registry.organisation(&client.owner).is_some(), "{}", client.owner);
        }
        for organisation in &registry.organisations {
            assert!(
                parse::organisation_number(&organisation.id).is_ok()
                    || parse::organisation_identifier(&organisation.id).is_ok(),
                "{}",
                organisation.id
            );
            assert!(
                !organisation.id.starts_with(['8', '9']),
                "a real business may have {}",
                organisation.id
            );
        }
        for delegation in &registry.delegations {
            assert!(registry.organisation(&delegation.consumer).is_some());
            assert!(registry.organisation(&delegation.supplier).is_some());
        }
        for refusal in &registry.refusals {
            if let Attempt::Service(id) = &refusal.attempt {
                let service = services::service(id).unwrap();
                assert!(service.open_to(refusal.kind), "{id}");
            }
        }
    }
}
