//! Notices at the foot of the screen.

use crate::{
    profile::file::error::StoreError,
    text::{Args, Texts},
};

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

    /// Returns the notice in the language of `texts`.
    pub fn text(&self, texts: &Texts) -> String {
        match &self.content {
            NoticeText::Text(id, args) => texts.with(id, args),
            NoticeText::Store(error) => error.text(texts),
        }
    }
}

/// The severity of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    Info,
    Warning,
}
