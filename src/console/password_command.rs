//! Command of a secret store that prints a password: `--password-command` and `password_command`.
//!
//! It is run without a shell. Its output is a secret and is shown nowhere; its standard error is shown if it fails.

use std::{
    io::{self, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use zeroize::Zeroizing;

use super::{open_link::without_passwords, secret_editor::MAX_PASSWORD_BYTES};
use crate::{
    credential::Password,
    profile::file::store::own_folder,
    text::{Args, Texts, io_reason_of},
};

/// Limit for a command: a person may have to unlock the store.
const MAX_COMMAND_TIME: Duration = Duration::from_secs(60);
/// Wait for what a command has printed after it has ended: a program it started may keep its output open.
const MAX_OUTPUT_WAIT: Duration = Duration::from_secs(1);
const POLL_INTERVAL: Duration = Duration::from_millis(5);
/// Limit for the error output that is kept.
const MAX_ERROR_BYTES: u64 = 2000;

/// Values for the placeholders of a command.
#[derive(Debug, Clone, Copy)]
pub struct Placeholders<'a> {
    /// `{profile}`
    pub profile: &'a str,
    /// `{organisation}`
    pub organisation: &'a str,
    /// `{file}`: the path of the certificate's file.
    pub file: &'a Path,
}

/// The reason why a command gave no password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordCommandError {
    NotStarted {
        program: String,
        kind: io::ErrorKind,
        error: String,
    },
    Failed {
        program: String,
        status: String,
        stderr: String,
    },
    NoOutput {
        program: String,
    },
    TimedOut {
        program: String,
    },
}

impl PasswordCommandError {
    /// Returns what happened, for people.
    pub fn text(&self, texts: &Texts) -> String {
        let of = |program: &str| Args::new().with("program", program);
        match self {
            PasswordCommandError::NotStarted { program, kind, error } => {
                let reason = io_reason_of(*kind, error, texts);
                texts.with("password-command-not-started", &of(program).with("error", reason))
            }
            PasswordCommandError::Failed {
                program,
                status,
                stderr,
            } => {
                let args = of(program).with("status", status).with("stderr", stderr);
                // A program may fail without a reason.
                texts.with("password-command-failed", &args).trim_end().to_owned()
            }
            PasswordCommandError::NoOutput { program } => texts.with("password-command-no-output", &of(program)),
            PasswordCommandError::TimedOut { program } => {
                let limit = MAX_COMMAND_TIME.as_secs();
                texts.with("password-command-timed-out", &of(program).with("seconds", limit))
            }
        }
    }
}

/// Splits a command line into program and arguments. Quotes group words. A backslash escapes on Unix only, as it separates
/// folders on Windows. `None` if the line is empty or a quote is not closed.
pub fn split(line: &str) -> Option<Vec<String>> {
    let words = if cfg!(windows) {
        let escaped = line.replace('\\', "\\\\");
        shlex::split(&escaped)?
    } else {
        shlex::split(line)?
    };
    (!words.is_empty()).then_some(words)
}

/// Returns the command with its placeholders replaced.
pub fn expand(command: &[String], values: Placeholders<'_>) -> Vec<String> {
    let file = values.file.to_string_lossy();
    let expand = |word: &String| {
        // One pass: a value may contain braces itself.
        let mut out = String::new();
        let mut rest = word.as_str();
        while let Some(at) = rest.find('{') {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            let known = [
                ("{profile}", values.profile),
                ("{organisation}", values.organisation),
                ("{file}", &*file),
            ];
            let found = known.iter().find(|(name, _)| from.starts_with(name));
            let (name, value) = found.copied().unwrap_or(("{", "{"));
            out.push_str(value);
            rest = &from[name.len()..];
        }
        out + rest
    };
    command.iter().map(expand).collect()
}

/// Runs a command and returns the first line of its output.
///
/// # Errors
///
/// Returns the reason if the command cannot be started, fails, prints nothing or takes longer than a minute.
pub fn run(command: &[String]) -> Result<Password, PasswordCommandError> {
    let program = command.first().cloned().unwrap_or_default();
    let not_started = |error: io::Error| PasswordCommandError::NotStarted {
        program: program.clone(),
        kind: error.kind(),
        error: error.to_string(),
    };
    // No shell replaces `~`.
    let path = own_folder(Path::new(&program));
    let mut prepared = Command::new(path.as_deref().unwrap_or(Path::new(&program)));
    prepared
        .args(command.iter().skip(1))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    without_passwords(&mut prepared);
    let mut child = prepared.spawn().map_err(not_started)?;
    let stdout = collect(child.stdout.take(), MAX_PASSWORD_BYTES as u64);
    let stderr = collect(child.stderr.take(), MAX_ERROR_BYTES);
    let Some(status) = wait(&mut child).map_err(not_started)? else {
        return Err(PasswordCommandError::TimedOut { program });
    };
    let stdout = stdout.recv_timeout(MAX_OUTPUT_WAIT).unwrap_or_default();
    if !status.success() {
        let stderr = stderr.recv_timeout(MAX_OUTPUT_WAIT).unwrap_or_default();
        return Err(PasswordCommandError::Failed {
            program,
            status: status
                .code()
                .map_or_else(|| status.to_string(), |code| code.to_string()),
            stderr: String::from_utf8_lossy(&stderr).trim().to_owned(),
        });
    }
    let first = Password::lines(&stdout).into_iter().next();
    first
        .filter(|password| !password.is_empty())
        .ok_or(PasswordCommandError::NoOutput { program })
}

/// Waits for the end of a process, and kills it after the limit. `None` if it was killed.
fn wait(child: &mut Child) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() > MAX_COMMAND_TIME {
            // Fails only if it has just ended by itself.
            let _ = child.kill();
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(POLL_INTERVAL);
    }
}

/// Reads a stream on a thread, to its end or to the limit. What follows is read and dropped, so that the writer does not
/// block.
fn collect(stream: Option<impl Read + Send + 'static>, limit: u64) -> Receiver<Zeroizing<Vec<u8>>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        // Reserved at once: a buffer that grows leaves copies behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(limit as usize));
        if let Some(mut stream) = stream {
            // What was read before an error counts.
            let _ = stream.by_ref().take(limit).read_to_end(&mut bytes);
            let _ = sender.send(bytes);
            let _ = io::copy(&mut stream, &mut io::sink());
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn command_line_is_split_as_a_shell_would_without_expansion() {
        for (line, expected) in [
            ("pass show acme", Some(&["pass", "show", "acme"][..])),
            ("op read 'op://a b/c'", Some(&["op", "read", "op://a b/c"])),
            ("sh -c \"echo $HOME; id\"", Some(&["sh", "-c", "echo $HOME; id"])),
            ("  ", None),
            ("pass 'show", None),
        ] {
            assert_eq!(split(line), expected.map(words), "{line}");
        }
    }

    #[test]
    fn placeholders_are_replaced_once() {
        let values = Placeholders {
            profile: "acme",
            organisation: "{file}",
            file: Path::new("/home/kari/a b.p12"),
        };
        let command = words(&[
            "get",
            "{profile}",
            "x{organisation}-{profile}y",
            "{file}",
            "{other}",
            "{",
        ]);
        let expected = words(&["get", "acme", "x{file}-acmey", "/home/kari/a b.p12", "{other}", "{"]);
        assert_eq!(expand(&command, values), expected);
    }
}
