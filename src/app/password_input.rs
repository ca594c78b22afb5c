//! The password while it is typed. It is here and nowhere else: the model knows that it is asked for, the screen how
//! many characters it has.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind};

use crate::{
    console::secret_line::{SecretLine, is_control},
    credential::Password,
    wizard::Message,
};

#[derive(Debug)]
pub struct Typed(SecretLine);

impl Typed {
    pub fn new() -> Typed {
        Typed(SecretLine::default())
    }

    /// How many characters there are.
    pub fn len(&self) -> usize {
        self.0.char_count()
    }

    /// Takes a key; a message where it ends the typing.
    pub fn key(&mut self, key: KeyEvent) -> Option<Message> {
        if key.kind == KeyEventKind::Release {
            return None;
        }
        match key.code {
            KeyCode::Enter => return Some(Message::PasswordTyped),
            KeyCode::Esc => return Some(Message::Dismiss),
            KeyCode::F(2) => return Some(Message::OtherLanguage),
            KeyCode::Char('c') if is_control(key) => return Some(Message::Quit),
            _ => self.0.edit(key),
        }
        None
    }

    /// What was pasted, without a line break at its end.
    pub fn paste(&mut self, text: &str) {
        self.0.paste(text);
    }

    /// Hands the password over, and forgets it.
    pub fn take(&mut self) -> Password {
        self.0.take()
    }

    pub fn wipe(&mut self) {
        self.0.wipe();
    }
}
