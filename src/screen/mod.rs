//! The full-screen view of the wizard: model → frame, key → message. It only draws; `wizard` decides what a key does.
//!
//! ```text
//!  header      klarert · the profile's name            the environment · the kind of business
//!  ─────────────────────────────────────────────────────────────────────────────────────────
//!  step_list   all steps           body      `form`, `checklist` or `check`;
//!              (one line in a                or `profile_list`: the profiles, the name prompt
//!               narrow terminal)
//!  ─────────────────────────────────────────────────────────────────────────────────────────
//!  footer      notice, keys
//! ```

mod body;
mod certificate;
mod check;
mod checklist;
mod copied;
mod footer;
mod form;
pub mod key_bindings;
mod overlay;
mod profile_list;
mod question;
mod step_list;
mod text_field;
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
    text::{Args, Texts, visible_char},
    wizard::{self, Check, Model, Onboarding, Overlay, View},
};
use body::Body;
pub use body::{Link, wrap};
use theme::Theme;

/// The smallest terminal that the wizard can be used in: columns and rows.
pub const MIN_SIZE: (u16, u16) = (40, 12);
/// Terminals at least this wide show the step list beside the body.
const MIN_WIDTH_WITH_STEP_LIST: u16 = 76;
/// Longer lines are hard to read.
const MAX_TEXT_WIDTH: u16 = 72;
const STEP_LIST_WIDTH: u16 = 24;

/// Everything that a frame is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct DrawContext<'a> {
    pub model: &'a Model,
    pub texts: &'a Texts,
    pub theme: &'a Theme,
    /// The number of typed password characters. The password itself never reaches the view.
    pub typed: usize,
}

impl DrawContext<'_> {
    /// Returns the current frame of the progress animation.
    fn spinner(&self) -> &'static str {
        let frames = self.theme.symbols.spinner;
        frames[self.model.spinner_frame % frames.len()]
    }
}

/// Draws one frame.
pub fn draw(frame: &mut Frame, ctx: &DrawContext) -> Drawn {
    let area = frame.area();
    if is_too_small((area.width, area.height)) {
        draw_too_small(area, frame.buffer_mut(), ctx);
        return Drawn::default();
    }
    let foot_lines = footer::upper_lines(ctx, area.width);
    let foot_has_notice = footer::notice(ctx, area.width).is_some();
    let [header, under, middle, foot] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(u16::try_from(foot_lines.len() + 1).unwrap_or(2)),
    ])
    .areas(area);
    draw_header(header, frame.buffer_mut(), ctx);
    rule(area.width, ctx.theme).render(under, frame.buffer_mut());
    let body_area = match ctx.model.onboarding() {
        Some(onboarding) if area.width >= MIN_WIDTH_WITH_STEP_LIST => {
            let [steps, body] =
                Layout::horizontal([Constraint::Length(STEP_LIST_WIDTH), Constraint::Fill(1)]).areas(middle);
            step_list::draw_column(steps, frame.buffer_mut(), ctx, onboarding);
            body
        }
        Some(onboarding) => {
            let [steps, body] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(middle);
            step_list::draw_line(steps, frame.buffer_mut(), ctx, onboarding);
            body
        }
        None => middle,
    };
    let body_area = inset(body_area);
    let mut body = Body::new(body_area.width, ctx.theme);
    match &ctx.model.view {
        View::ProfileList(list) => profile_list::draw_list(&mut body, ctx, list),
        View::NewProfile(naming) => profile_list::draw_naming(&mut body, ctx, naming),
        View::Onboarding(onboarding) => {
            draw_step(&mut body, ctx, onboarding, false);
            if body.is_taller_than(body_area.height) {
                body = Body::new(body_area.width, ctx.theme);
                draw_step(&mut body, ctx, onboarding, true);
            }
        }
    }
    let drawn = body.render(body_area, frame.buffer_mut(), ctx);
    footer::draw(foot, frame.buffer_mut(), foot_lines);
    let (cursor, links, scroll_limit) = match ctx.model.overlay {
        Some(on_top) => {
            let drawn = overlay::draw(between(header, foot, foot_has_notice), frame.buffer_mut(), ctx, on_top);
            (drawn.cursor, Vec::new(), drawn.scroll_limit)
        }
        None => (drawn.cursor, drawn.links, drawn.scroll_limit),
    };
    let keys = Rect {
        y: foot.bottom().saturating_sub(1),
        height: 1,
        ..foot
    };
    footer::draw(
        keys,
        frame.buffer_mut(),
        vec![footer::key_line(ctx, area.width, scroll_limit > 0)],
    );
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
    replace_unsafe_characters(frame.buffer_mut(), ctx.theme);
    Drawn { links, scroll_limit }
}

/// What the event loop needs to know of a drawn frame.
#[derive(Debug, Default)]
pub struct Drawn {
    /// The links, for terminals that support hyperlinks.
    pub links: Vec<Link>,
    /// The number of lines that a report or a dialog can be scrolled.
    pub scroll_limit: usize,
}

/// Returns true if a window of so many columns and rows is too small. No key may then change what is not shown.
pub fn is_too_small((columns, rows): (u16, u16)) -> bool {
    columns < MIN_SIZE.0 || rows < MIN_SIZE.1
}

fn draw_too_small(area: Rect, buffer: &mut Buffer, ctx: &DrawContext) {
    let args = Args::new().with("width", MIN_SIZE.0).with("height", MIN_SIZE.1);
    let text = wrap(&ctx.texts.with("too-small", &args), area.width.into());
    for (line, y) in text.into_iter().zip(area.top()..area.bottom()) {
        Line::from(line).render(Rect { y, height: 1, ..area }, buffer);
    }
}

/// Draws the current step. `tight`: a first attempt did not fit, so leave out what can be left out.
fn draw_step(body: &mut Body, ctx: &DrawContext, onboarding: &Onboarding, tight: bool) {
    let step = onboarding.current_step();
    body.heading(&ctx.texts.get(&format!("step-{}", step.id)));
    let show_intro = match step.kind {
        StepKind::Form | StepKind::Checklist => !tight,
        // Once a check has started, the stages need the space.
        StepKind::Check => matches!(onboarding.check, Check::Idle),
    };
    if show_intro {
        body.text(&ctx.texts.get(&format!("step-{}.intro", step.id)), ctx.theme.plain());
    }
    body.blank();
    match step.kind {
        StepKind::Form => form::draw(body, ctx, onboarding),
        StepKind::Checklist => checklist::draw(body, ctx, onboarding),
        StepKind::Check => check::draw(body, ctx, onboarding, tight),
    }
}

/// Returns the area below the header and above the footer, whose keys stay visible. A notice stays visible too; the rule in
/// its place does not.
fn between(header: Rect, foot: Rect, foot_has_notice: bool) -> Rect {
    Rect {
        y: header.bottom(),
        height: foot.y.saturating_sub(header.bottom()) + u16::from(!foot_has_notice),
        ..header
    }
}

/// Returns the area with padding and a limited text width.
fn inset(area: Rect) -> Rect {
    let left = 2.min(area.width);
    Rect {
        x: area.x + left,
        y: area.y + u16::from(area.height > 10),
        width: area.width.saturating_sub(left + 1).min(MAX_TEXT_WIDTH),
        height: area.height.saturating_sub(u16::from(area.height > 10)),
    }
}

/// Draws the profile's name on the left, the environment and the kind of business on the right. The environment is never cut: a
/// user must know whether this is production. The kind is left out first, then the name is cut.
fn draw_header(area: Rect, buffer: &mut Buffer, ctx: &DrawContext) {
    let theme = ctx.theme;
    let mut left = vec![Span::raw(" "), Span::styled("klarert", theme.title())];
    let mut right: Vec<Vec<Span>> = Vec::new();
    let environment = ctx
        .model
        .onboarding()
        .map(|onboarding| ctx.model.environment(&onboarding.profile));
    let is_sandbox = match environment {
        Some(environment) => environment.is_some_and(|environment| environment.sandbox),
        None => ctx.model.sandbox,
    };
    if is_sandbox {
        let label = format!(" {} ", ctx.texts.get("header-sandbox"));
        right.push(vec![Span::styled(label, theme.label())]);
    }
    let width = usize::from(area.width);
    if let Some(onboarding) = ctx.model.onboarding() {
        let unsaved = onboarding
            .unsaved
            .is_some()
            .then(|| format!("  {}", ctx.texts.get("header-unsaved")));
        let beside = left.iter().map(Span::width).sum::<usize>() + 4 + unsaved.as_ref().map_or(0, |text| text.width());
        if !is_sandbox {
            let production = environment.flatten().is_some_and(|known| known.id == "prod");
            let name = wizard::environment_name(ctx.texts, &onboarding.profile.environment);
            let style = if production { theme.strong() } else { theme.plain() };
            right.push(vec![Span::styled(name, style)]);
        }
        let environment: usize = right.iter().flatten().map(Span::width).sum();
        left.push(Span::raw("   "));
        let for_name = width.saturating_sub(beside + environment + 2);
        left.push(Span::raw(cut(onboarding.name.as_str(), for_name)));
        left.extend(unsaved.map(|text| Span::styled(text, theme.warning())));
        if let Some(kind) = onboarding.profile.business.kind {
            let separator = if is_sandbox { "  " } else { " · " };
            let kind = ctx.texts.get(&format!("kind-{}", kind.id()));
            right.push(vec![Span::raw(separator), Span::raw(kind)]);
        }
    }
    let left = Line::from(left);
    let available = width.saturating_sub(left.width() + 2);
    let size = |parts: &[Vec<Span>]| parts.iter().flatten().map(Span::width).sum::<usize>();
    while right.len() > 1 && size(&right) > available {
        right.pop();
    }
    let mut right: Vec<Span> = right.into_iter().flatten().collect();
    if let [only] = right.as_mut_slice() {
        *only = Span::styled(cut(&only.content, available), only.style);
    }
    let right = Line::from(right);
    let columns = u16::try_from(right.width()).unwrap_or(u16::MAX).min(area.width);
    left.render(area, buffer);
    let x = area.right().saturating_sub(columns + 1).max(area.x);
    right.render(
        Rect {
            x,
            width: columns.min(area.right() - x),
            ..area
        },
        buffer,
    );
}

/// Returns a text of at most `width` columns; a longer one ends in `…`.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0);
        used <= width
    };
    let kept: String = text.chars().take_while(fits).collect();
    if width == 0 { kept } else { format!("{kept}…") }
}

fn rule(width: u16, theme: &Theme) -> Line<'static> {
    Line::from(Span::styled(theme.symbols.rule.repeat(width.into()), theme.quiet()))
}

/// Replaces characters that could control the terminal, change the text direction, or that it cannot show. This is the
/// last defence: texts are cleaned before.
fn replace_unsafe_characters(buffer: &mut Buffer, theme: &Theme) {
    let safe = |c: char| theme.shown(visible_char(c));
    for cell in &mut buffer.content {
        if cell.symbol().chars().all(|c| safe(c) == c) {
            continue;
        }
        let symbol: String = cell.symbol().chars().map(safe).collect();
        cell.set_symbol(if symbol.width() <= 1 { &symbol } else { "·" });
    }
}

/// Returns true if an overlay asks for the password.
pub fn asks_password(model: &Model) -> bool {
    matches!(
        model.overlay,
        Some(Overlay::Password { .. } | Overlay::AdministrationPassword { .. })
    )
}
