//! The wizard without its screen: what it knows ([`Model`]), what can happen ([`Message`]), what it wants done
//! ([`Effect`]), and how the one leads to the other ([`update`]). Pure: `app` carries out the effects and brings
//! their answers back as messages, `screen` and `plain` show the model.
//!
//! No secret is ever here. The model has a certificate's path and the facts about it; passwords and keys stay in `app`.
//!
//! Each file imports only files of the lines above its own:
//!
//! 1. `model`
//! 2. `message`, `rows`, `labels`
//! 3. `saving`, `certificate`
//! 4. `answers`, `check`
//! 5. `keygen`, `navigation`
//! 6. `profile_list`
//! 7. `plain_input`
//! 8. `update`

mod answers;
mod certificate;
mod check;
mod keygen;
mod labels;
mod message;
mod model;
mod navigation;
mod plain_input;
mod profile_list;
mod rows;
mod saving;
mod update;

pub use check::worth_waiting_until;
pub use keygen::can_make;
pub use labels::{
    certificate_about, certificate_is, certificate_others, certificate_stops, day, ends_soon, environment_name,
    last_check_words, profile_about, text_id,
};
pub use message::{Effect, Message, Save};
pub use model::{
    Check, Entry, ExitSummary, Folders, GeneratedKey, InspectedCertificate, Model, Naming, Notice, NoticeKind,
    NoticeText, Onboarding, Overlay, Plan, ProfileList, Reading, SandboxInfo, View,
};
pub use navigation::link;
pub use profile_list::begin;
pub use rows::{Choice, Row, choices, copies, rows};
pub use update::update;
