//! `klarert key`: a key to register on a client, and its public half as Samarbeidsportalen takes it.

use std::{
    io,
    path::{Path, PathBuf},
};

use clap::Args as ClapArgs;

use crate::command::{Context, Exit, command_error::CommandError, print, tell};
use crate::{
    credential::generate::{self, Bits},
    profile::parse,
    text::{Args, visible},
};

#[derive(Debug, ClapArgs)]
pub struct Arguments {
    #[arg(long, value_name = "FILE", default_value = "klarert-key.pem")]
    pub out: PathBuf,
    #[arg(long, value_name = "NAME")]
    pub kid: Option<String>,
    #[arg(long, value_enum, default_value = "2048")]
    pub bits: Bits,
}

pub fn run(arguments: &Arguments, context: &Context) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let named = arguments.kid.as_deref().map(parse::kid).transpose();
    let named = named.map_err(|refusal| CommandError::refused("--kid", &refusal, texts))?;
    let key = generate::key(arguments.bits)?;
    let kid = match named {
        Some(kid) => kid,
        None => key.thumbprint()?,
    };
    let jwk = serde_json::to_string_pretty(&key.public_jwk(&kid)?)?;
    generate::write_key(&arguments.out, &key)
        .map_err(|error| not_written(&arguments.out, GeneratedKind::Key, &error, context))?;
    tell(&texts.with("make-key-written", &file(&arguments.out)));
    tell(&texts.with("make-jwk-next", &Args::new().with("kid", kid)));
    print(&format!("{jwk}\n"))?;
    Ok(Exit::Success)
}

pub(super) fn file(path: &Path) -> Args {
    Args::new().with("file", visible(&path.to_string_lossy()))
}

/// What a file is made for.
#[derive(Debug, Clone, Copy)]
pub(super) enum GeneratedKind {
    Key,
    Request,
}

/// Why a file was not made. One that is there already is never written over.
pub(super) fn not_written(path: &Path, made: GeneratedKind, error: &io::Error, context: &Context) -> CommandError {
    let args = file(path).with("error", error.to_string());
    let texts = &context.texts;
    let exists = match made {
        GeneratedKind::Key => "make-file-exists",
        GeneratedKind::Request => "make-request-exists",
    };
    match error.kind() {
        io::ErrorKind::AlreadyExists => CommandError::new(Exit::Usage, texts.with(exists, &args), None),
        _ => {
            let hint = texts.get("make-not-written.hint");
            CommandError::new(Exit::Unreadable, texts.with("make-not-written", &args), Some(hint))
        }
    }
}
