//! A client of the sandbox that shares no code with it.

use std::{
    path::{Path, PathBuf},
    sync::LazyLock,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use klarert::{
    journey::demonstration::DemoBusiness,
    sandbox::{Options, Sandbox},
};
use p12_keystore::Pkcs12Archive;
use pkcs8::der::Decode;
use serde_json::{Value, json};

pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

pub fn start(folder: &Path) -> Sandbox {
    Sandbox::start(folder, Options::default()).unwrap()
}

/// Returns the sandbox that tests share if they change nothing: generating the keys takes most of a start.
pub fn shared() -> &'static Sandbox {
    static SHARED: LazyLock<Sandbox> = LazyLock::new(|| {
        let folder = folder();
        let _ = std::fs::remove_dir_all(&folder);
        start(&folder)
    });
    &SHARED
}

/// Returns the folder of the shared sandbox's demonstration.
pub fn shared_folder() -> PathBuf {
    shared();
    folder()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("sandbox")
}

pub fn client() -> reqwest::blocking::Client {
    reqwest::blocking::Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap()
}

pub struct Answer {
    pub status: u16,
    pub body: Value,
}

pub fn answer(response: reqwest::blocking::Response) -> Answer {
    let status = response.status().as_u16();
    assert_eq!(response.headers()["content-type"], "application/json");
    assert!(response.headers().contains_key("date"), "the clock is measured with it");
    Answer {
        status,
        body: serde_json::from_slice(&response.bytes().unwrap()).unwrap(),
    }
}

pub fn get(url: &str) -> Answer {
    answer(client().get(url).send().unwrap())
}

pub fn post(url: &str, form: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    let request = client()
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded");
    answer(request.body(body).send().unwrap())
}

/// A key, and the certificates to send with it.
pub struct Credential {
    pub key: EncodingKey,
    pub x5c: Vec<String>,
}

/// Opens a `.p12`: its first key, and the chain of its first certificate.
pub fn open(path: &Path, password: &str) -> Credential {
    let archive = Pkcs12Archive::from_pkcs12(&definite(&std::fs::read(path).unwrap()), password).unwrap();
    let key = pkcs8::PrivateKeyInfoRef::from_der(archive.keys[0].key.as_der()).unwrap();
    let issuers = archive.certs[1..].iter().filter(|bag| bag.local_key_id.is_none());
    let chain = archive.certs[..1].iter().chain(issuers);
    Credential {
        key: EncodingKey::from_rsa_der(key.private_key.as_bytes()),
        x5c: chain.map(|bag| BASE64_STANDARD.encode(bag.cert.as_der())).collect(),
    }
}

/// Converts BER with indefinite lengths and segmented strings to DER, the only form that this reader takes.
pub fn definite(ber: &[u8]) -> Vec<u8> {
    fn one<'a>(ber: &'a [u8], der: &mut Vec<u8>) -> &'a [u8] {
        let (tag, first) = (ber[0], ber[1]);
        let count = usize::from(first & 0x7f);
        let (length, rest) = match first {
            0x80 => (None, &ber[2..]),
            0..0x80 => (Some(usize::from(first)), &ber[2..]),
            _ => {
                let length = ber[2..2 + count]
                    .iter()
                    .fold(0, |length, &byte| length << 8 | usize::from(byte));
                (Some(length), &ber[2 + count..])
            }
        };
        let mut content: Vec<u8> = Vec::new();
        let rest = match length {
            Some(length) => {
                content.extend(&rest[..length]);
                &rest[length..]
            }
            None => {
                let mut rest = rest;
                while rest[..2] != [0, 0] {
                    let mut piece = Vec::new();
                    rest = one(rest, &mut piece);
                    // A piece of a string counts without its own tag and length (all are 1000 bytes, but the last).
                    let head = match piece[1] {
                        _ if tag != 0x24 => 0,
                        0x81 => 3,
                        0x82 => 4,
                        _ => 2,
                    };
                    content.extend(&piece[head..]);
                }
                &rest[2..]
            }
        };
        der.push(if tag == 0x24 { 0x04 } else { tag });
        match content.len() {
            length @ 0..0x80 => der.push(length as u8),
            length @ 0x80..0x100 => der.extend([0x81, length as u8]),
            length => der.extend([0x82, (length >> 8) as u8, length as u8]),
        }
        der.extend(content);
        rest
    }
    let mut der = Vec::new();
    assert!(one(ber, &mut der).is_empty());
    der
}

pub fn grant(sandbox: &Sandbox, credential: &Credential, iss: &str, scope: &str) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let header = Header {
        x5c: Some(credential.x5c.clone()),
        typ: None,
        ..Header::new(Algorithm::RS256)
    };
    let claims = json!({
        "aud": sandbox.environment().issuer, "iss": iss, "scope": scope,
        "iat": now, "exp": now + 60, "jti": uuid::Uuid::new_v4().to_string(),
    });
    jsonwebtoken::encode(&header, &claims, &credential.key).unwrap()
}

pub fn token(sandbox: &Sandbox, credential: &Credential, iss: &str, scope: &str) -> Answer {
    let grant = grant(sandbox, credential, iss, scope);
    let endpoint = format!("{}token", sandbox.environment().issuer);
    post(&endpoint, &[("grant_type", GRANT_TYPE), ("assertion", &grant)])
}

pub fn exchange(sandbox: &Sandbox, subject: &str) -> Answer {
    let url = format!(
        "{}/api/access/external/oauth/token",
        sandbox.environment().customs.unwrap()
    );
    let form = [
        ("grant_type", "token-exchange"),
        ("subject_token_type", "access_token"),
        ("subject_token", subject),
    ];
    post(&url, &form)
}

pub fn api_call(sandbox: &Sandbox, path: &str, bearer: &str) -> Answer {
    let url = format!("{}{path}", sandbox.environment().customs.unwrap());
    answer(client().get(url).bearer_auth(bearer).send().unwrap())
}

/// Returns a Customs token of a demonstration business.
pub fn customs_token(sandbox: &Sandbox, business: &DemoBusiness, scope: &str) -> String {
    let credential = open(&business.certificate, &sandbox.demonstration().password);
    let granted = token(sandbox, &credential, &business.client_id, scope);
    let exchanged = exchange(sandbox, granted.body["access_token"].as_str().unwrap());
    exchanged.body["access_token"].as_str().unwrap().to_owned()
}

pub const ROAD_CALL: &str = "/api/movement/road/v2/test-auth";
