//! Faults on the way, and clocks.

use std::{
    io::Write,
    process::Command,
    time::{Duration, Instant},
};

use klarert::{
    journey::Who,
    report::{Outcome, Seen, Stage},
};

use crate::{
    Fault,
    service::{
        METADATA, Manner, Reply, TOKEN, closed_port, silent_port,
        tls::{self, Authority},
    },
};

fn issuer(fault: Fault, address: String) -> Fault {
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
    assert!(checked.report.stages.iter().any(|result| result.seen == Seen::NoDate));
}

#[test]
fn a_cached_answer_is_not_a_wrong_clock() {
    Fault::norwegian()
        .clock(-3600)
        .asked(METADATA, |request| {
            let base = format!("http://{}", request.headers["host"]);
            Reply::json(200, crate::service::metadata(&base)).header("Age", "3600")
        })
        .passes()
        .outcome(Stage::Clock, Outcome::Passed);
}

fn ca_file(authority: &Authority) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(authority.pem.as_bytes()).unwrap();
    file
}

/// A service over TLS, with or without its authority being trusted.
fn over_tls(shown: tls::Shown, old: bool, trusted: Option<&Authority>) -> Fault {
    let address = tls::start(shown, old, |address| format!("https://{address}"), Box::new(|_| None));
    let file = trusted.map(ca_file);
    issuer(Fault::norwegian(), format!("https://{address}/")).environment(move |environment| {
        environment.customs = Some(format!("https://{address}"));
        // Kept as long as the process: it is read when each host is first asked.
        environment.ca_file = file.map(|file| file.into_temp_path().keep().unwrap());
    })
}

fn tls_version(checked: &crate::Checked) -> Option<&str> {
    checked.report.stages.iter().find_map(|result| match &result.seen {
        Seen::Network { tls, .. } => tls.as_deref(),
        _ => None,
    })
}

#[test]
fn a_root_of_ones_own_is_trusted() {
    let authority = Authority::new("Demo Root");
    let checked = over_tls(authority.certify("127.0.0.1", |_| {}), false, Some(&authority)).passes();
    assert_eq!(tls_version(&checked), Some("TLS 1.3"));
}

#[test]
fn an_older_tls_is_named() {
    let authority = Authority::new("Demo Root");
    let checked = over_tls(authority.certify("127.0.0.1", |_| {}), true, Some(&authority)).passes();
    assert_eq!(tls_version(&checked), Some("TLS 1.2"));
}

#[test]
fn a_proxy_that_inspects_tls() {
    let authority = Authority::new("Demo AS TLS Inspection");
    over_tls(authority.certify("127.0.0.1", |_| {}), false, None)
        .is("tls-untrusted")
        .who(Who::Network)
        .says("issued by Demo AS TLS Inspection");
}

#[test]
fn a_server_certificate_that_has_ended() {
    let authority = Authority::new("Demo Root");
    let ended = authority.certify("127.0.0.1", |params| {
        params.not_after = rcgen::date_time_ymd(2020, 1, 1)
    });
    over_tls(ended, false, Some(&authority))
        .is("tls-untrusted")
        .says("has ended");
}

#[test]
fn a_server_certificate_for_another_name() {
    let authority = Authority::new("Demo Root");
    over_tls(authority.certify("other.example", |_| {}), false, Some(&authority))
        .is("tls-untrusted")
        .says("for another name: other.example");
}

#[test]
fn no_tls_where_tls_is_due() {
    Fault::norwegian()
        .environment(|environment| environment.issuer = environment.issuer.replace("http://", "https://"))
        .is("tls-failed");
}

#[test]
fn a_root_file_that_is_not_there() {
    let authority = Authority::new("Demo Root");
    over_tls(authority.certify("127.0.0.1", |_| {}), false, None)
        .environment(|environment| environment.ca_file = Some("/nowhere/root.pem".into()))
        .is("ca-file-unreadable")
        .says("/nowhere/root.pem");
}

/// Proxies are taken from the environment, which a test cannot change for itself: it runs itself again with another.
fn with_proxy(test: &str, status: u16, trusted: bool) -> (String, Vec<String>) {
    let authority = Authority::new("Demo Root");
    let shown = authority.certify("maskinporten.invalid", |_| {});
    let target = tls::start(
        shown,
        false,
        |_| "https://maskinporten.invalid".into(),
        Box::new(|_| None),
    );
    let (proxy, asked) = tls::proxy(status, target);
    let file = ca_file(&authority);
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", test, "--nocapture"])
        .env("HTTPS_PROXY", format!("http://kari:hemmelig@{proxy}"));
    for name in ["NO_PROXY", "no_proxy", "https_proxy", "ALL_PROXY", "all_proxy"] {
        child.env_remove(name);
    }
    child.env("KLARERT_TEST_CA", if trusted { file.path() } else { "".as_ref() });
    let output = child.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(!said.contains("hemmelig"), "the proxy's password is shown");
    (said, asked.lock().unwrap().clone())
}

/// The same test, in the process that has the proxy in its environment.
fn behind_proxy() -> Option<Fault> {
    let ca = std::env::var_os("KLARERT_TEST_CA")?;
    let fault = issuer(Fault::norwegian(), "https://maskinporten.invalid/".into());
    Some(fault.environment(move |environment| {
        environment.customs = Some("https://maskinporten.invalid".into());
        environment.ca_file = (!ca.is_empty()).then(|| ca.into());
    }))
}

#[test]
fn a_proxy_from_the_environment() {
    let Some(fault) = behind_proxy() else {
        let (_, asked) = with_proxy("network::a_proxy_from_the_environment", 200, true);
        assert!(asked.len() >= 4, "{asked:?}");
        assert!(
            asked
                .iter()
                .all(|line| line == "CONNECT maskinporten.invalid:443 HTTP/1.1"),
            "{asked:?}"
        );
        return;
    };
    let checked = fault.passes();
    println!("{:?}", checked.report);
    assert!(checked.report.stages.iter().any(|result| {
        matches!(&result.seen, Seen::Network { proxy: Some(proxy), .. } if proxy.starts_with("127.0.0.1:"))
    }));
}

#[test]
fn a_proxy_that_wants_a_password() {
    let Some(fault) = behind_proxy() else {
        with_proxy("network::a_proxy_that_wants_a_password", 407, true);
        return;
    };
    let checked = fault
        .is("proxy-refused")
        .says("user name and password")
        .who(Who::Network);
    println!("{:?}", checked.report);
}

#[test]
fn a_proxy_that_refuses() {
    let Some(fault) = behind_proxy() else {
        with_proxy("network::a_proxy_that_refuses", 403, true);
        return;
    };
    fault.is("proxy-refused").says("refused to connect");
}

#[test]
fn a_proxy_whose_root_is_not_known() {
    let Some(fault) = behind_proxy() else {
        with_proxy("network::a_proxy_whose_root_is_not_known", 200, false);
        return;
    };
    fault.is("tls-untrusted").says("issued by Demo Root");
}
