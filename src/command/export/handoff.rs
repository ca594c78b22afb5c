//! Hand-off of an onboarding in Markdown, for a colleague, the system provider or Customs.

use super::{ExportData, NO_CUSTOMS_SCOPE};
use crate::{
    command::profile::status::{ItemView, StepView, field_name, item_name, next_text, step_name, who_name},
    diagnosis,
    journey::journey,
    profile::{
        CheckOutcome, Kind, Profile,
        copy_values::{copy_values, name_id},
    },
    text::{Args, Texts, visible},
};

/// Returns the answers, the items done and open, the last check and the next item.
pub fn markdown(data: &ExportData<'_>) -> String {
    let (profile, texts) = (data.profile, data.texts);
    let environment = &data.environment;
    let title = profile.business.name.as_deref().unwrap_or(data.name.as_str());
    let heading = match data.customs() {
        Err(NO_CUSTOMS_SCOPE) => "handoff-title.maskinporten",
        _ => "handoff-title",
    };
    let mut out = format!(
        "# {}\n\n",
        texts.with(heading, &Args::new().with("name", escaped(title)))
    );
    let mut row = |id: &str, value: Option<String>| {
        let value = value.unwrap_or_else(|| texts.get("handoff-not-yet"));
        out.push_str(&format!("- **{}**: {value}\n", texts.get(id)));
    };
    row(
        "handoff-environment",
        Some(format!("{} ({})", code(&environment.id), code(&environment.issuer))),
    );
    row(
        "handoff-organisation",
        profile.business.organisation.as_deref().map(code),
    );
    row("handoff-client", profile.client.id.as_deref().map(code));
    let scopes: Vec<String> = profile.client.scopes.iter().map(|scope| code(scope)).collect();
    row("handoff-scopes", (!scopes.is_empty()).then(|| scopes.join(", ")));
    let authentication = match &profile.client.kid {
        Some(kid) if data.uses_key() => texts.with("handoff-key", &Args::new().with("kid", kid)),
        _ => {
            let kind = profile.business.kind.map(Kind::id).unwrap_or_default();
            texts.with("handoff-certificate", &Args::new().with("kind", kind))
        }
    };
    row("handoff-authentication", Some(escaped(&authentication)));
    if let Some(consumer) = &profile.client.consumer_org {
        row("handoff-consumer", Some(code(consumer)));
    }
    // The name alone: the path on this computer does not concern the reader.
    let file = profile.certificate.path.as_ref().and_then(|path| path.file_name());
    row("handoff-token-endpoint", Some(code(&data.token_endpoint())));
    if let Ok(customs) = data.customs() {
        row("handoff-customs", Some(code(customs)));
    }
    let addresses: Vec<String> = environment.addresses.iter().map(|address| code(address)).collect();
    if !addresses.is_empty() {
        row("handoff-addresses", Some(addresses.join(", ")));
    }
    row("handoff-file", file.map(|file| code(&file.to_string_lossy())));
    if let Some(ending) = profile.expiry() {
        let ends = texts.with("handoff-ends", &Args::new().with("what", ending.credential.id()));
        out.push_str(&format!("- **{ends}**: {}\n", texts.date(ending.at.date())));
    }

    let has_content = |step: &&StepView| !step.items.is_empty() || !step.missing.is_empty();
    for step in data.overview.steps.iter().filter(has_content) {
        let symbol = if step.done { "✓ " } else { "" };
        out.push_str(&format!("\n## {symbol}{}\n\n", step_name(step.id, texts)));
        for item in &step.items {
            let tick = if item.done.is_some() { 'x' } else { ' ' };
            let note = match item.done {
                Some(at) => texts.date(at.date()),
                None => who_name(item.who.id(), texts),
            };
            out.push_str(&format!("- [{tick}] {} ({note})\n", item_name(item.key, texts)));
            if item.done.is_none() {
                out.push_str(&instructions(data, step, item));
            }
        }
        for field in &step.missing {
            let name = field_name(*field, texts);
            out.push_str(&format!("- [ ] {name}\n"));
        }
    }
    out.push_str(&format!("\n{}\n", last_check(profile, texts)));
    let failed = profile.last_check.as_ref().filter(|check| check.code.is_some());
    if let Some(diagnosis) = failed.map(|check| diagnosis::of_last_check(check, profile)) {
        out.push_str(&format!(
            "\n**{}**\n\n{}\n\n",
            escaped(&diagnosis.title(texts)),
            escaped(&diagnosis.cause(texts))
        ));
        for step in diagnosis.fix(texts) {
            out.push_str(&format!("- {}\n", escaped(&step)));
        }
        let who = Args::new().with("who", who_name(diagnosis.who.id(), texts));
        out.push_str(&format!("\n{}\n", texts.with("report-who", &who)));
        let trace = profile.last_check.as_ref().and_then(|check| check.trace_id.as_deref());
        if let Some(trace) = trace {
            let trace = Args::new().with("trace", code(trace));
            out.push_str(&format!("\n{}\n", texts.with("report-trace", &trace)));
        }
    }
    if let Some(next) = next_text(profile, &data.overview, texts) {
        out.push_str(&format!(
            "\n{}\n",
            texts.with("edit-next", &Args::new().with("next", next))
        ));
    }
    out
}

/// Returns the result and the day of the last check as a sentence.
fn last_check(profile: &Profile, texts: &Texts) -> String {
    let Some(check) = &profile.last_check else {
        return texts.with("handoff-check", &Args::new().with("outcome", "none"));
    };
    let outcome = match (check.outcome, profile.changed_since_check()) {
        (CheckOutcome::Passed, false) => "passed",
        (CheckOutcome::Passed, true) => "passed-changed",
        (CheckOutcome::Failed, false) => "failed",
        (CheckOutcome::Failed, true) => "failed-changed",
    };
    let args = Args::new().with("outcome", outcome).with("day", check.at.date());
    texts.with("handoff-check", &args)
}

/// Returns the link and the texts to copy of an open item, as lines below it.
fn instructions(data: &ExportData<'_>, step: &StepView, view: &ItemView) -> String {
    let texts = data.texts;
    let known = journey().step(step.id);
    let Some(item) = known.and_then(|known| known.items.iter().find(|item| item.key == view.key)) else {
        return String::new();
    };
    let mut out = String::new();
    if let Some(link) = item.address(Some(&data.environment)) {
        out.push_str(&format!("  - <{link}>\n"));
    }
    for (kind, text) in copy_values(data.profile, item, texts) {
        let name = texts.get(&format!("copyable-{}", name_id(kind, &text)));
        let values: Vec<String> = text.lines().map(code).collect();
        out.push_str(&format!("  - {}: {}\n", escaped(&name), values.join(" ")));
    }
    out
}

/// Escapes the characters that Markdown interprets.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in visible(text).chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '-' | ':' | '/' | '(' | ')' | '\'') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Returns a value as inline code. Backticks become apostrophes, as they would end it.
fn code(value: &str) -> String {
    format!("`{}`", visible(value).replace('`', "'"))
}
