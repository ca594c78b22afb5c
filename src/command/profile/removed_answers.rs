//! The notice of ticks and answers that a change of answers has removed, with the commands that put them back.

use super::status::{Overview, field_name, item_name, step_name};
use crate::command::{Context, eprint};
use crate::{
    profile::{
        Profile,
        fields::get::{removed_answers, written_values},
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
        // A relative path is relative to the profile's file, not to the user's folder.
        let mut absolute = before.clone();
        absolute.certificate = context.store().resolve(&before.certificate);
        let arguments = answers.iter().flat_map(|field| {
            let values = written_values(&absolute, *field).into_iter();
            values.map(|value| format!("{}={value}", field.id()))
        });
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
    let arguments: Vec<String> = arguments.collect();
    if arguments.is_empty() {
        return;
    }
    let words = [command, name.as_str()].into_iter();
    let command = context.command_line(words.chain(arguments.iter().map(String::as_str)));
    eprint(&context.texts.with(text, &Args::new().with("command", command)));
}
