//! The binary that is shipped, with its answers piped in or typed at a terminal.

use std::process::Output;
#[cfg(unix)]
use std::{
    io::{Read, Write},
    process::{Command, Stdio},
};

use klarert::profile::{CheckOutcome, Kind};
#[cfg(unix)]
use klarert::text::Language;

use crate::support::home::{DEMO_PASSWORD, Home, stderr, stdout};
#[cfg(unix)]
use crate::support::{
    home::fixture,
    terminal::{CTRL_C, ENTER, Terminal},
};

/// Runs the binary with those lines piped to it.
pub fn answers(home: &Home, arguments: &[&str], lines: &[&str], variables: &[(&str, &str)]) -> Output {
    home.run_piped(arguments, variables, &(lines.join("\n") + "\n"))
}

pub fn certificate(home: &Home, ending: &str) -> String {
    let folders = std::fs::read_dir(home.path().join("sandbox")).unwrap();
    let mut files = folders.map(|folder| folder.unwrap().path().join(ending));
    files.find(|file| file.exists()).unwrap().display().to_string()
}

#[test]
fn a_norwegian_business_reaches_a_green_check() {
    let home = Home::with_sandbox();
    let lines = [
        "acme",
        "yes",
        "1",
        "",
        "123 456 785",
        "1 5",
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
    let (out, said) = (stdout(&output), stderr(&output));
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(out.contains("API test call: passed."), "{out}");
    assert!(said.ends_with("Saved. Go on with: klarert resume acme\n"), "{said}");
    assert!(!out.contains('\u{1b}'), "nothing but lines");
    assert_eq!(home.load("acme").last_check.unwrap().outcome, CheckOutcome::Passed);
}

#[test]
fn a_foreign_business_reaches_a_green_check_in_norwegian() {
    let home = Home::with_sandbox();
    let lines = ["2", "", "", "1", "", "", "1-4", "", "mitt-system", "", "", "", "q"];
    let arguments = ["new", "utland", "--sandbox", "--plain", "--lang", "nb"];
    let output = answers(&home, &arguments, &lines, &[("KLARERT_PASSWORD", DEMO_PASSWORD)]);
    let (out, said) = (stdout(&output), stderr(&output));
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(out.contains("API-testkall: i orden."), "{out}");
    assert!(
        said.ends_with("Lagret. Fortsett med: klarert resume utland\n"),
        "{said}"
    );
    let profile = home.load("utland");
    assert_eq!(profile.business.kind, Some(Kind::Foreign));
    assert_eq!(profile.last_check.as_ref().unwrap().outcome, CheckOutcome::Passed);
}

#[test]
fn a_password_is_not_taken_from_a_piped_line() {
    let home = Home::with_sandbox();
    let own = home.path().join("own.p12").display().to_string();
    std::fs::copy(certificate(&home, "seal.p12"), &own).unwrap();
    let lines = ["2", "", "", "1", "", "", "", "", &own, DEMO_PASSWORD, ":q"];
    let output = answers(&home, &["new", "acme", "--sandbox", "--plain"], &lines, &[]);
    let out = stdout(&output);
    assert!(
        out.contains("own.p12 is locked. A password is never read from a typed line"),
        "{out}"
    );
    let path = home.load("acme").certificate.path.unwrap();
    assert_eq!(
        path.file_name().unwrap(),
        DEMO_PASSWORD,
        "the line was the answer to the question that was asked"
    );

    let wrong = [("KLARERT_PASSWORD", "hemmelig-7788")];
    let lines = [":clear", certificate(&home, "seal.p12").as_str(), ":q"].map(str::to_owned);
    let lines = lines.each_ref().map(String::as_str);
    let output = answers(
        &home,
        &["resume", "acme", "--plain"],
        &[&[":next"], &lines[..]].concat(),
        &wrong,
    );
    let out = stdout(&output);
    assert!(
        out.contains("The password in KLARERT_PASSWORD does not open seal.p12."),
        "{out}"
    );
    assert!(!out.contains(wrong[0].1) && !stderr(&output).contains(wrong[0].1));
}

#[test]
fn the_demonstrations_own_files_open_by_themselves() {
    let home = Home::with_sandbox();
    let lines = ["2", "", "", "1", "", "", "1-4", "", "my-system", "", "", "", "q"];
    let output = answers(&home, &["new", "acme", "--sandbox", "--plain"], &lines, &[]);
    let out = stdout(&output);
    assert!(out.contains("API test call: passed."), "{out}");
    assert!(!out.contains("is locked"), "{out}");
}

#[test]
fn the_end_of_the_input_leaves_as_q_does() {
    let home = Home::new();
    let output = answers(
        &home,
        &["new", "acme", "--plain"],
        &["1", "1", "", "Demo Spedisjon AS"],
        &[],
    );
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stdout(&output).ends_with("(:? help, :b back, :q quit): \n"),
        "{}",
        stdout(&output)
    );
    assert_eq!(stderr(&output), "Saved. Go on with: klarert resume acme\n");
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
        while !String::from_utf8_lossy(&seen).contains("Organisation identifier") {
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
        assert_eq!(stderr(&ended), "Saved. Go on with: klarert resume acme\n");
        assert_eq!(home.load("acme").business.name.as_deref(), Some("Demo Haulage GmbH"));
        drop(typing);
    }
}

#[test]
fn lines_are_only_read_without_a_terminal_when_asked_to() {
    let home = Home::new();
    let output = answers(&home, &["new", "acme"], &["1"], &[("TERM", "dumb")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--plain"), "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
}

#[cfg(unix)]
#[test]
fn at_a_terminal_the_password_is_not_shown() {
    let home = Home::new();
    let password = "spedisjon";
    let file = fixture("openssl-3.p12");
    let mut wizard = Terminal::klarert(&home, Language::English, &["new", "acme", "--plain"]);
    for (seen, line) in [
        ("1  Yes", "2"),
        ("Which environment?", ""),
        ("Name of the business", ":go 4"),
        ("A name for your business", "demo"),
        ("Certificate file", file.to_str().unwrap()),
        ("nothing is shown", "not-this-one"),
        ("does not open openssl-3.p12", password),
    ] {
        wizard.see(seen);
        wizard.press(line);
        wizard.press(ENTER);
    }
    wizard.see("days left");
    wizard.press(CTRL_C);
    wizard.see("klarert resume acme");
    let raw = wizard.raw();
    assert!(!raw.contains(password) && !raw.contains("not-this-one"), "{raw}");
    assert_eq!(wizard.wait().exit_code(), 130);
    assert!(wizard.is_given_back());
}
