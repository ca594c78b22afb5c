//! `klarert explain`: the diagnoses of an error code, a diagnosis id, any pasted text or a file; without one, all of them.

use std::{
    fs::File,
    io::{self, IsTerminal, Read},
    path::Path,
    sync::mpsc,
    thread,
    time::Duration,
};

use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;

use crate::command::{
    Context, Exit, eprint, json::FORMAT, print_styled, profile::status::step_name, renderer::Renderer,
};
use crate::{
    credential,
    diagnosis::{self, Diagnosis, Interpretation},
    profile::{CheckOutcome, LastCheck, parse::ProfileName},
    text::{Args, Texts},
};

/// The id of the diagnosis for errors that no other one fits.
const UNKNOWN: &str = "unknown";
/// Longest text that is read. If there is more, a message says so.
const MAX_INPUT_BYTES: u64 = 8 * 1024 * 1024;
/// Time until standard input must send something. In a scheduled job it may be a pipe without a writer.
const STDIN_TIMEOUT: Duration = Duration::from_secs(5);

/// Arguments of `klarert explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    #[arg(value_name = "CODE")]
    pub text: Vec<String>,
}

/// Prints the diagnoses. An error that is not known exits with [`Exit::CheckFailed`].
pub fn run(context: &Context, args: &ExplainArgs) -> anyhow::Result<Exit> {
    let input = match &args.text[..] {
        [] => read_stdin(context)?,
        [dash] if dash == "-" => read_stdin(context)?,
        [path] if Path::new(path).is_file() => read_bounded(context, File::open(path)?, Vec::new())?,
        words => words.join(" "),
    };
    if input.trim().is_empty() {
        print_styled(&all_diagnoses(context, context.json))?;
        return Ok(Exit::Success);
    }
    if let Some((name, check)) = diagnosis::bare_trace_id(&input).and_then(|id| failed_check(context, &id)) {
        print_styled(&match context.json {
            true => format!("{}\n", failed_check_json(&name, &check, &context.texts)),
            false => failed_check_text(context, &name, &check),
        })?;
        return Ok(Exit::Success);
    }
    let interpretation = diagnosis::interpret(&input);
    print_styled(&match context.json {
        true => json_lines(&interpretation, &context.texts),
        false => text(context, &interpretation),
    })?;
    let unknown_is_asked_for = input.trim().eq_ignore_ascii_case(UNKNOWN);
    Ok(match interpretation {
        Interpretation::NotAnError(_) => Exit::CheckFailed,
        Interpretation::Causes(causes)
            if !unknown_is_asked_for && causes.iter().any(|diagnosis| diagnosis.id == UNKNOWN) =>
        {
            Exit::CheckFailed
        }
        Interpretation::Causes(_) | Interpretation::OauthError { .. } | Interpretation::TraceId(_) => Exit::Success,
    })
}

/// Returns the text that was piped in; empty on a terminal, or if nothing is sent in time.
fn read_stdin(context: &Context) -> io::Result<String> {
    if io::stdin().is_terminal() {
        return Ok(String::new());
    }
    let (sender, first) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = vec![0; 4096];
        let read = io::stdin().read(&mut bytes).map(|read| {
            bytes.truncate(read);
            bytes
        });
        // Fails if the timeout has passed: then nothing receives.
        let _ = sender.send(read);
    });
    let Ok(first) = first.recv_timeout(STDIN_TIMEOUT) else {
        eprint(&context.texts.get("explain-nothing-came"));
        return Ok(String::new());
    };
    let first = first?;
    match first.is_empty() {
        true => Ok(String::new()),
        false => read_bounded(context, io::stdin().lock(), first),
    }
}

/// Reads up to the limit, after the bytes in `first`. Text in UTF-16, as PowerShell writes it, is decoded.
fn read_bounded(context: &Context, source: impl Read, first: Vec<u8>) -> io::Result<String> {
    let mut bytes = first;
    source.take(MAX_INPUT_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_INPUT_BYTES {
        bytes.truncate(MAX_INPUT_BYTES as usize);
        let limit = Args::new().with("megabytes", MAX_INPUT_BYTES / (1024 * 1024));
        eprint(&context.texts.with("explain-cut", &limit));
    }
    Ok(std::mem::take(&mut *credential::decode_text(&bytes)))
}

/// Returns the profile whose last check failed with this trace id, and that check.
fn failed_check(context: &Context, trace_id: &str) -> Option<(ProfileName, LastCheck)> {
    // Profiles that cannot be read are skipped: `list` reports them.
    let listed = context.store().list().unwrap_or_default().into_iter();
    let checks = listed.filter_map(|listed| Some((listed.name, listed.profile.ok()?.last_check?)));
    let mut checks = checks.filter(|(_, check)| check.outcome == CheckOutcome::Failed);
    checks.find(|(_, check)| {
        let saved = check.trace_id.as_deref();
        saved.is_some_and(|saved| saved.eq_ignore_ascii_case(trace_id))
    })
}

fn diagnosis_of(check: &LastCheck) -> Diagnosis {
    let mut diagnosis = diagnosis::parse_pasted(check.code.as_deref().unwrap_or(UNKNOWN));
    diagnosis.trace_id.clone_from(&check.trace_id);
    diagnosis
}

fn failed_check_json(name: &ProfileName, check: &LastCheck, texts: &Texts) -> Value {
    let mut object = diagnosis_json(&diagnosis_of(check), texts);
    object["profile"] = json!(name.as_str());
    object["at"] = json!(check.at.format(&Rfc3339).ok());
    object
}

fn failed_check_text(context: &Context, name: &ProfileName, check: &LastCheck) -> String {
    let (renderer, texts) = (Renderer::new(context), &context.texts);
    let trace = check.trace_id.as_deref().unwrap_or_default();
    let args = Args::new().with("trace", trace).with("profile", name.as_str());
    let at = check.at.format(&Rfc3339).unwrap_or_default();
    let found = texts.with("explain-trace-found", &args.with("at", at));
    format!(
        "{}\n\n{}",
        renderer.wrap_after("", &found),
        diagnosis_text(context, &diagnosis_of(check))
    )
}

/// Returns an interpretation for programs: a JSON object for each diagnosis, one per line.
fn json_lines(interpretation: &Interpretation, texts: &Texts) -> String {
    let lines = |causes: &[Diagnosis]| {
        causes
            .iter()
            .map(|diagnosis| format!("{}\n", diagnosis_json(diagnosis, texts)))
            .collect()
    };
    match interpretation {
        Interpretation::Causes(causes) => lines(causes),
        Interpretation::OauthError { causes, .. } => lines(causes),
        Interpretation::TraceId(id) => format!("{}\n", json!({"format": FORMAT, "trace_id": id, "profile": null})),
        Interpretation::NotAnError(diagnosis) => lines(std::slice::from_ref(diagnosis)),
    }
}

/// Returns an interpretation for people.
fn text(context: &Context, interpretation: &Interpretation) -> String {
    let renderer = Renderer::new(context);
    let texts = renderer.texts;
    match interpretation {
        Interpretation::Causes(causes) => {
            let causes: Vec<String> = causes.iter().map(|cause| diagnosis_text(context, cause)).collect();
            causes.join("\n")
        }
        Interpretation::OauthError { error, causes } => {
            let intro = texts.with("explain-under", &Args::new().with("error", error));
            format!("{}\n\n{}", renderer.wrap_after("", &intro), table(&renderer, causes))
        }
        Interpretation::TraceId(id) => {
            // Correlation ids are UUIDs, as client ids are; the newer trace ids have no hyphens.
            let form = if id.contains('-') { "uuid" } else { "hex" };
            let args = Args::new().with("trace", id).with("form", form);
            let lines = ["explain-trace", "explain-trace-send", "explain-trace-error"];
            let lines = lines.map(|line| renderer.wrap_after("", &texts.with(line, &args)));
            lines.join("\n") + "\n"
        }
        Interpretation::NotAnError(diagnosis) => {
            let mut lines = vec![
                renderer.bold(&renderer.wrap_after("", &diagnosis.title(texts))),
                renderer.wrap_after("", &diagnosis.cause(texts)),
            ];
            let fix = diagnosis.fix(texts);
            lines.extend(fix.iter().map(|step| renderer.wrap_after("- ", step)));
            lines.join("\n") + "\n"
        }
    }
}

/// Returns one diagnosis with the step where it is fixed, and its source.
fn diagnosis_text(context: &Context, diagnosis: &Diagnosis) -> String {
    let texts = &context.texts;
    let mut out = Renderer::new(context).diagnosis(diagnosis);
    // Nothing is fixed at the check itself.
    if diagnosis.step != "check" {
        let step = Args::new().with("step", step_name(&diagnosis.step, texts));
        let line = match diagnosis.fix_at_name(texts, None) {
            Some(name) => texts.with("explain-fix-at", &step.with("at", name)),
            None => texts.with("explain-step", &step),
        };
        out.push_str(&format!("{line}\n"));
    }
    if let Some(known) = diagnosis::known(&diagnosis.id) {
        let source = Args::new().with("source", &known.source);
        out.push_str(&format!("{}\n", texts.with("explain-source", &source)));
    }
    out
}

/// Returns a diagnosis as in the check's JSON, with its title, its source and all codes that lead to it.
fn diagnosis_json(diagnosis: &Diagnosis, texts: &Texts) -> Value {
    let known = diagnosis::known(&diagnosis.id);
    let mut object = diagnosis.to_json(texts);
    object["format"] = json!(FORMAT);
    object["title"] = json!(diagnosis.title(texts));
    object["source"] = json!(known.map(|known| &known.source));
    object["codes"] = json!(known.map(|known| known.codes.iter().chain(&known.also).collect::<Vec<_>>()));
    object
}

/// Returns every diagnosis that can appear, one per line.
fn all_diagnoses(context: &Context, as_json: bool) -> String {
    let known = diagnosis::table().iter();
    let causes = known.map(|known| diagnosis::parse_pasted(&known.id)).collect();
    match as_json {
        true => json_lines(&Interpretation::Causes(causes), &context.texts),
        false => table(&Renderer::new(context), &causes),
    }
}

fn table(renderer: &Renderer, causes: &[Diagnosis]) -> String {
    let texts = renderer.texts;
    let row = |diagnosis: &Diagnosis| {
        vec![
            diagnosis.id.clone(),
            diagnosis.code.clone().unwrap_or_default(),
            texts.get(&format!("who-{}.short", diagnosis.who.id())),
            diagnosis.title(texts),
        ]
    };
    renderer.table(&causes.iter().map(row).collect::<Vec<_>>())
}
