//! The footer's keys in narrow terminals, and the wording of those that depend on the state.

use klarert::{
    journey::StepKind,
    text::{Language, Texts},
    wizard::Model,
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
