//! Code that several topics share.

pub mod home;
#[cfg(unix)]
pub mod onboarding;
pub mod portal_server;
pub mod properties;
pub mod schema;
pub mod service;
pub mod source;
pub mod stubs;
#[cfg(unix)]
pub mod terminal;
pub mod texts;
