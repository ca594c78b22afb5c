//! `--help`: the grammar with its help texts, laid out so that each page fits a screen of 24 lines.
//!
//! The texts are in `assets/text/*/help.ftl`. Their ids follow a rule: `help` for the program, `help-<command>` for a
//! command, with an attribute for each of its arguments and `.example`.

use clap::{Arg, CommandFactory};

use super::args::Cli;
use crate::text::{Args, Texts};

/// Commands that `klarert --help` only names. Each has its own help.
const SECONDARY_COMMANDS: [&str; 19] = [
    "copy",
    "csr",
    "apply",
    "report",
    "set",
    "done",
    "undo",
    "import",
    "export",
    "rename",
    "remove",
    "restore",
    "token",
    "portal",
    "sandbox",
    "where",
    "completions",
    "man",
    "help",
];

/// Flags of `new` that `klarert new --help` leaves to the manual: another flag implies them, or few need them.
const SECONDARY_FLAGS: [&str; 3] = ["norwegian-number", "portal-login", "pick"];

/// Returns the grammar with its help texts, for parsing, completions and the manual.
pub fn with_texts(texts: &Texts) -> clap::Command {
    let text = |id: &str| texts.find(id, &Args::new());
    let filter_text = |arg: &Arg| text(&format!("help-filter.{}", arg.get_id()));
    let command = Cli::command().mut_args(|arg| match text(&format!("help.{}", arg.get_id())) {
        Some(help) => arg.help(help).help_heading(texts.get("help-everywhere")),
        None => arg,
    });
    let described = |sub: clap::Command, id: &str| {
        let sub = match text(id) {
            Some(about) => sub.about(about),
            None => sub,
        };
        let sub = match text(&format!("{id}.example")) {
            Some(example) => sub.after_help(example),
            None => sub,
        };
        sub.mut_args(
            |arg| match text(&format!("{id}.{}", arg.get_id())).or_else(|| filter_text(&arg)) {
                Some(help) => arg.help(help),
                None => arg,
            },
        )
    };
    let command = command.mut_subcommands(|sub| {
        let id = format!("help-{}", sub.get_name());
        let inner = |sub: clap::Command| {
            let id = format!("{id}-{}", sub.get_name());
            described(sub, &id)
        };
        described(sub, &id).disable_help_subcommand(true).mut_subcommands(inner)
    });
    let mut command = command.about(texts.get("help")).after_help(texts.get("help.example"));
    // Adds the global flags and clap's own flags to every command.
    command.build();
    let own = |arg: Arg| match arg.get_id().as_str() {
        "help" => arg.help(texts.get("help-flag.help")),
        "version" => arg.help(texts.get("help-flag.version")),
        _ => arg,
    };
    let inner = |sub: clap::Command| sub.mut_args(own).mut_subcommands(|sub| sub.mut_args(own));
    command.mut_args(own).mut_subcommands(inner)
}

/// Returns the grammar as `--help` prints it: without headings, and with secondary commands in one line at the end.
///
/// The global flags are listed for the program only.
pub fn for_terminal(texts: &Texts) -> clap::Command {
    let command = SECONDARY_COMMANDS.iter().fold(with_texts(texts), |command, name| {
        command.mut_subcommand(name, |sub| sub.hide(true))
    });
    let usage = texts.get("help-usage");
    let command = command.mut_subcommands(|sub| {
        let outer = sub.get_name().to_owned();
        let inner = |inner: clap::Command| {
            let id = format!("{outer}-{}", inner.get_name());
            laid_out(inner, &id, texts)
        };
        let sub = sub.mut_subcommands(inner);
        laid_out(sub, &outer, texts)
    });
    let begin = texts.get("help-begin");
    command.help_template(format!(
        "{usage} {{usage}}\n{begin}\n\n{{subcommands}}\n\n{{options}}{{after-help}}"
    ))
}

/// Returns a command with the layout of its page. `sub_name` is that of its texts.
fn laid_out(sub: clap::Command, sub_name: &str, texts: &Texts) -> clap::Command {
    let everywhere = texts.get("help-everywhere");
    let elsewhere = format!(
        "{}\n{}",
        sub.get_after_help().cloned().unwrap_or_default(),
        texts.get("help-elsewhere")
    );
    let sub = sub.mut_args(|arg| {
        let own_json = texts.find(&format!("help-{sub_name}.json"), &Args::new());
        let (arg, is_own) = match (arg.get_id().as_str(), own_json) {
            ("json", Some(help)) => (arg.help(help), true),
            _ => (arg, false),
        };
        let global = arg.get_help_heading() == Some(everywhere.as_str()) && !is_own;
        // `list` shows the filters for all.
        let filter = sub_name != "list" && arg.get_id().as_str().starts_with("only_");
        let secondary = sub_name == "new" && SECONDARY_FLAGS.contains(&arg.get_id().as_str());
        let hidden = global || secondary || filter || arg.get_id() == "help";
        arg.hide(hidden).hide_possible_values(true)
    });
    let has = |positional: bool| {
        let mut shown = sub.get_arguments().filter(|arg| !arg.is_hide_set());
        shown.any(|arg| arg.is_positional() == positional)
    };
    let mut template = format!("{{about}}\n\n{} {{usage}}", texts.get("help-usage"));
    template += if sub.has_subcommands() { "\n\n{subcommands}" } else { "" };
    template += if has(true) { "\n\n{positionals}" } else { "" };
    template += if has(false) { "\n\n{options}" } else { "" };
    sub.after_help(elsewhere).help_template(template + "{after-help}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn help_fits_24_lines_of_80_columns() {
        for language in Language::ALL {
            let command = for_terminal(&Texts::new(language));
            let inner = command.get_subcommands().flat_map(|sub| sub.get_subcommands());
            for command in [&command].into_iter().chain(command.get_subcommands()).chain(inner) {
                let help = command.clone().term_width(80).render_help().to_string();
                let fits = help.lines().count() <= 24 && help.lines().all(|line| line.chars().count() <= 80);
                assert!(fits, "{language:?}: {help}");
            }
        }
    }

    #[test]
    fn every_command_and_argument_has_a_help_text_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let command = with_texts(&texts);
            let inner = command.get_subcommands().flat_map(|sub| {
                let id = |inner: &clap::Command| format!("help-{}-{}", sub.get_name(), inner.get_name());
                sub.get_subcommands().map(move |inner| (id(inner), inner))
            });
            let outer = command.get_subcommands();
            let outer = outer.map(|sub| (format!("help-{}", sub.get_name()), sub));
            for (id, sub) in outer.chain(inner) {
                let about = sub.get_about().map(ToString::to_string);
                let text = texts.find(&id, &Args::new());
                assert!(text.is_some() && about == text, "{language:?}: {id}");
                assert!(sub.get_after_help().is_some(), "{language:?}: {id}.example");
                for arg in sub.get_arguments().filter(|arg| arg.get_id() != "help") {
                    assert!(arg.get_help().is_some(), "{language:?}: {id}.{}", arg.get_id());
                }
            }
            for arg in command
                .get_arguments()
                .filter(|arg| arg.get_id() != "help" && arg.get_id() != "version")
            {
                assert!(arg.get_help().is_some(), "{language:?}: help.{}", arg.get_id());
            }
        }
    }
}
