//! Maskinporten's protocol: the grant, the metadata, the published keys, the token request and the
//! open scope list.
//!
//! [`grant`] is pure. The others send one request over an [`Http`](crate::http::Http) and read its response. Retries are
//! up to [`check`](crate::check), the meaning of a refusal to [`diagnosis`](crate::diagnosis).

pub mod grant;
pub mod jwks;
pub mod metadata;
pub mod scope_list;
pub mod token;

pub use crate::journey::services::SMOKE_SCOPE;
