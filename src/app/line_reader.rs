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
                ReadRequest::Line => LineInput::Line(read_line(stdin().lock()).unwrap_or_default()),
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

/// Reads one line. `None` at the end of the input.
///
/// The rest of a line that is longer than [`MAX_LINE_BYTES`] is dropped, so that it is not the next answer. What is left ends
/// with a replacement character, so that it is refused as an answer.
fn read_line(mut input: impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    input.by_ref().take(MAX_LINE_BYTES).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    let is_cut = line.len() as u64 == MAX_LINE_BYTES && !line.ends_with(b"\n");
    let mut line = String::from_utf8_lossy(&line).into_owned();
    if is_cut {
        input.skip_until(b'\n')?;
        line.push(char::REPLACEMENT_CHARACTER);
    }
    Ok(Some(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rest_of_a_long_line_is_not_the_next_answer() {
        let longest = usize::try_from(MAX_LINE_BYTES).unwrap() - 1;
        let read = |text: &str| {
            let mut input = text.as_bytes();
            let mut next = || read_line(&mut input).unwrap();
            [next(), next(), next()]
        };
        let line = "9".repeat(longest);
        let expected = [Some(format!("{line}\n")), Some("2\n".to_owned()), None];
        assert_eq!(read(&format!("{line}\n2\n")), expected, "the longest line");
        let [cut, next, end] = read(&format!("{line}8 1\n2\n"));
        assert_eq!(cut, Some(format!("{line}8\u{fffd}")));
        assert_eq!((next, end), (Some("2\n".to_owned()), None));
        let cut = read(&format!("{line}8 1"))[0].clone();
        assert!(cut.is_some_and(|line| line.ends_with('\u{fffd}')));
    }
}
