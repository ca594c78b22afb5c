//! Message → change and effects. Each message is placed here by hand: there is no arm that catches the rest.

use super::{
    answers, certificate, check, keygen,
    message::{Effect, Message},
    model::{Check, Model, Overlay, View},
    navigation, plain_input, profile_list, saving,
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
        Message::Focus(row) => plain_input::focus(model, row),
        Message::Choose(option) => plain_input::choose(model, option),
        Message::Answer(line) => plain_input::answer(model, &line),
        Message::Toggle => navigation::toggle(model),
        Message::Confirm => confirm(model),
        Message::Back => back(model),
        Message::Dismiss => dismiss(model),
        Message::GoTo(number) => navigation::go_to_number(model, number),
        Message::GoToFix => navigation::go_to_fix(model),
        Message::Edit(request) => answers::edit(model, request),
        Message::Paste(text) => answers::paste(model, &text),
        Message::Make => keygen::make(model),
        Message::Complete => certificate::complete(model),
        Message::Open => navigation::open(model),
        Message::Copy if model.overlay == Some(Overlay::GeneratedKey) => keygen::copy(model),
        Message::Copy => navigation::copy(model),
        Message::Run => check::run(model),
        Message::Wait => check::wait(model),
        Message::Details => check::details(model),
        Message::Unlock => certificate::unlock(model),
        Message::PasswordTyped => certificate::password_typed(model),
        Message::TakeTheirs => saving::take_theirs(model),
        Message::KeepMine => saving::keep_mine(model),
        Message::NewProfile => profile_list::new_profile(model),
        Message::OtherLanguage => {
            model.language = model.language.other();
            Vec::new()
        }
        Message::Help => {
            model.overlay = match model.overlay {
                Some(Overlay::Help) => None,
                None => Some(Overlay::Help),
                on_top @ Some(Overlay::Password { .. } | Overlay::Conflict | Overlay::GeneratedKey) => on_top,
            };
            Vec::new()
        }
        Message::Quit => profile_list::quit(model),
        Message::Listed(profiles) => profile_list::listed(model, profiles),
        Message::ListFailed(trouble) => profile_list::list_failed(model, trouble),
        Message::Loaded { name, outcome, sandbox } => profile_list::loaded(model, name, outcome, sandbox),
        Message::Saved(outcome) => saving::saved(model, outcome),
        Message::CertificateInspected { attempt, examined } => check::examined(model, attempt, examined),
        Message::Completed { attempt, candidates } => certificate::completed(model, attempt, candidates),
        Message::Checking { attempt, event } => check::event(model, attempt, event),
        Message::CheckEnded { attempt, report } => check::ended(model, attempt, report),
        Message::KeyGenerated { attempt, outcome } => keygen::made(model, attempt, outcome),
        Message::OpenFailed => {
            model.warn("notice-open-failed", crate::text::Args::new());
            Vec::new()
        }
        Message::Broke { attempt, words } => check::broke(model, attempt, &words),
        Message::Tick(now) => {
            model.now = now;
            model.pulse = model.pulse.wrapping_add(1);
            check::tick(model)
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
        | Message::CertificateInspected { .. }
        | Message::Completed { .. }
        | Message::Checking { .. }
        | Message::CheckEnded { .. }
        | Message::KeyGenerated { .. }
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
        | Message::GoToFix
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
        View::ProfileList(profile_list) => {
            profile_list::moved(profile_list, down);
            Vec::new()
        }
        View::Naming(_) => Vec::new(),
        View::Onboarding(_) => navigation::moved(model, down),
    }
}

fn confirm(model: &mut Model) -> Vec<Effect> {
    match model.place {
        View::ProfileList(_) => profile_list::choose(model),
        View::Naming(_) => profile_list::name(model),
        View::Onboarding(_) => navigation::confirm(model),
    }
}

/// To the step before; from the first to the list of profiles. Never refused.
fn back(model: &mut Model) -> Vec<Effect> {
    match &model.place {
        View::ProfileList(_) => Vec::new(),
        View::Naming(_) => profile_list::show(model),
        View::Onboarding(onboarding) => match onboarding.number() {
            (0, _) => {
                let effects = answers::commit(model);
                [effects, profile_list::show(model)].concat()
            }
            (number, _) => navigation::go_to_number(model, number),
        },
    }
}

fn dismiss(model: &mut Model) -> Vec<Effect> {
    match model.overlay {
        Some(Overlay::Help | Overlay::GeneratedKey) => {
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
            model.onboarding().map(|onboarding| &onboarding.check),
            Some(Check::Running { .. } | Check::Waiting { .. })
        ) =>
        {
            check::cancel(model)
        }
        None => back(model),
    }
}
