//! `klarert new NAME --…`, `set`, `done`, `undo`: profiles without the wizard, by the same rules.

use std::{
    env,
    path::{Path, PathBuf},
};

use time::OffsetDateTime;

use super::{
    field_args::FieldArgs,
    profile_json,
    removed_answers::print_removed,
    save_warnings, scope_hints,
    status::{Overview, next_text},
};
use crate::command::{Context, Exit, command_error::CommandError, environments, eprint, print};
use crate::{
    journey::{FieldId, SANDBOX},
    profile::{
        Profile,
        fields::{
            conflicts::{ConflictingAnswers, combine},
            key::Key,
            set::{SetContext, set_answer},
        },
        file::{config::Config, store::StoreError},
        parse::{ParseError, ProfileName},
        progress::step_after_change,
        stale_ticks::{RemovedTicks, remove_stale_ticks},
    },
    text::{Args, Texts, io_reason},
};

/// Key of the environment, which `--sandbox` decides.
const ENVIRONMENT: Key = Key::Field(FieldId::Environment);

/// Arguments of `klarert new`.
#[derive(Debug, clap::Args)]
pub struct NewArgs {
    #[arg(value_name = "NAME")]
    pub profile: Option<String>,
    #[command(flatten)]
    pub fields: FieldArgs,
}

/// Arguments of `klarert set`.
#[derive(Debug, clap::Args)]
pub struct SetArgs {
    #[arg(value_name = "NAME")]
    pub profile: String,
    #[arg(value_name = "KEY=VALUE", required = true)]
    pub answers: Vec<String>,
}

/// Arguments of `klarert done` and `klarert undo`.
#[derive(Debug, clap::Args)]
pub struct TickArgs {
    #[arg(value_name = "NAME")]
    pub profile: String,
    #[arg(value_name = "ITEM", required = true)]
    pub items: Vec<String>,
}

/// Change of an item: ticked, or its tick removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    Done,
    Undone,
}

/// Creates a profile from flags. Without a name for it, the name of the business is used.
pub fn new(context: &Context, args: NewArgs) -> anyhow::Result<Exit> {
    let answers = args.fields.0;
    let business_name = answers.iter().find(|(key, _)| key.id() == "name");
    let name = match (args.profile, business_name) {
        (Some(name), _) => context.parse_name(&name)?,
        (None, Some((_, business))) => ProfileName::suggest(business).ok_or_else(|| missing_name(context))?,
        (None, None) => return Err(missing_name(context).into()),
    };
    let mut profile = Profile::new(environments::default_id(context), now());
    apply(
        context,
        &mut profile,
        &answers,
        &working_folder(&context.texts)?,
        |key| format!("--{}", key.flag()),
    )?;
    create(context, &name, &profile)
}

/// Changes answers of a profile.
pub fn set(context: &Context, args: &SetArgs) -> anyhow::Result<Exit> {
    let name = context.parse_name(&args.profile)?;
    let mut answers = Vec::new();
    for pair in &args.answers {
        let (key, value) = match (pair.split_once('='), Key::parse(pair)) {
            (Some((key, value)), _) => (key, value),
            (None, Some(key)) => return Err(missing_value(context, key).into()),
            (None, None) => (pair.as_str(), ""),
        };
        let known = Key::parse(key).ok_or_else(|| unknown_key(context, key))?;
        answers.push((known, value.to_owned()));
    }
    // `--service` can be repeated, too.
    let is_repeated = |at: usize| {
        let (key, _) = &answers[at];
        *key != Key::Field(FieldId::Services) && answers[..at].iter().any(|(other, _)| other == key)
    };
    if let Some(at) = (0..answers.len()).find(|at| is_repeated(*at)) {
        let values = Args::new().with("argument", answers[at].0.id());
        let error = CommandError::new(Exit::Usage, context.texts.with("usage-twice", &values), None);
        return Err(error.with_id("argument-conflict").into());
    }
    Key::sort(&mut answers);
    let folder = working_folder(&context.texts)?;
    update(context, &name, |profile| {
        apply(context, profile, &answers, &folder, |key| key.id().to_owned())
    })
}

/// Ticks items, or removes their ticks. A step's name means all of its items.
pub fn tick(context: &Context, args: &TickArgs, tick: Tick) -> anyhow::Result<Exit> {
    let name = context.parse_name(&args.profile)?;
    let config = context.config()?;
    update(context, &name, |profile| {
        set_ticks(context, config, profile, &args.items, tick)
    })
}

fn set_ticks(
    context: &Context,
    config: &Config,
    profile: &mut Profile,
    items: &[String],
    tick: Tick,
) -> anyhow::Result<()> {
    let overview = Overview::of(profile, config.rules(&profile.environment));
    let known: Vec<&str> = overview.items().map(|item| item.key).collect();
    for item in items {
        let step_prefix = format!("{item}.");
        let matching = known
            .iter()
            .filter(|key| **key == item || key.starts_with(&step_prefix));
        let matching: Vec<String> = matching.map(|key| (*key).to_owned()).collect();
        if matching.is_empty() {
            let args = Args::new().with("item", item).with("known", known.join(", "));
            let texts = &context.texts;
            let hint = match known.is_empty() {
                true => texts.get("edit-unknown-item.none"),
                false => texts.with("edit-unknown-item.hint", &args),
            };
            return Err(CommandError::new(Exit::Usage, texts.with("edit-unknown-item", &args), Some(hint)).into());
        }
        for key in matching {
            match tick {
                // A second tick keeps the time of the first.
                Tick::Done => profile.tick(key, now()),
                Tick::Undone => drop(profile.progress.done.remove(&key)),
            }
        }
    }
    Ok(())
}

/// Returns the current time, in UTC as profiles have it.
pub fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

/// Returns the folder of relative paths that were given on the command line.
///
/// # Errors
///
/// [`Exit::Unreadable`] if it was deleted, or may not be read.
pub fn working_folder(texts: &Texts) -> Result<PathBuf, CommandError> {
    env::current_dir().map_err(|error| {
        let args = Args::new().with("error", io_reason(&error, texts));
        CommandError::new(Exit::Unreadable, texts.with("folder-unread", &args), None)
    })
}

/// Parses answers and puts them into a profile. Relative paths are relative to `folder`.
///
/// `argument_name` returns the name of an answer in error messages.
///
/// # Errors
///
/// [`Exit::Usage`] for answers that are not valid, all in one error with a line each, or that contradict each other.
pub fn apply(
    context: &Context,
    profile: &mut Profile,
    answers: &[(Key, String)],
    folder: &Path,
    argument_name: impl Fn(Key) -> String,
) -> anyhow::Result<()> {
    let config = context.config()?;
    let environments = environments::known_ids(config);
    let set_context = SetContext {
        environments: &environments,
        folder,
        today: now().date(),
    };
    let combined = combine(answers).map_err(|conflict| conflict_error(conflict, &argument_name, &context.texts))?;
    let (mut errors, mut refused) = (Vec::<CommandError>::new(), Vec::new());
    for (key, value) in combined {
        match set_answer(profile, key, &value, set_context) {
            Err(error) => {
                if !follows_from(&refused, key, &error) {
                    errors.push(CommandError::invalid_value(&argument_name(key), &error, &context.texts));
                }
                refused.push(key);
            }
            Ok(()) if key == ENVIRONMENT && context.sandbox && profile.environment != SANDBOX => {
                let argument = argument_name(key);
                errors.push(environments::contradicts_sandbox(&argument, &value, &context.texts));
            }
            Ok(()) => {}
        }
    }
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    let message = messages.join("\n");
    match errors.into_iter().next() {
        None => Ok(()),
        Some(first) => Err(CommandError { message, ..first }.into()),
    }
}

/// Returns whether an error may only follow from an earlier answer that was refused, on which this one depends.
fn follows_from(refused: &[Key], key: Key, error: &ParseError) -> bool {
    let was_refused = |fields: &[FieldId]| fields.iter().any(|field| refused.contains(&Key::Field(*field)));
    let kind_unknown =
        refused.contains(&Key::Business) || was_refused(&[FieldId::NorwegianNumber, FieldId::PortalLogin]);
    let by_kind = [FieldId::Organisation, FieldId::Services].map(Key::Field);
    (kind_unknown && (by_kind.contains(&key) || error.id == "refused-only-for"))
        || (was_refused(&[FieldId::Authentication]) && error.id == "refused-only-with")
}

/// Returns the error for two answers of one command line that contradict each other.
fn conflict_error(
    ConflictingAnswers([one, other]): ConflictingAnswers,
    argument_name: impl Fn(Key) -> String,
    texts: &Texts,
) -> CommandError {
    let args = Args::new()
        .with("one", argument_name(one.0))
        .with("first", one.1)
        .with("other", argument_name(other.0))
        .with("second", other.1);
    let hint = Some(texts.get("edit-contrary.hint"));
    CommandError::new(Exit::Usage, texts.with("edit-contrary", &args), hint)
}

/// Saves a new profile, and prints its path, warnings and the next item.
///
/// # Errors
///
/// [`Exit::Usage`] if the name is taken.
pub fn create(context: &Context, name: &ProfileName, profile: &Profile) -> anyhow::Result<Exit> {
    create_over(context, name, profile, "")
}

/// Saves a new profile as [`create`] does, over the text of another profile.
pub fn create_over(context: &Context, name: &ProfileName, profile: &Profile, text: &str) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let config = context.config()?;
    let mut profile = profile.clone();
    profile.updated = now();
    profile.progress.step = step_after_change(None, &profile, config.rules(&profile.environment));
    let saved = context
        .store()
        .save_copy(name, &profile, text.as_bytes())
        .map_err(|error| CommandError::from_store(&error, texts))?;
    print_saved(context, name, None, &saved.profile, config)
}

/// Error of a change: from the store, or from the change itself.
enum UpdateError {
    Store(StoreError),
    Change(anyhow::Error),
}

impl From<StoreError> for UpdateError {
    fn from(error: StoreError) -> UpdateError {
        UpdateError::Store(error)
    }
}

/// Changes the newest version of a profile, and prints its path, warnings and the next item.
fn update(
    context: &Context,
    name: &ProfileName,
    change: impl FnOnce(&mut Profile) -> anyhow::Result<()>,
) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let config = context.config()?;
    let rules = |profile: &Profile| config.rules(&profile.environment);
    let (mut before, mut removed) = (None, RemovedTicks::new());
    let updated = context.store().update(name, |saved| {
        let mut profile = saved.profile.clone();
        change(&mut profile).map_err(UpdateError::Change)?;
        let refused = environments::ensure_sandbox(context, name, &profile.environment);
        refused.map_err(|error| UpdateError::Change(error.into()))?;
        profile.updated = now();
        removed = remove_stale_ticks(&saved.profile, &mut profile);
        let old = Some((&saved.profile, rules(&saved.profile)));
        profile.progress.step = step_after_change(old, &profile, rules(&profile));
        before = Some(saved.profile.clone());
        Ok::<_, UpdateError>(profile)
    });
    let saved = updated.map_err(|error| match error {
        UpdateError::Store(error) => CommandError::from_store(&error, texts).into(),
        UpdateError::Change(error) => error,
    })?;
    if let Some(before) = &before {
        print_removed(context, name, (before, &saved.profile), &removed)?;
    }
    print_saved(context, name, before.as_ref(), &saved.profile, config)
}

fn print_saved(
    context: &Context,
    name: &ProfileName,
    before: Option<&Profile>,
    profile: &Profile,
    config: &Config,
) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let path = context.store().path(name).to_string_lossy().into_owned();
    eprint(&texts.with("edit-saved", &Args::new().with("path", path)));
    save_warnings::print(context, name, before, profile)?;
    scope_hints::print(context, before, profile)?;
    let overview = Overview::of(profile, config.rules(&profile.environment));
    if let Some(next) = next_text(profile, &overview, texts) {
        eprint(&texts.with("edit-next", &Args::new().with("next", next)));
    }
    print_json(context, name, profile)?;
    Ok(Exit::Success)
}

/// Prints a profile that was changed, with `--json`.
pub fn print_json(context: &Context, name: &ProfileName, profile: &Profile) -> anyhow::Result<()> {
    if context.json {
        let overview = Overview::of(profile, context.config()?.rules(&profile.environment));
        let object = profile_json::summary(name, profile, &overview, now(), &context.texts);
        print(&format!("{object}\n"))?;
    }
    Ok(())
}

fn missing_name(context: &Context) -> CommandError {
    let texts = &context.texts;
    CommandError::new(
        Exit::Usage,
        texts.get("edit-no-name"),
        Some(texts.get("edit-no-name.hint")),
    )
}

fn missing_value(context: &Context, key: Key) -> CommandError {
    let texts = &context.texts;
    let args = Args::new().with("key", key.id());
    let hint = texts.get("edit-no-value.hint");
    CommandError::new(Exit::Usage, texts.with("edit-no-value", &args), Some(hint))
}

fn unknown_key(context: &Context, key: &str) -> CommandError {
    let known: Vec<&str> = Key::all().into_iter().map(Key::id).collect();
    let args = Args::new().with("key", key).with("known", known.join(", "));
    let texts = &context.texts;
    let hint = texts.with("edit-unknown-key.hint", &args);
    CommandError::new(Exit::Usage, texts.with("edit-unknown-key", &args), Some(hint))
}
