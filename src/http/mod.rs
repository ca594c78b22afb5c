//! One request, one answer: what Maskinporten and Customs have in common. Knows HTTP, TLS and proxies, and nothing of
//! grants, stages or words for people; what went wrong is a [`TransportError`], which [`diagnosis`](crate::diagnosis) weighs.
//!
//! Redirects are not followed, an answer is read up to a limit, the whole takes a bounded time, and `https` is the only
//! way to any host but this computer's own.

mod answer;
mod failure;
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

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::{
    blocking::{Body, Client, RequestBuilder},
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue},
    redirect,
};
use time::OffsetDateTime;
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

pub use answer::{Answer, ClockMeasurement};
pub use tls::Shown;

use crate::{diagnosis::TransportError, journey::is_loopback};

/// How long to wait and how much to read.
#[derive(Debug, Clone)]
pub struct Limits {
    /// For the connection with its TLS handshake.
    pub connect: Duration,
    /// For one request, from the first byte sent to the last one read.
    pub whole: Duration,
    /// Bytes of an answer's body.
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
            body: 1024 * 1024,
            now: OffsetDateTime::now_utc,
        }
    }
}

/// A word from the user that a check is no longer wanted. Copies share it.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Waits, but no longer than until it is cancelled; says whether it was.
    pub fn wait(&self, pause: Duration) -> bool {
        let until = Instant::now() + pause;
        while !self.is_cancelled() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            thread::sleep(left.min(GLANCE));
        }
        true
    }
}

/// How often a waiting request looks whether it has been cancelled.
const GLANCE: Duration = Duration::from_millis(50);

/// Why there is no answer.
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

/// The way to one host.
#[derive(Debug)]
pub struct Http {
    client: Client,
    shown: Arc<Shown>,
    host: String,
    proxy: Option<String>,
    limits: Limits,
    cancel: Cancel,
}

impl Http {
    /// Makes ready for requests to the host of `url`, by way of the proxy that the environment names for it.
    /// `ca_file` holds roots to trust besides the system's.
    pub fn open(url: &str, ca_file: Option<&Path>, limits: &Limits, cancel: &Cancel) -> Result<Http, TransportError> {
        let url = allowed(url)?;
        let shown = Arc::new(Shown::default());
        let mut builder = Client::builder()
            .connect_timeout(limits.connect)
            .timeout(limits.whole)
            .redirect(redirect::Policy::none())
            // A connection kept from an earlier stage may have been closed meanwhile, which would read as a fault.
            .pool_max_idle_per_host(0)
            .user_agent(concat!("klarert/", env!("CARGO_PKG_VERSION")));
        let mut proxy = None;
        if is_loopback(&url) {
            // A proxy cannot reach this computer's own addresses.
            builder = builder.no_proxy();
        } else {
            proxy = proxy_for(&url);
        }
        let config = if url.scheme() == "https" {
            tls::config(ca_file, &shown)?
        } else {
            tls::unused()?
        };
        let client = builder.tls_backend_preconfigured(config).build();
        Ok(Http {
            client: client.map_err(|error| failure::classify(&error, &shown))?,
            shown,
            host: url.host_str().unwrap_or_default().to_owned(),
            proxy,
            limits: limits.clone(),
            cancel: cancel.clone(),
        })
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    /// The host and port of the proxy that is used, without its user and password.
    pub fn proxy(&self) -> Option<&str> {
        self.proxy.as_deref()
    }

    /// The version of TLS that was agreed on, once there has been an answer.
    pub fn tls(&self) -> Option<&'static str> {
        self.shown.version()
    }

    /// `GET`, with a token where there is one.
    pub fn get(&self, url: &str, bearer: Option<&str>) -> Result<Answer, RequestError> {
        let mut request = self.client.get(allowed(url)?);
        if let Some(token) = bearer {
            let value = Zeroizing::new(format!("Bearer {token}"));
            let mut value = HeaderValue::from_str(&value).map_err(|_| TransportError::Unsendable)?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        self.send(request)
    }

    /// `POST` of a form. The fields may be secrets: their encoded copy is wiped.
    pub fn post_form(&self, url: &str, fields: &[(&str, &str)]) -> Result<Answer, RequestError> {
        let room = fields
            .iter()
            .map(|(name, value)| 3 * (name.len() + value.len()) + 2)
            .sum();
        let mut form = form_urlencoded::Serializer::new(String::with_capacity(room));
        let form = Zeroizing::new(form.extend_pairs(fields).finish().into_bytes());
        let length = form.len() as u64;
        let request = self
            .client
            .post(allowed(url)?)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::sized(Cursor::new(form), length));
        self.send(request)
    }

    /// Sends from a thread of its own, so that a user who cancels need not wait for the network, and a server that
    /// sends a byte now and then cannot hold us beyond the limit.
    fn send(&self, request: RequestBuilder) -> Result<Answer, RequestError> {
        if self.cancel.is_cancelled() {
            return Err(RequestError::Cancelled);
        }
        let request = request.header(ACCEPT, HeaderValue::from_static("application/json"));
        let (limits, shown, abandoned) = (self.limits.clone(), self.shown.clone(), Cancel::default());
        let (answered, answer) = mpsc::channel();
        let given_up = abandoned.clone();
        thread::spawn(move || {
            // Nobody listens any more once it has been given up.
            let _ = answered.send(fetch(request, &limits, &shown, &given_up));
        });
        let deadline = Instant::now() + self.limits.whole + GLANCE;
        loop {
            match answer.recv_timeout(GLANCE) {
                Ok(outcome) => return outcome.map_err(RequestError::Failed),
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
    shown: &Shown,
    abandoned: &Cancel,
) -> Result<Answer, TransportError> {
    let sent_at = (limits.now)();
    let start = Instant::now();
    let mut response = request.send().map_err(|error| failure::classify(&error, shown))?;
    let headers_after = start.elapsed();
    let mut answer = Answer::of_head(&response, sent_at, headers_after);
    let mut chunk = Zeroizing::new([0; 8 * 1024]);
    loop {
        let read = match response.read(chunk.as_mut_slice()) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(failure::of_body(&error)),
        };
        if answer.body.len() + read > limits.body {
            return Err(TransportError::TooLarge);
        }
        answer.body.extend_from_slice(&chunk[..read]);
        if abandoned.is_cancelled() || start.elapsed() > limits.whole {
            return Err(TransportError::TooSlow);
        }
    }
    answer.took = start.elapsed();
    Ok(answer)
}

/// Only `https`, or `http` to this computer itself: a grant or a token over an open line is a secret given away.
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

/// The proxy that reqwest will take: it asks the same matcher.
fn proxy_for(url: &Url) -> Option<String> {
    let target = url.as_str().parse().ok()?;
    let proxy = Matcher::from_system().intercept(&target)?;
    let host = proxy.uri().host()?;
    Some(match proxy.uri().port_u16() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_leaves_this_computer() {
        for (url, fits) in [
            ("https://test.maskinporten.no/token", true),
            ("http://127.0.0.1:8080/token", true),
            ("http://localhost/token", true),
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
    fn a_cancelled_wait_ends_at_once() {
        let cancel = Cancel::default();
        cancel.cancel();
        assert!(cancel.wait(Duration::from_secs(600)));
        assert!(!Cancel::default().wait(Duration::ZERO));
    }
}
