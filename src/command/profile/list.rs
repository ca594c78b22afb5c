//! `klarert list`: one line a profile, what wants attention first.

use serde::Serialize;
use time::OffsetDateTime;

use super::status::{Attention, Overview, attention, attention_words, day, step_name};
use crate::command::{Context, Exit, args::List, command_error::CommandError, output::Page, print, tell};
use crate::{
    profile::{
        Authentication, CheckOutcome, LastCheck, expiry,
        file::{
            config::Config,
            document::outcome_id,
            store::{ListedProfile, StoreError},
        },
    },
    text::{Args, Texts, visible},
};

/// One profile, as `--json` writes it.
#[derive(Debug, Serialize)]
struct Line {
    profile: String,
    environment: Option<String>,
    /// The business's.
    name: Option<String>,
    organisation: Option<String>,
    /// The step that is next; none when all are done or the file cannot be read.
    step: Option<&'static str>,
    steps_done: usize,
    steps: usize,
    last_check: Option<Last>,
    /// Whether it has a certificate or a key to end at all.
    #[serde(skip)]
    set_up: bool,
    /// Days until the certificate or the registered key ends; none where that is not known.
    days_left: Option<i64>,
    /// Which of the two it is.
    #[serde(skip)]
    proof: Authentication,
    #[serde(with = "time::serde::rfc3339::option")]
    updated: Option<OffsetDateTime>,
    attention: Vec<Attention>,
    /// Why the file cannot be read.
    error: Option<String>,
}

#[derive(Debug, Serialize)]
struct Last {
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    outcome: &'static str,
    stopped_at: Option<String>,
    code: Option<String>,
}

pub fn run(context: &Context, arguments: &List) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let config = context.config()?;
    let store = context.store();
    let listed = store.list().map_err(|error| CommandError::store(&error, texts))?;
    let mut lines: Vec<Line> = listed.into_iter().map(|listed| line(listed, &config, texts)).collect();
    lines.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.profile.cmp(&b.profile)));
    let unknown = lines.iter().filter(|line| line.set_up && line.days_left.is_none());
    let unknown: Vec<String> = unknown.map(|line| line.profile.clone()).collect();
    let none = lines.is_empty();
    let filtered = arguments.attention || arguments.ends_within.is_some();
    if arguments.attention {
        lines.retain(|line| !line.attention.is_empty());
    }
    if let Some(days) = arguments.ends_within {
        let ends = |line: &Line| line.days_left.is_some_and(|left| left <= i64::from(days));
        lines.retain(|line| line.error.is_some() || ends(line));
        lines.sort_by_key(|line| line.days_left);
    }
    if arguments.json {
        for line in &lines {
            print(&format!("{}\n", serde_json::to_string(line)?))?;
        }
    } else if lines.is_empty() {
        tell(&match arguments.ends_within {
            _ if none => {
                let folder = store.profiles().to_string_lossy().into_owned();
                texts.with("list-nothing", &Args::new().with("folder", folder))
            }
            Some(days) => texts.with("list-none-ends", &Args::new().with("days", days)),
            None => texts.get("list-calm"),
        });
    } else {
        let rows: Vec<_> = lines.iter().map(|line| cells(line, texts)).collect();
        print(&Page::new(context).table(&rows))?;
    }
    if arguments.ends_within.is_some() && !unknown.is_empty() {
        tell(&texts.with("list-ends-unknown", &Args::new().with("names", unknown.join(", "))));
    }
    for error in lines.iter().filter_map(|line| line.error.as_ref()) {
        tell(&texts.with("command-error", &Args::new().with("what", error)));
    }
    // A monitor that looks into the wrong folder must not stay green.
    if none && filtered {
        return Ok(Exit::Usage);
    }
    Ok(
        match (
            filtered && !lines.is_empty(),
            lines.iter().any(|line| line.error.is_some()),
        ) {
            (_, true) => Exit::Unreadable,
            (true, false) => Exit::CheckFailed,
            (false, false) => Exit::Success,
        },
    )
}

/// Lines without anything that wants attention come last.
fn rank(line: &Line) -> (bool, Option<&Attention>) {
    (line.attention.is_empty(), line.attention.first())
}

fn line(listed: ListedProfile, config: &Config, texts: &Texts) -> Line {
    let unread = |error: StoreError| Line {
        profile: listed.name.to_string(),
        environment: None,
        name: None,
        organisation: None,
        step: None,
        steps_done: 0,
        steps: 0,
        last_check: None,
        set_up: false,
        days_left: None,
        proof: Authentication::default(),
        updated: None,
        attention: vec![Attention::Unreadable],
        error: Some(error.text(texts)),
    };
    let profile = match listed.profile {
        Ok(profile) => profile,
        Err(error) => return unread(error),
    };
    let overview = Overview::of(&profile, config.rules(&profile.environment));
    let (steps_done, steps) = overview.count();
    let now = OffsetDateTime::now_utc();
    Line {
        profile: listed.name.to_string(),
        days_left: profile.expiry().map(|ending| ending.days_left(now)),
        proof: profile.authentication(),
        set_up: profile.certificate.path.is_some(),
        step: overview.next().map(|(step, _)| step.id),
        steps_done,
        steps,
        attention: attention(&profile, &overview, now),
        environment: Some(profile.environment),
        name: profile.business.name,
        organisation: profile.business.organisation,
        last_check: profile.last_check.map(last),
        updated: Some(profile.updated),
        error: None,
    }
}

fn last(check: LastCheck) -> Last {
    Last {
        at: check.at,
        outcome: outcome_id(check.outcome),
        stopped_at: check.stopped_at,
        code: check.code,
    }
}

fn cells(line: &Line, texts: &Texts) -> Vec<String> {
    let steps = Args::new().with("done", line.steps_done).with("all", line.steps);
    let progress = match line.step {
        _ if line.error.is_some() => texts.get("list-unreadable"),
        None => texts.get("list-done"),
        Some(step) => format!("{} · {}", texts.with("list-steps", &steps), step_name(step, texts)),
    };
    let changed = line.attention.contains(&Attention::ChangedSinceCheck);
    let check = match &line.last_check {
        _ if line.error.is_some() => String::new(),
        // What is waited for says enough.
        None if !line.attention.is_empty() => String::new(),
        None => texts.get("list-never-checked"),
        Some(check) if check.outcome == outcome_id(CheckOutcome::Passed) && !changed => {
            texts.with("list-passed", &Args::new().with("day", day(check.at)))
        }
        // That it failed, or was of other answers, is said among what wants attention.
        Some(_) => String::new(),
    };
    // That it ends soon is said among what wants attention.
    let left = line.days_left.filter(|days| expiry::warning_threshold(*days).is_none());
    let left = left.map(|days| expiry::describe(line.proof, days, texts));
    let said: Vec<String> = line
        .attention
        .iter()
        .filter_map(|why| attention_words(why, texts))
        .collect();
    vec![
        line.profile.clone(),
        visible(line.environment.as_deref().unwrap_or_default()),
        progress,
        // What is to be looked at comes first.
        [said, vec![check], left.into_iter().collect()]
            .concat()
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
    ]
}
