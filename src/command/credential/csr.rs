//! `klarert csr`: a key and the certificate signing request that a foreign business sends to the issuer of its eSeal.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::json;

use super::key::{GeneratedFile, STDOUT, file_args, output_path, write_error};
use crate::command::{Context, Exit, command_error::CommandError, eprint, json::FORMAT, print};
use crate::{
    credential::generate::{self, Bits, Subject},
    profile::{file::store::own_folder, organisation, parse},
    text::Args,
};

/// Longest organisation, common name, unit and serial number, in characters (RFC 5280 appendix A.1). OpenSSL refuses more.
const MAX_CHARS: usize = 64;
/// Longest state and locality, in characters (RFC 5280 appendix A.1).
const MAX_PLACE_CHARS: usize = 128;

/// Arguments of `klarert csr`.
#[derive(Debug, clap::Args)]
pub struct CsrArgs {
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

/// Writes the key, and writes or prints the request.
pub fn run(context: &Context, args: &CsrArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let subject = args.subject(context)?;
    let out = &output_path(&args.out, texts)?;
    // Without a file, the request is printed.
    let request_file = args.request.as_deref().filter(|path| *path != Path::new(STDOUT));
    let request_file = request_file.map(|path| own_folder(path).unwrap_or_else(|| path.to_owned()));
    let same_file = |path: &&PathBuf| is_same_path(path, out);
    if let Some(path) = request_file.as_ref().filter(same_file) {
        let message = texts.with("make-same-file", &file_args(path));
        return Err(CommandError::new(Exit::Usage, message, None).into());
    }
    let key = generate::key(args.bits)?;
    let request = generate::request(&key, &subject)?;
    // The request comes first: it is worthless without its key and can be deleted. A written key is never deleted.
    if let Some(path) = &request_file {
        generate::write_new(path, request.as_bytes(), false)
            .map_err(|error| write_error(context, path, GeneratedFile::Request, &error))?;
    }
    if let Err(error) = generate::write_key(out, &key) {
        if let Some(path) = &request_file {
            // Ignored: the error of the key matters, and a request that stays does no harm.
            let _ = fs::remove_file(path);
        }
        return Err(write_error(context, out, GeneratedFile::Key, &error).into());
    }
    eprint(&texts.with("make-key-written", &file_args(out)));
    if context.json {
        let object = json!({
            "format": FORMAT,
            "file": out,
            "request_file": request_file,
            "request": request,
        });
        print(&format!("{object}\n"))?;
    }
    match &request_file {
        Some(path) => eprint(&texts.with("make-csr-written", &file_args(path))),
        None => {
            eprint(&texts.with("make-csr-next", &file_args(out)));
            if !context.json {
                print(&request)?;
            }
        }
    }
    Ok(Exit::Success)
}

/// Returns whether two paths name the same file, which need not exist.
fn is_same_path(one: &Path, other: &Path) -> bool {
    let absolute = |path: &Path| -> Option<PathBuf> { std::path::absolute(path).ok() };
    one == other || absolute(one).is_some_and(|one| Some(one) == absolute(other))
}

fn too_long(context: &Context, flag: &str, most: usize) -> CommandError {
    let texts = &context.texts;
    let rule = texts.with("refused-long", &Args::new().with("most", most));
    let args = Args::new().with("flag", flag).with("rule", rule);
    CommandError::new(Exit::Usage, texts.with("command-refused", &args), None).with_id("value-invalid")
}

impl CsrArgs {
    fn subject(&self, context: &Context) -> Result<Subject, CommandError> {
        let invalid = |flag: &'static str| move |error| CommandError::invalid_value(flag, &error, &context.texts);
        let text = |flag: &'static str, value: &str, most: usize| {
            let text = parse::name(value).map_err(invalid(flag))?;
            match text.chars().count() > most {
                true => Err(too_long(context, flag, most)),
                false => Ok(text),
            }
        };
        let optional = |flag, value: &Option<String>, most| {
            let value = value.as_deref().map(|value| text(flag, value, most));
            value.transpose()
        };
        let country = match self.country.trim().to_uppercase().as_str() {
            // Names that ISO 3166 does not have: of everyday use, and of VAT numbers.
            "UK" => "GB".to_owned(),
            "EL" => "GR".to_owned(),
            country => country.to_owned(),
        };
        if country.len() != 2 || !country.bytes().all(|c| c.is_ascii_uppercase()) {
            let args = Args::new().with("written", &self.country);
            return Err(CommandError::new(
                Exit::Usage,
                context.texts.with("make-country", &args),
                None,
            ));
        }
        let organisation = self.organisation(&country, context)?;
        Ok(Subject {
            name: text("--name", &self.name, MAX_CHARS)?,
            common_name: optional("--common-name", &self.common_name, MAX_CHARS)?,
            organisation,
            country,
            state: optional("--state", &self.state, MAX_PLACE_CHARS)?,
            locality: optional("--locality", &self.locality, MAX_PLACE_CHARS)?,
            unit: optional("--unit", &self.unit, MAX_CHARS)?,
            serial_number: optional("--serial-number", &self.serial_number, MAX_CHARS)?,
        })
    }

    /// Returns the identifier. An issuer refuses one that does not fit the country, and the key would be made in vain.
    fn organisation(&self, country: &str, context: &Context) -> Result<String, CommandError> {
        let texts = &context.texts;
        let invalid = |error| CommandError::invalid_value("--organisation", &error, texts);
        let usage = |id: &str, args: &Args| {
            let hint = texts.with(&format!("{id}.hint"), args);
            CommandError::new(Exit::Usage, texts.with(id, args), Some(hint))
        };
        let args = Args::new().with("country", country);
        let identifier = match parse::organisation_identifier(&self.organisation) {
            Ok(identifier) => identifier,
            Err(error) => {
                let number = parse::organisation_number(&self.organisation).map_err(|_| invalid(error))?;
                return Err(usage("make-csr-norwegian", &args.with("number", number)));
            }
        };
        if let Some(number) = identifier.strip_prefix("NTRNO-") {
            parse::organisation_number(number).map_err(invalid)?;
        }
        match organisation::country(&identifier).filter(|own| *own != country) {
            None => {}
            Some(own) => {
                let args = args.with("own", own).with("identifier", &identifier);
                if organisation::is_national(&identifier) {
                    return Err(usage("make-csr-country", &args));
                }
                let warning = Args::new().with("what", texts.with("make-csr-other-country", &args));
                eprint(&texts.with("command-warning", &warning));
            }
        }
        Ok(identifier)
    }
}
