//! Every screen as a picture, in both languages and in two sizes; all of them in absurd sizes; and none of them steered
//! by words from outside. New pictures are accepted with `INSTA_UPDATE=always`.

use klarert::{
    certificate::evaluate,
    diagnosis::Received,
    journey::{Environment, Rules, journey},
    profile::{
        Authentication, CheckOutcome, HAS_NUMBER, Kind, LastCheck, PORTAL_LOGIN, Profile, file::error::StoreError,
        parse::ProfileName, progress,
    },
    report::{Event, Outcome, Stage},
    screen::{self, Link, Scene, keys, theme::Theme},
    text::{Language, Texts},
    wizard::{self, Check, Effect, Folders, GeneratedKey, Message, Model, Overlay},
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::Buffer,
    crossterm::event::{KeyCode, KeyEvent},
};
use time::{Duration, macros::date};
use unicode_width::UnicodeWidthStr;

use crate::support::stubs::{NOW, examined, report, result};

const SIZES: [(u16, u16); 2] = [(80, 24), (60, 20)];
const ABSURD: [(u16, u16); 8] = [
    (1, 1),
    (1, 100),
    (3, 3),
    (39, 11),
    (40, 12),
    (76, 12),
    (200, 5),
    (500, 200),
];

fn model() -> Model {
    let environments = vec![Environment::of(Rules::Test), Environment::of(Rules::Prod)];
    Model::new(Language::English, NOW, environments, Folders::default())
}

fn named(name: &str) -> ProfileName {
    ProfileName::parse(name).unwrap()
}

/// A profile with everything answered and nothing ticked.
fn profile(kind: Kind) -> Profile {
    let mut profile = Profile::new("test", NOW);
    profile.business.kind = Some(kind);
    profile.business.services = vec!["road".to_owned(), "entry".to_owned()];
    let (name, organisation, id) = match kind {
        Kind::Norwegian => ("Demo Spedisjon AS", "123456785", "7a0c5d1e-3f4b-4c2a-9d68-1b2c3d4e5f60"),
        Kind::Foreign => ("Demo Haulage GmbH", "VATDE-123456789", "demo-haulage"),
    };
    profile.business.name = Some(name.to_owned());
    profile.business.organisation = Some(organisation.to_owned());
    profile.client.id = Some(id.to_owned());
    profile.certificate.path = Some("/home/kari/acme.p12".into());
    profile.set_scopes(&[]);
    if kind == Kind::Norwegian {
        profile.progress.done.insert(HAS_NUMBER.to_owned(), NOW);
        profile.progress.done.insert(PORTAL_LOGIN.to_owned(), NOW);
    }
    profile
}

/// On a walk at that step; the certificate has been read where it was asked for.
fn at(step: &str, profile: Profile) -> Model {
    let mut model = model();
    let mut profile = profile;
    profile.progress.step = Some(step.to_owned());
    let found = match (profile.authentication(), profile.business.kind) {
        (Authentication::Key, _) => "key",
        _ if profile.certificate.pick.is_some() => "several",
        (_, Some(Kind::Foreign)) => "seal",
        _ => "authentication",
    };
    let effects = wizard::update(
        &mut model,
        Message::Loaded {
            name: named("acme"),
            outcome: Ok(Box::new(profile)),
            sandbox: None,
        },
    );
    for effect in effects {
        if let Effect::Read { attempt, expected, .. } = effect {
            let mut examined = Box::new(examined(found));
            if ["key", "several"].contains(&found) {
                examined.findings = evaluate(&examined.facts, &expected);
            }
            wizard::update(&mut model, Message::CertificateInspected { attempt, examined });
        }
    }
    model
}

/// On the check, with the certificate opened and the check started; and the number of that attempt.
fn checking(profile: Profile) -> (Model, u64) {
    let mut model = at("check", profile);
    let mut effects = wizard::update(&mut model, Message::Run);
    while let Some(effect) = effects.pop() {
        match effect {
            Effect::Read { attempt, .. } => {
                let examined = Box::new(examined("authentication"));
                effects.extend(wizard::update(
                    &mut model,
                    Message::CertificateInspected { attempt, examined },
                ));
            }
            Effect::Check { attempt, .. } => return (model, attempt),
            _ => {}
        }
    }
    panic!("the check did not start");
}

fn ended(how: &str) -> Model {
    let (mut model, attempt) = checking(profile(Kind::Norwegian));
    let report = Some(Box::new(report(how)));
    wizard::update(&mut model, Message::CheckEnded { attempt, report });
    model
}

fn shelf() -> Model {
    let mut model = model();
    let mut passed = profile(Kind::Norwegian);
    passed.last_check = Some(LastCheck {
        at: NOW,
        outcome: CheckOutcome::Passed,
        stopped_at: None,
        code: None,
        trace_id: None,
        of: None,
    });
    let mut failed = profile(Kind::Foreign);
    failed.updated = NOW - Duration::days(1);
    failed.certificate_ends = Some(NOW + Duration::days(12));
    failed.last_check = Some(LastCheck {
        at: NOW,
        outcome: CheckOutcome::Failed,
        stopped_at: Some("token".to_owned()),
        code: Some("MP-250".to_owned()),
        trace_id: None,
        of: None,
    });
    let newer = StoreError::NewerFormat {
        path: "/home/kari/.config/klarert/profiles/broken.toml".into(),
        found: 2,
    };
    let listed = vec![
        (named("acme"), Ok(passed)),
        (named("haulage"), Ok(failed)),
        (named("broken"), Err(newer)),
    ];
    wizard::update(&mut model, Message::Listed(listed));
    model
}

/// Every scene, by its name.
fn scenes() -> Vec<(String, Model)> {
    let mut scenes = vec![("profile_list".to_owned(), shelf())];
    let mut naming = model();
    wizard::update(&mut naming, Message::Listed(Vec::new()));
    scenes.push(("naming".to_owned(), naming.clone()));
    wizard::update(&mut naming, Message::Paste("Åse & Co".to_owned()));
    scenes.push(("naming-refused".to_owned(), naming));

    let mut first = model();
    wizard::begin(&mut first, named("acme"));
    scenes.push(("first".to_owned(), first));
    for kind in [Kind::Norwegian, Kind::Foreign] {
        for step in progress::visible_steps(&profile(kind)) {
            scenes.push((format!("{}-{}", step.id, kind.id()), at(&step.id, profile(kind))));
        }
    }
    let mut ticked = profile(Kind::Norwegian);
    for item in &journey().step("integration").unwrap().items {
        ticked.progress.done.insert(format!("integration.{}", item.id), NOW);
    }
    scenes.push(("integration-done".to_owned(), at("integration", ticked)));

    let mut help = at("customs", profile(Kind::Norwegian));
    wizard::update(&mut help, Message::Help);
    scenes.push(("help".to_owned(), help));
    let mut key = profile(Kind::Norwegian);
    key.client.authentication = Authentication::Key;
    key.client.kid = Some("acme-2025".to_owned());
    key.client.key_registered = Some(date!(2025 - 12 - 03));
    key.certificate.path = Some("/home/kari/acme-key.pem".into());
    scenes.push(("credentials-key".to_owned(), at("credentials", key)));
    let mut several = profile(Kind::Norwegian);
    several.certificate.pick = Some(2);
    scenes.push(("credentials-several".to_owned(), at("credentials", several)));
    for (name, again) in [("password", false), ("password-again", true)] {
        let mut password = at("credentials", profile(Kind::Norwegian));
        password.overlay = Some(Overlay::Password {
            then_check: false,
            again,
        });
        scenes.push((name.to_owned(), password));
    }
    let mut conflict = at("customs", profile(Kind::Norwegian));
    wizard::update(&mut conflict, Message::Toggle);
    let changed = StoreError::Changed {
        path: "/home/kari/.config/klarert/profiles/acme.toml".into(),
    };
    wizard::update(&mut conflict, Message::Saved(Err(changed)));
    scenes.push(("conflict".to_owned(), conflict));
    scenes.push(("made".to_owned(), made()));
    checks(&mut scenes);
    scenes
}

fn made() -> Model {
    let mut foreign = profile(Kind::Foreign);
    foreign.certificate.path = None;
    let mut model = at("credentials", foreign);
    let effects = wizard::update(&mut model, Message::Make);
    let Some(Effect::Make { attempt, plan, .. }) = effects.last() else {
        panic!("nothing is made: {effects:?}");
    };
    let made = GeneratedKey {
        plan: plan.clone(),
        key: "/home/kari/acme-key.pem".into(),
        public: "/home/kari/acme.csr".into(),
        text: "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n".to_owned(),
    };
    let outcome = Ok(Box::new(made));
    wizard::update(
        &mut model,
        Message::KeyGenerated {
            attempt: *attempt,
            outcome,
        },
    );
    model
}

fn checks(scenes: &mut Vec<(String, Model)>) {
    let (mut running, attempt) = checking(profile(Kind::Norwegian));
    for stage in [Stage::Profile, Stage::Certificate, Stage::Network] {
        wizard::update(
            &mut running,
            Message::Checking {
                attempt,
                event: Event::Started(stage),
            },
        );
        let event = Event::Finished(result(stage, Outcome::Passed));
        wizard::update(&mut running, Message::Checking { attempt, event });
    }
    let event = Event::Started(Stage::Clock);
    wizard::update(&mut running, Message::Checking { attempt, event });
    scenes.push(("check-running".to_owned(), running));
    scenes.push(("check-passed".to_owned(), ended("passed")));
    for id in ["scope-not-on-client", "certificate-unfit"] {
        scenes.push((format!("check-{id}"), ended(id)));
    }
    let (mut details, attempt) = checking(profile(Kind::Norwegian));
    let mut answered = report("scope-not-granted");
    let diagnosis = answered.diagnosis.as_mut().unwrap();
    diagnosis.trace_id = Some("35666614300000000000000000000000".to_owned());
    diagnosis.received = Some(Received {
        status: Some(403),
        error: Some("forbidden".to_owned()),
        error_description: Some("Consumer has not been granted access to the scope toll:movement/entry".to_owned()),
        error_uri: Some("https://test.maskinporten.no/errors/MP-250".to_owned()),
    });
    let report_with_answer = Some(Box::new(answered));
    wizard::update(
        &mut details,
        Message::CheckEnded {
            attempt,
            report: report_with_answer,
        },
    );
    wizard::update(&mut details, Message::Details);
    scenes.push(("check-details".to_owned(), details));
    let mut new = profile(Kind::Norwegian);
    new.progress.done.insert("integration.create".to_owned(), NOW);
    let (mut waiting, attempt) = checking(new);
    let report = Some(Box::new(report("client-unknown")));
    wizard::update(&mut waiting, Message::CheckEnded { attempt, report });
    wizard::update(&mut waiting, Message::Wait);
    wizard::update(&mut waiting, Message::Tick(NOW + Duration::seconds(30)));
    assert!(matches!(waiting.onboarding().unwrap().check, Check::Waiting { .. }));
    scenes.push(("check-waiting".to_owned(), waiting));
}

/// Draws a scene.
fn draw(model: &Model, texts: &Texts, size: (u16, u16)) -> (Buffer, Vec<Link>) {
    draw_in(&Theme::new(true, true), model, texts, size)
}

fn draw_in(theme: &Theme, model: &Model, texts: &Texts, (width, height): (u16, u16)) -> (Buffer, Vec<Link>) {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let scene = Scene {
        model,
        texts,
        theme,
        typed: 5,
    };
    let mut links = Vec::new();
    terminal.draw(|frame| links = screen::draw(frame, &scene)).unwrap();
    (terminal.backend().buffer().clone(), links)
}

/// The signs of a screen, without their colours.
fn picture(buffer: &Buffer) -> String {
    let mut lines = Vec::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let (mut line, mut x) = (String::new(), buffer.area.left());
        while x < buffer.area.right() {
            let sign = buffer[(x, y)].symbol();
            line.push_str(sign);
            // A wide sign stands in two cells.
            x += u16::try_from(sign.width()).unwrap().max(1);
        }
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n")
}

#[test]
fn every_screen_looks_as_it_did() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        for (name, mut model) in scenes() {
            model.language = language;
            for (width, height) in SIZES {
                let name = format!("{name}-{}-{width}x{height}", language.code());
                let (buffer, _) = draw(&model, &texts, (width, height));
                insta::assert_snapshot!(name, picture(&buffer));
            }
        }
    }
}

#[test]
fn no_size_is_too_absurd() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        for (_, mut model) in scenes() {
            model.language = language;
            for size in ABSURD {
                let (buffer, links) = draw(&model, &texts, size);
                for link in links {
                    assert!(
                        link.at.x < buffer.area.right() && link.at.y < buffer.area.bottom(),
                        "{link:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_terminal_without_signs_is_shown_letters_only() {
    let theme = Theme::new(false, false);
    for language in Language::ALL {
        let texts = Texts::new(language);
        for (name, mut model) in scenes() {
            model.language = language;
            let (buffer, _) = draw_in(&theme, &model, &texts, (80, 24));
            // The frame of what lies on top is drawn with lines that every terminal has had since the VT100.
            let shown = |c: char| c.is_ascii() || c.is_alphabetic() || ('\u{2500}'..'\u{2580}').contains(&c);
            let strange: String = picture(&buffer).chars().filter(|c| !shown(*c)).collect();
            assert_eq!(strange, "", "{name}");
        }
    }
}

#[test]
fn every_key_at_the_foot_means_something() {
    let texts = Texts::new(Language::English);
    for (name, model) in scenes() {
        let (buffer, _) = draw(&model, &texts, (120, 24));
        let picture = picture(&buffer);
        for offered in picture.lines().last().unwrap().trim().split("   ") {
            let code = match offered.split(' ').next().unwrap() {
                "enter" => KeyCode::Enter,
                "esc" => KeyCode::Esc,
                "space" => KeyCode::Char(' '),
                "tab" => KeyCode::Tab,
                "F1" => KeyCode::F(1),
                "F2" => KeyCode::F(2),
                "F3" => KeyCode::F(3),
                "←→" => KeyCode::Right,
                "↑↓" => KeyCode::Down,
                "1-9" => KeyCode::Char('1'),
                "ctrl-c" => continue,
                letter => {
                    assert_eq!(letter.chars().count(), 1, "{name}: {offered}");
                    KeyCode::Char(letter.chars().next().unwrap())
                }
            };
            // `app` keeps the keys of a password to itself.
            let means = keys::message(KeyEvent::from(code), &model).is_some() || screen::asks_password(&model);
            assert!(means, "{name}: {offered}");
        }
    }
}

/// A way to steer the terminal, to ring its bell, and to turn the direction of what follows.
const EVIL: &str = "a\u{1b}[2J\u{7}\u{9b}31m\u{202e}b\u{200b}\r\nc 漢字 e\u{301}";

fn evil_scenes() -> Vec<Model> {
    let mut evil = profile(Kind::Norwegian);
    evil.business.name = Some(EVIL.to_owned());
    evil.business.organisation = Some(EVIL.to_owned());
    evil.business.services.push(EVIL.to_owned());
    evil.client.id = Some(EVIL.to_owned());
    evil.client.consumer_org = Some(EVIL.to_owned());
    evil.client.scopes.push(EVIL.to_owned());
    evil.certificate.path = Some(format!("/home/{EVIL}/{EVIL}.p12").into());
    evil.last_check = Some(LastCheck {
        at: NOW,
        outcome: CheckOutcome::Failed,
        stopped_at: Some(EVIL.to_owned()),
        code: Some(EVIL.to_owned()),
        trace_id: None,
        of: None,
    });
    let mut unknown = evil.clone();
    unknown.environment = EVIL.to_owned();

    let mut list = model();
    let trouble = StoreError::Io {
        path: EVIL.into(),
        kind: std::io::ErrorKind::Other,
        message: EVIL.to_owned(),
    };
    let listed = vec![
        (named("evil"), Ok(evil.clone())),
        (named("broken"), Err(trouble.clone())),
    ];
    wizard::update(&mut list, Message::Listed(listed));
    let mut scenes = vec![list];
    for profile in [&evil, &unknown] {
        scenes.extend(
            progress::visible_steps(profile)
                .iter()
                .map(|step| at(&step.id, profile.clone())),
        );
    }

    // The certificate's words, the completions of a path, a save that failed.
    let mut files = at("credentials", evil.clone());
    let effects = wizard::update(&mut files, Message::Unlock);
    assert!(effects.is_empty());
    wizard::update(&mut files, Message::Saved(Err(trouble)));
    if let wizard::View::Onboarding(walk) = &mut files.place {
        walk.candidates = vec![EVIL.to_owned(), format!("{EVIL}2")];
        let mut found = examined("authentication");
        let chosen = found.facts.chosen.as_mut().unwrap();
        chosen.subject = EVIL.to_owned();
        chosen.organisation = None;
        chosen.issuer = EVIL.to_owned();
        walk.reading = wizard::Reading::Read(Box::new(found));
    }
    for focus in 0..wizard::rows(&files, files.onboarding().unwrap()).len() {
        let mut files = files.clone();
        if let wizard::View::Onboarding(walk) = &mut files.place {
            walk.focus = focus;
        }
        scenes.push(files);
    }
    files.overlay = Some(Overlay::Password {
        then_check: false,
        again: true,
    });
    scenes.push(files);

    // What a server says.
    let (mut answered, attempt) = checking(evil);
    let mut words = report("unknown");
    let diagnosis = words.diagnosis.as_mut().unwrap();
    diagnosis.trace_id = Some(EVIL.to_owned());
    diagnosis.received = Some(Received {
        status: Some(400),
        error: Some(EVIL.to_owned()),
        error_description: Some(EVIL.to_owned()),
        error_uri: Some(EVIL.to_owned()),
    });
    let report = Some(Box::new(words));
    wizard::update(&mut answered, Message::CheckEnded { attempt, report });
    wizard::update(&mut answered, Message::Details);
    scenes.push(answered.clone());
    let words = EVIL.to_owned();
    wizard::update(&mut answered, Message::Broke { attempt, words });
    scenes.push(answered);
    scenes
}

#[test]
fn words_from_outside_never_reach_a_cell_as_they_are() {
    let texts = Texts::new(Language::English);
    let steers =
        |c: char| c.is_control() || ('\u{200b}'..='\u{200f}').contains(&c) || ('\u{202a}'..='\u{202e}').contains(&c);
    for model in evil_scenes() {
        for size in [(80, 24), (60, 20), (200, 60), (3, 3)] {
            let (buffer, links) = draw(&model, &texts, size);
            for cell in &buffer.content {
                assert!(!cell.symbol().chars().any(steers), "{:?}", cell.symbol());
            }
            for link in links {
                assert!(!link.address.chars().any(steers), "{link:?}");
            }
        }
    }
}
