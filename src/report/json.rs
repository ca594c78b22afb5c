//! A report as `check --json` prints it. Its form is a promise: the changelog names every change.

use serde_json::{Map, Value, json};

use super::{Report, Seen, StageResult};
use crate::{diagnosis::Diagnosis, text::Texts};

impl Report {
    /// One object. The ids do not depend on the language; `cause` and `fix` are in that of `texts`.
    pub fn to_json(&self, texts: &Texts) -> Value {
        let mut object = json!({
            "profile": self.profile,
            "environment": self.environment,
            "outcome": if self.passed() { "passed" } else { "failed" },
            "stages": self.stages.iter().map(stage).collect::<Vec<_>>(),
        });
        if let Some(found) = &self.diagnosis {
            object["diagnosis"] = found.to_json(texts);
        }
        object
    }
}

fn stage(result: &StageResult) -> Value {
    let mut object = json!({ "id": result.stage.id(), "outcome": result.outcome });
    if let Some(took) = result.took {
        object["ms"] = json!(tenths(took.as_secs_f64() * 1000.0));
    }
    let facts = facts(&result.seen);
    if !facts.is_empty() {
        object["facts"] = Value::Object(facts);
    }
    object
}

fn facts(seen: &Seen) -> Map<String, Value> {
    let facts = match seen {
        Seen::Nothing | Seen::NoTestCall | Seen::NoCustoms | Seen::NoCustomsScope | Seen::NoDate => json!({}),
        Seen::Certificate {
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
        Seen::Network { host, tls, proxy } => json!({ "host": host, "tls": tls, "proxy": proxy }),
        Seen::Clock { ahead_s } => json!({ "ahead_s": tenths(*ahead_s) }),
        Seen::Tokens(tokens) if tokens.is_empty() => json!({}),
        Seen::Tokens(tokens) => json!({ "tokens": tokens }),
        Seen::Customs { expires_in } => json!({ "expires_in": expires_in }),
        Seen::Api { service, status } => json!({ "service": service, "status": status }),
    };
    let Value::Object(mut facts) = facts else {
        return Map::new();
    };
    facts.retain(|_, value| !value.is_null());
    facts
}

impl Diagnosis {
    /// One object, the same wherever a diagnosis is printed.
    pub fn to_json(&self, texts: &Texts) -> Value {
        let mut object = json!({
            "id": self.id,
            "code": self.code,
            "stage": self.stage,
            "cause": self.cause(texts),
            "fix": self.fix(texts),
            "who": self.who,
            "step": self.step,
            "trace_id": self.trace_id,
            "received": self.received,
        });
        if !self.findings.is_empty() {
            object["findings"] = self.findings.iter().map(|finding| json!(finding.id)).collect();
        }
        object
    }
}

fn tenths(value: f64) -> f64 {
    let rounded = (value * 10.0).round() / 10.0;
    // A clock just behind reads as 0, not as -0.
    if rounded == 0.0 { 0.0 } else { rounded }
}
