//! `klarert show NAME…`: profiles with their steps: what is done and when, what is missing and who must act.

use std::{iter, net::Ipv4Addr};

use time::OffsetDateTime;
use unicode_width::UnicodeWidthStr;

use super::profile_json::details;
use super::several::for_each_profile;
use super::status::{
    Overview, attention, attention_text, check_text, field_name, item_name, next, next_text, step_name, who_name,
};
use crate::command::{Context, Exit, environments, print_styled, renderer::Renderer};
use crate::{
    journey::{FieldId, SANDBOX, Who},
    profile::{
        Kind, Profile, expiry,
        fields::{get::written_values, key::Key},
        parse::ProfileName,
    },
    report::Outcome,
    sandbox,
    text::{Args, Texts, visible},
};

/// Arguments of `klarert show`.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    #[arg(value_name = "NAME", required = true)]
    pub profiles: Vec<String>,
}

/// Prints the profiles, with an empty line between them; as JSON, one object per line.
pub fn run(context: &Context, args: &ShowArgs) -> anyhow::Result<Exit> {
    let mut gap = "";
    for_each_profile(context, &args.profiles, |name| {
        let profile = context.load(name)?.profile;
        environments::warn_of_unknown(context, iter::once((name, profile.environment.as_str())))?;
        let now = OffsetDateTime::now_utc();
        let overview = Overview::of(&profile, context.config()?.rules(&profile.environment)).at(&profile, now);
        if context.json {
            let environment = match profile.environment.as_str() {
                SANDBOX => Some(sandbox::environment((Ipv4Addr::LOCALHOST, sandbox::PORT).into())),
                id => context.config()?.environment(id),
            };
            let object = details(name, &profile, &overview, environment.as_ref(), now, &context.texts);
            print_styled(&format!("{object}\n"))?;
        } else {
            let text = to_text(name, &profile, &overview, &Renderer::new(context));
            print_styled(&format!("{gap}{text}"))?;
            gap = "\n";
        }
        Ok(())
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
    lines.extend(
        credentials(profile, texts)
            .into_iter()
            .map(|line| renderer.wrap_after("", &line)),
    );
    lines.retain(|line| !line.is_empty());
    lines.push(String::new());

    let keys = overview.items().map(|item| item.key.width()).max().unwrap_or_default();
    let next = next(profile, overview).map(|(step, _)| step.id);
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
            let note = item.done.map(|at| texts.date(at.date())).or(who);
            let by = profile.own_tick_text_id(item.key).map(|id| texts.get(id));
            let about = join(&[Some(item_name(item.key, texts)), note, by]);
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
    lines.extend(next_text(profile, overview, texts).map(|next| {
        let next = texts.with("edit-next", &Args::new().with("next", next));
        renderer.bold(&renderer.wrap_after("", &next))
    }));
    lines.join("\n") + "\n"
}

/// Returns the answers about the client and its credential, with the names of their fields.
fn credentials(profile: &Profile, texts: &Texts) -> Vec<String> {
    let name = match profile.business.kind {
        Some(Kind::Foreign) => FieldId::IssuerName,
        _ => FieldId::ClientId,
    };
    let fields = [
        name,
        FieldId::Kid,
        FieldId::Certificate,
        FieldId::KeyFile,
        FieldId::ChainFile,
        FieldId::ConsumerOrg,
    ];
    let line = |field: FieldId| {
        let values = written_values(profile, field);
        (!values.is_empty()).then(|| format!("{}: {}", field_name(field, texts), visible(&values.join(" "))))
    };
    fields.into_iter().filter_map(line).collect()
}

fn checkbox(done: bool) -> &'static str {
    if done { "[x]" } else { "[ ]" }
}

fn kind_name(profile: &Profile, texts: &Texts) -> Option<String> {
    if profile.is_administration() {
        return Some(texts.get("list-administration"));
    }
    let kind = profile.business.kind?;
    Some(texts.get(&format!("kind-{}", kind.id())))
}

/// Joins the parts that exist.
fn join(parts: &[Option<String>]) -> String {
    let parts: Vec<String> = parts.iter().flatten().map(|part| visible(part)).collect();
    parts.join(" · ")
}
