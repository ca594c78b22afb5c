//! Customs' side of the road: Maskinporten's token exchanged for Customs' own, and the test call
//! (toll.github.io, Technical integration). One request each; when to try again is for [`check`](crate::check).

use crate::{
    diagnosis::{Received, StageFailure},
    http::{Answer, Http, RequestError},
    maskinporten::token::{Token, read_refusal, read_token},
};

const EXCHANGE: &str = "/api/access/external/oauth/token";

/// Sends Maskinporten's token. The values are Customs' own: they look like RFC 8693's, and are not.
pub fn exchange(http: &Http, customs: &str, token: &str) -> Result<Answer, RequestError> {
    http.post_form(
        &format!("{customs}{EXCHANGE}"),
        &[
            ("grant_type", "token-exchange"),
            ("subject_token_type", "access_token"),
            ("subject_token", token),
        ],
    )
}

/// Reads the answer to [`exchange`].
pub fn read(answer: &Answer) -> Result<Token, StageFailure> {
    if let Some(trouble) = answer.trouble() {
        return Err(trouble);
    }
    match answer.status {
        200 => read_token(answer),
        _ => Err(StageFailure::CustomsRefused(read_refusal(answer)?)),
    }
}

/// Calls a service's test address with Customs' token.
pub fn test_call(http: &Http, customs: &str, path: &str, token: &str) -> Result<Answer, RequestError> {
    http.get(&format!("{customs}{path}"), Some(token))
}

/// Reads the answer to [`test_call`]: 200 is success, whatever its body.
pub fn read_test_call(answer: &Answer, service: &str) -> Result<(), StageFailure> {
    if let Some(trouble) = answer.trouble() {
        return Err(trouble);
    }
    if answer.status == 200 {
        return Ok(());
    }
    let received = read_refusal(answer).unwrap_or_else(|_| Received {
        status: Some(answer.status),
        ..Received::default()
    });
    Err(StageFailure::ApiRefused {
        service: service.to_owned(),
        received,
    })
}
