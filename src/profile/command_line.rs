//! A profile as the command that would make it: the answers as `klarert new` takes them. Pure.

use super::{
    Kind, Profile,
    fields::{get::given, set::Key},
    parse::ProfileName,
    progress::{visible_fields, visible_steps},
};
use crate::{journey::FieldId, text::shell_quoted};

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
    match (profile.business.kind, profile.has_norwegian_number()) {
        // A NUF: its kind alone would not say that it has a number.
        (Some(Kind::Foreign), Some(true)) => {
            answers.push((Key::Field(FieldId::NorwegianNumber), "yes".to_owned()));
            answers.push((Key::Field(FieldId::PortalLogin), "no".to_owned()));
        }
        (Some(kind), _) => answers.push((Key::Business, kind.id().to_owned())),
        (None, _) => {}
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
        shell_quoted(word)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use time::macros::datetime;

    use super::*;
    use crate::profile::{
        Authentication, HAS_NUMBER,
        fields::set::{SetContext, answer},
    };

    /// The profile that the answers of another make.
    fn again(profile: &Profile) -> Profile {
        let environments = ["test".to_owned()];
        let around = SetContext {
            environments: &environments,
            folder: Path::new("/"),
            today: profile.created.date(),
        };
        let mut again = Profile::new("test", profile.created);
        let mut services = Vec::new();
        for (key, value) in answers(profile) {
            if key == Key::Field(FieldId::Services) {
                services.push(value);
                answer(&mut again, key, &services.join(","), around).unwrap();
            } else {
                answer(&mut again, key, &value, around).unwrap();
            }
        }
        again
    }

    #[test]
    fn the_answers_make_the_same_profile_again() {
        let mut profile = Profile::new("test", datetime!(2026-11-22 17:00 UTC));
        profile.business.kind = Some(Kind::Norwegian);
        profile.business.name = Some("Demo's Spedisjon AS".into());
        profile.business.organisation = Some("123456785".into());
        profile.business.services = vec!["road".into(), "entry".into()];
        profile.set_scopes(&["digdir:other".to_owned()]);
        profile.client.authentication = Authentication::Key;
        profile.client.id = Some("3f1c".into());
        profile.client.kid = Some("demo-2026".into());
        profile.client.key_registered = Some(profile.created.date());
        profile.certificate.path = Some("/home/kari/my key.pem".into());
        assert_eq!(again(&profile), profile);
        let name = ProfileName::parse("demo").unwrap();
        assert!(command(&name, &profile).contains(r"--name 'Demo'\''s Spedisjon AS' --organisation 123456785"));

        profile.client.authentication = Authentication::Certificate;
        (profile.client.kid, profile.client.key_registered) = (None, None);
        profile.certificate.pick = Some(2);
        assert_eq!(again(&profile), profile, "with a certificate that was picked");

        let mut nuf = Profile::new("test", profile.created);
        nuf.business.kind = Some(Kind::Foreign);
        nuf.business.organisation = Some("NTRNO-123456785".into());
        nuf.progress.done.insert(HAS_NUMBER.to_owned(), nuf.created);
        assert_eq!(again(&nuf), nuf);
        nuf.progress.done.clear();
        assert_eq!(again(&nuf), nuf, "without a number");
    }
}
