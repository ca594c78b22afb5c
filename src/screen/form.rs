//! Questions and their answers.

use ratatui::text::{Line, Span};

use super::{Scene, body::Body, certificate, input};
use crate::{
    journey::{FieldId, services},
    profile::Kind,
    text::Args,
    wizard::{self, FieldInput, Onboarding, Row},
};

pub fn draw(body: &mut Body, scene: &Scene, onboarding: &Onboarding) {
    let step = onboarding.current_step();
    for (at, row) in wizard::rows(scene.model, onboarding).into_iter().enumerate() {
        let focused = at == onboarding.focus;
        body.row(focused, |body| match row {
            Row::Choice(field) => choice(body, scene, onboarding, field, focused),
            Row::Text(field) => text(body, scene, onboarding, field, focused),
            Row::Service(service) => draw_service(body, scene, onboarding, service, focused),
            Row::Item(_) => {}
        });
    }
    if step.fields.iter().any(|field| field.id == FieldId::Services) {
        announced(body, scene, onboarding);
    }
}

fn label(body: &mut Body, scene: &Scene, onboarding: &Onboarding, field: FieldId, focused: bool) {
    let style = if focused {
        scene.theme.strong()
    } else {
        scene.theme.plain()
    };
    let lead = vec![body.mark(focused)];
    body.hanging(lead, &scene.texts.get(&wizard::field_text_id(field, onboarding)), style);
}

fn why(body: &mut Body, scene: &Scene, onboarding: &Onboarding, field: FieldId) {
    if let Some(why) = scene.texts.find(
        &format!("{}.why", wizard::field_text_id(field, onboarding)),
        &Args::new(),
    ) {
        body.indented(4, &why, scene.theme.quiet());
    }
}

fn choice(body: &mut Body, scene: &Scene, onboarding: &Onboarding, field: FieldId, focused: bool) {
    label(body, scene, onboarding, field, focused);
    let chosen = onboarding.chosen(field);
    let mut line = vec![Span::raw("    ")];
    for option in wizard::choice_options(scene.model, field) {
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
        why(body, scene, onboarding, field);
        if matches!(field, FieldId::NorwegianNumber | FieldId::PortalLogin)
            && let Some(kind) = onboarding.profile.business.kind
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

fn draw_service(body: &mut Body, scene: &Scene, onboarding: &Onboarding, service: &services::Service, focused: bool) {
    let theme = scene.theme;
    let ticked = onboarding.profile.business.services.contains(&service.id);
    let (sign, sign_style) = if ticked {
        (theme.signs.ticked, theme.good())
    } else {
        (theme.signs.not_ticked, theme.plain())
    };
    let name = scene.texts.get(&format!("service-{}", service.id));
    let name_style = if focused { theme.strong() } else { theme.plain() };
    let scope = service
        .scope(onboarding.profile.business.kind.unwrap_or(Kind::Norwegian))
        .unwrap_or_default();
    let mut line = Line::from(vec![
        body.mark(focused),
        Span::styled(format!("{sign} "), sign_style),
        Span::styled(format!("{name:<11}"), name_style),
    ]);
    let scope = Span::styled(scope.to_owned(), theme.quiet());
    if line.width() + scope.width() <= body.width() {
        line.push_span(scope);
        body.line(line);
    } else {
        body.line(line);
        body.line(Line::from(vec![Span::raw("      "), scope]));
    }
    if focused {
        body.indented(
            6,
            &scene.texts.get(&format!("service-{}.about", service.id)),
            theme.quiet(),
        );
    }
}

/// Services that Customs has named but not opened: there to be seen, not to be chosen.
fn announced(body: &mut Body, scene: &Scene, onboarding: &Onboarding) {
    let kind = onboarding.profile.business.kind.unwrap_or(Kind::Norwegian);
    for service in services::services()
        .iter()
        .filter(|service| service.announced && service.scope(kind).is_some())
    {
        let name = scene.texts.get(&format!("service-{}", service.id));
        let about = scene.texts.get(&format!("service-{}.about", service.id));
        body.blank();
        body.indented(2, &format!("{name}: {about}"), scene.theme.quiet());
    }
}

fn text(body: &mut Body, scene: &Scene, onboarding: &Onboarding, field: FieldId, focused: bool) {
    label(body, scene, onboarding, field, focused);
    let fallback = FieldInput::default();
    let entry = onboarding.inputs.get(&field).unwrap_or(&fallback);
    input::draw(body, scene, &entry.input, focused, 4);
    if focused {
        let example = scene.texts.find(
            &format!("{}.example", wizard::field_text_id(field, onboarding)),
            &Args::new(),
        );
        if let Some(example) = example.filter(|_| entry.input.value().is_empty()) {
            let words = scene.texts.with("example", &Args::new().with("example", example));
            body.indented(4, &words, scene.theme.quiet());
        }
    }
    if let Some(refusal) = &entry.error {
        input::refusal(body, scene, refusal);
    } else if focused {
        why(body, scene, onboarding, field);
    }
    if focused && !onboarding.candidates.is_empty() {
        candidates(body, scene, onboarding);
    }
    if field == FieldId::Certificate {
        certificate::draw(body, scene, onboarding);
    }
}

fn candidates(body: &mut Body, scene: &Scene, onboarding: &Onboarding) {
    const SHOWN: usize = 6;
    let names: Vec<&str> = onboarding
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
    let more = onboarding.candidates.len().saturating_sub(SHOWN);
    let mut words = names.join("  ");
    if more > 0 {
        words.push_str("  ");
        words.push_str(&scene.texts.with("more-candidates", &Args::new().with("count", more)));
    }
    body.indented(4, &words, scene.theme.title());
}
