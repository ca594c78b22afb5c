//! The transition function: message → change of the model and effects. Every message is listed; there is no catch-all arm.

use super::{
    answers, certificate, check, editing, keygen,
    message::{Effect, Message},
    model::{Model, Overlay, View},
    navigation,
    notice::Notice,
    open_profile::{Check, Onboarding},
    path_completion, plain_input, portal, production, profile_list, put_back_answers, row_actions, saving,
};
use crate::journey::StepKind;

/// Lines or rows of a page: two thirds of what the smallest window for reading shows of a report.
const PAGE_LINES: usize = 8;

/// Handles a message. The returned effects are to be carried out in order.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    if is_user_action(&message) {
        if let Some(pending) = model.pending.filter(|_| !matches!(message, Message::Quit)) {
            if pending.can_be_cancelled && matches!(message, Message::Dismiss) {
                (model.pending, model.notice) = (None, None);
            }
            return Vec::new();
        }
        model.notice = None;
    }
    if !matches!(
        message,
        Message::Copy | Message::Tick(_) | Message::ScrollLimit(_) | Message::OpenLinkFailed
    ) {
        model.next_copy = 0;
    }
    match message {
        Message::Up => move_focus(model, false),
        Message::Down => move_focus(model, true),
        Message::PageUp => move_page(model, false),
        Message::PageDown => move_page(model, true),
        Message::PreviousOption => answers::cycle_choice(model, false),
        Message::NextOption => answers::cycle_choice(model, true),
        Message::Focus(row) => plain_input::focus(model, row),
        Message::Choose(option) => plain_input::choose(model, option),
        Message::Answer(line) => plain_input::answer(model, &line),
        Message::Toggle => navigation::toggle(model),
        Message::PutBack => put_back_answers::put_back(model),
        Message::Confirm => confirm(model),
        Message::Back => back(model),
        Message::Dismiss => dismiss(model),
        Message::GoTo(number) => navigation::go_to_number(model, number),
        Message::GoToFix => navigation::go_to_fix(model),
        Message::StartEdit => {
            editing::start(model);
            Vec::new()
        }
        Message::Edit(request) => {
            editing::edit(model, request);
            Vec::new()
        }
        Message::Paste(text) => {
            editing::paste(model, &text);
            Vec::new()
        }
        Message::GenerateKey => keygen::ask(model),
        Message::CompletePath => path_completion::complete(model),
        Message::OpenLink => row_actions::open_link(model),
        Message::Copy if model.overlay == Some(Overlay::GeneratedKey) => keygen::copy_public_half(model),
        Message::CopyCommand => check::copy_command(model),
        Message::OpenMail => row_actions::open_mail(model),
        Message::UseFoundFile => answers::use_found_file(model),
        Message::CopyToProduction => production::start(model),
        Message::PlanClient => portal::plan(model),
        Message::Copy => row_actions::copy(model),
        Message::RunCheck => check::run(model),
        Message::WaitAndRetry => check::wait_and_retry(model),
        Message::ToggleDetails => check::toggle_details(model),
        Message::AskPassword => certificate::ask_password(model),
        Message::PasswordTyped => match model.overlay {
            Some(Overlay::AdministrationPassword { .. }) => portal::on_password_typed(model),
            _ => certificate::on_password_typed(model),
        },
        Message::TakeTheirs => saving::take_theirs(model),
        Message::KeepMine => saving::keep_mine(model),
        Message::NewProfile => profile_list::new_profile(model),
        Message::SwitchLanguage => {
            model.language = model.language.other();
            vec![Effect::SaveLanguage(model.language)]
        }
        Message::Help => {
            match model.overlay {
                Some(Overlay::Help) => model.overlay = None,
                None => model.open(Overlay::Help),
                Some(
                    Overlay::Password { .. }
                    | Overlay::AdministrationPassword { .. }
                    | Overlay::Conflict
                    | Overlay::KeyPlan
                    | Overlay::ClientPlan
                    | Overlay::GeneratedKey
                    | Overlay::Copied,
                ) => {}
            }
            Vec::new()
        }
        Message::Quit => profile_list::quit(model),
        Message::Listed(profiles) => profile_list::on_listed(model, profiles),
        Message::ListFailed(error) => profile_list::on_list_failed(model, error),
        Message::AdministrationsLoaded(administrations) => {
            model.administrations = administrations;
            Vec::new()
        }
        Message::Loaded {
            attempt,
            name,
            outcome,
            sandbox,
        } => {
            if let Some(sandbox) = sandbox {
                let only = model.sandbox;
                model.with_sandbox(*sandbox, only);
            }
            profile_list::on_loaded(model, attempt, name, outcome)
        }
        Message::Saved(outcome) => profile_list::on_saved(model, outcome),
        Message::AnswersReread(profile) => navigation::on_answers_reread(model, *profile),
        Message::CertificateInspected { attempt, inspected } => {
            check::on_certificate_inspected(model, attempt, inspected)
        }
        Message::PathCompleted { typed, candidates } => path_completion::on_completed(model, &typed, candidates),
        Message::CheckProgress { attempt, event } => check::on_progress(model, attempt, event),
        Message::CheckEnded { attempt, report } => check::on_ended(model, attempt, report),
        Message::KeyGenerated { attempt, outcome } => keygen::on_generated(model, attempt, outcome),
        Message::PublicKeyFound { attempt, found } => keygen::on_public_key_found(model, attempt, found),
        Message::ScopesNoted(notes) => portal::on_noted(model, notes),
        Message::ClientPlanned { attempt, outcome } => portal::on_planned(model, attempt, outcome),
        Message::ClientCreated { attempt, outcome } => portal::on_created(model, attempt, outcome),
        Message::FileFound { attempt, found } => navigation::on_file_found(model, attempt, found),
        Message::LanguageNotSaved(error) => {
            model.notice = Some(Notice::store_error(error));
            Vec::new()
        }
        Message::OpenLinkFailed => row_actions::on_open_failed(model),
        Message::WorkerFailed { attempt, error } => check::on_worker_failed(model, attempt, &error),
        Message::ScrollLimit(limit) => {
            model.scroll = model.scroll.min(limit);
            Vec::new()
        }
        Message::Tick(now) => {
            model.now = now;
            model.spinner_frame = model.spinner_frame.wrapping_add(1);
            check::on_tick(model)
        }
    }
}

/// Returns whether a message removes the notice: an action of the user does, a language switch or the answer to an effect does
/// not.
fn is_user_action(message: &Message) -> bool {
    match message {
        Message::Listed(_)
        | Message::ListFailed(_)
        | Message::AdministrationsLoaded(_)
        | Message::Loaded { .. }
        | Message::Saved(_)
        | Message::AnswersReread(_)
        | Message::CertificateInspected { .. }
        | Message::FileFound { .. }
        | Message::PathCompleted { .. }
        | Message::CheckProgress { .. }
        | Message::CheckEnded { .. }
        | Message::KeyGenerated { .. }
        | Message::PublicKeyFound { .. }
        | Message::ScopesNoted(_)
        | Message::ClientPlanned { .. }
        | Message::ClientCreated { .. }
        | Message::LanguageNotSaved(_)
        | Message::OpenLinkFailed
        | Message::WorkerFailed { .. }
        | Message::ScrollLimit(_)
        | Message::Tick(_)
        | Message::SwitchLanguage => false,
        Message::Up
        | Message::Down
        | Message::PageUp
        | Message::PageDown
        | Message::PreviousOption
        | Message::NextOption
        | Message::Toggle
        | Message::PutBack
        | Message::Focus(_)
        | Message::Choose(_)
        | Message::Answer(_)
        | Message::Confirm
        | Message::Back
        | Message::Dismiss
        | Message::GoTo(_)
        | Message::GoToFix
        | Message::StartEdit
        | Message::Edit(_)
        | Message::Paste(_)
        | Message::GenerateKey
        | Message::CompletePath
        | Message::OpenLink
        | Message::Copy
        | Message::RunCheck
        | Message::WaitAndRetry
        | Message::ToggleDetails
        | Message::CopyCommand
        | Message::OpenMail
        | Message::UseFoundFile
        | Message::CopyToProduction
        | Message::PlanClient
        | Message::AskPassword
        | Message::PasswordTyped
        | Message::TakeTheirs
        | Message::KeepMine
        | Message::NewProfile
        | Message::Help
        | Message::Quit => true,
    }
}

/// Moves the focus. A dialog or a report scrolls instead.
fn move_focus(model: &mut Model, down: bool) -> Vec<Effect> {
    let is_check = |onboarding: &Onboarding| onboarding.current_step().kind == StepKind::Check;
    if model.overlay.is_some() || model.onboarding().is_some_and(is_check) {
        // The screen reports the limit after it has been drawn.
        model.scroll = match down {
            true => model.scroll.saturating_add(1),
            false => model.scroll.saturating_sub(1),
        };
        return Vec::new();
    }
    match &mut model.view {
        View::ProfileList(list) => {
            profile_list::move_focus(list, down);
            Vec::new()
        }
        View::NewProfile(_) => Vec::new(),
        View::Onboarding(_) => navigation::move_focus(model, down),
    }
}

/// Moves the focus by a page, or scrolls by one.
fn move_page(model: &mut Model, down: bool) -> Vec<Effect> {
    (0..PAGE_LINES).flat_map(|_| move_focus(model, down)).collect()
}

fn confirm(model: &mut Model) -> Vec<Effect> {
    match model.overlay {
        Some(Overlay::KeyPlan) => return keygen::generate(model),
        Some(Overlay::ClientPlan) => return portal::create(model),
        _ => {}
    }
    match model.view {
        View::ProfileList(_) => profile_list::open_focused(model),
        View::NewProfile(_) => profile_list::confirm_name(model),
        View::Onboarding(_) => navigation::confirm(model),
    }
}

/// Goes to the step before; from the first, to the profile list. Always possible.
fn back(model: &mut Model) -> Vec<Effect> {
    match &model.view {
        View::ProfileList(_) => Vec::new(),
        View::NewProfile(_) => profile_list::show(model),
        View::Onboarding(onboarding) => match onboarding.step_number() {
            (0, _) => profile_list::show(model),
            (number, _) => navigation::go_to_number(model, number),
        },
    }
}

fn dismiss(model: &mut Model) -> Vec<Effect> {
    match model.overlay {
        Some(Overlay::Help | Overlay::KeyPlan | Overlay::ClientPlan | Overlay::GeneratedKey | Overlay::Copied) => {
            model.overlay = None;
            Vec::new()
        }
        Some(Overlay::Password { .. } | Overlay::AdministrationPassword { .. }) => {
            model.overlay = None;
            vec![Effect::ForgetPassword]
        }
        // The conflict must be resolved: the next save would meet it again.
        Some(Overlay::Conflict) => Vec::new(),
        None if model.onboarding().is_some_and(|onboarding| onboarding.edit.is_some()) => {
            editing::cancel(model);
            Vec::new()
        }
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
