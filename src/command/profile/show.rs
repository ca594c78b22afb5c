//! `klarert show NAME…`: profiles with their steps: what is done and when, what is missing and who must act.

use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use unicode_width::UnicodeWidthStr;

use super::several::for_each_profile;
use super::status::{
    Next, Overview, StepView, attention, attention_text, check_text, field_name, item_name, next_text, step_name,
    who_name,
};
use crate::command::{Context, Exit, output::Renderer, print_styled};
use crate::{
    journey::Who,
    profile::{Profile, expiry, fields::set::Key, file::state::outcome_id, parse::ProfileName},
    report::Outcome,
    text::{Args, Texts, iso_date, visible},
};

/// Arguments of `klarert show`.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    #[arg(value_name = "NAME", required = true)]
    pub profiles: Vec<String>,
    #[arg(long)]
    pub json: bool,
}

/// Prints the profiles, with an empty line between them; as JSON, one object per line.
pub fn run(context: &Context, args: &ShowArgs) -> anyhow::Result<Exit> {
    let mut gap = "";
    for_each_profile(context, &args.profiles, |name| {
        let profile = context.load(name)?.profile;
        let overview = Overview::of(&profile, context.config()?.rules(&profile.environment));
        if args.json {
            print_styled(&format!("{}\n", to_json(name, &profile, &overview)))?;
        } else {
            let text = to_text(name, &profile, &overview, &Renderer::new(context));
            print_styled(&format!("{gap}{text}"))?;
            gap = "\n";
        }
        Ok(())
    })
}

/// Returns the profile and its steps as one object, described by `assets/profile.schema.json`.
///
/// `export --format json` prints the same.
pub fn to_json(name: &ProfileName, profile: &Profile, overview: &Overview) -> Value {
    let rfc3339 = |at: OffsetDateTime| at.format(&Rfc3339).ok();
    let step = |step: &StepView| {
        json!({
            "id": step.id,
            "done": step.done,
            "items": step.items.iter().map(|item| json!({
                "id": item.key,
                "who": item.who.id(),
                "done": item.done.and_then(rfc3339),
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
        "created": rfc3339(profile.created),
        "updated": rfc3339(profile.updated),
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
            "ends": profile.certificate_ends.and_then(rfc3339),
        },
        "steps": overview.steps.iter().map(step).collect::<Vec<_>>(),
        "next": next,
        "last_check": profile.last_check.as_ref().map(|check| json!({
            "at": rfc3339(check.at),
            "outcome": outcome_id(check.outcome),
            "stopped_at": check.stopped_at,
            "code": check.code,
            "trace_id": check.trace_id,
        })),
        "attention": attention(profile, overview, OffsetDateTime::now_utc()),
    })
}

/// Returns the steps with their items, the last check, and the next item. The items' keys are arguments of `done`.
fn to_text(name: &ProfileName, profile: &Profile, overview: &Overview, renderer: &Renderer) -> String {
    let (texts, now) = (renderer.texts, OffsetDateTime::now_utc());
    let heading = [
        Some(name.to_string()),
        Some(profile.environment.clone()),
        kind_name(profile, texts),
    ];
    let business = [profile.business.name.clone(), profile.business.organisation.clone()];
    let mut lines = vec![renderer.bold(&join(&heading))];
    lines.push(join(&business));
    lines.push(renderer.wrap_after("", &visible(&profile.client.scopes.join(" "))));
    lines.retain(|line| !line.is_empty());
    lines.push(String::new());

    let keys = overview.items().map(|item| item.key.width()).max().unwrap_or_default();
    let next = overview.next().map(|(step, _)| step.id);
    for step in &overview.steps {
        let name = step_name(step.id, texts);
        lines.push(match (renderer.is_live(), step.done) {
            (true, true) => renderer.outcome(Outcome::Passed, &name),
            (true, false) => renderer.open(next == Some(step.id), &name),
            (false, done) => format!("{} {name}", checkbox(done)),
        });
        lines.extend(step.items.iter().map(|item| {
            let checkbox = checkbox(item.done.is_some());
            let who = (item.who != Who::You).then(|| who_name(item.who.id(), texts));
            let note = item.done.map(iso_date).or(who);
            let about = join(&[Some(item_name(&item.key, texts)), note]);
            renderer.wrap_after(&format!("    {checkbox} {:keys$}  ", item.key), &about)
        }));
        lines.extend(step.missing.iter().map(|field| {
            let args = Args::new().with("field", field_name(*field, texts));
            renderer.wrap_after(
                "    ",
                &texts.with("show-missing", &args.with("key", Key::of(*field).id())),
            )
        }));
    }
    lines.push(String::new());
    lines.push(check_text(profile, texts));
    let last = profile.last_check.as_ref();
    if let Some(trace) = last.and_then(|check| check.trace_id.as_ref()) {
        lines.push(texts.with("report-trace", &Args::new().with("trace", trace)));
    }
    let ending = profile
        .expiry()
        .map(|ending| (ending.credential, ending.days_left(now)));
    // A near expiry is among the reasons for attention.
    let far = ending.filter(|(_, days_left)| expiry::warning_threshold(*days_left).is_none());
    lines.extend(far.map(|(what, days_left)| expiry::describe(what, days_left, texts)));
    let reasons = attention(profile, overview, now);
    let reasons = reasons.iter().filter_map(|reason| attention_text(reason, texts));
    lines.extend(reasons.map(|reason| renderer.outcome(Outcome::Warned, &reason)));
    lines.extend(next_text(overview, texts).map(|next| {
        let next = texts.with("edit-next", &Args::new().with("next", next));
        renderer.bold(&renderer.wrap_after("", &next))
    }));
    lines.join("\n") + "\n"
}

fn checkbox(done: bool) -> &'static str {
    if done { "[x]" } else { "[ ]" }
}

fn kind_name(profile: &Profile, texts: &Texts) -> Option<String> {
    let kind = profile.business.kind?;
    Some(texts.get(&format!("kind-{}", kind.id())))
}

/// Joins the parts that exist.
fn join(parts: &[Option<String>]) -> String {
    let parts: Vec<String> = parts.iter().flatten().map(|part| visible(part)).collect();
    parts.join(" · ")
}
