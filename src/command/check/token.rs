//! `klarert token`: one token on standard output and nothing else, for `$(…)`.
//!
//! An error is a diagnosis on standard error, as in the check.

use std::io::{self, Write};

use super::{
    exit_of_diagnosis, passwords,
    selection::{self, Selection, Target},
};
use crate::command::{Context, Exit, command_error::CommandError, eprint, output::Renderer};
use crate::{
    check::{self, Settings, Subject},
    console::signals,
    profile::parse,
};

/// Arguments of `klarert token`.
#[derive(Debug, clap::Args)]
pub struct TokenArgs {
    #[arg(value_name = "NAME")]
    pub profile: Option<String>,
    #[arg(long)]
    pub customs: bool,
    #[arg(
        id = "scope",
        long = "scope",
        value_name = "SCOPE",
        value_parser = clap::builder::NonEmptyStringValueParser::new()
    )]
    pub scopes: Vec<String>,
    #[arg(long)]
    pub password_stdin: bool,
}

/// Prints a token of the profile, or a Customs token with `--customs`.
pub fn run(context: &Context, args: &TokenArgs) -> anyhow::Result<Exit> {
    let scopes = parse::scopes(&args.scopes.join(" "));
    let scopes = scopes.map_err(|error| CommandError::invalid_value("--scope", &error, &context.texts))?;
    let scope = (!scopes.is_empty()).then(|| scopes.join(" "));
    let names: Vec<String> = args.profile.iter().cloned().collect();
    let mut targets = selection::select(context, &names, Selection::One)?;
    let sandbox_ends = targets.sandbox_ends();
    let Some(chosen) = targets.all.first_mut() else {
        return Ok(Exit::Usage);
    };
    let target = chosen.as_mut().map_err(|unreadable| unreadable.error.clone())?;
    signals::exit_on_termination();
    if !passwords::unlock(context, &mut [&mut *target], args.password_stdin, 1)? {
        return Ok(Exit::Interrupted);
    }
    let exit = print_token(context, target, args.customs, scope.as_deref())?;
    if exit == Exit::Success && sandbox_ends {
        eprint(&context.texts.get("token-sandbox-ends"));
    }
    Ok(exit)
}

fn print_token(context: &Context, target: &Target, customs: bool, scope: Option<&str>) -> anyhow::Result<Exit> {
    let subject = Subject {
        name: &target.name,
        profile: &target.profile,
        environment: &target.environment,
    };
    let (settings, mut open) = (Settings::default(), || target.open());
    let token = if customs {
        check::customs_token(&subject, &settings, &mut open, scope)
    } else {
        check::token(&subject, &settings, &mut open, scope)
    };
    match token {
        Ok(token) => {
            let mut out = io::stdout().lock();
            out.write_all(token.as_bytes())?;
            out.write_all(b"\n")?;
            out.flush()?;
            Ok(Exit::Success)
        }
        Err(diagnosis) => {
            eprint(Renderer::plain(context).diagnosis(&diagnosis).trim_end());
            if let Some(missing) = target.missing_input(context, &diagnosis) {
                eprint(&missing);
            }
            Ok(exit_of_diagnosis(&diagnosis))
        }
    }
}
