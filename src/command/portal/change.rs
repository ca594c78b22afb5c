//! The change of a client: shown before it is sent, confirmed, and reported.

use std::{io, path::PathBuf};

use serde_json::{Value, json};

use super::{ChangeArgs, administration::Pair};
use crate::{
    command::{
        Context, Exit, check::exit_of_diagnosis, command_error::CommandError, eprint, json::FORMAT, print,
        renderer::Renderer,
    },
    console::terminal,
    diagnosis::Diagnosis,
    portal::PortalError,
    text::{Args, visible},
};

/// A request that changes something.
#[derive(Debug, Clone, PartialEq)]
pub struct SentRequest {
    pub method: &'static str,
    /// The address, from the base of the API on.
    pub path: String,
    pub body: Value,
}

/// A change of a client, planned or done.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub profile: String,
    pub environment: String,
    pub admin: String,
    /// `create`, `scopes-add`, `key` or `rotate`.
    pub action: &'static str,
    pub client_id: Option<String>,
    pub requests: Vec<SentRequest>,
    /// The scopes that are on the client afterwards, or are added to it.
    pub scopes: Vec<String>,
    pub not_granted: Vec<String>,
    pub kid: Option<String>,
    pub key_file: Option<PathBuf>,
    /// The ids of the texts of the steps, in order.
    pub steps: Vec<&'static str>,
    /// The number of steps that are done.
    pub done: usize,
}

impl Change {
    /// Creates a change without requests.
    pub fn new(pair: &Pair, action: &'static str) -> Change {
        let (onboarding, admin) = (&pair.onboarding, &pair.admin);
        Change {
            profile: onboarding.name.clone(),
            environment: onboarding.profile.environment.clone(),
            admin: admin.name.clone(),
            action,
            client_id: onboarding.profile.client.id.clone(),
            requests: Vec::new(),
            scopes: Vec::new(),
            not_granted: Vec::new(),
            kid: None,
            key_file: None,
            steps: Vec::new(),
            done: 0,
        }
    }

    /// Shows what will be sent, and asks whether to do it. The exit code if it is not done.
    ///
    /// # Errors
    ///
    /// [`Exit::Usage`] without a terminal and without `--yes`.
    pub fn confirm(&self, context: &Context, args: &ChangeArgs, base: &str) -> anyhow::Result<Option<Exit>> {
        let texts = &context.texts;
        if args.dry_run {
            match context.json {
                true => self.print_json("planned")?,
                false => print(&self.to_text(context, base))?,
            }
            return Ok(Some(Exit::Success));
        }
        if !args.yes && !terminal::can_prompt() {
            let hint = Some(texts.get("portal-unconfirmed.hint"));
            let error = CommandError::new(Exit::Usage, texts.get("portal-unconfirmed"), hint);
            return Err(error.with_id("unconfirmed").into());
        }
        eprint(self.to_text(context, base).trim_end());
        if args.yes {
            return Ok(None);
        }
        eprint(&texts.get("portal-confirm"));
        if terminal::read_confirmation()? {
            return Ok(None);
        }
        eprint(&texts.get("portal-declined"));
        if context.json {
            self.print_json("declined")?;
        }
        Ok(Some(Exit::Success))
    }

    /// Returns the requests and what is left out of them.
    fn to_text(&self, context: &Context, base: &str) -> String {
        let texts = &context.texts;
        let args = Args::new().with("base", base).with("admin", &self.admin);
        let mut lines = vec![texts.with("portal-will-send", &args)];
        for request in &self.requests {
            lines.push(String::new());
            lines.push(format!("{} {}", request.method, visible(&request.path)));
            lines.push(format!("{:#}", request.body));
        }
        lines.extend(self.not_granted_text(context).map(|text| format!("\n{text}")));
        lines.join("\n") + "\n"
    }

    fn not_granted_text(&self, context: &Context) -> Option<String> {
        let args = Args::new().with("scopes", self.not_granted.join(" "));
        let is_any = !self.not_granted.is_empty();
        is_any.then(|| context.texts.with("portal-not-granted", &args))
    }

    /// Prints the result: a text on standard error, and the object with `--json`.
    pub fn finish(&self, context: &Context, outcome: &'static str, text: &str) -> anyhow::Result<()> {
        eprint(text);
        if outcome == "unchanged" {
            self.not_granted_text(context).iter().for_each(|text| eprint(text));
        }
        if context.json {
            self.print_json(outcome)?;
        }
        Ok(())
    }

    /// Reports a failure: its diagnosis, what is done and what is not. Returns the exit code.
    pub fn fail(&self, context: &Context, pair: &Pair, error: &PortalError) -> anyhow::Result<Exit> {
        let diagnosis = &error.diagnosis;
        if context.json {
            let mut object = self.to_json("failed");
            add_diagnosis(&mut object, context, diagnosis);
            print(&format!("{object}\n"))?;
        }
        eprint(Renderer::plain(context).diagnosis(diagnosis).trim_end());
        let missing = pair.admin.missing_input(context, diagnosis);
        missing.iter().for_each(|missing| eprint(missing));
        self.print_steps(context);
        Ok(exit_of_diagnosis(diagnosis))
    }

    /// Prints which steps are done and which are not, once a step was begun.
    pub fn print_steps(&self, context: &Context) {
        let texts = &context.texts;
        if self.steps.is_empty() {
            return;
        }
        for (at, step) in self.steps.iter().enumerate() {
            let mark = if at < self.done { "[x]" } else { "[ ]" };
            eprint(&format!("{mark} {}", texts.with(step, &self.step_args())));
        }
        if self.done < self.steps.len() {
            eprint(&texts.get("portal-run-again"));
        }
    }

    fn step_args(&self) -> Args {
        let file = self.key_file.as_ref().map(|path| path.display().to_string());
        Args::new()
            .with("profile", &self.profile)
            .with("client", self.client_id.as_deref().unwrap_or_default())
            .with("kid", self.kid.as_deref().unwrap_or_default())
            .with("file", file.unwrap_or_default())
    }

    fn print_json(&self, outcome: &str) -> io::Result<()> {
        print(&format!("{}\n", self.to_json(outcome)))
    }

    fn to_json(&self, outcome: &str) -> Value {
        let ids = |steps: &[&'static str]| -> Vec<String> {
            let ids = steps
                .iter()
                .map(|step| step.trim_start_matches("portal-step-").to_owned());
            ids.collect()
        };
        let (done, left) = self.steps.split_at(self.done.min(self.steps.len()));
        let requests = self.requests.iter();
        json!({
            "format": FORMAT,
            "profile": self.profile,
            "environment": self.environment,
            "admin": self.admin,
            "action": self.action,
            "outcome": outcome,
            "client_id": self.client_id,
            "scopes": self.scopes,
            "not_granted": self.not_granted,
            "kid": self.kid,
            "key_file": self.key_file,
            "requests": requests.map(|one| json!({ "method": one.method, "path": one.path, "body": one.body }))
                .collect::<Vec<_>>(),
            "done": ids(done),
            "left": ids(left),
        })
    }
}

/// Adds a diagnosis and its error to an object.
pub fn add_diagnosis(object: &mut Value, context: &Context, diagnosis: &Diagnosis) {
    let texts = &context.texts;
    object["diagnosis"] = diagnosis.to_json(texts);
    object["error"] = json!({
        "id": diagnosis.id,
        "text": diagnosis.cause(texts),
        "hint": diagnosis.fix(texts).join(" "),
    });
}
