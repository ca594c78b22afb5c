//! Protocol constants that several modules send, show or export.

/// Value of `grant_type` in the token request (RFC 7523 §2.1), and the grant type that a client must have.
pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// Path of Customs' token exchange (toll.github.io, Technical integration).
pub const EXCHANGE_PATH: &str = "/api/access/external/oauth/token";
