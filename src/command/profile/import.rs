//! `klarert import`: a profile from the settings file of another client.

use std::{net::Ipv4Addr, path::PathBuf};

use zeroize::Zeroizing;

use super::{edit, save_warnings};
use crate::command::{Context, Exit, command_error::CommandError, eprint};
use crate::{
    bounded_read,
    journey::FieldId,
    profile::{Profile, fields::set::Key, file::store::given_path, import},
    sandbox::{self, address_file},
    text::Args,
};

/// Longest settings file. A keystore in base64 may be in one.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// Arguments of `klarert import`.
#[derive(Debug, clap::Args)]
pub struct ImportArgs {
    #[arg(value_name = "NAME")]
    pub profile: String,
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "ID")]
    pub environment: Option<String>,
}

/// Creates a profile from the settings file of another client. Relative paths in it are relative to the file.
pub fn run(context: &Context, args: &ImportArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let name = context.parse_name(&args.profile)?;
    let file = std::path::absolute(given_path(&args.file))?;
    // The file may contain a password beside the settings: its bytes are wiped after use.
    let (bytes, _) = bounded_read::read_file(&file, MAX_FILE_BYTES).map_err(|error| {
        let values = Args::new()
            .with("file", file.to_string_lossy().into_owned())
            .with("error", error.to_string());
        let hint = texts.get("import-unread.hint");
        CommandError::new(Exit::Unreadable, texts.with("import-unread", &values), Some(hint))
    })?;
    let text = Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned());
    let mut imported = import::parse(&text, &issuers(context)?);
    if imported.answers.is_empty() {
        let values = Args::new().with("file", file.to_string_lossy().into_owned());
        let (message, hint) = (texts.with("import-nothing", &values), texts.get("import-nothing.hint"));
        return Err(CommandError::new(Exit::Unreadable, message, Some(hint)).into());
    }
    let environment = Key::Field(FieldId::Environment);
    if let Some(id) = &args.environment {
        imported.unknown_issuer = None;
        imported.answers.retain(|(key, _)| *key != environment);
        imported.answers.push((environment, id.clone()));
    }
    let mut profile = Profile::new("test", edit::now());
    let folder = file.parent().unwrap_or(&file).to_owned();
    edit::apply(context, &mut profile, &imported.answers, &folder, |key| {
        let is_flag = key == environment && args.environment.is_some();
        format!("{}{}", if is_flag { "--" } else { "" }, key.id())
    })?;
    if !imported.ignored.is_empty() {
        let names = Args::new().with("names", imported.ignored.join(", "));
        eprint(&texts.with("import-left", &names));
    }
    let exit = edit::create(context, &name, &profile)?;
    // Printed last, as it matters most: grants are sent to this address.
    if let Some(issuer) = imported.unknown_issuer {
        let values = Args::new()
            .with("issuer", issuer)
            .with("environment", &profile.environment)
            .with("name", name.as_str());
        save_warnings::warn(context, &texts.with("import-issuer-unknown", &values));
    }
    Ok(exit)
}

/// Returns the ids and issuers of all environments, so that an issuer in the file selects one.
///
/// The sandbox has two addresses: that of the one that runs, and the default.
fn issuers(context: &Context) -> anyhow::Result<Vec<(String, String)>> {
    let config = context.config()?;
    let builtin = ["test", "prod"].into_iter().filter_map(|id| config.environment(id));
    let announced = address_file::read(&sandbox::folder(&context.home));
    let addresses = announced
        .into_iter()
        .chain([(Ipv4Addr::LOCALHOST, sandbox::PORT).into()]);
    let all = builtin.chain(config.environments.iter().cloned());
    let all = all.chain(addresses.map(sandbox::environment));
    Ok(all.map(|environment| (environment.id, environment.issuer)).collect())
}
