//! `klarert list`: one line per profile, those that need attention first.

use std::collections::HashMap;

use time::OffsetDateTime;

use super::profile_json::{summary, unreadable};
use super::status::{Attention, Overview, attention, attention_text, step_name};
use crate::command::{
    Context, Exit, command_error::CommandError, eprint, filter::FilterArgs, print, renderer::Renderer,
};
use crate::{
    profile::{
        CheckOutcome, Profile, expiry,
        file::{config::Config, store::ListedProfile},
        parse::ProfileName,
    },
    text::{Args, Texts, visible},
};

/// Arguments of `klarert list`.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    pub filter: FilterArgs,
    #[arg(long, value_name = "DAYS")]
    pub ends_within: Option<u16>,
}

/// One profile.
struct Row {
    name: ProfileName,
    profile: Result<ReadProfile, CommandError>,
}

/// Profile that could be read.
struct ReadProfile {
    profile: Profile,
    overview: Overview,
    attention: Vec<Attention>,
    /// Days until the certificate or the registered key expires. `None` if that is not known.
    days_left: Option<i64>,
}

/// Lists the profiles. With `--attention` or `--ends-within`, a match exits with [`Exit::CheckFailed`], for monitoring.
pub fn run(context: &Context, args: &ListArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let config = context.config()?;
    let filter = args.filter.parse(texts)?;
    let store = context.store();
    let now = OffsetDateTime::now_utc();
    let listed = store.list().map_err(|error| CommandError::from_store(&error, texts))?;
    let none_exist = listed.is_empty();
    let mut rows: Vec<Row> = listed
        .into_iter()
        .map(|one| describe(one, config, now, texts))
        .collect();
    rows.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| a.name.cmp(&b.name)));
    rows.retain(|row| match &row.profile {
        Ok(read) => filter.fits(
            row.name.as_str(),
            &read.profile,
            config.rules(&read.profile.environment),
            now,
        ),
        Err(_) => filter.fits_unreadable(row.name.as_str()),
    });
    let has_unknown_expiry = |read: &ReadProfile| read.profile.certificate.path.is_some() && read.days_left.is_none();
    let unknown = rows
        .iter()
        .filter(|row| row.profile.as_ref().is_ok_and(has_unknown_expiry));
    let unknown: Vec<String> = unknown.map(|row| row.name.to_string()).collect();
    if let Some(days) = args.ends_within {
        // An unknown expiry may be near: leaving it out would be a false all-clear.
        let ends = |read: &ReadProfile| match read.days_left {
            Some(left) => left <= i64::from(days),
            None => has_unknown_expiry(read),
        };
        rows.retain(|row| row.profile.as_ref().map_or(true, ends));
        rows.sort_by_key(|row| row.profile.as_ref().ok().and_then(|read| read.days_left));
    }
    print_rows(context, &rows, now)?;
    if rows.is_empty() && !context.json {
        eprint(&match args.ends_within {
            _ if none_exist => {
                let folder = store.profiles().to_string_lossy().into_owned();
                texts.with("list-nothing", &Args::new().with("folder", folder))
            }
            Some(days) => texts.with("list-none-ends", &Args::new().with("days", days)),
            None if filter.attention => texts.get("list-calm"),
            None => texts.get("filter-nothing"),
        });
    }
    if args.ends_within.is_some() && !unknown.is_empty() {
        eprint(&texts.with("list-ends-unknown", &Args::new().with("names", unknown.join(", "))));
    }
    for error in rows.iter().filter_map(|row| row.profile.as_ref().err()) {
        eprint(&texts.with("command-error", &Args::new().with("what", &error.message)));
    }
    context.warn_of_misnamed_files();
    let monitors = filter.attention || args.ends_within.is_some();
    // A monitor that reads the wrong folder must not stay green.
    if none_exist && monitors {
        return Ok(Exit::Usage);
    }
    let unreadable = rows.iter().any(|row| row.profile.is_err());
    Ok(match (monitors && !rows.is_empty(), unreadable) {
        (_, true) => Exit::Unreadable,
        (true, false) => Exit::CheckFailed,
        (false, false) => Exit::Success,
    })
}

fn print_rows(context: &Context, rows: &[Row], now: OffsetDateTime) -> anyhow::Result<()> {
    let texts = &context.texts;
    if context.json {
        for row in rows {
            let object = match &row.profile {
                Ok(read) => summary(&row.name, &read.profile, &read.overview, now, texts),
                Err(error) => unreadable(&row.name, error),
            };
            print(&format!("{object}\n"))?;
        }
    } else if !rows.is_empty() {
        let mut progress = ProgressTexts::new(texts);
        let cells: Vec<_> = rows.iter().map(|row| cells(row, &mut progress, texts)).collect();
        print(&Renderer::new(context).table(&cells))?;
    }
    Ok(())
}

/// Returns the sort key: the most urgent reason first, profiles without one last.
fn rank(row: &Row) -> (bool, Option<&Attention>) {
    match &row.profile {
        Ok(read) => (read.attention.is_empty(), read.attention.first()),
        Err(_) => (false, Some(&Attention::Unreadable)),
    }
}

fn describe(listed: ListedProfile, config: &Config, now: OffsetDateTime, texts: &Texts) -> Row {
    let read = |profile: Profile| {
        let overview = Overview::of(&profile, config.rules(&profile.environment));
        ReadProfile {
            attention: attention(&profile, &overview, now),
            days_left: profile.expiry().map(|ending| ending.days_left(now)),
            profile,
            overview,
        }
    };
    Row {
        name: listed.name,
        profile: listed
            .profile
            .map(read)
            .map_err(|error| CommandError::from_store(&error, texts)),
    }
}

/// The texts that many rows have, each formatted once.
struct ProgressTexts<'a> {
    texts: &'a Texts,
    progress: HashMap<(usize, usize, Option<&'static str>), String>,
    never_checked: String,
}

impl ProgressTexts<'_> {
    fn new(texts: &Texts) -> ProgressTexts<'_> {
        ProgressTexts {
            texts,
            progress: HashMap::new(),
            never_checked: texts.get("list-never-checked"),
        }
    }

    /// Returns the steps that are done, and the name of the next one.
    fn progress(&mut self, overview: &Overview) -> String {
        let ((done, all), texts) = (overview.count(), self.texts);
        let next = overview.next().map(|(step, _)| step.id);
        let text = || match next {
            None => texts.get("list-done"),
            Some(step) => {
                let steps = Args::new().with("done", done).with("all", all);
                format!("{} · {}", texts.with("list-steps", &steps), step_name(step, texts))
            }
        };
        self.progress.entry((done, all, next)).or_insert_with(text).clone()
    }
}

/// Returns the columns of a row: its name, environment, progress, and what needs attention.
fn cells(row: &Row, progress: &mut ProgressTexts, texts: &Texts) -> Vec<String> {
    let Ok(read) = &row.profile else {
        return vec![
            row.name.to_string(),
            String::new(),
            texts.get("list-unreadable"),
            String::new(),
        ];
    };
    let profile = &read.profile;
    let check = match &profile.last_check {
        // Another reason for attention is more useful.
        None if !read.attention.is_empty() => String::new(),
        None => progress.never_checked.clone(),
        Some(check) if check.outcome == CheckOutcome::Passed && !profile.changed_since_check() => {
            texts.with("list-passed", &Args::new().with("day", check.at.date()))
        }
        // A failed or outdated check is among the reasons for attention.
        Some(_) => String::new(),
    };
    // A near expiry is among the reasons for attention.
    let left = read.days_left.filter(|days| expiry::warning_threshold(*days).is_none());
    let left = left.map(|days| expiry::describe(profile.authentication(), days, texts));
    let reasons = read.attention.iter();
    let attention = reasons.filter_map(|reason| attention_text(reason, texts));
    let purpose = profile.is_administration().then(|| texts.get("list-administration"));
    // Reasons for attention come first.
    let parts = attention
        .chain([check])
        .chain(left)
        .chain(purpose)
        .filter(|part| !part.is_empty());
    vec![
        row.name.to_string(),
        visible(&profile.environment),
        progress.progress(&read.overview),
        parts.collect::<Vec<_>>().join(" · "),
    ]
}
