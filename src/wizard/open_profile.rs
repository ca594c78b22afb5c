//! The onboarding of one profile: its answers, the text of its fields, the certificate's inspection and the check.

use std::{collections::BTreeMap, path::PathBuf};

use time::OffsetDateTime;
use tui_input::Input;

use super::removed_answers::Removed;
use crate::{
    certificate::{Facts, Finding, FindingId, Severity},
    journey::{FieldId, Item, Step, journey},
    profile::{
        ClientPlan, Profile,
        file::error::StoreError,
        parse::{ParseError, ProfileName},
        progress,
        scope_notes::ScopeNote,
    },
    report::{Report, Stage, StageResult},
    text::{Arg, Args},
};

/// The onboarding of one profile.
#[derive(Debug, Clone)]
pub struct Onboarding {
    pub name: ProfileName,
    /// The answers: the same as on the disk, unless `unsaved` has an error.
    pub profile: Profile,
    /// The id of the step on the screen.
    pub step: String,
    /// The index of the focused row of the step.
    pub focus: usize,
    /// The text of each field.
    pub inputs: BTreeMap<FieldId, FieldInput>,
    /// The edit of the focused field. `None` while the field is only selected.
    pub edit: Option<FieldEdit>,
    /// Set while the focused certificate has just been answered: Enter then goes on, instead of starting an edit.
    pub just_answered: bool,
    pub inspection: Inspection,
    /// The possible completions of the focused path, if there are several.
    pub candidates: Vec<String>,
    pub check: Check,
    /// The key that is about to be generated, while [`Overlay::KeyPlan`](super::Overlay::KeyPlan) asks.
    pub key_plan: Option<KeyPlan>,
    /// The client that the API would create, while [`Overlay::ClientPlan`](super::Overlay::ClientPlan) asks, and after it.
    pub client_plan: Option<Box<ClientPlan>>,
    /// Notes about the user's own scopes. Those about other scopes are outdated.
    pub scope_notes: Vec<ScopeNote>,
    /// The key that was generated last.
    pub generated_key: Option<Box<GeneratedKey>>,
    /// Shows the received response below a diagnosis.
    pub show_details: bool,
    /// The error of the newest save, if it failed.
    pub unsaved: Option<StoreError>,
    /// Set while the answers are saved because the user leaves the profile.
    pub leaves: bool,
    /// The identifier that was given while the business was a foreign one. It is not saved.
    pub foreign_identifier: Option<String>,
    /// Ticks and answers that changes have removed, until they are put back.
    pub removed: Option<Removed>,
    /// Set once the profile's file exists. The first save must not overwrite another profile.
    pub file_exists: bool,
    /// The names for a copy of another profile, until its file exists.
    pub copy_name: Option<CopyName>,
}

/// The most profiles that are named after one. Then the user names the copy.
const MAX_COPIES: u32 = 20;

/// The names that a copied profile can get: the first that is free is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyName {
    base: String,
    environment: &'static str,
    number: u32,
}

impl CopyName {
    pub(super) fn new(base: &str, environment: &'static str) -> CopyName {
        CopyName {
            base: base.to_owned(),
            environment,
            number: 1,
        }
    }

    /// Returns the name to try: `acme-prod`, `acme-prod-2`. `None` if it is too long.
    pub(super) fn current(&self) -> Option<ProfileName> {
        let CopyName {
            base,
            environment,
            number,
        } = self;
        let name = match number {
            1 => format!("{base}-{environment}"),
            number => format!("{base}-{environment}-{number}"),
        };
        ProfileName::parse(&name).ok()
    }

    /// Goes on to the next name, because the current one is taken.
    pub(super) fn advance(&mut self) -> Option<ProfileName> {
        self.number += 1;
        (self.number <= MAX_COPIES).then(|| self.current()).flatten()
    }
}

/// The text of a field, which need not be a valid answer yet.
#[derive(Debug, Clone, Default)]
pub struct FieldInput {
    pub input: Input,
    pub error: Option<ParseError>,
    /// Set once the user has changed the text, which is then never replaced by a suggestion.
    pub touched: bool,
}

/// The edit of a field. At most one field is edited at a time.
#[derive(Debug, Clone)]
pub struct FieldEdit {
    pub field: FieldId,
    /// The field before the edit, which Esc restores.
    pub before: FieldInput,
    pub file: FileSearch,
}

/// The search for the file that an edited path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileSearch {
    NotStarted,
    Running {
        attempt: u64,
        /// The key that asked for the search.
        then: AfterEdit,
    },
    Found,
    /// There is no file. The path is taken if it is confirmed again.
    NotFound,
}

/// The move that ends an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterEdit {
    Confirm,
    Up,
    Down,
}

/// The inspection of the certificate files.
#[derive(Debug, Clone)]
pub enum Inspection {
    NotStarted,
    Running {
        attempt: u64,
        /// Starts the check when the inspection has succeeded.
        check_after: bool,
        /// Asks for the password if the file needs one.
        ask_password: bool,
    },
    Finished(Box<InspectedCertificate>),
}

/// The result of opening and validating the certificate files.
#[derive(Debug, Clone, PartialEq)]
pub struct InspectedCertificate {
    pub facts: Facts,
    pub findings: Vec<Finding>,
    /// Set if a key that can sign was found.
    pub usable: bool,
    /// Set if a password has opened the files in this session.
    pub unlocked: bool,
}

/// The key to generate.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyPlan {
    /// A key to register on a client, under that `kid`.
    RegisteredKey { kid: String },
    /// A key and the certificate request (CSR) for an eSeal.
    CertificateRequest {
        name: String,
        organisation: String,
        country: String,
    },
}

/// A generated key: where it is, and its public half. The private key never enters the model.
#[derive(Debug, Clone, PartialEq)]
pub struct GeneratedKey {
    pub plan: KeyPlan,
    /// The private key's file, readable by its owner only.
    pub key: PathBuf,
    /// The file of the JWK or the certificate request.
    pub public: PathBuf,
    /// The content of `public`.
    pub text: String,
}

/// The connectivity check.
#[derive(Debug, Clone)]
pub enum Check {
    Idle,
    Running {
        attempt: u64,
        /// The answers that are checked. Others may be given meanwhile.
        checked: Box<Profile>,
        done: Vec<StageResult>,
        current: Option<Stage>,
        /// A progress note about the current stage, such as a retry: a text's id and its values.
        note: Option<(&'static str, Args)>,
    },
    Ended(Box<Report>),
    /// A failed check that runs again at `until`, when a new client should be known.
    Waiting {
        until: OffsetDateTime,
        report: Box<Report>,
    },
}

impl Onboarding {
    /// Starts at a step of a profile. `file_exists`: the profile has been saved before.
    pub(super) fn new(name: ProfileName, profile: Profile, step: String, file_exists: bool) -> Onboarding {
        Onboarding {
            name,
            profile,
            step,
            focus: 0,
            inputs: BTreeMap::new(),
            edit: None,
            just_answered: false,
            inspection: Inspection::NotStarted,
            candidates: Vec::new(),
            check: Check::Idle,
            key_plan: None,
            client_plan: None,
            scope_notes: Vec::new(),
            generated_key: None,
            show_details: false,
            unsaved: None,
            leaves: false,
            foreign_identifier: None,
            removed: None,
            file_exists,
            copy_name: None,
        }
    }

    /// Returns the step on the screen.
    pub fn current_step(&self) -> &'static Step {
        // A step's id only ever comes from the journey, which has at least one.
        journey().step(&self.step).unwrap_or(&journey().steps[0])
    }

    /// Returns the index of the current step, from 0, and the number of steps.
    pub fn step_number(&self) -> (usize, usize) {
        let steps = || progress::visible_steps(&self.profile);
        let current = steps().position(|step| step.id == self.step);
        (current.unwrap_or(0), steps().count())
    }

    /// Ends the edit and restores the text from before. Returns false if no field is edited.
    pub(super) fn cancel_edit(&mut self) -> bool {
        let Some(edit) = self.edit.take() else {
            return false;
        };
        self.candidates.clear();
        let restored = FieldInput {
            error: None,
            ..edit.before
        };
        self.inputs.insert(edit.field, restored);
        true
    }

    /// Returns whether an item of the current step is ticked.
    pub fn is_ticked(&self, item: &Item) -> bool {
        self.profile.progress.done.contains_key(&item.key)
    }

    /// Returns whether a change has removed the tick of an item of the current step, and it was not ticked again.
    pub fn is_tick_removed(&self, item: &Item) -> bool {
        let removed = self.removed.as_ref();
        removed.is_some_and(|removed| removed.ticks().any(|other| other == item.key)) && !self.is_ticked(item)
    }

    /// Returns the text of a field.
    pub fn text(&self, field: FieldId) -> &str {
        self.inputs.get(&field).map_or("", |input| input.input.value())
    }

    /// Returns whether the user is changing the answer that the inspection is about, so that its result must not be shown.
    pub fn inspection_is_outdated(&self) -> bool {
        self.edit.as_ref().is_some_and(|edit| {
            matches!(
                edit.field,
                FieldId::Certificate | FieldId::Pick | FieldId::KeyFile | FieldId::ChainFile
            ) && self.text(edit.field) != edit.before.input.value()
        })
    }

    /// Returns whether another program has removed or renamed the file.
    pub fn is_file_gone(&self) -> bool {
        matches!(self.unsaved, Some(StoreError::NotFound { .. }))
    }

    /// Returns the result of the inspection, if it has finished.
    pub fn inspected(&self) -> Option<&InspectedCertificate> {
        match &self.inspection {
            Inspection::Finished(inspected) => Some(inspected),
            Inspection::NotStarted | Inspection::Running { .. } => None,
        }
    }
}

impl InspectedCertificate {
    /// Returns the path of the file in the same folder that can be used instead, and of its key file if it is separate.
    pub fn offered_file(&self) -> Option<(&str, Option<&str>)> {
        let mut findings = self.findings.iter();
        let offer = findings.find(|finding| finding.id == FindingId::FileOffered)?;
        Some((text_argument(offer, "path")?, text_argument(offer, "key-path")))
    }

    /// Returns the name of the file that needs a password. If a folder was named, it is a file in it.
    pub fn locked_file(&self) -> Option<&str> {
        let locked = self.findings.iter().find(|finding| finding.id.asks_password())?;
        text_argument(locked, "file")
    }

    /// Returns whether one of the findings has this id.
    pub fn has_finding(&self, id: FindingId) -> bool {
        self.findings.iter().any(|finding| finding.id == id)
    }

    /// Returns whether a finding stops the use of the certificate. A locked file does not count: its content is not known yet.
    pub fn has_blocking_finding(&self) -> bool {
        let mut stopping = self.findings.iter().filter(|one| one.severity == Severity::Stops);
        stopping.any(|finding| !finding.id.asks_password())
    }

    /// Returns whether the files cannot be opened without their password.
    pub fn is_locked(&self) -> bool {
        self.findings.iter().any(|finding| finding.id.asks_password())
    }
}

fn text_argument<'a>(finding: &'a Finding, name: &str) -> Option<&'a str> {
    finding.args.iter().find_map(|(other, value)| match value {
        Arg::Text(text) if other == name && !text.is_empty() => Some(text.as_str()),
        _ => None,
    })
}
