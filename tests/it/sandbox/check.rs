//! The check against the sandbox, for everything that the demonstration offers.

use klarert::{
    check::{self, Cancel, Settings, Subject},
    credential::{self, Password},
    journey::demonstration::{Attempt, DemoBusiness},
    profile::{Authentication, Kind, Profile},
    report::{Outcome, Report},
};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::client::shared;

/// Returns a profile as the wizard makes it.
pub fn profile(kind: Kind, business: &DemoBusiness) -> Profile {
    let mut profile = Profile::new("sandbox", OffsetDateTime::now_utc());
    profile.business.kind = Some(kind);
    profile.business.name = Some(business.name.clone());
    profile.business.organisation = Some(business.organisation.clone());
    profile.business.services = vec!["road".to_owned()];
    profile.client.id = Some(business.client_id.clone());
    profile.certificate.path = Some(business.certificate.clone());
    profile.set_scopes(&[]);
    profile
}

pub fn with_key(mut profile: Profile, kid: &str) -> Profile {
    let key = &shared().demonstration().key;
    profile.client.authentication = Authentication::Key;
    profile.client.id = Some(key.client_id.clone());
    profile.client.kid = Some(kid.to_owned());
    profile.certificate.path = Some(key.file.clone());
    profile
}

pub fn check(profile: &Profile) -> Report {
    let environment = shared().environment();
    let subject = Subject {
        name: "demo",
        profile,
        environment: &environment,
    };
    let password = Password::new(Zeroizing::new(shared().demonstration().password.clone()));
    let (kind, way) = (profile.business.kind, profile.authentication());
    let mut open = || credential::open(&profile.certificate, kind, way, Some(&password));
    check::run(
        &subject,
        &Settings::default(),
        &Cancel::default(),
        &mut open,
        &mut |_| {},
    )
    .unwrap()
}

#[test]
fn each_way_of_authentication_passes_the_check() {
    let demonstration = shared().demonstration();
    let norwegian = profile(Kind::Norwegian, &demonstration.norwegian);
    let key = with_key(norwegian.clone(), &demonstration.key.kid);
    for profile in [norwegian, profile(Kind::Foreign, &demonstration.foreign), key] {
        let report = check(&profile);
        let passed = report.stages.iter().all(|stage| stage.outcome == Outcome::Passed);
        assert!(passed, "{report:?}");
    }
}

#[test]
fn each_demonstrated_refusal_is_diagnosed() {
    let demonstration = shared().demonstration();
    for refusal in &demonstration.refusals {
        let mut profile = profile(refusal.kind, demonstration.business(refusal.kind));
        match &refusal.attempt {
            Attempt::Client(id) => profile.client.id = Some(id.clone()),
            Attempt::Certificate(file) => profile.certificate.path = Some(file.clone()),
            Attempt::Kid(kid) => profile = with_key(profile, kid),
            Attempt::Scope(scope) => profile.set_scopes(std::slice::from_ref(scope)),
            Attempt::Service(id) => {
                profile.business.services.push(id.clone());
                profile.set_scopes(&[]);
            }
        }
        // Causes that the file shows are diagnosed before anything is sent.
        let expected = match refusal.id.as_str() {
            "production-certificate" => "certificate-wrong-environment",
            "chain-missing" => "certificate-unfit",
            "certificate-revoked" => "certificate-refused",
            "business-not-registered" | "service-not-registered" => "customs-not-authorised",
            id => id,
        };
        let diagnosis = check(&profile).diagnosis.unwrap();
        assert_eq!(diagnosis.id, expected, "{}", refusal.id);
        if let (Some(code), Some(_)) = (&diagnosis.code, &diagnosis.received) {
            assert_eq!(Some(code), refusal.code.as_ref());
        }
    }
}
