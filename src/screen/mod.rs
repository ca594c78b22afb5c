//! The wizard as a picture: model → frame, key → message. It only draws; what a key does is `wizard`'s.
//!
//! ```text
//!  header    klarert · the profile's name              the environment · the kind of business
//!  ─────────────────────────────────────────────────────────────────────────────────────────
//!  rail      the whole road      body      the step: `form`, `checklist`, `check`;
//!            (one line where               or `profile_list`: the profiles, a name for a new one
//!             it is narrow)
//!  ─────────────────────────────────────────────────────────────────────────────────────────
//!  footer    a passing word, the keys
//! ```

mod body;
mod certificate;
mod check;
mod checklist;
mod footer;
mod form;
mod input;
pub mod keys;
mod overlay;
mod profile_list;
mod rail;
pub mod theme;

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::{Constraint, Layout, Rect},
    text::{Line, Span},
    widgets::Widget,
};
use unicode_width::UnicodeWidthStr;

use crate::{
    journey::StepKind,
    text::{Texts, visible_char},
    wizard::{self, Check, Model, Onboarding, Overlay, View},
};
use body::Body;
pub use body::Link;
use theme::Theme;

/// The least that the wizard can be walked in.
pub const LEAST: (u16, u16) = (40, 12);
/// From this width on the rail stands beside the body.
const WIDE: u16 = 76;
/// Text is not set wider than this: longer lines are hard to read.
const MEASURE: u16 = 72;
const RAIL: u16 = 24;

/// All that a frame is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    pub model: &'a Model,
    pub texts: &'a Texts,
    pub theme: &'a Theme,
    /// How many characters of the password have been typed; the password itself does not come here.
    pub typed: usize,
}

impl Scene<'_> {
    /// A sign that moves, for what is under way.
    fn spinner(&self) -> &'static str {
        let signs = self.theme.signs.spinner;
        signs[self.model.spinner_frame % signs.len()]
    }
}

/// Draws the scene. What it returns are the links that can be made real where the terminal knows how.
pub fn draw(frame: &mut Frame, scene: &Scene) -> Vec<Link> {
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        let words = scene.texts.with(
            "too-small",
            &crate::text::Args::new().with("width", LEAST.0).with("height", LEAST.1),
        );
        Line::from(words).render(area, frame.buffer_mut());
        return Vec::new();
    }
    let foot_lines = footer::lines(scene, area.width);
    let [header, under, middle, foot] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(u16::try_from(foot_lines.len()).unwrap_or(2)),
    ])
    .areas(area);
    draw_header(header, frame.buffer_mut(), scene);
    rule(area.width, scene.theme).render(under, frame.buffer_mut());
    let body_area = match scene.model.onboarding() {
        Some(onboarding) if area.width >= WIDE => {
            let [rail, body] = Layout::horizontal([Constraint::Length(RAIL), Constraint::Fill(1)]).areas(middle);
            rail::draw_beside(rail, frame.buffer_mut(), scene, onboarding);
            body
        }
        Some(onboarding) => {
            let [rail, body] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(middle);
            rail::draw_above(rail, frame.buffer_mut(), scene, onboarding);
            body
        }
        None => middle,
    };
    let body_area = inset(body_area);
    let mut body = Body::new(body_area.width, scene.theme);
    match &scene.model.view {
        View::ProfileList(list) => profile_list::list(&mut body, scene, list),
        View::NewProfile(naming) => profile_list::naming(&mut body, scene, naming),
        View::Onboarding(onboarding) => {
            step(&mut body, scene, onboarding, false);
            if body.is_higher_than(body_area.height) {
                body = Body::new(body_area.width, scene.theme);
                step(&mut body, scene, onboarding, true);
            }
        }
    }
    let drawn = body.render(body_area, frame.buffer_mut(), scene);
    footer::draw(foot, frame.buffer_mut(), foot_lines);
    let cursor = match scene.model.overlay {
        Some(on_top) => overlay::draw(between(header, foot), frame.buffer_mut(), scene, on_top),
        None => drawn.cursor,
    };
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
    make_harmless(frame.buffer_mut(), scene.theme);
    if scene.model.overlay.is_some() {
        Vec::new()
    } else {
        drawn.links
    }
}

/// `tight`: it has been seen that not everything fits.
fn step(body: &mut Body, scene: &Scene, onboarding: &Onboarding, tight: bool) {
    let step = onboarding.current_step();
    body.heading(&scene.texts.get(&format!("step-{}", step.id)));
    let introduced = match step.kind {
        StepKind::Form | StepKind::Checklist => !tight,
        // It is said before the first check; then the stages speak.
        StepKind::Check => matches!(onboarding.check, Check::Idle),
    };
    if introduced {
        body.text(
            &scene.texts.get(&format!("step-{}.intro", step.id)),
            scene.theme.plain(),
        );
    }
    body.blank();
    match step.kind {
        StepKind::Form => form::draw(body, scene, onboarding),
        StepKind::Checklist => checklist::draw(body, scene, onboarding),
        StepKind::Check => check::draw(body, scene, onboarding, tight),
    }
}

/// What lies below the header and above the footer, whose keys stay in sight.
fn between(header: Rect, foot: Rect) -> Rect {
    Rect {
        y: header.bottom(),
        height: foot.y.saturating_sub(header.bottom()) + 1,
        ..header
    }
}

/// Air around the text, and no longer lines than are good to read.
fn inset(area: Rect) -> Rect {
    let left = 2.min(area.width);
    Rect {
        x: area.x + left,
        y: area.y + u16::from(area.height > 10),
        width: area.width.saturating_sub(left + 1).min(MEASURE),
        height: area.height.saturating_sub(u16::from(area.height > 10)),
    }
}

fn draw_header(area: Rect, buffer: &mut Buffer, scene: &Scene) {
    let theme = scene.theme;
    let mut left = vec![Span::raw(" "), Span::styled("klarert", theme.title())];
    let mut right = Vec::new();
    let sandboxed = match scene.model.onboarding() {
        Some(onboarding) => {
            left.push(Span::raw("   "));
            left.push(Span::raw(onboarding.name.to_string()));
            if onboarding.unsaved.is_some() {
                left.push(Span::styled(
                    format!("  {}", scene.texts.get("header-unsaved")),
                    theme.warning(),
                ));
            }
            if let Some(kind) = onboarding.profile.business.kind {
                right.push(Span::raw(scene.texts.get(&format!("kind-{}", kind.id()))));
            }
            let environment = scene.model.environment(&onboarding.profile);
            if !environment.is_some_and(|environment| environment.sandbox) {
                let production = environment.is_some_and(|known| !known.sandbox && known.id == "prod");
                let name = wizard::environment_name(scene.texts, &onboarding.profile.environment);
                let style = if production { theme.strong() } else { theme.plain() };
                right.splice(0..0, [Span::styled(name, style), Span::raw(separator(&right))]);
            }
            environment.is_some_and(|environment| environment.sandbox)
        }
        None => scene.model.sandbox,
    };
    if sandboxed {
        let label = Span::styled(format!(" {} ", scene.texts.get("header-sandbox")), theme.label());
        right.splice(0..0, [label, Span::raw(if right.is_empty() { "" } else { "  " })]);
    }
    let right = Line::from(right);
    let width = u16::try_from(right.width())
        .unwrap_or(u16::MAX)
        .saturating_add(1)
        .min(area.width);
    Line::from(left).render(
        Rect {
            width: area.width.saturating_sub(width + 1),
            ..area
        },
        buffer,
    );
    let at = Rect {
        x: area.x + area.width - width,
        width,
        ..area
    };
    right.render(at, buffer);
}

fn separator(right: &[Span]) -> &'static str {
    if right.is_empty() { "" } else { " · " }
}

fn rule(width: u16, theme: &Theme) -> Line<'static> {
    Line::from(Span::styled(theme.signs.rule.repeat(width.into()), theme.quiet()))
}

/// The last look before the terminal: whatever came this far, no cell steers it or turns its direction, and none has a
/// sign that it cannot show.
fn make_harmless(buffer: &mut Buffer, theme: &Theme) {
    let harmless = |c: char| theme.shown(visible_char(c));
    for cell in &mut buffer.content {
        if cell.symbol().chars().all(|c| harmless(c) == c) {
            continue;
        }
        let symbol: String = cell.symbol().chars().map(harmless).collect();
        cell.set_symbol(if symbol.width() <= 1 { &symbol } else { "·" });
    }
}

/// Whether an overlay takes the password.
pub fn asks_password(model: &Model) -> bool {
    matches!(model.overlay, Some(Overlay::Password { .. }))
}
