//! The Maskinporten that a settings file names, by its addresses or by the name of an environment.

use url::Url;

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

/// Returns true if a value is an address, and not a name or an id.
pub fn is_address(value: &str) -> bool {
    address(value).is_some()
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
    let same_host = |issuer: &str| {
        Url::parse(issuer).is_ok_and(|issuer| {
            issuer.host_str() == url.host_str() && issuer.port_or_known_default() == url.port_or_known_default()
        })
    };
    let begins = |issuer: &str| format!("{}/", url.as_str().trim_end_matches('/')).starts_with(issuer);
    let same: Vec<_> = environments.iter().filter(|(_, issuer)| same_host(issuer)).collect();
    let exact = same.iter().find(|(_, issuer)| begins(issuer));
    let older = || OLDER_HOSTS.iter().find(|(host, _)| Some(*host) == url.host_str());
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
            assert!(is_address(value), "{value}");
        }
        for value in ["3f1c", "123456785", "", "Demo GmbH & Co. KG"] {
            assert!(!is_address(value), "{value}");
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
}
