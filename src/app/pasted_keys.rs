//! Pasted text that comes as keys: Windows reports no paste, and a pasted line break would be Enter.
//!
//! No person types several characters before the first of them is read.

use std::io;

use ratatui::crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers};
use zeroize::Zeroize;

/// The fewest characters that are a paste. Fewer may be typed while the computer is busy.
const MIN_PASTED_CHARS: usize = 6;

/// Joins the characters that can be read at once after `first` to one paste. `read_ready` returns the next event, or `None`
/// if there is none yet.
///
/// # Errors
///
/// Returns the error of `read_ready`.
pub fn join(first: Event, mut read_ready: impl FnMut() -> io::Result<Option<Event>>) -> io::Result<Vec<Event>> {
    let mut events = vec![first];
    if character(&events[0]).is_none() {
        return Ok(events);
    }
    while let Some(event) = read_ready()? {
        let ends = character(&event).is_none() && !is_release(&event);
        events.push(event);
        if ends {
            break;
        }
    }
    // The event that ended the text.
    let after = events.pop_if(|last| character(last).is_none() && !is_release(last));
    let mut text: String = events.iter().filter_map(character).collect();
    if text.chars().count() >= MIN_PASTED_CHARS {
        events = vec![Event::Paste(std::mem::take(&mut text))];
    }
    // The text may be a password.
    text.zeroize();
    events.extend(after);
    Ok(events)
}

/// Returns the character of a key press without Ctrl or Alt; AltGr is both.
fn character(event: &Event) -> Option<char> {
    let key = event.as_key_event().filter(|key| key.kind != KeyEventKind::Release)?;
    let (control, alt) = (KeyModifiers::CONTROL, KeyModifiers::ALT);
    if key.modifiers.contains(control) != key.modifiers.contains(alt) {
        return None;
    }
    match key.code {
        KeyCode::Char(c) => Some(c),
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some('\t'),
        _ => None,
    }
}

fn is_release(event: &Event) -> bool {
    event
        .as_key_event()
        .is_some_and(|key| key.kind == KeyEventKind::Release)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::crossterm::event::KeyEvent;

    fn key(code: KeyCode) -> Event {
        Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    fn release(code: KeyCode) -> Event {
        Event::Key(KeyEvent::new_with_kind(code, KeyModifiers::NONE, KeyEventKind::Release))
    }

    fn joined(events: Vec<Event>) -> Vec<Event> {
        let mut events = events.into_iter();
        join(events.next().unwrap(), || Ok(events.next())).unwrap()
    }

    #[test]
    fn text_that_is_ready_at_once_is_a_paste() {
        let events = "a b\ncdø".chars().flat_map(|c| {
            let code = if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
            [key(code), release(code)]
        });
        let events: Vec<Event> = events.chain([key(KeyCode::Esc)]).collect();
        assert_eq!(joined(events), [Event::Paste("a b\ncdø".to_owned()), key(KeyCode::Esc)]);
    }

    #[test]
    fn typed_keys_stay_keys() {
        for events in [
            vec![key(KeyCode::Char('a'))],
            vec![
                key(KeyCode::Char('a')),
                release(KeyCode::Char('a')),
                key(KeyCode::Enter),
            ],
            vec![key(KeyCode::Down), key(KeyCode::Down)],
        ] {
            let count = if events[0] == key(KeyCode::Down) {
                1
            } else {
                events.len()
            };
            assert_eq!(joined(events.clone()), events[..count]);
        }
    }
}
