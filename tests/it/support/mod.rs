//! Code that several topics share.

pub mod onboarding;
pub mod service;
pub mod source;
pub mod stubs;
pub mod terminal;
