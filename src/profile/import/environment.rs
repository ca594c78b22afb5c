//! The Maskinporten that a settings file names, by its addresses or by the name of an environment.

use url::Url;

use crate::{
    characters::is_invisible,
    journey::{Environment, Rules},
    profile::pasted::is_mark,
};

/// Other names of the two environments. `ver1` and `ver2` are the older names of test.
const NAMES: [(&str, &str); 14] = [
    ("test", "test"),
    ("testing", "test"),
    ("tt02", "test"),
    ("ver1", "test"),
    ("ver2", "test"),
    ("ver", "test"),
    ("systest", "test"),
    ("staging", "test"),
    ("prod", "prod"),
    ("production", "prod"),
    ("produksjon", "prod"),
    ("prd", "prod"),
    ("live", "prod"),
    ("p", "prod"),
];
/// Older hosts of test.
const OLDER_HOSTS: [(&str, &str); 2] = [("ver2.maskinporten.no", "test"), ("ver1.maskinporten.no", "test")];

/// The environments that a text names by addresses.
#[derive(Debug, Default, PartialEq)]
pub struct Mentions {
    /// Their ids, each once.
    pub known: Vec<String>,
    /// The first address that belongs to none.
    pub other: Option<String>,
    /// A known host in a form that cannot be read.
    pub unreadable: Option<String>,
}

/// Returns the addresses that identify an environment: the given ones, and for test and production also those of Customs
/// and of Samarbeidsportalen.
pub fn addresses(issuers: &[(String, String)]) -> Vec<(String, String)> {
    let known = [Rules::Test, Rules::Prod].map(Environment::of);
    let known = known
        .into_iter()
        .filter(|known| issuers.iter().any(|(id, _)| *id == known.id));
    let more = known.flat_map(|known| {
        let addresses = [known.customs, Some(known.portal), known.self_service];
        addresses
            .into_iter()
            .flatten()
            .map(move |address| (known.id.clone(), address))
    });
    issuers.iter().cloned().chain(more).collect()
}

/// Finds the addresses in a text, in any quotes and brackets, with and without a scheme.
pub fn mentioned(text: &str, environments: &[(String, String)]) -> Mentions {
    let mut mentions = Mentions::default();
    // Properties have `https\://`, and JSON may have `https:\/\/`.
    let text: String = text.chars().filter(|c| *c != '\\' && !is_invisible(*c)).collect();
    for token in text.split(is_mark) {
        let lower = token.to_ascii_lowercase();
        let scheme = ["https://", "http://"]
            .iter()
            .filter_map(|scheme| lower.find(scheme))
            .min();
        let token = match scheme {
            Some(at) => &token[at..],
            // An e-mail address.
            None if token.contains('@') => continue,
            None => token.rsplit('=').next().unwrap_or_default(),
        };
        // `https:/host` and `https//host` lack a character of their scheme.
        let is_broken = scheme.is_none() && lower.starts_with("http");
        if is_broken || address(token).is_none() {
            let host = named_host(&lower, environments);
            mentions.unreadable = mentions.unreadable.or(host);
        } else if let Some(id) = of_address(token, environments) {
            if !mentions.known.contains(&id) {
                mentions.known.push(id);
            }
        } else if scheme.is_some() || address(text.trim()).is_some() {
            // Without a scheme only the whole text: `Demo & Co. KG` is no address.
            mentions.other.get_or_insert_with(|| token.to_owned());
        }
    }
    mentions
}

/// Returns the longest host of an environment in a text; `None` if there is none.
pub fn named_host(text: &str, environments: &[(String, String)]) -> Option<String> {
    let host = |address: &str| {
        let after = address.split_once("://")?.1;
        after.split(['/', ':']).next().map(str::to_owned)
    };
    let hosts = environments.iter().filter_map(|(_, address)| host(address));
    let older = OLDER_HOSTS.iter().map(|(host, _)| (*host).to_owned());
    let is_named = |host: &String| {
        let mut windows = text.as_bytes().windows(host.len().max(1));
        windows.any(|window| window.eq_ignore_ascii_case(host.as_bytes()))
    };
    let named = hosts.chain(older).filter(is_named);
    named.max_by_key(String::len)
}

/// Parses an address, which may lack its scheme: `maskinporten.no/token`.
fn address(value: &str) -> Option<Url> {
    let written = match value.contains("://") {
        true => Url::parse(value),
        false if value.contains('.') && !value.contains(char::is_whitespace) => Url::parse(&format!("https://{value}")),
        false => return None,
    };
    written
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Returns the id of the environment whose issuer has the host and port of an address. Of several, it is the one whose
/// issuer the address begins with. `None` if it belongs to none.
pub fn of_address(value: &str, environments: &[(String, String)]) -> Option<String> {
    let url = address(value)?;
    let host = url.host_str()?.trim_end_matches('.');
    // The port tells services of one's own apart. A public host is one service.
    let same_host = |issuer: &str| {
        Url::parse(issuer).is_ok_and(|issuer| {
            let same_port = issuer.port_or_known_default() == url.port_or_known_default();
            issuer.host_str() == Some(host) && (same_port || (issuer.scheme() == "https" && issuer.port().is_none()))
        })
    };
    let begins = |issuer: &str| format!("{}/", url.as_str().trim_end_matches('/')).starts_with(issuer);
    let same: Vec<_> = environments.iter().filter(|(_, issuer)| same_host(issuer)).collect();
    let exact = same.iter().find(|(_, issuer)| begins(issuer));
    let older = || OLDER_HOSTS.iter().find(|(older, _)| *older == host);
    let found = exact.or(same.first()).map(|(id, _)| id.clone());
    found.or_else(|| older().map(|(_, id)| (*id).to_owned()))
}

/// Returns the id of the environment with this name. `None` if there is none.
pub fn of_name(value: &str, environments: &[(String, String)]) -> Option<String> {
    let name = value.to_lowercase();
    let own = environments
        .iter()
        .find(|(id, _)| *id == name)
        .map(|(id, _)| id.clone());
    own.or_else(|| {
        let known = NAMES.iter().find(|(other, _)| *other == name);
        known.map(|(_, id)| (*id).to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_names_identify_the_environment() {
        let environments = [
            ("test", "https://test.maskinporten.no/"),
            ("prod", "https://maskinporten.no/"),
            ("sandbox", "http://127.0.0.1:8127/"),
        ]
        .map(|(id, issuer)| (id.to_owned(), issuer.to_owned()));
        for (value, id) in [
            ("https://maskinporten.no/", Some("prod")),
            ("https://maskinporten.no", Some("prod")),
            ("https://maskinporten.no/token", Some("prod")),
            ("HTTPS://Maskinporten.no/TOKEN", Some("prod")),
            ("https://maskinporten.no:443/token", Some("prod")),
            ("maskinporten.no", Some("prod")),
            ("maskinporten.no:443", Some("prod")),
            ("https://maskinporten.no./token", Some("prod")),
            ("http://maskinporten.no/", Some("prod")),
            (
                "https://maskinporten.no/.well-known/oauth-authorization-server",
                Some("prod"),
            ),
            ("https://test.maskinporten.no/token", Some("test")),
            ("https://ver2.maskinporten.no/", Some("test")),
            ("http://127.0.0.1:8127/token", Some("sandbox")),
            ("http://127.0.0.1:9000/token", None),
            ("https://maskinporten.no.example/", None),
            ("https://login.microsoftonline.com/", None),
        ] {
            assert_eq!(of_address(value, &environments).as_deref(), id, "{value}");
            assert!(address(value).is_some(), "{value}");
        }
        for value in ["3f1c", "123456785", "", "Demo GmbH & Co. KG"] {
            assert!(address(value).is_none(), "{value}");
            assert_eq!(mentioned(value, &environments), Mentions::default(), "{value}");
        }
        for (name, id) in [
            ("Production", Some("prod")),
            ("ver2", Some("test")),
            ("sandbox", Some("sandbox")),
            ("mars", None),
        ] {
            assert_eq!(of_name(name, &environments).as_deref(), id, "{name}");
        }
    }

    #[test]
    fn addresses_are_found_in_quotes_brackets_and_text() {
        let issuers = [
            ("test", "https://test.maskinporten.no/"),
            ("prod", "https://maskinporten.no/"),
        ]
        .map(|(id, issuer)| (id.to_owned(), issuer.to_owned()));
        let environments = addresses(&issuers);
        for text in [
            "\"https://maskinporten.no/\"",
            "‹https://maskinporten.no/›",
            "`https://maskinporten.no/token`",
            "“https://maskinporten.no”",
            "<https://maskinporten.no/>",
            "${ISSUER:https://maskinporten.no/}",
            "${ISSUER:-https://maskinporten.no/}",
            r"https\://maskinporten.no/",
            r"https:\/\/maskinporten.no\/",
            "-Dissuer=https://maskinporten.no/",
            "[https://maskinporten.no](https://maskinporten.no)",
            "//maskinporten.no/",
            "\u{200b}https://maskinporten.no/",
            "https://api.toll.no/api/access/external-systems/oauth/token",
            "api.toll.no",
            "https://sjolvbetjening.samarbeid.digdir.no",
        ] {
            let found = mentioned(text, &environments);
            assert_eq!(
                (found.known, found.unreadable),
                (vec!["prod".to_owned()], None),
                "{text}"
            );
        }
        for (text, host) in [
            ("https%3A%2F%2Fmaskinporten.no%2F", Some("maskinporten.no")),
            ("https:/maskinporten.no/", Some("maskinporten.no")),
            ("https//maskinporten.no/", Some("maskinporten.no")),
            ("issuer:test.maskinporten.no", Some("test.maskinporten.no")),
            ("support@maskinporten.no", None),
            ("https://maskinporten.no.example/", None),
            ("/var/log/maskinporten.no/a.log", None),
        ] {
            assert_eq!(mentioned(text, &environments).unreadable.as_deref(), host, "{text}");
        }
        let both = mentioned("maskinporten.no,test.maskinporten.no", &environments);
        assert_eq!(both.known, ["prod", "test"]);
    }
}
