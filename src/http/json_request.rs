//! Requests with a JSON body and a bearer token (RFC 6750 §2.1).

use reqwest::{
    Method,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue},
};
use serde_json::Value;
use zeroize::Zeroizing;

use super::{Http, RequestError, Response, allowed};
use crate::diagnosis::TransportError;

impl Http {
    /// Sends a request with a JSON body and `bearer` as its token. It may change something, so it is sent once only.
    pub fn send_json(&self, method: Method, url: &str, bearer: &str, body: &Value) -> Result<Response, RequestError> {
        let request = self
            .client()?
            .request(method, allowed(url)?)
            .header(CONTENT_TYPE, "application/json")
            .header(AUTHORIZATION, authorization(bearer)?)
            .body(body.to_string());
        self.send(request, bearer)
    }
}

/// Returns the header with a token.
pub(super) fn authorization(token: &str) -> Result<HeaderValue, TransportError> {
    let value = Zeroizing::new(format!("Bearer {token}"));
    let mut value = HeaderValue::from_str(&value).map_err(|_| TransportError::Unsendable)?;
    value.set_sensitive(true);
    Ok(value)
}
