//! Certificates of servers, and proxies.

use std::{io::Write, process::Command};

use klarert::{journey::Who, report::StageFacts};

use super::{Checked, Fault, network::issuer};
use crate::support::service::tls::{self, Authority};

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

fn tls_version(checked: &Checked) -> Option<&str> {
    checked.report.stages.iter().find_map(|result| match &result.facts {
        StageFacts::Network { tls, .. } => tls.as_deref(),
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
        output.status.success() && said.contains("1 passed"),
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
        let (_, asked) = with_proxy("faults::tls::a_proxy_from_the_environment", 200, true);
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
        matches!(&result.facts, StageFacts::Network { proxy: Some(proxy), .. } if proxy.starts_with("127.0.0.1:"))
    }));
}

#[test]
fn a_proxy_that_wants_a_password() {
    let Some(fault) = behind_proxy() else {
        with_proxy("faults::tls::a_proxy_that_wants_a_password", 407, true);
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
        with_proxy("faults::tls::a_proxy_that_refuses", 403, true);
        return;
    };
    fault.is("proxy-refused").says("refused to connect");
}

#[test]
fn a_proxy_whose_root_is_not_known() {
    let Some(fault) = behind_proxy() else {
        with_proxy("faults::tls::a_proxy_whose_root_is_not_known", 200, false);
        return;
    };
    fault.is("tls-untrusted").says("issued by Demo Root");
}

/// As in a container without root certificates: again in a process of its own.
fn without_roots(test: &str) {
    let empty = tempfile::tempdir().unwrap();
    let file = empty.path().join("none.pem");
    std::fs::write(&file, "").unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["--exact", test])
        .env("SSL_CERT_FILE", file)
        .env("SSL_CERT_DIR", empty.path());
    let output = child.env("KLARERT_TEST_NO_ROOTS", "1").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
}

fn has_no_roots() -> bool {
    std::env::var_os("KLARERT_TEST_NO_ROOTS").is_some()
}

#[test]
#[cfg(target_os = "linux")]
fn a_system_that_trusts_nobody() {
    if !has_no_roots() {
        return without_roots("faults::tls::a_system_that_trusts_nobody");
    }
    issuer(Fault::norwegian(), "https://maskinporten.invalid/".into())
        .is("no-trusted-roots")
        .says("ca_file");
}

#[test]
fn the_sandbox_needs_no_roots() {
    if !has_no_roots() {
        return without_roots("faults::tls::the_sandbox_needs_no_roots");
    }
    Fault::norwegian().passes();
}
