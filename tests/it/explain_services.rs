//! Answers in pasted text by the service that sent them: the same words and statuses are sent by others.

use klarert::diagnosis::{Diagnosis, Interpretation, interpret};

const TRACE: &str = "9da034a2aa1bb9a24d01fb80c21280df";

fn causes(text: &str) -> Vec<Diagnosis> {
    match interpret(text) {
        Interpretation::Causes(causes) => causes,
        Interpretation::NotAnError(found) => vec![found],
        Interpretation::OauthError { .. } | Interpretation::TraceIds(_) => Vec::new(),
    }
}

fn variant(cause: &Diagnosis) -> String {
    let found = cause.args.iter().filter(|(name, _)| *name == "variant").last();
    found.map_or(String::new(), |(_, value)| {
        format!("{value:?}").replace(['"', '(', ')'], "").replace("Text", "")
    })
}

/// Asserts that each text has one cause: its id, the variant of its text and who must act.
#[track_caller]
fn assert_each(texts: &[&str], id: &str, of: &str, who: &str) {
    for text in texts {
        let found = causes(text);
        let found: Vec<_> = found
            .iter()
            .map(|cause| (cause.id.as_str(), variant(cause), cause.who.id()))
            .collect();
        assert_eq!(found, [(id, of.to_owned(), who)], "{text}");
    }
}

#[test]
fn answer_of_another_service_is_not_explained_as_ours() {
    assert_each(
        &[
            &format!(
                r#"{{"error":"invalid_client","error_description":"Client authentication failed. (trace_id: {TRACE})","error_uri":"https://test.idporten.no/errors/IDP-100"}}"#
            ),
            "[IDP-100] Client authentication failed. idporten.no",
            r#"POST https://test.ansattporten.no/token {"error":"invalid_grant","error_description":"Invalid JWT signature"}"#,
            r#"POST https://helseid-sts.nhn.no/connect/token {"error":"invalid_grant","error_description":"JWT is expired"}"#,
            "POST https://helseid-sts.nhn.no/connect/token\n{\"error\":\"invalid_grant\",\"error_description\":\"JWT is expired\"}",
            "> POST /connect/token HTTP/1.1\n> Host: helseid-sts.nhn.no\n> \n< HTTP/1.1 400 \n< \n{\"error_description\":\"JWT is expired\"}",
            r#"https://acme.signicat.com/auth/open/connect/token {"error":"invalid_grant","error_description":"JWT is expired"}"#,
            r#"{"error":"invalid_client","error_description":"Client not found"} keycloak.acme.no"#,
            "google.auth.exceptions.RefreshError: ('invalid_grant: Invalid JWT Signature.', {'error': 'invalid_grant'})",
            "gpg: signature made by kari. Expired key",
            "Public key for x.rpm is not installed. Expired key",
            "com.nimbusds.jose.JOSEException: JWT has expired",
            "You are not authorized to request scope https://graph.microsoft.com/.default",
            "not authorized to request scope openid for client my-keycloak-client",
            "not authorized to request scope orders.read",
            "502 Bad Gateway for https://api.acme.no/x",
            "401 Client Error: Unauthorized for url: https://api.acme.no/x",
            "400 Client Error: Bad Request for url: https://api.acme.no/x",
            r#"{"error":"server_error"} https://login.acme.no/oauth2/token"#,
            r#"{"status":500,"path":"/orders"}"#,
            r#"{"error":"invalid_client"} https://appleid.apple.com/auth/token"#,
            r#"{"error":"Forbidden","message":"..."} https://platform.altinn.no/authorization"#,
        ],
        "unknown",
        "other-service",
        "provider",
    );
}

#[test]
fn our_answer_is_explained_beside_another_address() {
    for (text, id) in [
        (
            "POST https://test.maskinporten.no/token 400 JWT is expired",
            "grant-expired",
        ),
        (
            "https://tms.acme.no/send: no token from Maskinporten: JWT is expired",
            "grant-expired",
        ),
        ("https://tms.acme.no/send: Expired key (MP-121)", "key-expired"),
        ("http://localhost:8080/token: Expired key", "key-expired"),
        ("via proxy http://proxy.acme.no:8080: Expired key", "key-expired"),
        ("Nov 26 10:00:00 tms01.acme.no java[1]: Expired key", "key-expired"),
        ("Expired key. See https://docs.digdir.no/", "key-expired"),
        (
            "Not authorized to request scope when I call Customs",
            "customs-not-authorised",
        ),
        (
            "https://tms.acme.no: Not authorized to request scope toll:movement/air",
            "customs-not-authorised",
        ),
        (
            "https://tms.acme.no/jobs/12: Invalid assertion. Client authentication failed. Expired key",
            "key-expired",
        ),
        ("502 Bad Gateway", "service-down"),
    ] {
        let found = causes(text);
        assert_eq!(
            found.iter().map(|cause| cause.id.as_str()).collect::<Vec<_>>(),
            [id],
            "{text}"
        );
    }
}

#[test]
fn status_without_a_body_has_no_cause_and_is_sent_to_nobody() {
    assert_each(
        &[
            "HTTP/1.1 403 Forbidden",
            "403 Forbidden",
            "Forbidden",
            r#"{"message":"Forbidden"}"#,
            "ERROR 403: Forbidden.",
            r#"{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.4","title":"Forbidden","status":403,"traceId":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"}"#,
            "System.Net.Http.HttpRequestException: Response status code does not indicate success: 400 (Bad Request).\n   at System.Net.Http.X()",
            "System.Net.WebException: The remote server returned an error: (400) Bad Request.",
            "System.Net.WebException: The remote server returned an error: (403) Forbidden.",
            "curl: (22) The requested URL returned error: 403 Forbidden",
            "curl: (22) The requested URL returned error: 400",
            "HTTPError: Response code 403 (Forbidden)",
            "AxiosError: Request failed with status code 400",
            "org.springframework.web.client.HttpClientErrorException$BadRequest: 400 Bad Request: [no body]",
            "oauth2: cannot fetch token: 400\nResponse: ",
            "400 Client Error: Bad Request for url: https://test.maskinporten.no/token",
            "IllegalStateException: Token request to https://test.maskinporten.no/token failed with 400",
        ],
        "unknown",
        "refused",
        "you",
    );
    assert_each(
        &[
            r#"{"message":"Bad credentials","documentation_url":"https://docs.github.com/rest","status":"401"}"#,
            r#"{"error":"invalid_grant","error_description":"Full moon"}"#,
            r#"HTTP 400 {"error":"invalid_grant","error_description":"Full moon"}"#,
        ],
        "unknown",
        "whose",
        "you",
    );
    let ours = format!(r#"{{"error":"invalid_grant","error_description":"Full moon (trace_id: {TRACE})"}}"#);
    assert_eq!(causes(&ours)[0].who.id(), "digdir");
}

#[test]
fn only_the_oauth_error_lists_what_is_possible() {
    for text in [
        "forbidden",
        r#"{"error":"forbidden"}"#,
        r#"HTTP 403 {"error":"forbidden"}"#,
    ] {
        assert!(matches!(interpret(text), Interpretation::OauthError { .. }), "{text}");
    }
    for text in [
        "Forbidden",
        r#"{"title":"Forbidden"}"#,
        r#"{"error":"Forbidden"}"#,
        r#"{"message":"forbidden"}"#,
    ] {
        assert!(!matches!(interpret(text), Interpretation::OauthError { .. }), "{text}");
    }
}

#[test]
fn status_and_address_of_customs_tell_the_cause_in_any_order() {
    let api = "https://api-test.toll.no/api/movement/road/v2/test-auth";
    let exchange = "https://api-test.toll.no/api/access/external/oauth/token";
    let forms = |status: &str, reason: &str, url: &str| {
        let path = url.trim_start_matches("https://api-test.toll.no");
        [
            format!("requests.exceptions.HTTPError: {status} Client Error: {reason} for url: {url}"),
            format!("httpx.HTTPStatusError: Client error '{status} {reason}' for url '{url}'"),
            format!("WebClientResponseException: {status} {reason} from POST {url}"),
            format!("feign.FeignException: [{status} {reason}] during [POST] to [{url}] [TollClient#x()]: []"),
            format!("aiohttp.client_exceptions.ClientResponseError: {status}, message='{reason}', url=URL('{url}')"),
            format!("java.io.IOException: Server returned HTTP response code: {status} for URL: {url}"),
            format!(
                "> POST {path} HTTP/1.1\n> Host: api-test.toll.no\n> \n< HTTP/1.1 {status} \n< Content-Length: 0\n< \n* Connection #0"
            ),
            format!("POST {url} {status} {reason}"),
            format!(r#"{{"status":{status},"error":"{reason}","path":"{path}"}}"#),
        ]
    };
    for (status, reason, url, id, of, who) in [
        ("401", "Unauthorized", api, "api-refused", "token", "customs"),
        ("403", "Forbidden", api, "api-refused", "rights", "customs"),
        ("404", "Not Found", api, "api-refused", "address", "provider"),
        ("405", "Method Not Allowed", api, "api-refused", "address", "provider"),
        ("400", "Bad Request", api, "api-refused", "form", "provider"),
        ("415", "Unsupported Media Type", api, "api-refused", "form", "provider"),
        ("409", "Conflict", api, "api-refused", "other", "customs"),
        ("401", "Unauthorized", exchange, "customs-refused", "token", "you"),
        ("403", "Forbidden", exchange, "customs-refused", "rights", "customs"),
        ("404", "Not Found", exchange, "customs-refused", "address", "provider"),
        ("400", "Bad Request", exchange, "customs-refused", "form", "provider"),
        (
            "415",
            "Unsupported Media Type",
            exchange,
            "customs-refused",
            "form",
            "provider",
        ),
    ] {
        for text in forms(status, reason, url) {
            assert_each(&[&text], id, of, who);
            // A program's own request is not fixed in the wizard.
            assert_eq!(causes(&text)[0].step == "check", who == "provider", "{text}");
        }
    }
    // Of two calls in one log, the one that was refused.
    let calls = "> POST /api/access/external/oauth/token HTTP/2\n> Host: api.toll.no\n> \n< HTTP/2 200 \n< \n\
                 > GET /api/movement/road/v2/test-auth HTTP/2\n> Host: api.toll.no\n> \n< HTTP/2 403 \n< \n";
    assert_each(&[calls], "api-refused", "rights", "customs");
    // Customs checks a token in Maskinporten's words.
    let expired = r#"{"status":401,"message":"JWT is expired","path":"/api/movement/road/v2/test-auth"}"#;
    assert_each(&[expired], "api-refused", "token", "customs");
    assert_each(
        &[
            &format!(
                "POST {exchange} HTTP/1.1\n\nHTTP/1.1 400 Bad Request\n\n{{\"error\":\"unsupported_grant_type\"}}"
            ),
            &format!("{exchange} {{\"error\":\"unsupported_grant_type\"}}"),
            r#"{"error":"unsupported_grant_type","error_description":"urn:ietf:params:oauth:grant-type:token-exchange"}"#,
        ],
        "customs-refused",
        "form",
        "provider",
    );
}

#[test]
fn body_on_the_next_lines_outweighs_the_status() {
    let customs = r#"{"status":403,"error":"Forbidden","message":"Not authorized to request scope toll:movement/air"}"#;
    let expired = format!(
        r#"{{"error":"invalid_grant","error_description":"Invalid assertion. Expired key (trace_id: {TRACE})"}}"#
    );
    let exchange = "https://api-test.toll.no/api/access/external/oauth/token";
    for (body, id) in [(customs, "customs-not-authorised"), (expired.as_str(), "key-expired")] {
        for text in [
            format!("Client error: `POST {exchange}` resulted in a `403 Forbidden` response:\n{body}"),
            format!("POST {exchange} 403\nResponse body:\n{body}"),
            format!("Response from {exchange}: 403\n\n{body}"),
            format!("2026-11-26 10:00:00 INFO POST {exchange} -> 403\n2026-11-26 10:00:00 ERROR body: {body}"),
            format!(
                "HttpRequestException: Response status code does not indicate success: 500 (Internal Server Error).\n{body}"
            ),
            format!("Server error: `POST {exchange}` resulted in a `502 Bad Gateway` response:\n{body}"),
        ] {
            let found = causes(&text);
            assert_eq!(
                found.iter().map(|cause| cause.id.as_str()).collect::<Vec<_>>(),
                [id],
                "{text}"
            );
        }
    }
}

#[test]
fn error_of_a_file_counts_beside_the_name_of_a_key_file() {
    assert_each(
        &[
            "java.io.FileNotFoundException: orders.csv (No such file or directory)",
            "Error: ENOENT: no such file or directory, open '/app/public/index.html'",
            "Could not load file or assembly 'Newtonsoft.Json, PublicKeyToken=30ad4fe6b2a6aeed'. The system cannot find the file specified.",
            "Error: spawn git ENOENT",
            "PermissionError: [Errno 13] Permission denied: '/var/log/acme.log'",
            r"System.UnauthorizedAccessException: Access to the path 'C:\logs\app.log' is denied.",
            "binascii.Error: Incorrect padding",
            "ValueError: unterminated string literal (detected at line 1)",
            "bash: unexpected end of input",
        ],
        "unknown",
        "not-an-error",
        "you",
    );
    for (text, id) in [
        (
            "FileNotFoundError: [Errno 2] No such file or directory: '/run/secrets/acme.pem'",
            "key-file-not-found",
        ),
        (
            "PermissionError: could not read the certificate: '/etc/acme/cert'",
            "key-access-denied",
        ),
        (
            "reading acme.pem: binascii.Error: Incorrect padding",
            "key-file-damaged",
        ),
    ] {
        assert_eq!(causes(text)[0].id, id, "{text}");
    }
}

#[test]
fn portal_is_recognised_as_people_describe_it() {
    for (texts, id, who) in [
        (
            &[
                "The scope toll:movement/road/v2 is not in the list",
                "Scope toll:movement/road/v2 does not appear in the list",
                "Scopet toll:movement/road/v2 er ikke i listen",
                "Scopet toll:movement/road/v2 står ikke i lista",
                "Scopet toll:movement/air ligger ikke i listen",
                "Scopet toll:movement/air mangler",
                "Jeg finner ikke toll:movement/road/v2 i listen over scopes",
                "Scopene vises ikke i listen",
            ][..],
            "portal-scope-missing",
            "customs",
        ),
        (
            &[
                "I do not have the button \"Ny integrasjon\"",
                "Jeg har ikke knappen «Ny integrasjon»",
                "Jeg har ikke knappen Legg til klient",
            ],
            "portal-rights-missing",
            "administrator",
        ),
        (
            &[
                "Jeg får ikke logget inn i Samarbeidsportalen med MinID",
                "I cannot log in to Samarbeidsportalen",
            ],
            "portal-login",
            "you",
        ),
        (
            &[
                "Virksomheten har ikke signert de relevante bruksvilkårene",
                "HTTP/1.1 428 Precondition Required",
                "Vi får \"Virksomheten har ikke signert de relevante bruksvilk\u{fffd}rene\" når vi lager klienten",
            ],
            "terms-not-signed",
            "you",
        ),
    ] {
        for text in texts {
            let found = causes(text);
            let found: Vec<_> = found.iter().map(|cause| (cause.id.as_str(), cause.who.id())).collect();
            assert_eq!(found, [(id, who)], "{text}");
        }
    }
}

#[test]
fn every_scope_and_every_quotation_is_named() {
    for sentence in [
        "Token request contains invalid scopes for client, {}",
        "Not authorized to request scopes: {}",
        "Consumer has not been granted access to the scope {}",
    ] {
        for list in [
            "toll:movement/road/v2 toll:movement/air",
            "toll:movement/road/v2, toll:movement/air",
        ] {
            let text = format!("{} (trace_id: {TRACE})", sentence.replace("{}", list));
            let found = causes(&text);
            let scope = found[0].args.iter().filter(|(name, _)| *name == "scope").last();
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(
                scope.unwrap().1.clone(),
                "toll:movement/road/v2, toll:movement/air".into(),
                "{text}"
            );
        }
    }
    let refusal = "Consumer has not been granted access to the scope";
    let found = causes(&format!(
        "{refusal} toll:movement/road/v2 and {refusal} toll:movement/air"
    ));
    let scope = found[0].args.iter().filter(|(name, _)| *name == "scope").last();
    assert_eq!(
        scope.unwrap().1.clone(),
        "toll:movement/road/v2, toll:movement/air".into()
    );
    for (text, ids) in [
        (
            "Jeg prøvde med kid og fikk \"Unknown key identifier (kid) for client\", så med x5c og fikk \"The client requires pre-registered jwk and no key identifier (kid) provided\".",
            ["kid-unknown", "kid-required"],
        ),
        (
            "\"Invalid JWT claim aud\" i går, og i dag \"JWT is expired\"",
            ["audience-wrong", "grant-expired"],
        ),
    ] {
        let found = causes(text);
        assert_eq!(
            found.iter().map(|cause| cause.id.as_str()).collect::<Vec<_>>(),
            ids,
            "{text}"
        );
    }
}

#[test]
fn text_that_ends_in_the_middle_is_not_sent_to_digdir() {
    assert_each(
        &[
            "Invalid assertion. Client authentication failed. Unknown key ident",
            "Invalid assertion. Client authentication failed. The client requires pre-reg…",
            r#"{"error":"invalid_grant","error_description":"Invalid assertion. Client authentication fai"#,
            r#"{"error":"invalid_scope","error_description":"Token request contains inv"#,
        ],
        "unknown",
        "cut",
        "you",
    );
    let opening = "Invalid assertion. Client authentication failed. Full moon";
    assert_each(&[opening], "unknown", "opening", "digdir");
}

#[test]
fn unknown_code_is_read_on_its_page_first() {
    let texts = klarert::text::Texts::new(klarert::text::Language::English);
    for (text, page) in [
        (
            r#"{"error":"invalid_request","error_description":"x","error_uri":"https://test.maskinporten.no/errors/MP-140"}"#,
            "https://test.maskinporten.no/errors/MP-140",
        ),
        ("MP-140", "https://maskinporten.no/errors/MP-140"),
    ] {
        let found = &causes(text)[0];
        let fix = found.fix(&texts);
        assert!(
            fix[0].ends_with(page) && fix[1].ends_with("https://maskinporten.no/errors/"),
            "{fix:?}"
        );
    }
}

#[test]
fn norwegian_windows_messages_are_known() {
    for (text, id) in [
        (
            "En eksisterende tilkobling ble tvangslukket av den eksterne verten",
            "connection-cut",
        ),
        (
            "Det angitte nettverkspassordet er ikke riktig.",
            "key-file-wrong-password",
        ),
        (
            "Det eksterne sertifikatet er ugyldig i henhold til valideringsprosedyren.",
            "tls-untrusted",
        ),
        (
            "Et tilkoblingsforsøk mislyktes fordi den tilkoblede parten ikke svarte riktig etter en viss tid",
            "no-answer",
        ),
    ] {
        assert_eq!(causes(text)[0].id, id, "{text}");
    }
}

#[test]
fn redirect_is_told_by_its_target_or_the_service() {
    assert_each(
        &[
            "HTTP/1.1 302 Found\nLocation: https://login.corp.example/",
            "< HTTP/1.1 301 Moved Permanently\n< Location: https://www.maskinporten.no/token",
            "307 Temporary Redirect for url: https://maskinporten.no/token",
            "Redirect response '302 Found' for url 'https://maskinporten.no/token'\nRedirect location: 'https://x.example/'",
        ],
        "redirected",
        "other",
        "network",
    );
    for text in [
        "GET /login 302 Found",
        "2026-11-27 GET /login 302 Found Location: https://www.maskinporten.no/",
        "We follow HTTP 301 Moved Permanently; location: Oslo office",
    ] {
        assert_eq!(causes(text)[0].id, "unknown", "{text}");
    }
}

#[test]
fn status_in_the_words_of_a_localised_framework_is_a_refusal_without_its_reason() {
    assert_each(
        &[
            "The remote server returned an error: (400) Bad Request.",
            "Den eksterne serveren returnerte feilen (400) Ugyldig forespørsel.",
            "Der Remoteserver hat einen Fehler zurückgegeben: (400) Ungültige Anforderung.",
            "Serwer zdalny zwrócił błąd: (400) Nieprawidłowe żądanie.",
            "Fjärrservern returnerade ett fel: (400) Felaktig begäran.",
            "Le serveur distant a retourné une erreur : (400) Demande incorrecte.",
        ],
        "unknown",
        "refused",
        "you",
    );
    assert_each(
        &["Der Remoteserver hat einen Fehler zurückgegeben: (503) Server nicht verfügbar."],
        "service-down",
        "other",
        "digdir",
    );
}

#[test]
fn expired_certificate_without_a_sign_of_tls_may_be_the_users() {
    assert_each(
        &[
            "Our business certificate has expired",
            "certificate has expired: CN=ACME AS, organizationIdentifier=NTRNO-987654325",
            "java.security.cert.CertificateExpiredException: NotAfter: Thu Nov 26 10:00:00 CET 2026",
            "Sertifikatfeil: certificate has expired",
        ],
        "unknown",
        "expired",
        "you",
    );
    assert_each(
        &[
            "curl: (60) SSL certificate problem: certificate has expired",
            "PKIX path validation failed: java.security.cert.CertPathValidatorException: validity check failed",
            "ssl.SSLCertVerificationError: certificate verify failed: certificate has expired (_ssl.c:1000)",
            "https://maskinporten.no/token: certificate has expired",
            "javax.net.ssl.SSLHandshakeException: java.security.cert.CertificateExpiredException: NotAfter: x",
        ],
        "tls-untrusted",
        "expired",
        "network",
    );
}

#[test]
fn sentence_about_the_connection_before_an_answer_is_no_cause() {
    let answer = format!(
        r#"{{"error":"invalid_grant","error_description":"Invalid assertion. Client authentication failed. Expired key (trace_id: {TRACE})"}}"#
    );
    for before in [
        "Hi, the connection was refused by Maskinporten with:",
        "The connection was reset? We get:",
        "Connection refused.",
    ] {
        let found = causes(&format!("{before}\n{answer}"));
        let ids: Vec<&str> = found.iter().map(|cause| cause.id.as_str()).collect();
        assert_eq!(ids, ["key-expired"], "{before}");
    }
    let found = causes(&format!("java.net.ConnectException: Connection refused\n{answer}"));
    assert_eq!(found.len(), 2, "a message of a program tells of an event of its own");
}

#[test]
fn successful_answer_is_no_error() {
    assert_each(
        &[
            r#"{"access_token":"eyJhbGciOiJSUzI1NiJ9.e30.c2ln","token_type":"Bearer","expires_in":119,"scope":"toll:movement/road/v2"}"#,
            r#"{"issued_token_type":"access_token","access_token":"x","token_type":"Bearer","expires_in":970}"#,
        ],
        "unknown",
        "token",
        "you",
    );
    assert_each(
        &[
            "HTTP/1.1 202 Accepted\n\n{\"requestId\":\"5f0c0c6e-1\"}",
            r#"{"status":"VALID","requestId":"5f0c0c6e-1","validationErrors":[]}"#,
        ],
        "unknown",
        "accepted",
        "you",
    );
    assert_each(
        &[
            r#"{"requestId":"5f0c0c6e-1"}"#,
            r#"{"requestId":"5f0c0c6e-1","status":"REJECTED","validationErrors":[]}"#,
            r#"{"requestId":"5f0c0c6e-1","validationErrors":[],"message":{"field":"x"}}"#,
            r#"Got {"access_token":"x","token_type":"Bearer"} but then our program crashed"#,
        ],
        "unknown",
        "not-an-error",
        "you",
    );
}

#[test]
fn messages_of_winhttp_and_sap_are_told_by_their_cause() {
    for (text, id) in [
        ("The server name or address could not be resolved", "name-not-found"),
        ("Error sending data: (12002) 0x80072EE2", "no-answer"),
        ("WinHttp 80072EE7", "name-not-found"),
        ("A security error occurred", "tls-failed"),
        ("ICM_HTTP_TIMEOUT", "no-answer"),
        ("NIECONN_REFUSED (-10)", "connection-refused"),
        ("NIEHOST_UNKNOWN (-2)", "name-not-found"),
        (
            "iaik.security.ssl.SSLCertificateException: Peer certificate rejected by ChainVerifier",
            "tls-untrusted",
        ),
    ] {
        let found = causes(text);
        let ids: Vec<&str> = found.iter().map(|cause| cause.id.as_str()).collect();
        assert_eq!(ids, [id], "{text}");
    }
}

#[test]
fn missing_right_or_scope_in_the_portal_is_told_as_people_write_it() {
    for (text, id) in [
        (
            "Jeg har ikke tilgang til selvbetjening av klienter i Maskinporten",
            "portal-rights-missing",
        ),
        (
            "Jeg mangler rettigheten Selvbetjening av klienter i ID-porten/Maskinporten",
            "portal-rights-missing",
        ),
        (
            "Du har ikke tilgang til denne virksomheten i Samarbeidsportalen",
            "portal-rights-missing",
        ),
        ("Vi får ikke opp Legg til klient", "portal-rights-missing"),
        (
            "The scope we need is not in the list when we choose Add scope",
            "portal-scope-missing",
        ),
        (
            "The scope we need is missing from the list in Samarbeidsportalen",
            "portal-scope-missing",
        ),
        ("Scopet vi trenger ligger ikke i listen", "portal-scope-missing"),
    ] {
        let found = causes(text);
        let ids: Vec<&str> = found.iter().map(|cause| cause.id.as_str()).collect();
        assert_eq!(ids, [id], "{text}");
    }
}
