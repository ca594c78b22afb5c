//! The wizard's input ([`Message`]) and output ([`Effect`]). Both are data, so that a session can be recorded and replayed.

use std::path::PathBuf;

use time::OffsetDateTime;
use tui_input::InputRequest;

use super::{
    model::{ListedProfile, SandboxInfo},
    open_profile::{GeneratedKey, InspectedCertificate, KeyPlan},
};
use crate::{
    certificate::Expectation,
    diagnosis::Diagnosis,
    journey::Environment,
    profile::{
        CertificateFiles, ClientPlan, PortalClient, Profile, file::error::StoreError, parse::ProfileName,
        scope_notes::ScopeNote,
    },
    report::{Event, Report},
    text::Language,
};

/// An action of the user, or the answer to an effect.
///
/// `screen::key_bindings` maps keys to actions, `plain::parse_line` maps typed lines.
#[derive(Debug, Clone)]
pub enum Message {
    // Actions.
    Up,
    Down,
    PageUp,
    PageDown,
    PreviousOption,
    NextOption,
    /// Ticks the focused item or service, or unticks it; of a choice, takes the next option.
    Toggle,
    /// Puts ticks and answers back that a change has removed.
    PutBack,
    /// Focuses a row by its index, from 0.
    Focus(usize),
    /// Takes an option of the focused choice by its index, from 0.
    Choose(usize),
    /// Answers the focused question with a whole line. An empty line removes the answer.
    Answer(String),
    /// Takes the focused answer, or ticks the focused item, and goes on to the next row or step.
    Confirm,
    /// Goes to the step before; from the first, to the profile list.
    Back,
    /// Closes the dialog, or restores the edited field, or cancels what is running, or goes back.
    Dismiss,
    /// Goes to a step by its number in the step list, from 1.
    GoTo(usize),
    /// Goes to the step where the diagnosis on the screen is fixed.
    GoToFix,
    /// Starts the edit of the focused field.
    StartEdit,
    /// A key in the edited field.
    Edit(InputRequest),
    /// A pasted text. It changes nothing if no field is edited.
    Paste(String),
    /// Generates a key, where a key can be used.
    GenerateKey,
    /// Completes the path in the focused field.
    CompletePath,
    OpenLink,
    Copy,
    RunCheck,
    /// Waits until a new client should be known, then runs the check again.
    WaitAndRetry,
    /// Shows or hides the received response.
    ToggleDetails,
    /// Copies and shows the command that makes the same profile.
    CopyCommand,
    /// Opens the letter of the focused row in the mail program.
    OpenMail,
    /// Uses the other file that was found beside the certificate.
    UseFoundFile,
    /// Shows the client that the API would create, where an administration client is known.
    PlanClient,
    /// Starts the profile for production with the answers of this one.
    CopyToProduction,
    /// Opens the prompt for the certificate's password.
    AskPassword,
    /// The password has been typed; `app` has it.
    PasswordTyped,
    /// After a conflict: takes what the other program wrote.
    TakeTheirs,
    /// After a conflict: overwrites what the other program wrote.
    KeepMine,
    NewProfile,
    SwitchLanguage,
    Help,
    Quit,

    // Answers to effects.
    Listed(Vec<ListedProfile>),
    ListFailed(StoreError),
    /// The administration clients that can be read.
    AdministrationsLoaded(Vec<(ProfileName, Profile)>),
    Loaded {
        attempt: u64,
        name: ProfileName,
        outcome: Result<Box<Profile>, StoreError>,
        /// Present if the profile is for the sandbox and the sandbox was started for it.
        sandbox: Option<Box<SandboxInfo>>,
    },
    Saved(Result<(), StoreError>),
    /// The profile was saved. It had no new answers, and another program had changed those of the file: they are kept.
    AnswersReread(Box<Profile>),
    CertificateInspected {
        attempt: u64,
        inspected: Box<InspectedCertificate>,
    },
    /// The result of the search for the file of an edited path.
    FileFound {
        attempt: u64,
        found: bool,
    },
    PathCompleted {
        /// The path that was completed.
        typed: String,
        /// The paths that begin with what was typed.
        candidates: Vec<String>,
    },
    CheckProgress {
        attempt: u64,
        event: Event,
    },
    CheckEnded {
        attempt: u64,
        /// `None` if the check was cancelled.
        report: Option<Box<Report>>,
    },
    KeyGenerated {
        attempt: u64,
        outcome: Result<Box<GeneratedKey>, String>,
    },
    /// The public half of the key that was looked for; `None` if it is not beside its key.
    PublicKeyFound {
        attempt: u64,
        found: Option<Box<GeneratedKey>>,
    },
    /// The notes about the user's own scopes, from the open scope list.
    ScopesNoted(Vec<ScopeNote>),
    ClientPlanned {
        attempt: u64,
        outcome: Result<Box<ClientPlan>, Box<Diagnosis>>,
    },
    ClientCreated {
        attempt: u64,
        outcome: Result<Box<PortalClient>, Box<Diagnosis>>,
    },
    LanguageNotSaved(StoreError),
    /// No browser could be started. The address is on the screen.
    OpenLinkFailed,
    /// A worker panicked, or the sandbox did not start.
    WorkerFailed {
        attempt: u64,
        error: String,
    },
    /// The number of lines that the drawn overlay or report can be scrolled.
    ScrollLimit(usize),
    /// The time, sent regularly.
    Tick(OffsetDateTime),
}

/// Profile of a certificate, for the sources of its password.
#[derive(Debug, Clone, PartialEq)]
pub struct CertificateOwner {
    pub profile: String,
    pub organisation: Option<String>,
    pub password_command: Vec<String>,
}

/// A profile and the administration client that creates its client.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientRequest {
    pub name: ProfileName,
    pub profile: Profile,
    pub environment: Environment,
    pub admin: (ProfileName, Profile),
    pub language: Language,
}

/// An action on the outside world, carried out by `app`.
///
/// An effect that can be answered late has a number; an answer to an outdated number is dropped.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    ListProfiles,
    /// Loads these administration clients.
    LoadAdministrations(Vec<ProfileName>),
    LoadProfile {
        attempt: u64,
        name: ProfileName,
    },
    SaveProfile {
        name: ProfileName,
        profile: Box<Profile>,
        mode: SaveMode,
    },
    /// Opens and validates the certificate files.
    InspectCertificate {
        attempt: u64,
        files: CertificateFiles,
        expected: Expectation,
        /// Uses the password that was just typed.
        with_password: bool,
        owner: Box<CertificateOwner>,
    },
    /// Looks for the file of an answer.
    FindFile {
        attempt: u64,
        /// A path as the profile has it: absolute, or below `~`.
        path: PathBuf,
    },
    CompletePath {
        /// An absolute path.
        typed: String,
    },
    RunCheck {
        attempt: u64,
        name: ProfileName,
        profile: Box<Profile>,
        environment: Box<Environment>,
    },
    /// Generates a key with its JWK or certificate request.
    GenerateKey {
        attempt: u64,
        name: ProfileName,
        plan: KeyPlan,
    },
    /// Looks for the public half of a key that klarert has generated.
    FindPublicKey {
        attempt: u64,
        key: PathBuf,
        plan: KeyPlan,
    },
    /// Looks the user's own scopes up in the open scope list.
    NoteScopes {
        environment: Box<Environment>,
        scopes: Vec<String>,
    },
    /// Plans the client of a profile by the API of its environment.
    PlanClient {
        attempt: u64,
        request: Box<ClientRequest>,
        /// Opens the administration client's certificate with the typed password, which `app` has.
        with_password: bool,
    },
    /// Creates the client that was planned. The profile is saved before, with the plan's marker.
    CreateClient {
        attempt: u64,
        request: Box<ClientRequest>,
        plan: Box<ClientPlan>,
    },
    /// Cancels the check with that number.
    CancelCheck(u64),
    OpenLink(String),
    Copy(String),
    /// Remembers the language in `config.toml`.
    SaveLanguage(Language),
    /// Wipes the typed part of a password.
    ForgetPassword,
    Quit,
}

/// The condition of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveMode {
    /// Fails if a profile of that name exists.
    Create,
    /// Fails if another program has written the file since it was loaded.
    Update,
    /// Always writes: the user has confirmed it.
    Overwrite,
}
