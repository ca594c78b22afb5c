//! The JWT grant (RFC 7523) exactly as Digdir describes it: an extra claim is refused as "Invalid assertion".
//! Pure: the time and the `jti` are arguments.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, Header};
use serde::Serialize;
use time::{Duration, OffsetDateTime};
use zeroize::Zeroizing;

use crate::credential::Credential;

/// Longest lifetime of a grant that Maskinporten accepts.
pub const MAX_GRANT_LIFETIME: Duration = Duration::seconds(120);

/// Characters of the longest signature, of RSA with 8192 bits, with the dots of the grant.
const MAX_SIGNATURE_CHARS: usize = 1368;

/// The claims of a grant that vary: the audience, the client and the scope.
#[derive(Debug, Clone, Copy)]
pub struct Grant<'a> {
    /// Maskinporten's issuer, with its slash; nothing else is accepted.
    pub audience: &'a str,
    /// The client id. For a foreign business any name: required, but ignored.
    pub client: &'a str,
    /// Space-separated; Digdir advises one scope per token.
    pub scope: &'a str,
    /// Only for a supplier acting for another organisation.
    pub consumer_org: Option<&'a str>,
}

/// The header that identifies the key to Maskinporten: exactly one of `x5c` and `kid`.
#[derive(Debug, Clone, Copy)]
pub enum Proof<'a> {
    /// The certificates in DER, leaf first (RFC 7515 §4.1.6).
    Chain(&'a [Vec<u8>]),
    /// The name of a key registered on the client.
    Kid(&'a str),
}

/// The claims that Digdir documents and Customs uses.
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

/// Error for a key that cannot sign: not RSA, or damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SigningError;

impl Grant<'_> {
    /// Signs the grant and returns its compact form. `jti` must be unique: a grant is accepted once.
    ///
    /// # Errors
    ///
    /// The chain is empty or the key cannot sign.
    pub fn sign(
        &self,
        proof: Proof,
        credential: &Credential,
        algorithm: Algorithm,
        now: OffsetDateTime,
        jti: &str,
    ) -> Result<Zeroizing<String>, SigningError> {
        let mut header = Header::new(algorithm);
        match proof {
            Proof::Chain([]) => return Err(SigningError),
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
            exp: iat + MAX_GRANT_LIFETIME.whole_seconds(),
            jti,
        };
        // Not by jsonwebtoken: it parses the key for each signature, which takes longer than the signature.
        let (header, claims) = (encode(&header)?, encode(&claims)?);
        let mut grant = Zeroizing::new(String::with_capacity(header.len() + claims.len() + MAX_SIGNATURE_CHARS));
        grant.push_str(&format!("{header}.{claims}"));
        let signature = credential.sign(algorithm, grant.as_bytes());
        grant.push('.');
        URL_SAFE_NO_PAD.encode_string(signature.map_err(|_| SigningError)?, &mut grant);
        Ok(grant)
    }
}

/// Encodes a part of a JWS (RFC 7515 §7.1).
fn encode(part: &impl Serialize) -> Result<String, SigningError> {
    let json = serde_json::to_vec(part).map_err(|_| SigningError)?;
    Ok(URL_SAFE_NO_PAD.encode(json))
}
