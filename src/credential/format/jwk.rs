//! JSON Web Keys (RFC 7517): private keys as PKCS#1, and the certificates of `x5c`.

use zeroize::Zeroizing;

use super::{base64_text, zeroizing_json::Json};
use crate::{
    certificate::x509::Certificate,
    credential::{
        ber::{INTEGER, SEQUENCE, push},
        crypto::rsa_factors::factors,
        error::{FileError, JwkFault},
        private_key::PrivateKey,
    },
};

/// Members of a private RSA key besides n and e (RFC 7518 §6.3.2).
const PRIVATE: [&str; 6] = ["d", "p", "q", "dp", "dq", "qi"];

/// Those of them that can be computed from n, e and d.
const FACTORS: [&str; 5] = ["p", "q", "dp", "dq", "qi"];

/// The elements of .NET's `RSAKeyValue` and the members of a JWK that have the same content.
const XML_MEMBERS: [(&str, &str); 8] = [
    ("Modulus", "n"),
    ("Exponent", "e"),
    ("D", "d"),
    ("P", "p"),
    ("Q", "q"),
    ("DP", "dp"),
    ("DQ", "dq"),
    ("InverseQ", "qi"),
];

/// Returns an RSA key in XML, as .NET's `RSA.ToXmlString` writes it, with the members of a JWK. `None` for other text.
pub fn from_xml(text: &str) -> Option<Json> {
    let (_, key) = text.split_once("<RSAKeyValue>")?;
    let member = |(element, name): &(&str, &str)| {
        let (_, content) = key.split_once(&format!("<{element}>"))?;
        let (number, _) = content.split_once('<')?;
        let number = Zeroizing::new(number.trim().to_owned());
        Some(((*name).to_owned(), Json::Text(number)))
    };
    let jwk = Json::Object(XML_MEMBERS.iter().filter_map(member).collect());
    is_jwk(&jwk).then_some(jwk)
}

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
    if !is_private(jwk) {
        return None;
    }
    if !kty.eq_ignore_ascii_case("RSA") {
        let name = match kty {
            "OKP" => curve.to_owned(),
            _ => format!("{kty} {curve}"),
        };
        return Some(Ok(PrivateKey::other(name.trim(), kid)));
    }
    Some(rsa(jwk).map(|key| PrivateKey {
        kid,
        is_for_encryption: is_for_encryption(jwk),
        ..key
    }))
}

/// Returns true if a private member has content. Key vaults print those that they do not give as `null` or empty.
pub fn is_private(jwk: &Json) -> bool {
    PRIVATE.iter().any(|member| jwk.has(member))
}

/// Returns true if `use`, `alg` or `key_ops` (RFC 7517 §4) say that the key is not for signatures.
fn is_for_encryption(jwk: &Json) -> bool {
    let signs = |operation: &Json| matches!(operation, Json::Text(name) if name.as_str() == "sign");
    let operations = jwk.get("key_ops").map(Json::items).unwrap_or_default();
    let encrypts = |algorithm: &str| algorithm.starts_with("RSA-OAEP") || algorithm == "RSA1_5";
    jwk.text("use") == Some("enc")
        || jwk.text("alg").is_some_and(encrypts)
        || !(operations.is_empty() || operations.iter().any(signs))
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
    if jwk.has("oth") {
        return Err(FileError::Jwk {
            member: "oth".to_owned(),
            fault: JwkFault::Malformed,
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
    let error = |fault| FileError::Jwk {
        member: name.to_owned(),
        fault,
    };
    let text = match jwk.get(name) {
        None => return Err(error(JwkFault::Missing)),
        Some(Json::Text(text)) if text.trim().is_empty() => return Err(error(JwkFault::Missing)),
        Some(Json::Text(text)) => text.trim(),
        _ => return Err(error(JwkFault::Malformed)),
    };
    let number = base64_text::decode_text(text).filter(|number| !number.is_empty());
    number.ok_or_else(|| {
        error(match name == "d" && is_placeholder(text) {
            true => JwkFault::Placeholder,
            false => JwkFault::Malformed,
        })
    })
}

/// Returns true for what stands in the place of a private part in documentation and logs: dots, asterisks, or text in brackets.
fn is_placeholder(text: &str) -> bool {
    let in_brackets = text.starts_with(['<', '[', '{', '$', '%', '(']) && text.ends_with(['>', ']', '}', '%', ')']);
    in_brackets || !text.contains(char::is_alphanumeric)
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
