//! Maskinporten's side of the road: the grant, the metadata, the keys, the token request and its refusals.
//!
//! [`grant`] is pure. The others send one request each over an [`Http`](crate::http::Http) and read its answer; when to
//! try again, and what a refusal means, is for [`check`](crate::check) and [`diagnosis`](crate::diagnosis).

pub mod grant;
pub mod keys;
pub mod metadata;
pub mod token;

/// The scope that any accepted eSeal is granted in every environment. It gives access to nothing (Digdir, European
/// eSeals), and so tells a certificate problem from a scope problem.
pub const SMOKE_SCOPE: &str = "digdir:verksemd.eu";
