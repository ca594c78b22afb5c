//! A typed line → what it says. Where words are asked for, words they are: commands begin with a colon there.

use super::{Prompt, asked, form};
use crate::{
    journey::StepKind,
    text::{Args, Texts},
    wizard::{self, Check, Message, Model, Row, View, rows},
};

/// What a line says.
#[derive(Debug, Clone)]
pub enum TypedLine {
    /// To the wizard, in that order.
    Tell(Vec<Message>),
    /// The page of an item is to be opened: its row, and its address.
    Open(usize, String),
    /// The question is wanted once more.
    Again,
    Help,
    /// Nothing that could be understood here: a text's id and its values.
    Refused(&'static str, Args),
}

/// What a line says to the wizard as it is.
pub fn read(line: &str, model: &Model, texts: &Texts) -> TypedLine {
    let line = line.trim();
    let asked = asked(model);
    if matches!(asked, Prompt::Text(_) | Prompt::Name) {
        return match line.strip_prefix(':') {
            Some(written) => command(written.trim(), asked, model).unwrap_or_else(|| not_understood(line)),
            None if line.is_empty() => tell(Message::Confirm),
            None => tell(Message::Answer(line.to_owned())),
        };
    }
    let line = line.strip_prefix(':').unwrap_or(line).trim();
    if line.is_empty() {
        return entered(asked, model);
    }
    if let Some(said) = command(line, asked, model) {
        return said;
    }
    match asked {
        Prompt::Choice(field) => {
            let options = wizard::choice_options(model, field);
            let named = |name: &str| name.to_lowercase() == line.to_lowercase();
            let by_name = options
                .iter()
                .position(|option| named(&form::option_name(texts, option)) || named(&option.value));
            match by_name.map_or_else(|| number(line, options.len()), Ok) {
                Ok(option) => TypedLine::Tell(vec![Message::Choose(option), Message::Confirm]),
                Err(refused) => refused,
            }
        }
        Prompt::Profile => {
            let View::ProfileList(profile_list) = &model.view else {
                return TypedLine::Again;
            };
            let profiles = profile_list.profiles.as_deref().unwrap_or_default();
            let by_name = profiles.iter().position(|(name, _)| name.as_str() == line);
            match by_name.map_or_else(|| number(line, profiles.len() + 1), Ok) {
                Ok(row) if profiles.get(row).is_some_and(|(_, outcome)| outcome.is_err()) => {
                    TypedLine::Refused("plain-unreadable", Args::new())
                }
                Ok(row) => TypedLine::Tell(vec![Message::Focus(row), Message::Confirm]),
                Err(refused) => refused,
            }
        }
        Prompt::Services | Prompt::Items => ticks(line, model),
        Prompt::Check(_) | Prompt::Conflict | Prompt::Name | Prompt::Text(_) => not_understood(line),
    }
}

fn tell(message: Message) -> TypedLine {
    TypedLine::Tell(vec![message])
}

fn not_understood(line: &str) -> TypedLine {
    TypedLine::Refused("plain-not-understood", Args::new().with("typed", line))
}

/// Enter alone.
fn entered(asked: Prompt, model: &Model) -> TypedLine {
    match asked {
        Prompt::Conflict => TypedLine::Again,
        Prompt::Services => on(model),
        Prompt::Check(_) => match model.onboarding().map(|onboarding| &onboarding.check) {
            Some(Check::Idle) => tell(Message::RunCheck),
            Some(Check::Waiting { .. }) => tell(Message::Dismiss),
            Some(Check::Running { .. } | Check::Ended(_)) | None => TypedLine::Again,
        },
        Prompt::Profile => {
            let focus = match &model.view {
                View::ProfileList(profile_list) => profile_list.focus,
                View::NewProfile(_) | View::Onboarding(_) => 0,
            };
            TypedLine::Tell(vec![Message::Focus(focus), Message::Confirm])
        }
        Prompt::Choice(_) | Prompt::Text(_) | Prompt::Name | Prompt::Items => tell(Message::Confirm),
    }
}

/// The commands, by their letters and their words.
fn command(written: &str, asked: Prompt, model: &Model) -> Option<TypedLine> {
    let (word, rest) = match written.split_once(char::is_whitespace) {
        Some((word, rest)) => (word, rest.trim()),
        None => (written, ""),
    };
    let check = model.onboarding().map(|onboarding| &onboarding.check);
    let check = check.filter(|_| matches!(asked, Prompt::Check(_)));
    let ended = matches!(check, Some(Check::Ended(_)));
    Some(match (word, rest) {
        ("?" | "help", "") => TypedLine::Help,
        ("q" | "quit", "") => tell(Message::Quit),
        ("l", "") => tell(Message::SwitchLanguage),
        // Whose changes count must be said before anything else.
        ("r", "") if asked == Prompt::Conflict => tell(Message::TakeTheirs),
        ("k", "") if asked == Prompt::Conflict => tell(Message::KeepMine),
        _ if asked == Prompt::Conflict => return None,
        ("b" | "back", "") => back(model),
        ("next", "") => on(model),
        ("go" | "g", step) if !step.is_empty() => {
            let count = model.onboarding().map(|onboarding| onboarding.step_number().1)?;
            match number(step, count) {
                Ok(step) => tell(Message::GoTo(step + 1)),
                Err(refused) => refused,
            }
        }
        ("o", item) if asked == Prompt::Items => {
            let offered = model
                .onboarding()
                .map_or_else(Vec::new, |onboarding| rows(model, onboarding));
            match number(item, offered.len()) {
                Ok(row) => match offered[row] {
                    Row::Item(item) => wizard::item_link(model, item),
                    Row::Choice(_) | Row::Text(_) | Row::Service(_) => None,
                }
                .map_or(TypedLine::Refused("plain-no-link", Args::new()), |link| {
                    TypedLine::Open(row, link)
                }),
                Err(refused) => refused,
            }
        }
        ("n", "") if asked == Prompt::Profile => tell(Message::NewProfile),
        ("clear", "") if matches!(asked, Prompt::Text(_)) => tell(Message::Answer(String::new())),
        ("m", "") if wizard::can_generate_key(model) => tell(Message::GenerateKey),
        ("r", "") if ended || matches!(check, Some(Check::Idle)) => tell(Message::RunCheck),
        ("g", "") if ended => tell(Message::GoToFix),
        ("w", "") if wizard::waiting_may_help_until(model).is_some() => tell(Message::WaitAndRetry),
        ("d", "") if ended => match model.onboarding() {
            Some(onboarding) if !onboarding.show_details => tell(Message::ToggleDetails),
            _ => TypedLine::Again,
        },
        _ => return None,
    })
}

/// The numbers of rows, `1 3` or `1-4`, each of which is ticked or its tick is taken away.
fn ticks(line: &str, model: &Model) -> TypedLine {
    let offered = model
        .onboarding()
        .map_or_else(Vec::new, |onboarding| rows(model, onboarding));
    let count = offered
        .iter()
        .filter(|row| matches!(row, Row::Service(_) | Row::Item(_)))
        .count();
    let mut messages = Vec::new();
    for word in line.split([',', ' ']).filter(|word| !word.is_empty()) {
        let (first, last) = word.split_once('-').unwrap_or((word, word));
        match (number(first, count), number(last, count)) {
            (Ok(first), Ok(last)) => {
                messages.extend((first..=last).flat_map(|row| [Message::Focus(row), Message::Toggle]));
            }
            (Err(refused), _) | (_, Err(refused)) => return refused,
        }
    }
    TypedLine::Tell(messages)
}

/// A number from a list of so many, as an index from 0.
fn number(typed: &str, count: usize) -> Result<usize, TypedLine> {
    let number = typed.parse::<usize>().map_err(|_| not_understood(typed))?;
    number.checked_sub(1).filter(|index| *index < count).ok_or_else(|| {
        let args = Args::new().with("number", number).with("count", count);
        TypedLine::Refused("plain-no-such-number", args)
    })
}

/// To the question before; from the first of a step to the step before.
fn back(model: &Model) -> TypedLine {
    let Some(onboarding) = model.onboarding() else {
        return match model.view {
            View::ProfileList(_) => TypedLine::Refused("plain-nothing-before", Args::new()),
            View::NewProfile(_) | View::Onboarding(_) => tell(Message::Back),
        };
    };
    let rows = rows(model, onboarding);
    let this = beginning(&rows, onboarding.focus);
    match this.checked_sub(1) {
        Some(before) if onboarding.current_step().kind == StepKind::Form => {
            tell(Message::Focus(beginning(&rows, before)))
        }
        _ if matches!(onboarding.check, Check::Waiting { .. }) => {
            TypedLine::Tell(vec![Message::Dismiss, Message::Back])
        }
        _ => tell(Message::Back),
    }
}

/// To the next question, or the next step, whatever is missing here.
fn on(model: &Model) -> TypedLine {
    let Some(onboarding) = model.onboarding() else {
        return tell(Message::Confirm);
    };
    let rows = rows(model, onboarding);
    let this = beginning(&rows, onboarding.focus);
    let next = (this + 1..rows.len()).find(|row| beginning(&rows, *row) == *row);
    let (number, count) = onboarding.step_number();
    match next {
        Some(next) if onboarding.current_step().kind == StepKind::Form => tell(Message::Focus(next)),
        _ if number + 1 < count => tell(Message::GoTo(number + 2)),
        _ => TypedLine::Refused("plain-nothing-after", Args::new()),
    }
}

/// The first row of the question that a row belongs to: the services are one question.
fn beginning(rows: &[Row], row: usize) -> usize {
    match rows.get(row) {
        Some(Row::Service(_)) => rows
            .iter()
            .position(|row| matches!(row, Row::Service(_)))
            .unwrap_or(row),
        _ => row,
    }
}
