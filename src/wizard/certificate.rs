//! The certificate: its path, its completion, its reading, and the asking for its password.

use std::path::{Path, PathBuf};

use tui_input::Input;

use super::{
    message::Effect,
    model::{Entry, Folders, Model, Onboarding, Overlay, Reading},
    rows::{Row, focused},
};
use crate::{
    certificate::{Expectation, FindingId},
    journey::{FieldId, demonstration::Demonstration},
    profile::{Authentication, Profile, parse},
};

/// A typed path made whole: `~` is the user's own folder, a relative path starts where the program was started.
pub(super) fn absolute(typed: &str, folders: &Folders) -> PathBuf {
    let rest_of_home = typed.strip_prefix("~/").or(if typed == "~" { Some("") } else { None });
    match (rest_of_home, &folders.own) {
        (Some(rest), Some(own)) => own.join(rest),
        _ => folders.working.join(typed),
    }
}

/// Has the files read. `ask`: the password is asked for if it takes one; `then_check`: the check starts after it.
pub(super) fn read(model: &mut Model, then_check: bool, ask: bool) -> Vec<Effect> {
    start(model, then_check, ask, false)
}

fn start(model: &mut Model, then_check: bool, ask: bool, with_password: bool) -> Vec<Effect> {
    let attempt = model.next_attempt();
    let now = model.now;
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let expected = Expectation::of(&onboarding.profile, model.rules(&onboarding.profile), now);
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    onboarding.reading = Reading::Underway {
        attempt,
        then_check,
        ask,
    };
    vec![Effect::Read {
        attempt,
        files: onboarding.profile.certificate.clone(),
        expected,
        with_password,
    }]
}

/// The check starts when the reading that is under way has succeeded: a second one would ask for the password again.
pub(super) fn then_check(model: &mut Model) -> Vec<Effect> {
    if let Some(Reading::Underway { then_check, ask, .. }) =
        model.onboarding_mut().map(|onboarding| &mut onboarding.reading)
    {
        (*then_check, *ask) = (true, true);
    }
    Vec::new()
}

/// Whether the files were read as far as one can without their password.
pub(super) fn wants_password(model: &Model) -> bool {
    model
        .onboarding()
        .and_then(Onboarding::examined)
        .is_some_and(|examined| {
            let locked = [FindingId::PasswordNeeded, FindingId::WrongPassword];
            examined.findings.iter().any(|finding| locked.contains(&finding.id))
        })
}

/// Asks for the password.
pub(super) fn unlock(model: &mut Model) -> Vec<Effect> {
    if wants_password(model) {
        model.overlay = Some(Overlay::Password {
            then_check: false,
            again: false,
        });
    }
    Vec::new()
}

/// The password has been typed: `app` has it, and sends it along.
pub(super) fn password_typed(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Password { then_check, .. }) = model.overlay else {
        return Vec::new();
    };
    model.overlay = None;
    start(model, then_check, true, true)
}

/// Tab in a path.
pub(super) fn complete(model: &mut Model) -> Vec<Effect> {
    let Some(Row::Text(field)) = focused(model) else {
        return Vec::new();
    };
    let attempt = model.next_attempt();
    let folders = model.folders.clone();
    let Some(entry) = model.onboarding().and_then(|onboarding| onboarding.entries.get(&field)) else {
        return Vec::new();
    };
    let typed = parse::path(entry.input.value()).unwrap_or_default();
    // `join` would take away the slash that says the folder is meant, not the file of that name.
    let mut typed_whole = absolute(&typed, &folders).display().to_string();
    if typed.is_empty() || typed == "~" {
        typed_whole.push('/');
    }
    vec![Effect::Complete {
        attempt,
        typed: typed_whole,
    }]
}

/// What a path could be completed to: as far as all agree it is filled in, and the rest is shown.
pub(super) fn completed(model: &mut Model, attempt: u64, candidates: Vec<String>) -> Vec<Effect> {
    if attempt != model.attempt {
        return Vec::new();
    }
    let Some(Row::Text(field)) = focused(model) else {
        return Vec::new();
    };
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    if let Some(common) = common_prefix(&candidates) {
        onboarding.entries.insert(
            field,
            Entry {
                input: Input::new(common),
                refusal: None,
                touched: true,
            },
        );
    }
    onboarding.candidates = if candidates.len() > 1 { candidates } else { Vec::new() };
    Vec::new()
}

fn common_prefix(candidates: &[String]) -> Option<String> {
    let (first, rest) = candidates.split_first()?;
    let shared = rest.iter().fold(first.chars().count(), |shared, other| {
        first
            .chars()
            .zip(other.chars())
            .take(shared)
            .take_while(|(a, b)| a == b)
            .count()
    });
    Some(first.chars().take(shared).collect())
}

/// What the sandbox suggests for a field. A registered key is on a client of its own.
pub(super) fn suggestion(demonstration: &Demonstration, profile: &Profile, field: FieldId) -> Option<String> {
    let business = demonstration.business(profile.business.kind?);
    let key = Some(&demonstration.key).filter(|_| profile.authentication() == Authentication::Key);
    let shown = |path: &Path| path.display().to_string();
    match field {
        FieldId::Name => Some(business.name.clone()),
        FieldId::Organisation => Some(business.organisation.clone()),
        FieldId::ClientId => Some(key.map_or(&business.client_id, |key| &key.client_id).clone()),
        FieldId::IssuerName => Some(business.client_id.clone()),
        FieldId::Kid => key.map(|key| key.kid.clone()),
        FieldId::Certificate => Some(shown(key.map_or(&business.certificate, |key| &key.file))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_whole() {
        let folders = Folders {
            working: "/work".into(),
            own: Some("/home/kari".into()),
        };
        for (typed, whole) in [
            ("~/a.p12", "/home/kari/a.p12"),
            ("a.p12", "/work/a.p12"),
            ("/tmp/a.p12", "/tmp/a.p12"),
        ] {
            assert_eq!(absolute(typed, &folders), PathBuf::from(whole));
        }
    }

    #[test]
    fn completion_goes_as_far_as_all_agree() {
        for (candidates, common) in [
            (vec!["/a/demo.p12", "/a/demo-2.p12"], Some("/a/demo")),
            (vec!["/a/ås.p12", "/a/åse.p12"], Some("/a/ås")),
            (vec!["/a/one"], Some("/a/one")),
            (vec![], None),
        ] {
            let candidates: Vec<String> = candidates.into_iter().map(str::to_owned).collect();
            assert_eq!(common_prefix(&candidates).as_deref(), common);
        }
    }
}
