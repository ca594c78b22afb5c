//! Whole answers of Maskinporten in the messages that carry them: of gateways, web pages, loggers and curl, and several answers
//! in one text.

use klarert::diagnosis::{Diagnosis, Interpretation, interpret};
use serde_json::{Value, json};

const TRACE: &str = "9da034a2aa1bb9a24d01fb80c21280df";
/// The trace id of the caller's own log.
const OWN_TRACE: &str = "00112233445566778899aabbccddeeff";
const OPENING: &str = "Invalid assertion. Client authentication failed.";

/// A refusal: the diagnosis, the OAuth error, the sentence after the opening ones if there are any, and the code.
type Refusal = (&'static str, &'static str, &'static str, Option<&'static str>);

const AFTER_OPENING: [Refusal; 11] = [
    ("client-unknown", "invalid_grant", "", Some("MP-100")),
    (
        "audience-wrong",
        "invalid_grant",
        "Invalid JWT claim aud",
        Some("MP-110"),
    ),
    (
        "certificate-refused",
        "invalid_grant",
        "The JWT is signed with an invalid certificate",
        Some("MP-120"),
    ),
    ("key-expired", "invalid_grant", "Expired key", Some("MP-121")),
    (
        "organisation-mismatch",
        "invalid_grant",
        "Invalid organization number for client. Does not match certificate orgno",
        Some("MP-122"),
    ),
    (
        "x5c-malformed",
        "invalid_grant",
        "Invalid JWT header x5c",
        Some("MP-123"),
    ),
    (
        "signature-invalid",
        "invalid_grant",
        "Invalid JWT signature",
        Some("MP-124"),
    ),
    ("grant-expired", "invalid_grant", "JWT is expired", Some("MP-130")),
    ("clock-ahead", "invalid_grant", "Issue time is after now", None),
    ("grant-reused", "invalid_grant", "Grant is used before", Some("MP-012")),
    (
        "kid-unknown",
        "invalid_grant",
        "Unknown key identifier (kid) for client.",
        Some("MP-100"),
    ),
];

const OTHERS: [Refusal; 6] = [
    (
        "grant-malformed",
        "invalid_request",
        "Invalid assertion. Invalid parameter value",
        Some("MP-011"),
    ),
    (
        "consumer-is-self",
        "invalid_request",
        "The combination consumer_org in claim and delegation scope on client is invalid",
        None,
    ),
    (
        "scope-not-on-client",
        "invalid_scope",
        "Token request contains invalid scopes for client, toll:movement/road/v2",
        Some("MP-200"),
    ),
    (
        "wrong-integration-type",
        "invalid_scope",
        "Token request contains scopes not allowed for maskinporten",
        Some("MP-201"),
    ),
    (
        "scope-not-granted",
        "forbidden",
        "Consumer has not been granted access to the scope toll:movement/road/v2",
        Some("MP-250"),
    ),
    (
        "not-delegated",
        "forbidden",
        "Consumer 0192:974761076 has not delegated access to the scope toll:movement/air to supplier 0192:991825827",
        Some("MP-251"),
    ),
];

/// Returns each diagnosis with the description that Maskinporten sends, and the whole answer.
fn answers() -> Vec<(&'static str, String, Value)> {
    let after =
        AFTER_OPENING.map(|(id, error, words, code)| (id, error, format!("{OPENING} {words}").trim().to_owned(), code));
    let others = OTHERS.map(|(id, error, words, code)| (id, error, words.to_owned(), code));
    let all = after.into_iter().chain(others);
    let answer = |(id, error, words, code): (&'static str, &str, String, Option<&str>)| {
        let mut body = json!({"error": error, "error_description": format!("{words} (trace_id: {TRACE})")});
        if let Some(code) = code {
            body["error_uri"] = format!("https://test.maskinporten.no/errors/{code}").into();
        }
        (id, words, body)
    };
    all.map(answer).collect()
}

fn causes(text: &str) -> Vec<Diagnosis> {
    match interpret(text) {
        Interpretation::Causes(causes) => causes,
        _ => Vec::new(),
    }
}

fn ids(text: &str) -> Vec<String> {
    causes(text).into_iter().map(|cause| cause.id).collect()
}

#[test]
fn a_refusal_outweighs_what_carried_it() {
    let mut wrong = Vec::new();
    for (id, _, body) in answers() {
        let spring = json!({"timestamp": "2026-11-26T10:00:00", "status": 500, "error": "Internal Server Error",
            "message": format!("400 Bad Request: {body}"), "path": "/api/send"});
        for text in [
            format!("502 Bad Gateway: {body}"),
            format!("502 Bad Gateway\n{body}"),
            format!("HTTP 503\n\n{body:#}"),
            format!("Status: 502 Bad Gateway\nBody: {body}"),
            format!("HTTP 500 from /api/x: {body}"),
            format!("POST https://api.samarbeid.digdir.no/api/v1/clients: no token: 401 {body}"),
            format!("connect timeout=5000 read timeout=10000 {body}"),
            format!("retry 3 after connection reset: {body}"),
            format!("{body} -> giving up after 3 attempts (connection reset)"),
            format!("{body} -> HTTP 500 Internal Server Error"),
            format!("{body}\n<html>"),
            format!("{body}\nERROR service unavailable, giving up"),
            format!("<html><body>{body}</body></html>"),
            format!("<!DOCTYPE html><html><head><title>Error 500</title></head><body><pre>{body}</pre></body></html>"),
            spring.to_string(),
            format!("HTTP/1.1 502 Bad Gateway\nServer: acme\n\n{body}"),
            format!(
                "HTTP/1.1 503 Service Unavailable\nVia: 1.1 proxy.corp\nContent-Type: application/json\n\n{body:#}"
            ),
            format!(
                "* Immediate connect fail for 2a02:9cc::301: Network is unreachable\n*   Trying 139.105.36.132:443...\n\
                 * TLSv1.3 (OUT), TLS handshake, Client hello (1):\n> POST /token HTTP/1.1\n> Host: test.maskinporten.no\n> \n\
                 < HTTP/1.1 400 \n< Content-Type: application/json\n< \n* Connection #0 left intact\n{body}"
            ),
            format!("> POST /token HTTP/1.1\n< HTTP/1.1 400 \n< \n{body}\n* Connection #0 to host left intact"),
        ] {
            let found: Vec<_> = causes(&text)
                .into_iter()
                .map(|cause| (cause.id, cause.trace_id))
                .collect();
            if found != [(id.to_owned(), Some(TRACE.to_owned()))] {
                wrong.push(format!("{id}: {found:?} {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_answer_of_a_list_is_explained() {
    let mut wrong = Vec::new();
    let answers = answers();
    for (number, (first, first_words, one)) in answers.iter().enumerate() {
        // The opening sentences alone are followed and preceded by every other answer.
        let is_opening = |id: &str| matches!(id, "client-unknown" | "grant-malformed");
        let others = answers.iter().enumerate().filter(|(other, (id, ..))| {
            id != first && (is_opening(id) || is_opening(first) || number.abs_diff(*other) == 1)
        });
        for (_, (second, second_words, other)) in others {
            let (a, b) = (first_words, second_words);
            for text in [
                format!("{one}\n{other}"),
                format!("[{one},{other}]"),
                format!("{one},{other}"),
                format!("{one} {other}"),
                format!("{:#}", json!([one, other])),
                json!({"errors": [one, other]}).to_string(),
                format!("{:#}", json!({"errors": [one, other]})),
                json!({"first": one, "second": other}).to_string(),
                format!("<ul><li>{a}</li><li>{b}</li></ul>"),
                format!("<li>{a}</li>\n<li>{b}</li>"),
                format!("<tr><td>1</td><td>{a}</td></tr><tr><td>2</td><td>{b}</td></tr>"),
                format!("- {a}\n- {b}"),
                format!("* {a}\n* {b}"),
                format!("1. {a}\n2. {b}"),
                format!("1;\"{a}\"\n2;\"{b}\""),
                format!("{a} (trace_id: {TRACE})\n{b} (trace_id: {OWN_TRACE})"),
                format!("A: {a} (trace_id: {TRACE}), B: {b} (trace_id: {OWN_TRACE})"),
                format!("{a}\n\n{b}"),
                format!("{a}\n{b}"),
            ] {
                let found = ids(&text);
                if found != [*first, *second] {
                    wrong.push(format!("{first}, {second}: {found:?} {text}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn trace_id_is_that_of_the_description() {
    let expired = format!("{OPENING} Expired key (trace_id: {TRACE})");
    let answer = json!({"error": "invalid_grant", "error_description": &expired}).to_string();
    for text in [
        format!(
            "2026-11-26T10:00:00Z INFO traceId={OWN_TRACE} GET /health 200\n2026-11-26T10:00:05Z ERROR token: {answer}"
        ),
        json!({"@t": "2026", "TraceId": OWN_TRACE, "@m": answer}).to_string(),
        json!({"message": answer, "traceId": OWN_TRACE}).to_string(),
        format!("trace_id={OWN_TRACE} level=error msg=\"{expired}\""),
        format!("traceparent: 00-{OWN_TRACE}-0011223344556677-01\n{answer}"),
        format!("traceparent=00-{OWN_TRACE}-0011223344556677-01 level=error msg=\"{expired}\""),
        format!("correlation id: {OWN_TRACE}, our log. Maskinporten: {expired}"),
        format!("{expired}\ntraceId={OWN_TRACE}"),
        format!("traceId={OWN_TRACE}\n\n{expired}"),
        format!("{OPENING} Expired key\n(trace_id: {TRACE})"),
        json!({"error_description": "Expired key", "trace_id": TRACE, "requestId": OWN_TRACE}).to_string(),
        format!("Trace id: {TRACE}. Expired key"),
        format!("Hei, trace id er {TRACE}.\n\nExpired key"),
    ] {
        let found: Vec<_> = causes(&text)
            .into_iter()
            .map(|cause| (cause.id, cause.trace_id))
            .collect();
        assert_eq!(found, [("key-expired".to_owned(), Some(TRACE.to_owned()))], "{text}");
    }
    let text = format!("A: Expired key (trace_id: {OWN_TRACE}), B: Invalid JWT signature (trace_id: {TRACE})");
    let traces: Vec<_> = causes(&text).into_iter().filter_map(|cause| cause.trace_id).collect();
    assert_eq!(traces, [OWN_TRACE, TRACE]);
    let received: Vec<_> = causes(&text)
        .into_iter()
        .filter_map(|cause| cause.received?.error_description)
        .collect();
    assert!(
        !received[0].contains("signature") && !received[1].contains("Expired"),
        "{received:?}"
    );
}

#[test]
fn the_same_refusal_of_two_scopes_is_two_errors() {
    for refusal in [
        "Consumer has not been granted access to the scope",
        "Token request contains invalid scopes for client,",
        "Not authorized to request scope",
    ] {
        let of = |scope: &str| format!("{refusal} toll:movement/{scope}");
        let (road, air) = (of("road/v2"), of("air"));
        for text in [
            format!("{road}\n{air}"),
            format!("{road}\n{air}\n{road}"),
            json!([{"error_description": road}, {"error_description": air}]).to_string(),
            format!("{road} (trace_id: {TRACE}), {air} (trace_id: {OWN_TRACE})"),
        ] {
            let scopes: Vec<_> = causes(&text)
                .iter()
                .map(|cause| {
                    cause
                        .args
                        .iter()
                        .filter(|(name, _)| *name == "scope")
                        .last()
                        .map(|(_, scope)| scope.clone())
                })
                .collect();
            let expected = ["toll:movement/road/v2", "toll:movement/air"].map(|scope| Some(scope.into()));
            assert_eq!(scopes, expected, "{text}");
        }
    }
}

#[test]
fn an_http_answer_has_one_cause() {
    let customs = r#"{"timestamp":"2026-11-26T10:00:00Z","status":403,"error":"Forbidden","message":"Not authorized to request scope toll:movement/air","path":"/api/access/external/oauth/token"}"#;
    let portal = r#"{"status":404,"timestamp":"2026","error":"NOT_FOUND","error_description":"Client not found","correlation_id":"9da034a2"}"#;
    let curl = "*   Trying 139.105.36.132:443...\n* Immediate connect fail for 2a02:9cc::301: Network is unreachable\n\
                * TLSv1.3 (OUT), TLS handshake, Client hello (1):\n* SSL certificate verify ok.\n> GET / HTTP/1.1\n> \n";
    for (text, id) in [
        (format!("POST https://api-test.toll.no/api/access/external/oauth/token\nHTTP/1.1 403\n{customs}"), "customs-not-authorised"),
        (format!("HTTP/1.1 403 Forbidden\nDate: x\n\n{customs}"), "customs-not-authorised"),
        ("POST /api/access/external/oauth/token 403\nNot authorized to request scope toll:movement/air".to_owned(), "customs-not-authorised"),
        ("HTTP/1.1 407 Proxy Authentication Required\nProxy-Authenticate: NTLM\n\n<html><title>Access Denied</title></html>".to_owned(), "proxy-refused"),
        ("HTTP/1.1 503 Service Unavailable\n\n<html><body>Try later</body></html>".to_owned(), "service-down"),
        ("HTTP/1.1 403 Forbidden\nServer: Zscaler/6.2\n\n<html><title>Access blocked</title></html>".to_owned(), "html-answer"),
        ("HTTP/1.1 401 Unauthorized\nwww-authenticate: Bearer error=\"invalid_token\"\n\n".to_owned(), "token-refused"),
        (format!("{curl}< HTTP/1.1 503 Service Unavailable\n< \n"), "service-down"),
        (format!("{curl}< HTTP/1.1 401 \n< \n"), "token-refused"),
        (format!("{portal} https://api.samarbeid.digdir.no/api/v1/clients/3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f"), "portal-client-unknown"),
        (portal.to_owned(), "portal-client-unknown"),
        (format!("HTTP/1.1 404\n\n{portal}"), "portal-client-unknown"),
        ("HTTP 428 from POST https://api.test.samarbeid.digdir.no/api/v1/clients".to_owned(), "terms-not-signed"),
        ("POST https://api.samarbeid.digdir.no/api/v1/clients\nHTTP/1.1 428 Precondition Required\n".to_owned(), "terms-not-signed"),
        ("HTTP 409 from PUT https://api.samarbeid.digdir.no/api/v1/clients/x".to_owned(), "portal-client-deactivated"),
        ("HTTP 503 from https://api.samarbeid.digdir.no/api/v1/clients".to_owned(), "service-down"),
    ] {
        assert_eq!(ids(&text), [id], "{text}");
    }
    // No error is in these.
    for text in [
        format!("{curl}< HTTP/1.1 200 OK\n< \n{{\"access_token\":\"x\",\"expires_in\":119}}"),
        "CONNECTED(00000003)\nSSL handshake has read 4000 bytes and written 400 bytes\nVerify return code: 0 (ok)"
            .to_owned(),
        "Connection established. TLS handshake completed. Token received 200 in 88 ms; no timeout".to_owned(),
    ] {
        assert_eq!(ids(&text), [""; 0], "{text}");
    }
}

#[test]
fn wrapped_opening_sentences_are_one_error() {
    for text in [
        "Invalid assertion.\nClient authentication failed.",
        "Invalid assertion. \nClient authentication failed.\n(trace_id: 9da034a2aa1bb9a24d01fb80c21280df)",
        "> Invalid assertion.\n> Client authentication failed.",
        "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid assertion.\nClient authentication failed.\"}",
        "> {\"error\":\"invalid_grant\",\"error_description\":\"Invalid assertion.\n> Client authentication failed. (trace_id: 9da034a2)\"}",
        "error: invalid_grant\nerror_description: Invalid assertion.\n Client authentication failed.",
        "Invalid assertion. Client\nauthentication failed.",
    ] {
        assert_eq!(ids(text), ["client-unknown"], "{text}");
    }
    for (text, id) in [
        (
            "Invalid assertion.\nClient authentication failed.\nUnknown key identifier (kid) for client.",
            "kid-unknown",
        ),
        (
            "error_description: Invalid assertion. Client authentication failed.\nerror_uri: https://maskinporten.no/errors/MP-122",
            "organisation-mismatch",
        ),
        (
            "error_uri: https://maskinporten.no/errors/MP-122\nerror_description: Invalid assertion. Client authentication failed.",
            "organisation-mismatch",
        ),
        (
            "error_description: Unknown key identifier (kid) (trace_id: 9da034a2)\nerror_uri: https://maskinporten.no/errors/MP-100",
            "kid-unknown",
        ),
        (
            "error_description: Issue time is after now\nerror_uri: https://maskinporten.no/errors/MP-130",
            "clock-ahead",
        ),
        ("Invalid assertion.", "grant-malformed"),
    ] {
        assert_eq!(ids(text), [id], "{text}");
    }
}

#[test]
fn errors_of_other_services_get_no_advice_on_maskinporten() {
    for text in [
        "ssh: connect to host 10.0.0.1 port 22: Connection timed out",
        "psql: error: connection to server at \"db.acme.no\" (10.0.0.5), port 5432 failed: Connection refused",
        "SendAsync failed. No connection could be made because the target machine actively refused it. (db.acme.no:1433)",
        "redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.",
        "dial tcp 10.0.0.7:6379: connect: connection refused",
        "java.net.ConnectException: Connection refused: db.acme.no:1521",
        "smtplib: could not connect to smtp.acme.no:587: timed out",
        "docker: Error response from daemon: toomanyrequests: You have reached your pull rate limit.",
        r#"{"error":"invalid_grant","error_description":"AADSTS70008: The refresh token has expired."}"#,
        r#"{"error":"invalid_grant","error_description":"Invalid JWT Signature."} from https://oauth2.googleapis.com/token"#,
        r#"https://oauth2.googleapis.com/token: {"error":"invalid_grant","error_description":"Invalid JWT Signature."}"#,
        "POST https://login.microsoftonline.com/x/token\nHTTP/1.1 400 Bad Request\n\n{\"error_description\":\"Client not found\"}",
        r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}"#,
    ] {
        let found: Vec<_> = causes(text)
            .into_iter()
            .map(|cause| {
                let variant = cause.args.iter().filter(|(name, _)| *name == "variant").last();
                (cause.id, cause.who.id(), variant.map(|(_, variant)| variant.clone()))
            })
            .collect();
        assert_eq!(
            found,
            [("unknown".to_owned(), "provider", Some("other-service".into()))],
            "{text}"
        );
    }
    for (text, id) in [
        (
            "dial tcp 139.105.36.132:443: connect: connection refused",
            "connection-refused",
        ),
        ("connect ECONNREFUSED 127.0.0.1:8080", "connection-refused"),
        (
            "redis localhost:6379 ok; test.maskinporten.no: Connection timed out",
            "no-answer",
        ),
        (
            "pool db.acme.no:5432 {\"error_description\":\"Expired key\"} connection reset",
            "key-expired",
        ),
        (
            "login.microsoftonline.com ok {\"error_uri\":\"https://maskinporten.no/errors/MP-121\"}",
            "key-expired",
        ),
    ] {
        assert_eq!(ids(text), [id], "{text}");
    }
}

#[test]
fn of_the_flags_of_a_chain_the_most_severe_counts() {
    let chain = "The remote certificate is invalid because of errors in the certificate chain:";
    for (flags, id) in [
        (
            "UntrustedRoot, RevocationStatusUnknown, OfflineRevocation",
            "tls-untrusted",
        ),
        (
            "RevocationStatusUnknown, UntrustedRoot, OfflineRevocation",
            "tls-untrusted",
        ),
        (
            "PartialChain, RevocationStatusUnknown, OfflineRevocation",
            "tls-untrusted",
        ),
        ("NotTimeValid, RevocationStatusUnknown", "tls-untrusted"),
        ("RevocationStatusUnknown, OfflineRevocation", "revocation-unchecked"),
    ] {
        assert_eq!(ids(&format!("{chain} {flags}")), [id], "{flags}");
    }
}

#[test]
fn windows_key_errors_are_told_apart() {
    for (message, id) in [
        ("The system cannot find the file specified", "key-file-not-found"),
        ("The system cannot find the file specified.", "key-file-not-found"),
        ("Access is denied.", "key-access-denied"),
        ("Keyset does not exist", "key-access-denied"),
    ] {
        let text =
            format!("Internal.Cryptography.CryptoThrowHelper+WindowsCryptographicException: {message}\n   at System.X");
        assert_eq!(ids(&text), [id], "{text}");
        assert_eq!(ids(&format!("WindowsCryptographicException: {message}")), [id]);
    }
}

#[test]
fn ids_under_another_name_are_no_trace_ids() {
    let id = "3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f";
    for text in [
        format!(r#"{{"client_id":"{id}","client_name":"x","integration_type":"maskinporten","active":true}}"#),
        format!(
            r#"{{"jti":"x","iss":"https://test.maskinporten.no/","client_id":"{id}","consumer":{{"ID":"0192:974761076"}}}}"#
        ),
        format!("HTTP/2 202 \n{{\"requestId\":\"{id}\"}}"),
        format!("client_id: {id}"),
    ] {
        assert!(matches!(interpret(&text), Interpretation::NotAnError(_)), "{text}");
    }
    for text in [
        id.to_owned(),
        format!("correlation_id: {id}"),
        format!("Hei, vi fikk {id} i svaret"),
    ] {
        assert_eq!(
            interpret(&text),
            Interpretation::TraceIds(vec![id.to_owned()]),
            "{text}"
        );
    }
}
