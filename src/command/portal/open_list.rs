//! `klarert portal scopes`: the open scope list, without credentials.

use serde_json::json;

use super::OpenListArgs;
use crate::{
    check::{Cancel, Connections, Limits},
    command::{
        Context, Exit,
        check::{environment, exit_of_diagnosis},
        environments, eprint,
        json::FORMAT,
        print, print_styled,
        renderer::Renderer,
    },
    diagnosis::{self, Evidence, Stage, StageFailure},
    http::{Http, RequestError},
    journey::Environment,
    maskinporten::scope_list::{self, ListedScope, MAX_LIST_BYTES, ScopeList},
    profile::Profile,
    text::{Args, Texts, visible},
};

/// Prints the scopes, or those whose names contain a text.
pub fn run(context: &Context, args: &OpenListArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let id = match &args.environment {
        Some(id) => id.as_str(),
        None => environments::default_id(context),
    };
    let (environment, _sandbox) = environment::environment(context, id)?;
    let Some(self_service) = &environment.self_service else {
        let values = Args::new().with("environment", id);
        let hint = Some(texts.with("portal-no-api.hint", &values));
        let error =
            crate::command::command_error::CommandError::new(Exit::Usage, texts.with("portal-no-api", &values), hint);
        return Err(error.into());
    };
    let list = match read(&environment, self_service) {
        Ok(list) => list,
        Err(failure) => return fail(context, &environment, &failure),
    };
    let like = args.like.as_deref().unwrap_or_default().trim().to_lowercase();
    let fits = |scope: &&ListedScope| scope.name.to_lowercase().contains(&like);
    let mut scopes: Vec<&ListedScope> = list.scopes().iter().filter(fits).collect();
    scopes.sort_unstable_by(|one, other| one.name.cmp(&other.name));
    if context.json {
        for scope in &scopes {
            let object = json!({
                "format": FORMAT,
                "environment": environment.id,
                "scope": scope.name,
                "description": scope.description,
                "european_businesses": scope.supports_europeans,
                "delegable": scope.can_be_delegated,
                "open_to_all": scope.is_open,
            });
            print(&format!("{object}\n"))?;
        }
        return Ok(Exit::Success);
    }
    let rows: Vec<Vec<String>> = scopes.iter().map(|scope| row(scope, texts)).collect();
    print_styled(&Renderer::new(context).table(&rows))?;
    if scopes.is_empty() {
        eprint(&none_found(&list, &like, texts));
    }
    eprint(&texts.get("portal-scopes-note"));
    Ok(Exit::Success)
}

fn read(environment: &Environment, self_service: &str) -> Result<ScopeList, StageFailure> {
    let url = scope_list::address(self_service);
    let limits = Limits {
        body: MAX_LIST_BYTES,
        ..Limits::default()
    };
    let (connections, cancel) = (Connections::default(), Cancel::default());
    let ca_file = environment.ca_file.as_deref();
    let http = Http::open(&connections, &url, ca_file, &limits, &cancel).map_err(StageFailure::Transport)?;
    match http.get(&url, None) {
        Ok(response) => scope_list::read(&response),
        Err(RequestError::Failed(error)) => Err(StageFailure::Transport(error)),
        // Unreachable: no other clone of the `Cancel` exists.
        Err(RequestError::Cancelled) => Err(StageFailure::Down { status: None }),
    }
}

/// Returns the columns of a scope: its name, and who can have it.
fn row(scope: &ListedScope, texts: &Texts) -> Vec<String> {
    let facts = [
        (scope.supports_europeans == Some(true)).then(|| texts.get("portal-scope-europeans")),
        scope.can_be_delegated.then(|| texts.get("portal-scope-delegable")),
        scope.is_open.then(|| texts.get("portal-scope-open")),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    vec![visible(&scope.name), facts.join(" · ")]
}

fn none_found(list: &ScopeList, like: &str, texts: &Texts) -> String {
    let args = Args::new().with("like", like);
    match list.facts(like).nearest {
        Some(nearest) => texts.with("portal-scopes-none.near", &args.with("nearest", nearest)),
        None => texts.with("portal-scopes-none", &args),
    }
}

/// Prints why the list could not be read.
fn fail(context: &Context, environment: &Environment, failure: &StageFailure) -> anyhow::Result<Exit> {
    let now = time::OffsetDateTime::now_utc();
    let profile = Profile::new(&environment.id, now);
    let mut evidence = Evidence::new(&profile, environment, now);
    evidence.stage = Stage::Network;
    let base = environment.self_service.as_deref().unwrap_or_default();
    evidence.host = crate::portal::host(base);
    let diagnosis = diagnosis::classify(&evidence, failure);
    if context.json {
        let mut object = json!({ "format": FORMAT, "environment": environment.id, "outcome": "failed" });
        super::change::add_diagnosis(&mut object, context, &diagnosis);
        print(&format!("{object}\n"))?;
    }
    eprint(Renderer::plain(context).diagnosis(&diagnosis).trim_end());
    Ok(exit_of_diagnosis(&diagnosis))
}
