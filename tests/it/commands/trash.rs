//! `remove` and `restore`.

use std::fs;

use super::{ACME, save};
use crate::support::{
    home::{Home, exit_code, stderr, stdout},
    texts::{english, english_with},
};

#[test]
fn a_removed_profile_can_be_restored() {
    let home = Home::new();
    home.run(&ACME);
    let before = fs::read(home.profile("acme")).unwrap();
    assert_eq!(exit_code(&home.run(&["remove", "acme"])), 0);
    assert_eq!(exit_code(&home.run(&["show", "acme"])), 3);
    assert_eq!(exit_code(&home.run(&["remove", "acme"])), 3, "it is already removed");
    assert_eq!(
        exit_code(&home.run(&["restore", "acme"])),
        0,
        "removing it again has not lost it"
    );
    assert_eq!(fs::read(home.profile("acme")).unwrap(), before);

    home.run(&["rename", "acme", "other"]);
    home.run(&ACME);
    assert_eq!(
        exit_code(&home.run(&["rename", "acme", "other"])),
        2,
        "the name is in use"
    );
    assert_eq!(exit_code(&home.run(&["rename", "nobody", "new"])), 3);
    assert_eq!(
        exit_code(&home.run(&["restore", "acme"])),
        3,
        "a restored profile is not kept twice"
    );
}

#[test]
fn removed_profiles_of_one_name_are_all_kept() {
    let home = Home::new();
    let removed = |organisation: &str| {
        home.run(&["new", "acme", "--business", "norwegian", "--organisation", organisation]);
        let written = fs::read(home.profile("acme")).unwrap();
        assert_eq!(exit_code(&home.run(&["remove", "acme"])), 0);
        written
    };
    let empty = home.run(&["restore"]);
    assert_eq!(
        (exit_code(&empty), stdout(&empty).as_str(), stderr(&empty).trim_end()),
        (0, "", english("trash-empty").as_str())
    );
    let (first, second) = (removed("123456785"), removed("987654325"));
    home.run(&ACME);

    let taken = home.run(&["restore", "acme"]);
    assert_eq!(exit_code(&taken), 2);
    assert!(
        stderr(&taken).contains("klarert restore acme --as NEW-NAME"),
        "{}",
        stderr(&taken)
    );
    let unknown = home.run(&["restore", "nope"]);
    assert!(
        exit_code(&unknown) == 3
            && stderr(&unknown).contains(&english_with("profile-not-in-trash.hint", &[("names", "acme")])),
        "{}",
        stderr(&unknown)
    );
    let listed = stdout(&home.run(&["restore"]));
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(
        listed
            .lines()
            .all(|line| line.starts_with(&format!("acme  {}", english_with("trash-changed", &[("day", "20")])))),
        "{listed}"
    );

    let kept = |name: &str| fs::read(home.profile(name)).unwrap();
    assert_eq!(exit_code(&home.run(&["restore", "acme", "--as", "later"])), 0);
    assert_eq!(exit_code(&home.run(&["restore", "acme", "--as", "earlier"])), 0);
    assert_eq!(
        (kept("later"), kept("earlier")),
        (second, first),
        "the profile removed last is restored first"
    );

    save(&home, "acme.2", |profile| profile.client.id = Some("3f1c".to_owned()));
    home.run(&["remove", "acme.2"]);
    home.run(&["remove", "acme"]);
    home.run(&["remove", "later"]);
    assert_eq!(exit_code(&home.run(&["restore", "acme"])), 0);
    let listed = stdout(&home.run(&["restore"]));
    assert!(
        listed.starts_with("acme.2  "),
        "a name with a dot is not a copy of another: {listed}"
    );
}

#[test]
fn remove_and_restore_process_several_profiles() {
    let home = Home::new();
    for name in ["one", "two", "three"] {
        save(&home, name, |_| {});
    }
    let invalid = home.run(&["remove", "one", "Not This"]);
    assert_eq!(exit_code(&invalid), 2);
    assert!(home.profile("one").exists(), "an invalid name removes nothing");

    let removed = home.run(&["remove", "one", "nobody", "two", "one"]);
    assert_eq!(exit_code(&removed), 3, "one of them does not exist");
    assert!(stderr(&removed).contains("nobody"), "{}", stderr(&removed));
    for (name, exists) in [("one", false), ("two", false), ("three", true)] {
        assert_eq!(home.profile(name).exists(), exists, "{name}");
    }

    assert_eq!(exit_code(&home.run(&["restore", "one", "two", "--as", "other"])), 2);
    assert_eq!(exit_code(&home.run(&["restore", "--as", "other"])), 2);
    assert_eq!(exit_code(&home.run(&["restore", "one", "two"])), 0);
    assert!(home.profile("one").exists() && home.profile("two").exists());
}
