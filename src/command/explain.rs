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

use super::{Context, Exit, page::Page, print, tell};
use crate::{
    diagnosis::{self, Diagnosis, explain},
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
        return Ok(Exit::Holds);
    }
    let found = explain(&text);
    print(&match arguments.json {
        true => format!("{}\n", described(&found, &context.texts)),
        false => written(context, &found),
    })?;
    let asked_for = text.trim().eq_ignore_ascii_case(UNKNOWN);
    Ok(if found.id == UNKNOWN && !asked_for {
        Exit::DoesNotHold
    } else {
        Exit::Holds
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

/// For a person: the diagnosis, where it is mended, and where to read more.
fn written(context: &Context, found: &Diagnosis) -> String {
    let texts = &context.texts;
    let mut out = Page::new(context).diagnosis(found);
    let step = Args::new().with("step", texts.get(&format!("step-{}", found.step)));
    out.push_str(&format!("{}\n", texts.with("explain-step", &step)));
    if let Some(known) = diagnosis::known(&found.id) {
        let source = Args::new().with("source", &known.source);
        out.push_str(&format!("{}\n", texts.with("explain-source", &source)));
    }
    out
}

/// The diagnosis as the check's JSON has it, with its title and its source.
fn described(found: &Diagnosis, texts: &Texts) -> Value {
    let mut object = found.to_json(texts);
    object["title"] = json!(found.title(texts));
    object["source"] = json!(diagnosis::known(&found.id).map(|known| &known.source));
    object
}

/// Every diagnosis that can appear: a line each.
fn every(context: &Context, as_json: bool) -> String {
    let texts = &context.texts;
    let known = diagnosis::table().iter().map(|known| (known, explain(&known.id)));
    if as_json {
        let lines = known.map(|(known, found)| {
            let mut object = described(&found, texts);
            object["codes"] = json!(known.codes.iter().chain(&known.also).collect::<Vec<_>>());
            format!("{object}\n")
        });
        return lines.collect();
    }
    let rows: Vec<_> = known
        .map(|(_, found)| {
            vec![
                found.id.clone(),
                found.code.clone().unwrap_or_default(),
                texts.get(&format!("who-{}.short", found.who.id())),
                found.title(texts),
            ]
        })
        .collect();
    Page::new(context).table(&rows)
}
