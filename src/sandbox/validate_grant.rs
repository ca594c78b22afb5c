//! Grant validation (RFC 7523): JWT grant → [`Authorization`] or [`TokenError`]. Pure: the caller passes the registry and
//! the clock.
//!
//! The rules are those of Digdir's *JWT grant* page.

use std::collections::HashMap;

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;
use time::OffsetDateTime;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{
    certificate_checks::{self, Authority, Role},
    jwt::Jwt,
    registry::{Client, Integration, Registry},
    token_error::TokenError,
};
use crate::journey::Rules;

/// The greatest difference between `iat` and the server's clock.
const CLOCK_LEEWAY_S: i64 = 10;
/// The longest time from `iat` to `exp`.
const MAX_GRANT_LIFETIME_S: i64 = 120;

/// A grant with any other claim is refused.
const ALLOWED_CLAIMS: &[&str] = &[
    "aud",
    "iss",
    "scope",
    "iat",
    "exp",
    "jti",
    "resource",
    "consumer_org",
    "pid",
    "authorization_details",
];

/// The configuration that grants are validated against.
#[derive(Debug)]
pub struct ServerConfig {
    /// The issuer, which is also the audience.
    pub issuer: String,
    pub registry: Registry,
    pub authorities: Vec<Authority>,
}

/// The contents of the token that a valid grant gets.
#[derive(Debug, Clone, PartialEq)]
pub struct Authorization {
    pub client_id: String,
    pub client_amr: &'static str,
    /// Nine digits, or an eSeal's `organizationIdentifier`.
    pub consumer: String,
    pub foreign: bool,
    /// The organisation that acts for the consumer, if it is another one.
    pub supplier: Option<String>,
    pub scope: String,
    pub resource: Option<Value>,
}

/// The ids of used grants, kept until the grants expire.
#[derive(Debug, Default)]
pub struct UsedGrants(HashMap<String, i64>);

impl UsedGrants {
    /// Marks a grant as used. Returns false if it was used before.
    fn insert(&mut self, id: String, expires: i64, now: i64) -> bool {
        self.0.retain(|_, expires| now <= *expires);
        self.0.insert(id, expires).is_none()
    }
}

/// The authenticated sender of a grant; a client with its `client_amr`.
enum Sender<'a> {
    Client(&'a Client, &'static str),
    Seal(Seal),
}

/// A business that an eSeal identifies.
struct Seal {
    /// The client id that Maskinporten derives from the certificate.
    client_id: String,
    organisation: String,
    amr: &'static str,
}

/// Validates one grant. An authentic grant in time counts as used afterwards, whatever the result.
///
/// # Errors
/// Returns the error response of the first rule that the grant breaks.
pub fn validate(
    assertion: &str,
    config: &ServerConfig,
    used: &mut UsedGrants,
    now: OffsetDateTime,
) -> Result<Authorization, TokenError> {
    let grant = Jwt::parse(assertion).ok_or_else(TokenError::malformed)?;
    grant.algorithm().ok_or_else(TokenError::malformed)?;
    if grant
        .claims
        .keys()
        .any(|claim| !ALLOWED_CLAIMS.contains(&claim.as_str()))
    {
        return Err(TokenError::unknown_claim());
    }
    let iss = required_claim(&grant, "iss")?;
    let scope = required_claim(&grant, "scope")?;
    let sender = authenticate(&grant, iss, config, now)?;
    // Digdir: "exactly the issuer", so one string and no array.
    if grant.text("aud") != Some(&config.issuer) {
        return Err(TokenError::invalid_audience());
    }
    let expires = validate_lifetime(&grant, now.unix_timestamp())?;
    let id = match grant.claims.get("jti") {
        Some(Value::String(jti)) => format!("{iss} {jti}"),
        Some(_) => return Err(TokenError::malformed()),
        None => assertion.to_owned(),
    };
    if !used.insert(id, expires, now.unix_timestamp()) {
        return Err(TokenError::grant_reused());
    }
    let mut granted = match sender {
        Sender::Client(client, amr) => authorise_client(&grant, client, amr, scope, &config.registry)?,
        Sender::Seal(seal) => authorise_seal(&grant, seal, scope, &config.registry)?,
    };
    granted.resource = grant.claims.get("resource").cloned();
    Ok(granted)
}

/// Returns a required claim, a string that is not empty.
fn required_claim<'a>(grant: &'a Jwt, claim: &str) -> Result<&'a str, TokenError> {
    let text = grant.text(claim).map(str::trim).filter(|text| !text.is_empty());
    text.ok_or_else(TokenError::malformed)
}

/// Validates `iat` and `exp`, and returns `exp`.
fn validate_lifetime(grant: &Jwt, now: i64) -> Result<i64, TokenError> {
    let (Some(issued), Some(expires)) = (grant.number("iat"), grant.number("exp")) else {
        return Err(TokenError::malformed());
    };
    if issued > now.saturating_add(CLOCK_LEEWAY_S) {
        return Err(TokenError::issued_in_future());
    }
    let late = issued < now.saturating_sub(CLOCK_LEEWAY_S) || expires <= now;
    if late || expires > issued.saturating_add(MAX_GRANT_LIFETIME_S) {
        return Err(TokenError::grant_expired());
    }
    Ok(expires)
}

/// Authenticates the sender by its certificate or registered key.
fn authenticate<'a>(
    grant: &Jwt,
    iss: &str,
    config: &'a ServerConfig,
    now: OffsetDateTime,
) -> Result<Sender<'a>, TokenError> {
    let client = config.registry.client(iss).ok_or_else(TokenError::unknown_client);
    match (grant.header.get("x5c"), grant.header.get("kid")) {
        (Some(_), Some(_)) => Err(TokenError::malformed()),
        (Some(x5c), None) => {
            let chain = decode_x5c(x5c).ok_or_else(TokenError::invalid_x5c)?;
            let chain: Vec<_> = chain
                .iter()
                .map(|der| X509Certificate::from_der(der).map(|(_, certificate)| certificate))
                .collect::<Result<_, _>>()
                .map_err(|_| TokenError::invalid_x5c())?;
            let leaf = chain.first().ok_or_else(TokenError::invalid_x5c)?;
            match certificate_checks::role_of_issuer(&config.authorities, leaf) {
                Some(Role::Business(rules)) => authenticate_business(grant, leaf, rules, client?, config, now),
                // `iss` is ignored for eSeals. A certificate of an unknown issuer fails in `authenticate_seal`.
                Some(Role::Seal) | None => authenticate_seal(grant, &chain, config, now),
            }
        }
        (None, Some(kid)) => {
            let client = client?;
            let kid = kid.as_str().ok_or_else(TokenError::malformed)?;
            let key = client
                .keys
                .iter()
                .find(|key| key.kid == kid)
                .ok_or_else(TokenError::unknown_kid)?;
            if key.expired {
                return Err(TokenError::key_expired());
            }
            match grant.is_signed_by(&key.public) {
                true => Ok(Sender::Client(client, "private_key_jwt")),
                false => Err(TokenError::invalid_signature()),
            }
        }
        (None, None) if client?.keys.is_empty() => Err(TokenError::malformed()),
        (None, None) => Err(TokenError::kid_required()),
    }
}

/// Decodes the header's certificates: an array of strings in standard base64 (RFC 7515 §4.1.6).
fn decode_x5c(x5c: &Value) -> Option<Vec<Vec<u8>>> {
    let decode = |entry: &Value| BASE64_STANDARD.decode(entry.as_str()?).ok();
    x5c.as_array()?.iter().map(decode).collect()
}

/// Authenticates a Norwegian business certificate. The leaf is enough, and its organisation must own the client.
fn authenticate_business<'a>(
    grant: &Jwt,
    leaf: &X509Certificate<'_>,
    rules: Rules,
    client: &'a Client,
    config: &ServerConfig,
    now: OffsetDateTime,
) -> Result<Sender<'a>, TokenError> {
    if !client.keys.is_empty() {
        return Err(TokenError::kid_required());
    }
    let revoked = leaf.raw_serial_as_string().replace(':', "") == config.registry.revoked_serial;
    if rules != Rules::Test || revoked || !certificate_checks::is_for_authentication(leaf) {
        return Err(TokenError::invalid_certificate());
    }
    verify_signature(grant, leaf, now)?;
    match certificate_checks::organisation(leaf).and_then(|id| id.strip_prefix("NTRNO-")) {
        Some(number) if number == client.owner => Ok(Sender::Client(client, "virksomhetssertifikat")),
        _ => Err(TokenError::organisation_mismatch()),
    }
}

/// Authenticates an eSeal. It must come with its complete chain, and names the business itself.
fn authenticate_seal<'a>(
    grant: &Jwt,
    chain: &[X509Certificate<'_>],
    config: &ServerConfig,
    now: OffsetDateTime,
) -> Result<Sender<'a>, TokenError> {
    let leaf = chain.first().ok_or_else(TokenError::invalid_x5c)?;
    if !certificate_checks::is_complete_seal_chain(&config.authorities, chain) {
        return Err(TokenError::invalid_certificate());
    }
    verify_signature(grant, leaf, now)?;
    let organisation = certificate_checks::organisation(leaf).ok_or_else(TokenError::invalid_certificate)?;
    let amr = match certificate_checks::is_qualified(leaf) {
        true => "QCForESeal",
        false => "CForESeal",
    };
    Ok(Sender::Seal(Seal {
        client_id: format!("eidas-{}", leaf.serial),
        organisation: organisation.to_owned(),
        amr,
    }))
}

/// Verifies the signature and the certificate's validity: Maskinporten reports an expired certificate as MP-124 too
/// (Feilsøking i Maskinporten).
fn verify_signature(grant: &Jwt, leaf: &X509Certificate<'_>, now: OffsetDateTime) -> Result<(), TokenError> {
    let signed = grant.is_signed_by(&leaf.public_key().subject_public_key.data);
    match signed && certificate_checks::is_valid_at(leaf, now) {
        true => Ok(()),
        false => Err(TokenError::invalid_signature()),
    }
}

/// Authorises a registered client for the requested scopes.
fn authorise_client(
    grant: &Jwt,
    client: &Client,
    amr: &'static str,
    scopes: &str,
    registry: &Registry,
) -> Result<Authorization, TokenError> {
    if client.integration != Integration::Maskinporten {
        return Err(TokenError::wrong_integration_type());
    }
    let supplier = match grant.claims.get("consumer_org") {
        None => None,
        Some(Value::String(consumer)) if *consumer == client.owner => return Err(TokenError::consumer_is_self()),
        Some(Value::String(consumer)) => Some(consumer),
        Some(_) => return Err(TokenError::malformed()),
    };
    let consumer = supplier.unwrap_or(&client.owner);
    for scope in scopes.split_whitespace() {
        if !client.scopes.iter().any(|registered| registered == scope) {
            return Err(TokenError::scope_not_on_client(scope));
        }
        if *consumer != client.owner && !registry.is_delegated(consumer, &client.owner, scope) {
            return Err(TokenError::not_delegated(consumer, scope, &client.owner));
        }
        // Digdir grants these to administration clients only.
        let is_administration = client.administration && scope.starts_with("idporten:dcr.");
        if !is_administration && !registry.is_granted(consumer, scope) {
            return Err(TokenError::not_granted(scope));
        }
    }
    Ok(Authorization {
        client_id: client.id.clone(),
        client_amr: amr,
        consumer: consumer.clone(),
        foreign: false,
        supplier: supplier.is_some().then(|| client.owner.clone()),
        scope: scopes.to_owned(),
        resource: None,
    })
}

/// Authorises an eSeal for the requested scopes. Maskinporten has no list of foreign businesses: any accepted eSeal gets
/// every scope that its owner has opened to Europe.
fn authorise_seal(grant: &Jwt, seal: Seal, scopes: &str, registry: &Registry) -> Result<Authorization, TokenError> {
    // Delegation in Altinn is between Norwegian organisations only.
    if grant.claims.contains_key("consumer_org") {
        return Err(TokenError::consumer_is_self());
    }
    for scope in scopes.split_whitespace() {
        let is_open = registry
            .scope(scope)
            .is_some_and(|scope| scope.supports_european_businesses);
        if !is_open {
            return Err(TokenError::not_granted(scope));
        }
    }
    Ok(Authorization {
        client_id: seal.client_id,
        client_amr: seal.amr,
        consumer: seal.organisation,
        foreign: true,
        supplier: None,
        scope: scopes.to_owned(),
        resource: None,
    })
}
