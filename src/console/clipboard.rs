//! The clipboard, by the terminal (OSC 52), and by the system's own program where terminals do not know that sequence: the
//! classic console of Windows, and Terminal on macOS.

use std::{
    env,
    io::{self, Write, stdout},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use ratatui::crossterm::{clipboard::CopyToClipboard, execute};

use super::open_link::without_passwords;

/// Copies a text. A terminal does not report whether it supports OSC 52, so a failure has no remedy here.
pub fn copy(text: String) {
    let _ = execute!(stdout(), CopyToClipboard::to_clipboard_from(&text));
    if cfg!(windows) {
        let root = env::var_os("SystemRoot").unwrap_or_else(|| "C:\\Windows".into());
        // The byte order mark tells clip.exe that this is UTF-16.
        let units = format!("\u{feff}{text}");
        let input = units.encode_utf16().flat_map(u16::to_le_bytes).collect();
        pipe(Path::new(&root).join("System32").join("clip.exe"), input);
    } else if cfg!(target_os = "macos") {
        pipe(PathBuf::from("/usr/bin/pbcopy"), text.into_bytes());
    }
}

/// Starts a program and writes its input, on a thread of its own.
fn pipe(program: PathBuf, input: Vec<u8>) {
    let run = move || -> io::Result<()> {
        let mut command = Command::new(program);
        without_passwords(&mut command);
        let mut child = command
            // In another locale, pbcopy takes the bytes for MacRoman.
            .env("LC_CTYPE", "UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(&input)?;
        }
        child.wait().map(drop)
    };
    thread::spawn(run);
}
