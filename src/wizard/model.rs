//! The wizard's state.

use std::path::PathBuf;

use time::OffsetDateTime;
use tui_input::Input;

use super::{
    notice::{Notice, NoticeKind, NoticeText},
    open_profile::{Check, Inspection, Onboarding},
};
use crate::{
    journey::{Environment, FieldId, Rules, demonstration::Demonstration},
    profile::{
        Authentication, Profile,
        file::error::StoreError,
        parse::{ParseError, ProfileName},
        summary::Summary,
    },
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
    /// The administration clients that are known.
    pub administrations: Vec<(ProfileName, Profile)>,
    pub view: View,
    pub overlay: Option<Overlay>,
    /// The number of lines that the overlay, or the report of a check, is scrolled.
    pub scroll: usize,
    /// The text that was copied last, for [`Overlay::Copied`].
    pub copied: Option<CopiedText>,
    pub notice: Option<Notice>,
    /// The number of the newest effect that can be answered late.
    pub attempt: u64,
    /// The work that the user waits for. Until it ends, its profile stays on the screen with the answers it was started with.
    pub pending: Option<Pending>,
    /// Counts ticks, for the animation that shows that something is running.
    pub spinner_frame: usize,
    /// The number of the value of an item that the copy key copies next.
    pub next_copy: usize,
    /// Present once the user has quit.
    pub exit_summary: Option<ExitSummary>,
}

/// Work whose result goes into the profile, so that no key may change answers or leave the profile meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pending {
    pub attempt: u64,
    /// Nothing outside is changed by it: Esc ends the wait.
    pub can_be_cancelled: bool,
}

/// The folders that typed paths are relative to, that of generated keys, and the one that `--home` named.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Folders {
    pub working: PathBuf,
    /// The user's home folder, which `~` stands for.
    pub home: Option<PathBuf>,
    /// The folder that generated keys are written to.
    pub keys: PathBuf,
    /// The folder that `--home` named, which shown commands repeat.
    pub home_flag: Option<PathBuf>,
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

/// A saved profile: its summary, or the error of reading it.
pub type ListedProfile = (ProfileName, Result<Box<Summary>, StoreError>);

/// The list of saved profiles. Its last row starts a new one.
#[derive(Debug, Clone, Default)]
pub struct ProfileList {
    /// `None` until the profiles have been listed.
    pub profiles: Option<Vec<ListedProfile>>,
    /// The index of the focused row.
    pub focus: usize,
}

/// The name of a new profile while it is typed.
#[derive(Debug, Clone, Default)]
pub struct NameInput {
    pub input: Input,
    pub error: Option<ParseError>,
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
    /// The prompt for the password of the administration client's certificate.
    AdministrationPassword {
        /// Set if the password before was wrong.
        retry: bool,
    },
    /// The question which version counts after another program has written the profile.
    Conflict,
    /// The question whether to generate a key, with what will be made.
    KeyPlan,
    /// The question whether to create the client by the API, with what will be sent.
    ClientPlan,
    /// A generated key, with its public half to copy.
    GeneratedKey,
    /// A copied text over the full width, so that it can also be selected.
    Copied,
}

/// A text that was sent to the terminal's clipboard.
#[derive(Debug, Clone, PartialEq)]
pub struct CopiedText {
    pub text: String,
    /// Set if the copy key copies another value next.
    pub more: bool,
    /// Set if the text is a command line.
    pub is_command: bool,
}

/// The facts to print in the terminal after the wizard has quit.
#[derive(Debug, Clone, PartialEq)]
pub struct ExitSummary {
    /// The profile that can be resumed.
    pub name: Option<ProfileName>,
    /// The edited text, if it could not be saved.
    pub discarded: Option<DiscardedText>,
    /// The error of the newest save, if it failed.
    pub unsaved: Option<StoreError>,
}

/// An edited text that was not saved.
#[derive(Debug, Clone, PartialEq)]
pub struct DiscardedText {
    pub field: FieldId,
    /// `None` for a path whose file was not looked for.
    pub text: Option<String>,
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
            administrations: Vec::new(),
            view: View::ProfileList(ProfileList::default()),
            overlay: None,
            scroll: 0,
            copied: None,
            notice: None,
            attempt: 0,
            pending: None,
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

    /// Returns whether typed characters are text, because a field or the name of a new profile is edited.
    pub fn is_editing(&self) -> bool {
        match &self.view {
            View::ProfileList(_) => false,
            View::NewProfile(_) => true,
            View::Onboarding(onboarding) => onboarding.edit.is_some(),
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
        self.rules_of(&profile.environment)
    }

    /// Returns the rules of an environment by its id; those of the test environment if it is unknown.
    pub fn rules_of(&self, id: &str) -> Rules {
        let mut known = self.environments.iter();
        known
            .find(|environment| environment.id == id)
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

    /// Opens a dialog.
    pub(super) fn open(&mut self, overlay: Overlay) {
        self.overlay = Some(overlay);
        self.scroll = 0;
    }

    /// Shows a text that is copied. `more`: another value can be copied next.
    pub(super) fn show_copied(&mut self, text: &str, more: bool) {
        self.copied = Some(CopiedText {
            text: text.to_owned(),
            more,
            is_command: false,
        });
        self.open(Overlay::Copied);
    }

    /// Shows a command that is copied.
    pub(super) fn show_copied_command(&mut self, command: &str) {
        self.show_copied(command, false);
        if let Some(copied) = &mut self.copied {
            copied.is_command = true;
        }
    }

    /// Ends the wait for the work with that number. Returns false if it was not waited for: its result is outdated.
    pub(super) fn end_pending(&mut self, attempt: u64) -> bool {
        self.pending.take_if(|pending| pending.attempt == attempt).is_some()
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
