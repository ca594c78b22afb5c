//! The HTTP around the sandbox: requests in, JSON out. What is thought of them is [`judge`]'s and
//! [`issue`]'s. Nothing that is sent can make it panic or wait for ever.

use std::{
    convert::Infallible,
    net::TcpListener,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{ALLOW, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderValue, SERVER},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::{Value, json};
use time::OffsetDateTime;
use tokio::sync::Semaphore;

use super::{
    issue::{self, CustomsRefusal},
    judge::{self, ServerState, Used},
    jwt::Signer,
    refusal::Refusal,
};
use crate::journey::services;

/// The longest body and header that are read.
const BODY_LIMIT: usize = 64 * 1024;
const HEADER_LIMIT: usize = 32 * 1024;
/// How long a request may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many may be connected at once; more wait their turn.
const CONNECTIONS: usize = 128;

const METADATA: &str = "/.well-known/oauth-authorization-server";
// Copies on purpose: the sandbox checks what the client sends, so it must not share the client's constants.
const EXCHANGE: &str = "/api/access/external/oauth/token";
const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// What the server answers from.
#[derive(Debug)]
pub struct State {
    known: ServerState,
    signer: Signer,
    used: Mutex<Used>,
}

impl State {
    pub fn new(known: ServerState, signer: Signer) -> State {
        State {
            known,
            signer,
            used: Mutex::default(),
        }
    }
}

/// Serves until its task is dropped.
pub async fn serve(listener: TcpListener, state: State) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    let state = Arc::new(state);
    let seats = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        // Never closed, so that this always comes.
        let Ok(seat) = seats.clone().acquire_owned().await else {
            return;
        };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // Too many open files, or a visitor who has left already: neither is worth ending for.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
        };
        let state = state.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let state = state.clone();
                async move { Ok::<_, Infallible>(state.receive(request).await) }
            });
            // A visitor's broken connection is their affair.
            let _ = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .max_buf_size(HEADER_LIMIT)
                .serve_connection(TokioIo::new(stream), service)
                .await;
            drop(seat);
        });
    }
}

/// An answer: its status and its JSON.
type Answer = (u16, Value);

impl State {
    async fn receive(&self, request: Request<Incoming>) -> Response<Full<Bytes>> {
        let (head, body) = request.into_parts();
        let body = tokio::time::timeout(PATIENCE, Limited::new(body, BODY_LIMIT).collect()).await;
        let answer = match body {
            Ok(Ok(body)) => self.answer(&head.method, head.uri.path(), &head.headers, &body.to_bytes()),
            Ok(Err(_)) => (413, error("invalid_request", "The body is too large or was cut off")),
            Err(_) => (408, error("invalid_request", "The body did not arrive in time")),
        };
        respond(answer)
    }

    fn answer(&self, method: &Method, path: &str, headers: &HeaderMap, body: &[u8]) -> Answer {
        let now = OffsetDateTime::now_utc();
        let is_test_call = services::services()
            .iter()
            .any(|service| service.test_call.as_deref() == Some(path));
        let get = method == Method::GET || method == Method::HEAD;
        match path {
            METADATA if get => (200, self.metadata()),
            "/jwk" if get => (200, self.signer.jwks()),
            "/health" if get => (200, json!({ "status": "UP" })),
            "/token" if method == Method::POST => self.token(headers, body, now),
            EXCHANGE if method == Method::POST => customs(self.exchange(headers, body, now)),
            _ if is_test_call && get => {
                let bearer = headers.get(AUTHORIZATION).and_then(bearer);
                let issuer = &self.known.issuer;
                customs(issue::test_call(
                    path,
                    bearer,
                    &self.signer,
                    issuer,
                    now.unix_timestamp(),
                ))
            }
            METADATA | "/jwk" | "/health" | "/token" | EXCHANGE => {
                (405, error("method_not_allowed", "Method not allowed"))
            }
            _ if is_test_call => (405, error("method_not_allowed", "Method not allowed")),
            _ => (404, error("not_found", "Nothing is here")),
        }
    }

    /// RFC 8414, with the fields that Maskinporten has.
    fn metadata(&self) -> Value {
        let issuer = &self.known.issuer;
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

    fn token(&self, headers: &HeaderMap, body: &[u8], now: OffsetDateTime) -> Answer {
        let granted = self.judge(headers, body, now);
        let issuer = &self.known.issuer;
        match granted {
            Ok(granted) => match issue::token(&granted, &self.signer, issuer, now.unix_timestamp(), &id()) {
                Some(token) => (200, token),
                None => (500, error("server_error", "The token could not be signed")),
            },
            Err(refusal) => (refusal.status, refusal.body(issuer, &id())),
        }
    }

    fn judge(&self, headers: &HeaderMap, body: &[u8], now: OffsetDateTime) -> Result<judge::Granted, Refusal> {
        let form = Form::read(headers, body).map_err(Refusal::request)?;
        if form.one("grant_type").map_err(Refusal::request)? != GRANT_TYPE {
            return Err(Refusal::grant_type());
        }
        let assertion = form.one("assertion").map_err(Refusal::request)?;
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        judge::judge(assertion, &self.known, &mut used, now)
    }

    fn exchange(&self, headers: &HeaderMap, body: &[u8], now: OffsetDateTime) -> Result<Value, CustomsRefusal> {
        let form = Form::read(headers, body).map_err(CustomsRefusal::request)?;
        let one = |name| form.one(name).map_err(CustomsRefusal::request);
        if one("grant_type")? != "token-exchange" {
            return Err(CustomsRefusal::request("Unsupported grant_type"));
        }
        if one("subject_token_type")? != "access_token" {
            return Err(CustomsRefusal::request("Unsupported subject_token_type"));
        }
        let (subject, known) = (one("subject_token")?, &self.known);
        let now = now.unix_timestamp();
        issue::exchange(subject, &self.signer, &known.registry, &known.issuer, now, &id())
    }
}

/// A form-encoded body.
struct Form(Vec<(String, String)>);

impl Form {
    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Form, &'static str> {
        let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
        if !kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err("Content-Type must be application/x-www-form-urlencoded");
        }
        Ok(Form(url::form_urlencoded::parse(body).into_owned().collect()))
    }

    /// The parameter with that name, which must be there once (RFC 6749 §3.2).
    fn one(&self, name: &str) -> Result<&str, &'static str> {
        let mut values = self.0.iter().filter(|(key, _)| key == name);
        match (values.next(), values.next()) {
            (Some((_, value)), None) if !value.is_empty() => Ok(value),
            (Some(_), Some(_)) => Err("A parameter is repeated"),
            _ => Err("A required parameter is missing"),
        }
    }
}

/// The token after `Bearer`, whose case does not matter (RFC 9110 §11.1).
fn bearer(value: &HeaderValue) -> Option<&str> {
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn customs(outcome: Result<Value, CustomsRefusal>) -> Answer {
    match outcome {
        Ok(body) => (200, body),
        Err(refusal) => (refusal.status, refusal.body()),
    }
}

fn error(error: &str, words: &str) -> Value {
    json!({ "error": error, "error_description": words })
}

/// Thirty-two hexadecimal digits: a trace id, or a token's `jti`.
fn id() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}

fn respond((status, body): Answer) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(body.to_string())));
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
