//! The corpus in `tests/data/explain`: refusals as quoted in public, messages of other programs, and whole pasted texts.
//! Each file's head describes its fields.

use std::{collections::BTreeSet, fs, path::Path};

use klarert::diagnosis::{Diagnosis, Interpretation, interpret};
use serde::Deserialize;

/// A diagnosis that may stand for anything: it claims nothing.
const UNKNOWN: &str = "unknown";

fn read<T: for<'a> Deserialize<'a>>(file: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/explain")
        .join(file);
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The diagnoses of a text. An OAuth error alone claims none of those that are listed under it.
fn causes(text: &str) -> Vec<Diagnosis> {
    match interpret(text) {
        Interpretation::Causes(causes) => causes,
        Interpretation::NotAnError(found) => vec![found],
        Interpretation::OauthError { .. } | Interpretation::TraceIds(_) => Vec::new(),
    }
}

fn ids(causes: &[Diagnosis]) -> Vec<&str> {
    causes.iter().map(|cause| cause.id.as_str()).collect()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    pub id: String,
    pub status: Option<u16>,
    pub body: String,
    #[serde(default)]
    pub also: Vec<String>,
    #[serde(default)]
    pub must_not: Vec<String>,
    pub who: Option<String>,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Debug, Deserialize)]
struct Refusals {
    answer: Vec<Refusal>,
}

pub fn refusals() -> Vec<Refusal> {
    read::<Refusals>("refusals.toml").answer
}

#[test]
fn every_refusal_is_explained_by_its_last_known_sentence() {
    let mut wrong = Vec::new();
    for refusal in refusals() {
        let found = causes(&refusal.body);
        let right = match ids(&found)[..] {
            [id] => id == refusal.id || refusal.also.iter().any(|also| also == id),
            _ => false,
        };
        let who = refusal
            .who
            .as_deref()
            .is_none_or(|who| found.iter().all(|cause| cause.who.id() == who));
        if !right || !who {
            wrong.push(format!("{} ({:?}): {:?}", refusal.id, refusal.body, ids(&found)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StackError {
    stack: String,
    kind: String,
    who: String,
    reading: Option<String>,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    must_not: Vec<String>,
    text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NotOurs {
    why: String,
    must_not: Vec<String>,
    text: String,
}

#[derive(Debug, Deserialize)]
struct OtherStacks {
    error: Vec<StackError>,
    not_ours: Vec<NotOurs>,
}

/// Share of the messages of other programs that must get the right cause or the right person to act, in percent.
const MIN_RIGHT_PERCENT: usize = 90;

#[test]
fn messages_of_other_programs_get_the_right_cause_and_never_a_wrong_one() {
    let errors = read::<OtherStacks>("other_stacks.toml").error;
    let (mut right, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for error in &errors {
        let found = causes(&error.text);
        let allowed = |id: &str| id == error.kind || error.also.iter().any(|also| also == id);
        let line = format!("[{}] {} {:?}: {:?}", error.stack, error.kind, error.text, ids(&found));
        match &found[..] {
            [cause] if allowed(&cause.id) => {
                let variant = cause.args.iter().filter(|(name, _)| *name == "variant").last();
                let variant = variant.map(|(_, value)| format!("{value:?}"));
                let reading = error.reading.as_deref().filter(|_| cause.id == error.kind);
                let is_owner = cause.id != error.kind || cause.who.id() == error.who;
                if is_owner && reading.is_none_or(|reading| variant.is_some_and(|variant| variant.contains(reading))) {
                    right += 1;
                } else {
                    missed.push(format!("{line} {} {reading:?}", cause.who.id()));
                }
            }
            [cause] if cause.id == UNKNOWN => missed.push(line),
            _ => wrong.push(line),
        }
    }
    eprintln!("{right} of {} right, missed:\n{}", errors.len(), missed.join("\n"));
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(
        right * 100 >= errors.len() * MIN_RIGHT_PERCENT,
        "{right} of {}",
        errors.len()
    );
}

#[test]
fn text_that_resembles_an_error_is_not_taken_for_it() {
    let mut wrong = Vec::new();
    let errors = read::<OtherStacks>("other_stacks.toml");
    let not_ours = errors
        .not_ours
        .iter()
        .map(|other| (&other.why, &other.must_not, &other.text));
    let errors = errors
        .error
        .iter()
        .map(|error| (&error.kind, &error.must_not, &error.text));
    for (why, must_not, text) in not_ours.chain(errors) {
        let found = causes(text);
        let forbidden = |id: &&str| *id != UNKNOWN && must_not.iter().any(|not| not == "*" || not == id);
        if ids(&found).iter().any(forbidden) {
            wrong.push(format!("{why}: {text:?}: {:?}", ids(&found)));
        }
    }
    for refusal in refusals() {
        let found = causes(&refusal.body);
        if ids(&found)
            .iter()
            .any(|id| refusal.must_not.iter().any(|not| not == id))
        {
            wrong.push(format!("{:?}: {:?}", refusal.body, ids(&found)));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Paste {
    name: String,
    text: String,
    expected: Vec<String>,
    trace_id: Option<String>,
    #[serde(default)]
    hidden: Vec<String>,
    #[serde(default, rename = "note")]
    _note: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Pasted {
    paste: Vec<Paste>,
}

#[test]
fn every_error_in_a_pasted_text_is_explained_once_and_in_order() {
    let mut wrong = Vec::new();
    for paste in read::<Pasted>("pasted.toml").paste {
        let interpretation = interpret(&paste.text);
        let (found, trace_id) = match &interpretation {
            Interpretation::TraceIds(ids) => (Vec::new(), ids.first().cloned()),
            _ => {
                let found = causes(&paste.text);
                let trace_id = found.iter().find_map(|cause| cause.trace_id.clone());
                (found, trace_id)
            }
        };
        let known: Vec<&str> = ids(&found).into_iter().filter(|id| *id != UNKNOWN).collect();
        if known != paste.expected || trace_id != paste.trace_id {
            wrong.push(format!(
                "{}: {known:?} {trace_id:?}, expected {:?} {:?}",
                paste.name, paste.expected, paste.trace_id
            ));
        }
        let shown = format!("{interpretation:?}");
        for hidden in &paste.hidden {
            assert!(!shown.contains(hidden), "{}: {shown}", paste.name);
        }
        let distinct: BTreeSet<&str> = known.iter().copied().collect();
        assert_eq!(distinct.len(), known.len(), "{}", paste.name);
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
