//! The wizard's questions as flags, one for each [`Key`], so that the table of questions stays in one place.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, error::Error};

use crate::{journey::FieldId, profile::fields::set::Key};

/// The answers that were given as flags, in the order the wizard asks.
#[derive(Debug, Clone, Default)]
pub struct Answers(pub Vec<(Key, String)>);

/// What `--help` shows in the value's place.
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

impl Args for Answers {
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
        Answers::augment_args(command)
    }
}

impl FromArgMatches for Answers {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Answers, Error> {
        let given = |key: Key| {
            let values: Vec<&str> = matches.get_many::<String>(key.id())?.map(String::as_str).collect();
            Some((key, values.join(",")))
        };
        Ok(Answers(Key::all().into_iter().filter_map(given).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Answers::from_arg_matches(matches)?;
        Ok(())
    }
}
