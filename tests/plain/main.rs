//! The wizard in lines: what a line means, what is read out, and the real binary with its answers piped in.

// The lint's own exception for tests does not reach their helpers.
#![allow(clippy::unwrap_used)]

#[path = "../support/made.rs"]
mod made;
mod pages;
mod program;
mod same;
#[path = "../support/terminal.rs"]
#[allow(dead_code)]
mod terminal;
mod typed;
#[path = "../support/walk.rs"]
#[allow(dead_code)]
mod walk;
