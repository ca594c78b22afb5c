//! Concurrent and killed writers of a profile: no confirmed change is lost.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    sync::{
        Barrier,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use klarert::profile::{
    Profile,
    file::store::{Store, StoreError},
};

use crate::support::{
    home::{profile_name, store_with},
    stubs::NOW,
};

const ACME: &str = "format = 1\nenvironment = \"test\"\ncreated = 2026-11-22T17:00:00Z\n";

#[test]
fn saving_over_a_change_by_another_is_refused() {
    let (_home, store) = store_with(ACME);
    let first = store.load(&profile_name("acme")).unwrap();
    let second = store.load(&profile_name("acme")).unwrap();
    let mut profile = first.profile.clone();
    profile.business.name = Some("First".into());
    let first = store.save(&profile_name("acme"), &profile, Some(&first)).unwrap();
    let refused = store.save(&profile_name("acme"), &second.profile, Some(&second));
    assert!(matches!(refused, Err(StoreError::Changed { .. })));
    assert!(
        fs::read_to_string(store.path(&profile_name("acme")))
            .unwrap()
            .contains("First")
    );
    profile.business.name = Some("First again".into());
    store.save(&profile_name("acme"), &profile, Some(&first)).unwrap();

    fs::remove_file(store.path(&profile_name("acme"))).unwrap();
    let refused = store.save(&profile_name("acme"), &profile, Some(&first));
    assert!(
        matches!(refused, Err(StoreError::Changed { .. })),
        "a removed profile is not created again"
    );
}

#[test]
fn saving_without_new_answers_keeps_those_of_another() {
    let (_home, store) = store_with(ACME);
    let (name, later) = (profile_name("acme"), NOW + time::Duration::milliseconds(1500));
    let base = store.load(&name).unwrap();
    let mut moved = base.profile.clone();
    // A tick is saved in whole seconds.
    moved.progress.done.insert("customs.form".into(), later);
    (moved.progress.step, moved.updated) = (Some("services".into()), later);
    let (base, has_theirs) = store.save_or_keep_theirs(&name, &moved, Some(&base)).unwrap();
    assert!(!has_theirs);

    let mut theirs = base.profile.clone();
    theirs.business.name = Some("Acme".into());
    store.save(&name, &theirs, Some(&base)).unwrap();
    moved.progress.step = Some("customs".into());
    let (saved, has_theirs) = store.save_or_keep_theirs(&name, &moved, Some(&base)).unwrap();
    assert!(has_theirs);
    assert_eq!(saved.profile.business.name.as_deref(), Some("Acme"));
    assert_eq!(
        store.load(&name).unwrap().profile.progress.step.as_deref(),
        Some("customs")
    );

    moved.business.name = Some("Other".into());
    let refused = store.save_or_keep_theirs(&name, &moved, Some(&base));
    assert!(matches!(refused, Err(StoreError::Changed { .. })));
}

#[test]
fn one_of_several_concurrent_saves_succeeds() {
    let (_home, store) = store_with(ACME);
    let base = store.load(&profile_name("acme")).unwrap();
    let gate = Barrier::new(8);
    let save = |i: usize| {
        let mut profile = base.profile.clone();
        profile.business.name = Some(format!("Writer {i}"));
        gate.wait();
        store.save(&profile_name("acme"), &profile, Some(&base)).is_ok()
    };
    let save = &save;
    let saved: usize = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8).map(|i| scope.spawn(move || save(i))).collect();
        writers
            .into_iter()
            .map(|writer| usize::from(writer.join().unwrap()))
            .sum()
    });
    assert_eq!(saved, 1);
}

/// The process that `a_killed_writer_loses_no_confirmed_change` kills; in any other run it does nothing. It saves
/// without end and prints each number once it is on the disk.
#[test]
fn writer() {
    let Ok(home) = std::env::var("KLARERT_TEST_WRITER") else {
        return;
    };
    let store = Store::new(Path::new(&home));
    let mut profile = Profile::new("test", NOW);
    let mut saved = None;
    for number in 0u64.. {
        profile.business.name = Some(format!("{number} {}", "x".repeat(20_000)));
        saved = Some(store.save(&profile_name("acme"), &profile, saved.as_ref()).unwrap());
        writeln!(std::io::stderr(), "saved {number}").unwrap();
    }
}

#[test]
fn a_killed_writer_loses_no_confirmed_change() {
    for confirmed in 1..8 {
        let home = tempfile::tempdir().unwrap();
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["profile_concurrency::writer", "--exact", "--nocapture"])
            .env("KLARERT_TEST_WRITER", home.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(writer.stderr.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let last = lines.filter(|line| line.starts_with("saved ")).nth(confirmed).unwrap();
        writer.kill().unwrap();
        writer.wait().unwrap();

        let store = Store::new(home.path());
        let saved = store.load(&profile_name("acme")).unwrap();
        let kept = saved.profile.business.name.clone().unwrap();
        let number = |words: &str| {
            words
                .split_whitespace()
                .find_map(|word| word.parse::<u64>().ok())
                .unwrap()
        };
        assert!(number(&kept) >= number(&last), "{} after {last}", number(&kept));

        store
            .save(&profile_name("acme"), &Profile::new("test", NOW), Some(&saved))
            .unwrap();
        let left: Vec<_> = fs::read_dir(store.profiles())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(left.len(), 1, "only the profile is left: {left:?}");
    }
}

#[test]
fn saves_succeed_beside_readers() {
    let (_home, store) = store_with(ACME);
    let name = profile_name("acme");
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    // A torn or missing profile would be an error.
                    store.load(&name).unwrap();
                }
            });
        }
        let mut saved = store.load(&name).unwrap();
        let results: Vec<_> = (0..200)
            .map(|i| {
                let mut profile = saved.profile.clone();
                profile.business.name = Some(format!("Change {i}"));
                store.save(&name, &profile, Some(&saved)).map(|new| saved = new)
            })
            .collect();
        done.store(true, Ordering::Relaxed);
        assert!(results.iter().all(Result::is_ok), "{results:?}");
    });
}
