//! Whole conversations, each held in both languages and kept as a snapshot in one of them. Accept changes with
//! `INSTA_UPDATE=always`.

use klarert::{
    journey::{Environment, Rules},
    plain::{
        self, Page,
        parse_line::{self, TypedLine},
    },
    profile::{Profile, file::error::StoreError, parse::ProfileName, summary::Summary},
    report::Event,
    text::{Args, Language, Texts},
    wizard::{self, Check, Effect, Folders, GeneratedKey, Message, Model},
};

use crate::support::{
    stubs::{NOW, examined, report},
    texts::{english, english_with},
};

/// A conversation: its lines, and the model.
pub struct Conversation {
    pub model: Model,
    texts: Texts,
    page: Option<Page>,
    transcript: String,
    profiles: Vec<(ProfileName, Result<Box<Summary>, StoreError>)>,
    /// The outcome of the check: `passed` or a diagnosis.
    ends: &'static str,
}

impl Conversation {
    /// Starts a new onboarding, up to its first question.
    pub fn begin(language: Language, ends: &'static str) -> Conversation {
        let environments = vec![Environment::of(Rules::Test), Environment::of(Rules::Prod)];
        let folders = Folders {
            working: "/home/kari".into(),
            home: None,
            ..Folders::default()
        };
        let mut conversation = Conversation {
            model: Model::new(language, NOW, environments, folders),
            texts: Texts::new(language),
            page: None,
            transcript: String::new(),
            profiles: Vec::new(),
            ends,
        };
        conversation.tell(Message::NewProfile);
        conversation.show();
        conversation
    }

    /// Types lines, one after the other.
    pub fn types(&mut self, lines: &[&str]) {
        for line in lines {
            let prompt = &self.page.as_ref().unwrap().prompt;
            self.transcript.push_str(&format!("{prompt}: {line}\n"));
            match self.means(line) {
                TypedLine::Tell(messages) => {
                    self.page.as_mut().unwrap().clear_refusal();
                    messages.into_iter().for_each(|message| self.tell(message));
                }
                TypedLine::Refused(id, args) => self.say(&self.texts.with(id, &args)),
                TypedLine::Explain => {
                    plain::explanation(&self.model, &self.texts)
                        .into_iter()
                        .for_each(|line| self.say(&line));
                    self.page = None;
                }
                TypedLine::Print(text) => self.say(&text),
                TypedLine::CommandOrAnswer(typed) => {
                    self.say(
                        &self
                            .texts
                            .with("plain-command-or-answer", &Args::new().with("typed", typed)),
                    );
                }
                TypedLine::Help => plain::help(&self.model, &self.texts)
                    .into_iter()
                    .for_each(|line| self.say(&line)),
                TypedLine::Open(_, address) => self.say(&address),
                TypedLine::Again => self.page = None,
            }
            self.show();
        }
    }

    pub fn means(&self, line: &str) -> TypedLine {
        parse_line::parse(line, &self.model, &self.texts)
    }

    /// Returns the transcript with the paths of Unix, as the snapshots have them.
    fn with_unix_paths(&self) -> String {
        match cfg!(windows) {
            true => self
                .transcript
                .replace(r"C:\Users\Kari\", "~/")
                .replace(r"/home/kari\", "/home/kari/"),
            false => self.transcript.clone(),
        }
    }

    fn say(&mut self, line: &str) {
        self.transcript.push_str(line);
        self.transcript.push('\n');
    }

    fn show(&mut self) {
        if let Some(notice) = self.model.notice.take() {
            self.say(&plain::notice(&notice, &self.texts));
        }
        let page = plain::page(&self.model, &self.texts);
        let new: Vec<String> = page
            .lines_since(self.page.as_ref())
            .into_iter()
            .map(str::to_owned)
            .collect();
        new.iter().for_each(|line| self.say(line));
        self.page = Some(page);
    }

    /// Sends a message, and answers the effects of it.
    pub fn tell(&mut self, message: Message) {
        for effect in wizard::update(&mut self.model, message) {
            match effect {
                Effect::ListProfiles => self.tell(Message::Listed(self.profiles.clone())),
                Effect::FindFile { attempt, .. } => self.tell(Message::FileFound { attempt, found: true }),
                Effect::SaveProfile { .. } => self.tell(Message::Saved(Ok(()))),
                Effect::InspectCertificate { attempt, files, .. } => {
                    let seal = files.path.is_some_and(|path| path.ends_with("seal.p12"));
                    let inspected = Box::new(examined(if seal { "seal" } else { "authentication" }));
                    self.tell(Message::CertificateInspected { attempt, inspected });
                }
                Effect::GenerateKey { attempt, plan, .. } => {
                    let made = GeneratedKey {
                        plan,
                        key: "/home/kari/keys/acme-key.pem".into(),
                        public: "/home/kari/keys/acme-key.jwk".into(),
                        text: "{\n  \"kty\": \"RSA\"\n}".to_owned(),
                    };
                    let outcome = Ok(Box::new(made));
                    self.tell(Message::KeyGenerated { attempt, outcome });
                    let made = self.model.onboarding().unwrap().generated_key.clone().unwrap();
                    plain::made(&made, &self.texts)
                        .into_iter()
                        .for_each(|line| self.say(&line));
                    self.tell(Message::Dismiss);
                }
                Effect::RunCheck { attempt, .. } => {
                    let report = report(self.ends);
                    for stage in report.stages.clone() {
                        let event = Event::Finished(stage);
                        self.tell(Message::CheckProgress { attempt, event });
                        self.show();
                    }
                    let report = Some(Box::new(report));
                    self.tell(Message::CheckEnded { attempt, report });
                }
                _ => {}
            }
        }
    }
}

const NORWEGIAN: [&str; 14] = [
    "acme",
    "1",
    "1",
    "1",
    "Demo Spedisjon AS",
    "123456785",
    "1 6",
    "",
    "",
    "1-4",
    "",
    "1-3",
    "",
    "1-9",
];

#[test]
fn a_refused_check_of_a_norwegian_business_leads_to_the_step_to_fix() {
    for language in Language::ALL {
        let mut conversation = Conversation::begin(language, "scope-not-on-client");
        conversation.types(&NORWEGIAN);
        conversation.types(&["", "7a0c5d1e-3f4b", "", "acme.p12", "", "", "", "d", "g"]);
        assert_eq!(conversation.model.onboarding().unwrap().step, "integration");
        if language == Language::English {
            insta::assert_snapshot!("norwegian-en", conversation.with_unix_paths());
        }
    }
}

#[test]
fn a_foreign_business_passes_the_check() {
    for language in Language::ALL {
        let mut conversation = Conversation::begin(language, "passed");
        conversation.types(&["acme", "2", "", "Demo Haulage GmbH", "VATDE-123456789", "1", "", ""]);
        conversation.types(&["1-4", "", "demo-haulage", "seal.p12", "", "", "?"]);
        if language == Language::Bokmal {
            insta::assert_snapshot!("foreign-nb", conversation.with_unix_paths());
        }
        assert!(matches!(
            conversation.model.onboarding().unwrap().check,
            Check::Ended(_)
        ));
    }
}

#[test]
fn a_new_key_is_printed_with_instructions() {
    for language in Language::ALL {
        let mut conversation = Conversation::begin(language, "passed");
        conversation.types(&NORWEGIAN);
        conversation.types(&["", "id", "2", ":m", "y", "", "today"]);
        let made = &conversation
            .model
            .onboarding()
            .unwrap()
            .generated_key
            .as_ref()
            .unwrap()
            .text;
        assert!(conversation.transcript.contains(made), "{}", conversation.transcript);
        if language == Language::English {
            insta::assert_snapshot!("new-key-en", conversation.transcript.split_once("kid").unwrap().1);
        }
    }
}

#[test]
fn saved_profiles_are_chosen_by_number() {
    for language in Language::ALL {
        let mut conversation = Conversation::begin(language, "passed");
        let newer = StoreError::NewerFormat {
            path: "/home/kari/profiles/broken.toml".into(),
            found: 2,
        };
        let mut older = Profile::new("prod", NOW);
        older.business.name = Some("Demo \u{1b}[2JAS".to_owned());
        conversation.profiles = vec![
            (ProfileName::parse("broken").unwrap(), Err(newer)),
            (ProfileName::parse("acme").unwrap(), Ok(Box::new(Summary::of(&older)))),
        ];
        conversation.types(&[":b", "2", "4", "b", "n"]);
        assert!(
            !conversation.transcript.contains('\u{1b}'),
            "text from a file does not control the terminal"
        );
        if language == Language::Bokmal {
            insta::assert_snapshot!("profile_list-nb", conversation.transcript);
        }
    }
}

#[test]
fn an_invalid_answer_is_refused_each_time_and_the_last_valid_one_is_kept() {
    let mut conversation = Conversation::begin(Language::English, "passed");
    conversation.types(&["acme", "1", "1", "1", "Demo AS", "123456785", "b", "", "", "", ""]);
    let rule = english_with("refused-number-check", &[("written", "123456784")]);
    let warning = english_with("plain-refused", &[("text", &rule)]);
    conversation.types(&["123456784", "123456784"]);
    assert_eq!(
        conversation.transcript.matches(&warning).count(),
        2,
        "{}",
        conversation.transcript
    );
    let organisation = |conversation: &Conversation| {
        conversation
            .model
            .onboarding()
            .unwrap()
            .profile
            .business
            .organisation
            .clone()
    };
    assert_eq!(organisation(&conversation).as_deref(), Some("123456785"));
    conversation.types(&[""]);
    assert_eq!(conversation.model.onboarding().unwrap().step, "services");

    // An error is gone with its text.
    conversation.types(&["go 1", "next", "next", "next", ":next", "123456784"]);
    let refused = |conversation: &Conversation| conversation.transcript.matches(&warning).count();
    assert_eq!(refused(&conversation), 3);
    conversation.types(&[":b", ":next"]);
    assert_eq!(refused(&conversation), 3);
    conversation.types(&[":go 2"]);

    conversation.types(&["b", "next", "next", "next", ":next", ":clear"]);
    assert_eq!(organisation(&conversation), None);
    assert_eq!(
        conversation.model.onboarding().unwrap().step,
        "business",
        "a needed answer is missing"
    );
}

#[test]
fn lines_already_printed_are_not_printed_again() {
    let mut conversation = Conversation::begin(Language::English, "passed");
    conversation.types(&["acme", "1", "1", "1", "Demo AS", "123456785"]);
    let before = conversation.transcript.len();
    conversation.types(&["1"]);
    let after = conversation.transcript[before..].lines().collect::<Vec<_>>();
    assert_eq!(after.len(), 2, "the typed line and the ticked service: {after:?}");
    assert!(
        after[1].starts_with(&format!("1  {}, {}", english("service-road"), english("plain-ticked"))),
        "{after:?}"
    );

    conversation.types(&["l"]);
    assert_eq!(conversation.model.language, Language::Bokmal);
}
