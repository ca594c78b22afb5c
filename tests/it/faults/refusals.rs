//! What Maskinporten refuses, and what the circumstances make of it.

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
    fault.at(TOKEN, Reply::refusal(status, error, code, words))
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
fn mp_100() {
    norwegian("MP-100", CLIENT)
        .is("client-unknown")
        .code("MP-100")
        .step("credentials")
        .fix_at("client-id")
        .says("mistyped");
}

#[test]
fn mp_100_keeps_the_trace_id_and_what_was_received() {
    let checked = norwegian("MP-100", CLIENT).is("client-unknown");
    let diagnosis = checked.diagnosis();
    assert_eq!(diagnosis.trace_id.as_deref(), Some("35666614aabbccdd"));
    assert_eq!(
        diagnosis.received.as_ref().unwrap().error.as_deref(),
        Some("invalid_grant")
    );
}

#[test]
fn mp_100_by_its_old_words_without_a_uri() {
    norwegian("", "Client not found").is("client-unknown");
}

#[test]
fn mp_100_right_after_ticking_names_the_comparison_of_ids_before_waiting() {
    let checked = norwegian("MP-100", CLIENT)
        .profile(|profile| tick(profile, &CLIENT_ITEMS))
        .is("client-unknown")
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
        .is("client-unknown")
        .fix_at("client-id")
        .says("Not ticked yet: “Digdir has confirmed the access”");
    let contradicts = &checked.diagnosis().contradicts;
    assert_eq!(contradicts.len(), 1);
    assert_eq!(
        (contradicts[0].item.as_str(), contradicts[0].is_ticked),
        ("digdir.access", false)
    );
    norwegian("MP-100", CLIENT)
        .profile(|profile| tick(profile, &CLIENT_ITEMS[..1]))
        .is("client-unknown")
        .step("integration")
        .fix_at("integration.create");
}

#[test]
fn mp_100_with_an_id_that_is_a_name() {
    norwegian("MP-100", CLIENT)
        .profile(|profile| profile.client.id = Some("demo-client".into()))
        .is("client-unknown")
        .step("credentials")
        .says("demo-client")
        .says("the name of the client");
    norwegian("MP-100", CLIENT)
        .profile(|profile| profile.client.id = Some("oidc_demo_client".into()))
        .is("client-unknown")
        .says("mistyped");
}

#[test]
fn mp_100_with_another_organisations_certificate() {
    norwegian("MP-100", CLIENT)
        .profile(|profile| {
            profile.client.authentication = Authentication::Key;
            profile.client.kid = Some("demo-2026".into());
        })
        .certificate(|chosen| chosen.organisation = Some("NTRNO-987654325".into()))
        .is("client-unknown")
        .says("NTRNO-987654325");
}

#[test]
fn mp_100_for_a_foreign_business() {
    refused(Fault::foreign(), "MP-100", CLIENT)
        .is("client-unknown")
        .step("credentials")
        .says("eSeal");
}

#[test]
fn mp_110() {
    norwegian("MP-110", "Invalid JWT claim aud")
        .is("audience-wrong")
        .says("http://127.0.0.1");
}

#[test]
fn mp_120() {
    norwegian("MP-120", "The JWT is signed with an invalid certificate")
        .is("certificate-refused")
        .who(Who::Issuer);
}

#[test]
fn mp_120_for_a_certificate_that_was_picked() {
    let picked = Fault::norwegian()
        .profile(|profile| profile.certificate.pick = Some(2))
        .certificate(|chosen| chosen.purpose = Purpose::Signing);
    refused(picked, "MP-120", "The JWT is signed with an invalid certificate")
        .is("certificate-refused")
        .says("authentication certificate")
        .who(Who::You);
}

#[test]
fn mp_120_with_a_production_certificate_in_test() {
    // A key's own certificate is not judged before it is sent.
    norwegian("MP-120", "The JWT is signed with an invalid certificate")
        .profile(|profile| {
            profile.client.authentication = Authentication::Key;
            profile.client.kid = Some("demo-2026".into());
        })
        .certificate(|chosen| chosen.environment = IssuedFor::Prod)
        .is("certificate-wrong-environment")
        .code("MP-120")
        .says("production authority");
}

#[test]
fn mp_120_for_a_seal() {
    refused(
        Fault::foreign(),
        "MP-120",
        "The JWT is signed with an invalid certificate",
    )
    .is("certificate-refused")
    .says("EU trusted list");
}

#[test]
fn mp_121() {
    norwegian("MP-121", "Expired key").is("key-expired").fix_at("kid");
    norwegian("MP-121", "Expired key")
        .profile(|profile| profile.client.kid = Some("demo-2025".into()))
        .is("key-expired")
        .says("demo-2025");
}

#[test]
fn mp_122() {
    norwegian(
        "MP-122",
        "Invalid organization number for client. Does not match certificate orgno",
    )
    .is("organisation-mismatch")
    .stage(Stage::Token)
    .says("NTRNO-123456785");
}

#[test]
fn mp_122_with_a_bare_key() {
    norwegian(
        "MP-122",
        "Invalid organization number for client. Does not match certificate orgno",
    )
    .profile(|profile| {
        profile.client.authentication = Authentication::Key;
        profile.client.kid = Some("demo-2026".into());
    })
    .certificate(|chosen| *chosen = klarert::certificate::Chosen::bare_key(chosen.key.clone()))
    .is("organisation-mismatch");
}

#[test]
fn mp_123() {
    norwegian("MP-123", "Invalid JWT header x5c")
        .is("x5c-malformed")
        .who(Who::Provider);
}

#[test]
fn mp_124() {
    norwegian("MP-124", "Invalid JWT signature")
        .is("signature-invalid")
        .says("does not belong to the certificate");
}

#[test]
fn mp_124_with_a_registered_key() {
    norwegian("MP-124", "Invalid JWT signature")
        .profile(|profile| {
            profile.client.authentication = Authentication::Key;
            profile.client.kid = Some("demo-2026".into());
        })
        .is("signature-invalid")
        .says("demo-2026");
}

#[test]
fn mp_130_with_a_right_clock() {
    norwegian("MP-130", "JWT is expired").is("grant-expired");
}

#[test]
fn mp_130_with_a_clock_that_is_behind() {
    norwegian("MP-130", "JWT is expired")
        .clock(8)
        .is("clock-behind")
        .code("MP-130")
        .stage(Stage::Token);
}

#[test]
fn issued_in_the_future() {
    norwegian("", "Issue time is after now")
        .clock(-8)
        .is("clock-ahead")
        .says("8 seconds");
}

#[test]
fn issued_in_the_future_whatever_was_measured() {
    norwegian("", "Issue time is after now")
        .clock(8)
        .is("clock-ahead")
        .says("in the future");
}

#[test]
fn issued_in_the_future_without_a_measured_clock() {
    norwegian("", "Issue time is after now")
        .clock(None)
        .is("clock-ahead")
        .says("in the future");
}

#[test]
fn mp_012() {
    norwegian("MP-012", "Grant is used before").is("grant-reused");
}

#[test]
fn mp_011() {
    norwegian("MP-011", "Invalid assertion. Invalid parameter value").is("grant-malformed");
}

#[test]
fn consumer_org_is_ones_own() {
    norwegian(
        "",
        "The combination consumer_org in claim and delegation scope on client is invalid",
    )
    .is("consumer-is-self")
    .step("credentials");
}

#[test]
fn mp_301_to_303() {
    for code in ["MP-301", "MP-302", "MP-303"] {
        norwegian(code, "authorization_details")
            .is("authorization-details")
            .code(code);
    }
}

#[test]
fn an_unknown_key_name() {
    norwegian("", "Unknown key identifier (kid) for client")
        .profile(|profile| {
            profile.client.authentication = Authentication::Key;
            profile.client.kid = Some("demo-2026".into());
        })
        .is("kid-unknown")
        .says("demo-2026")
        .says("choose the certificate instead");
}

#[test]
fn an_unknown_key_name_under_a_broad_code() {
    norwegian("MP-100", "Unknown key identifier (kid) for client")
        .profile(|profile| profile.client.kid = Some("k".into()))
        .is("kid-unknown");
}

#[test]
fn a_client_with_keys_wants_them() {
    norwegian(
        "",
        "The client requires pre-registered jwk and no key identifier (kid) provided",
    )
    .is("kid-required")
    .step("credentials")
    .says("Choose the key instead of the certificate");
}

#[test]
fn terms_that_are_not_signed() {
    norwegian(
        "",
        "PRECONDITION_REQUIRED: Virksomheten har ikke signert de relevante bruksvilkårene",
    )
    .is("terms-not-signed")
    .step("digdir");
}

#[test]
fn an_error_nobody_has_described() {
    let checked = norwegian("MP-987", "The moon is full")
        .is("unknown")
        .code("MP-987")
        .says("servicedesk@digdir.no");
    let received = checked.diagnosis().received.clone().unwrap();
    assert!(received.error_description.unwrap().starts_with("The moon is full"));
}

#[test]
fn a_refusal_without_json() {
    Fault::norwegian()
        .at(TOKEN, Reply::text(400, "text/plain", "Client not found"))
        .is("client-unknown");
}
