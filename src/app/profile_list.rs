//! The list of profiles for the wizard, the administration clients among them, and the sandbox of a listed profile.

use std::path::Path;

use super::{event::AppEvent, sandbox_info};
use crate::{
    profile::{Profile, file::store::Store, parse::ProfileName},
    sandbox::Sandbox,
    wizard::Message,
};

/// Lists the profiles.
pub fn list(store: &Store) -> Message {
    match store.summaries() {
        Ok(listed) => {
            let profiles = listed.profiles.into_iter();
            Message::Listed(profiles.map(|listed| (listed.name, listed.profile)).collect())
        }
        Err(error) => Message::ListFailed(error),
    }
}

/// Finds the administration clients and loads them. A list that cannot be read is reported when it is shown.
pub fn find_administrations(store: &Store) -> Message {
    let listed = store
        .summaries()
        .map_or(Vec::new(), |listed| listed.profiles)
        .into_iter();
    let found = listed.filter(|one| one.profile.as_ref().is_ok_and(|profile| profile.is_administration));
    load_administrations(store, found.map(|one| one.name).collect())
}

/// Loads administration clients. One that cannot be read is left out.
pub fn load_administrations(store: &Store, names: Vec<ProfileName>) -> Message {
    let load = |name: ProfileName| {
        let profile = store.load(&name).ok()?.profile;
        profile.is_administration().then_some((name, profile))
    };
    Message::AdministrationsLoaded(names.into_iter().filter_map(load).collect())
}

/// Starts the sandbox for a profile that was loaded, unless another process serves it.
pub fn start_sandbox(folder: &Path, attempt: u64, name: ProfileName, profile: Box<Profile>) -> AppEvent {
    match Sandbox::served_or_started(folder) {
        Ok(sandbox) => {
            let message = Message::Loaded {
                attempt,
                name,
                outcome: Ok(profile),
                sandbox: Some(Box::new(sandbox_info(&sandbox))),
            };
            AppEvent::SandboxStarted(Box::new(sandbox), message)
        }
        Err(error) => AppEvent::Message(Message::WorkerFailed {
            attempt,
            error: error.to_string(),
        }),
    }
}
