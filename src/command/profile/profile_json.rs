//! JSON of profiles, the same for `list`, `show`, `export` and all commands that change profiles. Its members are a promise to
//! other programs; `assets/schema/profile.json` describes them.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::status::{self, Attention, Next, Overview, StepView, attention, field_name, item_name, since, step_name};
use crate::command::{
    command_error::CommandError,
    json::{FORMAT, error_object, rfc3339},
};
use crate::{
    diagnosis,
    journey::{Environment, FieldId, Who, journey},
    profile::{
        LastCheck, Profile, copy_values::copy_values, fields::key::Key, file::state::outcome_id, parse::ProfileName,
        progress::has_unusable_certificate,
    },
    text::Texts,
};

/// Returns a profile in short: its progress, what is missing, its last check and its expiry.
pub fn summary(
    name: &ProfileName,
    profile: &Profile,
    overview: &Overview,
    now: OffsetDateTime,
    texts: &Texts,
) -> Value {
    let (done, all) = overview.count();
    let expiry = profile.expiry();
    json!({
        "format": FORMAT,
        "profile": name.as_str(),
        "purpose": profile.purpose.id(),
        "environment": profile.environment,
        "created": rfc3339(profile.created),
        "updated": rfc3339(profile.updated),
        "business": {
            "kind": profile.business.kind,
            "name": profile.business.name,
            "organisation": profile.business.organisation,
            "services": profile.business.services,
        },
        "progress": { "done": done, "all": all },
        "next": next(profile, overview, texts),
        "missing": missing(profile, overview, now, texts),
        "ends": expiry.and_then(|expiry| rfc3339(expiry.at)),
        "days_left": expiry.map(|expiry| expiry.days_left(now)),
        "last_check": profile.last_check.as_ref().map(|check| last_check(check, profile)),
        "attention": attention_json(profile, overview, now),
    })
}

/// Returns a profile with all answers, and each step with the links and the texts to copy of its items.
pub fn details(
    name: &ProfileName,
    profile: &Profile,
    overview: &Overview,
    environment: Option<&Environment>,
    now: OffsetDateTime,
    texts: &Texts,
) -> Value {
    let mut object = summary(name, profile, overview, now, texts);
    object["client"] = json!({
        "id": profile.client.id,
        "scopes": profile.client.scopes,
        "authentication": profile.authentication(),
        "kid": profile.client.kid,
        "key_registered": profile.client.key_registered.map(|day| day.to_string()),
        "consumer_org": profile.client.consumer_org,
    });
    object["certificate"] = json!({
        "path": profile.certificate.path,
        "pick": profile.certificate.pick,
        "key_path": profile.certificate.key_path,
        "chain_path": profile.certificate.chain_path,
        "ends": profile.certificate_ends.and_then(rfc3339),
    });
    let steps = overview.steps.iter();
    object["steps"] = steps.map(|step| step_json(step, profile, environment, texts)).collect();
    object
}

/// Returns a profile whose file cannot be read.
pub fn unreadable(name: &ProfileName, error: &CommandError) -> Value {
    json!({
        "format": FORMAT,
        "profile": name.as_str(),
        "environment": Value::Null,
        "missing": [],
        "attention": [{ "reason": "unreadable" }],
        "error": error_object(error),
    })
}

/// Returns the reasons for attention. As in `last_check`, only codes of Maskinporten are codes; others are diagnoses.
fn attention_json(profile: &Profile, overview: &Overview, now: OffsetDateTime) -> Vec<Attention> {
    let mut reasons = attention(profile, overview, now);
    for reason in &mut reasons {
        if let Attention::CheckFailed { code, diagnosis } = reason
            && let Some(id) = code.take_if(|code| !code.starts_with("MP-"))
        {
            diagnosis.get_or_insert(id);
        }
    }
    reasons
}

fn step_json(step: &StepView, profile: &Profile, environment: Option<&Environment>, texts: &Texts) -> Value {
    let known = journey().step(step.id);
    let items = step.items.iter().map(|view| {
        let item = known.and_then(|known| known.items.iter().find(|item| item.key == view.key));
        let copied = item.map(|item| copy_values(profile, item, texts)).unwrap_or_default();
        let copied = copied
            .into_iter()
            .map(|(kind, text)| json!({ "id": kind.id(), "text": text }));
        json!({
            "item": view.key,
            "text": item_name(view.key, texts),
            "who": view.who.id(),
            "done": view.done.is_some(),
            "done_at": view.done.and_then(rfc3339),
            "done_by": view.done.map(|_| done_by(profile, view.key)),
            "link": item.and_then(|item| item.address(environment)),
            "copy": copied.collect::<Vec<_>>(),
        })
    });
    json!({
        "step": step.id,
        "text": step_name(step.id, texts),
        "done": step.done,
        "items": items.collect::<Vec<_>>(),
        "missing": step.missing.iter().map(|field| missing_field(*field, texts)).collect::<Vec<_>>(),
    })
}

/// Returns who ticked an item.
fn done_by(profile: &Profile, item: &str) -> &'static str {
    if profile.is_ticked_by_klarert(item) {
        "klarert"
    } else {
        "user"
    }
}

fn missing_field(field: FieldId, texts: &Texts) -> Value {
    let key = Key::of(field).id();
    json!({ "field": key, "text": field_name(field, texts), "who": Who::You.id(), "since": null })
}

/// Returns everything that is left: the fields without a usable answer and the items without a tick.
fn missing(profile: &Profile, overview: &Overview, now: OffsetDateTime, texts: &Texts) -> Vec<Value> {
    let next = status::next(profile, overview).and_then(|(_, next)| match next {
        Next::Do(item) => Some(item.key.to_owned()),
        _ => None,
    });
    let mut missing = Vec::new();
    for step in &overview.steps {
        missing.extend(step.missing.iter().map(|field| missing_field(*field, texts)));
        let is_over = profile.expiry().is_some_and(|expiry| expiry.is_over(now));
        let is_lost = has_unusable_certificate(profile) || is_over;
        if step.id == "credentials" && is_lost && !step.missing.contains(&FieldId::Certificate) {
            missing.push(missing_field(FieldId::Certificate, texts));
        }
        for item in step.items.iter().filter(|item| item.done.is_none()) {
            let is_next = next.as_deref() == Some(item.key);
            let since = is_next.then(|| since(profile, overview)).and_then(rfc3339);
            missing.push(json!({
                "item": item.key, "text": item_name(item.key, texts), "who": item.who.id(), "since": since,
            }));
        }
    }
    missing
}

/// Returns the next thing to do. `None` if nothing is.
fn next(profile: &Profile, overview: &Overview, texts: &Texts) -> Option<Value> {
    let (step, next) = status::next(profile, overview)?;
    let since = rfc3339(since(profile, overview));
    let (member, id, text, who) = match next {
        Next::Answer(field) => ("field", Key::of(field).id(), field_name(field, texts), Who::You),
        Next::Do(item) => ("item", item.key, item_name(item.key, texts), item.who),
        Next::Check => ("check", step.id, step_name(step.id, texts), Who::You),
    };
    let mut object = json!({ "step": step.id, "text": text, "who": who.id(), "since": since });
    if member != "check" {
        object[member] = json!(id);
    }
    Some(object)
}

/// Returns the last check. A diagnosis of an older version is known by its code only.
fn last_check(check: &LastCheck, profile: &Profile) -> Value {
    let code = check.code.as_deref();
    let of_code = || code.map(|code| diagnosis::parse_pasted(code).id);
    json!({
        "at": rfc3339(check.at),
        "outcome": outcome_id(check.outcome),
        "diagnosis": check.diagnosis.clone().or_else(of_code),
        "code": code.filter(|code| code.starts_with("MP-")),
        "who": check.who,
        "stopped_at": check.stopped_at,
        "trace_id": check.trace_id,
        "current": !profile.changed_since_check(),
    })
}
