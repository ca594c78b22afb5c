//! Words that somebody pasted → a diagnosis: a code, an id, a whole answer, a line of a log.

use serde_json::Value;

use super::{
    Diagnosis, Received,
    classify::text_args::placeholders,
    received::{code_in, trace_id_in},
    table::{self, DiagnosisEntry},
};
use crate::journey::Who;

/// The value of the texts that says so where a text is no answer of a service.
pub(super) const READING: &str = "reading";
pub(super) const WORDS: &str = "words";

/// The diagnosis that a text speaks of. Where nothing in it is known, that is the diagnosis `unknown`, with what was
/// given shown as received.
pub fn explain(text: &str) -> Diagnosis {
    let text = text.trim();
    if let Some(found) = named(text) {
        return found;
    }
    let pasted = pasted_answer(text);
    let is_answer = pasted.is_some() || mentioned_errors(text).next().is_some();
    let received = pasted.unwrap_or_else(|| Received::words(None, text));
    let code = received.code().or_else(|| code_in(text));
    let known = table::by_answer(code.as_deref(), &received.all()).or_else(|| table::by_words(text));
    let mut found = diagnosis(known.unwrap_or_else(unknown), code, Some(received));
    found.trace_id = found.trace_id.or_else(|| trace_id_in(text));
    if let Some(scope) = scope_in(text) {
        found.args = found.args.with("scope", scope);
    }
    // Words that no service answered with are nobody's to mend but theirs who typed them.
    if known.is_none() && !is_answer && found.code.is_none() && found.trace_id.is_none() {
        found.who = Who::You;
        found.args = found.args.with(READING, WORDS);
    }
    found
}

/// The diagnosis that is named by its id or a code of it, and nothing else.
pub(super) fn named(text: &str) -> Option<Diagnosis> {
    if let Some(known) = table::known(&text.to_lowercase()) {
        return Some(diagnosis(known, None, None));
    }
    let code = bare_code(text)?;
    match table::by_code(&code) {
        Some(known) => Some(diagnosis(known, Some(code), None)),
        // A bare number is a code only where it is a known one.
        None => code_in(text).map(|code| diagnosis(unknown(), Some(code), None)),
    }
}

/// The OAuth errors in a text, as words of their own.
pub(super) fn mentioned_errors(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| table::by_error(word).next().is_some())
}

fn unknown() -> &'static DiagnosisEntry {
    table::known("unknown").unwrap_or(&table::table()[0])
}

pub(super) fn diagnosis(known: &DiagnosisEntry, code: Option<String>, received: Option<Received>) -> Diagnosis {
    Diagnosis {
        id: known.id.clone(),
        // What was pasted has the code it has; a bare id is given its own.
        code: code.or_else(|| {
            known
                .codes
                .first()
                .or(known.also.first())
                .cloned()
                .filter(|_| received.is_none())
        }),
        stage: known.stage,
        who: known.who,
        step: known.step.clone(),
        trace_id: received.as_ref().and_then(Received::trace_id),
        received,
        findings: Vec::new(),
        args: placeholders(),
    }
}

/// The scope that an error speaks of.
fn scope_in(text: &str) -> Option<&str> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '.' | '_' | '-');
    text.split(|c| !inside(c))
        .map(|word| word.trim_end_matches(['.', ':']))
        .find(|word| word.starts_with("toll:") || word.starts_with("digdir:"))
}

/// A code and nothing else: `MP-122`, `mp122`, `122`.
fn bare_code(text: &str) -> Option<String> {
    let digits = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        return Some(format!("MP-{text}"));
    }
    code_in(text).filter(|_| text.len() <= "MP-000".len())
}

/// The error in a JSON object in a text, whatever stands around it.
pub(super) fn pasted_answer(text: &str) -> Option<Received> {
    let (start, end) = (text.find('{')?, text.rfind('}')?);
    let Ok(Value::Object(object)) = serde_json::from_str(text.get(start..=end)?) else {
        return None;
    };
    let status = object
        .get("status")
        .and_then(Value::as_u64)
        .and_then(|status| u16::try_from(status).ok());
    // Our own report may be pasted too.
    let inner = ["received", "diagnosis"].into_iter().find_map(|name| object.get(name));
    let object = inner
        .and_then(|inner| inner.get("received").or(Some(inner)))
        .and_then(Value::as_object)
        .unwrap_or(&object);
    Received::read(status, object)
        .ok()
        .filter(|received| !received.parts().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_paste_is_understood() {
        for (pasted, id, code, trace_id) in [
            ("MP-122", "organisation-mismatch", Some("MP-122"), None),
            ("mp122", "organisation-mismatch", Some("MP-122"), None),
            ("012", "grant-reused", Some("MP-012"), None),
            ("clock-ahead", "clock-ahead", Some("MP-130"), None),
            ("MP-302", "authorization-details", Some("MP-302"), None),
            (
                r#"{"error":"invalid_scope","error_description":"Token request contains invalid scopes for client, toll:movement/road/v2 (trace_id: 35666614aa)","error_uri":"https://test.maskinporten.no/errors/MP-200"}"#,
                "scope-not-on-client",
                Some("MP-200"),
                Some("35666614aa"),
            ),
            (
                r#"HTTP 400 {"error":"invalid_grant","error_description":"Unknown key identifier (kid) for client. (correlation id: abc-def-012)"} from token"#,
                "kid-unknown",
                None,
                Some("abc-def-012"),
            ),
            (
                "2026-11-22 ERROR Token refused: Invalid JWT signature (trace_id: 00ff00ff)",
                "signature-invalid",
                None,
                Some("00ff00ff"),
            ),
            (
                "PRECONDITION_REQUIRED: Virksomheten har ikke signert de relevante bruksvilkårene",
                "terms-not-signed",
                None,
                None,
            ),
            (
                "Not authorized to request scope toll:movement/entry",
                "customs-not-authorised",
                None,
                None,
            ),
            (
                "curl: (6) Could not resolve host: maskinporten.no",
                "name-not-found",
                None,
                None,
            ),
            (
                "SSLError: self-signed certificate in certificate chain",
                "tls-untrusted",
                None,
                None,
            ),
            ("pkcs12: mac verify failure", "certificate-unreadable", None, None),
            ("the moon is full", "unknown", None, None),
            ("MP-999", "unknown", Some("MP-999"), None),
            ("{", "unknown", None, None),
            ("", "unknown", None, None),
        ] {
            let found = explain(pasted);
            assert_eq!(found.id, id, "{pasted}");
            assert_eq!(found.code.as_deref(), code, "{pasted}");
            assert_eq!(found.trace_id.as_deref(), trace_id, "{pasted}");
        }
    }

    #[test]
    fn the_scope_is_named() {
        for (text, scope) in [
            ("not allowed: toll:movement/road/v2.", Some("toll:movement/road/v2")),
            ("scope \"digdir:verksemd.eu\"", Some("digdir:verksemd.eu")),
            ("a toll", None),
        ] {
            assert_eq!(scope_in(text), scope);
        }
    }

    #[test]
    fn our_own_report_is_understood() {
        let ours = r#"{"profile":"acme","diagnosis":{"id":"x","received":{"status":403,"error":"forbidden",
            "error_description":"Consumer has not been granted access to the scope toll:movement/air","error_uri":null}}}"#;
        assert_eq!(explain(ours).id, "scope-not-granted");
    }
}
