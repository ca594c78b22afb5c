//! Passwords from commands, named lines and variables, and what is left alone without one.

use std::{fs, process::Output};

use klarert::profile::CheckOutcome;

use crate::{
    check_command::{LAB, lab_home, password, save},
    support::{
        home::{Home, exit_code, stderr, stdout},
        schema,
        texts::english,
    },
};

fn outcomes(output: &Output) -> Vec<String> {
    let mut lines: Vec<String> = schema::assert_valid("check", &stdout(output))
        .iter()
        .map(|object| format!("{} {}", object["profile"], object["outcome"]).replace('"', ""))
        .collect();
    lines.sort();
    lines
}

#[cfg(unix)]
#[test]
fn a_command_gives_the_password_with_its_placeholders_replaced() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |_| {});
    let script = home.path().join("secret.sh");
    let log = home.path().join("log");
    let text = format!(
        "echo \"$@\" >> '{}'\n[ \"$1\" = acme ] || {{ echo 'locked store' >&2; exit 7; }}\necho {}\necho second line\n",
        log.display(),
        password()
    );
    fs::write(&script, text).unwrap();
    let command = format!("sh '{}' {{profile}} {{organisation}} {{file}}", script.display());
    let run = |names: &[&str]| home.run(&[&["check", "--json", "--password-command", &command], names].concat());
    let output = run(&["acme"]);
    assert_eq!(exit_code(&output), 0, "{}", stderr(&output));
    let business = &LAB.demonstration().norwegian;
    let expected = format!("acme {} {}\n", business.organisation, business.certificate.display());
    assert_eq!(fs::read_to_string(&log).unwrap(), expected);

    save(&home, "beta", "lab", |_| {});
    let output = run(&["acme", "beta"]);
    assert_eq!(exit_code(&output), 3);
    assert_eq!(outcomes(&output), ["acme passed", "beta skipped"]);
    assert!(stderr(&output).contains("locked store"), "{}", stderr(&output));
    assert!(!stderr(&output).contains(password()) && !stdout(&output).contains(password()));

    for (broken, named) in [
        ("no-such-program", "no-such-program"),
        ("true", "true"),
        ("sh 'x", "--password-command"),
    ] {
        let output = home.run(&["check", "acme", "--password-command", broken]);
        assert_ne!(exit_code(&output), 0, "{broken}");
        assert!(stderr(&output).contains(named), "{broken}: {}", stderr(&output));
    }
}

#[cfg(unix)]
#[test]
fn the_sources_count_in_their_order() {
    let home = lab_home(None);
    let config = home.path().join("config.toml");
    let lab = fs::read_to_string(&config).unwrap();
    let wrong = "password_command = [\"echo\", \"wrong\"]\n";
    let right = format!("password_command = [\"echo\", \"{}\"]\n", password());
    save(&home, "acme", "lab", |_| {});
    let run = |args: &[&str], variables: &[(&str, &str)]| {
        exit_code(&home.run_with(&[&["check", "acme"], args].concat(), variables))
    };
    let given = format!("echo {}", password());
    assert_eq!(
        run(&["--password-command", &given], &[("KLARERT_PASSWORD_ACME", "wrong")]),
        0
    );
    fs::write(&config, format!("{right}{lab}")).unwrap();
    assert_eq!(run(&[], &[]), 0, "the configuration's");
    assert_eq!(run(&[], &[("KLARERT_PASSWORD", "wrong")]), 3, "a variable comes first");
    fs::write(&config, format!("{wrong}{lab}")).unwrap();
    save(&home, "beta", "lab", |profile| {
        profile.password_command = vec!["echo".into(), password().into()];
    });
    assert_eq!(exit_code(&home.run(&["check", "beta"])), 0, "the profile's comes first");
    assert_eq!(home.load("beta").password_command, ["echo", password()], "it is kept");
}

#[test]
fn lines_on_standard_input_may_be_named_and_none_may_be_left_over() {
    let home = lab_home(None);
    let second = home.path().join("second.p12");
    fs::copy(&LAB.demonstration().norwegian.certificate, &second).unwrap();
    save(&home, "a", "lab", |_| {});
    save(&home, "b", "lab", |profile| profile.certificate.path = Some(second));
    let right = password();
    let run = |input: &str| home.run_piped(&["check", "--all", "--password-stdin", "--json"], &[], input);
    for (input, expected) in [
        (format!("b={right}\na={right}\n"), ["a passed", "b passed"]),
        (format!("b={right}\n"), ["a skipped", "b passed"]),
        (format!("a=wrong\nb={right}"), ["a failed", "b passed"]),
    ] {
        assert_eq!(outcomes(&run(&input)), expected, "{input}");
    }
    for (input, id) in [
        (format!("{right}\n{right}\n{right}\n"), "password-lines"),
        (format!("a={right}\nc={right}\n"), "password-lines"),
    ] {
        let output = run(&input);
        assert_eq!(exit_code(&output), 2, "{input}");
        let error = schema::assert_valid("error", &stdout(&output));
        assert_eq!(error[0]["error"]["id"], id);
        assert!(!stderr(&output).contains(right));
    }
}

#[test]
fn an_empty_password_counts_as_none() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |_| {});
    let right = ("KLARERT_PASSWORD", password());
    let stdin = &["--password-stdin"][..];
    for (variables, args, input) in [
        (&[("KLARERT_PASSWORD", "")][..], &[][..], ""),
        (&[("KLARERT_PASSWORD_ACME", "\n")], &[], ""),
        (&[], stdin, "\n"),
        (&[], stdin, "acme=\n"),
    ] {
        let run = |more: &[(&str, &str)], args: &[&str]| {
            let variables = [variables, more].concat();
            home.run_piped(args, &variables, input)
        };
        let check = [&["check", "acme", "--json"], args].concat();
        let output = run(&[], &check);
        assert_eq!(exit_code(&output), 3, "{variables:?} {input:?}");
        assert_eq!(outcomes(&output), ["acme skipped"], "{variables:?} {input:?}");
        assert_eq!(home.load("acme").last_check, None, "{variables:?} {input:?}");
        // The next source is tried.
        if !variables.iter().any(|(name, _)| *name == right.0) {
            home.run(&["copy", "acme", "second"]);
            assert_eq!(exit_code(&run(&[right], &check)), 0, "{variables:?} {input:?}");
            home.run(&["remove", "acme"]);
            home.run(&["rename", "second", "acme"]);
        }
        if input.starts_with("acme") {
            continue;
        }
        let file = home.load("acme").certificate.path.unwrap().display().to_string();
        let output = run(&[], &[&["certificate", &file, "--json"], args].concat());
        let findings = schema::assert_valid("certificate", &stdout(&output))[0]["findings"].to_string();
        assert!(
            findings.contains("password-needed"),
            "{variables:?} {input:?}: {findings}"
        );
    }
}

#[test]
fn a_variable_for_two_profiles_is_refused() {
    let home = lab_home(None);
    save(&home, "a-b", "lab", |_| {});
    save(&home, "a_b", "lab", |_| {});
    let output = home.run_with(&["check", "a-b"], &[("KLARERT_PASSWORD_A_B", password())]);
    assert_eq!(exit_code(&output), 2);
    assert!(
        stderr(&output).contains("a-b") && stderr(&output).contains("a_b"),
        "{}",
        stderr(&output)
    );
    assert_eq!(
        exit_code(&home.run_with(&["check", "a-b"], &[("KLARERT_PASSWORD", password())])),
        0
    );
}

#[test]
fn a_check_without_the_password_leaves_the_last_result() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |_| {});
    let good = home.run_with(&["check", "acme"], &[("KLARERT_PASSWORD", password())]);
    assert_eq!(exit_code(&good), 0);
    let before = home.load("acme").last_check;
    for args in [
        &["check", "acme"][..],
        &["check", "--all"],
        &["check", "--all", "--json"],
    ] {
        let output = home.run(args);
        assert_eq!(exit_code(&output), 3, "{args:?}");
        assert_eq!(home.load("acme").last_check, before, "{args:?}");
    }
    assert!(stdout(&home.run(&["check", "--all"])).contains(&english("check-row-skipped")));
    let wrong = home.run_with(&["check", "acme"], &[("KLARERT_PASSWORD", "wrong")]);
    assert_eq!(exit_code(&wrong), 3);
    assert_eq!(home.load("acme").last_check.unwrap().outcome, CheckOutcome::Failed);
}

#[test]
fn no_other_password_is_tried_on_the_sandboxs_own_files() {
    let home = Home::with_sandbox();
    let variables = [("KLARERT_PASSWORD", "of another certificate")];
    let output = home.run_with(&["check", "--sandbox"], &variables);
    assert_eq!(exit_code(&output), 0, "{}{}", stdout(&output), stderr(&output));
}

#[test]
fn a_new_profile_is_warned_of_an_unusable_certificate_if_the_password_is_at_hand() {
    let home = Home::new();
    let file = LAB
        .demonstration()
        .norwegian
        .certificate
        .with_file_name("production.p12");
    let file = file.to_str().unwrap();
    let new = |name: &str, variables: &[(&str, &str)]| {
        let args = [
            "new",
            name,
            "--business",
            "norwegian",
            "--organisation",
            "123456785",
            "--certificate",
            file,
        ];
        stderr(&home.run_with(&args, variables))
    };
    assert!(!new("closed", &[]).contains("warning: "));
    let warned = new("opened", &[("KLARERT_PASSWORD_OPENED", password())]);
    assert!(
        warned.contains("warning: ") && warned.contains("production.p12: "),
        "{warned}"
    );
}

#[test]
fn a_wrong_password_is_answered_with_its_source() {
    let home = lab_home(None);
    save(&home, "acme", "lab", |_| {});
    save(&home, "k-77", "lab", |_| {});
    let line = "k-77=demo\n";
    let named = english("password-came-from.named");
    for (args, variables, input, source) in [
        (&[][..], &[("KLARERT_PASSWORD", "typo")][..], "", "KLARERT_PASSWORD."),
        (&[], &[("KLARERT_PASSWORD_ACME", "typo")], "", "KLARERT_PASSWORD_ACME."),
        (&["--password-command", "echo typo"], &[], "", "--password-command."),
        (&["--password-stdin"], &[], "typo\n", "(--password-stdin)."),
        (&["--password-stdin"], &[], line, named.as_str()),
        (&["--password-stdin"], &[], "K-77=demo\n", named.as_str()),
        (&["--password-stdin"], &[], "a b=c\n", "(--password-stdin)."),
    ] {
        let output = home.run_piped(&[&["check", "acme"], args].concat(), variables, input);
        let err = stderr(&output);
        assert_eq!(exit_code(&output), 3, "{args:?} {variables:?}: {err}");
        assert!(err.contains(source) && !err.contains("klarert set"), "{source}: {err}");
        assert!(input == line || !err.contains("demo"), "{err}");
        let file = home.load("acme").certificate.path.unwrap().display().to_string();
        let output = home.run_piped(&[&["certificate", &file], args].concat(), variables, input);
        assert_eq!(exit_code(&output), 3);
        let is_found = !variables.iter().any(|(name, _)| name.ends_with("ACME"));
        assert_eq!(
            stderr(&output).contains("The password came from"),
            is_found,
            "{args:?} {variables:?}"
        );
    }
}

#[test]
fn a_misspelt_key_of_the_configuration_is_named() {
    let home = lab_home(None);
    let config = home.path().join("config.toml");
    let lab = fs::read_to_string(&config).unwrap();
    let warnings = |text: &str| {
        fs::write(&config, format!("{text}\n{lab}")).unwrap();
        stderr(&home.run(&["list"]))
    };
    for (text, known) in [
        ("pasword_command = [\"x\"]", "password_command"),
        ("lang = \"en\"", "language"),
        ("[environment.foo]\nlike = \"test\"\n", "environments"),
    ] {
        let err = warnings(text);
        assert!(
            err.contains("config.toml, line 1") && err.contains(known),
            "{text}: {err}"
        );
    }
    assert!(!warnings("language = \"en\"\ncolour = 1").contains("warning"));
}
