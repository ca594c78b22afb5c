//! Faults that are found before anything is sent.

use klarert::{
    certificate::{Finding, FindingId, IssuedFor, KeyType, MadeFor, Purpose, Severity},
    journey::{Rules, Who},
    profile::Authentication,
    report::{Outcome, Stage},
};

use super::Fault;
use crate::support::service::METADATA;

#[test]
fn nothing_is_wrong() {
    Fault::norwegian().passes().outcome(Stage::Api, Outcome::Passed);
    Fault::foreign().passes().outcome(Stage::Api, Outcome::Passed);
}

#[test]
fn without_a_client_id() {
    Fault::norwegian()
        .profile(|profile| profile.client.id = None)
        .is("profile-incomplete")
        .step("credentials")
        .says("Client id")
        .requests(METADATA, 0);
}

#[test]
fn without_scopes() {
    Fault::norwegian().scopes(&[]).is("profile-incomplete").step("services");
}

#[test]
fn without_a_kind_of_business() {
    Fault::norwegian()
        .profile(|profile| {
            profile.business.kind = None;
            profile.client.id = None;
        })
        .is("profile-incomplete")
        .step("business")
        .says("Missing: Norwegian or foreign business.");
}

#[test]
fn a_key_without_its_name() {
    Fault::norwegian()
        .profile(|profile| profile.client.authentication = Authentication::Key)
        .is("profile-incomplete")
        .step("credentials");
}

#[test]
fn without_a_business_name_it_still_runs() {
    Fault::norwegian()
        .profile(|profile| profile.business.name = None)
        .passes();
}

#[test]
fn a_norwegian_scope_for_a_foreign_business() {
    Fault::foreign()
        .scopes(&["toll:eu/movement/air", "toll:movement/road/v2"])
        .is("scope-wrong-branch")
        .step("services")
        .says("toll:movement/road/v2")
        .requests(METADATA, 0);
}

#[test]
fn a_foreign_scope_for_a_norwegian_business() {
    Fault::norwegian()
        .scopes(&["toll:eu/movement/air"])
        .is("scope-wrong-branch")
        .stage(Stage::Profile);
}

#[test]
fn a_wrong_password() {
    Fault::norwegian()
        .opened(|opened| {
            opened.credential = None;
            opened.facts.chosen = None;
            opened.findings = vec![Finding::new(FindingId::WrongPassword, Severity::Stops).with("file", "auth.p12")];
        })
        .is("certificate-unreadable")
        .stage(Stage::Certificate)
        .step("credentials")
        .requests(METADATA, 0);
}

#[test]
fn an_expired_certificate() {
    Fault::norwegian()
        .certificate(|chosen| chosen.validity.as_mut().unwrap().not_after = time::OffsetDateTime::UNIX_EPOCH)
        .is("certificate-unfit")
        .says("1970-01-01");
}

#[test]
fn an_elliptic_key() {
    Fault::norwegian()
        .certificate(|chosen| chosen.key = KeyType::Other("EC P-256".into()))
        .is("certificate-unfit")
        .says("EC P-256");
}

#[test]
fn the_encryption_certificate() {
    Fault::norwegian()
        .certificate(|chosen| chosen.purpose = Purpose::Encryption)
        .is("certificate-unfit");
}

#[test]
fn the_signing_certificate() {
    Fault::norwegian()
        .certificate(|chosen| chosen.purpose = Purpose::Signing)
        .is("certificate-unfit");
}

#[test]
fn a_persons_certificate() {
    Fault::foreign()
        .certificate(|chosen| chosen.made_for = MadeFor::ESignature)
        .is("certificate-unfit");
}

#[test]
fn a_production_certificate_in_test() {
    Fault::norwegian()
        .certificate(|chosen| chosen.environment = IssuedFor::Prod)
        .is("certificate-wrong-environment")
        .stage(Stage::Certificate)
        .requests(METADATA, 0);
}

#[test]
fn a_test_certificate_in_production() {
    Fault::norwegian()
        .environment(|environment| environment.rules = Rules::Prod)
        .is("certificate-wrong-environment");
}

#[test]
fn another_organisations_certificate() {
    Fault::norwegian()
        .certificate(|chosen| chosen.organisation = Some("NTRNO-987654325".into()))
        .is("organisation-mismatch")
        .stage(Stage::Certificate)
        .says("NTRNO-987654325")
        .who(Who::You);
}

#[test]
fn a_supplier_has_a_certificate_of_its_own() {
    Fault::norwegian()
        .profile(|profile| profile.client.consumer_org = profile.business.organisation.clone())
        .certificate(|chosen| chosen.organisation = Some("NTRNO-987654325".into()))
        .passes();
}

#[test]
fn a_seal_without_its_chain() {
    Fault::foreign()
        .certificate(|chosen| chosen.chain = klarert::certificate::Chain::Incomplete)
        .is("certificate-unfit");
}

#[test]
fn a_certificate_that_ends_soon_only_warns() {
    Fault::norwegian()
        .certificate(|chosen| {
            let soon = time::OffsetDateTime::now_utc() + time::Duration::days(10);
            chosen.validity.as_mut().unwrap().not_after = soon;
        })
        .passes()
        .outcome(Stage::Certificate, Outcome::Warned);
}

#[test]
fn no_credential_and_no_reason() {
    Fault::norwegian()
        .opened(|opened| opened.credential = None)
        .is("certificate-unfit");
}
