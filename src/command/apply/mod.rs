//! `klarert apply`: profiles from a table, made where missing and changed where different.
//!
//! All rows are validated before the first profile is written. An error of writing one does not stop the others.

mod other_form;
mod plan;
mod rfc4180;
mod table;

use std::{
    collections::HashSet,
    io,
    path::{Path, PathBuf},
};

use super::{
    Context, Exit,
    command_error::CommandError,
    eprint, print, print_error,
    profile::{
        edit::{now, working_folder},
        removed_answers::print_removed,
        save_warnings,
    },
};
use crate::{
    bounded_read,
    profile::{
        file::{
            config::Config,
            store::{StoreError, StoredProfile},
        },
        parse::ProfileName,
        progress::step_after_change,
    },
    text::{Args, io_reason},
};
use plan::{Action, Plan, row_error};
use table::{PROFILE, Row};

/// Longest table: some ten thousand rows.
const MAX_TABLE_BYTES: u64 = 8 << 20;
/// Rows whose errors are listed before anything is written.
const MAX_ERRORS: usize = 20;
/// Times that a row is planned again because another program keeps changing its profile.
const MAX_ATTEMPTS: usize = 20;

/// Arguments of `klarert apply`.
#[derive(Debug, clap::Args)]
pub struct ApplyArgs {
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long)]
    pub dry_run: bool,
}

/// Applies a table, and prints a line for each profile.
///
/// # Errors
///
/// [`Exit::Usage`] for a table with an error: nothing is written then.
pub fn run(context: &Context, args: &ApplyArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let (bytes, folder) = read(context, &args.file)?;
    let rows = table::parse(&bytes).map_err(|error| {
        let hint = Some(error.hint(texts));
        CommandError::new(Exit::Usage, error.text(texts), hint).with_id("table-invalid")
    })?;
    let plans = plan_all(context, &rows, &folder)?;
    let width = plans
        .iter()
        .map(|plan| plan.name.as_str().len())
        .max()
        .unwrap_or_default();
    let (mut counts, mut printed) = ([0_usize; 3], Ok(()));
    let (mut exits, mut not_written) = (Vec::new(), Vec::new());
    for (row, mut plan) in rows.iter().zip(plans) {
        if !args.dry_run
            && let Err(error) = save(context, row, &mut plan, &folder)
        {
            let error = error.downcast::<CommandError>()?;
            exits.push(print_error(&error, texts, context.json));
            not_written.push(plan.name.to_string());
            continue;
        }
        let line = match context.json {
            true => format!("{}\n", plan.to_json(args.dry_run)),
            false => format!("{:width$}  {}\n", plan.name.as_str(), plan.to_text(texts)),
        };
        // The work goes on where the plan cannot be printed.
        printed = printed.and_then(|()| print(&line));
        counts[plan.action() as usize] += 1;
    }
    let values = Args::new()
        .with("created", counts[Action::Create as usize])
        .with("changed", counts[Action::Change as usize])
        .with("unchanged", counts[Action::Unchanged as usize]);
    if !context.json || !not_written.is_empty() {
        let sum = if args.dry_run { "apply-sum.dry" } else { "apply-sum" };
        eprint(&texts.with(sum, &values));
    }
    if !not_written.is_empty() {
        let names = Args::new().with("names", not_written.join(", "));
        eprint(&texts.with("apply-not-written", &names));
    }
    printed?;
    Ok(Exit::most_severe(&exits))
}

/// Reads the table, from standard input for `-`. Also returns the folder of relative paths.
fn read(context: &Context, file: &Path) -> anyhow::Result<(Vec<u8>, PathBuf)> {
    let unread = |error: io::Error| {
        let texts = &context.texts;
        let args = Args::new()
            .with("file", file.to_string_lossy().into_owned())
            .with("megabytes", MAX_TABLE_BYTES >> 20)
            .with("error", io_reason(&error, texts));
        let (message, hint) = match error.kind() {
            io::ErrorKind::FileTooLarge => ("apply-too-large", "apply-too-large.hint"),
            _ => ("import-unread", "import-unread.hint"),
        };
        CommandError::from_io(&error, texts.with(message, &args), Some(texts.get(hint)))
    };
    if file == Path::new("-") {
        let bytes = bounded_read::read_stdin(MAX_TABLE_BYTES).map_err(unread)?;
        return Ok((bytes, working_folder(&context.texts)?));
    }
    let (bytes, _) = bounded_read::read_file(file, MAX_TABLE_BYTES).map_err(unread)?;
    let file = std::path::absolute(file).map_err(unread)?;
    Ok((bytes.to_vec(), file.parent().unwrap_or(&file).to_owned()))
}

/// Plans all rows.
///
/// # Errors
///
/// All errors of the rows in one, a line each. A profile that cannot be read or written is no error of the table.
fn plan_all(context: &Context, rows: &[Row], folder: &Path) -> anyhow::Result<Vec<Plan>> {
    let (mut plans, mut errors, mut names) = (Vec::new(), Vec::new(), HashSet::new());
    for row in rows {
        match plan(context, row, folder, &mut names) {
            Ok(plan) => plans.push(plan),
            Err(error) => errors.push(error.downcast::<CommandError>()?),
        }
    }
    if errors.is_empty() {
        return Ok(plans);
    }
    let texts = &context.texts;
    let unreadable = errors.iter().find(|error| error.exit != Exit::Usage).cloned();
    let table_invalid = || {
        let hint = Some(texts.get("apply-nothing-written"));
        CommandError::new(Exit::Usage, String::new(), hint).with_id("table-invalid")
    };
    let more = errors.len().saturating_sub(MAX_ERRORS);
    let mut lines: Vec<String> = errors.into_iter().take(MAX_ERRORS).map(|error| error.message).collect();
    if more > 0 {
        lines.push(texts.with("apply-more-errors", &Args::new().with("count", more)));
    }
    let nothing_written = |error: CommandError| {
        let hint = Args::new().with("hint", error.hint.unwrap_or_default());
        let hint = Some(texts.with("apply-nothing-written.profile", &hint));
        CommandError { hint, ..error }
    };
    let first = unreadable.map_or_else(table_invalid, nothing_written);
    let message = lines.join("\n");
    Err(CommandError { message, ..first }.into())
}

fn plan(context: &Context, row: &Row, folder: &Path, names: &mut HashSet<ProfileName>) -> anyhow::Result<Plan> {
    let texts = &context.texts;
    let name = ProfileName::parse(row.profile())
        .map_err(|error| row_error(row, PROFILE, &texts.with(error.id, &error.args), texts))?;
    if !names.insert(name.clone()) {
        let message = texts.with("apply-profile-twice", &Args::new().with("name", name.as_str()));
        return Err(row_error(row, PROFILE, &message, texts).into());
    }
    let before = load(context, &name)?;
    let plan = Plan::new(context, row, name, before, folder)?;
    if plan.action() != Action::Unchanged {
        let writable = context.store().ensure_writable(&plan.name);
        writable.map_err(|error| CommandError::from_store(&error, texts))?;
    }
    Ok(plan)
}

/// Loads a profile. `None` if there is none with that name.
fn load(context: &Context, name: &ProfileName) -> Result<Option<StoredProfile>, CommandError> {
    match context.store().load(name) {
        Ok(saved) => Ok(Some(saved)),
        Err(StoreError::NotFound { .. }) => Ok(None),
        Err(error) => Err(CommandError::from_store(&error, &context.texts)),
    }
}

/// Writes a profile, and prints warnings as `klarert new` and `klarert set` do. If another program has changed the profile
/// meanwhile, the row is planned again.
fn save(context: &Context, row: &Row, plan: &mut Plan, folder: &Path) -> anyhow::Result<()> {
    let config = context.config()?;
    let mut attempts = 0..MAX_ATTEMPTS;
    let (before, saved) = loop {
        if plan.action() == Action::Unchanged {
            return Ok(());
        }
        match write(context, config, plan) {
            Ok(saved) => break (plan.before.as_ref(), saved),
            Err(StoreError::Changed { .. } | StoreError::Exists { .. }) if attempts.next().is_some() => {
                let before = load(context, &plan.name)?;
                *plan = Plan::new(context, row, plan.name.clone(), before, folder)?;
            }
            Err(error) => return Err(CommandError::from_store(&error, &context.texts).into()),
        }
    };
    if let Some(before) = before {
        let profiles = (&before.profile, &saved.profile);
        print_removed(context, &plan.name, profiles, &plan.removed_ticks)?;
    }
    save_warnings::print(context, &plan.name, before.map(|saved| &saved.profile), &saved.profile)
}

fn write(context: &Context, config: &Config, plan: &Plan) -> Result<StoredProfile, StoreError> {
    let before = plan.before.as_ref();
    let mut profile = plan.after.clone();
    profile.updated = now();
    let old = before.map(|saved| (&saved.profile, config.rules(&saved.profile.environment)));
    profile.progress.step = step_after_change(old, &profile, config.rules(&profile.environment));
    context.store().save(&plan.name, &profile, before)
}
