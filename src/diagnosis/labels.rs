//! The labels that klarert's reports put before values, in both languages.

use std::sync::LazyLock;

use crate::text::{Args, Language, Texts};

/// The labels before a trace id, in lower case, without the colon.
pub(super) static TRACE: LazyLock<Vec<String>> = LazyLock::new(|| labels("report-trace", "trace"));
/// The labels before what was received.
pub(super) static RECEIVED: LazyLock<Vec<String>> = LazyLock::new(|| labels("report-received", "received"));

fn labels(id: &str, argument: &str) -> Vec<String> {
    let text = |language| Texts::new(language).with(id, &Args::new().with(argument, ""));
    let texts = Language::ALL.into_iter().map(text);
    texts
        .map(|text| text.trim_end_matches([':', ' ']).to_lowercase())
        .collect()
}
