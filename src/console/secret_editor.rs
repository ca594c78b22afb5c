//! Line editor for secrets: the text is shown nowhere and wiped after use.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use zeroize::{Zeroize, Zeroizing};

use crate::credential::Password;

/// Longer than any password. What is piped in by mistake may be longer.
pub const MAX_PASSWORD_BYTES: usize = 4096;

/// One line of secret text while it is typed.
///
/// Its memory is reserved at once: a string that grows leaves copies behind.
pub struct SecretLine(Zeroizing<String>);

impl Default for SecretLine {
    fn default() -> SecretLine {
        SecretLine(Zeroizing::new(String::with_capacity(MAX_PASSWORD_BYTES)))
    }
}

impl SecretLine {
    /// Returns the number of characters, for a screen that shows a dot for each.
    pub fn char_count(&self) -> usize {
        self.0.chars().count()
    }

    /// Handles a key that edits the line. Enter, Esc and all other keys are the caller's.
    pub fn edit(&mut self, key: KeyEvent) {
        if key.kind == KeyEventKind::Release {
            return;
        }
        match key.code {
            KeyCode::Char('u' | 'w') if is_control(key) => self.wipe(),
            KeyCode::Backspace => self.remove_last(),
            KeyCode::Char(c) if !is_control(key) => self.push(c),
            _ => {}
        }
    }

    /// Appends pasted text without the line break at its end.
    pub fn paste(&mut self, text: &str) {
        text.trim_end_matches(['\r', '\n']).chars().for_each(|c| self.push(c));
    }

    /// Returns the password and clears the line.
    pub fn take(&mut self) -> Password {
        Password::new(std::mem::take(self).0)
    }

    /// Overwrites the text; the reserved memory stays.
    pub fn wipe(&mut self) {
        self.0.zeroize();
    }

    /// Removes the last character.
    pub fn remove_last(&mut self) {
        self.0.pop();
    }

    /// Appends a character. A full line ignores it, as growing would leave a copy behind.
    pub fn push(&mut self, c: char) {
        if self.0.len() + c.len_utf8() <= MAX_PASSWORD_BYTES {
            self.0.push(c);
        }
    }
}

/// Returns whether a key is pressed with Ctrl. AltGr arrives as Ctrl and Alt together, and types characters.
pub fn is_control(key: KeyEvent) -> bool {
    key.modifiers.contains(KeyModifiers::CONTROL) && !key.modifiers.contains(KeyModifiers::ALT)
}

impl std::fmt::Debug for SecretLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretLine(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &[KeyEvent]) -> String {
        let mut line = SecretLine::default();
        keys.iter().for_each(|key| line.edit(*key));
        line.take().expose().to_owned()
    }

    fn char(c: char, modifiers: KeyModifiers) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(c), modifiers)
    }

    #[test]
    fn keys_edit_the_line() {
        let [a, b] = ['a', 'b'].map(|c| char(c, KeyModifiers::NONE));
        let backspace = KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE);
        let alt_gr = char('@', KeyModifiers::CONTROL | KeyModifiers::ALT);
        assert_eq!(typed(&[a, b, backspace, alt_gr]), "a@");
        for clear in ['u', 'w'] {
            assert_eq!(typed(&[a, char(clear, KeyModifiers::CONTROL), b]), "b");
        }
        assert_eq!(typed(&[a, char('x', KeyModifiers::CONTROL)]), "a");
    }

    #[test]
    fn a_full_line_does_not_grow() {
        let mut line = SecretLine::default();
        line.paste(&"x".repeat(MAX_PASSWORD_BYTES + 1));
        assert_eq!(line.char_count(), MAX_PASSWORD_BYTES);
        line.wipe();
        assert_eq!(line.char_count(), 0);
        line.paste("hemmelig\r\n");
        assert_eq!(line.take().expose(), "hemmelig");
        assert_eq!(line.char_count(), 0);
    }

    #[test]
    fn debug_output_does_not_contain_the_text() {
        let mut line = SecretLine::default();
        line.paste("hemmelig");
        assert_eq!(format!("{line:?}"), "SecretLine(…)");
    }
}
