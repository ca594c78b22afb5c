//! The sandbox: a Maskinporten and a Customs on this computer, for trying the whole onboarding without any agreement. It
//! listens on loopback only, and stops when it is dropped.
//!
//! `http_server` routes the requests. Maskinporten is [`validate_grant`], [`certificate_checks`], [`issue_token`] and
//! [`token_error`]; Customs is [`customs`]. [`registry`] has the organisations and clients (`assets/sandbox.toml`),
//! [`open_scopes`] the open scope list, [`portal`] the API of Samarbeidsportalen, [`demo`] the certificates and keys.
//! [`address_file`] lets other processes find a running sandbox.
//!
//! The sandbox keeps its own copies of the protocol's constants (grant type, paths, limits, object identifiers) on
//! purpose. With shared constants, an error in one of them would agree with itself and no test would see it.

pub mod address_file;
pub mod certificate_checks;
pub mod customs;
pub mod demo;
mod http_server;
pub mod issue_token;
pub mod jwt;
pub mod open_scopes;
pub mod portal;
pub mod public_key_file;
pub mod registry;
pub mod token_error;
pub mod validate_grant;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    thread::JoinHandle,
};

use time::OffsetDateTime;
use tokio::sync::oneshot;

use crate::journey::{Demonstration, Environment, Rules, SANDBOX};
use portal::ClientStore;
pub use registry::RegisteredKey;
use registry::Registry;
use validate_grant::ServerConfig;

/// The default port of `klarert sandbox`. It is fixed, so that programs configured for the sandbox keep working.
pub const PORT: u16 = 8765;

/// Options for starting a sandbox.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The port to listen on. `None`: any free one.
    pub port: Option<u16>,
    /// The user's own clients and keys.
    pub registered: Vec<RegisteredKey>,
}

/// A running sandbox, of this process or of another one.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    demonstration: Demonstration,
    registered: Vec<RegisteredKey>,
    /// Stops the server when something is sent, or when this is dropped.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    address_file: Option<address_file::AddressFile>,
}

/// The reasons why a sandbox cannot start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Demonstration(#[from] demo::Error),
    #[error("127.0.0.1:{port}: {source}")]
    Port { port: u16, source: io::Error },
    #[error("the server could not be started: {0}")]
    Server(io::Error),
}

/// Returns the folder for the sandbox's files below klarert's home folder.
pub fn folder(home: &Path) -> PathBuf {
    home.join("sandbox")
}

impl Sandbox {
    /// Starts a sandbox. `folder` keeps the demonstration from one start to the next. The first start generates the keys,
    /// which takes a second or two.
    ///
    /// # Errors
    /// Fails if the folder cannot be used, the port is taken, or the server cannot start.
    pub fn start(folder: &Path, options: Options) -> Result<Sandbox, Error> {
        let mut registry = Registry::built_in();
        let made = demo::open_or_make(folder, &registry, OffsetDateTime::now_utc())?;
        registry.set_demonstration_key(&made.registered);
        let demonstration =
            demo::demonstration(&made.folder, &registry).ok_or_else(|| demo::Error::Generate("the register".into()))?;
        let registered = options
            .registered
            .into_iter()
            .map(|registered| registry.register(registered))
            .collect();

        let port = options.port.unwrap_or(0);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|source| Error::Port { port, source })?;
        listener.set_nonblocking(true).map_err(Error::Server)?;
        let address = listener.local_addr().map_err(Error::Server)?;
        let config = ServerConfig {
            issuer: issuer(address),
            registry,
            authorities: made.authorities,
        };
        let state = http_server::State::new(config, made.signer, ClientStore::new(folder));

        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Error::Server)?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("sandbox".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::spawn(http_server::serve(listener, state));
                    // An error means that the sender was dropped, which stops the server too.
                    let _ = stopped.await;
                });
            })
            .map_err(Error::Server)?;
        Ok(Sandbox {
            address,
            demonstration,
            registered,
            stop: Some(stop),
            thread: Some(thread),
            address_file: None,
        })
    }

    /// Returns the sandbox that another process serves from that folder. `None` if there is none.
    pub fn served_elsewhere(folder: &Path) -> Option<Sandbox> {
        let address = address_file::read(folder)?;
        Some(Sandbox {
            address,
            demonstration: demo::find(folder, &Registry::built_in(), OffsetDateTime::now_utc())?,
            registered: Vec::new(),
            stop: None,
            thread: None,
            address_file: None,
        })
    }

    /// Returns the sandbox that another process serves from that folder; else starts one, and publishes its address.
    ///
    /// # Errors
    /// Those of [`Sandbox::start`].
    pub fn served_or_started(folder: &Path) -> Result<Sandbox, Error> {
        if let Some(served) = Sandbox::served_elsewhere(folder) {
            return Ok(served);
        }
        let mut started = Sandbox::start(folder, Options::default())?;
        // Without its address, other processes start their own.
        let _ = started.publish_address(folder);
        Ok(started)
    }

    /// Publishes the address to the commands of the same home while the sandbox runs. If another sandbox is published
    /// already, that one stays.
    ///
    /// # Errors
    /// Fails if the address file cannot be written.
    pub fn publish_address(&mut self, folder: &Path) -> io::Result<()> {
        self.address_file = address_file::publish(folder, self.address)?;
        Ok(())
    }

    /// Returns true if the sandbox ends with this process.
    pub fn is_own(&self) -> bool {
        self.thread.is_some()
    }

    /// Returns the sandbox as an environment: the test environment's rules at the sandbox's addresses.
    pub fn environment(&self) -> Environment {
        environment(self.address)
    }

    /// Returns the businesses, files and refusals to try.
    pub fn demonstration(&self) -> &Demonstration {
        &self.demonstration
    }

    /// Returns the keys that it was started with, with the scopes of their clients.
    pub fn registered(&self) -> &[RegisteredKey] {
        &self.registered
    }
}

/// Returns the environment of a sandbox at that address.
pub fn environment(address: SocketAddr) -> Environment {
    let issuer = issuer(address);
    Environment {
        customs: Some(issuer.trim_end_matches('/').to_owned()),
        self_service: Some(format!("{issuer}api/v1")),
        sandbox: true,
        // Its client is in no portal that could be opened.
        portal: String::new(),
        ..Environment::like(Rules::Test, SANDBOX, &issuer)
    }
}

fn issuer(address: SocketAddr) -> String {
    format!("http://{address}/")
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // The thread's result is not needed: a panic in it has already shown as a missing response.
            let _ = thread.join();
        }
    }
}
