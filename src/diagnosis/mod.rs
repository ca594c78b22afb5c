//! What was seen → the one cause, its fix, who must act and which step mends it. Pure; the table is
//! `assets/diagnoses.toml`, the words are `diagnosis-<id>` with `.cause` and `.fix` (a line each) in `text/*/diagnosis.ftl`.
//!
//! [`weigh()`] judges an [`Evidence`] and the [`StageFailure`] it ended in; [`ask()`] and [`explain()`] judge words that
//! somebody pasted.

mod classify;
mod evidence;
mod interpret;
mod parse_pasted;
mod received;
mod stage;
mod table;

use crate::{
    certificate::Finding,
    journey::Who,
    text::{Arg, Args, Texts},
};

pub use classify::{is_about_scope, weigh};
pub use evidence::{Difference, Evidence, Malformed, StageFailure, TransportError};
pub use interpret::{Interpretation, ask, bare_trace_id};
pub use parse_pasted::explain;
pub use received::{Received, clean};
pub use stage::Stage;
pub use table::{DiagnosisEntry, known, table};

/// The end of a failed check.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// Stable, in kebab case.
    pub id: String,
    /// Maskinporten's code, `MP-200`, where it was received.
    pub code: Option<String>,
    pub stage: Stage,
    pub who: Who,
    /// The step of the wizard that mends it; the check itself where waiting is all there is to do.
    pub step: String,
    /// What Digdir's service desk asks for.
    pub trace_id: Option<String>,
    pub received: Option<Received>,
    /// What is wrong with the certificate; then the words are the findings' own.
    pub findings: Vec<Finding>,
    /// The values of the texts.
    pub args: Args,
}

impl Diagnosis {
    /// What happened, in one line.
    pub fn title(&self, texts: &Texts) -> String {
        texts.with(&format!("diagnosis-{}", self.id), &self.named(texts))
    }

    /// Why.
    pub fn cause(&self, texts: &Texts) -> String {
        if self.findings.is_empty() {
            return texts.with(&format!("diagnosis-{}.cause", self.id), &self.named(texts));
        }
        let words = |finding: &Finding| texts.with(&format!("finding-{}", finding.id.id()), &finding.args);
        self.findings.iter().map(words).collect::<Vec<_>>().join(" ")
    }

    /// What to do, in order.
    pub fn fix(&self, texts: &Texts) -> Vec<String> {
        let lines = if self.findings.is_empty() {
            texts.with(&format!("diagnosis-{}.fix", self.id), &self.named(texts))
        } else {
            let words = |finding: &Finding| texts.with(&format!("finding-{}.fix", finding.id.id()), &finding.args);
            self.findings.iter().map(words).collect::<Vec<_>>().join("\n")
        };
        lines
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The values as a reader knows them: questions and services by their names, not their ids.
    fn named(&self, texts: &Texts) -> Args {
        self.args
            .iter()
            .fold(Args::new(), |args, (name, value)| match (name, value) {
                ("fields", Arg::Text(ids)) => args.with(name, names(texts, "field", ids)),
                ("service", Arg::Text(ids)) => args.with(name, names(texts, "service", ids)),
                (_, Arg::Text(text)) => args.with(name, text),
                (_, Arg::Number(number)) => args.with(name, *number as i64),
            })
    }
}

/// Ids divided by commas → what people call them. What has no name stays as it is; what is named by a question has no
/// question mark in the midst of a sentence.
pub(crate) fn names(texts: &Texts, prefix: &str, ids: &str) -> String {
    ids.split(", ")
        .map(|id| {
            let name = texts.find(&format!("{prefix}-{id}"), &Args::new());
            name.map_or(id.to_owned(), |name| name.trim_end_matches('?').to_owned())
        })
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn every_diagnosis_has_its_words_in_every_language() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for known in table() {
                let diagnosis = explain(&known.id);
                assert_eq!(diagnosis.id, known.id);
                for words in [diagnosis.title(&texts), diagnosis.cause(&texts)] {
                    assert!(!words.is_empty() && !words.starts_with("diagnosis-"), "{words}");
                }
                assert!(!diagnosis.fix(&texts).is_empty(), "{}", known.id);
            }
        }
    }
}
