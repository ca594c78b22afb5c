//! `klarert show NAME`: the whole road of one profile, what is done and when, what is missing and who must act.

use clap::Args as ClapArgs;
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use unicode_width::UnicodeWidthStr;

use super::status::{
    Next, Overview, StepView, attention, attention_words, check_words, day, field_name, item_name, next_words,
    step_name, who_name,
};
use crate::command::{Context, Exit, output::Page, print};
use crate::{
    journey::Who,
    profile::{Profile, expiry, fields::set::Key, file::document::outcome_id, parse::ProfileName},
    report::Outcome,
    text::{Args, Texts, visible},
};

#[derive(Debug, ClapArgs)]
pub struct Arguments {
    #[arg(value_name = "NAME")]
    pub profile: String,
    #[arg(long)]
    pub json: bool,
}

pub fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Exit> {
    let name = context.name(&arguments.profile)?;
    let profile = context.load(&name)?.profile;
    let overview = Overview::of(&profile, context.config()?.rules(&profile.environment));
    if arguments.json {
        print(&format!("{}\n", as_json(&name, &profile, &overview)))?;
    } else {
        print(&as_text(&name, &profile, &overview, &Page::new(context)))?;
    }
    Ok(Exit::Success)
}

/// The profile and its road as one object. `export --format json` writes the same; `assets/profile.schema.json`
/// describes it.
pub fn as_json(name: &ProfileName, profile: &Profile, overview: &Overview) -> Value {
    let moment = |at: OffsetDateTime| at.format(&Rfc3339).ok();
    let step = |step: &StepView| {
        json!({
            "id": step.id,
            "done": step.done,
            "items": step.items.iter().map(|item| json!({
                "id": item.key,
                "who": item.who.id(),
                "done": item.done.and_then(moment),
            })).collect::<Vec<_>>(),
            "missing": step.missing.iter().map(|field| field.id()).collect::<Vec<_>>(),
        })
    };
    let next = overview.next().map(|(step, next)| match next {
        Next::Answer(field) => json!({"step": step.id, "answer": field.id(), "who": Who::You.id()}),
        Next::Do(item) => json!({"step": step.id, "item": item.key, "who": item.who.id()}),
        Next::Check => json!({"step": step.id, "who": Who::You.id()}),
    });
    json!({
        "profile": name.as_str(),
        "environment": profile.environment,
        "created": moment(profile.created),
        "updated": moment(profile.updated),
        "business": {
            "kind": profile.business.kind,
            "name": profile.business.name,
            "organisation": profile.business.organisation,
            "services": profile.business.services,
        },
        "client": {
            "id": profile.client.id,
            "scopes": profile.client.scopes,
            "authentication": profile.authentication(),
            "kid": profile.client.kid,
            "key_registered": profile.client.key_registered.map(|day| day.to_string()),
            "consumer_org": profile.client.consumer_org,
        },
        "certificate": {
            "path": profile.certificate.path,
            "pick": profile.certificate.pick,
            "key_path": profile.certificate.key_path,
            "chain_path": profile.certificate.chain_path,
            "ends": profile.certificate_ends.and_then(moment),
        },
        "steps": overview.steps.iter().map(step).collect::<Vec<_>>(),
        "next": next,
        "last_check": profile.last_check.as_ref().map(|check| json!({
            "at": moment(check.at),
            "outcome": outcome_id(check.outcome),
            "stopped_at": check.stopped_at,
            "code": check.code,
            "trace_id": check.trace_id,
        })),
        "attention": attention(profile, overview, OffsetDateTime::now_utc()),
    })
}

/// For a person: the steps with their items, whose keys are what `done` and `undo` are given, and what is next.
fn as_text(name: &ProfileName, profile: &Profile, overview: &Overview, page: &Page) -> String {
    let (texts, now) = (page.texts, OffsetDateTime::now_utc());
    let about = [Some(profile.environment.clone()), kind(profile, texts)];
    let business = [profile.business.name.clone(), profile.business.organisation.clone()];
    let mut lines = vec![page.strong(&joined([[Some(name.to_string())].as_slice(), &about].concat()))];
    lines.push(joined(business.to_vec()));
    lines.push(page.beside("", &visible(&profile.client.scopes.join(" "))));
    lines.retain(|line| !line.is_empty());
    lines.push(String::new());

    let keys = overview.items().map(|item| item.key.width()).max().unwrap_or_default();
    let next = overview.next().map(|(step, _)| step.id);
    for step in &overview.steps {
        let name = step_name(step.id, texts);
        lines.push(match (page.is_watched(), step.done) {
            (true, true) => page.signed(Outcome::Passed, &name),
            (true, false) => page.open(next == Some(step.id), &name),
            (false, done) => format!("{} {name}", ticked(done)),
        });
        lines.extend(step.items.iter().map(|item| {
            let tick = ticked(item.done.is_some());
            let who = (item.who != Who::You).then(|| who_name(item.who.id(), texts));
            let beside = item.done.map(day).or(who);
            let words = joined(vec![Some(item_name(&item.key, texts)), beside]);
            page.beside(&format!("    {tick} {:keys$}  ", item.key), &words)
        }));
        lines.extend(step.missing.iter().map(|field| {
            let args = Args::new().with("field", field_name(*field, texts));
            page.beside(
                "    ",
                &texts.with("show-missing", &args.with("key", Key::of(*field).id())),
            )
        }));
    }
    lines.push(String::new());
    lines.push(check_words(profile, texts));
    let last = profile.last_check.as_ref();
    if let Some(trace) = last.and_then(|check| check.trace_id.as_ref()) {
        lines.push(texts.with("report-trace", &Args::new().with("trace", trace)));
    }
    let ending = profile
        .expiry()
        .map(|ending| (ending.credential, ending.days_left(now)));
    // Where it ends soon, that is among what wants attention.
    let lasts = ending.filter(|(_, days_left)| expiry::warning_threshold(*days_left).is_none());
    lines.extend(lasts.map(|(what, days_left)| expiry::describe(what, days_left, texts)));
    let wanted = attention(profile, overview, now);
    let wanted = wanted.iter().filter_map(|why| attention_words(why, texts));
    lines.extend(wanted.map(|words| page.signed(Outcome::Warned, &words)));
    lines.extend(next_words(overview, texts).map(|next| {
        let next = texts.with("edit-next", &Args::new().with("next", next));
        page.strong(&page.beside("", &next))
    }));
    lines.join("\n") + "\n"
}

fn ticked(done: bool) -> &'static str {
    if done { "[x]" } else { "[ ]" }
}

fn kind(profile: &Profile, texts: &Texts) -> Option<String> {
    let kind = profile.business.kind?;
    Some(texts.get(&format!("kind-{}", kind.id())))
}

/// What is there of it, as it may be shown.
fn joined(parts: Vec<Option<String>>) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().map(|words| visible(&words)).collect();
    parts.join(" · ")
}
