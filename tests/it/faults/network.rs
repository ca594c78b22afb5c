//! Faults on the way, and clocks.

use std::time::{Duration, Instant};

use klarert::{
    journey::Who,
    report::{Outcome, Stage, StageFacts},
};

use super::Fault;
use crate::support::service::{METADATA, Manner, Reply, TOKEN, closed_port, metadata, silent_port};

/// Another issuer than the service's own.
pub fn issuer(fault: Fault, address: String) -> Fault {
    fault.environment(move |environment| environment.issuer = address)
}

#[test]
fn a_name_that_does_not_exist() {
    issuer(Fault::norwegian(), "https://maskinporten.invalid/".into())
        .is("name-not-found")
        .stage(Stage::Network)
        .who(Who::Network)
        .says("maskinporten.invalid");
}

#[test]
fn nobody_listens() {
    issuer(Fault::norwegian(), format!("http://{}/", closed_port()))
        .is("connection-refused")
        .requests(TOKEN, 0);
}

#[test]
fn the_sandbox_was_stopped() {
    issuer(Fault::norwegian(), format!("http://{}/", closed_port()))
        .environment(|environment| environment.sandbox = true)
        .is("connection-refused")
        .says("klarert sandbox");
}

#[test]
fn a_firewall_that_swallows() {
    let start = Instant::now();
    issuer(Fault::norwegian(), format!("https://{}/", silent_port()))
        .environment(|environment| environment.addresses = vec!["192.0.2.7".into()])
        .settings(|settings| settings.limits.connect = Duration::from_millis(300))
        .is("no-answer")
        .says("192.0.2.7");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn connected_and_then_silence() {
    Fault::norwegian()
        .at(METADATA, Reply::manner(Manner::Silence))
        .settings(|settings| settings.limits.whole = Duration::from_millis(500))
        .is("no-answer")
        .says("The connection was made")
        .requests(METADATA, 1);
}

/// Takes connections, hears a little and closes them.
fn hangs_up() -> String {
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
fn a_handshake_that_is_cut() {
    issuer(Fault::norwegian(), format!("https://{}/", hangs_up()))
        .is("tls-failed")
        .who(Who::Network)
        .says("cut in the middle of the TLS handshake");
}

#[test]
fn a_handshake_that_is_cut_later_is_the_services_trouble() {
    Fault::norwegian()
        .environment(|environment| environment.customs = Some(format!("https://{}", hangs_up())))
        .is("service-down")
        .stage(Stage::Customs);
}

#[test]
fn an_open_line_is_not_used() {
    issuer(Fault::norwegian(), "http://maskinporten.example/".into())
        .is("address-insecure")
        .says("http://maskinporten.example/");
}

#[test]
fn grants_are_not_sent_over_an_open_line() {
    Fault::norwegian()
        .asked(METADATA, |_| {
            Reply::json(
                200,
                serde_json::json!({ "issuer": "http://127.0.0.1:1/", "token_endpoint": "http://evil.example/token" }),
            )
        })
        .is("metadata-differs");
}

#[test]
fn a_captive_portal() {
    Fault::norwegian()
        .at(
            METADATA,
            Reply::text(200, "text/html", "<html><head><title>Guest &amp;\n Wi-Fi</title>"),
        )
        .is("html-answer")
        .says("Guest &amp; Wi-Fi")
        .requests(TOKEN, 0);
}

#[test]
fn a_page_that_says_it_is_json() {
    Fault::norwegian()
        .at(
            METADATA,
            Reply::text(403, "application/json", "  <!DOCTYPE html><title>Blocked</title>"),
        )
        .is("html-answer")
        .says("Blocked");
}

#[test]
fn sent_elsewhere() {
    Fault::norwegian()
        .at(
            METADATA,
            Reply::text(302, "text/plain", "").header("Location", "https://login.example/?session=secret"),
        )
        .is("redirected")
        .says("https://login.example/");
}

#[test]
fn a_grant_is_not_sent_on() {
    let checked = Fault::norwegian()
        .at(
            TOKEN,
            Reply::text(307, "text/plain", "").header("Location", "/elsewhere"),
        )
        .is("redirected")
        .stage(Stage::Token)
        .requests("/elsewhere", 0);
    assert!(checked.events.len() > 7);
}

#[test]
fn another_issuer_than_believed() {
    Fault::norwegian()
        .at(
            METADATA,
            Reply::json(
                200,
                serde_json::json!({ "issuer": "https://other.example/", "token_endpoint": "https://other.example/t" }),
            ),
        )
        .is("metadata-differs")
        .says("https://other.example/");
}

#[test]
fn another_token_endpoint_than_believed() {
    Fault::norwegian()
        .environment(|environment| environment.token_endpoint = Some("http://127.0.0.1:1/token".into()))
        .is("metadata-differs")
        .says("token_endpoint");
}

#[test]
fn no_metadata() {
    Fault::norwegian()
        .at(METADATA, Reply::json(404, serde_json::json!({})))
        .is("metadata-differs")
        .says("404");
}

#[test]
fn a_clock_that_is_ahead() {
    Fault::norwegian()
        .clock(-40)
        .is("clock-ahead")
        .stage(Stage::Clock)
        .says("40 seconds")
        .requests(TOKEN, 0);
}

#[test]
fn a_clock_that_is_behind() {
    Fault::norwegian()
        .clock(300)
        .is("clock-behind")
        .stage(Stage::Clock)
        .requests(TOKEN, 0);
}

#[test]
fn a_clock_that_is_nearly_too_far_off() {
    Fault::norwegian()
        .clock(8)
        .passes()
        .outcome(Stage::Clock, Outcome::Warned);
}

#[test]
fn a_server_that_tells_no_time() {
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
fn a_cached_answer_is_not_a_wrong_clock() {
    Fault::norwegian()
        .clock(-3600)
        .asked(METADATA, |request| {
            let base = format!("http://{}", request.headers["host"]);
            Reply::json(200, metadata(&base)).header("Age", "3600")
        })
        .passes()
        .outcome(Stage::Clock, Outcome::Passed);
}
