//! Requests to end or to pause: the signals of Unix, and the console events of Windows.
//!
//! On Windows each event counts as SIGINT. There is no request to pause.

use std::{io, process, thread};

#[cfg(unix)]
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP},
    iterator::Signals,
    low_level::emulate_default_handler,
};

#[cfg(windows)]
use super::console_events::ConsoleEvents;
use super::{Exit, no_echo};

#[cfg(windows)]
const SIGINT: i32 = 2;

/// Signals that ask for an orderly end: Ctrl-C, `kill`, a closed terminal.
#[cfg(unix)]
pub const TERMINATE: &[i32] = &[SIGINT, SIGTERM, SIGHUP];
#[cfg(windows)]
pub const TERMINATE: &[i32] = &[SIGINT];

/// The same and Ctrl-Z, for a program that must give the terminal back before it pauses.
#[cfg(unix)]
pub const TERMINATE_OR_SUSPEND: &[i32] = &[SIGINT, SIGTERM, SIGHUP, SIGTSTP];
#[cfg(windows)]
pub const TERMINATE_OR_SUSPEND: &[i32] = TERMINATE;

#[cfg(unix)]
const SUSPEND: Option<i32> = Some(SIGTSTP);
#[cfg(windows)]
const SUSPEND: Option<i32> = None;

/// Calls `on_signal` for each of these signals, on a thread of its own, until it returns false.
///
/// If the handlers cannot be installed, a signal keeps its default effect.
#[cfg(unix)]
pub fn listen(signals: &[i32], mut on_signal: impl FnMut(i32) -> bool + Send + 'static) {
    let Ok(mut signals) = Signals::new(signals) else {
        return;
    };
    thread::spawn(move || {
        for signal in signals.forever() {
            if !on_signal(signal) {
                return;
            }
        }
    });
}

/// Calls `on_signal` with SIGINT for each console event that asks for the end, on a thread of its own, until it returns
/// false.
///
/// If the handlers cannot be installed, an event keeps its default effect.
#[cfg(windows)]
pub fn listen(_signals: &[i32], mut on_signal: impl FnMut(i32) -> bool + Send + 'static) {
    let Ok(mut events) = ConsoleEvents::new() else {
        return;
    };
    thread::spawn(move || {
        loop {
            events.wait();
            if !on_signal(SIGINT) {
                return;
            }
        }
    });
}

/// Ends the process with 130 at the first signal that asks for it, and restores the terminal before: for commands that
/// prompt and have nothing to save.
pub fn exit_on_termination() {
    listen(TERMINATE, |_| exit_now());
}

/// Restores the terminal of a password prompt and ends the process with 130.
pub fn exit_now() -> ! {
    no_echo::restore_for_exit();
    process::exit(Exit::Interrupted.code().into());
}

/// Blocks until a signal asks for the end.
///
/// # Errors
///
/// The handlers could not be installed.
pub fn wait_for_termination() -> io::Result<()> {
    #[cfg(unix)]
    Signals::new(TERMINATE)?.forever().next();
    #[cfg(windows)]
    ConsoleEvents::new()?.wait();
    Ok(())
}

/// Returns whether a signal asks for a pause rather than an end.
pub fn is_suspend(signal: i32) -> bool {
    SUSPEND == Some(signal)
}

/// Pauses the process until the shell continues it. Does nothing on Windows.
///
/// # Errors
///
/// The signal could not be raised.
pub fn suspend() -> io::Result<()> {
    #[cfg(unix)]
    emulate_default_handler(SIGTSTP)?;
    Ok(())
}
