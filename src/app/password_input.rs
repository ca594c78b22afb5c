//! The password while it is typed. It is nowhere else: the model knows that it is asked for, the screen its length.

use std::fmt;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use zeroize::{Zeroize, Zeroizing};

use crate::{credential::Password, wizard::Message};

/// The maximum length of a password. It is allocated at once: growing would leave copies in memory.
const MAX_PASSWORD_BYTES: usize = 1024;

/// The line editor of the password prompt.
pub struct PasswordInput(Zeroizing<String>);

impl PasswordInput {
    pub fn new() -> PasswordInput {
        PasswordInput(Zeroizing::new(String::with_capacity(MAX_PASSWORD_BYTES)))
    }

    /// Returns the number of typed characters.
    pub fn len(&self) -> usize {
        self.0.chars().count()
    }

    /// Handles a key. Returns a message if the key is no edit of the password.
    pub fn key(&mut self, key: KeyEvent) -> Option<Message> {
        if key.kind == KeyEventKind::Release {
            return None;
        }
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Enter => return Some(Message::PasswordTyped),
            KeyCode::Esc => return Some(Message::Dismiss),
            KeyCode::F(2) => return Some(Message::SwitchLanguage),
            KeyCode::Char('c') if control => return Some(Message::Quit),
            KeyCode::Char('u' | 'w') if control => self.wipe(),
            KeyCode::Backspace => drop(self.0.pop()),
            // AltGr is reported as Ctrl and Alt together, and types characters.
            KeyCode::Char(c) if !control || key.modifiers.contains(KeyModifiers::ALT) => self.push(c),
            _ => {}
        }
        None
    }

    /// Appends a pasted text without its final line break.
    pub fn paste(&mut self, text: &str) {
        text.trim_end_matches(['\r', '\n']).chars().for_each(|c| self.push(c));
    }

    fn push(&mut self, c: char) {
        if self.0.len() + c.len_utf8() <= MAX_PASSWORD_BYTES {
            self.0.push(c);
        }
    }

    /// Returns the password and clears the input.
    pub fn take(&mut self) -> Password {
        Password::new(std::mem::replace(
            &mut self.0,
            Zeroizing::new(String::with_capacity(MAX_PASSWORD_BYTES)),
        ))
    }

    /// Overwrites the typed characters.
    pub fn wipe(&mut self) {
        self.0.zeroize();
        self.0.reserve_exact(MAX_PASSWORD_BYTES);
    }
}

impl fmt::Debug for PasswordInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordInput(…)")
    }
}
