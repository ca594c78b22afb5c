//! Diagnosis of failures: the cause, the fix, who must act and the step of the wizard that fixes it. Pure. The table is
//! `assets/diagnoses.toml`, the texts are `diagnosis-<id>` with `.cause` and `.fix` (a line each) in `text/*/diagnosis.ftl`.
//!
//! [`classify()`] evaluates an [`Evidence`] and the [`StageFailure`] it ended in; [`interpret()`] and [`parse_pasted()`]
//! evaluate pasted text.

mod classify;
mod evidence;
mod interpret;
mod parse_pasted;
mod received;
mod redact;
mod stage;
mod table;
mod transport;

use crate::{
    certificate::Finding,
    journey::Who,
    text::{Arg, Args, Texts},
};

pub use classify::{classify, is_about_scope};
pub use evidence::{Difference, Evidence, Malformed, StageFailure};
pub use interpret::{Interpretation, bare_trace_id, interpret};
pub use parse_pasted::parse_pasted;
pub use received::{Received, clean};
pub use redact::redact_secret;
pub use stage::Stage;
pub use table::{DiagnosisEntry, known, table};
pub use transport::TransportError;

/// The cause of a failure, its fix and who must act.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// Stable, in kebab case.
    pub id: String,
    /// Maskinporten's code, such as `MP-200`, if received.
    pub code: Option<String>,
    pub stage: Stage,
    pub who: Who,
    /// The step of the wizard that fixes it; `check` if the only fix is to wait.
    pub step: String,
    /// The trace id, which Digdir's service desk asks for.
    pub trace_id: Option<String>,
    pub received: Option<Received>,
    /// The certificate's findings. If there are any, cause and fix are their texts.
    pub findings: Vec<Finding>,
    /// The arguments of the texts.
    pub args: Args,
}

impl Diagnosis {
    /// Returns the title: what happened, in one line.
    pub fn title(&self, texts: &Texts) -> String {
        texts.with(&format!("diagnosis-{}", self.id), &self.named(texts))
    }

    /// Returns the cause.
    pub fn cause(&self, texts: &Texts) -> String {
        if self.findings.is_empty() {
            return texts.with(&format!("diagnosis-{}.cause", self.id), &self.named(texts));
        }
        let words = |finding: &Finding| texts.with(&format!("finding-{}", finding.id.id()), &finding.args);
        self.findings.iter().map(words).collect::<Vec<_>>().join(" ")
    }

    /// Returns the actions, in order.
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

    /// Returns the arguments with the ids of fields and services replaced by their names.
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

/// Replaces comma-separated ids by their names. An id without a name is kept. The question mark of a name that is a
/// question is removed.
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
    fn every_diagnosis_has_its_texts_in_every_language() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for known in table() {
                let diagnosis = parse_pasted(&known.id);
                assert_eq!(diagnosis.id, known.id);
                for words in [diagnosis.title(&texts), diagnosis.cause(&texts)] {
                    assert!(!words.is_empty() && !words.starts_with("diagnosis-"), "{words}");
                }
                assert!(!diagnosis.fix(&texts).is_empty(), "{}", known.id);
            }
        }
    }
}
