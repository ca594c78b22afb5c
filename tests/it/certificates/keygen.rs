//! New keys and certificate requests, and keys as JWK.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use klarert::credential::{
    Credential,
    generate::{self, Bits, Subject},
};
use klarert::profile::Authentication;
use x509_parser::{certification_request::X509CertificationRequest, prelude::FromDer};

use super::{bytes, open_bytes, open_files, outcome};

fn fixture_credential() -> Credential {
    open_files(&[&bytes("key-pkcs8.pem")], None, Authentication::Key)
        .credential
        .unwrap()
}

#[test]
fn a_new_key_is_private_and_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.pem");
    let key = generate::key(Bits::B2048).unwrap();
    generate::write_key(&path, &key).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let written = std::fs::read(&path).unwrap();
    let again = generate::write_key(&path, &key).unwrap_err();
    assert_eq!(again.kind(), std::io::ErrorKind::AlreadyExists);
    assert_eq!(std::fs::read(&path).unwrap(), written, "the file is unchanged");

    let opened = open_files(&[&written], None, Authentication::Key);
    assert_eq!(opened.facts.chosen.unwrap().key.to_string(), "RSA 2048");
    let read = opened.credential.unwrap();
    assert_eq!(read.public_jwk("a").unwrap(), key.public_jwk("a").unwrap());
}

#[test]
fn a_public_jwk_has_public_members_only() {
    let credential = fixture_credential();
    let jwk = serde_json::to_value(credential.public_jwk("acme-2026").unwrap()).unwrap();
    let mut members: Vec<&String> = jwk.as_object().unwrap().keys().collect();
    members.sort();
    assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"]);
    assert_eq!(
        (&jwk["kid"], &jwk["use"], &jwk["alg"]),
        (&"acme-2026".into(), &"sig".into(), &"RS256".into())
    );

    // The crate jsonwebtoken reads the same key.
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    let key = credential.encoding_key().unwrap();
    let theirs = jsonwebtoken::jwk::Jwk::from_encoding_key(&key, jsonwebtoken::Algorithm::RS256).unwrap();
    let json = serde_json::to_value(&theirs).unwrap();
    assert_eq!((&json["n"], &json["e"]), (&jwk["n"], &jwk["e"]));
    let thumbprint = theirs.thumbprint(jsonwebtoken::jwk::ThumbprintHash::SHA256).unwrap();
    assert_eq!(credential.thumbprint().unwrap(), thumbprint);
}

#[test]
fn signatures_verify_with_the_public_jwk() {
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    let credential = fixture_credential();
    let jwk = credential.public_jwk("a").unwrap();
    let decoding = jsonwebtoken::DecodingKey::from_rsa_components(&jwk.n, &jwk.e).unwrap();
    for algorithm in [
        jsonwebtoken::Algorithm::RS256,
        jsonwebtoken::Algorithm::RS384,
        jsonwebtoken::Algorithm::RS512,
    ] {
        let header = jsonwebtoken::Header::new(algorithm);
        let claims = serde_json::json!({"exp": 4_000_000_000_u64});
        let token = jsonwebtoken::encode(&header, &claims, &credential.encoding_key().unwrap()).unwrap();
        let validation = jsonwebtoken::Validation::new(algorithm);
        assert!(
            jsonwebtoken::decode::<serde_json::Value>(token, &decoding, &validation).is_ok(),
            "{algorithm:?}"
        );
    }
}

#[test]
fn a_request_has_the_subject_that_issuers_require() {
    let subject = Subject {
        name: "Demo Åkeri AB".to_owned(),
        organisation: "NTRSE-5560000001".to_owned(),
        country: "SE".to_owned(),
        locality: Some("Göteborg".to_owned()),
        ..Subject::default()
    };
    let pem = generate::request(&fixture_credential(), &subject).unwrap();
    let (_, block) = x509_parser::pem::parse_x509_pem(pem.as_bytes()).unwrap();
    let (_, request) = X509CertificationRequest::from_der(&block.contents).unwrap();
    let info = &request.certification_request_info;
    let said: Vec<String> = info
        .subject
        .iter_attributes()
        .map(|attribute| format!("{}={}", attribute.attr_type(), attribute.as_str().unwrap()))
        .collect();
    assert_eq!(
        said,
        [
            "2.5.4.6=SE",
            "2.5.4.7=Göteborg",
            "2.5.4.10=Demo Åkeri AB",
            "2.5.4.97=NTRSE-5560000001",
            "2.5.4.3=Demo Åkeri AB"
        ]
    );
    // A request is not a certificate.
    assert_eq!(outcome(&open_bytes(pem.as_bytes(), None)), "not-a-certificate");
}

#[test]
fn a_private_jwk_is_read() {
    let credential = fixture_credential();
    // The nine numbers of PKCS#1.
    let pkcs1 = bytes("key-pkcs1.pem");
    let (_, block) = x509_parser::pem::parse_x509_pem(&pkcs1).unwrap();
    let (_, mut rest, _) = super::ber::split(&block.contents);
    let mut numbers = Vec::new();
    while !rest.is_empty() {
        let (_, number, after) = super::ber::split(rest);
        let zeros = number.iter().take_while(|digit| **digit == 0).count();
        numbers.push(URL_SAFE_NO_PAD.encode(&number[zeros..]));
        rest = after;
    }
    let names = ["version", "n", "e", "d", "p", "q", "dp", "dq", "qi"];
    let mut jwk: serde_json::Map<String, serde_json::Value> = names
        .iter()
        .zip(numbers)
        .skip(1)
        .map(|(name, number)| ((*name).to_owned(), number.into()))
        .collect();
    jwk.insert("kty".to_owned(), "RSA".into());
    jwk.insert("kid".to_owned(), "acme-2026".into());
    let as_key = |json: &serde_json::Value| open_files(&[json.to_string().as_bytes()], None, Authentication::Key);

    let whole = serde_json::Value::from(jwk.clone());
    for json in [whole.clone(), serde_json::json!({ "keys": [whole] })] {
        let opened = as_key(&json);
        assert_eq!(outcome(&opened), "opened, chain of 0");
        assert_eq!(opened.credential.unwrap().public_jwk("a"), credential.public_jwk("a"));
    }
    let mut short = jwk.clone();
    short.remove("p");
    let opened = as_key(&short.into());
    assert_eq!(outcome(&opened), "opened, chain of 0");
    assert_eq!(opened.credential.unwrap().pkcs8(), credential.pkcs8());
    jwk.insert("d".to_owned(), "AQAB".into());
    assert_eq!(outcome(&as_key(&jwk.into())), "damaged");
}
