//! The wizard in a terminal: events in, effects out, a frame after each.
//!
//! One channel carries everything that happens (keys, signals, the answers of workers), so that there is one order of
//! events. [`terminal`] takes the screen and gives it back whatever happens, [`runner`] carries out effects,
//! [`secret`] holds the password while it is typed, [`session`] is the loop; [`plain`] is the other
//! loop, which reads and writes lines.

mod effects;
mod event_loop;
mod keygen;
mod password_input;
mod plain;
mod terminal;

use std::sync::mpsc;

use anyhow::Context as _;
use ratatui::crossterm::event::Event;
use time::OffsetDateTime;

use crate::{
    console::{self, Context, Exit, command_error::CommandError, eprint},
    credential::Opened,
    journey::{Environment, Rules, SANDBOX},
    profile::{
        Authentication, CertificateFiles, Kind, Profile,
        file::store::{Store, StoreError},
        parse::ProfileName,
    },
    sandbox::{self, Options, Sandbox},
    screen::theme::Theme,
    text::{Args, Texts},
    wizard::{self, Effect, Folders, Message, Model, SandboxInfo},
};
use effects::Runner;
use event_loop::Session;
use plain::{Conversation, Typed};
use terminal::Screen;

/// How the wizard is entered.
#[derive(Debug, Clone, PartialEq)]
pub enum StartAt {
    /// Choose a profile, or start a new one.
    ProfileList,
    New(Option<ProfileName>),
    /// The most recently used one without a name.
    Resume(Option<ProfileName>),
}

/// Which files were opened, and what for: whose they are and how they sign decides what is chosen of them.
type OpenedFor = (CertificateFiles, Option<Kind>, Authentication);

/// Something that happened outside.
#[derive(Debug)]
enum AppEvent {
    Terminal(Event),
    /// The terminal gives no more events: it is gone.
    TerminalGone,
    Signal(i32),
    Message(Message),
    /// A worker has read certificate files: what it opened stays here, the model gets the message.
    Opened(Box<OpenedFor>, Box<Opened>, Message),
    /// The sandbox that a loaded profile is for has been started.
    Sandbox(Box<Sandbox>, Message),
    /// Something was done that nobody waits for.
    Done,
    /// What the plain wizard asked for has been typed.
    Typed(Typed),
}

/// Runs the wizard until its user leaves.
pub fn run(context: &Context, door: StartAt) -> anyhow::Result<Exit> {
    let (sender, receiver) = mpsc::channel();
    let mut runner = Runner::new(context.store(), sender.clone());
    let mut model = new_model(context)?;
    if context.sandbox {
        eprint(&context.texts.get("sandbox-starting"));
        let sandbox = Sandbox::start(&sandbox::folder(&context.home), Options::default())
            .context("the sandbox could not be started")?;
        model.with_sandbox(demonstrating(&sandbox), true);
        runner.sandbox = Some(sandbox);
    }
    let first = enter(context, &mut model, door)?;

    if context.plain {
        let conversation = Conversation::new(&mut model, &mut runner, receiver, &sender);
        let ended = conversation.run(first);
        say_farewell(&model);
        return ended;
    }
    terminal::survive_panics();
    let theme = Theme::new(context.color, console::terminal::supports_unicode());
    let mut screen = Screen::take().context("the terminal could not be taken over")?;
    event_loop::listen(&sender);
    let ended = Session::new(&mut model, &mut runner, &mut screen, &theme, receiver).run(first);
    drop(screen);
    say_farewell(&model);
    ended
}

fn demonstrating(sandbox: &Sandbox) -> SandboxInfo {
    SandboxInfo {
        environment: sandbox.environment(),
        demonstration: sandbox.demonstration().clone(),
    }
}

fn new_model(context: &Context) -> anyhow::Result<Model> {
    let config = context.config()?;
    let mut environments = vec![Environment::of(Rules::Test), Environment::of(Rules::Prod)];
    environments.extend(config.environments.iter().cloned());
    let folders = Folders {
        working: std::env::current_dir().unwrap_or_default(),
        own: directories::BaseDirs::new().map(|folders| folders.home_dir().to_owned()),
    };
    Ok(Model::new(
        context.texts.language(),
        OffsetDateTime::now_utc(),
        environments,
        folders,
    ))
}

/// The first effects, by the door the user came in at. A profile that cannot be read is said before the screen is taken.
fn enter(context: &Context, model: &mut Model, door: StartAt) -> anyhow::Result<Vec<Effect>> {
    let store = context.store();
    let refused = |trouble: StoreError| CommandError::from_store(&trouble, &context.texts);
    Ok(match door {
        StartAt::ProfileList => vec![Effect::List],
        StartAt::New(None) => wizard::update(model, Message::NewProfile),
        StartAt::New(Some(name)) => {
            if store.path(&name).exists() {
                return Err(refused(StoreError::Exists { name: name.to_string() }).into());
            }
            wizard::begin(model, name)
        }
        StartAt::Resume(Some(name)) => {
            let profile = store.load(&name).map_err(refused)?.profile;
            if model.sandbox && profile.environment != SANDBOX {
                return Err(not_the_sandbox(&name, &profile, &context.texts).into());
            }
            vec![Effect::Load(name)]
        }
        StartAt::Resume(None) => {
            let fits = |profile: &Profile| !model.sandbox || profile.environment == SANDBOX;
            latest(&store, fits)
                .map_err(refused)?
                .map_or(vec![Effect::List], |name| vec![Effect::Load(name)])
        }
    })
}

/// The profile that was worked on last, of those that fit.
fn latest(store: &Store, fits: impl Fn(&Profile) -> bool) -> Result<Option<ProfileName>, StoreError> {
    let listed = store.list()?.into_iter();
    let readable = listed.filter_map(|listed| Some((listed.profile.ok()?, listed.name)));
    let newest = readable
        .filter(|(profile, _)| fits(profile))
        .max_by_key(|(profile, _)| profile.updated);
    Ok(newest.map(|(_, name)| name))
}

/// Started as the sandbox, nothing leaves this computer: a profile of another environment is not opened.
fn not_the_sandbox(name: &ProfileName, profile: &Profile, texts: &Texts) -> CommandError {
    let args = Args::new()
        .with("profile", name.as_str())
        .with("environment", &profile.environment);
    let [what, hint] = ["targets-not-sandbox", "targets-not-sandbox.hint"].map(|id| texts.with(id, &args));
    CommandError::new(Exit::Usage, what, Some(hint))
}

/// What is said in the terminal once it is the user's again.
fn say_farewell(model: &Model) {
    let texts = Texts::new(model.language);
    let Some(exit_summary) = &model.exit_summary else {
        return;
    };
    for (field, text) in &exit_summary.dropped {
        let args = Args::new()
            .with("field", texts.get(&format!("field-{}", field.id())))
            .with("text", text);
        eprint(&texts.with("exit-summary-dropped", &args));
    }
    match (&exit_summary.unsaved, &exit_summary.name) {
        (Some(trouble), _) => {
            eprint(&texts.with("exit-summary-unsaved", &Args::new().with("why", trouble.text(&texts))));
        }
        (None, Some(name)) => eprint(&texts.with("exit-summary-resume", &Args::new().with("name", name.as_str()))),
        (None, None) => {}
    }
}
