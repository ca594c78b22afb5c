//! `klarert explain`: the diagnoses of an error code, a diagnosis id, any pasted text or a file; without one, all of them.

use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;

use super::explain_input;
use crate::command::{Context, Exit, json::FORMAT, print_styled, profile::status::step_name, renderer::Renderer};
use crate::{
    diagnosis::{self, Diagnosis, Interpretation, UNKNOWN},
    profile::{CheckOutcome, LastCheck, parse::ProfileName},
    text::{Args, Texts},
};

/// Arguments of `klarert explain`.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    #[arg(value_name = "CODE")]
    pub text: Vec<String>,
}

/// Prints the diagnoses. An error that is not known exits with [`Exit::CheckFailed`].
pub fn run(context: &Context, args: &ExplainArgs) -> anyhow::Result<Exit> {
    let input = explain_input::read(context, &args.text)?;
    let Some(input) = input else {
        print_styled(&all_diagnoses(context, context.json))?;
        return Ok(Exit::Success);
    };
    if let Some(found) = diagnosis::bare_trace_id(&input).and_then(|id| FailedCheck::with_trace_id(context, &id)) {
        print_styled(&found.render(context))?;
        return Ok(Exit::Success);
    }
    let interpretation = diagnosis::interpret(&input);
    if let (Interpretation::NotAnError(_), Some(error)) =
        (&interpretation, explain_input::misread_path(context, &args.text))
    {
        return Err(error.into());
    }
    print_styled(&match context.json {
        true => json_lines(context, &interpretation),
        false => text(context, &interpretation),
    })?;
    let unknown_is_asked_for = input.trim().eq_ignore_ascii_case(UNKNOWN);
    Ok(match interpretation {
        Interpretation::NotAnError(_) => Exit::CheckFailed,
        Interpretation::Causes(causes)
            if !unknown_is_asked_for && causes.iter().any(|diagnosis| diagnosis.id == UNKNOWN) =>
        {
            Exit::CheckFailed
        }
        Interpretation::Causes(_) | Interpretation::OauthError { .. } | Interpretation::TraceIds(_) => Exit::Success,
    })
}

/// The last check of a profile, which failed.
struct FailedCheck {
    profile: ProfileName,
    check: LastCheck,
    diagnosis: Diagnosis,
}

impl FailedCheck {
    /// Finds the check that ended in a response with this trace id.
    fn with_trace_id(context: &Context, trace_id: &str) -> Option<FailedCheck> {
        // Profiles that cannot be read are skipped: `list` reports them.
        let listed = context.store().list().unwrap_or_default().into_iter();
        let mut checks = listed.filter_map(|listed| {
            let profile = listed.profile.ok()?;
            let check = profile.last_check.clone()?;
            let diagnosis = diagnosis::of_last_check(&check, &profile);
            (check.outcome == CheckOutcome::Failed).then_some(FailedCheck {
                profile: listed.name,
                check,
                diagnosis,
            })
        });
        checks.find(|found| {
            let saved = found.check.trace_id.as_deref();
            saved.is_some_and(|saved| saved.eq_ignore_ascii_case(trace_id))
        })
    }

    fn render(&self, context: &Context) -> String {
        let (texts, check) = (&context.texts, &self.check);
        let at = check.at.format(&Rfc3339).unwrap_or_default();
        if context.json {
            let mut object = diagnosis_json(&self.diagnosis, texts);
            object["profile"] = json!(self.profile.as_str());
            object["at"] = json!(at);
            return format!("{object}\n");
        }
        let trace = check.trace_id.as_deref().unwrap_or_default();
        let args = Args::new().with("trace", trace).with("profile", self.profile.as_str());
        let found = texts.with("explain-trace-found", &args.with("at", at));
        let found = Renderer::new(context).wrap_after("", &found);
        format!("{found}\n\n{}", diagnosis_text(context, &self.diagnosis))
    }
}

/// Returns what is known of a trace id: the saved check that has it, or who can find the request.
fn trace_id(context: &Context, id: &str) -> String {
    if let Some(found) = FailedCheck::with_trace_id(context, id) {
        return found.render(context);
    }
    if context.json {
        return format!("{}\n", json!({"format": FORMAT, "trace_id": id, "profile": null}));
    }
    // Correlation ids are UUIDs, as client ids are; the newer trace ids have no hyphens.
    let form = if id.contains('-') { "uuid" } else { "hex" };
    let args = Args::new().with("trace", id).with("form", form);
    let lines = ["explain-trace", "explain-trace-send", "explain-trace-error"];
    let lines = lines.map(|line| Renderer::new(context).wrap_after("", &context.texts.with(line, &args)));
    lines.join("\n") + "\n"
}

/// Returns an interpretation for programs: a JSON object for each diagnosis, one per line.
fn json_lines(context: &Context, interpretation: &Interpretation) -> String {
    let texts = &context.texts;
    match interpretation {
        Interpretation::Causes(causes) => json_of_causes(causes, texts),
        Interpretation::OauthError { causes, .. } => {
            let possible = causes.iter().map(|cause| {
                let mut object = diagnosis_json(cause, texts);
                object["possible"] = json!(true);
                format!("{object}\n")
            });
            possible.collect()
        }
        Interpretation::TraceIds(ids) => ids.iter().map(|id| trace_id(context, id)).collect(),
        Interpretation::NotAnError(diagnosis) => json_of_causes(std::slice::from_ref(diagnosis), texts),
    }
}

fn json_of_causes(causes: &[Diagnosis], texts: &Texts) -> String {
    causes
        .iter()
        .map(|diagnosis| format!("{}\n", diagnosis_json(diagnosis, texts)))
        .collect()
}

/// Returns an interpretation for people.
fn text(context: &Context, interpretation: &Interpretation) -> String {
    let renderer = Renderer::new(context);
    let texts = renderer.texts;
    match interpretation {
        Interpretation::Causes(causes) => {
            let causes: Vec<String> = causes.iter().map(|cause| diagnosis_text(context, cause)).collect();
            causes.join("\n")
        }
        Interpretation::OauthError { error, causes } => {
            let intro = texts.with("explain-under", &Args::new().with("error", error));
            format!("{}\n\n{}", renderer.wrap_after("", &intro), table(&renderer, causes))
        }
        Interpretation::TraceIds(ids) => {
            let ids: Vec<String> = ids.iter().map(|id| trace_id(context, id)).collect();
            ids.join("\n")
        }
        Interpretation::NotAnError(diagnosis) => {
            let mut lines = vec![
                renderer.bold(&renderer.wrap_after("", &diagnosis.title(texts))),
                renderer.wrap_after("", &diagnosis.cause(texts)),
            ];
            let fix = diagnosis.fix(texts);
            lines.extend(fix.iter().map(|step| renderer.wrap_after("- ", step)));
            lines.join("\n") + "\n"
        }
    }
}

/// Returns one diagnosis with the step where it is fixed, and its source.
fn diagnosis_text(context: &Context, diagnosis: &Diagnosis) -> String {
    let texts = &context.texts;
    let mut out = Renderer::new(context).diagnosis(diagnosis);
    // Nothing is fixed at the check itself.
    if diagnosis.step != "check" {
        let step = Args::new().with("step", step_name(&diagnosis.step, texts));
        let line = match diagnosis.fix_at_name(texts, None) {
            Some(name) => texts.with("explain-fix-at", &step.with("at", name)),
            None => texts.with("explain-step", &step),
        };
        out.push_str(&format!("{line}\n"));
    }
    if let Some(known) = diagnosis::known(&diagnosis.id) {
        let source = Args::new().with("source", &known.source);
        out.push_str(&format!("{}\n", texts.with("explain-source", &source)));
    }
    out
}

/// Returns a diagnosis as in the check's JSON, with its title, its source and all codes that lead to it.
fn diagnosis_json(diagnosis: &Diagnosis, texts: &Texts) -> Value {
    let known = diagnosis::known(&diagnosis.id);
    let mut object = diagnosis.to_json(texts);
    object["format"] = json!(FORMAT);
    object["title"] = json!(diagnosis.title(texts));
    object["source"] = json!(known.map(|known| &known.source));
    object["codes"] = json!(known.map(|known| known.codes.iter().chain(&known.also).collect::<Vec<_>>()));
    object
}

/// Returns every diagnosis that can appear, one per line.
fn all_diagnoses(context: &Context, as_json: bool) -> String {
    let known = diagnosis::table().iter();
    let causes: Vec<Diagnosis> = known.map(|known| diagnosis::parse_pasted(&known.id)).collect();
    match as_json {
        true => json_of_causes(&causes, &context.texts),
        false => table(&Renderer::new(context), &causes),
    }
}

fn table(renderer: &Renderer, causes: &[Diagnosis]) -> String {
    let texts = renderer.texts;
    let row = |diagnosis: &Diagnosis| {
        vec![
            diagnosis.id.clone(),
            diagnosis.code.clone().unwrap_or_default(),
            texts.get(&format!("who-{}.short", diagnosis.who.id())),
            diagnosis.title(texts),
        ]
    };
    renderer.table(&causes.iter().map(row).collect::<Vec<_>>())
}
