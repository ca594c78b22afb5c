//! The saved profiles by number, and a name for a new one.

use super::{Lines, warning};
use crate::{
    profile::{CheckOutcome, Profile},
    text::{Args, Texts},
    wizard::{self, Model, NameInput, ProfileList},
};

pub fn list(question: &mut Lines, model: &Model, texts: &Texts, profile_list: &ProfileList) -> String {
    question.say(&texts.get("profile-list-intro"));
    let profiles = profile_list.profiles.as_deref().unwrap_or_default();
    for (at, (name, outcome)) in profiles.iter().enumerate() {
        match outcome {
            Ok(profile) => {
                question.say(&format!("{}  {name}: {}", at + 1, about(model, texts, profile)));
                if let Some(words) = wizard::expiry_warning(profile, model.now, texts) {
                    question.say(&warning(texts, &words));
                }
            }
            Err(trouble) => {
                question.say(&format!("{}  {name}", at + 1));
                question.say(&warning(texts, &trouble.text(texts)));
            }
        }
    }
    question.say(&format!("{}  {}", profiles.len() + 1, texts.get("profile-list-new")));
    texts.with(
        "plain-prompt-number-kept",
        &Args::new().with("number", profile_list.focus + 1),
    )
}

/// Whose it is, where, how far, and how the last check ended.
fn about(model: &Model, texts: &Texts, profile: &Profile) -> String {
    let mut parts = wizard::profile_summary(model, profile, texts);
    if let Some(check) = profile.last_check.as_ref().filter(|_| !profile.changed_since_check()) {
        parts.push(match check.outcome {
            CheckOutcome::Passed => texts.get("check-last-passed"),
            CheckOutcome::Failed => {
                let code = check.code.clone().unwrap_or_default();
                texts.with("check-last-failed", &Args::new().with("code", code))
            }
        });
    }
    parts.join(", ")
}

pub fn naming(question: &mut Lines, model: &Model, texts: &Texts, naming: &NameInput) -> String {
    if model.sandbox {
        question.say(&texts.get("naming-sandbox"));
    }
    question.say(&texts.get("naming-intro"));
    question.say(&texts.get("naming-label"));
    question.say(&texts.get("naming-why"));
    match naming.input.value() {
        "" => texts.get("plain-prompt-words"),
        value => texts.with("plain-prompt-words-kept", &Args::new().with("value", value)),
    }
}
