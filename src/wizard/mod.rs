//! The wizard without its screen: what it knows ([`Model`]), what can happen ([`Message`]), what it wants done
//! ([`Effect`]), and how the one leads to the other ([`update`]). Pure: `app` carries out the effects and brings
//! their answers back as messages, `screen` and `plain` show the model.
//!
//! No secret is ever here. The model has a certificate's path and the facts about it; passwords and keys stay in `app`.

mod answers;
mod checking;
mod lines;
mod making;
mod message;
mod model;
mod reading;
mod rows;
mod shelf;
mod update;
mod walking;
mod words;

pub use checking::{last_check, worth_waiting_until};
pub use making::{Made, Plan, can_make};
pub use message::{Effect, Message, Save};
pub use model::{
    Check, Demonstrating, Entry, Examined, Farewell, Folders, Model, Naming, Notice, NoticeKind, Overlay, Place,
    Reading, Said, Shelf, Walk,
};
pub use rows::{Choice, Row, choices, copies, rows};
pub use shelf::begin;
pub use update::update;
pub use walking::link;
pub use words::{
    certificate_about, certificate_is, certificate_others, certificate_stops, day, ends_soon, environment_name,
    last_check_words, profile_about, text_id,
};
