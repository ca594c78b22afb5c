//! The saved profiles, and a name for a new one.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{Scene, body::Body, input};
use crate::{
    profile::{CheckOutcome, Profile},
    wizard::{self, NameInput, ProfileList},
};

pub fn list(body: &mut Body, scene: &Scene, profile_list: &ProfileList) {
    body.heading(&scene.texts.get("profile-list-title"));
    let Some(profiles) = &profile_list.profiles else { return };
    body.text(&scene.texts.get("profile-list-intro"), scene.theme.plain());
    body.blank();
    for (at, (name, outcome)) in profiles.iter().enumerate() {
        let focused = at == profile_list.focus;
        body.row(focused, |body| {
            let style = if focused {
                scene.theme.strong()
            } else {
                scene.theme.plain()
            };
            body.hanging(vec![body.mark(focused)], name.as_str(), style);
            match outcome {
                Ok(profile) => {
                    about(body, scene, profile);
                    if let Some(words) = wizard::expiry_warning(profile, scene.model.now, scene.texts) {
                        signed(body, scene, scene.theme.signs.warned, scene.theme.warning(), &words);
                    }
                }
                Err(trouble) => {
                    let words = trouble.text(scene.texts);
                    signed(body, scene, scene.theme.signs.failed, scene.theme.bad(), &words);
                }
            }
        });
    }
    body.blank();
    let focused = profile_list.focus == profiles.len();
    body.row(focused, |body| {
        let style = if focused {
            scene.theme.strong()
        } else {
            scene.theme.plain()
        };
        body.hanging(vec![body.mark(focused)], &scene.texts.get("profile-list-new"), style);
    });
}

fn signed(body: &mut Body, scene: &Scene, sign: &str, style: Style, words: &str) {
    body.hanging(
        vec![Span::styled(format!("    {sign} "), style)],
        words,
        scene.theme.plain(),
    );
}

/// One line: whose it is, where, how far, and how the last check ended.
fn about(body: &mut Body, scene: &Scene, profile: &Profile) {
    let parts = wizard::profile_summary(scene.model, profile, scene.texts);
    let theme = scene.theme;
    let mut line = vec![
        Span::raw("    "),
        Span::styled(crate::text::visible(&parts.join(" · ")), theme.quiet()),
    ];
    if let Some(check) = profile.last_check.as_ref().filter(|_| !profile.changed_since_check()) {
        let (sign, style) = match check.outcome {
            CheckOutcome::Passed => (theme.signs.done, theme.good()),
            CheckOutcome::Failed => (theme.signs.failed, theme.bad()),
        };
        let code = check.code.as_deref().map(crate::text::visible).unwrap_or_default();
        line.push(Span::styled(format!("  {sign} {code}"), style));
    }
    body.line(Line::from(line));
}

pub fn naming(body: &mut Body, scene: &Scene, naming: &NameInput) {
    body.heading(&scene.texts.get("naming-title"));
    if scene.model.sandbox {
        body.text(&scene.texts.get("naming-sandbox"), scene.theme.warning());
        body.blank();
    }
    body.text(&scene.texts.get("naming-intro"), scene.theme.plain());
    body.blank();
    // In a small window it is what has the focus that is seen.
    body.row(true, |body| {
        body.line(Line::from(vec![
            body.mark(true),
            Span::styled(scene.texts.get("naming-label"), scene.theme.strong()),
        ]));
        input::draw(body, scene, &naming.input, true, 4);
        match &naming.error {
            Some(refusal) => input::refusal(body, scene, refusal),
            None => body.indented(4, &scene.texts.get("naming-why"), scene.theme.quiet()),
        }
    });
}
