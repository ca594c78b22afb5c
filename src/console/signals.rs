//! Signals that ask the program to end or to pause.
//!
//! Windows has none of them: there Ctrl-C ends the process by itself, and these functions do nothing.

#[cfg(unix)]
use std::thread;
use std::{io, process};

#[cfg(unix)]
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP},
    iterator::Signals,
    low_level::emulate_default_handler,
};

use super::{Exit, no_echo};

/// Signals that ask for an orderly end: Ctrl-C, `kill`, a closed terminal.
#[cfg(unix)]
pub const TERMINATE: &[i32] = &[SIGINT, SIGTERM, SIGHUP];
#[cfg(not(unix))]
pub const TERMINATE: &[i32] = &[];

/// The same and Ctrl-Z, for a program that must give the terminal back before it pauses.
#[cfg(unix)]
pub const TERMINATE_OR_SUSPEND: &[i32] = &[SIGINT, SIGTERM, SIGHUP, SIGTSTP];
#[cfg(not(unix))]
pub const TERMINATE_OR_SUSPEND: &[i32] = &[];

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

/// Does nothing: see the module.
#[cfg(not(unix))]
pub fn listen(_signals: &[i32], _on_signal: impl FnMut(i32) -> bool + Send + 'static) {}

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
#[cfg(unix)]
pub fn wait_for_termination() -> io::Result<()> {
    Signals::new(TERMINATE)?.forever().next();
    Ok(())
}

/// Blocks until Ctrl-C ends the process.
///
/// # Errors
///
/// None: the function does not return.
#[cfg(not(unix))]
pub fn wait_for_termination() -> io::Result<()> {
    loop {
        std::thread::park();
    }
}

/// Returns whether a signal asks for a pause rather than an end.
#[cfg(unix)]
pub fn is_suspend(signal: i32) -> bool {
    signal == SIGTSTP
}

/// Returns false: see the module.
#[cfg(not(unix))]
pub fn is_suspend(_signal: i32) -> bool {
    false
}

/// Pauses the process until the shell continues it.
///
/// # Errors
///
/// The signal could not be raised.
#[cfg(unix)]
pub fn suspend() -> io::Result<()> {
    emulate_default_handler(SIGTSTP)
}

/// Does nothing: see the module.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub fn suspend() -> io::Result<()> {
    Ok(())
}
