//! The words of `--help`, and how they are laid out: each fits a screen of 24 lines.
//!
//! The words are in `text/*/help.ftl`, by rule: `help` for the program, `help-<command>` for a command, with an attribute
//! for each of its arguments and `.example`.

use clap::{Arg, CommandFactory};

use super::args::Arguments;
use crate::text::{Args as Values, Texts};

/// Commands that the overview only names. Each has its own help.
const SELDOM: [&str; 14] = [
    "set",
    "done",
    "undo",
    "import",
    "export",
    "rename",
    "copy",
    "remove",
    "restore",
    "key",
    "csr",
    "where",
    "completions",
    "man",
];

/// Questions of `new` that another one answers as well, or that are seldom asked: the manual has them.
const SELDOM_ASKED: [&str; 3] = ["norwegian-number", "portal-login", "pick"];

/// The command line's grammar, built, with its words in a language: for reading, for completions and for the manual page.
pub fn worded(texts: &Texts) -> clap::Command {
    let text = |id: &str| texts.find(id, &Values::new());
    let command = Arguments::command().mut_args(|arg| match text(&format!("help.{}", arg.get_id())) {
        Some(help) => arg.help(help).help_heading(texts.get("help-everywhere")),
        None => arg,
    });
    let command = command.mut_subcommands(|sub| {
        let id = format!("help-{}", sub.get_name());
        let sub = match text(&id) {
            Some(about) => sub.about(about),
            None => sub,
        };
        let sub = match text(&format!("{id}.example")) {
            Some(example) => sub.after_help(example),
            None => sub,
        };
        sub.mut_args(|arg| match text(&format!("{id}.{}", arg.get_id())) {
            Some(help) => arg.help(help),
            None => arg,
        })
    });
    let mut command = command.about(texts.get("help")).after_help(texts.get("help.example"));
    // From here on the commands have the arguments of every command, and clap's own.
    command.build();
    let own = |arg: Arg| match arg.get_id().as_str() {
        "help" => arg.help(texts.get("help-flag.help")),
        "version" => arg.help(texts.get("help-flag.version")),
        _ => arg,
    };
    command.mut_args(own).mut_subcommands(|sub| sub.mut_args(own))
}

/// The same as `--help` shows it: no headings; of the commands those that are needed daily, the others being named in
/// one line below; and what can be written with every command only at the program itself.
pub fn laid_out(texts: &Texts) -> clap::Command {
    let command = SELDOM.iter().fold(worded(texts), |command, name| {
        command.mut_subcommand(name, |sub| sub.hide(true))
    });
    let everywhere = texts.get("help-everywhere");
    let usage = texts.get("help-usage");
    let command = command.mut_subcommands(|sub| {
        let elsewhere = format!(
            "{}\n{}",
            sub.get_after_help().cloned().unwrap_or_default(),
            texts.get("help-elsewhere")
        );
        let sub_name = sub.get_name().to_owned();
        let sub = sub.mut_args(|arg| {
            let shown_elsewhere = arg.get_help_heading() == Some(everywhere.as_str());
            let seldom = sub_name == "new" && SELDOM_ASKED.contains(&arg.get_id().as_str());
            let hidden = seldom || arg.get_id() == "help";
            arg.hide(shown_elsewhere || hidden).hide_possible_values(true)
        });
        let has = |positional: bool| {
            let mut shown = sub.get_arguments().filter(|arg| !arg.is_hide_set());
            shown.any(|arg| arg.is_positional() == positional)
        };
        let mut template = format!("{{about}}\n\n{usage} {{usage}}");
        template += if has(true) { "\n\n{positionals}" } else { "" };
        template += if has(false) { "\n\n{options}" } else { "" };
        sub.after_help(elsewhere).help_template(template + "{after-help}")
    });
    command.help_template("{about}\n\n{subcommands}\n\n{options}{after-help}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn help_fits_a_screen() {
        for language in Language::ALL {
            let command = laid_out(&Texts::new(language));
            for command in [&command].into_iter().chain(command.get_subcommands()) {
                let help = command.clone().term_width(80).render_help().to_string();
                let fits = help.lines().count() <= 24 && help.lines().all(|line| line.chars().count() <= 80);
                assert!(fits, "{language:?}: {help}");
            }
        }
    }

    #[test]
    fn every_command_and_argument_has_words_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let command = worded(&texts);
            for sub in command.get_subcommands() {
                assert!(sub.get_about().is_some(), "{language:?}: help-{}", sub.get_name());
                assert!(
                    sub.get_after_help().is_some(),
                    "{language:?}: help-{}.example",
                    sub.get_name()
                );
                for arg in sub.get_arguments().filter(|arg| arg.get_id() != "help") {
                    assert!(
                        arg.get_help().is_some(),
                        "{language:?}: help-{}.{}",
                        sub.get_name(),
                        arg.get_id()
                    );
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
