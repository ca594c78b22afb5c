//! An onboarding in a terminal, step by step, with the answers that the sandbox suggests.

use super::{
    home::DEMO_PASSWORD,
    terminal::{CTRL_C, ENTER, RIGHT, Terminal},
};

/// Accepts the suggested name.
pub fn name(wizard: &mut Terminal) {
    wizard.see_text("naming-title");
    wizard.press(ENTER);
    wizard.see_text("step-business");
}

/// Answers yes and yes; then accepts the suggestions.
pub fn norwegian_business(wizard: &mut Terminal) {
    for keys in [RIGHT, ENTER, RIGHT, ENTER, ENTER, ENTER, ENTER] {
        wizard.press(keys);
    }
    wizard.see_text("step-services");
}

/// Chooses the first service.
pub fn services(wizard: &mut Terminal) {
    wizard.press(" ");
    wizard.see("[x]");
    wizard.press(ENTER);
    wizard.see_text("step-customs");
}

/// Ticks every item of a checklist. The last tick goes on to the next step.
pub fn tick_all(wizard: &mut Terminal, count: usize, next: &str) {
    for _ in 0..count {
        wizard.press(ENTER);
    }
    wizard.see_text(next);
    wizard.see(&format!("{count}/{count}"));
}

pub fn norwegian_checklists(wizard: &mut Terminal) {
    tick_all(wizard, 4, "step-digdir");
    tick_all(wizard, 4, "step-integration");
    client(wizard);
}

/// Ticks the items of the client, and takes the suggested client id below the last one.
pub fn client(wizard: &mut Terminal) {
    for _ in 0..11 {
        wizard.press(ENTER);
    }
    wizard.see_text("step-credentials");
    wizard.see("10/10");
}

/// Types the password at its prompt.
pub fn unlock(wizard: &mut Terminal) {
    wizard.see_text("does-unlock");
    wizard.press(DEMO_PASSWORD);
    wizard.press(ENTER);
    // Not by "unlock", which is also a part of "unlocked".
    wizard.see_gone(&wizard.texts.get("does-cancel"));
}

pub fn norwegian_credentials(wizard: &mut Terminal) {
    wizard.press(ENTER); // with the certificate
    wizard.press(ENTER); // its path
    unlock(wizard);
    wizard.see_text("reading-is-authentication");
    wizard.press(ENTER); // the certificate
    no_other_organisation(wizard);
    wizard.see_text("step-check");
}

/// Leaves the organisation that a supplier acts for empty: starts the edit, then takes the empty text.
pub fn no_other_organisation(wizard: &mut Terminal) {
    wizard.press(ENTER);
    wizard.press(ENTER);
}

/// Answers no; then accepts the suggestions. Returns the number of frames before the kind was known.
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

/// Answers yes and no; then accepts the suggestions.
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
    // Only a failed check offers to go to a fix.
    assert!(
        !wizard.screen().contains(&wizard.texts.get("does-go-to-fix")),
        "{}",
        wizard.screen()
    );
}

/// Leaves with Ctrl-C, and waits for the restored terminal and the command to resume.
pub fn leave(mut wizard: Terminal, name: &str) -> Terminal {
    wizard.press(CTRL_C);
    assert_eq!(wizard.wait().exit_code(), 130);
    wizard.see_restored();
    wizard.see(&format!("klarert resume {name}"));
    wizard
}
