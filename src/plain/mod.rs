//! The wizard as lines of text, for screen readers, serial consoles and logs: model → [`Page`], typed line →
//! [`NoticeText`](typed::TypedLine). It only shows; what a line does is `wizard`'s. Nothing here moves a cursor or needs a colour.
//!
//! A page is where one is (`heading`) and what is asked (`question`): `form`, `checklist`, `check`, `profile_list`. What has been
//! said is not said again: [`Page::since`] has the lines that are new.

mod certificate;
mod check;
mod checklist;
mod form;
mod help;
mod profile_list;
pub mod typed;

pub use help::help;

use crate::{
    journey::{FieldId, StepKind},
    profile::parse::ParseError,
    text::{Args, Texts, visible},
    wizard::{self, GeneratedKey, KeyPlan, Model, Notice, NoticeText, Onboarding, Overlay, Row, View, rows},
};

/// What is asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// Which of the saved profiles.
    Profile,
    /// A name for a new one.
    Name,
    Choice(FieldId),
    Services,
    Text(FieldId),
    /// Which items of a checklist.
    Items,
    /// What to do about the check, by the number of the attempt.
    Check(u64),
    /// Whose changes count.
    Conflict,
}

/// What the wizard asks now.
pub fn asked(model: &Model) -> Prompt {
    if model.overlay == Some(Overlay::Conflict) {
        return Prompt::Conflict;
    }
    let onboarding = match &model.view {
        View::ProfileList(_) => return Prompt::Profile,
        View::NewProfile(_) => return Prompt::Name,
        View::Onboarding(onboarding) => onboarding,
    };
    match onboarding.current_step().kind {
        StepKind::Check => Prompt::Check(model.attempt),
        StepKind::Checklist => Prompt::Items,
        StepKind::Form => match rows(model, onboarding).get(onboarding.focus) {
            Some(Row::Choice(field)) => Prompt::Choice(*field),
            Some(Row::Text(field)) => Prompt::Text(*field),
            Some(Row::Service(_)) => Prompt::Services,
            Some(Row::Item(_)) | None => Prompt::Items,
        },
    }
}

/// What is to be read, and the prompt to answer at.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The profile and the step, where there is one.
    place: Option<(String, String)>,
    asked: Prompt,
    heading: Lines,
    question: Lines,
    /// Why what was typed was not taken.
    refusal: Option<String>,
    /// Without the space that follows it.
    pub prompt: String,
}

/// Lines that cannot steer a terminal, whatever they were made from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lines(Vec<String>);

impl Lines {
    /// Parts what follows from what was before.
    fn blank(&mut self) {
        self.0.push(String::new());
    }

    /// Adds a text, a line for each of its own.
    fn say(&mut self, text: &str) {
        self.0.extend(text.lines().map(visible));
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// The page for the wizard as it is.
pub fn page(model: &Model, texts: &Texts) -> Page {
    let asked = asked(model);
    let mut heading = Lines::default();
    let mut question = Lines::default();
    let prompt = match (&model.view, asked) {
        (View::Onboarding(onboarding), asked) => {
            place(&mut heading, model, texts, onboarding);
            match asked {
                Prompt::Choice(field) => form::choice(&mut question, model, texts, onboarding, field),
                Prompt::Text(field) => form::text(&mut question, model, texts, onboarding, field),
                Prompt::Services => form::services(&mut question, model, texts, onboarding),
                Prompt::Check(_) => check::show(&mut question, model, texts, onboarding),
                Prompt::Conflict => conflict(&mut question, texts, onboarding),
                Prompt::Items | Prompt::Profile | Prompt::Name => {
                    checklist::show(&mut question, model, texts, onboarding)
                }
            }
        }
        (View::ProfileList(list), _) => {
            heading.say(&texts.get("profile-list-title"));
            profile_list::list(&mut question, model, texts, list)
        }
        (View::NewProfile(naming), _) => {
            heading.say(&texts.get("naming-title"));
            profile_list::naming(&mut question, model, texts, naming)
        }
    };
    Page {
        place: model
            .onboarding()
            .map(|onboarding| (onboarding.name.to_string(), onboarding.step.clone())),
        asked,
        heading,
        question,
        refusal: refusal(model).map(|refusal| warning(texts, &texts.with(refusal.id, &refusal.args))),
        prompt,
    }
}

impl Page {
    /// The lines that somebody who has read the page before has not read. An empty line parts one question from the next.
    pub fn since(&self, before: Option<&Page>) -> Vec<&str> {
        // Off the road each question is a place of its own.
        let here = |before: &&Page| before.place == self.place && (self.place.is_some() || before.asked == self.asked);
        let same_place = before.filter(here);
        let same_question = same_place.filter(|before| before.asked == self.asked);
        let mut lines = Vec::new();
        for (now, before) in [
            (&self.heading, same_place.map(|before| &before.heading)),
            (&self.question, same_question.map(|before| &before.question)),
        ] {
            match before {
                None => {
                    lines.push("");
                    lines.extend(now.iter());
                }
                Some(before) => lines.extend(now.iter().filter(|line| !before.iter().any(|old| old == *line))),
            }
        }
        let refused_before = same_question.and_then(|before| before.refusal.as_ref());
        lines.extend(
            self.refusal
                .as_deref()
                .filter(|_| refused_before != self.refusal.as_ref()),
        );
        lines
    }

    /// Something else has been typed: if that is refused too, it is to be said.
    pub fn forget_refusal(&mut self) {
        self.refusal = None;
    }
}

/// The rule that what was typed last breaks.
fn refusal(model: &Model) -> Option<&ParseError> {
    match (&model.view, asked(model)) {
        (View::NewProfile(naming), _) => naming.error.as_ref(),
        (View::Onboarding(onboarding), Prompt::Text(field)) => onboarding.inputs.get(&field)?.error.as_ref(),
        _ => None,
    }
}

/// Where one is on the road, and why.
fn place(heading: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding) {
    let step = onboarding.current_step();
    let (number, count) = onboarding.step_number();
    let args = Args::new()
        .with("name", onboarding.name.as_str())
        .with(
            "environment",
            wizard::environment_name(texts, &onboarding.profile.environment),
        )
        .with("number", number + 1)
        .with("count", count)
        .with("title", texts.get(&format!("step-{}", step.id)));
    heading.say(&texts.with("plain-place", &args));
    heading.say(&texts.get(&format!("step-{}.intro", step.id)));
    if step.fields.iter().any(|field| field.id == FieldId::NorwegianNumber)
        && let Some(kind) = onboarding.profile.business.kind
    {
        heading.say(&texts.get(&format!("kind-{}-note", kind.id())));
    }
    if step.kind == StepKind::Checklist && model.demonstration_for(onboarding).is_some() {
        heading.say(&texts.get("sandbox-checklist-note"));
    }
    if let Some(trouble) = &onboarding.unsaved {
        heading.say(&warning(texts, &trouble.text(texts)));
    }
}

fn warning(texts: &Texts, words: &str) -> String {
    visible(&texts.with("plain-warning", &Args::new().with("words", words)))
}

/// Whose changes count, when another program has written the profile.
fn conflict(question: &mut Lines, texts: &Texts, onboarding: &Onboarding) -> String {
    question.say(&texts.with("conflict-words", &Args::new().with("name", onboarding.name.as_str())));
    for id in ["conflict-theirs", "conflict-mine"] {
        let words = texts.get(id);
        let (key, what) = words.split_once('|').unwrap_or(("", &words));
        question.say(&format!("{}  {}", key.trim(), what.trim()));
    }
    texts.get("plain-prompt-letter")
}

/// A passing word. Where the drawn wizard's speaks of keys, there is another for lines.
pub fn notice(notice: &Notice, texts: &Texts) -> String {
    let words = match &notice.content {
        NoticeText::Text("notice-choose", _) => texts.get("plain-choose"),
        NoticeText::Text("notice-choose-service", _) => texts.get("plain-choose-service"),
        NoticeText::Text("notice-needed", _) => texts.get("plain-needed"),
        NoticeText::Text(..) | NoticeText::Store(_) => notice.text(texts),
    };
    visible(&texts.with("plain-notice", &Args::new().with("words", words)))
}

/// The key that was made, and what to do with its public half.
pub fn made(made: &GeneratedKey, texts: &Texts) -> Lines {
    let args = Args::new()
        .with("public", made.public.display().to_string())
        .with("key", made.key.display().to_string());
    let (title, words) = match &made.plan {
        KeyPlan::RegisteredKey { kid } => ("made-key-title", texts.with("made-key", &args.with("kid", kid))),
        KeyPlan::CertificateRequest { .. } => ("made-request-title", texts.with("plain-made-request", &args)),
    };
    let mut lines = Lines::default();
    lines.blank();
    lines.say(&texts.get(title));
    lines.say(&words);
    lines.say(&made.text);
    lines
}

impl IntoIterator for Lines {
    type Item = String;
    type IntoIter = std::vec::IntoIter<String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
