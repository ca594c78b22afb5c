//! The form step's questions: options by number, services to tick, and free text.

use super::{Lines, certificate, warning};
use crate::{
    journey::{FieldId, services},
    profile::{Kind, progress},
    text::{Args, Texts},
    wizard::{self, Model, Onboarding, Row},
};

/// Adds a question with numbered options and returns the prompt.
pub fn add_choice(lines: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding, field: FieldId) -> String {
    add_reason(lines, texts, onboarding, field);
    let chosen = onboarding.chosen(field);
    let args = Args::new().with("question", question(texts, onboarding, field));
    let mut prompt = texts.with("plain-prompt-choice", &args);
    for (at, option) in wizard::choice_options(model, field).iter().enumerate() {
        let name = option_name(texts, option);
        lines.push(&format!("{}  {name}", at + 1));
        if chosen.as_ref() == Some(&option.value) {
            let kept = args.clone().with("number", at + 1).with("option", name);
            prompt = texts.with("plain-prompt-choice-kept", &kept);
        }
    }
    if field == FieldId::Environment
        && let Some(note) = wizard::environment_note(model, &onboarding.profile, texts)
    {
        lines.push(&note);
    }
    prompt
}

/// Returns the question of a field as a sentence.
fn question(texts: &Texts, onboarding: &Onboarding, field: FieldId) -> String {
    let label = texts.get(&wizard::field_text_id(field, onboarding));
    if label.ends_with('?') {
        label
    } else {
        format!("{label}.")
    }
}

/// Returns an option's name: its text, or its value if it has none.
pub fn option_name(texts: &Texts, option: &wizard::ChoiceOption) -> String {
    option
        .text
        .as_ref()
        .map_or_else(|| option.value.clone(), |id| texts.get(id))
}

/// Adds a question with a free-text answer and returns the prompt.
pub fn add_text_field(
    lines: &mut Lines,
    model: &Model,
    texts: &Texts,
    onboarding: &Onboarding,
    field: FieldId,
) -> String {
    add_reason(lines, texts, onboarding, field);
    let entry = onboarding.inputs.get(&field);
    let value = entry.map_or("", |entry| entry.input.value());
    let example = wizard::field_example(field, onboarding, texts);
    if let Some(example) = example.filter(|_| value.is_empty()) {
        lines.push(&texts.with("example", &Args::new().with("example", example)));
    }
    if let Some(id) = wizard::field_warning(field, onboarding) {
        lines.push(&warning(texts, &texts.get(id)));
    }
    if field == FieldId::OwnScopes {
        for note in wizard::scope_notes(onboarding) {
            lines.push(&note.text(texts));
        }
    }
    if wizard::can_generate_key(model) {
        lines.push(&texts.get("plain-can-make"));
    }
    if wizard::can_show_public_key(model) {
        lines.push(&texts.get("plain-can-show-key"));
    }
    if field == FieldId::Certificate {
        certificate::add(lines, model, texts, onboarding);
    }
    let args = Args::new().with("question", question(texts, onboarding, field));
    let required = progress::missing_fields(onboarding.current_step(), &onboarding.profile).contains(&field);
    if wizard::is_suggested(field, onboarding) {
        return texts.with("plain-prompt-text-suggested", &args.with("value", value));
    }
    match (value, required) {
        ("", true) => texts.with("plain-prompt-text", &args),
        ("", false) => texts.with("plain-prompt-text-optional", &args),
        (value, _) => texts.with("plain-prompt-text-kept", &args.with("value", value)),
    }
}

fn add_reason(lines: &mut Lines, texts: &Texts, onboarding: &Onboarding, field: FieldId) {
    let id = wizard::field_text_id(field, onboarding);
    if let Some(why) = texts.find(&format!("{id}.why"), &Args::new()) {
        lines.push(&why);
    }
}

/// Adds the services as one question with a checkbox each, and returns the prompt.
pub fn add_services(lines: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding) -> String {
    let kind = onboarding.profile.business.kind.unwrap_or(Kind::Norwegian);
    let about = |service: &services::Service| {
        let name = texts.get(&format!("service-{}", service.id));
        let about = texts.get(&format!("service-{}.about", service.id));
        format!("{name}: {about}")
    };
    let offered = wizard::rows(model, onboarding);
    let offered = offered.iter().filter_map(|row| match row {
        Row::Service(service) => Some(service),
        Row::Choice(_) | Row::Text(_) | Row::Item(_) => None,
    });
    for (at, service) in offered.enumerate() {
        let ticked = onboarding.profile.business.services.contains(&service.id);
        let scope = service.scope(kind).unwrap_or_default();
        let name = texts.get(&format!("service-{}", service.id));
        let about = texts.get(&format!("service-{}.about", service.id));
        let tick = tick(ticked, texts);
        lines.push(&format!("{}  {name}, {tick}. {about}. {scope}", at + 1));
    }
    let announced = services::services().iter().filter(|service| service.announced);
    for service in announced.filter(|service| service.scope(kind).is_some()) {
        lines.push(&about(service));
    }
    let ticked: Vec<String> = onboarding
        .profile
        .business
        .services
        .iter()
        .map(|id| texts.get(&format!("service-{id}")))
        .collect();
    match ticked.is_empty() {
        true => texts.get("plain-prompt-services"),
        false => texts.with(
            "plain-prompt-services-ticked",
            &Args::new().with("services", ticked.join(", ")),
        ),
    }
}

/// Returns the state of a tick in words.
pub fn tick(ticked: bool, texts: &Texts) -> String {
    texts.get(if ticked { "plain-ticked" } else { "plain-unticked" })
}
