//! Key bindings: key and model → message. While a text field is edited, letters are typed and the field works like a
//! shell's line. Everywhere else letters are commands, also on a text field that is only selected.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use tui_input::{InputRequest, backend::crossterm::to_input_request};

use crate::{
    journey::{AnsweredBy, FieldId, StepKind},
    wizard::{self, Message, Model, Overlay},
};

/// The modifiers that Windows reports for AltGr.
const ALT_GR: KeyModifiers = KeyModifiers::CONTROL.union(KeyModifiers::ALT);

/// Returns the message for a key, or `None` if the key is not bound here.
pub fn message(key: KeyEvent, model: &Model) -> Option<Message> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    // AltGr is Ctrl and Alt together, and types characters.
    let control = key.modifiers & ALT_GR == KeyModifiers::CONTROL;
    if control && key.code == KeyCode::Char('c') {
        return Some(Message::Quit);
    }
    match key.code {
        KeyCode::F(1) => return Some(Message::Help),
        KeyCode::F(2) => return Some(Message::SwitchLanguage),
        KeyCode::F(3) if model.overlay.is_none() && wizard::can_generate_key(model) => {
            return Some(Message::GenerateKey);
        }
        _ => {}
    }
    match model.overlay {
        Some(Overlay::Help) => return Some(scroll(key.code).unwrap_or(Message::Dismiss)),
        Some(Overlay::Copied) => {
            let more = model.copied.as_ref().is_some_and(|copied| copied.more);
            return Some(match key.code {
                KeyCode::Char('y') if more => Message::Copy,
                code => scroll(code).unwrap_or(Message::Dismiss),
            });
        }
        Some(Overlay::KeyPlan | Overlay::ClientPlan) => {
            return match key.code {
                KeyCode::Enter => Some(Message::Confirm),
                KeyCode::Esc => Some(Message::Dismiss),
                code => scroll(code),
            };
        }
        Some(Overlay::Conflict) => {
            return match key.code {
                KeyCode::Char('r') => Some(Message::TakeTheirs),
                KeyCode::Char('k') => Some(Message::KeepMine),
                KeyCode::Char(_) => None,
                code => scroll(code),
            };
        }
        Some(Overlay::GeneratedKey) => {
            return match key.code {
                KeyCode::Char('y') => Some(Message::Copy),
                KeyCode::Esc | KeyCode::Enter => Some(Message::Dismiss),
                code => scroll(code),
            };
        }
        // `app` handles the keys of a password itself, so that the password never reaches the model.
        Some(Overlay::Password { .. } | Overlay::AdministrationPassword { .. }) => return None,
        None => {}
    }
    match key.code {
        // Digits meant for another step must not be typed into a suggestion.
        KeyCode::Char(_) | KeyCode::Backspace | KeyCode::Delete if wizard::is_suggestion(model) => {
            command_message(key, model)
        }
        _ if model.is_editing() => field_message(key, model),
        _ => command_message(key, model),
    }
}

/// Returns the message for a key that scrolls a dialog.
fn scroll(code: KeyCode) -> Option<Message> {
    match code {
        KeyCode::Up | KeyCode::Char('k') => Some(Message::Up),
        KeyCode::Down | KeyCode::Char('j' | ' ') => Some(Message::Down),
        KeyCode::PageUp => Some(Message::PageUp),
        KeyCode::PageDown => Some(Message::PageDown),
        _ => None,
    }
}

/// Returns true if letters are commands: no text is edited, and no overlay has keys of its own.
pub fn letters_are_keys(model: &Model) -> bool {
    model.overlay.is_none() && (!model.is_editing() || wizard::is_suggestion(model))
}

/// Returns true if a field's text is a path, which Tab completes.
pub fn is_path(field: FieldId) -> bool {
    field.answered_by() == AnsweredBy::File
}

fn field_message(key: KeyEvent, model: &Model) -> Option<Message> {
    let edit = model.onboarding().and_then(|onboarding| onboarding.edit.as_ref());
    let path = edit.is_some_and(|edit| is_path(edit.field));
    match key.code {
        KeyCode::Enter => Some(Message::Confirm),
        KeyCode::Esc => Some(Message::Dismiss),
        KeyCode::Up | KeyCode::BackTab => Some(Message::Up),
        KeyCode::Down => Some(Message::Down),
        KeyCode::Tab if path => Some(Message::CompletePath),
        KeyCode::Tab => Some(Message::Down),
        _ => edit_request(key).map(Message::Edit),
    }
}

/// Returns the edit of a text field that a key asks for.
fn edit_request(mut key: KeyEvent) -> Option<InputRequest> {
    // tui-input ignores characters that are typed with AltGr and Shift, such as Ł.
    if key.modifiers.contains(ALT_GR) {
        key.modifiers.remove(KeyModifiers::SHIFT);
    }
    to_input_request(&Event::Key(key))
}

fn command_message(key: KeyEvent, model: &Model) -> Option<Message> {
    if key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) {
        return None;
    }
    let checking = model
        .onboarding()
        .is_some_and(|onboarding| onboarding.current_step().kind == StepKind::Check);
    match key.code {
        KeyCode::Up | KeyCode::BackTab => Some(Message::Up),
        KeyCode::Down | KeyCode::Tab => Some(Message::Down),
        KeyCode::PageUp => Some(Message::PageUp),
        KeyCode::PageDown => Some(Message::PageDown),
        KeyCode::Left => Some(Message::PreviousOption),
        KeyCode::Right => Some(Message::NextOption),
        KeyCode::Enter if wizard::enter_edits(model) => Some(Message::StartEdit),
        KeyCode::Enter => Some(Message::Confirm),
        KeyCode::Esc => Some(Message::Dismiss),
        // No letter: a password that is typed where none is asked for must not begin an edit that shows the rest of it.
        KeyCode::Backspace | KeyCode::Delete => Some(Message::StartEdit),
        KeyCode::Char('p') if wizard::can_unlock(model) => Some(Message::AskPassword),
        KeyCode::Char(' ') => Some(Message::Toggle),
        KeyCode::Char('b') => Some(Message::Back),
        KeyCode::Char('k') => Some(Message::Up),
        KeyCode::Char('j') => Some(Message::Down),
        KeyCode::Char('o') => Some(Message::OpenLink),
        KeyCode::Char('y') => Some(Message::Copy),
        KeyCode::Char('u') => Some(Message::PutBack),
        KeyCode::Char('r') if checking => Some(Message::RunCheck),
        KeyCode::Char('g') if checking => Some(Message::GoToFix),
        KeyCode::Char('w') if checking => Some(Message::WaitAndRetry),
        KeyCode::Char('d') if checking => Some(Message::ToggleDetails),
        KeyCode::Char('c') if checking => Some(Message::CopyCommand),
        KeyCode::Char('c') if wizard::can_create_client(model) => Some(Message::PlanClient),
        KeyCode::Char('p') if wizard::can_start_production(model) => Some(Message::CopyToProduction),
        KeyCode::Char('m') => Some(Message::OpenMail),
        KeyCode::Char('f') => Some(Message::UseFoundFile),
        KeyCode::Char('n') if model.onboarding().is_none() => Some(Message::NewProfile),
        KeyCode::Char('l') => Some(Message::SwitchLanguage),
        KeyCode::Char('?') => Some(Message::Help),
        KeyCode::Char('q') => Some(Message::Quit),
        KeyCode::Char(digit @ '1'..='9') if model.onboarding().is_some() => {
            digit.to_digit(10).map(|number| Message::GoTo(number as usize))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{text::Language, wizard::Folders};
    use time::OffsetDateTime;

    #[test]
    fn alt_gr_types_characters() {
        for (c, modifiers) in [('@', ALT_GR), ('ł', ALT_GR), ('Ł', ALT_GR | KeyModifiers::SHIFT)] {
            let typed = edit_request(KeyEvent::new(KeyCode::Char(c), modifiers));
            assert_eq!(typed, Some(InputRequest::InsertChar(c)));
        }
    }

    #[test]
    fn only_ctrl_c_quits() {
        let model = Model::new(
            Language::English,
            OffsetDateTime::UNIX_EPOCH,
            Vec::new(),
            Folders::default(),
        );
        let quits = |modifiers| {
            let pressed = message(KeyEvent::new(KeyCode::Char('c'), modifiers), &model);
            matches!(pressed, Some(Message::Quit))
        };
        assert!(quits(KeyModifiers::CONTROL));
        assert!(!quits(ALT_GR) && !quits(KeyModifiers::NONE));
    }
}
