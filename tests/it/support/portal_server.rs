//! A Samarbeidsportalen and a Maskinporten of their own, written from Digdir's documents (*API for client registration*, *JWT
//! grant*). It shares no code with the sandbox, so that an error in one of them does not agree with the other.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, mpsc},
};

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Map, Value, json};

use super::service::{METADATA, Manner, Reply, Request, Service, TOKEN, metadata};

pub const ADMINISTRATION: &str = "0c1d2e3f-0000-4000-8000-0000000000ad";
pub const ORGANISATION: &str = "123456785";
const BASE: &str = "/api/v1";
const FORM: &str = "/api/v1/scopes/access/all?integration_type=maskinporten&inactive=false";

/// The interruption of one request, counted from 0.
#[derive(Debug, Clone)]
pub struct Interruption {
    pub at: usize,
    /// The request is carried out before the connection ends.
    pub is_processed: bool,
    /// Told when the request has arrived; the connection then stays open without an answer. `None`: it is closed.
    pub reached: Option<mpsc::Sender<()>>,
}

#[derive(Debug, Default)]
pub struct State {
    /// Whole objects by client id.
    pub clients: BTreeMap<String, Map<String, Value>>,
    pub keys: BTreeMap<String, Vec<Value>>,
    /// The requests that change something: method and path.
    pub changes: Vec<String>,
    /// Requests of a token that are refused before a new key is known.
    pub slowness: usize,
    pub interruption: Option<Interruption>,
    requests: usize,
}

pub struct PortalServer {
    pub base: String,
    pub state: Arc<Mutex<State>>,
    _service: Service,
}

impl PortalServer {
    /// Starts a server that has granted these scopes.
    pub fn start(granted: &'static [&'static str]) -> PortalServer {
        let state: Arc<Mutex<State>> = Arc::default();
        let shared = state.clone();
        let service = Service::start(
            Some(0),
            Box::new(move |request| Some(receive(request, granted, &shared))),
        );
        PortalServer {
            base: service.base.clone(),
            state,
            _service: service,
        }
    }

    /// Returns the configuration of an environment `lab` at this server.
    pub fn config(&self) -> String {
        let base = &self.base;
        format!(
            "[environments.lab]\nissuer = \"{base}/\"\ntoken_endpoint = \"{base}/token\"\nself_service = \"{base}{BASE}\"\n"
        )
    }

    /// Starts the count of requests again, and interrupts one of them.
    pub fn interrupt(&self, interruption: Option<Interruption>) {
        let mut state = self.state.lock().unwrap();
        state.requests = 0;
        state.interruption = interruption;
    }

    /// Returns the number of requests since the last [`interrupt`](PortalServer::interrupt).
    pub fn requests(&self) -> usize {
        self.state.lock().unwrap().requests
    }

    /// Returns the names of a client's keys.
    pub fn kids(&self, client: &str) -> Vec<String> {
        let state = self.state.lock().unwrap();
        let keys = state.keys.get(client).into_iter().flatten();
        keys.map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
    }
}

fn receive(request: &Request, granted: &[&str], state: &Mutex<State>) -> Reply {
    if request.path == METADATA {
        return Reply::json(200, metadata(&format!("http://{}", request.headers["host"])));
    }
    let mut state = state.lock().unwrap();
    let number = state.requests;
    state.requests += 1;
    let interruption = state.interruption.clone().filter(|one| one.at == number);
    if let Some(one) = interruption.as_ref().filter(|one| !one.is_processed) {
        return interrupted(one);
    }
    let reply = match request.path.as_str() {
        TOKEN => token(request, &mut state),
        _ => api(request, granted, &mut state),
    };
    match interruption {
        Some(one) => interrupted(&one),
        None => reply,
    }
}

fn interrupted(interruption: &Interruption) -> Reply {
    match &interruption.reached {
        Some(reached) => {
            reached.send(()).unwrap();
            Reply::manner(Manner::Silence)
        }
        None => Reply::manner(Manner::Close),
    }
}

/// Issues a token to the administration client, and to a client whose registered key signed the grant.
fn token(request: &Request, state: &mut State) -> Reply {
    let (issuer, scope) = (request.claim("iss"), request.claim("scope"));
    let (issuer, scope) = (issuer.as_str().unwrap(), scope.as_str().unwrap());
    let issued = |token: &str| {
        Reply::json(
            200,
            json!({ "access_token": token, "token_type": "Bearer", "expires_in": 119, "scope": scope }),
        )
    };
    if issuer == ADMINISTRATION {
        return issued(&scope.replace([' ', ':'], "_"));
    }
    let refused = |words: &str| Reply::refusal(400, "invalid_grant", "", words);
    let grant = request.field("assertion");
    let header = jsonwebtoken::decode_header(&grant).unwrap();
    let keys = state.keys.get(issuer).cloned().unwrap_or_default();
    if !state.clients.contains_key(issuer) {
        return refused("Invalid assertion. Client authentication failed. Client not found.");
    }
    let key = keys.iter().find(|key| key["kid"].as_str() == header.kid.as_deref());
    if key.is_none() || std::mem::replace(&mut state.slowness, 0) > 0 {
        return refused("Invalid assertion. Client authentication failed. Unknown key identifier (kid) for client.");
    }
    let key = key.unwrap();
    let (n, e) = (key["n"].as_str().unwrap(), key["e"].as_str().unwrap());
    let mut validation = Validation::new(Algorithm::RS256);
    validation.validate_aud = false;
    let verified = jsonwebtoken::decode::<Value>(&grant, &DecodingKey::from_rsa_components(n, e).unwrap(), &validation);
    match verified {
        Ok(_) => issued("client-token"),
        Err(_) => refused("Invalid assertion. Invalid JWT signature."),
    }
}

fn api(request: &Request, granted: &[&str], state: &mut State) -> Reply {
    let (method, path) = (request.method.as_str(), request.path.as_str());
    if path == "/api/v1/scopes/all" {
        return Reply::json(200, json!([]));
    }
    let bearer = request.headers.get("authorization").map(String::as_str);
    if !bearer.is_some_and(|token| token.starts_with("Bearer ") && token.contains("idporten_dcr.read")) {
        return error(401, "invalid_token", "Invalid access token", &[]);
    }
    if method != "GET" {
        if !bearer.unwrap_or_default().contains("idporten_dcr.write") {
            return error(403, "insufficient_scope", "Access token is missing the scope", &[]);
        }
        assert_eq!(request.headers["content-type"], "application/json");
        state.changes.push(format!("{method} {path}"));
    }
    let body: Value = serde_json::from_str(&request.body).unwrap_or_default();
    let parts: Vec<&str> = path.trim_start_matches(BASE).trim_matches('/').split('/').collect();
    match (method, &parts[..]) {
        ("GET", _) if path == FORM => {
            let grant = |scope: &&str| {
                json!({ "consumer_orgno": ORGANISATION, "owner_orgno": "974761076", "scope": scope, "state": "APPROVED",
                        "created": "2026-11-01T00:00:00Z", "last_updated": "2026-11-01T00:00:00Z" })
            };
            match granted.is_empty() {
                true => error(404, "not_found", "Organization does not have any scopes", &[]),
                false => Reply::json(200, granted.iter().map(grant).collect()),
            }
        }
        ("GET", ["clients"]) => Reply::json(200, state.clients.values().cloned().map(Value::Object).collect()),
        ("POST", ["clients"]) => match client_errors(&body, granted, None) {
            errors if errors.is_empty() => {
                let id = format!("c{}", state.clients.len() + 1);
                let mut client = body.as_object().unwrap().clone();
                added(&mut client, &id);
                state.clients.insert(id, client.clone());
                Reply::json(201, Value::Object(client))
            }
            errors => error(400, "", "", &errors),
        },
        (_, ["clients", id, ..]) if !state.clients.contains_key(*id) => error(404, "not_found", "Not found", &[]),
        ("GET", ["clients", id]) => Reply::json(200, Value::Object(state.clients[*id].clone())),
        ("PUT", ["clients", id]) => match client_errors(&body, granted, Some(&state.clients[*id])) {
            errors if errors.is_empty() => {
                let mut client = body.as_object().unwrap().clone();
                added(&mut client, id);
                state.clients.insert((*id).to_owned(), client.clone());
                Reply::json(200, Value::Object(client))
            }
            errors => error(400, "", "", &errors),
        },
        ("GET", ["clients", id, "jwks"]) => {
            Reply::json(200, json!({ "keys": state.keys.get(*id).cloned().unwrap_or_default() }))
        }
        ("POST", ["clients", id, "jwks"]) => match key_error(&body) {
            Some(why) => error(400, "invalid_request", why, &[]),
            None => {
                let mut keys = body["keys"].as_array().unwrap().clone();
                for key in &mut keys {
                    key.as_object_mut()
                        .unwrap()
                        .entry("exp")
                        .or_insert(json!(now() + 365 * 86400));
                }
                state.keys.insert((*id).to_owned(), keys.clone());
                Reply::json(201, json!({ "keys": keys }))
            }
        },
        ("DELETE", _) => panic!("klarert deletes nothing: {path}"),
        _ => error(404, "not_found", "Not found", &[]),
    }
}

fn added(client: &mut Map<String, Value>, id: &str) {
    client.insert("client_id".into(), json!(id));
    client.insert("client_orgno".into(), json!(ORGANISATION));
    client.insert("active".into(), json!(true));
    client.insert("created".into(), json!("2026-11-26T12:00:00Z"));
    client.insert("last_updated".into(), json!("2026-11-26T12:00:00Z"));
    client.insert("jwks_uri".into(), json!("https://example/jwks"));
}

fn client_errors(body: &Value, granted: &[&str], before: Option<&Map<String, Value>>) -> Vec<(&'static str, String)> {
    let mut errors = Vec::new();
    for field in ["client_name", "description"] {
        let text = body[field].as_str().unwrap_or_default();
        if text.is_empty() || text.chars().count() > 255 {
            errors.push((field, "size must be between 1 and 255".to_owned()));
        }
    }
    if body["grant_types"] != json!(["urn:ietf:params:oauth:grant-type:jwt-bearer"]) {
        errors.push(("grant_types", "must not be empty".to_owned()));
    }
    for field in ["client_orgno", "created", "last_updated"] {
        if body.get(field).is_some() {
            errors.push((field, "is read-only".to_owned()));
        }
    }
    for scope in body["scopes"].as_array().into_iter().flatten() {
        if !granted.contains(&scope.as_str().unwrap()) {
            errors.push(("scopes", format!("Scope {scope} is not accessible")));
        }
    }
    if before.is_some_and(|before| before["integration_type"] != body["integration_type"]) {
        errors.push(("integration_type", "cannot be changed".to_owned()));
    }
    errors
}

fn key_error(body: &Value) -> Option<&'static str> {
    let keys = body["keys"].as_array()?;
    if keys.is_empty() || keys.len() > 5 {
        return Some("1 to 5 keys");
    }
    for key in keys {
        let ends = key.get("exp").map(|ends| ends.as_i64().unwrap());
        if key["use"] != "sig" || key["kty"] != "RSA" || key["alg"] != "RS256" {
            return Some("kty, use and alg are required");
        }
        if ends.is_some_and(|ends| ends > now() + 366 * 86400) || key.get("d").is_some() {
            return Some("exp is too late, or a private key");
        }
    }
    None
}

fn error(status: u16, error: &str, description: &str, fields: &[(&str, String)]) -> Reply {
    let words: String = fields.iter().map(|(_, words)| format!(", {words}")).collect();
    let errors: Vec<Value> = fields
        .iter()
        .map(|(field, words)| {
            json!({ "errorMessage": words, "isFieldError": true, "objectName": "Client", "fieldIdentifier": field })
        })
        .collect();
    Reply::json(
        status,
        json!({ "status": status, "timestamp": "2026-11-26T12:00:00Z", "correlation_id": "0123456789abcdef0123456789abcdef",
                "error": format!("{error}{words}"), "error_description": format!("{description}{words}"), "errors": errors }),
    )
}

fn now() -> i64 {
    time::OffsetDateTime::now_utc().unix_timestamp()
}
