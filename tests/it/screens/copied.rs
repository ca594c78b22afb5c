//! Commands that the wizard shows to be pasted.

use klarert::{
    plain::parse_line::{self, TypedLine},
    text::{Language, Texts},
    wizard::{self, Message},
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
