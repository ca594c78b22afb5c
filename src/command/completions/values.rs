//! Candidate values for completion: profiles, items, answers, formats and error codes, with descriptions in the user's
//! language.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use clap::{CommandFactory, ValueEnum};
use clap_complete::engine::{CompletionCandidate, PathCompleter, ValueCompleter};

use crate::{
    command::{
        args::{Cli, early_flags},
        environments,
        export::ExportFormat,
        profile::{
            edit::Tick,
            status::{Overview, item_name},
        },
        startup,
    },
    diagnosis,
    journey::{AnsweredBy, FieldId, journey, services::services},
    profile::{
        Authentication, Kind, Profile,
        fields::key::Key,
        file::{config::Config, store::Store},
        parse::{self, ProfileName},
    },
    text::{Args, Texts},
};

/// Kind of value that an argument takes.
#[derive(Debug, Clone, Copy)]
pub enum ValueKind {
    Profiles,
    /// Profiles that are administration clients.
    Administrations,
    /// Profiles in the trash.
    RemovedProfiles,
    /// Items of the line's profile that can be ticked, or unticked.
    Items(Tick),
    /// `key=value` for the line's profile.
    Answers,
    /// Values of one answer.
    ValuesOf(Key),
    Formats,
    /// Error codes and diagnosis ids.
    Errors,
    Commands,
    /// Scopes of the line's profile.
    Scopes,
}

/// Line that is being typed, with the files and texts that candidates come from.
#[derive(Debug)]
pub struct CompletionContext {
    pub texts: Texts,
    line: Vec<OsString>,
    store: Option<Store>,
    config: Config,
}

/// Value and its description.
type Candidate = (String, Option<String>);

impl CompletionContext {
    /// Creates the context for a line, which begins with the program's own name.
    pub fn new(line: Vec<OsString>) -> CompletionContext {
        let home = startup::home(early_flags(&line).0.map(|home| expand_tilde(&home)));
        let store = home.map(|home| Store::new(&home));
        CompletionContext {
            texts: startup::texts(&line),
            config: store.as_ref().and_then(|store| store.config().ok()).unwrap_or_default(),
            store,
            line,
        }
    }

    /// Returns the values that begin with `typed`.
    pub fn candidates(&self, kind: ValueKind, typed: &OsStr) -> Vec<CompletionCandidate> {
        let Some(typed) = typed.to_str() else {
            return Vec::new();
        };
        let candidates = match kind {
            ValueKind::Profiles => self.names(Store::names),
            ValueKind::Administrations => self.names(|store| {
                let listed = store.list().unwrap_or_default().into_iter();
                let own = listed.filter(|one| one.profile.as_ref().is_ok_and(Profile::is_administration));
                own.map(|one| one.name).collect()
            }),
            ValueKind::RemovedProfiles => self.names(Store::removed_names),
            ValueKind::Items(tick) => self.items(tick),
            ValueKind::Answers => return self.answers(typed),
            ValueKind::ValuesOf(key) => return self.values(key, typed),
            ValueKind::Formats => self.formats(),
            ValueKind::Errors => self.errors(),
            ValueKind::Commands => self.commands(),
            ValueKind::Scopes => self.scopes(),
        };
        // A value that the line has already is not offered again.
        let given = self.command_args();
        let is_given = |value: &str| value != typed && given.iter().any(|word| word == value);
        matching(candidates.into_iter().filter(|(value, _)| !is_given(value)), typed)
    }

    fn names(&self, list: impl Fn(&Store) -> Vec<ProfileName>) -> Vec<Candidate> {
        let names = self.store.as_ref().map(list).unwrap_or_default();
        without_description(names.into_iter().map(|name| name.to_string()))
    }

    /// Returns the words after the command's name. A profile may have the same name as the command.
    fn command_args(&self) -> &[OsString] {
        let grammar = Cli::command();
        let command = self
            .line
            .iter()
            .skip(1)
            .position(|word| grammar.find_subcommand(word).is_some());
        command.map_or(&[], |at| &self.line[at + 2..])
    }

    /// Returns the profile that the line names. `None` if it does not exist or cannot be read.
    fn profile(&self) -> Option<Profile> {
        let grammar = Cli::command().ignore_errors(true);
        let matches = grammar.try_get_matches_from(&self.line).ok()?;
        let (_, matches) = matches.subcommand()?;
        let name = matches.try_get_one::<String>("profile").ok()??;
        let saved = self.store.as_ref()?.load(&ProfileName::parse(name).ok()?);
        Some(saved.ok()?.profile)
    }

    fn scopes(&self) -> Vec<Candidate> {
        let scopes = self.profile().map(|profile| profile.client.scopes);
        // A file can contain anything, and candidates go into a shell's line.
        let valid = |scope: String| parse::scopes(&scope).unwrap_or_default();
        without_description(scopes.unwrap_or_default().into_iter().flat_map(valid))
    }

    /// Returns the items that can be ticked, or unticked; all items if the profile cannot be read.
    fn items(&self, tick: Tick) -> Vec<Candidate> {
        let keys: Vec<String> = match self.profile() {
            Some(profile) => {
                let overview = Overview::of(&profile, self.config.rules(&profile.environment));
                let changes = |done: bool| done == (tick == Tick::Undone);
                let items = overview.items().filter(|item| changes(item.done.is_some()));
                items.map(|item| item.key.to_owned()).collect()
            }
            None => {
                let steps = journey().steps.iter();
                steps
                    .flat_map(|step| step.items.iter().map(|item| item.key.clone()))
                    .collect()
            }
        };
        let describe = |key: String| {
            let name = item_name(&key, &self.texts);
            (key, Some(name))
        };
        keys.into_iter().map(describe).collect()
    }

    /// Returns `key=`, and after it the key's values. Fields of the other kind of business are left out.
    fn answers(&self, typed: &str) -> Vec<CompletionCandidate> {
        if let Some((name, value)) = typed.split_once('=') {
            let values = Key::parse(name).map(|key| self.values(key, value));
            let prefixed = |value: CompletionCandidate| value.add_prefix(format!("{name}="));
            return values.unwrap_or_default().into_iter().map(prefixed).collect();
        }
        let kind = self.profile().and_then(|profile| profile.business.kind);
        let fields = journey().steps.iter().flat_map(|step| &step.fields);
        let asked = fields.filter(|field| kind.is_none() || field.audience.is_none() || field.audience == kind);
        let asked = asked.map(|field| Key::Field(field.id));
        // The description is the help of the same flag of `new`.
        let describe = |key: Key| {
            (
                format!("{}=", key.id()),
                self.description("help", &format!("new.{}", key.id())),
            )
        };
        matching(std::iter::once(Key::Business).chain(asked).map(describe), typed)
    }

    /// Returns the values of an answer: one of a few, a list with commas, or a file. None for free text.
    fn values(&self, key: Key, typed: &str) -> Vec<CompletionCandidate> {
        let Key::Field(field) = key else {
            let kinds = [Kind::Norwegian, Kind::Foreign].map(Kind::id);
            return matching(kinds.map(|id| (id.to_owned(), self.description("kind", id))), typed);
        };
        match (field, field.answered_by()) {
            (_, AnsweredBy::File) => PathCompleter::file().complete(OsStr::new(typed)),
            (_, AnsweredBy::Services) => {
                let before = typed.rfind(',').map_or("", |comma| &typed[..=comma]);
                let open = services().iter().filter(|service| !service.announced);
                let left = open.filter(|service| !before.split(',').any(|chosen| chosen == service.id));
                let left = left.map(|service| {
                    (
                        format!("{before}{}", service.id),
                        self.description("service", &service.id),
                    )
                });
                matching(left, typed)
            }
            (FieldId::Environment, _) => {
                let all = environments::known_ids(&self.config).into_iter();
                matching(all.map(|id| (id.clone(), self.description("environment", &id))), typed)
            }
            (FieldId::Authentication, _) => {
                let ids = [Authentication::Certificate, Authentication::Key].map(Authentication::id);
                matching(ids.map(|id| (id.to_owned(), self.description("option", id))), typed)
            }
            (_, AnsweredBy::Choice) => matching(
                ["yes", "no"].map(|id| (id.to_owned(), self.description("option", id))),
                typed,
            ),
            (_, AnsweredBy::Text) => Vec::new(),
        }
    }

    fn formats(&self) -> Vec<Candidate> {
        let names = ExportFormat::value_variants()
            .iter()
            .filter_map(ValueEnum::to_possible_value);
        names
            .map(|value| {
                (
                    value.get_name().to_owned(),
                    self.description("format", value.get_name()),
                )
            })
            .collect()
    }

    fn errors(&self) -> Vec<Candidate> {
        let known = diagnosis::table().iter();
        let names = known.flat_map(|known| known.codes.iter().chain([&known.id]).map(move |name| (name, &known.id)));
        names
            .map(|(name, id)| (name.clone(), Some(diagnosis::parse_pasted(id).title(&self.texts))))
            .collect()
    }

    /// Returns the commands of the program; after one that has commands of its own, these.
    fn commands(&self) -> Vec<Candidate> {
        let grammar = Cli::command();
        let outer = self
            .command_args()
            .iter()
            .find_map(|word| grammar.find_subcommand(word));
        let outer = outer.filter(|outer| outer.has_subcommands());
        let prefix = outer.map_or_else(String::new, |outer| format!("{}-", outer.get_name()));
        let names = outer.unwrap_or(&grammar).get_subcommands().map(clap::Command::get_name);
        names
            .map(|name| (name.to_owned(), self.description("help", &format!("{prefix}{name}"))))
            .collect()
    }

    fn description(&self, family: &str, id: &str) -> Option<String> {
        self.texts.find(&format!("{family}-{id}"), &Args::new())
    }
}

/// Expands `~`: during completion the shell has not done so yet.
fn expand_tilde(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), directories::BaseDirs::new()) {
        (Ok(rest), Some(user)) => user.home_dir().join(rest),
        _ => path.to_owned(),
    }
}

fn without_description(values: impl IntoIterator<Item = String>) -> Vec<Candidate> {
    values.into_iter().map(|value| (value, None)).collect()
}

fn matching(candidates: impl IntoIterator<Item = Candidate>, typed: &str) -> Vec<CompletionCandidate> {
    let matching = candidates.into_iter().filter(|(value, _)| value.starts_with(typed));
    matching
        .map(|(value, about)| CompletionCandidate::new(value).help(about.map(Into::into)))
        .collect()
}
