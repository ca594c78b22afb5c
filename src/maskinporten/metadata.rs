//! The issuer's metadata (RFC 8414), and its comparison with the built-in environment.

use serde_json::{Map, Value};
use url::Url;

use crate::{
    diagnosis::{Difference, Malformed, StageFailure, clean},
    http::Response,
    journey::{Environment, protocol::GRANT_TYPE},
};

/// The parts of the metadata that are used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    pub issuer: String,
    pub token_endpoint: String,
    pub jwks: Option<String>,
    grant_types: Option<Vec<String>>,
    algorithms: Option<Vec<String>>,
}

/// Returns the metadata URL of an issuer; `None` if the issuer is not a URL.
pub fn address(issuer: &str) -> Option<String> {
    let issuer = Url::parse(issuer).ok()?;
    Some(issuer.join(".well-known/oauth-authorization-server").ok()?.into())
}

/// Reads the response from [`address`].
pub fn read(answer: &Response) -> Result<Metadata, StageFailure> {
    if let Some(failure) = answer.failure() {
        return Err(failure);
    }
    if answer.status != 200 {
        return Err(StageFailure::MetadataDiffers(Difference {
            what: "status",
            expected: "200".to_owned(),
            got: answer.status.to_string(),
        }));
    }
    let object = answer.json()?;
    parse(&object).map_err(|how| StageFailure::Malformed {
        status: answer.status,
        how,
    })
}

fn parse(object: &Map<String, Value>) -> Result<Metadata, Malformed> {
    let text = |name: &'static str| match object.get(name) {
        Some(Value::String(text)) => Ok(Some(text.clone())),
        None => Ok(None),
        Some(_) => Err(Malformed::WrongType(name)),
    };
    let list = |name: &'static str| match object.get(name) {
        Some(Value::Array(values)) => Ok(Some(
            values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        )),
        None => Ok(None),
        Some(_) => Err(Malformed::WrongType(name)),
    };
    Ok(Metadata {
        issuer: text("issuer")?.ok_or(Malformed::Missing("issuer"))?,
        token_endpoint: text("token_endpoint")?.ok_or(Malformed::Missing("token_endpoint"))?,
        jwks: text("jwks_uri")?,
        grant_types: list("grant_types_supported")?,
        algorithms: list("token_endpoint_auth_signing_alg_values_supported")?,
    })
}

impl Metadata {
    /// Returns the first field that differs from the environment. An endpoint that the environment does not name must be
    /// on a host that it names. `algorithm` is the one that grants are signed with.
    pub fn difference(&self, environment: &Environment, algorithm: &str) -> Option<Difference> {
        let lacks = |listed: &Option<Vec<String>>, wanted: &str| {
            listed
                .as_ref()
                .filter(|values| !values.iter().any(|value| value == wanted))
                .map(|values| values.join(", "))
        };
        // An address that the configuration does not name is taken from trusted hosts only: a grant is sent there.
        let other = |got: &str, configured: &Option<String>| match configured {
            Some(expected) => (expected != got).then(|| expected.clone()),
            None => (!is_on_configured_host(got, environment)).then(|| format!("{}/…", origin(&environment.issuer))),
        };
        let difference = |what, expected: String, got: String| {
            Some(Difference {
                what,
                expected,
                got: clean(&got),
            })
        };
        if self.issuer != environment.issuer {
            return difference("issuer", environment.issuer.clone(), self.issuer.clone());
        }
        if let Some(expected) = other(&self.token_endpoint, &environment.token_endpoint) {
            return difference("token_endpoint", expected, self.token_endpoint.clone());
        }
        if let Some(jwks) = &self.jwks
            && let Some(expected) = other(jwks, &environment.jwks)
        {
            return difference("jwks_uri", expected, jwks.clone());
        }
        if let Some(got) = lacks(&self.grant_types, GRANT_TYPE) {
            return difference("grant_types_supported", GRANT_TYPE.to_owned(), got);
        }
        if let Some(got) = lacks(&self.algorithms, algorithm) {
            let what = "token_endpoint_auth_signing_alg_values_supported";
            return difference(what, algorithm.to_owned(), got);
        }
        None
    }
}

/// Returns whether an address has the scheme, host and port of the issuer, or of another configured address.
fn is_on_configured_host(address: &str, environment: &Environment) -> bool {
    let configured = [&environment.token_endpoint, &environment.jwks, &environment.customs];
    let mut trusted = configured.into_iter().flatten().chain([&environment.issuer]);
    // The origin of an address without a host is `null`.
    let own = origin(address);
    own != "null" && trusted.any(|configured| origin(configured) == own)
}

fn origin(address: &str) -> String {
    Url::parse(address).map_or("null".to_owned(), |url| url.origin().ascii_serialization())
}
