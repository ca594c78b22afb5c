//! `klarert check`: the connectivity check of one profile or many, without the wizard.
//!
//! The check itself is [`check`]'s. This module selects the profiles, prints and saves the results, and derives the exit
//! code.

pub mod environment;
pub mod explain;
mod explain_input;
mod json;
mod live;
mod missing_input;
mod outcome;
mod password_lines;
pub mod passwords;
pub mod selection;
mod summary;
pub mod token;
pub mod workers;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use unicode_width::UnicodeWidthStr;

use super::{Context, Exit, command_error::CommandError, eprint, filter::FilterArgs, print_styled, renderer::Renderer};
use crate::{
    check::{self, Cancel, Settings, Subject},
    console::{password_sources::PasswordSources, signals},
    http::MAX_CONNECTIONS_PER_HOST,
    report::{Event, Report},
    text::{Args, Texts},
};
pub use outcome::exit_of_diagnosis;
use selection::{Selection, Target, UnreadableProfile};
use summary::Summary;

/// Arguments of `klarert check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    #[arg(value_name = "NAME")]
    pub profiles: Vec<String>,
    #[arg(long, conflicts_with = "profiles")]
    pub all: bool,
    // A check waits for one host at a time: twice the connections to a host keep Maskinporten's and Customs' in use.
    #[arg(long, value_name = "N", default_value_t = 2 * MAX_CONNECTIONS_PER_HOST as u16, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub jobs: u16,
    #[arg(long, value_name = "DAYS")]
    pub ends_within: Option<u16>,
    #[arg(long)]
    pub password_stdin: bool,
    #[arg(long)]
    pub quiet: bool,
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// Checks the profiles. The exit code is that of the most severe result.
pub fn run(context: &Context, args: &CheckArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    if args.quiet && context.json {
        let flags = Args::new().with("argument", "--quiet").with("other", "--json");
        return Err(CommandError::new(Exit::Usage, texts.with("usage-conflict", &flags), None).into());
    }
    let filter = args.filter.parse(context)?;
    let all = args.all || (args.profiles.is_empty() && !filter.is_empty());
    let selection = if all { Selection::All } else { Selection::Several };
    let mut targets = selection::select(context, &args.profiles, selection, &filter)?;
    let jobs = usize::from(args.jobs);
    let mut readable: Vec<&mut Target> = targets.all.iter_mut().flatten().collect();
    let cancel = Cancel::default();
    let started = handle_signals(&cancel);
    if !passwords::unlock(context, &mut readable, args.password_stdin, jobs)? {
        return Ok(Exit::Interrupted);
    }
    started.store(true, Ordering::SeqCst);
    let exit = match &targets.all[..] {
        [Ok(target)] if !context.json && !all => check_one(context, target, args, &cancel)?,
        [Err(unreadable)] if !context.json && !all => return Err(unreadable.error.clone().into()),
        selected => check_many(context, selected, args, &cancel)?,
    };
    if !targets.incomplete.is_empty() && !args.quiet {
        let values = Args::new()
            .with("count", targets.incomplete.len())
            .with("names", targets.incomplete.join(", "));
        eprint(&texts.with("check-incomplete-skipped", &values));
    }
    if exit == Exit::Interrupted {
        eprint(&texts.get("check-interrupted"));
    }
    Ok(exit)
}

/// Checks one profile and prints each stage when it ends; with `--quiet`, only the diagnosis of a failure.
fn check_one(context: &Context, target: &Target, args: &CheckArgs, cancel: &Cancel) -> anyhow::Result<Exit> {
    let renderer = Renderer::new(context);
    let shared = Shared {
        sources: &*context.password_sources()?,
        texts: renderer.texts,
        settings: Settings::default(),
        cancel,
    };
    let report = if args.quiet {
        shared.check(target, &mut |_| {})
    } else {
        live::check(&renderer, cancel, |on_event| shared.check(target, on_event))?
    };
    let Some(report) = report else {
        return Ok(Exit::Interrupted);
    };
    let gap = if args.quiet { "" } else { "\n" };
    match &report.diagnosis {
        Some(diagnosis) => print_styled(&format!("{gap}{}", renderer.diagnosis(diagnosis)))?,
        None if args.quiet => {}
        None => print_styled(&format!("{gap}{}", renderer.success(&report)))?,
    }
    outcome::finish(context, &context.store(), target, &report);
    // Missing answers are named already, and nothing is fixed at the check itself.
    let diagnosis = report.diagnosis.as_ref();
    let diagnosis = diagnosis.filter(|diagnosis| target.missing_input(context, diagnosis).is_none());
    if let (Some(diagnosis), Some((name, _))) = (diagnosis, &target.saved)
        && diagnosis.step != "check"
    {
        eprint(&outcome::fix_hint(context, diagnosis, (name, &target.profile)));
    }
    Ok(outcome::exit_of_report(context, target, &report, args.ends_within))
}

/// Checks several profiles and prints a line for each when it ends; with `--quiet`, only for failures.
fn check_many(
    context: &Context,
    all: &[Result<Target, UnreadableProfile>],
    args: &CheckArgs,
    cancel: &Cancel,
) -> anyhow::Result<Exit> {
    let (renderer, texts) = (Renderer::new(context), &context.texts);
    let names = all.iter().map(|one| match one {
        Ok(target) => target.name.width(),
        Err(unreadable) => unreadable.name.width(),
    });
    let name_columns = names.max().unwrap_or_default();
    let shared = Shared {
        sources: &*context.password_sources()?,
        texts,
        settings: Settings::default(),
        cancel,
    };
    let work = |one: &Result<Target, UnreadableProfile>| shared.check(one.as_ref().ok()?, &mut |_| {});
    let store = context.store();
    let (mut exits, mut summary, mut printed) = (Vec::new(), Summary::default(), Ok(()));
    workers::each(all, usize::from(args.jobs), work, |at, report| {
        let (line, exit) = match (&all[at], &report) {
            (Err(unreadable), _) => {
                summary.add_unreadable(unreadable);
                let line = match context.json {
                    true => format!("{}\n", json::unreadable(unreadable)),
                    false => renderer.unreadable_row(&unreadable.name, name_columns),
                };
                (line, unreadable.error.exit)
            }
            (Ok(_), None) => (String::new(), Exit::Interrupted),
            (Ok(target), Some(report)) => {
                summary.add(report);
                let line = match context.json {
                    true => format!("{}\n", json::report(target, report, texts)),
                    false if outcome::lacks_password(report) => renderer.skipped_row(report, name_columns),
                    false => renderer.check_row(report, name_columns),
                };
                (line, outcome::exit_of_report(context, target, report, args.ends_within))
            }
        };
        exits.push(exit);
        if !(args.quiet && exit == Exit::Success)
            && let Err(error) = print_styled(&line)
        {
            cancel.cancel();
            printed = Err(error);
            return;
        }
        match (&all[at], &report) {
            (Err(unreadable), _) => eprint(&unreadable.error.to_text(texts)),
            (Ok(target), Some(report)) => outcome::finish(context, &store, target, report),
            (Ok(_), None) => {}
        }
    });
    printed?;
    let all_passed = summary.all_passed(exits.len());
    let silent = context.json || exits.is_empty() || (args.quiet && all_passed);
    if !silent {
        eprint(summary.to_text(exits.len(), texts).trim_end());
    }
    Ok(Exit::most_severe(&exits))
}

/// The parts that all checks of a run share.
struct Shared<'a> {
    sources: &'a PasswordSources,
    texts: &'a Texts,
    /// With the connections.
    settings: Settings,
    cancel: &'a Cancel,
}

impl Shared<'_> {
    /// Runs the check. `None` if it was cancelled.
    fn check(&self, target: &Target, on_event: &mut dyn FnMut(Event)) -> Option<Report> {
        let subject = Subject {
            name: &target.name,
            profile: &target.profile,
            environment: &target.environment,
        };
        let mut open = || target.open(self.sources, self.texts);
        check::run(&subject, &self.settings, self.cancel, &mut open, on_event)
    }
}

/// Ends the process at the first Ctrl-C while passwords are prompted for, which leaves nothing to print or save. Later the
/// first cancels the checks, and the second ends the process. Set the returned flag when the checks start.
fn handle_signals(cancel: &Cancel) -> Arc<AtomicBool> {
    let started = Arc::new(AtomicBool::new(false));
    let (cancel, checking) = (cancel.clone(), Arc::clone(&started));
    signals::listen(signals::TERMINATE, move |_| {
        if cancel.is_cancelled() || !checking.load(Ordering::SeqCst) {
            signals::exit_now();
        }
        cancel.cancel();
        true
    });
    started
}
