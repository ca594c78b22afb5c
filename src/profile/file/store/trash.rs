//! The trash: removed profiles, which can be restored until the user empties it.

use std::{fs, io, path::PathBuf};

use super::{ListedProfile, Store, StoreError, listing::stems, private_folder, state_files::move_state};
use crate::profile::parse::ProfileName;

impl Store {
    /// Moves a profile to the trash. Earlier removed profiles of the same name stay there: nothing is ever deleted.
    pub fn remove(&self, name: &ProfileName) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        let trash = self.trash();
        private_folder(&trash).map_err(StoreError::io(&trash))?;
        let number = self.last_removed(name)?.unwrap_or_default().saturating_add(1);
        self.move_file(name, &self.path(name), name, &self.trash_path(name, number))?;
        move_state(&self.state_path(name), &self.trash_state_path(name, number));
        Ok(())
    }

    /// Moves the last removed profile of a name out of the trash, as `to`. Fails with [`StoreError::Exists`] if a profile
    /// has that name.
    pub fn restore(&self, name: &ProfileName, to: &ProfileName) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        let not_found = || StoreError::NotFound { name: name.to_string() };
        let last = self.last_removed(name)?.ok_or_else(not_found)?;
        self.move_file(name, &self.trash_path(name, last), to, &self.path(to))?;
        move_state(&self.trash_state_path(name, last), &self.state_path(to));
        Ok(())
    }

    /// Returns the removed profiles by name; of one name the last removed first, which is the one that is restored.
    pub fn list_removed(&self) -> Result<Vec<ListedProfile>, StoreError> {
        let trash = self.trash();
        let entries = self.trash_entries().map_err(StoreError::io(&trash))?;
        let listed = |(name, number): (ProfileName, u32)| ListedProfile {
            profile: self
                .load_with_state(
                    &self.trash_path(&name, number),
                    &self.trash_state_path(&name, number),
                    &name,
                )
                .map(|saved| saved.profile),
            name,
        };
        Ok(entries.into_iter().map(listed).collect())
    }

    /// Deletes the removed profiles with their state, and returns their number.
    pub fn empty_trash(&self) -> Result<usize, StoreError> {
        let _lock = self.lock()?;
        let trash = self.trash();
        let entries = self.trash_entries().map_err(StoreError::io(&trash))?;
        for (name, number) in &entries {
            let path = self.trash_path(name, *number);
            fs::remove_file(&path).map_err(StoreError::io(&path))?;
            // It may have none.
            let _ = fs::remove_file(self.trash_state_path(name, *number));
        }
        Ok(entries.len())
    }

    /// Returns the names of the removed profiles, each once, without reading them; none if the trash cannot be read.
    pub fn removed_names(&self) -> Vec<ProfileName> {
        let entries = self.trash_entries().unwrap_or_default();
        let mut names: Vec<ProfileName> = entries.into_iter().map(|(name, _)| name).collect();
        names.dedup();
        names
    }

    /// Returns the folder of removed profiles. Older versions expect this name on disk.
    fn trash(&self) -> PathBuf {
        self.home.join("bin")
    }

    /// Returns the path of the `number`th removed profile of a name. A profile's name never contains an `@`.
    fn trash_path(&self, name: &ProfileName, number: u32) -> PathBuf {
        self.trash().join(trash_file(name, number))
    }

    /// Returns the path of the state of the `number`th removed profile of a name.
    fn trash_state_path(&self, name: &ProfileName, number: u32) -> PathBuf {
        self.state_folder().join("trash").join(trash_file(name, number))
    }

    /// Returns the removed profiles by name; of one name the last removed first.
    fn trash_entries(&self) -> io::Result<Vec<(ProfileName, u32)>> {
        let entry = |stem: String| {
            let (name, number) = stem.split_once('@').unwrap_or((&stem, "1"));
            Some((ProfileName::parse(name).ok()?, number.parse().ok()?))
        };
        let entries = stems(&self.trash(), false)?.map(|found| Ok(entry(found?.0)));
        let entries = entries.collect::<io::Result<Vec<Option<(ProfileName, u32)>>>>()?;
        let mut entries: Vec<(ProfileName, u32)> = entries.into_iter().flatten().collect();
        // A file that was put there by hand under another spelling could not be found again.
        entries.retain(|(name, number)| fs::symlink_metadata(self.trash_path(name, *number)).is_ok());
        entries.sort_unstable_by(|(one, first), (other, second)| one.cmp(other).then(second.cmp(first)));
        entries.dedup();
        Ok(entries)
    }

    fn last_removed(&self, name: &ProfileName) -> Result<Option<u32>, StoreError> {
        let trash = self.trash();
        let entries = self.trash_entries().map_err(StoreError::io(&trash))?;
        Ok(entries
            .into_iter()
            .find(|(other, _)| other == name)
            .map(|(_, number)| number))
    }
}

/// Returns the name of the file of the `number`th removed profile of a name.
fn trash_file(name: &ProfileName, number: u32) -> String {
    match number {
        1 => format!("{name}.toml"),
        _ => format!("{name}@{number}.toml"),
    }
}
