//! Answers from the settings files of other Maskinporten clients. Pure; secrets in the files are never decoded or copied
//! into an answer.
//!
//! [`file_kind`] detects what a file is; [`properties`] reads Java properties and `.env`, [`tree`] YAML and JSON;
//! [`names`] has the settings' names, [`environment`] the Maskinporten that their addresses name; [`saved`] reads what klarert
//! wrote itself.

mod answers;
mod environment;
mod file_kind;
mod imported;
mod manifest;
mod names;
mod properties;
mod reading;
mod saved;
mod scopes;
mod secret;
mod tree;
mod values;

use time::OffsetDateTime;

use super::{Profile, fields::key::Key, stale_ticks::remove_stale_ticks};
use crate::journey::FieldId;
use file_kind::FileKind;
pub use imported::{Assumption, ImportError, ImportedSettings, Place};
use reading::Reading;
use saved::SavedProfile;
pub use saved::{COMMENT, PURPOSE, SECTION};
use tree::{Fault, Malformed};

/// Parses a settings file. `environments` are the ids and issuers of all known environments.
pub fn parse(text: &str, environments: &[(String, String)]) -> Result<ImportedSettings, ImportError> {
    parse_for(text, environments, None)
}

/// Parses a settings file as [`parse`] does, for `environment` whatever the file names, if it is given.
pub fn parse_for(
    text: &str,
    environments: &[(String, String)],
    environment: Option<&str>,
) -> Result<ImportedSettings, ImportError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reading = Reading::new(environments, environment);
    let kind = match saved::in_profile(text) {
        Some(saved) => {
            let mut imported = of_profile(saved?, environment);
            imported.is_profile = true;
            return Ok(imported);
        }
        None => file_kind::detect(text),
    };
    match kind {
        FileKind::Other(other) => return Err(ImportError::Other(other)),
        FileKind::Lines => {
            let is_used = |name: &str| names::target(name).is_some();
            // A flat YAML file is read as properties are, but no name may be there twice in it.
            reading.replaces = !file_kind::is_flat_yaml(text);
            reading.lines(&properties::parts(text, is_used))?;
            saved::add_comments(text, &mut reading.saved);
        }
        FileKind::Yaml | FileKind::Json => {
            let format = if kind == FileKind::Json { "json" } else { "yaml" };
            let read = if kind == FileKind::Json {
                tree::json(text)
            } else {
                tree::yaml(text)
            };
            let settings = read.map_err(|error| match error {
                Malformed {
                    line,
                    fault: Fault::Repeated(name),
                    ..
                } => ImportError::Repeated { name, line },
                Malformed {
                    fault: Fault::NextObject,
                    ..
                } => ImportError::Other("several-objects"),
                Malformed { line, column, .. } => ImportError::Malformed { format, line, column },
            })?;
            if settings.iter().any(|setting| setting.name.ends_with("kty")) {
                return Err(ImportError::Other("key-file"));
            }
            if let Some(saved) = saved::in_export(&settings)? {
                return Ok(of_profile(saved, environment));
            }
            reading.tree(&manifest::expanded(settings))?;
            saved::add_comments(text, &mut reading.saved);
        }
    }
    let mut imported = reading.finish()?;
    Key::sort(&mut imported.answers);
    Ok(imported)
}

/// Returns a whole profile, for another environment than its own if one was chosen.
fn of_profile(saved: SavedProfile, chosen: Option<&str>) -> ImportedSettings {
    let SavedProfile {
        mut answers,
        purpose,
        ticks,
        left,
    } = saved;
    let key = Key::Field(FieldId::Environment);
    let of_file = answers
        .iter()
        .find(|(other, _)| *other == key)
        .map(|(_, id)| id.as_str());
    let mut before = Profile::new(of_file.unwrap_or_default(), OffsetDateTime::UNIX_EPOCH);
    before.progress.done = ticks;
    let mut after = before.clone();
    if let Some(id) = chosen {
        id.clone_into(&mut after.environment);
        answers.retain(|(other, _)| *other != key);
        answers.push((key, id.to_owned()));
    }
    let stale_ticks = remove_stale_ticks(&before, &mut after);
    Key::sort(&mut answers);
    ImportedSettings {
        answers,
        purpose,
        ticks: after.progress.done,
        stale_ticks,
        left,
        ..ImportedSettings::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{
        Authentication, Kind,
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
        let imported = parse(text, &environments()).unwrap();
        let mut profile = Profile::new("test", OffsetDateTime::UNIX_EPOCH);
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
            let found = parse(text, &environments()).unwrap_or_default().answers;
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
            let imported = parse(text, &environments()).unwrap();
            assert!(!format!("{imported:?}").contains("hemmelig"), "{imported:?}");
            assert_eq!(imported.ignored, ["keystore.password"]);
            let services = (Key::Field(FieldId::Services), "air".to_owned());
            assert!(imported.answers.contains(&services), "{imported:?}");
        }
        let quoted = "MASKINPORTEN_CERTIFICATE_PATH=\"C:\\certs\\\"\nMASKINPORTEN_PASSWORD=\"hemmelig\"\nKID=\"k1\"\n";
        let imported = parse(quoted, &environments()).unwrap();
        assert!(!format!("{imported:?}").contains("hemmelig"), "{imported:?}");
        assert_eq!(imported.ignored, ["MASKINPORTEN_PASSWORD"]);
        let scopes = "issuer=3f1c\nscope=toll:movement/air \\\ntoll:movement/rail\n";
        let services = (Key::Field(FieldId::Services), "air,rail".to_owned());
        assert!(parse(scopes, &environments()).unwrap().answers.contains(&services));
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
            let imported = parse(&text, &environments()).unwrap();
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
        assert_eq!(parse("nothing here\n", &environments()), Err(ImportError::Nothing));
    }

    #[test]
    fn unknown_issuer_is_reported() {
        let unknown = |issuer: &str| {
            let text = format!("MASKINPORTEN_CLIENT_ID=3f1c\nMASKINPORTEN_ISSUER={issuer}\n");
            parse(&text, &environments()).unwrap().unknown_issuer
        };
        assert_eq!(
            unknown("https://demo.example/").as_deref(),
            Some("https://demo.example/")
        );
        assert_eq!(unknown("https://maskinporten.no"), None);
        assert_eq!(unknown("<issuer>"), None);
    }
}
