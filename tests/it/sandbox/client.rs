//! A client of the sandbox that shares no code with it.

use std::{
    path::Path,
    sync::LazyLock,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use klarert::{
    credential::{self, Opened, Password},
    journey::demonstration::DemoBusiness,
    profile::{Authentication, CertificateFiles},
    sandbox::{Options, Sandbox},
};
use pkcs8::der::Decode;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::support::home::shared_demonstration;

pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

pub fn start(folder: &Path) -> Sandbox {
    Sandbox::start(folder, Options::default()).unwrap()
}

/// Returns the sandbox that tests share if they change nothing: generating the keys takes most of a start.
pub fn shared() -> &'static Sandbox {
    static SHARED: LazyLock<Sandbox> = LazyLock::new(|| start(shared_demonstration()));
    &SHARED
}

pub fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap()
}

pub struct Answer {
    pub status: u16,
    pub body: Value,
}

pub fn send(request: reqwest::RequestBuilder) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap().block_on(async {
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        assert_eq!(response.headers()["content-type"], "application/json");
        assert!(response.headers().contains_key("date"), "the clock is measured with it");
        Answer {
            status,
            body: serde_json::from_slice(&response.bytes().await.unwrap()).unwrap(),
        }
    })
}

pub fn get(url: &str) -> Answer {
    send(client().get(url))
}

pub fn post(url: &str, form: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    let request = client()
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded");
    send(request.body(body))
}

/// A key, and the certificates to send with it.
pub struct Credential {
    pub key: EncodingKey,
    pub x5c: Vec<String>,
}

/// Opens a `.p12` with the program's own reader, which shares no code with the sandbox's writer.
pub fn opened(path: &Path, password: &str) -> Opened {
    let files = CertificateFiles {
        path: Some(path.to_owned()),
        ..CertificateFiles::default()
    };
    let password = Password::new(Zeroizing::new(password.to_owned()));
    credential::open(&files, None, Authentication::Certificate, Some(&password))
}

/// Returns the key and the chain that the program chooses in a `.p12`.
pub fn open(path: &Path, password: &str) -> Credential {
    let credential = opened(path, password).credential.unwrap();
    let key = pkcs8::PrivateKeyInfoRef::from_der(credential.pkcs8()).unwrap();
    Credential {
        key: EncodingKey::from_rsa_der(key.private_key.as_bytes()),
        x5c: credential
            .chain()
            .iter()
            .map(|der| BASE64_STANDARD.encode(der))
            .collect(),
    }
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
    send(client().get(url).bearer_auth(bearer))
}

/// Returns a Customs token of a demonstration business.
pub fn customs_token(sandbox: &Sandbox, business: &DemoBusiness, scope: &str) -> String {
    let credential = open(&business.certificate, &sandbox.demonstration().password);
    let granted = token(sandbox, &credential, &business.client_id, scope);
    let exchanged = exchange(sandbox, granted.body["access_token"].as_str().unwrap());
    exchanged.body["access_token"].as_str().unwrap().to_owned()
}

pub const ROAD_CALL: &str = "/api/movement/road/v2/test-auth";
