//! `klarert check`: the connectivity check without the wizard, over one profile or many. What is checked and how is
//! [`check`]'s; here it is chosen, shown, kept and turned into an exit code.

pub mod explain;
pub mod password_env;
pub mod passwords;
pub mod selection;
pub mod token;
pub mod workers;

use std::{
    io,
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

use clap::Args as ClapArgs;
use serde_json::{Value, json};
use time::OffsetDateTime;
use unicode_width::UnicodeWidthStr;

use super::{Context, Exit, command_error::CommandError, output::Page, print, tell};
use crate::{
    check::{self, Cancel, Settings, Subject},
    diagnosis::{self, Diagnosis, Stage},
    profile::{
        expiry,
        file::store::{Store, StoreError},
    },
    report::{Event, Report},
    text::Args,
    wizard::last_check,
};
use selection::{All, Target, Unread};

/// How often the sign that work goes on moves.
const PULSE: Duration = Duration::from_millis(100);

#[derive(Debug, ClapArgs)]
pub struct Arguments {
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
    #[arg(long)]
    pub json: bool,
}

pub fn run(context: &Context, arguments: &Arguments, in_sandbox: bool) -> anyhow::Result<Exit> {
    let all = if arguments.all { All::Wanted } else { All::Possible };
    let mut targets = selection::choose(context, &arguments.profiles, all, in_sandbox)?;
    let jobs = usize::from(arguments.jobs);
    let mut ready: Vec<&mut Target> = targets.all.iter_mut().flatten().collect();
    if !passwords::unlock(&mut ready, arguments.password_stdin, jobs, context)? {
        return Ok(Exit::Interrupted);
    }
    let cancel = Cancel::default();
    cancel_on_signals(&cancel);
    let exit = match &targets.all[..] {
        [Ok(target)] if !arguments.json && !arguments.all => one(context, target, arguments.ends_within, &cancel)?,
        [Err(unread)] if !arguments.json => return Err(unread.failure.clone().into()),
        all => many(context, all, arguments, &cancel)?,
    };
    if exit == Exit::Interrupted {
        tell(&context.texts.get("check-interrupted"));
    }
    Ok(exit)
}

/// Checks one profile and shows each stage as it happens.
fn one(context: &Context, target: &Target, ends_within: Option<u16>, cancel: &Cancel) -> anyhow::Result<Exit> {
    let page = Page::new(context);
    let (sender, events) = mpsc::channel();
    let report = thread::scope(|scope| {
        let checking = scope.spawn(move || {
            let mut on = |event| {
                // Nobody listens any more where standard output was closed.
                let _ = sender.send(event);
            };
            examine(target, cancel, &mut on)
        });
        let shown = show(&page, &events);
        if shown.is_err() {
            cancel.cancel();
        }
        let report = checking.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        shown.map(|()| report)
    })?;
    let Some(report) = report else {
        return Ok(Exit::Interrupted);
    };
    match &report.diagnosis {
        Some(found) => print(&format!("\n{}", page.diagnosis(found)))?,
        None => print(&format!("\n{}", page.held(&report)))?,
    }
    after(context, target, &report);
    if let (Some(_), Some((name, _))) = (&report.diagnosis, &target.saved) {
        tell(
            &context
                .texts
                .with("check-mend", &Args::new().with("profile", name.as_str())),
        );
    }
    Ok(exit_of(context, target, &report, ends_within))
}

/// Writes the stages as they end. Where someone is looking, the one that runs is shown too.
fn show(page: &Page, events: &mpsc::Receiver<Event>) -> io::Result<()> {
    const CLEAR: &str = "\r\x1b[K";
    let mut running: Option<Stage> = None;
    let mut pulse = 0;
    loop {
        let event = match page.is_watched() {
            true => events.recv_timeout(PULSE),
            false => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let clear = if running.is_some() && page.is_watched() {
            CLEAR
        } else {
            ""
        };
        match event {
            Ok(Event::Started(stage)) => running = Some(stage),
            Ok(Event::Note(_, id, args)) => print(&format!("{clear}  {}\n", page.texts.with(id, &args)))?,
            Ok(Event::Finished(result)) => {
                running = None;
                print(&format!("{clear}{}", page.stage(&result)))?;
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return print(clear),
        }
        if let (Some(stage), true) = (running, page.is_watched()) {
            let signs = page.signs.spinner;
            let name = page.texts.get(&format!("stage-name-{}", stage.id()));
            print(&format!("{CLEAR}{} {name}", signs[pulse % signs.len()]))?;
            pulse += 1;
        }
    }
}

/// Checks several, a line each as each finishes.
fn many(
    context: &Context,
    all: &[Result<Target, Unread>],
    arguments: &Arguments,
    cancel: &Cancel,
) -> anyhow::Result<Exit> {
    let (page, texts, as_json) = (Page::new(context), &context.texts, arguments.json);
    let names = all.iter().map(|one| match one {
        Ok(target) => target.name.width(),
        Err(unread) => unread.name.width(),
    });
    let room = names.max().unwrap_or_default();
    let work = |one: &Result<Target, Unread>| examine(one.as_ref().ok()?, cancel, &mut |_| {});
    let (mut exits, mut passed, mut written) = (Vec::new(), 0, Ok(()));
    workers::each(all, usize::from(arguments.jobs), work, |at, report| {
        let (line, exit) = match (&all[at], &report) {
            (Err(unread), _) if as_json => (format!("{}\n", unread_json(unread)), unread.failure.exit),
            (Err(unread), _) => (page.unread_row(&unread.name, room), unread.failure.exit),
            (Ok(_), None) => (String::new(), Exit::Interrupted),
            (Ok(target), Some(report)) => {
                let line = match as_json {
                    true => format!("{}\n", report.to_json(texts)),
                    false => page.row(report, room),
                };
                (line, exit_of(context, target, report, arguments.ends_within))
            }
        };
        exits.push(exit);
        passed += usize::from(report.as_ref().is_some_and(Report::passed));
        if let Err(error) = print(&line) {
            cancel.cancel();
            written = Err(error);
            return;
        }
        match (&all[at], &report) {
            (Err(unread), _) => tell(&unread.failure.lines(texts)),
            (Ok(target), Some(report)) => after(context, target, report),
            (Ok(_), None) => {}
        }
    });
    written?;
    if !as_json {
        let args = Args::new().with("passed", passed).with("all", exits.len());
        let all_passed = passed == exits.len();
        tell(&texts.with(if all_passed { "check-sum.all" } else { "check-sum" }, &args));
    }
    Ok(gravest(&exits))
}

/// Runs the check; none where it was cancelled.
fn examine(target: &Target, cancel: &Cancel, on: &mut dyn FnMut(Event)) -> Option<Report> {
    let subject = Subject {
        name: &target.name,
        profile: &target.profile,
        environment: &target.environment,
    };
    check::run(&subject, &Settings::default(), cancel, &mut || target.open(), on)
}

/// Keeps the outcome in the profile, and says what there is to say beside it.
fn after(context: &Context, target: &Target, report: &Report) {
    if let Some(lacking) = report
        .diagnosis
        .as_ref()
        .and_then(|found| target.lacking(context, found))
    {
        tell(&lacking);
    }
    if let Err(error) = keep(&context.store(), target, report) {
        let failure = CommandError::store(&error, &context.texts);
        let args = Args::new().with("profile", &target.name).with("why", &failure.what);
        tell(&context.texts.with("check-not-kept", &args));
    }
}

/// Writes `last_check` and when the certificate ends, and nothing else. A profile that was changed during the check keeps the change.
fn keep(store: &Store, target: &Target, report: &Report) -> Result<(), StoreError> {
    let Some((name, saved)) = &target.saved else {
        return Ok(());
    };
    let last = last_check(report, &saved.profile, OffsetDateTime::now_utc());
    let kept = store.update(name, |current| {
        let mut profile = current.profile.clone();
        profile.record_check(last, &saved.profile);
        if profile.certificate == saved.profile.certificate {
            profile.certificate_ends = report.certificate_ends().or(profile.certificate_ends);
        }
        Ok::<_, StoreError>(profile)
    });
    kept.map(drop)
}

/// A profile that could not be read, in the form of a check that ended at its first stage.
fn unread_json(unread: &Unread) -> Value {
    let stages: Vec<_> = Stage::ALL
        .iter()
        .map(|stage| {
            let outcome = if *stage == Stage::Profile { "failed" } else { "skipped" };
            json!({ "id": stage.id(), "outcome": outcome })
        })
        .collect();
    json!({
        "profile": unread.name,
        "environment": Value::Null,
        "outcome": "failed",
        "stages": stages,
        "error": unread.failure.what,
    })
}

/// What a check comes to: one that held may still not do for whoever asked how long it will. That is said.
fn exit_of(context: &Context, target: &Target, report: &Report, ends_within: Option<u16>) -> Exit {
    let Some(within) = ends_within.filter(|_| report.diagnosis.is_none()) else {
        return report.diagnosis.as_ref().map_or(Exit::Success, exit_of_diagnosis);
    };
    let texts = &context.texts;
    match report.days_left() {
        Some(days) if days <= i64::from(within) => {
            let args = Args::new()
                .with("profile", &target.name)
                .with("words", expiry::describe(target.profile.authentication(), days, texts))
                .with("within", within);
            tell(&texts.with("check-ends-within", &args));
            Exit::CheckFailed
        }
        Some(_) => Exit::Success,
        None => {
            tell(&texts.with("list-ends-unknown", &Args::new().with("names", &target.name)));
            Exit::Success
        }
    }
}

/// What a diagnosis comes to for other programs.
pub fn exit_of_diagnosis(found: &Diagnosis) -> Exit {
    let network = diagnosis::known(&found.id).is_some_and(|known| known.stage == Stage::Network);
    match found.id.as_str() {
        "certificate-unreadable" | "ca-file-unreadable" => Exit::Unreadable,
        "service-down" | "too-many-requests" => Exit::Unreachable,
        _ if network || found.stage == Stage::Network => Exit::Unreachable,
        _ => Exit::CheckFailed,
    }
}

/// One exit code for many: what was not examined at all weighs most, then what does not hold.
fn gravest(exits: &[Exit]) -> Exit {
    let order = [
        Exit::Interrupted,
        Exit::Usage,
        Exit::Unreadable,
        Exit::CheckFailed,
        Exit::Unreachable,
    ];
    let found = order.into_iter().find(|exit| exits.contains(exit));
    found.unwrap_or(Exit::Success)
}

/// Ctrl-C ends what runs in an orderly way; a second one at once.
#[cfg(unix)]
fn cancel_on_signals(cancel: &Cancel) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    // Without them a signal ends the program at once, as it would any other.
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP]) else {
        return;
    };
    let cancel = cancel.clone();
    thread::spawn(move || {
        for _ in signals.forever() {
            if cancel.is_cancelled() {
                std::process::exit(Exit::Interrupted.code().into());
            }
            cancel.cancel();
        }
    });
}

/// Ctrl-C ends the process by itself.
#[cfg(not(unix))]
fn cancel_on_signals(_: &Cancel) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diagnoses_come_to_exit_codes() {
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

    #[test]
    fn one_exit_code_for_many() {
        for (exits, gravest_one) in [
            (&[Exit::Success, Exit::Success][..], Exit::Success),
            (&[Exit::Unreachable, Exit::Success], Exit::Unreachable),
            (&[Exit::Unreachable, Exit::CheckFailed], Exit::CheckFailed),
            (&[Exit::CheckFailed, Exit::Unreadable], Exit::Unreadable),
            (&[Exit::Unreadable, Exit::Interrupted], Exit::Interrupted),
        ] {
            assert_eq!(gravest(exits), gravest_one);
        }
    }
}
