//! Whole conversations, each held in both languages and kept as a snapshot in one of them. Accept changes with
//! `INSTA_UPDATE=always`.

use klarert::{
    journey::{Environment, Rules},
    plain::{
        self, Page,
        parse_line::{self, TypedLine},
    },
    profile::{Profile, file::error::StoreError, parse::ProfileName},
    report::Event,
    text::{Language, Texts},
    wizard::{self, Check, Effect, Folders, GeneratedKey, Message, Model},
};

use crate::support::stubs::{NOW, examined, report};

/// A conversation: every line of it, and what it came to.
pub struct Talk {
    pub model: Model,
    texts: Texts,
    page: Option<Page>,
    transcript: String,
    profiles: Vec<(ProfileName, Result<Profile, StoreError>)>,
    /// How the check will end.
    ends: &'static str,
}

impl Talk {
    /// A new onboarding, with its first question asked.
    pub fn begin(language: Language, ends: &'static str) -> Talk {
        let environments = vec![Environment::of(Rules::Test), Environment::of(Rules::Prod)];
        let folders = Folders {
            working: "/home/kari".into(),
            home: None,
        };
        let mut talk = Talk {
            model: Model::new(language, NOW, environments, folders),
            texts: Texts::new(language),
            page: None,
            transcript: String::new(),
            profiles: Vec::new(),
            ends,
        };
        talk.tell(Message::NewProfile);
        talk.show();
        talk
    }

    /// Types lines, one after another.
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

    /// What the world outside would have answered.
    pub fn tell(&mut self, message: Message) {
        for effect in wizard::update(&mut self.model, message) {
            match effect {
                Effect::ListProfiles => self.tell(Message::Listed(self.profiles.clone())),
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
    "1 5",
    "",
    "",
    "1-4",
    "",
    "1-3",
    "",
    "1-9",
];

#[test]
fn a_norwegian_business_is_led_to_a_refusal_and_to_what_mends_it() {
    for language in Language::ALL {
        let mut talk = Talk::begin(language, "scope-not-on-client");
        talk.types(&NORWEGIAN);
        talk.types(&["", "7a0c5d1e-3f4b", "", "acme.p12", "", "", "", "d", "g"]);
        assert_eq!(talk.model.onboarding().unwrap().step, "integration");
        if language == Language::English {
            insta::assert_snapshot!("norwegian-en", talk.transcript);
        }
    }
}

#[test]
fn a_foreign_business_reaches_the_end() {
    for language in Language::ALL {
        let mut talk = Talk::begin(language, "passed");
        talk.types(&["acme", "2", "", "Demo Haulage GmbH", "VATDE-123456789", "1", "", ""]);
        talk.types(&["1-4", "", "demo-haulage", "seal.p12", "", "", "?"]);
        if language == Language::Bokmal {
            insta::assert_snapshot!("foreign-nb", talk.transcript);
        }
        assert!(matches!(talk.model.onboarding().unwrap().check, Check::Ended(_)));
    }
}

#[test]
fn a_new_key_is_read_out_with_what_to_do_with_it() {
    for language in Language::ALL {
        let mut talk = Talk::begin(language, "passed");
        talk.types(&NORWEGIAN);
        talk.types(&["", "id", "2", ":m", "", "today"]);
        let made = &talk.model.onboarding().unwrap().generated_key.as_ref().unwrap().text;
        assert!(talk.transcript.contains(made), "{}", talk.transcript);
        if language == Language::English {
            insta::assert_snapshot!("new-key-en", talk.transcript.split_once("kid").unwrap().1);
        }
    }
}

#[test]
fn saved_profiles_are_chosen_by_their_numbers() {
    for language in Language::ALL {
        let mut talk = Talk::begin(language, "passed");
        let newer = StoreError::NewerFormat {
            path: "/home/kari/profiles/broken.toml".into(),
            found: 2,
        };
        let mut older = Profile::new("prod", NOW);
        older.business.name = Some("Demo \u{1b}[2JAS".to_owned());
        talk.profiles = vec![
            (ProfileName::parse("broken").unwrap(), Err(newer)),
            (ProfileName::parse("acme").unwrap(), Ok(older)),
        ];
        talk.types(&[":b", "2", "4", "b", "n"]);
        assert!(
            !talk.transcript.contains('\u{1b}'),
            "nothing from outside steers the terminal"
        );
        if language == Language::Bokmal {
            insta::assert_snapshot!("profile_list-nb", talk.transcript);
        }
    }
}

#[test]
fn what_is_refused_is_said_each_time_and_the_answer_before_it_stays() {
    let mut talk = Talk::begin(Language::English, "passed");
    talk.types(&["acme", "1", "1", "1", "Demo AS", "123456785", "b", "", "", "", ""]);
    let rule = "Warning: Nine digits; the last one does not match: 123456784.";
    talk.types(&["123456784", "123456784"]);
    assert_eq!(talk.transcript.matches(rule).count(), 2, "{}", talk.transcript);
    let organisation = |talk: &Talk| talk.model.onboarding().unwrap().profile.business.organisation.clone();
    assert_eq!(organisation(&talk).as_deref(), Some("123456785"));
    talk.types(&[""]);
    assert_eq!(talk.model.onboarding().unwrap().step, "services");

    talk.types(&["b", "next", "next", "next", ":next", ":clear"]);
    assert_eq!(organisation(&talk), None);
    assert_eq!(talk.model.onboarding().unwrap().step, "business", "it is needed first");
}

#[test]
fn what_was_read_out_is_not_read_out_again() {
    let mut talk = Talk::begin(Language::English, "passed");
    talk.types(&["acme", "1", "1", "1", "Demo AS", "123456785"]);
    let before = talk.transcript.len();
    talk.types(&["1"]);
    let after = talk.transcript[before..].lines().collect::<Vec<_>>();
    assert_eq!(
        after.len(),
        2,
        "the line that was typed, and the service that was ticked: {after:?}"
    );
    assert!(after[1].starts_with("1  [x] Road"), "{after:?}");

    talk.types(&["l"]);
    assert_eq!(talk.model.language, Language::Bokmal);
}
