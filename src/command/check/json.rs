//! JSON of `klarert check --json`: one object for each profile. Its members are a promise to other programs.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{
    outcome::lacks_password,
    selection::{Target, UnreadableProfile},
};
use crate::command::json::{FORMAT, error_object, rfc3339};
use crate::{
    diagnosis::Stage,
    journey::Who,
    profile::{expiry, fields::key::Key, progress::missing_for_check},
    report::Report,
    text::Texts,
};

/// Returns the object of a check. Without the password its outcome is `skipped`.
pub fn report(target: &Target, report: &Report, texts: &Texts) -> Value {
    let mut object = report.to_json(texts);
    object["format"] = json!(FORMAT);
    let mut missing: Vec<Value> = missing_for_check(&target.profile)
        .into_iter()
        .map(|field| {
            let key = Key::of(field).id();
            missing_field(key, &texts.get(&format!("field-{}", field.id())))
        })
        .collect();
    if lacks_password(report) {
        object["outcome"] = json!("skipped");
        missing.push(missing_field("password", &texts.get("password-missing")));
    }
    let known = target.profile.expiry().map(|expiry| expiry.at);
    let ends = report.certificate_ends().or(known);
    let now = OffsetDateTime::now_utc();
    object["ends"] = json!(ends.and_then(rfc3339));
    object["days_left"] = json!(ends.map(|ends| expiry::days_left(ends, now)));
    object["missing"] = json!(missing);
    object
}

fn missing_field(field: &str, text: &str) -> Value {
    json!({ "field": field, "text": text, "who": Who::You.id(), "since": null })
}

/// Returns an unreadable profile in the form of a check that failed at its first stage.
pub fn unreadable(unreadable: &UnreadableProfile) -> Value {
    let stages: Vec<_> = Stage::ALL
        .iter()
        .map(|stage| {
            let outcome = if *stage == Stage::Profile { "failed" } else { "skipped" };
            json!({ "id": stage.id(), "outcome": outcome })
        })
        .collect();
    json!({
        "format": FORMAT,
        "profile": unreadable.name,
        "environment": unreadable.environment,
        "outcome": "failed",
        "stages": stages,
        "error": error_object(&unreadable.error),
    })
}
