//! The wizard's road in a terminal, step by step, with what the sandbox suggests.

use super::{
    home::DEMO_PASSWORD,
    terminal::{CTRL_C, ENTER, RIGHT, Terminal},
};

/// Takes the name that is suggested.
pub fn name(wizard: &mut Terminal) {
    wizard.see_text("naming-title");
    wizard.press(ENTER);
    wizard.see_text("step-business");
}

/// Yes and yes; then what the sandbox suggests.
pub fn norwegian_business(wizard: &mut Terminal) {
    for keys in [RIGHT, ENTER, RIGHT, ENTER, ENTER, ENTER, ENTER] {
        wizard.press(keys);
    }
    wizard.see_text("step-services");
}

/// The first service.
pub fn services(wizard: &mut Terminal) {
    wizard.press(" ");
    wizard.see("[x]");
    wizard.press(ENTER);
    wizard.see_text("step-customs");
}

/// Ticks a whole checklist and goes on.
pub fn tick_all(wizard: &mut Terminal, count: usize, next: &str) {
    for _ in 0..count {
        wizard.press(" ");
    }
    wizard.see(&format!("{count}/{count}"));
    wizard.press(ENTER);
    wizard.see_text(next);
}

pub fn norwegian_checklists(wizard: &mut Terminal) {
    tick_all(wizard, 4, "step-digdir");
    tick_all(wizard, 4, "step-integration");
    tick_all(wizard, 10, "step-credentials");
}

/// Types the password of the certificate, which is being asked for.
pub fn unlock(wizard: &mut Terminal) {
    wizard.see_text("does-unlock");
    wizard.press(DEMO_PASSWORD);
    wizard.press(ENTER);
    wizard.see_gone(&wizard.texts.get("does-unlock"));
}

pub fn norwegian_credentials(wizard: &mut Terminal) {
    wizard.press(ENTER); // the client id
    wizard.press(ENTER); // with the certificate
    wizard.press(ENTER); // its path
    unlock(wizard);
    wizard.see_text("reading-is-authentication");
    wizard.press(ENTER); // that is the one
    wizard.press(ENTER); // for nobody else
    wizard.see_text("step-check");
}

/// No; then what the sandbox suggests. How many frames there were when the kind was known.
pub fn foreign_business(wizard: &mut Terminal) -> usize {
    wizard.press(RIGHT);
    wizard.press(RIGHT); // no
    wizard.see_text("kind-foreign-note");
    let answered = wizard.frames().len();
    for key in [ENTER, ENTER, ENTER, ENTER] {
        wizard.press(key);
    }
    wizard.see_text("step-services");
    answered
}

/// A number, and nobody who can log in; then what the sandbox suggests.
pub fn nuf(wizard: &mut Terminal) {
    for key in [RIGHT, ENTER, RIGHT, RIGHT] {
        wizard.press(key);
    }
    wizard.see_text("kind-foreign-note");
    for key in [ENTER, ENTER, ENTER, ENTER] {
        wizard.press(key);
    }
    wizard.see_text("step-services");
}

pub fn foreign_credentials(wizard: &mut Terminal) {
    wizard.press(ENTER); // the name sent as iss
    wizard.press(ENTER); // the certificate
    unlock(wizard);
    wizard.see_text("reading-is-seal");
    wizard.press(ENTER);
    wizard.see_text("step-check");
}

pub fn check(wizard: &mut Terminal) {
    wizard.press(ENTER);
    wizard.see_text("does-run-again");
    // What no failed check offers.
    assert!(
        !wizard.screen().contains(&wizard.texts.get("does-mend")),
        "{}",
        wizard.screen()
    );
}

/// Leaves, and sees the terminal as it was with the word how to go on.
pub fn leave(mut wizard: Terminal, name: &str) -> Terminal {
    wizard.press(CTRL_C);
    assert!(wizard.wait().success());
    wizard.see_given_back();
    wizard.see(&format!("klarert resume {name}"));
    wizard
}
