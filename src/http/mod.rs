//! A blocking HTTP client that sends one request and reads one response. It knows HTTP, TLS and proxies, and nothing of
//! grants, stages or texts. A request that fails is a [`TransportError`]; [`diagnosis`](crate::diagnosis) classifies it.
//!
//! Redirects are not followed, bodies and durations are bounded, and plain `http` is allowed for loopback only.

mod ca_file;
mod connections;
mod deadline;
mod error;
mod json_request;
mod network;
mod no_proxy;
mod proxy;
mod proxy_value;
mod response;
mod system_proxy;
mod tls;

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use hyper::body::Bytes;
use reqwest::{
    Client, RequestBuilder,
    header::{ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_TYPE, HeaderMap, HeaderValue},
};
use time::OffsetDateTime;
use tokio::sync::OwnedSemaphorePermit;
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

pub use ca_file::read as read_ca_file;
pub use connections::{Connections, MAX_CONNECTIONS_PER_HOST};
pub use deadline::Deadline;
pub use proxy::{unknown_exceptions, without_user};
pub use response::{ClockMeasurement, Response};
pub use system_proxy::{UnreadSetting, unread_setting};
pub use tls::HandshakeLog;

use crate::{diagnosis::TransportError, journey::is_loopback};
use connections::Host;

/// Limits on the duration and the size of a request, and the clock that times it.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Limit for the connection with its TLS handshake.
    pub connect: Duration,
    /// Limit for one request, from the first byte sent to the last byte read.
    pub whole: Duration,
    /// Time at which every request ends, such as the end of a whole check.
    pub until: Option<Deadline>,
    /// Limit for a response's body, in bytes.
    pub body: usize,
    /// This computer's clock.
    pub now: fn() -> OffsetDateTime,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            // On Windows the platform's verifier may ask for revocations inside the handshake for some seconds.
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            until: None,
            body: 1024 * 1024,
            now: OffsetDateTime::now_utc,
        }
    }
}

/// A cancellation flag for a check. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Sleeps for `pause` or until cancelled. Returns whether it was cancelled.
    pub fn wait(&self, pause: Duration) -> bool {
        let until = Instant::now() + pause;
        while !self.is_cancelled() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            thread::sleep(left.min(CANCEL_POLL_INTERVAL));
        }
        true
    }
}

/// Interval at which a waiting request checks for cancellation.
const CANCEL_POLL_INTERVAL: Duration = Duration::from_millis(50);

/// Reason that a request has no response.
#[derive(Debug)]
pub enum RequestError {
    Cancelled,
    Failed(TransportError),
}

impl From<TransportError> for RequestError {
    fn from(failure: TransportError) -> RequestError {
        RequestError::Failed(failure)
    }
}

/// A client for one host, over the run's connections.
#[derive(Debug)]
pub struct Http {
    host: Arc<Host>,
    limits: Limits,
    cancel: Cancel,
    /// The last request met a kept connection that the server had closed: the next one opens a new connection.
    met_closed: AtomicBool,
}

impl Http {
    /// Returns a client for the host of `url`, through the proxy that the environment names for it. The roots in
    /// `ca_file` are trusted besides the system's.
    ///
    /// # Errors
    ///
    /// The URL is not allowed, the proxy's variable is not understood, `ca_file` has no roots, or the system has no roots.
    pub fn open(
        connections: &Connections,
        url: &str,
        ca_file: Option<&Path>,
        limits: &Limits,
        cancel: &Cancel,
    ) -> Result<Http, TransportError> {
        Ok(Http {
            host: connections.host(&allowed(url)?, ca_file, limits.connect)?,
            limits: limits.clone(),
            cancel: cancel.clone(),
            met_closed: AtomicBool::default(),
        })
    }

    pub fn host(&self) -> &str {
        &self.host.name
    }

    /// Returns the host and port of the proxy in use, without its user and password.
    pub fn proxy(&self) -> Option<&str> {
        self.host.proxy.as_deref()
    }

    /// Returns whether the proxy is sent a user and password.
    pub fn proxy_login(&self) -> bool {
        self.host.proxy_login
    }

    /// Returns the negotiated TLS version, once a response has been received.
    pub fn tls(&self) -> Option<&'static str> {
        self.host.handshake.version()
    }

    /// Delays all requests of the run to this host, as its `Retry-After` asks.
    pub fn pause(&self, pause: Duration) {
        self.host.pause(pause);
    }

    /// Returns whether the last request failed only because the server had closed a kept connection. It has not answered
    /// the request, but may have received it: a grant is signed anew, because one that was received is spent.
    pub fn met_closed_connection(&self) -> bool {
        self.met_closed.load(Ordering::Relaxed)
    }

    /// Sends a `GET` request, with `bearer` as its token if given. It changes nothing, so it is sent again if it met a
    /// closed connection.
    pub fn get(&self, url: &str, bearer: Option<&str>) -> Result<Response, RequestError> {
        let url = allowed(url)?;
        let send = || {
            let mut request = self.client()?.get(url.clone());
            if let Some(token) = bearer {
                request = request.header(AUTHORIZATION, json_request::authorization(token)?);
            }
            self.send(request, bearer.unwrap_or_default())
        };
        match send() {
            Err(RequestError::Failed(_)) if self.met_closed_connection() => send(),
            sent => sent,
        }
    }

    /// Sends a `POST` request with a form that ends in a secret field. Its encoded copy is wiped.
    pub fn post_form(
        &self,
        url: &str,
        fields: &[(&str, &str)],
        secret: (&str, &str),
    ) -> Result<Response, RequestError> {
        let fields = || fields.iter().copied().chain([secret]);
        let capacity = fields().map(|(name, value)| 3 * (name.len() + value.len()) + 2).sum();
        let mut form = form_urlencoded::Serializer::new(String::with_capacity(capacity));
        let form = Zeroizing::new(form.extend_pairs(fields()).finish().into_bytes());
        let request = self
            .client()?
            .post(allowed(url)?)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            // Not a reader: reqwest then reports that its body was not read instead of the reason, such as a refused connection.
            .body(Bytes::from_owner(form));
        self.send(request, secret.1)
    }

    fn client(&self) -> Result<Client, TransportError> {
        match self.met_closed.swap(false, Ordering::Relaxed) {
            true => self.host.unpooled_client(),
            false => Ok(self.host.client.clone()),
        }
    }

    /// Waits until a request may be sent: for the end of the host's pause, and for one of its connections.
    fn wait_for_turn(&self) -> Result<OwnedSemaphorePermit, RequestError> {
        loop {
            let (pause, left) = (self.host.pause_left(), self.time_left());
            if self.cancel.wait(pause.min(left)) {
                return Err(RequestError::Cancelled);
            }
            if pause > left {
                return Err(TransportError::TooSlow.into());
            }
            let start = Instant::now();
            let slot = self.host.wait_for_slot(&self.cancel);
            if let Some(until) = &self.limits.until {
                until.extend(start.elapsed());
            }
            let slot = slot.ok_or(RequestError::Cancelled)?;
            // Another request may have been asked to pause meanwhile.
            if self.host.pause_left().is_zero() {
                return Ok(slot);
            }
        }
    }

    /// Returns the time that a request may take.
    fn time_left(&self) -> Duration {
        let left = self.limits.until.as_ref().map(Deadline::left);
        left.map_or(self.limits.whole, |left| left.min(self.limits.whole))
    }

    /// Sends the request and waits for the response: a user who cancels does not wait for the network, and a server that
    /// sends a byte now and then cannot exceed the limit. `secret` is the one in the request.
    fn send(&self, request: RequestBuilder, secret: &str) -> Result<Response, RequestError> {
        let slot = self.wait_for_turn()?;
        let limits = Limits {
            whole: self.time_left(),
            ..self.limits.clone()
        };
        if limits.whole.is_zero() {
            return Err(TransportError::TooSlow.into());
        }
        let deadline = Instant::now() + limits.whole + CANCEL_POLL_INTERVAL;
        let request = request
            .timeout(limits.whole)
            .header(ACCEPT, HeaderValue::from_static("application/json"));
        let (host, may_be_reused) = (self.host.clone(), self.host.keeps_alive());
        let (task, receiver) = self.host.network.run(async move {
            let fetched = fetch(request, &limits, &host).await;
            drop(slot);
            fetched
        });
        loop {
            match receiver.recv_timeout(CANCEL_POLL_INTERVAL) {
                Ok(Ok(mut response)) => {
                    response.sent = Zeroizing::new(secret.to_owned());
                    return Ok(response);
                }
                Ok(Err(error)) => {
                    let met_closed = may_be_reused && error == TransportError::Closed;
                    self.met_closed.store(met_closed, Ordering::Relaxed);
                    return Err(error.into());
                }
                Err(mpsc::RecvTimeoutError::Disconnected) => return Err(TransportError::Closed.into()),
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
            let cancelled = self.cancel.is_cancelled();
            if cancelled || Instant::now() >= deadline {
                task.abort();
                return Err(if cancelled {
                    RequestError::Cancelled
                } else {
                    TransportError::TooSlow.into()
                });
            }
        }
    }
}

async fn fetch(request: RequestBuilder, limits: &Limits, host: &Host) -> Result<Response, TransportError> {
    let sent_at = (limits.now)();
    let start = Instant::now();
    let sent = request.send().await;
    let mut reply = sent.map_err(|error| error::from_reqwest(&error, &host.handshake))?;
    let headers_after = start.elapsed();
    let mut response = Response::from_head(reply.status().as_u16(), reply.headers(), sent_at, headers_after);
    if keeps_alive(reply.headers()) {
        host.has_kept_alive();
    }
    let length = reply.content_length().and_then(|length| usize::try_from(length).ok());
    response.reserve(length.unwrap_or_default().min(limits.body));
    while let Some(chunk) = reply.chunk().await.map_err(|error| error::from_body(&error))? {
        if response.body.len() + chunk.len() > limits.body {
            return Err(TransportError::TooLarge);
        }
        response.body.extend_from_slice(&chunk);
        if start.elapsed() > limits.whole {
            return Err(TransportError::TooSlow);
        }
    }
    response.took = start.elapsed();
    // Lets the connection return to the pool before the next request looks for one.
    tokio::task::yield_now().await;
    Ok(response)
}

/// Returns whether a server leaves the connection open after this response (RFC 9112 §9.3).
fn keeps_alive(headers: &HeaderMap) -> bool {
    let mut options = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok());
    !options.any(|value| {
        value
            .split(',')
            .any(|option| option.trim().eq_ignore_ascii_case("close"))
    })
}

/// Parses a URL that may be requested: `https`, or `http` to loopback. A grant or token sent in the clear is leaked.
fn allowed(url: &str) -> Result<Url, TransportError> {
    let insecure = || TransportError::Insecure {
        url: crate::text::visible(url),
    };
    let parsed = Url::parse(url).map_err(|_| insecure())?;
    let fits = parsed.scheme() == "https" || (parsed.scheme() == "http" && is_loopback(&parsed));
    if fits && parsed.has_host() {
        Ok(parsed)
    } else {
        Err(insecure())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_is_allowed_for_loopback_only() {
        for (url, fits) in [
            ("https://test.maskinporten.no/token", true),
            ("http://127.0.0.1:8080/token", true),
            ("http://localhost/token", true),
            ("http://foo.localhost/token", false),
            ("http://[::1]:1/", true),
            ("http://test.maskinporten.no/token", false),
            ("http://127.0.0.1.example.com/", false),
            ("http://localhost.example.com/", false),
            ("file:///etc/passwd", false),
            ("ftp://127.0.0.1/", false),
            ("/token", false),
            ("", false),
        ] {
            assert_eq!(allowed(url).is_ok(), fits, "{url}");
        }
    }

    #[test]
    fn wait_returns_at_once_when_cancelled() {
        let cancel = Cancel::default();
        cancel.cancel();
        assert!(cancel.wait(Duration::from_secs(600)));
        assert!(!Cancel::default().wait(Duration::ZERO));
    }
}
