//! `klarert apply`: profiles from a table, made where missing and changed where different.
//!
//! All rows are validated before the first profile is written.

mod plan;
mod rfc4180;
mod table;

use std::{
    collections::HashSet,
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::{
    Context, Exit,
    command_error::CommandError,
    eprint, print,
    profile::{
        edit::{now, working_folder},
        removed_answers::print_removed,
        save_warnings,
    },
};
use crate::{
    bounded_read,
    profile::{file::store::StoreError, parse::ProfileName, progress::step_after_change},
    text::{Args, io_reason},
};
use plan::{Action, Plan, row_error};
use table::{PROFILE, Row};

/// Longest table: some ten thousand rows.
const MAX_TABLE_BYTES: u64 = 8 << 20;
/// Rows whose errors are listed.
const MAX_ERRORS: usize = 20;

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
    if rows.is_empty() {
        let hint = Some(texts.get("apply-table.hint"));
        return Err(CommandError::new(Exit::Usage, texts.get("apply-table"), hint)
            .with_id("table-invalid")
            .into());
    }
    let plans = plan_all(context, &rows, &folder)?;
    let width = plans
        .iter()
        .map(|plan| plan.name.as_str().len())
        .max()
        .unwrap_or_default();
    let mut counts = [0_usize; 3];
    for plan in &plans {
        if !args.dry_run {
            save(context, plan)?;
        }
        print(&match context.json {
            true => format!("{}\n", plan.to_json(args.dry_run)),
            false => format!("{:width$}  {}\n", plan.name.as_str(), plan.to_text(texts)),
        })?;
        counts[plan.action() as usize] += 1;
    }
    let values = Args::new()
        .with("created", counts[Action::Create as usize])
        .with("changed", counts[Action::Change as usize])
        .with("unchanged", counts[Action::Unchanged as usize]);
    if !context.json {
        let sum = if args.dry_run { "apply-sum.dry" } else { "apply-sum" };
        eprint(&texts.with(sum, &values));
    }
    Ok(Exit::Success)
}

/// Reads the table, from standard input for `-`. Also returns the folder of relative paths.
fn read(context: &Context, file: &Path) -> anyhow::Result<(Vec<u8>, PathBuf)> {
    let unread = |error: io::Error| {
        let texts = &context.texts;
        let args = Args::new()
            .with("file", file.to_string_lossy().into_owned())
            .with("error", io_reason(&error, texts));
        let hint = Some(texts.get("import-unread.hint"));
        CommandError::new(Exit::Unreadable, texts.with("import-unread", &args), hint).with_id("file-error")
    };
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .take(MAX_TABLE_BYTES)
            .read_to_end(&mut bytes)
            .map_err(unread)?;
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
/// All errors of the rows in one, a line each.
fn plan_all(context: &Context, rows: &[Row], folder: &Path) -> anyhow::Result<Vec<Plan>> {
    let (mut plans, mut errors, mut names) = (Vec::new(), Vec::new(), HashSet::new());
    for row in rows {
        match plan(context, row, folder, &mut names) {
            Ok(plan) => plans.push(plan),
            Err(error) => {
                let error = error.downcast::<CommandError>()?;
                // A profile that cannot be read is no error of the table.
                if error.exit != Exit::Usage {
                    return Err(error.into());
                }
                errors.push(error.message);
            }
        }
    }
    if errors.is_empty() {
        return Ok(plans);
    }
    let texts = &context.texts;
    let more = errors.len().saturating_sub(MAX_ERRORS);
    errors.truncate(MAX_ERRORS);
    if more > 0 {
        errors.push(texts.with("apply-more-errors", &Args::new().with("count", more)));
    }
    let hint = Some(texts.get("apply-nothing-written"));
    Err(CommandError::new(Exit::Usage, errors.join("\n"), hint)
        .with_id("table-invalid")
        .into())
}

fn plan(context: &Context, row: &Row, folder: &Path, names: &mut HashSet<ProfileName>) -> anyhow::Result<Plan> {
    let texts = &context.texts;
    let name = ProfileName::parse(row.profile())
        .map_err(|error| row_error(row, PROFILE, &texts.with(error.id, &error.args), texts))?;
    if !names.insert(name.clone()) {
        let message = texts.with("apply-profile-twice", &Args::new().with("name", name.as_str()));
        return Err(row_error(row, PROFILE, &message, texts).into());
    }
    let before = match context.store().load(&name) {
        Ok(saved) => Some(saved),
        Err(StoreError::NotFound { .. }) => None,
        Err(error) => return Err(CommandError::from_store(&error, texts).into()),
    };
    Plan::new(context, row, name, before, folder)
}

/// Writes a profile, and prints warnings as `klarert new` and `klarert set` do.
fn save(context: &Context, plan: &Plan) -> anyhow::Result<()> {
    if plan.action() == Action::Unchanged {
        return Ok(());
    }
    let config = context.config()?;
    let before = plan.before.as_ref();
    let mut profile = plan.after.clone();
    profile.updated = now();
    let old = before.map(|saved| (&saved.profile, config.rules(&saved.profile.environment)));
    profile.progress.step = step_after_change(old, &profile, config.rules(&profile.environment));
    let saved = context
        .store()
        .save(&plan.name, &profile, before)
        .map_err(|error| CommandError::from_store(&error, &context.texts))?;
    if let Some(before) = before {
        print_removed(
            context,
            &plan.name,
            (&before.profile, &saved.profile),
            &plan.removed_ticks,
        )?;
    }
    save_warnings::print(context, &plan.name, before.map(|saved| &saved.profile), &saved.profile)
}
