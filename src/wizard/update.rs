//! Message → change and effects. Each message is placed here by hand: there is no arm that catches the rest.

use super::{
    message::{Effect, Message},
    model::{Check, Model, Overlay, Place},
    {answers, checking, lines, making, reading, shelf, walking},
};

/// Lets something happen. What it returns is to be done in that order.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    if speaks_to_the_user(&message) {
        model.notice = None;
    }
    if !matches!(message, Message::Copy | Message::Tick(_)) {
        model.copy_turn = 0;
    }
    match message {
        Message::Up => moved(model, false),
        Message::Down => moved(model, true),
        Message::ChooseLeft => answers::choose(model, false),
        Message::ChooseRight => answers::choose(model, true),
        Message::Focus(row) => lines::focus(model, row),
        Message::Choose(option) => lines::choose(model, option),
        Message::Answer(line) => lines::answer(model, &line),
        Message::Toggle => answers::toggle(model),
        Message::Confirm => confirm(model),
        Message::Back => back(model),
        Message::Dismiss => dismiss(model),
        Message::GoTo(number) => walking::go_to_number(model, number),
        Message::Mend => checking::mend(model),
        Message::Edit(request) => answers::edit(model, request),
        Message::Paste(text) => answers::paste(model, &text),
        Message::Make => making::make(model),
        Message::Complete => reading::complete(model),
        Message::Open => walking::open(model),
        Message::Copy if model.overlay == Some(Overlay::Made) => making::copy(model),
        Message::Copy => walking::copy(model),
        Message::Run => checking::run(model),
        Message::Wait => checking::wait(model),
        Message::Details => checking::details(model),
        Message::Unlock => reading::unlock(model),
        Message::PasswordTyped => reading::password_typed(model),
        Message::TakeTheirs => shelf::take_theirs(model),
        Message::KeepMine => shelf::keep_mine(model),
        Message::NewProfile => shelf::new_profile(model),
        Message::OtherLanguage => {
            model.language = model.language.other();
            Vec::new()
        }
        Message::Help => {
            model.overlay = match model.overlay {
                Some(Overlay::Help) => None,
                None => Some(Overlay::Help),
                on_top @ Some(Overlay::Password { .. } | Overlay::Conflict | Overlay::Made) => on_top,
            };
            Vec::new()
        }
        Message::Quit => shelf::quit(model),
        Message::Listed(profiles) => shelf::listed(model, profiles),
        Message::ListFailed(trouble) => shelf::list_failed(model, trouble),
        Message::Loaded { name, outcome, sandbox } => shelf::loaded(model, name, outcome, sandbox),
        Message::Saved(outcome) => shelf::saved(model, outcome),
        Message::Examined { attempt, examined } => reading::examined(model, attempt, examined),
        Message::Completed { attempt, candidates } => reading::completed(model, attempt, candidates),
        Message::Checking { attempt, event } => checking::event(model, attempt, event),
        Message::CheckEnded { attempt, report } => checking::ended(model, attempt, report),
        Message::Made { attempt, outcome } => making::made(model, attempt, outcome),
        Message::OpenFailed => {
            model.warn("notice-open-failed", crate::text::Args::new());
            Vec::new()
        }
        Message::Broke { attempt, words } => checking::broke(model, attempt, &words),
        Message::Tick(now) => {
            model.now = now;
            model.pulse = model.pulse.wrapping_add(1);
            checking::tick(model)
        }
    }
}

/// A notice stands until the user does something else; what happens by itself does not take it away.
fn speaks_to_the_user(message: &Message) -> bool {
    match message {
        Message::Listed(_)
        | Message::ListFailed(_)
        | Message::Loaded { .. }
        | Message::Saved(_)
        | Message::Examined { .. }
        | Message::Completed { .. }
        | Message::Checking { .. }
        | Message::CheckEnded { .. }
        | Message::Made { .. }
        | Message::OpenFailed
        | Message::Broke { .. }
        | Message::Tick(_)
        | Message::OtherLanguage => false,
        Message::Up
        | Message::Down
        | Message::ChooseLeft
        | Message::ChooseRight
        | Message::Toggle
        | Message::Focus(_)
        | Message::Choose(_)
        | Message::Answer(_)
        | Message::Confirm
        | Message::Back
        | Message::Dismiss
        | Message::GoTo(_)
        | Message::Mend
        | Message::Edit(_)
        | Message::Paste(_)
        | Message::Make
        | Message::Complete
        | Message::Open
        | Message::Copy
        | Message::Run
        | Message::Wait
        | Message::Details
        | Message::Unlock
        | Message::PasswordTyped
        | Message::TakeTheirs
        | Message::KeepMine
        | Message::NewProfile
        | Message::Help
        | Message::Quit => true,
    }
}

fn moved(model: &mut Model, down: bool) -> Vec<Effect> {
    match &mut model.place {
        Place::Shelf(shelf) => {
            shelf::moved(shelf, down);
            Vec::new()
        }
        Place::Naming(_) => Vec::new(),
        Place::Walk(_) => walking::moved(model, down),
    }
}

fn confirm(model: &mut Model) -> Vec<Effect> {
    match model.place {
        Place::Shelf(_) => shelf::choose(model),
        Place::Naming(_) => shelf::name(model),
        Place::Walk(_) => walking::confirm(model),
    }
}

fn back(model: &mut Model) -> Vec<Effect> {
    match model.place {
        Place::Shelf(_) => Vec::new(),
        Place::Naming(_) => shelf::show(model),
        Place::Walk(_) => walking::back(model),
    }
}

fn dismiss(model: &mut Model) -> Vec<Effect> {
    match model.overlay {
        Some(Overlay::Help | Overlay::Made) => {
            model.overlay = None;
            Vec::new()
        }
        Some(Overlay::Password { .. }) => {
            model.overlay = None;
            vec![Effect::ForgetPassword]
        }
        // It cannot be put off: the next save would meet it again.
        Some(Overlay::Conflict) => Vec::new(),
        None if matches!(
            model.walk().map(|walk| &walk.check),
            Some(Check::Running { .. } | Check::Waiting { .. })
        ) =>
        {
            checking::cancel(model)
        }
        None => back(model),
    }
}
