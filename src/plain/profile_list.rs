//! The numbered list of saved profiles, and the prompt for a new profile's name.

use super::{Lines, warning};
use crate::{
    profile::summary::Summary,
    text::{Args, Texts},
    wizard::{self, Model, NameInput, ProfileList},
};

/// Adds the profiles, and last the option for a new one. Returns the prompt.
pub fn add_list(lines: &mut Lines, model: &Model, texts: &Texts, profile_list: &ProfileList) -> String {
    lines.push(&texts.get("profile-list-intro"));
    let profiles = profile_list.profiles.as_deref().unwrap_or_default();
    for (at, (name, outcome)) in profiles.iter().enumerate() {
        match outcome {
            Ok(profile) => {
                lines.push(&format!("{}  {name}: {}", at + 1, summary(model, texts, profile)));
                if let Some(text) = wizard::expiry_warning(profile.expiry, model.now, texts) {
                    lines.push(&warning(texts, &text));
                }
            }
            Err(error) => {
                lines.push(&format!("{}  {name}", at + 1));
                lines.push(&warning(texts, &error.text(texts)));
            }
        }
    }
    lines.push(&format!("{}  {}", profiles.len() + 1, texts.get("profile-list-new")));
    let name = profiles.get(profile_list.focus).map(|(name, _)| name.to_string());
    let option = name.unwrap_or_else(|| texts.get("profile-list-new"));
    let args = Args::new()
        .with("question", texts.get("plain-which-profile"))
        .with("number", profile_list.focus + 1)
        .with("option", option);
    texts.with("plain-prompt-choice-kept", &args)
}

/// Returns one line: business, environment, progress and last check.
fn summary(model: &Model, texts: &Texts, profile: &Summary) -> String {
    let mut parts = wizard::profile_summary(model, profile, texts);
    let current = profile.last_check.as_ref().filter(|check| check.is_current);
    parts.extend(wizard::last_check_text(current, texts));
    parts.join(", ")
}

/// Adds the question for a profile name and returns the prompt.
pub fn add_naming(lines: &mut Lines, model: &Model, texts: &Texts, naming: &NameInput) -> String {
    if model.sandbox {
        lines.push(&texts.get("naming-sandbox"));
    }
    lines.push(&texts.get("naming-intro"));
    lines.push(&texts.get("naming-why"));
    let args = Args::new().with("question", format!("{}.", texts.get("naming-label")));
    match naming.input.value() {
        "" => texts.with("plain-prompt-text", &args),
        value => texts.with("plain-prompt-text-kept", &args.with("value", value)),
    }
}
