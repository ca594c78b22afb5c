//! Subcommands that create, change, list and show profiles.

pub mod edit;
pub mod field_args;
pub mod import;
pub mod list;
pub mod manage;
pub mod profile_json;
pub mod removed_answers;
pub mod save_warnings;
mod scope_hints;
pub mod selection;
pub mod several;
pub mod show;
pub mod status;
pub mod trash;
