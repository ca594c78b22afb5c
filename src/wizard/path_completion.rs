//! Completion of a typed path.

use std::path::{MAIN_SEPARATOR, PathBuf};

use tui_input::Input;

use super::{
    editing,
    message::Effect,
    model::{Folders, Model},
};
use crate::{journey::AnsweredBy, profile::parse};

/// Asks for the completions of the edited path.
pub(super) fn complete(model: &mut Model) -> Vec<Effect> {
    edited_path(model).map_or_else(Vec::new, |typed| vec![Effect::CompletePath { typed }])
}

/// Fills in the common prefix of the completions, and shows them if there are several. Those of another text are dropped: the
/// user has gone on typing.
pub(super) fn on_completed(model: &mut Model, typed: &str, candidates: Vec<String>) -> Vec<Effect> {
    if edited_path(model).as_deref() != Some(typed) {
        return Vec::new();
    }
    if let Some(common) = common_prefix(&candidates) {
        editing::change_text(model, |input| *input = Input::new(common));
    }
    if let Some(onboarding) = model.onboarding_mut() {
        onboarding.candidates = if candidates.len() > 1 { candidates } else { Vec::new() };
    }
    Vec::new()
}

/// Returns the text that is edited as an absolute path. `None` if the field is no path.
fn edited_path(model: &Model) -> Option<String> {
    let onboarding = model.onboarding()?;
    let field = onboarding.edit.as_ref()?.field;
    if field.answered_by() != AnsweredBy::File {
        return None;
    }
    let typed = parse::path(onboarding.text(field)).unwrap_or_default();
    // `join` removes the final slash, which says that the folder is meant and not the file of that name.
    let mut absolute = absolute(&typed, &model.folders).display().to_string();
    if typed.is_empty() || typed == "~" {
        absolute.push(MAIN_SEPARATOR);
    }
    // Both separators are read there; one of them is shown.
    if cfg!(windows) {
        absolute = absolute.replace('/', "\\");
    }
    Some(absolute)
}

/// Resolves a typed path: `~` is the home folder, and a relative path starts at the working folder.
fn absolute(typed: &str, folders: &Folders) -> PathBuf {
    let rest_of_home = typed.strip_prefix("~/").or(if typed == "~" { Some("") } else { None });
    match (rest_of_home, &folders.home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => folders.working.join(typed),
    }
}

fn common_prefix(candidates: &[String]) -> Option<String> {
    let (first, rest) = candidates.split_first()?;
    let shared = rest.iter().fold(first.chars().count(), |shared, other| {
        first
            .chars()
            .zip(other.chars())
            .take(shared)
            .take_while(|(a, b)| same_letter(*a, *b))
            .count()
    });
    Some(first.chars().take(shared).collect())
}

/// Returns whether two letters of file names are the same. The file systems of Windows and macOS ignore their case.
pub fn same_letter(a: char, b: char) -> bool {
    let ignores_case = cfg!(any(windows, target_os = "macos"));
    a == b || (ignores_case && a.to_lowercase().eq(b.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_paths_become_absolute() {
        let folders = Folders {
            working: "/here".into(),
            home: Some("/home/kari".into()),
            ..Folders::default()
        };
        for (typed, expected) in [
            ("~/a.p12", "/home/kari/a.p12"),
            ("a.p12", "/here/a.p12"),
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
