//! Answers of the API, and its refusals.

use serde_json::{Map, Value};

use crate::{
    diagnosis::{Malformed, PortalRefusal, Received, StageFailure, clean},
    http::Response,
    profile::PortalClient,
};

/// The words of an answer to an organisation without any granted scope. It is an error of the API, but none of ours.
const NONE_GRANTED: &str = "does not have any";
/// The only state of a grant that counts.
const APPROVED: &str = "APPROVED";

/// A scope that the organisation has asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub scope: String,
    /// `APPROVED`, `REQUESTED`, `DENIED` or `REJECTED`.
    pub state: String,
    /// The time of the last change, as the API writes it.
    pub updated: Option<String>,
}

impl Grant {
    pub fn is_approved(&self) -> bool {
        self.state == APPROVED
    }
}

/// A client, with the whole object as the API has it.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientObject {
    pub client: PortalClient,
    pub object: Map<String, Value>,
}

/// Returns the failure of an answer without one of these statuses.
pub fn expect(response: &Response, statuses: &[u16]) -> Result<(), StageFailure> {
    if let Some(failure) = response.failure() {
        return Err(failure);
    }
    match statuses.contains(&response.status) {
        true => Ok(()),
        false => Err(read_refusal(response)),
    }
}

/// Reads the granted scopes.
pub fn read_grants(response: &Response) -> Result<Vec<Grant>, StageFailure> {
    if let Err(failure) = expect(response, &[200]) {
        return match &failure {
            StageFailure::PortalRefused(refusal) if has_none(&refusal.received) => Ok(Vec::new()),
            _ => Err(failure),
        };
    }
    let grants = array(response)?.into_iter();
    grants
        .map(|grant| {
            let text = |name: &'static str| grant.get(name).and_then(Value::as_str).map(clean);
            Ok(Grant {
                scope: text("scope").ok_or_else(|| missing(response, "scope"))?,
                state: text("state").ok_or_else(|| missing(response, "state"))?,
                updated: text("last_updated"),
            })
        })
        .collect()
}

fn has_none(received: &Received) -> bool {
    let texts = [&received.error, &received.error_description];
    texts.into_iter().flatten().any(|text| text.contains(NONE_GRANTED))
}

/// Reads the clients of the organisation.
pub fn read_clients(response: &Response) -> Result<Vec<ClientObject>, StageFailure> {
    expect(response, &[200])?;
    let clients = array(response)?.into_iter();
    clients
        .map(|client| match client {
            Value::Object(object) => client_object(response, object),
            _ => Err(missing(response, "client_id")),
        })
        .collect()
}

/// Reads one client: as it is, or as it was created or replaced.
pub fn read_client(response: &Response) -> Result<ClientObject, StageFailure> {
    expect(response, &[200, 201])?;
    client_object(response, response.json()?)
}

fn client_object(response: &Response, object: Map<String, Value>) -> Result<ClientObject, StageFailure> {
    let text = |name: &str| object.get(name).and_then(Value::as_str).map(clean);
    let id = text("client_id").filter(|id| !id.is_empty());
    let scopes = object.get("scopes").and_then(Value::as_array);
    let scopes = scopes.into_iter().flatten().filter_map(Value::as_str);
    Ok(ClientObject {
        client: PortalClient {
            id: id.ok_or_else(|| missing(response, "client_id"))?,
            name: text("client_name").unwrap_or_default(),
            description: text("description").unwrap_or_default(),
            scopes: scopes.map(clean).collect(),
        },
        object,
    })
}

/// Reads the keys of a client, with all their members. A client without keys has an empty set, or no set (404).
pub fn read_keys(response: &Response) -> Result<Vec<Value>, StageFailure> {
    if response.status == 404 {
        return Ok(Vec::new());
    }
    expect(response, &[200, 201])?;
    match response.json()?.remove("keys") {
        Some(Value::Array(keys)) => Ok(keys),
        Some(_) => Err(StageFailure::Malformed {
            status: response.status,
            how: Malformed::WrongType("keys"),
        }),
        None => Err(missing(response, "keys")),
    }
}

fn array(response: &Response) -> Result<Vec<Value>, StageFailure> {
    response.json_array()
}

fn missing(response: &Response, field: &'static str) -> StageFailure {
    StageFailure::Malformed {
        status: response.status,
        how: Malformed::Missing(field),
    }
}

/// Reads a refusal, in the form of the API or as plain text.
fn read_refusal(response: &Response) -> StageFailure {
    let status = Some(response.status);
    let object = match response.json() {
        Ok(object) => response.without_secret(object),
        Err(_) => {
            return StageFailure::PortalRefused(PortalRefusal {
                received: Received::plain_text(status, &response.excerpt()),
                fields: Vec::new(),
            });
        }
    };
    let text = |name: &str| object.get(name).and_then(Value::as_str).map(clean);
    let fields = fields(&object, response);
    let words = text("error_description").or_else(|| text("message"));
    let correlation = text("correlation_id").map(|id| format!("(correlation_id: {id})"));
    let description: Vec<String> = words.into_iter().chain(correlation).collect();
    StageFailure::PortalRefused(PortalRefusal {
        received: Received {
            status,
            error: text("error"),
            error_description: (!description.is_empty()).then(|| description.join(" ")),
            error_uri: None,
        },
        fields,
    })
}

/// Returns the fields that are refused, each with the service's words.
fn fields(object: &Map<String, Value>, response: &Response) -> Vec<String> {
    let errors = object.get("errors").and_then(Value::as_array);
    let errors = errors.into_iter().flatten();
    let described = errors.filter_map(|error| {
        let text = |name: &str| {
            error
                .get(name)
                .and_then(Value::as_str)
                .map(|text| response.redact(text))
        };
        let message = text("errorMessage").or_else(|| text("message"))?;
        Some(match text("fieldIdentifier") {
            Some(field) => format!("{field}: {message}"),
            None => message,
        })
    });
    described.collect()
}
