//! The notice of ticks and answers that a change of answers has removed, with the commands that put them back.

use super::status::{Overview, field_name, item_name, step_name};
use crate::command::{Context, eprint};
use crate::{
    journey::FieldId,
    profile::{
        Profile,
        fields::{
            environment::set_environment,
            get::{removed_answers, written_values},
        },
        parse::ProfileName,
        stale_ticks::RemovedTicks,
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
            .map(|item| item.key)
            .filter(|key| ticks.contains_key(*key));
        let visible = visible.map(str::to_owned);
        print_command(context, "removed-ticks.back", "done", name, visible);
    }
    let answers = removed_answers(before, after);
    if !answers.is_empty() {
        let environment = Args::new().with("environment", &before.environment);
        eprint(&texts.with("removed-answers", &environment));
        for field in &answers {
            eprint(&format!(
                "  {} · {}",
                step_name("credentials", texts),
                field_name(*field, texts)
            ));
        }
        let arguments = answers_back(context, before, &answers).into_iter();
        print_command(context, "removed-answers.back", "set", name, arguments);
    }
    Ok(())
}

/// Returns `klarert set` with another environment and the answers that it would remove.
pub fn environment_command(context: &Context, name: &ProfileName, profile: &Profile, id: &str) -> String {
    let mut after = profile.clone();
    set_environment(&mut after, id);
    let mut words = vec!["set".to_owned(), name.to_string(), format!("environment={id}")];
    words.extend(answers_back(context, profile, &removed_answers(profile, &after)));
    context.command_line(words.iter().map(String::as_str))
}

/// Returns answers as arguments of `klarert set`.
fn answers_back(context: &Context, profile: &Profile, fields: &[FieldId]) -> Vec<String> {
    // A relative path is relative to the profile's file, not to the user's folder.
    let mut absolute = profile.clone();
    absolute.certificate = context.store().resolve(&profile.certificate);
    let argument = |field: &FieldId| {
        let values = written_values(&absolute, *field).into_iter();
        values
            .map(|value| format!("{}={value}", field.id()))
            .collect::<Vec<_>>()
    };
    fields.iter().flat_map(argument).collect()
}

/// Prints the command that puts something back.
fn print_command(
    context: &Context,
    text: &str,
    command: &str,
    name: &ProfileName,
    arguments: impl Iterator<Item = String>,
) {
    let arguments: Vec<String> = arguments.collect();
    if arguments.is_empty() {
        return;
    }
    let words = [command, name.as_str()].into_iter();
    let command = context.command_line(words.chain(arguments.iter().map(String::as_str)));
    eprint(&context.texts.with(text, &Args::new().with("command", command)));
}
