//! A client of Samarbeidsportalen's API for client registration (Digdir, *API for client registration*).
//!
//! [`Portal`] sends the requests with a token of an administration client. [`answer`] reads the answers, [`body`] makes what is
//! sent. [`create`], [`scopes`] and [`keys`] are the tasks of the commands and the wizard; each can be run again after it was
//! interrupted.
//!
//! It has been tested against the documents and the sandbox, not against Digdir's service. Nothing is ever deleted.

pub mod answer;
pub mod body;
pub mod create;
pub mod keys;
pub mod open_list;
pub mod scopes;
mod session;

pub use session::{Portal, PortalError, host};
