//! The lines of a pasted text, and the blocks of them that may belong to one error. An HTTP answer is one line: its status,
//! its headers and its body tell of one event, and so does what curl prints before them.

use std::ops::Range;

use super::{http_status::tells_status, phrase::continues, trace_id::trace_ids_in};

/// A line of a text, with the lines that continue it.
#[derive(Debug)]
pub(super) struct Line {
    pub range: Range<usize>,
    /// The number of the block: lines that may belong to one error. A time stamp, an object or a trace id ends it.
    pub block: usize,
    /// The number of the event: lines that may tell of one. A time stamp or an object ends it.
    pub event: usize,
    /// The offset of the last HTTP status in it.
    pub status_at: Option<usize>,
}

/// Splits a text into lines.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let objects = objects(text).into_iter().filter_map(|object| object.closed());
    let mut objects = objects.peekable();
    let mut lines: Vec<Line> = Vec::new();
    // The end of the objects that have begun.
    let mut open_to = 0;
    let (mut block, mut event, mut start) = (0, 0, 0);
    let mut answer: Option<Head> = None;
    // The last line ends in the label of a body, and is not looked at again: it may have many, and blank lines between them.
    let mut is_labelled = false;
    for raw in text.split_inclusive('\n') {
        let range = start..start + raw.len();
        start = range.end;
        let was_open_to = open_to;
        while let Some(object) = objects.next_if(|object| object.start < range.end) {
            open_to = open_to.max(object.end);
        }
        if let Some(head) = status(raw) {
            let first = first_of_exchange(text, &lines, answer.is_some());
            let previous = lines.drain(first..).next();
            if previous.is_none() {
                block += 1;
            }
            lines.push(Line {
                range: previous.map_or(range.start, |line| line.range.start)..range.end,
                block,
                event,
                status_at: Some(range.start),
            });
            answer = Some(head);
            is_labelled = false;
            continue;
        }
        if is_body(raw)
            && let Some(head) = lines.iter().rposition(|line| !is_blank(&text[line.range.clone()]))
        {
            let line = &mut lines[head];
            if is_labelled || awaits_body(&text[line.range.clone()]) {
                is_labelled = !raw.contains('{');
                line.range.end = range.end;
                lines.truncate(head + 1);
                answer = None;
                continue;
            }
        }
        is_labelled &= is_blank(raw);
        let Some(line) = lines.last_mut() else {
            lines.push(Line {
                range,
                block,
                event,
                status_at: None,
            });
            continue;
        };
        let is_head = answer.is_some() && is_of_exchange(raw);
        let is_text = answer == Some(Head::Ended) && !begins_with_time(raw) && !is_request(raw);
        let is_body = is_text || (answer.is_some() && raw.starts_with(['{', '[', '<']));
        answer = answer.filter(|_| is_head).map(|head| match head {
            Head::Open if is_blank(raw) => Head::Ended,
            head => head,
        });
        let is_object_open = !begins_block(raw) && range.start < was_open_to;
        if is_labelled || is_head || is_body || continues(raw) || is_object_open {
            line.range.end = range.end;
        } else {
            let ends = !raw.starts_with("error_uri") && !trace_ids_in(&text[line.range.clone()]).is_empty();
            block += usize::from(ends || begins_block(raw));
            event += usize::from(begins_block(raw));
            lines.push(Line {
                range,
                block,
                event,
                status_at: None,
            });
        }
    }
    lines
}

/// Returns the number of the first line that belongs to the exchange of a status.
fn first_of_exchange(text: &str, lines: &[Line], follows_head: bool) -> usize {
    if follows_head {
        // An interim answer, or that of a proxy.
        return lines.len() - 1;
    }
    let raw = |line: &Line| &text[line.range.clone()];
    let begins = |line: &Line| raw(line).starts_with("* ") || is_request(raw(line));
    let preceding = lines
        .iter()
        .rev()
        .take_while(|line| line.status_at.is_none() && (is_of_exchange(raw(line)) || is_request(raw(line))));
    let length = preceding.enumerate().filter(|(_, line)| begins(line)).last();
    lines.len() - length.map_or(0, |(at, _)| at + 1)
}

/// The head of an HTTP answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Head {
    Open,
    /// The blank line after the headers. Any text may follow.
    Ended,
    /// A status that is not in HTTP's form. Only an object or a page may follow.
    Loose,
}

/// Returns the head that a line begins with a status: `HTTP/1.1 403 Forbidden`, `< HTTP/2 200`, `Status: 502`, `502 Bad Gateway`.
fn status(raw: &str) -> Option<Head> {
    const NAMES: [&str; 8] = [
        "http status: ",
        "http error ",
        "http ",
        "status code: ",
        "status: ",
        "statuscode: ",
        "response code: ",
        "error ",
    ];
    let after_status = |rest: &str| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        (digits == 3 && matches!(rest.as_bytes()[0], b'1'..=b'5')).then(|| rest[digits..].to_owned())
    };
    let lower = raw.trim_start_matches("< ").trim_end().to_ascii_lowercase();
    if let Some(version) = lower.strip_prefix("http/") {
        let rest = version.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        return after_status(rest.strip_prefix(' ')?).map(|_| Head::Open);
    }
    let rest = NAMES.iter().find_map(|name| lower.strip_prefix(name)).unwrap_or(&lower);
    let is_reason = |c: char| c.is_ascii_alphabetic() || matches!(c, ' ' | '-' | ':');
    after_status(rest)?.chars().all(is_reason).then_some(Head::Loose)
}

/// Returns whether a line is the body of an answer or its label: it begins with an object, also behind `ERROR body:`.
fn is_body(raw: &str) -> bool {
    let (label, object) = raw.trim_end().split_at(raw.find('{').unwrap_or(raw.trim_end().len()));
    match object.is_empty() {
        true => label.ends_with(':') && is_body_label(label),
        false => label.trim().is_empty() || is_body_label(label),
    }
}

fn is_body_label(label: &str) -> bool {
    const LABELS: [&str; 4] = ["body", "response", "svar", "answer"];
    let lower = label.to_ascii_lowercase();
    LABELS.iter().any(|name| lower.contains(name))
}

/// Returns whether a line tells of an answer of which the body is still to come: it has a request, a status or the label of a body.
fn awaits_body(line: &str) -> bool {
    !line.contains('{') && (tells_status(line) || is_request(line) || (line.trim_end().ends_with(':') && is_body(line)))
}

fn is_request(raw: &str) -> bool {
    const METHODS: [&str; 6] = ["GET ", "POST ", "PUT ", "PATCH ", "DELETE ", "CONNECT "];
    METHODS.iter().any(|method| raw.starts_with(method))
}

fn is_blank(raw: &str) -> bool {
    raw.trim_matches(['<', ' ', '\n']).is_empty()
}

/// Returns whether a line is a header, blank, or of what curl prints beside them.
fn is_of_exchange(raw: &str) -> bool {
    const LOG_LEVELS: [&str; 8] = ["error", "err", "warn", "warning", "info", "fatal", "feil", "curl"];
    let raw = raw.trim_start_matches("< ");
    let is_header = raw.split_once(": ").is_some_and(|(name, _)| {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !name.is_empty() && name.bytes().all(is_name) && !LOG_LEVELS.contains(&name.to_ascii_lowercase().as_str())
    });
    let is_progress = raw.starts_with("* ") || raw.starts_with("{ [") || raw.starts_with("} [");
    is_blank(raw) || is_header || is_progress
}

/// An object in a text, by its braces.
pub(super) struct Object {
    pub start: usize,
    /// `None` if the text is cut, or a brace stands in a value.
    end: Option<usize>,
    /// The number of objects inside each other, this one included.
    levels: usize,
}

/// Most objects inside each other that are parsed as JSON: each is parsed once for every one around it.
const MAX_PARSED_LEVELS: usize = 16;

impl Object {
    /// Returns the range of an object that has an end.
    pub fn closed(&self) -> Option<Range<usize>> {
        self.end.map(|end| self.start..end)
    }

    /// Returns whether an object may be parsed in time that its text does not multiply.
    pub fn is_flat(&self) -> bool {
        self.levels <= MAX_PARSED_LEVELS
    }
}

/// Finds the objects in a text by their braces, in the order in which they begin: pasted JSON is often not whole.
pub(super) fn objects(text: &str) -> Vec<Object> {
    let mut open: Vec<Object> = Vec::new();
    let mut objects = Vec::new();
    let mut close = |open: &mut Vec<Object>, end| {
        let Some(object) = open.pop() else { return };
        if let Some(outer) = open.last_mut() {
            outer.levels = outer.levels.max(object.levels + 1);
        }
        objects.push(Object { end, ..object });
    };
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => open.push(Object {
                start: at,
                end: None,
                levels: 1,
            }),
            b'}' => close(&mut open, Some(at + 1)),
            _ => {}
        }
    }
    while !open.is_empty() {
        close(&mut open, None);
    }
    objects.sort_by_key(|object| object.start);
    objects
}

/// Returns whether a line begins with a time stamp or an object.
pub(super) fn begins_block(line: &str) -> bool {
    line.trim_start_matches(MARKS).starts_with('{') || begins_with_time(line)
}

/// Characters before a time stamp.
const MARKS: [char; 6] = ['[', '(', '<', '*', '-', ' '];

fn begins_with_time(line: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let line = line.trim_start_matches(MARKS);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line[digits..].chars().next();
    let is_time = matches!(digits, 1 | 2 | 4) && matches!(after, Some(':' | '-' | '.' | '/'));
    let is_number_after = line[digits..].chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    (is_time && is_number_after)
        || MONTHS.iter().any(|month| {
            line.strip_prefix(month)
                .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        lines(text).len()
    }

    #[test]
    fn http_answer_is_one_line() {
        for text in [
            "HTTP/1.1 403 Forbidden\nDate: x\n\n{\"a\":1}",
            "POST https://x.no/token\nHTTP/1.1 403\n{\"a\":\n1\n}",
            "HTTP/1.1 407 Proxy Authentication Required\nProxy-Authenticate: NTLM\n\n<html>\n<p>x</p>",
            "HTTP/2 403\n\nNot authorized",
            "* Trying 1.2.3.4:443...\n* Connected\nPOST /token HTTP/1.1\nHost: x\n\n< HTTP/1.1 100 Continue\n< \n< HTTP/1.1 400\n< a: b\n< \n* Closing\n{\"a\":1}",
        ] {
            assert_eq!(count(text), 1, "{text}");
        }
        for (text, expected) in [
            ("502 Bad Gateway\n{\"a\":1}", 1),
            ("Status: 502 Bad Gateway\nBody: {\"a\":1}", 1),
            ("HTTP 502\n\n<html>", 1),
            ("502 Bad Gateway\n\nExpired key", 2),
            ("502 users, 3 errors\n{\"a\":1}", 2),
            ("HTTP/1.1 503\nERROR: Expired key", 2),
            ("Expired key\nHTTP/1.1 503", 2),
            ("HTTP/1.1 503\n2026-11-22 Expired key", 2),
            ("a: {\nb\n}\nc", 2),
            ("POST https://x.no/token 403\nResponse body:\n{\"a\":1}", 1),
            ("Response from https://x.no/token: 403\n\n{\"a\":1}", 1),
            ("x resulted in a `403 Forbidden` response:\n{\"a\":\n1}", 1),
            ("10:00:01 x -> 403\n10:00:01 ERROR body: {\"a\":1}", 1),
            ("POST https://x.no/token\n{\"a\":1}\nExpired key", 2),
            ("HTTP 403 {\"a\":1}\n{\"a\":2}", 2),
            ("Response:\n\nBody:\n\n{\"a\":1}\n{\"a\":2}", 2),
            ("Response:\n\nExpired key", 3),
            ("Response:\nExpired key\n{\"a\":1}", 3),
            ("10:00:01 hit ratio 403\nExpired key", 2),
            (
                "POST /a HTTP/2\nHost: x\n\n< HTTP/2 200 \n< \nGET /b HTTP/2\nHost: x\n\n< HTTP/2 403 \n< ",
                2,
            ),
        ] {
            assert_eq!(count(text), expected, "{text}");
        }
    }
}
