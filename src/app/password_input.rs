//! The password while it is typed. It is nowhere else: the model knows that it is asked for, the screen its length.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind};

use crate::{console::secret_editor::SecretLine, credential::Password, wizard::Message};

/// The line editor of the password prompt.
#[derive(Debug)]
pub struct PasswordInput(SecretLine);

impl PasswordInput {
    pub fn new() -> PasswordInput {
        PasswordInput(SecretLine::default())
    }

    /// Returns the number of typed characters.
    pub fn len(&self) -> usize {
        self.0.char_count()
    }

    /// Handles a key. Returns a message if the key is no edit of the password.
    pub fn key(&mut self, key: KeyEvent) -> Option<Message> {
        if key.kind == KeyEventKind::Release {
            return None;
        }
        match key.code {
            // Without a password there is nothing to try.
            KeyCode::Enter if self.len() == 0 => {}
            KeyCode::Enter => return Some(Message::PasswordTyped),
            KeyCode::Esc => return Some(Message::Dismiss),
            KeyCode::F(2) => return Some(Message::SwitchLanguage),
            _ => self.0.edit(key),
        }
        None
    }

    /// Appends a pasted text without its final line break.
    pub fn paste(&mut self, text: &str) {
        self.0.paste(text);
    }

    /// Returns the password and clears the input.
    pub fn take(&mut self) -> Password {
        self.0.take()
    }

    /// Overwrites the typed characters.
    pub fn wipe(&mut self) {
        self.0.wipe();
    }
}
