//! The wizard in a pseudo-terminal, controlled by keys.

use std::fs;

use klarert::{
    profile::{Authentication, CheckOutcome, Kind, Profile, administration},
    sandbox::{self, Options, Sandbox},
    text::Language,
};
use time::OffsetDateTime;

use crate::support::{
    home::{DEMO_PASSWORD, Home},
    onboarding::{
        check, client, foreign_business, foreign_credentials, leave, name, no_other_organisation, norwegian_business,
        norwegian_checklists, norwegian_credentials, services, tick_all, unlock,
    },
    terminal::{CTRL_C, CTRL_U, CTRL_Z, DOWN, ENTER, ESC, RIGHT, Terminal, squeezed},
    texts::{BOKMAL, english_with},
};

/// Must not appear in any output.
const WRONG_PASSWORD: &str = "hemmelig-7788";

#[test]
fn a_norwegian_business_passes_and_no_secret_leaks() {
    let home = Home::with_sandbox();
    let mut wizard = Terminal::klarert(&home, Language::English, &["--sandbox"]);
    name(&mut wizard);
    norwegian_business(&mut wizard);
    services(&mut wizard);
    norwegian_checklists(&mut wizard);
    // After a wrong password there is a second prompt.
    for key in [ENTER, ENTER, ENTER] {
        wizard.press(key);
    }
    wizard.see_text("does-unlock");
    wizard.press(WRONG_PASSWORD);
    wizard.press(ENTER);
    let again = english_with("password-again", &[("file", "authentication.p12")]);
    let again = squeezed(&again);
    wizard.until("the second prompt", |screen| {
        let contents = screen.contents();
        let window: Vec<&str> = contents.lines().filter_map(|line| line.split('│').nth(1)).collect();
        squeezed(&window.concat()).contains(&again)
    });
    unlock(&mut wizard);
    wizard.see_text("reading-is-authentication");
    wizard.press(ENTER);
    no_other_organisation(&mut wizard);
    wizard.see_text("step-check");
    check(&mut wizard);

    let line = fs::read(format!("/proc/{}/cmdline", wizard.id())).unwrap_or_default();
    let wizard = leave(wizard, "demo");
    let profile = home.load("demo");
    assert_eq!(profile.business.kind, Some(Kind::Norwegian));
    assert_eq!(profile.client.scopes, ["toll:movement/road/v2"]);
    assert_eq!(profile.last_check.unwrap().outcome, CheckOutcome::Passed);

    // No secret leaves the process.
    let mut outside = vec![("the output".to_owned(), wizard.raw())];
    outside.push((
        "the command line".to_owned(),
        String::from_utf8_lossy(&line).into_owned(),
    ));
    for file in home.files() {
        let content = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
        assert!(!content.contains(DEMO_PASSWORD), "{} has the password", file.display());
        outside.push((file.display().to_string(), content));
    }
    assert!(outside.len() > 2, "there is at least the profile");
    for (place, content) in outside {
        for secret in [WRONG_PASSWORD, "PRIVATE KEY", "eyJ", "assertion="] {
            assert!(!content.contains(secret), "{place} has {secret}");
        }
    }
}

#[test]
fn a_registered_key_passes() {
    let home = Home::with_sandbox();
    let mut wizard = Terminal::klarert(&home, Language::English, &["--sandbox"]);
    name(&mut wizard);
    norwegian_business(&mut wizard);
    services(&mut wizard);
    wizard.press("6");
    wizard.see_text("field-authentication");
    wizard.press(ENTER); // the client id
    wizard.press(RIGHT); // a registered key
    wizard.see("demo-key");
    for key in [ENTER, ENTER, ENTER, ENTER, ENTER] {
        wizard.press(key); // authentication, kid, day (edited, left empty), file
    }
    wizard.see("RSA 2048");
    wizard.press(ENTER); // the key
    no_other_organisation(&mut wizard);
    wizard.see_text("step-check");
    check(&mut wizard);
    leave(wizard, "demo");
    let profile = home.load("demo");
    assert_eq!(profile.authentication(), Authentication::Key);
    assert_eq!(profile.client.kid.as_deref(), Some("demo-key"));
    assert_eq!(profile.last_check.unwrap().outcome, CheckOutcome::Passed);
}

#[test]
fn a_foreign_business_passes_without_seeing_digdir() {
    for (language, words) in [
        (Language::English, ["Digdir", "client id", "Samarbeidsportalen"]),
        (Language::Bokmal, ["Digdir", "klient-id", "Samarbeidsportalen"]),
    ] {
        let home = Home::with_sandbox();
        let mut wizard = Terminal::klarert(&home, language, &["--sandbox"]);
        name(&mut wizard);
        let answered = foreign_business(&mut wizard);
        services(&mut wizard);
        tick_all(&mut wizard, 4, "step-credentials");
        foreign_credentials(&mut wizard);
        check(&mut wizard);
        for frame in &wizard.frames()[answered..] {
            for word in words {
                let found = frame.to_lowercase().contains(&word.to_lowercase());
                assert!(!found, "{word} is on the screen:\n{frame}");
            }
        }
        leave(wizard, "demo");
        assert_eq!(home.load("demo").business.kind, Some(Kind::Foreign));
        assert!(
            home.load("demo")
                .client
                .scopes
                .iter()
                .all(|scope| scope.starts_with("toll:eu/"))
        );
    }
}

#[test]
fn an_onboarding_is_left_and_resumed() {
    let home = Home::with_sandbox();
    let mut wizard = Terminal::klarert(&home, Language::Bokmal, &["--sandbox"]);
    name(&mut wizard);
    norwegian_business(&mut wizard);
    services(&mut wizard);
    tick_all(&mut wizard, 4, "step-digdir");
    wizard.press(" ");
    wizard.see("1/4");
    let wizard = leave(wizard, "demo");
    drop(wizard);
    let before = home.load("demo");

    let mut wizard = Terminal::klarert(&home, Language::Bokmal, &["resume", "demo"]);
    wizard.see_text("step-digdir");
    wizard.see("1/4");
    assert_eq!(home.load("demo"), before, "resuming changes nothing");
    for ticked in ["2/4", "3/4"] {
        wizard.press(ENTER);
        wizard.see(ticked);
    }
    wizard.press(ENTER);
    wizard.see_text("step-integration");
    client(&mut wizard);
    norwegian_credentials(&mut wizard);
    check(&mut wizard);
    leave(wizard, "demo");
    let after = home.load("demo");
    assert_eq!(after.business, before.business);
    assert_eq!(after.created, before.created);
}

#[test]
fn a_signal_saves_the_typed_text_and_restores_the_terminal() {
    for signal in ["TERM", "HUP", "INT"] {
        let home = Home::new();
        let mut wizard = at_the_name(&home);
        wizard.signal(signal);
        let status = wizard.wait();
        assert_eq!(status.exit_code(), 130, "{signal}: {status:?}");
        wizard.see_restored();
        assert_eq!(
            home.load("acme").business.name.as_deref(),
            Some("Åse Øl & Ås"),
            "{signal}"
        );
    }
}

/// Starts the wizard with a name typed at the question for the business's name, not confirmed.
fn at_the_name(home: &Home) -> Terminal {
    let mut wizard = Terminal::klarert(home, Language::English, &["new", "acme"]);
    type_a_name(&mut wizard);
    wizard
}

fn type_a_name(wizard: &mut Terminal) {
    wizard.see_text("step-business");
    for keys in [RIGHT, ENTER, RIGHT, ENTER, ENTER] {
        wizard.press(keys);
    }
    wizard.see_text("field-name.why");
    wizard.press("Åse Øl & Ås");
    wizard.see("Åse Øl & Ås");
}

#[test]
fn ctrl_z_restores_the_terminal_and_fg_continues() {
    let home = Home::new();
    let mut shell = Terminal::shell(&home, Language::English);
    shell.see("$");
    shell.press(&format!("'{}' new acme\r", env!("CARGO_BIN_EXE_klarert")));
    type_a_name(&mut shell);
    shell.press(CTRL_Z);
    shell.until("the first screen", |screen| {
        !screen.alternate_screen() && !screen.bracketed_paste()
    });
    // The shell discards what is typed before its prompt.
    shell.see("acme $");
    shell.press("echo paused-$((40+2))\r");
    shell.see("paused-42");
    shell.press("fg\r");
    shell.until("the wizard again", |screen| {
        screen.alternate_screen() && screen.contents().contains("Åse Øl & Ås")
    });
    shell.press(" AS");
    shell.see("Åse Øl & Ås AS");
    shell.press(CTRL_C);
    shell.see("klarert resume acme $");
    assert_eq!(home.load("acme").business.name.as_deref(), Some("Åse Øl & Ås AS"));
    shell.press("exit\r");
    shell.wait();
}

#[test]
fn a_kill_loses_no_confirmed_answer() {
    let home = Home::new();
    // Killed with the name typed: earlier choices are saved.
    let mut wizard = at_the_name(&home);
    wizard.signal("KILL");
    wizard.wait();
    assert_eq!(home.load("acme").business.kind, Some(Kind::Norwegian));

    // Killed at the next question.
    let mut wizard = resumed(&home);
    wizard.press(CTRL_U);
    wizard.press("Acme AS");
    wizard.press(ENTER);
    wizard.see_text("field-organisation.why");
    wizard.signal("KILL");
    wizard.wait();
    assert_eq!(home.load("acme").business.name.as_deref(), Some("Acme AS"));

    // Killed at the next step.
    let mut wizard = resumed(&home);
    wizard.press("123 456 785");
    wizard.press(ENTER);
    wizard.see_text("step-services");
    wizard.signal("KILL");
    wizard.wait();
    assert_eq!(home.load("acme").business.organisation.as_deref(), Some("123456785"));
    assert_eq!(home.load("acme").progress.step.as_deref(), Some("services"));

    // Killed after each tick.
    let mut wizard = resumed(&home);
    services(&mut wizard);
    wizard.signal("KILL");
    wizard.wait();
    for ticks in 1..=4 {
        let mut wizard = resumed(&home);
        wizard.press(" ");
        wizard.see(&format!("{ticks}/4"));
        wizard.signal("KILL");
        wizard.wait();
        let done = home.load("acme").progress.done;
        assert_eq!(done.keys().filter(|key| key.starts_with("customs.")).count(), ticks);
    }
    let names: Vec<_> = home
        .store()
        .list()
        .unwrap()
        .into_iter()
        .map(|listed| listed.name)
        .collect();
    assert_eq!(names.len(), 1, "no temporary file is listed as a profile: {names:?}");
}

fn resumed(home: &Home) -> Terminal {
    let wizard = Terminal::klarert(home, Language::English, &["resume", "acme"]);
    wizard.see("acme");
    wizard.see_text("does-quit");
    wizard
}

#[test]
fn the_window_can_be_resized_to_any_size() {
    let home = Home::new();
    let mut wizard = at_the_name(&home);
    for (width, height) in [
        (60, 20),
        (40, 12),
        (39, 11),
        (3, 3),
        (1, 1),
        (1, 100),
        (200, 5),
        (200, 60),
    ] {
        let before = wizard.raw().len();
        wizard.resize(width, height);
        wizard.until_more_than(before);
    }
    wizard.resize(80, 24);
    wizard.see("Åse Øl & Ås");
    wizard.press(ENTER);
    wizard.see_text("field-organisation.why");
    leave(wizard, "acme");
}

#[test]
fn a_window_that_is_too_small_takes_no_key_but_ctrl_c() {
    let home = Home::new();
    let mut wizard = at_the_name(&home);
    wizard.resize(30, 8);
    wizard.see(&english_with("too-small", &[("width", "40"), ("height", "12")]));
    wizard.press("x");
    wizard.press(ENTER);
    wizard.press("y");
    let _wizard = leave(wizard, "acme");
    assert_eq!(home.load("acme").business.name.as_deref(), Some("Åse Øl & Ås"));
}

#[test]
fn a_password_opens_the_offered_file_too_and_a_changed_file_is_read_again() {
    let home = Home::with_sandbox();
    let delivery = home.path().join("delivery");
    fs::create_dir(&delivery).unwrap();
    let demonstration = klarert::sandbox::folder(home.path()).join("demonstration-1");
    let production = fs::read(demonstration.join("production.p12")).unwrap();
    fs::write(delivery.join("production.p12"), &production).unwrap();
    fs::copy(demonstration.join("authentication.p12"), delivery.join("right.p12")).unwrap();
    // The real environments refuse the demonstration's certificates.
    let lab = "[environments.lab]\nlike = \"test\"\nissuer = \"http://127.0.0.1:1/\"\n";
    fs::write(home.path().join("config.toml"), lab).unwrap();
    let mut profile = Profile::new("lab", OffsetDateTime::now_utc());
    profile.business.kind = Some(Kind::Norwegian);
    profile.business.organisation = Some("123456785".to_owned());
    profile.client.id = Some("3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f10".to_owned());
    profile.certificate.path = Some(delivery.join("production.p12"));
    profile.progress.step = Some("credentials".to_owned());
    home.save("acme", &profile);

    let mut wizard = Terminal::klarert(&home, Language::English, &["resume", "acme"]);
    wizard.see_text("step-credentials");
    wizard.press(DOWN);
    wizard.press(DOWN);
    wizard.see_text("reading-locked");
    wizard.press("p");
    wizard.see_text("does-cancel");
    unlock(&mut wizard);
    wizard.see_text("does-use-found");
    wizard.press("f");
    wizard.see_text("reading-is-authentication");
    let saved = home.load("acme").certificate.path;
    assert_eq!(saved, Some(delivery.join("right.p12")));

    fs::write(delivery.join("right.p12"), &production).unwrap();
    wizard.press("76");
    wizard.see_gone(&english_with("reading-is-authentication", &[]));
    wizard.see("✗");
    leave(wizard, "acme");
}

#[test]
fn the_password_of_the_administration_client_is_asked_for_once() {
    let home = Home::with_sandbox();
    let sandbox = Sandbox::start(&sandbox::folder(home.path()), Options::default()).unwrap();
    // An environment of the user's own: the sandbox's password is given for the sandbox only.
    let environment = sandbox.environment();
    let lab = format!(
        "[environments.lab]\nlike = \"test\"\nissuer = {:?}\nself_service = {:?}\n",
        environment.issuer,
        environment.self_service.unwrap(),
    );
    fs::write(home.path().join("config.toml"), lab).unwrap();
    let demonstration = sandbox.demonstration();
    let mut admin = administration::new("lab", OffsetDateTime::now_utc());
    admin.business.organisation = Some(demonstration.norwegian.organisation.clone());
    admin.client.id = Some(demonstration.administration.clone());
    admin.certificate.path = Some(demonstration.norwegian.certificate.clone());
    home.save("acme-admin", &admin);
    let mut profile = Profile::new("lab", OffsetDateTime::now_utc());
    profile.business.kind = Some(Kind::Norwegian);
    profile.business.name = Some(demonstration.norwegian.name.clone());
    profile.business.organisation = Some(demonstration.norwegian.organisation.clone());
    profile.business.services = vec!["road".to_owned()];
    profile.set_scopes(&[]);
    profile.progress.step = Some("integration".to_owned());
    home.save("acme", &profile);

    let mut wizard = Terminal::klarert(&home, Language::English, &["resume", "acme"]);
    wizard.see_text("client-offer");
    wizard.press("c");
    let about = [("name", "acme-admin"), ("file", "authentication.p12")];
    // The beginning: the dialog breaks the sentence.
    wizard.see(&english_with("password-administration", &about)[..40]);
    wizard.press(WRONG_PASSWORD);
    wizard.press(ENTER);
    let again = english_with("password-again", &[("file", "authentication.p12")]);
    wizard.see(&squeezed(&again)[..20]);
    wizard.press(DEMO_PASSWORD);
    wizard.press(ENTER);
    wizard.see_text("client-plan-title");
    wizard.press(ESC);
    wizard.see_text("client-offer");
    wizard.press("c");
    wizard.see_text("client-plan-title");
    wizard.press(ENTER);
    wizard.see_text("ticked-by-klarert");
    assert!(home.load("acme").client.id.is_some());
    leave(wizard, "acme");
}

#[test]
fn f2_changes_the_language_at_once_and_for_the_next_time() {
    let home = Home::new();
    let mut wizard = at_the_name(&home);
    wizard.press("\x1bOQ"); // F2
    wizard.see("Åse Øl & Ås");
    wizard.see(&BOKMAL.get("step-business"));
    leave(wizard, "acme");
    assert_eq!(home.store().config().unwrap().language, Some(Language::Bokmal));
}

#[test]
fn two_wizards_on_one_profile_ask_whose_version_counts() {
    let home = Home::new();
    let mut profile = Profile::new("test", OffsetDateTime::now_utc());
    profile.business.kind = Some(Kind::Norwegian);
    profile.business.name = Some("Acme AS".to_owned());
    profile.business.organisation = Some("123456785".to_owned());
    profile.client.authentication = Authentication::Certificate;
    profile.progress.step = Some("customs".to_owned());
    home.save("acme", &profile);

    let (mut one, mut other) = (resumed(&home), resumed(&home));
    one.see_text("step-customs");
    other.see_text("step-customs");
    one.press(" ");
    one.see("1/4");
    other.press(DOWN);
    other.press(" ");
    other.see_text("conflict-title");
    let theirs = home.load("acme").progress.done;
    assert!(theirs.contains_key("customs.form") && !theirs.contains_key("customs.submit"));
    // Taking theirs, both show the same.
    other.press("r");
    other.see_gone(&other.texts.get("conflict-title"));
    other.see("1/4");
    assert_eq!(home.load("acme").progress.done, theirs);
    // Now the first is outdated, and keeps its own.
    other.press(" ");
    other.see("2/4");
    one.press(" ");
    one.see_text("conflict-title");
    one.press(ESC);
    one.press("k");
    one.see_gone(&one.texts.get("conflict-title"));
    leave(one, "acme");
    drop(other);
}
