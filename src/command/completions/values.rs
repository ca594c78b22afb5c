//! What can come next in a command line: the profiles there are, what is ticked in one of them, the answers to choose
//! from, each with a word about it in the user's language.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use clap::{CommandFactory, ValueEnum};
use clap_complete::engine::{CompletionCandidate, PathCompleter, ValueCompleter};

use crate::{
    command::{
        args::{Arguments, early},
        export::Format,
        profile::{
            edit::Tick,
            status::{Overview, item_name},
        },
        startup,
    },
    diagnosis,
    journey::{AnsweredBy, FieldId, SANDBOX, journey, services::services},
    profile::{
        Authentication, Kind, Profile,
        fields::set::Key,
        file::{config::Config, store::Store},
        parse::{self, ProfileName},
    },
    text::{Args, Texts},
};

/// What an argument can be.
#[derive(Debug, Clone, Copy)]
pub enum Offer {
    Profiles,
    /// Profiles in the bin.
    Removed,
    /// What can be ticked, or unticked, in the profile of the line.
    Items(Tick),
    /// `key=value` for the profile of the line.
    Answers,
    /// The values of one answer.
    Values(Key),
    Formats,
    /// Codes and ids of errors.
    Errors,
    /// The scopes of the profile of the line.
    Scopes,
}

/// What is known of a line that is being typed, and of what it can be about.
#[derive(Debug)]
pub struct CompletionContext {
    pub texts: Texts,
    line: Vec<OsString>,
    store: Option<Store>,
}

/// What can be written, and a word about it.
type Choice = (String, Option<String>);

impl CompletionContext {
    /// `line` begins with the program's own name.
    pub fn of(line: Vec<OsString>) -> CompletionContext {
        let home = startup::home(early(&line).0.map(|home| unfolded(&home)));
        CompletionContext {
            texts: startup::texts(&line),
            store: home.map(|home| Store::new(&home)),
            line,
        }
    }

    /// What `current` can become.
    pub fn offer(&self, offer: Offer, current: &OsStr) -> Vec<CompletionCandidate> {
        let Some(typed) = current.to_str() else {
            return Vec::new();
        };
        let choices = match offer {
            Offer::Profiles => self.names(Store::names),
            Offer::Removed => self.names(Store::removed_names),
            Offer::Items(tick) => self.items(tick),
            Offer::Answers => return self.answers(typed),
            Offer::Values(key) => return self.values(key, typed),
            Offer::Formats => self.formats(),
            Offer::Errors => self.errors(),
            Offer::Scopes => self.scopes(),
        };
        // What the command is given already is not wanted twice.
        let given = self.given();
        let again = |value: &str| value != typed && given.iter().any(|word| word == value);
        fitting(choices.into_iter().filter(|(value, _)| !again(value)), typed)
    }

    fn names(&self, list: impl Fn(&Store) -> Vec<ProfileName>) -> Vec<Choice> {
        let names = self.store.as_ref().map(list).unwrap_or_default();
        unexplained(names.into_iter().map(|name| name.to_string()))
    }

    fn config(&self) -> Config {
        self.store
            .as_ref()
            .and_then(|store| store.config().ok())
            .unwrap_or_default()
    }

    /// What comes after the command's name, which a profile may have too.
    fn given(&self) -> &[OsString] {
        let grammar = Arguments::command();
        let command = self
            .line
            .iter()
            .skip(1)
            .position(|word| grammar.find_subcommand(word).is_some());
        command.map_or(&[], |at| &self.line[at + 2..])
    }

    /// The profile that the line names, if it is there and can be read.
    fn profile(&self) -> Option<Profile> {
        let grammar = Arguments::command().ignore_errors(true);
        let matches = grammar.try_get_matches_from(&self.line).ok()?;
        let (_, matches) = matches.subcommand()?;
        let written = matches.try_get_one::<String>("profile").ok()??;
        let saved = self.store.as_ref()?.load(&ProfileName::parse(written).ok()?);
        Some(saved.ok()?.profile)
    }

    fn scopes(&self) -> Vec<Choice> {
        let scopes = self.profile().map(|profile| profile.client.scopes);
        // A file can hold anything, and this goes into a shell's line.
        let sound = |scope: String| parse::scopes(&scope).unwrap_or_default();
        unexplained(scopes.unwrap_or_default().into_iter().flat_map(sound))
    }

    /// The items that a tick can be set at, or taken from; every item there is where the profile cannot be read.
    fn items(&self, tick: Tick) -> Vec<Choice> {
        let keys: Vec<String> = match self.profile() {
            Some(profile) => {
                let overview = Overview::of(&profile, self.config().rules(&profile.environment));
                let wanted = |done: bool| done == (tick == Tick::Undone);
                let items = overview.items().filter(|item| wanted(item.done.is_some()));
                items.map(|item| item.key.clone()).collect()
            }
            None => {
                let steps = journey().steps.iter();
                steps
                    .flat_map(|step| step.items.iter().map(|item| step.item_key(item)))
                    .collect()
            }
        };
        let named = |key: String| {
            let name = item_name(&key, &self.texts);
            (key, Some(name))
        };
        keys.into_iter().map(named).collect()
    }

    /// `key=`, and after it what the key can be. Questions to the other kind of business are not offered.
    fn answers(&self, typed: &str) -> Vec<CompletionCandidate> {
        if let Some((written, value)) = typed.split_once('=') {
            let values = Key::parse(written).map(|key| self.values(key, value));
            let whole = |value: CompletionCandidate| value.add_prefix(format!("{written}="));
            return values.unwrap_or_default().into_iter().map(whole).collect();
        }
        let kind = self.profile().and_then(|profile| profile.business.kind);
        let fields = journey().steps.iter().flat_map(|step| &step.fields);
        let asked = fields.filter(|field| kind.is_none() || field.audience.is_none() || field.audience == kind);
        let asked = asked.map(|field| Key::Field(field.id));
        // What `new --help` says of the flag that gives the same answer.
        let named = |key: Key| {
            (
                format!("{}=", key.id()),
                self.explained("help", &format!("new.{}", key.id())),
            )
        };
        fitting(std::iter::once(Key::Business).chain(asked).map(named), typed)
    }

    /// What an answer can be: one of a few, a list with commas, a file; nothing where it is free.
    fn values(&self, key: Key, typed: &str) -> Vec<CompletionCandidate> {
        let Key::Field(field) = key else {
            let kinds = [Kind::Norwegian, Kind::Foreign].map(Kind::id);
            return fitting(kinds.map(|id| (id.to_owned(), self.explained("kind", id))), typed);
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
                        self.explained("service", &service.id),
                    )
                });
                fitting(left, typed)
            }
            (FieldId::Environment, _) => {
                let own = self.config().environments.into_iter().map(|environment| environment.id);
                let all = ["test", "prod", SANDBOX].map(str::to_owned).into_iter().chain(own);
                fitting(all.map(|id| (id.clone(), self.explained("environment", &id))), typed)
            }
            (FieldId::Authentication, _) => {
                let ways = [Authentication::Certificate, Authentication::Key].map(Authentication::id);
                fitting(ways.map(|id| (id.to_owned(), self.explained("option", id))), typed)
            }
            (_, AnsweredBy::Choice) => fitting(
                ["yes", "no"].map(|id| (id.to_owned(), self.explained("option", id))),
                typed,
            ),
            (_, AnsweredBy::Text) => Vec::new(),
        }
    }

    fn formats(&self) -> Vec<Choice> {
        let names = Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        names
            .map(|value| (value.get_name().to_owned(), self.explained("format", value.get_name())))
            .collect()
    }

    fn errors(&self) -> Vec<Choice> {
        let known = diagnosis::table().iter();
        let names = known.flat_map(|known| known.codes.iter().chain([&known.id]).map(move |name| (name, &known.id)));
        names
            .map(|(name, id)| (name.clone(), Some(diagnosis::parse_pasted(id).title(&self.texts))))
            .collect()
    }

    fn explained(&self, family: &str, id: &str) -> Option<String> {
        self.texts.find(&format!("{family}-{id}"), &Args::new())
    }
}

/// A shell hands over what was typed, and a `~` as it stands.
fn unfolded(home: &Path) -> PathBuf {
    let own = directories::BaseDirs::new();
    match (home.strip_prefix("~"), own) {
        (Ok(rest), Some(own)) => own.home_dir().join(rest),
        _ => home.to_owned(),
    }
}

fn unexplained(values: impl IntoIterator<Item = String>) -> Vec<Choice> {
    values.into_iter().map(|value| (value, None)).collect()
}

fn fitting(choices: impl IntoIterator<Item = Choice>, typed: &str) -> Vec<CompletionCandidate> {
    let fit = choices.into_iter().filter(|(value, _)| value.starts_with(typed));
    fit.map(|(value, about)| CompletionCandidate::new(value).help(about.map(Into::into)))
        .collect()
}
