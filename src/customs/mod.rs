//! Customs' protocol: the exchange of Maskinporten's token for Customs' own, and the test call (toll.github.io,
//! Technical integration). One request each; retries are up to [`check`](crate::check).

use crate::{
    diagnosis::{Received, StageFailure},
    http::{Http, RequestError, Response},
    journey::protocol::EXCHANGE_PATH,
    maskinporten::token::{Token, read_or_refuse, read_refusal},
};

/// Sends Maskinporten's token for exchange. The form values are Customs' own: they resemble RFC 8693's and differ.
pub fn exchange(http: &Http, customs: &str, token: &str) -> Result<Response, RequestError> {
    http.post_form(
        &format!("{customs}{EXCHANGE_PATH}"),
        &[("grant_type", "token-exchange"), ("subject_token_type", "access_token")],
        ("subject_token", token),
    )
}

/// Reads the response to [`exchange`].
pub fn read(answer: &Response) -> Result<Token, StageFailure> {
    read_or_refuse(answer, StageFailure::CustomsRefused)
}

/// Sends a service's test call with Customs' token.
pub fn test_call(http: &Http, customs: &str, path: &str, token: &str) -> Result<Response, RequestError> {
    http.get(&format!("{customs}{path}"), Some(token))
}

/// Reads the response to [`test_call`]: 200 is success, whatever its body.
pub fn read_test_call(answer: &Response, service: &str) -> Result<(), StageFailure> {
    if let Some(failure) = answer.failure() {
        return Err(failure);
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
