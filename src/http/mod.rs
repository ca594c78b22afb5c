//! A blocking HTTP client that sends one request and reads one response. It knows HTTP, TLS and proxies, and nothing of
//! grants, stages or texts. A request that fails is a [`TransportError`]; [`diagnosis`](crate::diagnosis) classifies it.
//!
//! Redirects are not followed, bodies and durations are bounded, and plain `http` is allowed for loopback only.

mod ca_file;
mod error;
mod no_proxy;
mod proxy;
mod proxy_value;
mod response;
mod system_proxy;
mod tls;

use std::{
    io::{Cursor, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use reqwest::{
    blocking::{Body, Client, RequestBuilder},
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue},
    redirect,
};
use time::OffsetDateTime;
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

pub use ca_file::read as read_ca_file;
pub use proxy::{unknown_exceptions, without_user};
pub use response::{ClockMeasurement, Response};
pub use system_proxy::{UnreadSetting, unread_setting};
pub use tls::HandshakeLog;

use crate::{diagnosis::TransportError, journey::is_loopback};

/// Limits on the duration and the size of a request, and the clock that times it.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Limit for the connection with its TLS handshake.
    pub connect: Duration,
    /// Limit for one request, from the first byte sent to the last byte read.
    pub whole: Duration,
    /// Time at which every request ends, such as the end of a whole check.
    pub until: Option<Instant>,
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

/// A client for one host.
#[derive(Debug)]
pub struct Http {
    client: Client,
    handshake: Arc<HandshakeLog>,
    host: String,
    proxy: Option<String>,
    limits: Limits,
    cancel: Cancel,
}

impl Http {
    /// Builds a client for the host of `url`, through the proxy that the environment names for it. The roots in
    /// `ca_file` are trusted besides the system's.
    ///
    /// # Errors
    ///
    /// The URL is not allowed, the proxy's variable is not understood, `ca_file` has no roots, or the system has no roots.
    pub fn open(url: &str, ca_file: Option<&Path>, limits: &Limits, cancel: &Cancel) -> Result<Http, TransportError> {
        let url = allowed(url)?;
        let handshake = Arc::new(HandshakeLog::default());
        let mut builder = Client::builder()
            .connect_timeout(limits.connect)
            .timeout(limits.whole)
            .redirect(redirect::Policy::none())
            // A connection kept from an earlier stage may have been closed meanwhile, which would look like a failure.
            .pool_max_idle_per_host(0)
            .user_agent(concat!("klarert/", env!("CARGO_PKG_VERSION")));
        let mut proxy = None;
        if is_loopback(&url) {
            // A proxy cannot reach this computer's own addresses.
            builder = builder.no_proxy();
        } else {
            match proxy::route(&url)? {
                proxy::Route::System(shown) => proxy = shown,
                proxy::Route::Direct => builder = builder.no_proxy(),
                proxy::Route::Proxy(named) => {
                    let through = reqwest::Proxy::all(named.url.as_str()).map_err(|_| TransportError::Unsendable)?;
                    builder = builder.no_proxy().proxy(through);
                    proxy = Some(named.shown);
                }
            }
        }
        let config = if url.scheme() == "https" {
            tls::config(ca_file, &handshake)?
        } else {
            tls::without_roots()?
        };
        let client = builder.tls_backend_preconfigured(config).build();
        Ok(Http {
            client: client.map_err(|error| error::from_reqwest(&error, &handshake))?,
            handshake,
            host: url.host_str().unwrap_or_default().to_owned(),
            proxy,
            limits: limits.clone(),
            cancel: cancel.clone(),
        })
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns the host and port of the proxy in use, without its user and password.
    pub fn proxy(&self) -> Option<&str> {
        self.proxy.as_deref()
    }

    /// Returns the negotiated TLS version, once a response has been received.
    pub fn tls(&self) -> Option<&'static str> {
        self.handshake.version()
    }

    /// Sends a `GET` request, with `bearer` as its token if given.
    pub fn get(&self, url: &str, bearer: Option<&str>) -> Result<Response, RequestError> {
        let mut request = self.client.get(allowed(url)?);
        if let Some(token) = bearer {
            let value = Zeroizing::new(format!("Bearer {token}"));
            let mut value = HeaderValue::from_str(&value).map_err(|_| TransportError::Unsendable)?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        self.send(request, bearer.unwrap_or_default())
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
        let length = form.len() as u64;
        let request = self
            .client
            .post(allowed(url)?)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::sized(Cursor::new(form), length));
        self.send(request, secret.1)
    }

    /// Sends the request from a thread of its own: a user who cancels does not wait for the network, and a server that
    /// sends a byte now and then cannot exceed the limit. `secret` is the one in the request.
    fn send(&self, request: RequestBuilder, secret: &str) -> Result<Response, RequestError> {
        if self.cancel.is_cancelled() {
            return Err(RequestError::Cancelled);
        }
        let (mut limits, start) = (self.limits.clone(), Instant::now());
        if let Some(until) = limits.until {
            limits.whole = limits.whole.min(until.saturating_duration_since(start));
        }
        if limits.whole.is_zero() {
            return Err(TransportError::TooSlow.into());
        }
        let deadline = start + limits.whole + CANCEL_POLL_INTERVAL;
        let request = request
            .timeout(limits.whole)
            .header(ACCEPT, HeaderValue::from_static("application/json"));
        let (handshake, abandoned) = (self.handshake.clone(), Cancel::default());
        let (sender, receiver) = mpsc::channel();
        let is_abandoned = abandoned.clone();
        thread::spawn(move || {
            // The receiver is gone if the request was abandoned.
            let _ = sender.send(fetch(request, &limits, &handshake, &is_abandoned));
        });
        loop {
            match receiver.recv_timeout(CANCEL_POLL_INTERVAL) {
                Ok(Ok(mut response)) => {
                    response.sent = Zeroizing::new(secret.to_owned());
                    return Ok(response);
                }
                Ok(Err(error)) => return Err(error.into()),
                Err(mpsc::RecvTimeoutError::Disconnected) => return Err(TransportError::Closed.into()),
                Err(mpsc::RecvTimeoutError::Timeout) => {}
            }
            let cancelled = self.cancel.is_cancelled();
            if cancelled || Instant::now() >= deadline {
                abandoned.cancel();
                return Err(if cancelled {
                    RequestError::Cancelled
                } else {
                    TransportError::TooSlow.into()
                });
            }
        }
    }
}

fn fetch(
    request: RequestBuilder,
    limits: &Limits,
    handshake: &HandshakeLog,
    abandoned: &Cancel,
) -> Result<Response, TransportError> {
    let sent_at = (limits.now)();
    let start = Instant::now();
    let mut reply = request.send().map_err(|error| error::from_reqwest(&error, handshake))?;
    let headers_after = start.elapsed();
    let mut response = Response::from_head(reply.status().as_u16(), reply.headers(), sent_at, headers_after);
    let mut chunk = Zeroizing::new([0; 8 * 1024]);
    loop {
        let read = match reply.read(chunk.as_mut_slice()) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error::from_body(&error)),
        };
        if response.body.len() + read > limits.body {
            return Err(TransportError::TooLarge);
        }
        response.body.extend_from_slice(&chunk[..read]);
        if abandoned.is_cancelled() || start.elapsed() > limits.whole {
            return Err(TransportError::TooSlow);
        }
    }
    response.took = start.elapsed();
    Ok(response)
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
