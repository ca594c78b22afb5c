//! A command line that cannot be understood, said in the reader's language: what is missing or wrong, what is meant by
//! it, and how it is written. clap knows what is wrong; only its words are English.

use std::ffi::OsString;

use clap::{
    Arg, Command, Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::{Exit, command_error::CommandError, help::worded};
use crate::text::{Args, Texts};

/// What to say of a command line that was refused; none where clap has something to show instead, as for `--help`, or
/// says something so seldom that its own words must do.
pub fn failure(error: &Error, line: &[OsString], texts: &Texts) -> Option<CommandError> {
    let grammar = worded(texts);
    let command = named(&grammar, line).filter(|_| error.kind() != ErrorKind::InvalidSubcommand);
    let arg = one(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = one(error, ContextKind::InvalidValue).unwrap_or_default();
    let args = Args::new().with("argument", &arg).with("value", &value);
    let what = match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            let missing = all(error, ContextKind::InvalidArg).into_iter();
            let missing: Vec<String> = missing
                .map(|written| match command.and_then(|command| meaning(command, &written)) {
                    Some(meaning) => format!("{written}: {meaning}"),
                    None => written,
                })
                .collect();
            texts.with("usage-missing", &Args::new().with("missing", missing.join("; ")))
        }
        // A value that is not there at all is an empty one to clap.
        ErrorKind::InvalidValue if value.is_empty() => texts.with("usage-no-value", &args),
        ErrorKind::InvalidValue => {
            let known = all(error, ContextKind::ValidValue).join(", ");
            texts.with("usage-value", &args.with("known", known))
        }
        ErrorKind::ValueValidation => texts.with("usage-unfit", &args.with("flag", flag(&arg).unwrap_or_default())),
        ErrorKind::UnknownArgument => texts.with("usage-unknown", &args),
        ErrorKind::ArgumentConflict => {
            let other = all(error, ContextKind::PriorArg).join(", ");
            match other == arg {
                true => texts.with("usage-twice", &args),
                false => texts.with("usage-conflict", &args.with("other", other)),
            }
        }
        ErrorKind::InvalidSubcommand => {
            let word = one(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            texts.with("usage-no-command", &Args::new().with("word", word))
        }
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
            let args = Args::new().with("command", command.get_name());
            match command.get_arguments().any(Arg::is_required_set) {
                true => {
                    let usage = command.clone().render_usage().to_string();
                    let usage = usage.split_once("klarert").map_or("", |(_, usage)| usage.trim());
                    let usage = format!("klarert {}", usage.replace("[OPTIONS] ", ""));
                    texts.with("usage-hint", &args.with("usage", usage))
                }
                // Its name is all that has to be written.
                false => texts.with("usage-help", &args),
            }
        }
        (None, None) => texts.get("usage-all"),
    };
    Some(CommandError::new(Exit::Usage, what, Some(hint)))
}

/// The command that was written.
fn named<'a>(grammar: &'a Command, line: &[OsString]) -> Option<&'a Command> {
    let words = line.iter().skip(1);
    words.filter_map(|word| grammar.find_subcommand(word)).next()
}

/// What the help says of an argument, found by how clap writes it: `--format <FORMAT>`, `<NAME>`, `<ITEM>...`.
fn meaning(command: &Command, written: &str) -> Option<String> {
    let means = |arg: &&Arg| match flag(written) {
        Some(flag) => arg.get_long() == Some(flag),
        None => {
            let name = written.trim_end_matches("...").trim_matches(['<', '>']);
            let names = arg.get_value_names().unwrap_or_default();
            arg.is_positional() && names.iter().any(|known| *known == name)
        }
    };
    Some(command.get_arguments().find(means)?.get_help()?.to_string())
}

/// The name of a flag that clap writes as `--format <FORMAT>`.
fn flag(written: &str) -> Option<&str> {
    written.strip_prefix("--")?.split([' ', '=']).next()
}

fn one(error: &Error, kind: ContextKind) -> Option<String> {
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

    fn refused(line: &[&str]) -> String {
        let texts = Texts::new(Language::English);
        let line: Vec<OsString> = line.iter().map(OsString::from).collect();
        let error = worded(&texts).try_get_matches_from(&line).unwrap_err();
        failure(&error, &line, &texts).unwrap().lines(&texts)
    }

    #[test]
    fn a_number_that_does_not_fit_hears_what_fits() {
        let grammar = worded(&Texts::new(Language::English));
        let number = |arg: &&Arg| arg.get_value_parser().type_id() == TypeId::of::<u16>();
        let mut numbers = 0;
        for command in grammar.get_subcommands() {
            for arg in command.get_arguments().filter(number) {
                let flag = format!("--{}", arg.get_long().unwrap());
                let words = refused(&["klarert", command.get_name(), &flag, "x"]);
                assert!(words.contains("number"), "{words}");
                numbers += 1;
            }
        }
        assert!(numbers >= 5, "{numbers}");
        let words = refused(&["klarert", "check", "--jobs", "65"]);
        assert!(words.contains("1 to 64"), "{words}");
    }

    #[test]
    fn a_flag_given_twice_is_not_in_conflict_with_another() {
        let words = refused(&["klarert", "new", "a", "--name", "b", "--name", "c"]);
        assert!(words.contains("--name <") && words.contains("given twice"), "{words}");
        let words = refused(&["klarert", "check", "--all", "acme"]);
        assert!(words.contains("--all and"), "{words}");
    }

    #[test]
    fn how_a_command_is_written_is_said_where_something_has_to_be() {
        for line in [&["klarert", "list", "--zzz"], &["klarert", "check", "--jobs"]] {
            let words = refused(line);
            let help = format!("klarert {} --help", line[1]);
            assert!(!words.contains("It is written") && words.contains(&help), "{words}");
        }
        let words = refused(&["klarert", "show"]);
        assert!(words.contains("`klarert show <NAME>`"), "{words}");
    }
}
