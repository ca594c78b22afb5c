//! Refusals of Maskinporten, by code and by words, in different circumstances.

use klarert::{
    certificate::{IssuedFor, Purpose},
    journey::Who,
    profile::{Authentication, Profile},
    report::Stage,
    text::{Language, Texts},
};
use time::OffsetDateTime;

use super::Fault;
use crate::support::service::{Reply, TOKEN};

pub const CLIENT: &str = "Invalid assertion. Client authentication failed.";

fn refused(fault: Fault, code: &str, words: &str) -> Fault {
    let status = if code == "MP-250" || code == "MP-251" { 403 } else { 400 };
    let error = match code {
        "MP-200" | "MP-201" => "invalid_scope",
        "MP-250" | "MP-251" => "forbidden",
        "MP-011" => "invalid_request",
        _ => "invalid_grant",
    };
    fault.replies(TOKEN, Reply::refusal(status, error, code, words))
}

pub fn norwegian(code: &str, words: &str) -> Fault {
    refused(Fault::norwegian(), code, words)
}

fn tick(profile: &mut Profile, items: &[&str]) {
    let now = OffsetDateTime::now_utc();
    let items = items.iter().map(|item| ((*item).to_owned(), now));
    profile.progress.done.extend(items);
}

const CLIENT_ITEMS: [&str; 3] = ["digdir.access", "integration.create", "integration.identifier"];

#[test]
fn mp_100_is_an_unknown_client() {
    norwegian("MP-100", CLIENT)
        .ends_in("client-unknown")
        .code("MP-100")
        .step("credentials")
        .fix_at("client-id")
        .names("mistyped");
}

#[test]
fn mp_100_keeps_the_trace_id_and_what_was_received() {
    let checked = norwegian("MP-100", CLIENT).ends_in("client-unknown");
    let diagnosis = checked.diagnosis();
    assert_eq!(diagnosis.trace_id.as_deref(), Some("35666614aabbccdd"));
    assert_eq!(
        diagnosis.received.as_ref().unwrap().error.as_deref(),
        Some("invalid_grant")
    );
}

#[test]
fn an_unknown_client_is_recognised_by_its_old_words() {
    norwegian("", "Client not found").ends_in("client-unknown");
}

#[test]
fn mp_100_right_after_ticking_names_the_comparison_of_ids_before_waiting() {
    let checked = norwegian("MP-100", CLIENT)
        .profile(|profile| tick(profile, &CLIENT_ITEMS))
        .ends_in("client-unknown")
        .fix_at("client-id");
    let fix = checked.diagnosis().fix(&Texts::new(Language::English));
    let position = |words: &str| fix.iter().position(|line| line.contains(words)).unwrap();
    assert!(position("compare its identifier") < position("ten minutes"), "{fix:?}");
    assert!(checked.diagnosis().contradicts.is_empty());
}

#[test]
fn mp_100_names_the_items_that_are_not_ticked() {
    let checked = norwegian("MP-100", CLIENT)
        .profile(|profile| tick(profile, &CLIENT_ITEMS[1..]))
        .ends_in("client-unknown")
        .fix_at("client-id")
        .names("Not ticked yet: “Digdir has confirmed the access”");
    let contradicts = &checked.diagnosis().contradicts;
    assert_eq!(contradicts.len(), 1);
    assert_eq!(
        (contradicts[0].item.as_str(), contradicts[0].is_ticked),
        ("digdir.access", false)
    );
    norwegian("MP-100", CLIENT)
        .profile(|profile| tick(profile, &CLIENT_ITEMS[..1]))
        .ends_in("client-unknown")
        .step("integration")
        .fix_at("integration.create");
}

#[test]
fn mp_100_with_a_client_id_that_is_no_uuid_says_so() {
    norwegian("MP-100", CLIENT)
        .profile(|profile| profile.client.id = Some("demo-client".into()))
        .ends_in("client-unknown")
        .step("credentials")
        .names("demo-client")
        .names("the name of the client");
    norwegian("MP-100", CLIENT)
        .profile(|profile| profile.client.id = Some("oidc_demo_client".into()))
        .ends_in("client-unknown")
        .names("mistyped");
}

#[test]
fn mp_100_with_a_certificate_of_another_organisation_names_it() {
    norwegian("MP-100", CLIENT)
        .profile(|profile| {
            profile.client.authentication = Authentication::Key;
            profile.client.kid = Some("demo-2026".into());
        })
        .certificate(|chosen| chosen.organisation = Some("NTRNO-987654325".into()))
        .ends_in("client-unknown")
        .variant("organisation")
        .names("NTRNO-987654325");
}

#[test]
fn mp_100_for_a_foreign_business_is_about_the_certificate() {
    refused(Fault::foreign(), "MP-100", CLIENT)
        .ends_in("client-unknown")
        .step("credentials")
        .variant("foreign");
}

#[test]
fn mp_110_names_the_audience() {
    norwegian("MP-110", "Invalid JWT claim aud")
        .ends_in("audience-wrong")
        .names("http://127.0.0.1");
}

#[test]
fn mp_120_is_a_refused_certificate() {
    norwegian("MP-120", "The JWT is signed with an invalid certificate")
        .ends_in("certificate-refused")
        .who(Who::Issuer);
}

#[test]
fn mp_120_for_a_picked_signing_certificate_blames_its_purpose() {
    let picked = Fault::norwegian()
        .profile(|profile| profile.certificate.pick = Some(2))
        .certificate(|chosen| chosen.purpose = Purpose::Signing);
    refused(picked, "MP-120", "The JWT is signed with an invalid certificate")
        .ends_in("certificate-refused")
        .variant("purpose")
        .who(Who::You);
}

#[test]
fn mp_120_with_a_production_certificate_in_test_blames_the_environment() {
    // The certificate of a registered key is not checked before sending.
    norwegian("MP-120", "The JWT is signed with an invalid certificate")
        .profile(|profile| {
            profile.client.authentication = Authentication::Key;
            profile.client.kid = Some("demo-2026".into());
        })
        .certificate(|chosen| chosen.environment = IssuedFor::Prod)
        .ends_in("certificate-wrong-environment")
        .code("MP-120")
        .variant("prod");
}

#[test]
fn mp_120_for_a_seal_is_about_the_seal() {
    refused(
        Fault::foreign(),
        "MP-120",
        "The JWT is signed with an invalid certificate",
    )
    .ends_in("certificate-refused")
    .variant("foreign");
}

#[test]
fn mp_121() {
    norwegian("MP-121", "Expired key")
        .ends_in("key-expired")
        .fix_at("authentication");
    norwegian("MP-121", "Expired key")
        .profile(|profile| profile.client.kid = Some("demo-2025".into()))
        .ends_in("key-expired")
        .names("demo-2025");
}

#[test]
fn mp_122_names_the_organisation() {
    norwegian(
        "MP-122",
        "Invalid organization number for client. Does not match certificate orgno",
    )
    .ends_in("organisation-mismatch")
    .stage(Stage::Token)
    .names("NTRNO-123456785");
}

#[test]
fn mp_122_without_a_certificate_is_an_organisation_mismatch() {
    norwegian(
        "MP-122",
        "Invalid organization number for client. Does not match certificate orgno",
    )
    .profile(|profile| {
        profile.client.authentication = Authentication::Key;
        profile.client.kid = Some("demo-2026".into());
    })
    .certificate(|chosen| *chosen = klarert::certificate::Chosen::bare_key(chosen.key.clone()))
    .ends_in("organisation-mismatch");
}

#[test]
fn mp_123_is_for_the_system_provider() {
    norwegian("MP-123", "Invalid JWT header x5c")
        .ends_in("x5c-malformed")
        .who(Who::Provider);
}

#[test]
fn mp_124_blames_key_and_certificate() {
    norwegian("MP-124", "Invalid JWT signature")
        .ends_in("signature-invalid")
        .variant("certificate");
}

#[test]
fn mp_124_with_a_registered_key_names_the_kid() {
    norwegian("MP-124", "Invalid JWT signature")
        .profile(|profile| {
            profile.client.authentication = Authentication::Key;
            profile.client.kid = Some("demo-2026".into());
        })
        .ends_in("signature-invalid")
        .names("demo-2026");
}

#[test]
fn mp_130_with_a_right_clock_is_an_expired_grant() {
    norwegian("MP-130", "JWT is expired").ends_in("grant-expired");
}

#[test]
fn mp_130_with_a_clock_behind_blames_the_clock() {
    norwegian("MP-130", "JWT is expired")
        .clock(8)
        .ends_in("clock-behind")
        .code("MP-130")
        .stage(Stage::Token);
}

#[test]
fn a_grant_from_the_future_blames_a_clock_that_is_ahead() {
    norwegian("", "Issue time is after now")
        .clock(-8)
        .ends_in("clock-ahead")
        .variant("measured")
        .about_seconds(8);
}

#[test]
fn a_grant_from_the_future_outweighs_the_measured_clock() {
    norwegian("", "Issue time is after now")
        .clock(8)
        .ends_in("clock-ahead")
        .variant("other");
}

#[test]
fn a_grant_from_the_future_needs_no_measured_clock() {
    norwegian("", "Issue time is after now")
        .clock(None)
        .ends_in("clock-ahead")
        .variant("other");
}

#[test]
fn mp_012_is_a_reused_grant() {
    norwegian("MP-012", "Grant is used before").ends_in("grant-reused");
}

#[test]
fn mp_011_is_a_malformed_grant() {
    norwegian("MP-011", "Invalid assertion. Invalid parameter value").ends_in("grant-malformed");
}

#[test]
fn consumer_org_of_the_business_itself_is_recognised() {
    norwegian(
        "",
        "The combination consumer_org in claim and delegation scope on client is invalid",
    )
    .ends_in("consumer-is-self")
    .step("credentials");
}

#[test]
fn mp_301_to_303_are_about_authorization_details() {
    for code in ["MP-301", "MP-302", "MP-303"] {
        norwegian(code, "authorization_details")
            .ends_in("authorization-details")
            .code(code);
    }
}

#[test]
fn an_unknown_kid_is_named() {
    norwegian("", "Unknown key identifier (kid) for client")
        .profile(|profile| {
            profile.client.authentication = Authentication::Key;
            profile.client.kid = Some("demo-2026".into());
        })
        .ends_in("kid-unknown")
        .variant("sent")
        .names("demo-2026");
}

#[test]
fn an_unknown_kid_is_recognised_under_mp_100() {
    norwegian("MP-100", "Unknown key identifier (kid) for client")
        .profile(|profile| profile.client.kid = Some("k".into()))
        .ends_in("kid-unknown");
}

#[test]
fn a_client_with_registered_keys_requires_a_kid() {
    norwegian(
        "",
        "The client requires pre-registered jwk and no key identifier (kid) provided",
    )
    .ends_in("kid-required")
    .step("credentials");
}

#[test]
fn unsigned_terms_lead_to_the_digdir_step() {
    norwegian(
        "",
        "PRECONDITION_REQUIRED: Virksomheten har ikke signert de relevante bruksvilkårene",
    )
    .ends_in("terms-not-signed")
    .step("digdir");
}

#[test]
fn an_undocumented_error_is_shown_as_received() {
    let checked = norwegian("MP-987", "The moon is full")
        .ends_in("unknown")
        .code("MP-987")
        .names("servicedesk@digdir.no");
    let received = checked.diagnosis().received.clone().unwrap();
    assert!(received.error_description.unwrap().starts_with("The moon is full"));
}

#[test]
fn a_refusal_in_plain_text_is_understood() {
    Fault::norwegian()
        .replies(TOKEN, Reply::text(400, "text/plain", "Client not found"))
        .ends_in("client-unknown");
}
