//! Hang-up of the terminal: its window was closed, or the connection to it was lost.
//!
//! Reading a terminal after its hang-up gives the end of the input at once and for ever. SIGHUP alone does not tell: it may be
//! ignored (`nohup`), or be sent to another process of the session.

#[cfg(unix)]
use std::{
    fs::File,
    io,
    os::{fd::AsFd, unix::fs::FileTypeExt},
    thread,
};

#[cfg(unix)]
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::retry_on_intr,
};

/// The terminal that the process was started in, on standard input and output.
///
/// A terminal that is closed is no longer known as one: every character device counts, and the others are never closed.
#[derive(Debug, Clone, Copy)]
pub struct StartTerminal {
    #[cfg(unix)]
    stdin: bool,
    #[cfg(unix)]
    stdout: bool,
}

#[cfg(unix)]
impl StartTerminal {
    pub fn new() -> StartTerminal {
        StartTerminal {
            stdin: is_device(io::stdin()),
            stdout: is_device(io::stdout()),
        }
    }

    /// Returns whether the terminal is closed.
    pub fn is_closed(self) -> bool {
        self.wait(Some(Timespec { tv_sec: 0, tv_nsec: 0 }))
    }

    /// Calls `on_closed` when the terminal is closed, on a thread of its own.
    pub fn watch(self, on_closed: impl FnOnce() + Send + 'static) {
        if self.stdin || self.stdout {
            thread::spawn(move || {
                if self.wait(None) {
                    on_closed();
                }
            });
        }
    }

    /// Waits for the hang-up. Returns false when the time is over, or if the system cannot wait for it: macOS has no
    /// `poll` for some devices.
    fn wait(self, timeout: Option<Timespec>) -> bool {
        let (stdin, stdout) = (io::stdin(), io::stdout());
        let mut streams = Vec::new();
        if self.stdin {
            streams.push(PollFd::from_borrowed_fd(stdin.as_fd(), PollFlags::empty()));
        }
        if self.stdout {
            streams.push(PollFd::from_borrowed_fd(stdout.as_fd(), PollFlags::empty()));
        }
        let polled = retry_on_intr(|| poll(&mut streams, timeout.as_ref()));
        let closed = PollFlags::HUP | PollFlags::ERR;
        polled.is_ok() && streams.iter().any(|stream| stream.revents().intersects(closed))
    }
}

#[cfg(unix)]
fn is_device(stream: impl AsFd) -> bool {
    let file = stream.as_fd().try_clone_to_owned().map(File::from);
    let about = file.and_then(|file| file.metadata());
    about.is_ok_and(|about| about.file_type().is_char_device())
}

/// On Windows, closing the console is an event: see [`signals`](super::signals).
#[cfg(not(unix))]
impl StartTerminal {
    pub fn new() -> StartTerminal {
        StartTerminal {}
    }

    pub fn is_closed(self) -> bool {
        false
    }

    pub fn watch(self, _on_closed: impl FnOnce() + Send + 'static) {}
}

impl Default for StartTerminal {
    fn default() -> StartTerminal {
        StartTerminal::new()
    }
}
