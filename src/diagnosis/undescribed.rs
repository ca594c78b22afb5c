//! Diagnoses of text in which no cause is known: a response of a service, a code, or no error at all. Who must act depends on
//! whose answer it is.

use serde_json::{Map, Value};

use super::{
    Diagnosis, Received,
    classify::text_args::VARIANT,
    description::ends_in_middle,
    from_entry::{diagnosis, of_unknown_code, unknown},
    http_status::{statuses, tells_status},
    response::pasted_response,
    service::{Service, service_of},
    table,
    trace_id::{TraceId, trace_ids_in},
    values::status_in,
};
use crate::journey::Who;

/// Returns `unknown` for a text that is a response of a service, though its cause is not known.
pub(super) fn undescribed(text: &str) -> Option<Diagnosis> {
    let pasted = pasted_response(text);
    let trace = trace_ids_in(text).into_iter().next();
    let ends_in_trace = trace.as_ref().is_some_and(|trace| ends_description(text, trace));
    // A line of a log has a message and a trace id too.
    let is_response = pasted
        .as_ref()
        .is_some_and(|received| trace.is_none() || received.error.is_some() || received.status.is_some());
    // A program has put a status into a sentence of its own.
    let service = service_of(text);
    let is_status =
        service == Some(Service::Maskinporten) && tells_status(text) && statuses(text).all(|(status, _)| status < 500);
    if !is_response && !is_status && !ends_in_trace && mentioned_errors(text).next().is_none() {
        return None;
    }
    let is_object = pasted.is_some();
    let received = pasted.unwrap_or_else(|| Received::plain_text(None, text));
    let is_reason = match is_object {
        true => has_only_reason(&received),
        // `Forbidden` is the reason phrase of a status too.
        false => trace.is_none() && !mentioned_errors(text).any(is_oauth_name),
    };
    let has_opening = || text.to_ascii_lowercase().contains(table::FIRST_SENTENCE);
    let names_maskinporten = service == Some(Service::Maskinporten) || ends_in_trace || has_opening();
    let (variant, who) = match service {
        Some(Service::Exchange | Service::Api) => (None, Who::Customs),
        Some(Service::Other) => (Some("other-service"), Who::Provider),
        None | Some(Service::Maskinporten) if is_reason => (Some("refused"), Who::You),
        _ if !is_object && ends_in_middle(text.lines().last().unwrap_or_default()) => (Some("cut"), Who::You),
        _ if names_maskinporten || service == Some(Service::Portal) => (None, Who::Digdir),
        _ => (Some("whose"), Who::You),
    };
    let status = status_in(Some(&received), text);
    let mut found = of_unknown_code(diagnosis(unknown(), received.code(), Some(received)));
    found.trace_id = found.trace_id.or(trace.map(|trace| trace.id));
    if found.code.is_some() {
        return Some(found);
    }
    found.who = who;
    found.args = found
        .args
        .with("party", if who == Who::Customs { "customs" } else { "other" });
    for (name, value) in [(VARIANT, variant.map(str::to_owned)), ("status", status)] {
        if let Some(value) = value {
            found.args = found.args.with(name, value);
        }
    }
    Some(found)
}

/// Returns whether a response has no more than a status and its reason phrase (RFC 9110 §15).
fn has_only_reason(received: &Received) -> bool {
    const WORDS: [&str; 16] = [
        "bad",
        "request",
        "unauthorized",
        "forbidden",
        "not",
        "found",
        "method",
        "allowed",
        "conflict",
        "http",
        "status",
        "error",
        "code",
        "client",
        "unprocessable",
        "entity",
    ];
    let all = received.all().to_ascii_lowercase();
    let mut words = all
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    received.error_uri.is_none()
        && words.all(|word| WORDS.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns whether a text ends in a trace id as Maskinporten's descriptions do: `Expired key (trace_id: 3566…)`.
fn ends_description(text: &str, trace: &TraceId) -> bool {
    let is_name = ["trace_id:", "correlation id:"].iter().any(|name| {
        let written = text.get(trace.at.start..trace.at.start + name.len());
        written.is_some_and(|written| written.eq_ignore_ascii_case(name))
    });
    let before = text[..trace.at.start].strip_suffix('(');
    let has_sentence = before.is_some_and(|before| before.contains(char::is_alphabetic));
    is_name && has_sentence && !text[trace.at.end..].contains(char::is_alphanumeric)
}

/// Returns `unknown` for text that is no error of a service. Only the user can act on it.
pub(super) fn not_an_error(text: &str) -> Diagnosis {
    let mut found = diagnosis(unknown(), None, Some(Received::plain_text(None, text)));
    found.who = Who::You;
    let variant = successful(text).unwrap_or("not-an-error");
    found.args = found.args.with(VARIANT, variant);
    found
}

/// Returns the variant of the text for an answer of success that is all of the text, with or without its status: a token
/// (RFC 6749 §5.1), or Customs' receipt of a message.
fn successful(text: &str) -> Option<&'static str> {
    let (head, body) = text.split_at(text.find('{')?);
    let object: Map<String, Value> = serde_json::from_str(body).ok()?;
    let has_head = head.trim_start_matches("< ").starts_with("HTTP/");
    if !(head.is_empty() || has_head) {
        return None;
    }
    let has_only = |keys: &[&str]| object.keys().all(|key| keys.contains(&key.as_str()));
    let has = |key| object.get(key).is_some_and(Value::is_string);
    if has("access_token") && has("token_type") {
        let keys = ["access_token", "token_type", "expires_in", "scope", "issued_token_type"];
        return has_only(&keys).then_some("token");
    }
    let is_empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let is_valid = object.get("validationErrors").is_some_and(is_empty);
    let is_accepted = has_head && head.contains(" 202");
    let is_receipt = has("requestId") && has_only(&["requestId", "status", "validationErrors"]);
    let is_well = object
        .get("status")
        .is_none_or(|status| status == "VALID" || status == "OK");
    (is_receipt && is_well && (is_valid || is_accepted)).then_some("accepted")
}

/// Finds the OAuth errors in a text that stand as words of their own.
pub(super) fn mentioned_errors(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| table::by_error(word).next().is_some())
}

/// Returns whether a word that is an OAuth error stands for one. `Forbidden` is the reason phrase of a status, which every
/// service and proxy sends (RFC 9110 §15.5.4).
pub(super) fn is_oauth_name(word: &str) -> bool {
    word.contains('_') || word.bytes().all(|byte| byte.is_ascii_lowercase())
}
