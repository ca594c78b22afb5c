//! `klarert man`: the manual, from the same grammar and texts as `--help`.
//!
//! It is printed as one page, or written as a package installs it: a page for the program and one for each command.

use std::{fs, path::Path};

use anyhow::Context as _;
use clap_mangen::{
    Man,
    roff::{Roff, bold, roman},
};

use super::{Context, Exit, args::ManArgs, help::with_texts, print};
use crate::text::Texts;

/// The headings that clap_mangen writes, with the ids of their translations.
const HEADINGS: [(&str, &str); 7] = [
    ("NAME", "manual-name"),
    ("SYNOPSIS", "manual-synopsis"),
    ("DESCRIPTION", "manual-description"),
    ("OPTIONS", "manual-options"),
    ("SUBCOMMANDS", "manual-commands"),
    ("EXTRA", "manual-examples"),
    ("VERSION", "manual-version"),
];
/// More sections of the program's page: a heading, and lines of `term: description`.
const EXTRA_SECTIONS: [(&str, &str); 3] = [
    ("manual-exit", "manual-exit.lines"),
    ("manual-environment", "manual-environment.lines"),
    ("manual-files", "manual-files.lines"),
];

/// Prints the whole manual as one page, or writes its pages into a folder.
pub fn run(context: &Context, args: &ManArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let program = grammar(texts);
    let Some(folder) = &args.out else {
        print(&single_page(program, texts)?)?;
        return Ok(Exit::Success);
    };
    let path_of = |path: &Path| path.display().to_string();
    fs::create_dir_all(folder).with_context(|| path_of(folder))?;
    let mut pages = vec![("klarert.1".to_owned(), page(&program, texts)? + &extra_sections(texts))];
    for command in program.get_subcommands() {
        pages.push((format!("klarert-{}.1", command.get_name()), page(command, texts)?));
        for inner in command.get_subcommands() {
            let name = format!("klarert-{}-{}.1", command.get_name(), inner.get_name());
            pages.push((name, page(inner, texts)?));
        }
    }
    for (name, text) in pages {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| path_of(&path))?;
    }
    Ok(Exit::Success)
}

/// Returns the grammar as the manual shows it.
fn grammar(texts: &Texts) -> clap::Command {
    // `--help` ends with a list of commands. The manual has a section for them.
    let program = with_texts(texts).after_help(None::<&'static str>);
    // Comes last: with a `long_about`, clap builds the text of `--help` for a shorter `-h` beside it.
    let inner = |sub: clap::Command| short_usage(sub.mut_subcommands(short_usage));
    short_usage(program.mut_subcommands(inner)).long_about(texts.get("manual-about"))
}

/// Shortens the usage to `klarert check [OPTIONS] [NAME]...`: clap_mangen would name every option.
fn short_usage(mut command: clap::Command) -> clap::Command {
    let usage = command.render_usage().to_string();
    match usage.split_once(": ") {
        Some((_, usage)) => command.override_usage(usage.to_owned()),
        None => command,
    }
}

/// Returns the page of one command, with translated headings.
fn page(command: &clap::Command, texts: &Texts) -> anyhow::Result<String> {
    let mut page = Vec::new();
    let man = Man::new(command.clone()).source(concat!("klarert ", env!("CARGO_PKG_VERSION")));
    man.render(&mut page)?;
    let mut lines = Vec::new();
    for line in String::from_utf8(page)?.lines() {
        let heading = line
            .strip_prefix(".SH ")
            .and_then(|heading| HEADINGS.iter().find(|(name, _)| *name == heading));
        lines.push(match heading {
            Some((_, id)) => section("SH", &texts.get(id)),
            None => line.to_owned() + "\n",
        });
    }
    Ok(lines.concat())
}

/// Returns the program's page with a section for each command.
fn single_page(program: clap::Command, texts: &Texts) -> anyhow::Result<String> {
    let everywhere = texts.get("help-everywhere");
    let mut commands: Vec<(String, clap::Command)> = Vec::new();
    for command in program.get_subcommands() {
        let name = command.get_name();
        commands.push((name.to_owned(), command.clone()));
        let inner = command.get_subcommands();
        commands.extend(inner.map(|inner| (format!("{name} {}", inner.get_name()), inner.clone())));
    }
    let mut all = page(&program.mut_subcommands(|command| command.hide(true)), texts)? + &extra_sections(texts);
    let synopsis = section("SH", &texts.get("manual-synopsis"));
    for (name, command) in commands {
        let title = section("SH", &format!("klarert {name}"));
        // The program's own section has the global flags.
        let command = command.mut_args(|arg| {
            let global = arg.get_help_heading() == Some(everywhere.as_str());
            let hidden = global || arg.get_id() == "help";
            arg.hide(hidden)
        });
        let page = page(&command, texts)?;
        let body = page.find(&synopsis).map_or("", |start| &page[start..]);
        all += &title;
        all += &body.replace(".SH ", ".SS ");
    }
    Ok(all)
}

fn extra_sections(texts: &Texts) -> String {
    let mut all = String::new();
    for (heading, lines) in EXTRA_SECTIONS {
        let mut roff = Roff::new();
        for line in texts.get(lines).lines() {
            let (term, description) = line.split_once(": ").unwrap_or((line, ""));
            roff.control("TP", []).text([bold(term)]).text([roman(description)]);
        }
        all += &section("SH", &texts.get(heading));
        all += &roff.to_roff();
    }
    all
}

fn section(macro_name: &str, title: &str) -> String {
    let mut roff = Roff::new();
    roff.control(macro_name, [title]);
    roff.to_roff()
}
