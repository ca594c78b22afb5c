//! A parser for typed lines: line and model → [`TypedLine`]. While free text is asked for, commands begin with a colon.

use std::collections::BTreeSet;

use super::{Prompt, current_prompt, form};
use crate::{
    journey::Item,
    profile::command_line,
    text::{Args, Texts},
    wizard::{self, Check, Message, Model, Row, View, rows},
};

/// The meaning of a typed line.
#[derive(Debug, Clone)]
pub enum TypedLine {
    /// Messages for the wizard, in order.
    Tell(Vec<Message>),
    /// Open an item's web page: its row and address.
    Open(usize, String),
    /// Print the question again.
    Again,
    /// Print what the view is for, then the question again.
    Explain,
    /// Print the commands.
    Help,
    /// Print a text: a letter or a command.
    Print(String),
    /// An answer that is also a command: ask which of them is meant. Typed again, it is the answer.
    CommandOrAnswer(String),
    /// Not understood: a text's id and its values.
    Refused(&'static str, Args),
}

/// Parses a line as the current prompt requires.
pub fn parse(line: &str, model: &Model, texts: &Texts) -> TypedLine {
    // The reader replaces bytes that are not UTF-8.
    if line.contains(char::REPLACEMENT_CHARACTER) {
        return TypedLine::Refused("plain-invalid-bytes", Args::new());
    }
    let line = without_escape_sequences(line);
    let line = line.trim();
    let asked = current_prompt(model);
    if matches!(asked, Prompt::KeyPlan | Prompt::ClientPlan) {
        return parse_yes_no(line);
    }
    if matches!(asked, Prompt::Text(_) | Prompt::Name) {
        return match line.strip_prefix(':') {
            Some(written) => parse_command(written.trim(), asked, model, texts).unwrap_or_else(|| not_understood(line)),
            None if line.is_empty() => tell(Message::Confirm),
            None if looks_like_command(line) => TypedLine::CommandOrAnswer(line.to_owned()),
            None => tell(Message::Answer(line.to_owned())),
        };
    }
    let line = line.strip_prefix(':').unwrap_or(line).trim();
    if line.is_empty() {
        return parse_empty_line(asked, model);
    }
    if let Some(typed) = parse_command(line, asked, model, texts) {
        return typed;
    }
    match asked {
        Prompt::Choice(field) => {
            let options = wizard::choice_options(model, field);
            let named = |name: &str| name.to_lowercase() == line.to_lowercase();
            let by_name = options
                .iter()
                .position(|option| named(&form::option_name(texts, option)) || named(&option.value));
            match by_name.map_or_else(|| parse_number(line, options.len()), Ok) {
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
            match by_name.map_or_else(|| parse_number(line, profiles.len() + 1), Ok) {
                Ok(row) if profiles.get(row).is_some_and(|(_, outcome)| outcome.is_err()) => {
                    TypedLine::Refused("plain-unreadable", Args::new())
                }
                Ok(row) => TypedLine::Tell(vec![Message::Focus(row), Message::Confirm]),
                Err(refused) => refused,
            }
        }
        Prompt::Services | Prompt::Items => parse_row_numbers(line, model, texts),
        Prompt::Check(_) | Prompt::Conflict | Prompt::KeyPlan | Prompt::ClientPlan | Prompt::Name | Prompt::Text(_) => {
            not_understood(line)
        }
    }
}

/// Parses the answer to the question whether to make a key. Enter alone is a no.
fn parse_yes_no(line: &str) -> TypedLine {
    match line.strip_prefix(':').unwrap_or(line).to_lowercase().as_str() {
        "y" | "yes" | "j" | "ja" => tell(Message::Confirm),
        "" | "n" | "no" | "nei" | "b" => tell(Message::Dismiss),
        "q" => tell(Message::Quit),
        "?" => TypedLine::Again,
        other => not_understood(other),
    }
}

/// Returns whether a line that is typed as an answer would be a command elsewhere.
fn looks_like_command(line: &str) -> bool {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match english(word) {
        "q" | "quit" | "b" | "back" | "?" | "help" | "next" | "l" | "u" | "clear" => rest.is_empty(),
        "go" | "g" | "o" | "m" => rest.is_empty() || rest.parse::<usize>().is_ok(),
        _ => false,
    }
}

/// Returns the command that a word is for, in any language.
fn english(word: &str) -> &str {
    match word {
        "hjelp" => "help",
        "avslutt" | "exit" => "quit",
        "tilbake" => "back",
        "neste" => "next",
        "gå" => "go",
        "tøm" => "clear",
        other => other,
    }
}

/// Returns a line without the escape sequences of keys and of the terminal (ECMA-48), and without other control characters.
fn without_escape_sequences(line: &str) -> String {
    let mut kept = String::new();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\u{1b}' {
            match c {
                '\t' => kept.push(' '),
                c if c.is_control() => {}
                c => kept.push(c),
            }
            continue;
        }
        match chars.next() {
            // A control sequence ends with a byte from @ to ~.
            Some('[') => {
                // The Linux console sends F1 to F5 as `ESC [ [` and a letter.
                let _ = chars.next_if_eq(&'[');
                let _ = chars.by_ref().find(|c| ('@'..='~').contains(c));
            }
            // A string ends with BEL or ESC \.
            Some(']' | 'P' | '^' | '_') => {
                while let Some(c) = chars.next() {
                    if c == '\u{7}' || (c == '\u{1b}' && chars.next_if_eq(&'\\').is_some()) {
                        break;
                    }
                }
            }
            // A key of the keypad or a function key has one more character.
            Some('O' | 'N') => drop(chars.next()),
            _ => {}
        }
    }
    kept
}

fn tell(message: Message) -> TypedLine {
    TypedLine::Tell(vec![message])
}

fn not_understood(line: &str) -> TypedLine {
    TypedLine::Refused("plain-not-understood", Args::new().with("typed", line))
}

/// Returns the meaning of an empty line.
fn parse_empty_line(asked: Prompt, model: &Model) -> TypedLine {
    match asked {
        Prompt::Conflict | Prompt::KeyPlan | Prompt::ClientPlan => TypedLine::Again,
        Prompt::Services | Prompt::Items => go_next(model),
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
        Prompt::Choice(_) | Prompt::Text(_) | Prompt::Name => tell(Message::Confirm),
    }
}

/// Parses a command: a letter or its full name. `None` if it is not one here.
fn parse_command(written: &str, asked: Prompt, model: &Model, texts: &Texts) -> Option<TypedLine> {
    let (word, rest) = match written.split_once(char::is_whitespace) {
        Some((word, rest)) => (word, rest.trim()),
        None => (written, ""),
    };
    let word = english(word);
    let check = model.onboarding().map(|onboarding| &onboarding.check);
    let check = check.filter(|_| matches!(asked, Prompt::Check(_)));
    let ended = matches!(check, Some(Check::Ended(_)));
    Some(match (word, rest) {
        ("?", "") => TypedLine::Explain,
        ("help", "") => TypedLine::Help,
        ("q" | "quit", "") => tell(Message::Quit),
        ("l", "") => tell(Message::SwitchLanguage),
        // A save conflict must be settled before anything else.
        ("r", "") if asked == Prompt::Conflict => tell(Message::TakeTheirs),
        ("k", "") if asked == Prompt::Conflict => tell(Message::KeepMine),
        _ if asked == Prompt::Conflict => return None,
        ("b" | "back", "") => go_back(model),
        ("next", "") => go_next(model),
        ("go" | "g", step) if !step.is_empty() => {
            let count = model.onboarding().map(|onboarding| onboarding.step_number().1)?;
            match parse_number(step, count) {
                Ok(step) => tell(Message::GoTo(step + 1)),
                Err(refused) => refused,
            }
        }
        ("o", item) if asked == Prompt::Items => open_item_link(item, model),
        ("m", item) if asked == Prompt::Items => print_item_letter(item, model, texts),
        ("f", "") if wizard::can_use_found_file(model) => tell(Message::UseFoundFile),
        ("p", "") if wizard::can_start_production(model) => tell(Message::CopyToProduction),
        ("c", "") if ended => TypedLine::Print(command_line::command(
            &model.onboarding()?.name,
            &model.onboarding()?.profile,
            model.folders.home_flag.as_deref(),
        )),
        ("c", "") if wizard::can_create_client(model) => tell(Message::PlanClient),
        ("n", "") if asked == Prompt::Profile => tell(Message::NewProfile),
        ("clear", "") if matches!(asked, Prompt::Text(_)) => tell(Message::Answer(String::new())),
        ("u", "")
            if model
                .onboarding()
                .is_some_and(|onboarding| onboarding.removed.is_some()) =>
        {
            tell(Message::PutBack)
        }
        ("y", "") if wizard::can_show_public_key(model) => tell(Message::Copy),
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

/// Returns the row of a numbered tick, and what is in it.
fn numbered_row(number: &str, model: &Model) -> Result<(usize, Row), TypedLine> {
    let onboarding = model.onboarding();
    let offered = onboarding.map_or_else(Vec::new, |onboarding| rows(model, onboarding));
    let tickable = tickable(&offered);
    let row = tickable[parse_number(number, tickable.len())?];
    Ok((row, offered[row]))
}

fn open_item_link(number: &str, model: &Model) -> TypedLine {
    let (row, offered) = match numbered_row(number, model) {
        Ok(found) => found,
        Err(refused) => return refused,
    };
    let link = match offered {
        Row::Item(item) => wizard::item_link(model, item),
        Row::Choice(_) | Row::Text(_) | Row::Service(_) => None,
    };
    match link {
        Some(link) => TypedLine::Open(row, link),
        None => TypedLine::Refused("plain-no-link", Args::new()),
    }
}

fn print_item_letter(number: &str, model: &Model, texts: &Texts) -> TypedLine {
    let offered = match numbered_row(number, model) {
        Ok((_, offered)) => offered,
        Err(refused) => return refused,
    };
    let recipient = match offered {
        Row::Item(Item { letter, .. }) => letter.as_ref(),
        Row::Choice(_) | Row::Text(_) | Row::Service(_) => None,
    };
    match recipient.zip(model.onboarding()) {
        Some((recipient, onboarding)) => TypedLine::Print(wizard::letter(*recipient, onboarding, texts).text(texts)),
        None => TypedLine::Refused("plain-no-letter", Args::new()),
    }
}

/// Parses row numbers, `1 3` or `1-4`, or names of services, whose ticks are toggled, each once.
fn parse_row_numbers(line: &str, model: &Model, texts: &Texts) -> TypedLine {
    let offered = model
        .onboarding()
        .map_or_else(Vec::new, |onboarding| rows(model, onboarding));
    let tickable = tickable(&offered);
    let count = tickable.len();
    let mut chosen = BTreeSet::new();
    for word in line.split([',', ' ']).filter(|word| !word.is_empty()) {
        let is_named = |row: &&usize| match offered[**row] {
            Row::Service(service) => [&service.id, &texts.get(&format!("service-{}", service.id))]
                .into_iter()
                .any(|name| name.to_lowercase() == word.to_lowercase()),
            Row::Choice(_) | Row::Text(_) | Row::Item(_) => false,
        };
        if let Some(row) = tickable.iter().find(is_named) {
            chosen.insert(*row);
            continue;
        }
        let (first, last) = word.split_once('-').unwrap_or((word, word));
        match (parse_number(first, count), parse_number(last, count)) {
            (Ok(first), Ok(last)) if first <= last => chosen.extend(&tickable[first..=last]),
            (Ok(_), Ok(_)) => return not_understood(word),
            (Err(refused), _) | (_, Err(refused)) => return refused,
        }
    }
    let toggle = |row| [Message::Focus(row), Message::Toggle];
    TypedLine::Tell(chosen.into_iter().flat_map(toggle).collect())
}

/// Returns the indices of the rows that have a tick.
fn tickable(rows: &[Row]) -> Vec<usize> {
    let has_tick = |row: &usize| matches!(rows[*row], Row::Service(_) | Row::Item(_));
    (0..rows.len()).filter(has_tick).collect()
}

/// Parses a number from 1 to `count` into an index from 0.
fn parse_number(typed: &str, count: usize) -> Result<usize, TypedLine> {
    let number = typed.parse::<usize>().map_err(|_| not_understood(typed))?;
    number.checked_sub(1).filter(|index| *index < count).ok_or_else(|| {
        let args = Args::new().with("number", number).with("count", count);
        TypedLine::Refused("plain-no-such-number", args)
    })
}

/// Goes to the previous question, or from the first question of a step to the previous step.
fn go_back(model: &Model) -> TypedLine {
    let Some(onboarding) = model.onboarding() else {
        return match model.view {
            View::ProfileList(_) => TypedLine::Refused("plain-nothing-before", Args::new()),
            View::NewProfile(_) | View::Onboarding(_) => tell(Message::Back),
        };
    };
    let rows = rows(model, onboarding);
    let this = first_row(&rows, onboarding.focus);
    match this.checked_sub(1) {
        Some(before) => tell(Message::Focus(first_row(&rows, before))),
        _ if matches!(onboarding.check, Check::Waiting { .. }) => {
            TypedLine::Tell(vec![Message::Dismiss, Message::Back])
        }
        _ => tell(Message::Back),
    }
}

/// Goes to the next question or step, even if answers are missing here.
fn go_next(model: &Model) -> TypedLine {
    let Some(onboarding) = model.onboarding() else {
        return tell(Message::Confirm);
    };
    let rows = rows(model, onboarding);
    let this = first_row(&rows, onboarding.focus);
    let following = (this + 1..rows.len()).find(|row| first_row(&rows, *row) == *row);
    let (number, count) = onboarding.step_number();
    match following {
        Some(row) => tell(Message::Focus(row)),
        _ if number + 1 < count => tell(Message::GoTo(number + 2)),
        _ => TypedLine::Refused("plain-nothing-after", Args::new()),
    }
}

/// Returns the first row of the question that a row belongs to. The services are one question, and so are the items.
fn first_row(rows: &[Row], row: usize) -> usize {
    let same = |other: &Row| {
        matches!(
            (rows.get(row), other),
            (Some(Row::Service(_)), Row::Service(_)) | (Some(Row::Item(_)), Row::Item(_))
        )
    };
    rows.iter().position(same).unwrap_or(row)
}
