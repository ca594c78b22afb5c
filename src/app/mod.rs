//! The wizard in a terminal: events in, effects out, and a frame after each.
//!
//! `event` has what can happen, `event_loop` is the loop of the drawn wizard and `plain_loop` that of plain mode.
//! `effects` carries out what the wizard asks for. `terminal` takes over the terminal and always restores it.
//! `password_input` and `line_reader` read what is typed; `escape_sequence` joins the bytes of a key on a slow line.
//!
//! Signals (`console::signals`) and the hang-up of the terminal (`console::hang_up`) are events of the same channel. A loop
//! that gets one saves, restores the terminal and exits with 130.

mod effects;
mod escape_sequence;
mod event;
mod event_loop;
mod keygen;
mod line_reader;
mod password_input;
mod pasted_keys;
mod path_listing;
mod plain_loop;
mod portal;
mod profile_list;
mod saving;
mod terminal;
mod unlock;

use std::{path::Path, sync::mpsc};

use anyhow::Context as _;
use time::OffsetDateTime;

use crate::{
    console::{self, Context, Exit, command_error::CommandError, eprint, hang_up::StartTerminal},
    journey::{Environment, Rules, SANDBOX},
    profile::{
        Profile,
        file::store::{Store, StoreError},
        parse::ProfileName,
    },
    sandbox::{self, Sandbox},
    screen::theme::Theme,
    text::{Args, Texts},
    wizard::{self, Effect, ExitSummary, Folders, Message, Model, SandboxInfo},
};
use effects::EffectRunner;
use event_loop::EventLoop;
pub use keygen::{REGISTERED_KEY_BITS, write_registered_key};
use plain_loop::PlainLoop;
use terminal::TerminalGuard;

/// The view that the wizard starts with.
#[derive(Debug, Clone, PartialEq)]
pub enum StartAt {
    /// The profile list.
    ProfileList,
    /// A new profile; without a name, the prompt for it.
    New(Option<ProfileName>),
    /// A saved profile; without a name, the most recently used one.
    Resume(Option<ProfileName>),
}

/// Runs the wizard until the user quits. Errors if the configuration, the sandbox or the terminal fails.
pub fn run(context: &Context, start: StartAt) -> anyhow::Result<Exit> {
    let start_terminal = StartTerminal::new();
    let (sender, receiver) = mpsc::channel();
    let mut runner = EffectRunner::new(Store::new(&context.home), sender.clone());
    let mut model = new_model(context)?;
    if context.sandbox {
        eprint(&context.texts.get("sandbox-starting"));
        let sandbox =
            Sandbox::served_or_started(&sandbox::folder(&context.home)).context("the sandbox could not be started")?;
        model.with_sandbox(sandbox_info(&sandbox), true);
        runner.sandbox = Some(sandbox);
    }
    // A broken configuration has been reported by `new_model`.
    runner.password_sources = context.password_sources().ok();
    let first = first_effects(context, &mut model, start)?;
    // The list has them.
    if !first.contains(&Effect::ListProfiles) {
        runner.find_administrations();
    }

    if context.plain {
        let ended = PlainLoop::new(&mut model, &mut runner, receiver, &sender, start_terminal).run(first);
        print_exit_summary(context, &model);
        return ended;
    }
    terminal::restore_on_panic();
    let theme = Theme::new(context.color, console::terminal::supports_unicode());
    // Signals first: one that ended the process now would leave the terminal taken over.
    event_loop::listen(&sender, start_terminal);
    let mut terminal = TerminalGuard::new().context("the terminal could not be taken over")?;
    event_loop::spawn_key_reader(sender);
    let ended = EventLoop::new(&mut model, &mut runner, &mut terminal, &theme, receiver).run(first);
    drop(terminal);
    print_exit_summary(context, &model);
    ended
}

/// Returns what the model needs to know of a running sandbox.
pub fn sandbox_info(sandbox: &Sandbox) -> SandboxInfo {
    SandboxInfo {
        environment: sandbox.environment(),
        demonstration: sandbox.demonstration().clone(),
    }
}

/// Returns the exit code of a wizard that the user has quit: answers that could not be saved are a failure.
fn exit_after(summary: &ExitSummary) -> Exit {
    match summary.unsaved {
        Some(_) => Exit::Unreadable,
        None => Exit::Success,
    }
}

fn new_model(context: &Context) -> anyhow::Result<Model> {
    let config = context.config()?;
    let mut environments = vec![Environment::of(Rules::Test), Environment::of(Rules::Prod)];
    environments.extend(config.environments.iter().cloned());
    let folders = Folders {
        working: std::env::current_dir().unwrap_or_default(),
        home: directories::BaseDirs::new().map(|folders| folders.home_dir().to_owned()),
        keys: keygen::folder(&context.home),
        home_flag: context.home_flag().map(Path::to_owned),
    };
    Ok(Model::new(
        context.texts.language(),
        OffsetDateTime::now_utc(),
        environments,
        folders,
    ))
}

/// Returns the effects that open the first view. Errors if the profile cannot be opened, before the terminal is taken over.
fn first_effects(context: &Context, model: &mut Model, start: StartAt) -> anyhow::Result<Vec<Effect>> {
    let store = context.store();
    let refused = |error: StoreError| CommandError::from_store(&error, &context.texts);
    Ok(match start {
        StartAt::ProfileList => vec![Effect::ListProfiles],
        StartAt::New(None) => wizard::update(model, Message::NewProfile),
        StartAt::New(Some(name)) => {
            if store.path(&name).exists() {
                return Err(refused(StoreError::Exists { name: name.to_string() }).into());
            }
            wizard::start_onboarding(model, name)
        }
        StartAt::Resume(Some(name)) => {
            let profile = store.load(&name).map_err(refused)?.profile;
            if model.sandbox && profile.environment != SANDBOX {
                return Err(not_the_sandbox(&name, &profile, &context.texts).into());
            }
            wizard::load(model, name)
        }
        StartAt::Resume(None) => {
            let matches = |environment: &str| !model.sandbox || environment == SANDBOX;
            most_recent(&store, matches)
                .map_err(refused)?
                .map_or(vec![Effect::ListProfiles], |name| wizard::load(model, name))
        }
    })
}

/// Returns the most recently used of the profiles whose environment matches. Unreadable ones are skipped.
fn most_recent(store: &Store, matches: impl Fn(&str) -> bool) -> Result<Option<ProfileName>, StoreError> {
    let listed = store.summaries()?.profiles.into_iter();
    let readable = listed.filter_map(|listed| Some((listed.profile.ok()?, listed.name)));
    let newest = readable
        .filter(|(profile, _)| matches(&profile.environment))
        .max_by_key(|(profile, _)| profile.last_used);
    Ok(newest.map(|(_, name)| name))
}

/// Returns the error for a profile of another environment: with `--sandbox` nothing leaves this computer.
fn not_the_sandbox(name: &ProfileName, profile: &Profile, texts: &Texts) -> CommandError {
    let args = Args::new()
        .with("profile", name.as_str())
        .with("environment", &profile.environment);
    let [what, hint] = ["targets-not-sandbox", "targets-not-sandbox.hint"].map(|id| texts.with(id, &args));
    CommandError::new(Exit::Usage, what, Some(hint))
}

/// Prints what was discarded or not saved, or how to resume, after the terminal has been restored.
fn print_exit_summary(context: &Context, model: &Model) {
    let texts = Texts::new(model.language);
    let Some(exit_summary) = &model.exit_summary else {
        return;
    };
    if let Some(discarded) = &exit_summary.discarded {
        let args = Args::new().with("field", texts.get(&format!("field-{}", discarded.field.id())));
        eprint(&match &discarded.text {
            Some(text) => texts.with("exit-summary-dropped", &args.with("text", text)),
            None => texts.with("exit-summary-dropped-path", &args),
        });
    }
    match (&exit_summary.unsaved, &exit_summary.name) {
        (Some(error), _) => {
            eprint(&texts.with("exit-summary-unsaved", &Args::new().with("why", error.text(&texts))));
        }
        (None, Some(name)) => {
            let plain = context.plain.then_some("--plain");
            let command = context.command_line(["resume", name.as_str()].into_iter().chain(plain));
            eprint(&texts.with("exit-summary-resume", &Args::new().with("command", command)));
        }
        (None, None) => {}
    }
}
