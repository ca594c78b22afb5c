//! The values that the sandbox suggests in the wizard.

use klarert::{
    app::sandbox_info,
    journey::{FieldId, SANDBOX},
    plain,
    profile::{Kind, Profile},
    screen::key_bindings,
    text::{Language, Texts},
    wizard::{self, Folders, Message, Model},
};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::client::shared;
use crate::screens::{draw, lines};
use crate::support::{
    home::profile_name,
    stubs::{NOW, load},
};

/// Opens a foreign business's profile at the name that the sandbox suggests.
fn at_suggestion() -> Model {
    let mut model = Model::new(Language::English, NOW, Vec::new(), Folders::default());
    model.with_sandbox(sandbox_info(shared()), true);
    let mut profile = Profile::new(SANDBOX, NOW);
    profile.business.kind = Some(Kind::Foreign);
    profile.progress.step = Some("credentials".to_owned());
    load(&mut model, profile_name("acme"), profile);
    assert_eq!(text(&model), "demo-haulage");
    model
}

fn text(model: &Model) -> &str {
    model.onboarding().unwrap().text(FieldId::IssuerName)
}

fn press(model: &mut Model, keys: &[KeyCode]) {
    for code in keys {
        if let Some(message) = key_bindings::message(KeyEvent::new(*code, KeyModifiers::NONE), model) {
            wizard::update(model, message);
        }
    }
}

#[test]
fn digits_on_a_suggestion_go_to_steps() {
    let mut model = at_suggestion();
    press(&mut model, &[KeyCode::Char('2')]);
    assert_eq!(model.onboarding().unwrap().step, "services");
    press(&mut model, &[KeyCode::Char('4')]);
    assert_eq!(text(&model), "demo-haulage");
    press(&mut model, &[KeyCode::Enter]);
    let onboarding = model.onboarding().unwrap();
    assert_eq!(onboarding.profile.client.id.as_deref(), Some("demo-haulage"));
}

#[test]
fn suggestion_is_changed_after_backspace_and_replaced_by_a_paste() {
    let mut model = at_suggestion();
    press(
        &mut model,
        &[KeyCode::Backspace, KeyCode::Backspace, KeyCode::Char('2')],
    );
    assert_eq!(text(&model), "demo-haulag2");
    press(&mut model, &[KeyCode::Esc]);
    assert_eq!(text(&model), "demo-haulage");

    let mut model = at_suggestion();
    wizard::update(&mut model, Message::Paste("przewozy-2".to_owned()));
    assert_eq!(text(&model), "przewozy-2");
    press(&mut model, &[KeyCode::Char('x'), KeyCode::Enter]);
    let onboarding = model.onboarding().unwrap();
    assert_eq!(onboarding.profile.client.id.as_deref(), Some("przewozy-2x"));
}

#[test]
fn suggestion_is_marked_until_it_is_taken() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        let marks = |model: &Model| {
            let screen = lines(&draw(model, &texts, (80, 24)).0);
            let mark = texts.get("field-suggested");
            let marked = screen.iter().filter(|line| line.contains(&mark)).count();
            let others = screen.iter().filter(|line| line.contains("demo-haulage")).count();
            assert_eq!(others, 1, "{screen:#?}");
            marked
        };
        let prompt = |model: &Model| plain::page(model, &texts).prompt;
        let mut model = at_suggestion();
        assert_eq!(marks(&model), 2, "the name and the certificate");
        let suggested = prompt(&model);
        press(&mut model, &[KeyCode::Down]);
        assert_eq!(marks(&model), 2, "without the focus");
        press(&mut model, &[KeyCode::Up, KeyCode::Enter]);
        assert_eq!(marks(&model), 1);
        wizard::update(&mut model, Message::Focus(0));
        assert_ne!(prompt(&model), suggested, "what is kept is not what is taken");
    }
}
