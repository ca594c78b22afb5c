//! The footer's keys in narrow terminals, and the wording of those that depend on the state.

use klarert::{
    journey::StepKind,
    plain,
    profile::PortalClient,
    text::{Language, Texts},
    wizard::{self, Effect, Message, Model},
};

use super::{
    draw, lines,
    views::{self, views},
};

/// Returns the keys of the footer, each with its label.
fn keys(model: &Model, texts: &Texts, size: (u16, u16)) -> Vec<String> {
    let footer = lines(&draw(model, texts, size).0).pop().unwrap();
    footer.trim().split("  ").map(|key| key.trim().to_owned()).collect()
}

#[test]
fn keys_that_go_on_and_close_are_shown_at_every_size() {
    let dialogs = [
        ("copied".to_owned(), views::copied()),
        ("client-plan".to_owned(), views::client_plan(false)),
        ("client-plan-existing".to_owned(), views::client_plan(true)),
    ];
    for language in Language::ALL {
        let texts = Texts::new(language);
        for (name, mut model) in views().into_iter().chain(dialogs.clone()) {
            model.language = language;
            let go_on = |key: &&String| ["enter ", "esc "].iter().any(|name| key.starts_with(name));
            let wide = keys(&model, &texts, (200, 24));
            for size in [(40, 12), (50, 15), (60, 20), (80, 24)] {
                let narrow = keys(&model, &texts, size);
                for key in wide.iter().filter(go_on) {
                    assert!(narrow.contains(key), "{name}, {size:?}: {key} is not in {narrow:?}");
                }
                if size.0 >= 60 {
                    assert!(narrow.contains(&wide[0]), "{name}, {size:?}: {} is the first", wide[0]);
                }
            }
        }
    }
}

#[test]
fn dialogs_offer_to_scroll_only_if_there_is_more() {
    let texts = Texts::new(Language::English);
    let scroll = format!("↑↓ {}", texts.get("does-scroll"));
    let scrolls = |model: &Model, size| keys(model, &texts, size).contains(&scroll);
    assert!(!scrolls(&views::copied(), (60, 20)));
    assert!(!scrolls(&views::client_plan(false), (80, 24)));
    assert!(scrolls(&views::client_plan(false), (40, 12)));
    for (name, model) in views() {
        let is_check = model
            .onboarding()
            .is_some_and(|open| open.current_step().kind == StepKind::Check);
        if model.overlay.is_some() || is_check {
            assert!(!scrolls(&model, (200, 100)), "{name}");
        }
    }
}

/// Nothing is created if the client exists: no text of the dialog may use that term.
#[test]
fn existing_client_is_used_and_not_created() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        let create = texts.get("does-create").split(' ').next().unwrap().to_owned();
        for existing in [false, true] {
            let mut model = views::client_plan(existing);
            let mut shown = lines(&draw(&model, &texts, (80, 24)).0);
            // The view behind the dialog may speak of creating.
            shown.retain(|line| line.contains('│') || line.contains('┌'));
            shown.extend(keys(&model, &texts, (80, 24)));
            shown.push(plain::page(&model, &texts).prompt);
            let effects = wizard::update(&mut model, Message::Confirm);
            shown.push(model.notice.as_ref().unwrap().text(&texts));
            let Some(Effect::CreateClient { attempt, plan, .. }) = effects.last() else {
                panic!("no client is created: {effects:?}");
            };
            let client = plan.existing.clone().unwrap_or_else(|| PortalClient {
                id: "new".to_owned(),
                name: plan.name.clone(),
                description: plan.description.clone(),
                scopes: plan.scopes.clone(),
            });
            let created = Message::ClientCreated {
                attempt: *attempt,
                outcome: Ok(Box::new(client)),
            };
            wizard::update(&mut model, created);
            shown.push(model.notice.as_ref().unwrap().text(&texts));
            let mentions = shown
                .iter()
                .filter(|text| text.to_lowercase().contains(&create))
                .count();
            assert_eq!(mentions == 0, existing, "{shown:#?}");
        }
    }
}
