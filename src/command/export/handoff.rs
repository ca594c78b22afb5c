//! The set-up in Markdown, for a colleague, the system provider or Customs: who, what, what is done and what is not.

use super::Setup;
use crate::{
    command::profile::status::{StepView, check_words, day, field_name, item_name, next_words, step_name, who_name},
    diagnosis,
    journey::Who,
    text::{Args, visible},
};

pub fn markdown(setup: &Setup<'_>) -> String {
    let (profile, texts) = (setup.profile, setup.texts);
    let environment = &setup.environment;
    let title = profile.business.name.as_deref().unwrap_or(setup.name.as_str());
    let mut out = format!(
        "# {}\n\n",
        texts.with("handoff-title", &Args::new().with("name", plain(title)))
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
    let proof = match &profile.client.kid {
        Some(kid) if setup.uses_key() => texts.with("handoff-key", &Args::new().with("kid", kid)),
        _ => texts.get("handoff-certificate"),
    };
    row("handoff-authentication", Some(plain(&proof)));
    if let Some(consumer) = &profile.client.consumer_org {
        row("handoff-consumer", Some(code(consumer)));
    }
    // The name alone: where it is on this computer is nobody else's concern.
    let file = profile.certificate.path.as_ref().and_then(|path| path.file_name());
    row("handoff-file", file.map(|file| code(&file.to_string_lossy())));
    if let Some(ending) = profile.expiry() {
        let ends = texts.with("handoff-ends", &Args::new().with("what", ending.credential.id()));
        out.push_str(&format!("- **{ends}**: {}\n", day(ending.at)));
    }

    let told = |step: &&StepView| !step.items.is_empty() || !step.missing.is_empty();
    for step in setup.overview.steps.iter().filter(told) {
        let sign = if step.done { "✓" } else { "·" };
        out.push_str(&format!("\n## {sign} {}\n\n", step_name(step.id, texts)));
        for item in &step.items {
            let tick = if item.done.is_some() { 'x' } else { ' ' };
            let beside = match item.done {
                Some(at) => format!(" ({})", day(at)),
                None if item.who == Who::You => String::new(),
                None => format!(" ({})", who_name(item.who.id(), texts)),
            };
            out.push_str(&format!("- [{tick}] {}{beside}\n", item_name(&item.key, texts)));
        }
        for field in &step.missing {
            let name = field_name(*field, texts);
            out.push_str(&format!("- [ ] {name}\n"));
        }
    }
    out.push_str(&format!("\n{}\n", check_words(profile, texts)));
    let failed = profile.last_check.as_ref().and_then(|check| check.code.as_deref());
    if let Some(found) = failed.map(diagnosis::parse_pasted) {
        out.push_str(&format!(
            "\n**{}**\n\n{}\n\n",
            plain(&found.title(texts)),
            plain(&found.cause(texts))
        ));
        for step in found.fix(texts) {
            out.push_str(&format!("- {}\n", plain(&step)));
        }
        let who = Args::new().with("who", who_name(found.who.id(), texts));
        out.push_str(&format!("\n{}\n", texts.with("report-who", &who)));
        let trace = profile.last_check.as_ref().and_then(|check| check.trace_id.as_deref());
        if let Some(trace) = trace {
            let trace = Args::new().with("trace", code(trace));
            out.push_str(&format!("\n{}\n", texts.with("report-trace", &trace)));
        }
    }
    if let Some(next) = next_words(&setup.overview, texts) {
        out.push_str(&format!(
            "\n{}\n",
            texts.with("edit-next", &Args::new().with("next", next))
        ));
    }
    out
}

/// Words that Markdown shall not read as its own.
fn plain(words: &str) -> String {
    let mut out = String::new();
    for c in visible(words).chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '-' | ':' | '/' | '(' | ')' | '\'') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A value to be copied as it stands. A backtick cannot stand between backticks.
fn code(value: &str) -> String {
    format!("`{}`", visible(value).replace('`', "'"))
}
