//! A profile's answers by name: setting, getting and cross-checking them. Pure.

mod business_kind;
pub mod conflicts;
pub mod environment;
pub mod get;
mod path;
pub mod set;
