//! Random keys through the pure core: no answer changes while no field is edited. `KLARERT_RANDOM_KEYS` sets their number.

use std::collections::BTreeMap;

use klarert::{
    journey::{Environment, FieldId, Rules},
    profile::{Kind, Profile, fields::get::written_values, parse::ProfileName, progress},
    screen::{self, key_bindings},
    text::Language,
    wizard::{self, Effect, Folders, Message, Model, Onboarding, Row},
};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use time::OffsetDateTime;

use crate::support::stubs::{NOW, examined, load, report};

/// Keys in an ordinary run of the tests.
const KEYS: usize = 5_000;
/// The keys after which a session starts again, so that none stays in one view for long.
const SESSION: usize = 400;

/// A small generator (xorshift64*): the keys are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33).unwrap() % limit
    }

    fn key(&mut self) -> KeyEvent {
        const CODES: [KeyCode; 19] = [
            KeyCode::Enter,
            KeyCode::Enter,
            KeyCode::Esc,
            KeyCode::Tab,
            KeyCode::BackTab,
            KeyCode::Up,
            KeyCode::Down,
            KeyCode::Down,
            KeyCode::Left,
            KeyCode::Right,
            KeyCode::Backspace,
            KeyCode::Delete,
            KeyCode::Home,
            KeyCode::End,
            KeyCode::F(1),
            KeyCode::F(2),
            KeyCode::F(3),
            KeyCode::Char(' '),
            KeyCode::PageDown,
        ];
        const CHARACTERS: &[u8] = b"abcdefghijklmnoprstuvwxyz0123456789?:/~.-,'";
        let code = if self.below(3) == 0 {
            CODES[self.below(CODES.len())]
        } else {
            KeyCode::Char(CHARACTERS[self.below(CHARACTERS.len())].into())
        };
        let modifiers = match self.below(20) {
            // Ctrl-C would end the session.
            0 if code != KeyCode::Char('c') => KeyModifiers::CONTROL,
            1 => KeyModifiers::ALT,
            2 => KeyModifiers::SHIFT,
            _ => KeyModifiers::NONE,
        };
        KeyEvent::new(code, modifiers)
    }
}

/// Everything that the user has answered or ticked.
#[derive(Debug, Clone, PartialEq)]
struct Answers {
    texts: String,
    ticks: BTreeMap<String, OffsetDateTime>,
}

fn answers(profile: &Profile) -> Answers {
    Answers {
        texts: format!(
            "{:?}",
            (
                &profile.environment,
                &profile.business,
                &profile.client,
                &profile.certificate
            )
        ),
        ticks: profile.progress.done.clone(),
    }
}

fn profile(kind: Kind) -> Profile {
    let mut profile = Profile::new("test", NOW);
    profile.business.kind = Some(kind);
    profile.business.name = Some("Acme AS".to_owned());
    profile.business.organisation = Some("123456785".to_owned());
    profile.business.services = vec!["road".to_owned()];
    profile.set_scopes(&[]);
    profile.client.id = Some("3f1c0c6e-0000-4000-8000-000000000000".to_owned());
    profile.certificate.path = Some("/home/kari/acme.p12".into());
    profile
}

/// A wizard on a profile whose fields are filled, at one of its steps.
fn filled(random: &mut Random) -> Model {
    let environments = vec![Environment::of(Rules::Test), Environment::of(Rules::Prod)];
    let mut model = Model::new(Language::English, NOW, environments, Folders::default());
    let mut profile = profile([Kind::Norwegian, Kind::Foreign][random.below(2)]);
    let steps: Vec<_> = progress::visible_steps(&profile).collect();
    profile.progress.step = Some(steps[random.below(steps.len())].id.clone());
    let effects = load(&mut model, ProfileName::parse("acme").unwrap(), profile);
    settle(&mut model, effects, random);
    model
}

/// Answers the effects as the world outside may. No key is generated: a generated key changes answers by itself.
fn settle(model: &mut Model, mut effects: Vec<Effect>, random: &mut Random) {
    while let Some(effect) = effects.pop() {
        let answer = match effect {
            Effect::SaveProfile { .. } => Message::Saved(Ok(())),
            Effect::InspectCertificate { attempt, .. } => {
                let found = ["authentication", "password-needed", "several"][random.below(3)];
                let inspected = Box::new(examined(found));
                Message::CertificateInspected { attempt, inspected }
            }
            Effect::FindFile { attempt, .. } => Message::FileFound {
                attempt,
                found: random.below(2) == 0,
            },
            Effect::CompletePath { typed } => Message::PathCompleted {
                candidates: vec![format!("{typed}a"), format!("{typed}ab")],
                typed,
            },
            Effect::RunCheck { attempt, .. } => {
                let ended = ["passed", "scope-not-on-client", "client-unknown"][random.below(3)];
                let report = Some(Box::new(report(ended)));
                Message::CheckEnded { attempt, report }
            }
            _ => continue,
        };
        effects.extend(wizard::update(model, answer));
    }
}

/// Whether a message is how a row that is no text field is answered.
fn answers_the_row(message: &Message, row: Option<Row>) -> bool {
    match row {
        Some(Row::Choice(_)) => matches!(message, Message::Toggle | Message::PreviousOption | Message::NextOption),
        Some(Row::Service(_)) => matches!(message, Message::Toggle),
        Some(Row::Item(_)) => matches!(message, Message::Toggle | Message::Confirm),
        Some(Row::Text(_)) | None => false,
    }
}

fn edited_field(onboarding: &Onboarding) -> Option<FieldId> {
    onboarding.edit.as_ref().map(|edit| edit.field)
}

#[test]
fn no_answer_changes_while_no_field_is_edited() {
    let mut random = Random(0x5EED_0013);
    let mut model = filled(&mut random);
    let (mut selected, mut edited, mut changed_by_edit) = (0, 0, 0);
    let wanted = std::env::var("KLARERT_RANDOM_KEYS").ok();
    let keys = wanted.and_then(|count| count.parse().ok()).unwrap_or(KEYS);
    for at in 0..keys {
        if at % SESSION == 0 || model.onboarding().is_none() || model.exit_summary.is_some() {
            model = filled(&mut random);
        }
        // `app` has the keys of a password.
        if screen::asks_password(&model) {
            let effects = wizard::update(&mut model, Message::Dismiss);
            settle(&mut model, effects, &mut random);
        }
        let onboarding = model.onboarding().unwrap();
        let before = answers(&onboarding.profile);
        let row = wizard::rows(&model, onboarding).get(onboarding.focus).copied();
        let editing = model.is_editing();
        let edited_before = edited_field(onboarding);
        let key = random.key();
        let message = if random.below(50) == 0 {
            Some(Message::Paste("987654325\n/tmp/pasted.p12".to_owned()))
        } else {
            key_bindings::message(key, &model)
        };
        let Some(message) = message else { continue };
        let asked = format!("{message:?}");
        // Removed ticks are put back on request, wherever the focus is. Production is another profile.
        let on_request = matches!(
            message,
            Message::PutBack | Message::UseFoundFile | Message::CopyToProduction
        );
        let may_change = editing || answers_the_row(&message, row) || on_request;
        let cancelled = editing && matches!(message, Message::Dismiss);
        let effects = wizard::update(&mut model, message);
        settle(&mut model, effects, &mut random);
        let Some(onboarding) = model.onboarding() else { continue };
        let after = answers(&onboarding.profile);
        assert!(
            may_change && !cancelled || after == before,
            "key {at}, {asked} on {row:?}: {before:#?} became {after:#?}"
        );
        // A field that has an answer is edited only on request.
        if let Some(field) = edited_field(onboarding).filter(|field| Some(*field) != edited_before) {
            let answered = !written_values(&onboarding.profile, field).is_empty();
            assert!(
                asked == "StartEdit" || !answered,
                "key {at}, {asked}: {field:?} is edited"
            );
        }
        match (editing, row) {
            (false, Some(Row::Text(_))) => selected += 1,
            (true, _) => {
                edited += 1;
                changed_by_edit += usize::from(after != before);
            }
            _ => {}
        }
    }
    // The property would hold for a wizard that takes no keys at all.
    assert!(selected > keys / 20, "{selected} keys on a selected field");
    assert!(edited > keys / 20, "{edited} keys in an edited field");
    assert!(
        changed_by_edit > keys / 1_000,
        "{changed_by_edit} answers changed by an edit"
    );
}
