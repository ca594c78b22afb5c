//! `klarert key`: a key pair to register on a client. The public key is printed as a JWK for Samarbeidsportalen.

use std::{
    io,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use crate::command::{Context, Exit, command_error::CommandError, eprint, json::FORMAT, print};
use crate::{
    credential::generate::{self, Bits},
    profile::{file::store::own_folder, parse},
    text::{Args, Texts, io_reason, visible},
};

/// Arguments of `klarert key`.
#[derive(Debug, clap::Args)]
pub struct KeyArgs {
    #[arg(long, value_name = "FILE", default_value = "klarert-key.pem")]
    pub out: PathBuf,
    #[arg(long, value_name = "NAME")]
    pub kid: Option<String>,
    #[arg(long, value_enum, default_value = "2048")]
    pub bits: Bits,
}

/// Writes the private key to a file and prints the public one. The default `kid` is the key's thumbprint (RFC 7638).
pub fn run(context: &Context, args: &KeyArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let kid = args.kid.as_deref().map(parse::kid).transpose();
    let kid = kid.map_err(|error| CommandError::invalid_value("--kid", &error, texts))?;
    let out = &output_path(&args.out, texts)?;
    let key = generate::key(args.bits)?;
    let kid = match kid {
        Some(kid) => kid,
        None => key.thumbprint()?,
    };
    let jwk = serde_json::to_string_pretty(&key.public_jwk(&kid)?)?;
    generate::write_key(out, &key).map_err(|error| write_error(context, out, GeneratedFile::Key, &error))?;
    eprint(&texts.with("make-key-written", &file_args(out)));
    eprint(&texts.with("make-jwk-next", &Args::new().with("kid", kid)));
    if context.json {
        let jwk: Value = serde_json::from_str(&jwk)?;
        let object = json!({ "format": FORMAT, "file": out, "kid": jwk["kid"], "jwk": jwk });
        print(&format!("{object}\n"))?;
    } else {
        print(&format!("{jwk}\n"))?;
    }
    Ok(Exit::Success)
}

/// The name that stands for standard output.
pub(super) const STDOUT: &str = "-";

/// Returns the path of the file for a private key, which is never printed. `~` is the user's home.
pub(super) fn output_path(path: &Path, texts: &Texts) -> Result<PathBuf, CommandError> {
    match path == Path::new(STDOUT) {
        true => Err(CommandError::new(Exit::Usage, texts.get("make-key-stdout"), None)),
        false => Ok(own_folder(path).unwrap_or_else(|| path.to_owned())),
    }
}

/// Returns the argument `file` of a text.
pub(super) fn file_args(path: &Path) -> Args {
    Args::new().with("file", visible(&path.to_string_lossy()))
}

/// Content of a file that a command creates.
#[derive(Debug, Clone, Copy)]
pub(super) enum GeneratedFile {
    Key,
    Request,
}

/// Converts an error of creating a file. An existing file is never overwritten: that is wrong usage.
pub(super) fn write_error(context: &Context, path: &Path, content: GeneratedFile, error: &io::Error) -> CommandError {
    let texts = &context.texts;
    let args = file_args(path).with("error", io_reason(error, texts));
    let exists = match content {
        GeneratedFile::Key => "make-file-exists",
        GeneratedFile::Request => "make-request-exists",
    };
    match error.kind() {
        io::ErrorKind::AlreadyExists => CommandError::new(Exit::Usage, texts.with(exists, &args), None),
        _ => {
            let hint = texts.get("make-not-written.hint");
            CommandError::from_io(error, texts.with("make-not-written", &args), Some(hint))
        }
    }
}
