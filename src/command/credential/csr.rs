//! `klarert csr`: a key and the certificate request that a foreign business sends to the issuer of its eSeal.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args as ClapArgs;

use super::key::{GeneratedKind, file, not_written};
use crate::command::{Context, Exit, command_error::CommandError, print, tell};
use crate::{
    credential::generate::{self, Bits, Subject},
    profile::parse,
    text::Args,
};

#[derive(Debug, ClapArgs)]
pub struct Arguments {
    #[arg(long, value_name = "ID")]
    pub organisation: String,
    #[arg(long, value_name = "NAME")]
    pub name: String,
    #[arg(long, value_name = "CODE")]
    pub country: String,
    #[arg(long, value_name = "NAME")]
    pub common_name: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub state: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub locality: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub unit: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub serial_number: Option<String>,
    #[arg(long, value_name = "FILE", default_value = "klarert-eseal-key.pem")]
    pub out: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub request: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "3072")]
    pub bits: Bits,
}

pub fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let subject = arguments.subject(context)?;
    if let Some(path) = arguments
        .request
        .as_deref()
        .filter(|path| is_same(path, &arguments.out))
    {
        let what = texts.with("make-same-file", &file(path));
        return Err(CommandError::new(Exit::Usage, what, None).into());
    }
    let key = generate::key(arguments.bits)?;
    let request = generate::request(&key, &subject)?;
    // The request is worth nothing without its key, and may go again; a key once written is never taken away.
    if let Some(path) = &arguments.request {
        generate::write_new(path, request.as_bytes(), false)
            .map_err(|error| not_written(path, GeneratedKind::Request, &error, context))?;
    }
    if let Err(error) = generate::write_key(&arguments.out, &key) {
        if let Some(path) = &arguments.request {
            // Why there is no key is what matters; a request that stays does no harm.
            let _ = fs::remove_file(path);
        }
        return Err(not_written(&arguments.out, GeneratedKind::Key, &error, context).into());
    }
    tell(&texts.with("make-key-written", &file(&arguments.out)));
    match &arguments.request {
        Some(path) => tell(&texts.with("make-csr-written", &file(path))),
        None => {
            tell(&texts.with("make-csr-next", &file(&arguments.out)));
            print(&request)?;
        }
    }
    Ok(Exit::Success)
}

/// Whether two paths lead to one file, which need not be there.
fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| -> Option<PathBuf> { std::path::absolute(path).ok() };
    one == other || whole(one).is_some_and(|one| Some(one) == whole(other))
}

impl Arguments {
    fn subject(&self, context: &Context) -> Result<Subject, CommandError> {
        let refused = |flag: &'static str| move |refusal| CommandError::refused(flag, &refusal, &context.texts);
        let optional =
            |flag, written: &Option<String>| written.as_deref().map(parse::name).transpose().map_err(refused(flag));
        let country = self.country.trim().to_uppercase();
        if country.len() != 2 || !country.bytes().all(|c| c.is_ascii_uppercase()) {
            let args = Args::new().with("written", &self.country);
            return Err(CommandError::new(
                Exit::Usage,
                context.texts.with("make-country", &args),
                None,
            ));
        }
        Ok(Subject {
            name: parse::name(&self.name).map_err(refused("--name"))?,
            common_name: optional("--common-name", &self.common_name)?,
            organisation: parse::organisation_identifier(&self.organisation).map_err(refused("--organisation"))?,
            country,
            state: optional("--state", &self.state)?,
            locality: optional("--locality", &self.locality)?,
            unit: optional("--unit", &self.unit)?,
            serial_number: optional("--serial-number", &self.serial_number)?,
        })
    }
}
