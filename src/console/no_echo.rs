//! The terminal without echo, while a password is typed.

use std::{
    io,
    sync::{Mutex, PoisonError},
};

use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// Set when the process is about to end. A prompt on another thread must not turn the echo off after that.
static ENDING: Mutex<bool> = Mutex::new(false);

/// Terminal without echo, until dropped.
#[derive(Debug)]
pub struct NoEcho;

impl NoEcho {
    /// Turns the echo off.
    ///
    /// # Errors
    ///
    /// The terminal cannot be changed, or the process is about to end.
    pub fn enable() -> io::Result<NoEcho> {
        let ending = ENDING.lock().unwrap_or_else(PoisonError::into_inner);
        if *ending {
            return Err(io::ErrorKind::Interrupted.into());
        }
        enable_raw_mode()?;
        Ok(NoEcho)
    }
}

impl Drop for NoEcho {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

/// Restores the terminal before the process ends, while a prompt on another thread may still read.
pub fn restore_for_exit() {
    let mut ending = ENDING.lock().unwrap_or_else(PoisonError::into_inner);
    *ending = true;
    let _ = disable_raw_mode();
}
