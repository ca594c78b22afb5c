//! JSON Web Keys (RFC 7517): private keys as PKCS#1, and the certificates of `x5c`.

use zeroize::Zeroizing;

use super::{base64_text, zeroizing_json::Json};
use crate::{
    certificate::x509::Certificate,
    credential::{
        ber::{INTEGER, SEQUENCE, push},
        crypto::rsa_factors::factors,
        error::FileError,
        private_key::PrivateKey,
    },
};

/// Members of a private RSA key besides n and e (RFC 7518 §6.3.2).
const PRIVATE: [&str; 6] = ["d", "p", "q", "dp", "dq", "qi"];

/// Those of them that can be computed from n, e and d.
const FACTORS: [&str; 5] = ["p", "q", "dp", "dq", "qi"];

/// Returns true for a JWK: it names its type, or has the numbers of an RSA key.
pub fn is_jwk(value: &Json) -> bool {
    value.get("kty").is_some() || (value.get("n").is_some() && value.get("e").is_some())
}

/// Returns true for an encrypted JWK or JWK set (RFC 7516 §7.2).
pub fn is_encrypted(value: &Json) -> bool {
    value.get("ciphertext").is_some() && (value.get("protected").is_some() || value.get("recipients").is_some())
}

/// Returns true for a private RSA key without all its factors, which must be computed.
pub fn lacks_factors(jwk: &Json) -> bool {
    jwk.get("d").is_some() && !FACTORS.iter().all(|name| jwk.get(name).is_some())
}

/// Returns the private key of a JWK; `None` if it is public.
pub fn private_key(jwk: &Json) -> Option<Result<PrivateKey, FileError>> {
    let kty = jwk.text("kty").unwrap_or("RSA");
    let curve = jwk.text("crv").unwrap_or_default();
    let kid = jwk.text("kid").map(str::to_owned);
    if kty.eq_ignore_ascii_case("oct") {
        return Some(Ok(PrivateKey::other("oct", kid)));
    }
    if !PRIVATE.iter().any(|member| jwk.get(member).is_some()) {
        return None;
    }
    if !kty.eq_ignore_ascii_case("RSA") {
        let name = match kty {
            "OKP" => curve.to_owned(),
            _ => format!("{kty} {curve}"),
        };
        return Some(Ok(PrivateKey::other(name.trim(), kid)));
    }
    Some(rsa(jwk).map(|key| PrivateKey { kid, ..key }))
}

/// Returns the certificates of `x5c`, leaf first. `None` for each that is not one.
pub fn certificates(jwk: &Json) -> Vec<Option<Certificate>> {
    let items = jwk.get("x5c").map(Json::items).unwrap_or_default();
    let read = |item: &Json| match item {
        Json::Text(text) => Certificate::from_der(&base64_text::decode_text(text)?),
        _ => None,
    };
    items.iter().map(read).collect()
}

/// Converts an RSA key by RFC 7518 §6.3.2. Missing factors are computed.
fn rsa(jwk: &Json) -> Result<PrivateKey, FileError> {
    if jwk.get("oth").is_some() {
        return Err(FileError::Jwk {
            member: "oth".to_owned(),
            missing: false,
        });
    }
    let (n, e, d) = (number(jwk, "n")?, number(jwk, "e")?, number(jwk, "d")?);
    let mut numbers = Vec::with_capacity(8);
    if !lacks_factors(jwk) {
        for name in FACTORS {
            numbers.push(number(jwk, name)?);
        }
    } else {
        let found = factors(&n, &e, &d).ok_or(FileError::Damaged)?;
        numbers.extend([found.p, found.q, found.dp, found.dq, found.qi]);
    }
    let mut inner = Zeroizing::new(Vec::with_capacity(8192));
    push(&mut inner, INTEGER, &[0]);
    for number in [n, e, d].iter().chain(&numbers) {
        push_unsigned(&mut inner, number);
    }
    let mut der = Zeroizing::new(Vec::with_capacity(inner.len() + 16));
    push(&mut der, SEQUENCE, &inner);
    PrivateKey::from_pkcs1(&der)
}

/// Returns a number in base64url; standard base64 is taken as well.
fn number(jwk: &Json, name: &str) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let error = |missing| FileError::Jwk {
        member: name.to_owned(),
        missing,
    };
    let text = match jwk.get(name) {
        None => return Err(error(true)),
        Some(Json::Text(text)) if text.trim().is_empty() => return Err(error(true)),
        Some(Json::Text(text)) => text.trim(),
        _ => return Err(error(false)),
    };
    let number = base64_text::decode_text(text).filter(|number| !number.is_empty());
    number.ok_or_else(|| error(false))
}

/// Appends an INTEGER, which has a sign, from an unsigned number.
fn push_unsigned(out: &mut Vec<u8>, number: &[u8]) {
    let digits = &number[number.iter().take_while(|digit| **digit == 0).count()..];
    let mut signed = Zeroizing::new(Vec::with_capacity(digits.len() + 1));
    if digits.first().is_none_or(|first| first & 0x80 != 0) {
        signed.push(0);
    }
    signed.extend_from_slice(digits);
    push(out, INTEGER, &signed);
}
