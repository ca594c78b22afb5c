//! `klarert check`: the connectivity check of one profile or many, without the wizard.
//!
//! The check itself is [`check`]'s. This module selects the profiles, prints and saves the results, and derives the exit
//! code.

pub mod explain;
pub mod password_env;
pub mod passwords;
pub mod selection;
pub mod token;
pub mod workers;

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use serde_json::{Value, json};
use time::OffsetDateTime;
use unicode_width::UnicodeWidthStr;

use super::{Context, Exit, command_error::CommandError, eprint, output::Renderer, print_styled};
use crate::{
    check::{self, Cancel, Settings, Subject},
    console::{printable::CLEAR_LINE, signals},
    diagnosis::{self, Diagnosis, Stage},
    profile::{
        expiry,
        file::store::{Store, StoreError},
    },
    report::{Event, Outcome, Report, last_check},
    text::Args,
};
use selection::{Selection, Target, UnreadableProfile};

/// Time between two frames of the spinner.
const SPINNER_INTERVAL: Duration = Duration::from_millis(100);

/// Arguments of `klarert check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    #[arg(value_name = "NAME")]
    pub profiles: Vec<String>,
    #[arg(long, conflicts_with = "profiles")]
    pub all: bool,
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub jobs: u16,
    #[arg(long, value_name = "DAYS")]
    pub ends_within: Option<u16>,
    #[arg(long)]
    pub password_stdin: bool,
    #[arg(long, conflicts_with = "json")]
    pub quiet: bool,
    #[arg(long)]
    pub json: bool,
}

/// Checks the profiles. The exit code is that of the most severe result.
pub fn run(context: &Context, args: &CheckArgs) -> anyhow::Result<Exit> {
    let selection = if args.all { Selection::All } else { Selection::Several };
    let mut targets = selection::select(context, &args.profiles, selection)?;
    let jobs = usize::from(args.jobs);
    let mut readable: Vec<&mut Target> = targets.all.iter_mut().flatten().collect();
    let cancel = Cancel::default();
    let started = handle_signals(&cancel);
    if !passwords::unlock(context, &mut readable, args.password_stdin, jobs)? {
        return Ok(Exit::Interrupted);
    }
    started.store(true, Ordering::SeqCst);
    let exit = match &targets.all[..] {
        [Ok(target)] if !args.json && !args.all => check_one(context, target, args, &cancel)?,
        [Err(unreadable)] if !args.json => return Err(unreadable.error.clone().into()),
        all => check_many(context, all, args, &cancel)?,
    };
    if exit == Exit::Interrupted {
        eprint(&context.texts.get("check-interrupted"));
    }
    Ok(exit)
}

/// Checks one profile and prints each stage when it ends; with `--quiet`, only the diagnosis of a failure.
fn check_one(context: &Context, target: &Target, args: &CheckArgs, cancel: &Cancel) -> anyhow::Result<Exit> {
    let renderer = Renderer::new(context);
    let report = if args.quiet {
        run_check(target, &Settings::default(), cancel, &mut |_| {})
    } else {
        check_live(&renderer, target, cancel)?
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
    finish(context, target, &report);
    // Nothing is fixed at the check itself.
    if let (Some(diagnosis), Some((name, _))) = (&report.diagnosis, &target.saved)
        && diagnosis.step != "check"
    {
        let values = Args::new().with("profile", name.as_str());
        eprint(&match diagnosis.fix_at_name(&context.texts, Some(&target.profile)) {
            Some(at) => context.texts.with("check-fix-at", &values.with("at", at)),
            None => context.texts.with("check-fix", &values),
        });
    }
    Ok(exit_of_report(context, target, &report, args.ends_within))
}

/// Runs the check and prints each stage when it ends. `None` if it was cancelled.
fn check_live(renderer: &Renderer, target: &Target, cancel: &Cancel) -> io::Result<Option<Report>> {
    let (sender, events) = mpsc::channel();
    thread::scope(|scope| {
        let worker = scope.spawn(move || {
            let mut on_event = |event| {
                // Fails if standard output was closed: then nothing receives.
                let _ = sender.send(event);
            };
            run_check(target, &Settings::default(), cancel, &mut on_event)
        });
        let printed = print_events(renderer, &events);
        if printed.is_err() {
            cancel.cancel();
        }
        let report = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        printed.map(|()| report)
    })
}

/// Prints the stages as they end. On a terminal the running stage is shown with a spinner.
fn print_events(renderer: &Renderer, events: &mpsc::Receiver<Event>) -> io::Result<()> {
    let mut running: Option<Stage> = None;
    let mut frame = 0;
    loop {
        let event = match renderer.is_live() {
            true => events.recv_timeout(SPINNER_INTERVAL),
            false => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let clear = if running.is_some() && renderer.is_live() {
            CLEAR_LINE.to_string()
        } else {
            String::new()
        };
        match event {
            Ok(Event::Started(stage)) => running = Some(stage),
            Ok(Event::Note(_, id, args)) => print_styled(&format!("{clear}  {}\n", renderer.texts.with(id, &args)))?,
            Ok(Event::Finished(result)) => {
                running = None;
                print_styled(&format!("{clear}{}", renderer.stage(&result)))?;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return print_styled(&clear),
        }
        if let (Some(stage), true) = (running, renderer.is_live()) {
            let spinner = renderer.symbols.spinner;
            let name = renderer.texts.get(&format!("stage-name-{}", stage.id()));
            print_styled(&format!("{CLEAR_LINE}{} {name}", spinner[frame % spinner.len()]))?;
            frame += 1;
        }
    }
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
    let settings = Settings::default();
    let work = |one: &Result<Target, UnreadableProfile>| run_check(one.as_ref().ok()?, &settings, cancel, &mut |_| {});
    let (mut exits, mut passed, mut printed) = (Vec::new(), 0, Ok(()));
    workers::each(all, usize::from(args.jobs), work, |at, report| {
        let (line, exit) = match (&all[at], &report) {
            (Err(unreadable), _) => {
                let line = match args.json {
                    true => format!("{}\n", unreadable_json(unreadable)),
                    false => renderer.unreadable_row(&unreadable.name, name_columns),
                };
                (line, unreadable.error.exit)
            }
            (Ok(_), None) => (String::new(), Exit::Interrupted),
            (Ok(target), Some(report)) => {
                let line = match args.json {
                    true => format!("{}\n", report.to_json(texts)),
                    false => renderer.check_row(report, name_columns),
                };
                (line, exit_of_report(context, target, report, args.ends_within))
            }
        };
        exits.push(exit);
        passed += usize::from(report.as_ref().is_some_and(Report::passed));
        if args.quiet && exit == Exit::Success {
            if let (Ok(target), Some(report)) = (&all[at], &report) {
                finish(context, target, report);
            }
            return;
        }
        if let Err(error) = print_styled(&line) {
            cancel.cancel();
            printed = Err(error);
            return;
        }
        match (&all[at], &report) {
            (Err(unreadable), _) => eprint(&unreadable.error.to_text(texts)),
            (Ok(target), Some(report)) => finish(context, target, report),
            (Ok(_), None) => {}
        }
    });
    printed?;
    let all_passed = passed == exits.len();
    let silent = args.json || (args.quiet && all_passed);
    if !silent {
        let values = Args::new().with("passed", passed).with("all", exits.len());
        eprint(&texts.with(if all_passed { "check-sum.all" } else { "check-sum" }, &values));
    }
    Ok(Exit::most_severe(&exits))
}

/// Runs the check. `None` if it was cancelled.
fn run_check(target: &Target, settings: &Settings, cancel: &Cancel, on_event: &mut dyn FnMut(Event)) -> Option<Report> {
    let subject = Subject {
        name: &target.name,
        profile: &target.profile,
        environment: &target.environment,
    };
    check::run(&subject, settings, cancel, &mut || target.open(), on_event)
}

/// Prints how to give missing input, and saves the result. An error of saving is printed only.
fn finish(context: &Context, target: &Target, report: &Report) {
    let diagnosis = report.diagnosis.as_ref();
    if let Some(missing) = diagnosis.and_then(|diagnosis| target.missing_input(context, diagnosis)) {
        eprint(&missing);
    }
    if let Err(error) = save_result(&context.store(), target, report) {
        let error = CommandError::from_store(&error, &context.texts);
        let args = Args::new().with("profile", &target.name).with("why", &error.message);
        eprint(&context.texts.with("check-not-kept", &args));
    }
}

/// Saves `last_check` and the certificate's expiry. Answers that were changed during the check stay as they are.
fn save_result(store: &Store, target: &Target, report: &Report) -> Result<(), StoreError> {
    let Some((name, saved)) = &target.saved else {
        return Ok(());
    };
    let last = last_check(report, &saved.profile, OffsetDateTime::now_utc());
    let updated = store.update(name, |current| {
        let mut profile = current.profile.clone();
        profile.record_check(last, &saved.profile);
        if profile.certificate == saved.profile.certificate {
            profile.certificate_ends = report.certificate_ends().or(profile.certificate_ends);
            let opened = report.stages.iter().any(|result| {
                result.stage == Stage::Certificate && matches!(result.outcome, Outcome::Passed | Outcome::Warned)
            });
            if opened {
                profile.set_files_found(true);
            }
        }
        Ok::<_, StoreError>(profile)
    });
    updated.map(drop)
}

/// Returns an unreadable profile in the form of a check that failed at its first stage.
fn unreadable_json(unreadable: &UnreadableProfile) -> Value {
    let stages: Vec<_> = Stage::ALL
        .iter()
        .map(|stage| {
            let outcome = if *stage == Stage::Profile { "failed" } else { "skipped" };
            json!({ "id": stage.id(), "outcome": outcome })
        })
        .collect();
    json!({
        "profile": unreadable.name,
        "environment": Value::Null,
        "outcome": "failed",
        "stages": stages,
        "error": unreadable.error.message,
    })
}

/// Returns the exit code of a check. With `--ends-within` a passed check fails if the expiry is near or unknown; the
/// reason is printed.
fn exit_of_report(context: &Context, target: &Target, report: &Report, ends_within: Option<u16>) -> Exit {
    let Some(within) = ends_within.filter(|_| report.diagnosis.is_none()) else {
        return report.diagnosis.as_ref().map_or(Exit::Success, exit_of_diagnosis);
    };
    let texts = &context.texts;
    match report.days_left() {
        Some(days) if days <= i64::from(within) => {
            let args = Args::new()
                .with("profile", &target.name)
                .with("expiry", expiry::describe(target.profile.authentication(), days, texts))
                .with("within", within);
            eprint(&texts.with("check-ends-within", &args));
            Exit::CheckFailed
        }
        Some(_) => Exit::Success,
        None => {
            eprint(&texts.with("list-ends-unknown", &Args::new().with("names", &target.name)));
            // No false all-clear: the expiry may be near.
            Exit::CheckFailed
        }
    }
}

/// Returns the exit code of a diagnosis.
pub fn exit_of_diagnosis(diagnosis: &Diagnosis) -> Exit {
    let network = diagnosis::known(&diagnosis.id).is_some_and(|known| known.stage == Stage::Network);
    match diagnosis.id.as_str() {
        "certificate-unreadable" | "ca-file-unreadable" => Exit::Unreadable,
        "service-down" | "too-many-requests" => Exit::Unreachable,
        _ if network || diagnosis.stage == Stage::Network => Exit::Unreachable,
        _ => Exit::CheckFailed,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_of_diagnosis_tells_network_and_files_from_failed_checks() {
        for (id, exit) in [
            ("scope-not-on-client", Exit::CheckFailed),
            ("profile-incomplete", Exit::CheckFailed),
            ("certificate-unfit", Exit::CheckFailed),
            ("clock-ahead", Exit::CheckFailed),
            ("unknown", Exit::CheckFailed),
            ("certificate-unreadable", Exit::Unreadable),
            ("ca-file-unreadable", Exit::Unreadable),
            ("name-not-found", Exit::Unreachable),
            ("tls-untrusted", Exit::Unreachable),
            ("service-down", Exit::Unreachable),
            ("too-many-requests", Exit::Unreachable),
        ] {
            assert_eq!(exit_of_diagnosis(&diagnosis::parse_pasted(id)), exit, "{id}");
        }
    }
}
