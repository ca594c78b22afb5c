//! Events: keys, signals and the results of workers. They share one channel, so that there is one order of events.

use std::any::Any;

use ratatui::crossterm::event::Event;

use super::{line_reader::LineInput, unlock::OpenedFiles};
use crate::{
    profile::{Authentication, CertificateFiles, Kind},
    sandbox::Sandbox,
    wizard::Message,
};

/// The key under which an opened credential is remembered. The kind of business and the authentication decide which
/// certificate of the files is chosen.
pub type CredentialKey = (CertificateFiles, Option<Kind>, Authentication);

/// An event from outside the wizard.
#[derive(Debug)]
pub enum AppEvent {
    /// A key, a paste or a resize.
    Terminal(Event),
    /// The terminal was closed; it sends no more events.
    TerminalClosed,
    /// The number of a signal.
    Signal(i32),
    /// A worker's result.
    Message(Message),
    /// A worker's opened certificate files. The credential stays in `app`; the model gets the message.
    CredentialOpened(Box<CredentialKey>, Box<OpenedFiles>, Message),
    /// The sandbox, started for a profile that was loaded.
    SandboxStarted(Box<Sandbox>, Message),
    /// The end of work without a result.
    Done,
    /// The input that plain mode asked for.
    LineInput(LineInput),
}

/// Returns the message of a worker's panic; empty if it has none.
pub fn panic_message(panic: &(dyn Any + Send)) -> String {
    let literal = panic.downcast_ref::<&str>().map(|message| (*message).to_owned());
    literal
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}
