//! Faults of the network, of proxies and captive portals, of metadata and of clocks.

use std::time::{Duration, Instant};

use klarert::{
    journey::Who,
    report::{Outcome, Stage, StageFacts},
};

use super::Fault;
use crate::support::service::{METADATA, Manner, Reply, TOKEN, closed_port, metadata, silent_port};

/// Replaces the issuer of the environment.
pub fn issuer(fault: Fault, address: String) -> Fault {
    fault.environment(move |environment| environment.issuer = address)
}

#[test]
fn an_unknown_host_name_is_named() {
    issuer(Fault::norwegian(), "https://maskinporten.invalid/".into())
        .ends_in("name-not-found")
        .stage(Stage::Network)
        .who(Who::Network)
        .names("maskinporten.invalid");
}

#[test]
fn a_port_where_nothing_listens_is_refused() {
    issuer(Fault::norwegian(), format!("http://{}/", closed_port()))
        .ends_in("connection-refused")
        .requests(TOKEN, 0);
}

#[test]
fn a_stopped_sandbox_is_recognised() {
    issuer(Fault::norwegian(), format!("http://{}/", closed_port()))
        .environment(|environment| environment.sandbox = true)
        .ends_in("connection-refused")
        .variant("sandbox");
}

#[test]
fn a_connection_without_an_answer_names_the_addresses_to_open() {
    let start = Instant::now();
    issuer(Fault::norwegian(), format!("https://{}/", silent_port()))
        .environment(|environment| environment.addresses = vec!["192.0.2.7".into()])
        .settings(|settings| settings.limits.connect = Duration::from_millis(300))
        .ends_in("no-answer")
        .names("192.0.2.7");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn silence_after_connecting_is_told_apart() {
    Fault::norwegian()
        .replies(METADATA, Reply::manner(Manner::Silence))
        .settings(|settings| settings.limits.whole = Duration::from_millis(500))
        .ends_in("no-answer")
        .variant("silent")
        .requests(METADATA, 1);
}

/// Starts a server that closes each connection after the first bytes.
fn closes_connections() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = std::io::Read::read(&mut stream, &mut [0; 4096]);
        }
    });
    address
}

#[test]
fn a_cut_handshake_with_maskinporten_blames_the_network() {
    issuer(Fault::norwegian(), format!("https://{}/", closes_connections()))
        .ends_in("tls-failed")
        .who(Who::Network)
        .variant("closed");
}

#[test]
fn a_cut_handshake_with_customs_blames_the_service() {
    Fault::norwegian()
        .environment(|environment| environment.customs = Some(format!("https://{}", closes_connections())))
        .ends_in("service-down")
        .stage(Stage::Customs);
}

#[test]
fn an_http_address_is_refused() {
    issuer(Fault::norwegian(), "http://maskinporten.example/".into())
        .ends_in("address-insecure")
        .names("http://maskinporten.example/");
}

#[test]
fn an_http_token_endpoint_is_refused() {
    Fault::norwegian()
        .replies_to(METADATA, |_| {
            Reply::json(
                200,
                serde_json::json!({ "issuer": "http://127.0.0.1:1/", "token_endpoint": "http://evil.example/token" }),
            )
        })
        .ends_in("metadata-differs");
}

#[test]
fn a_captive_portal_is_named_by_its_title() {
    Fault::norwegian()
        .replies(
            METADATA,
            Reply::text(200, "text/html", "<html><head><title>Guest &amp;\n Wi-Fi</title>"),
        )
        .ends_in("html-answer")
        .names("Guest &amp; Wi-Fi")
        .requests(TOKEN, 0);
}

#[test]
fn a_web_page_declared_as_json_is_recognised() {
    Fault::norwegian()
        .replies(
            METADATA,
            Reply::text(403, "application/json", "  <!DOCTYPE html><title>Blocked</title>"),
        )
        .ends_in("html-answer")
        .names("Blocked");
}

#[test]
fn a_redirect_is_named_without_its_query() {
    Fault::norwegian()
        .replies(
            METADATA,
            Reply::text(302, "text/plain", "").header("Location", "https://login.example/?session=secret"),
        )
        .ends_in("redirected")
        .names("https://login.example/");
}

#[test]
fn a_grant_is_not_sent_to_a_redirect() {
    let checked = Fault::norwegian()
        .replies(
            TOKEN,
            Reply::text(307, "text/plain", "").header("Location", "/elsewhere"),
        )
        .ends_in("redirected")
        .stage(Stage::Token)
        .requests("/elsewhere", 0);
    assert!(checked.events.len() > 7);
}

#[test]
fn metadata_of_another_issuer_is_refused() {
    Fault::norwegian()
        .replies(
            METADATA,
            Reply::json(
                200,
                serde_json::json!({ "issuer": "https://other.example/", "token_endpoint": "https://other.example/t" }),
            ),
        )
        .ends_in("metadata-differs")
        .names("https://other.example/");
}

#[test]
fn metadata_with_another_token_endpoint_is_refused() {
    Fault::norwegian()
        .environment(|environment| environment.token_endpoint = Some("http://127.0.0.1:1/token".into()))
        .ends_in("metadata-differs")
        .names("token_endpoint");
}

#[test]
fn missing_metadata_names_the_status() {
    Fault::norwegian()
        .replies(METADATA, Reply::json(404, serde_json::json!({})))
        .ends_in("metadata-differs")
        .names("404");
}

#[test]
fn a_clock_that_is_ahead_stops_before_the_grant() {
    Fault::norwegian()
        .clock(-40)
        .ends_in("clock-ahead")
        .stage(Stage::Clock)
        .variant("measured")
        .about_seconds(40)
        .requests(TOKEN, 0);
}

#[test]
fn a_clock_that_is_behind_stops_before_the_grant() {
    Fault::norwegian()
        .clock(300)
        .ends_in("clock-behind")
        .stage(Stage::Clock)
        .requests(TOKEN, 0);
}

#[test]
fn a_clock_within_the_limit_only_warns() {
    Fault::norwegian()
        .clock(8)
        .passes()
        .outcome(Stage::Clock, Outcome::Warned);
}

#[test]
fn an_answer_without_a_date_skips_the_clock() {
    let checked = Fault::norwegian()
        .clock(None)
        .passes()
        .outcome(Stage::Clock, Outcome::Skipped);
    assert!(
        checked
            .report
            .stages
            .iter()
            .any(|result| result.facts == StageFacts::NoDate)
    );
}

#[test]
fn the_age_of_a_cached_answer_is_subtracted() {
    Fault::norwegian()
        .clock(-3600)
        .replies_to(METADATA, |request| {
            let base = format!("http://{}", request.headers["host"]);
            Reply::json(200, metadata(&base)).header("Age", "3600")
        })
        .passes()
        .outcome(Stage::Clock, Outcome::Passed);
}
