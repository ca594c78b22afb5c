//! Saving the profile of the wizard over what was read or saved before.

use std::collections::HashMap;

use crate::{
    profile::{
        Profile,
        file::store::{Store, StoreError, StoredProfile},
        parse::ProfileName,
    },
    wizard::{Message, SaveMode},
};

/// Saves a profile and returns the answer for the wizard. `last_saved` has the profiles as they were read or saved last.
pub fn save(
    store: &Store,
    last_saved: &mut HashMap<ProfileName, StoredProfile>,
    name: &ProfileName,
    profile: &Profile,
    mode: SaveMode,
) -> Message {
    let newest;
    let base = match mode {
        SaveMode::Create => None,
        SaveMode::Update => last_saved.get(name),
        SaveMode::Overwrite => match store.load(name) {
            Ok(loaded) => {
                newest = loaded;
                Some(&newest)
            }
            // Another program has removed or renamed it: it is written anew.
            Err(StoreError::NotFound { .. }) => None,
            Err(error) => return Message::Saved(Err(error)),
        },
    };
    match store.save_or_keep_theirs(name, profile, base) {
        Ok((saved, has_theirs)) => {
            let theirs = has_theirs.then(|| Box::new(saved.profile.clone()));
            last_saved.insert(name.clone(), saved);
            theirs.map_or(Message::Saved(Ok(())), Message::AnswersReread)
        }
        Err(StoreError::Changed { .. }) if base.is_some() && !store.path(name).exists() => {
            Message::Saved(Err(StoreError::NotFound { name: name.to_string() }))
        }
        Err(error) => Message::Saved(Err(error)),
    }
}
