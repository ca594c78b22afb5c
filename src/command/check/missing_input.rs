//! Input that a check lacked: how to give it without the wizard, or where a wrong password came from.

use super::selection::{GivenPassword, Target};
use crate::command::Context;
use crate::{
    certificate::{Finding, FindingId},
    console::{password, password_sources::variable},
    diagnosis::Diagnosis,
    profile::{Profile, fields::key::Key, progress::missing_for_check},
    text::Args,
};

impl Target {
    /// Returns how to give missing answers or a missing password without the wizard, or where a wrong password came from;
    /// `None` if nothing is missing.
    pub fn missing_input(&self, context: &Context, diagnosis: &Diagnosis) -> Option<String> {
        if diagnosis.id == "profile-incomplete" {
            let args = Args::new()
                .with("profile", &self.name)
                .with("answers", missing_answers(&self.profile).join(" "))
                .with("home", context.home_option());
            return Some(context.texts.with("targets-incomplete", &args));
        }
        self.missing_password(context, &diagnosis.findings)
    }

    /// Returns how to give a missing password, or where a wrong one came from; `None` if the findings are about something else.
    pub fn missing_password(&self, context: &Context, findings: &[Finding]) -> Option<String> {
        let has = |id: FindingId| findings.iter().any(|finding| finding.id == id);
        if has(FindingId::WrongPassword) || has(FindingId::KeyPasswordNeeded) {
            return self.password_source(context);
        }
        let password_missing = has(FindingId::PasswordNeeded);
        password_missing.then(|| {
            let args = Args::new()
                .with("profile", &self.name)
                .with("variable", variable(&self.name));
            let lacking = context.texts.with("password-lacking", &args);
            match password::mintty_hint(&context.texts) {
                Some(hint) => format!("{lacking}\n{hint}"),
                None => lacking,
            }
        })
    }

    /// Returns where a password that does not fit was given. `None` if it was typed.
    fn password_source(&self, context: &Context) -> Option<String> {
        let texts = &context.texts;
        let source = match self.given {
            Some(GivenPassword::Typed) => return None,
            Some(_) => texts.with("password-source", &Args::new().with("what", "stdin")),
            None => context.password_sources().ok()?.source(self.password_owner(), texts)?,
        };
        let args = Args::new().with("profile", &self.name).with("source", source);
        let came_from = texts.with("password-came-from", &args);
        Some(match self.given {
            Some(GivenPassword::NamedLine) => format!("{came_from} {}", texts.get("password-came-from.named")),
            _ => came_from,
        })
    }
}

/// Returns the missing answers as arguments of `klarert set`.
fn missing_answers(profile: &Profile) -> Vec<String> {
    let fields = missing_for_check(profile).into_iter();
    fields.map(|field| format!("{}=…", Key::of(field).id())).collect()
}
