//! The value of a variable that names a proxy, in the forms that people write. Text in, proxy out.

use url::Url;
use zeroize::Zeroizing;

use crate::{
    characters::{is_invisible, is_quote},
    text::visible,
};

/// Schemes that can be used, and what each is in an address. GNOME writes `socks`; a SOCKS proxy resolves names itself.
const SCHEMES: [(&str, &str); 8] = [
    ("http", "http"),
    ("https", "https"),
    ("socks", "socks5h"),
    ("socks4", "socks4"),
    ("socks4a", "socks4a"),
    ("socks5", "socks5"),
    ("socks5h", "socks5h"),
    ("socks5a", "socks5h"),
];
const SOCKS_PORT: u16 = 1080;

/// A proxy.
#[derive(PartialEq, Eq)]
pub struct Proxy {
    /// With user and password.
    pub url: Zeroizing<String>,
    /// Host and port; for SOCKS with the scheme.
    pub shown: String,
}

impl Proxy {
    /// Returns whether the address has a user.
    pub fn has_login(&self) -> bool {
        self.url.contains('@')
    }
}

impl std::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Proxy")
            .field("shown", &self.shown)
            .finish_non_exhaustive()
    }
}

/// The reason why a value is not understood.
#[derive(Debug, PartialEq, Eq)]
pub enum Problem {
    /// The address of a script that selects a proxy.
    Pac,
    Scheme(String),
    Host,
    Port,
}

impl Problem {
    /// Returns the id by which the texts name it.
    pub fn id(&self) -> &'static str {
        match self {
            Problem::Pac => "pac",
            Problem::Scheme(_) => "scheme",
            Problem::Host => "host",
            Problem::Port => "port",
        }
    }
}

/// Removes blanks, quotes and characters without a width from both ends.
pub fn clean(value: &str) -> &str {
    value.trim_matches(|c: char| {
        c.is_whitespace() || c.is_control() || is_invisible(c) || is_quote(c) || matches!(c, ';' | ',')
    })
}

/// Parses the value of a variable. `None` for `DIRECT`.
pub fn parse(value: &str) -> Result<Option<Proxy>, Problem> {
    let value = clean(value);
    let (scheme, value) = match of_list(value) {
        Some((scheme, value)) => (Some(scheme), value),
        None => (None, value),
    };
    if value.eq_ignore_ascii_case("direct") {
        return Ok(None);
    }
    let (written, rest) = split_scheme(value);
    let written = written.or(scheme).unwrap_or_else(|| "http".to_owned());
    let known = SCHEMES.iter().find(|(known, _)| *known == written);
    let (user, rest) = match rest.rsplit_once('@') {
        Some((user, rest)) => (Some(user), rest),
        None => (None, rest),
    };
    let (authority, path) = rest.split_at(rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len()));
    if [".pac", ".dat"].iter().any(|end| path.to_lowercase().ends_with(end)) {
        return Err(Problem::Pac);
    }
    let Some((_, scheme)) = known else {
        return Err(Problem::Scheme(visible(&written)));
    };
    let (host, port) = host_and_port(authority)?;
    let socks = scheme.starts_with("socks");
    let port = port.or(socks.then_some(SOCKS_PORT));
    let shown = port.map_or(host.to_owned(), |port| format!("{host}:{port}"));
    let user = user.map(|user| Zeroizing::new(format!("{}@", encode_user(user).as_str())));
    let user = user.as_ref().map_or("", |user| user.as_str());
    let url = Zeroizing::new(format!("{scheme}://{user}{shown}"));
    if Url::parse(&url).is_err() {
        return Err(Problem::Host);
    }
    let shown = if socks { format!("{scheme}://{shown}") } else { shown };
    Ok(Some(Proxy { url, shown }))
}

/// Returns the proxy for `https` in the list of Windows' settings, `http=a:8080;https=b:8080`, or in the answer of a PAC
/// script, `PROXY a:8080; DIRECT`.
fn of_list(value: &str) -> Option<(String, &str)> {
    let entries = || value.split([';', ' ']).map(str::trim).filter(|entry| !entry.is_empty());
    let of = |name: &str| {
        let mut entries = entries().filter_map(|entry| entry.split_once('='));
        entries
            .find(|(scheme, _)| scheme.eq_ignore_ascii_case(name))
            .map(|(_, proxy)| proxy)
    };
    let names_schemes = entries()
        .next()?
        .split_once('=')
        .is_some_and(|(name, _)| name.chars().all(char::is_alphabetic));
    if names_schemes {
        let found = of("https").or_else(|| of("http")).map(|proxy| ("http", proxy));
        let found = found.or_else(|| of("socks").map(|proxy| ("socks", proxy)));
        return found.map(|(scheme, proxy)| (scheme.to_owned(), proxy));
    }
    let first = value.split(';').next().unwrap_or_default().trim();
    let (kind, proxy) = first.split_once(' ')?;
    let scheme = match kind.to_ascii_uppercase().as_str() {
        "PROXY" | "HTTP" => "http",
        "HTTPS" => "https",
        "SOCKS" | "SOCKS5" => "socks5h",
        "SOCKS4" => "socks4",
        _ => return None,
    };
    Some((scheme.to_owned(), proxy.trim()))
}

/// Separates the scheme, also where its slashes are missing or turned: `http:/host`, `http:\\host`.
fn split_scheme(value: &str) -> (Option<String>, &str) {
    let split = value.split_once(':').filter(|(scheme, rest)| {
        let letters = scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        letters && rest.starts_with(['/', '\\'])
    });
    let Some((scheme, rest)) = split else {
        return (None, value.trim_start_matches(['/', '\\']));
    };
    let rest = rest.trim_start_matches(['/', '\\']);
    match split_scheme(rest) {
        // Written twice.
        (Some(inner), rest) => (Some(inner), rest),
        (None, rest) => (Some(scheme.to_ascii_lowercase()), rest),
    }
}

fn host_and_port(authority: &str) -> Result<(&str, Option<u16>), Problem> {
    let authority = authority.trim();
    let ends = if authority.starts_with('[') {
        authority.find(']').map(|at| at + 1)
    } else {
        authority.find(':')
    };
    let (host, rest) = authority.split_at(ends.unwrap_or(authority.len()));
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let is_address = host.starts_with('[') && host.ends_with(']');
    if host.is_empty() || !(is_address || host.chars().all(is_name)) {
        return Err(Problem::Host);
    }
    match rest.strip_prefix(':').map(str::trim) {
        None => Ok((host, None)),
        Some("") => Ok((host, None)),
        Some(port) => {
            let number = port.parse().ok().filter(|port| *port > 0);
            number.map(|port| (host, Some(port))).ok_or(Problem::Port)
        }
    }
}

/// Encodes user and password as an address has them: `DOMAIN\user`, blanks, and the characters that end a part of an
/// address. What is encoded already is left.
fn encode_user(user: &str) -> Zeroizing<String> {
    let mut encoded = Zeroizing::new(String::with_capacity(user.len() * 3));
    let mut colon = false;
    for (at, byte) in user.bytes().enumerate() {
        let is_hex = |range| {
            user.as_bytes()
                .get(range)
                .is_some_and(|hex: &[u8]| hex.iter().all(u8::is_ascii_hexdigit))
        };
        let plain = match byte {
            b':' if !colon => {
                colon = true;
                true
            }
            b'%' => is_hex(at + 1..at + 3),
            byte => byte.is_ascii_alphanumeric() || b"-._~".contains(&byte),
        };
        match plain {
            true => encoded.push(char::from(byte)),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_understood_or_refused() {
        let longest = "http://proxy.example:3128";
        for (value, url, shown) in [
            (longest, longest, "proxy.example:3128"),
            ("proxy.example:3128", longest, "proxy.example:3128"),
            ("//proxy.example:3128", longest, "proxy.example:3128"),
            (" http://proxy.example:3128/ ", longest, "proxy.example:3128"),
            ("\"http://proxy.example:3128\"", longest, "proxy.example:3128"),
            ("“http://proxy.example:3128”", longest, "proxy.example:3128"),
            ("HTTP://proxy.example:3128", longest, "proxy.example:3128"),
            ("http:\\\\proxy.example:3128", longest, "proxy.example:3128"),
            ("http:/proxy.example:3128", longest, "proxy.example:3128"),
            ("http://http://proxy.example:3128", longest, "proxy.example:3128"),
            ("http://proxy.example: 3128", longest, "proxy.example:3128"),
            ("http://proxy.example:3128;", longest, "proxy.example:3128"),
            (
                "http=a:1;https=proxy.example:3128;ftp=b:2",
                longest,
                "proxy.example:3128",
            ),
            ("http=proxy.example:3128", longest, "proxy.example:3128"),
            ("PROXY proxy.example:3128; DIRECT", longest, "proxy.example:3128"),
            ("http://proxy.example", "http://proxy.example", "proxy.example"),
            (
                "https://proxy.example:3128",
                "https://proxy.example:3128",
                "proxy.example:3128",
            ),
            (
                "http://[2001:db8::1]:3128",
                "http://[2001:db8::1]:3128",
                "[2001:db8::1]:3128",
            ),
            (
                "http://kari:hemmelig@proxy.example:3128",
                "http://kari:hemmelig@proxy.example:3128",
                "proxy.example:3128",
            ),
            (
                "http://FIRMA\\kari:hemmelig@proxy.example:3128",
                "http://FIRMA%5Ckari:hemmelig@proxy.example:3128",
                "proxy.example:3128",
            ),
            (
                "kari:a b@proxy.example:3128",
                "http://kari:a%20b@proxy.example:3128",
                "proxy.example:3128",
            ),
            (
                "http://kari:p@ss#1/2@proxy.example:3128",
                "http://kari:p%40ss%231%2F2@proxy.example:3128",
                "proxy.example:3128",
            ),
            (
                "http://kari:50%25%@proxy.example:3128",
                "http://kari:50%25%25@proxy.example:3128",
                "proxy.example:3128",
            ),
            (
                "socks5://proxy.example",
                "socks5://proxy.example:1080",
                "socks5://proxy.example:1080",
            ),
            (
                "socks5h://proxy.example:9050",
                "socks5h://proxy.example:9050",
                "socks5h://proxy.example:9050",
            ),
            (
                "socks://proxy.example:9050/",
                "socks5h://proxy.example:9050",
                "socks5h://proxy.example:9050",
            ),
            (
                "SOCKS5 proxy.example:9050",
                "socks5h://proxy.example:9050",
                "socks5h://proxy.example:9050",
            ),
            (
                "socks4a://proxy.example:9050",
                "socks4a://proxy.example:9050",
                "socks4a://proxy.example:9050",
            ),
        ] {
            let proxy = parse(value).map(|proxy| proxy.map(|proxy| (proxy.url.to_string(), proxy.shown)));
            assert_eq!(proxy, Ok(Some((url.to_owned(), shown.to_owned()))), "{value}");
        }
        for (value, problem) in [
            ("http://wpad.example/proxy.pac", Problem::Pac),
            ("file:///etc/proxy.pac", Problem::Pac),
            ("ftp://proxy.example:21", Problem::Scheme("ftp".into())),
            ("socks6://proxy.example", Problem::Scheme("socks6".into())),
            ("http://", Problem::Host),
            ("http://pro xy:3128", Problem::Host),
            ("http://proxy.example:port", Problem::Port),
            ("http://proxy.example:99999", Problem::Port),
            ("http:proxy.example:3128", Problem::Port),
            ("kari:hemmelig", Problem::Port),
        ] {
            assert_eq!(parse(value), Err(problem), "{value}");
        }
        assert_eq!(parse("DIRECT"), Ok(None));
        assert!(!format!("{:?}", parse("http://kari:hemmelig@proxy.example")).contains("hemmelig"));
    }
}
