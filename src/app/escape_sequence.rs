//! Escape sequences whose bytes arrive one by one, as over a slow line. The parser of crossterm takes an escape byte without
//! a successor for the Esc key, and the rest of an arrow key's sequence for letters.

use std::{io, time::Duration};

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// The time in which the second byte of a sequence must follow the escape byte.
const SECOND_BYTE_TIMEOUT: Duration = Duration::from_millis(50);
/// The time in which each later byte must follow. It is longer, as these bytes are not typed by hand.
const LATER_BYTE_TIMEOUT: Duration = Duration::from_millis(500);

/// The state of the keys that followed an Esc.
#[derive(Debug, PartialEq)]
enum Sequence {
    /// The keys are the user's.
    None,
    /// More bytes must follow.
    Incomplete,
    /// The sequence of a key; `None` for a sequence that is no known key, such as a terminal's late reply.
    Complete(Option<KeyEvent>),
}

/// Reads the next event, or several if an Esc was followed by other keys. `read` waits for an event, at most for the given
/// time; it returns `None` when the time is over.
///
/// # Errors
///
/// Returns the error of `read`.
pub fn read_events(mut read: impl FnMut(Option<Duration>) -> io::Result<Option<Event>>) -> io::Result<Vec<Event>> {
    let Some(first) = read(None)? else {
        return Ok(Vec::new());
    };
    let mut events = vec![first];
    if typed(&events[0]) != Some(KeyCode::Esc) {
        return Ok(events);
    }
    let mut timeout = SECOND_BYTE_TIMEOUT;
    while let Some(event) = read(Some(timeout))? {
        events.push(event);
        match sequence(&events[1..]) {
            Sequence::None => return Ok(events),
            Sequence::Incomplete => timeout = LATER_BYTE_TIMEOUT,
            Sequence::Complete(key) => return Ok(key.map(Event::Key).into_iter().collect()),
        }
    }
    // An Esc alone, or a sequence that was cut off: its bytes must not become keys.
    events.truncate(1);
    Ok(events)
}

/// Returns the key of an event that is a key press without modifiers. Upper case comes with Shift.
fn typed(event: &Event) -> Option<KeyCode> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release && (key.modifiers - KeyModifiers::SHIFT).is_empty() => {
            Some(key.code)
        }
        _ => None,
    }
}

/// Parses the keys after an Esc by ECMA-48: `[`, parameters and a final byte, or `O` and one byte.
fn sequence(events: &[Event]) -> Sequence {
    let mut text = String::new();
    for event in events {
        match typed(event) {
            Some(KeyCode::Char(c)) => text.push(c),
            _ => return Sequence::None,
        }
    }
    let mut chars = text.chars();
    match (chars.next(), chars.next_back()) {
        (Some('[' | 'O'), None) => Sequence::Incomplete,
        (Some('O'), Some(last)) => Sequence::Complete(key("", last)),
        // The Linux console sends F1 to F5 as `[[` and a letter.
        (Some('['), Some('[')) if text == "[[" => Sequence::Incomplete,
        (Some('['), Some('@'..='~')) => {
            let last = text.pop().unwrap_or_default();
            Sequence::Complete(key(&text[1..], last))
        }
        (Some('['), Some(' '..='?')) => Sequence::Incomplete,
        _ => Sequence::None,
    }
}

/// Returns the key of a sequence, by xterm's *control sequences*. The second parameter has the modifiers, plus one.
fn key(parameters: &str, last: char) -> Option<KeyEvent> {
    let (number, modifiers) = parameters.split_once(';').unwrap_or((parameters, "1"));
    let code = match (last, number) {
        ('A'..='E', "[") => KeyCode::F(u8::try_from(last).ok()? - b'A' + 1),
        ('A', _) => KeyCode::Up,
        ('B', _) => KeyCode::Down,
        ('C', _) => KeyCode::Right,
        ('D', _) => KeyCode::Left,
        ('H', _) | ('~', "1" | "7") => KeyCode::Home,
        ('F', _) | ('~', "4" | "8") => KeyCode::End,
        ('Z', _) => KeyCode::BackTab,
        ('P', _) | ('~', "11") => KeyCode::F(1),
        ('Q', _) | ('~', "12") => KeyCode::F(2),
        // `R` with parameters is the reply to a question for the cursor's position.
        ('R', "") | ('~', "13") => KeyCode::F(3),
        ('~', "3") => KeyCode::Delete,
        ('~', "5") => KeyCode::PageUp,
        ('~', "6") => KeyCode::PageDown,
        _ => return None,
    };
    let bits = modifiers.parse::<u8>().ok()?.saturating_sub(1);
    let mut modifiers = KeyModifiers::NONE;
    modifiers.set(KeyModifiers::SHIFT, bits & 1 != 0);
    modifiers.set(KeyModifiers::ALT, bits & 2 != 0);
    modifiers.set(KeyModifiers::CONTROL, bits & 4 != 0);
    Some(KeyEvent::new(code, modifiers))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the keys that are read from keys that arrive one by one; `None` is a pause.
    fn read(arriving: &[Option<KeyCode>]) -> Vec<KeyCode> {
        let mut arriving = arriving.iter();
        let events = read_events(|_| {
            let key = arriving.next().copied().flatten();
            Ok(key.map(|code| Event::Key(code.into())))
        });
        let code = |event: Event| event.as_key_event().unwrap().code;
        events.unwrap().into_iter().map(code).collect()
    }

    fn after_esc(text: &str) -> Vec<KeyCode> {
        let chars = text.chars().map(|c| Some(KeyCode::Char(c)));
        read(&std::iter::once(Some(KeyCode::Esc)).chain(chars).collect::<Vec<_>>())
    }

    #[test]
    fn slow_sequences_become_their_keys() {
        for (text, expected) in [
            ("[A", KeyCode::Up),
            ("OB", KeyCode::Down),
            ("[3~", KeyCode::Delete),
            ("[1;5C", KeyCode::Right),
            ("OQ", KeyCode::F(2)),
            ("[[A", KeyCode::F(1)),
            ("[[C", KeyCode::F(3)),
        ] {
            assert_eq!(after_esc(text), [expected], "{text}");
        }
    }

    #[test]
    fn replies_of_the_terminal_and_cut_sequences_are_dropped() {
        assert_eq!(after_esc("[12;40R"), []);
        assert_eq!(after_esc("[?62;22c"), []);
        assert_eq!(after_esc("[1"), [KeyCode::Esc], "a cut sequence is an Esc");
    }

    #[test]
    fn esc_followed_by_other_keys_stays_an_esc() {
        assert_eq!(read(&[Some(KeyCode::Esc), None]), [KeyCode::Esc]);
        assert_eq!(after_esc("k"), [KeyCode::Esc, KeyCode::Char('k')]);
        assert_eq!(
            read(&[Some(KeyCode::Esc), Some(KeyCode::Esc)]),
            [KeyCode::Esc, KeyCode::Esc]
        );
        assert_eq!(read(&[Some(KeyCode::Char('['))]), [KeyCode::Char('[')]);
    }

    #[test]
    fn modifiers_are_kept() {
        let key = key("1;5", 'C').unwrap();
        assert_eq!(key.modifiers, KeyModifiers::CONTROL);
    }
}
