//! Commands on several profiles: all are processed, and one exit code covers them.

use crate::command::{Context, Exit, command_error::CommandError, print_error};
use crate::profile::parse::ProfileName;

/// Runs `work` for each profile, in the order given; a name given twice counts once.
///
/// An error for one of several profiles is printed, and the others are processed. For a single profile it is returned.
///
/// # Errors
///
/// [`Exit::Usage`] if a name is invalid: then no profile is processed.
pub fn for_each_profile(
    context: &Context,
    names: &[String],
    mut work: impl FnMut(&ProfileName) -> anyhow::Result<()>,
) -> anyhow::Result<Exit> {
    let mut parsed: Vec<ProfileName> = Vec::new();
    for name in names {
        let name = context.parse_name(name)?;
        if !parsed.contains(&name) {
            parsed.push(name);
        }
    }
    if let [name] = &parsed[..] {
        return work(name).map(|()| Exit::Success);
    }
    let mut exits = Vec::new();
    for name in &parsed {
        if let Err(error) = work(name) {
            let error = error.downcast::<CommandError>()?;
            exits.push(print_error(&error, &context.texts, context.json));
        }
    }
    Ok(Exit::most_severe(&exits))
}
