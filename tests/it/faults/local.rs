//! Faults found in the profile and the certificate, before anything is sent.

use klarert::{
    certificate::{Finding, FindingId, IssuedFor, KeyType, MadeFor, Purpose, Severity},
    journey::{Rules, Who},
    profile::Authentication,
    report::{Outcome, Stage},
};

use super::Fault;
use crate::support::service::{METADATA, TOKEN};

#[test]
fn a_valid_set_up_passes() {
    Fault::norwegian().passes().outcome(Stage::Api, Outcome::Passed);
    Fault::foreign().passes().outcome(Stage::Api, Outcome::Passed);
}

#[test]
fn a_missing_client_id_is_named() {
    Fault::norwegian()
        .profile(|profile| profile.client.id = None)
        .ends_in("profile-incomplete")
        .step("credentials")
        .value("fields", "client-id")
        .value("step", "credentials")
        .requests(METADATA, 0);
}

#[test]
fn missing_scopes_lead_to_the_services_step() {
    Fault::norwegian()
        .scopes(&[])
        .ends_in("profile-incomplete")
        .step("services");
}

#[test]
fn a_missing_kind_of_business_is_the_only_one_named() {
    Fault::norwegian()
        .profile(|profile| {
            profile.business.kind = None;
            profile.client.id = None;
        })
        .ends_in("profile-incomplete")
        .step("business")
        .value("fields", "business")
        .value("step", "business");
}

#[test]
fn a_key_without_a_kid_is_incomplete() {
    Fault::norwegian()
        .profile(|profile| profile.client.authentication = Authentication::Key)
        .ends_in("profile-incomplete")
        .step("credentials");
}

#[test]
fn a_missing_business_name_does_not_stop_the_check() {
    Fault::norwegian()
        .profile(|profile| profile.business.name = None)
        .passes();
}

#[test]
fn a_norwegian_scope_of_a_foreign_business_is_refused() {
    Fault::foreign()
        .scopes(&["toll:eu/movement/air", "toll:movement/road/v2"])
        .ends_in("scope-wrong-branch")
        .step("services")
        .names("toll:movement/road/v2")
        .requests(METADATA, 0);
}

#[test]
fn a_foreign_scope_of_a_norwegian_business_is_refused() {
    Fault::norwegian()
        .scopes(&["toll:eu/movement/air"])
        .ends_in("scope-wrong-branch")
        .stage(Stage::Profile);
}

#[test]
fn a_wrong_password_stops_before_the_network() {
    Fault::norwegian()
        .opened(|opened| {
            opened.credential = None;
            opened.facts.chosen = None;
            opened.findings = vec![
                Finding::new(FindingId::WrongPassword, Severity::Stops)
                    .with("file", "auth.p12")
                    .with("what", "file"),
            ];
        })
        .ends_in("certificate-unreadable")
        .stage(Stage::Certificate)
        .step("credentials")
        .requests(METADATA, 0);
}

#[test]
fn the_file_that_a_finding_is_about_is_to_be_fixed() {
    let found_in = |file: &'static str| {
        Fault::norwegian()
            .profile(|profile| {
                profile.certificate.key_path = Some("/demo/auth.key".into());
                profile.certificate.chain_path = Some("/demo/chain.pem".into());
            })
            .opened(move |opened| {
                opened.credential = None;
                opened.findings = vec![
                    Finding::new(FindingId::Damaged, Severity::Stops)
                        .with("file", file)
                        .with("what", "cut-short")
                        .with("place", "file"),
                ];
            })
            .ends_in("certificate-unreadable")
            .step("credentials")
    };
    for (file, field) in [
        ("auth.p12", "certificate"),
        ("auth.key", "key-file"),
        ("chain.pem", "chain-file"),
        ("other.pem", "certificate"),
    ] {
        found_in(file).fix_at(field);
    }
}

#[test]
fn a_certificate_that_was_picked_beyond_the_last_is_picked_again() {
    Fault::norwegian()
        .profile(|profile| profile.certificate.pick = Some(7))
        .opened(|opened| {
            opened.credential = None;
            opened.findings = vec![
                Finding::new(FindingId::PickBeyond, Severity::Stops)
                    .with("file", "auth.p12")
                    .with("count", 3usize),
            ];
        })
        .ends_in("certificate-unfit")
        .fix_at("pick");
}

#[test]
fn an_own_scope_of_the_other_kind_of_business_is_fixed_where_it_was_entered() {
    Fault::norwegian()
        .scopes(&["toll:eu/own"])
        .ends_in("scope-wrong-branch")
        .variant("own")
        .fix_at("own-scopes");
    Fault::norwegian()
        .scopes(&["toll:eu/movement/air"])
        .ends_in("scope-wrong-branch")
        .fix_at("services");
}

#[test]
fn an_expired_certificate_is_unfit() {
    Fault::norwegian()
        .certificate(|chosen| chosen.validity.as_mut().unwrap().not_after = time::OffsetDateTime::UNIX_EPOCH)
        .ends_in("certificate-unfit")
        .names("1970-01-01");
}

#[test]
fn an_elliptic_curve_key_is_unfit() {
    Fault::norwegian()
        .certificate(|chosen| chosen.key = KeyType::Other("EC P-256".into()))
        .ends_in("certificate-unfit")
        .names("EC P-256");
}

#[test]
fn an_encryption_certificate_is_unfit() {
    Fault::norwegian()
        .certificate(|chosen| chosen.purpose = Purpose::Encryption)
        .ends_in("certificate-unfit")
        .finding(FindingId::EncryptionCertificate);
}

#[test]
fn a_signing_certificate_is_unfit() {
    Fault::norwegian()
        .certificate(|chosen| chosen.purpose = Purpose::Signing)
        .ends_in("certificate-unfit")
        .finding(FindingId::SigningCertificate);
}

#[test]
fn a_personal_certificate_is_unfit() {
    Fault::foreign()
        .certificate(|chosen| chosen.made_for = MadeFor::ESignature)
        .ends_in("certificate-unfit")
        .finding(FindingId::PersonalCertificate);
}

#[test]
fn a_production_certificate_in_test_stops_before_the_network() {
    Fault::norwegian()
        .certificate(|chosen| chosen.environment = IssuedFor::Prod)
        .ends_in("certificate-wrong-environment")
        .stage(Stage::Certificate)
        .requests(METADATA, 0);
}

#[test]
fn a_test_certificate_in_production_is_refused() {
    Fault::norwegian()
        .environment(|environment| environment.rules = Rules::Prod)
        .ends_in("certificate-wrong-environment");
}

#[test]
fn a_certificate_of_another_organisation_is_refused() {
    Fault::norwegian()
        .certificate(|chosen| chosen.organisation = Some("NTRNO-987654325".into()))
        .ends_in("organisation-mismatch")
        .stage(Stage::Certificate)
        .names("NTRNO-987654325")
        .who(Who::You);
}

#[test]
fn a_certificate_of_the_sandbox_is_refused_before_a_token_is_requested() {
    let demo = |environment: &'static str| {
        Fault::norwegian()
            .profile(move |profile| profile.environment = environment.to_owned())
            .certificate(|chosen| chosen.issuer = "Klarert Demo CA Business - TEST".to_owned())
    };
    for environment in ["test", "prod"] {
        demo(environment)
            .ends_in("certificate-wrong-environment")
            .stage(Stage::Certificate)
            .who(Who::You)
            .names("klarert's own sandbox")
            .requests(TOKEN, 0);
    }
    demo("lab").passes();
}

#[test]
fn a_supplier_may_use_its_own_certificate() {
    Fault::norwegian()
        .profile(|profile| profile.client.consumer_org = profile.business.organisation.clone())
        .certificate(|chosen| chosen.organisation = Some("NTRNO-987654325".into()))
        .passes();
}

#[test]
fn a_seal_without_its_chain_is_unfit() {
    Fault::foreign()
        .certificate(|chosen| chosen.chain = klarert::certificate::Chain::Incomplete)
        .ends_in("certificate-unfit")
        .finding(FindingId::ChainIncomplete);
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
fn a_certificate_without_a_key_is_unfit() {
    Fault::norwegian()
        .opened(|opened| opened.credential = None)
        .ends_in("certificate-unfit");
}
