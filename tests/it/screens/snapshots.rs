//! Whole screens, chosen to show the most. Accept changes with `INSTA_UPDATE=always`.

use klarert::text::{Language, Texts};

use super::{Size, draw, lines, views::views};

const DEFAULT: Size = (80, 24);
const SMALL: Size = (60, 20);

const SNAPSHOTS: [(&str, Language, Size); 22] = [
    ("profile_list", Language::English, DEFAULT),
    ("naming-refused", Language::English, DEFAULT),
    ("business-norwegian", Language::English, DEFAULT),
    ("services-norwegian", Language::English, DEFAULT),
    ("integration-norwegian", Language::English, DEFAULT),
    ("credentials-several", Language::English, DEFAULT),
    ("new-request", Language::English, DEFAULT),
    ("password-again", Language::English, DEFAULT),
    ("conflict", Language::English, DEFAULT),
    ("check-running", Language::English, DEFAULT),
    ("check-passed", Language::English, DEFAULT),
    ("check-details", Language::English, DEFAULT),
    ("business-foreign", Language::Bokmal, DEFAULT),
    ("customs-norwegian", Language::Bokmal, DEFAULT),
    ("credentials-key", Language::Bokmal, DEFAULT),
    ("help", Language::Bokmal, DEFAULT),
    ("check-scope-not-on-client", Language::Bokmal, DEFAULT),
    ("check-waiting", Language::Bokmal, DEFAULT),
    ("credentials-norwegian", Language::English, SMALL),
    ("check-scope-not-on-client", Language::English, SMALL),
    ("profile_list", Language::Bokmal, SMALL),
    ("services-foreign", Language::Bokmal, SMALL),
];

#[test]
fn chosen_screens_look_as_before() {
    let views = views();
    for (name, language, (width, height)) in SNAPSHOTS {
        let (_, model) = views.iter().find(|(view, _)| view == name).unwrap();
        let mut model = model.clone();
        model.language = language;
        let (buffer, _) = draw(&model, &Texts::new(language), (width, height));
        let snapshot = format!("{name}-{}-{width}x{height}", language.code());
        insta::assert_snapshot!(snapshot, lines(&buffer).join("\n"));
    }
}
