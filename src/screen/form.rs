//! Questions and their answers.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::{
    Scene,
    body::{Body, end_of},
};
use crate::{
    certificate::{Purpose, Severity},
    journey::{FieldId, services},
    profile::{Authentication, Kind},
    text::Args,
    wizard::{self, Entry, Examined, Reading, Row, Walk},
};

pub fn draw(body: &mut Body, scene: &Scene, walk: &Walk) {
    let step = walk.current();
    body.text(
        &scene.texts.get(&format!("step-{}.intro", step.id)),
        scene.theme.plain(),
    );
    body.blank();
    for (at, row) in wizard::rows(scene.model, walk).into_iter().enumerate() {
        let focused = at == walk.focus;
        body.row(focused, |body| match row {
            Row::Choice(field) => choice(body, scene, walk, field, focused),
            Row::Text(field) => text(body, scene, walk, field, focused),
            Row::Service(service) => draw_service(body, scene, walk, service, focused),
            Row::Item(_) => {}
        });
    }
    if step.fields.iter().any(|field| field.id == FieldId::Services) {
        announced(body, scene, walk);
    }
}

/// The id of a field's texts: some fields ask for another thing on another road.
fn text_id(field: FieldId, walk: &Walk) -> String {
    let variant = match field {
        FieldId::Organisation if walk.profile.business.kind == Some(Kind::Foreign) => "-foreign",
        FieldId::Certificate if walk.profile.authentication() == Authentication::Key => "-key",
        _ => "",
    };
    format!("field-{}{variant}", field.id())
}

fn label(body: &mut Body, scene: &Scene, walk: &Walk, field: FieldId, focused: bool) {
    let style = if focused {
        scene.theme.strong()
    } else {
        scene.theme.plain()
    };
    let lead = vec![body.mark(focused)];
    body.hanging(lead, &scene.texts.get(&text_id(field, walk)), style);
}

fn why(body: &mut Body, scene: &Scene, walk: &Walk, field: FieldId) {
    if let Some(why) = scene.texts.find(&format!("{}.why", text_id(field, walk)), &Args::new()) {
        body.indented(4, &why, scene.theme.quiet());
    }
}

fn choice(body: &mut Body, scene: &Scene, walk: &Walk, field: FieldId, focused: bool) {
    label(body, scene, walk, field, focused);
    let chosen = walk.chosen(field);
    let mut line = vec![Span::raw("    ")];
    for option in wizard::choices(scene.model, field) {
        let is_chosen = chosen.as_ref() == Some(&option.value);
        let sign = if is_chosen {
            scene.theme.signs.chosen
        } else {
            scene.theme.signs.not_chosen
        };
        let name = option.text.map_or(option.value, |id| scene.texts.get(&id));
        let style = if is_chosen {
            scene.theme.strong()
        } else {
            scene.theme.plain()
        };
        line.push(Span::styled(format!("{sign} {name}"), style));
        line.push(Span::raw("   "));
    }
    body.line(Line::from(line));
    if focused {
        why(body, scene, walk, field);
        if matches!(field, FieldId::NorwegianNumber | FieldId::PortalLogin)
            && let Some(kind) = walk.profile.business.kind
        {
            let arrow = Span::styled(format!("    {} ", scene.theme.signs.arrow), scene.theme.good());
            body.hanging(
                vec![arrow],
                &scene.texts.get(&format!("kind-{}-note", kind.id())),
                scene.theme.plain(),
            );
        }
    }
}

fn draw_service(body: &mut Body, scene: &Scene, walk: &Walk, service: &services::Service, focused: bool) {
    let theme = scene.theme;
    let ticked = walk.profile.business.services.contains(&service.id);
    let (sign, sign_style) = if ticked {
        (theme.signs.ticked, theme.good())
    } else {
        (theme.signs.not_ticked, theme.plain())
    };
    let name = scene.texts.get(&format!("service-{}", service.id));
    let name_style = if focused { theme.strong() } else { theme.plain() };
    let scope = service
        .scope(walk.profile.business.kind.unwrap_or(Kind::Norwegian))
        .unwrap_or_default();
    let mut line = vec![
        body.mark(focused),
        Span::styled(format!("{sign} "), sign_style),
        Span::styled(format!("{name:<12}"), name_style),
    ];
    line.push(Span::styled(scope.to_owned(), theme.quiet()));
    body.line(Line::from(line));
    if focused {
        body.indented(
            6,
            &scene.texts.get(&format!("service-{}.about", service.id)),
            theme.quiet(),
        );
    }
}

/// Services that Customs has named but not opened: there to be seen, not to be chosen.
fn announced(body: &mut Body, scene: &Scene, walk: &Walk) {
    let kind = walk.profile.business.kind.unwrap_or(Kind::Norwegian);
    for service in services::services()
        .iter()
        .filter(|service| service.announced && service.scope(kind).is_some())
    {
        let name = scene.texts.get(&format!("service-{}", service.id));
        let about = scene.texts.get(&format!("service-{}.about", service.id));
        body.blank();
        body.indented(2, &format!("{name}: {}", about.to_lowercase()), scene.theme.quiet());
    }
}

fn text(body: &mut Body, scene: &Scene, walk: &Walk, field: FieldId, focused: bool) {
    label(body, scene, walk, field, focused);
    let fallback = Entry::default();
    let entry = walk.entries.get(&field).unwrap_or(&fallback);
    input(body, scene, &entry.input, focused, 4);
    if focused {
        let example = scene
            .texts
            .find(&format!("{}.example", text_id(field, walk)), &Args::new());
        if let Some(example) = example.filter(|_| entry.input.value().is_empty()) {
            let words = scene.texts.with("example", &Args::new().with("example", example));
            body.indented(4, &words, scene.theme.quiet());
        }
    }
    if let Some(refusal) = &entry.refusal {
        let lead = vec![Span::styled(
            format!("    {} ", scene.theme.signs.warned),
            scene.theme.warning(),
        )];
        body.hanging(
            lead,
            &scene.texts.with(refusal.id, &refusal.args),
            scene.theme.warning(),
        );
    } else if focused {
        why(body, scene, walk, field);
    }
    if focused && !walk.candidates.is_empty() {
        candidates(body, scene, walk);
    }
    if field == FieldId::Certificate {
        certificate(body, scene, walk);
    }
}

/// A text field. Where the text is longer than the field, the part with the cursor is shown.
pub fn input(body: &mut Body, scene: &Scene, input: &tui_input::Input, focused: bool, indent: usize) {
    let room = body.width().saturating_sub(indent + 1).max(4);
    let value = input.value();
    let before: String = value.chars().take(input.cursor()).collect();
    let after: String = value.chars().skip(input.cursor()).collect();
    let (shown, column) = if focused {
        let before = end_of(&before, room - 1);
        let left = room - before.width();
        let after: String = fitting(&after, left);
        (format!("{before}{after}"), before.width())
    } else if value.width() > room {
        // The end of a path says more than its beginning.
        (format!("…{}", end_of(value, room - 1)), 0)
    } else {
        (value.to_owned(), 0)
    };
    if focused {
        body.cursor_here(indent + column);
    }
    let fill = if focused {
        " ".repeat(room.saturating_sub(shown.width()))
    } else {
        String::new()
    };
    let line = vec![
        Span::raw(" ".repeat(indent)),
        Span::styled(
            format!("{}{fill}", crate::text::visible(&shown)),
            scene.theme.field(focused),
        ),
    ];
    body.line(Line::from(line));
}

fn fitting(text: &str, width: usize) -> String {
    let mut used = 0;
    text.chars()
        .take_while(|c| {
            used += unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0);
            used <= width
        })
        .collect()
}

fn candidates(body: &mut Body, scene: &Scene, walk: &Walk) {
    const SHOWN: usize = 6;
    let names: Vec<&str> = walk
        .candidates
        .iter()
        .take(SHOWN)
        .map(|path| {
            let trimmed = path.trim_end_matches('/');
            trimmed
                .rsplit('/')
                .next()
                .map_or(path.as_str(), |name| &path[trimmed.len() - name.len()..])
        })
        .collect();
    let more = walk.candidates.len().saturating_sub(SHOWN);
    let mut words = names.join("  ");
    if more > 0 {
        words.push_str("  ");
        words.push_str(&scene.texts.with("more-candidates", &Args::new().with("count", more)));
    }
    body.indented(4, &words, scene.theme.title());
}

/// What the certificate is, below its path.
fn certificate(body: &mut Body, scene: &Scene, walk: &Walk) {
    match &walk.reading {
        Reading::Nothing => {}
        Reading::Underway { .. } => {
            let signs = scene.theme.signs.spinner;
            let sign = signs[scene.model.pulse % signs.len()];
            body.indented(
                4,
                &format!("{sign} {}", scene.texts.get("certificate-reading")),
                scene.theme.quiet(),
            );
        }
        Reading::Read(examined) => facts(body, scene, examined),
    }
    let sandboxed = scene
        .model
        .environment(&walk.profile)
        .is_some_and(|environment| environment.sandbox);
    if let Some(demonstration) = scene.model.demonstration.as_ref().filter(|_| sandboxed) {
        let args = Args::new().with("password", &demonstration.password);
        body.indented(
            4,
            &scene.texts.with("sandbox-password-note", &args),
            scene.theme.warning(),
        );
    }
}

fn facts(body: &mut Body, scene: &Scene, examined: &Examined) {
    let theme = scene.theme;
    let stopped = examined
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Stops);
    if let Some(chosen) = &examined.facts.chosen {
        let (sign, style) = if stopped {
            (theme.signs.failed, theme.bad())
        } else {
            (theme.signs.done, theme.good())
        };
        let words = scene.texts.get(&format!("purpose-{}", purpose_id(chosen.purpose)));
        body.hanging(
            vec![Span::styled(format!("    {sign} "), style)],
            &words,
            theme.strong(),
        );
        let whose = chosen.organisation.clone().unwrap_or_else(|| chosen.subject.clone());
        let mut about = vec![whose, chosen.issuer.clone()];
        if let Some(validity) = &chosen.validity {
            let left = Args::new().with("days", validity.days_left(scene.model.now));
            about.push(scene.texts.with("days-left", &left));
        }
        about.retain(|part| !part.is_empty());
        body.indented(6, &about.join(" · "), theme.plain());
    }
    for finding in &examined.findings {
        let (sign, style) = match finding.severity {
            Severity::Stops => (theme.signs.failed, theme.bad()),
            Severity::Warns => (theme.signs.warned, theme.warning()),
            Severity::Informs => (theme.signs.open, theme.quiet()),
        };
        body.hanging(
            vec![Span::styled(format!("    {sign} "), style)],
            &finding.text(scene.texts),
            theme.plain(),
        );
        if finding.severity != Severity::Informs {
            let lead = vec![Span::styled(format!("      {} ", theme.signs.arrow), theme.quiet())];
            body.hanging(lead, &finding.fix(scene.texts), theme.plain());
        }
    }
}

fn purpose_id(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Authentication => "authentication",
        Purpose::Signing => "signing",
        Purpose::Encryption => "encryption",
        Purpose::Seal => "seal",
        Purpose::Other => "other",
    }
}
