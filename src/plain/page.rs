//! A page of output: heading, question and prompt for the current state of the wizard.
//!
//! A line is printed once: [`Page::lines_since`] returns the lines that the previous page did not have.

use super::{Lines, Prompt, check, checklist, current_prompt, form, profile_list, refused, warning};
use crate::{
    journey::{FieldId, StepKind},
    profile::parse::ParseError,
    text::{Args, Texts},
    wizard::{self, Model, Onboarding, View},
};

/// The output for one state of the wizard.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The profile and the step, or `None` outside an onboarding.
    location: Option<(String, String)>,
    asked: Prompt,
    heading: Lines,
    question: Lines,
    /// The reason why the last line was not accepted.
    refusal: Option<String>,
    /// The text before the cursor, without the space that follows it.
    pub prompt: String,
}

/// Returns the page for the wizard's current state.
pub fn page(model: &Model, texts: &Texts) -> Page {
    let asked = current_prompt(model);
    let mut heading = Lines::default();
    let mut question = Lines::default();
    let prompt = match (&model.view, asked) {
        (View::Onboarding(onboarding), asked) => {
            add_location(&mut heading, model, texts, onboarding);
            match asked {
                Prompt::Choice(field) => form::add_choice(&mut question, model, texts, onboarding, field),
                Prompt::Text(field) => form::add_text_field(&mut question, model, texts, onboarding, field),
                Prompt::Services => form::add_services(&mut question, model, texts, onboarding),
                Prompt::Check(_) => check::add(&mut question, model, texts, onboarding),
                Prompt::KeyPlan => add_key_plan(&mut question, model, texts, onboarding),
                Prompt::ClientPlan => add_client_plan(&mut question, texts, onboarding),
                Prompt::Conflict => add_conflict(&mut question, texts, onboarding),
                Prompt::Items | Prompt::Profile | Prompt::Name => {
                    checklist::add(&mut question, model, texts, onboarding)
                }
            }
        }
        (View::ProfileList(list), _) => {
            heading.push(&texts.get("profile-list-title"));
            profile_list::add_list(&mut question, model, texts, list)
        }
        (View::NewProfile(naming), _) => {
            heading.push(&texts.get("naming-title"));
            profile_list::add_naming(&mut question, model, texts, naming)
        }
    };
    Page {
        location: model
            .onboarding()
            .map(|onboarding| (onboarding.name.to_string(), onboarding.step.clone())),
        asked,
        heading,
        question,
        refusal: refusal(model).map(|error| refused(texts, &texts.with(error.id, &error.args))),
        prompt,
    }
}

impl Page {
    /// Returns the lines that are not on the page before. An empty line separates one question from the next.
    pub fn lines_since(&self, before: Option<&Page>) -> Vec<&str> {
        // Outside an onboarding each question counts as a location of its own.
        let here = |before: &&Page| {
            before.location == self.location && (self.location.is_some() || before.asked == self.asked)
        };
        let same_location = before.filter(here);
        let same_question = same_location.filter(|before| before.asked == self.asked);
        let mut lines = Vec::new();
        for (now, before) in [
            (&self.heading, same_location.map(|before| &before.heading)),
            (&self.question, same_question.map(|before| &before.question)),
        ] {
            match before {
                None => {
                    lines.push("");
                    lines.extend(now.iter());
                }
                Some(before) => lines.extend(now.iter().filter(|line| !before.iter().any(|old| old == *line))),
            }
        }
        let refused_before = same_question.and_then(|before| before.refusal.as_ref());
        lines.extend(
            self.refusal
                .as_deref()
                .filter(|_| refused_before != self.refusal.as_ref()),
        );
        lines
    }

    /// Clears the refusal before another line is typed, so that a second refusal is printed again.
    pub fn clear_refusal(&mut self) {
        self.refusal = None;
    }
}

/// Returns the error about the last typed value.
fn refusal(model: &Model) -> Option<&ParseError> {
    match (&model.view, current_prompt(model)) {
        (View::NewProfile(naming), _) => naming.error.as_ref(),
        (View::Onboarding(onboarding), Prompt::Text(field)) => onboarding.inputs.get(&field)?.error.as_ref(),
        _ => None,
    }
}

/// Adds the step, its number and its introduction.
fn add_location(heading: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding) {
    let step = onboarding.current_step();
    let (number, count) = onboarding.step_number();
    let args = Args::new()
        .with("name", onboarding.name.as_str())
        .with(
            "environment",
            wizard::environment_name(texts, &onboarding.profile.environment),
        )
        .with("number", number + 1)
        .with("count", count)
        .with("title", texts.get(&format!("step-{}", step.id)));
    heading.push(&texts.with("plain-place", &args));
    heading.push(&texts.get(&format!("step-{}.intro", step.id)));
    if step.fields.iter().any(|field| field.id == FieldId::NorwegianNumber)
        && let Some(kind) = onboarding.profile.business.kind
    {
        heading.push(&texts.get(&format!("kind-{}-note", kind.id())));
    }
    if step.kind == StepKind::Checklist && model.demonstration_for(onboarding).is_some() {
        heading.push(&texts.get("sandbox-checklist-note"));
    }
    if step.kind == StepKind::Checklist
        && let Some(note) = wizard::environment_note(model, &onboarding.profile, texts)
    {
        heading.push(&note);
    }
    if let Some(error) = &onboarding.unsaved {
        heading.push(&warning(texts, &wizard::store_wordings(error, texts)[0]));
    }
}

/// Adds what a new key is for, and the question whether to make it.
fn add_key_plan(lines: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding) -> String {
    for text in wizard::key_plan_text(model, onboarding, texts) {
        lines.push(&text);
    }
    texts.get("plain-prompt-key-plan")
}

/// Adds the question which version to keep, after another program has changed the profile.
fn add_conflict(lines: &mut Lines, texts: &Texts, onboarding: &Onboarding) -> String {
    let [_, question, options @ ..] = wizard::conflict_texts(onboarding);
    lines.push(&texts.with(question, &Args::new().with("name", onboarding.name.as_str())));
    for id in options {
        let text = texts.get(id);
        let (key, what) = text.split_once('|').unwrap_or(("", &text));
        lines.push(&format!("{}  {}", key.trim(), what.trim()));
    }
    texts.get(match onboarding.is_file_gone() {
        true => "plain-prompt-conflict.gone",
        false => "plain-prompt-conflict",
    })
}

/// Adds the client that will be created, as it is sent, and returns the prompt.
fn add_client_plan(lines: &mut Lines, texts: &Texts, onboarding: &Onboarding) -> String {
    let (title, prompt) = match wizard::plans_existing_client(onboarding) {
        true => ("client-plan-title.existing", "plain-prompt-client-plan.existing"),
        false => ("client-plan-title", "plain-prompt-client-plan"),
    };
    lines.push(&texts.get(title));
    for paragraph in wizard::client_plan_text(onboarding, texts) {
        lines.push(&paragraph);
    }
    texts.get(prompt)
}
