//! Certificate and key files: reads a private key and its certificate chain. Independent of screens and the network.
//!
//! Keys and passwords live in memory that is wiped after use. No `Debug`, error or fact contains them.
//!
//! [`open()`] is the entry point: it reads the files, [`format`] detects the format of each and
//! parses it, and `certificate` ranks and orders. [`generate`] creates new keys and certificate
//! requests.

mod ber;
mod candidates;
mod certificate_list;
mod crypto;
mod error;
mod fault;
mod file_cache;
mod format;
pub mod generate;
mod open;
mod password;
mod private_key;
mod select;
mod siblings;
mod signing_key;

pub use candidates::Candidates;
pub use certificate_list::{CertificateList, certificates_in};
pub use fault::unreadable;
pub use file_cache::FileCache;
pub use format::{decode_settings, decode_text};
pub use open::open;
pub use password::Password;
pub use siblings::offer;
pub use signing_key::{NotAnRsaKey, PublicJwk};

use std::sync::Arc;

use aws_lc_rs::rsa::KeyPair;
use zeroize::Zeroizing;

use crate::certificate::{Facts, Finding, KeyType};

/// An RSA key, with its certificate chain if there is one, that identifies the business to Maskinporten.
#[derive(Clone)]
pub struct Credential {
    chain: Vec<Vec<u8>>,
    pkcs8: Zeroizing<Vec<u8>>,
    /// The parsed key, if a file was read for it.
    signing_key: Option<Arc<KeyPair>>,
}

impl Credential {
    /// Combines a chain and a key. `chain` is in DER, leaf first, and empty for a key registered on a client. `pkcs8`
    /// is the RSA key as a PKCS#8 `PrivateKeyInfo` in DER (RFC 5208).
    pub fn new(chain: Vec<Vec<u8>>, pkcs8: Zeroizing<Vec<u8>>) -> Credential {
        Credential {
            chain,
            pkcs8,
            signing_key: None,
        }
    }

    /// Returns the certificates in DER, leaf first.
    pub fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }

    /// Returns the private key as PKCS#8 in DER.
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

/// The result of opening certificate files. Faults are among the findings, and then there is no credential.
#[derive(Debug, Clone)]
pub struct Opened {
    pub facts: Facts,
    /// The findings of reading. [`evaluate`](crate::certificate::evaluate) adds those about the certificate.
    pub findings: Vec<Finding>,
    pub credential: Option<Credential>,
    /// The keys among which [`with_kid`](Opened::with_kid) selects; empty where a certificate is used.
    pub keys: Vec<NamedKey>,
    /// The certificates among which [`choose`](Opened::choose) chooses.
    pub candidates: Candidates,
}

/// A key with the name that its file gives it.
#[derive(Debug, Clone)]
pub struct NamedKey {
    pub kid: Option<String>,
    /// `None` if the key is public or cannot be read.
    pub kind: Option<KeyType>,
    /// `None` if it cannot sign.
    pub credential: Option<Credential>,
    /// The reason why it cannot, unless it is the kind.
    pub finding: Option<Finding>,
}
