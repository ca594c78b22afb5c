//! The wizard without a screen: a state ([`Model`]), what can happen ([`Message`]), what `app` shall do ([`Effect`]), and
//! the transition function ([`update()`]). It is pure: `app` carries out the effects and returns their answers as messages;
//! `screen` and `plain` draw the model.
//!
//! No secret ever enters the model. It has the path of a certificate and facts about it; passwords and keys stay in `app`.
//!
//! Each file imports only files of the lines above its own:
//!
//! 1. `notice`, `removed_answers`
//! 2. `onboarding`
//! 3. `model`
//! 4. `message`, `rows`, `labels`
//! 5. `after_check`, `letters`, `saving`, `certificate`
//! 6. `stale_ticks`
//! 7. `answers`, `check`
//! 8. `editing`, `put_back_answers`
//! 9. `keygen`, `navigation`, `path_completion`, `row_actions`
//! 10. `production`, `profile_list`
//! 11. `plain_input`
//! 12. `update`

mod after_check;
mod answers;
mod certificate;
mod check;
mod editing;
mod emails;
mod keygen;
mod labels;
mod message;
mod model;
mod navigation;
mod notice;
mod open_profile;
mod path_completion;
mod plain_input;
mod portal;
mod production;
mod profile_list;
mod put_back_answers;
mod removed_answers;
mod row_actions;
mod rows;
mod saving;
mod stale_ticks;
mod update;

pub use after_check::{key_plan_text, what_next, what_you_have};
pub use certificate::{can_unlock, can_use_found_file};
pub use check::{minutes_since_creation, waiting_may_help_until};
pub use editing::{enter_edits, is_suggestion};
pub use emails::{Letter, letter};
pub use keygen::{can_generate_key, can_show_public_key};
pub use labels::{
    certificate_details, certificate_label, conflict_texts, environment_name, environment_note, expiry_warning,
    failure_name, field_example, field_text_id, field_warning, has_blocking_finding, has_unusable_certificate,
    is_contradicted, is_suggested, item_help, last_check_text, locked_file, other_certificates, profile_summary,
    sorted_findings,
};
pub use message::{CertificateOwner, ClientRequest, Effect, Message, SaveMode};
pub use model::{
    CopiedText, DiscardedText, ExitSummary, Folders, Model, NameInput, Overlay, Pending, ProfileList, SandboxInfo, View,
};
pub use notice::{Notice, NoticeKind, NoticeText, removed_text, store_wordings};
pub use open_profile::{
    AfterEdit, Check, CopyName, FieldEdit, FieldInput, FileSearch, GeneratedKey, InspectedCertificate, Inspection,
    KeyPlan, Onboarding,
};
pub use path_completion::same_letter;
pub use portal::{administration_file, can_create_client, client_plan_text, plans_existing_client, scope_notes};
pub use production::can_start as can_start_production;
pub use profile_list::start_onboarding;
pub use removed_answers::Removed;
pub use row_actions::item_link;
pub use rows::{ChoiceOption, Row, awaits_others, choice_options, copy_values, rows};
pub use saving::load;
pub use update::update;
