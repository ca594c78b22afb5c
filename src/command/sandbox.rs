//! `klarert sandbox`: Maskinporten and Customs as a local server for other programs, until Ctrl-C.

use std::{
    io,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::json::FORMAT;
use super::{Context, Exit, command_error::CommandError, print};
use crate::{
    bounded_read,
    console::{signals, terminal, wrap_lines},
    credential,
    journey::{Demonstration, Environment},
    profile::{client_id, parse},
    sandbox::{self, Options, PORT, RegisteredKey, Sandbox, demo::Error as DemoError, public_key_file},
    text::{Args, Texts, io_reason, visible},
};

/// Longest file with a public key.
const MAX_KEY_FILE_BYTES: u64 = 1 << 20;
/// Client id for the user's own key, unless `--client-id` is given.
const DEFAULT_CLIENT_ID: &str = "7a0c5d1e-3f4b-4c2a-9d68-1b2c3d4e5f6f";

/// Arguments of `klarert sandbox`.
#[derive(Debug, clap::Args)]
pub struct SandboxArgs {
    #[arg(long, value_name = "PORT", default_value_t = PORT)]
    port: u16,
    #[arg(long, value_name = "FILE", requires = "kid")]
    register_key: Option<PathBuf>,
    #[arg(long, value_name = "NAME", requires = "register_key")]
    kid: Option<String>,
    #[arg(long, value_name = "ID", requires = "register_key", default_value = DEFAULT_CLIENT_ID)]
    client_id: String,
    #[arg(long = "scope", value_name = "SCOPE", requires = "register_key")]
    scopes: Vec<String>,
}

/// Runs the sandbox in the foreground. It always ends with [`Exit::Interrupted`].
pub fn run(context: &Context, args: &SandboxArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let options = Options {
        port: Some(args.port),
        registered: args.registered_key(texts)?.into_iter().collect(),
    };
    let folder = sandbox::folder(&context.home);
    let mut sandbox = Sandbox::start(&folder, options).map_err(|error| start_error(&error, texts))?;
    sandbox.publish_address(&folder)?;
    print(&match context.json {
        true => format!("{}\n", to_json(&sandbox)),
        false => to_text(&sandbox, texts, terminal::stdout_columns()),
    })?;
    signals::wait_for_termination()?;
    Ok(Exit::Interrupted)
}

impl SandboxArgs {
    /// Returns the user's own key and its client. `None` if no key was given.
    fn registered_key(&self, texts: &Texts) -> Result<Option<RegisteredKey>, CommandError> {
        let (Some(file), Some(kid)) = (&self.register_key, &self.kid) else {
            return Ok(None);
        };
        let invalid = |flag: &'static str| move |error| CommandError::invalid_value(flag, &error, texts);
        Ok(Some(RegisteredKey {
            client_id: client_id::parse(&self.client_id).map_err(invalid("--client-id"))?,
            kid: parse::kid(kid).map_err(invalid("--kid"))?,
            scopes: parse::scopes(&self.scopes.join(" ")).map_err(invalid("--scope"))?,
            public: read_public_key(file, texts)?,
        }))
    }
}

/// Reads the public key in a file.
fn read_public_key(file: &Path, texts: &Texts) -> Result<Vec<u8>, CommandError> {
    let unreadable = |error| CommandError::from_finding(Exit::Unreadable, &credential::unreadable(file, &error), texts);
    // Wiped after use: the file may contain the private key too.
    let (bytes, _) = bounded_read::read_file(file, MAX_KEY_FILE_BYTES).map_err(unreadable)?;
    public_key_file::public_key(&bytes).ok_or_else(|| {
        let values = Args::new().with("file", file.display().to_string());
        let message = texts.with("sandbox-key-unreadable", &values);
        CommandError::new(
            Exit::Unreadable,
            message,
            Some(texts.get("sandbox-key-unreadable.hint")),
        )
    })
}

/// Converts an error of the start, with a hint.
fn start_error(error: &sandbox::Error, texts: &Texts) -> CommandError {
    let (exit, hint) = match error {
        sandbox::Error::Demonstration(_) => (Exit::Unreadable, Some("sandbox-folder-unusable.hint")),
        sandbox::Error::Port { .. } => (Exit::Unreachable, Some("sandbox-port-unusable.hint")),
        sandbox::Error::Server(_) => (Exit::Unreachable, None),
    };
    CommandError::new(exit, error_text(error, texts), hint.map(|hint| texts.get(hint)))
}

/// Returns an error of the start as text for people.
pub fn error_text(error: &sandbox::Error, texts: &Texts) -> String {
    match error {
        sandbox::Error::Demonstration(error) => {
            let why = match error {
                DemoError::Folder { path, source } => format!("{}: {}", path.display(), io_reason(source, texts)),
                DemoError::Generate(_) => error.to_string(),
            };
            texts.with("sandbox-folder-unusable", &Args::new().with("why", why))
        }
        sandbox::Error::Port { port, source } => {
            let kind = match source.kind() {
                io::ErrorKind::AddrInUse => "taken",
                io::ErrorKind::PermissionDenied => "denied",
                _ => "other",
            };
            let values = Args::new().with("port", port.to_string()).with("kind", kind);
            texts.with("sandbox-port-unusable", &values.with("why", io_reason(source, texts)))
        }
        sandbox::Error::Server(error) => texts.with(
            "sandbox-server-failed",
            &Args::new().with("why", io_reason(error, texts)),
        ),
    }
}

/// Returns the addresses and demonstration clients for programs, as one object.
fn to_json(sandbox: &Sandbox) -> Value {
    let environment = sandbox.environment();
    let demonstration = sandbox.demonstration();
    let businesses = [&demonstration.norwegian, &demonstration.foreign].map(|business| {
        json!({
            "name": business.name,
            "organisation": business.organisation,
            "client_id": business.client_id,
            "certificate": business.certificate,
        })
    });
    let mut object = json!({
        "format": FORMAT,
        "sandbox": true,
        "issuer": environment.issuer,
        "token_endpoint": format!("{}token", environment.issuer),
        "customs": environment.customs,
        "self_service": environment.self_service,
        "password": demonstration.password,
        "norwegian": businesses[0],
        "foreign": businesses[1],
        "key": {
            "client_id": demonstration.key.client_id,
            "kid": demonstration.key.kid,
            "file": demonstration.key.file,
        },
        "administration": {
            "client_id": demonstration.administration,
            "certificate": demonstration.norwegian.certificate,
        },
    });
    if let Some(registered) = sandbox.registered().first() {
        object["registered"] = json!({
            "client_id": registered.client_id,
            "kid": registered.kid,
            "scopes": registered.scopes,
        });
    }
    object
}

/// Line of the output at the start.
enum Line {
    Prose(String),
    /// Protocol's parameter, whose name is not translated, and its value: an address, a path or an id.
    Value(&'static str, String),
}

/// Returns the addresses and demonstration clients for people. Lines of a terminal are broken between words; a value stays whole.
fn to_text(sandbox: &Sandbox, texts: &Texts, columns: Option<usize>) -> String {
    let environment = sandbox.environment();
    let demonstration = sandbox.demonstration();
    let prose = |id: &str| Line::Prose(texts.get(id));
    let gap = || Line::Prose(String::new());
    let mut lines = vec![prose("sandbox-label"), prose("sandbox-started"), gap()];
    lines.extend(address_lines(&environment, texts));
    lines.push(gap());
    lines.extend(demonstration_lines(demonstration, texts));
    if let Some(registered) = sandbox.registered().first() {
        lines.extend([gap(), prose("sandbox-registered")]);
        lines.push(row("client_id", &registered.client_id));
        lines.push(row("kid", &registered.kid));
        let scopes = registered.scopes.iter().enumerate();
        lines.extend(scopes.map(|(at, scope)| row(if at == 0 { "scope" } else { "" }, scope)));
    }
    lines.extend([gap(), prose("sandbox-stop")]);
    let lines = lines.iter().map(|line| line.to_text(columns) + "\n");
    lines.collect()
}

fn address_lines(environment: &Environment, texts: &Texts) -> Vec<Line> {
    vec![
        Line::Prose(texts.get("sandbox-addresses")),
        row("issuer", &environment.issuer),
        row("token", &format!("{}token", environment.issuer)),
        row("customs", environment.customs.as_deref().unwrap_or_default()),
        row("self_service", environment.self_service.as_deref().unwrap_or_default()),
    ]
}

fn demonstration_lines(demonstration: &Demonstration, texts: &Texts) -> Vec<Line> {
    let mut lines = Vec::new();
    for (id, business) in [
        ("sandbox-norwegian", &demonstration.norwegian),
        ("sandbox-foreign", &demonstration.foreign),
    ] {
        let values = Args::new()
            .with("name", &business.name)
            .with("organisation", &business.organisation);
        lines.push(Line::Prose(texts.with(id, &values)));
        lines.push(row("iss", &business.client_id));
        lines.push(row("x5c", &business.certificate.display().to_string()));
    }
    lines.push(Line::Prose(texts.get("sandbox-key")));
    lines.push(row("iss", &demonstration.key.client_id));
    lines.push(row("kid", &demonstration.key.kid));
    lines.push(row("key", &demonstration.key.file.display().to_string()));
    lines.push(Line::Prose(texts.get("sandbox-administration")));
    lines.push(row("iss", &demonstration.administration));
    lines.push(row("x5c", &demonstration.norwegian.certificate.display().to_string()));
    lines.push(Line::Prose(String::new()));
    let password = Args::new().with("password", &demonstration.password);
    lines.push(Line::Prose(texts.with("sandbox-password", &password)));
    lines
}

fn row(name: &'static str, value: &str) -> Line {
    Line::Value(name, visible(value))
}

impl Line {
    /// Returns the line. A value that does not fit beside its name is on a line of its own, indented if it fits then.
    fn to_text(&self, columns: Option<usize>) -> String {
        let columns = columns.unwrap_or(usize::MAX);
        match self {
            Line::Prose(text) => wrap_lines(text, columns),
            Line::Value(name, value) => {
                let line = format!("  {name:<14}{value}");
                let indented = format!("    {value}");
                match (line.width() <= columns, indented.width() <= columns) {
                    (true, _) => line,
                    (false, true) => format!("  {name}\n{indented}"),
                    (false, false) => format!("  {name}\n{value}"),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn start_output_has_everything_that_a_client_needs() {
        let folder = tempfile::tempdir().unwrap();
        let options = Options {
            registered: vec![RegisteredKey {
                client_id: "mine".to_owned(),
                kid: "my-key".to_owned(),
                public: Vec::new(),
                scopes: vec!["other:scope".to_owned()],
            }],
            ..Options::default()
        };
        let sandbox = Sandbox::start(folder.path(), options).unwrap();
        let object = to_json(&sandbox);
        let issuer = sandbox.environment().issuer;
        assert_eq!(object["token_endpoint"], format!("{issuer}token"));
        assert_eq!(object["registered"]["scopes"], json!(["other:scope"]));
        let texts = Texts::new(Language::English);
        let text = to_text(&sandbox, &texts, None);
        assert!(text.starts_with(&texts.get("sandbox-label")), "{text}");
        let demonstration = sandbox.demonstration();
        for needed in [
            &issuer,
            &demonstration.password,
            &demonstration.norwegian.client_id,
            &demonstration.norwegian.certificate.display().to_string(),
            &demonstration.foreign.certificate.display().to_string(),
            &demonstration.key.kid,
            &demonstration.administration,
            "my-key",
            "other:scope",
        ] {
            assert!(text.contains(needed), "{needed}: {text}");
        }
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for columns in [20, 60, 80] {
            let wrapped = to_text(&sandbox, &texts, Some(columns));
            assert_eq!(words(&wrapped), words(&text), "no word is broken");
            let alone = |line: &str| line.width() <= columns || !line.contains(' ');
            assert!(wrapped.lines().all(alone), "{columns}: {wrapped}");
        }
    }
}
