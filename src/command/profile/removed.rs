//! The notice of ticks and answers that a change of answers has removed, with the commands that put them back.

use super::status::{Overview, field_name, item_name, step_name};
use crate::command::{Context, eprint};
use crate::{
    journey::{FieldId, journey},
    profile::{
        Profile, command_line::shell_quote, fields::get::written_values, parse::ProfileName, stale_ticks::RemovedTicks,
    },
    text::Args,
};

/// Names the removed ticks, and the answers that were removed with a replaced environment, on standard error. The printed
/// command leaves out items that `after` no longer has.
pub fn print_removed(
    context: &Context,
    name: &ProfileName,
    (before, after): (&Profile, &Profile),
    ticks: &RemovedTicks,
) -> anyhow::Result<()> {
    let texts = &context.texts;
    if !ticks.is_empty() {
        eprint(&texts.get("removed-ticks"));
        for key in ticks.keys() {
            let (step, _) = key.split_once('.').unwrap_or((key, ""));
            eprint(&format!("  {} · {}", step_name(step, texts), item_name(key, texts)));
        }
        let rules = context.config()?.rules(&after.environment);
        let overview = Overview::of(after, rules);
        let visible = overview
            .items()
            .map(|item| &item.key)
            .filter(|key| ticks.contains_key(*key));
        print_command(context, "removed-ticks.back", "done", name, visible.cloned());
    }
    let answers = removed_answers(context, before, after);
    if !answers.is_empty() {
        let environment = Args::new().with("environment", &before.environment);
        eprint(&texts.with("removed-answers", &environment));
        for (field, _) in &answers {
            eprint(&format!(
                "  {} · {}",
                step_name("credentials", texts),
                field_name(*field, texts)
            ));
        }
        let arguments = answers.iter().map(|(field, value)| format!("{}={value}", field.id()));
        print_command(context, "removed-answers.back", "set", name, arguments);
    }
    Ok(())
}

/// Prints the command that puts something back.
fn print_command(
    context: &Context,
    text: &str,
    command: &str,
    name: &ProfileName,
    arguments: impl Iterator<Item = String>,
) {
    let arguments: Vec<String> = arguments.map(|argument| shell_quote(&argument)).collect();
    if arguments.is_empty() {
        return;
    }
    let command = format!("klarert {command} {name} {}", arguments.join(" "));
    eprint(&context.texts.with(text, &Args::new().with("command", command)));
}

/// Returns the answers that only `before` has, if the environment was replaced. Paths are absolute.
fn removed_answers(context: &Context, before: &Profile, after: &Profile) -> Vec<(FieldId, String)> {
    if before.environment == after.environment {
        return Vec::new();
    }
    let mut absolute = before.clone();
    absolute.certificate = context.store().resolve(&before.certificate);
    let fields = journey().step("credentials").into_iter().flat_map(|step| &step.fields);
    let removed = fields.filter(|field| written_values(after, field.id).is_empty());
    removed
        .flat_map(|field| {
            written_values(&absolute, field.id)
                .into_iter()
                .map(|value| (field.id, value))
        })
        .collect()
}
