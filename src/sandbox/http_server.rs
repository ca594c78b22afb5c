//! The sandbox's HTTP server: routes, forms and JSON responses. Sizes and times are limited, so that no request can make
//! it panic or wait for ever.

use std::{
    collections::VecDeque,
    convert::Infallible,
    net::TcpListener,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{ALLOW, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue, SERVER},
    http::request::Parts,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::{Value, json};
use time::OffsetDateTime;
use tokio::task::AbortHandle;

use super::{
    customs::{self, ApiCall, CustomsError},
    issue_token,
    jwt::Signer,
    open_scopes::Scope,
    portal::{self, ClientStore},
    token_error::TokenError,
    validate_grant::{self, ServerConfig, UsedGrants},
};

const MAX_BODY_BYTES: usize = 64 * 1024;
const MAX_HEADER_BYTES: usize = 32 * 1024;
/// The longest time that a request may take to arrive.
const READ_TIMEOUT: Duration = Duration::from_secs(10);
/// With more connections than this the oldest is closed: requests are answered within milliseconds, so it is a slow or idle
/// client, which must not keep others waiting.
const MAX_CONNECTIONS: usize = 128;

const METADATA_PATH: &str = "/.well-known/oauth-authorization-server";
const EXCHANGE_PATH: &str = "/api/access/external/oauth/token";
/// The open scope list of Samarbeidsportalen's API.
const SCOPES_PATH: &str = "/api/v1/scopes/all";
const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// The server's configuration and state.
#[derive(Debug)]
pub struct State {
    /// A token request replaces the clients that the API has made.
    config: Mutex<ServerConfig>,
    issuer: String,
    signer: Signer,
    used: Mutex<UsedGrants>,
    clients: ClientStore,
}

impl State {
    /// Makes the state of a server that has seen no grant.
    pub fn new(config: ServerConfig, signer: Signer, clients: ClientStore) -> State {
        State {
            issuer: config.issuer.clone(),
            config: Mutex::new(config),
            signer,
            used: Mutex::default(),
            clients,
        }
    }

    fn config(&self) -> MutexGuard<'_, ServerConfig> {
        self.config.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Accepts connections until its task is dropped.
pub async fn serve(listener: TcpListener, state: State) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    let state = Arc::new(state);
    let mut connections: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // Too many open files, or a client that has closed already: wait and go on.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        connections.retain(|connection| !connection.is_finished());
        if connections.len() >= MAX_CONNECTIONS
            && let Some(oldest) = connections.pop_front()
        {
            oldest.abort();
        }
        let state = state.clone();
        let connection = tokio::spawn(async move {
            let service = service_fn(|request| {
                let state = state.clone();
                async move { Ok::<_, Infallible>(state.receive(request).await) }
            });
            // A broken connection concerns its client only.
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(READ_TIMEOUT)
                .max_buf_size(MAX_HEADER_BYTES)
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
        connections.push_back(connection.abort_handle());
    }
}

/// A response: status and JSON body.
type JsonResponse = (u16, Value);

impl State {
    async fn receive(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        let body = tokio::time::timeout(READ_TIMEOUT, Limited::new(body, MAX_BODY_BYTES).collect()).await;
        let answer = match body {
            Ok(Ok(body)) if portal::has_path(head.uri.path()) => self.portal(&head, &body.to_bytes()),
            Ok(Ok(body)) => self.answer(&head.method, head.uri.path(), &head.headers, &body.to_bytes()),
            Ok(Err(_)) => (413, error("invalid_request", "The body is too large or was cut off")),
            Err(_) => (408, error("invalid_request", "The body did not arrive in time")),
        };
        respond(answer)
    }

    fn answer(&self, method: &Method, path: &str, headers: &HeaderMap, body: &[u8]) -> JsonResponse {
        let now = OffsetDateTime::now_utc();
        let api_call = ApiCall::of_path(path);
        let get = method == Method::GET || method == Method::HEAD;
        match path {
            METADATA_PATH if get => (200, self.metadata()),
            "/jwk" if get => (200, self.signer.jwks()),
            "/health" if get => (200, json!({ "status": "UP" })),
            "/token" if method == Method::POST => self.token(headers, body, now),
            EXCHANGE_PATH if method == Method::POST => customs_response(self.exchange(headers, body, now)),
            SCOPES_PATH if get => (200, self.scopes()),
            METADATA_PATH | "/jwk" | "/health" | "/token" | EXCHANGE_PATH | SCOPES_PATH => {
                (405, error("method_not_allowed", "Method not allowed"))
            }
            _ => match api_call {
                Some(call) if get => {
                    let bearer = headers.get(AUTHORIZATION).and_then(bearer);
                    call.respond(path, bearer, &self.signer, &self.issuer, now)
                }
                Some(_) => (405, error("method_not_allowed", "Method not allowed")),
                None => (404, error("not_found", "Nothing is here")),
            },
        }
    }

    /// Returns the metadata (RFC 8414) with the fields that Maskinporten has.
    fn metadata(&self) -> Value {
        let issuer = &self.issuer;
        json!({
            "issuer": issuer,
            "token_endpoint": format!("{issuer}token"),
            "jwks_uri": format!("{issuer}jwk"),
            "grant_types_supported": [GRANT_TYPE],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256", "RS384", "RS512"],
            "authorization_details_types_supported": ["urn:altinn:systemuser"],
        })
    }

    fn scopes(&self) -> Value {
        self.config().registry.scopes.iter().map(Scope::to_json).collect()
    }

    fn portal(&self, head: &Parts, body: &[u8]) -> JsonResponse {
        let now = OffsetDateTime::now_utc();
        let bearer = head.headers.get(AUTHORIZATION).and_then(bearer);
        let token = bearer.and_then(|token| self.signer.verify(token, &self.issuer, now.unix_timestamp()));
        let request = portal::Request {
            method: head.method.as_str(),
            path: head.uri.path(),
            query: head.uri.query().unwrap_or_default(),
            is_json: media_type(&head.headers).eq_ignore_ascii_case("application/json"),
            body,
            token: token.as_ref(),
            now,
        };
        portal::answer(&request, &self.config().registry, &self.clients, &random_id())
    }

    fn token(&self, headers: &HeaderMap, body: &[u8], now: OffsetDateTime) -> JsonResponse {
        let result = self.validate(headers, body, now);
        let issuer = &self.issuer;
        match result {
            Ok(authorization) => {
                match issue_token::issue(&authorization, &self.signer, issuer, now.unix_timestamp(), &random_id()) {
                    Some(token) => (200, token),
                    None => (500, error("server_error", "The token could not be signed")),
                }
            }
            Err(error) => (error.status, error.body(issuer, &random_id())),
        }
    }

    fn validate(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: OffsetDateTime,
    ) -> Result<validate_grant::Authorization, TokenError> {
        let form = Form::read(headers, body).map_err(TokenError::invalid_request)?;
        if form.one("grant_type").map_err(TokenError::invalid_request)? != GRANT_TYPE {
            return Err(TokenError::unsupported_grant_type());
        }
        let assertion = form.one("assertion").map_err(TokenError::invalid_request)?;
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut config = self.config();
        config.registry.made = portal::made_clients(&self.clients, now.unix_timestamp());
        validate_grant::validate(assertion, &config, &mut used, now)
    }

    fn exchange(&self, headers: &HeaderMap, body: &[u8], now: OffsetDateTime) -> Result<Value, CustomsError> {
        let form = Form::read(headers, body).map_err(CustomsError::invalid_request)?;
        let one = |name| form.one(name).map_err(CustomsError::invalid_request);
        if one("grant_type")? != "token-exchange" {
            return Err(CustomsError::invalid_request("Unsupported grant_type"));
        }
        if one("subject_token_type")? != "access_token" {
            return Err(CustomsError::invalid_request("Unsupported subject_token_type"));
        }
        let (subject, now) = (one("subject_token")?, now.unix_timestamp());
        let registry = &self.config().registry;
        customs::exchange(subject, &self.signer, registry, &self.issuer, now, &random_id())
    }
}

/// A form-encoded body.
struct Form(Vec<(String, String)>);

impl Form {
    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Form, &'static str> {
        if !media_type(headers).eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err("Content-Type must be application/x-www-form-urlencoded");
        }
        Ok(Form(url::form_urlencoded::parse(body).into_owned().collect()))
    }

    /// Returns the parameter with that name. It must be there exactly once (RFC 6749 §3.2).
    fn one(&self, name: &str) -> Result<&str, &'static str> {
        let mut values = self.0.iter().filter(|(key, _)| key == name);
        match (values.next(), values.next()) {
            (Some((_, value)), None) if !value.is_empty() => Ok(value),
            (Some(_), Some(_)) => Err("A parameter is repeated"),
            _ => Err("A required parameter is missing"),
        }
    }
}

/// Returns the media type of the body, without its parameters; empty without one.
fn media_type(headers: &HeaderMap) -> &str {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim()
}

/// Returns the token after `Bearer`, in any case (RFC 9110 §11.1).
fn bearer(value: &HeaderValue) -> Option<&str> {
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn customs_response(result: Result<Value, CustomsError>) -> JsonResponse {
    match result {
        Ok(body) => (200, body),
        Err(error) => (error.status, error.body()),
    }
}

fn error(error: &str, description: &str) -> Value {
    json!({ "error": error, "error_description": description })
}

/// Returns 32 random hexadecimal digits: a trace id, or a token's `jti`.
fn random_id() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

fn respond((status, body): JsonResponse) -> Response<Full<Bytes>> {
    let text = if status == 204 { String::new() } else { body.to_string() };
    let mut response = Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(SERVER, HeaderValue::from_static("klarert-sandbox"));
    if status == 405 {
        headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
    }
    response
}
