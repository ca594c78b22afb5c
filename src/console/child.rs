//! Other programs that are started: without the secrets in this program's environment.

use std::{
    env,
    io::Write,
    path::{Path, PathBuf},
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

/// Copies a text with the system's own program. Classic consoles of Windows, and Terminal on macOS, do not know the escape
/// sequence for it (OSC 52). Returns whether the system has such a program and it could be started.
pub fn copy(text: &str) -> bool {
    let (program, input) = if cfg!(windows) {
        let root = env::var_os("SystemRoot").unwrap_or_else(|| "C:\\Windows".into());
        // The byte order mark tells clip.exe that this is UTF-16.
        let units = std::iter::once('\u{feff}').chain(text.chars());
        let units: Vec<u16> = units.collect::<String>().encode_utf16().collect();
        let bytes = units.into_iter().flat_map(u16::to_le_bytes).collect();
        (Path::new(&root).join("System32").join("clip.exe"), bytes)
    } else if cfg!(target_os = "macos") {
        (PathBuf::from("/usr/bin/pbcopy"), text.as_bytes().to_vec())
    } else {
        return false;
    };
    let mut command = Command::new(program);
    without_passwords(&mut command);
    // In another locale, pbcopy takes the bytes for MacRoman.
    command.env("LC_CTYPE", "UTF-8");
    let child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    child.is_ok_and(|mut child| {
        let written = child.stdin.take().map(|mut stdin| stdin.write_all(&input));
        matches!(written, Some(Ok(()))) && child.wait().is_ok_and(|status| status.success())
    })
}

fn without_passwords(command: &mut Command) {
    for (name, _) in env::vars_os() {
        if name
            .to_string_lossy()
            .to_ascii_uppercase()
            .starts_with(password::VARIABLE)
        {
            command.env_remove(name);
        }
    }
    // Ctrl-C and a closed terminal end this program, not the browser.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
}
