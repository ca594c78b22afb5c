//! Properties of every view, in both languages and at every size.

use std::collections::BTreeSet;

use klarert::{
    journey::{FieldId, StepKind},
    profile::{Kind, progress, summary::Summary},
    report::Outcome,
    screen::{self, key_bindings, theme::Theme},
    text::{Args, Language, Texts},
    wizard::{self, Check, Effect, Message, Model, Overlay, Row, View},
};
use ratatui::{
    buffer::Buffer,
    crossterm::event::{KeyCode, KeyEvent, KeyModifiers},
};

use super::{
    Size, draw, draw_in, line, lines,
    views::{self, views},
};
use crate::support::home::profile_name;

const SIZES: [Size; 4] = [(50, 15), (60, 20), (80, 24), (200, 50)];
/// Large enough to show each view whole.
const WHOLE: Size = (110, 100);
/// The sizes at which all of a view can be read. In a smaller one each row is seen, but not all of a long row.
const READABLE: [Size; 3] = [(60, 20), (80, 24), (200, 50)];
/// Sizes that no layout is made for.
const EXTREME: [Size; 8] = [
    (1, 1),
    (1, 100),
    (3, 3),
    (39, 11),
    (40, 12),
    (76, 12),
    (200, 5),
    (300, 100),
];

/// Views, rows and keys that do nothing because of what the screen says: a file that cannot be read, a refused name.
const EXCUSED: [(&str, usize, &str); 1] = [("naming-refused,", 0, "enter")];

/// Runs a test on every view in every language.
fn for_each_view(test: impl Fn(&str, &Model, &Texts)) {
    for language in Language::ALL {
        let texts = Texts::new(language);
        for (name, mut model) in views() {
            model.language = language;
            test(&format!("{name}, {}", language.code()), &model, &texts);
        }
    }
}

/// More than the lines of the longest text. Only a frame limits how far a text is scrolled.
const MAX_POSITIONS: usize = 61;

/// Returns what a key leads to; `None` if it means nothing.
fn press(model: &Model, key: KeyEvent) -> Option<(Model, Vec<Effect>)> {
    let mut after = model.clone();
    let effects = wizard::update(&mut after, key_bindings::message(key, model)?);
    Some((after, effects))
}

fn focus(model: &Model) -> usize {
    match &model.view {
        _ if model.overlay.is_some() => model.scroll,
        View::ProfileList(list) => list.focus,
        View::NewProfile(_) => 0,
        View::Onboarding(onboarding) if onboarding.current_step().kind == StepKind::Check => model.scroll,
        View::Onboarding(onboarding) => onboarding.focus,
    }
}

/// Returns how many rows can have the focus; `None` if the arrow keys scroll instead.
fn row_count(model: &Model) -> Option<usize> {
    match &model.view {
        _ if model.overlay.is_some() => None,
        View::ProfileList(list) => Some(list.profiles.as_ref().map_or(0, Vec::len) + 1),
        View::NewProfile(_) => Some(1),
        View::Onboarding(onboarding) => match onboarding.current_step().kind {
            StepKind::Check => None,
            StepKind::Form | StepKind::Checklist => Some(wizard::rows(model, onboarding).len()),
        },
    }
}

/// Returns the view at each position that the arrow keys reach.
fn positions(view: &Model) -> Vec<Model> {
    let moved = |model: &Model, code: KeyCode| {
        let (after, _) = press(model, code.into())?;
        (focus(&after) != focus(model)).then_some(after)
    };
    let mut model = view.clone();
    // As after a frame.
    model.scroll = model.scroll.min(MAX_POSITIONS);
    while let Some(above) = moved(&model, KeyCode::Up) {
        model = above;
    }
    let mut positions = vec![model];
    while positions.len() < MAX_POSITIONS
        && let Some(below) = moved(positions.last().unwrap(), KeyCode::Down)
    {
        positions.push(below);
    }
    positions
}

/// Returns the lines of the window on top, if there is one, or else of the header and the body beside the step list.
fn content(buffer: &Buffer, model: &Model) -> Vec<String> {
    let area = buffer.area;
    if model.overlay.is_some() {
        let corner = |symbol: &str| {
            let at = buffer.content.iter().position(|cell| cell.symbol() == symbol).unwrap();
            buffer.pos_of(at)
        };
        let ((left, top), (right, bottom)) = (corner("┌"), corner("┘"));
        return (top..bottom).map(|y| line(buffer, left..right, y)).collect();
    }
    let beside = model.onboarding().is_some() && area.width >= 76;
    let above = model.onboarding().is_some() && area.width < 76;
    (0..area.height - 1)
        .filter(|y| !above || *y != 2)
        .map(|y| {
            line(
                buffer,
                if beside && (2..12).contains(&y) { 24 } else { 0 }..area.width,
                y,
            )
        })
        .collect()
}

/// Returns a text without spaces and line breaks, so that a word is found that is broken over two lines.
fn squeezed(lines: &[String]) -> String {
    lines
        .iter()
        .flat_map(|line| line.chars())
        .filter(|c| !c.is_whitespace() && !"│─▲▼".contains(*c))
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_whitespace() || "│─┌┐".contains(c))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(str::to_owned)
}

/// Returns the words that a small screen leaves out by design: the introduction, the details of stages that passed, the
/// names of those that were skipped, and the text of a request that is in its file.
fn dispensable(model: &Model, texts: &Texts) -> BTreeSet<String> {
    let Some(onboarding) = model.onboarding() else {
        return BTreeSet::new();
    };
    let mut left_out = texts.get(&format!("step-{}.intro", onboarding.current_step().id));
    if let Check::Ended(report) | Check::Waiting { report, .. } = &onboarding.check {
        for stage in &report.stages {
            match stage.outcome {
                Outcome::Passed => left_out += &format!(" {}", stage.summary(texts)),
                Outcome::Skipped => left_out += &format!(" {}", texts.get(&format!("stage-name-{}", stage.stage.id()))),
                Outcome::Warned | Outcome::Failed => {}
            }
        }
    }
    if let (Some(Overlay::GeneratedKey), Some(made)) = (model.overlay, &onboarding.generated_key) {
        left_out += &format!(" {}", made.text);
    }
    words(&left_out).collect()
}

#[test]
fn every_row_is_reached_with_the_arrow_keys_and_is_in_sight() {
    for_each_view(|name, view, texts| {
        let Some(count) = row_count(view) else {
            return;
        };
        let positions = positions(view);
        assert_eq!(positions.len(), count, "{name}");
        for model in positions.iter().filter(|model| model.overlay.is_none()) {
            for size in SIZES {
                let content = content(&draw(model, texts, size).0, model);
                let marked = content.iter().filter(|line| line.trim_start().starts_with("▸ "));
                assert_eq!(marked.count(), 1, "{name}, {size:?}: {content:#?}");
            }
        }
    });
}

/// Compares with a screen on which everything has room, so that it notices what is cut as well as what is left out.
#[test]
fn every_word_can_be_brought_into_sight() {
    for_each_view(|name, view, texts| {
        // A report and a dialog scroll line by line, and at least nine lines of them are seen.
        let step = if row_count(view).is_some() { 1 } else { 8 };
        let positions: Vec<Model> = positions(view).into_iter().step_by(step).collect();
        let seen = |size| {
            let drawn = |model| content(&draw(model, texts, size).0, model);
            positions.iter().map(drawn).collect::<Vec<_>>()
        };
        let mut expected: BTreeSet<String> = seen(WHOLE).iter().flatten().flat_map(|line| words(line)).collect();
        for word in dispensable(view, texts) {
            expected.remove(&word);
        }
        for size in READABLE {
            let screens: Vec<String> = seen(size).iter().map(|lines| squeezed(lines)).collect();
            let is_missing = |word: &&String| !screens.iter().any(|screen| screen.contains(*word));
            let missing: Vec<_> = expected.iter().filter(is_missing).collect();
            assert!(missing.is_empty(), "{name}, {size:?}: {missing:?}");
        }
    });
}

#[test]
fn end_of_a_long_text_is_reached() {
    let mut model = views::copied();
    let lines_of_text: Vec<String> = (0..200).map(|number| format!("line {number}")).collect();
    model.copied.as_mut().unwrap().text = lines_of_text.join("\n");
    for _ in 0..200 {
        (model, _) = press(&model, KeyCode::Down.into()).unwrap();
    }
    let drawn = lines(&draw(&model, &Texts::new(Language::English), (60, 20)).0);
    assert!(drawn.iter().any(|line| line.contains("line 199")), "{drawn:?}");
}

/// Presses the key in front of a footer's label, or one of those that it stands for.
fn does_something(model: &Model, offered: &str, texts: &Texts) -> bool {
    let mut model = model.clone();
    // Any key clears a notice.
    model.notice = None;
    let before = format!("{model:?}");
    let changes = |key: KeyEvent| {
        press(&model, key).is_some_and(|(after, effects)| !effects.is_empty() || format!("{after:?}") != before)
    };
    let name = offered.split(' ').next().unwrap();
    if name == "ctrl-c" {
        return changes(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
    }
    let codes = match name {
        "enter" => vec![KeyCode::Enter],
        "esc" => vec![KeyCode::Esc],
        "tab" => vec![KeyCode::Tab],
        "del" => vec![KeyCode::Delete],
        "F1" => vec![KeyCode::F(1)],
        "F2" => vec![KeyCode::F(2)],
        "F3" => vec![KeyCode::F(3)],
        "←→" => vec![KeyCode::Left, KeyCode::Right],
        "↑↓" => vec![KeyCode::Up, KeyCode::Down],
        "1-9" => ('1'..='9').map(KeyCode::Char).collect(),
        space if space == texts.get("key-space") => vec![KeyCode::Char(' ')],
        letter => {
            assert_eq!(letter.chars().count(), 1, "no key has the name of {offered}");
            letter.chars().map(KeyCode::Char).collect()
        }
    };
    // The keys of a password go to `app`, so that the model never has it.
    screen::asks_password(&model) || codes.into_iter().any(|code| changes(code.into()))
}

#[test]
fn every_key_in_the_footer_does_something() {
    for_each_view(|name, view, texts| {
        let mut positions = positions(view);
        if row_count(view).is_none() {
            // A scrolled report or dialog has the same keys.
            positions.truncate(1);
        }
        for model in positions {
            let footer = lines(&draw(&model, texts, (200, 12)).0).pop().unwrap();
            let narrow = lines(&draw(&model, texts, (60, 20)).0).pop().unwrap();
            let first = |footer: &str| footer.trim().split("  ").next().unwrap().to_owned();
            assert_eq!(first(&narrow), first(&footer), "{name}: the most useful key fits");
            for offered in footer.trim().split("   ") {
                let excused = EXCUSED.iter().any(|(view, position, key)| {
                    name.starts_with(view) && focus(&model) == *position && offered.starts_with(key)
                });
                assert!(
                    excused || does_something(&model, offered, texts),
                    "{name}, row {}: {offered}",
                    focus(&model)
                );
            }
        }
    });
}

#[test]
fn notice_about_removed_answers_ends_with_the_key_that_puts_them_back() {
    for kind in [Kind::Norwegian, Kind::Foreign] {
        let mut answered = views::profile(kind);
        for step in progress::visible_steps(&answered.clone()) {
            for item in &step.items {
                answered.progress.done.insert(item.key.clone(), answered.created);
            }
        }
        let mut model = views::at("business", answered);
        let environment = wizard::rows(&model, model.onboarding().unwrap())
            .iter()
            .position(|row| *row == Row::Choice(FieldId::Environment));
        wizard::update(&mut model, Message::Focus(environment.unwrap()));
        wizard::update(&mut model, Message::NextOption);
        for language in Language::ALL {
            let texts = Texts::new(language);
            let text = texts.with("notice-removed", &Args::new().with("removed", "…"));
            let last = text.trim_end_matches('.').rsplit(". ").next().unwrap().to_owned();
            for size in [(40, 12), (50, 15), (60, 20), (80, 24), (200, 50)] {
                let screen = lines(&draw(&model, &texts, size).0);
                assert!(
                    squeezed(&screen).contains(&squeezed(std::slice::from_ref(&last))),
                    "{screen:#?}"
                );
            }
        }
    }
}

#[test]
fn cut_notice_ends_with_an_ellipsis() {
    let mut model = views::at("business", views::profile(Kind::Norwegian));
    let error = "words ".repeat(80);
    wizard::update(&mut model, Message::WorkerFailed { attempt: 0, error });
    let screen = lines(&draw(&model, &Texts::new(Language::English), (60, 20)).0);
    assert!(screen[screen.len() - 2].ends_with('…'), "{screen:#?}");
}

#[test]
fn extreme_sizes_are_drawn_and_links_stay_inside() {
    for_each_view(|name, model, texts| {
        for size in EXTREME {
            let (buffer, links) = draw(model, texts, size);
            for link in links {
                assert!(buffer.area.contains(link.at), "{name}, {size:?}: {link:?}");
            }
        }
    });
}

#[test]
fn environment_is_shown_beside_the_longest_name() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        for environment in ["test", "prod"] {
            let mut profile = views::profile(Kind::Norwegian);
            profile.environment = environment.to_owned();
            let model = views::named(&"a".repeat(64), "business", profile);
            let name = wizard::environment_name(&texts, environment);
            for size in SIZES {
                let header = lines(&draw(&model, &texts, size).0).remove(0);
                assert!(header.contains(&*name), "{size:?}: {header}");
            }
        }
    }
}

#[test]
fn a_terminal_without_symbols_shows_letters_only() {
    let theme = Theme::new(false, false);
    for_each_view(|name, model, texts| {
        let (buffer, _) = draw_in(&theme, model, texts, (80, 24));
        // Every terminal since the VT100 has the lines of a window's frame.
        let shown = |c: char| c.is_ascii() || c.is_alphabetic() || ('\u{2500}'..'\u{2580}').contains(&c);
        let other: String = lines(&buffer).concat().chars().filter(|c| !shown(*c)).collect();
        assert_eq!(other, "", "{name}");
    });
}

/// Only the profiles near the focus are drawn: with thousands, all would take 50 ms at each key.
#[test]
fn focused_profile_of_a_long_list_is_on_the_screen() {
    let mut listed_model = views::model();
    let listed = (0..1000).map(|number| {
        let name = profile_name(&format!("acme-{number:03}"));
        (name, Ok(Box::new(Summary::of(&views::profile(Kind::Norwegian)))))
    });
    wizard::update(&mut listed_model, Message::Listed(listed.collect()));
    let texts = Texts::new(Language::English);
    let screen_at = |focus: usize| {
        let mut model = listed_model.clone();
        wizard::update(&mut model, Message::Focus(focus));
        lines(&draw(&model, &texts, (80, 24)).0).join("\n")
    };
    for focus in [0, 1, 500, 998, 999] {
        let screen = screen_at(focus);
        for shown in focus.saturating_sub(1)..=(focus + 1).min(999) {
            assert!(screen.contains(&format!("acme-{shown:03}")), "{focus}\n{screen}");
        }
    }
    assert!(screen_at(1000).contains(&texts.get("profile-list-new")));
}
