//! The registry of the sandbox's Maskinporten and Customs: organisations, clients and delegations from
//! `assets/sandbox.toml`, and the keys of this start. Pure.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{
    open_scopes::{Scope, customs_scopes},
    public_key_file,
};
use crate::{assets, journey::demonstration::Attempt, profile::Kind};

/// The contents of `assets/sandbox.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registry {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "checked")]
    _checked: String,
    /// The password of every demonstration file. Not a secret.
    pub password: String,
    /// Scopes that Customs' exchange refuses to Norwegian businesses.
    pub unknown_to_customs: Vec<String>,
    /// The serial number of the revoked certificate, in hexadecimal.
    pub revoked_serial: String,
    /// The open scope list.
    #[serde(rename = "scope")]
    pub scopes: Vec<Scope>,
    #[serde(rename = "organisation")]
    organisations: Vec<Organisation>,
    #[serde(rename = "client")]
    clients: BTreeMap<String, Client>,
    #[serde(rename = "delegation")]
    delegations: Vec<Delegation>,
    #[serde(rename = "refusal")]
    pub refusals: Vec<RefusalEntry>,
    /// The clients that the API has created or changed. They replace built-in ones of the same id.
    #[serde(skip)]
    pub made: Vec<Client>,
}

/// A business.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Nine digits, or an eSeal's `organizationIdentifier`.
    pub id: String,
    pub name: String,
    /// The scopes that their owners have granted to it. Maskinporten reads this for Norwegian businesses, Customs'
    /// exchange for foreign ones.
    pub granted: Vec<String>,
    /// The scopes that it has asked their owners for, without an answer.
    #[serde(default)]
    pub requested: Vec<String>,
    /// The scopes that their owners have denied it.
    #[serde(default)]
    pub denied: Vec<String>,
    /// It has not signed Digdir's terms of use.
    #[serde(default)]
    pub terms_unsigned: bool,
}

/// A client (integration) in Samarbeidsportalen.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    pub id: String,
    /// The id of the organisation that created it.
    pub owner: String,
    pub scopes: Vec<String>,
    #[serde(default)]
    pub integration: Integration,
    /// The registered keys. If there is one, a grant must name one of them by `kid`.
    #[serde(default)]
    pub keys: Vec<ClientKey>,
    /// It administers the clients of its owner through the API.
    #[serde(default)]
    pub administration: bool,
}

/// A client's integration type, chosen in the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Integration {
    #[default]
    Maskinporten,
    ApiClient,
}

/// A key registered on a client.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientKey {
    pub kid: String,
    /// Registered more than a year ago.
    #[serde(default)]
    pub expired: bool,
    /// The public key as an `RSAPublicKey` in DER (RFC 8017 A.1.1).
    #[serde(skip)]
    pub public: Vec<u8>,
}

impl ClientKey {
    /// Returns a key of a client's key set. `None` if it is no RSA key with a name.
    pub fn of_jwk(jwk: &Value, now: i64) -> Option<ClientKey> {
        Some(ClientKey {
            kid: jwk.get("kid")?.as_str()?.to_owned(),
            expired: jwk.get("exp").and_then(Value::as_i64).is_some_and(|ends| ends <= now),
            public: public_key_file::public_key(jwk.to_string().as_bytes())?,
        })
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Delegation {
    consumer: String,
    supplier: String,
    scopes: Vec<String>,
}

/// A refusal that the user can provoke in the demonstration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusalEntry {
    pub id: String,
    pub kind: Kind,
    #[serde(default)]
    pub code: Option<String>,
    #[serde(rename = "try")]
    pub attempt: Attempt,
}

/// A user's own client with its public key, added by `klarert sandbox --register-key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredKey {
    pub client_id: String,
    pub kid: String,
    /// The public key as an `RSAPublicKey` in DER.
    pub public: Vec<u8>,
    /// The scopes to put on the client and grant to its owner. A new client without any gets those of the demonstration's
    /// client with keys.
    pub scopes: Vec<String>,
}

impl Registry {
    /// Parses the registry that this binary was built with.
    pub fn built_in() -> Registry {
        let mut registry: Registry = assets::parse("sandbox.toml");
        registry.scopes.extend(customs_scopes());
        registry
    }

    /// Returns the client with that name in the file.
    pub fn named(&self, name: &str) -> Option<&Client> {
        self.clients.get(name)
    }

    /// Returns the client with that client id.
    pub fn client(&self, id: &str) -> Option<&Client> {
        self.made.iter().chain(self.clients()).find(|client| client.id == id)
    }

    /// Returns the clients of the file.
    pub fn clients(&self) -> impl Iterator<Item = &Client> {
        self.clients.values()
    }

    /// Returns the organisation with that id.
    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.organisations.iter().find(|organisation| organisation.id == id)
    }

    /// Returns true if the scope's owner has granted it to the organisation or to everyone.
    pub fn is_granted(&self, organisation: &str, scope: &str) -> bool {
        let is_open = self.scope(scope).is_some_and(|scope| scope.accessible_for_all);
        let organisation = self.organisation(organisation);
        is_open || organisation.is_some_and(|organisation| organisation.granted.iter().any(|granted| granted == scope))
    }

    /// Returns the scope with that name in the open scope list.
    pub fn scope(&self, name: &str) -> Option<&Scope> {
        self.scopes.iter().find(|scope| scope.name == name)
    }

    /// Returns true if the consumer has delegated the scope to the supplier in Altinn.
    pub fn is_delegated(&self, consumer: &str, supplier: &str, scope: &str) -> bool {
        self.delegations.iter().any(|delegation| {
            delegation.consumer == consumer
                && delegation.supplier == supplier
                && delegation.scopes.iter().any(|delegated| delegated == scope)
        })
    }

    /// Sets the public key of the demonstration's registered keys.
    pub fn set_demonstration_key(&mut self, public: &[u8]) {
        for key in self.clients.values_mut().flat_map(|client| &mut client.keys) {
            key.public = public.to_vec();
        }
    }

    /// Registers a key on a client, which is created if it does not exist. Returns the key with all scopes of the client,
    /// each granted to its owner.
    pub fn register(&mut self, mut registered: RegisteredKey) -> RegisteredKey {
        let template = self.clients.get("keys").cloned();
        let known = self
            .clients
            .values_mut()
            .find(|client| client.id == registered.client_id);
        let mut client = match (&known, template) {
            (Some(known), _) => (*known).clone(),
            (None, Some(template)) => Client {
                id: registered.client_id.clone(),
                keys: Vec::new(),
                ..template
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
    fn registry_ids_are_unique_and_references_resolve() {
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
