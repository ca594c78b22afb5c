//! `klarert show NAME`: the whole road of one profile, what is done and when, what is missing and who must act.

use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    Context, Exit,
    arguments::Show,
    overview::{
        Next, Overview, StepView, attention, attention_words, check_words, day, field_name, item_name, next_words,
        step_name, who_name,
    },
    print,
};
use crate::{
    journey::Who,
    profile::{Profile, document::outcome_id, parse::ProfileName, renewal},
    text::{Args, Texts, visible},
};

pub fn run(context: &Context, arguments: &Show) -> anyhow::Result<Exit> {
    let name = context.name(&arguments.profile)?;
    let profile = context.load(&name)?.profile;
    let overview = Overview::of(&profile, context.config()?.rules(&profile.environment));
    if arguments.json {
        print(&format!("{}\n", as_json(&name, &profile, &overview)))?;
    } else {
        print(&as_text(&name, &profile, &overview, &context.texts))?;
    }
    Ok(Exit::Holds)
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

fn as_text(name: &ProfileName, profile: &Profile, overview: &Overview, texts: &Texts) -> String {
    let mut lines = vec![format!("{name} · {}", visible(&profile.environment))];
    let business = [&profile.business.name, &profile.business.organisation];
    let business: Vec<String> = business.into_iter().flatten().map(|words| visible(words)).collect();
    lines.push(business.join(" · "));
    lines.push(visible(&profile.client.scopes.join(" ")));
    lines.push(String::new());
    let next = overview.next().map(|(step, _)| step.id);
    for step in &overview.steps {
        let sign = match (step.done, next == Some(step.id)) {
            (true, _) => '✓',
            (false, true) => '▸',
            (false, false) => ' ',
        };
        lines.push(format!("{sign} {}", step_name(step.id, texts)));
        lines.extend(step.items.iter().map(|item| {
            // The key is what `done` and `undo` are given.
            let title = format!("{:24} {}", item.key, item_name(&item.key, texts));
            match item.done {
                Some(at) => format!("    [x] {title} · {}", day(at)),
                None if item.who == Who::You => format!("    [ ] {title}"),
                None => format!("    [ ] {title} · {}", who_name(item.who.id(), texts)),
            }
        }));
        lines.extend(step.missing.iter().map(|field| {
            let args = Args::new().with("field", field_name(*field, texts));
            format!("    {}", texts.with("show-missing", &args.with("key", field.id())))
        }));
    }
    lines.push(String::new());
    lines.push(check_words(profile, texts));
    let now = OffsetDateTime::now_utc();
    let wanted = attention(profile, overview, now);
    let ending = profile.ending().map(|ending| (ending.what, ending.days_left(now)));
    // Where it ends soon, that is among what wants attention.
    let lasts = ending.filter(|(_, days_left)| renewal::step(*days_left).is_none());
    lines.extend(lasts.map(|(what, days_left)| renewal::words(what, days_left, texts)));
    lines.extend(wanted.iter().filter_map(|why| attention_words(why, texts)));
    lines.extend(next_words(overview, texts).map(|next| texts.with("edit-next", &Args::new().with("next", next))));
    lines.retain({
        // Two empty lines in a row come from an answer that is not there.
        let mut before = String::from("start");
        move |line| {
            let keep = !(line.is_empty() && before.is_empty());
            before.clone_from(line);
            keep
        }
    });
    lines.join("\n") + "\n"
}
