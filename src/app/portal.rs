//! Samarbeidsportalen's API for the wizard: the plan of a client, and its creation. The same code as `klarert portal create`.

use std::{path::Path, sync::Arc};

use super::event::AppEvent;
use crate::{
    check::{Settings, Subject},
    console::password_sources::{PasswordOwner, PasswordSources},
    credential::{self, Opened, Password},
    diagnosis::{self, Diagnosis, Evidence, StageFailure},
    portal::{Portal, PortalError, create, open_list},
    profile::{ClientPlan, PortalClient, file::store::Store},
    text::Texts,
    wizard::{ClientRequest, Effect, Message},
};

/// The files and the passwords that the administration client is opened with.
pub struct AdminFiles {
    pub store: Store,
    pub sources: Option<Arc<PasswordSources>>,
    /// The password of the sandbox's files, which is no secret.
    pub demonstration_password: Option<String>,
}

/// Returns the number of an effect; 0 if its answer is never outdated.
pub fn attempt(effect: &Effect) -> u64 {
    match effect {
        Effect::PlanClient { attempt, .. } | Effect::CreateClient { attempt, .. } => *attempt,
        _ => 0,
    }
}

/// Carries out an effect that needs the API.
pub fn answer(files: &AdminFiles, effect: Effect) -> AppEvent {
    AppEvent::Message(match effect {
        Effect::NoteScopes { environment, scopes } => Message::ScopesNoted(open_list::notes(&environment, &scopes)),
        Effect::PlanClient { attempt, request } => Message::ClientPlanned {
            attempt,
            outcome: plan(files, &request).map(Box::new),
        },
        Effect::CreateClient { attempt, request, plan } => Message::ClientCreated {
            attempt,
            outcome: create(files, &request, &plan).map(Box::new),
        },
        _ => return AppEvent::Done,
    })
}

/// Plans the client of a profile.
fn plan(files: &AdminFiles, request: &ClientRequest) -> Result<ClientPlan, Box<Diagnosis>> {
    let texts = Texts::new(request.language);
    with_portal(files, request, |portal| create::plan(portal, &request.profile, &texts))
}

/// Creates the client, if its marker is saved in the profile's file.
fn create(files: &AdminFiles, request: &ClientRequest, plan: &ClientPlan) -> Result<PortalClient, Box<Diagnosis>> {
    let saved = files.store.load(&request.name);
    let is_saved = saved.is_ok_and(|saved| saved.profile.portal.marker.as_ref() == Some(&plan.marker));
    if !is_saved {
        // Another program has changed the profile: after a lost answer, its client would not be found.
        return Err(Box::new(diagnose(request, &StageFailure::Incomplete(Vec::new()))));
    }
    with_portal(files, request, |portal| create::execute(portal, plan))
}

fn with_portal<T>(
    files: &AdminFiles,
    request: &ClientRequest,
    work: impl FnOnce(&mut Portal) -> Result<T, PortalError>,
) -> Result<T, Box<Diagnosis>> {
    let (name, profile) = &request.admin;
    let subject = Subject {
        name: name.as_str(),
        profile,
        environment: &request.environment,
    };
    let settings = Settings::default();
    let portal = Portal::new(subject, &request.profile, open(files, request), &settings);
    let mut portal = portal.ok_or_else(|| Box::new(diagnose(request, &StageFailure::Down { status: None })))?;
    work(&mut portal).map_err(|error| error.diagnosis)
}

/// Opens the administration client's files with the first password that there is.
fn open(files: &AdminFiles, request: &ClientRequest) -> Opened {
    let (name, admin) = &request.admin;
    let resolved = files.store.resolve(&admin.certificate);
    let open = |password: Option<&Password>| {
        credential::open(&resolved, admin.business.kind, admin.authentication(), password)
    };
    let demonstration = files
        .demonstration_password
        .clone()
        .filter(|_| request.environment.sandbox);
    let demonstration = demonstration.map(|password| Password::new(password.into()));
    let opened = open(demonstration.as_ref());
    let is_locked = opened.findings.iter().any(|finding| finding.id.asks_password());
    let Some(sources) = files
        .sources
        .as_ref()
        .filter(|_| is_locked && !request.environment.sandbox)
    else {
        return opened;
    };
    let owner = PasswordOwner {
        profile: name.as_str(),
        organisation: admin.business.organisation.as_deref(),
        file: resolved.path.as_deref().unwrap_or(Path::new("")),
        command: &admin.password_command,
    };
    let password = sources.find(owner).ok().flatten();
    password.map_or(opened, |password| open(Some(&password)))
}

fn diagnose(request: &ClientRequest, failure: &StageFailure) -> Diagnosis {
    let now = time::OffsetDateTime::now_utc();
    diagnosis::classify(&Evidence::new(&request.profile, &request.environment, now), failure)
}
