//! Programs that klarert starts: none gets a secret.

use std::{fs, os::unix::fs::PermissionsExt, thread, time::Duration};

use klarert::text::Language;

use crate::support::{
    home::{Home, NEW_ACME},
    terminal::{ENTER, Terminal},
};

#[test]
fn browser_gets_no_password() {
    let home = Home::new();
    assert!(home.run(&NEW_ACME).status.success());
    let tools = home.path().join("tools");
    fs::create_dir(&tools).unwrap();
    let launcher = tools.join("xdg-open");
    fs::write(
        &launcher,
        "#!/bin/sh\nenv > \"$HOME/seen\"\nmv \"$HOME/seen\" \"$HOME/environment\"\n",
    )
    .unwrap();
    fs::set_permissions(&launcher, fs::Permissions::from_mode(0o755)).unwrap();

    let mut shell = Terminal::shell(&home, Language::English);
    let program = env!("CARGO_BIN_EXE_klarert");
    shell.press(&format!(
        "PATH={}:$PATH KLARERT_PASSWORD=hemmelig-1 KLARERT_PASSWORD_ACME=hemmelig-2 OTHER=seen {program} resume acme{ENTER}",
        tools.display()
    ));
    shell.see_text("step-customs");
    shell.press("o");
    let seen = home.path().join("environment");
    for _ in 0..300 {
        if seen.exists() {
            break;
        }
        thread::sleep(Duration::from_millis(100));
    }
    let environment = fs::read_to_string(seen).expect("the launcher was started");
    assert!(environment.contains("OTHER=seen"), "{environment}");
    assert!(!environment.contains("hemmelig"), "{environment}");
}
