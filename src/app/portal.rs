//! Samarbeidsportalen's API for the wizard: the plan of a client, and its creation. The same code as `klarert portal create`.

use time::OffsetDateTime;

use super::{
    event::AppEvent,
    unlock::{OpenedFiles, Passwords},
};
use crate::{
    certificate::Expectation,
    check::{Settings, Subject},
    credential::{Opened, Password},
    diagnosis::{self, Diagnosis, Evidence, StageFailure},
    portal::{Portal, PortalError, create, open_list},
    profile::{ClientPlan, PortalClient, Profile, file::store::Store},
    sandbox::Sandbox,
    text::Texts,
    wizard::{CertificateOwner, ClientRequest, Effect, Message},
};

/// The files and the passwords that the administration client is opened with.
pub struct AdminFiles {
    store: Store,
    passwords: Passwords,
    /// The password of the sandbox's files, which is no secret.
    demonstration_password: Option<String>,
}

impl AdminFiles {
    pub fn new(store: &Store, sandbox: Option<&Sandbox>, passwords: Passwords) -> AdminFiles {
        AdminFiles {
            store: store.clone(),
            passwords,
            demonstration_password: sandbox.map(|sandbox| sandbox.demonstration().password.clone()),
        }
    }
}

/// Returns the number of an effect; 0 if its answer is never outdated.
pub fn attempt(effect: &Effect) -> u64 {
    match effect {
        Effect::PlanClient { attempt, .. } | Effect::CreateClient { attempt, .. } => *attempt,
        _ => 0,
    }
}

/// Returns the administration client whose files are opened with the typed password.
pub fn admin_to_unlock(effect: &Effect) -> Option<&Profile> {
    match effect {
        Effect::PlanClient {
            request,
            with_password: true,
            ..
        } => Some(&request.admin.1),
        _ => None,
    }
}

/// Carries out an effect that needs the API.
pub fn answer(files: &AdminFiles, effect: Effect) -> AppEvent {
    AppEvent::Message(match effect {
        Effect::NoteScopes { environment, scopes } => Message::ScopesNoted(open_list::notes(&environment, &scopes)),
        Effect::PlanClient { attempt, request, .. } => Message::ClientPlanned {
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

/// Opens the administration client's files with the typed password, or with one that need not be typed.
fn open(files: &AdminFiles, request: &ClientRequest) -> Opened {
    let ((name, admin), environment) = (&request.admin, &request.environment);
    let demonstration = files.demonstration_password.clone().filter(|_| environment.sandbox);
    let demonstration = demonstration.map(|password| Password::new(password.into()));
    let given = &files.passwords;
    let passwords = Passwords {
        typed: demonstration.or_else(|| given.typed.clone()),
        before: given.before.clone(),
        sources: given.sources.clone().filter(|_| !environment.sandbox),
    };
    let owner = CertificateOwner {
        profile: name.to_string(),
        organisation: admin.business.organisation.clone(),
        password_command: admin.password_command.clone(),
    };
    let resolved = files.store.resolve(&admin.certificate);
    let expected = Expectation::of(admin, environment.rules, OffsetDateTime::now_utc());
    OpenedFiles::new(&resolved, &expected, &passwords, &owner).opened
}

fn diagnose(request: &ClientRequest, failure: &StageFailure) -> Diagnosis {
    let now = OffsetDateTime::now_utc();
    diagnosis::classify(&Evidence::new(&request.profile, &request.environment, now), failure)
}
