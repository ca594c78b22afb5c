//! The running sandbox as other programs use it, over real sockets and with real files.

mod check;
mod client;
mod customs_calls;
mod mistakes;
mod scope_list;
mod separate_process;
mod suggestions;

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use client::{
    GRANT_TYPE, ROAD_CALL, api_call, client, exchange, get, grant, open, opened, post, send, shared, start, token,
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Validation, jwk::JwkSet};
use klarert::{
    certificate::Purpose,
    journey::{Rules, demonstration::Attempt, services},
    profile::Kind,
    sandbox::{self, Options, Sandbox, public_key_file},
    text::{Language, Texts},
};
use pkcs8::der::Decode;
use serde_json::{Value, json};

use crate::support::home::{Home, shared_demonstration};

#[test]
fn both_kinds_of_business_get_a_test_call_answered() {
    let sandbox = shared();
    let environment = sandbox.environment();
    assert!(environment.sandbox && environment.id == "sandbox" && environment.rules == Rules::Test);

    let metadata = get(&format!("{}.well-known/oauth-authorization-server", environment.issuer)).body;
    assert_eq!(metadata["issuer"], environment.issuer);
    assert_eq!(metadata["token_endpoint"], format!("{}token", environment.issuer));
    assert_eq!(metadata["grant_types_supported"], json!([GRANT_TYPE]));
    assert_eq!(get(&format!("{}health", environment.issuer)).status, 200);
    let keys = get(metadata["jwks_uri"].as_str().unwrap()).body;
    let keys: JwkSet = serde_json::from_value(keys).unwrap();

    let demonstration = sandbox.demonstration();
    let cases = [
        (
            Kind::Norwegian,
            "toll:movement/road/v2",
            "0192:123456785",
            "iso6523-actorid-upis",
            "virksomhetssertifikat",
        ),
        (
            Kind::Foreign,
            "toll:eu/movement/road/v2",
            "VATDE-123456789",
            "etsi-en-319-412",
            "QCForESeal",
        ),
    ];
    for (kind, scope, consumer, authority, amr) in cases {
        let business = demonstration.business(kind);
        let credential = open(&business.certificate, &demonstration.password);
        let answer = token(sandbox, &credential, &business.client_id, scope);
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.body["token_type"], "Bearer");
        assert_eq!(answer.body["scope"], scope);
        assert_eq!(answer.body["expires_in"], 119);

        let access_token = answer.body["access_token"].as_str().unwrap();
        let kid = jsonwebtoken::decode_header(access_token).unwrap().kid.unwrap();
        let key = DecodingKey::from_jwk(keys.find(&kid).unwrap()).unwrap();
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[&environment.issuer]);
        let claims = jsonwebtoken::decode::<Value>(access_token, &key, &validation)
            .unwrap()
            .claims;
        assert_eq!(claims["consumer"], json!({ "authority": authority, "ID": consumer }));
        assert_eq!(claims["client_amr"], amr);
        // The client id of an eSeal is derived from the certificate, whatever `iss` is.
        let client_id = claims["client_id"].as_str().unwrap();
        match kind {
            Kind::Norwegian => assert_eq!(client_id, business.client_id),
            Kind::Foreign => assert!(client_id.starts_with("eidas-"), "{client_id}"),
        }
        assert_eq!(claims["scope"], scope);

        // Customs' APIs refuse Maskinporten's token, and accept the exchanged one for its own scope.
        assert_eq!(api_call(sandbox, ROAD_CALL, access_token).status, 401);
        let exchanged = exchange(sandbox, access_token);
        assert_eq!(exchanged.status, 200, "{}", exchanged.body);
        assert_eq!(exchanged.body["issued_token_type"], "access_token");
        assert_eq!(exchanged.body["expires_in"], 970);
        let customs_token = exchanged.body["access_token"].as_str().unwrap();
        assert_eq!(api_call(sandbox, ROAD_CALL, customs_token).status, 200);
        assert_eq!(exchange(sandbox, customs_token).status, 401, "it is not Maskinporten's");
    }
}

#[test]
fn each_demonstrated_refusal_can_be_provoked() {
    let sandbox = shared();
    let demonstration = sandbox.demonstration();
    let texts = Language::ALL.map(Texts::new);
    for refusal in &demonstration.refusals {
        for texts in &texts {
            let shown = refusal.text(texts);
            let is_service = matches!(refusal.attempt, Attempt::Service(_));
            assert!(is_service || shown.contains(&refusal.attempt.value()), "{shown}");
        }
        let business = demonstration.business(refusal.kind);
        let road = services::scopes_for(refusal.kind, &["road".to_owned()]).remove(0);
        let (mut iss, mut file, mut scope) = (business.client_id.clone(), business.certificate.clone(), road);
        match &refusal.attempt {
            Attempt::Client(id) => iss = id.clone(),
            Attempt::Certificate(path) => file = path.clone(),
            Attempt::Scope(own) => scope = own.clone(),
            Attempt::Service(id) => {
                scope = services::scopes_for(refusal.kind, std::slice::from_ref(id)).remove(0);
            }
            // A registered key needs a grant of another form, which `grant_validation` tests.
            Attempt::Kid(_) => continue,
        }
        let mut answer = token(sandbox, &open(&file, &demonstration.password), &iss, &scope);
        if refusal.code.is_none() && answer.status == 200 {
            answer = exchange(sandbox, answer.body["access_token"].as_str().unwrap());
            let words = answer.body["error_description"].as_str().unwrap();
            assert_eq!(words, format!("Not authorized to request scope {scope}"));
        } else {
            let words = answer.body["error_description"].as_str().unwrap();
            let (_, trace) = words.split_once(" (trace_id: ").unwrap();
            let trace = trace.strip_suffix(')').unwrap();
            assert!(
                trace.len() == 32 && trace.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{trace}"
            );
        }
        assert!((400..500).contains(&answer.status), "{}: {}", refusal.id, answer.body);
        let uri = refusal
            .code
            .as_ref()
            .map(|code| format!("{}errors/{code}", sandbox.environment().issuer));
        assert_eq!(
            answer.body.get("error_uri").and_then(Value::as_str),
            uri.as_deref(),
            "{}",
            refusal.id
        );
    }
}

#[test]
fn a_restart_reuses_the_demonstration() {
    let folder = shared_demonstration();
    let yesterday = start(folder);
    let (made, port) = (yesterday.demonstration().clone(), yesterday.environment().issuer);
    drop(yesterday);
    let address = port.trim_start_matches("http://").trim_end_matches('/');
    assert!(TcpStream::connect(address).is_err(), "it stops when it is dropped");

    let before = std::fs::read(&made.norwegian.certificate).unwrap();
    let today = start(folder);
    assert_eq!(today.demonstration(), &made);
    assert_eq!(std::fs::read(&made.norwegian.certificate).unwrap(), before);
    let credential = open(&made.norwegian.certificate, &made.password);
    let answer = token(&today, &credential, &made.norwegian.client_id, "toll:movement/entry");
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[test]
fn an_incomplete_demonstration_is_generated_again_once_for_two_sandboxes() {
    let home = Home::with_sandbox();
    let folder = klarert::sandbox::folder(home.path());
    let made = start(&folder).demonstration().clone();
    let before = std::fs::read(&made.norwegian.certificate).unwrap();
    std::fs::remove_file(&made.foreign.certificate).unwrap();
    let both: Vec<Sandbox> = std::thread::scope(|scope| {
        let starts = [0, 1].map(|_| scope.spawn(|| start(&folder)));
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });
    assert_ne!(std::fs::read(&made.norwegian.certificate).unwrap(), before);
    let left: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name != "lock")
        .collect();
    assert_eq!(left.len(), 1, "nothing is left beside it: {left:?}");
    for sandbox in &both {
        assert_eq!(sandbox.demonstration(), &made, "in the same place");
        let business = &sandbox.demonstration().foreign;
        let credential = open(&business.certificate, &sandbox.demonstration().password);
        let answer = token(sandbox, &credential, &business.client_id, "digdir:verksemd.eu");
        assert_eq!(answer.status, 200, "{}", answer.body);
        // Maskinporten grants the smoke test's scope, and Customs does not exchange it.
        let refused = exchange(sandbox, answer.body["access_token"].as_str().unwrap());
        assert_eq!(
            refused.body["error_description"],
            "Not authorized to request scope digdir:verksemd.eu"
        );
    }
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = shared();
    let place = sandbox.demonstration().norwegian.certificate.parent().unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(place), 0o700);
    for file in std::fs::read_dir(place).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
}

#[test]
fn the_norwegian_file_has_the_form_that_buypass_delivers() {
    let sandbox = shared();
    let demonstration = sandbox.demonstration();
    let file = std::fs::read(&demonstration.norwegian.certificate).unwrap();
    assert_eq!(file[..2], [0x30, 0x80], "an indefinite length");
    let facts = opened(&demonstration.norwegian.certificate, &demonstration.password).facts;
    let purposes = facts.others.iter().map(|other| other.purpose);
    let purposes: Vec<Purpose> = purposes.chain([facts.chosen.unwrap().purpose]).collect();
    for purpose in [Purpose::Authentication, Purpose::Signing, Purpose::Encryption] {
        assert!(purposes.contains(&purpose), "{purpose:?}");
    }
    assert_eq!(purposes.len(), 3);
}

#[test]
fn concurrent_requests_are_served_and_a_grant_is_used_once() {
    let sandbox = shared();
    let demonstration = sandbox.demonstration();
    let credential = open(&demonstration.norwegian.certificate, &demonstration.password);
    let iss = &demonstration.norwegian.client_id;
    let same = grant(sandbox, &credential, iss, "toll:movement/road/v2");
    let endpoint = format!("{}token", sandbox.environment().issuer);
    let outcomes: Vec<u16> = std::thread::scope(|scope| {
        let visitors: Vec<_> = (0..16)
            .map(|_| {
                scope.spawn(|| {
                    let own = token(sandbox, &credential, iss, "toll:movement/road/v2");
                    assert_eq!(own.status, 200, "{}", own.body);
                    post(&endpoint, &[("grant_type", GRANT_TYPE), ("assertion", &same)]).status
                })
            })
            .collect();
        visitors.into_iter().map(|visitor| visitor.join().unwrap()).collect()
    });
    let granted = outcomes.iter().filter(|&&status| status == 200).count();
    assert_eq!(
        granted, 1,
        "one grant is one token, however often and at once it is sent"
    );
}

#[test]
fn invalid_requests_get_an_error_response() {
    let sandbox = shared();
    let issuer = sandbox.environment().issuer;
    let endpoint = format!("{issuer}token");
    for (form, error) in [
        (vec![], "invalid_request"),
        (vec![("assertion", "a.b.c")], "invalid_request"),
        (vec![("grant", GRANT_TYPE), ("assertion", "a.b.c")], "invalid_request"),
        (vec![("grant_type", GRANT_TYPE)], "invalid_request"),
        (vec![("grant_type", GRANT_TYPE), ("assertion", "")], "invalid_request"),
        (
            vec![("grant_type", GRANT_TYPE), ("assertion", "a"), ("assertion", "b")],
            "invalid_request",
        ),
        (
            vec![("grant_type", "client_credentials"), ("assertion", "a.b.c")],
            "unsupported_grant_type",
        ),
    ] {
        let answer = post(&endpoint, &form);
        assert_eq!(
            (answer.status, answer.body["error"].as_str()),
            (400, Some(error)),
            "{form:?}"
        );
        assert!(
            answer.body["error_description"]
                .as_str()
                .unwrap()
                .contains("(trace_id: ")
        );
    }
    let json = client()
        .post(&endpoint)
        .header("content-type", "application/json")
        .body("{}");
    assert_eq!(send(json).body["error"], "invalid_request");
    assert_eq!(get(&endpoint).status, 405);
    assert_eq!(get(&format!("{issuer}nowhere")).status, 404);
    let large = "assertion=".to_owned() + &"a".repeat(100_000);
    assert_eq!(send(client().post(&endpoint).body(large)).status, 413);

    for (subject, status) in [("", 400), ("a.b.c", 401), ("nonsense", 401)] {
        assert_eq!(exchange(sandbox, subject).status, status, "{subject:?}");
    }
    let customs = format!("{issuer}api/access/external/oauth/token");
    let rfc8693 = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ("subject_token", "a.b.c"),
    ];
    assert_eq!(post(&customs, &rfc8693).status, 400);
    assert_eq!(get(&format!("{issuer}{}", &ROAD_CALL[1..])).status, 401);
    assert_eq!(api_call(sandbox, ROAD_CALL, "nonsense").status, 401);
}

#[test]
fn malformed_http_does_not_stop_the_server() {
    let sandbox = shared();
    let issuer = sandbox.environment().issuer;
    let address = issuer.trim_start_matches("http://").trim_end_matches('/');
    let pieces: [&[u8]; 7] = [
        b"",
        b"\0\xff\r\n\r\n",
        b"GET\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST /token HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"POST /token HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab",
        b"POST /token HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ];
    for piece in pieces {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(piece).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        // The response may be cut off. The connection must end, and the next request must be served.
        let _ = stream.read_to_end(&mut answer);
        assert_eq!(get(&format!("{issuer}health")).status, 200, "{piece:?}");
    }
    let many = "x-a: b\r\n".repeat(20_000);
    let mut stream = TcpStream::connect(address).unwrap();
    let _ = stream.write_all(format!("GET /health HTTP/1.1\r\n{many}").as_bytes());
    assert_eq!(get(&format!("{issuer}health")).status, 200);
}

#[test]
fn slow_visitors_do_not_keep_others_waiting() {
    let home = Home::with_sandbox();
    let sandbox = start(&sandbox::folder(home.path()));
    let issuer = sandbox.environment().issuer;
    let address = issuer.trim_start_matches("http://").trim_end_matches('/');
    let slow = (0..150).map(|_| {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(b"GET /health HTTP/1.1\r\n").unwrap();
        stream
    });
    let slow: Vec<TcpStream> = slow.collect();
    let start = Instant::now();
    assert_eq!(get(&format!("{issuer}health")).status, 200);
    // A slow request is given ten seconds.
    assert!(start.elapsed() < Duration::from_secs(6), "{:?}", start.elapsed());
    drop(slow);
}

#[test]
fn a_taken_port_is_reported() {
    let issuer = shared().environment().issuer;
    let port = url::Url::parse(&issuer).unwrap().port();
    let options = Options {
        port,
        ..Options::default()
    };
    let error = Sandbox::start(shared_demonstration(), options).unwrap_err();
    assert!(matches!(error, klarert::sandbox::Error::Port { .. }), "{error}");
}

#[test]
fn public_keys_are_read_from_every_supported_form() {
    let pair = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048).unwrap();
    let expected = rcgen::PublicKeyData::der_bytes(&pair).to_vec();
    let pkcs8 = pkcs8::PrivateKeyInfoRef::from_der(pair.serialized_der()).unwrap();
    let pkcs1 = BASE64_STANDARD.encode(pkcs8.private_key.as_bytes());
    let pkcs1 = format!("-----BEGIN RSA PRIVATE KEY-----\n{pkcs1}\n-----END RSA PRIVATE KEY-----\n");
    let certificate = rcgen::CertificateParams::default().self_signed(&pair).unwrap().pem();
    let key = EncodingKey::from_rsa_der(pkcs8.private_key.as_bytes());
    let jwk = jsonwebtoken::jwk::Jwk::from_encoding_key(&key, Algorithm::RS256).unwrap();
    for file in [
        pair.serialize_pem(),
        pair.public_key_pem(),
        format!("Bag Attributes\n    friendlyName: a\n{}", pair.serialize_pem()),
        pkcs1,
        certificate,
        serde_json::to_string(&jwk).unwrap(),
        json!({ "keys": [jwk] }).to_string(),
    ] {
        assert_eq!(
            public_key_file::public_key(file.as_bytes()),
            Some(expected.clone()),
            "{file}"
        );
    }
    let curve = rcgen::KeyPair::generate().unwrap();
    for file in [
        "",
        "nonsense",
        "{}",
        r#"{"keys":[]}"#,
        &curve.serialize_pem(),
        &curve.public_key_pem(),
    ] {
        assert_eq!(public_key_file::public_key(file.as_bytes()), None, "{file}");
    }
}
