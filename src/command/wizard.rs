//! `klarert`, `klarert new`, `klarert resume`: the wizard, drawn where someone is there to press a key, in lines of text
//! where that is asked for.

use super::{Context, Exit, at_a_terminal, command_error::CommandError};
use crate::app::{self, StartAt};

pub fn run(context: &Context, door: StartAt, sandbox: bool) -> anyhow::Result<Exit> {
    if !context.plain && !at_a_terminal() {
        let texts = &context.texts;
        let (what, hint) = (texts.get("command-no-terminal"), texts.get("command-no-terminal.hint"));
        return Err(CommandError::new(Exit::Usage, what, Some(hint)).into());
    }
    app::run(context, door, sandbox)
}
