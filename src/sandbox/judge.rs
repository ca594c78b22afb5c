//! A grant (RFC 7523) → what may be put in a token, or a refusal. Pure: the grant, the register and the clock go in.
//!
//! The rules are Digdir's *JWT grant* page, to the letter; the refusals' words are in [`refusal`](super::refusal), what
//! certificates prove in [`authority`].

use std::collections::HashMap;

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;
use time::OffsetDateTime;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::{
    authority::{self, Authority, Role},
    jwt::Jwt,
    refusal::Refusal,
    registry::{Client, Integration, Registry},
};
use crate::journey::Rules;

/// How far from the server's clock a grant may be issued, and how long it may last, in seconds.
const LEEWAY: i64 = 10;
const LONGEST: i64 = 120;

/// A grant with another claim is refused.
const CLAIMS: &[&str] = &[
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

/// What a grant is judged by.
#[derive(Debug)]
pub struct ServerState {
    /// The issuer, which is also the audience.
    pub issuer: String,
    pub registry: Registry,
    pub authorities: Vec<Authority>,
}

/// What may be put in a token.
#[derive(Debug, Clone, PartialEq)]
pub struct Granted {
    pub client_id: String,
    pub client_amr: &'static str,
    /// Nine digits, or an eSeal's `organizationIdentifier`.
    pub consumer: String,
    pub foreign: bool,
    /// Who acts for the consumer.
    pub supplier: Option<String>,
    pub scope: String,
    pub resource: Option<Value>,
}

/// The grants that have been used, while they could be used again.
#[derive(Debug, Default)]
pub struct Used(HashMap<String, i64>);

impl Used {
    /// Whether it is the first time; from then on it is not.
    fn take(&mut self, id: String, expires: i64, now: i64) -> bool {
        self.0.retain(|_, expires| now <= *expires);
        self.0.insert(id, expires).is_none()
    }
}

/// Who sent the grant, once the signature is verified.
enum Sender<'a> {
    Client(&'a Client, &'static str),
    Seal(String, &'static str),
}

/// Judges one grant. A grant that is genuine and in time is used up by this, whatever the outcome.
pub fn judge(assertion: &str, known: &ServerState, used: &mut Used, now: OffsetDateTime) -> Result<Granted, Refusal> {
    let grant = Jwt::parse(assertion).ok_or_else(Refusal::malformed)?;
    grant.algorithm().ok_or_else(Refusal::malformed)?;
    if grant.claims.keys().any(|claim| !CLAIMS.contains(&claim.as_str())) {
        return Err(Refusal::claim_unknown());
    }
    let iss = required(&grant, "iss")?;
    let scope = required(&grant, "scope")?;
    let sender = authenticate(&grant, iss, known, now)?;
    // One value, and not in an array: "exactly the issuer".
    if grant.text("aud") != Some(&known.issuer) {
        return Err(Refusal::audience());
    }
    let expires = in_time(&grant, now.unix_timestamp())?;
    let id = match grant.claims.get("jti") {
        Some(Value::String(jti)) => format!("{iss} {jti}"),
        Some(_) => return Err(Refusal::malformed()),
        None => assertion.to_owned(),
    };
    if !used.take(id, expires, now.unix_timestamp()) {
        return Err(Refusal::used());
    }
    let mut granted = match sender {
        Sender::Client(client, amr) => authorise_client(&grant, client, amr, scope, &known.registry)?,
        Sender::Seal(organisation, amr) => authorise_seal(&grant, organisation, amr, scope, &known.registry)?,
    };
    granted.resource = grant.claims.get("resource").cloned();
    Ok(granted)
}

/// A claim that must be there, as text that is not empty.
fn required<'a>(grant: &'a Jwt, claim: &str) -> Result<&'a str, Refusal> {
    let text = grant.text(claim).map(str::trim).filter(|text| !text.is_empty());
    text.ok_or_else(Refusal::malformed)
}

/// When it expires, if it is within its time.
fn in_time(grant: &Jwt, now: i64) -> Result<i64, Refusal> {
    let (Some(issued), Some(expires)) = (grant.number("iat"), grant.number("exp")) else {
        return Err(Refusal::malformed());
    };
    if issued > now.saturating_add(LEEWAY) {
        return Err(Refusal::issued_ahead());
    }
    let late = issued < now.saturating_sub(LEEWAY) || expires <= now;
    if late || expires > issued.saturating_add(LONGEST) {
        return Err(Refusal::expired());
    }
    Ok(expires)
}

fn authenticate<'a>(
    grant: &Jwt,
    iss: &str,
    known: &'a ServerState,
    now: OffsetDateTime,
) -> Result<Sender<'a>, Refusal> {
    let client = known.registry.client(iss).ok_or_else(Refusal::client_unknown);
    match (grant.header.get("x5c"), grant.header.get("kid")) {
        (Some(_), Some(_)) => Err(Refusal::malformed()),
        (Some(x5c), None) => {
            let chain = certificates(x5c).ok_or_else(Refusal::x5c)?;
            let chain: Vec<_> = chain
                .iter()
                .map(|der| X509Certificate::from_der(der).map(|(_, certificate)| certificate))
                .collect::<Result<_, _>>()
                .map_err(|_| Refusal::x5c())?;
            let leaf = chain.first().ok_or_else(Refusal::x5c)?;
            match authority::role_of_issuer(&known.authorities, leaf) {
                Some(Role::Business(rules)) => business(grant, leaf, rules, client?, known, now),
                // The `iss` of a seal is free; so is that of a certificate from nobody we know, which fails below.
                Some(Role::Seal) | None => seal(grant, &chain, known, now),
            }
        }
        (None, Some(kid)) => {
            let client = client?;
            let kid = kid.as_str().ok_or_else(Refusal::malformed)?;
            let key = client
                .keys
                .iter()
                .find(|key| key.kid == kid)
                .ok_or_else(Refusal::kid_unknown)?;
            if key.expired {
                return Err(Refusal::key_expired());
            }
            match grant.is_signed_by(&key.public) {
                true => Ok(Sender::Client(client, "private_key_jwt")),
                false => Err(Refusal::signature()),
            }
        }
        (None, None) if client?.keys.is_empty() => Err(Refusal::malformed()),
        (None, None) => Err(Refusal::kid_required()),
    }
}

/// The header's certificates in DER: an array of strings in standard base64 (RFC 7515 §4.1.6).
fn certificates(x5c: &Value) -> Option<Vec<Vec<u8>>> {
    let decode = |entry: &Value| BASE64_STANDARD.decode(entry.as_str()?).ok();
    x5c.as_array()?.iter().map(decode).collect()
}

/// A Norwegian business certificate: the leaf is enough, and its organisation must be the client's owner.
fn business<'a>(
    grant: &Jwt,
    leaf: &X509Certificate<'_>,
    rules: Rules,
    client: &'a Client,
    known: &ServerState,
    now: OffsetDateTime,
) -> Result<Sender<'a>, Refusal> {
    if !client.keys.is_empty() {
        return Err(Refusal::kid_required());
    }
    let revoked = leaf.raw_serial_as_string().replace(':', "") == known.registry.revoked_serial;
    if rules != Rules::Test || revoked || !authority::is_for_authentication(leaf) {
        return Err(Refusal::certificate());
    }
    signed_by(grant, leaf, now)?;
    match authority::organisation(leaf).and_then(|id| id.strip_prefix("NTRNO-")) {
        Some(number) if number == client.owner => Ok(Sender::Client(client, "virksomhetssertifikat")),
        _ => Err(Refusal::organisation()),
    }
}

/// An eSeal, which must come with its whole chain and says itself who the business is.
fn seal<'a>(
    grant: &Jwt,
    chain: &[X509Certificate<'_>],
    known: &ServerState,
    now: OffsetDateTime,
) -> Result<Sender<'a>, Refusal> {
    let leaf = chain.first().ok_or_else(Refusal::x5c)?;
    if !authority::is_whole_chain(&known.authorities, chain) {
        return Err(Refusal::certificate());
    }
    signed_by(grant, leaf, now)?;
    let organisation = authority::organisation(leaf).ok_or_else(Refusal::certificate)?;
    let amr = match authority::is_qualified(leaf) {
        true => "QCForESeal",
        false => "CForESeal",
    };
    Ok(Sender::Seal(organisation.to_owned(), amr))
}

/// An expired certificate is told as a bad signature, MP-124 (Feilsøking i Maskinporten).
fn signed_by(grant: &Jwt, leaf: &X509Certificate<'_>, now: OffsetDateTime) -> Result<(), Refusal> {
    let signed = grant.is_signed_by(&leaf.public_key().subject_public_key.data);
    match signed && authority::is_valid_at(leaf, now) {
        true => Ok(()),
        false => Err(Refusal::signature()),
    }
}

fn authorise_client(
    grant: &Jwt,
    client: &Client,
    amr: &'static str,
    scopes: &str,
    registry: &Registry,
) -> Result<Granted, Refusal> {
    if !client.terms_signed {
        return Err(Refusal::terms());
    }
    if client.integration != Integration::Maskinporten {
        return Err(Refusal::integration_type());
    }
    let supplier = match grant.claims.get("consumer_org") {
        None => None,
        Some(Value::String(consumer)) if *consumer == client.owner => return Err(Refusal::consumer_is_self()),
        Some(Value::String(consumer)) => Some(consumer),
        Some(_) => return Err(Refusal::malformed()),
    };
    let consumer = supplier.unwrap_or(&client.owner);
    for scope in scopes.split_whitespace() {
        if !client.scopes.iter().any(|registered| registered == scope) {
            return Err(Refusal::scope_not_on_client(scope));
        }
        if *consumer != client.owner && !registry.is_delegated(consumer, &client.owner, scope) {
            return Err(Refusal::not_delegated(consumer, scope, &client.owner));
        }
        if !registry.is_granted(consumer, scope) {
            return Err(Refusal::not_granted(scope));
        }
    }
    Ok(Granted {
        client_id: client.id.clone(),
        client_amr: amr,
        consumer: consumer.clone(),
        foreign: false,
        supplier: supplier.is_some().then(|| client.owner.clone()),
        scope: scopes.to_owned(),
        resource: None,
    })
}

fn authorise_seal(
    grant: &Jwt,
    organisation: String,
    amr: &'static str,
    scopes: &str,
    registry: &Registry,
) -> Result<Granted, Refusal> {
    // Delegation is Altinn's, between Norwegian organisations.
    if grant.claims.contains_key("consumer_org") {
        return Err(Refusal::consumer_is_self());
    }
    for scope in scopes.split_whitespace() {
        if scope != registry.scope_of_every_seal && !registry.is_granted(&organisation, scope) {
            return Err(Refusal::not_granted(scope));
        }
    }
    Ok(Granted {
        client_id: grant.text("iss").unwrap_or_default().to_owned(),
        client_amr: amr,
        consumer: organisation,
        foreign: true,
        supplier: None,
        scope: scopes.to_owned(),
        resource: None,
    })
}
