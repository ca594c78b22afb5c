//! Tab: each shell asks as its script asks, and gets what there is; nothing is ever said beside it.

use std::{
    fs,
    process::{Command, Output, Stdio},
};

use super::{ACME, save};
use crate::support::home::{Home, exit_code, stderr, stdout};

/// What is offered for the last word of a line, each with what is said of it.
fn offered(home: &Home, line: &[&str]) -> Vec<(String, String)> {
    let output = asked(home, line, &[("KLARERT_COMPLETE", "fish")]);
    let pair = |line: &str| {
        let (value, about) = line.split_once('\t').unwrap_or((line, ""));
        (value.to_owned(), about.to_owned())
    };
    stdout(&output).lines().map(pair).collect()
}

fn values(home: &Home, line: &[&str]) -> Vec<String> {
    offered(home, line).into_iter().map(|(value, _)| value).collect()
}

fn asked(home: &Home, line: &[&str], variables: &[(&str, &str)]) -> Output {
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
fn every_shell_is_given_the_profiles() {
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
        let output = asked(&home, &["show", "a"], &variables);
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
fn what_is_offered_is_what_can_be_meant() {
    let home = with_profiles();
    for command in [
        "check", "set", "done", "undo", "token", "export", "rename", "copy", "remove", "resume", "show",
    ] {
        assert_eq!(values(&home, &[command, ""]), ["acme", "arctic"], "{command}");
    }
    assert_eq!(
        values(&home, &["check", "acme", ""])[0],
        "arctic",
        "the same is not checked twice"
    );
    save(&home, "check", |_| {});
    assert_eq!(
        values(&home, &["check", "acme", "c"]),
        ["check"],
        "a profile with a command's name"
    );
    home.run(&["remove", "check"]);
    assert_eq!(values(&home, &["restore", "g"]), ["gone"]);
    assert!(
        !values(&home, &["import", "a"]).contains(&"acme".to_owned()),
        "a name that is free"
    );
    assert_eq!(values(&home, &["ren"]), ["rename"], "also what the overview only names");

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
        "asked of foreign businesses only"
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
fn the_home_and_the_language_of_the_line_count() {
    let home = with_profiles();
    let other = Home::new();
    let folder = home.path().to_str().unwrap();
    assert_eq!(values(&other, &["--home", folder, "show", "ac"]), ["acme"]);
    assert_eq!(values(&other, &["show", &format!("--home={folder}"), "ac"]), ["acme"]);
    let about = |line: &[&str]| offered(&home, line).remove(0).1;
    assert_eq!(about(&["done", "acme", "customs.form"]), "Open the registration form");
    assert_eq!(
        about(&["--lang", "nb", "done", "acme", "customs.form"]),
        "\u{c5}pne registreringsskjemaet"
    );
    assert_eq!(
        about(&["--lang=nb", "export", "acme", "--format", "spring"]),
        "KS' klient for Spring Boot"
    );
}

#[test]
fn what_is_broken_breaks_nothing_here() {
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
    // Nothing of a file can steer the shell whose line it would go into.
    let steering = "environment = \"test\"\n[client]\nscopes = [\"toll:a\", \"x:$(touch y)\", \"x:\\u001b[2J\"]\n";
    fs::write(home.profile("arctic"), steering).unwrap();
    assert_eq!(values(&home, &["token", "arctic", "--scope", ""]), ["toll:a"]);
    let items = values(&home, &["done", "acme", ""]);
    assert!(items.contains(&"digdir.terms".to_owned()), "all there are: {items:?}");
    fs::remove_dir_all(home.path().join("profiles")).unwrap();
    assert!(!values(&home, &["show", ""]).contains(&"acme".to_owned()));
    assert!(!home.path().join("profiles").exists(), "nothing is made by asking");
    // Not a shell: there is nobody to answer, and nothing is run.
    assert_eq!(
        stdout(&asked(&home, &["list"], &[("KLARERT_COMPLETE", "no-shell")])),
        ""
    );
}

/// Bash itself runs the script, with the line in the pieces that it makes of one.
#[cfg(unix)]
#[test]
fn a_real_bash_completes() {
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
        let output = Command::new("bash")
            .args(["--norc", "--noprofile", "-c", &script])
            .current_dir(home.path())
            .env_clear()
            .env("PATH", format!("{}:/usr/bin:/bin", program.display()))
            .env("KLARERT_HOME", home.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(stderr(&output).contains("-F _klarert klarert"), "{}", stderr(&output));
        assert_eq!(
            stderr(&output).lines().count(),
            1,
            "nothing else is said: {}",
            stderr(&output)
        );
        let words = stdout(&output);
        words.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(completed("klarert show ", "klarert show "), ["acme", "arctic"]);
    assert_eq!(completed("klarert show ac", "klarert show ac"), ["acme"]);
    assert_eq!(
        completed("klarert export acme --format=", "klarert export acme --format =").len(),
        9
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
        "a name to quote is left to bash"
    );
}
