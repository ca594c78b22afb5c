//! Carries out what the wizard wants done. What is quick and must be in order is done on the spot; what may take its
//! time is done by a worker, whose answer comes back as an event.

use std::{
    any::Any,
    collections::HashMap,
    fs,
    io::stdout,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::Sender,
    thread,
};

use ratatui::crossterm::{clipboard::CopyToClipboard, execute};

use super::{AppEvent, OpenedFor, demonstrating, keygen, password_input::Typed};
use crate::{
    certificate::{Expectation, evaluate},
    check::{self, Cancel, Settings, Subject},
    credential::{self, Opened, Password},
    journey::{Environment, SANDBOX},
    profile::{
        CertificateFiles, Profile,
        file::store::{Store, StoreError, StoredProfile},
        parse::ProfileName,
    },
    sandbox::{self, Options, Sandbox},
    wizard::{self, Effect, InspectedCertificate, Message, Model, Save},
};

/// Everything the effects need that the model may not have.
#[derive(Debug)]
pub struct Runner {
    store: Store,
    sender: Sender<AppEvent>,
    /// What each profile was read as, for the comparison at the next save.
    bases: HashMap<ProfileName, StoredProfile>,
    /// Keys that were opened in this session: the password is not asked for twice.
    opened: HashMap<OpenedFor, Opened>,
    cancels: HashMap<u64, Cancel>,
    /// Whether a worker is at something that the model does not show to be under way.
    pub awaited: bool,
    pub password: Typed,
    pub sandbox: Option<Sandbox>,
}

impl Runner {
    pub fn new(store: Store, sender: Sender<AppEvent>) -> Runner {
        Runner {
            store,
            sender,
            bases: HashMap::new(),
            opened: HashMap::new(),
            cancels: HashMap::new(),
            awaited: false,
            password: Typed::new(),
            sandbox: None,
        }
    }

    /// Keeps what a worker opened, if there is a key in it.
    fn remember(&mut self, asked: OpenedFor, opened: Opened) {
        match opened.credential {
            Some(_) => drop(self.opened.insert(asked, opened)),
            None => drop(self.opened.remove(&asked)),
        }
    }

    /// Lets the wizard decide about a message, and carries out what it wants. Some effects are answered on the spot: a
    /// save is done before anybody sees what was saved.
    pub fn tell(&mut self, model: &mut Model, message: Message) {
        let effects = wizard::update(model, message);
        self.carry_out_all(model, effects);
    }

    pub fn carry_out_all(&mut self, model: &mut Model, effects: Vec<Effect>) {
        for effect in effects {
            if let Some(answer) = self.carry_out(effect) {
                self.tell(model, answer);
            }
        }
    }

    /// Takes in what a worker has brought. What is left of it is for the wizard; nothing, where it was no worker's.
    pub fn receive(&mut self, happened: AppEvent) -> Option<Message> {
        let message = match happened {
            AppEvent::Message(message) => Some(message),
            AppEvent::Opened(asked, opened, message) => {
                self.remember(*asked, *opened);
                Some(message)
            }
            AppEvent::Sandbox(sandbox, message) => {
                self.sandbox = Some(*sandbox);
                Some(message)
            }
            AppEvent::Done
            | AppEvent::Terminal(_)
            | AppEvent::TerminalGone
            | AppEvent::Signal(_)
            | AppEvent::Typed(_) => None,
        };
        if let Some(Message::Loaded { .. } | Message::KeyGenerated { .. } | Message::Broke { .. }) = message {
            self.awaited = false;
        }
        message
    }

    /// Carries out an effect; the answer, where there is one at once.
    pub fn carry_out(&mut self, effect: Effect) -> Option<Message> {
        match effect {
            Effect::List => Some(self.list()),
            Effect::Load(name) => self.load(name),
            Effect::Save { name, profile, how } => Some(Message::Saved(self.save(&name, &profile, how))),
            Effect::Read {
                attempt,
                files,
                expected,
                with_password,
            } => {
                let password = with_password.then(|| self.password.take());
                self.read(attempt, files, expected, password);
                None
            }
            Effect::Complete { attempt, typed } => {
                self.work(attempt, move || {
                    AppEvent::Message(Message::Completed {
                        attempt,
                        candidates: completions(&typed),
                    })
                });
                None
            }
            Effect::Check {
                attempt,
                name,
                profile,
                environment,
            } => {
                self.check(attempt, name, profile, environment);
                None
            }
            Effect::Make { attempt, name, plan } => {
                let folder = self.store.home().join("keys");
                self.awaited = true;
                self.work(attempt, move || {
                    let outcome = keygen::make(&folder, &name, plan)
                        .map(Box::new)
                        .map_err(|error| format!("{error:#}"));
                    AppEvent::Message(Message::KeyGenerated { attempt, outcome })
                });
                None
            }
            Effect::Cancel(attempt) => {
                if let Some(cancel) = self.cancels.remove(&attempt) {
                    cancel.cancel();
                }
                None
            }
            Effect::Open(link) => {
                self.work(0, move || match open::that_detached(&link) {
                    Ok(()) => AppEvent::Done,
                    Err(_) => AppEvent::Message(Message::OpenFailed),
                });
                None
            }
            Effect::Copy(text) => {
                // The terminal may not take it, and does not say: nothing more can be done about it here.
                let _ = execute!(stdout(), CopyToClipboard::to_clipboard_from(text));
                None
            }
            Effect::ForgetPassword => {
                self.password.wipe();
                None
            }
            // The loop ends when the model has its exit_summary.
            Effect::Quit => None,
        }
    }

    fn list(&self) -> Message {
        match self.store.list() {
            Ok(listed) => Message::Listed(listed.into_iter().map(|listed| (listed.name, listed.profile)).collect()),
            Err(trouble) => Message::ListFailed(trouble),
        }
    }

    /// Loads a profile. One that is for the sandbox waits until the sandbox runs.
    fn load(&mut self, name: ProfileName) -> Option<Message> {
        let saved = match self.store.load(&name) {
            Ok(saved) => saved,
            Err(trouble) => {
                return Some(Message::Loaded {
                    name,
                    outcome: Err(trouble),
                    sandbox: None,
                });
            }
        };
        let profile = Box::new(saved.profile.clone());
        self.bases.insert(name.clone(), saved);
        if profile.environment != SANDBOX || self.sandbox.is_some() {
            return Some(Message::Loaded {
                name,
                outcome: Ok(profile),
                sandbox: None,
            });
        }
        let folder = sandbox::folder(self.store.home());
        self.awaited = true;
        self.work(0, move || match Sandbox::start(&folder, Options::default()) {
            Ok(sandbox) => {
                let known = Some(Box::new(demonstrating(&sandbox)));
                let message = Message::Loaded {
                    name,
                    outcome: Ok(profile),
                    sandbox: known,
                };
                AppEvent::Sandbox(Box::new(sandbox), message)
            }
            Err(error) => AppEvent::Message(Message::Broke {
                attempt: 0,
                words: error.to_string(),
            }),
        });
        None
    }

    fn save(&mut self, name: &ProfileName, profile: &Profile, how: Save) -> Result<(), StoreError> {
        let newest;
        let base = match how {
            Save::Create => None,
            Save::Update => self.bases.get(name),
            Save::Overwrite => {
                newest = self.store.load(name)?;
                Some(&newest)
            }
        };
        let saved = self.store.save(name, profile, base)?;
        self.bases.insert(name.clone(), saved);
        Ok(())
    }

    fn read(&mut self, attempt: u64, files: CertificateFiles, expected: Expectation, password: Option<Password>) {
        let resolved = self.store.resolve(&files);
        // A key that is open already is judged anew without its password.
        let asked: OpenedFor = (files, expected.kind, expected.authentication);
        let known = self.opened.get(&asked).filter(|_| password.is_none()).cloned();
        self.work(attempt, move || {
            let opened = known.unwrap_or_else(|| {
                credential::open(&resolved, expected.kind, expected.authentication, password.as_ref())
            });
            let mut findings = opened.findings.clone();
            findings.extend(evaluate(&opened.facts, &expected));
            let examined = InspectedCertificate {
                facts: opened.facts.clone(),
                findings,
                usable: opened.credential.is_some(),
            };
            let message = Message::CertificateInspected {
                attempt,
                examined: Box::new(examined),
            };
            AppEvent::Opened(Box::new(asked), Box::new(opened), message)
        });
    }

    fn check(&mut self, attempt: u64, name: ProfileName, profile: Box<Profile>, environment: Box<Environment>) {
        let cancel = Cancel::default();
        self.cancels.clear();
        self.cancels.insert(attempt, cancel.clone());
        let asked = (
            profile.certificate.clone(),
            profile.business.kind,
            profile.authentication(),
        );
        let known = self.opened.get(&asked).cloned();
        let resolved = self.store.resolve(&profile.certificate);
        let events = self.sender.clone();
        self.work(attempt, move || {
            let subject = Subject {
                name: name.as_str(),
                profile: &profile,
                environment: &environment,
            };
            let mut open = || {
                known.clone().unwrap_or_else(|| {
                    credential::open(&resolved, profile.business.kind, profile.authentication(), None)
                })
            };
            let mut on = |event| {
                // Nobody listens any more when the wizard has been left.
                let _ = events.send(AppEvent::Message(Message::Checking { attempt, event }));
            };
            let report = check::run(&subject, &Settings::default(), &cancel, &mut open, &mut on);
            AppEvent::Message(Message::CheckEnded {
                attempt,
                report: report.map(Box::new),
            })
        });
    }

    /// Has something done by a worker. Should it panic, that is told like any other answer.
    fn work(&self, attempt: u64, work: impl FnOnce() -> AppEvent + Send + 'static) {
        let sender = self.sender.clone();
        thread::spawn(move || {
            let happened = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
                AppEvent::Message(Message::Broke {
                    attempt,
                    words: words_of(panic.as_ref()),
                })
            });
            let _ = sender.send(happened);
        });
    }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let plain = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
    plain
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}

/// The files and folders that a path could go on to; a folder ends in a slash.
fn completions(typed: &str) -> Vec<String> {
    let (folder, prefix) = typed.rsplit_once('/').unwrap_or(("", typed));
    let listed = fs::read_dir(if folder.is_empty() { "/" } else { folder });
    let mut found: Vec<String> = listed
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            // Hidden files are offered to those who ask for them.
            let fits = name.starts_with(prefix) && (prefix.starts_with('.') || !name.starts_with('.'));
            let slash = if entry.path().is_dir() { "/" } else { "" };
            fits.then(|| format!("{folder}/{name}{slash}"))
        })
        .collect();
    found.sort();
    found
}
