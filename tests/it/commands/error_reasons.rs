//! Reasons of errors from the system and from parsers, in the language of the user.

use std::fs;

use klarert::text::{Args, Language, Texts};

use crate::support::home::{Home, exit_code, stderr};

#[test]
fn reason_of_an_io_error_is_in_the_language_of_the_user() {
    let home = Home::new();
    let file = home.path().join("a-file");
    fs::write(&file, "x").unwrap();
    let below = file.join("b").display().to_string();
    let none = home.path().join("none").display().to_string();
    let none_below = home.path().join("none").join("b").display().to_string();
    let folder = home.path().display().to_string();
    let not_a_folder = if cfg!(windows) { "not-found" } else { "not-a-folder" };
    for (command, reason) in [
        (["import", "x", none.as_str()].as_slice(), "not-found"),
        (&["import", "x", &folder], "folder"),
        (&["import", "x", &below], not_a_folder),
        (&["apply", &none], "not-found"),
        (&["apply", &folder], "folder"),
        (&["key", "--out", &none_below], "not-found"),
    ] {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let output = home.run(&[command, &["--lang", language.code()]].concat());
            assert_eq!(exit_code(&output), 3, "{command:?}");
            let expected = texts.with("io-reason", &Args::new().with("what", reason));
            let printed = stderr(&output);
            assert!(printed.contains(&expected), "{command:?}: {printed}");
            assert!(!printed.contains("os error"), "{command:?}: {printed}");
        }
    }
}

#[test]
fn syntax_error_of_a_profile_is_in_the_language_of_the_user() {
    let home = Home::new();
    home.run(&["new", "acme", "--business", "norwegian"]);
    for (text, what) in [
        ("[client", "table"),
        ("[[client]", "table"),
        ("a = [1", "bracket"),
        ("a = { b = 1", "bracket"),
        ("a = \"b", "quotes"),
        ("a = 'b", "quotes"),
        ("a = b", "no-value"),
        ("a = ", "no-value"),
        ("a = tru", "no-value"),
        ("a", "value"),
        ("= 1", "name"),
        ("a = 1\na = 2", "twice"),
        ("a = \"C:\\certs\"", "backslash"),
        ("a = [1,,2]", "comma"),
        ("a = \"b\" c", "more"),
    ] {
        fs::write(home.profile("acme"), format!("{text}\n")).unwrap();
        for language in Language::ALL {
            let output = home.run(&["show", "acme", "--lang", language.code()]);
            let expected = Texts::new(language).with("problem-syntax", &Args::new().with("what", what));
            assert_eq!(exit_code(&output), 3, "{text}");
            assert!(stderr(&output).contains(&expected), "{text}: {}", stderr(&output));
        }
    }
}
