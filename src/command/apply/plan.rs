//! Plan of `klarert apply`: what a row makes of its profile.

use std::path::Path;

use serde_json::{Value, json};

use super::table::{PROFILE, Row};
use crate::command::{Context, command_error::CommandError, environments, json::FORMAT, profile::edit};
use crate::{
    journey::SANDBOX,
    profile::{
        Profile,
        fields::{
            get::{business_kind, written_values},
            key::Key,
        },
        file::store::StoredProfile,
        parse::ProfileName,
        stale_ticks::{RemovedTicks, remove_stale_ticks},
    },
    text::{Args, Texts, visible},
};

/// What a row makes of its profile.
#[derive(Debug)]
pub struct Plan {
    pub name: ProfileName,
    /// The profile as it is. `None` if it is created.
    pub before: Option<StoredProfile>,
    pub after: Profile,
    pub removed_ticks: RemovedTicks,
    pub changes: Vec<Change>,
}

/// Change of an answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Change {
    field: Key,
    from: Option<String>,
    to: Option<String>,
}

/// Kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Create,
    Change,
    Unchanged,
}

impl Action {
    /// Returns the id in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Action::Create => "create",
            Action::Change => "change",
            Action::Unchanged => "unchanged",
        }
    }
}

impl Plan {
    /// Plans a row. Relative paths are relative to `folder`.
    ///
    /// # Errors
    ///
    /// The rule that an answer breaks, with the number of the row and the name of the column.
    pub fn new(
        context: &Context,
        row: &Row,
        name: ProfileName,
        before: Option<StoredProfile>,
        folder: &Path,
    ) -> anyhow::Result<Plan> {
        let mut after = match &before {
            Some(saved) => saved.profile.clone(),
            None => Profile::new(environments::default_id(context), edit::now()),
        };
        let column = |key: Key| {
            let args = Args::new().with("row", row.number).with("column", key.id());
            context.texts.with("apply-place", &args)
        };
        edit::apply(context, &mut after, &row.answers(), folder, column)?;
        if context.sandbox && after.environment != SANDBOX {
            let message = environments::not_sandbox(&name, &after.environment, &context.texts);
            return Err(row_error(row, PROFILE, &message, &context.texts).into());
        }
        let (empty, mut removed_ticks) = (Profile::new("", after.created), RemovedTicks::new());
        let old = before.as_ref().map_or(&empty, |saved| &saved.profile);
        let changes = changes(old, &after);
        if before.is_some() && !changes.is_empty() {
            removed_ticks = remove_stale_ticks(old, &mut after);
        }
        Ok(Plan {
            name,
            before,
            after,
            removed_ticks,
            changes,
        })
    }

    /// Returns what is done with the profile.
    pub fn action(&self) -> Action {
        match &self.before {
            None => Action::Create,
            Some(_) if self.changes.is_empty() => Action::Unchanged,
            Some(_) => Action::Change,
        }
    }

    /// Returns the plan in one line: `create`, `change: client-id a → b`, `unchanged`. A change names the ticks that it removes.
    pub fn to_text(&self, texts: &Texts) -> String {
        let changes = self.changes.iter().map(|change| {
            let none = || texts.get("apply-none");
            let shown = |value: &Option<String>| value.as_deref().map_or_else(none, visible);
            format!("{} {} → {}", change.field.id(), shown(&change.from), shown(&change.to))
        });
        match self.action() {
            Action::Create => texts.get("apply-create"),
            Action::Unchanged => texts.get("apply-unchanged"),
            Action::Change => {
                let changes = changes.collect::<Vec<_>>().join(", ");
                let change = format!("{}: {changes}", texts.get("apply-change"));
                if self.removed_ticks.is_empty() {
                    return change;
                }
                let ticks: Vec<&str> = self.removed_ticks.keys().map(String::as_str).collect();
                let args = Args::new().with("ticks", ticks.join(", "));
                format!("{change}; {}", texts.with("apply-removed-ticks", &args))
            }
        }
    }

    /// Returns the plan for programs.
    pub fn to_json(&self, dry_run: bool) -> Value {
        let change = |change: &Change| json!({ "field": change.field.id(), "from": change.from, "to": change.to });
        json!({
            "format": FORMAT,
            "profile": self.name.as_str(),
            "environment": self.after.environment,
            "outcome": self.action().id(),
            "changes": self.changes.iter().map(change).collect::<Vec<_>>(),
            "removed_ticks": self.removed_ticks.keys().collect::<Vec<_>>(),
            "dry_run": dry_run,
        })
    }
}

/// Returns the answers that differ, in the order in which the wizard asks.
fn changes(before: &Profile, after: &Profile) -> Vec<Change> {
    let written = |profile: &Profile, key: Key| match key {
        Key::Business => business_kind(profile).map(str::to_owned),
        Key::Field(field) => {
            let values = written_values(profile, field);
            (!values.is_empty())
                .then(|| values.join(" "))
                .filter(|value| !value.is_empty())
        }
    };
    let change = |key: Key| {
        let (from, to) = (written(before, key), written(after, key));
        (from != to).then_some(Change { field: key, from, to })
    };
    Key::all().into_iter().filter_map(change).collect()
}

/// Returns an error of a row, with its number.
pub fn row_error(row: &Row, column: &str, message: &str, texts: &Texts) -> CommandError {
    let args = Args::new().with("row", row.number).with("column", column);
    let place = texts.with("apply-place", &args);
    let args = Args::new().with("flag", place).with("rule", message);
    let message = texts.with("command-refused", &args);
    CommandError::new(crate::command::Exit::Usage, message, None).with_id("value-invalid")
}
