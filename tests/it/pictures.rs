//! The pictures of the README and the guides, drawn by the wizard itself. They fail here when they are out of date.
//!
//! `UPDATE_PICTURES=1` writes them anew.

use std::{fmt::Write, fs, path::PathBuf};

use anstyle_svg::{Palette, Term};
use klarert::text::{Language, Texts};
use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};
use unicode_width::UnicodeWidthStr;

use crate::screens::{draw, views::views};

/// The pictures: a view, its language, and its size in columns and lines.
const PICTURES: [(&str, Language, (u16, u16)); 6] = [
    ("business-norwegian", Language::English, (80, 20)),
    ("customs-norwegian", Language::English, (80, 24)),
    ("check-scope-not-on-client", Language::English, (80, 24)),
    ("business-norwegian", Language::Bokmal, (80, 20)),
    ("integration-norwegian", Language::Bokmal, (80, 24)),
    ("check-scope-not-on-client", Language::Bokmal, (80, 24)),
];

/// A background, the text on it, and the colours that the wizard uses.
struct Background {
    name: &'static str,
    background: (u8, u8, u8),
    text: (u8, u8, u8),
    palette: [(u8, u8, u8); 8],
}

const BACKGROUNDS: [Background; 2] = [
    Background {
        name: "light",
        background: (255, 255, 255),
        text: (31, 35, 40),
        palette: [
            (31, 35, 40),
            (207, 34, 46),
            (26, 127, 55),
            (154, 103, 0),
            (9, 105, 218),
            (130, 80, 223),
            (15, 112, 122),
            (89, 99, 110),
        ],
    },
    Background {
        name: "dark",
        background: (13, 17, 23),
        text: (230, 237, 243),
        palette: [
            (72, 79, 88),
            (255, 123, 114),
            (63, 185, 80),
            (210, 153, 34),
            (88, 166, 255),
            (188, 140, 255),
            (57, 197, 207),
            (145, 152, 161),
        ],
    },
];

#[test]
fn pictures_are_up_to_date() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    let update = std::env::var_os("UPDATE_PICTURES").is_some();
    let views = views();
    let mut outdated = Vec::new();
    for (view, language, size) in PICTURES {
        let (_, model) = views.iter().find(|(name, _)| name == view).unwrap();
        let mut model = model.clone();
        model.language = language;
        let (buffer, _) = draw(&model, &Texts::new(language), size);
        let ansi = ansi(&buffer);
        for background in &BACKGROUNDS {
            let name = format!("{view}-{}-{}.svg", language.code(), background.name);
            let svg = svg(&ansi, background);
            let path = folder.join(&name);
            if update {
                fs::create_dir_all(&folder).unwrap();
                fs::write(&path, svg).unwrap();
            } else if fs::read_to_string(&path).ok().as_deref() != Some(&svg) {
                outdated.push(name);
            }
        }
    }
    assert!(
        outdated.is_empty(),
        "run UPDATE_PICTURES=1 cargo test --test it -- pictures: {outdated:?}"
    );
}

fn svg(ansi: &str, background: &Background) -> String {
    let rgb = |(r, g, b)| anstyle::RgbColor(r, g, b);
    // The only bright colour in use is that of secondary text, which is the last of the eight.
    let palette = Palette(std::array::from_fn(|at| rgb(background.palette[at.min(7)])));
    let term = Term::new()
        .palette(palette)
        .fg_color(rgb(background.text).into())
        .bg_color(rgb(background.background).into());
    term.render_svg(ansi)
}

/// Returns a screen as text with escape sequences for its styles.
fn ansi(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut runs: Vec<(anstyle::Style, String)> = Vec::new();
        let mut x = buffer.area.left();
        while x < buffer.area.right() {
            let cell = &buffer[(x, y)];
            let style = style(cell);
            match runs.last_mut() {
                Some((same, run)) if *same == style => run.push_str(cell.symbol()),
                _ => runs.push((style, cell.symbol().to_owned())),
            }
            x += u16::try_from(cell.symbol().width()).unwrap().max(1);
        }
        for (style, run) in runs {
            write!(text, "{}{run}{}", style.render(), style.render_reset()).unwrap();
        }
        text.push('\n');
    }
    text
}

fn style(cell: &Cell) -> anstyle::Style {
    let color = match cell.fg {
        Color::Red => Some(anstyle::AnsiColor::Red),
        Color::Green => Some(anstyle::AnsiColor::Green),
        Color::Yellow => Some(anstyle::AnsiColor::Yellow),
        Color::Blue => Some(anstyle::AnsiColor::Blue),
        Color::Cyan => Some(anstyle::AnsiColor::Cyan),
        // Transparent letters would be hard to read.
        _ if cell.modifier.contains(Modifier::DIM) => Some(anstyle::AnsiColor::BrightBlack),
        _ => None,
    };
    let effects = [
        (Modifier::BOLD, anstyle::Effects::BOLD),
        (Modifier::UNDERLINED, anstyle::Effects::UNDERLINE),
        (Modifier::REVERSED, anstyle::Effects::INVERT),
    ];
    let effects = effects
        .into_iter()
        .filter(|(modifier, _)| cell.modifier.contains(*modifier))
        .fold(anstyle::Effects::new(), |effects, (_, effect)| effects | effect);
    anstyle::Style::new().fg_color(color.map(Into::into)).effects(effects)
}
