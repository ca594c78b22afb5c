//! Command lines that are shown to be pasted: `--home`, and the `klarert new` that recreates a profile. Pure.

use std::path::Path;

use unicode_width::UnicodeWidthStr;

use super::{
    Kind, Profile,
    fields::{get::written_values, key::Key},
    parse::ProfileName,
    progress::{visible_fields, visible_steps},
};
use crate::{
    journey::FieldId,
    text::{double_quoted, shell_quoted},
};

/// Continues a command on the next line.
const CONTINUED: &str = " \\";

/// Returns the end of a shown command, ` --home DIR`: the folder that this process was started with. Empty without one.
pub fn home_option(home: Option<&Path>) -> String {
    home.map_or_else(String::new, |home| {
        format!(" --home {}", shell_quote(&home.to_string_lossy()))
    })
}

/// Returns `klarert new acme --business norwegian …`, quoted for the shells of this system, with the end of
/// [`home_option`].
pub fn command(name: &ProfileName, profile: &Profile, home: Option<&Path>) -> String {
    let mut arguments = vec!["klarert".to_owned(), "new".to_owned(), name.to_string()];
    for (key, value) in answers(profile) {
        arguments.push(format!("--{}", key.flag()));
        arguments.push(shell_quote(&value));
    }
    arguments.join(" ") + &home_option(home)
}

/// Returns the answers to the visible questions, in the order the wizard asks.
pub fn answers(profile: &Profile) -> Vec<(Key, String)> {
    let mut answers = Vec::new();
    match (profile.business.kind, profile.has_norwegian_number()) {
        // A NUF: its kind alone does not tell that it has a number.
        (Some(Kind::Foreign), Some(true)) => {
            answers.push((Key::Field(FieldId::NorwegianNumber), "yes".to_owned()));
            answers.push((Key::Field(FieldId::PortalLogin), "no".to_owned()));
        }
        (Some(kind), _) => answers.push((Key::Business, kind.id().to_owned())),
        (None, _) => {}
    }
    let fields = visible_steps(profile).flat_map(|step| visible_fields(step, profile));
    for field in fields {
        answers.extend(
            written_values(profile, field.id)
                .into_iter()
                .map(|value| (Key::Field(field.id), value)),
        );
    }
    answers
}

/// Returns a command over several lines of at most `width` columns, continued with ` \` as POSIX shells read it. `None` if an
/// argument is longer, and for several lines on Windows, whose two shells have different marks.
pub fn continued(command: &str, width: usize) -> Option<Vec<String>> {
    if command.width() <= width {
        return Some(vec![command.to_owned()]);
    }
    let mut lines: Vec<String> = Vec::new();
    for argument in arguments(command) {
        let room = width.checked_sub(argument.width() + CONTINUED.len())?;
        match lines.last_mut() {
            Some(line) if line.width() < room => {
                line.push(' ');
                line.push_str(argument);
            }
            _ => lines.push(argument.to_owned()),
        }
    }
    let last = lines.len().checked_sub(1)?;
    for line in &mut lines[..last] {
        line.push_str(CONTINUED);
    }
    (!cfg!(windows)).then_some(lines)
}

/// Splits a command that [`shell_quote`] has quoted at the spaces outside quotes.
fn arguments(command: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    command.split(move |c| {
        match c {
            _ if escaped => escaped = false,
            '\\' if !quoted => escaped = true,
            '\'' => quoted = !quoted,
            ' ' => return !quoted,
            _ => {}
        }
        false
    })
}

/// Quotes an argument for a POSIX shell, on Windows for cmd and PowerShell, unless it needs no quotes.
pub fn shell_quote(argument: &str) -> String {
    quote(argument, cfg!(windows))
}

fn quote(argument: &str, windows: bool) -> String {
    let plain = |c: char| match c {
        '\\' => windows,
        // PowerShell's arrays, and cmd's variables.
        '@' | '%' => !windows,
        _ => c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | ':' | '+' | '='),
    };
    match !argument.is_empty() && argument.chars().all(plain) {
        true => argument.to_owned(),
        false if windows => double_quoted(argument),
        false => shell_quoted(argument),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use time::macros::datetime;

    use super::*;
    use crate::profile::{
        Authentication, HAS_NUMBER,
        fields::set::{SetContext, set_answer},
    };

    /// Returns a new profile with the answers of another.
    fn recreate(profile: &Profile) -> Profile {
        let environments = ["test".to_owned()];
        let context = SetContext {
            environments: &environments,
            folder: Path::new("/"),
            today: profile.created.date(),
        };
        let mut recreated = Profile::new("test", profile.created);
        let mut services = Vec::new();
        for (key, value) in answers(profile) {
            if key == Key::Field(FieldId::Services) {
                services.push(value);
                set_answer(&mut recreated, key, &services.join(","), context).unwrap();
            } else {
                set_answer(&mut recreated, key, &value, context).unwrap();
            }
        }
        recreated
    }

    #[test]
    fn arguments_are_quoted_for_the_shells_of_the_system() {
        for (argument, posix, windows) in [
            ("123456785", "123456785", "123456785"),
            ("Demo AS", "'Demo AS'", "\"Demo AS\""),
            ("Demo's AS", r"'Demo'\''s AS'", "\"Demo's AS\""),
            (r"C:\certs\a.p12", r"'C:\certs\a.p12'", r"C:\certs\a.p12"),
            (r"C:\my certs\", r"'C:\my certs\'", r#""C:\my certs\\""#),
            ("\"Demo\" AS", "'\"Demo\" AS'", r#""""Demo"" AS""#),
            ("a@b", "a@b", "\"a@b\""),
            ("", "''", "\"\""),
        ] {
            assert_eq!(quote(argument, false), posix);
            assert_eq!(quote(argument, true), windows);
        }
    }

    #[test]
    #[cfg(unix)]
    fn command_is_continued_between_arguments_only() {
        let command = r"klarert new acme --name 'Acme'\''s long AS' --home '/srv/my files'";
        for width in 25..80 {
            let lines = continued(command, width).unwrap();
            assert!(lines.iter().all(|line| line.width() <= width), "{lines:?}");
            let joined: Vec<&str> = lines.iter().map(|line| line.trim_end_matches(CONTINUED)).collect();
            assert_eq!(joined.join(" "), command);
            assert!(lines.iter().all(|line| line.matches('\'').count() != 1), "{lines:?}");
        }
        assert_eq!(continued(command, 20), None);
    }

    #[test]
    fn command_recreates_the_same_profile() {
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
        assert_eq!(recreate(&profile), profile);
        let name = ProfileName::parse("demo").unwrap();
        let written = command(&name, &profile, None);
        let with_home = command(&name, &profile, Some(Path::new("/srv/klarert")));
        assert_eq!(
            with_home,
            format!("{written}{}", home_option(Some(Path::new("/srv/klarert"))))
        );
        let quoted = shell_quote("Demo's Spedisjon AS");
        assert!(
            written.contains(&format!("--name {quoted} --organisation 123456785")),
            "{written}"
        );

        profile.client.authentication = Authentication::Certificate;
        (profile.client.kid, profile.client.key_registered) = (None, None);
        profile.certificate.pick = Some(2);
        assert_eq!(recreate(&profile), profile, "with a picked certificate");

        let mut nuf = Profile::new("test", profile.created);
        nuf.business.kind = Some(Kind::Foreign);
        nuf.business.organisation = Some("NTRNO-123456785".into());
        nuf.progress.done.insert(HAS_NUMBER.to_owned(), nuf.created);
        assert_eq!(recreate(&nuf), nuf);
        nuf.progress.done.clear();
        assert_eq!(recreate(&nuf), nuf, "without a number");
    }
}
