//! Text from files and servers, which must not control the terminal.

use klarert::{
    diagnosis::Received,
    profile::{CheckOutcome, Kind, LastCheck, file::error::StoreError, progress},
    text::{Language, Texts},
    wizard::{self, Message, Model, Overlay},
};

use super::{
    draw,
    views::{at, checking, model, profile},
};
use crate::support::{
    home::profile_name,
    stubs::{NOW, examined, report},
};

/// Clears the screen, rings the bell, and reverses the direction of the text after it.
const EVIL: &str = "a\u{1b}[2J\u{7}\u{9b}31m\u{202e}b\u{200b}\r\nc 漢字 e\u{301}";

fn hostile_views() -> Vec<Model> {
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
        (profile_name("evil"), Ok(evil.clone())),
        (profile_name("broken"), Err(trouble.clone())),
    ];
    wizard::update(&mut list, Message::Listed(listed));
    let mut views = vec![list];
    for profile in [&evil, &unknown] {
        views.extend(
            progress::visible_steps(profile)
                .iter()
                .map(|step| at(&step.id, profile.clone())),
        );
    }

    // The certificate's words, the completions of a path, a save that failed.
    let mut files = at("credentials", evil.clone());
    let effects = wizard::update(&mut files, Message::AskPassword);
    assert!(effects.is_empty());
    wizard::update(&mut files, Message::Saved(Err(trouble)));
    if let wizard::View::Onboarding(walk) = &mut files.view {
        walk.candidates = vec![EVIL.to_owned(), format!("{EVIL}2")];
        let mut found = examined("authentication");
        let chosen = found.facts.chosen.as_mut().unwrap();
        chosen.subject = EVIL.to_owned();
        chosen.organisation = None;
        chosen.issuer = EVIL.to_owned();
        walk.inspection = wizard::Inspection::Finished(Box::new(found));
    }
    for focus in 0..wizard::rows(&files, files.onboarding().unwrap()).len() {
        let mut files = files.clone();
        if let wizard::View::Onboarding(walk) = &mut files.view {
            walk.focus = focus;
        }
        views.push(files);
    }
    files.overlay = Some(Overlay::Password {
        check_after: false,
        retry: true,
    });
    views.push(files);

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
    wizard::update(&mut answered, Message::ToggleDetails);
    views.push(answered.clone());
    let error = EVIL.to_owned();
    wizard::update(&mut answered, Message::WorkerFailed { attempt, error });
    views.push(answered);
    views
}

#[test]
fn control_characters_from_outside_reach_no_cell_and_no_link() {
    let texts = Texts::new(Language::English);
    let steers =
        |c: char| c.is_control() || ('\u{200b}'..='\u{200f}').contains(&c) || ('\u{202a}'..='\u{202e}').contains(&c);
    for model in hostile_views() {
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
