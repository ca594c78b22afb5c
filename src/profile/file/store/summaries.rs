//! The summaries of all profiles. Those of a long list come from the [`index`](super::index), as far as the files are unchanged.

use std::time::{Duration, SystemTime};

use super::{
    Store, StoreError, disk,
    index::{Found, find_in_index, program, render},
    listing::{Entry, Folder, Listed, in_parallel},
    state_files,
    version::Version,
};
use crate::profile::summary::Summary;

const LIMITS: Limits = Limits {
    profiles: 500,
    changed: 100,
    // FAT counts in steps of two seconds.
    age: Duration::from_secs(3),
};

/// The least for which the index is written.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Fewer profiles are read within some milliseconds.
    profiles: usize,
    /// To write the index of 10,000 profiles takes as long as to read some hundred of them.
    changed: usize,
    /// A file may change twice within one step of its file system's clock, and the second change is not in its stamp. As in
    /// git's index, a file that changed as shortly before it is read is not indexed.
    age: Duration,
}

/// The summaries of all profiles.
#[derive(Debug)]
pub struct Summaries {
    pub profiles: Vec<Listed<Box<Summary>>>,
    /// The names of TOML files in the folder that are no names of profiles. They are not used.
    pub misnamed: Vec<String>,
}

impl Store {
    /// Returns the summary of every profile by name, or the error of reading it.
    pub fn summaries(&self) -> Result<Summaries, StoreError> {
        self.summaries_within(LIMITS)
    }

    fn summaries_within(&self, limits: Limits) -> Result<Summaries, StoreError> {
        let Folder { entries, misnamed } = self.folder(true)?;
        let is_long = entries.len() >= limits.profiles;
        let profiles = match is_long {
            true => self.indexed_summaries(entries, &self.read_index().unwrap_or_default(), limits),
            false => in_parallel(entries, |entry| Listed {
                profile: self.summary(&entry).0,
                name: entry.name,
            }),
        };
        Ok(Summaries { profiles, misnamed })
    }

    /// Returns the summary of a profile, read from its files, and whether all of them could be read.
    fn summary(&self, entry: &Entry) -> (Result<Box<Summary>, StoreError>, bool) {
        let loaded = self.load_listed(entry);
        let is_whole = loaded.as_ref().is_ok_and(|loaded| loaded.has_whole_state);
        (loaded.map(|loaded| Box::new(Summary::of(&loaded.profile))), is_whole)
    }

    fn indexed_summaries(&self, entries: Vec<Entry>, index: &[u8], limits: Limits) -> Vec<Listed<Box<Summary>>> {
        let program = program();
        let mut found = find_in_index(entries, index, program);
        let mut new: Vec<&mut Found> = found.iter_mut().filter(|found| found.summary.is_none()).collect();
        let program = program.filter(|_| new.len() >= limits.changed);
        let now = program.and_then(|_| self.file_system_time());
        let is_old = |version: &Version| now.is_some_and(|now| version.changed + limits.age <= now);
        for new in &mut new {
            new.version = new.version.filter(is_old);
        }
        let read = in_parallel(new, |new| {
            let (summary, is_whole) = self.summary(&new.entry);
            new.version = new.version.filter(|_| is_whole);
            new.summary = Some(summary.map_err(Box::new));
            new.version.is_some()
        });
        let indexable = read.into_iter().filter(|is_indexable| *is_indexable);
        if let Some(program) = program.filter(|_| indexable.count() >= limits.changed) {
            // An index that cannot be written is not needed either.
            let _ = render(found.iter().filter_map(Found::row), program)
                .map(|content| disk::replace_unsynced(&self.index_path(), &content));
        }
        // Not collected: a filter does not tell how many there will be, and a list that grows is copied.
        let mut listed = Vec::with_capacity(found.len());
        listed.extend(found.into_iter().filter_map(|found| {
            Some(Listed {
                name: found.entry.name,
                profile: found.summary?.map_err(|error| *error),
            })
        }));
        listed
    }

    /// Returns the time by the clock that sets the times of files, which is another computer's on a network drive. `None` if no
    /// file can be created.
    fn file_system_time(&self) -> Option<SystemTime> {
        state_files::create_folder(&self.state_folder()).ok()?;
        disk::file_system_time(&self.state_folder()).ok()
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, thread};

    use proptest::prelude::*;
    use tempfile::TempDir;
    use time::macros::datetime;

    use super::{
        super::index::{Row, version},
        *,
    };
    use crate::profile::{Kind, Profile, parse::ProfileName};

    /// Every profile is indexed at once. The tests change no file without its size, its time or its number.
    const ALL: Limits = Limits {
        profiles: 1,
        changed: 1,
        age: Duration::ZERO,
    };
    /// A time that no file has by itself.
    const OLD: SystemTime = SystemTime::UNIX_EPOCH;

    fn profile(business: &str) -> Profile {
        let mut profile = Profile::new("test", datetime!(2026-11-22 17:00 UTC));
        profile.business.kind = Some(Kind::Norwegian);
        profile.business.name = Some(business.to_owned());
        profile
    }

    fn name(number: usize) -> ProfileName {
        ProfileName::parse(&format!("acme-{number}")).unwrap()
    }

    /// Returns a home with the profiles `acme-0`, `acme-1`, …
    fn home(profiles: usize) -> (TempDir, Store) {
        let home = tempfile::tempdir().unwrap();
        let store = Store::new(home.path());
        for number in 0..profiles {
            store.save(&name(number), &profile("Acme"), None).unwrap();
        }
        (home, store)
    }

    /// Returns the list as text, from the index if `limits` permit one.
    fn list(store: &Store, limits: Limits) -> String {
        let listed = store.summaries_within(limits).unwrap();
        format!("{:#?} {:?}", listed.profiles, listed.misnamed)
    }

    /// Returns the list without an index.
    fn plain_list(store: &Store) -> String {
        let limits = Limits {
            profiles: usize::MAX,
            ..ALL
        };
        list(store, limits)
    }

    /// Returns the names of the profiles that the index has.
    fn indexed(store: &Store) -> Vec<String> {
        let index = fs::read(store.index_path()).unwrap_or_default();
        let found = find_in_index(store.folder(true).unwrap().entries, &index, program());
        let found = found.into_iter().filter(|found| found.summary.is_some());
        found.map(|found| found.entry.name.to_string()).collect()
    }

    #[test]
    fn unchanged_profiles_are_listed_from_the_index() {
        let (home, store) = home(3);
        fs::write(home.path().join("profiles/acme-3.toml"), "format = ").unwrap();
        let plain = plain_list(&store);
        assert_eq!(list(&store, ALL), plain);
        assert_eq!(indexed(&store), ["acme-0", "acme-1", "acme-2"], "no error is indexed");
        // A forged index shows that it is used.
        let entries = store.folder(true).unwrap().entries;
        let summary = Summary::of(&profile("Forged"));
        let rows = entries.iter().map(|entry| Row {
            name: entry.name.as_str(),
            stamp: version(entry).unwrap().stamp,
            summary: &summary,
        });
        fs::write(store.index_path(), render(rows, program().unwrap()).unwrap()).unwrap();
        assert_eq!(list(&store, ALL).matches("Forged").count(), 4);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::remove_file(store.index_path()).unwrap();
            list(&store, ALL);
            let mode = fs::metadata(store.index_path()).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn index_is_written_only_for_many_profiles_that_were_changed_long_ago() {
        let (_home, store) = home(3);
        for limits in [
            Limits { profiles: 4, ..ALL },
            Limits { changed: 4, ..ALL },
            Limits {
                age: Duration::from_secs(3600),
                ..ALL
            },
            LIMITS,
        ] {
            assert_eq!(list(&store, limits), plain_list(&store));
            assert!(!store.index_path().exists(), "{limits:?}");
        }
    }

    #[test]
    fn damaged_index_is_replaced() {
        let (_home, store) = home(3);
        list(&store, ALL);
        fs::write(store.index_path(), "klarert").unwrap();
        assert_eq!(list(&store, ALL), plain_list(&store));
        assert_eq!(indexed(&store).len(), 3);
        fs::remove_file(store.index_path()).unwrap();
        fs::create_dir(store.index_path()).unwrap();
        assert_eq!(list(&store, ALL), plain_list(&store));
    }

    #[test]
    fn home_that_cannot_be_written_is_listed() {
        let home = tempfile::tempdir().unwrap();
        let store = Store::new(home.path());
        fs::create_dir(store.profiles()).unwrap();
        fs::write(store.path(&name(0)), "format = 1\nenvironment = \"test\"\n").unwrap();
        // In place of the folder, so that the test passes as root too.
        fs::write(store.state_folder(), "").unwrap();
        assert_eq!(list(&store, ALL), plain_list(&store));
        assert!(fs::metadata(store.state_folder()).unwrap().is_file());
    }

    #[test]
    fn lists_at_the_same_time_do_not_disturb_each_other() {
        let (_home, store) = home(20);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for number in 0..20 {
                        let listed = store.summaries_within(ALL).unwrap();
                        assert!(listed.profiles.iter().all(|one| one.profile.is_ok()));
                        let _ = fs::remove_file(store.state_path(&name(number)));
                    }
                });
            }
            for number in 0..20 {
                store
                    .save(
                        &name(number),
                        &profile("Acme AS"),
                        store.load(&name(number)).ok().as_ref(),
                    )
                    .unwrap();
            }
        });
        assert_eq!(list(&store, ALL), plain_list(&store));
        assert_eq!(list(&store, ALL).matches("Acme AS").count(), 20);
    }

    /// A change of the profiles by another program, or by this one.
    #[derive(Debug, Clone)]
    enum Change {
        /// A save by the store, with a check or without.
        Save(usize, String, bool),
        Edit(usize, String),
        /// A file of the same size with an old time, in place or renamed over the other.
        Restore(usize, bool),
        Break(usize),
        Remove(usize),
        Rename(usize, usize),
        Copy(usize, usize),
        RemoveState(usize),
        BreakState(usize),
        #[cfg(unix)]
        Link(usize, usize),
    }

    fn change() -> impl Strategy<Value = Change> {
        let at = || 0..4usize;
        let changes = prop_oneof![
            (at(), "[a-z]{1,9}", any::<bool>()).prop_map(|(at, business, check)| Change::Save(at, business, check)),
            (at(), "[a-z]{1,9}").prop_map(|(at, business)| Change::Edit(at, business)),
            (at(), any::<bool>()).prop_map(|(at, renamed)| Change::Restore(at, renamed)),
            at().prop_map(Change::Break),
            at().prop_map(Change::Remove),
            (at(), at()).prop_map(|(from, to)| Change::Rename(from, to)),
            (at(), at()).prop_map(|(from, to)| Change::Copy(from, to)),
            at().prop_map(Change::RemoveState),
            at().prop_map(Change::BreakState),
        ];
        #[cfg(unix)]
        let changes = prop_oneof![9 => changes, 1 => (at(), at()).prop_map(|(from, to)| Change::Link(from, to))];
        changes
    }

    /// Makes a change, if there is such a file. Each changes the size of a file, its time or its number.
    fn make(store: &Store, change: &Change) -> Option<()> {
        let path = |number: &usize| store.path(&name(*number));
        let read = |number: &usize| fs::read_to_string(path(number)).ok();
        match change {
            Change::Save(at, business, check) => {
                let base = store.load(&name(*at)).ok();
                let mut profile = base
                    .as_ref()
                    .map_or_else(|| profile(business), |base| base.profile.clone());
                profile.business.name = Some(business.clone());
                // A check writes it to the state.
                let ends = datetime!(2027-11-22 17:00 UTC) + time::Duration::days(business.len() as i64);
                profile.certificate_ends = check.then_some(ends);
                store.save(&name(*at), &profile, base.as_ref()).ok().map(drop)
            }
            Change::Edit(at, business) => {
                let text = read(at)?;
                fs::write(path(at), text.replace("Acme", business) + "# Edited.\n").ok()
            }
            Change::Restore(at, renamed) => {
                let text = read(at)?.replace("test", "prod");
                let target = if *renamed {
                    store.home().join("restored")
                } else {
                    path(at)
                };
                fs::write(&target, text).ok()?;
                let file = fs::File::options().write(true).open(&target).ok()?;
                file.set_modified(OLD).ok()?;
                if *renamed {
                    fs::rename(&target, path(at)).ok()
                } else {
                    Some(())
                }
            }
            Change::Break(at) => fs::write(path(at), "format = ").ok(),
            Change::Remove(at) => fs::remove_file(path(at)).ok(),
            Change::Rename(from, to) => fs::rename(path(from), path(to)).ok(),
            Change::Copy(from, to) => {
                let text = read(from)?;
                let _ = fs::remove_file(path(to));
                fs::write(path(to), text).ok()
            }
            Change::RemoveState(at) => fs::remove_file(store.state_path(&name(*at))).ok(),
            Change::BreakState(at) => fs::write(store.state_path(&name(*at)), "format = ").ok(),
            #[cfg(unix)]
            Change::Link(from, to) => std::os::unix::fs::symlink(path(from), path(to)).ok(),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn list_is_the_same_with_and_without_the_index(changes in prop::collection::vec(change(), 1..12)) {
            let (_home, store) = home(3);
            list(&store, ALL);
            for change in &changes {
                make(&store, change);
                let plain = plain_list(&store);
                prop_assert_eq!(list(&store, ALL), &*plain, "{:?} of {:?}", change, changes);
                prop_assert_eq!(list(&store, ALL), plain, "again, {:?} of {:?}", change, changes);
            }
        }
    }
}
