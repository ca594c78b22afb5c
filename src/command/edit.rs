//! `klarert new NAME --…`, `set`, `done`, `undo`: a profile without the wizard, by the same rules.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::{
    Context, Exit,
    answers::Answers,
    arguments::{Import, Set, Ticks},
    failure::Failure,
    overview::{Overview, next_words},
    tell,
};
use crate::{
    journey::SANDBOX,
    profile::{
        Profile,
        answers::{Key, Surroundings, answer},
        import,
        parse::ProfileName,
        progress::led_on,
        store::Saved,
    },
    text::Args,
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
    save(context, &name, &profile, None)
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
        Failure::new(Exit::Unreadable, texts.with("import-unread", &args), Some(hint))
    })?;
    let text = Zeroizing::new(String::from_utf8_lossy(&Zeroizing::new(bytes)).into_owned());
    let config = context.config()?;
    let builtin = ["test", "prod"].into_iter().filter_map(|id| config.environment(id));
    let all = builtin.chain(config.environments.iter().cloned());
    let known: Vec<(String, String)> = all.map(|environment| (environment.id, environment.issuer)).collect();
    let imported = import::read(&text, &known);
    if imported.answers.is_empty() {
        let args = Args::new().with("file", file.to_string_lossy().into_owned());
        let (what, hint) = (texts.with("import-nothing", &args), texts.get("import-nothing.hint"));
        return Err(Failure::new(Exit::Unreadable, what, Some(hint)).into());
    }
    let mut profile = Profile::new("test", now());
    let folder = file.parent().unwrap_or(&file).to_owned();
    take(context, &mut profile, &imported.answers, &folder, |key| {
        key.id().to_owned()
    })?;
    if !imported.passed_by.is_empty() {
        let names = Args::new().with("names", imported.passed_by.join(", "));
        tell(&texts.with("import-passed-by", &names));
    }
    save(context, &name, &profile, None)
}

/// Changes answers of a profile.
pub fn set(context: &Context, arguments: &Set) -> anyhow::Result<Exit> {
    let name = context.name(&arguments.profile)?;
    let saved = context.load(&name)?;
    let mut answers = Vec::new();
    for pair in &arguments.answers {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let known = Key::parse(key).filter(|_| pair.contains('='));
        answers.push((known.ok_or_else(|| unknown_key(context, key))?, value.to_owned()));
    }
    // In the wizard's order, as one answer may depend on another: `kid=…` on `authentication=key`.
    answers.sort_by_key(|(key, _)| Key::all().iter().position(|other| other == key));
    let mut profile = saved.profile.clone();
    take(context, &mut profile, &answers, &here()?, |key| key.id().to_owned())?;
    save(context, &name, &profile, Some(&saved))
}

/// Ticks items, or takes the ticks away; a step's name stands for all of its items.
pub fn tick(context: &Context, arguments: &Ticks, tick: Tick) -> anyhow::Result<Exit> {
    let name = context.name(&arguments.profile)?;
    let saved = context.load(&name)?;
    let mut profile = saved.profile.clone();
    let overview = Overview::of(&profile, context.config()?.rules(&profile.environment));
    let known: Vec<&str> = overview.items().map(|item| item.key.as_str()).collect();
    for written in &arguments.items {
        let step = format!("{written}.");
        let meant = known.iter().filter(|key| **key == written || key.starts_with(&step));
        let meant: Vec<String> = meant.map(|key| (*key).to_owned()).collect();
        if meant.is_empty() {
            let args = Args::new().with("item", written).with("known", known.join(", "));
            let texts = &context.texts;
            let hint = texts.with("edit-unknown-item.hint", &args);
            return Err(Failure::new(Exit::Usage, texts.with("edit-unknown-item", &args), Some(hint)).into());
        }
        for key in meant {
            match tick {
                // A second tick does not change when it was done.
                Tick::Done => drop(profile.progress.done.entry(key).or_insert_with(now)),
                Tick::Undone => drop(profile.progress.done.remove(&key)),
            }
        }
    }
    save(context, &name, &profile, Some(&saved))
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
    let around = Surroundings {
        environments: &environments,
        folder,
        today: now().date(),
    };
    for (key, written) in answers {
        answer(profile, *key, written, around)
            .map_err(|refusal| Failure::refused(&called(*key), &refusal, &context.texts))?;
    }
    Ok(())
}

/// Saves, and says where and what comes next.
fn save(context: &Context, name: &ProfileName, profile: &Profile, base: Option<&Saved>) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let config = context.config()?;
    let before = base.map(|saved| (&saved.profile, config.rules(&saved.profile.environment)));
    let mut profile = profile.clone();
    profile.updated = now();
    profile.progress.step = led_on(before, &profile, config.rules(&profile.environment));
    if base.is_none() && context.store().load(name).is_ok() {
        let exists = crate::profile::store::StoreError::Exists { name: name.to_string() };
        return Err(Failure::store(&exists, texts).into());
    }
    let saved = context
        .store()
        .save(name, &profile, base)
        .map_err(|error| Failure::store(&error, texts))?;
    let path = context.store().path(name).to_string_lossy().into_owned();
    tell(&texts.with("edit-saved", &Args::new().with("path", path)));
    let overview = Overview::of(&saved.profile, config.rules(&saved.profile.environment));
    if let Some(next) = next_words(&overview, texts) {
        tell(&texts.with("edit-next", &Args::new().with("next", next)));
    }
    Ok(Exit::Holds)
}

fn no_name(context: &Context) -> Failure {
    let texts = &context.texts;
    Failure::new(
        Exit::Usage,
        texts.get("edit-no-name"),
        Some(texts.get("edit-no-name.hint")),
    )
}

fn unknown_key(context: &Context, key: &str) -> Failure {
    let known: Vec<&str> = Key::all().into_iter().map(Key::id).collect();
    let args = Args::new().with("key", key).with("known", known.join(", "));
    let texts = &context.texts;
    let hint = texts.with("edit-unknown-key.hint", &args);
    Failure::new(Exit::Usage, texts.with("edit-unknown-key", &args), Some(hint))
}
