//! The settings of other clients → answers. Pure; secrets in them are passed by, and never looked at.
//!
//! Read are the properties of Digdir's jwt-grant-generator, and `.env` files with the names that the TypeScript
//! client, pymaskinporten and `klarert export --format env` use.

use super::{Authentication, Kind, answers::Key};
use crate::journey::{FieldId, services};

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Imported {
    /// In the order the wizard asks.
    pub answers: Vec<(Key, String)>,
    /// Names of settings that are not for a profile, secrets among them. Never their values.
    pub passed_by: Vec<String>,
}

/// The names that other clients give to what a profile holds.
const NAMES: [(&str, Meaning); 20] = [
    ("issuer", Meaning::Field(FieldId::ClientId)),
    ("MASKINPORTEN_CLIENT_ID", Meaning::Field(FieldId::ClientId)),
    ("audience", Meaning::Issuer),
    ("MASKINPORTEN_ISSUER", Meaning::Issuer),
    ("MASKINPORTEN_ENV", Meaning::Field(FieldId::Environment)),
    ("scope", Meaning::Scopes),
    ("SCOPE", Meaning::Scopes),
    ("MASKINPORTEN_SCOPE", Meaning::Scopes),
    ("MASKINPORTEN_SCOPES", Meaning::Scopes),
    ("consumer_org", Meaning::Field(FieldId::ConsumerOrg)),
    ("MASKINPORTEN_CONSUMER_ORG", Meaning::Field(FieldId::ConsumerOrg)),
    ("kid", Meaning::Field(FieldId::Kid)),
    ("KID", Meaning::Field(FieldId::Kid)),
    ("MASKINPORTEN_KID", Meaning::Field(FieldId::Kid)),
    ("keystore.file", Meaning::Field(FieldId::Certificate)),
    ("MASKINPORTEN_CERTIFICATE_PATH", Meaning::Field(FieldId::Certificate)),
    ("MASKINPORTEN_KEY_PATH", Meaning::Field(FieldId::Certificate)),
    ("MASKINPORTEN_PRIVATE_KEY_PATH", Meaning::Field(FieldId::Certificate)),
    ("token.endpoint", Meaning::Known),
    ("MASKINPORTEN_TOKEN_ENDPOINT", Meaning::Known),
];

#[derive(Clone, Copy)]
enum Meaning {
    Field(FieldId),
    /// Maskinporten's address, which tells the environment.
    Issuer,
    Scopes,
    /// It follows from the rest.
    Known,
}

/// Reads a file's settings. `environments` are the ids and issuers of the environments there are.
pub fn read(text: &str, environments: &[(String, String)]) -> Imported {
    let mut found: Vec<(FieldId, String)> = Vec::new();
    let mut kind = Kind::Norwegian;
    let mut imported = Imported::default();
    for (name, value) in text.lines().filter_map(setting) {
        let Some((_, meaning)) = NAMES.iter().find(|(known, _)| *known == name) else {
            imported.passed_by.push(name.to_owned());
            continue;
        };
        match meaning {
            _ if value.is_empty() => {}
            Meaning::Known => {}
            Meaning::Field(field) => found.push((*field, value)),
            Meaning::Issuer => {
                let slashed = format!("{}/", value.trim_end_matches('/'));
                match environments.iter().find(|(_, issuer)| *issuer == slashed) {
                    Some((id, _)) => found.push((FieldId::Environment, id.clone())),
                    None => imported.passed_by.push(name.to_owned()),
                }
            }
            Meaning::Scopes => {
                let (of_services, own): (Vec<&str>, Vec<&str>) = value
                    .split_whitespace()
                    .partition(|scope| services::service_of_scope(scope).is_some());
                if of_services
                    .iter()
                    .any(|scope| services::branch_of_scope(scope) == Some(Kind::Foreign))
                {
                    kind = Kind::Foreign;
                }
                let ids = of_services
                    .iter()
                    .filter_map(|scope| Some(services::service_of_scope(scope)?.id.as_str()));
                found.push((FieldId::Services, ids.collect::<Vec<_>>().join(",")));
                found.push((FieldId::OwnScopes, own.join(" ")));
            }
        }
    }
    if found.is_empty() {
        return imported;
    }
    if found.iter().any(|(field, _)| *field == FieldId::Kid) {
        found.push((FieldId::Authentication, Authentication::Key.id().to_owned()));
    }
    imported.answers = std::iter::once((Key::Business, kind.id().to_owned()))
        .chain(found.into_iter().map(|(field, value)| match (field, kind) {
            (FieldId::ClientId, Kind::Foreign) => (Key::Field(FieldId::IssuerName), value),
            (field, _) => (Key::Field(field), value),
        }))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    imported
        .answers
        .sort_by_key(|(key, _)| Key::all().iter().position(|other| other == key));
    imported
}

/// `name=value` or `name: value`, with `export` before it and quotes around the value taken away. None for a
/// comment, an empty line, or a line of a value that goes over several, such as a key in PEM.
fn setting(line: &str) -> Option<(&str, String)> {
    let line = line.trim();
    let line = line.strip_prefix("export ").unwrap_or(line);
    if line.starts_with(['#', '!']) {
        return None;
    }
    let at = line.find(['=', ':'])?;
    let (name, value) = (line[..at].trim(), line[at + 1..].trim());
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if name.is_empty() || !name.chars().all(fits) {
        return None;
    }
    let quoted = ['\'', '"']
        .iter()
        .find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
    let value = match quoted {
        Some(inner) => inner.replace(r"'\''", "'"),
        None => unescaped(value),
    };
    Some((name, value))
}

/// A Java properties value: `\\` and `\uXXXX` (java.util.Properties, `load`). Anything else stands for itself.
fn unescaped(value: &str) -> String {
    let mut units: Vec<u16> = Vec::new();
    let mut rest = value;
    while let Some(c) = rest.chars().next() {
        let escape = rest
            .strip_prefix("\\u")
            .and_then(|hex| u16::from_str_radix(hex.get(..4)?, 16).ok());
        if let Some(unit) = escape {
            units.push(unit);
            rest = &rest[6..];
        } else {
            let skipped = if rest.starts_with("\\\\") { 2 } else { c.len_utf8() };
            units.extend(c.encode_utf16(&mut [0; 2]).iter());
            rest = &rest[skipped..];
        }
    }
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{
        Profile,
        answers::{Surroundings, answer},
    };
    use std::path::Path;

    fn environments() -> Vec<(String, String)> {
        [
            ("test", "https://test.maskinporten.no/"),
            ("prod", "https://maskinporten.no/"),
        ]
        .map(|(id, issuer)| (id.to_owned(), issuer.to_owned()))
        .to_vec()
    }

    fn profile(text: &str) -> (Profile, Vec<String>) {
        let imported = read(text, &environments());
        let mut profile = Profile::new("test", time::OffsetDateTime::UNIX_EPOCH);
        let ids = ["test", "prod"].map(str::to_owned);
        let around = Surroundings {
            environments: &ids,
            folder: Path::new("/home/kari"),
            today: time::macros::date!(2026 - 11 - 22),
        };
        for (key, value) in &imported.answers {
            answer(&mut profile, *key, value, around).unwrap_or_else(|refusal| panic!("{key:?}: {}", refusal.id));
        }
        (profile, imported.passed_by)
    }

    #[test]
    fn the_properties_of_the_grant_generator() {
        let (profile, passed_by) = profile(
            "# ours\nissuer=3f1c\naudience=https://maskinporten.no/\ntoken.endpoint=https://maskinporten.no/token\n\
             scope=toll:movement/road/v2 demo:one\nkeystore.file=C:\\\\certs\\\\\\u00e6.p12\nkeystore.password=hemmelig\n",
        );
        assert_eq!(profile.environment, "prod");
        assert_eq!(profile.business.kind, Some(Kind::Norwegian));
        assert_eq!(profile.client.id.as_deref(), Some("3f1c"));
        assert_eq!(profile.business.services, ["road"]);
        assert_eq!(profile.client.scopes, ["toll:movement/road/v2", "demo:one"]);
        let path = profile.certificate.path.unwrap();
        assert!(path.to_string_lossy().ends_with("C:\\certs\\\u{e6}.p12"), "{path:?}");
        assert_eq!(passed_by, ["keystore.password"], "named, and its value is nowhere");
    }

    #[test]
    fn variables_of_other_clients() {
        let (profile, passed_by) = profile(
            "export MASKINPORTEN_ENV=prod\nMASKINPORTEN_CLIENT_ID='3f1c'\nMASKINPORTEN_KID=\"k1\"\n\
             MASKINPORTEN_SCOPE=toll:movement/air\nMASKINPORTEN_PRIVATE_KEY=\"-----BEGIN PRIVATE KEY-----\nMIIE\n\
             -----END PRIVATE KEY-----\"\n",
        );
        assert_eq!(
            (profile.environment.as_str(), profile.client.kid.as_deref()),
            ("prod", Some("k1"))
        );
        assert_eq!(profile.client.authentication, Authentication::Key);
        assert_eq!(passed_by, ["MASKINPORTEN_PRIVATE_KEY"]);
    }

    #[test]
    fn foreign_scopes_tell_the_kind() {
        let (profile, _) = profile("issuer=Demo GmbH\nscope=toll:eu/movement/road/v2\n");
        assert_eq!(profile.business.kind, Some(Kind::Foreign));
        assert_eq!(profile.client.id.as_deref(), Some("Demo GmbH"));
        assert_eq!(read("nothing here\n", &environments()).answers, []);
    }
}
