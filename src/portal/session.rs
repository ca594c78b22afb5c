//! The requests to the API, with the token of an administration client.

use std::{
    thread,
    time::{Duration, Instant},
};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use serde_json::Value;
use zeroize::Zeroizing;

use super::answer::{self, ClientObject, Grant};
use crate::{
    check::{self, Cancel, Limits, Settings, Subject},
    credential::Opened,
    diagnosis::{self, Diagnosis, Evidence, Stage, StageFailure, TransportError},
    http::{Http, RequestError, Response},
    maskinporten::scope_list::{self, MAX_LIST_BYTES, ScopeList},
    profile::{Profile, administration::SCOPES},
};

/// The longest answer: a supplier may have thousands of clients.
const MAX_ANSWER_BYTES: usize = 16 * 1024 * 1024;
/// A token that ends sooner than this is replaced before the next request.
const MIN_TOKEN_LEFT: Duration = Duration::from_secs(20);
/// The characters of a client id that are encoded: all but those of `^[a-zA-Z0-9:_\-=]+$`, the portal's rule for ids.
const ID_ENCODED: AsciiSet = NON_ALPHANUMERIC.remove(b':').remove(b'_').remove(b'-').remove(b'=');
/// Limit for the optional request of the open scope list.
const MAX_LIST_DURATION: Duration = Duration::from_secs(2);

/// A failed request.
#[derive(Debug, Clone, PartialEq)]
pub struct PortalError {
    pub diagnosis: Box<Diagnosis>,
    /// The request may have been carried out all the same: its answer was lost.
    pub is_lost: bool,
}

/// A token, and the time from which it is replaced.
struct TimedToken {
    token: Zeroizing<String>,
    until: Instant,
}

/// The API of an environment, used by an administration client.
pub struct Portal<'a> {
    /// The administration client.
    subject: Subject<'a>,
    /// The profile that errors are about: that of the onboarding, if there is one.
    about: &'a Profile,
    base: &'a str,
    opened: Opened,
    settings: &'a Settings,
    token: Option<TimedToken>,
}

impl std::fmt::Debug for Portal<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Portal")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

impl<'a> Portal<'a> {
    /// Returns the API for the environment of `subject`, the administration client, with its opened credential. `None` if the
    /// environment has no API.
    pub fn new(subject: Subject<'a>, about: &'a Profile, opened: Opened, settings: &'a Settings) -> Option<Portal<'a>> {
        Some(Portal {
            base: subject.environment.self_service.as_deref()?,
            subject,
            about,
            opened,
            settings,
            token: None,
        })
    }

    /// Returns the base of the API's addresses.
    pub fn base(&self) -> &str {
        self.base
    }

    /// Returns the settings of requests, for tokens of other clients in the same task.
    pub fn settings(&self) -> &'a Settings {
        self.settings
    }

    /// Returns the subject whose token is used.
    pub fn subject(&self) -> &Subject<'a> {
        &self.subject
    }

    /// Requests the scopes that the organisation has asked for.
    pub fn grants(&mut self) -> Result<Vec<Grant>, PortalError> {
        let path = "/scopes/access/all?integration_type=maskinporten&inactive=false";
        self.get(path, answer::read_grants)
    }

    /// Requests the open scope list. `None` if it does not come in time: what it tells is not needed.
    pub fn scope_list(&self) -> Option<ScopeList> {
        let url = scope_list::address(self.base);
        let limits = Limits {
            whole: MAX_LIST_DURATION,
            body: MAX_LIST_BYTES,
            ..self.settings.limits.clone()
        };
        let http = self.connect(&url, &limits).ok()?;
        scope_list::read(&http.get(&url, None).ok()?).ok()
    }

    /// Requests the organisation's clients.
    pub fn clients(&mut self) -> Result<Vec<ClientObject>, PortalError> {
        self.get("/clients", answer::read_clients)
    }

    /// Requests one client.
    pub fn client(&mut self, id: &str) -> Result<ClientObject, PortalError> {
        self.get(&client_path(id, ""), answer::read_client)
    }

    /// Creates a client. It is sent once: after a lost answer, look for the client before it is sent again.
    pub fn create_client(&mut self, body: &Value) -> Result<ClientObject, PortalError> {
        let send = |http: &Http, url: &str, token: &str| http.send_json(Method::POST, url, token, body);
        self.call("/clients", 0, send, answer::read_client)
    }

    /// Replaces a client by a whole object. The same result if it is sent twice.
    pub fn replace_client(&mut self, id: &str, body: &Value) -> Result<ClientObject, PortalError> {
        let send = |http: &Http, url: &str, token: &str| http.send_json(Method::PUT, url, token, body);
        self.call(&client_path(id, ""), usize::MAX, send, answer::read_client)
    }

    /// Requests the keys of a client. A client that never had one may have no set.
    pub fn keys(&mut self, id: &str) -> Result<Vec<Value>, PortalError> {
        self.get(&client_path(id, "/jwks"), answer::read_keys)
    }

    /// Replaces the set of keys. The same result if it is sent twice.
    pub fn replace_keys(&mut self, id: &str, set: &Value) -> Result<(), PortalError> {
        let send = |http: &Http, url: &str, token: &str| http.send_json(Method::POST, url, token, set);
        let read = |response: &Response| answer::expect(response, &[200, 201, 204]);
        self.call(&client_path(id, "/jwks"), usize::MAX, send, read)
    }

    fn get<T>(&mut self, path: &str, read: impl Fn(&Response) -> Result<T, StageFailure>) -> Result<T, PortalError> {
        let send = |http: &Http, url: &str, token: &str| http.get(url, Some(token));
        self.call(path, usize::MAX, send, read)
    }

    /// Sends a request, and again after a transient failure, `retries` times at most.
    fn call<T>(
        &mut self,
        path: &str,
        retries: usize,
        send: impl Fn(&Http, &str, &str) -> Result<Response, RequestError>,
        read: impl Fn(&Response) -> Result<T, StageFailure>,
    ) -> Result<T, PortalError> {
        let url = format!("{}{path}", self.base);
        let limits = Limits {
            body: MAX_ANSWER_BYTES,
            ..self.settings.limits.clone()
        };
        let settings = self.settings;
        let mut pauses = settings.pauses.iter().take(retries);
        loop {
            let token = self.token()?;
            let http = self.connect(&url, &limits);
            let http = http.map_err(|error| self.failed(StageFailure::Transport(error)))?;
            let (failure, retry_after) = match send(&http, &url, &token) {
                Ok(response) => match read(&response) {
                    Ok(value) => return Ok(value),
                    Err(failure) => (failure, response.retry_after),
                },
                Err(RequestError::Failed(error)) => (StageFailure::Transport(error), None),
                // Unreachable: no other clone of the `Cancel` exists.
                Err(RequestError::Cancelled) => (StageFailure::Down { status: None }, None),
            };
            match pauses.next().filter(|_| is_transient(&failure)) {
                Some(pause) => thread::sleep(retry_after.unwrap_or(*pause).min(settings.max_pause)),
                None => return Err(self.failed(failure)),
            }
        }
    }

    fn connect(&self, url: &str, limits: &Limits) -> Result<Http, TransportError> {
        let ca_file = self.subject.environment.ca_file.as_deref();
        Http::open(&self.settings.connections, url, ca_file, limits, &Cancel::default())
    }

    /// Returns a token that is valid for the next request.
    fn token(&mut self) -> Result<Zeroizing<String>, PortalError> {
        if let Some(known) = self.token.as_ref().filter(|known| Instant::now() < known.until) {
            return Ok(known.token.clone());
        }
        let opened = &self.opened;
        let scopes = SCOPES.join(" ");
        let issued = check::issue_token(
            &self.subject,
            self.settings,
            &mut || opened.clone(),
            Some(&scopes),
            false,
        );
        let issued = issued.map_err(|diagnosis| PortalError {
            diagnosis: Box::new(diagnosis),
            is_lost: false,
        })?;
        let lifetime = Duration::from_secs(issued.expires_in).saturating_sub(MIN_TOKEN_LEFT);
        self.token = Some(TimedToken {
            token: issued.access_token.clone(),
            until: Instant::now() + lifetime,
        });
        Ok(issued.access_token)
    }

    fn failed(&self, failure: StageFailure) -> PortalError {
        let environment = self.subject.environment;
        let mut evidence = Evidence::new(self.about, environment, (self.settings.limits.now)());
        evidence.stage = Stage::Token;
        evidence.host = host(self.base);
        let diagnosis = diagnosis::classify(&evidence, &failure);
        PortalError {
            diagnosis: Box::new(diagnosis),
            // A request that was refused as one too many was not carried out.
            is_lost: is_transient(&failure) && !matches!(failure, StageFailure::TooManyRequests { .. }),
        }
    }
}

/// Returns the path of a client. The id is from a profile or an answer, so it is encoded.
fn client_path(id: &str, rest: &str) -> String {
    let id = utf8_percent_encode(id, &ID_ENCODED);
    format!("/clients/{id}{rest}")
}

/// Returns the host of the API, as errors name it.
pub fn host(base: &str) -> String {
    let parsed = url::Url::parse(base).ok();
    let host = parsed.and_then(|url| url.host_str().map(str::to_owned));
    host.unwrap_or_else(|| crate::text::visible(base))
}

/// Returns whether a request may succeed if it is sent again. Its answer was lost, or the service could not answer.
fn is_transient(failure: &StageFailure) -> bool {
    match failure {
        StageFailure::Down { .. } | StageFailure::TooManyRequests { .. } => true,
        StageFailure::Transport(error) => error.is_transient(),
        _ => false,
    }
}
