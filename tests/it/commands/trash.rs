//! `remove` and `restore`: what is taken away, and brought back.

use std::fs;

use super::{ACME, save};
use crate::support::home::{Home, exit_code, stderr, stdout};

#[test]
fn a_removed_profile_can_be_brought_back() {
    let home = Home::new();
    home.run(&ACME);
    let before = fs::read(home.profile("acme")).unwrap();
    assert_eq!(exit_code(&home.run(&["remove", "acme"])), 0);
    assert_eq!(exit_code(&home.run(&["show", "acme"])), 3);
    assert_eq!(
        exit_code(&home.run(&["remove", "acme"])),
        3,
        "there is nothing to remove"
    );
    assert_eq!(
        exit_code(&home.run(&["restore", "acme"])),
        0,
        "and that did not empty the bin"
    );
    assert_eq!(fs::read(home.profile("acme")).unwrap(), before);

    home.run(&["rename", "acme", "other"]);
    home.run(&ACME);
    assert_eq!(
        exit_code(&home.run(&["rename", "acme", "other"])),
        2,
        "a name that is taken"
    );
    assert_eq!(exit_code(&home.run(&["rename", "nobody", "new"])), 3);
    assert_eq!(
        exit_code(&home.run(&["restore", "acme"])),
        3,
        "it is in the bin no more"
    );
}

#[test]
fn nothing_in_the_bin_is_overwritten() {
    let home = Home::new();
    let removed = |organisation: &str| {
        home.run(&["new", "acme", "--business", "norwegian", "--organisation", organisation]);
        let written = fs::read(home.profile("acme")).unwrap();
        assert_eq!(exit_code(&home.run(&["remove", "acme"])), 0);
        written
    };
    let empty = home.run(&["restore"]);
    assert_eq!(
        (exit_code(&empty), stdout(&empty).as_str(), stderr(&empty).as_str()),
        (0, "", "The bin is empty.\n")
    );
    let (first, second) = (removed("123456785"), removed("987654325"));
    home.run(&ACME);

    let taken = home.run(&["restore", "acme"]);
    assert_eq!(exit_code(&taken), 2);
    assert!(
        stderr(&taken).contains("klarert restore acme NEW-NAME"),
        "{}",
        stderr(&taken)
    );
    let unknown = home.run(&["restore", "nope"]);
    assert!(
        exit_code(&unknown) == 3 && stderr(&unknown).contains("In the bin: acme."),
        "{}",
        stderr(&unknown)
    );
    let listed = stdout(&home.run(&["restore"]));
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(
        listed.lines().all(|line| line.starts_with("acme  last changed 20")),
        "{listed}"
    );

    let kept = |name: &str| fs::read(home.path().join(format!("profiles/{name}.toml"))).unwrap();
    assert_eq!(exit_code(&home.run(&["restore", "acme", "later"])), 0);
    assert_eq!(exit_code(&home.run(&["restore", "acme", "earlier"])), 0);
    assert_eq!(
        (kept("later"), kept("earlier")),
        (second, first),
        "the last removed comes first"
    );

    save(&home, "acme.2", |profile| profile.client.id = Some("3f1c".to_owned()));
    home.run(&["remove", "acme.2"]);
    home.run(&["remove", "acme"]);
    home.run(&["remove", "later"]);
    assert_eq!(exit_code(&home.run(&["restore", "acme"])), 0);
    let listed = stdout(&home.run(&["restore"]));
    assert!(
        listed.starts_with("acme.2  "),
        "a name with a dot is a name of its own: {listed}"
    );
}
