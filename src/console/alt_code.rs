//! Characters that are typed with Alt and digits on Windows, such as Alt+0229 for å.
//!
//! They come as the release of a key that was not pressed (crossterm, `parse_key_event_record`).

use ratatui::crossterm::event::{Event, KeyCode, KeyEventKind};

/// Translator of such releases to presses. On Unix no release is reported.
#[derive(Debug, Default)]
pub struct AltCodes {
    /// The keys that are down. With Shift, the character of a release may differ from that of its press.
    pressed: Vec<char>,
}

impl AltCodes {
    /// Returns the event, as a press if it is a character typed with Alt.
    ///
    /// ASCII letters and digits are left out: their release may be of a key that was pressed before the program started, and
    /// no keyboard lacks them.
    pub fn translate(&mut self, mut event: Event) -> Event {
        let Event::Key(key) = &mut event else { return event };
        let KeyCode::Char(c) = key.code else { return event };
        if key.kind != KeyEventKind::Release {
            if !self.pressed.contains(&c) {
                self.pressed.push(c);
            }
            return event;
        }
        let same = self.pressed.iter().position(|pressed| *pressed == c);
        if !self.pressed.is_empty() {
            self.pressed.swap_remove(same.unwrap_or_default());
        } else if !c.is_ascii_alphanumeric() && !c.is_control() && c != ' ' {
            key.kind = KeyEventKind::Press;
        }
        event
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::crossterm::event::{KeyEvent, KeyModifiers};

    /// Returns the characters that are typed by presses (`+a`) and releases (`-a`).
    fn typed(keys: &[&str]) -> String {
        let mut codes = AltCodes::default();
        let events = keys.iter().map(|key| {
            let kind = if key.starts_with('+') {
                KeyEventKind::Press
            } else {
                KeyEventKind::Release
            };
            let c = key.chars().nth(1).unwrap();
            codes.translate(Event::Key(KeyEvent::new_with_kind(
                KeyCode::Char(c),
                KeyModifiers::NONE,
                kind,
            )))
        });
        let pressed = events.filter_map(|event| match event {
            Event::Key(key) if key.kind == KeyEventKind::Press => key.code.as_char(),
            _ => None,
        });
        pressed.collect()
    }

    #[test]
    fn release_without_a_press_is_a_typed_character() {
        assert_eq!(typed(&["+a", "-a", "-å", "-\\", "-@", "+b", "-b"]), "aå\\@b");
    }

    #[test]
    fn release_of_a_pressed_key_types_nothing() {
        for (keys, expected) in [
            // Shift is released before the key.
            (&["+/", "-7"][..], "/"),
            (&["+Ø", "-ø"], "Ø"),
            (&["+a", "+b", "-a", "-b"], "ab"),
            (&["+å", "+å", "+å", "-å"], "ååå"),
            // The key of the shell's command line.
            (&["-t", "+q", "-q"], "q"),
        ] {
            assert_eq!(typed(keys), expected, "{keys:?}");
        }
    }
}
