//! The wizard as lines of text, for screen readers, serial consoles and logs: model → [`Page`], typed line →
//! [`TypedLine`](parse_line::TypedLine). It only shows; `wizard` decides what a line does. It moves no cursor and needs no
//! colour.

mod certificate;
mod check;
mod checklist;
mod form;
mod help;
mod lines;
mod page;
pub mod parse_line;
mod profile_list;
mod prompt;

pub use help::{explanation, help};
pub use lines::Lines;
pub use page::{Page, page};
pub use prompt::{Prompt, current_prompt};

use crate::{
    text::{Args, Texts, visible},
    wizard::{GeneratedKey, KeyPlan, Notice, NoticeText, removed_text},
};

/// Returns a notice as text. Notices about keys have a wording of their own for typed lines.
pub fn notice(notice: &Notice, texts: &Texts) -> String {
    let words = match &notice.content {
        NoticeText::Text("notice-choose", _) => texts.get("plain-choose"),
        NoticeText::Text("notice-choose-service", _) => texts.get("plain-choose-service"),
        NoticeText::Text("notice-needed", _) => texts.get("plain-needed"),
        NoticeText::Text("notice-file-not-found", _) => texts.get("plain-file-not-found"),
        NoticeText::Text("notice-open-failed" | "notice-open-failed.mail", _) => texts.get("plain-open-failed"),
        NoticeText::Removed { ticks, answers } => {
            let removed = removed_text(ticks, answers, None, texts);
            texts.with("plain-removed", &Args::new().with("removed", removed))
        }
        NoticeText::Text(..) | NoticeText::Store(_) => notice.text(texts),
    };
    visible(&texts.with("plain-notice", &Args::new().with("text", words)))
}

/// Returns the files of a generated key and the next action.
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
    lines.push(&texts.get(title));
    lines.push(&words);
    lines.push(&made.text);
    lines
}

/// Returns the reason why an answer was not accepted.
fn refused(texts: &Texts, text: &str) -> String {
    visible(&texts.with("plain-refused", &Args::new().with("text", text)))
}

/// Returns a text marked as a warning.
fn warning(texts: &Texts, text: &str) -> String {
    visible(&texts.with("plain-warning", &Args::new().with("text", text)))
}
