//! The edit of a text field. A field with an answer is only selected: its text changes after the edit was started. An
//! unanswered field that is required, or has a suggestion, is edited as soon as it has the focus. A suggestion is taken by
//! Enter; until its text is changed, characters are commands, as on a field that is only selected.

use std::path::PathBuf;

use tui_input::{Input, InputRequest};

use super::{
    answers,
    labels::{has_blocking_finding, is_suggested},
    message::Effect,
    model::{DiscardedText, Model, View},
    open_profile::{AfterEdit, FieldEdit, FileSearch},
    rows::{Row, focused_row},
};
use crate::{
    journey::{AnsweredBy, FieldId},
    profile::{Profile, fields::get::written_values, parse::ProfileName, progress},
    text::Args,
};

/// The maximum number of characters taken from a paste.
const MAX_PASTE_CHARS: usize = 4096;

/// The result of taking the edited text as the answer.
#[must_use]
pub(super) enum Take {
    /// The edit has ended: the text is the answer, or was unchanged.
    Ended(Vec<Effect>),
    /// The edit goes on: the text is invalid, or its file is looked for.
    Continues(Vec<Effect>),
}

/// Returns whether Enter starts an edit of the focused field, instead of going on.
pub fn enter_edits(model: &Model) -> bool {
    let Some(onboarding) = model.onboarding().filter(|onboarding| onboarding.edit.is_none()) else {
        return false;
    };
    let goes_on = onboarding.just_answered && !has_blocking_finding(onboarding);
    matches!(focused_row(model), Some(Row::Text(_))) && !goes_on
}

/// Returns whether the edited text is a suggestion that the user has not begun to change.
pub fn is_suggestion(model: &Model) -> bool {
    model.onboarding().is_some_and(|onboarding| {
        let edit = onboarding.edit.as_ref();
        edit.is_some_and(|edit| is_suggested(edit.field, onboarding))
    })
}

/// Starts the edit of the focused field, with the cursor behind its text; or the change of a suggestion.
pub(super) fn start(model: &mut Model) {
    if is_suggestion(model) {
        touch(model);
        return;
    }
    let Some(Row::Text(field)) = focused_row(model) else {
        return;
    };
    let Some(onboarding) = model.onboarding_mut().filter(|onboarding| onboarding.edit.is_none()) else {
        return;
    };
    onboarding.just_answered = false;
    let input = onboarding.inputs.entry(field).or_default();
    input.input.handle(InputRequest::GoToEnd);
    let before = input.clone();
    onboarding.edit = Some(FieldEdit {
        field,
        before,
        file: FileSearch::NotStarted,
    });
}

/// Starts the edit of the focused field if it has no answer, and is required or has a suggestion.
pub(super) fn start_if_unanswered(model: &mut Model) {
    let (Some(Row::Text(field)), Some(onboarding)) = (focused_row(model), model.onboarding()) else {
        return;
    };
    if !written_values(&onboarding.profile, field).is_empty() {
        return;
    }
    // A separate key file is only asked for if the certificate has no key.
    let required = matches!(field, FieldId::KeyFile | FieldId::ClientId)
        || progress::missing_fields(onboarding.current_step(), &onboarding.profile).contains(&field);
    let suggested = !onboarding.text(field).is_empty();
    if required || suggested {
        start(model);
    }
}

/// Ends the edit and restores the text from before. Returns false if no field is edited.
pub(super) fn cancel(model: &mut Model) -> bool {
    model
        .onboarding_mut()
        .is_some_and(|onboarding| onboarding.cancel_edit())
}

/// Handles a key in the edited field, or in the name of a new profile. Without an edit the key does nothing.
pub(super) fn edit(model: &mut Model, request: InputRequest) {
    change_text(model, |input| {
        input.handle(request);
    });
}

/// Inserts a pasted text as one line, without surrounding spaces. Cells of a table get a space between them, as lines do. Without an edit the paste does nothing.
pub(super) fn paste(model: &mut Model, text: &str) {
    let lines: Vec<&str> = text
        .split(['\r', '\n', '\t'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let one_line = lines.join(" ");
    let replaces = is_suggestion(model);
    change_text(model, |input| {
        if replaces {
            input.reset();
        }
        for c in one_line.chars().filter(|c| !c.is_control()).take(MAX_PASTE_CHARS) {
            input.handle(InputRequest::InsertChar(c));
        }
    });
}

/// Marks the edited text as the user's own.
fn touch(model: &mut Model) {
    if let Some(onboarding) = model.onboarding_mut()
        && let Some(edit) = &onboarding.edit
    {
        onboarding.inputs.entry(edit.field).or_default().touched = true;
    }
}

/// Changes the edited text, or the name of a new profile, and validates it.
pub(super) fn change_text(model: &mut Model, change: impl FnOnce(&mut Input)) {
    if let View::NewProfile(name) = &mut model.view {
        change(&mut name.input);
        // `Acme Spedisjon` becomes `acme-spedisjon`, which is a valid name.
        let valid = name.input.value().to_lowercase().replace(' ', "-");
        if valid != name.input.value() {
            let cursor = name.input.cursor();
            name.input = Input::new(valid).with_cursor(cursor);
        }
        let typed = name.input.value();
        name.error = ProfileName::parse(typed).err().filter(|_| !typed.trim().is_empty());
        return;
    }
    let Some(onboarding) = model.onboarding_mut() else {
        return;
    };
    let Some(edit) = &mut onboarding.edit else {
        return;
    };
    let field = edit.field;
    onboarding.candidates.clear();
    let input = onboarding.inputs.entry(field).or_default();
    let before = input.input.value().to_owned();
    change(&mut input.input);
    // A move of the cursor is no change.
    if input.input.value() == before {
        return;
    }
    edit.file = FileSearch::NotStarted;
    input.touched = true;
    let typed = input.input.value().to_owned();
    // An error is shown while it is typed. An empty field is no error.
    let error = answers::profile_with_answer(model, field, &typed)
        .and_then(Result::err)
        .filter(|_| !typed.trim().is_empty());
    if let Some(input) = model
        .onboarding_mut()
        .and_then(|onboarding| onboarding.inputs.get_mut(&field))
    {
        input.error = error;
    }
}

/// Takes the edited text as the answer and saves it. A suggestion is only taken by Enter. A path is only taken once its
/// file was found, or the user has confirmed that there is none.
pub(super) fn take(model: &mut Model, then: AfterEdit) -> Take {
    let Some(onboarding) = model.onboarding() else {
        return Take::Ended(Vec::new());
    };
    let Some(edit) = &onboarding.edit else {
        return Take::Ended(Vec::new());
    };
    let (field, file) = (edit.field, edit.file);
    let touched = onboarding.inputs.get(&field).is_some_and(|input| input.touched);
    if !touched && then != AfterEdit::Confirm {
        cancel(model);
        return Take::Ended(Vec::new());
    }
    let text = onboarding.text(field).to_owned();
    let mut profile = match answers::profile_with_answer(model, field, &text) {
        Some(Ok(profile)) => profile,
        Some(Err(error)) => {
            if let Some(onboarding) = model.onboarding_mut() {
                onboarding.inputs.entry(field).or_default().error = Some(error);
            }
            return Take::Continues(Vec::new());
        }
        None => return Take::Ended(Vec::new()),
    };
    match (file, new_file(model, field, &profile)) {
        (FileSearch::Running { .. }, _) => return Take::Continues(Vec::new()),
        (FileSearch::NotStarted, Some(path)) => {
            let attempt = model.next_attempt();
            set_search(model, FileSearch::Running { attempt, then });
            return Take::Continues(vec![Effect::FindFile { attempt, path }]);
        }
        (FileSearch::NotFound, Some(_)) => profile.set_files_found(false),
        (FileSearch::NotStarted | FileSearch::Found | FileSearch::NotFound, _) => {}
    }
    if let Some(onboarding) = model.onboarding_mut() {
        onboarding.edit = None;
        onboarding.candidates.clear();
    }
    Take::Ended(answers::apply(model, field, profile))
}

/// Handles the result of the search for the file of an edited path. Returns how to go on if the file was found.
pub(super) fn on_file_found(model: &mut Model, attempt: u64, found: bool) -> Option<AfterEdit> {
    let edit = model.onboarding()?.edit.as_ref()?;
    let FileSearch::Running { attempt: current, then } = edit.file else {
        return None;
    };
    if current != attempt {
        return None;
    }
    if found {
        set_search(model, FileSearch::Found);
        return Some(then);
    }
    set_search(model, FileSearch::NotFound);
    model.warn("notice-file-not-found", Args::new());
    None
}

/// Takes the edited text before the wizard quits. Returns a text that cannot be taken. The text of a path is not returned:
/// it may be a password that was typed into the wrong field.
pub(super) fn take_before_exit(model: &mut Model) -> (Vec<Effect>, Option<DiscardedText>) {
    let Some((field, text)) = model.onboarding().and_then(|onboarding| {
        let edit = onboarding.edit.as_ref()?;
        let input = onboarding.inputs.get(&edit.field).filter(|input| input.touched)?;
        Some((edit.field, input.input.value().to_owned()))
    }) else {
        return (Vec::new(), None);
    };
    match take(model, AfterEdit::Confirm) {
        Take::Ended(effects) => (effects, None),
        Take::Continues(_) => {
            let text = Some(text).filter(|_| field.answered_by() != AnsweredBy::File);
            (Vec::new(), Some(DiscardedText { field, text }))
        }
    }
}

fn set_search(model: &mut Model, file: FileSearch) {
    if let Some(edit) = model.onboarding_mut().and_then(|onboarding| onboarding.edit.as_mut()) {
        edit.file = file;
    }
}

/// Returns the path that a field would add to the profile; `None` if it names no file or the same one.
fn new_file(model: &Model, field: FieldId, profile: &Profile) -> Option<PathBuf> {
    let file = |profile: &Profile| match field {
        FieldId::Certificate => profile.certificate.path.clone(),
        FieldId::KeyFile => profile.certificate.key_path.clone(),
        FieldId::ChainFile => profile.certificate.chain_path.clone(),
        _ => None,
    };
    let before = model.onboarding().and_then(|onboarding| file(&onboarding.profile));
    file(profile).filter(|path| Some(path) != before.as_ref())
}
