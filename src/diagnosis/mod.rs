//! What was seen → the one cause, its fix, who must act and which step mends it. Pure; the table is
//! `assets/diagnoses.toml`, the words are `diagnosis-<id>` with `.cause` and `.fix` (a line each) in `text/*/diagnosis.ftl`.

use serde::Serialize;

use crate::{
    journey::Who,
    report::Stage,
    text::{Args, Texts},
};

/// The end of a failed check.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// Stable, in kebab case.
    pub id: String,
    /// Maskinporten's code, `MP-200`.
    pub code: Option<String>,
    pub stage: Stage,
    pub who: Who,
    /// The step of the wizard that mends it; the check itself where waiting is all there is to do.
    pub step: String,
    /// What Digdir's service desk asks for.
    pub trace_id: Option<String>,
    pub received: Option<Received>,
    /// The values of the texts.
    pub args: Args,
}

/// What a service answered, cleaned for showing: no token is in it.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Received {
    pub status: Option<u16>,
    pub error: Option<String>,
    pub error_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_uri: Option<String>,
}

impl Diagnosis {
    /// What happened, in one line.
    pub fn title(&self, texts: &Texts) -> String {
        texts.with(&format!("diagnosis-{}", self.id), &self.args)
    }

    /// Why.
    pub fn cause(&self, texts: &Texts) -> String {
        texts.with(&format!("diagnosis-{}.cause", self.id), &self.args)
    }

    /// What to do, in order.
    pub fn fix(&self, texts: &Texts) -> Vec<String> {
        let lines = texts.with(&format!("diagnosis-{}.fix", self.id), &self.args);
        lines
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect()
    }
}
