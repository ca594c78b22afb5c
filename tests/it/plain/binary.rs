//! The binary with answers piped to it or typed at a terminal.

use std::process::Output;
#[cfg(unix)]
use std::{
    io::{Read, Write},
    process::{Command, Stdio},
};

#[cfg(unix)]
use klarert::text::Language;
use klarert::{
    profile::{CheckOutcome, Kind},
    text::{Args, Texts},
};

#[cfg(unix)]
use crate::support::{
    home::fixture,
    terminal::{CTRL_C, ENTER, Terminal},
};
use crate::support::{
    home::{DEMO_PASSWORD, Home, stderr, stdout},
    texts::{BOKMAL, ENGLISH, english, english_with},
};

/// Returns what plain mode prints when the last stage passes.
fn api_passed(texts: &Texts) -> String {
    format!("{}: {}.", texts.get("stage-name-api"), texts.get("outcome-passed"))
}

/// Returns the last line of a saved onboarding.
fn resume(texts: &Texts, name: &str) -> String {
    let command = format!("klarert resume {name} --plain");
    texts.with("exit-summary-resume", &Args::new().with("command", command)) + "\n"
}

/// Runs the binary with those lines piped to it.
pub fn answers(home: &Home, arguments: &[&str], lines: &[&str], variables: &[(&str, &str)]) -> Output {
    home.run_piped(arguments, variables, &(lines.join("\n") + "\n"))
}

/// Returns the path of a file of the demonstration.
pub fn certificate(home: &Home, ending: &str) -> String {
    let folders = std::fs::read_dir(home.path().join("sandbox")).unwrap();
    let mut files = folders.map(|folder| folder.unwrap().path().join(ending));
    files.find(|file| file.exists()).unwrap().display().to_string()
}

#[test]
fn a_norwegian_business_passes_the_check() {
    let home = Home::with_sandbox();
    let lines = [
        "acme",
        "yes",
        "1",
        "",
        "123 456 785",
        "1 6",
        "",
        "",
        "1-4",
        "",
        "1-3",
        "",
        "1-9",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "q",
    ];
    let output = answers(
        &home,
        &["--sandbox", "--plain"],
        &lines,
        &[("KLARERT_PASSWORD", DEMO_PASSWORD)],
    );
    let (out, err) = (stdout(&output), stderr(&output));
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(out.contains(&api_passed(&ENGLISH)), "{out}");
    assert!(err.ends_with(&resume(&ENGLISH, "acme")), "{err}");
    assert!(!out.contains('\u{1b}'), "only lines of text");
    assert_eq!(home.load("acme").last_check.unwrap().outcome, CheckOutcome::Passed);
}

#[test]
fn a_foreign_business_passes_the_check_in_norwegian() {
    let home = Home::with_sandbox();
    let lines = ["2", "", "", "1", "", "", "1-4", "", "mitt-system", "", "", "", "q"];
    let arguments = ["new", "utland", "--sandbox", "--plain", "--lang", "nb"];
    let output = answers(&home, &arguments, &lines, &[("KLARERT_PASSWORD", DEMO_PASSWORD)]);
    let (out, err) = (stdout(&output), stderr(&output));
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(out.contains(&api_passed(&BOKMAL)), "{out}");
    assert!(err.ends_with(&resume(&BOKMAL, "utland")), "{err}");
    let profile = home.load("utland");
    assert_eq!(profile.business.kind, Some(Kind::Foreign));
    assert_eq!(profile.last_check.as_ref().unwrap().outcome, CheckOutcome::Passed);
}

#[test]
fn a_piped_line_is_never_a_password() {
    let home = Home::with_sandbox();
    let own = home.path().join("own.p12").display().to_string();
    std::fs::copy(certificate(&home, "seal.p12"), &own).unwrap();
    let lines = ["2", "", "", "1", "", "", "", "", &own, DEMO_PASSWORD, ":q"];
    let output = answers(&home, &["new", "acme", "--sandbox", "--plain"], &lines, &[]);
    let out = stdout(&output);
    assert!(
        out.contains(&english_with("plain-password-refused", &[("file", "own.p12")])),
        "{out}"
    );
    let path = home.load("acme").certificate.path.unwrap();
    assert_eq!(
        path.file_name().unwrap(),
        DEMO_PASSWORD,
        "the line answers the question"
    );

    let wrong = [("KLARERT_PASSWORD", "hemmelig-7788")];
    let lines = [own.as_str(), ":q"].map(str::to_owned);
    let lines = lines.each_ref().map(String::as_str);
    let output = answers(&home, &["resume", "acme", "--plain"], &lines, &wrong);
    let out = stdout(&output);
    assert!(
        out.contains(&english_with("plain-password-variable-wrong", &[("file", "own.p12")])),
        "{out}"
    );
    assert!(!out.contains(wrong[0].1) && !stderr(&output).contains(wrong[0].1));
}

#[test]
fn files_of_the_demonstration_need_no_password() {
    let home = Home::with_sandbox();
    let lines = ["2", "", "", "1", "", "", "1-4", "", "my-system", "", "", "", "q"];
    let output = answers(&home, &["new", "acme", "--sandbox", "--plain"], &lines, &[]);
    let out = stdout(&output);
    assert!(out.contains(&api_passed(&ENGLISH)), "{out}");
    let file = Args::new().with("file", "seal.p12");
    assert!(!out.contains(&ENGLISH.with("plain-password-refused", &file)), "{out}");
}

#[test]
fn the_end_of_input_saves_and_leaves() {
    let home = Home::new();
    let output = answers(
        &home,
        &["new", "acme", "--plain"],
        &["1", "1", "", "Demo Spedisjon AS"],
        &[],
    );
    assert_eq!(output.status.code(), Some(5), "the onboarding has not ended");
    assert!(
        stdout(&output).ends_with(&format!(
            "{}: \n",
            english_with(
                "plain-prompt-text",
                &[("question", &format!("{}.", english("field-organisation")))]
            )
        )),
        "{}",
        stdout(&output)
    );
    assert_eq!(stderr(&output), resume(&ENGLISH, "acme"));
    assert_eq!(home.load("acme").business.name.as_deref(), Some("Demo Spedisjon AS"));
}

#[cfg(unix)]
#[test]
fn a_signal_saves_and_leaves() {
    for signal in ["INT", "TERM"] {
        let home = Home::new();
        let mut command = home.command(&["new", "acme", "--plain"]);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let mut typing = child.stdin.take().unwrap();
        typing.write_all(b"2\n1\nDemo Haulage GmbH\n").unwrap();
        let mut seen = Vec::new();
        let mut output = child.stdout.take().unwrap();
        let mut byte = [0];
        let question = english("field-organisation-foreign");
        while !String::from_utf8_lossy(&seen).contains(&question) {
            output.read_exact(&mut byte).unwrap();
            seen.push(byte[0]);
        }
        let killed = Command::new("kill")
            .args([&format!("-{signal}"), &child.id().to_string()])
            .status();
        assert!(killed.unwrap().success());
        output.read_to_end(&mut seen).unwrap();
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(130), "{signal}");
        assert_eq!(stderr(&ended), resume(&ENGLISH, "acme"));
        assert_eq!(home.load("acme").business.name.as_deref(), Some("Demo Haulage GmbH"));
        drop(typing);
    }
}

#[test]
fn lines_are_read_only_with_the_flag_plain() {
    let home = Home::new();
    let output = answers(&home, &["new", "acme"], &["1"], &[("TERM", "dumb")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--plain"), "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
}

#[cfg(unix)]
#[test]
fn a_password_typed_at_a_terminal_is_not_shown() {
    let home = Home::new();
    let password = "spedisjon";
    let file = fixture("openssl-3.p12");
    let mut wizard = Terminal::klarert(&home, Language::English, &["new", "acme", "--plain"]);
    for (seen, line) in [
        (english("option-yes"), "2"),
        (english("field-environment"), ""),
        (english("field-name"), ":go 4"),
        (english("field-issuer-name"), "demo"),
        (english("field-certificate"), file.to_str().unwrap()),
        (
            english_with("plain-password", &[("file", "openssl-3.p12")]),
            "not-this-one",
        ),
        (
            english_with("plain-password-again", &[("file", "openssl-3.p12")]),
            password,
        ),
    ] {
        wizard.see(&seen);
        wizard.press(line);
        wizard.press(ENTER);
    }
    wizard.see("NTRNO-123456785");
    wizard.press(CTRL_C);
    wizard.see("klarert resume acme");
    let raw = wizard.raw();
    assert!(!raw.contains(password) && !raw.contains("not-this-one"), "{raw}");
    assert_eq!(wizard.wait().exit_code(), 130);
    assert!(wizard.is_restored());
}

#[cfg(unix)]
#[test]
fn a_prompt_is_broken_between_words_only() {
    let home = Home::new();
    let mut plain = Terminal::klarert(&home, Language::Bokmal, &["new", "acme", "--plain"]);
    plain.see_text("field-norwegian-number");
    // Narrower than the second prompt.
    plain.resize(60, 24);
    plain.press("1");
    plain.press(ENTER);
    let question = Args::new().with("question", plain.texts.get("field-portal-login"));
    plain.see(&format!("{}:", plain.texts.with("plain-prompt-choice", &question)));
    let is_whole = |line: &str| line.chars().count() <= 60;
    let screen = plain.screen();
    // The terminal joins a line that it broke itself.
    let answered = screen.lines().skip_while(|line| !line.ends_with(": 1"));
    assert!(answered.skip(1).all(is_whole), "{screen}");
    plain.press(CTRL_C);
    plain.wait();
}
