//! Journeys as data: `tests/journeys/*.toml` has starting answers, keys, and the expected state. Keys go through
//! `screen::keys` and messages through `wizard::update`. Effects are answered here, or kept open until the journey
//! gives their result.

use std::{
    collections::BTreeMap,
    fs,
    path::{MAIN_SEPARATOR_STR, Path},
};

use klarert::{
    certificate::{Finding, FindingId, Severity},
    diagnosis,
    journey::{Environment, Rules},
    profile::{
        Authentication, ClientPlan, HAS_NUMBER, Kind, PORTAL_LOGIN, PortalClient, Profile, administration,
        file::error::StoreError, parse::ProfileName, progress, summary::Summary,
    },
    screen::key_bindings,
    text::Language,
    wizard::{
        self, Check, Effect, Folders, GeneratedKey, KeyPlan, Message, Model, NoticeText, Overlay, Row, SaveMode, View,
    },
};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use serde::Deserialize;
use time::Duration;

use crate::support::stubs::{NOW, examined, report};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Journey {
    /// The purpose, for the reader.
    #[serde(rename = "about")]
    _about: String,
    #[serde(default)]
    start: Start,
    #[serde(rename = "act")]
    acts: Vec<Act>,
}

/// The profile at the start. Without a step it is a new one, called acme.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Start {
    /// Starts at the list of profiles, with these in it.
    profiles: Option<Vec<String>>,
    step: Option<String>,
    kind: Option<Kind>,
    environment: Option<String>,
    name: Option<String>,
    organisation: Option<String>,
    services: Vec<String>,
    client_id: Option<String>,
    authentication: Authentication,
    certificate: Option<String>,
    done: Vec<String>,
    /// An administration client of the same business is known, in the environment `test`.
    administration: bool,
}

/// An action or event, and the state expected after it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Act {
    /// Keys by name; a single character stands for itself.
    #[serde(default)]
    keys: Vec<String>,
    /// Typed key by key, before `keys`.
    #[serde(default)]
    typed: String,
    paste: Option<String>,
    /// The password has been typed in `app`.
    #[serde(default)]
    password: bool,
    /// The result of the newest reading of the certificate; `late_read` is that of the oldest.
    read: Option<String>,
    late_read: Option<String>,
    /// The outcome of the newest check: `passed`, `cancelled` or a diagnosis; `late_check` is that of the oldest.
    check: Option<String>,
    late_check: Option<String>,
    /// The candidates for completing a path.
    completed: Option<Vec<String>>,
    /// The key has been created in this folder.
    made: Option<String>,
    /// The finding about the administration client's certificate that stopped the plan of the client.
    administration: Option<String>,
    /// The API has granted these scopes, of the profile's.
    granted: Option<Vec<String>>,
    /// The API has created the client with this id; empty if it refused.
    created: Option<String>,
    /// Minutes pass.
    minutes: Option<i64>,
    /// From now on the file is changed by another program, the disk is full, or saving works.
    saving: Option<Saving>,
    /// From now on a profile takes long to load.
    slow: Option<bool>,
    /// The profile that was asked for first is there.
    #[serde(default)]
    loaded: bool,
    /// From now on the files that paths name exist, or do not.
    files_exist: Option<bool>,
    /// The answers that the other program wrote.
    theirs: Option<Start>,
    #[serde(default)]
    expect: Expect,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Saving {
    Works,
    /// Another program has changed the answers, and none were given here.
    Kept,
    Changed,
    /// Another program has removed the file.
    Gone,
    Full,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Expect {
    /// `profile-list`, `naming` or the step's id.
    step: Option<String>,
    /// The list of steps.
    steps: Option<Vec<String>>,
    /// The row with the focus: a field, a service or an item by its id.
    focus: Option<String>,
    /// The text of the field with the focus.
    field: Option<String>,
    /// The id of the field's error; empty if there is none.
    refusal: Option<String>,
    /// Whether the field with the focus is being edited.
    editing: Option<bool>,
    notice: Option<String>,
    overlay: Option<String>,
    /// `idle`, `running`, `ended`, `waiting`.
    check: Option<String>,
    language: Option<Language>,
    unsaved: Option<bool>,
    /// Whether the summary after leaving names answers that were not saved.
    lost: Option<bool>,
    /// The name of the open profile.
    profile: Option<String>,
    /// The fields whose text is lost on leaving, with the text.
    dropped: Option<Vec<String>>,
    /// All effects, in order.
    effects: Option<Vec<String>>,
    /// Some of the profile's answers; empty if there is none.
    answers: BTreeMap<String, toml::Value>,
}

/// Runs the wizard and answers its effects.
struct Runner {
    model: Model,
    saving: Saving,
    files_exist: bool,
    on_disk: Option<Profile>,
    profiles: Vec<String>,
    reads: Vec<u64>,
    checks: Vec<u64>,
    completions: Vec<String>,
    loads: Vec<(u64, ProfileName)>,
    slow: bool,
    makes: Vec<(u64, KeyPlan)>,
    plans: Vec<u64>,
    creations: Vec<(u64, ClientPlan)>,
    effects: Vec<String>,
}

impl Runner {
    fn new(start: &Start) -> Runner {
        let folders = Folders {
            working: "/here".into(),
            home: Some("/home/kari".into()),
            keys: "/home/kari/keys".into(),
            ..Folders::default()
        };
        let environments = vec![Environment::of(Rules::Test), Environment::of(Rules::Prod)];
        let mut runner = Runner {
            model: Model::new(Language::English, NOW, environments, folders),
            saving: Saving::Works,
            files_exist: true,
            on_disk: None,
            profiles: start.profiles.clone().unwrap_or_default(),
            reads: Vec::new(),
            checks: Vec::new(),
            completions: Vec::new(),
            loads: Vec::new(),
            slow: false,
            makes: Vec::new(),
            plans: Vec::new(),
            creations: Vec::new(),
            effects: Vec::new(),
        };
        if start.administration {
            let mut admin = administration::new("test", NOW);
            admin.business.organisation = Some("123456785".to_owned());
            let name = ProfileName::parse("admin").unwrap();
            runner.model.administrations.push((name, admin));
        }
        let acme = ProfileName::parse("acme").unwrap();
        if start.profiles.is_some() {
            runner.carry_out(vec![Effect::ListProfiles]);
        } else if start.step.is_some() {
            runner.on_disk = Some(profile(start));
            let effects = wizard::load(&mut runner.model, acme);
            runner.carry_out(effects);
        } else {
            let effects = wizard::start_onboarding(&mut runner.model, acme);
            runner.carry_out(effects);
        }
        runner
    }

    fn tell(&mut self, message: Message) {
        let effects = wizard::update(&mut self.model, message);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.effects.push(name_of(&effect));
            if let Some(answer) = self.answer(effect) {
                self.tell(answer);
            }
        }
    }

    fn answer(&mut self, effect: Effect) -> Option<Message> {
        match effect {
            Effect::ListProfiles => {
                let named = |name: &String| {
                    (
                        ProfileName::parse(name).unwrap(),
                        Ok(Box::new(Summary::of(&Profile::new("test", NOW)))),
                    )
                };
                Some(Message::Listed(self.profiles.iter().map(named).collect()))
            }
            Effect::LoadProfile { attempt, name } if self.saving == Saving::Gone => Some(Message::Loaded {
                attempt,
                outcome: Err(StoreError::NotFound { name: name.to_string() }),
                name,
                sandbox: None,
            }),
            Effect::LoadProfile { attempt, name } if self.slow => {
                self.loads.push((attempt, name));
                None
            }
            Effect::LoadProfile { attempt, name } => Some(self.loaded(attempt, name)),
            Effect::SaveProfile { profile, .. } if self.saving == Saving::Kept => {
                self.saving = Saving::Works;
                let mut theirs = self.on_disk.clone().expect("the other program has given answers");
                theirs.progress.step = profile.progress.step;
                self.on_disk = Some(theirs.clone());
                Some(Message::AnswersReread(Box::new(theirs)))
            }
            Effect::SaveProfile { profile, mode, .. } => {
                let path = || "/home/kari/acme.toml".into();
                let outcome = match self.saving {
                    Saving::Gone if mode != SaveMode::Overwrite => Err(StoreError::NotFound {
                        name: "acme".to_owned(),
                    }),
                    Saving::Changed if mode == SaveMode::Create => Err(StoreError::Exists { name: "acme".into() }),
                    Saving::Changed if mode != SaveMode::Overwrite => Err(StoreError::Changed { path: path() }),
                    Saving::Full => Err(StoreError::Io {
                        path: path(),
                        kind: std::io::ErrorKind::StorageFull,
                        message: String::new(),
                    }),
                    Saving::Works | Saving::Changed | Saving::Gone | Saving::Kept => {
                        self.saving = Saving::Works;
                        self.on_disk = Some(*profile);
                        Ok(())
                    }
                };
                Some(Message::Saved(outcome))
            }
            Effect::InspectCertificate { attempt, .. } => {
                self.reads.push(attempt);
                None
            }
            Effect::RunCheck { attempt, .. } => {
                self.checks.push(attempt);
                None
            }
            Effect::FindFile { attempt, .. } => {
                let found = self.files_exist;
                Some(Message::FileFound { attempt, found })
            }
            Effect::CompletePath { typed } => {
                self.completions.push(typed);
                None
            }
            Effect::GenerateKey { attempt, plan, .. } => {
                self.makes.push((attempt, plan));
                None
            }
            Effect::PlanClient { attempt, .. } => {
                self.plans.push(attempt);
                None
            }
            Effect::CreateClient { attempt, plan, .. } => {
                self.creations.push((attempt, *plan));
                None
            }
            Effect::FindPublicKey { attempt, key, plan } => Some(Message::PublicKeyFound {
                attempt,
                found: Some(Box::new(GeneratedKey {
                    plan,
                    public: key.with_extension("jwk"),
                    key,
                    text: "what is public".to_owned(),
                })),
            }),
            Effect::LoadAdministrations(_)
            | Effect::NoteScopes { .. }
            | Effect::CancelCheck(_)
            | Effect::OpenLink(_)
            | Effect::Copy(_)
            | Effect::SaveLanguage(_)
            | Effect::ForgetPassword
            | Effect::Quit => None,
        }
    }

    fn loaded(&self, attempt: u64, name: ProfileName) -> Message {
        let saved = self.on_disk.clone();
        Message::Loaded {
            attempt,
            name,
            outcome: Ok(Box::new(saved.unwrap_or_else(|| Profile::new("test", NOW)))),
            sandbox: None,
        }
    }

    fn press(&mut self, key: KeyEvent) {
        if let Some(message) = key_bindings::message(key, &self.model) {
            self.tell(message);
        }
    }

    fn act(&mut self, act: &Act) {
        self.effects.clear();
        if let Some(saving) = act.saving {
            self.saving = saving;
        }
        if let Some(slow) = act.slow {
            self.slow = slow;
        }
        if let Some(exist) = act.files_exist {
            self.files_exist = exist;
        }
        if let Some(theirs) = &act.theirs {
            self.on_disk = Some(profile(theirs));
        }
        for c in act.typed.chars() {
            self.press(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        }
        if let Some(text) = &act.paste {
            self.tell(Message::Paste(text.clone()));
        }
        for name in &act.keys {
            self.press(key(name));
        }
        if act.loaded {
            let (attempt, name) = self.loads.remove(0);
            self.tell(self.loaded(attempt, name));
        }
        if act.password {
            self.tell(Message::PasswordTyped);
        }
        for (found, attempt) in [
            (&act.read, self.reads.last().copied()),
            (&act.late_read, self.reads.first().copied()),
        ] {
            if let Some(found) = found {
                self.tell(Message::CertificateInspected {
                    attempt: attempt.expect("no reading is open"),
                    inspected: Box::new(examined(found)),
                });
            }
        }
        for (ended, attempt) in [
            (&act.check, self.checks.last().copied()),
            (&act.late_check, self.checks.first().copied()),
        ] {
            if let Some(ended) = ended {
                self.tell(Message::CheckEnded {
                    attempt: attempt.expect("no check is open"),
                    report: (ended != "cancelled").then(|| Box::new(report(ended))),
                });
            }
        }
        if let Some(candidates) = &act.completed {
            let typed = self.completions.pop().expect("no completion is open");
            self.tell(Message::PathCompleted {
                typed,
                candidates: candidates.clone(),
            });
        }
        if let Some(folder) = &act.made {
            let (attempt, plan) = self.makes.last().cloned().expect("no key is being created");
            let made = GeneratedKey {
                plan,
                key: Path::new(folder).join("acme-key.pem"),
                public: Path::new(folder).join("acme.public"),
                text: "what is public".to_owned(),
            };
            self.tell(Message::KeyGenerated {
                attempt,
                outcome: Ok(Box::new(made)),
            });
        }
        if let Some(id) = &act.administration {
            let finding = FindingId::ALL.into_iter().find(|finding| finding.id() == id).unwrap();
            let mut diagnosis = diagnosis::parse_pasted("certificate-unreadable");
            diagnosis.findings = vec![Finding::new(finding, Severity::Stops)];
            let attempt = *self.plans.last().expect("no plan is open");
            let outcome = Err(Box::new(diagnosis));
            self.tell(Message::ClientPlanned { attempt, outcome });
        }
        if let Some(granted) = &act.granted {
            let scopes = &self.model.onboarding().unwrap().profile.client.scopes;
            let plan = ClientPlan {
                marker: "klarert-1".to_owned(),
                name: "Acme AS Digitoll".to_owned(),
                description: "Acme [klarert-1]".to_owned(),
                scopes: granted.clone(),
                not_granted: scopes
                    .iter()
                    .filter(|scope| !granted.contains(scope))
                    .cloned()
                    .collect(),
                existing: None,
            };
            let attempt = *self.plans.last().expect("no plan is open");
            let outcome = Ok(Box::new(plan));
            self.tell(Message::ClientPlanned { attempt, outcome });
        }
        if let Some(id) = &act.created {
            let (attempt, plan) = self.creations.last().cloned().expect("no client is being created");
            let client = PortalClient {
                id: id.clone(),
                name: plan.name,
                description: plan.description,
                scopes: plan.scopes,
            };
            let outcome = match id.as_str() {
                "" => Err(Box::new(diagnosis::parse_pasted("terms-not-signed"))),
                _ => Ok(Box::new(client)),
            };
            self.tell(Message::ClientCreated { attempt, outcome });
        }
        if let Some(minutes) = act.minutes {
            let now = self.model.now + Duration::minutes(minutes);
            self.tell(Message::Tick(now));
        }
    }

    /// Returns the row with the focus, and its text if it is a field.
    fn focus(&self) -> (String, Option<&wizard::FieldInput>) {
        let Some(onboarding) = self.model.onboarding() else {
            return (String::new(), None);
        };
        match wizard::rows(&self.model, onboarding).get(onboarding.focus) {
            Some(Row::Choice(field) | Row::Text(field)) => (field.id().to_owned(), onboarding.inputs.get(field)),
            Some(Row::Service(service)) => (service.id.clone(), None),
            Some(Row::Item(item)) => (item.id.clone(), None),
            None => (String::new(), None),
        }
    }

    /// Asserts the expected state.
    fn verify(&self, expect: &Expect, at: &str) {
        let model = &self.model;
        let (focus, entry) = self.focus();
        let (step, field, refusal) = match &model.view {
            View::ProfileList(_) => ("profile-list".to_owned(), String::new(), None),
            View::NewProfile(naming) => (
                "naming".to_owned(),
                naming.input.value().to_owned(),
                naming.error.clone(),
            ),
            View::Onboarding(onboarding) => (
                onboarding.step.clone(),
                entry.map(|entry| entry.input.value().to_owned()).unwrap_or_default(),
                entry.and_then(|entry| entry.error.clone()),
            ),
        };
        let notice = match model.notice.as_ref().map(|notice| &notice.content) {
            Some(NoticeText::Text(id, _)) => (*id).to_owned(),
            Some(NoticeText::Store(_)) => "store".to_owned(),
            Some(NoticeText::Removed { .. }) => "removed".to_owned(),
            None => String::new(),
        };
        let overlay = match model.overlay {
            None => "",
            Some(Overlay::Help) => "help",
            Some(Overlay::Password { retry: false, .. }) => "password",
            Some(Overlay::Password { retry: true, .. }) => "password-again",
            Some(Overlay::AdministrationPassword { retry: false }) => "administration-password",
            Some(Overlay::AdministrationPassword { retry: true }) => "administration-password-again",
            Some(Overlay::Conflict) => "conflict",
            Some(Overlay::KeyPlan) => "key-plan",
            Some(Overlay::ClientPlan) => "client-plan",
            Some(Overlay::GeneratedKey) => "made",
            Some(Overlay::Copied) => "copied",
        };
        let check = match model.onboarding().map(|onboarding| &onboarding.check) {
            None | Some(Check::Idle) => "idle",
            Some(Check::Running { .. }) => "running",
            Some(Check::Ended(_)) => "ended",
            Some(Check::Waiting { .. }) => "waiting",
        };
        let same = |what: &str, expected: &Option<String>, seen: &str| {
            if let Some(expected) = expected {
                assert_eq!(seen, expected, "{at}: {what}");
            }
        };
        same("step", &expect.step, &step);
        same("focus", &expect.focus, &focus);
        same("field", &expect.field, &field);
        same(
            "refusal",
            &expect.refusal,
            refusal.map(|refusal| refusal.id).unwrap_or_default(),
        );
        same("notice", &expect.notice, &notice);
        same("overlay", &expect.overlay, overlay);
        same("check", &expect.check, check);
        if let Some(language) = expect.language {
            assert_eq!(model.language, language, "{at}: language");
        }
        if let Some(editing) = expect.editing {
            assert_eq!(model.is_editing(), editing, "{at}: editing");
        }
        if let Some(unsaved) = expect.unsaved {
            assert_eq!(
                model
                    .onboarding()
                    .is_some_and(|onboarding| onboarding.unsaved.is_some()),
                unsaved,
                "{at}: unsaved"
            );
        }
        if let Some(lost) = expect.lost {
            let summary = model.exit_summary.as_ref();
            let seen = summary.map(|summary| summary.unsaved.is_some());
            assert_eq!(seen, Some(lost), "{at}: lost");
        }
        let open = model.onboarding().map(|onboarding| onboarding.name.to_string());
        same("profile", &expect.profile, &open.unwrap_or_default());
        if let Some(dropped) = &expect.dropped {
            let exit_summary = model
                .exit_summary
                .as_ref()
                .unwrap_or_else(|| panic!("{at}: the wizard has not ended"));
            let seen: Vec<_> = exit_summary
                .discarded
                .iter()
                .map(|discarded| {
                    let text = discarded.text.as_deref().unwrap_or("path");
                    format!("{} {text}", discarded.field.id())
                })
                .collect();
            assert_eq!(&seen, dropped, "{at}: dropped");
        }
        if let Some(effects) = &expect.effects {
            assert_eq!(&self.effects, effects, "{at}: effects");
        }
        if let Some(onboarding) = model.onboarding() {
            if let Some(steps) = &expect.steps {
                let seen: Vec<_> = progress::visible_steps(&onboarding.profile)
                    .map(|step| &step.id)
                    .collect();
                assert_eq!(seen, steps.iter().collect::<Vec<_>>(), "{at}: steps");
            }
            let answers = answers(&onboarding.profile);
            for (name, expected) in &expect.answers {
                assert_eq!(answers.get(name), Some(expected), "{at}: {name}");
            }
        } else {
            assert!(
                expect.answers.is_empty() && expect.steps.is_none(),
                "{at}: no onboarding is open"
            );
        }
    }
}

fn profile(start: &Start) -> Profile {
    let mut profile = Profile::new(start.environment.as_deref().unwrap_or("test"), NOW);
    profile.business.kind = start.kind;
    profile.business.name = start.name.clone();
    profile.business.organisation = start.organisation.clone();
    profile.business.services = start.services.clone();
    profile.set_scopes(&[]);
    profile.client.id = start.client_id.clone();
    profile.client.authentication = start.authentication;
    profile.certificate.path = start.certificate.as_ref().map(Into::into);
    profile.progress.step = start.step.clone();
    profile.progress.done = start.done.iter().map(|key| (key.clone(), NOW)).collect();
    profile
}

fn answers(profile: &Profile) -> toml::Table {
    let text = |value: &Option<String>| toml::Value::from(value.clone().unwrap_or_default());
    let path = profile.certificate.path.as_ref().map(|path| with_slashes(path));
    let done: Vec<String> = profile
        .progress
        .done
        .keys()
        .filter(|key| *key != HAS_NUMBER && *key != PORTAL_LOGIN)
        .cloned()
        .collect();
    let last = profile.last_check.as_ref().map(|last| match &last.code {
        Some(code) => code.clone(),
        None if profile.changed_since_check() => "passed, answers changed since".to_owned(),
        None => "passed".to_owned(),
    });
    toml::Table::from_iter([
        ("environment".to_owned(), profile.environment.clone().into()),
        ("kind".to_owned(), profile.business.kind.map_or("", Kind::id).into()),
        ("name".to_owned(), text(&profile.business.name)),
        ("organisation".to_owned(), text(&profile.business.organisation)),
        ("services".to_owned(), profile.business.services.clone().into()),
        ("scopes".to_owned(), profile.client.scopes.clone().into()),
        ("client_id".to_owned(), text(&profile.client.id)),
        ("kid".to_owned(), text(&profile.client.kid)),
        ("consumer_org".to_owned(), text(&profile.client.consumer_org)),
        ("authentication".to_owned(), profile.client.authentication.id().into()),
        ("certificate".to_owned(), text(&path)),
        ("done".to_owned(), done.into()),
        ("last_check".to_owned(), text(&last)),
    ])
}

/// Returns a path as the journeys have it on every system.
fn with_slashes(path: &Path) -> String {
    path.to_string_lossy().replace(MAIN_SEPARATOR_STR, "/")
}

fn name_of(effect: &Effect) -> String {
    match effect {
        Effect::ListProfiles => "list".to_owned(),
        Effect::LoadAdministrations(_) => "load administrations".to_owned(),
        Effect::LoadProfile { name, .. } => format!("load {name}"),
        Effect::SaveProfile {
            mode: SaveMode::Create, ..
        } => "create".to_owned(),
        Effect::SaveProfile {
            mode: SaveMode::Update, ..
        } => "save".to_owned(),
        Effect::SaveProfile {
            mode: SaveMode::Overwrite,
            ..
        } => "overwrite".to_owned(),
        Effect::InspectCertificate {
            with_password: false, ..
        } => "read".to_owned(),
        Effect::InspectCertificate {
            with_password: true, ..
        } => "read with password".to_owned(),
        Effect::FindFile { path, .. } => format!("find {}", with_slashes(path)),
        Effect::SaveLanguage(language) => format!("language {}", language.code()),
        Effect::CompletePath { typed } => format!("complete {}", with_slashes(Path::new(typed))),
        Effect::RunCheck { .. } => "check".to_owned(),
        Effect::CancelCheck(_) => "cancel".to_owned(),
        Effect::OpenLink(link) => format!("open {link}"),
        Effect::Copy(text) => format!("copy {text}"),
        Effect::GenerateKey { .. } => "make".to_owned(),
        Effect::FindPublicKey { key, .. } => format!("find public key of {}", with_slashes(key)),
        Effect::NoteScopes { scopes, .. } => format!("note {}", scopes.join(" ")),
        Effect::PlanClient { with_password, .. } => match with_password {
            true => "plan client with password".to_owned(),
            false => "plan client".to_owned(),
        },
        Effect::CreateClient { .. } => "create client".to_owned(),
        Effect::ForgetPassword => "forget password".to_owned(),
        Effect::Quit => "quit".to_owned(),
    }
}

fn key(name: &str) -> KeyEvent {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return plain(KeyCode::Char(c));
    }
    if let Some(letter) = name.strip_prefix("ctrl-") {
        return KeyEvent::new(KeyCode::Char(letter.chars().next().unwrap()), KeyModifiers::CONTROL);
    }
    plain(match name {
        "enter" => KeyCode::Enter,
        "esc" => KeyCode::Esc,
        "space" => KeyCode::Char(' '),
        "tab" => KeyCode::Tab,
        "up" => KeyCode::Up,
        "down" => KeyCode::Down,
        "left" => KeyCode::Left,
        "right" => KeyCode::Right,
        "backspace" => KeyCode::Backspace,
        "F1" => KeyCode::F(1),
        "F2" => KeyCode::F(2),
        "F3" => KeyCode::F(3),
        other => panic!("no key is called {other}"),
    })
}

#[test]
fn every_journey_has_the_expected_states() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journeys");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let journey: Journey =
            toml::from_str(&fs::read_to_string(&file).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut runner = Runner::new(&journey.start);
        for (number, act) in journey.acts.iter().enumerate() {
            runner.act(act);
            runner.verify(&act.expect, &format!("{name}, act {}", number + 1));
        }
    }
}
