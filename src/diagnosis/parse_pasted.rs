//! Diagnoses of pasted text: by name, or by what is recognised in it, with the values that the text gives.

use std::ops::Range;

use super::{
    Diagnosis, Received,
    cause::Cause,
    classify::text_args::{self, VARIANT},
    codes::codes_in,
    from_entry::{diagnosis, of_unknown_code, unknown},
    part::{beginning, end},
    recognise::causes,
    redact::redact,
    refused_scope,
    response::objects,
    table,
    trace_id::{TraceId, trace_ids_in},
    values::{
        KnownHost, Scopes, host_in, is_scope, loopback_in, names_customs_path, scopes_in_sentence, status_in, words,
    },
};
use crate::journey::Who;

/// Longest part of a line that is shown, in characters.
const MAX_EXCERPT_CHARS: usize = 400;
/// Characters of a long line that are shown before what was recognised.
const EXCERPT_LEAD_CHARS: usize = 160;
/// Longest part of a line on either side of a cause from which secrets are removed.
const MAX_REDACTED_BYTES: usize = 1000;

/// Returns the diagnosis of a text that is an id or a code and nothing else.
pub(super) fn by_name(text: &str) -> Option<Diagnosis> {
    if let Some(known) = table::known(&text.to_lowercase()) {
        return Some(diagnosis(known, None, None));
    }
    let (code, is_written_as_one) = bare_code(text)?;
    match table::by_code(&code) {
        Some(known) => Some(diagnosis(known, Some(code), None)),
        // A bare number is a code only if it is a known one.
        None => is_written_as_one.then(|| of_unknown_code(diagnosis(unknown(), Some(code), None))),
    }
}

/// Returns the code of a text that is one and nothing else, and whether it is more than a number: `MP-122`, `mp122`, `122`.
fn bare_code(text: &str) -> Option<(String, bool)> {
    let is_number = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        return Some((format!("MP-{text}"), false));
    }
    let (code, at) = codes_in(text).into_iter().next()?;
    (at == (0..text.len())).then_some((code, true))
}

/// Returns the diagnoses of what is recognised in a text.
pub(super) fn causes_in(text: &str) -> Vec<Diagnosis> {
    let causes = causes(text);
    let objects = objects(text);
    let traces = trace_ids_in(text);
    let ends = causes.iter().skip(1).map(|cause| cause.at.start).chain([text.len()]);
    let ends: Vec<usize> = ends.collect();
    let parts = causes.iter().zip(ends).enumerate();
    let mut surroundings = Surroundings::new(text);
    parts
        .map(|(number, (cause, end))| {
            let neighbours = number.checked_sub(1).into_iter().chain([number + 1]);
            let shares_line = neighbours
                .filter_map(|number| causes.get(number))
                .any(|other| other.line == cause.line);
            let trace = trace_of(cause, end, causes.len() == 1, &traces);
            let before = objects.partition_point(|(range, _)| range.start <= cause.at.start);
            let object = objects[..before]
                .last()
                .filter(|(range, _)| range.contains(&cause.at.start));
            let received = object.map(|(_, received)| received.clone());
            let received = match &cause.report {
                Some(report) => report.received.clone().or(received),
                None => received.or_else(|| Some(Received::plain_text(None, &excerpt(text, cause, shares_line)))),
            };
            let mut found = recognised(surroundings.of(cause), cause, received);
            found.trace_id = trace.map(|trace| trace.id.clone()).or(found.trace_id);
            found
        })
        .collect()
}

/// Returns the trace id of a cause: in its description or its line, else the next one up to `end`. The caller's own ids often
/// stand before it.
fn trace_of<'a>(cause: &Cause, end: usize, is_only: bool, traces: &'a [TraceId]) -> Option<&'a TraceId> {
    let first_from = |at: usize| traces.partition_point(|trace| trace.at.start < at);
    let is_in = |range: &Range<usize>, trace: &&TraceId| range.contains(&trace.at.start);
    let after = |range: Range<usize>| {
        traces[first_from(range.start)..]
            .first()
            .filter(|trace| is_in(&range, trace))
    };
    let before = |range: Range<usize>| {
        traces[..first_from(range.end)]
            .last()
            .filter(|trace| is_in(&range, trace))
    };
    let (description, line) = (&cause.description, &cause.line);
    after(cause.at.start..description.end)
        .or_else(|| before(description.start..cause.at.start))
        .or_else(|| after(cause.at.start..line.end.min(end)))
        .or_else(|| before(line.start..cause.at.start))
        .or_else(|| after(cause.at.start..end))
        .or_else(|| traces.first().filter(|_| is_only))
}

/// Returns the line of a cause, or its description if the line has others, without secrets, cut around the cause if it is long.
fn excerpt(text: &str, cause: &Cause, shares_line: bool) -> String {
    let whole = if shares_line { &cause.description } else { &cause.line };
    let (before, after) = (&text[whole.start..cause.at.start], &text[cause.at.start..]);
    let after = &after[..whole.end.max(cause.at.end) - cause.at.start];
    let (lead, rest) = (end(before, MAX_REDACTED_BYTES), beginning(after, MAX_REDACTED_BYTES));
    let (begins, ends) = (lead.len() == before.len(), rest.len() == after.len());
    // Secrets are removed first: a part of one would not be recognised.
    let line = redact(&text[cause.at.start - lead.len()..cause.at.start + rest.len()]);
    let before = redact(lead).chars().count();
    let skipped = match before.checked_sub(EXCERPT_LEAD_CHARS) {
        // It begins with what may be a part of a secret.
        None if !begins => before,
        Some(skipped) if !(begins && ends) || line.chars().count() > MAX_EXCERPT_CHARS => skipped,
        _ => 0,
    };
    let shown: String = line.chars().skip(skipped).take(MAX_EXCERPT_CHARS).collect();
    let is_cut = !ends || line.chars().count() > skipped + MAX_EXCERPT_CHARS;
    let is_later = skipped > 0 || !begins;
    let (lead, tail) = (if is_later { "…" } else { "" }, if is_cut { "…" } else { "" });
    format!("{lead}{}{tail}", shown.trim())
}

/// The hosts and scopes around the causes of a text. Each part is searched once, however many causes it has.
struct Surroundings<'a> {
    text: &'a str,
    scopes: Scopes<'a>,
    host_of_text: Option<KnownHost>,
    line: Range<usize>,
    host: Option<KnownHost>,
    is_customs: bool,
}

impl<'a> Surroundings<'a> {
    fn new(text: &'a str) -> Surroundings<'a> {
        Surroundings {
            text,
            scopes: Scopes::new(text),
            host_of_text: host_in(text),
            line: 0..0,
            host: None,
            is_customs: false,
        }
    }

    /// Returns the surroundings of a cause.
    fn of(&mut self, cause: &Cause) -> &Surroundings<'a> {
        if self.line != cause.line {
            let line = &self.text[cause.line.clone()];
            self.line = cause.line.clone();
            self.host = host_in(line).or_else(|| self.host_of_text.clone());
            self.is_customs = self.host.as_ref().is_some_and(|host| host.is_customs) || names_customs_path(line);
        }
        self
    }
}

fn recognised(around: &Surroundings, cause: &Cause, received: Option<Received>) -> Diagnosis {
    let (text, is_customs) = (around.text, around.is_customs);
    let line = &text[cause.line.clone()];
    let host = around.host.as_ref();
    let mut args = text_args::defaults();
    if let Some(host) = host {
        args = args.with("host", host.name.as_str());
        args = args.with("issuer", host.environment.issuer.as_str());
        args = args.with("environment", host.environment.rules.id());
    }
    args = args.with("party", if is_customs { "customs" } else { "maskinporten" });
    let rest = cause.at.end..cause.description.end.max(cause.at.end);
    let after = &text[rest.clone()];
    let description = received
        .as_ref()
        .and_then(|received| received.error_description.as_deref());
    let scope = match &cause.report {
        // The texts of a report have colons too.
        Some(_) => words(description.unwrap_or_default())
            .find(|word| is_scope(word))
            .or_else(|| around.scopes.known(cause.line.clone())),
        None => around.scopes.of_error(rest, cause.description.clone()),
    };
    let scope = scope.map(str::to_owned);
    if let Some(scope) = &scope {
        let all = scopes_in_sentence(after);
        let is_of_list = cause.report.is_none() && all.first() == Some(&scope.as_str());
        args = args.with("scope", if is_of_list { all.join(", ") } else { scope.clone() });
    }
    if let Some(status) = status_in(received.as_ref(), &text[cause.at.clone()]) {
        args = args.with("status", status);
    }
    match cause.variant {
        Some(variant) => args = args.with(VARIANT, variant),
        // Only Maskinporten's addresses are published.
        None if cause.id() == "no-answer" => {
            if let Some(host) = host.filter(|host| !host.is_customs && !host.environment.addresses.is_empty()) {
                let addresses = host.environment.addresses.join(", ");
                args = args.with(VARIANT, "addresses").with("addresses", addresses);
            }
        }
        None if cause.entry.is_none() && cause.phrase.is_some() => args = args.with(VARIANT, "opening"),
        None => {}
    }
    let code = cause
        .code
        .clone()
        .or_else(|| received.as_ref().and_then(Received::code));
    let mut found = diagnosis(cause.entry.unwrap_or_else(unknown), code, received);
    found.args = args;
    found.who = match (cause.who, found.who) {
        (Some(who), _) => who,
        (None, Who::Digdir) if is_customs => Who::Customs,
        (None, who) => who,
    };
    if matches!(cause.variant, Some("form" | "address")) {
        // The program's request is wrong: no answer of the wizard changes it.
        found.step = "check".to_owned();
        found.fix_at = None;
    }
    if let Some(own) = refused_by_this_computer(&found, line) {
        found.args = found.args.with("host", own).with(VARIANT, "loopback");
        found.who = Who::You;
    }
    match scope {
        Some(scope) => refused_scope::by_owner(found, &scope),
        None => of_unknown_code(found),
    }
}

/// Returns the address of the computer itself that refused the connection. A proxy may have one before a service's.
fn refused_by_this_computer<'a>(found: &Diagnosis, line: &'a str) -> Option<&'a str> {
    let is_proxy = || {
        found
            .args
            .iter()
            .any(|(name, value)| name == VARIANT && *value == "proxy".into())
    };
    let is_own = found.id == "connection-refused" && (host_in(line).is_none() || is_proxy());
    is_own.then(|| loopback_in(line)).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::classify::text_args::VARIANT;
    use crate::diagnosis::parse_pasted;

    #[test]
    fn pasted_text_gets_its_id_code_and_trace_id() {
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
            ("pkcs12: mac verify failure", "key-file-wrong-password", None, None),
            ("the moon is full", "unknown", None, None),
            ("MP-999", "unknown", Some("MP-999"), None),
            ("{", "unknown", None, None),
            ("", "unknown", None, None),
        ] {
            let found = parse_pasted(pasted);
            assert_eq!(found.id, id, "{pasted}");
            assert_eq!(found.code.as_deref(), code, "{pasted}");
            assert_eq!(found.trace_id.as_deref(), trace_id, "{pasted}");
        }
    }

    #[test]
    fn code_that_is_known_is_not_called_unknown() {
        let answer = |code: &str| {
            format!(
                r#"{{"error":"invalid_grant","error_description":"Invalid assertion. Client authentication failed. Full moon.",
                    "error_uri":"https://maskinporten.no/errors/{code}"}}"#
            )
        };
        for (code, variant) in [("MP-100", "opening"), ("MP-999", "code")] {
            let found = parse_pasted(&answer(code));
            let last = found.args.iter().filter(|(name, _)| *name == VARIANT).last();
            assert_eq!(
                (found.id.as_str(), last.unwrap().1),
                ("unknown", &variant.into()),
                "{code}"
            );
        }
    }

    #[test]
    fn own_report_is_parsed() {
        let ours = r#"{"profile":"acme","diagnosis":{"id":"x","received":{"status":403,"error":"forbidden",
            "error_description":"Consumer has not been granted access to the scope toll:movement/air","error_uri":null}}}"#;
        assert_eq!(parse_pasted(ours).id, "scope-not-granted");
    }
}
