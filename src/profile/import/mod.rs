//! Answers from the settings files of other Maskinporten clients. Pure; secrets in the files are never decoded or copied.
//!
//! Supported are the properties of Digdir's jwt-grant-generator, and `.env` files with the names that the TypeScript
//! client, pymaskinporten and `klarert export --format env` use. `command::export::settings` gives the sources of those
//! names.

mod properties;

use super::{Authentication, Kind, fields::set::Key};
use crate::journey::{FieldId, services};
use properties::{decode_value, settings};

/// The answers found in a settings file, and the names that were ignored.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ImportedSettings {
    /// In the order the wizard asks.
    pub answers: Vec<(Key, String)>,
    /// Names of settings that a profile does not have, such as secrets. Never their values.
    pub ignored: Vec<String>,
    /// An issuer that belongs to no known environment.
    pub unknown_issuer: Option<String>,
}

/// The names of settings in other clients, and the answer that each gives.
const SETTINGS: [(&str, SettingTarget); 23] = [
    ("issuer", SettingTarget::Field(FieldId::ClientId)),
    ("MASKINPORTEN_CLIENT_ID", SettingTarget::Field(FieldId::ClientId)),
    ("audience", SettingTarget::Issuer),
    ("MASKINPORTEN_ISSUER", SettingTarget::Issuer),
    ("MASKINPORTEN_ENV", SettingTarget::Field(FieldId::Environment)),
    ("scope", SettingTarget::Scopes),
    ("SCOPE", SettingTarget::Scopes),
    ("MASKINPORTEN_SCOPE", SettingTarget::Scopes),
    ("MASKINPORTEN_SCOPES", SettingTarget::Scopes),
    ("consumer_org", SettingTarget::Field(FieldId::ConsumerOrg)),
    ("MASKINPORTEN_CONSUMER_ORG", SettingTarget::Field(FieldId::ConsumerOrg)),
    ("keystore.kid", SettingTarget::Field(FieldId::Kid)),
    ("KID", SettingTarget::Field(FieldId::Kid)),
    ("MASKINPORTEN_KID", SettingTarget::Field(FieldId::Kid)),
    ("keystore.file", SettingTarget::Field(FieldId::Certificate)),
    (
        "MASKINPORTEN_CERTIFICATE_PATH",
        SettingTarget::Field(FieldId::Certificate),
    ),
    ("MASKINPORTEN_KEY_PATH", SettingTarget::Field(FieldId::Certificate)),
    (
        "MASKINPORTEN_PRIVATE_KEY_PATH",
        SettingTarget::Field(FieldId::Certificate),
    ),
    ("token.endpoint", SettingTarget::Derived),
    ("MASKINPORTEN_TOKEN_ENDPOINT", SettingTarget::Derived),
    ("MASKINPORTEN_WELL_KNOWN_URL", SettingTarget::Derived),
    ("CUSTOMS_TOKEN_ENDPOINT", SettingTarget::Derived),
    ("CUSTOMS_API", SettingTarget::Derived),
];

/// The part of a profile that a setting answers.
#[derive(Clone, Copy)]
enum SettingTarget {
    Field(FieldId),
    /// Maskinporten's issuer, which identifies the environment.
    Issuer,
    Scopes,
    /// No answer: the value follows from the environment.
    Derived,
}

/// Parses a settings file. `environments` are the ids and issuers of all known environments.
pub fn parse(text: &str, environments: &[(String, String)]) -> ImportedSettings {
    let mut found: Vec<(FieldId, String)> = Vec::new();
    let mut kind = Kind::Norwegian;
    let mut imported = ImportedSettings::default();
    let find = |name: &str| SETTINGS.iter().find(|(known, _)| *known == name);
    for (name, raw) in settings(text, |name| find(name).is_some()) {
        let known = find(name);
        // The keystore or the key itself instead of a path.
        let Some((_, target)) = known.filter(|_| !raw.starts_with(KEYSTORE_PREFIX) && !raw.contains("-----BEGIN"))
        else {
            imported.ignored.push(name.to_owned());
            continue;
        };
        let value = decode_value(name, raw);
        match target {
            // Empty, or a placeholder: `<your client_id>`.
            _ if value.is_empty() || (value.starts_with('<') && value.ends_with('>')) => {}
            SettingTarget::Derived => {}
            SettingTarget::Field(field) => found.push((*field, value)),
            SettingTarget::Issuer => {
                let slashed = format!("{}/", value.trim_end_matches('/'));
                match environments.iter().find(|(_, issuer)| *issuer == slashed) {
                    Some((id, _)) => found.push((FieldId::Environment, id.clone())),
                    None => imported.unknown_issuer = Some(value),
                }
            }
            SettingTarget::Scopes => {
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

/// The prefix with which the grant generator takes a keystore inside the settings file.
const KEYSTORE_PREFIX: &str = "base64:";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{
        Profile,
        fields::set::{SetContext, set_answer},
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
        let imported = parse(text, &environments());
        let mut profile = Profile::new("test", time::OffsetDateTime::UNIX_EPOCH);
        let ids = ["test", "prod"].map(str::to_owned);
        let context = SetContext {
            environments: &ids,
            folder: Path::new("/home/kari"),
            today: time::macros::date!(2026 - 11 - 22),
        };
        for (key, value) in &imported.answers {
            set_answer(&mut profile, *key, value, context).unwrap_or_else(|refusal| panic!("{key:?}: {}", refusal.id));
        }
        (profile, imported.ignored)
    }

    #[test]
    fn properties_of_the_grant_generator_are_imported() {
        let (profile, ignored) = profile(
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
        assert_eq!(ignored, ["keystore.password"], "the name only, never the value");
    }

    #[test]
    fn variables_of_other_clients_are_imported() {
        let (profile, ignored) = profile(
            "export MASKINPORTEN_ENV=prod\nMASKINPORTEN_CLIENT_ID='3f1c'\nMASKINPORTEN_KID=\"k1\"\n\
             MASKINPORTEN_SCOPE=toll:movement/air\nMASKINPORTEN_PRIVATE_KEY=\"-----BEGIN PRIVATE KEY-----\nMIIE\n\
             -----END PRIVATE KEY-----\"\n",
        );
        assert_eq!(
            (profile.environment.as_str(), profile.client.kid.as_deref()),
            ("prod", Some("k1"))
        );
        assert_eq!(profile.client.authentication, Authentication::Key);
        assert_eq!(ignored, ["MASKINPORTEN_PRIVATE_KEY"]);
    }

    #[test]
    fn registered_key_of_the_grant_generator_is_imported() {
        let (profile, ignored) = profile(
            "issuer=3f1c\nscope=toll:movement/road/v2\nkeystore.type=PKCS12\nkeystore.file=/home/kari/key.p12\n\
             keystore.alias=key\nkeystore.kid=demo-2026\nresource=https://api.toll.no\nconsumer_org=<number>\n",
        );
        assert_eq!(profile.client.authentication, Authentication::Key);
        assert_eq!(profile.client.kid.as_deref(), Some("demo-2026"));
        assert_eq!(ignored, ["keystore.type", "keystore.alias", "resource"]);
    }

    #[test]
    fn value_is_decoded_by_its_file_format() {
        let certificate = |text: &str| {
            let found = parse(text, &environments()).answers;
            let file = found
                .into_iter()
                .find(|(key, _)| *key == Key::Field(FieldId::Certificate));
            file.map(|(_, value)| value)
        };
        for (written, value) in [
            // java.util.Properties, as `load` reads and `store` writes it.
            (
                r"keystore.file=C\:\\certs\\\u00f8 1\=a\#.p12",
                "C:\\certs\\\u{f8} 1=a#.p12",
            ),
            ("keystore.file : /srv/a.p12", "/srv/a.p12"),
            (
                "keystore.file = /srv/\\\n    sub/a.p12\nkeystore.kid=x",
                "/srv/sub/a.p12",
            ),
            ("keystore.file=a\\\n  b=c.p12", "ab=c.p12"),
            // Variables, in a shell's quotes and without.
            (r"MASKINPORTEN_CERTIFICATE_PATH=C:\certs\new.p12", r"C:\certs\new.p12"),
            ("MASKINPORTEN_CERTIFICATE_PATH=/srv/a.p12 # ours", "/srv/a.p12"),
            (
                r"MASKINPORTEN_CERTIFICATE_PATH='C:\certs\a b#.p12' # ours",
                r"C:\certs\a b#.p12",
            ),
            (r"MASKINPORTEN_CERTIFICATE_PATH='it'\''s $x.p12'", "it's $x.p12"),
            (
                r#"export MASKINPORTEN_CERTIFICATE_PATH="it's \$x \"a\" \b.p12""#,
                r#"it's $x "a" \b.p12"#,
            ),
            ("MASKINPORTEN_CERTIFICATE_PATH='/srv/open.p12", "/srv/open.p12"),
        ] {
            assert_eq!(certificate(written).as_deref(), Some(value), "{written}");
        }
        assert_eq!(certificate("keystore.file="), None);
    }

    #[test]
    fn backslash_at_the_end_does_not_take_the_next_setting() {
        for text in [
            "issuer=3f1c\nkeystore.file=C:\\certs\\\nkeystore.password=hemmelig\nscope=toll:movement/air\n",
            "issuer=3f1c\nkeystore.file=C:\\certs\\\r\nkeystore.password = hemmelig\r\nscope=toll:movement/air\r\n",
            "issuer=3f1c\nkeystore.file=C:\\certs\\\nkeystore.password=hemmelig\\\nscope=toll:movement/air\n",
        ] {
            let imported = parse(text, &environments());
            assert!(!format!("{imported:?}").contains("hemmelig"), "{imported:?}");
            assert_eq!(imported.ignored, ["keystore.password"]);
            let services = (Key::Field(FieldId::Services), "air".to_owned());
            assert!(imported.answers.contains(&services), "{imported:?}");
        }
        let quoted = "MASKINPORTEN_CERTIFICATE_PATH=\"C:\\certs\\\"\nMASKINPORTEN_PASSWORD=\"hemmelig\"\nKID=\"k1\"\n";
        let imported = parse(quoted, &environments());
        assert!(!format!("{imported:?}").contains("hemmelig"), "{imported:?}");
        assert_eq!(imported.ignored, ["MASKINPORTEN_PASSWORD"]);
        let scopes = "issuer=3f1c\nscope=toll:movement/air \\\ntoll:movement/rail\n";
        let services = (Key::Field(FieldId::Services), "air,rail".to_owned());
        assert!(parse(scopes, &environments()).answers.contains(&services));
    }

    #[test]
    fn no_line_of_a_key_is_reported_as_a_name() {
        let pem = "-----BEGIN PRIVATE KEY-----\nMIIEabc=\nhemmelig=\n-----END PRIVATE KEY-----";
        for text in [
            format!("PRIVATE_KEY=\"{pem}\"\nKID=k1\n"),
            format!("PRIVATE_KEY='{pem}'\nKID=k1\n"),
            format!("private_key={pem}\nKID=k1\n"),
            format!("PRIVATE_KEY=\n{pem}\nKID=k1\n"),
            "PRIVATE_KEY=\"MIIEabc=\nhemmelig=\n\"\nKID=k1\n".to_owned(),
            "keystore.file=base64:hemmelig=\nKID=k1\n".to_owned(),
            format!("MASKINPORTEN_KEY_PATH={pem}\nKID=k1\n"),
            format!("MASKINPORTEN_KEY_PATH=\"{pem}\"\nKID=k1\n"),
        ] {
            let imported = parse(&text, &environments());
            let kid = (Key::Field(FieldId::Kid), "k1".to_owned());
            assert!(imported.answers.contains(&kid), "{text}: {imported:?}");
            assert_eq!(imported.ignored.len(), 1, "{imported:?}");
            assert!(!format!("{imported:?}").contains("hemmelig"), "{imported:?}");
        }
    }

    #[test]
    fn foreign_scopes_set_the_kind_of_business() {
        let (profile, _) = profile("issuer=Demo GmbH\nscope=toll:eu/movement/road/v2\n");
        assert_eq!(profile.business.kind, Some(Kind::Foreign));
        assert_eq!(profile.client.id.as_deref(), Some("Demo GmbH"));
        assert_eq!(parse("nothing here\n", &environments()).answers, []);
    }

    #[test]
    fn unknown_issuer_is_reported() {
        let unknown = |issuer: &str| {
            let text = format!("MASKINPORTEN_CLIENT_ID=3f1c\nMASKINPORTEN_ISSUER={issuer}\n");
            parse(&text, &environments()).unknown_issuer
        };
        assert_eq!(
            unknown("https://demo.example/").as_deref(),
            Some("https://demo.example/")
        );
        assert_eq!(unknown("https://maskinporten.no"), None);
        assert_eq!(unknown("<issuer>"), None);
    }
}
