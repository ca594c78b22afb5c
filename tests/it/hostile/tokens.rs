//! Tokens that a server repeats: none is shown, whole or in part.

use klarert::text::{Language, Texts};
use serde_json::json;

use super::{Checked, check_against};
use crate::support::service::{EXCHANGE, METADATA, ROAD, Reply, Request, TOKEN, token_answer};

/// An access token without a form, of words and of random characters.
const OPAQUE: [&str; 2] = ["access-token-of-plain-words-only", "8oLx0T-3pQbV7_yKzR2mNcW5sJdF9hGa"];

/// Everything of a report that is shown, saved or printed.
fn shown(checked: &Checked) -> String {
    let mut all = format!("{:?}", checked.report);
    for language in Language::ALL {
        let texts = Texts::new(language);
        all.push_str(&checked.report.to_json(&texts).to_string());
        for stage in &checked.report.stages {
            all.push_str(&stage.summary(&texts));
        }
        if let Some(diagnosis) = &checked.report.diagnosis {
            all.push_str(&diagnosis.title(&texts));
            all.push_str(&diagnosis.cause(&texts));
            all.push_str(&diagnosis.fix(&texts).concat());
        }
    }
    all
}

#[track_caller]
fn assert_hides(checked: &Checked, token: &str) {
    let shown = shown(checked);
    for part in token.as_bytes().windows(16) {
        let part = std::str::from_utf8(part).unwrap();
        assert!(!shown.contains(part), "{part} of {token} in {shown}");
    }
}

/// Returns responses that repeat a token, in every place that is shown.
fn echoes(token: &str) -> Vec<Reply> {
    let half = &token[..token.len() * 2 / 3];
    let escaped: String = token.chars().map(|c| format!("\\u{:04x}", c as u32)).collect();
    vec![
        Reply::refusal(400, "invalid_grant", "", &format!("The token {token} is bad")),
        Reply::refusal(400, token, "", token),
        Reply::json(
            400,
            json!({ "error": "x", "error_uri": format!("https://a.example/{token}") }),
        ),
        Reply::json(400, json!({ "message": format!("not {half}") })),
        Reply::json(400, json!({ "detail": format!("trace_id: {token}") })),
        Reply::text(400, "application/json", &format!("{{\"error\":\"{escaped}\"}}")),
        Reply::text(400, "text/plain", token),
        Reply::text(403, "text/plain", &format!("{}{token}", "x ".repeat(90))),
        Reply::text(403, "text/html", &format!("<title>Bad {token}</title>")),
        Reply::text(302, "text/plain", "").header("Location", &format!("https://login.example/{token}/next?a=1")),
        Reply::text(302, "text/plain", "").header("Location", token),
    ]
}

#[test]
fn repeated_grant_is_not_shown() {
    for number in 0..echoes("0123456789abcdef").len() {
        let checked = check_against(
            move |request: &Request| {
                (request.path == TOKEN).then(|| echoes(&request.field("assertion")).swap_remove(number))
            },
            |_, _| {},
        );
        assert_hides(&checked, &checked.service.requests(TOKEN)[0].field("assertion"));
    }
}

#[test]
fn repeated_access_token_is_not_shown() {
    for token in OPAQUE {
        for (number, path) in (0..echoes(token).len()).flat_map(|number| [(number, EXCHANGE), (number, ROAD)]) {
            let checked = check_against(
                move |request| {
                    let base = format!("http://{}", request.headers["host"]);
                    match request.path.as_str() {
                        asked if asked == path => Some(echoes(token).swap_remove(number)),
                        TOKEN => {
                            let mut answer = token_answer(request, &base, |_| {});
                            answer["access_token"] = json!(token);
                            Some(Reply::json(200, answer))
                        }
                        EXCHANGE => Some(Reply::json(
                            200,
                            json!({ "access_token": token, "token_type": "Bearer", "expires_in": 970 }),
                        )),
                        _ => None,
                    }
                },
                |_, _| {},
            );
            assert_ne!(checked.diagnosis(), "passed");
            assert_hides(&checked, token);
        }
    }
}

#[test]
fn random_text_of_any_server_is_not_shown() {
    for (number, path) in (0..echoes(OPAQUE[1]).len()).flat_map(|number| [(number, METADATA), (number, TOKEN)]) {
        let checked = check_against(
            move |request| (request.path == path).then(|| echoes(OPAQUE[1]).swap_remove(number)),
            |_, _| {},
        );
        assert_hides(&checked, OPAQUE[1]);
    }
}

#[test]
fn token_with_characters_that_steer_a_shell_is_refused() {
    for token in [
        "url = \"file:///etc/passwd\"",
        "a\nb",
        "a b",
        "a\"b",
        "a'b",
        "$(id)",
        "a;b",
        "a|b",
        "`id`",
        "å",
        "a%00",
        "\\a",
    ] {
        let checked = check_against(
            move |request| {
                let base = format!("http://{}", request.headers["host"]);
                (request.path == TOKEN).then(|| {
                    let mut answer = token_answer(request, &base, |_| {});
                    answer["access_token"] = json!(token);
                    Reply::json(200, answer)
                })
            },
            |_, _| {},
        );
        assert_eq!(checked.diagnosis(), "answer-malformed", "{token}");
        assert_eq!(checked.service.requests(EXCHANGE).len(), 0, "{token}");
    }
}
