//! Samarbeidsportalen's API for client registration: the granted scopes, the clients of the token's organisation, and their
//! keys. It is as strict as Digdir documents the service, or stricter.
//!
//! [`client_rules`] and [`key_rules`] validate bodies, [`store`] has the clients, [`error`] the refusals.

mod client_rules;
mod error;
mod key_rules;
mod store;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use x509_parser::{prelude::FromDer, public_key::RSAPublicKey};

pub use store::{ClientStore, StoredClient};

use super::{
    issue_token::NORWEGIAN_ID_PREFIX,
    jwt::Jwt,
    registry::{Client, ClientKey, Integration, Registry},
};
use client_rules::strings;
use error::{FieldError, PortalError};

const BASE: &str = "/api/v1/";
const READ: &str = "idporten:dcr.read";
const WRITE: &str = "idporten:dcr.write";

/// A request to the API.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub query: &'a str,
    pub is_json: bool,
    pub body: &'a [u8],
    /// The verified access token. `None` without a valid one.
    pub token: Option<&'a Jwt>,
    pub now: OffsetDateTime,
}

/// A status and a body. The status 204 has no body.
type Answer = Result<(u16, Value), PortalError>;

/// Returns whether the API has this path. The open scope list is elsewhere.
pub fn has_path(path: &str) -> bool {
    path.strip_prefix(BASE)
        .is_some_and(|rest| rest.split('/').next() == Some("clients") || rest == "scopes/access/all")
}

/// Answers a request.
pub fn answer(request: &Request, registry: &Registry, store: &ClientStore, correlation_id: &str) -> (u16, Value) {
    match (Api { registry, store }).route(request) {
        Ok(answer) => answer,
        Err(error) => (error.status, error.body(correlation_id, request.now)),
    }
}

/// Returns the clients of the API for the registry, which validates grants with them.
pub fn made_clients(store: &ClientStore, now: i64) -> Vec<Client> {
    store.read().iter().map(|stored| to_registry(stored, now)).collect()
}

fn to_registry(stored: &StoredClient, now: i64) -> Client {
    let scopes = strings(stored.client.get("scopes")).unwrap_or_default();
    let integration = match stored.text("integration_type") {
        "maskinporten" => Integration::Maskinporten,
        _ => Integration::ApiClient,
    };
    Client {
        id: stored.text("client_id").to_owned(),
        owner: stored.text("client_orgno").to_owned(),
        scopes: scopes.into_iter().map(str::to_owned).collect(),
        integration,
        keys: stored
            .keys
            .iter()
            .filter_map(|key| ClientKey::of_jwk(key, now))
            .collect(),
        administration: false,
    }
}

struct Api<'a> {
    registry: &'a Registry,
    store: &'a ClientStore,
}

impl Api<'_> {
    fn route(&self, request: &Request) -> Answer {
        let token = request.token.ok_or_else(PortalError::invalid_token)?;
        let organisation = organisation(token).ok_or_else(PortalError::invalid_token)?;
        let needed = if matches!(request.method, "GET" | "HEAD") {
            READ
        } else {
            WRITE
        };
        if !token
            .text("scope")
            .is_some_and(|scopes| scopes.split_whitespace().any(|scope| scope == needed))
        {
            return Err(PortalError::missing_scope(needed));
        }
        let rest = request.path.strip_prefix(BASE).unwrap_or_default();
        let parts: Vec<&str> = rest.split('/').collect();
        let reads = needed == READ;
        match (&parts[..], request.method) {
            (["scopes", "access", "all"], _) if reads => self.granted(organisation, request.query),
            (["clients"], _) if reads => {
                let own = self.clients(organisation).into_iter();
                Ok((200, own.map(|stored| Value::Object(stored.client)).collect()))
            }
            (["clients"], "POST") => self.create(organisation, request),
            (["clients", id], _) if reads => Ok((200, Value::Object(self.client(organisation, id)?.client))),
            (["clients", id], "PUT") => self.replace(organisation, id, request),
            (["clients", id], "DELETE") => self.delete(organisation, id),
            (["clients", id, "jwks"], _) if reads => Ok((200, json!({ "keys": self.client(organisation, id)?.keys }))),
            (["clients", id, "jwks"], "POST") => self.replace_keys(organisation, id, request),
            (["clients", id, "jwks"], "DELETE") => {
                let mut stored = self.client(organisation, id)?;
                stored.keys.clear();
                self.put(stored)?;
                Ok((204, Value::Null))
            }
            (["scopes", ..] | ["clients"] | ["clients", _] | ["clients", _, "jwks"], _) => {
                Err(PortalError::method_not_allowed())
            }
            _ => Err(PortalError::no_such_client()),
        }
    }

    /// Returns the scopes that were asked for, with the state of each.
    fn granted(&self, organisation: &str, query: &str) -> Answer {
        let query: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
        let other = query
            .iter()
            .any(|(name, value)| name == "integration_type" && value != "maskinporten");
        let known = self.registry.organisation(organisation).filter(|_| !other);
        let approved = known
            .iter()
            .flat_map(|known| known.granted.iter().map(|scope| (scope, "APPROVED")));
        let requested = known
            .iter()
            .flat_map(|known| known.requested.iter().map(|scope| (scope, "REQUESTED")));
        let denied = known
            .iter()
            .flat_map(|known| known.denied.iter().map(|scope| (scope, "DENIED")));
        let all: Vec<Value> = approved
            .chain(requested)
            .chain(denied)
            .map(|(scope, state)| {
                json!({
                    "consumer_orgno": organisation,
                    "owner_orgno": self.registry.scope(scope).map_or("", |scope| scope.owner.as_str()),
                    "scope": scope,
                    "state": state,
                    "created": CREATED,
                    "last_updated": CREATED,
                })
            })
            .collect();
        match all.is_empty() {
            true => Err(PortalError::no_scopes()),
            false => Ok((200, Value::Array(all))),
        }
    }

    fn clients(&self, organisation: &str) -> Vec<StoredClient> {
        let made = self.store.read();
        let is_made = |id: &str| made.iter().any(|stored| stored.text("client_id") == id);
        let built_in = self.registry.clients().filter(|client| client.owner == organisation);
        let built_in = built_in.filter(|client| !client.administration && !is_made(&client.id));
        let mut all: Vec<StoredClient> = built_in.map(of_registry).collect();
        all.extend(
            made.into_iter()
                .filter(|stored| stored.text("client_orgno") == organisation),
        );
        all
    }

    fn client(&self, organisation: &str, id: &str) -> Result<StoredClient, PortalError> {
        let mut clients = self.clients(organisation).into_iter();
        let found = clients.find(|stored| stored.text("client_id") == id);
        found.ok_or_else(PortalError::no_such_client)
    }

    fn create(&self, organisation: &str, request: &Request) -> Answer {
        let mut client = self.validated(organisation, request)?;
        if self
            .registry
            .organisation(organisation)
            .is_some_and(|known| known.terms_unsigned)
        {
            return Err(PortalError::terms_not_signed());
        }
        let id = uuid::Uuid::new_v4().to_string();
        let now = request.now.format(&Rfc3339).unwrap_or_default();
        for (field, value) in [
            ("client_id", json!(id)),
            ("client_orgno", json!(organisation)),
            ("active", json!(true)),
            ("created", json!(now)),
            ("last_updated", json!(now)),
            ("jwks_uri", json!(format!("{BASE}clients/{id}/jwks"))),
        ] {
            client.insert(field.to_owned(), value);
        }
        client.entry("scopes").or_insert_with(|| json!([]));
        self.put(StoredClient {
            client: client.clone(),
            keys: Vec::new(),
        })?;
        Ok((201, Value::Object(client)))
    }

    /// Replaces the whole object: a writable field that is left out is gone.
    fn replace(&self, organisation: &str, id: &str, request: &Request) -> Answer {
        let before = self.client(organisation, id)?;
        let body = self.validated(organisation, request)?;
        if body.get("integration_type") != before.client.get("integration_type") {
            let error = FieldError::new("integration_type", "cannot be changed");
            return Err(PortalError::fields(vec![error]));
        }
        let mut client = body;
        for field in ["client_id", "client_orgno", "active", "created", "jwks_uri"] {
            let kept = before.client.get(field).cloned();
            client.extend(kept.map(|value| (field.to_owned(), value)));
        }
        let now = request.now.format(&Rfc3339).unwrap_or_default();
        client.insert("last_updated".to_owned(), json!(now));
        self.put(StoredClient {
            client: client.clone(),
            keys: before.keys,
        })?;
        Ok((200, Value::Object(client)))
    }

    fn delete(&self, organisation: &str, id: &str) -> Answer {
        self.client(organisation, id)?;
        if self.registry.clients().any(|client| client.id == id) {
            return Err(PortalError::method_not_allowed());
        }
        let deleted = self
            .store
            .change(|clients| clients.retain(|stored| stored.text("client_id") != id));
        deleted.map_err(|error| PortalError::storage(&error.to_string()))?;
        Ok((204, Value::Null))
    }

    fn replace_keys(&self, organisation: &str, id: &str, request: &Request) -> Answer {
        let mut stored = self.client(organisation, id)?;
        stored.keys = key_rules::validate(&object(request)?, request.now.unix_timestamp())?;
        let keys = stored.keys.clone();
        self.put(stored)?;
        Ok((201, json!({ "keys": keys })))
    }

    fn validated(&self, organisation: &str, request: &Request) -> Result<Map<String, Value>, PortalError> {
        let body = object(request)?;
        let errors = client_rules::errors(&body, |scope| self.registry.is_granted(organisation, scope));
        match errors.is_empty() {
            true => Ok(body),
            false => Err(PortalError::fields(errors)),
        }
    }

    fn put(&self, stored: StoredClient) -> Result<(), PortalError> {
        let changed = self.store.change(|clients| {
            clients.retain(|other| other.text("client_id") != stored.text("client_id"));
            clients.push(stored);
        });
        changed.map_err(|error| PortalError::storage(&error.to_string()))
    }
}

/// The time at which the built-in clients and grants were made.
const CREATED: &str = "2026-11-22T17:00:00Z";

/// The time that is left of a built-in key.
const BUILT_IN_LIFETIME_S: i64 = 180 * 24 * 3600;

/// Returns a built-in client as the API has it.
fn of_registry(client: &Client) -> StoredClient {
    let integration = match client.integration {
        Integration::Maskinporten => "maskinporten",
        Integration::ApiClient => "api_klient",
    };
    let object = json!({
        "client_id": client.id,
        "client_orgno": client.owner,
        "client_name": "Sandbox",
        "description": "Sandbox",
        "integration_type": integration,
        "application_type": "web",
        "token_endpoint_auth_method": "private_key_jwt",
        "grant_types": ["urn:ietf:params:oauth:grant-type:jwt-bearer"],
        "scopes": client.scopes,
        "active": true,
        "created": CREATED,
        "last_updated": CREATED,
        "jwks_uri": format!("{BASE}clients/{}/jwks", client.id),
    });
    StoredClient {
        client: object.as_object().cloned().unwrap_or_default(),
        keys: client.keys.iter().filter_map(to_jwk).collect(),
    }
}

/// Returns a built-in key. `None` for an expired one, which the API no longer accepts.
fn to_jwk(key: &ClientKey) -> Option<Value> {
    if key.expired {
        return None;
    }
    let (_, public) = RSAPublicKey::from_der(&key.public).ok()?;
    let encode = |number: &[u8]| {
        let zeros = number.iter().take_while(|byte| **byte == 0).count();
        BASE64_URL_SAFE_NO_PAD.encode(&number[zeros..])
    };
    Some(json!({
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": key.kid, "n": encode(public.modulus), "e": encode(public.exponent),
        "exp": OffsetDateTime::now_utc().unix_timestamp() + BUILT_IN_LIFETIME_S,
    }))
}

/// Returns the organisation number that a token is for.
fn organisation(token: &Jwt) -> Option<&str> {
    token
        .claims
        .get("consumer")?
        .get("ID")?
        .as_str()?
        .strip_prefix(NORWEGIAN_ID_PREFIX)
}

fn object(request: &Request) -> Result<Map<String, Value>, PortalError> {
    if !request.is_json {
        return Err(PortalError::not_json());
    }
    serde_json::from_slice(request.body).map_err(|_| PortalError::malformed("The body is not a JSON object"))
}
