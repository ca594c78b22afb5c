//! klarert's own reports in pasted text. A check has had more evidence than its report shows, so that the headline of the
//! report, or the id in its JSON, names the cause.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use serde_json::{Map, Value};

use super::{
    Received,
    classify::text_args::{self, VARIANT},
    codes::codes_in,
    labels,
    lines::{self, begins_block},
    table::{self, DiagnosisEntry},
};
use crate::text::{Language, Texts};

/// The titles of the diagnoses, in lower case and without white space.
static TITLES: LazyLock<Vec<(&DiagnosisEntry, Vec<char>)>> = LazyLock::new(titles);

/// Returns the titles that may stand before a code: each in both languages, for either kind of business.
fn titles() -> Vec<(&'static DiagnosisEntry, Vec<char>)> {
    let mut titles = Vec::new();
    for texts in Language::ALL.map(Texts::new) {
        for entry in table::table().iter().filter(|entry| !is_unknown(entry)) {
            for variant in ["other", "foreign"] {
                titles.push((entry, squashed(&title(&texts, entry, variant)).collect()));
            }
        }
    }
    titles
}

/// Returns a title. One with a value, which is left empty here, is shown with an id and not with a code.
fn title(texts: &Texts, entry: &DiagnosisEntry, variant: &str) -> String {
    let defaults = text_args::defaults().with(VARIANT, variant);
    let args = text_args::NAMES.iter().fold(defaults, |args, name| args.with(name, ""));
    texts.with(&format!("diagnosis-{}", entry.id), &args)
}

fn is_unknown(entry: &DiagnosisEntry) -> bool {
    entry.id == "unknown"
}

/// Returns the characters of a text in lower case, without white space.
fn squashed(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase)
}

/// Longest name in parentheses that may be a code or an id.
const MAX_NAME_BYTES: usize = 64;

/// The command that explains an id, which a headline has in parentheses.
pub(super) const EXPLAIN: &str = "klarert explain ";

/// A report of one diagnosis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OwnReport {
    pub entry: &'static DiagnosisEntry,
    /// Maskinporten's code, if the report has one.
    pub code: Option<String>,
    pub headline: Range<usize>,
    /// From the headline to the end of what was received.
    pub range: Range<usize>,
    pub received: Option<Received>,
}

/// The places that reports cover. A log may have thousands of reports and of codes.
pub(super) struct Coverage<'a> {
    /// The start of each report, and the last end of those that begin up to there.
    ends: Vec<(usize, usize)>,
    /// The start of the last report with each code.
    codes: BTreeMap<&'a str, usize>,
}

impl Coverage<'_> {
    /// Returns the coverage of reports in order.
    pub fn new(reports: &[OwnReport]) -> Coverage<'_> {
        let ends = reports.iter().scan(0, |end, report| {
            *end = report.range.end.max(*end);
            Some((report.range.start, *end))
        });
        let codes = reports
            .iter()
            .filter_map(|report| Some((report.code.as_deref()?, report.range.start)));
        Coverage {
            ends: ends.collect(),
            codes: codes.collect(),
        }
    }

    /// Returns whether a phrase or code says no more than a report: it is in it, or is its code on the line of a stage.
    pub fn covers(&self, at: usize, code: Option<&str>) -> bool {
        let before = self.ends.partition_point(|(start, _)| *start <= at);
        let is_inside = self.ends[..before].last().is_some_and(|(_, end)| at < *end);
        is_inside
            || code
                .and_then(|code| self.codes.get(code))
                .is_some_and(|start| at < *start)
    }
}

/// Finds the reports in a text, in order.
pub(super) fn find(text: &str) -> Vec<OwnReport> {
    let mut reports: Vec<OwnReport> = objects(text);
    let coverage = Coverage::new(&reports);
    let mut searched_to = 0;
    let heads = text.match_indices('(').filter_map(|(open, _)| {
        let (entry, code, at) = headline(text, searched_to, open)?;
        searched_to = at.end;
        Some((entry, code, at))
    });
    let heads: Vec<_> = heads.filter(|(_, _, at)| !coverage.covers(at.start, None)).collect();
    let ends = heads.iter().skip(1).map(|(_, _, at)| at.start).chain([text.len()]);
    for ((entry, code, at), limit) in heads.iter().zip(ends) {
        let (end, received) = body(text, at, limit);
        reports.push(OwnReport {
            entry,
            code: code.clone(),
            headline: at.clone(),
            range: at.start..end,
            received,
        });
    }
    reports.sort_by_cached_key(|report| report.headline.start);
    reports
}

/// Parses a headline, such as `The registered key has expired (MP-121)`, of which the code or id begins at `open`, and the
/// title behind the headline before it, which ends at `from`.
fn headline(text: &str, from: usize, open: usize) -> Option<(&'static DiagnosisEntry, Option<String>, Range<usize>)> {
    let before = text.get(from..open)?;
    let close = text[open..]
        .bytes()
        .take(MAX_NAME_BYTES)
        .position(|byte| byte == b')')?;
    let name = &text[open + 1..open + close];
    let end = open + name.len() + 2;
    if let Some(entry) = table::known(&id_in(name)).filter(|entry| !is_unknown(entry)) {
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        return Some((entry, None, from + start..end));
    }
    let (code, at) = codes_in(name).into_iter().next()?;
    if at != (0..name.len()) {
        return None;
    }
    let matches = TITLES
        .iter()
        .filter_map(|(entry, title)| Some((*entry, start_of(title, before)?)));
    // Two diagnoses have one title for foreign businesses: the code tells which.
    let (entry, start) = matches.max_by_key(|(entry, _)| entry.codes.contains(&code))?;
    Some((entry, Some(code), from + start..end))
}

/// Returns the id of a headline: alone, as older reports have it, or in the command that explains it. A mail program may have
/// broken the command over two lines.
fn id_in(name: &str) -> String {
    let words = name.split_whitespace().collect::<Vec<_>>().join(" ");
    words.strip_prefix(EXPLAIN).unwrap_or(&words).to_owned()
}

/// Returns where a title begins that ends a text, whatever its case and white space.
fn start_of(title: &[char], text: &str) -> Option<usize> {
    let mut wanted = title.iter().rev().peekable();
    let mut start = text.len();
    for (at, c) in text.char_indices().rev().filter(|(_, c)| !c.is_whitespace()) {
        let Some(next) = wanted.peek() else { break };
        if !c.to_lowercase().eq([**next]) {
            return None;
        }
        wanted.next();
        start = at;
    }
    let is_whole_word = !text[..start].ends_with(char::is_alphanumeric);
    (wanted.peek().is_none() && is_whole_word).then_some(start)
}

/// Returns the end of a report, and what it shows as received.
fn body(text: &str, headline: &Range<usize>, limit: usize) -> (usize, Option<Received>) {
    let before = text[..headline.start].rfind(|c: char| c == '\n' || c.is_alphanumeric());
    let begins_line = before.is_none_or(|at| text[at..].starts_with('\n'));
    let rest = &text[headline.end..limit];
    let mut end = headline.end + rest.find('\n').unwrap_or(rest.len());
    if !begins_line {
        // A line of a list.
        return (end, None);
    }
    let mut received: Option<Range<usize>> = None;
    for line in text[end..limit].split_inclusive('\n').skip(1) {
        let start = end + 1;
        let is_over = line.trim().is_empty() || begins_block(line);
        if is_over {
            break;
        }
        end = (start + line.trim_end_matches('\n').len()).min(limit);
        match (&mut received, after_label(line)) {
            (Some(range), _) => range.end = end,
            (None, Some(skipped)) => received = Some(start + skipped..end),
            (None, None) => {}
        }
    }
    let received = received.map(|range| Received::plain_text(None, &text[range]));
    (end, received)
}

/// Returns the length of the label of what was received, if a line begins with it.
fn after_label(line: &str) -> Option<usize> {
    let lower = line.to_lowercase();
    let label = labels::RECEIVED
        .iter()
        .find(|label| lower.starts_with(&format!("{label}:")))?;
    Some(label.len() + 1)
}

/// Finds the diagnoses in klarert's JSON.
fn objects(text: &str) -> Vec<OwnReport> {
    let starts: Vec<usize> = lines::objects(text)
        .iter()
        .filter(|object| object.is_flat())
        .map(|object| object.start)
        .collect();
    let mut searched_to = 0;
    let ids = text.match_indices("\"id\"").filter_map(|(at, _)| {
        // An object is searched once, however many ids it has.
        let from = std::mem::replace(&mut searched_to, at);
        let begun = starts.partition_point(|start| *start < at).checked_sub(1)?;
        let start = Some(starts[begun]).filter(|start| *start >= from)?;
        let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Map<String, Value>>();
        let object = values.next()?.ok()?;
        let end = start + values.byte_offset();
        let entry = table::known(object.get("id")?.as_str()?).filter(|entry| !is_unknown(entry))?;
        let is_diagnosis = ["cause", "fix", "who"].iter().all(|key| object.contains_key(*key));
        let received = object.get("received").and_then(Value::as_object);
        is_diagnosis.then(|| OwnReport {
            entry,
            code: object.get("code").and_then(Value::as_str).map(str::to_owned),
            headline: start..end,
            range: start..end,
            received: received.and_then(|received| {
                let status = received.get("status").and_then(Value::as_u64);
                Received::read(status.and_then(|status| u16::try_from(status).ok()), received).ok()
            }),
        })
    });
    ids.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<&str> {
        find(text).iter().map(|report| report.entry.id.as_str()).collect()
    }

    #[test]
    fn every_title_with_a_code_names_its_diagnosis() {
        for texts in Language::ALL.map(Texts::new) {
            for entry in table::table().iter().filter(|entry| !is_unknown(entry)) {
                let title = title(&texts, entry, "other");
                for code in entry.codes.iter().chain(&entry.also) {
                    let text = format!("Token: failed. {code}\n\n{title} ({code})\nCause.");
                    assert_eq!(ids(&text), [&entry.id], "{text}");
                }
                for reference in [
                    entry.id.clone(),
                    format!("{EXPLAIN}{}", entry.id),
                    format!("klarert\nexplain {}", entry.id),
                ] {
                    assert_eq!(ids(&format!("{title} ({reference})")), [&entry.id]);
                }
            }
        }
    }

    #[test]
    fn headline_is_a_whole_title_with_a_code() {
        for (text, found) in [
            ("The client does not have\nthis key (MP-100)", &["kid-unknown"][..]),
            ("the client does not have this key (MP-100)", &["kid-unknown"]),
            (
                "Maskinporten does not grant the scope (MP-200)",
                &["scope-not-on-client"],
            ),
            ("Maskinporten does not grant the scope (MP-250)", &["scope-not-granted"]),
            ("The client does not have this key", &[]),
            ("does not have this key (MP-100)", &[]),
            ("Failed (MP-100)", &[]),
            ("An error (unknown)", &[]),
            ("(", &[]),
            (
                r#"{"diagnosis":{"id":"clock-behind","code":"MP-130","cause":"","fix":[],"who":"you"}}"#,
                &["clock-behind"],
            ),
            (r#"{"id":"clock-behind"}"#, &[]),
            (
                "The key (key-expired) and (klarert explain clock-ahead)",
                &["key-expired", "clock-ahead"],
            ),
        ] {
            assert_eq!(ids(text), found, "{text}");
        }
    }

    #[test]
    fn report_ends_with_what_was_received() {
        let text = "The registered key has expired (MP-121)\nCause.\nTrace id: 35666614aa\nReceived: 400 · Expired key\n\
                    2026-11-22 no such host\n";
        let [report] = &find(text)[..] else {
            panic!("{:?}", find(text));
        };
        assert!(text[report.range.clone()].ends_with("Expired key"));
        let received = report.received.as_ref().unwrap();
        assert_eq!(received.error_description.as_deref(), Some("400 · Expired key"));
    }
}
