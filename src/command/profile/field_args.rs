//! Flags for the wizard's fields, one for each [`Key`], derived so that the table of fields stays in one place.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, error::Error};

use crate::{journey::FieldId, profile::fields::key::Key};

/// Answers given as flags, in the order in which the wizard asks.
#[derive(Debug, Clone, Default)]
pub struct FieldArgs(pub Vec<(Key, String)>);

/// Returns the placeholder of a flag's value in `--help`.
fn value_name(key: Key) -> &'static str {
    match key {
        Key::Business => "KIND",
        Key::Field(field) => match field {
            FieldId::NorwegianNumber | FieldId::PortalLogin => "YES|NO",
            FieldId::Certificate | FieldId::KeyFile | FieldId::ChainFile => "FILE",
            FieldId::KeyRegistered => "DAY",
            FieldId::Pick => "N",
            FieldId::Organisation | FieldId::ConsumerOrg => "NUMBER",
            FieldId::Name | FieldId::IssuerName => "WORDS",
            FieldId::Authentication => "WAY",
            FieldId::OwnScopes => "SCOPES",
            FieldId::Environment | FieldId::Services | FieldId::ClientId | FieldId::Kid => "ID",
        },
    }
}

impl Args for FieldArgs {
    fn augment_args(command: Command) -> Command {
        Key::all().into_iter().fold(command, |command, key| {
            let several = key == Key::Field(FieldId::Services);
            let action = if several { ArgAction::Append } else { ArgAction::Set };
            command.arg(
                Arg::new(key.id())
                    .long(key.flag())
                    .value_name(value_name(key))
                    .action(action),
            )
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        FieldArgs::augment_args(command)
    }
}

impl FromArgMatches for FieldArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<FieldArgs, Error> {
        let given = |key: Key| {
            let values: Vec<&str> = matches.get_many::<String>(key.id())?.map(String::as_str).collect();
            Some((key, values.join(",")))
        };
        Ok(FieldArgs(Key::all().into_iter().filter_map(given).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = FieldArgs::from_arg_matches(matches)?;
        Ok(())
    }
}
