//! Selection of saved profiles by name or by filter, for commands that only read them.

use time::OffsetDateTime;

use crate::command::{
    Context,
    command_error::CommandError,
    environments,
    filter::{Filter, nothing_selected},
};
use crate::profile::{Profile, parse::ProfileName};

/// Profile with its name, or the error of reading it.
pub type Selected = (ProfileName, Result<Profile, CommandError>);

/// Warns of selected profiles whose environment is not known.
///
/// # Errors
///
/// The error of the configuration.
pub fn warn_of_unknown_environments(context: &Context, selected: &[Selected]) -> Result<(), CommandError> {
    let readable = selected
        .iter()
        .filter_map(|(name, profile)| Some((name, profile.as_ref().ok()?.environment.as_str())));
    environments::warn_of_unknown(context, readable)
}

/// Returns the named profiles in that order, each once, or without a name all of them by name; then applies the filter.
///
/// # Errors
///
/// [`Exit::Usage`](crate::command::Exit::Usage) if a name is invalid, or nothing is left.
pub fn saved_profiles(context: &Context, names: &[String], filter: &Filter) -> Result<Vec<Selected>, CommandError> {
    let (texts, config) = (&context.texts, context.config()?);
    let mut selected: Vec<Selected> = Vec::new();
    if names.is_empty() {
        context.warn_of_misnamed_files();
        let listed = context.store().list();
        let listed = listed.map_err(|error| CommandError::from_store(&error, texts))?;
        selected.extend(listed.into_iter().map(|listed| {
            let profile = listed.profile.map_err(|error| CommandError::from_store(&error, texts));
            (listed.name, profile)
        }));
    }
    for name in names {
        let name = context.parse_name(name)?;
        if !selected.iter().any(|(other, _)| *other == name) {
            let profile = context.load(&name).map(|saved| saved.profile);
            selected.push((name, profile));
        }
    }
    let (now, none_exist) = (OffsetDateTime::now_utc(), selected.is_empty());
    selected.retain(|(name, profile)| match profile {
        Ok(profile) => filter.fits(name.as_str(), profile, config.rules(&profile.environment), now),
        Err(_) => filter.fits_unreadable(name.as_str()),
    });
    if selected.is_empty() {
        return Err(nothing_selected(context, none_exist));
    }
    Ok(selected)
}
