//! The refusals of the corpus, from a loopback server, through the check and in the wizard.

use klarert::{
    profile::Profile,
    report::Report,
    wizard::{self, Message, Row, rows},
};

use super::Fault;
use crate::{
    explain_corpus::{Refusal, refusals},
    screens::{self, views},
    support::{
        service::{EXCHANGE, ROAD, Reply, TOKEN},
        texts::ENGLISH,
    },
};

/// The path that a refusal is sent from; `None` for those of the portal, and of messages that the check does not send.
fn path_of(refusal: &Refusal) -> Option<&'static str> {
    match refusal.id.as_str() {
        "terms-not-signed" | "message-invalid" => None,
        id if id.starts_with("portal-") => None,
        "customs-refused" | "customs-not-authorised" => Some(EXCHANGE),
        "api-refused" => Some(ROAD),
        _ if refusal.body.contains("any scope accesses") => None,
        _ if refusal.body.contains("/api/access/") => Some(EXCHANGE),
        _ if refusal.body.contains("/api/movement/") => Some(ROAD),
        _ => Some(TOKEN),
    }
}

#[test]
fn every_refusal_gets_its_diagnosis_in_the_check_and_the_wizard() {
    let mut checked = 0;
    for refusal in refusals() {
        let Some(path) = path_of(&refusal) else { continue };
        let content_type = if refusal.body.starts_with('{') {
            "application/json"
        } else {
            "text/plain"
        };
        let reply = Reply::text(refusal.status.unwrap_or(400), content_type, &refusal.body);
        let fault = Fault::norwegian().profile(|profile| profile.environment = "test".to_owned());
        let profile = fault.profile.clone();
        let found = fault.replies(path, reply).check();
        let id = found.diagnosis().id.clone();
        let is_right = id == refusal.id || refusal.also.contains(&id);
        assert!(is_right && !refusal.must_not.contains(&id), "{}: {id}", refusal.body);
        assert_in_wizard(profile, &found.report);
        checked += 1;
    }
    assert!(checked > 80, "{checked}");
}

/// Asserts that the wizard shows the diagnosis, and that its key goes to the field or item that fixes it.
#[track_caller]
fn assert_in_wizard(profile: Profile, report: &Report) {
    let diagnosis = report.diagnosis.as_ref().unwrap();
    let (mut model, attempt) = views::checking(profile);
    let report = Some(Box::new(report.clone()));
    wizard::update(&mut model, Message::CheckEnded { attempt, report });
    let title = diagnosis.title(&ENGLISH);
    let screen = screens::lines(&screens::draw(&model, &ENGLISH, (160, 50)).0);
    assert!(screen.iter().any(|line| line.contains(&title)), "{title}: {screen:#?}");

    wizard::update(&mut model, Message::GoToFix);
    let onboarding = model.onboarding().unwrap();
    assert_eq!(onboarding.step, diagnosis.step);
    let Some(fix_at) = &diagnosis.fix_at else { return };
    let focused = match rows(&model, onboarding)[onboarding.focus] {
        Row::Choice(field) | Row::Text(field) => field.id().to_owned(),
        Row::Service(_) => "services".to_owned(),
        Row::Item(item) => item.key.clone(),
    };
    assert_eq!(focused, *fix_at, "{diagnosis:?}");
}
