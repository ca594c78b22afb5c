//! `klarert where`: the program's surroundings, for support: folders, terminal, network routes and variables.
//!
//! Values that may contain a password are shortened. The file is not named `where.rs` as `where` is a keyword.

use std::{env, io::IsTerminal};

use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::{
    Context, Exit,
    json::{FORMAT, error_object},
    password::VARIABLE,
    print,
    startup::{self, LOCALE_VARIABLES},
};
use crate::{
    console::terminal,
    diagnosis::{self, Evidence, StageFailure},
    http::{
        Cancel, Connections, Http, Limits, UnreadSetting, read_ca_file, unknown_exceptions, unread_setting,
        without_user,
    },
    journey::{Environment, Rules},
    profile::{Profile, file::store::Store},
    text::{Args, Texts, visible},
};

/// Variables that this program reads itself.
const PROGRAM_VARIABLES: [&str; 2] = ["KLARERT_HOME", "NO_COLOR"];
/// Variables that select a proxy.
const PROXY_VARIABLES: [&str; 8] = [
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];
/// Variables that select the trusted root certificates.
const TRUST_VARIABLES: [&str; 2] = ["SSL_CERT_FILE", "SSL_CERT_DIR"];
/// Variables that describe the terminal.
const TERMINAL_VARIABLES: [&str; 4] = ["TERM", "COLORTERM", "TMUX", "SSH_CONNECTION"];

/// Prints the surroundings. A broken `config.toml` is part of the output, not an error.
pub fn run(context: &Context) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let variables = variables(texts);
    if context.json {
        print(&format!("{}\n", to_json(context, &variables)))?;
        return Ok(Exit::Success);
    }
    let mut lines = vec![
        version(),
        line(&texts.get("where-home"), &context.home.to_string_lossy()),
        line(&texts.get("where-profiles"), &profiles_value(&context.store())),
        line(&texts.get("where-config"), &config_value(context)),
        line(&texts.get("where-language"), texts.language().code()),
    ];
    lines.push(line(&texts.get("where-terminal"), &terminal_value(context)));
    lines.extend(routes(context).iter().map(|(id, value)| line(id, value)));
    if startup::is_roaming(&context.home) {
        lines.push(texts.get("where-roaming"));
    }
    let unread = unread_setting().map(|setting| match setting {
        UnreadSetting::Script => texts.get("where-proxy-script"),
        UnreadSetting::PerProtocol => texts.get("where-proxy-per-protocol"),
    });
    lines.extend(unread);
    let unknown = unknown_exceptions();
    if !unknown.is_empty() {
        let args = Args::new().with("entries", unknown.join(" "));
        lines.push(texts.with("where-no-proxy-unknown", &args));
    }
    lines.extend(variables.iter().map(|(name, value)| line(name, value)));
    print(&(lines.join("\n") + "\n"))?;
    Ok(Exit::Success)
}

/// Returns the surroundings for programs. The values of variables are shortened as for people.
fn to_json(context: &Context, variables: &[(String, String)]) -> Value {
    let store = context.store();
    let config = context.home.join("config.toml");
    let config = match (config.exists(), context.config()) {
        (_, Err(error)) => json!({ "path": config, "error": error_object(&error) }),
        (exists, Ok(_)) => json!({ "path": config, "exists": exists }),
    };
    json!({
        "format": FORMAT,
        "version": env!("KLARERT_VERSION"),
        "os": env::consts::OS,
        "architecture": env::consts::ARCH,
        "home": context.home,
        "profiles": { "path": store.profiles(), "count": store.names().len() },
        "configuration": config,
        "language": context.texts.language().code(),
        "routes": routes(context).into_iter().map(|(id, value)| (id, json!(value))).collect::<Map<_, _>>(),
        "variables": variables.iter().cloned().map(|(name, value)| (name, json!(value))).collect::<Map<_, _>>(),
    })
}

fn version() -> String {
    format!(
        "klarert {} ({} {})",
        env!("KLARERT_VERSION"),
        env::consts::OS,
        env::consts::ARCH
    )
}

/// Returns the variables that are set and matter, without secrets.
fn variables(texts: &Texts) -> Vec<(String, String)> {
    let known = PROGRAM_VARIABLES
        .iter()
        .chain(&LOCALE_VARIABLES)
        .chain(&TERMINAL_VARIABLES)
        .chain(&TRUST_VARIABLES)
        .chain(&PROXY_VARIABLES)
        // On Windows the two spellings are one variable.
        .filter(|name| !cfg!(windows) || name.to_ascii_uppercase() == **name);
    let set = known.filter_map(|name| Some((*name, env::var_os(name)?)));
    let mut variables: Vec<(String, String)> = set
        .map(|(name, value)| (name.to_owned(), redacted(name, &value.to_string_lossy())))
        .collect();
    // Passwords are secret; that one is set is useful to know.
    let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let mut passwords: Vec<String> = names.filter(|name| name.starts_with(VARIABLE)).collect();
    passwords.sort_unstable();
    variables.extend(passwords.into_iter().map(|name| (name, texts.get("where-set"))));
    variables
}

fn line(name: &str, value: &str) -> String {
    format!("{name:16} {}", visible(value)).trim_end().to_owned()
}

/// Returns the profiles' folder and their number.
fn profiles_value(store: &Store) -> String {
    let count = store
        .list()
        .map_or(String::from("?"), |listed| listed.len().to_string());
    format!("{} ({count})", store.profiles().to_string_lossy())
}

/// Returns the streams that are terminals, the size, and the support for colours and symbols.
fn terminal_value(context: &Context) -> String {
    let texts = &context.texts;
    let streams = [
        ("stdin", std::io::stdin().is_terminal()),
        ("stdout", std::io::stdout().is_terminal()),
        ("stderr", std::io::stderr().is_terminal()),
    ];
    let terminals = streams.iter().filter(|(_, is_terminal)| *is_terminal);
    let terminals: Vec<&str> = terminals.map(|(name, _)| *name).collect();
    if terminals.is_empty() {
        return texts.get("where-none");
    }
    let size = crossterm::terminal::size().map(|(columns, rows)| format!("{columns}×{rows}"));
    let parts = [
        Some(terminals.join(" ")),
        size.ok(),
        Some(texts.get(if context.color { "where-color" } else { "where-no-color" })),
        Some(texts.get(if terminal::supports_unicode() {
            "where-symbols"
        } else {
            "where-no-symbols"
        })),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Returns the route to each Maskinporten: direct or by a proxy, or why TLS cannot be set up. Nothing is sent.
fn routes(context: &Context) -> Vec<(String, String)> {
    let texts = &context.texts;
    let own = context.config().map(|config| config.environments.clone());
    let built_in = [Rules::Test, Rules::Prod].map(Environment::of);
    let connections = Connections::default();
    let route = |environment: &Environment| {
        let client = Http::open(
            &connections,
            &environment.issuer,
            environment.ca_file.as_deref(),
            &Limits::default(),
            &Cancel::default(),
        );
        let value = match client {
            Ok(http) => {
                let proxy = http.proxy().map(|proxy| Args::new().with("proxy", proxy));
                let route = proxy.map_or_else(
                    || texts.get("where-direct"),
                    |args| texts.with("stage-network-proxy", &args),
                );
                format!("{}, {route}", http.host())
            }
            Err(error) => {
                let profile = Profile::new(&environment.id, OffsetDateTime::now_utc());
                let evidence = Evidence::new(&profile, environment, profile.created);
                let diagnosis = diagnosis::classify(&evidence, &StageFailure::Transport(error));
                format!("{}. {}", diagnosis.title(texts), diagnosis.cause(texts))
            }
        };
        (environment.id.clone(), value + &ca_file_note(environment, texts))
    };
    built_in.iter().chain(&own.unwrap_or_default()).map(route).collect()
}

/// Returns how many roots `ca_file` adds, and how many of its parts could not be read; empty without one, or if it failed.
fn ca_file_note(environment: &Environment, texts: &Texts) -> String {
    let roots = environment.ca_file.as_deref().and_then(|path| read_ca_file(path).ok());
    roots.map_or(String::new(), |roots| {
        let args = Args::new()
            .with("count", roots.certificates.len())
            .with("unreadable", roots.unreadable);
        format!(", {}", texts.with("where-ca-file", &args))
    })
}

/// Returns the path of `config.toml`, or its error.
fn config_value(context: &Context) -> String {
    let path = context.home.join("config.toml");
    match (path.exists(), context.config()) {
        (_, Err(error)) => error.message,
        (true, Ok(_)) => path.to_string_lossy().into_owned(),
        (false, Ok(_)) => context.texts.get("where-none"),
    }
}

/// Returns a variable's value without secrets and without the network address of the user.
fn redacted(name: &str, value: &str) -> String {
    match name {
        "SSH_CONNECTION" | "TMUX" => "…".to_owned(),
        _ if PROXY_VARIABLES.contains(&name) && !name.eq_ignore_ascii_case("no_proxy") => redacted_proxy(value),
        _ => value.to_owned(),
    }
}

/// Returns a proxy's address without user and password; `…` if it cannot be parsed.
fn redacted_proxy(value: &str) -> String {
    without_user(value).unwrap_or_else(|| "…".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redacted_proxy_hides_the_password() {
        for (value, shown) in [
            ("http://kari:hemmelig@proxy.example:3128", "http://proxy.example:3128"),
            ("kari:hemmelig@proxy.example:3128", "http://proxy.example:3128"),
            ("proxy.example:3128/?key=hemmelig", "http://proxy.example:3128"),
            ("http://kari:hemm elig@pro xy", "…"),
            ("http://kari:hem@me#lig@proxy.example:3128", "http://proxy.example:3128"),
            ("FIRMA\\kari:hemmelig@proxy.example:3128", "http://proxy.example:3128"),
            ("kari:hemmelig", "…"),
        ] {
            assert_eq!(redacted_proxy(value), shown);
        }
    }
}
