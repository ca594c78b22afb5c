//! `klarert report`: the state of many onboardings, for people.

mod csv;
mod html;
mod markdown;

use time::{Date, OffsetDateTime};

use super::{
    Context, Exit,
    command_error::CommandError,
    eprint,
    filter::{FilterArgs, nothing_selected},
    print,
    profile::{
        profile_json,
        selection::{Selected, saved_profiles, warn_of_unknown_environments},
        status::{Next, Overview, check_text, next, next_text, since, who_name},
    },
};
use crate::{
    diagnosis,
    journey::{Rules, Who},
    profile::{CheckOutcome, Profile, file::config::Config, parse::ProfileName},
    text::{Args, Texts, visible},
};

/// Format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ReportFormat {
    Markdown,
    Html,
    Csv,
}

/// Arguments of `klarert report`.
#[derive(Debug, clap::Args)]
pub struct ReportArgs {
    #[arg(value_name = "NAME")]
    pub profiles: Vec<String>,
    // Without it Markdown, or JSON with `--json`.
    #[arg(long, value_enum, hide_possible_values = true)]
    pub format: Option<ReportFormat>,
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// One onboarding. Its texts are filtered for control characters, but not escaped for a format.
#[derive(Debug)]
pub struct ReportRow {
    pub profile: String,
    pub business: String,
    pub environment: String,
    /// Steps done, and all steps.
    pub progress: (usize, usize),
    pub next: String,
    pub who: String,
    pub since: String,
    pub since_day: Option<Date>,
    pub last_check: String,
    pub expiry: String,
    /// The day on which the certificate or key ends, and the days until then.
    pub ends: Option<(Date, i64)>,
    pub state: RowState,
}

/// State of an onboarding, for colour and for the summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowState {
    /// The last check passed, and its answers are unchanged.
    Passed,
    /// The last check failed.
    Failed,
    Open,
    /// The profile's file cannot be read, so that it was not checked.
    Unreadable,
}

/// Report with the texts that every format needs.
#[derive(Debug)]
pub struct ReportData<'a> {
    pub rows: Vec<ReportRow>,
    pub day: String,
    pub texts: &'a Texts,
}

/// Ids of the columns' headings, in order.
pub const COLUMNS: [&str; 9] = [
    "report-column-profile",
    "report-column-business",
    "report-column-environment",
    "report-column-progress",
    "report-column-next",
    "report-column-who",
    "report-column-since",
    "report-column-check",
    "report-column-expiry",
];

impl ReportData<'_> {
    /// Returns the number of onboardings, and of those that passed, failed, are open and cannot be read.
    pub fn summary(&self) -> String {
        let count = |state| self.rows.iter().filter(|row| row.state == state).count();
        let args = Args::new()
            .with("all", self.rows.len())
            .with("passed", count(RowState::Passed))
            .with("failed", count(RowState::Failed))
            .with("open", count(RowState::Open))
            .with("unreadable", count(RowState::Unreadable));
        self.texts.with("report-summary", &args)
    }

    /// Returns the steps done of a row, in words. Empty if they are not known.
    pub fn steps(&self, row: &ReportRow) -> String {
        let (done, all) = row.progress;
        if all == 0 {
            return String::new();
        }
        self.texts
            .with("list-steps", &Args::new().with("done", done).with("all", all))
    }
}

/// Prints the report.
pub fn run(context: &Context, args: &ReportArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let filter = args.filter.parse(context)?;
    let config = context.config()?;
    let now = OffsetDateTime::now_utc();
    let mut selected = saved_profiles(context, &args.profiles, &filter)?;
    if args.profiles.is_empty() {
        // It is no onboarding.
        selected.retain(|(_, profile)| !profile.as_ref().is_ok_and(Profile::is_administration));
        if selected.is_empty() {
            return Err(nothing_selected(context, false).into());
        }
    }
    warn_of_unknown_environments(context, &selected)?;
    if context.json && args.format.is_none() {
        return print_json(context, &selected, config, now);
    }
    let mut exits = Vec::new();
    let mut rows = Vec::new();
    for (name, profile) in &selected {
        match profile {
            Ok(profile) => rows.push(row(name, profile, config.rules(&profile.environment), now, texts)),
            Err(error) => {
                eprint(&error.to_text(texts));
                exits.push(error.exit);
                rows.push(unreadable_row(name, error, texts));
            }
        }
    }
    let data = ReportData {
        rows,
        day: texts.date(now.date()),
        texts,
    };
    print(&match args.format.unwrap_or(ReportFormat::Markdown) {
        ReportFormat::Markdown => markdown::render(&data),
        ReportFormat::Html => html::render(&data),
        ReportFormat::Csv => csv::render(&data)?,
    })?;
    Ok(Exit::most_severe(&exits))
}

/// Prints the profiles as `klarert list --json` does.
fn print_json(context: &Context, selected: &[Selected], config: &Config, now: OffsetDateTime) -> anyhow::Result<Exit> {
    let mut exits = Vec::new();
    for (name, profile) in selected {
        let object = match profile {
            Ok(profile) => {
                let overview = Overview::of(profile, config.rules(&profile.environment)).at(profile, now);
                profile_json::summary(name, profile, &overview, now, &context.texts)
            }
            Err(error) => {
                exits.push(error.exit);
                profile_json::unreadable(name, error)
            }
        };
        print(&format!("{object}\n"))?;
    }
    Ok(Exit::most_severe(&exits))
}

fn row(name: &ProfileName, profile: &Profile, rules: Rules, now: OffsetDateTime, texts: &Texts) -> ReportRow {
    let overview = Overview::of(profile, rules).at(profile, now);
    let turn = turn(profile, &overview, texts);
    let business = [&profile.business.name, &profile.business.organisation];
    let business = business.into_iter().flatten().map(|part| visible(part));
    let current = profile.last_check.as_ref().filter(|_| !profile.changed_since_check());
    let ends = profile.expiry().map(|expiry| (expiry.at.date(), expiry.days_left(now)));
    ReportRow {
        profile: name.to_string(),
        business: business.collect::<Vec<_>>().join(" · "),
        environment: visible(&profile.environment),
        progress: overview.count(),
        next: turn.as_ref().map(|turn| turn.text.clone()).unwrap_or_default(),
        who: turn.as_ref().map(|turn| who_name(&turn.who, texts)).unwrap_or_default(),
        since: turn
            .as_ref()
            .map(|turn| texts.date(turn.since.date()))
            .unwrap_or_default(),
        since_day: turn.map(|turn| turn.since.date()),
        last_check: match current {
            Some(check) if check.outcome == CheckOutcome::Failed => {
                texts.with("report-check-failed", &Args::new().with("day", check.at.date()))
            }
            _ => check_text(profile, texts),
        },
        expiry: ends.map_or(String::new(), |(day, days_left)| {
            let days = Args::new().with("days", days_left);
            format!("{} ({})", texts.date(day), texts.with("report-days", &days))
        }),
        ends,
        state: match current.map(|check| check.outcome) {
            Some(CheckOutcome::Passed) => RowState::Passed,
            Some(CheckOutcome::Failed) => RowState::Failed,
            None => RowState::Open,
        },
    }
}

fn unreadable_row(name: &ProfileName, error: &CommandError, texts: &Texts) -> ReportRow {
    ReportRow {
        profile: name.to_string(),
        business: String::new(),
        environment: String::new(),
        progress: (0, 0),
        next: visible(&error.message),
        who: who_name(Who::You.id(), texts),
        since: String::new(),
        since_day: None,
        last_check: texts.get("list-unreadable"),
        expiry: String::new(),
        ends: None,
        state: RowState::Unreadable,
    }
}

/// The next thing to do, and who must do it since when.
struct Turn {
    text: String,
    who: String,
    since: OffsetDateTime,
}

/// Returns what is next. A failed check of the same answers knows more than the ticks: it says who must act.
fn turn(profile: &Profile, overview: &Overview, texts: &Texts) -> Option<Turn> {
    let check = profile.last_check.as_ref().filter(|_| !profile.changed_since_check());
    if let Some(check) = check.filter(|check| check.code.is_some()) {
        let diagnosis = diagnosis::of_last_check(check, profile);
        return Some(Turn {
            text: diagnosis.title(texts),
            who: diagnosis.who.id().to_owned(),
            since: check.at,
        });
    }
    let (_, next) = next(profile, overview)?;
    let who = match next {
        Next::Do(item) => item.who,
        _ => Who::You,
    };
    Some(Turn {
        text: next_text(profile, overview, texts)?,
        who: who.id().to_owned(),
        since: since(profile, overview),
    })
}
