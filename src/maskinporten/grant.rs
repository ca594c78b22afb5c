//! The JWT grant (RFC 7523), to the letter of Digdir's description: a claim too many is refused as "Invalid assertion".
//! Pure: the time and the `jti` are given.

use base64::{Engine, engine::general_purpose::STANDARD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;
use time::{Duration, OffsetDateTime};
use zeroize::Zeroizing;

/// The longest that Maskinporten lets a grant live.
pub const LIFETIME: Duration = Duration::seconds(120);

/// The value of `grant_type` in the token request (RFC 7523 §2.1).
pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// What is asked for, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Grant<'a> {
    /// Maskinporten's issuer, with its slash; nothing else is accepted.
    pub audience: &'a str,
    /// The client id. For a foreign business any name: required, but ignored.
    pub client: &'a str,
    /// Space-separated; one scope a token is the advice.
    pub scope: &'a str,
    /// Only for a supplier acting for another organisation.
    pub consumer_org: Option<&'a str>,
}

/// How the key is known to Maskinporten. One of the two, never both, never neither.
#[derive(Debug, Clone, Copy)]
pub enum Proof<'a> {
    /// The certificates in DER, leaf first (RFC 7515 §4.1.6).
    Chain(&'a [Vec<u8>]),
    /// The name of a key registered on the client.
    Kid(&'a str),
}

/// The claims that Digdir documents and Customs uses, and no others.
#[derive(Serialize)]
struct Claims<'a> {
    aud: &'a str,
    iss: &'a str,
    scope: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    consumer_org: Option<&'a str>,
    iat: i64,
    exp: i64,
    jti: &'a str,
}

/// The key cannot sign: it is not an RSA key, or it is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsigned;

impl Grant<'_> {
    /// The signed grant in its compact form. `jti` must be new each time: a grant is taken once.
    pub fn sign(
        &self,
        proof: Proof,
        key: &EncodingKey,
        algorithm: Algorithm,
        now: OffsetDateTime,
        jti: &str,
    ) -> Result<Zeroizing<String>, Unsigned> {
        let mut header = Header::new(algorithm);
        match proof {
            Proof::Chain([]) => return Err(Unsigned),
            Proof::Chain(chain) => header.x5c = Some(chain.iter().map(|der| STANDARD.encode(der)).collect()),
            Proof::Kid(kid) => header.kid = Some(kid.to_owned()),
        }
        let iat = now.unix_timestamp();
        let claims = Claims {
            aud: self.audience,
            iss: self.client,
            scope: self.scope,
            consumer_org: self.consumer_org,
            iat,
            exp: iat + LIFETIME.whole_seconds(),
            jti,
        };
        jsonwebtoken::encode(&header, &claims, key)
            .map(Zeroizing::new)
            .map_err(|_| Unsigned)
    }
}
