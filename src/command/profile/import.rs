//! `klarert import`: a profile from the settings file of another client.

use std::{
    net::Ipv4Addr,
    path::{Path, PathBuf},
};

use super::{
    edit,
    removed_answers::{environment_command, print_removed},
    save_warnings,
};
use crate::command::{Context, Exit, command_error::CommandError, environments, eprint};
use crate::{
    bounded_read, credential,
    journey::{FieldId, SANDBOX},
    profile::{
        Profile, Purpose, administration,
        fields::key::Key,
        file::store::given_path,
        import::{self, ImportError, Place},
    },
    sandbox::{self, address_file},
    text::{Args, io_reason},
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
            .with("error", io_reason(&error, texts));
        let hint = texts.get("import-unread.hint");
        CommandError::from_io(&error, texts.with("import-unread", &values), Some(hint))
    })?;
    let text = credential::decode_settings(&bytes);
    let sandbox = context.sandbox.then_some(SANDBOX);
    let imported = import::parse_for(&text, &issuers(context)?, args.environment.as_deref().or(sandbox))
        .map_err(|error| refusal(context, &file, &error))?;
    let environment = Key::Field(FieldId::Environment);
    let new = match imported.purpose {
        Purpose::Onboarding => Profile::new,
        Purpose::Administration => administration::new,
    };
    let mut profile = new(environments::default_id(context), edit::now());
    let folder = file.parent().unwrap_or(&file).to_owned();
    edit::apply(context, &mut profile, &imported.answers, &folder, |key| {
        let is_flag = key == environment && args.environment.is_some();
        format!("{}{}", if is_flag { "--" } else { "" }, key.id())
    })
    .map_err(|error| match error.downcast::<CommandError>() {
        // The command line is right, and the file is not.
        Ok(error) if args.environment.is_none() => CommandError {
            exit: Exit::Unreadable,
            ..error
        }
        .into(),
        Ok(error) => error.into(),
        Err(error) => error,
    })?;
    profile.progress.done.extend(imported.ticks);
    for (id, names) in [
        ("import-left", &imported.ignored),
        ("import-left-profile", &imported.left),
        ("import-open", &imported.open),
    ] {
        if !names.is_empty() {
            eprint(&texts.with(id, &Args::new().with("names", names.join(", "))));
        }
    }
    let over = if imported.is_profile {
        text.trim_start_matches('\u{feff}')
    } else {
        ""
    };
    let exit = edit::create_over(context, &name, &profile, over)?;
    print_removed(context, &name, (&profile, &profile), &imported.stale_ticks)?;
    for assumption in &imported.assumed {
        let command = environment_command(context, &name, &profile, "prod");
        let values = Args::new().with("what", assumption.id()).with("command", command);
        eprint(&texts.with("import-assumed", &values));
    }
    // Printed last, as it matters most: grants are sent to this address.
    if let Some(issuer) = imported.unknown_issuer {
        let values = Args::new()
            .with("issuer", issuer)
            .with("environment", &profile.environment)
            .with("command", environment_command(context, &name, &profile, "ID"));
        save_warnings::warn(context, &texts.with("import-issuer-unknown", &values));
    }
    Ok(exit)
}

/// Returns the error for a file that is not imported.
fn refusal(context: &Context, file: &Path, error: &ImportError) -> CommandError {
    let texts = &context.texts;
    let values = Args::new().with("file", file.to_string_lossy().into_owned());
    let (id, values) = match error {
        ImportError::Nothing => ("import-nothing", values),
        ImportError::Other(what) => ("import-other", values.with("what", *what)),
        ImportError::Malformed { format, line, column } => (
            "import-malformed",
            values
                .with("format", *format)
                .with("line", *line)
                .with("column", *column),
        ),
        ImportError::Contradiction {
            names,
            values: [one, other],
        } => (
            "import-contradiction",
            values
                .with("one", &names[0])
                .with("first", one)
                .with("other", &names[1])
                .with("second", other),
        ),
        ImportError::Issuer { name, value } => ("import-issuer-number", values.with("name", name).with("value", value)),
        ImportError::Repeated { name, line } => ("import-repeated", values.with("name", name).with("line", *line)),
        ImportError::Documents { lines: [one, other] } => {
            ("import-documents", values.with("one", *one).with("other", *other))
        }
        ImportError::MixedScopes { norwegian, foreign } => (
            "import-mixed-scopes",
            values.with("norwegian", norwegian).with("foreign", foreign),
        ),
        ImportError::Unread { place, host } => {
            let (place, name) = match place {
                Place::Setting(name) => ("setting", name.clone()),
                Place::Line(line) => ("line", line.to_string()),
            };
            let values = values.with("place", place).with("name", name).with("host", host);
            ("import-unclear", values)
        }
    };
    let hint = texts.with(&format!("{id}.hint"), &values);
    CommandError::new(Exit::Unreadable, texts.with(id, &values), Some(hint))
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
