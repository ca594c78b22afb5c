//! Certificate files → a key and its chain. Reads files; knows nothing of profiles, screens or the network.
//!
//! Keys and passwords are kept in memory that is wiped, for as long as they are used, and are in no `Debug`, error
//! or fact.
//!
//! [`open()`] is the way in: it reads the files, [`detect`] says what each is, [`pkcs12`], [`pem`] and [`private_key`]
//! read them, and `certificate` chooses and orders. [`generate`] makes new keys and certificate requests.

mod ber;
mod detect;
mod error;
pub mod generate;
mod hash;
mod open;
mod pbe;
mod pem;
mod pkcs12;
mod private_key;
mod signing_key;

pub use open::{open, unread};
pub use signing_key::{KeyTrouble, PublicJwk};

use zeroize::Zeroizing;

use crate::certificate::{Facts, Finding};

/// A password on its way to one reading of a file.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    pub fn new(typed: Zeroizing<String>) -> Password {
        Password(typed)
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What proves who the business is: an RSA key, and the certificate with its chain where there is one.
#[derive(Clone)]
pub struct Credential {
    chain: Vec<Vec<u8>>,
    pkcs8: Zeroizing<Vec<u8>>,
}

impl Credential {
    /// `chain` in DER, leaf first, empty for a key registered on a client; `pkcs8` the RSA key as a PKCS#8
    /// `PrivateKeyInfo` in DER (RFC 5208).
    pub fn new(chain: Vec<Vec<u8>>, pkcs8: Zeroizing<Vec<u8>>) -> Credential {
        Credential { chain, pkcs8 }
    }

    /// The certificates in DER, leaf first.
    pub fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }

    /// The private key as PKCS#8 in DER.
    pub fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credential")
            .field("chain", &self.chain.len())
            .finish_non_exhaustive()
    }
}

/// The outcome of opening certificate files. Opening never fails as such: what is wrong is among the findings, and
/// then there is no credential.
#[derive(Debug, Clone)]
pub struct Opened {
    pub facts: Facts,
    /// What reading found; what judging adds is [`certificate`](crate::certificate)'s.
    pub findings: Vec<Finding>,
    pub credential: Option<Credential>,
}
