//! `klarert`, `klarert new`, `klarert resume`: the wizard, drawn on a terminal, or as lines of text with `--plain`.

use super::{
    Context, Exit,
    command_error::CommandError,
    profile::edit::{self, NewArgs},
};
use crate::{
    app::{self, StartAt},
    console::terminal,
};

/// Arguments of `klarert resume`.
#[derive(Debug, clap::Args)]
pub struct ResumeArgs {
    #[arg(value_name = "NAME")]
    pub profile: Option<String>,
}

/// Runs the wizard at the list of profiles.
pub fn choose(context: &Context) -> anyhow::Result<Exit> {
    run(context, StartAt::ProfileList)
}

/// Runs the wizard on a new profile. If answers were given as flags, creates the profile from them instead.
pub fn new(context: &Context, args: NewArgs) -> anyhow::Result<Exit> {
    if !args.fields.0.is_empty() {
        return edit::new(context, args);
    }
    let name = args.profile.map(|name| context.parse_name(&name)).transpose()?;
    run(context, StartAt::New(name))
}

/// Runs the wizard on a saved profile; without a name, on the most recently used one.
pub fn resume(context: &Context, args: &ResumeArgs) -> anyhow::Result<Exit> {
    let name = args.profile.as_deref().map(|name| context.parse_name(name));
    run(context, StartAt::Resume(name.transpose()?))
}

fn run(context: &Context, start_at: StartAt) -> anyhow::Result<Exit> {
    if !context.plain && !terminal::is_interactive() {
        let texts = &context.texts;
        let hint = if terminal::is_mintty() {
            "command-no-terminal.mintty"
        } else {
            "command-no-terminal.hint"
        };
        let (message, hint) = (texts.get("command-no-terminal"), texts.get(hint));
        return Err(CommandError::new(Exit::Usage, message, Some(hint)).into());
    }
    app::run(context, start_at)
}
