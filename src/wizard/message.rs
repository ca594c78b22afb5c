//! What can happen to the wizard, and what it can want done. Both are data: a onboarding can be written down and replayed.

use time::OffsetDateTime;
use tui_input::InputRequest;

use super::{
    keygen::{GeneratedKey, Plan},
    model::{InspectedCertificate, SandboxInfo},
};
use crate::{
    certificate::Expectation,
    journey::Environment,
    profile::{CertificateFiles, Profile, file::error::StoreError, parse::ProfileName},
    report::{Event, Report},
};

/// Something that happened: a key that means something here, or the answer to an effect.
#[derive(Debug, Clone)]
pub enum Message {
    // What the user wants. `screen::key_bindings` knows which key says it where, `plain::parse_line` which line.
    Up,
    Down,
    /// Another option of a choice, backwards or forwards.
    ChooseLeft,
    ChooseRight,
    /// Tick, or take the next option.
    Toggle,
    /// To a row by its number, from 0.
    Focus(usize),
    /// An option of the choice with the focus by its number, from 0.
    Choose(usize),
    /// A whole line is the answer to the question with the focus; an empty one takes the answer away.
    Answer(String),
    /// On to what is next.
    Confirm,
    /// To the step before; from the first to the list of profiles.
    Back,
    /// Closes what lies on top, or cancels what is running, or else goes back.
    Dismiss,
    /// To a step by its number on the rail, from 1.
    GoTo(usize),
    /// To the step that mends the diagnosis on the screen.
    GoToFix,
    Edit(InputRequest),
    Paste(String),
    /// Make a new key, where one is needed.
    Make,
    /// Complete the path that is being typed.
    Complete,
    Open,
    Copy,
    Run,
    /// Wait for a new client to be ready, and then try again.
    Wait,
    /// What was received, or hide it again.
    Details,
    /// The password for the certificate will be typed now.
    Unlock,
    /// The password has been typed; it is in `app`'s hands.
    PasswordTyped,
    /// Whose changes count when another program has written the profile meanwhile.
    TakeTheirs,
    KeepMine,
    NewProfile,
    OtherLanguage,
    Help,
    Quit,

    // Answers.
    Listed(Vec<(ProfileName, Result<Profile, StoreError>)>),
    ListFailed(StoreError),
    Loaded {
        name: ProfileName,
        outcome: Result<Box<Profile>, StoreError>,
        /// Present when the profile is the sandbox's, and the sandbox had to be started.
        sandbox: Option<Box<SandboxInfo>>,
    },
    Saved(Result<(), StoreError>),
    CertificateInspected {
        attempt: u64,
        examined: Box<InspectedCertificate>,
    },
    Completed {
        attempt: u64,
        /// What could stand in the place of what was typed.
        candidates: Vec<String>,
    },
    Checking {
        attempt: u64,
        event: Event,
    },
    CheckEnded {
        attempt: u64,
        /// Absent when it was cancelled.
        report: Option<Box<Report>>,
    },
    KeyGenerated {
        attempt: u64,
        outcome: Result<Box<GeneratedKey>, String>,
    },
    /// No page could be opened; the address is on the screen.
    OpenFailed,
    /// A worker ended in a way that is a fault of ours; its words, for a report.
    Broke {
        attempt: u64,
        words: String,
    },
    /// Time went by.
    Tick(OffsetDateTime),
}

/// Something to be done outside. Numbered where an answer can come late: an answer to a superseded attempt is dropped.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    List,
    Load(ProfileName),
    Save {
        name: ProfileName,
        profile: Box<Profile>,
        how: Save,
    },
    /// Read and judge the certificate files.
    Read {
        attempt: u64,
        files: CertificateFiles,
        /// What it is judged against.
        expected: Expectation,
        /// Whether the password that was just typed goes with it.
        with_password: bool,
    },
    Complete {
        attempt: u64,
        typed: String,
    },
    Check {
        attempt: u64,
        name: ProfileName,
        profile: Box<Profile>,
        environment: Box<Environment>,
    },
    /// Make a key, and what goes with it.
    Make {
        attempt: u64,
        name: ProfileName,
        plan: Plan,
    },
    /// Whatever runs under that number is not waited for any more.
    Cancel(u64),
    Open(String),
    Copy(String),
    /// What was typed of a password is wiped.
    ForgetPassword,
    Quit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Save {
    /// There must be no profile of that name yet.
    Create,
    /// Over what was loaded, if nobody else has written it since.
    Update,
    /// Over whatever is there: the user has said so.
    Overwrite,
}
