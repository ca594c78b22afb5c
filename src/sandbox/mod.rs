//! A Maskinporten and a Customs on this computer, so that the whole road can be walked without anybody's leave. It
//! listens on loopback only, and stops when it is dropped.
//!
//! [`judge`] is what its Maskinporten thinks of a grant, [`issue`] what it and its Customs hand out, [`registry`] what they
//! know (`assets/sandbox.toml`), [`demo`] the certificates and keys to try it with, [`serve`] the HTTP around it,
//! [`announce`] how one that runs is found from another window.

pub mod announce;
pub mod authority;
pub mod demo;
pub mod issue;
pub mod judge;
pub mod jwt;
pub mod keys;
pub mod refusal;
pub mod registry;
mod serve;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    thread::JoinHandle,
};

use time::OffsetDateTime;
use tokio::sync::oneshot;

use crate::journey::{Demonstration, Environment, Rules, SANDBOX};
use judge::ServerState;
pub use registry::Registered;
use registry::Registry;

/// Where it listens when it is served for other programs, unless they want it elsewhere: the same place every time, so
/// that what is set up against it stays.
pub const PORT: u16 = 8765;

/// How a sandbox is started.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The port to listen on; any free one where it is not said.
    pub port: Option<u16>,
    /// Clients and keys of somebody's own.
    pub registered: Vec<Registered>,
}

/// A running Maskinporten and Customs: of this process, or the one that another serves.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    demonstration: Demonstration,
    registered: Vec<Registered>,
    /// Stops the server when it is sent, or dropped.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    announcement: Option<announce::Announcement>,
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Demonstration(#[from] demo::Error),
    #[error("127.0.0.1:{port}: {source}")]
    Port { port: u16, source: io::Error },
    #[error("the server could not be started: {0}")]
    Server(io::Error),
}

/// The folder below the program's own where a sandbox keeps its demonstration.
pub fn folder(home: &Path) -> PathBuf {
    home.join("sandbox")
}

impl Sandbox {
    /// Starts one. `folder` is where its demonstration is kept from one start to the next; it makes a folder of its own
    /// there. The first start makes the keys, which takes a second or two.
    pub fn start(folder: &Path, options: Options) -> Result<Sandbox, Error> {
        let mut registry = Registry::built_in();
        let made = demo::open_or_make(folder, &registry, OffsetDateTime::now_utc())?;
        registry.set_demonstration_key(&made.registered);
        let demonstration = made
            .demonstration(&registry)
            .ok_or_else(|| demo::Error::Making("the register".into()))?;
        let registered = options
            .registered
            .into_iter()
            .map(|registered| registry.register(registered))
            .collect();

        let port = options.port.unwrap_or(0);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|source| Error::Port { port, source })?;
        listener.set_nonblocking(true).map_err(Error::Server)?;
        let address = listener.local_addr().map_err(Error::Server)?;
        let known = ServerState {
            issuer: issuer(address),
            registry,
            authorities: made.authorities,
        };
        let state = serve::State::new(known, made.signer);

        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Error::Server)?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("sandbox".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::spawn(serve::serve(listener, state));
                    // An error says that the sender is gone, which stops it too.
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
            announcement: None,
        })
    }

    /// The one that another process serves from that folder, if one does.
    pub fn served_elsewhere(folder: &Path) -> Option<Sandbox> {
        let address = announce::found(folder)?;
        let mut registry = Registry::built_in();
        let made = demo::open(folder, &registry, OffsetDateTime::now_utc())?;
        registry.set_demonstration_key(&made.registered);
        Some(Sandbox {
            address,
            demonstration: made.demonstration(&registry)?,
            registered: Vec::new(),
            stop: None,
            thread: None,
            announcement: None,
        })
    }

    /// Lets the commands of the same home find it for as long as it runs. One that is known already stays the known one.
    pub fn announce(&mut self, folder: &Path) -> io::Result<()> {
        self.announcement = announce::announce(folder, self.address)?;
        Ok(())
    }

    /// Whether it ends with this process.
    pub fn is_own(&self) -> bool {
        self.thread.is_some()
    }

    /// The environment that it is: the test environment's rules, at its own addresses.
    pub fn environment(&self) -> Environment {
        environment(self.address)
    }

    /// What can be tried in it.
    pub fn demonstration(&self) -> &Demonstration {
        &self.demonstration
    }

    /// The keys that it was started with, and the scopes that their clients have.
    pub fn registered(&self) -> &[Registered] {
        &self.registered
    }
}

/// What a sandbox at that address is.
pub fn environment(address: SocketAddr) -> Environment {
    let issuer = issuer(address);
    Environment {
        customs: Some(issuer.trim_end_matches('/').to_owned()),
        sandbox: true,
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
            // It has nothing to tell: a panic in it would have been seen as an answer that did not come.
            let _ = thread.join();
        }
    }
}
