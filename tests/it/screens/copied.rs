//! Commands and values that the wizard shows and copies, to be pasted.

use klarert::{
    plain::{
        self,
        parse_line::{self, TypedLine},
    },
    profile::Kind,
    text::{Language, Texts},
    wizard::{self, Message, Row},
};

use super::views;

#[test]
fn commands_after_a_check_repeat_the_home() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        let mut model = views::ended("passed");
        model.folders.home_flag = Some("/srv/klarert".into());
        let onboarding = model.onboarding().unwrap();
        let next = wizard::what_next(&model, onboarding, &texts);
        let commands = next.iter().filter(|line| line.contains("`klarert "));
        assert_eq!(commands.clone().count(), 3);
        assert!(
            commands.clone().all(|line| line.contains(" --home /srv/klarert`")),
            "{next:?}"
        );

        let TypedLine::Print(printed) = parse_line::parse("c", &model, &texts) else {
            panic!("c prints the command");
        };
        wizard::update(&mut model, Message::CopyCommand);
        assert_eq!(model.copied.unwrap().text, printed);
        assert!(printed.ends_with(" --home /srv/klarert"), "{printed}");
    }
}

/// What is offered on the screen is what the copy key copies first.
#[test]
fn copy_key_begins_with_what_the_screen_offers() {
    let copied = |messages: &[Message]| {
        let mut model = views::at("customs", views::profile(Kind::Norwegian));
        let item = wizard::rows(&model, model.onboarding().unwrap())
            .iter()
            .position(|row| matches!(row, Row::Item(item) if item.letter.is_some()));
        wizard::update(&mut model, Message::Focus(item.unwrap()));
        for message in messages {
            wizard::update(&mut model, message.clone());
        }
        model.copied.unwrap().text
    };
    let letter = copied(&[Message::Copy]);
    assert!(letter.contains("digitoll@toll.no"), "{letter}");
    let scopes = copied(&[Message::Copy, Message::Copy]);
    assert!(scopes.starts_with("toll:"), "{scopes}");
    assert_eq!(
        copied(&[Message::Toggle, Message::Copy]),
        scopes,
        "a ticked item offers no letter"
    );
    let mail = [Message::Toggle, Message::OpenMail, Message::Copy];
    assert_eq!(copied(&mail), letter);
    let failed_mail = [
        Message::Toggle,
        Message::OpenMail,
        Message::OpenLinkFailed,
        Message::Copy,
    ];
    assert_eq!(copied(&failed_mail), letter);
}

#[test]
fn copy_key_copies_the_link_that_could_not_be_opened() {
    let mut model = views::at("digdir", views::profile(Kind::Norwegian));
    let rows = wizard::rows(&model, model.onboarding().unwrap());
    for (at, row) in rows.into_iter().enumerate() {
        let Row::Item(item) = row else { continue };
        let Some(link) = wizard::item_link(&model, item) else {
            continue;
        };
        for message in [
            Message::Focus(at),
            Message::OpenLink,
            Message::OpenLinkFailed,
            Message::Copy,
        ] {
            wizard::update(&mut model, message);
        }
        assert_eq!(model.copied.as_ref().unwrap().text, link);
        wizard::update(&mut model, Message::Dismiss);
    }
}

#[test]
fn identifier_of_a_foreign_business_is_not_called_a_number() {
    for (kind, number) in [(Kind::Norwegian, true), (Kind::Foreign, false)] {
        for language in Language::ALL {
            let texts = Texts::new(language);
            let name = texts.get("copyable-organisation");
            let mut model = views::at("customs", views::profile(kind));
            model.language = language;
            let page = plain::page(&model, &texts);
            let lines = page.lines_since(None).join("\n");
            assert_eq!(lines.contains(&name), number, "{lines}");
            wizard::update(&mut model, Message::Focus(1));
            wizard::update(&mut model, Message::Copy);
            let notice = model.notice.as_ref().unwrap().text(&texts);
            assert_eq!(notice.contains(&name), number, "{notice}");
        }
    }
}
