//! The wizard's state.

use std::{collections::BTreeMap, path::PathBuf};

use time::OffsetDateTime;
use tui_input::Input;

use super::{
    notice::{Notice, NoticeKind, NoticeText},
    removed::Removed,
};
use crate::{
    certificate::{Facts, Finding, FindingId},
    journey::{Environment, FieldId, Rules, Step, demonstration::Demonstration, journey},
    profile::{
        Authentication, Profile,
        file::error::StoreError,
        parse::{ParseError, ProfileName},
        progress,
    },
    report::{Report, Stage, StageResult},
    text::{Args, Language},
};

/// The whole state of the wizard. It has no secrets.
#[derive(Debug, Clone)]
pub struct Model {
    pub language: Language,
    /// The time of the newest [`Message::Tick`](super::Message::Tick).
    pub now: OffsetDateTime,
    /// The environments that a profile can use.
    pub environments: Vec<Environment>,
    /// The sandbox's businesses, files and suggestions, while the sandbox is running.
    pub demonstration: Option<Demonstration>,
    /// Set if the wizard was started with `--sandbox`: every profile is then for the sandbox.
    pub sandbox: bool,
    pub folders: Folders,
    pub view: View,
    pub overlay: Option<Overlay>,
    pub notice: Option<Notice>,
    /// The number of the newest effect that can be answered late.
    pub attempt: u64,
    /// Counts ticks, for the animation that shows that something is running.
    pub spinner_frame: usize,
    /// The number of the value of an item that the copy key copies next.
    pub next_copy: usize,
    /// Present once the user has quit.
    pub exit_summary: Option<ExitSummary>,
}

/// The folders that typed paths are relative to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Folders {
    pub working: PathBuf,
    /// The user's home folder, which `~` stands for.
    pub home: Option<PathBuf>,
}

/// The running sandbox: the environment it adds and the values it suggests.
#[derive(Debug, Clone)]
pub struct SandboxInfo {
    pub environment: Environment,
    pub demonstration: Demonstration,
}

/// The view on the screen.
#[derive(Debug, Clone)]
pub enum View {
    /// The list of saved profiles.
    ProfileList(ProfileList),
    /// The prompt for the name of a new profile.
    NewProfile(NameInput),
    /// The steps of one profile.
    Onboarding(Box<Onboarding>),
}

/// The list of saved profiles. Its last row starts a new one.
#[derive(Debug, Clone, Default)]
pub struct ProfileList {
    /// `None` until the profiles have been listed.
    pub profiles: Option<Vec<(ProfileName, Result<Profile, StoreError>)>>,
    /// The index of the focused row.
    pub focus: usize,
}

/// The name of a new profile while it is typed.
#[derive(Debug, Clone, Default)]
pub struct NameInput {
    pub input: Input,
    pub error: Option<ParseError>,
}

/// The onboarding of one profile.
#[derive(Debug, Clone)]
pub struct Onboarding {
    pub name: ProfileName,
    /// The answers: the same as on the disk, unless `unsaved` has an error.
    pub profile: Profile,
    /// The id of the step on the screen.
    pub step: String,
    /// The index of the focused row of the step; on the check, the number of lines scrolled.
    pub focus: usize,
    /// The text of each field.
    pub inputs: BTreeMap<FieldId, FieldInput>,
    pub inspection: Inspection,
    /// The file of the authentication that is not chosen. A certificate and a registered key are two files; this one is
    /// restored when the user changes back.
    pub other_file: Option<PathBuf>,
    /// The possible completions of the focused path, if there are several.
    pub candidates: Vec<String>,
    pub check: Check,
    /// The key that was generated last.
    pub generated_key: Option<Box<GeneratedKey>>,
    /// Shows the received response below a diagnosis.
    pub show_details: bool,
    /// The error of the newest save, if it failed.
    pub unsaved: Option<StoreError>,
    /// Ticks and answers that changes have removed, until they are put back.
    pub removed: Option<Removed>,
    /// Set once the profile's file exists. The first save must not overwrite another profile.
    pub file_exists: bool,
}

/// The text of a field, which need not be a valid answer yet.
#[derive(Debug, Clone, Default)]
pub struct FieldInput {
    pub input: Input,
    pub error: Option<ParseError>,
    /// Set once the user has changed the text, which is then never replaced by a suggestion.
    pub touched: bool,
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

/// A dialog on top of the view. It takes the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    Help,
    /// The prompt for the certificate's password. `app` has the typed characters.
    Password {
        check_after: bool,
        /// Set if the password before was wrong.
        retry: bool,
    },
    /// The question which version counts after another program has written the profile.
    Conflict,
    /// A generated key, with its public half to copy.
    GeneratedKey,
}

/// The facts to print in the terminal after the wizard has quit.
#[derive(Debug, Clone, PartialEq)]
pub struct ExitSummary {
    /// The profile that can be resumed.
    pub name: Option<ProfileName>,
    /// The fields with an invalid text, which was not saved.
    pub discarded: Vec<(FieldId, String)>,
    /// The error of the newest save, if it failed.
    pub unsaved: Option<StoreError>,
}

impl Model {
    /// Creates the state at start: an empty profile list, to be filled by [`Message::Listed`](super::Message::Listed).
    pub fn new(language: Language, now: OffsetDateTime, environments: Vec<Environment>, folders: Folders) -> Model {
        Model {
            language,
            now,
            environments,
            demonstration: None,
            sandbox: false,
            folders,
            view: View::ProfileList(ProfileList::default()),
            overlay: None,
            notice: None,
            attempt: 0,
            spinner_frame: 0,
            next_copy: 0,
            exit_summary: None,
        }
    }

    /// Adds the sandbox's environment and suggestions. With `only`, every new profile is for the sandbox.
    pub fn with_sandbox(&mut self, sandbox: SandboxInfo, only: bool) {
        if only {
            self.environments.clear();
        }
        self.environments.retain(|environment| !environment.sandbox);
        self.environments.push(sandbox.environment);
        self.demonstration = Some(sandbox.demonstration);
        self.sandbox = only;
    }

    /// Returns the onboarding, if it is the view.
    pub fn onboarding(&self) -> Option<&Onboarding> {
        match &self.view {
            View::Onboarding(onboarding) => Some(onboarding),
            View::ProfileList(_) | View::NewProfile(_) => None,
        }
    }

    /// Returns the onboarding to change, if it is the view.
    pub(super) fn onboarding_mut(&mut self) -> Option<&mut Onboarding> {
        match &mut self.view {
            View::Onboarding(onboarding) => Some(onboarding),
            View::ProfileList(_) | View::NewProfile(_) => None,
        }
    }

    /// Returns the environment of a profile; `None` if `config.toml` no longer defines it.
    pub fn environment(&self, profile: &Profile) -> Option<&Environment> {
        self.environments
            .iter()
            .find(|environment| environment.id == profile.environment)
    }

    /// Returns the rules for a profile; those of the test environment if its own is unknown.
    pub fn rules(&self, profile: &Profile) -> Rules {
        self.environment(profile)
            .map_or(Rules::Test, |environment| environment.rules)
    }

    /// Returns the sandbox's suggestions, if the profile is for the sandbox.
    pub fn demonstration_for(&self, onboarding: &Onboarding) -> Option<&Demonstration> {
        let environment = self.environment(&onboarding.profile)?;
        self.demonstration.as_ref().filter(|_| environment.sandbox)
    }

    /// Returns the password of the sandbox's certificates, which is public. Its registered key has none.
    pub fn demonstration_password(&self, onboarding: &Onboarding) -> Option<&str> {
        let demonstration = self.demonstration_for(onboarding)?;
        let certificate = onboarding.profile.authentication() == Authentication::Certificate;
        certificate.then_some(demonstration.password.as_str())
    }

    /// Returns whether something is running that the screen animates.
    pub fn busy(&self) -> bool {
        self.onboarding().is_some_and(|onboarding| {
            matches!(onboarding.inspection, Inspection::Running { .. })
                || matches!(onboarding.check, Check::Running { .. } | Check::Waiting { .. })
        })
    }

    /// Returns a new attempt number. Answers to earlier attempts are then outdated.
    pub(super) fn next_attempt(&mut self) -> u64 {
        self.attempt += 1;
        self.attempt
    }

    /// Shows a notice.
    pub(super) fn inform(&mut self, id: &'static str, args: Args) {
        self.notice = Some(Notice::info(id, args));
    }

    /// Shows a warning.
    pub(super) fn warn(&mut self, id: &'static str, args: Args) {
        self.notice = Some(Notice::warning(id, args));
    }

    /// Shows a warning with other content than a text.
    pub(super) fn warn_with(&mut self, content: NoticeText) {
        self.notice = Some(Notice {
            kind: NoticeKind::Warning,
            content,
        });
    }
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
            inspection: Inspection::NotStarted,
            other_file: None,
            candidates: Vec::new(),
            check: Check::Idle,
            generated_key: None,
            show_details: false,
            unsaved: None,
            removed: None,
            file_exists,
        }
    }

    /// Returns the step on the screen.
    pub fn current_step(&self) -> &'static Step {
        // A step's id only ever comes from the journey, which has at least one.
        journey().step(&self.step).unwrap_or(&journey().steps[0])
    }

    /// Returns the index of the current step, from 0, and the number of steps.
    pub fn step_number(&self) -> (usize, usize) {
        let steps = progress::visible_steps(&self.profile);
        (
            steps.iter().position(|step| step.id == self.step).unwrap_or(0),
            steps.len(),
        )
    }

    /// Returns true if a change has removed the tick of an item, and it was not ticked again.
    pub fn is_tick_removed(&self, key: &str) -> bool {
        let removed = self.removed.as_ref();
        removed.is_some_and(|removed| removed.ticks().any(|other| other == key))
            && !self.profile.progress.done.contains_key(key)
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
    /// Returns whether one of the findings has this id.
    pub fn has_finding(&self, id: FindingId) -> bool {
        self.findings.iter().any(|finding| finding.id == id)
    }

    /// Returns whether the files cannot be opened without their password.
    pub fn is_locked(&self) -> bool {
        self.has_finding(FindingId::PasswordNeeded) || self.has_finding(FindingId::WrongPassword)
    }
}
