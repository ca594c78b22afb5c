//! The plain text of a report, for a service desk or a colleague. It contains no secret, as no report does.

use super::{
    Outcome, Report, ServiceFacts, ServiceOutcome, StageFacts, StageResult, stage_summary::services_by_outcome,
};
use crate::{
    certificate::{Finding, Severity},
    diagnosis::{Diagnosis, Received, names},
    text::{Args, Texts},
};

impl Outcome {
    /// Returns the outcome of the most severe finding.
    pub fn of(findings: &[Finding]) -> Outcome {
        match findings.iter().map(|finding| finding.severity).max() {
            Some(Severity::Stops) => Outcome::Failed,
            Some(Severity::Warns) => Outcome::Warned,
            Some(Severity::Informs) | None => Outcome::Passed,
        }
    }

    /// Returns the id in JSON and in text ids.
    pub fn id(self) -> &'static str {
        match self {
            Outcome::Passed => "passed",
            Outcome::Warned => "warned",
            Outcome::Failed => "failed",
            Outcome::Skipped => "skipped",
        }
    }
}

impl Report {
    /// Returns the conclusion of a passed check. It claims no more than was called.
    pub fn success(&self, texts: &Texts) -> String {
        let services: Vec<_> = self.services().cloned().collect();
        let is_exchanged = |result: &StageResult| matches!(result.facts, StageFacts::Customs { .. });
        let by_outcome = services_by_outcome(texts, &services);
        match &by_outcome[..] {
            [] if self.stages.iter().any(is_exchanged) => return texts.get("success-customs"),
            [] => return texts.get("success-token"),
            [(ServiceOutcome::Answered, names)] => {
                return texts.with("success-api", &Args::new().with("services", names));
            }
            _ => {}
        }
        let sentence = |(outcome, names): (ServiceOutcome, String)| {
            let id = format!("success-{}", outcome.id());
            texts.with(&id, &Args::new().with("services", names))
        };
        let mut sentences = vec![texts.get("success-customs")];
        // A check with a failed test call has not passed.
        sentences.extend(
            by_outcome
                .into_iter()
                .filter(|(outcome, _)| *outcome != ServiceOutcome::Failed)
                .map(sentence),
        );
        sentences.join(" ")
    }

    /// Returns the services of Customs, with the results of the calls to them.
    pub fn services(&self) -> impl Iterator<Item = &ServiceFacts> {
        self.stages.iter().flat_map(|result| result.facts.services())
    }

    /// Returns the whole report: stages, tokens, and the diagnosis or the conclusion.
    pub fn to_text(&self, texts: &Texts) -> String {
        let about = Args::new()
            .with("profile", &self.profile)
            .with("environment", &self.environment);
        let mut lines = vec![texts.with("report-title", &about), String::new()];
        for result in &self.stages {
            lines.push(format!("- {}", result.to_text(texts)));
            if let StageFacts::Tokens(tokens) = &result.facts {
                lines.extend(tokens.iter().map(|token| format!("  - {}", token.summary(texts))));
            }
            lines.extend(
                result
                    .facts
                    .services()
                    .iter()
                    .filter_map(|service| service_call(service, texts)),
            );
            lines.extend(result.warnings(texts).iter().map(|warning| format!("  - {warning}")));
        }
        lines.push(String::new());
        match &self.diagnosis {
            Some(diagnosis) => lines.extend(diagnosis_lines(diagnosis, texts)),
            None => lines.push(self.success(texts)),
        }
        lines.join("\n") + "\n"
    }
}

/// Returns the line about the call to a service: its name, the call, and the status of the response.
fn service_call(service: &ServiceFacts, texts: &Texts) -> Option<String> {
    let name = names(texts, "service", &service.id);
    let call = service.call.as_deref()?;
    let status = service.status.map_or(String::new(), |status| format!(": {status}"));
    Some(format!("  - {name}: {call}{status}"))
}

impl StageResult {
    /// Returns the stage in one line, with its name and without symbols: `Network: passed. TLS 1.3, 41 ms`.
    pub fn to_text(&self, texts: &Texts) -> String {
        let name = texts.get(&format!("stage-name-{}", self.stage.id()));
        let outcome = texts.get(&format!("outcome-{}", self.outcome.id()));
        let summary = self.summary(texts);
        if summary.is_empty() {
            format!("{name}: {outcome}")
        } else {
            format!("{name}: {outcome}. {summary}")
        }
    }
}

impl Received {
    /// Returns a service's answer in one line; `None` if there is nothing to show.
    pub fn to_text(&self, texts: &Texts) -> Option<String> {
        let received: Vec<String> = self.parts().into_iter().map(|(_, value)| value).collect();
        let args = Args::new().with("received", received.join(" · "));
        (!received.is_empty()).then(|| texts.with("report-received", &args))
    }
}

fn diagnosis_lines(diagnosis: &Diagnosis, texts: &Texts) -> Vec<String> {
    let mut lines = vec![diagnosis.headline(texts), diagnosis.cause(texts)];
    lines.extend(diagnosis.fix(texts).into_iter().map(|step| format!("- {step}")));
    let who = texts.get(&format!("who-{}.short", diagnosis.who.id()));
    lines.push(texts.with("report-who", &Args::new().with("who", who)));
    if let Some(trace) = &diagnosis.trace_id {
        lines.push(texts.with("report-trace", &Args::new().with("trace", trace)));
    }
    lines.extend(diagnosis.received.as_ref().and_then(|received| received.to_text(texts)));
    lines.extend(diagnosis.other_refusals(texts));
    lines
}
