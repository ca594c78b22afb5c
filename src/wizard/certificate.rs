//! The certificate: path completion, inspection and the prompt for its password.

use std::path::{Path, PathBuf};

use tui_input::Input;

use super::{
    message::Effect,
    model::{FieldInput, Folders, InspectedCertificate, Inspection, Model, Onboarding, Overlay},
    rows::{Row, focused_row},
};
use crate::{
    certificate::Expectation,
    journey::{FieldId, demonstration::Demonstration},
    profile::{Authentication, Profile, parse},
};

/// Resolves a typed path: `~` is the home folder, and a relative path starts at the working folder.
pub(super) fn absolute(typed: &str, folders: &Folders) -> PathBuf {
    let rest_of_home = typed.strip_prefix("~/").or(if typed == "~" { Some("") } else { None });
    match (rest_of_home, &folders.home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => folders.working.join(typed),
    }
}

/// Starts an inspection. `check_after` starts the check after it; `ask_password` asks for a password that is needed.
pub(super) fn inspect(model: &mut Model, check_after: bool, ask_password: bool) -> Vec<Effect> {
    start_inspection(model, check_after, ask_password, false)
}

fn start_inspection(model: &mut Model, check_after: bool, ask_password: bool, with_password: bool) -> Vec<Effect> {
    let attempt = model.next_attempt();
    let now = model.now;
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let expected = Expectation::of(&onboarding.profile, model.rules(&onboarding.profile), now);
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    onboarding.inspection = Inspection::Running {
        attempt,
        check_after,
        ask_password,
    };
    vec![Effect::InspectCertificate {
        attempt,
        files: onboarding.profile.certificate.clone(),
        expected,
        with_password,
    }]
}

/// Makes the running inspection start the check when it has succeeded. A second inspection would ask for the password
/// again.
pub(super) fn check_after_inspection(model: &mut Model) -> Vec<Effect> {
    if let Some(Inspection::Running {
        check_after,
        ask_password,
        ..
    }) = model.onboarding_mut().map(|onboarding| &mut onboarding.inspection)
    {
        (*check_after, *ask_password) = (true, true);
    }
    Vec::new()
}

/// Returns whether the files were opened as far as possible without their password.
pub(super) fn needs_password(model: &Model) -> bool {
    model
        .onboarding()
        .and_then(Onboarding::inspected)
        .is_some_and(InspectedCertificate::is_locked)
}

/// Opens the prompt for the password, if one is needed.
pub(super) fn ask_password(model: &mut Model) -> Vec<Effect> {
    if needs_password(model) {
        model.overlay = Some(Overlay::Password {
            check_after: false,
            retry: false,
        });
    }
    Vec::new()
}

/// Inspects the files again, with the password that `app` has.
pub(super) fn on_password_typed(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Password { check_after, .. }) = model.overlay else {
        return Vec::new();
    };
    model.overlay = None;
    start_inspection(model, check_after, true, true)
}

/// Asks for the completions of the focused path.
pub(super) fn complete_path(model: &mut Model) -> Vec<Effect> {
    let Some(Row::Text(field)) = focused_row(model) else {
        return Vec::new();
    };
    let attempt = model.next_attempt();
    let folders = model.folders.clone();
    let Some(input) = model.onboarding().and_then(|onboarding| onboarding.inputs.get(&field)) else {
        return Vec::new();
    };
    let typed = parse::path(input.input.value()).unwrap_or_default();
    // `join` removes the final slash, which says that the folder is meant and not the file of that name.
    let mut absolute = absolute(&typed, &folders).display().to_string();
    if typed.is_empty() || typed == "~" {
        absolute.push('/');
    }
    vec![Effect::CompletePath {
        attempt,
        typed: absolute,
    }]
}

/// Fills in the common prefix of the completions, and shows them if there are several.
pub(super) fn on_path_completed(model: &mut Model, attempt: u64, candidates: Vec<String>) -> Vec<Effect> {
    if attempt != model.attempt {
        return Vec::new();
    }
    let Some(Row::Text(field)) = focused_row(model) else {
        return Vec::new();
    };
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    if let Some(common) = common_prefix(&candidates) {
        onboarding.inputs.insert(
            field,
            FieldInput {
                input: Input::new(common),
                error: None,
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

/// Returns the sandbox's value for a field; `None` if it has none. A registered key belongs to a client of its own.
pub(super) fn suggested_value(demonstration: &Demonstration, profile: &Profile, field: FieldId) -> Option<String> {
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
    fn typed_paths_become_absolute() {
        let folders = Folders {
            working: "/work".into(),
            home: Some("/home/kari".into()),
        };
        for (typed, expected) in [
            ("~/a.p12", "/home/kari/a.p12"),
            ("a.p12", "/work/a.p12"),
            ("/tmp/a.p12", "/tmp/a.p12"),
        ] {
            assert_eq!(absolute(typed, &folders), PathBuf::from(expected));
        }
    }

    #[test]
    fn completion_stops_at_the_common_prefix() {
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
