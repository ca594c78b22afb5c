//! The reader of plain mode, on a thread of its own. It reads a line or a password only when asked: piped input waits
//! while a check runs, and a password is never read as a line.

use std::{
    io::{self, BufRead, Read, stdin},
    sync::mpsc::{self, Sender},
    thread,
};

use crate::{console::password, credential::Password};

/// The maximum length of a line. Longer input was piped in by mistake.
const MAX_LINE_BYTES: u64 = 64 * 1024;

/// The input that was asked for.
#[derive(Debug)]
pub enum LineInput {
    /// A line; `None` at the end of the input.
    Line(Option<String>),
    /// A password; `None` if the user pressed Ctrl-C.
    Password(Option<Password>),
}

/// A request for one input.
pub enum ReadRequest {
    Line,
    Password { question: String },
}

/// Starts the reader. It ends with the input, or when `send` returns false.
pub fn spawn(send: impl Fn(LineInput) -> bool + Send + 'static) -> Sender<ReadRequest> {
    let (sender, requests) = mpsc::channel();
    thread::spawn(move || {
        for request in requests {
            let input = match request {
                ReadRequest::Line => LineInput::Line(read_line().unwrap_or_default()),
                ReadRequest::Password { question } => {
                    LineInput::Password(password::prompt(&question).unwrap_or_default())
                }
            };
            let ended = matches!(input, LineInput::Line(None));
            if !send(input) || ended {
                return;
            }
        }
    });
    sender
}

/// Reads one line, up to [`MAX_LINE_BYTES`]. `None` at the end of the input.
fn read_line() -> io::Result<Option<String>> {
    let mut line = Vec::new();
    stdin().lock().take(MAX_LINE_BYTES).read_until(b'\n', &mut line)?;
    Ok((!line.is_empty()).then(|| String::from_utf8_lossy(&line).into_owned()))
}
