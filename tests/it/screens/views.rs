//! The wizard's views, each in the state that shows most of it.

use klarert::{
    certificate::evaluate,
    diagnosis::Received,
    journey::{Environment, Rules, journey},
    profile::{
        Authentication, CheckOutcome, ClientPlan, HAS_NUMBER, Kind, LastCheck, PORTAL_LOGIN, PortalClient, Profile,
        administration, file::error::StoreError, progress, summary::Summary,
    },
    report::{Event, Outcome, Stage},
    text::Language,
    wizard::{self, Check, Effect, Folders, GeneratedKey, Message, Model, Overlay},
};
use time::{Duration, macros::date};

use crate::support::{
    home::profile_name,
    stubs::{NOW, examined, load, report, result},
};

pub fn model() -> Model {
    let environments = vec![Environment::of(Rules::Test), Environment::of(Rules::Prod)];
    Model::new(Language::English, NOW, environments, Folders::default())
}

/// Returns a profile with every question answered and no item ticked.
pub fn profile(kind: Kind) -> Profile {
    let mut profile = Profile::new("test", NOW);
    profile.business.kind = Some(kind);
    profile.business.services = vec!["road".to_owned(), "entry".to_owned()];
    let (name, organisation, id) = match kind {
        Kind::Norwegian => ("Demo Spedisjon AS", "123456785", "7a0c5d1e-3f4b-4c2a-9d68-1b2c3d4e5f60"),
        Kind::Foreign => ("Demo Haulage GmbH", "VATDE-123456789", "demo-haulage"),
    };
    profile.business.name = Some(name.to_owned());
    profile.business.organisation = Some(organisation.to_owned());
    profile.client.id = Some(id.to_owned());
    profile.certificate.path = Some("/home/kari/acme.p12".into());
    profile.set_scopes(&[]);
    if kind == Kind::Norwegian {
        profile.progress.done.insert(HAS_NUMBER.to_owned(), NOW);
        profile.progress.done.insert(PORTAL_LOGIN.to_owned(), NOW);
    }
    profile
}

/// Returns the wizard at a step, with the certificate read if that was asked for.
pub fn at(step: &str, profile: Profile) -> Model {
    named("acme", step, profile)
}

/// Returns the wizard at a step of a profile with that name.
pub fn named(name: &str, step: &str, profile: Profile) -> Model {
    let mut model = model();
    let mut profile = profile;
    profile.progress.step = Some(step.to_owned());
    let found = match (profile.authentication(), profile.business.kind) {
        (Authentication::Key, _) => "key",
        _ if profile.certificate.pick.is_some() => "several",
        (_, Some(Kind::Foreign)) => "seal",
        _ => "authentication",
    };
    let effects = load(&mut model, profile_name(name), profile);
    for effect in effects {
        if let Effect::InspectCertificate { attempt, expected, .. } = effect {
            let mut inspected = Box::new(examined(found));
            if ["key", "several"].contains(&found) {
                inspected.findings = evaluate(&inspected.facts, &expected);
            }
            wizard::update(&mut model, Message::CertificateInspected { attempt, inspected });
        }
    }
    model
}

/// Returns the wizard with the check running, and the number of that attempt.
pub fn checking(profile: Profile) -> (Model, u64) {
    let mut model = at("check", profile);
    let mut effects = wizard::update(&mut model, Message::RunCheck);
    while let Some(effect) = effects.pop() {
        match effect {
            Effect::InspectCertificate { attempt, .. } => {
                let inspected = Box::new(examined("authentication"));
                effects.extend(wizard::update(
                    &mut model,
                    Message::CertificateInspected { attempt, inspected },
                ));
            }
            Effect::RunCheck { attempt, .. } => return (model, attempt),
            _ => {}
        }
    }
    panic!("the check did not start");
}

/// Returns the wizard with the check ended, `passed` or in that diagnosis.
pub fn ended(how: &str) -> Model {
    let (mut model, attempt) = checking(profile(Kind::Norwegian));
    let report = Some(Box::new(report(how)));
    wizard::update(&mut model, Message::CheckEnded { attempt, report });
    model
}

fn profile_list() -> Model {
    let mut model = model();
    let mut passed = profile(Kind::Norwegian);
    passed.last_check = Some(LastCheck {
        at: NOW,
        outcome: CheckOutcome::Passed,
        stopped_at: None,
        code: None,
        diagnosis: None,
        who: None,
        trace_id: None,
        of: None,
    });
    let mut failed = profile(Kind::Foreign);
    failed.updated = NOW - Duration::days(1);
    failed.certificate_ends = Some(NOW + Duration::days(12));
    failed.last_check = Some(LastCheck {
        at: NOW,
        outcome: CheckOutcome::Failed,
        stopped_at: Some("token".to_owned()),
        code: Some("MP-250".to_owned()),
        diagnosis: None,
        who: None,
        trace_id: None,
        of: None,
    });
    let newer = StoreError::NewerFormat {
        path: "/home/kari/.config/klarert/profiles/broken.toml".into(),
        found: 2,
    };
    let listed = vec![
        (profile_name("acme"), Ok(Box::new(Summary::of(&passed)))),
        (profile_name("haulage"), Ok(Box::new(Summary::of(&failed)))),
        (profile_name("broken"), Err(newer)),
    ];
    wizard::update(&mut model, Message::Listed(listed));
    model
}

/// Returns every view by its name.
pub fn views() -> Vec<(String, Model)> {
    let mut views = vec![("profile_list".to_owned(), profile_list())];
    let mut naming = model();
    wizard::update(&mut naming, Message::Listed(Vec::new()));
    views.push(("naming".to_owned(), naming.clone()));
    wizard::update(&mut naming, Message::Paste("Åse & Co".to_owned()));
    views.push(("naming-refused".to_owned(), naming));

    let mut first = model();
    wizard::start_onboarding(&mut first, profile_name("acme"));
    views.push(("first".to_owned(), first));
    for kind in [Kind::Norwegian, Kind::Foreign] {
        for step in progress::visible_steps(&profile(kind)) {
            views.push((format!("{}-{}", step.id, kind.id()), at(&step.id, profile(kind))));
        }
    }
    let mut ticked = profile(Kind::Norwegian);
    for item in &journey().step("integration").unwrap().items {
        ticked.progress.done.insert(format!("integration.{}", item.id), NOW);
    }
    views.push(("integration-done".to_owned(), at("integration", ticked)));

    let mut help = at("customs", profile(Kind::Norwegian));
    wizard::update(&mut help, Message::Help);
    views.push(("help".to_owned(), help));
    let mut key = profile(Kind::Norwegian);
    key.client.authentication = Authentication::Key;
    key.client.kid = Some("acme-2025".to_owned());
    key.client.key_registered = Some(date!(2025 - 12 - 03));
    key.certificate.path = Some("/home/kari/acme-key.pem".into());
    views.push(("credentials-key".to_owned(), at("credentials", key)));
    let mut several = profile(Kind::Norwegian);
    several.certificate.pick = Some(2);
    views.push(("credentials-several".to_owned(), at("credentials", several)));
    for (name, again) in [("password", false), ("password-again", true)] {
        let mut password = at("credentials", profile(Kind::Norwegian));
        password.overlay = Some(Overlay::Password {
            check_after: false,
            retry: again,
        });
        views.push((name.to_owned(), password));
    }
    let mut locked = with_administration();
    locked.overlay = Some(Overlay::AdministrationPassword { retry: false });
    views.push(("password-administration".to_owned(), locked));
    let mut conflict = at("customs", profile(Kind::Norwegian));
    wizard::update(&mut conflict, Message::Toggle);
    let changed = StoreError::Changed {
        path: "/home/kari/.config/klarert/profiles/acme.toml".into(),
    };
    wizard::update(&mut conflict, Message::Saved(Err(changed)));
    views.push(("conflict".to_owned(), conflict));
    views.push(("new-request".to_owned(), new_request()));
    checks(&mut views);
    views
}

/// Returns the wizard at the client, which a known administration client can create.
fn with_administration() -> Model {
    let mut without_client = profile(Kind::Norwegian);
    without_client.client.id = None;
    let mut admin = administration::new("test", NOW);
    admin
        .business
        .organisation
        .clone_from(&without_client.business.organisation);
    admin.certificate.path = Some("/home/kari/administration.p12".into());
    let mut model = at("integration", without_client);
    model.administrations.push((profile_name("acme-admin"), admin));
    model
}

/// Returns the wizard at the question whether to create the client, or to use the one that exists.
pub fn client_plan(existing: bool) -> Model {
    let mut model = with_administration();
    let effects = wizard::update(&mut model, Message::PlanClient);
    let Some(Effect::PlanClient { attempt, .. }) = effects.last() else {
        panic!("no client is planned: {effects:?}");
    };
    let client = PortalClient {
        id: "3f1c0b5e-7a52-4d0e-9c1f-2b8e6d4a9f10".to_owned(),
        name: "Demo Spedisjon AS Digitoll".to_owned(),
        description: String::new(),
        scopes: Vec::new(),
    };
    let plan = ClientPlan {
        marker: "klarert-1".to_owned(),
        name: client.name.clone(),
        description: "Sends road messages to Norwegian Customs (Digitoll)".to_owned(),
        scopes: vec!["toll:movement/road/v2".to_owned(), "toll:movement/entry".to_owned()],
        not_granted: Vec::new(),
        existing: existing.then_some(client),
    };
    let planned = Message::ClientPlanned {
        attempt: *attempt,
        outcome: Ok(Box::new(plan)),
    };
    wizard::update(&mut model, planned);
    assert_eq!(model.overlay, Some(Overlay::ClientPlan));
    model
}

/// Returns the wizard with a copied value on the screen, of several.
pub fn copied() -> Model {
    let mut model = at("integration", profile(Kind::Norwegian));
    wizard::update(&mut model, Message::Copy);
    assert_eq!(model.overlay, Some(Overlay::Copied));
    model
}

fn new_request() -> Model {
    let mut foreign = profile(Kind::Foreign);
    foreign.certificate.path = None;
    let mut model = at("credentials", foreign);
    wizard::update(&mut model, Message::GenerateKey);
    assert_eq!(
        model.overlay,
        Some(Overlay::KeyPlan),
        "what will be made is shown first"
    );
    let effects = wizard::update(&mut model, Message::Confirm);
    let Some(Effect::GenerateKey { attempt, plan, .. }) = effects.last() else {
        panic!("no key is created: {effects:?}");
    };
    let made = GeneratedKey {
        plan: plan.clone(),
        key: "/home/kari/acme-key.pem".into(),
        public: "/home/kari/acme.csr".into(),
        text: "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n".to_owned(),
    };
    let outcome = Ok(Box::new(made));
    wizard::update(
        &mut model,
        Message::KeyGenerated {
            attempt: *attempt,
            outcome,
        },
    );
    model
}

fn checks(views: &mut Vec<(String, Model)>) {
    let (mut running, attempt) = checking(profile(Kind::Norwegian));
    for stage in [Stage::Profile, Stage::Certificate, Stage::Network] {
        wizard::update(
            &mut running,
            Message::CheckProgress {
                attempt,
                event: Event::Started(stage),
            },
        );
        let event = Event::Finished(result(stage, Outcome::Passed));
        wizard::update(&mut running, Message::CheckProgress { attempt, event });
    }
    let event = Event::Started(Stage::Clock);
    wizard::update(&mut running, Message::CheckProgress { attempt, event });
    views.push(("check-running".to_owned(), running));
    views.push(("check-passed".to_owned(), ended("passed")));
    for id in ["scope-not-on-client", "certificate-unfit"] {
        views.push((format!("check-{id}"), ended(id)));
    }
    let (mut details, attempt) = checking(profile(Kind::Norwegian));
    let mut answered = report("scope-not-granted");
    let diagnosis = answered.diagnosis.as_mut().unwrap();
    diagnosis.trace_id = Some("35666614300000000000000000000000".to_owned());
    diagnosis.received = Some(Received {
        status: Some(403),
        error: Some("forbidden".to_owned()),
        error_description: Some("Consumer has not been granted access to the scope toll:movement/entry".to_owned()),
        error_uri: Some("https://test.maskinporten.no/errors/MP-250".to_owned()),
    });
    let report_with_answer = Some(Box::new(answered));
    wizard::update(
        &mut details,
        Message::CheckEnded {
            attempt,
            report: report_with_answer,
        },
    );
    wizard::update(&mut details, Message::ToggleDetails);
    views.push(("check-details".to_owned(), details));
    let mut new = profile(Kind::Norwegian);
    new.progress.done.insert("integration.create".to_owned(), NOW);
    let (mut waiting, attempt) = checking(new);
    let report = Some(Box::new(report("client-unknown")));
    wizard::update(&mut waiting, Message::CheckEnded { attempt, report });
    wizard::update(&mut waiting, Message::WaitAndRetry);
    wizard::update(&mut waiting, Message::Tick(NOW + Duration::seconds(30)));
    assert!(matches!(waiting.onboarding().unwrap().check, Check::Waiting { .. }));
    views.push(("check-waiting".to_owned(), waiting));
}
