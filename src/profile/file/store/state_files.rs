//! The files of the state, `state/<name>.toml`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Store, StoreError, StoredProfile,
    disk::{self, private_folder},
    in_use, parse_bytes,
};
use crate::profile::{
    Profile,
    file::{
        state::{self, State},
        toml_reader::utf8,
    },
    parse::ProfileName,
};

/// The content of `.gitignore` in the folder of the state, so that a home folder in git stays clean.
const IGNORE_ALL: &str = "*\n";

impl Store {
    /// Returns the folder of the state.
    pub(super) fn state_folder(&self) -> PathBuf {
        self.home().join("state")
    }

    /// Returns the path of a profile's state.
    pub(super) fn state_path(&self, name: &ProfileName) -> PathBuf {
        self.state_folder().join(format!("{name}.toml"))
    }

    /// Writes the state of a profile, and returns it with what another program has changed since `base` was read. With
    /// `is_synced` it is on the disk when this returns.
    pub(super) fn write_state(
        &self,
        name: &ProfileName,
        base: Option<&StoredProfile>,
        profile: &Profile,
        is_synced: bool,
    ) -> Result<State, StoreError> {
        let path = self.state_path(name);
        let mut state = State::of(profile);
        let before = disk::read(&path).ok().flatten();
        if let Some(base) = base {
            // The caller has the lock, and the answers are those of `base`.
            let current = parse_bytes(&self.path(name), &base.text).map_or(State::default(), |mut profile| {
                parse_state(before.as_deref().unwrap_or_default()).add_to(&mut profile);
                State::of(&profile)
            });
            state = current.merge(&State::of(&base.profile), state);
        }
        if before.is_none() && state == State::default() {
            return Ok(state);
        }
        let before = before.unwrap_or_default();
        let over = utf8(&before).unwrap_or_default();
        // A broken file is replaced: all of it is found out again.
        let rendered = state::render(&state, over).or_else(|_| state::render(&state, ""));
        let text = rendered.map_err(StoreError::malformed(&path))?;
        if text.as_bytes() != before {
            let replace = if is_synced {
                disk::replace
            } else {
                disk::replace_unsynced
            };
            replace(&path, text.as_bytes()).map_err(StoreError::io(&path))?;
        }
        Ok(state)
    }
}

/// Creates the private folder of the state, which git ignores.
pub(super) fn create_folder(folder: &Path) -> io::Result<()> {
    let is_new = !folder.exists();
    private_folder(folder)?;
    if is_new {
        fs::write(folder.join(".gitignore"), IGNORE_ALL)?;
    }
    Ok(())
}

/// Reads a state; the default if there is none, or if it cannot be read.
pub(super) fn read_state(path: &Path) -> State {
    parse_state(&disk::read(path).ok().flatten().unwrap_or_default())
}

/// Reads the state of a profile of a list. A broken one counts as none, one that does not exist any more too.
pub(super) fn read_listed(path: &Path, is_regular: bool) -> Result<State, StoreError> {
    Ok(parse_state(&disk::read_found(path, is_regular)?.unwrap_or_default()))
}

fn parse_state(bytes: &[u8]) -> State {
    utf8(bytes).and_then(state::parse).unwrap_or_default()
}

/// Moves the state with its profile, and removes one that is left of an earlier profile. Errors are ignored: a check finds all
/// of it out again.
pub(super) fn move_state(from: &Path, to: &Path) {
    let _ = fs::remove_file(to);
    if let Some(folder) = to.parent() {
        let _ = private_folder(folder);
    }
    let _ = in_use::rename(from, to);
}
