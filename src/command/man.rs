//! `klarert man`: the manual, from the same grammar and words as `--help`. As one page, or as a package installs it: a
//! page for the program and one for each command.

use std::{fs, path::Path};

use anyhow::Context as _;
use clap_mangen::{
    Man,
    roff::{Roff, bold, roman},
};

use super::{Context, Exit, help::worded, print};
use crate::text::Texts;

/// The headings that clap_mangen writes, and the texts for them.
const HEADINGS: [(&str, &str); 7] = [
    ("NAME", "manual-name"),
    ("SYNOPSIS", "manual-synopsis"),
    ("DESCRIPTION", "manual-description"),
    ("OPTIONS", "manual-options"),
    ("SUBCOMMANDS", "manual-commands"),
    ("EXTRA", "manual-examples"),
    ("VERSION", "manual-version"),
];
/// What the program's own page has besides: a heading, and lines of `what: words`.
const BESIDES: [(&str, &str); 3] = [
    ("manual-exit", "manual-exit.lines"),
    ("manual-environment", "manual-environment.lines"),
    ("manual-files", "manual-files.lines"),
];

/// Prints the whole manual as one page, or writes its pages into a folder.
pub fn run(context: &Context, folder: Option<&Path>) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let program = program(texts);
    let Some(folder) = folder else {
        print(&whole(program, texts)?)?;
        return Ok(Exit::Success);
    };
    let named = |path: &Path| path.display().to_string();
    fs::create_dir_all(folder).with_context(|| named(folder))?;
    let mut pages = vec![("klarert.1".to_owned(), page(&program, texts)? + &besides(texts))];
    for command in program.get_subcommands() {
        pages.push((format!("klarert-{}.1", command.get_name()), page(command, texts)?));
    }
    for (name, text) in pages {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| named(&path))?;
    }
    Ok(Exit::Success)
}

/// The grammar as a manual shows it.
fn program(texts: &Texts) -> clap::Command {
    // What `--help` says last of the program is a list of commands, and a manual has that already.
    let program = worded(texts).after_help(None::<&'static str>);
    // After that, as clap would have `--help` speak of a shorter one.
    usage(program.mut_subcommands(usage)).long_about(texts.get("manual-about"))
}

/// `klarert check [OPTIONS] [NAME]...`, where clap_mangen would name every option.
fn usage(mut command: clap::Command) -> clap::Command {
    let usage = command.render_usage().to_string();
    match usage.split_once(": ") {
        Some((_, usage)) => command.override_usage(usage.to_owned()),
        None => command,
    }
}

/// One command's page.
fn page(command: &clap::Command, texts: &Texts) -> anyhow::Result<String> {
    let mut page = Vec::new();
    let man = Man::new(command.clone()).source(concat!("klarert ", env!("CARGO_PKG_VERSION")));
    man.render(&mut page)?;
    let mut lines = Vec::new();
    for line in String::from_utf8(page)?.lines() {
        let heading = line
            .strip_prefix(".SH ")
            .and_then(|written| HEADINGS.iter().find(|(name, _)| *name == written));
        lines.push(match heading {
            Some((_, id)) => section("SH", &texts.get(id)),
            None => line.to_owned() + "\n",
        });
    }
    Ok(lines.concat())
}

/// The program's page with each command as a section of it.
fn whole(program: clap::Command, texts: &Texts) -> anyhow::Result<String> {
    let everywhere = texts.get("help-everywhere");
    let commands: Vec<clap::Command> = program.get_subcommands().cloned().collect();
    let mut whole = page(&program.mut_subcommands(|command| command.hide(true)), texts)? + &besides(texts);
    let synopsis = section("SH", &texts.get("manual-synopsis"));
    for command in commands {
        let title = section("SH", &format!("klarert {}", command.get_name()));
        // What can be written everywhere has been said.
        let own = command.mut_args(|arg| {
            let said = arg.get_id() == "help" || arg.get_help_heading() == Some(everywhere.as_str());
            arg.hide(said)
        });
        let page = page(&own, texts)?;
        let inside = page.find(&synopsis).map_or("", |start| &page[start..]);
        whole += &title;
        whole += &inside.replace(".SH ", ".SS ");
    }
    Ok(whole)
}

fn besides(texts: &Texts) -> String {
    let mut all = String::new();
    for (heading, lines) in BESIDES {
        let mut roff = Roff::new();
        for line in texts.get(lines).lines() {
            let (what, words) = line.split_once(": ").unwrap_or((line, ""));
            roff.control("TP", []).text([bold(what)]).text([roman(words)]);
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
