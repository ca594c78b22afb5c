//! Samarbeidsportalen's API in the wizard: the client of a profile, where an administration client is known, and notes about
//! scopes. `app` sends the requests.

use super::{
    answers,
    message::{ClientRequest, Effect},
    model::{Model, Overlay, Pending},
    open_profile::Onboarding,
    saving::save,
};
use crate::{
    certificate::FindingId,
    diagnosis::Diagnosis,
    journey::protocol::GRANT_TYPE,
    profile::{ClientPlan, PortalClient, command_line::home_option, scope_notes::ScopeNote},
    text::{Args, Texts},
};

/// The step that the API takes the place of.
const STEP: &str = "integration";

/// Returns whether the client can be created by the API: on its step, without a client yet, with an administration client for the
/// same organisation and environment.
pub fn can_create_client(model: &Model) -> bool {
    model.onboarding().is_some_and(|onboarding| {
        let client = &onboarding.profile.client;
        let is_ready = client.id.is_none() && !client.scopes.is_empty();
        onboarding.step == STEP && is_ready && request(model, onboarding).is_some()
    })
}

fn request(model: &Model, onboarding: &Onboarding) -> Option<ClientRequest> {
    let environment = model.environment(&onboarding.profile)?;
    environment.self_service.as_ref()?;
    let mut fitting = model.administrations.iter();
    let admin = fitting.find(|(_, admin)| admin.administers(&onboarding.profile))?;
    Some(ClientRequest {
        name: onboarding.name.clone(),
        profile: onboarding.profile.clone(),
        environment: environment.clone(),
        admin: admin.clone(),
        language: model.language,
    })
}

/// Asks the API what is granted, to show the client that would be created.
pub(super) fn plan(model: &mut Model) -> Vec<Effect> {
    start_plan(model, false)
}

/// Asks again, with the password that `app` has.
pub(super) fn on_password_typed(model: &mut Model) -> Vec<Effect> {
    model.overlay = None;
    let effects = start_plan(model, true);
    if effects.is_empty() {
        return vec![Effect::ForgetPassword];
    }
    effects
}

fn start_plan(model: &mut Model, with_password: bool) -> Vec<Effect> {
    if !can_create_client(model) {
        return Vec::new();
    }
    let attempt = model.next_attempt();
    let Some(request) = model.onboarding().and_then(|onboarding| request(model, onboarding)) else {
        return Vec::new();
    };
    model.pending = Some(Pending {
        attempt,
        can_be_cancelled: true,
    });
    model.inform("notice-client-planning", Args::new());
    vec![Effect::PlanClient {
        attempt,
        request: Box::new(request),
        with_password,
    }]
}

/// Shows what will be sent, or asks for the password that is needed.
pub(super) fn on_planned(
    model: &mut Model,
    attempt: u64,
    outcome: Result<Box<ClientPlan>, Box<Diagnosis>>,
) -> Vec<Effect> {
    if !model.end_pending(attempt) {
        return Vec::new();
    }
    model.notice = None;
    let retry = outcome.as_ref().err().and_then(|diagnosis| locked(diagnosis));
    if let Some(retry) = retry {
        model.open(Overlay::AdministrationPassword { retry });
        return Vec::new();
    }
    match (outcome, model.onboarding_mut()) {
        (Ok(plan), Some(onboarding)) => {
            onboarding.client_plan = Some(plan);
            model.open(Overlay::ClientPlan);
        }
        (Err(diagnosis), _) => fail(model, &diagnosis),
        (Ok(_), None) => {}
    }
    Vec::new()
}

/// Returns whether a password was wrong, if the certificate cannot be opened without one. `None` for another failure.
fn locked(diagnosis: &Diagnosis) -> Option<bool> {
    let mut findings = diagnosis.findings.iter().map(|finding| finding.id);
    let is_wrong = |id| id != FindingId::PasswordNeeded;
    findings.find(|id| id.asks_password()).map(is_wrong)
}

/// Returns the name of the administration client that is used, and of its certificate file.
pub fn administration_file(model: &Model) -> Option<(String, String)> {
    let (name, admin) = request(model, model.onboarding()?)?.admin;
    let file = admin.certificate.path?.file_name()?.to_string_lossy().into_owned();
    Some((name.to_string(), file))
}

/// Creates the client that was shown. The marker is saved before, by which a client is found whose answer is lost.
pub(super) fn create(model: &mut Model) -> Vec<Effect> {
    model.overlay = None;
    let (attempt, now) = (model.next_attempt(), model.now);
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let Some(plan) = onboarding.client_plan.clone() else {
        return Vec::new();
    };
    onboarding.profile.portal.marker = Some(plan.marker.clone());
    onboarding.profile.updated = now;
    let mut effects = save(model);
    let request = model.onboarding().and_then(|onboarding| request(model, onboarding));
    if let Some(request) = request {
        model.pending = Some(Pending {
            attempt,
            can_be_cancelled: false,
        });
        let id = match plan.existing {
            Some(_) => "notice-client-creating.existing",
            None => "notice-client-creating",
        };
        model.inform(id, Args::new());
        effects.push(Effect::CreateClient {
            attempt,
            request: Box::new(request),
            plan,
        });
    }
    effects
}

/// Puts the client's id into the profile, and ticks what the API has done.
pub(super) fn on_created(
    model: &mut Model,
    attempt: u64,
    outcome: Result<Box<PortalClient>, Box<Diagnosis>>,
) -> Vec<Effect> {
    if !model.end_pending(attempt) {
        return Vec::new();
    }
    model.notice = None;
    let client = match outcome {
        Ok(client) => client,
        Err(diagnosis) => {
            fail(model, &diagnosis);
            return Vec::new();
        }
    };
    let now = model.now;
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let id = match plans_existing_client(onboarding) {
        true => "notice-client-created.existing",
        false => "notice-client-created",
    };
    let plan = onboarding.client_plan.take();
    let not_granted = plan.map(|plan| plan.not_granted).unwrap_or_default();
    onboarding.profile.record_client(&client, &not_granted, now);
    answers::refresh_fields(model);
    let effects = save(model);
    model.inform(id, Args::new().with("client", client.id));
    effects
}

fn fail(model: &mut Model, diagnosis: &Diagnosis) {
    let texts = Texts::new(model.language);
    let name = model.onboarding().map(|onboarding| onboarding.name.to_string());
    let args = Args::new()
        .with("title", diagnosis.title(&texts))
        .with("name", name.unwrap_or_default())
        .with("home", home_option(model.folders.home_flag.as_deref()));
    model.warn("notice-client-failed", args);
}

/// Keeps the notes about the user's own scopes.
pub(super) fn on_noted(model: &mut Model, notes: Vec<ScopeNote>) -> Vec<Effect> {
    let near = notes
        .iter()
        .find_map(|note| Some((note.scope.clone(), note.nearest.clone()?)));
    if let Some(onboarding) = model.onboarding_mut() {
        onboarding.scope_notes = notes;
        // The field may no longer be on the screen.
        if let Some((scope, nearest)) = near {
            model.warn("scope-near", Args::new().with("scope", scope).with("nearest", nearest));
        }
    }
    Vec::new()
}

/// Returns the notes about the scopes that the profile has now.
pub fn scope_notes(onboarding: &Onboarding) -> Vec<&ScopeNote> {
    let scopes = &onboarding.profile.client.scopes;
    let current = onboarding.scope_notes.iter();
    current.filter(|note| scopes.contains(&note.scope)).collect()
}

/// Returns whether the planned client exists already, so that nothing will be sent.
pub fn plans_existing_client(onboarding: &Onboarding) -> bool {
    let plan = onboarding.client_plan.as_ref();
    plan.is_some_and(|plan| plan.existing.is_some())
}

/// Returns the paragraphs of the question whether to create the client: all that will be sent.
pub fn client_plan_text(onboarding: &Onboarding, texts: &Texts) -> Vec<String> {
    let Some(plan) = &onboarding.client_plan else {
        return Vec::new();
    };
    if let Some(existing) = &plan.existing {
        let args = Args::new().with("client", &existing.id).with("name", &existing.name);
        return vec![texts.with("client-plan-existing", &args)];
    }
    let args = Args::new()
        .with("name", &plan.name)
        .with("description", &plan.description)
        .with("scopes", plan.scopes.join(" "))
        .with("grant-type", GRANT_TYPE);
    let mut paragraphs = vec![texts.get("client-plan-intro")];
    paragraphs.extend(texts.with("client-plan", &args).lines().map(str::to_owned));
    if !plan.not_granted.is_empty() {
        let args = Args::new().with("scopes", plan.not_granted.join(" "));
        paragraphs.push(texts.with("portal-not-granted", &args));
    }
    paragraphs
}
