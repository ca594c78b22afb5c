//! `klarert explain`: what an error means and who must act, by its code, its id, or any text in which it came. Without
//! one, every diagnosis there is.

use std::{
    io::{self, IsTerminal, Read},
    sync::mpsc,
    thread,
    time::Duration,
};

use clap::Args as ClapArgs;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;

use crate::command::{Context, Exit, output::Page, print, profile::status::step_name, tell};
use crate::{
    diagnosis::{self, Diagnosis, Interpretation},
    profile::{CheckOutcome, LastCheck, parse::ProfileName},
    text::{Args, Texts},
};

/// What is known as nothing else.
const UNKNOWN: &str = "unknown";
/// More than any answer or log line; what is beyond is not read.
const LONGEST: u64 = 256 * 1024;
/// How long standard input may be silent. It may be a pipe that nobody will ever write to, as in a scheduled job.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, ClapArgs)]
pub struct Arguments {
    #[arg(value_name = "CODE")]
    pub text: Vec<String>,
    #[arg(long)]
    pub json: bool,
}

pub fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Exit> {
    let text = if arguments.text.is_empty() {
        received(context)?
    } else {
        arguments.text.join(" ")
    };
    if text.trim().is_empty() {
        print(&every(context, arguments.json))?;
        return Ok(Exit::Success);
    }
    if let Some((name, check)) = diagnosis::bare_trace_id(&text).and_then(|id| refused(context, &id)) {
        print(&match arguments.json {
            true => format!("{}\n", refusal_described(&name, &check, &context.texts)),
            false => refusal_written(context, &name, &check),
        })?;
        return Ok(Exit::Success);
    }
    let asked = diagnosis::interpret(&text);
    print(&match arguments.json {
        true => objects(&asked, &context.texts),
        false => written(context, &asked),
    })?;
    let asked_for = text.trim().eq_ignore_ascii_case(UNKNOWN);
    Ok(match asked {
        Interpretation::NotAnError(_) => Exit::CheckFailed,
        Interpretation::Causes(causes) if !asked_for && causes.iter().any(|found| found.id == UNKNOWN) => {
            Exit::CheckFailed
        }
        Interpretation::Causes(_) | Interpretation::OauthError { .. } | Interpretation::TraceId(_) => Exit::Success,
    })
}

/// What was piped in; nothing at a terminal.
fn received(context: &Context) -> io::Result<String> {
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
        // Nobody waits any longer after a while.
        let _ = sender.send(read);
    });
    let Ok(first) = first.recv_timeout(PATIENCE) else {
        tell(&context.texts.get("explain-nothing-came"));
        return Ok(String::new());
    };
    let mut bytes = first?;
    if !bytes.is_empty() {
        io::stdin().lock().take(LONGEST).read_to_end(&mut bytes)?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The saved profile whose last check was refused with that trace id.
fn refused(context: &Context, trace_id: &str) -> Option<(ProfileName, LastCheck)> {
    // What cannot be read is said by `list`: here it has nothing to tell.
    let listed = context.store().list().unwrap_or_default().into_iter();
    let checks = listed.filter_map(|listed| Some((listed.name, listed.profile.ok()?.last_check?)));
    let mut checks = checks.filter(|(_, check)| check.outcome == CheckOutcome::Failed);
    checks.find(|(_, check)| {
        let kept = check.trace_id.as_deref();
        kept.is_some_and(|kept| kept.eq_ignore_ascii_case(trace_id))
    })
}

fn cause_of(check: &LastCheck) -> Diagnosis {
    let mut found = diagnosis::parse_pasted(check.code.as_deref().unwrap_or(UNKNOWN));
    found.trace_id.clone_from(&check.trace_id);
    found
}

fn refusal_described(name: &ProfileName, check: &LastCheck, texts: &Texts) -> Value {
    let mut object = described(&cause_of(check), texts);
    object["profile"] = json!(name.as_str());
    object["at"] = json!(check.at.format(&Rfc3339).ok());
    object
}

fn refusal_written(context: &Context, name: &ProfileName, check: &LastCheck) -> String {
    let (page, texts) = (Page::new(context), &context.texts);
    let trace = check.trace_id.as_deref().unwrap_or_default();
    let args = Args::new().with("trace", trace).with("profile", name.as_str());
    let at = check.at.format(&Rfc3339).unwrap_or_default();
    let found = texts.with("explain-trace-found", &args.with("at", at));
    format!("{}\n\n{}", page.beside("", &found), whole(context, &cause_of(check)))
}

/// For a program: one object for each diagnosis, one line each.
fn objects(asked: &Interpretation, texts: &Texts) -> String {
    let lines = |causes: &[Diagnosis]| {
        causes
            .iter()
            .map(|found| format!("{}\n", described(found, texts)))
            .collect()
    };
    match asked {
        Interpretation::Causes(causes) => lines(causes),
        Interpretation::OauthError { causes, .. } => lines(causes),
        Interpretation::TraceId(id) => format!("{}\n", json!({"trace_id": id, "profile": null})),
        Interpretation::NotAnError(found) => lines(std::slice::from_ref(found)),
    }
}

/// For a person.
fn written(context: &Context, asked: &Interpretation) -> String {
    let page = Page::new(context);
    match asked {
        Interpretation::Causes(causes) => {
            let causes: Vec<String> = causes.iter().map(|found| whole(context, found)).collect();
            causes.join("\n")
        }
        Interpretation::OauthError { error, causes } => {
            let words = page.texts.with("explain-under", &Args::new().with("error", error));
            format!("{}\n\n{}", page.beside("", &words), listed(&page, causes))
        }
        Interpretation::TraceId(id) => {
            let args = Args::new().with("trace", id);
            let lines = ["explain-trace", "explain-trace-send", "explain-trace-error"];
            let lines = lines.map(|line| page.beside("", &page.texts.with(line, &args)));
            lines.join("\n") + "\n"
        }
        Interpretation::NotAnError(found) => {
            let mut lines = vec![
                page.strong(&page.beside("", &found.title(page.texts))),
                page.beside("", &found.cause(page.texts)),
            ];
            lines.extend(found.fix(page.texts).iter().map(|step| page.beside("- ", step)));
            lines.join("\n") + "\n"
        }
    }
}

/// One diagnosis: what it is, where it is mended, and where to read more.
fn whole(context: &Context, found: &Diagnosis) -> String {
    let texts = &context.texts;
    let mut out = Page::new(context).diagnosis(found);
    let step = Args::new().with("step", step_name(&found.step, texts));
    out.push_str(&format!("{}\n", texts.with("explain-step", &step)));
    if let Some(known) = diagnosis::known(&found.id) {
        let source = Args::new().with("source", &known.source);
        out.push_str(&format!("{}\n", texts.with("explain-source", &source)));
    }
    out
}

/// The diagnosis as the check's JSON has it, with its title, its source and the codes it comes under.
fn described(found: &Diagnosis, texts: &Texts) -> Value {
    let known = diagnosis::known(&found.id);
    let mut object = found.to_json(texts);
    object["title"] = json!(found.title(texts));
    object["source"] = json!(known.map(|known| &known.source));
    object["codes"] = json!(known.map(|known| known.codes.iter().chain(&known.also).collect::<Vec<_>>()));
    object
}

/// Every diagnosis that can appear: a line each.
fn every(context: &Context, as_json: bool) -> String {
    let known = diagnosis::table().iter();
    let causes = known.map(|known| diagnosis::parse_pasted(&known.id)).collect();
    match as_json {
        true => objects(&Interpretation::Causes(causes), &context.texts),
        false => listed(&Page::new(context), &causes),
    }
}

fn listed(page: &Page, causes: &[Diagnosis]) -> String {
    let row = |found: &Diagnosis| {
        vec![
            found.id.clone(),
            found.code.clone().unwrap_or_default(),
            page.texts.get(&format!("who-{}.short", found.who.id())),
            found.title(page.texts),
        ]
    };
    page.table(&causes.iter().map(row).collect::<Vec<_>>())
}
