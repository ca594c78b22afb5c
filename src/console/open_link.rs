//! Other programs that are started: without the secrets in this program's environment.

use std::{
    env,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::password;

/// A launcher that runs for longer has opened the link: some wait for the browser, and fail when it does.
const LAUNCH_TIME: Duration = Duration::from_secs(5);

/// Opens a link with the desktop's program for it, and waits for that program. Returns whether one could be started.
///
/// The variables with passwords are removed: the browser would pass them on to every program that it starts.
pub fn open_link(link: &str) -> bool {
    open::commands(link).into_iter().any(|mut command| {
        without_passwords(&mut command);
        // Ctrl-C and a closed terminal end this program, not the browser.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let start = Instant::now();
        match command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
        {
            // Windows' launcher has no reliable exit code.
            Ok(status) => cfg!(windows) || status.success() || start.elapsed() > LAUNCH_TIME,
            Err(_) => false,
        }
    })
}

/// Removes the variables with passwords from a program's environment.
pub fn without_passwords(command: &mut Command) {
    for (name, _) in env::vars_os() {
        if name
            .to_string_lossy()
            .to_ascii_uppercase()
            .starts_with(password::VARIABLE)
        {
            command.env_remove(name);
        }
    }
}
