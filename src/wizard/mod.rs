//! The wizard without a screen: a state ([`Model`]), what can happen ([`Message`]), what `app` shall do ([`Effect`]), and
//! the transition function ([`update()`]). It is pure: `app` carries out the effects and returns their answers as messages;
//! `screen` and `plain` draw the model.
//!
//! No secret ever enters the model. It has the path of a certificate and facts about it; passwords and keys stay in `app`.
//!
//! Each file imports only files of the lines above its own:
//!
//! 1. `notice`, `onboarding`
//! 2. `model`
//! 3. `message`, `rows`, `labels`
//! 4. `saving`, `certificate`
//! 5. `answers`, `check`
//! 6. `editing`
//! 7. `keygen`, `navigation`, `path_completion`
//! 8. `profile_list`
//! 9. `plain_input`
//! 10. `update`

mod answers;
mod certificate;
mod check;
mod editing;
mod keygen;
mod labels;
mod message;
mod model;
mod navigation;
mod notice;
mod onboarding;
mod path_completion;
mod plain_input;
mod profile_list;
mod rows;
mod saving;
mod update;

pub use certificate::can_unlock;
pub use check::waiting_may_help_until;
pub use editing::enter_edits;
pub use keygen::can_generate_key;
pub use labels::{
    certificate_details, certificate_label, environment_name, expiry_warning, field_text_id, has_blocking_finding,
    last_check_text, other_certificates, profile_summary,
};
pub use message::{Effect, Message, SaveMode};
pub use model::{DiscardedText, ExitSummary, Folders, Model, NameInput, Overlay, ProfileList, SandboxInfo, View};
pub use navigation::item_link;
pub use notice::{Notice, NoticeKind, NoticeText};
pub use onboarding::{
    AfterEdit, Check, FieldEdit, FieldInput, FileSearch, GeneratedKey, InspectedCertificate, Inspection, KeyPlan,
    Onboarding,
};
pub use profile_list::start_onboarding;
pub use rows::{ChoiceOption, Row, choice_options, copy_values, rows};
pub use update::update;
