//! The public RSA key of a key file: a private or public key in PEM, a certificate, or a JWK. Pure; only the public half
//! of a private key is kept.

use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    rsa::{KeyPair, PublicKeyComponents},
    signature::KeyPair as _,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rustls_pki_types::pem::{PemObject, SectionKind};
use serde_json::Value;
use x509_parser::{
    prelude::{FromDer, X509Certificate},
    x509::SubjectPublicKeyInfo,
};

/// Returns the first key of a file as an `RSAPublicKey` in DER (RFC 8017 A.1.1). `None` if the file has no RSA key.
pub fn public_key(file: &[u8]) -> Option<Vec<u8>> {
    match serde_json::from_slice::<Value>(file) {
        Ok(jwk) => public_of_jwk(&jwk),
        Err(_) => <(SectionKind, Vec<u8>)>::pem_slice_iter(file)
            .filter_map(Result::ok)
            .find_map(|(kind, der)| public_of_pem(kind, &zeroize::Zeroizing::new(der))),
    }
}

fn public_of_pem(kind: SectionKind, der: &[u8]) -> Option<Vec<u8>> {
    match kind {
        SectionKind::PrivateKey => public_of_pkcs8(der),
        SectionKind::RsaPrivateKey => Some(KeyPair::from_der(der).ok()?.public_key().as_ref().to_vec()),
        SectionKind::PublicKey => public_of_rsa(&SubjectPublicKeyInfo::from_der(der).ok()?.1),
        SectionKind::Certificate => public_of_rsa(X509Certificate::from_der(der).ok()?.1.public_key()),
        _ => None,
    }
}

/// Returns the public half of a private key in PKCS#8.
pub fn public_of_pkcs8(der: &[u8]) -> Option<Vec<u8>> {
    Some(KeyPair::from_pkcs8(der).ok()?.public_key().as_ref().to_vec())
}

fn public_of_rsa(info: &SubjectPublicKeyInfo<'_>) -> Option<Vec<u8>> {
    // rsaEncryption, RFC 8017 A.1.
    let is_rsa = info.algorithm.algorithm.to_id_string() == "1.2.840.113549.1.1.1";
    is_rsa.then(|| info.subject_public_key.data.to_vec())
}

/// Returns the public key of a JWK (RFC 7517), or of the first one in a set.
fn public_of_jwk(jwk: &Value) -> Option<Vec<u8>> {
    let jwk = match jwk.get("keys") {
        Some(keys) => keys.get(0)?,
        None => jwk,
    };
    let number = |name: &str| BASE64_URL_SAFE_NO_PAD.decode(jwk.get(name)?.as_str()?).ok();
    let components = PublicKeyComponents {
        n: number("n")?,
        e: number("e")?,
    };
    let info: PublicKeyX509Der<'_> = components.as_der().ok()?;
    public_of_rsa(&SubjectPublicKeyInfo::from_der(info.as_ref()).ok()?.1)
}
