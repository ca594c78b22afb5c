//! The JSON of a report, as `check --json` prints it. Its form is a contract: the changelog names every change.

use serde_json::{Map, Value, json};

use super::{Report, ServiceOutcome, StageFacts, StageResult};
use crate::{diagnosis::Diagnosis, text::Texts};

impl Report {
    /// Returns the report as an object. `cause`, `fix` and `warnings` are in the language of `texts`; ids never depend
    /// on it.
    pub fn to_json(&self, texts: &Texts) -> Value {
        let mut object = json!({
            "profile": self.profile,
            "environment": self.environment,
            "outcome": if self.passed() { "passed" } else { "failed" },
            "stages": self.stages.iter().map(|result| stage(result, texts)).collect::<Vec<_>>(),
        });
        if let Some(found) = &self.diagnosis {
            object["diagnosis"] = found.to_json(texts);
        }
        object
    }
}

fn stage(result: &StageResult, texts: &Texts) -> Value {
    let mut object = json!({ "id": result.stage.id(), "outcome": result.outcome });
    if let Some(took) = result.took {
        object["ms"] = json!(tenths(took.as_secs_f64() * 1000.0));
    }
    let facts = stage_facts(&result.facts);
    if !facts.is_empty() {
        object["facts"] = Value::Object(facts);
    }
    let warnings = result.warnings(texts);
    if !warnings.is_empty() {
        object["warnings"] = json!(warnings);
    }
    object
}

fn stage_facts(facts: &StageFacts) -> Map<String, Value> {
    let facts = match facts {
        StageFacts::Nothing
        | StageFacts::Refused { .. }
        | StageFacts::NoCustoms
        | StageFacts::NoCustomsScope
        | StageFacts::NoDate => json!({}),
        StageFacts::Certificate {
            organisation,
            days_left,
            findings,
            ..
        } => json!({
            "organisation": organisation,
            "days_left": days_left,
            "findings": (!findings.is_empty())
                .then(|| findings.iter().map(|finding| json!(finding.id)).collect::<Vec<_>>()),
        }),
        StageFacts::Network { host, tls, proxy } => json!({ "host": host, "tls": tls, "proxy": proxy }),
        StageFacts::Clock { ahead_s } => json!({ "ahead_s": tenths(*ahead_s) }),
        StageFacts::Tokens(tokens) if tokens.is_empty() => json!({}),
        StageFacts::Tokens(tokens) => json!({ "tokens": tokens }),
        StageFacts::Customs { expires_in } => json!({ "expires_in": expires_in }),
        StageFacts::Api(services) => {
            let answered = services
                .iter()
                .filter(|service| service.outcome == ServiceOutcome::Answered);
            let answered: Vec<&str> = answered.map(|service| service.id.as_str()).collect();
            json!({
                "service": (!answered.is_empty()).then(|| answered.join(", ")),
                "status": (!answered.is_empty()).then_some(200),
                "services": services,
            })
        }
    };
    let Value::Object(mut facts) = facts else {
        return Map::new();
    };
    facts.retain(|_, value| !value.is_null());
    facts
}

impl Diagnosis {
    /// Returns the diagnosis as an object, the same in every command's output.
    pub fn to_json(&self, texts: &Texts) -> Value {
        let mut object = json!({
            "id": self.id,
            "code": self.code,
            "stage": self.stage,
            "cause": self.cause(texts),
            "fix": self.fix(texts),
            "who": self.who,
            "step": self.step,
            "fix_at": self.fix_at,
            "trace_id": self.trace_id,
            "received": self.received,
        });
        if !self.contradicts.is_empty() {
            object["contradicts"] = self.contradicts.iter().map(|item| json!(item.item)).collect();
        }
        if !self.scopes.is_empty() || !self.others.is_empty() {
            let causes = std::iter::once(self).chain(&self.others);
            let scopes = causes.flat_map(|cause| cause.scopes.iter().map(move |scope| cause.refused_scope(scope)));
            object["refused_scopes"] = scopes.collect();
        }
        if !self.findings.is_empty() {
            object["findings"] = self.findings.iter().map(|finding| json!(finding.id)).collect();
        }
        object
    }

    fn refused_scope(&self, scope: &str) -> Value {
        json!({ "scope": scope, "id": self.id, "code": self.code, "who": self.who })
    }
}

fn tenths(value: f64) -> f64 {
    let rounded = (value * 10.0).round() / 10.0;
    // A small negative number rounds to -0.0: print 0.
    if rounded == 0.0 { 0.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        diagnosis::parse_pasted,
        report::{Outcome, Stage},
        text::Language,
    };

    fn stage(stage: Stage, outcome: Outcome, ms: Option<u64>, facts: StageFacts) -> StageResult {
        StageResult {
            stage,
            outcome,
            took: ms.map(Duration::from_millis),
            facts,
        }
    }

    #[test]
    fn report_has_the_documented_json() {
        let refusal = r#"{"status":400,"error":"invalid_scope","error_description":"no (trace_id: 35661234)",
            "error_uri":"https://test.maskinporten.no/errors/MP-200"}"#;
        let certificate = StageFacts::Certificate {
            issuer: "Demo CA".into(),
            organisation: Some("NTRNO-123456785".into()),
            days_left: Some(21),
            ends: None,
            findings: Vec::new(),
        };
        let report = Report {
            profile: "acme".into(),
            environment: "test".into(),
            stages: vec![
                stage(Stage::Profile, Outcome::Passed, Some(0), StageFacts::Nothing),
                stage(Stage::Certificate, Outcome::Warned, Some(3), certificate),
                stage(
                    Stage::Clock,
                    Outcome::Passed,
                    Some(0),
                    StageFacts::Clock { ahead_s: 0.42 },
                ),
                stage(
                    Stage::Token,
                    Outcome::Failed,
                    Some(88),
                    StageFacts::Refused { code: "MP-200".into() },
                ),
                stage(Stage::Api, Outcome::Skipped, None, StageFacts::Nothing),
            ],
            diagnosis: Some(parse_pasted(refusal)),
        };
        let mut json = report.to_json(&Texts::new(Language::English));
        assert!(
            json["diagnosis"]["cause"]
                .as_str()
                .is_some_and(|cause| !cause.is_empty())
        );
        assert!(json["diagnosis"]["fix"].as_array().is_some_and(|fix| !fix.is_empty()));
        json["diagnosis"]["cause"] = json!("…");
        json["diagnosis"]["fix"] = json!(["…"]);
        assert_eq!(
            json,
            json!({
                "profile": "acme", "environment": "test", "outcome": "failed",
                "stages": [
                    { "id": "profile", "outcome": "passed", "ms": 0.0 },
                    { "id": "certificate", "outcome": "warned", "ms": 3.0,
                      "facts": { "organisation": "NTRNO-123456785", "days_left": 21 } },
                    { "id": "clock", "outcome": "passed", "ms": 0.0, "facts": { "ahead_s": 0.4 } },
                    { "id": "token", "outcome": "failed", "ms": 88.0 },
                    { "id": "api", "outcome": "skipped" },
                ],
                "diagnosis": {
                    "id": "scope-not-on-client", "code": "MP-200", "stage": "token", "cause": "…", "fix": ["…"],
                    "who": "you", "step": "integration", "fix_at": "integration.scopes", "trace_id": "35661234",
                    "received": { "status": 400, "error": "invalid_scope",
                                  "error_description": "no (trace_id: 35661234)",
                                  "error_uri": "https://test.maskinporten.no/errors/MP-200" },
                },
            })
        );
    }
}
