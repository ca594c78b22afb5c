//! Trace ids in text: each identifies one request to Maskinporten.

use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

use super::{
    labels,
    part::{end, offset},
};

/// Names before `id` that others than klarert write.
const NAMES: [&str; 6] = [
    "trace",
    "correlation",
    "sporings",
    "sporing",
    "korrelasjons",
    "korrelasjon",
];
/// Words between the name and the id in a sentence, in both languages.
const VERBS: [&str; 4] = ["is", "was", "er", "var"];
/// Longest id.
const MAX_ID_CHARS: usize = 64;
/// Most ids that are taken from a text without an error. A log has far more, and they tell nothing.
const MAX_MENTIONED: usize = 8;

/// The names before `id`: those of the reports and the others.
static STEMS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let own = labels::TRACE.iter().filter_map(|label| label.strip_suffix("id"));
    let own = own.map(|name| name.trim_end_matches(SEPARATORS).to_owned());
    own.chain(NAMES.map(str::to_owned)).collect()
});

/// Characters between a name and `id`.
const SEPARATORS: [char; 3] = ['_', ' ', '-'];

/// A trace id in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TraceId {
    /// In lower case.
    pub id: String,
    /// The range from its name on.
    pub at: Range<usize>,
}

/// Finds the ids in `(trace_id: 3566…)`, in the older `(correlation id: …)`, in klarert's reports, and in `traceparent` (W3C
/// Trace Context).
pub(super) fn trace_ids_in(text: &str) -> Vec<TraceId> {
    let lower = text.to_ascii_lowercase();
    if !["id", "parent"].iter().any(|end| lower.contains(end)) {
        return Vec::new();
    }
    let stems = STEMS.iter().flat_map(|stem| lower.match_indices(stem.as_str()));
    let mut found: Vec<TraceId> = stems.filter_map(|(at, stem)| trace_id_at(&lower, at, stem)).collect();
    found.sort_by_cached_key(|trace| trace.at.start);
    found
}

fn trace_id_at(lower: &str, at: usize, stem: &str) -> Option<TraceId> {
    let rest = &lower[at + stem.len()..];
    let (rest, is_traceparent) = match rest.strip_prefix("parent") {
        Some(rest) => (rest, true),
        None => (rest.trim_start_matches(SEPARATORS).strip_prefix("id")?, false),
    };
    let rest = without_verb(rest);
    // The version before a trace id, then the id of the span.
    let rest = if is_traceparent { rest.get(3..)? } else { rest };
    let inside = |c: char| c.is_ascii_alphanumeric() || (c == '-' && !is_traceparent);
    let length = rest.chars().take(MAX_ID_CHARS + 1).take_while(|c| inside(*c)).count();
    let id = rest[..length].trim_end_matches('-');
    let fits = length <= MAX_ID_CHARS && id.len() >= 6 && id.bytes().any(|byte| byte.is_ascii_digit());
    let start = lower.len() - rest.len();
    fits.then(|| TraceId {
        id: id.to_owned(),
        at: at..start + id.len(),
    })
}

/// Removes punctuation and the verb before an id: `: 3566…`, ` is 3566…`, `-en er 3566…`.
fn without_verb(rest: &str) -> &str {
    let is_outside = |c: char| !c.is_alphanumeric();
    let rest = match rest.strip_prefix("-en") {
        Some(after) if after.starts_with(is_outside) => after,
        _ => rest,
    };
    let rest = rest.trim_start_matches(is_outside);
    let verb = VERBS.iter().find_map(|verb| rest.strip_prefix(verb));
    match verb {
        Some(after) if after.starts_with(is_outside) => after.trim_start_matches(is_outside),
        _ => rest,
    }
}

/// Returns the ids that a text without an error mentions, with or without their name, in order and without duplicates.
pub(super) fn mentioned(text: &str) -> Vec<String> {
    let named = trace_ids_in(text)
        .into_iter()
        .map(|trace| (trace.at.end - trace.id.len(), trace.id));
    let is_inside = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let words = text.split(|c| !is_inside(c)).filter_map(|word| {
        let at = offset(text, word);
        let id = by_form(word.trim_matches('-'))?;
        let is_named = has_other_name(&text[..at]);
        (!is_named).then_some((at + word.find(id)?, id.to_ascii_lowercase()))
    });
    let mut found: Vec<(usize, String)> = named.chain(words).collect();
    found.sort_unstable();
    let mut ids: Vec<String> = Vec::new();
    for (_, id) in found {
        if ids.len() < MAX_MENTIONED && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// Longest name before an id, with what stands between them, in bytes.
const MAX_NAME_BYTES: usize = 100;

/// Returns whether the text before an id names it as something else: `"client_id":"`, `jti=`, `request id: `, `/clients/`.
fn has_other_name(before: &str) -> bool {
    let before = end(before, MAX_NAME_BYTES);
    const NAMED: [&str; 13] = [
        "client",
        "klient",
        "request",
        "forespørsels",
        "key",
        "nøkkel",
        "message",
        "meldings",
        "user",
        "tenant",
        "session",
        "subscription",
        "transaction",
    ];
    if before.ends_with('/') {
        return true;
    }
    let unquoted = before.trim_end_matches(['"', '\'', '\\']);
    let name = unquoted.trim_end_matches([' ', '\t', ':', '=']);
    let separator = &unquoted[name.len()..];
    let is_key = name.ends_with(['"', '\'']);
    let name = name.trim_end_matches(['"', '\'', '\\']).to_lowercase();
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut words = name.rsplit(|c| !is_inside(c));
    let (last, previous) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if last.is_empty() || separator.is_empty() || STEMS.iter().any(|stem| last.contains(stem.as_str())) {
        return false;
    }
    let is_name = last == "jti" || (last.ends_with("id") && last.len() > 2);
    let is_of_other = last == "id" && NAMED.contains(&previous);
    // In a sentence, any word may stand before the id.
    let is_written_as_key = is_key || separator == "=";
    (is_written_as_key && separator.contains([':', '='])) || is_name || is_of_other
}

/// Returns the trace id that a word is by its form alone: 16 bytes in hexadecimal, a UUID, or the value of `traceparent`.
fn by_form(word: &str) -> Option<&str> {
    let parts: Vec<&str> = word.split('-').collect();
    let id = match parts[..] {
        [version, id, span, flags] if (version.len(), span.len(), flags.len()) == (2, 16, 2) => id,
        _ => word,
    };
    is_trace_id(id).then_some(id)
}

/// Returns whether an id is 16 bytes in hexadecimal, as in W3C Trace Context, or a UUID (RFC 9562). Nothing else that people
/// copy looks so; a shorter id is ambiguous.
pub(super) fn is_trace_id(id: &str) -> bool {
    let hex = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex || (id.len() == 36 && uuid::Uuid::try_parse(id).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trace_ids_in_finds_trace_and_correlation_ids() {
        for (words, id) in [
            (
                "Invalid assertion. (trace_id: 3566661430abcdef)",
                Some("3566661430abcdef"),
            ),
            ("(correlation id: 1a2b-3c4d-5e6f)", Some("1a2b-3c4d-5e6f")),
            ("trace_id: ", None),
            ("a trace id behind 600 characters", None),
            ("X-Correlation-ID=ABC-DEF-012", Some("abc-def-012")),
            (
                "traceparent: 00-1cce13b4986057987c90f6da8598be80-1cce13b498605798-01",
                Some("1cce13b4986057987c90f6da8598be80"),
            ),
            ("nothing", None),
            ("Sporings-ID: 35666614aa", Some("35666614aa")),
            ("sporings-ID-en er 35666614aa", Some("35666614aa")),
            ("Korrelasjons-ID: ABC-DEF-012", Some("abc-def-012")),
            ("trace id is 35666614aa", Some("35666614aa")),
            ("traceId=35666614aa", Some("35666614aa")),
            ("sporings-ID-en mangler i svar 35666614aa", None),
        ] {
            let found = trace_ids_in(words).into_iter().next();
            assert_eq!(found.map(|trace| trace.id).as_deref(), id, "{words}");
        }
    }

    #[test]
    fn mentioned_finds_ids_with_and_without_a_name() {
        let (hex, uuid) = (
            "4bf92f3577b34da6a3ce929d0e0e4736",
            "3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f",
        );
        for (text, ids) in [
            (format!("vi fikk {hex} i går"), &[hex][..]),
            (format!("Hei, trace id er {hex}, hva er galt?"), &[hex]),
            (format!("id {}.", hex.to_uppercase()), &[hex]),
            (format!("{uuid} og {hex}"), &[uuid, hex]),
            (format!("sporings-id 35666614aa, {hex}, {hex}"), &["35666614aa", hex]),
            (format!("00-{hex}-00f067aa0ba902b7-01"), &[hex]),
            ("35666614aa".to_owned(), &[]),
            (format!("{hex}ff"), &[]),
            (format!("vi fikk denne: {hex}"), &[hex]),
            (format!("id: {hex}"), &[hex]),
            (format!(r#"{{"TraceId":"{hex}"}}"#), &[hex]),
            (format!(r#"{{"client_id":"{uuid}","client_name":"x"}}"#), &[]),
            (format!(r#"{{"jti": "{uuid}", "id" : "{uuid}"}}"#), &[]),
            (format!(r#"{{"requestId":"{uuid}"}}"#), &[]),
            (format!("client_id={uuid}&x=1"), &[]),
            (format!("client id: {uuid}, kid {uuid}, jti {uuid}"), &[]),
            (format!("GET /api/v1/clients/{uuid}"), &[]),
        ] {
            assert_eq!(mentioned(&text), ids, "{text}");
        }
    }
}
