//! Subcommands that create, change, list and show profiles.

pub mod edit;
pub mod field_args;
pub mod import;
pub mod list;
pub mod manage;
mod removal_notice;
pub mod save_warnings;
pub mod show;
pub mod status;
