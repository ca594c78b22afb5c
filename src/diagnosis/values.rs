//! Values in pasted text: hosts, scopes and statuses.

use std::ops::Range;

use super::{
    Received,
    part::{beginning, offset},
};
use crate::journey::{
    Environment, Rules,
    services::{CUSTOMS_PREFIX, DIGDIR_PREFIX, FOREIGN_PREFIX},
};

/// A host of Maskinporten or Customs.
#[derive(Clone)]
pub(super) struct KnownHost {
    pub name: String,
    pub environment: Environment,
    pub is_customs: bool,
}

/// Finds the first host of Maskinporten or Customs in a text.
pub(super) fn host_in(text: &str) -> Option<KnownHost> {
    let hosts = [Rules::Test, Rules::Prod].into_iter().flat_map(|rules| {
        let environment = Environment::of(rules);
        let urls = [
            (environment.issuer.clone(), false),
            (environment.customs.clone()?, true),
        ];
        let host = |(url, is_customs): (String, bool)| {
            let name = url::Url::parse(&url).ok()?.host_str()?.to_owned();
            let at = position_of_host(text, &name)?;
            let environment = environment.clone();
            Some((
                at,
                KnownHost {
                    name,
                    environment,
                    is_customs,
                },
            ))
        };
        Some(urls.map(host).into_iter().flatten().collect::<Vec<_>>())
    });
    hosts.flatten().min_by_key(|(at, _)| *at).map(|(_, host)| host)
}

/// Finds a host that is not the end of another one's name.
fn position_of_host(text: &str, name: &str) -> Option<usize> {
    let starts = text.match_indices(name).map(|(at, _)| at);
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    starts.into_iter().find(|at| !text[..*at].ends_with(inside))
}

/// Returns the host at the start of what follows `://` in a URL.
pub(super) fn host_of_url(rest: &str) -> Option<&str> {
    let authority = rest
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'' | '`' | '<' | '>' | ')' | ','));
    let host = authority.into_iter().next()?.rsplit('@').next()?;
    let host = match host.starts_with('[') {
        true => host,
        false => host.split(':').next()?,
    };
    let host = host.trim_end_matches('.');
    (!host.is_empty()).then_some(host)
}

/// Finds an address of the computer itself: `localhost`, `127.0.0.1`, `[::1]:443`.
pub(super) fn loopback_in(text: &str) -> Option<&str> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '[' | ']' | '-');
    text.split(|c| !inside(c)).find_map(loopback_host)
}

/// Returns the host of `host:port` if it is an address of the computer itself (RFC 6890, RFC 6761 §6.3).
fn loopback_host(address: &str) -> Option<&str> {
    let address = address.trim_end_matches(['.', ':']);
    if address.trim_start_matches('[').starts_with("::1") {
        let is_whole = |rest: &str| rest.is_empty() || rest.starts_with([']', ':']);
        return is_whole(address.trim_start_matches('[').strip_prefix("::1")?).then_some("::1");
    }
    let host = address.split(':').next()?;
    match url::Host::parse(host).ok()? {
        url::Host::Ipv4(ip) if ip.is_loopback() => Some(host),
        url::Host::Domain(name) if name == "localhost" => Some(host),
        _ => None,
    }
}

/// Ports of other services (IANA): files, shells, mail, directories, databases, queues and caches.
const OTHER_PORTS: [u16; 27] = [
    21, 22, 23, 25, 110, 143, 389, 445, 465, 587, 636, 993, 995, 1433, 1521, 2181, 3306, 3389, 5432, 5671, 5672, 6379,
    6380, 9042, 9092, 9200, 27017,
];

/// Returns whether a text is about a connection to the port of another service: `port 22`, `localhost:6379`, `(db.acme.no:1433)`.
pub(super) fn names_other_port(text: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '.' | '-' | '_' | '[' | ']' | ',');
    let mut words = text.split(|c| !inside(c)).filter(|word| !word.is_empty());
    let mut after_port = false;
    words.any(|word| {
        let word = word.trim_end_matches([':', '.', ',']);
        let port = if after_port { Some(word) } else { port_of_address(word) };
        after_port = word.eq_ignore_ascii_case("port");
        port.and_then(|port| port.parse().ok())
            .is_some_and(|port| OTHER_PORTS.contains(&port))
    })
}

/// Returns the port of `host:port`. A file with the number of a line, such as `Client.java:25`, has none.
fn port_of_address(word: &str) -> Option<&str> {
    const SOURCES: [&str; 14] = [
        "java", "kt", "scala", "js", "mjs", "cjs", "ts", "py", "cs", "go", "rb", "php", "rs", "cpp",
    ];
    let (host, port) = word.rsplit_once([':', ','])?;
    let host = host.rsplit(':').next().filter(|_| !host.ends_with(']')).unwrap_or(host);
    let last_label = host.rsplit('.').next().unwrap_or_default();
    let is_host = host.ends_with(']') || host.contains('.') || host.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_host && !SOURCES.contains(&last_label)).then_some(port)
}

/// Returns whether a text names a key or a certificate, by a word or by the ending of a file.
pub(super) fn names_key_file(text: &str) -> bool {
    const ENDINGS: [&str; 13] = [
        "pfx", "p12", "pem", "jks", "jwk", "der", "crt", "cer", "p7b", "key", "keys", "cert", "certs",
    ];
    const PARTS: [&str; 8] = [
        "certificate",
        "keystore",
        "privatekey",
        "cryptograph",
        "pkcs",
        "x509",
        "sertifikat",
        "nøkkel",
    ];
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.any(|word| ENDINGS.contains(&word)) || PARTS.iter().any(|part| lower.contains(part))
}

/// Returns whether a text names a path of Customs' API.
pub(super) fn names_customs_path(text: &str) -> bool {
    const PATHS: [&str; 3] = ["/api/access/external/", "/api/movement/", "/api/goodsdeclaration/"];
    PATHS.iter().any(|path| text.contains(path))
}

/// The scopes in a text, found once: it may have thousands of causes.
pub(super) struct Scopes<'a> {
    /// Those of any owner, with their places.
    all: Vec<(usize, &'a str)>,
    /// Those of Customs or Digdir.
    known: Vec<(usize, &'a str)>,
}

impl<'a> Scopes<'a> {
    pub fn new(text: &'a str) -> Scopes<'a> {
        let is_known = |word: &str| {
            let lower = word.to_ascii_lowercase();
            let has_prefix = |prefix: &str| lower.starts_with(prefix) && lower.len() > prefix.len();
            // A prefix alone names a family of scopes.
            (has_prefix(CUSTOMS_PREFIX) && !FOREIGN_PREFIX.starts_with(&lower)) || has_prefix(DIGDIR_PREFIX)
        };
        let words = words(text).filter(|word| word.contains(':'));
        let words: Vec<(usize, &str)> = words.map(|word| (offset(text, word), word)).collect();
        let of = |is_one: &dyn Fn(&str) -> bool| words.iter().filter(|(_, word)| is_one(word)).copied().collect();
        Scopes {
            all: of(&is_scope),
            known: of(&is_known),
        }
    }

    /// Returns the scope in an error: of any owner in `rest`, the range after what was recognised, else one of Customs or
    /// Digdir in its line, else one in the text.
    pub fn of_error(&self, rest: Range<usize>, line: Range<usize>) -> Option<&'a str> {
        self.first_in(&self.all, rest).or_else(|| self.known(line))
    }

    /// Returns the scope of Customs or Digdir in a line, else one in the text.
    pub fn known(&self, line: Range<usize>) -> Option<&'a str> {
        let in_text = || self.known.first().map(|(_, scope)| *scope);
        self.first_in(&self.known, line).or_else(in_text)
    }

    fn first_in(&self, scopes: &[(usize, &'a str)], range: Range<usize>) -> Option<&'a str> {
        let first = scopes.partition_point(|(at, _)| *at < range.start);
        let (_, scope) = scopes.get(first).filter(|(at, _)| *at < range.end)?;
        Some(scope)
    }
}

/// Longest rest of a sentence that is searched for scopes, in bytes.
const MAX_SENTENCE_BYTES: usize = 4000;

/// Returns the scopes in the rest of a sentence, without duplicates.
pub(super) fn scopes_in_sentence(rest: &str) -> Vec<&str> {
    let sentence = beginning(rest, MAX_SENTENCE_BYTES);
    let sentence = sentence.split(['(', '"', '{', '}', '\n']).next().unwrap_or_default();
    let mut scopes = Vec::new();
    for scope in words(sentence).filter(|word| is_scope(word)) {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    scopes
}

/// Splits a text into the words that may be scopes.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '.' | '_' | '-');
    text.split(move |c| !inside(c))
        .map(|word| word.trim_end_matches(['.', ':']))
}

/// Returns whether a word has the form `prefix:subscope` (Digdir, scopes), and is neither a URL, an address nor an id.
pub(super) fn is_scope(word: &str) -> bool {
    let Some((prefix, subscope)) = word.split_once(':') else {
        return false;
    };
    let begins_with_letter = |part: &str| part.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_id = prefix.ends_with("id") || prefix.eq_ignore_ascii_case("urn");
    begins_with_letter(prefix) && begins_with_letter(subscope) && !prefix.contains(['.', '/']) && !is_id
}

/// Returns the HTTP status of an error response, or the one in what was recognised.
pub(super) fn status_in(received: Option<&Received>, recognised: &str) -> Option<String> {
    let is_status = |word: &&str| word.len() == 3 && word.starts_with(['4', '5']);
    let mut words = recognised.split(|c: char| !c.is_ascii_digit());
    let status = received.and_then(|received| Some(received.status?.to_string()));
    status.or_else(|| words.find(is_status).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_in_finds_the_computer_itself() {
        for (text, host) in [
            (
                "dial tcp 127.0.0.1:8080: connect: connection refused",
                Some("127.0.0.1"),
            ),
            ("connect ECONNREFUSED ::1:8080", Some("::1")),
            ("http://[::1]:8080/token", Some("::1")),
            ("(Localhost:8765)", Some("Localhost")),
            ("127.8.0.1", Some("127.8.0.1")),
            ("::1a localhost.example.com 10.0.0.1 1127.0.0.1", None),
        ] {
            assert_eq!(loopback_in(text), host, "{text}");
        }
    }

    #[test]
    fn names_other_port_finds_ports_of_other_services() {
        for (text, is_other) in [
            ("ssh: connect to host 10.0.0.1 port 22: Connection timed out", true),
            (
                r#"connection to server at "localhost" (127.0.0.1), port 5432 failed"#,
                true,
            ),
            ("actively refused it. (db.acme.no:1433)", true),
            ("tcp:db.acme.no,1433", true),
            ("connecting to localhost:6379. Connection refused.", true),
            ("amqp://[::1]:5672", true),
            ("dial tcp 139.105.36.132:443: i/o timeout", false),
            ("read udp 10.1.2.3:48265->10.0.0.10:53: i/o timeout", false),
            ("proxy.example.com:8080", false),
            ("at no.acme.Client.token(Client.java:25)", false),
            ("10:00:22 connection refused", false),
            ("2026-11-26T10:00:25 line:22x port", false),
        ] {
            assert_eq!(names_other_port(text), is_other, "{text}");
        }
    }

    #[test]
    fn scope_of_any_owner_is_found_after_an_error() {
        for (rest, line, scope) in [
            (" toll:movement/road/v2.", "", Some("toll:movement/road/v2")),
            (
                ", TOLL:EU/movement/air (trace_id: 35666614aa)",
                "",
                Some("TOLL:EU/movement/air"),
            ),
            (
                " \"skatteetaten:innrapportering\"",
                "",
                Some("skatteetaten:innrapportering"),
            ),
            ("", "scope \"digdir:verksemd.eu\"", Some("digdir:verksemd.eu")),
            ("", "scope nav:x", None),
            (
                " (trace_id:abcdef0123) https://maskinporten.no localhost:80 10:00:01",
                "a toll",
                None,
            ),
        ] {
            let text = format!("{line}\n{rest}");
            let found = Scopes::new(&text).of_error(line.len()..text.len(), 0..line.len());
            assert_eq!(found, scope, "{rest} {line}");
        }
    }
}
