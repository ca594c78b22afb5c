//! Completions, requested as the script of each shell does.

use std::{fs, process::Output};

use super::{ACME, save};
use crate::support::{
    home::{Home, exit_code, stderr, stdout},
    texts::{BOKMAL, english},
};

/// Returns the completions of the last word, each with its description.
fn offered(home: &Home, line: &[&str]) -> Vec<(String, String)> {
    let output = request(home, line, &[("KLARERT_COMPLETE", "fish")]);
    let pair = |line: &str| {
        let (value, about) = line.split_once('\t').unwrap_or((line, ""));
        (value.to_owned(), about.to_owned())
    };
    stdout(&output).lines().map(pair).collect()
}

fn values(home: &Home, line: &[&str]) -> Vec<String> {
    offered(home, line).into_iter().map(|(value, _)| value).collect()
}

/// Requests completions, which must print nothing on standard error.
fn request(home: &Home, line: &[&str], variables: &[(&str, &str)]) -> Output {
    let output = home.run_with(&[&["--", "klarert"], line].concat(), variables);
    assert_eq!((exit_code(&output), stderr(&output).as_str()), (0, ""), "{line:?}");
    output
}

fn with_profiles() -> Home {
    let home = Home::new();
    home.run(&ACME);
    save(&home, "arctic", |_| {});
    save(&home, "gone", |_| {});
    home.run(&["remove", "gone"]);
    home
}

#[test]
fn every_shell_completes_profiles() {
    let home = with_profiles();
    let index = ("_CLAP_COMPLETE_INDEX", "2");
    for (shell, variables, between) in [
        ("fish", vec![], "\n"),
        ("powershell", vec![], "\n"),
        ("elvish", vec![index, ("_CLAP_IFS", "\n")], "\n"),
        ("zsh", vec![index, ("_CLAP_IFS", "\n")], "\n"),
        (
            "bash",
            vec![
                ("_KLARERT_LINE", "klarert show a"),
                ("_KLARERT_NUMBER", "2"),
                ("_KLARERT_TYPED", "a"),
            ],
            "\n",
        ),
    ] {
        let variables = [variables, vec![("KLARERT_COMPLETE", shell)]].concat();
        let output = request(&home, &["show", "a"], &variables);
        assert_eq!(
            stdout(&output).trim_end().split(between).collect::<Vec<_>>(),
            ["acme", "arctic"],
            "{shell}"
        );
        let script = stdout(&home.run(&["completions", shell]));
        assert!(
            script.contains("KLARERT_COMPLETE") && script.contains("klarert --"),
            "{shell}: {script}"
        );
    }
}

#[test]
fn only_valid_words_are_offered() {
    let home = with_profiles();
    for command in [
        "check", "set", "done", "undo", "token", "export", "rename", "copy", "remove", "resume", "show",
    ] {
        assert_eq!(values(&home, &[command, ""]), ["acme", "arctic"], "{command}");
    }
    assert_eq!(
        values(&home, &["check", "acme", ""])[0],
        "arctic",
        "a profile is not offered twice"
    );
    save(&home, "check", |_| {});
    assert_eq!(
        values(&home, &["check", "acme", "c"]),
        ["check"],
        "a profile may have the name of a command"
    );
    home.run(&["remove", "check"]);
    assert_eq!(values(&home, &["restore", "g"]), ["gone"]);
    assert!(
        !values(&home, &["import", "a"]).contains(&"acme".to_owned()),
        "`import` wants a new name"
    );
    assert_eq!(
        values(&home, &["ren"]),
        ["rename"],
        "commands that --help only names are offered too"
    );
    assert_eq!(values(&home, &["help", "por"]), ["portal"]);
    assert_eq!(values(&home, &["help", "portal", "cr"]), ["create"]);

    home.run(&["done", "acme", "customs.form"]);
    assert_eq!(values(&home, &["undo", "acme", ""]), ["customs.form"]);
    let left = values(&home, &["done", "acme", "customs."]);
    assert!(
        left.contains(&"customs.submit".to_owned()) && !left.contains(&"customs.form".to_owned()),
        "{left:?}"
    );

    assert_eq!(values(&home, &["set", "acme", "auth"]), ["authentication="]);
    assert_eq!(
        values(&home, &["set", "acme", "authentication=k"]),
        ["authentication=key"]
    );
    assert_eq!(
        values(&home, &["set", "acme", "services=road,a"]),
        ["services=road,air"]
    );
    assert_eq!(
        values(&home, &["set", "acme", "issuer"]),
        [""; 0],
        "only foreign businesses have it"
    );
    assert_eq!(values(&home, &["new", "x", "--business", "n"]), ["norwegian"]);
    assert_eq!(values(&home, &["export", "acme", "--format=han"]), ["--format=handoff"]);
    assert_eq!(
        values(&home, &["token", "acme", "--scope", ""]),
        ["toll:movement/road/v2", "toll:movement/entry"]
    );
    assert_eq!(values(&home, &["explain", "MP-25"]), ["MP-250", "MP-251"]);
    assert_eq!(values(&home, &["show", "acme", "--j"]), ["--json"]);

    fs::write(home.path().join("acme.p12"), "").unwrap();
    let start = home.path().join("ac").display().to_string();
    let whole = home.path().join("acme.p12").display().to_string();
    for line in [&["certificate"][..], &["new", "x", "--certificate"], &["import", "x"]] {
        assert_eq!(values(&home, &[line, &[&start]].concat()), [whole.as_str()]);
    }
    assert_eq!(
        values(&home, &["set", "acme", &format!("key-file={start}")]),
        [format!("key-file={whole}")]
    );
}

#[test]
fn home_and_language_of_the_line_are_used() {
    let home = with_profiles();
    let other = Home::new();
    let folder = home.path().to_str().unwrap();
    assert_eq!(values(&other, &["--home", folder, "show", "ac"]), ["acme"]);
    assert_eq!(values(&other, &["show", &format!("--home={folder}"), "ac"]), ["acme"]);
    let about = |line: &[&str]| offered(&home, line).remove(0).1;
    assert_eq!(about(&["done", "acme", "customs.form"]), english("item-customs-form"));
    assert_eq!(
        about(&["--lang", "nb", "done", "acme", "customs.form"]),
        BOKMAL.get("item-customs-form")
    );
    assert_eq!(
        about(&["--lang=nb", "export", "acme", "--format", "spring"]),
        BOKMAL.get("format-spring")
    );
}

#[test]
fn broken_files_do_not_stop_completions() {
    let home = with_profiles();
    fs::write(
        home.path().join("config.toml"),
        "[environments.lab]\nissuer = \"https://lab.example/\"\n",
    )
    .unwrap();
    assert_eq!(
        values(&home, &["copy", "acme", "b", "--environment", ""]),
        ["test", "prod", "sandbox", "lab"]
    );
    fs::write(home.path().join("config.toml"), "language =").unwrap();
    fs::write(home.profile("acme"), "format = ").unwrap();
    assert_eq!(values(&home, &["show", ""]), ["acme", "arctic"]);
    assert_eq!(
        values(&home, &["new", "x", "--environment", ""]),
        ["test", "prod", "sandbox"]
    );
    // Text from a file must not run in the shell.
    let hostile = "environment = \"test\"\n[client]\nscopes = [\"toll:a\", \"x:$(touch y)\", \"x:\\u001b[2J\"]\n";
    fs::write(home.profile("arctic"), hostile).unwrap();
    assert_eq!(values(&home, &["token", "arctic", "--scope", ""]), ["toll:a"]);
    let items = values(&home, &["done", "acme", ""]);
    assert!(
        items.contains(&"digdir.terms".to_owned()),
        "all items are offered: {items:?}"
    );
    fs::remove_dir_all(home.path().join("profiles")).unwrap();
    assert!(!values(&home, &["show", ""]).contains(&"acme".to_owned()));
    assert!(!home.path().join("profiles").exists(), "completing creates nothing");
    // An unknown shell gets nothing, and no command runs.
    assert_eq!(
        stdout(&request(&home, &["list"], &[("KLARERT_COMPLETE", "no-shell")])),
        ""
    );
}

/// Runs the script in bash, with the line split as bash does.
#[cfg(unix)]
#[test]
fn bash_completes_with_the_script() {
    let home = with_profiles();
    fs::write(home.path().join("a name.p12"), "").unwrap();
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_klarert")).parent().unwrap();
    let completed = |line: &str, pieces: &str| {
        let last = pieces.split(' ').next_back().unwrap();
        let typed = if last == "=" { "" } else { last };
        let script = format!(
            "eval \"$(klarert completions bash)\"; COMP_LINE='{line}'; COMP_WORDS=({pieces}); \
             [[ '{last}' ]] || COMP_WORDS+=(''); COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 )); \
             _klarert klarert '{typed}' ''; printf '%s\\n' \"${{COMPREPLY[@]}}\"; complete -p klarert >&2"
        );
        let output = std::process::Command::new("bash")
            .args(["--norc", "--noprofile", "-c", &script])
            .current_dir(home.path())
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", program.display()))
            .env("KLARERT_HOME", home.path())
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        assert!(stderr(&output).contains("-F _klarert klarert"), "{}", stderr(&output));
        assert_eq!(
            stderr(&output).lines().count(),
            1,
            "nothing else is printed: {}",
            stderr(&output)
        );
        let words = stdout(&output);
        words.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(completed("klarert show ", "klarert show "), ["acme", "arctic"]);
    assert_eq!(completed("klarert show ac", "klarert show ac"), ["acme"]);
    assert_eq!(
        completed("klarert export acme --format=", "klarert export acme --format =").len(),
        13
    );
    assert_eq!(
        completed("klarert export acme --format=ha", "klarert export acme --format = ha"),
        ["handoff"]
    );
    assert_eq!(
        completed(
            "klarert set acme authentication=k",
            "klarert set acme authentication = k"
        ),
        ["key"]
    );
    assert_eq!(
        completed(
            "klarert token acme --scope toll:movement/e",
            "klarert token acme --scope toll : movement/e"
        ),
        ["movement/entry"]
    );
    assert_eq!(
        completed("klarert certificate a", "klarert certificate a"),
        [""],
        "bash completes names that need quotes"
    );
}
