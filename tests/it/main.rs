//! The integration tests, one module a topic. One program, so that the binary's dependencies are linked once.
//!
//! Data is beside it: `tests/fixtures` has certificates and keys, `tests/journeys` the wizard's journeys.

// The lint's own exception for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

mod architecture;
mod automation;
mod certificates;
mod check_command;
mod commands;
mod explain_command;
mod explain_corpus;
mod explain_services;
mod explain_wrappings;
mod faults;
mod grant_validation;
mod hostile;
mod journeys;
mod pictures;
mod plain;
mod portal;
mod profile_concurrency;
mod profile_state;
mod profiles;
mod random_keys;
mod sandbox;
mod screens;
mod support;
#[cfg(unix)]
mod terminal;
mod texts;
mod token_request;
mod wording;
