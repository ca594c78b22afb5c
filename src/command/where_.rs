//! `klarert where`: what this program sees around it, for those who help. Values that may hold a password are cut.

use std::{env, io::IsTerminal};

use time::OffsetDateTime;
use url::Url;

use super::{Context, Exit, password::VARIABLE, print, startup::LOCALE};
use crate::{
    app::has_signs,
    diagnosis::{self, Evidence, StageFailure},
    http::{Cancel, Http, Limits},
    journey::{Environment, Rules},
    profile::{Profile, file::store::Store},
    text::{Args, visible},
};

/// The variables that steer this program or its connections.
const OURS: [&str; 2] = ["KLARERT_HOME", "NO_COLOR"];
const PROXIES: [&str; 8] = [
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];
const TRUST: [&str; 2] = ["SSL_CERT_FILE", "SSL_CERT_DIR"];
const TERMINAL: [&str; 4] = ["TERM", "COLORTERM", "TMUX", "SSH_CONNECTION"];

pub fn run(context: &Context) -> anyhow::Result<Exit> {
    let store = context.store();
    let texts = &context.texts;
    let mut lines = vec![
        format!(
            "klarert {} ({} {})",
            env!("KLARERT_VERSION"),
            env::consts::OS,
            env::consts::ARCH
        ),
        line(&texts.get("where-home"), &context.home.to_string_lossy()),
        line(&texts.get("where-profiles"), &profiles_line(&store)),
        line(&texts.get("where-config"), &config_line(context)),
        line(&texts.get("where-language"), texts.language().code()),
    ];
    lines.push(line(&texts.get("where-terminal"), &terminal_line(context)));
    lines.extend(ways(context));
    for name in OURS
        .iter()
        .chain(&LOCALE)
        .chain(&TERMINAL)
        .chain(&TRUST)
        .chain(&PROXIES)
    {
        if let Some(value) = env::var_os(name) {
            lines.push(line(name, &shown(name, &value.to_string_lossy())));
        }
    }
    // That there is one is worth knowing; what it is, is nobody's business.
    let set = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let mut passwords: Vec<String> = set.filter(|name| name.starts_with(VARIABLE)).collect();
    passwords.sort();
    lines.extend(passwords.iter().map(|name| line(name, &texts.get("where-set"))));
    print(&(lines.join("\n") + "\n"))?;
    Ok(Exit::Success)
}

fn line(name: &str, value: &str) -> String {
    format!("{name:16} {}", visible(value)).trim_end().to_owned()
}

fn profiles_line(store: &Store) -> String {
    let count = store
        .list()
        .map_or(String::from("?"), |listed| listed.len().to_string());
    format!("{} ({count})", store.profiles().to_string_lossy())
}

/// Which streams are a terminal, how large it is, and what is shown on it.
fn terminal_line(context: &Context) -> String {
    let texts = &context.texts;
    let streams = [
        ("stdin", std::io::stdin().is_terminal()),
        ("stdout", std::io::stdout().is_terminal()),
        ("stderr", std::io::stderr().is_terminal()),
    ];
    let terminals: Vec<&str> = streams.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect();
    if terminals.is_empty() {
        return texts.get("where-none");
    }
    let size = crossterm::terminal::size().map(|(columns, rows)| format!("{columns}×{rows}"));
    let parts = [
        Some(terminals.join(" ")),
        size.ok(),
        Some(texts.get(if context.color { "where-color" } else { "where-no-color" })),
        Some(texts.get(if has_signs() { "where-signs" } else { "where-no-signs" })),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How each Maskinporten would be reached: straight or by which proxy, and whether there are roots to trust. Nothing is
/// sent.
fn ways(context: &Context) -> Vec<String> {
    let texts = &context.texts;
    let config = context.config().unwrap_or_default();
    let built_in = [Rules::Test, Rules::Prod].map(Environment::of);
    let way = |environment: &Environment| {
        let opened = Http::open(
            &environment.issuer,
            environment.ca_file.as_deref(),
            &Limits::default(),
            &Cancel::default(),
        );
        let seen = match opened {
            Ok(http) => {
                let proxy = http.proxy().map(|proxy| Args::new().with("proxy", proxy));
                let way = proxy.map_or_else(
                    || texts.get("where-direct"),
                    |args| texts.with("stage-network-proxy", &args),
                );
                format!("{}, {way}", http.host())
            }
            Err(failure) => {
                let profile = Profile::new(&environment.id, OffsetDateTime::now_utc());
                let evidence = Evidence::new(&profile, environment, profile.created);
                diagnosis::classify(&evidence, &StageFailure::Transport(failure)).title(texts)
            }
        };
        line(&environment.id, &seen)
    };
    built_in.iter().chain(&config.environments).map(way).collect()
}

fn config_line(context: &Context) -> String {
    let path = context.home.join("config.toml");
    match (path.exists(), context.store().config()) {
        (_, Err(error)) => error.text(&context.texts),
        (true, Ok(_)) => path.to_string_lossy().into_owned(),
        (false, Ok(_)) => context.texts.get("where-none"),
    }
}

/// A variable's value without what only its owner should know.
fn shown(name: &str, value: &str) -> String {
    match name {
        "SSH_CONNECTION" | "TMUX" => "…".to_owned(),
        _ if PROXIES.contains(&name) && !name.eq_ignore_ascii_case("no_proxy") => proxy(value),
        _ => value.to_owned(),
    }
}

/// A proxy's address without its user and password. One that cannot be read is not shown at all.
fn proxy(value: &str) -> String {
    let whole = if value.contains("://") {
        value.to_owned()
    } else {
        format!("http://{value}")
    };
    match Url::parse(&whole) {
        Ok(url) => {
            let host = url.host_str().unwrap_or_default();
            let port = url.port().map_or(String::new(), |port| format!(":{port}"));
            format!("{}://{host}{port}", url.scheme())
        }
        Err(_) => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxys_password_is_never_shown() {
        for (value, shown) in [
            ("http://kari:hemmelig@proxy.example:3128", "http://proxy.example:3128"),
            ("kari:hemmelig@proxy.example:3128", "http://proxy.example:3128"),
            ("proxy.example:3128/?key=hemmelig", "http://proxy.example:3128"),
            ("http://kari:hemm elig@pro xy", "…"),
        ] {
            assert_eq!(proxy(value), shown);
        }
    }
}
