//! `klarert help`: the same as `--help`.

use std::ffi::OsString;

use super::{Context, Exit, args::HelpArgs, help, print, usage_error};

/// Topic that is no command: where passwords come from.
const PASSWORDS: &str = "passwords";

/// Prints the help of a command, or of the program.
pub fn run(context: &Context, args: &HelpArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    if args.command == [PASSWORDS] {
        print(&format!("{}\n", texts.get("help-passwords")))?;
        return Ok(Exit::Success);
    }
    let words = ["klarert"]
        .into_iter()
        .chain(args.command.iter().map(String::as_str))
        .chain(["--help"]);
    let line: Vec<OsString> = words.map(OsString::from).collect();
    // clap returns the help as an error that knows its stream and colours.
    if let Err(error) = help::for_terminal(texts).try_get_matches_from(&line) {
        match usage_error::translate(&error, &line, texts) {
            Some(usage) => return Err(usage.into()),
            None => error.exit(),
        }
    }
    Ok(Exit::Success)
}
