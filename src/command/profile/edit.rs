//! `klarert new NAME --…`, `set`, `done`, `undo`: a profile without the wizard, by the same rules.

use std::{
    env, fs,
    net::Ipv4Addr,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::{
    field_args::Answers,
    removed::tell_removed,
    save_warnings,
    status::{Overview, next_words},
};
use crate::command::{
    Context, Exit,
    args::{Import, Set, Ticks},
    command_error::CommandError,
    tell,
};
use crate::{
    journey::{FieldId, SANDBOX},
    profile::{
        Profile,
        fields::{
            conflicts::{ConflictingAnswers, combine},
            set::{Key, SetContext, set_answer},
        },
        file::{config::Config, store::StoreError},
        import,
        parse::ProfileName,
        progress::step_after_change,
        stale_ticks::{RemovedTicks, remove_stale_ticks},
    },
    sandbox::{self, announce},
    text::{Args, Texts},
};

/// Whether an item is ticked or its tick is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    Done,
    Undone,
}

/// Writes a new profile from flags.
pub fn new(context: &Context, profile: Option<String>, answers: &Answers) -> anyhow::Result<Exit> {
    let called = answers.0.iter().find(|(key, _)| key.id() == "name");
    let name = match (profile, called) {
        (Some(written), _) => context.name(&written)?,
        // A business's own name makes a good one.
        (None, Some((_, called))) => ProfileName::suggest(called).ok_or_else(|| no_name(context))?,
        (None, None) => return Err(no_name(context).into()),
    };
    let mut profile = Profile::new("test", now());
    take(context, &mut profile, &answers.0, &here()?, |key| {
        format!("--{}", key.flag())
    })?;
    save(context, &name, &profile)
}

/// Writes a new profile from another client's settings. A relative path in them is relative to their file.
pub fn import(context: &Context, arguments: &Import) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let name = context.name(&arguments.profile)?;
    let file = std::path::absolute(&arguments.file)?;
    // The file may hold a password beside what is looked for: it is wiped after use.
    let bytes = fs::read(&file).map_err(|error| {
        let args = Args::new()
            .with("file", file.to_string_lossy().into_owned())
            .with("error", error.to_string());
        let hint = texts.get("import-unread.hint");
        CommandError::new(Exit::Unreadable, texts.with("import-unread", &args), Some(hint))
    })?;
    let text = Zeroizing::new(String::from_utf8_lossy(&Zeroizing::new(bytes)).into_owned());
    let mut imported = import::parse(&text, &issuers(context)?);
    if imported.answers.is_empty() {
        let args = Args::new().with("file", file.to_string_lossy().into_owned());
        let (what, hint) = (texts.with("import-nothing", &args), texts.get("import-nothing.hint"));
        return Err(CommandError::new(Exit::Unreadable, what, Some(hint)).into());
    }
    let environment = Key::Field(FieldId::Environment);
    if let Some(id) = &arguments.environment {
        imported.unknown_issuer = None;
        imported.answers.retain(|(key, _)| *key != environment);
        imported.answers.push((environment, id.clone()));
    }
    let mut profile = Profile::new("test", now());
    let folder = file.parent().unwrap_or(&file).to_owned();
    take(context, &mut profile, &imported.answers, &folder, |key| {
        let given = key == environment && arguments.environment.is_some();
        format!("{}{}", if given { "--" } else { "" }, key.id())
    })?;
    if !imported.ignored.is_empty() {
        let names = Args::new().with("names", imported.ignored.join(", "));
        tell(&texts.with("import-left", &names));
    }
    let saved = save(context, &name, &profile)?;
    // Last, as it matters most: where grants are sent to.
    if let Some(issuer) = imported.unknown_issuer {
        let args = Args::new()
            .with("issuer", issuer)
            .with("environment", &profile.environment)
            .with("name", name.as_str());
        save_warnings::warn(context, &texts.with("import-issuer-unknown", &args));
    }
    Ok(saved)
}

/// The ids and issuers of the environments that an import can be for: those of `config.toml` too, and the sandbox where
/// it is served or would be.
fn issuers(context: &Context) -> anyhow::Result<Vec<(String, String)>> {
    let config = context.config()?;
    let builtin = ["test", "prod"].into_iter().filter_map(|id| config.environment(id));
    let announced = announce::found(&sandbox::folder(&context.home));
    let addresses = announced
        .into_iter()
        .chain([(Ipv4Addr::LOCALHOST, sandbox::PORT).into()]);
    let all = builtin.chain(config.environments.iter().cloned());
    let all = all.chain(addresses.map(sandbox::environment));
    Ok(all.map(|environment| (environment.id, environment.issuer)).collect())
}

/// Changes answers of a profile.
pub fn set(context: &Context, arguments: &Set) -> anyhow::Result<Exit> {
    let name = context.name(&arguments.profile)?;
    let mut answers = Vec::new();
    for pair in &arguments.answers {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let known = Key::parse(key).filter(|_| pair.contains('='));
        answers.push((known.ok_or_else(|| unknown_key(context, key))?, value.to_owned()));
    }
    // In the wizard's order, as one answer may depend on another: `kid=…` on `authentication=key`.
    answers.sort_by_key(|(key, _)| Key::all().iter().position(|other| other == key));
    let folder = here()?;
    change(context, &name, |profile| {
        take(context, profile, &answers, &folder, |key| key.id().to_owned())
    })
}

/// Ticks items, or takes the ticks away; a step's name stands for all of its items.
pub fn tick(context: &Context, arguments: &Ticks, tick: Tick) -> anyhow::Result<Exit> {
    let name = context.name(&arguments.profile)?;
    let config = context.config()?;
    change(context, &name, |profile| {
        mark(context, &config, profile, &arguments.items, tick)
    })
}

fn mark(context: &Context, config: &Config, profile: &mut Profile, items: &[String], tick: Tick) -> anyhow::Result<()> {
    let overview = Overview::of(profile, config.rules(&profile.environment));
    let known: Vec<&str> = overview.items().map(|item| item.key.as_str()).collect();
    for written in items {
        let step = format!("{written}.");
        let meant = known.iter().filter(|key| **key == written || key.starts_with(&step));
        let meant: Vec<String> = meant.map(|key| (*key).to_owned()).collect();
        if meant.is_empty() {
            let args = Args::new().with("item", written).with("known", known.join(", "));
            let texts = &context.texts;
            let hint = texts.with("edit-unknown-item.hint", &args);
            return Err(CommandError::new(Exit::Usage, texts.with("edit-unknown-item", &args), Some(hint)).into());
        }
        for key in meant {
            match tick {
                // A second tick does not change when it was done.
                Tick::Done => drop(profile.progress.done.entry(key).or_insert_with(now)),
                Tick::Undone => drop(profile.progress.done.remove(&key)),
            }
        }
    }
    Ok(())
}

pub fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

fn here() -> anyhow::Result<PathBuf> {
    env::current_dir().context("the current folder could not be read")
}

fn take(
    context: &Context,
    profile: &mut Profile,
    answers: &[(Key, String)],
    folder: &Path,
    called: impl Fn(Key) -> String,
) -> anyhow::Result<()> {
    let config = context.config()?;
    let own = config.environments.iter().map(|environment| environment.id.clone());
    let environments: Vec<String> = ["test", "prod", SANDBOX]
        .map(str::to_owned)
        .into_iter()
        .chain(own)
        .collect();
    let around = SetContext {
        environments: &environments,
        folder,
        today: now().date(),
    };
    let meant = combine(answers).map_err(|both| contrary(both, &called, &context.texts))?;
    for (key, written) in meant {
        set_answer(profile, key, &written, around)
            .map_err(|refusal| CommandError::refused(&called(key), &refusal, &context.texts))?;
    }
    Ok(())
}

/// Two answers of one command line that contradict each other.
fn contrary(
    ConflictingAnswers([one, other]): ConflictingAnswers,
    called: impl Fn(Key) -> String,
    texts: &Texts,
) -> CommandError {
    let args = Args::new()
        .with("one", called(one.0))
        .with("first", one.1)
        .with("other", called(other.0))
        .with("second", other.1);
    let hint = Some(texts.get("edit-contrary.hint"));
    CommandError::new(Exit::Usage, texts.with("edit-contrary", &args), hint)
}

/// Saves a new profile, and says where and what comes next.
fn save(context: &Context, name: &ProfileName, profile: &Profile) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let config = context.config()?;
    let mut profile = profile.clone();
    profile.updated = now();
    profile.progress.step = step_after_change(None, &profile, config.rules(&profile.environment));
    if context.store().load(name).is_ok() {
        let exists = StoreError::Exists { name: name.to_string() };
        return Err(CommandError::store(&exists, texts).into());
    }
    let saved = context
        .store()
        .save(name, &profile, None)
        .map_err(|error| CommandError::store(&error, texts))?;
    say(context, name, None, &saved.profile, &config)
}

/// Why a profile is as it was.
enum NotChanged {
    Store(StoreError),
    Refused(anyhow::Error),
}

impl From<StoreError> for NotChanged {
    fn from(error: StoreError) -> NotChanged {
        NotChanged::Store(error)
    }
}

/// Changes a profile as it is now, whoever wrote it last, and says where and what comes next.
fn change(
    context: &Context,
    name: &ProfileName,
    change: impl FnOnce(&mut Profile) -> anyhow::Result<()>,
) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let config = context.config()?;
    let rules = |profile: &Profile| config.rules(&profile.environment);
    let (mut before, mut removed) = (None, RemovedTicks::new());
    let changed = context.store().update(name, |saved| {
        let mut profile = saved.profile.clone();
        change(&mut profile).map_err(NotChanged::Refused)?;
        profile.updated = now();
        removed = remove_stale_ticks(&saved.profile, &mut profile);
        let stood = Some((&saved.profile, rules(&saved.profile)));
        profile.progress.step = step_after_change(stood, &profile, rules(&profile));
        before = Some(saved.profile.clone());
        Ok::<_, NotChanged>(profile)
    });
    let saved = changed.map_err(|error| match error {
        NotChanged::Store(error) => CommandError::store(&error, texts).into(),
        NotChanged::Refused(error) => error,
    })?;
    if let Some(before) = &before {
        tell_removed(context, name, (before, &saved.profile), &removed)?;
    }
    say(context, name, before.as_ref(), &saved.profile, &config)
}

fn say(
    context: &Context,
    name: &ProfileName,
    before: Option<&Profile>,
    profile: &Profile,
    config: &Config,
) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let path = context.store().path(name).to_string_lossy().into_owned();
    tell(&texts.with("edit-saved", &Args::new().with("path", path)));
    save_warnings::say(context, before, profile)?;
    let overview = Overview::of(profile, config.rules(&profile.environment));
    if let Some(next) = next_words(&overview, texts) {
        tell(&texts.with("edit-next", &Args::new().with("next", next)));
    }
    Ok(Exit::Success)
}

fn no_name(context: &Context) -> CommandError {
    let texts = &context.texts;
    CommandError::new(
        Exit::Usage,
        texts.get("edit-no-name"),
        Some(texts.get("edit-no-name.hint")),
    )
}

fn unknown_key(context: &Context, key: &str) -> CommandError {
    let known: Vec<&str> = Key::all().into_iter().map(Key::id).collect();
    let args = Args::new().with("key", key).with("known", known.join(", "));
    let texts = &context.texts;
    let hint = texts.with("edit-unknown-key.hint", &args);
    CommandError::new(Exit::Usage, texts.with("edit-unknown-key", &args), Some(hint))
}
