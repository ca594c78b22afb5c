//! `klarert list`: one line per profile, those that need attention first.

use std::{cmp::Ordering, rc::Rc};

use rustc_hash::FxHashMap;
use time::{Date, OffsetDateTime, Time};

use super::profile_json::{summary, unreadable};
use super::status::{Attention, Overview, attention_text, step_name};
use crate::command::{
    Context, Exit,
    command_error::CommandError,
    environments, eprint,
    filter::{FilterArgs, nothing_selected},
    print,
    renderer::Renderer,
};
use crate::{
    journey::{Authentication, Rules},
    profile::{
        Profile, expiry,
        file::{config::Config, store::StoreError},
        parse::ProfileName,
        summary::{CheckSummary, Summary},
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
    summary: Box<Summary>,
    /// The rules of its environment.
    rules: Rules,
    attention: Vec<Attention>,
    /// Days until the certificate or the registered key expires. `None` if that is not known.
    days_left: Option<i64>,
    /// The whole profile, which only JSON needs.
    profile: Option<Box<Profile>>,
}

/// Lists the profiles. With `--attention` or `--ends-within`, a match exits with [`Exit::CheckFailed`], for monitoring.
pub fn run(context: &Context, args: &ListArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let config = context.config()?;
    let filter = args.filter.parse(context)?;
    let store = context.store();
    let now = OffsetDateTime::now_utc();
    let describe = |name, profile: Result<(Box<Summary>, Option<Box<Profile>>), StoreError>| Row {
        name,
        profile: profile
            .map(|(summary, profile)| ReadProfile::new(summary, profile, config, now))
            .map_err(|error| CommandError::from_store(&error, texts)),
    };
    let failed = |error: StoreError| CommandError::from_store(&error, texts);
    let (mut rows, misnamed): (Vec<Row>, _) = if context.json {
        let read = |profile: Profile| (Box::new(Summary::of(&profile)), Some(Box::new(profile)));
        let all = store.list().map_err(failed)?.into_iter();
        let rows = all.map(|one| describe(one.name, one.profile.map(read)));
        (rows.collect(), store.misnamed_files())
    } else {
        let listed = store.summaries().map_err(failed)?;
        let all = listed.profiles.into_iter();
        let rows = all.map(|one| describe(one.name, one.profile.map(|summary| (summary, None))));
        (rows.collect(), listed.misnamed)
    };
    let none_exist = rows.is_empty();
    let monitors = filter.attention || args.ends_within.is_some();
    let is_selected = |row: &Row| match &row.profile {
        Ok(read) => filter.selects(row.name.as_str(), &read.summary),
        Err(_) => filter.fits_unreadable(row.name.as_str()),
    };
    // A monitor that reads the wrong folder, or has a typo in its filter, must not stay green.
    if monitors && !rows.iter().any(is_selected) {
        context.warn_of_misnamed(misnamed);
        return Err(nothing_selected(context, none_exist).into());
    }
    let selected = rows.iter().filter(|row| is_selected(row));
    let selected =
        selected.filter_map(|row| Some((&row.name, row.profile.as_ref().ok()?.summary.environment.as_str())));
    environments::warn_of_unknown(context, selected)?;
    rows.retain(|row| match &row.profile {
        Ok(read) => filter.fits_summary(row.name.as_str(), &read.summary, read.rules, now),
        Err(_) => filter.fits_unreadable(row.name.as_str()),
    });
    // They are by name, and stay so within a rank.
    sort(&mut rows, |a, b| rank(a).cmp(&rank(b)));
    let has_unknown_expiry = |read: &ReadProfile| read.summary.has_certificate && read.days_left.is_none();
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
        sort(&mut rows, |a, b| days_left(a).cmp(&days_left(b)));
    }
    print_rows(context, &rows, now)?;
    if rows.is_empty() && !context.json {
        eprint(&match args.ends_within {
            _ if none_exist => nothing_selected(context, true).message,
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
    context.warn_of_misnamed(misnamed);
    let unreadable = rows.iter().any(|row| row.profile.is_err());
    Ok(match (monitors && !rows.is_empty(), unreadable) {
        (_, true) => Exit::Unreadable,
        (true, false) => Exit::CheckFailed,
        (false, false) => Exit::Success,
    })
}

impl ReadProfile {
    fn new(summary: Box<Summary>, profile: Option<Box<Profile>>, config: &Config, now: OffsetDateTime) -> ReadProfile {
        let rules = config.rules(&summary.environment);
        ReadProfile {
            attention: summary.attention(rules, now),
            days_left: summary.days_left(now),
            summary,
            rules,
            profile,
        }
    }
}

fn print_rows(context: &Context, rows: &[Row], now: OffsetDateTime) -> anyhow::Result<()> {
    let texts = &context.texts;
    if context.json {
        for row in rows {
            let object = match &row.profile {
                Ok(read) => read.profile.as_ref().map(|profile| {
                    let overview = Overview::of(profile, read.rules).at(profile, now);
                    summary(&row.name, profile, &overview, now, texts)
                }),
                Err(error) => Some(unreadable(&row.name, error)),
            };
            object.map_or(Ok(()), |object| print(&format!("{object}\n")))?;
        }
    } else if !rows.is_empty() {
        let mut phrases = Phrases {
            texts,
            known: FxHashMap::default(),
        };
        let cells: Vec<_> = rows.iter().map(|row| cells(row, now, &mut phrases)).collect();
        print(&Renderer::new(context).table(&cells))?;
    }
    Ok(())
}

fn days_left(row: &Row) -> Option<i64> {
    row.profile.as_ref().ok()?.days_left
}

/// Sorts rows. Equal ones keep their order.
fn sort(rows: &mut [Row], compare: fn(&Row, &Row) -> Ordering) {
    rows.sort_by(compare);
}

/// Returns the sort key: the most urgent reason first, profiles without one last.
fn rank(row: &Row) -> (bool, Option<&Attention>) {
    match &row.profile {
        Ok(read) => (read.attention.is_empty(), read.attention.first()),
        Err(_) => (false, Some(&Attention::Unreadable)),
    }
}

/// A part of a row.
#[derive(PartialEq, Eq, Hash)]
enum Phrase<'a> {
    Environment(&'a str),
    /// The number of steps that are done, that of all, and the id of the next one. After a check that passed none is next.
    Steps(usize, usize, Option<&'static str>),
    NeverChecked,
    Passed(Date),
    Reason(Attention),
    DaysLeft(Authentication, i64),
    Administration,
    Unreadable,
}

/// The texts that many rows have, each formatted once.
struct Phrases<'a> {
    texts: &'a Texts,
    known: FxHashMap<Phrase<'a>, Rc<str>>,
}

impl<'a> Phrases<'a> {
    fn get(&mut self, phrase: Phrase<'a>) -> Rc<str> {
        let texts = self.texts;
        self.known
            .entry(phrase)
            .or_insert_with_key(|phrase| phrase.text(texts).into())
            .clone()
    }
}

impl Phrase<'_> {
    fn text(&self, texts: &Texts) -> String {
        match self {
            Phrase::Environment(id) => visible(id),
            Phrase::Steps(done, all, None) if done == all => texts.get("list-done"),
            Phrase::Steps(done, all, next) => {
                let steps = texts.with("list-steps", &Args::new().with("done", *done).with("all", *all));
                match next {
                    Some(step) => format!("{steps} · {}", step_name(step, texts)),
                    None => steps,
                }
            }
            Phrase::NeverChecked => texts.get("list-never-checked"),
            Phrase::Passed(day) => texts.with("list-passed", &Args::new().with("day", *day)),
            Phrase::Reason(reason) => attention_text(reason, texts).unwrap_or_default(),
            Phrase::DaysLeft(credential, days) => expiry::describe(*credential, *days, texts),
            Phrase::Administration => texts.get("list-administration"),
            Phrase::Unreadable => texts.get("list-unreadable"),
        }
    }
}

/// Returns the columns of a row: its name, environment, progress, and what needs attention.
fn cells<'a>(row: &'a Row, now: OffsetDateTime, phrases: &mut Phrases<'a>) -> [Rc<str>; 4] {
    let Ok(read) = &row.profile else {
        return [
            row.name.as_str().into(),
            "".into(),
            phrases.get(Phrase::Unreadable),
            "".into(),
        ];
    };
    let profile = &read.summary;
    let check = match &profile.last_check {
        // Another reason for attention is more useful.
        None => read.attention.is_empty().then_some(Phrase::NeverChecked),
        // A failed or outdated check is among the reasons for attention.
        Some(check) => check.is_passed().then(|| Phrase::Passed(check.at.date())),
    };
    // A near expiry is among the reasons for attention.
    let left = read.days_left.filter(|days| expiry::warning_threshold(*days).is_none());
    let left = left.map(|days| Phrase::DaysLeft(profile.authentication, days));
    // Reasons for attention come first.
    let reasons = read.attention.iter().map(|reason| Phrase::Reason(of_the_day(reason)));
    let purpose = profile.is_administration.then_some(Phrase::Administration);
    let parts = reasons.chain(check).chain(left).chain(purpose);
    let mut notes: Rc<str> = "".into();
    for part in parts {
        let part = phrases.get(part);
        notes = match (notes.is_empty(), part.is_empty()) {
            (true, _) => part,
            (false, true) => notes,
            (false, false) => [&*notes, " · ", &*part].concat().into(),
        };
    }
    let steps = profile.steps_at(read.rules, now);
    let is_passed = profile.last_check.as_ref().is_some_and(CheckSummary::is_passed);
    let next = steps.next().filter(|_| !is_passed);
    [
        row.name.as_str().into(),
        phrases.get(Phrase::Environment(&profile.environment)),
        phrases.get(Phrase::Steps(steps.done, steps.all, next)),
        notes,
    ]
}

/// Returns a reason without the time of day, which its text has not.
fn of_the_day(reason: &Attention) -> Attention {
    match reason {
        Attention::Waiting { who, since } => Attention::Waiting {
            who: *who,
            since: since.map(|since| since.replace_time(Time::MIDNIGHT)),
        },
        other => other.clone(),
    }
}
