//! Usage errors in the user's language: clap finds the error, but its messages are in English only.

use std::ffi::OsString;

use clap::{
    Arg, Command, Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::{Exit, command_error::CommandError, help::with_texts};
use crate::text::{Args, Texts};

/// Translates an error of clap.
///
/// `None` if clap prints something else, such as `--help`, and for rare errors, which stay in clap's English.
pub fn translate(error: &Error, line: &[OsString], texts: &Texts) -> Option<CommandError> {
    if error.exit_code() == 0 {
        return None;
    }
    let grammar = with_texts(texts);
    let word = first(error, ContextKind::InvalidSubcommand).unwrap_or_default();
    // A word that is no command of the program is not looked up behind it.
    let is_outer = error.kind() == ErrorKind::InvalidSubcommand && !is_after_group(&grammar, line, &word);
    let (name, command) = find_command(&grammar, line).filter(|_| !is_outer).unzip();
    let arg = first(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = first(error, ContextKind::InvalidValue).unwrap_or_default();
    let args = Args::new().with("argument", &arg).with("value", &value);
    let id = match error.kind() {
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => "argument-missing",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "value-invalid",
        ErrorKind::UnknownArgument => "argument-unknown",
        ErrorKind::ArgumentConflict => "argument-conflict",
        ErrorKind::InvalidSubcommand => "command-unknown",
        _ => "usage",
    };
    let message = match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            let missing = all(error, ContextKind::InvalidArg).into_iter();
            let missing: Vec<String> = missing
                .map(|usage| match command.and_then(|command| help_of(command, &usage)) {
                    Some(help) => format!("{usage}: {help}"),
                    None => usage,
                })
                .collect();
            texts.with("usage-missing", &Args::new().with("missing", missing.join("; ")))
        }
        // To clap a missing value is an empty one.
        ErrorKind::InvalidValue if value.is_empty() => texts.with("usage-no-value", &args),
        ErrorKind::InvalidValue => {
            let known = all(error, ContextKind::ValidValue).join(", ");
            texts.with("usage-value", &args.with("known", known))
        }
        ErrorKind::ValueValidation => {
            texts.with("usage-unfit", &args.with("flag", long_flag(&arg).unwrap_or_default()))
        }
        ErrorKind::UnknownArgument => texts.with("usage-unknown", &args),
        ErrorKind::ArgumentConflict => {
            let other = all(error, ContextKind::PriorArg).join(", ");
            match other == arg {
                true => texts.with("usage-twice", &args),
                false => texts.with("usage-conflict", &args.with("other", other)),
            }
        }
        ErrorKind::InvalidSubcommand => texts.with("usage-no-command", &Args::new().with("word", word)),
        ErrorKind::MissingSubcommand => texts.with("usage-missing", &Args::new().with("missing", "<COMMAND>")),
        _ => return None,
    };
    let suggested = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    let suggested = suggested.into_iter().flat_map(|kind| all(error, kind)).next();
    let hint = match (suggested, command) {
        (Some(suggested), _) => texts.with("usage-suggested", &Args::new().with("suggested", suggested)),
        (None, Some(command)) => {
            let args = Args::new().with("command", name.unwrap_or_default());
            if command.has_subcommands() {
                return Some(
                    CommandError::new(Exit::Usage, message, Some(texts.with("usage-help.commands", &args))).with_id(id),
                );
            }
            match command.get_arguments().any(Arg::is_required_set) {
                true => {
                    let usage = command.clone().render_usage().to_string();
                    let usage = usage.split_once("klarert").map_or("", |(_, usage)| usage.trim());
                    let usage = format!("klarert {}", usage.replace("[OPTIONS] ", ""));
                    texts.with("usage-hint", &args.with("usage", usage))
                }
                // Nothing is required: a usage line would add nothing to the name.
                false => texts.with("usage-help", &args),
            }
        }
        (None, None) => texts.get("usage-all"),
    };
    Some(CommandError::new(Exit::Usage, message, Some(hint)).with_id(id))
}

/// Returns whether a word follows a command that has commands of its own, such as `portal`.
fn is_after_group(grammar: &Command, line: &[OsString], word: &str) -> bool {
    let is_group = |name: &OsString| grammar.find_subcommand(name).is_some_and(Command::has_subcommands);
    let mut words = line.iter().skip(1).skip_while(|name| *name != word && !is_group(name));
    words.next().is_some_and(is_group)
}

/// Returns the subcommand of a command line that could not be parsed, with its name after the program's.
fn find_command<'a>(grammar: &'a Command, line: &[OsString]) -> Option<(String, &'a Command)> {
    let mut words = line.iter().skip(1);
    let outer = words.find_map(|word| grammar.find_subcommand(word))?;
    let name = outer.get_name().to_owned();
    Some(match words.find_map(|word| outer.find_subcommand(word)) {
        Some(inner) => (format!("{name} {}", inner.get_name()), inner),
        None => (name, outer),
    })
}

/// Returns the help text of an argument, given as clap prints it: `--format <FORMAT>`, `<NAME>`, `<ITEM>...`.
fn help_of(command: &Command, usage: &str) -> Option<String> {
    let is_meant = |arg: &&Arg| match long_flag(usage) {
        Some(flag) => arg.get_long() == Some(flag),
        None => {
            let name = usage.trim_end_matches("...").trim_matches(['<', '>']);
            let names = arg.get_value_names().unwrap_or_default();
            arg.is_positional() && names.iter().any(|known| *known == name)
        }
    };
    Some(command.get_arguments().find(is_meant)?.get_help()?.to_string())
}

/// Returns the name of a flag that clap prints as `--format <FORMAT>`; `None` for a positional argument.
fn long_flag(usage: &str) -> Option<&str> {
    usage.strip_prefix("--")?.split([' ', '=']).next()
}

fn first(error: &Error, kind: ContextKind) -> Option<String> {
    all(error, kind).into_iter().next()
}

fn all(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(one)) => vec![one.clone()],
        Some(ContextValue::Strings(all)) => all.clone(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::any::TypeId;

    use super::*;
    use crate::text::Language;

    fn error_text(line: &[&str]) -> String {
        let texts = Texts::new(Language::English);
        let line: Vec<OsString> = line.iter().map(OsString::from).collect();
        let error = with_texts(&texts).try_get_matches_from(&line).unwrap_err();
        translate(&error, &line, &texts).unwrap().to_text(&texts)
    }

    #[test]
    fn error_for_a_number_says_what_is_valid() {
        let grammar = with_texts(&Texts::new(Language::English));
        let number = |arg: &&Arg| arg.get_value_parser().type_id() == TypeId::of::<u16>();
        let mut numbers = 0;
        for command in grammar.get_subcommands() {
            for arg in command.get_arguments().filter(number) {
                let flag = format!("--{}", arg.get_long().unwrap());
                let message = error_text(&["klarert", command.get_name(), &flag, "x"]);
                assert!(message.contains("number"), "{message}");
                numbers += 1;
            }
        }
        assert!(numbers >= 5, "{numbers}");
        let message = error_text(&["klarert", "check", "--jobs", "65"]);
        assert!(message.contains("1 to 64"), "{message}");
        for command in ["check", "list"] {
            let message = error_text(&["klarert", command, "--ends-within", "65536"]);
            assert!(message.contains("0 to 65535"), "{message}");
        }
    }

    #[test]
    fn error_for_a_repeated_flag_is_not_a_conflict() {
        let message = error_text(&["klarert", "new", "a", "--name", "b", "--name", "c"]);
        assert!(
            message.contains("--name <") && message.contains("given twice"),
            "{message}"
        );
        let message = error_text(&["klarert", "check", "--all", "acme"]);
        assert!(message.contains("--all and"), "{message}");
    }

    #[test]
    fn hint_shows_the_usage_only_if_an_argument_is_required() {
        for line in [&["klarert", "list", "--zzz"], &["klarert", "check", "--jobs"]] {
            let message = error_text(line);
            let help = format!("klarert {} --help", line[1]);
            assert!(
                !message.contains("It is written") && message.contains(&help),
                "{message}"
            );
        }
        let message = error_text(&["klarert", "show"]);
        assert!(message.contains("`klarert show <NAME>...`"), "{message}");
    }
}
