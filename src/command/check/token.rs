//! `klarert token`: one token on standard output and nothing else, for `$(…)`. What goes wrong is a diagnosis on
//! standard error, the same as the check's.

use std::io::{self, Write};

use clap::Args as ClapArgs;

use super::{
    exit_of_diagnosis, passwords,
    selection::{self, All, Target},
};
use crate::command::{Context, Exit, command_error::CommandError, output::Page, tell};
use crate::{
    check::{self, Settings, Subject},
    profile::parse,
};

#[derive(Debug, ClapArgs)]
pub struct Arguments {
    #[arg(value_name = "NAME")]
    pub profile: Option<String>,
    #[arg(long)]
    pub customs: bool,
    #[arg(long, value_name = "SCOPE", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub scope: Option<String>,
    #[arg(long)]
    pub password_stdin: bool,
}

pub fn run(context: &Context, arguments: &Arguments, in_sandbox: bool) -> anyhow::Result<Exit> {
    let scope = match &arguments.scope {
        Some(written) => {
            let scopes = parse::scopes(written);
            Some(
                scopes
                    .map_err(|refusal| CommandError::refused("--scope", &refusal, &context.texts))?
                    .join(" "),
            )
        }
        None => None,
    };
    let named: Vec<String> = arguments.profile.iter().cloned().collect();
    let mut targets = selection::choose(context, &named, All::Never, in_sandbox)?;
    let sandbox_ends = targets.sandbox_ends();
    let Some(chosen) = targets.all.first_mut() else {
        return Ok(Exit::Usage);
    };
    let target = chosen.as_mut().map_err(|unread| unread.failure.clone())?;
    if !passwords::unlock(&mut [&mut *target], arguments.password_stdin, 1, context)? {
        return Ok(Exit::Interrupted);
    }
    let exit = give(context, target, arguments.customs, scope.as_deref())?;
    if exit == Exit::Success && sandbox_ends {
        tell(&context.texts.get("token-sandbox-ends"));
    }
    Ok(exit)
}

fn give(context: &Context, target: &Target, customs: bool, scope: Option<&str>) -> anyhow::Result<Exit> {
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
        Err(found) => {
            tell(Page::words(context).diagnosis(&found).trim_end());
            if let Some(lacking) = target.lacking(context, &found) {
                tell(&lacking);
            }
            Ok(exit_of_diagnosis(&found))
        }
    }
}
