//! Text from files and servers, which must not control the terminal.

use klarert::{
    diagnosis::Received,
    profile::{CheckOutcome, Kind, LastCheck, file::error::StoreError, progress, summary::Summary},
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
const HOSTILE: &str = "a\u{1b}[2J\u{7}\u{9b}31m\u{202e}b\u{200b}\r\nc 漢字 e\u{301}";

/// Returns views that show the hostile text wherever it can come from.
fn hostile_views() -> Vec<Model> {
    let mut hostile = profile(Kind::Norwegian);
    hostile.business.name = Some(HOSTILE.to_owned());
    hostile.business.organisation = Some(HOSTILE.to_owned());
    hostile.business.services.push(HOSTILE.to_owned());
    hostile.client.id = Some(HOSTILE.to_owned());
    hostile.client.consumer_org = Some(HOSTILE.to_owned());
    hostile.client.scopes.push(HOSTILE.to_owned());
    hostile.certificate.path = Some(format!("/home/{HOSTILE}/{HOSTILE}.p12").into());
    hostile.last_check = Some(LastCheck {
        at: NOW,
        outcome: CheckOutcome::Failed,
        stopped_at: Some(HOSTILE.to_owned()),
        code: Some(HOSTILE.to_owned()),
        diagnosis: None,
        who: None,
        trace_id: None,
        of: None,
    });
    let mut unknown = hostile.clone();
    unknown.environment = HOSTILE.to_owned();

    let mut list = model();
    let trouble = StoreError::Io {
        path: HOSTILE.into(),
        kind: std::io::ErrorKind::Other,
        message: HOSTILE.to_owned(),
    };
    let listed = vec![
        (profile_name("hostile"), Ok(Box::new(Summary::of(&hostile)))),
        (profile_name("broken"), Err(trouble.clone())),
    ];
    wizard::update(&mut list, Message::Listed(listed));
    let mut views = vec![list];
    for profile in [&hostile, &unknown] {
        views.extend(progress::visible_steps(profile).map(|step| at(&step.id, profile.clone())));
    }

    // A certificate's text, the completions of a path, and an error of saving.
    let mut files = at("credentials", hostile.clone());
    let effects = wizard::update(&mut files, Message::AskPassword);
    assert!(effects.is_empty());
    wizard::update(&mut files, Message::Saved(Err(trouble)));
    if let wizard::View::Onboarding(onboarding) = &mut files.view {
        onboarding.candidates = vec![HOSTILE.to_owned(), format!("{HOSTILE}2")];
        let mut found = examined("authentication");
        let chosen = found.facts.chosen.as_mut().unwrap();
        chosen.subject = HOSTILE.to_owned();
        chosen.organisation = None;
        chosen.issuer = HOSTILE.to_owned();
        onboarding.inspection = wizard::Inspection::Finished(Box::new(found));
    }
    for focus in 0..wizard::rows(&files, files.onboarding().unwrap()).len() {
        let mut files = files.clone();
        if let wizard::View::Onboarding(onboarding) = &mut files.view {
            onboarding.focus = focus;
        }
        views.push(files);
    }
    files.overlay = Some(Overlay::Password {
        check_after: false,
        retry: true,
    });
    views.push(files);

    // A server's answer.
    let (mut answered, attempt) = checking(hostile);
    let mut words = report("unknown");
    let diagnosis = words.diagnosis.as_mut().unwrap();
    diagnosis.trace_id = Some(HOSTILE.to_owned());
    diagnosis.received = Some(Received {
        status: Some(400),
        error: Some(HOSTILE.to_owned()),
        error_description: Some(HOSTILE.to_owned()),
        error_uri: Some(HOSTILE.to_owned()),
    });
    let report = Some(Box::new(words));
    wizard::update(&mut answered, Message::CheckEnded { attempt, report });
    wizard::update(&mut answered, Message::ToggleDetails);
    views.push(answered.clone());
    let error = HOSTILE.to_owned();
    wizard::update(&mut answered, Message::WorkerFailed { attempt, error });
    views.push(answered);
    views
}

#[test]
fn control_characters_from_outside_reach_no_cell_and_no_link() {
    let texts = Texts::new(Language::English);
    let controls =
        |c: char| c.is_control() || ('\u{200b}'..='\u{200f}').contains(&c) || ('\u{202a}'..='\u{202e}').contains(&c);
    for model in hostile_views() {
        for size in [(80, 24), (60, 20), (200, 60), (3, 3)] {
            let (buffer, links) = draw(&model, &texts, size);
            for cell in &buffer.content {
                assert!(!cell.symbol().chars().any(controls), "{:?}", cell.symbol());
            }
            for link in links {
                assert!(!link.address.chars().any(controls), "{link:?}");
            }
        }
    }
}
