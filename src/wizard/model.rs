//! What the wizard knows.

use std::{collections::BTreeMap, path::PathBuf};

use time::OffsetDateTime;
use tui_input::Input;

use crate::{
    certificate::{Facts, Finding},
    journey::{Environment, FieldId, Rules, Step, demonstration::Demonstration, journey},
    profile::{
        Authentication, Profile,
        file::error::StoreError,
        parse::{ParseError, ProfileName},
        progress,
    },
    report::{Report, Stage, StageResult},
    text::{Args, Language, Texts},
};

/// All that the wizard knows.
#[derive(Debug, Clone)]
pub struct Model {
    pub language: Language,
    /// The time of the last message that told it.
    pub now: OffsetDateTime,
    /// The environments that a profile can be for.
    pub environments: Vec<Environment>,
    /// What the sandbox shows and suggests, while it is running.
    pub demonstration: Option<Demonstration>,
    /// Whether new profiles are for the sandbox.
    pub sandbox: bool,
    pub folders: Folders,
    pub place: View,
    pub overlay: Option<Overlay>,
    pub notice: Option<Notice>,
    /// The number of the newest attempt at anything.
    pub attempt: u64,
    /// Goes up by one a tick, so that what is running is seen to be alive.
    pub pulse: usize,
    /// Which of an item's values the copy key takes next.
    pub copy_turn: usize,
    /// Present once the user has left.
    pub exit_summary: Option<ExitSummary>,
}

/// Where typed paths start from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Folders {
    pub working: PathBuf,
    /// The user's own, that `~` stands for.
    pub own: Option<PathBuf>,
}

/// The sandbox, as the wizard needs to know it.
#[derive(Debug, Clone)]
pub struct SandboxInfo {
    pub environment: Environment,
    pub demonstration: Demonstration,
}

/// Where the user is.
#[derive(Debug, Clone)]
pub enum View {
    /// The saved profiles.
    ProfileList(ProfileList),
    /// A name for a new one.
    Naming(Naming),
    /// On the road with one.
    Onboarding(Box<Onboarding>),
}

#[derive(Debug, Clone, Default)]
pub struct ProfileList {
    /// Absent until they have been listed.
    pub profiles: Option<Vec<(ProfileName, Result<Profile, StoreError>)>>,
    pub focus: usize,
}

#[derive(Debug, Clone, Default)]
pub struct Naming {
    pub input: Input,
    pub refusal: Option<ParseError>,
}

/// One onboarding under way.
#[derive(Debug, Clone)]
pub struct Onboarding {
    pub name: ProfileName,
    /// The answers: what is on the disk, unless `unsaved` says otherwise.
    pub profile: Profile,
    /// The id of the step on the screen.
    pub step: String,
    /// Which of the step's rows.
    pub focus: usize,
    /// What is being typed, by field.
    pub entries: BTreeMap<FieldId, Entry>,
    pub reading: Reading,
    /// The file of the other way to sign, for the way back: a certificate and a registered key are two files.
    pub other_file: Option<PathBuf>,
    /// What a path could be completed to, when there is more than one way.
    pub candidates: Vec<String>,
    pub check: Check,
    /// The key that was made last.
    pub made: Option<Box<GeneratedKey>>,
    /// Whether what was received is shown below a diagnosis.
    pub details: bool,
    /// Why the newest answers are not on the disk.
    pub unsaved: Option<StoreError>,
    /// Whether the file exists: the first save must not replace another's.
    pub saved_once: bool,
}

/// The text of a field, which may not be a value yet.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub input: Input,
    pub refusal: Option<ParseError>,
    /// Whether the user has changed it: a suggestion is only replaced by another while they have not.
    pub touched: bool,
}

/// How far the reading of the certificate files has come.
#[derive(Debug, Clone)]
pub enum Reading {
    Nothing,
    Underway {
        attempt: u64,
        /// The check starts when it has succeeded.
        then_check: bool,
        /// The password is asked for if it takes one.
        ask: bool,
    },
    Read(Box<InspectedCertificate>),
}

/// What reading and judging the certificate files came to.
#[derive(Debug, Clone, PartialEq)]
pub struct InspectedCertificate {
    pub facts: Facts,
    pub findings: Vec<Finding>,
    /// Whether a key was found that can sign.
    pub usable: bool,
}

/// What is to be made.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// A key to register on a client, under that name.
    Key { kid: String },
    /// A key and the request for its certificate.
    Request {
        name: String,
        organisation: String,
        country: String,
    },
}

/// What was made.
#[derive(Debug, Clone, PartialEq)]
pub struct GeneratedKey {
    pub plan: Plan,
    /// The private key's file, for its owner alone.
    pub key: PathBuf,
    /// The file of what is carried elsewhere: the JWK, or the request.
    pub public: PathBuf,
    /// What is in it.
    pub text: String,
}

/// How far the check has come.
#[derive(Debug, Clone)]
pub enum Check {
    Idle,
    Running {
        attempt: u64,
        done: Vec<StageResult>,
        current: Option<Stage>,
        /// A passing word about the stage, such as that it is tried again.
        note: Option<(&'static str, Args)>,
    },
    Ended(Box<Report>),
    /// A new client is given time; then the check runs by itself.
    Waiting {
        until: OffsetDateTime,
        report: Box<Report>,
    },
}

/// What lies on top of the screen and takes the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    Help,
    /// The certificate's password is being typed, in `app`.
    Password {
        then_check: bool,
        /// The one before was not right.
        again: bool,
    },
    /// Another program has written the profile.
    Conflict,
    /// A new key was made: what to do with its public half.
    GeneratedKey,
}

/// A passing word at the foot of the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    pub kind: NoticeKind,
    pub said: NoticeText,
}

/// What a notice says: in which language is decided when it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum NoticeText {
    /// A text's id, and its values.
    Text(&'static str, Args),
    Store(StoreError),
}

impl Notice {
    pub fn words(&self, texts: &Texts) -> String {
        match &self.said {
            NoticeText::Text(id, args) => texts.with(id, args),
            NoticeText::Store(trouble) => trouble.text(texts),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    Tells,
    Warns,
}

/// What is said in the terminal when the wizard has gone.
#[derive(Debug, Clone, PartialEq)]
pub struct ExitSummary {
    /// The profile that can be resumed.
    pub name: Option<ProfileName>,
    /// Fields whose text was not a value and so is in no file.
    pub dropped: Vec<(FieldId, String)>,
    /// Why the newest answers are not on the disk.
    pub unsaved: Option<StoreError>,
}

impl Model {
    /// The wizard before anything has happened: it shows the saved profiles once they have been listed.
    pub fn new(language: Language, now: OffsetDateTime, environments: Vec<Environment>, folders: Folders) -> Model {
        Model {
            language,
            now,
            environments,
            demonstration: None,
            sandbox: false,
            folders,
            place: View::ProfileList(ProfileList::default()),
            overlay: None,
            notice: None,
            attempt: 0,
            pulse: 0,
            copy_turn: 0,
            exit_summary: None,
        }
    }

    /// Makes the sandbox known: profiles can be for it, and new ones are if `only`.
    pub fn with_sandbox(&mut self, sandbox: SandboxInfo, only: bool) {
        if only {
            self.environments.clear();
        }
        self.environments.retain(|environment| !environment.sandbox);
        self.environments.push(sandbox.environment);
        self.demonstration = Some(sandbox.demonstration);
        self.sandbox = only;
    }

    /// The onboarding, when the user is on one.
    pub fn onboarding(&self) -> Option<&Onboarding> {
        match &self.place {
            View::Onboarding(onboarding) => Some(onboarding),
            View::ProfileList(_) | View::Naming(_) => None,
        }
    }

    /// The onboarding to change, when the user is on one.
    pub(super) fn onboarding_mut(&mut self) -> Option<&mut Onboarding> {
        match &mut self.place {
            View::Onboarding(onboarding) => Some(onboarding),
            View::ProfileList(_) | View::Naming(_) => None,
        }
    }

    /// The environment of a profile; none where `config.toml` does not have it any more.
    pub fn environment(&self, profile: &Profile) -> Option<&Environment> {
        self.environments
            .iter()
            .find(|environment| environment.id == profile.environment)
    }

    /// The rules for a profile; those of the test environment where its own is not known.
    pub fn rules(&self, profile: &Profile) -> Rules {
        self.environment(profile)
            .map_or(Rules::Test, |environment| environment.rules)
    }

    /// What can be tried, for a profile of the sandbox.
    pub fn demonstration_for(&self, onboarding: &Onboarding) -> Option<&Demonstration> {
        let environment = self.environment(&onboarding.profile)?;
        self.demonstration.as_ref().filter(|_| environment.sandbox)
    }

    /// The password of the sandbox's certificates, which is no secret; its registered key has none.
    pub fn demonstration_password(&self, onboarding: &Onboarding) -> Option<&str> {
        let demonstration = self.demonstration_for(onboarding)?;
        let certificate = onboarding.profile.authentication() == Authentication::Certificate;
        certificate.then_some(demonstration.password.as_str())
    }

    /// Whether something is going on that the screen should be seen to wait for.
    pub fn busy(&self) -> bool {
        self.onboarding().is_some_and(|onboarding| {
            matches!(onboarding.reading, Reading::Underway { .. })
                || matches!(onboarding.check, Check::Running { .. } | Check::Waiting { .. })
        })
    }

    pub(super) fn next_attempt(&mut self) -> u64 {
        self.attempt += 1;
        self.attempt
    }

    pub(super) fn tell(&mut self, id: &'static str, args: Args) {
        self.notice = Some(Notice {
            kind: NoticeKind::Tells,
            said: NoticeText::Text(id, args),
        });
    }

    pub(super) fn warn(&mut self, id: &'static str, args: Args) {
        self.notice = Some(Notice {
            kind: NoticeKind::Warns,
            said: NoticeText::Text(id, args),
        });
    }
}

impl Onboarding {
    /// The step on the screen.
    pub fn current(&self) -> &'static Step {
        // A step's id only ever comes from the journey, which has at least one.
        journey().step(&self.step).unwrap_or(&journey().steps[0])
    }

    /// The number of the step on the rail, from 0, and how many there are.
    pub fn number(&self) -> (usize, usize) {
        let steps = progress::visible_steps(&self.profile);
        (
            steps.iter().position(|step| step.id == self.step).unwrap_or(0),
            steps.len(),
        )
    }

    /// The certificate that was read.
    pub fn examined(&self) -> Option<&InspectedCertificate> {
        match &self.reading {
            Reading::Read(examined) => Some(examined),
            Reading::Nothing | Reading::Underway { .. } => None,
        }
    }
}
