//! `klarert sandbox`: a Maskinporten and a Customs on this computer for other programs, until Ctrl-C.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::{Context, Exit, command_error::CommandError};
use crate::{
    credential,
    journey::{Demonstration, Environment},
    profile::{client_id, parse},
    sandbox::{self, Options, PORT, Registered, Sandbox, keys},
    text::{Args as Values, Texts},
};

/// The client that a key of one's own is put on where none is named.
const CLIENT: &str = "7a0c5d1e-3f4b-4c2a-9d68-1b2c3d4e5f6f";

/// What can be written after `klarert sandbox`. The words of `--help` are `help-sandbox` in `text/*/command.ftl`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, value_name = "PORT", default_value_t = PORT)]
    port: u16,
    #[arg(long, value_name = "FILE", requires = "kid")]
    register_key: Option<PathBuf>,
    #[arg(long, value_name = "NAME", requires = "register_key")]
    kid: Option<String>,
    #[arg(long, value_name = "ID", requires = "register_key", default_value = CLIENT)]
    client_id: String,
    #[arg(long = "scope", value_name = "SCOPE", requires = "register_key")]
    scopes: Vec<String>,
    #[arg(long)]
    json: bool,
}

/// Runs it in the foreground.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let options = Options {
        port: Some(args.port),
        registered: args.registered(texts)?.into_iter().collect(),
    };
    let folder = sandbox::folder(&context.home);
    let mut sandbox = Sandbox::start(&folder, options).map_err(|error| not_started(&error, texts))?;
    sandbox.announce(&folder)?;
    let said = match args.json {
        true => format!("{}\n", described(&sandbox)),
        false => introduced(&sandbox, texts),
    };
    let mut out = std::io::stdout().lock();
    out.write_all(said.as_bytes()).and_then(|()| out.flush())?;
    drop(out);
    wait()?;
    Ok(Exit::Interrupted)
}

impl Args {
    /// The key of one's own, on its client.
    fn registered(&self, texts: &Texts) -> Result<Option<Registered>, CommandError> {
        let (Some(file), Some(kid)) = (&self.register_key, &self.kid) else {
            return Ok(None);
        };
        let refused = |flag: &'static str| move |refusal| CommandError::refused(flag, &refusal, texts);
        Ok(Some(Registered {
            client_id: client_id::parse(&self.client_id).map_err(refused("--client-id"))?,
            kid: parse::kid(kid).map_err(refused("--kid"))?,
            scopes: parse::scopes(&self.scopes.join(" ")).map_err(refused("--scope"))?,
            public: read_key(file, texts)?,
        }))
    }
}

/// The public key in a file.
fn read_key(file: &Path, texts: &Texts) -> Result<Vec<u8>, CommandError> {
    let bytes = std::fs::read(file).map(Zeroizing::new);
    let bytes =
        bytes.map_err(|error| CommandError::found(Exit::Unreadable, &credential::unreadable(file, &error), texts))?;
    keys::public_key(&bytes).ok_or_else(|| {
        let values = Values::new().with("file", file.display().to_string());
        let what = texts.with("sandbox-key-unreadable", &values);
        CommandError::new(Exit::Unreadable, what, Some(texts.get("sandbox-key-unreadable.hint")))
    })
}

/// Why it did not start, and what to do.
fn not_started(error: &sandbox::Error, texts: &Texts) -> CommandError {
    let (exit, hint) = match error {
        sandbox::Error::Demonstration(_) => (Exit::Unreadable, Some("sandbox-folder-unusable.hint")),
        sandbox::Error::Port { .. } => (Exit::Unreachable, Some("sandbox-port-unusable.hint")),
        sandbox::Error::Server(_) => (Exit::Unreachable, None),
    };
    CommandError::new(exit, explain(error, texts), hint.map(|hint| texts.get(hint)))
}

/// Why it did not start, for a person.
pub fn explain(error: &sandbox::Error, texts: &Texts) -> String {
    match error {
        sandbox::Error::Demonstration(error) => {
            texts.with("sandbox-folder-unusable", &Values::new().with("why", error.to_string()))
        }
        sandbox::Error::Port { port, source } => {
            let kind = match source.kind() {
                io::ErrorKind::AddrInUse => "taken",
                io::ErrorKind::PermissionDenied => "denied",
                _ => "other",
            };
            let values = Values::new().with("port", port.to_string()).with("kind", kind);
            texts.with("sandbox-port-unusable", &values.with("why", source.to_string()))
        }
        sandbox::Error::Server(error) => {
            texts.with("sandbox-server-failed", &Values::new().with("why", error.to_string()))
        }
    }
}

/// For a program: everything it needs, in one line.
fn described(sandbox: &Sandbox) -> Value {
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
    let mut described = json!({
        "sandbox": true,
        "issuer": environment.issuer,
        "token_endpoint": format!("{}token", environment.issuer),
        "customs": environment.customs,
        "password": demonstration.password,
        "norwegian": businesses[0],
        "foreign": businesses[1],
        "key": {
            "client_id": demonstration.key.client_id,
            "kid": demonstration.key.kid,
            "file": demonstration.key.file,
        },
    });
    if let Some(registered) = sandbox.registered().first() {
        described["registered"] = json!({
            "client_id": registered.client_id,
            "kid": registered.kid,
            "scopes": registered.scopes,
        });
    }
    described
}

/// For a person.
fn introduced(sandbox: &Sandbox, texts: &Texts) -> String {
    let environment = sandbox.environment();
    let demonstration = sandbox.demonstration();
    let mut lines = vec![texts.get("sandbox-label"), texts.get("sandbox-started"), String::new()];
    lines.extend(addresses(&environment, texts));
    lines.push(String::new());
    lines.extend(known(demonstration, texts));
    if let Some(registered) = sandbox.registered().first() {
        lines.push(String::new());
        lines.push(texts.get("sandbox-registered"));
        lines.push(row("client_id", &registered.client_id));
        lines.push(row("kid", &registered.kid));
        lines.push(row("scope", &registered.scopes.join(" ")));
    }
    lines.push(String::new());
    lines.push(texts.get("sandbox-stop"));
    lines.join("\n") + "\n"
}

fn addresses(environment: &Environment, texts: &Texts) -> Vec<String> {
    vec![
        texts.get("sandbox-addresses"),
        row("issuer", &environment.issuer),
        row("token", &format!("{}token", environment.issuer)),
        row("customs", environment.customs.as_deref().unwrap_or_default()),
    ]
}

fn known(demonstration: &Demonstration, texts: &Texts) -> Vec<String> {
    let mut lines = Vec::new();
    for (id, business) in [
        ("sandbox-norwegian", &demonstration.norwegian),
        ("sandbox-foreign", &demonstration.foreign),
    ] {
        let values = Values::new()
            .with("name", &business.name)
            .with("organisation", &business.organisation);
        lines.push(texts.with(id, &values));
        lines.push(row("iss", &business.client_id));
        lines.push(row("x5c", &business.certificate.display().to_string()));
    }
    lines.push(texts.get("sandbox-key"));
    lines.push(row("iss", &demonstration.key.client_id));
    lines.push(row("kid", &demonstration.key.kid));
    lines.push(row("key", &demonstration.key.file.display().to_string()));
    lines.push(String::new());
    let password = Values::new().with("password", &demonstration.password);
    lines.push(texts.with("sandbox-password", &password));
    lines
}

/// A name that protocols use, and its value: not for translation.
fn row(name: &str, value: &str) -> String {
    format!("  {name:<10}{}", crate::text::visible(value))
}

/// Until Ctrl-C, or until somebody asks the process to end.
#[cfg(unix)]
fn wait() -> anyhow::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    signals.forever().next();
    Ok(())
}

/// Ctrl-C ends the process by itself.
#[cfg(not(unix))]
fn wait() -> anyhow::Result<()> {
    loop {
        std::thread::park();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn what_it_says_at_the_start_is_all_that_another_program_needs() {
        let folder = tempfile::tempdir().unwrap();
        let options = Options {
            registered: vec![Registered {
                client_id: "mine".to_owned(),
                kid: "my-key".to_owned(),
                public: Vec::new(),
                scopes: vec!["other:scope".to_owned()],
            }],
            ..Options::default()
        };
        let sandbox = Sandbox::start(folder.path(), options).unwrap();
        let described = described(&sandbox);
        let issuer = sandbox.environment().issuer;
        assert_eq!(described["token_endpoint"], format!("{issuer}token"));
        assert_eq!(described["registered"]["scopes"], json!(["other:scope"]));
        let texts = Texts::new(Language::English);
        let said = introduced(&sandbox, &texts);
        assert!(said.starts_with(&texts.get("sandbox-label")), "{said}");
        let demonstration = sandbox.demonstration();
        for needed in [
            &issuer,
            &demonstration.password,
            &demonstration.norwegian.client_id,
            &demonstration.norwegian.certificate.display().to_string(),
            &demonstration.foreign.certificate.display().to_string(),
            &demonstration.key.kid,
            "my-key",
            "other:scope",
        ] {
            assert!(said.contains(needed), "{needed}: {said}");
        }
    }
}
