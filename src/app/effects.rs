//! The effects of the wizard. Quick ones are carried out at once, in order; slow ones on a worker thread, whose result
//! comes back as an event.

use std::{
    collections::{HashMap, HashSet},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc::Sender},
    thread,
};

use super::{
    event::{AppEvent, CredentialKey, panic_message},
    keygen,
    password_input::PasswordInput,
    path_listing::completions,
    portal::{self, AdminFiles},
    profile_list, saving,
    unlock::{OpenedFiles, Passwords, TypedPassword, is_in},
};
use crate::{
    certificate::{Expectation, evaluate, finding::drop_needless_offer},
    check::{self, Cancel, Settings, Subject},
    console::{clipboard, open_link, password_sources::PasswordSources},
    credential,
    journey::{Environment, SANDBOX},
    profile::{
        CertificateFiles, Profile,
        file::store::{Store, StoredProfile},
        parse::ProfileName,
    },
    sandbox::{self, Sandbox},
    wizard::{self, CertificateOwner, Effect, InspectedCertificate, Message, Model},
};

/// The number of work that the model has not numbered. Its own begin with 1.
const NO_ATTEMPT: u64 = 0;

/// Carries out effects, and has what the model must not have: secrets, files and threads.
#[derive(Debug)]
pub struct EffectRunner {
    store: Store,
    sender: Sender<AppEvent>,
    /// Each profile as it was last read or written. A save compares the file with it, to notice another program's change.
    last_saved: HashMap<ProfileName, StoredProfile>,
    /// The credentials opened in this session, so that a password is not asked for twice.
    credentials: HashMap<CredentialKey, OpenedFiles>,
    cancels: HashMap<u64, Cancel>,
    /// The attempts of workers that load a profile, generate a key or look for a file. The model does not show these.
    working: HashSet<u64>,
    pub password: PasswordInput,
    /// The passwords that were typed last. They are tried on the files of the same folder.
    typed: Option<TypedPassword>,
    /// The same for the files of an administration client.
    admin_typed: Option<TypedPassword>,
    pub sandbox: Option<Sandbox>,
    /// The sources of passwords that need no terminal. `None` if the configuration cannot be read.
    pub password_sources: Option<Arc<PasswordSources>>,
}

impl EffectRunner {
    pub fn new(store: Store, sender: Sender<AppEvent>) -> EffectRunner {
        EffectRunner {
            store,
            sender,
            last_saved: HashMap::new(),
            credentials: HashMap::new(),
            cancels: HashMap::new(),
            working: HashSet::new(),
            password: PasswordInput::new(),
            typed: None,
            admin_typed: None,
            sandbox: None,
            password_sources: None,
        }
    }

    /// Remembers opened files if they contain a credential, or forgets the earlier ones.
    fn remember(&mut self, key: CredentialKey, files: OpenedFiles) {
        if files.opened.credential.is_none() {
            self.credentials.remove(&key);
            return;
        }
        let resolved = self.store.resolve(&key.0);
        if let Some(typed) = self.typed.as_mut().filter(|typed| typed.files == resolved) {
            typed.opened = true;
        }
        self.credentials.insert(key, files);
    }

    /// Sends a message to the wizard and carries out the effects. Some answer at once: a save is finished before the screen
    /// shows it.
    pub fn dispatch(&mut self, model: &mut Model, message: Message) {
        let effects = wizard::update(model, message);
        self.run_all(model, effects);
    }

    /// Carries out effects, and the effects of their answers.
    pub fn run_all(&mut self, model: &mut Model, effects: Vec<Effect>) {
        for effect in effects {
            if let Some(answer) = self.run(effect) {
                self.dispatch(model, answer);
            }
        }
    }

    /// Keeps the secrets of a worker's event and returns its message. `None` if the event is not a worker's.
    pub fn take_result(&mut self, event: AppEvent) -> Option<Message> {
        let message = match event {
            AppEvent::Message(message) => Some(message),
            AppEvent::CredentialOpened(key, files, message) => {
                self.remember(*key, *files);
                Some(message)
            }
            AppEvent::SandboxStarted(sandbox, message) => {
                self.sandbox = Some(*sandbox);
                Some(message)
            }
            AppEvent::Done
            | AppEvent::Terminal(_)
            | AppEvent::TerminalClosed
            | AppEvent::Signal(_)
            | AppEvent::LineInput(_) => None,
        };
        match message {
            Some(
                Message::Loaded { attempt, .. }
                | Message::KeyGenerated { attempt, .. }
                | Message::PublicKeyFound { attempt, .. }
                | Message::FileFound { attempt, .. }
                | Message::ClientPlanned { attempt, .. }
                | Message::ClientCreated { attempt, .. }
                | Message::WorkerFailed { attempt, .. },
            ) => drop(self.working.remove(&attempt)),
            Some(Message::AdministrationsLoaded(_)) => drop(self.working.remove(&NO_ATTEMPT)),
            _ => {}
        }
        message
    }

    /// Returns whether a worker is busy with something that the model does not show.
    pub fn is_working(&self) -> bool {
        !self.working.is_empty()
    }

    /// Carries out an effect. Returns its answer, unless a worker will send it or there is none.
    fn run(&mut self, effect: Effect) -> Option<Message> {
        match effect {
            Effect::ListProfiles => Some(profile_list::list(&self.store)),
            Effect::LoadAdministrations(names) => Some(profile_list::load_administrations(&self.store, names)),
            Effect::LoadProfile { attempt, name } => self.load(attempt, name),
            Effect::SaveProfile { name, profile, mode } => {
                Some(saving::save(&self.store, &mut self.last_saved, &name, &profile, mode))
            }
            Effect::InspectCertificate {
                attempt,
                files,
                expected,
                with_password,
                owner,
            } => {
                self.inspect(attempt, (files, *owner), expected, with_password);
                None
            }
            Effect::FindFile { attempt, path } => {
                let files = CertificateFiles {
                    path: Some(path),
                    ..CertificateFiles::default()
                };
                let resolved = self.store.resolve(&files).path;
                // On a worker, because a network drive can take long to answer.
                self.spawn_awaited(attempt, move || {
                    // A file that cannot be looked at may exist; the inspection then explains why it cannot be read.
                    let found = resolved.is_some_and(|path| path.try_exists().unwrap_or(true));
                    AppEvent::Message(Message::FileFound { attempt, found })
                });
                None
            }
            Effect::CompletePath { typed } => {
                self.spawn(NO_ATTEMPT, move || {
                    let candidates = completions(&typed);
                    AppEvent::Message(Message::PathCompleted { typed, candidates })
                });
                None
            }
            Effect::RunCheck {
                attempt,
                name,
                profile,
                environment,
            } => {
                self.check(attempt, name, profile, environment);
                None
            }
            Effect::GenerateKey { attempt, name, plan } => {
                let folder = keygen::folder(self.store.home());
                self.spawn_awaited(attempt, move || {
                    let outcome = keygen::generate(&folder, &name, plan)
                        .map(Box::new)
                        .map_err(|error| format!("{error:#}"));
                    AppEvent::Message(Message::KeyGenerated { attempt, outcome })
                });
                None
            }
            Effect::FindPublicKey { attempt, key, plan } => {
                self.spawn_awaited(attempt, move || {
                    let found = keygen::public_half(key, plan).map(Box::new);
                    AppEvent::Message(Message::PublicKeyFound { attempt, found })
                });
                None
            }
            effect @ (Effect::NoteScopes { .. } | Effect::PlanClient { .. } | Effect::CreateClient { .. }) => {
                let files = self.admin_files(&effect);
                let attempt = portal::attempt(&effect);
                match effect {
                    // Notes on scopes may come at any time: nothing waits for them.
                    Effect::NoteScopes { .. } => self.spawn(attempt, move || portal::answer(&files, effect)),
                    _ => self.spawn_awaited(attempt, move || portal::answer(&files, effect)),
                }
                None
            }
            Effect::CancelCheck(attempt) => {
                if let Some(cancel) = self.cancels.remove(&attempt) {
                    cancel.cancel();
                }
                None
            }
            Effect::OpenLink(link) => {
                self.spawn(NO_ATTEMPT, move || match open_link::open_link(&link) {
                    true => AppEvent::Done,
                    false => AppEvent::Message(Message::OpenLinkFailed),
                });
                None
            }
            Effect::Copy(text) => {
                clipboard::copy(text);
                None
            }
            Effect::SaveLanguage(language) => self.store.save_language(language).err().map(Message::LanguageNotSaved),
            Effect::ForgetPassword => {
                self.password.wipe();
                (self.typed, self.admin_typed) = (None, None);
                None
            }
            // The event loop ends when the model has its exit summary.
            Effect::Quit => None,
        }
    }

    /// Finds the administration clients on a worker, as there may be thousands of profiles.
    pub fn find_administrations(&mut self) {
        let store = self.store.clone();
        self.spawn_awaited(NO_ATTEMPT, move || {
            AppEvent::Message(profile_list::find_administrations(&store))
        });
    }

    /// Loads a profile. One that is for the sandbox is answered when the sandbox is running.
    fn load(&mut self, attempt: u64, name: ProfileName) -> Option<Message> {
        let outcome = self.store.load(&name).map(|saved| {
            let profile = Box::new(saved.profile.clone());
            self.last_saved.insert(name.clone(), saved);
            profile
        });
        match outcome {
            Ok(profile) if profile.environment == SANDBOX && self.sandbox.is_none() => {
                let folder = sandbox::folder(self.store.home());
                self.spawn_awaited(attempt, move || {
                    profile_list::start_sandbox(&folder, attempt, name, profile)
                });
                None
            }
            outcome => Some(Message::Loaded {
                attempt,
                name,
                outcome,
                sandbox: None,
            }),
        }
    }

    fn inspect(
        &mut self,
        attempt: u64,
        (files, owner): (CertificateFiles, CertificateOwner),
        expected: Expectation,
        with_password: bool,
    ) {
        let resolved = self.store.resolve(&files);
        let own_folder = sandbox::folder(self.store.home());
        let before = self.typed.clone();
        if with_password {
            let typed = self.password.take();
            self.typed = Some(TypedPassword::after(self.typed.take(), resolved.clone(), typed));
        }
        let typed = self.typed.as_ref().filter(|_| with_password);
        let passwords = Passwords {
            before,
            typed: typed.map(|typed| typed.password.clone()),
            sources: self.password_sources.clone().filter(|_| !is_in(&resolved, &own_folder)),
        };
        // A credential that is open already is validated again without its password.
        let key: CredentialKey = (files, expected.kind, expected.authentication);
        let known = self
            .credentials
            .get(&key)
            .filter(|_| passwords.typed.is_none())
            .cloned();
        self.spawn(attempt, move || {
            let known = known.filter(|known| known.is_current(&resolved));
            let files = known.unwrap_or_else(|| OpenedFiles::new(&resolved, &expected, &passwords, &owner));
            let mut opened = files.opened.clone();
            opened.choose(|_| expected.clone());
            let mut findings = opened.findings.clone();
            findings.extend(evaluate(&opened.facts, &expected));
            drop_needless_offer(&mut findings);
            let inspected = InspectedCertificate {
                facts: opened.facts.clone(),
                findings,
                usable: opened.credential.is_some(),
                unlocked: files.unlocked,
            };
            let message = Message::CertificateInspected {
                attempt,
                inspected: Box::new(inspected),
            };
            AppEvent::CredentialOpened(Box::new(key), Box::new(files), message)
        });
    }

    fn check(&mut self, attempt: u64, name: ProfileName, profile: Box<Profile>, environment: Box<Environment>) {
        let cancel = Cancel::default();
        self.cancels.drain().for_each(|(_, superseded)| superseded.cancel());
        self.cancels.insert(attempt, cancel.clone());
        let key = (
            profile.certificate.clone(),
            profile.business.kind,
            profile.authentication(),
        );
        let known = self.credentials.get(&key).cloned();
        let resolved = self.store.resolve(&profile.certificate);
        let typed = self.typed.clone();
        let events = self.sender.clone();
        self.spawn(attempt, move || {
            let subject = Subject {
                name: name.as_str(),
                profile: &profile,
                environment: &environment,
            };
            let mut open = || match known.as_ref().filter(|known| known.is_current(&resolved)) {
                Some(known) => known.opened.clone(),
                None => {
                    let typed = typed.as_ref().filter(|typed| typed.is_for_folder_of(&resolved));
                    let password = typed.map(|typed| &typed.password);
                    credential::open(&resolved, profile.business.kind, profile.authentication(), password)
                }
            };
            let mut on = |event| {
                // The receiver is gone if the wizard has quit.
                let _ = events.send(AppEvent::Message(Message::CheckProgress { attempt, event }));
            };
            let report = check::run(&subject, &Settings::default(), &cancel, &mut open, &mut on);
            AppEvent::Message(Message::CheckEnded {
                attempt,
                report: report.map(Box::new),
            })
        });
    }

    fn admin_files(&mut self, effect: &Effect) -> AdminFiles {
        let files = portal::admin_to_unlock(effect).map(|admin| self.store.resolve(&admin.certificate));
        let typed = files.map(|files| TypedPassword::after(self.admin_typed.take(), files, self.password.take()));
        self.admin_typed = typed.clone().or(self.admin_typed.take());
        let typed = typed.map(|typed| typed.password);
        let before = self.admin_typed.clone().or_else(|| self.typed.clone());
        let sources = self.password_sources.clone();
        AdminFiles::new(&self.store, self.sandbox.as_ref(), Passwords { typed, before, sources })
    }

    /// Runs work that the model does not show on a worker thread. It counts as busy until the result is there.
    fn spawn_awaited(&mut self, attempt: u64, work: impl FnOnce() -> AppEvent + Send + 'static) {
        self.working.insert(attempt);
        self.spawn(attempt, work);
    }

    /// Runs work on a worker thread. A panic becomes a message like any other result.
    fn spawn(&self, attempt: u64, work: impl FnOnce() -> AppEvent + Send + 'static) {
        let sender = self.sender.clone();
        thread::spawn(move || {
            let event = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
                AppEvent::Message(Message::WorkerFailed {
                    attempt,
                    error: panic_message(panic.as_ref()),
                })
            });
            let _ = sender.send(event);
        });
    }
}
