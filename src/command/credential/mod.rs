//! Subcommands that inspect certificate files and create keys and certificate signing requests.

pub mod certificate;
mod certificate_json;
mod certificate_open;
pub mod csr;
pub mod key;
