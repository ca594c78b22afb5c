//! The connections of a run: TLS configuration, proxy decision and connection pool of each host, made once and shared by
//! all stages and profiles.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use reqwest::{Client, ClientBuilder, redirect};
use rustls::ClientConfig;
use rustls_platform_verifier::Verifier;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::{
    Cancel, error,
    network::Network,
    proxy,
    tls::{self, HandshakeLog},
};
use crate::{diagnosis::TransportError, journey::is_loopback};

/// Time after which an unused connection is closed. Common servers wait for at least 5 s, so that a request rarely meets
/// a connection that its server is closing.
const MAX_IDLE: Duration = Duration::from_secs(4);
/// Connections to a host at a time, out of respect for a public service. Browsers open six.
pub const MAX_CONNECTIONS_PER_HOST: usize = 8;

/// The connections of a run. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Connections(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    hosts: Mutex<HashMap<HostKey, Arc<Host>>>,
    /// Verifiers by their `ca_file`: each reads the system's roots from disk.
    verifiers: Mutex<HashMap<Option<PathBuf>, Arc<Verifier>>>,
    network: Mutex<Option<Arc<Network>>>,
}

/// Properties that connections must have in common to be shared.
#[derive(Debug, PartialEq, Eq, Hash)]
struct HostKey {
    /// Scheme, host and port.
    origin: String,
    ca_file: Option<PathBuf>,
    connect: Duration,
}

impl Connections {
    /// Returns the shared connections to the host of `url`. `connect` limits a connection with its handshake.
    ///
    /// # Errors
    ///
    /// As [`Http::open`](super::Http::open). Errors are not kept.
    pub(super) fn host(
        &self,
        url: &Url,
        ca_file: Option<&Path>,
        connect: Duration,
    ) -> Result<Arc<Host>, TransportError> {
        let key = HostKey {
            origin: url.origin().ascii_serialization(),
            ca_file: ca_file.map(Path::to_owned),
            connect,
        };
        // Locked while the host is made, so that parallel checks do not make it twice. Nothing is sent.
        let mut hosts = lock(&self.0.hosts);
        if let Some(host) = hosts.get(&key) {
            return Ok(host.clone());
        }
        let host = Arc::new(self.open(url, ca_file, connect)?);
        hosts.insert(key, host.clone());
        Ok(host)
    }

    fn open(&self, url: &Url, ca_file: Option<&Path>, connect: Duration) -> Result<Host, TransportError> {
        let handshake = Arc::new(HandshakeLog::default());
        // A proxy cannot reach this computer's own addresses.
        let mut proxy_login = false;
        let (route, proxy) = match is_loopback(url) {
            true => (Route::Direct, None),
            false => match proxy::route(url)? {
                proxy::Route::Direct => (Route::Direct, None),
                proxy::Route::System(shown) => (Route::System, shown),
                proxy::Route::Proxy(named) => {
                    let through = reqwest::Proxy::all(named.url.as_str()).map_err(|_| TransportError::Unsendable)?;
                    proxy_login = named.has_login();
                    (Route::Proxy(through), Some(named.shown))
                }
            },
        };
        let tls = match url.scheme() {
            "https" => tls::config(self.verifier(ca_file)?, &handshake)?,
            _ => tls::without_roots()?,
        };
        let build = Build { connect, route, tls };
        let client = build.client(|builder| builder.pool_idle_timeout(MAX_IDLE));
        Ok(Host {
            client: client.map_err(|error| error::from_reqwest(&error, &handshake))?,
            network: self.network()?,
            slots: Arc::new(Semaphore::new(MAX_CONNECTIONS_PER_HOST)),
            build,
            name: url.host_str().unwrap_or_default().to_owned(),
            proxy,
            proxy_login,
            handshake,
            keeps_alive: AtomicBool::default(),
            paused_until: Mutex::default(),
        })
    }

    fn network(&self) -> Result<Arc<Network>, TransportError> {
        let mut network = lock(&self.0.network);
        if let Some(network) = &*network {
            return Ok(network.clone());
        }
        // Like a connection that this computer prevents.
        let started = Arc::new(Network::start().map_err(|_| TransportError::NoAnswer)?);
        Ok(network.insert(started).clone())
    }

    fn verifier(&self, ca_file: Option<&Path>) -> Result<Arc<Verifier>, TransportError> {
        let mut verifiers = lock(&self.0.verifiers);
        let ca_file = ca_file.map(Path::to_owned);
        if let Some(verifier) = verifiers.get(&ca_file) {
            return Ok(verifier.clone());
        }
        let verifier = Arc::new(tls::verifier(ca_file.as_deref())?);
        verifiers.insert(ca_file, verifier.clone());
        Ok(verifier)
    }
}

/// A host: its connections, and what is known of it.
#[derive(Debug)]
pub(super) struct Host {
    pub client: Client,
    pub network: Arc<Network>,
    slots: Arc<Semaphore>,
    build: Build,
    pub name: String,
    /// Host and port of the proxy in use, without its user and password.
    pub proxy: Option<String>,
    /// The proxy is sent a user and password.
    pub proxy_login: bool,
    pub handshake: Arc<HandshakeLog>,
    /// The host has left a connection open after a response.
    keeps_alive: AtomicBool,
    /// The end of the pause that the host has asked for.
    paused_until: Mutex<Option<Instant>>,
}

/// The parts that a client is built of.
#[derive(Debug)]
struct Build {
    connect: Duration,
    route: Route,
    tls: ClientConfig,
}

#[derive(Debug)]
enum Route {
    Direct,
    System,
    Proxy(reqwest::Proxy),
}

impl Build {
    fn client(&self, pool: impl FnOnce(ClientBuilder) -> ClientBuilder) -> reqwest::Result<Client> {
        let builder = Client::builder()
            .connect_timeout(self.connect)
            .redirect(redirect::Policy::none())
            .user_agent(concat!("klarert/", env!("CARGO_PKG_VERSION")));
        let builder = match &self.route {
            Route::Direct => builder.no_proxy(),
            Route::System => builder,
            Route::Proxy(through) => builder.no_proxy().proxy(through.clone()),
        };
        pool(builder).tls_backend_preconfigured(self.tls.clone()).build()
    }
}

impl Host {
    /// Returns a client without kept connections, for a request that met one which the server had closed.
    pub fn unpooled_client(&self) -> Result<Client, TransportError> {
        let client = self.build.client(|builder| builder.pool_max_idle_per_host(0));
        client.map_err(|error| error::from_reqwest(&error, &self.handshake))
    }

    /// Waits until the host has fewer connections than its limit. `None` if cancelled.
    pub fn wait_for_slot(&self, cancel: &Cancel) -> Option<OwnedSemaphorePermit> {
        self.network.wait_for_slot(&self.slots, cancel)
    }

    /// Returns whether a request may go over a connection of an earlier one.
    pub fn keeps_alive(&self) -> bool {
        self.keeps_alive.load(Ordering::Relaxed)
    }

    pub fn has_kept_alive(&self) {
        self.keeps_alive.store(true, Ordering::Relaxed);
    }

    /// Delays all requests to this host, as its `Retry-After` asks.
    pub fn pause(&self, pause: Duration) {
        let until = Instant::now() + pause;
        let mut paused = lock(&self.paused_until);
        *paused = Some(paused.map_or(until, |earlier| earlier.max(until)));
    }

    /// Returns the rest of the pause; zero if there is none.
    pub fn pause_left(&self) -> Duration {
        let until = *lock(&self.paused_until);
        until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
