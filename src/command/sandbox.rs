//! `klarert sandbox`: a Maskinporten and a Customs on this computer for other programs, until Ctrl-C.

use std::{io::Write, path::PathBuf};

use anyhow::Context as _;
use serde_json::{Value, json};

use super::{Context, Exit};
use crate::{
    journey::{Demonstration, Environment},
    sandbox::{self, Options, Registered, Sandbox, keys, registry::Registry},
    text::{Args as Values, Texts},
};

/// Where it listens unless it is told otherwise: the same place every time, so that what is set up against it stays.
const PORT: u16 = 8765;
/// The client that a key of one's own is put on where none is named.
const CLIENT: &str = "7a0c5d1e-3f4b-4c2a-9d68-1b2c3d4e5f6f";

/// Serve a Maskinporten and a Customs for trying things out, until Ctrl-C
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The port on 127.0.0.1; 0 takes any free one
    #[arg(long, value_name = "PORT", default_value_t = PORT)]
    port: u16,
    /// Register the public key in FILE (PEM or JWK; of a private key only the public half is read)
    #[arg(long, value_name = "FILE", requires = "kid")]
    register_key: Option<PathBuf>,
    /// The name of the registered key, as grants give it
    #[arg(long, value_name = "NAME", requires = "register_key")]
    kid: Option<String>,
    /// The client to register the key on; made if the sandbox does not have it
    #[arg(long, value_name = "ID", requires = "register_key", default_value = CLIENT)]
    client_id: String,
    /// A scope for that client, granted as well; may be given several times
    #[arg(long = "scope", value_name = "SCOPE", requires = "register_key")]
    scopes: Vec<String>,
    /// Say where it listens and what it knows as one line of JSON
    #[arg(long)]
    json: bool,
}

/// Runs it in the foreground.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let registered = match (&args.register_key, &args.kid) {
        (Some(file), Some(kid)) => {
            let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
            let Some(public) = keys::public_key(&zeroize::Zeroizing::new(bytes)) else {
                let file = Values::new().with("file", file.display().to_string());
                eprintln!("{}", texts.with("sandbox-key-unreadable", &file));
                return Ok(Exit::Unreadable);
            };
            vec![Registered {
                client_id: args.client_id.clone(),
                kid: kid.clone(),
                public,
                scopes: args.scopes.clone(),
            }]
        }
        _ => Vec::new(),
    };
    let options = Options {
        port: Some(args.port),
        registered: registered.clone(),
    };
    let sandbox = match Sandbox::start(&sandbox::folder(&context.home), options) {
        Ok(sandbox) => sandbox,
        Err(error) => {
            eprintln!("{}", explain(&error, texts));
            return Ok(match error {
                sandbox::Error::Demonstration(_) => Exit::Unreadable,
                sandbox::Error::Port { .. } | sandbox::Error::Server(_) => Exit::Unreachable,
            });
        }
    };
    let said = match args.json {
        true => format!("{}\n", described(&sandbox, registered.first())),
        false => introduced(&sandbox, registered.first(), texts),
    };
    let mut out = std::io::stdout().lock();
    out.write_all(said.as_bytes()).and_then(|()| out.flush())?;
    drop(out);
    wait()?;
    Ok(Exit::Interrupted)
}

/// Why it did not start, for a person.
pub fn explain(error: &sandbox::Error, texts: &Texts) -> String {
    match error {
        sandbox::Error::Demonstration(error) => {
            texts.with("sandbox-folder-unusable", &Values::new().with("why", error.to_string()))
        }
        sandbox::Error::Port { port, source } => {
            let values = Values::new()
                .with("port", port.to_string())
                .with("why", source.to_string());
            texts.with("sandbox-port-unusable", &values)
        }
        sandbox::Error::Server(error) => {
            texts.with("sandbox-server-failed", &Values::new().with("why", error.to_string()))
        }
    }
}

/// For a program: everything it needs, in one line.
fn described(sandbox: &Sandbox, registered: Option<&Registered>) -> Value {
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
    if let Some(registered) = registered {
        described["registered"] = json!({
            "client_id": registered.client_id,
            "kid": registered.kid,
            "scopes": scopes_of(registered),
        });
    }
    described
}

/// The scopes that a registered client ends up with.
fn scopes_of(registered: &Registered) -> Vec<String> {
    let mut registry = Registry::built_in();
    registry.register(registered.clone());
    registry
        .client(&registered.client_id)
        .map(|client| client.scopes.clone())
        .unwrap_or_default()
}

/// For a person.
fn introduced(sandbox: &Sandbox, registered: Option<&Registered>, texts: &Texts) -> String {
    let environment = sandbox.environment();
    let demonstration = sandbox.demonstration();
    let mut lines = vec![texts.get("sandbox-started"), String::new()];
    lines.extend(addresses(&environment, texts));
    lines.push(String::new());
    lines.extend(known(demonstration, texts));
    if let Some(registered) = registered {
        lines.push(String::new());
        lines.push(texts.get("sandbox-registered"));
        lines.push(row("client_id", &registered.client_id));
        lines.push(row("kid", &registered.kid));
        lines.push(row("scope", &scopes_of(registered).join(" ")));
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
