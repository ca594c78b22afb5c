//! `klarert list`: one line per profile, those that need attention first.

use serde::Serialize;
use time::OffsetDateTime;

use super::status::{Attention, Overview, attention, attention_text, step_name};
use crate::command::{Context, Exit, command_error::CommandError, eprint, output::Renderer, print};
use crate::{
    profile::{
        Authentication, CheckOutcome, LastCheck, expiry,
        file::{
            config::Config,
            state::outcome_id,
            store::{ListedProfile, StoreError},
        },
    },
    text::{Args, Texts, iso_date, visible},
};

/// Arguments of `klarert list`.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[arg(long)]
    pub json: bool,
    #[arg(long)]
    pub attention: bool,
    #[arg(long, value_name = "DAYS", conflicts_with = "attention")]
    pub ends_within: Option<u16>,
}

/// One profile. `--json` prints its public form: the members are a promise to other programs.
#[derive(Debug, Serialize)]
struct ListRow {
    profile: String,
    environment: Option<String>,
    /// The name of the business.
    name: Option<String>,
    organisation: Option<String>,
    /// The next step. `None` if all are done or the file cannot be read.
    step: Option<&'static str>,
    steps_done: usize,
    steps: usize,
    last_check: Option<LastCheckJson>,
    /// It has a certificate or a key file, so that there is an expiry.
    #[serde(skip)]
    has_credential: bool,
    /// Days until the certificate or the registered key expires. `None` if that is not known.
    days_left: Option<i64>,
    #[serde(skip)]
    authentication: Authentication,
    #[serde(with = "time::serde::rfc3339::option")]
    updated: Option<OffsetDateTime>,
    attention: Vec<Attention>,
    /// The reason why the file cannot be read.
    error: Option<String>,
}

#[derive(Debug, Serialize)]
struct LastCheckJson {
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    outcome: &'static str,
    stopped_at: Option<String>,
    code: Option<String>,
}

/// Lists the profiles. With a filter, a match exits with [`Exit::CheckFailed`], for monitoring.
pub fn run(context: &Context, args: &ListArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let config = context.config()?;
    let store = context.store();
    let listed = store.list().map_err(|error| CommandError::from_store(&error, texts))?;
    let mut profiles: Vec<ListRow> = listed.into_iter().map(|one| describe(one, config, texts)).collect();
    profiles.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.profile.cmp(&b.profile)));
    let unknown = profiles
        .iter()
        .filter(|profile| profile.has_credential && profile.days_left.is_none());
    let unknown: Vec<String> = unknown.map(|profile| profile.profile.clone()).collect();
    let none_exist = profiles.is_empty();
    let filtered = args.attention || args.ends_within.is_some();
    if args.attention {
        profiles.retain(|profile| !profile.attention.is_empty());
    }
    if let Some(days) = args.ends_within {
        // An unknown expiry may be near: leaving it out would be a false all-clear.
        let ends = |profile: &ListRow| match profile.days_left {
            Some(left) => left <= i64::from(days),
            None => profile.has_credential,
        };
        profiles.retain(|profile| profile.error.is_some() || ends(profile));
        profiles.sort_by_key(|profile| profile.days_left);
    }
    if args.json {
        for profile in &profiles {
            print(&format!("{}\n", serde_json::to_string(profile)?))?;
        }
    } else if profiles.is_empty() {
        eprint(&match args.ends_within {
            _ if none_exist => {
                let folder = store.profiles().to_string_lossy().into_owned();
                texts.with("list-nothing", &Args::new().with("folder", folder))
            }
            Some(days) => texts.with("list-none-ends", &Args::new().with("days", days)),
            None => texts.get("list-calm"),
        });
    } else {
        let rows: Vec<_> = profiles.iter().map(|profile| cells(profile, texts)).collect();
        print(&Renderer::new(context).table(&rows))?;
    }
    if args.ends_within.is_some() && !unknown.is_empty() {
        eprint(&texts.with("list-ends-unknown", &Args::new().with("names", unknown.join(", "))));
    }
    for error in profiles.iter().filter_map(|profile| profile.error.as_ref()) {
        eprint(&texts.with("command-error", &Args::new().with("what", error)));
    }
    // A monitor that reads the wrong folder must not stay green.
    if none_exist && filtered {
        return Ok(Exit::Usage);
    }
    let unreadable = profiles.iter().any(|profile| profile.error.is_some());
    Ok(match (filtered && !profiles.is_empty(), unreadable) {
        (_, true) => Exit::Unreadable,
        (true, false) => Exit::CheckFailed,
        (false, false) => Exit::Success,
    })
}

/// Returns the sort key: the most urgent reason first, profiles without one last.
fn rank(profile: &ListRow) -> (bool, Option<&Attention>) {
    (profile.attention.is_empty(), profile.attention.first())
}

fn describe(listed: ListedProfile, config: &Config, texts: &Texts) -> ListRow {
    let unreadable = |error: StoreError| ListRow {
        profile: listed.name.to_string(),
        environment: None,
        name: None,
        organisation: None,
        step: None,
        steps_done: 0,
        steps: 0,
        last_check: None,
        has_credential: false,
        days_left: None,
        authentication: Authentication::default(),
        updated: None,
        attention: vec![Attention::Unreadable],
        error: Some(error.text(texts)),
    };
    let profile = match listed.profile {
        Ok(profile) => profile,
        Err(error) => return unreadable(error),
    };
    let overview = Overview::of(&profile, config.rules(&profile.environment));
    let (steps_done, steps) = overview.count();
    let now = OffsetDateTime::now_utc();
    ListRow {
        profile: listed.name.to_string(),
        days_left: profile.expiry().map(|ending| ending.days_left(now)),
        authentication: profile.authentication(),
        has_credential: profile.certificate.path.is_some(),
        step: overview.next().map(|(step, _)| step.id),
        steps_done,
        steps,
        attention: attention(&profile, &overview, now),
        environment: Some(profile.environment),
        name: profile.business.name,
        organisation: profile.business.organisation,
        last_check: profile.last_check.map(last_check_json),
        updated: Some(profile.updated),
        error: None,
    }
}

fn last_check_json(check: LastCheck) -> LastCheckJson {
    LastCheckJson {
        at: check.at,
        outcome: outcome_id(check.outcome),
        stopped_at: check.stopped_at,
        code: check.code,
    }
}

/// Returns the columns of a profile: its name, environment, progress, and what needs attention.
fn cells(profile: &ListRow, texts: &Texts) -> Vec<String> {
    let steps = Args::new().with("done", profile.steps_done).with("all", profile.steps);
    let progress = match profile.step {
        _ if profile.error.is_some() => texts.get("list-unreadable"),
        None => texts.get("list-done"),
        Some(step) => format!("{} · {}", texts.with("list-steps", &steps), step_name(step, texts)),
    };
    let changed = profile.attention.contains(&Attention::ChangedSinceCheck);
    let check = match &profile.last_check {
        _ if profile.error.is_some() => String::new(),
        // Another reason for attention is more useful.
        None if !profile.attention.is_empty() => String::new(),
        None => texts.get("list-never-checked"),
        Some(check) if check.outcome == outcome_id(CheckOutcome::Passed) && !changed => {
            texts.with("list-passed", &Args::new().with("day", iso_date(check.at)))
        }
        // A failed or outdated check is among the reasons for attention.
        Some(_) => String::new(),
    };
    // A near expiry is among the reasons for attention.
    let left = profile
        .days_left
        .filter(|days| expiry::warning_threshold(*days).is_none());
    let left = left.map(|days| expiry::describe(profile.authentication, days, texts));
    let attention: Vec<String> = profile
        .attention
        .iter()
        .filter_map(|reason| attention_text(reason, texts))
        .collect();
    vec![
        profile.profile.clone(),
        visible(profile.environment.as_deref().unwrap_or_default()),
        progress,
        // Reasons for attention come first.
        [attention, vec![check], left.into_iter().collect()]
            .concat()
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
    ]
}
