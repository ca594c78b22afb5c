//! The wizard without its screen: what it knows ([`Model`]), what can happen ([`Message`]), what it wants done
//! ([`Effect`]), and how the one leads to the other ([`update`]). Pure: `app` carries out the effects and brings
//! their answers back as messages, `screen` and `plain` show the model.
//!
//! No secret is ever here. The model has a certificate's path and the facts about it; passwords and keys stay in `app`.

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
mod update;

pub use check::{last_check, worth_waiting_until};
pub use keygen::{GeneratedKey, Plan, can_make};
pub use labels::{
    certificate_about, certificate_is, certificate_others, certificate_stops, ends_soon, environment_name,
    last_check_words, profile_about, text_id,
};
pub use message::{Effect, Message, Save};
pub use model::{
    Check, Entry, ExitSummary, Folders, InspectedCertificate, Model, Naming, Notice, NoticeKind, NoticeText,
    Onboarding, Overlay, ProfileList, Reading, SandboxInfo, View,
};
pub use navigation::link;
pub use profile_list::begin;
pub use rows::{Choice, Row, choices, copies, rows};
pub use update::update;
