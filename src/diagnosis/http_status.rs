//! HTTP statuses in pasted text.

use std::ops::Range;

use super::part::offset;

/// Returns the error statuses in a text, with their places: numbers from 400 to 599 that are no part of a name, a time or an
/// amount.
pub(super) fn statuses(text: &str) -> impl Iterator<Item = (u16, Range<usize>)> {
    let digits = text.split(|c: char| !c.is_ascii_digit());
    digits.filter(|run| run.len() == 3).filter_map(move |run| {
        let start = offset(text, run);
        let at = start..start + run.len();
        let status = run.parse().ok().filter(|status| (400..600).contains(status))?;
        stands_alone(text, &at).then_some((status, at))
    })
}

fn stands_alone(text: &str, at: &Range<usize>) -> bool {
    const UNITS: [&str; 6] = ["ms", "s", "bytes", "b", "kb", "mb"];
    let (before, after) = (&text[..at.start], &text[at.end..]);
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/');
    let marks = ['.', ',', ':'];
    let follows_digit = before
        .strip_suffix(marks)
        .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    let precedes_digit = after
        .strip_prefix(marks)
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let unit = after.split_whitespace().next().unwrap_or_default();
    let is_amount = after.starts_with(' ') && UNITS.contains(&unit);
    let is_part = before.ends_with(is_inside) || before.ends_with('.') || after.starts_with(is_inside);
    let is_of_number = follows_digit || precedes_digit;
    !(is_part || is_of_number || is_amount)
}

/// Returns whether a line ends in a status, or has one beside its name or its reason phrase (RFC 9110 §15).
pub(super) fn tells_status(line: &str) -> bool {
    const NAMES: [&str; 12] = [
        "http",
        "status",
        "statuscode",
        "code",
        "error",
        "returned",
        "with",
        "response",
        "svar",
        "answer",
        "success",
        "failed",
    ];
    const REASONS: [&str; 16] = [
        "bad",
        "unauthorized",
        "forbidden",
        "not",
        "method",
        "conflict",
        "gone",
        "precondition",
        "unsupported",
        "unprocessable",
        "too",
        "internal",
        "service",
        "gateway",
        "client",
        "server",
    ];
    let is_one_of = |names: &[&str], word: &str| names.iter().any(|name| name.eq_ignore_ascii_case(word));
    // The last word before the status. It is kept, as many numbers may follow one another.
    let (mut previous, mut from) = ("", 0);
    statuses(line).any(|(_, at)| {
        let words = line[from..at.start].rsplit(|c: char| !c.is_alphabetic());
        previous = words.into_iter().find(|word| !word.is_empty()).unwrap_or(previous);
        from = at.end;
        let after = line[at.end..].trim_start_matches(|c: char| !c.is_alphanumeric());
        let next = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        next.is_empty() || is_one_of(&REASONS, next) || is_one_of(&NAMES, previous)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_told_from_other_numbers() {
        for (text, found) in [
            ("HTTP/1.1 403 Forbidden", &[403][..]),
            ("a -> 403", &[403]),
            ("x->500", &[500]),
            (r#"{"status":404,"a":1}"#, &[404]),
            ("POST /token: 400.", &[400]),
            ("(400) Bad", &[400]),
            ("ClientResponseError: 401, message", &[401]),
            ("08:04:11.412 INFO 200 408 ms", &[]),
            ("10:400", &[]),
            ("x:8443 /v/404/ 1.401 401.5 3f-404-x e500 500x", &[]),
        ] {
            let statuses: Vec<u16> = statuses(text).map(|(status, _)| status).collect();
            assert_eq!(statuses, found, "{text}");
        }
    }

    #[test]
    fn status_is_told_by_what_stands_beside_it() {
        for (line, tells) in [
            ("POST https://x.no/token 403", true),
            ("Response from https://x.no/token: 403\n", true),
            ("resulted in a `403 Forbidden` response:", true),
            ("does not indicate success: 500 (Internal Server Error).", true),
            ("status=502 in 12 ms", true),
            ("502 users, 3 errors", false),
            ("error", false),
        ] {
            assert_eq!(tells_status(line), tells, "{line}");
        }
    }
}
