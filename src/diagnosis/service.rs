//! The service that an answer in pasted text is from, by the addresses beside it. Other services use the same words.

use super::{
    codes::codes_in,
    values::{host_of_url, loopback_in, names_customs_path},
};
use crate::journey::services::CUSTOMS_PREFIX;

/// A service that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    Maskinporten,
    Portal,
    /// Customs' exchange of tokens.
    Exchange,
    /// The other APIs of Customs.
    Api,
    Other,
}

/// Parts of the addresses of the portal's API.
const PORTAL_ADDRESSES: [&str; 3] = [
    "api.samarbeid.digdir.no",
    "api.test.samarbeid.digdir.no",
    "/api/v1/clients",
];
/// Parts of the addresses of Customs' exchange and its other APIs.
const EXCHANGE_ADDRESS: &str = "/api/access/external/";
const API_HOSTS: [&str; 2] = ["api.toll.no", "api-test.toll.no"];
/// Parts of a request to an exchange of tokens, in Customs' form and in that of RFC 8693.
const EXCHANGE_PARTS: [&str; 3] = ["grant-type:token-exchange", "=token-exchange", "subject_token"];
/// Parts of hosts that answer no call: documentation, and proxies on the way.
const SILENT_HOSTS: [&str; 17] = [
    "docs",
    "learn.",
    "aka.ms",
    "rfc-editor.org",
    "ietf.org",
    "w3.org",
    "developer.",
    "github.",
    "go.dev",
    "cryptography.io",
    "spring.io",
    "nodejs.org",
    "python.org",
    "digdir.no",
    "proxy",
    "schemas.",
    "httpstatus",
];
/// Labels of the names of token services.
const TOKEN_SERVICES: [&str; 10] = [
    "auth", "login", "sso", "idp", "keycloak", "sts", "identity", "oidc", "accounts", "oauth",
];

/// Returns the service that a text names; `None` if it names none. One of ours counts before others.
pub(super) fn service_of(text: &str) -> Option<Service> {
    let uri = text.find("error_uri").map(|at| &text[at..]);
    if uri.and_then(|uri| hosts(uri).next()).is_some_and(is_other) {
        return Some(Service::Other);
    }
    let contains = |parts: &[&str]| parts.iter().any(|part| text.contains(part));
    if text.contains(EXCHANGE_ADDRESS) {
        return Some(Service::Exchange);
    }
    if contains(&PORTAL_ADDRESSES) {
        return Some(Service::Portal);
    }
    if names_customs_path(text) || contains(&API_HOSTS) {
        return Some(Service::Api);
    }
    let lower = text.to_ascii_lowercase();
    if names_maskinporten(&lower) || lower.contains(CUSTOMS_PREFIX) || !codes_in(text).is_empty() {
        return Some(Service::Maskinporten);
    }
    let names_other = hosts(text).any(is_other) || text.split_whitespace().any(is_token_service);
    match names_other {
        true => Some(Service::Other),
        false => contains(&EXCHANGE_PARTS).then_some(Service::Exchange),
    }
}

/// Longest beginning of a URL that is searched for its host, in bytes.
const MAX_URL: usize = 256;

/// Returns whether a text in lower case names Maskinporten elsewhere than in the URL of another host.
fn names_maskinporten(lower: &str) -> bool {
    lower.match_indices("maskinporten").any(|(at, _)| {
        let start = at.saturating_sub(MAX_URL);
        let first = (start..at).find(|first| lower.is_char_boundary(*first));
        let before = &lower[first.unwrap_or(at)..at];
        let is_outside = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ',');
        let word = before.rsplit(is_outside).next().unwrap_or_default();
        let path = word.split_once("://").filter(|(_, rest)| rest.contains(['/', '?']));
        !path.and_then(|(_, rest)| host_of_url(rest)).is_some_and(is_other)
    })
}

/// Returns the hosts of the URLs and of the header `Host` in a text. A quoted URL that is cut in its host has none.
fn hosts(text: &str) -> impl Iterator<Item = &str> {
    let headers = text
        .lines()
        .filter_map(|line| line.trim_start_matches('>').trim_start().strip_prefix("Host: "));
    let urls = text.match_indices("://").filter_map(|(at, _)| {
        let rest = &text[at + 3..];
        let is_quoted = text[..at].trim_end_matches(char::is_alphanumeric).ends_with('"');
        let is_cut = is_quoted && host_of_url(rest) == Some(rest.trim_end());
        (!is_cut).then_some(rest)
    });
    urls.chain(headers).filter_map(host_of_url)
}

fn is_other(host: &str) -> bool {
    let is_silent = SILENT_HOSTS.iter().any(|part| host.contains(part));
    let is_ours = host.ends_with("maskinporten.no") || host.ends_with("toll.no");
    let is_address = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    !(is_silent || is_ours || is_address) && loopback_in(host).is_none()
}

/// Returns whether a word is a host with the name of a token service: `keycloak.acme.no`.
fn is_token_service(word: &str) -> bool {
    let host = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let is_inside = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    let mut labels = host.split('.');
    let begins = |label: &str| TOKEN_SERVICES.iter().any(|name| label.starts_with(name));
    host.matches('.').count() > 1 && host.bytes().all(is_inside) && labels.next().is_some_and(begins) && is_other(host)
}

/// Returns whether an object names the path of another service than ours, as frameworks do in their answers.
pub(super) fn names_other_path(text: &str) -> bool {
    let path = text
        .split_once("\"path\"")
        .map(|(_, after)| after.trim_start_matches([':', ' ', '"']));
    path.is_some_and(|path| path.starts_with('/') && !path.starts_with("/token") && service_of(path).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_whose_answer_it_is() {
        use Service::*;
        for (text, service) in [
            ("POST https://test.maskinporten.no/token 400", Some(Maskinporten)),
            ("Expired key", None),
            ("no Maskinporten token for https://tms.acme.no/", Some(Maskinporten)),
            (
                r#"{"error_uri":"https://test.idporten.no/errors/IDP-100"}"#,
                Some(Other),
            ),
            (
                r#"{"error_uri":"https://maskinporten.no/errors/MP-100"}"#,
                Some(Maskinporten),
            ),
            ("POST https://helseid-sts.nhn.no/connect/token", Some(Other)),
            ("invalid_client keycloak.acme.no", Some(Other)),
            ("Nov 26 10:00:00 tms01.acme.no java[1]: Expired key", None),
            ("POST /token HTTP/1.1\nHost: login.acme.no\n", Some(Other)),
            (
                "https://platform.altinn.no/authentication/api/v1/exchange/maskinporten 400",
                Some(Other),
            ),
            ("Maskinporten by https://tms.acme.no/", Some(Maskinporten)),
            ("https://maskinporten.acme.no/", Some(Maskinporten)),
            ("see https://tools.ietf.org/html/rfc9110", None),
            ("http://127.0.0.1:8080/token", None),
            ("http://localhost:8080/token", None),
            ("via http://proxy.corp:8080", None),
            ("https://api.toll.no/x", Some(Api)),
            ("/api/access/external/oauth/token", Some(Exchange)),
            ("https://api.samarbeid.digdir.no/api/v1/clients", Some(Portal)),
        ] {
            assert_eq!(service_of(text), service, "{text}");
        }
        assert!(names_other_path(r#"{"status":500,"path":"/orders"}"#));
        assert!(!names_other_path(r#"{"status":500,"path":"/api/movement/road/v2"}"#));
        assert!(!names_other_path(r#"{"status":500}"#));
    }
}
