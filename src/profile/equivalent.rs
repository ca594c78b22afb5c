//! A profile as the command that would make it: the answers as `klarert new` takes them. Pure.

use super::{
    Profile,
    answers::Key,
    given::given,
    parse::ProfileName,
    progress::{visible_fields, visible_steps},
};
/// `klarert new acme --business norwegian …`, ready for a POSIX shell.
pub fn command(name: &ProfileName, profile: &Profile) -> String {
    let mut words = vec!["klarert".to_owned(), "new".to_owned(), name.to_string()];
    for (key, value) in answers(profile) {
        words.push(format!("--{}", key.flag()));
        words.push(quoted(&value));
    }
    words.join(" ")
}

/// The answers that the profile's business is asked for and has given, in the order the wizard asks.
fn answers(profile: &Profile) -> Vec<(Key, String)> {
    let mut answers = Vec::new();
    if let Some(kind) = profile.business.kind {
        answers.push((Key::Business, kind.id().to_owned()));
    }
    let fields = visible_steps(profile)
        .into_iter()
        .flat_map(|step| visible_fields(step, profile));
    for field in fields {
        answers.extend(
            given(profile, field.id)
                .into_iter()
                .map(|value| (Key::Field(field.id), value)),
        );
    }
    answers
}

/// A word that a shell takes as it is.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | ':' | '@' | '%' | '+' | '=');
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use time::macros::datetime;

    use super::*;
    use crate::journey::FieldId;
    use crate::profile::{
        Authentication, Kind,
        answers::{Surroundings, answer},
    };

    #[test]
    fn the_answers_make_the_same_profile_again() {
        let now = datetime!(2026-11-22 17:00 UTC);
        let mut profile = Profile::new("test", now);
        profile.business.kind = Some(Kind::Norwegian);
        profile.business.name = Some("Demo's Spedisjon AS".into());
        profile.business.organisation = Some("123456785".into());
        profile.business.services = vec!["road".into(), "entry".into()];
        profile.set_scopes(&["digdir:other".to_owned()]);
        profile.client.authentication = Authentication::Key;
        profile.client.id = Some("3f1c".into());
        profile.client.kid = Some("demo-2026".into());
        profile.certificate.path = Some("/home/kari/my key.pem".into());

        let environments = ["test".to_owned()];
        let around = Surroundings {
            environments: &environments,
            folder: Path::new("/"),
            today: now.date(),
        };
        let mut again = Profile::new("test", now);
        let mut services = Vec::new();
        for (key, value) in answers(&profile) {
            if key == Key::Field(FieldId::Services) {
                services.push(value);
                answer(&mut again, key, &services.join(","), around).unwrap();
            } else {
                answer(&mut again, key, &value, around).unwrap();
            }
        }
        assert_eq!(again, profile);
        let name = ProfileName::parse("demo").unwrap();
        assert!(command(&name, &profile).contains(r"--name 'Demo'\''s Spedisjon AS' --organisation 123456785"));
    }
}
