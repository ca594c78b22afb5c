//! The text for `klarert explain`: its arguments, a file, or standard input.

use std::{
    fs::{self, File},
    io::{self, IsTerminal, Read},
    path::Path,
    sync::mpsc,
    thread,
    time::Duration,
};

use crate::{
    command::{Context, Exit, command_error::CommandError, eprint},
    credential,
    text::{Args, io_reason},
};

/// Longest text that is read. If there is more, a message says so.
const MAX_INPUT_BYTES: u64 = 8 * 1024 * 1024;
/// Time until standard input must send something. In a scheduled job it may be a pipe without a writer.
const STDIN_TIMEOUT: Duration = Duration::from_secs(5);
/// Longest ending of a file's name, such as `jsonl`.
const MAX_EXTENSION_CHARS: usize = 5;
/// Endings of files that have errors in them. A name with one is never an error itself.
const LOG_EXTENSIONS: [&str; 8] = ["log", "txt", "json", "xml", "html", "eml", "out", "err"];

/// Returns the text to explain; `None` without an argument and without a text on standard input: every diagnosis is listed.
///
/// # Errors
///
/// The text is blank, `-` and nothing is sent, or the file cannot be read.
pub fn read(context: &Context, words: &[String]) -> anyhow::Result<Option<String>> {
    let text = match words {
        [] if io::stdin().is_terminal() => return Ok(None),
        [] => match read_stdin(context)? {
            nothing if nothing.is_empty() => return Ok(None),
            text => text,
        },
        [dash] if dash == "-" => read_stdin(context)?,
        [path] if is_readable(path) => read_file(context, path)?,
        [path] if has_extension(path, |extension| LOG_EXTENSIONS.contains(&extension)) => {
            return Err(not_a_file(context, path).into());
        }
        [_, _, ..] if words.iter().all(|word| looks_like_path(word)) => {
            let texts = words.iter().map(|path| read_file(context, path));
            texts.collect::<Result<Vec<_>, _>>()?.join("\n")
        }
        words => words.join(" "),
    };
    match text.trim().is_empty() {
        true => Err(nothing_came(context).into()),
        false => Ok(Some(text)),
    }
}

fn read_file(context: &Context, path: &str) -> Result<String, CommandError> {
    if !is_readable(path) {
        return Err(not_a_file(context, path));
    }
    let read = File::open(path).and_then(|file| read_bounded(context, file, Vec::new()));
    read.map_err(|error| unreadable(context, path, &error))
}

/// Returns the error of a text that names a folder, or a file that does not exist. For a text in which nothing is known.
pub fn misread_path(context: &Context, words: &[String]) -> Option<CommandError> {
    let [path] = words else { return None };
    let is_folder = Path::new(path).is_dir();
    (is_folder || looks_like_path(path)).then(|| not_a_file(context, path))
}

/// Returns whether there is something to read: a file, or the pipe of a shell's `<(…)`.
fn is_readable(path: &str) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_dir())
}

fn has_extension(path: &str, fits: impl Fn(&str) -> bool) -> bool {
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
    !path.contains('\n') && extension.is_some_and(|extension| fits(&extension.to_ascii_lowercase()))
}

/// Returns whether a text has the form of a path. A URL and a scope have a colon, a sentence has blanks.
fn looks_like_path(text: &str) -> bool {
    let is_short = |extension: &str| {
        extension.len() <= MAX_EXTENSION_CHARS && extension.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let is_word = !text.contains(char::is_whitespace);
    let after_drive = text.get(2..).filter(|_| text.get(1..2) == Some(":")).unwrap_or(text);
    let has_folder = after_drive.contains(['/', '\\']) || text.starts_with('~');
    !after_drive.contains(':') && ((is_word && has_folder) || has_extension(text, is_short))
}

fn not_a_file(context: &Context, path: &str) -> CommandError {
    let why = if Path::new(path).is_dir() { "folder" } else { "missing" };
    let args = Args::new().with("path", path).with("why", why);
    let texts = &context.texts;
    let hint = texts.with("explain-not-a-file.hint", &args);
    CommandError::new(Exit::Unreadable, texts.with("explain-not-a-file", &args), Some(hint)).with_id("file-missing")
}

fn unreadable(context: &Context, path: &str, error: &io::Error) -> CommandError {
    let reason = io_reason(error, &context.texts);
    let args = Args::new().with("path", path).with("error", reason);
    let message = context.texts.with("explain-unreadable", &args);
    CommandError::from_io(error, message, None)
}

fn nothing_came(context: &Context) -> CommandError {
    let texts = &context.texts;
    let hint = Some(texts.get("explain-nothing-came.hint"));
    CommandError::new(Exit::Usage, texts.get("explain-nothing-came"), hint)
}

/// Returns the text that was piped in; empty if nothing is sent in time.
fn read_stdin(context: &Context) -> io::Result<String> {
    let (sender, first) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = vec![0; 4096];
        let read = io::stdin().read(&mut bytes).map(|read| {
            bytes.truncate(read);
            bytes
        });
        // Fails if the timeout has passed: then nothing receives.
        let _ = sender.send(read);
    });
    // At a terminal, the user ends the text.
    let first = match io::stdin().is_terminal() {
        true => first.recv().map_err(|_| mpsc::RecvTimeoutError::Disconnected),
        false => first.recv_timeout(STDIN_TIMEOUT),
    };
    let Ok(first) = first else {
        return Ok(String::new());
    };
    let first = first?;
    match first.is_empty() {
        true => Ok(String::new()),
        false => read_bounded(context, io::stdin().lock(), first),
    }
}

/// Reads up to the limit, after the bytes in `first`. Text in UTF-16, as PowerShell writes it, is decoded.
fn read_bounded(context: &Context, source: impl Read, first: Vec<u8>) -> io::Result<String> {
    let mut bytes = first;
    source.take(MAX_INPUT_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_INPUT_BYTES {
        bytes.truncate(MAX_INPUT_BYTES as usize);
        let limit = Args::new().with("megabytes", MAX_INPUT_BYTES / (1024 * 1024));
        eprint(&context.texts.with("explain-cut", &limit));
    }
    Ok(std::mem::take(&mut *credential::decode_text(&bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_is_told_from_a_text() {
        for (text, is_path) in [
            ("nofile.log", true),
            ("my service.log", true),
            ("logs/service", true),
            ("/var/log/x", true),
            (r"C:\logs\x", true),
            ("~/x", true),
            ("https://test.maskinporten.no/x", false),
            ("toll:movement/road/v2", false),
            ("the moon is full", false),
            ("and/or what", false),
            ("java.net.SomethingException", false),
            ("404", false),
        ] {
            assert_eq!(looks_like_path(text), is_path, "{text}");
        }
    }
}
