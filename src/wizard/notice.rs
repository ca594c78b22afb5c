//! Notices at the foot of the screen.

use crate::{
    journey::FieldId,
    profile::file::error::StoreError,
    text::{Args, Texts},
};

/// The most names of one step in a notice: fewer each time that it takes too many lines.
const MAX_NAMES: [usize; 2] = [2, 0];

/// A message at the foot of the screen, shown until the next action of the user.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    pub kind: NoticeKind,
    pub content: NoticeText,
}

/// The content of a notice, which is translated when it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum NoticeText {
    /// A text's id and its values.
    Text(&'static str, Args),
    Store(StoreError),
    /// Ticks and answers that a change has removed: the keys of the items, and the fields.
    Removed {
        ticks: Vec<String>,
        answers: Vec<FieldId>,
    },
}

impl Notice {
    /// Creates a notice from a text's id and its values.
    pub(super) fn info(id: &'static str, args: Args) -> Notice {
        Notice {
            kind: NoticeKind::Info,
            content: NoticeText::Text(id, args),
        }
    }

    /// Creates a warning from a text's id and its values.
    pub(super) fn warning(id: &'static str, args: Args) -> Notice {
        Notice {
            kind: NoticeKind::Warning,
            content: NoticeText::Text(id, args),
        }
    }

    /// Creates a warning from an error of the store.
    pub(super) fn store_error(error: StoreError) -> Notice {
        Notice {
            kind: NoticeKind::Warning,
            content: NoticeText::Store(error),
        }
    }

    /// Returns the notice in the language of `texts`, and then its shorter wordings, if it has some.
    pub fn wordings(&self, texts: &Texts) -> Vec<String> {
        match &self.content {
            NoticeText::Text(id, args) => vec![texts.with(id, args)],
            NoticeText::Store(error) => store_wordings(error, texts),
            NoticeText::Removed { ticks, answers } => {
                let count = Args::new().with("count", ticks.len() + answers.len());
                MAX_NAMES
                    .map(|max| removed_text(ticks, answers, Some(max), texts))
                    .into_iter()
                    .chain([texts.with("removed-count", &count)])
                    .map(|removed| texts.with("notice-removed", &Args::new().with("removed", removed)))
                    .collect()
            }
        }
    }

    /// Returns the notice in the language of `texts`.
    pub fn text(&self, texts: &Texts) -> String {
        self.wordings(texts).into_iter().next().unwrap_or_default()
    }
}

/// Returns an error of the store, first with the advice on one of the operating system. That on others is for commands.
pub fn store_wordings(error: &StoreError, texts: &Texts) -> Vec<String> {
    let text = error.text(texts);
    match error {
        StoreError::Io { .. } => vec![format!("{text} {}", error.hint(texts)), text],
        _ => vec![text],
    }
}

/// Returns the names of removed ticks and answers by step: `Customs: …; Certificate: …`. A step with more than `max_names`
/// is shortened to their number.
pub fn removed_text(ticks: &[String], answers: &[FieldId], max_names: Option<usize>, texts: &Texts) -> String {
    let items = ticks.iter().map(|key| {
        let (step, item) = key.split_once('.').unwrap_or((key, ""));
        (step, format!("item-{step}-{item}"))
    });
    let fields = answers
        .iter()
        .map(|field| ("credentials", format!("field-{}", field.id())));
    let mut steps: Vec<(&str, Vec<String>)> = Vec::new();
    for (step, id) in items.chain(fields) {
        let name = texts.find(&id, &Args::new()).unwrap_or(id);
        match steps.iter_mut().find(|(other, _)| *other == step) {
            Some((_, names)) => names.push(name),
            None => steps.push((step, vec![name])),
        }
    }
    let text = |(step, names): &(&str, Vec<String>)| {
        let step = texts.get(&format!("step-{step}.short"));
        match max_names {
            Some(max) if names.len() > max => format!("{step}: {}", names.len()),
            _ => format!("{step}: {}", names.join(", ")),
        }
    };
    steps.iter().map(text).collect::<Vec<_>>().join("; ")
}

/// The severity of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    Info,
    Warning,
}
