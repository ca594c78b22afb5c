//! Many profiles at once: tables, passwords from a command, filters, reports, and JSON by its schemas.

mod apply;
#[cfg(unix)]
mod forty;
mod json;
mod passwords;
#[cfg(unix)]
mod portal;
mod report;
mod selection;
