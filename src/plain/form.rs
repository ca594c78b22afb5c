//! The form step's questions: options by number, services to tick, and free text.

use super::{Lines, certificate, warning};
use crate::{
    journey::{FieldId, services},
    profile::Kind,
    symbols::checkbox,
    text::{Args, Texts},
    wizard::{self, Model, Onboarding, Row},
};

/// Adds a question with numbered options and returns the prompt.
pub fn add_choice(lines: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding, field: FieldId) -> String {
    add_label(lines, texts, onboarding, field);
    let chosen = onboarding.chosen(field);
    let mut now = None;
    for (at, option) in wizard::choice_options(model, field).iter().enumerate() {
        lines.push(&format!("{}  {}", at + 1, option_name(texts, option)));
        if chosen.as_ref() == Some(&option.value) {
            now = Some(at + 1);
        }
    }
    match now {
        Some(now) => texts.with("plain-prompt-number-kept", &Args::new().with("number", now)),
        None => texts.get("plain-prompt-number"),
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
    add_label(lines, texts, onboarding, field);
    let entry = onboarding.inputs.get(&field);
    let value = entry.map_or("", |entry| entry.input.value());
    let example = texts.find(
        &format!("{}.example", wizard::field_text_id(field, onboarding)),
        &Args::new(),
    );
    if let Some(example) = example.filter(|_| value.is_empty()) {
        lines.push(&texts.with("example", &Args::new().with("example", example)));
    }
    if let Some(id) = wizard::field_warning(field, onboarding) {
        lines.push(&warning(texts, &texts.get(id)));
    }
    if wizard::can_generate_key(model) {
        lines.push(&texts.get("plain-can-make"));
    }
    if field == FieldId::Certificate {
        certificate::add(lines, model, texts, onboarding);
    }
    if value.is_empty() {
        texts.get("plain-prompt-text")
    } else {
        texts.with("plain-prompt-text-kept", &Args::new().with("value", value))
    }
}

fn add_label(lines: &mut Lines, texts: &Texts, onboarding: &Onboarding, field: FieldId) {
    let id = wizard::field_text_id(field, onboarding);
    lines.push(&texts.get(&id));
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
    lines.push(&texts.get("field-services"));
    let offered = wizard::rows(model, onboarding);
    let offered = offered.iter().filter_map(|row| match row {
        Row::Service(service) => Some(service),
        Row::Choice(_) | Row::Text(_) | Row::Item(_) => None,
    });
    for (at, service) in offered.enumerate() {
        let ticked = onboarding.profile.business.services.contains(&service.id);
        let scope = service.scope(kind).unwrap_or_default();
        lines.push(&format!(
            "{}  {} {} ({scope})",
            at + 1,
            checkbox(ticked),
            about(service)
        ));
    }
    let announced = services::services().iter().filter(|service| service.announced);
    for service in announced.filter(|service| service.scope(kind).is_some()) {
        lines.push(&about(service));
    }
    texts.get("plain-prompt-tick")
}
