//! The password while it is typed. It is here and nowhere else: the model knows that it is asked for, the screen how
//! many characters it has.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use zeroize::{Zeroize, Zeroizing};

use crate::{credential::Password, wizard::Message};

/// Longer than any password; the room is taken at once, so that growing leaves no copies behind.
const ROOM: usize = 1024;

pub struct Typed(Zeroizing<String>);

impl Typed {
    pub fn new() -> Typed {
        Typed(Zeroizing::new(String::with_capacity(ROOM)))
    }

    /// How many characters there are.
    pub fn len(&self) -> usize {
        self.0.chars().count()
    }

    /// Takes a key; a message where it ends the typing.
    pub fn key(&mut self, key: KeyEvent) -> Option<Message> {
        if key.kind == KeyEventKind::Release {
            return None;
        }
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Enter => return Some(Message::PasswordTyped),
            KeyCode::Esc => return Some(Message::Dismiss),
            KeyCode::F(2) => return Some(Message::OtherLanguage),
            KeyCode::Char('c') if control => return Some(Message::Quit),
            KeyCode::Char('u' | 'w') if control => self.wipe(),
            KeyCode::Backspace => drop(self.0.pop()),
            // AltGr arrives as control and alt together, and types characters.
            KeyCode::Char(c) if !control || key.modifiers.contains(KeyModifiers::ALT) => self.push(c),
            _ => {}
        }
        None
    }

    /// What was pasted, without a line break at its end.
    pub fn paste(&mut self, text: &str) {
        text.trim_end_matches(['\r', '\n']).chars().for_each(|c| self.push(c));
    }

    fn push(&mut self, c: char) {
        if self.0.len() + c.len_utf8() <= ROOM {
            self.0.push(c);
        }
    }

    /// Hands the password over, and forgets it.
    pub fn take(&mut self) -> Password {
        Password::new(std::mem::replace(
            &mut self.0,
            Zeroizing::new(String::with_capacity(ROOM)),
        ))
    }

    pub fn wipe(&mut self) {
        self.0.zeroize();
        self.0.reserve_exact(ROOM);
    }
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(…)")
    }
}
