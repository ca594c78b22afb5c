//! `klarert token`: one token on standard output and nothing else, for `$(…)`.
//!
//! An error is a diagnosis on standard error, as in the check.

use serde_json::json;
use time::{Duration, OffsetDateTime};

use super::{
    exit_of_diagnosis, passwords,
    selection::{self, Selection, Target},
};
use crate::command::{
    Context, Exit,
    command_error::CommandError,
    eprint,
    filter::Filter,
    json::{FORMAT, rfc3339},
    print,
    renderer::Renderer,
    write_stdout,
};
use crate::{
    check::{self, IssuedToken, Settings, Subject},
    console::signals,
    diagnosis::Diagnosis,
    journey::services::branch_of_scope,
    profile::{Profile, parse},
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
    #[arg(long, conflicts_with = "scope")]
    pub all_scopes: bool,
    #[arg(long)]
    pub password_stdin: bool,
}

/// Prints a token of the profile, or a Customs token with `--customs`.
pub fn run(context: &Context, args: &TokenArgs) -> anyhow::Result<Exit> {
    let scopes = parse::scopes(&args.scopes.join(" "));
    let scopes = scopes.map_err(|error| CommandError::invalid_value("--scope", &error, &context.texts))?;
    let scope = (!scopes.is_empty()).then(|| scopes.join(" "));
    let names: Vec<String> = args.profile.iter().cloned().collect();
    let mut targets = selection::select(context, &names, Selection::One, &Filter::default())?;
    let sandbox_ends = targets.sandbox_ends();
    let Some(chosen) = targets.all.first_mut() else {
        return Ok(Exit::Usage);
    };
    let target = chosen.as_mut().map_err(|unreadable| unreadable.error.clone())?;
    let all_scopes = args.all_scopes.then(|| target.profile.client.scopes.join(" "));
    let mut scope = all_scopes.filter(|scopes| !scopes.is_empty()).or(scope);
    if args.customs {
        scope = Some(customs_scope(context, &target.profile, scope)?).filter(|scope| !scope.is_empty());
    }
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

/// Returns the scopes of a token that Customs exchanges: the given ones, else the first one of the profile that is Customs'.
/// Empty for a profile without scopes, whose check names what is missing.
///
/// # Errors
///
/// [`Exit::Usage`] if none of the scopes is Customs', who would refuse the token.
fn customs_scope(context: &Context, profile: &Profile, given: Option<String>) -> Result<String, CommandError> {
    let is_customs = |scope: &str| branch_of_scope(scope).is_some();
    let found = match given {
        Some(given) => given.split(' ').any(is_customs).then_some(given),
        None if profile.client.scopes.is_empty() => Some(String::new()),
        None => profile.client.scopes.iter().find(|scope| is_customs(scope)).cloned(),
    };
    found.ok_or_else(|| {
        let texts = &context.texts;
        let hint = Some(texts.get("token-no-customs-scope.hint"));
        CommandError::new(Exit::Usage, texts.get("token-no-customs-scope"), hint).with_id("no-customs-scope")
    })
}

fn print_token(context: &Context, target: &Target, customs: bool, scope: Option<&str>) -> anyhow::Result<Exit> {
    let subject = Subject {
        name: &target.name,
        profile: &target.profile,
        environment: &target.environment,
    };
    let (sources, texts) = (&context.password_sources()?, &context.texts);
    let (settings, mut open) = (Settings::default(), || target.open(sources, texts));
    let token = check::issue_token(&subject, &settings, &mut open, scope, customs);
    match token {
        Ok(token) if context.json => {
            print_json(target, &token)?;
            Ok(Exit::Success)
        }
        Ok(token) => {
            write_stdout(&[&token.access_token, "\n"])?;
            Ok(Exit::Success)
        }
        Err(diagnosis) => {
            if context.json {
                print_diagnosis(context, target, &diagnosis)?;
            }
            eprint(Renderer::plain(context).diagnosis(&diagnosis).trim_end());
            if let Some(missing) = target.missing_input(context, &diagnosis) {
                eprint(&missing);
            }
            Ok(exit_of_diagnosis(&diagnosis))
        }
    }
}

/// Writes a token with its scope and lifetime as an object. It is built by hand: a JSON value would leave copies of the token
/// behind. Its characters need no escape (RFC 6750 §2.1).
fn print_json(target: &Target, token: &IssuedToken) -> anyhow::Result<()> {
    let expires_in = i64::try_from(token.expires_in).unwrap_or(i64::MAX);
    let expires = OffsetDateTime::now_utc().checked_add(Duration::seconds(expires_in));
    let about = json!({
        "format": FORMAT,
        "profile": target.name,
        "environment": target.profile.environment,
        "scope": token.scope,
        "expires_in": token.expires_in,
        "expires_at": expires.and_then(rfc3339),
    });
    let about = about.to_string();
    let about = about.trim_end_matches('}');
    write_stdout(&[about, ",\"token\":\"", &token.access_token, "\"}\n"])?;
    Ok(())
}

/// Prints a failure as an error with its diagnosis.
fn print_diagnosis(context: &Context, target: &Target, diagnosis: &Diagnosis) -> anyhow::Result<()> {
    let texts = &context.texts;
    let object = json!({
        "format": FORMAT,
        "profile": target.name,
        "environment": target.profile.environment,
        "outcome": "failed",
        "diagnosis": diagnosis.to_json(texts),
        "error": { "id": diagnosis.id, "text": diagnosis.cause(texts), "hint": diagnosis.fix(texts).join(" ") },
    });
    print(&format!("{object}\n"))?;
    Ok(())
}
