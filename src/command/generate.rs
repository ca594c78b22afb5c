//! `klarert completions SHELL` and `klarert man`: what a package installs beside the program, from the same grammar.

use clap_complete::Shell;

use super::{Context, Exit, arguments::worded, complete, print};

pub fn completions(shell: Shell) -> anyhow::Result<Exit> {
    print(&String::from_utf8_lossy(&complete::script(shell)?))?;
    Ok(Exit::Holds)
}

/// The manual page of the program, with a section for each command.
pub fn man(context: &Context) -> anyhow::Result<Exit> {
    let mut command = worded(&context.texts);
    command.build();
    let mut out = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut out)?;
    for sub in command.get_subcommands() {
        let name = format!("klarert-{}", sub.get_name());
        clap_mangen::Man::new(sub.clone()).title(name).render(&mut out)?;
    }
    print(&String::from_utf8_lossy(&out))?;
    Ok(Exit::Holds)
}
