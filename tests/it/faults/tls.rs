//! Server certificates and proxies.

use std::{io::Write, process::Command};

use klarert::{journey::Who, report::StageFacts};

use super::{Checked, Fault, network::issuer};
use crate::support::service::tls::{self, Authority};

fn ca_file(authority: &Authority) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(authority.pem.as_bytes()).unwrap();
    file
}

/// A service over TLS; its authority is trusted if one is given.
fn over_tls(shown: tls::ServerCertificate, old: bool, trusted: Option<&Authority>) -> Fault {
    let address = tls::start(shown, old, |address| format!("https://{address}"), Box::new(|_| None));
    let file = trusted.map(ca_file);
    issuer(Fault::norwegian(), format!("https://{address}/")).environment(move |environment| {
        environment.customs = Some(format!("https://{address}"));
        // Kept until the process ends: it is read at the first request to each host.
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
fn a_root_from_ca_file_is_trusted() {
    let authority = Authority::new("Demo Root");
    let checked = over_tls(authority.certify("127.0.0.1", |_| {}), false, Some(&authority)).passes();
    assert_eq!(tls_version(&checked), Some("TLS 1.3"));
}

#[test]
fn tls_1_2_is_reported() {
    let authority = Authority::new("Demo Root");
    let checked = over_tls(authority.certify("127.0.0.1", |_| {}), true, Some(&authority)).passes();
    assert_eq!(tls_version(&checked), Some("TLS 1.2"));
}

#[test]
fn tls_inspection_is_named_by_its_issuer() {
    let authority = Authority::new("Demo AS TLS Inspection");
    over_tls(authority.certify("127.0.0.1", |_| {}), false, None)
        .ends_in("tls-untrusted")
        .who(Who::Network)
        .variant("unknown-issuer")
        .names("Demo AS TLS Inspection");
}

#[test]
fn an_expired_server_certificate_is_untrusted() {
    let authority = Authority::new("Demo Root");
    let ended = authority.certify("127.0.0.1", |params| {
        params.not_after = rcgen::date_time_ymd(2020, 1, 1)
    });
    over_tls(ended, false, Some(&authority))
        .ends_in("tls-untrusted")
        .variant("expired");
}

#[test]
fn a_server_certificate_for_another_host_is_untrusted() {
    let authority = Authority::new("Demo Root");
    over_tls(authority.certify("other.example", |_| {}), false, Some(&authority))
        .ends_in("tls-untrusted")
        .variant("other-name")
        .names("other.example");
}

#[test]
fn a_server_without_tls_is_diagnosed() {
    Fault::norwegian()
        .environment(|environment| environment.issuer = environment.issuer.replace("http://", "https://"))
        .ends_in("tls-failed");
}

#[test]
fn a_missing_ca_file_is_named() {
    let authority = Authority::new("Demo Root");
    over_tls(authority.certify("127.0.0.1", |_| {}), false, None)
        .environment(|environment| environment.ca_file = Some("/nowhere/root.pem".into()))
        .ends_in("ca-file-unreadable")
        .names("/nowhere/root.pem");
}

/// Runs a test again in a process with a proxy in its environment, and returns its output and the proxy's requests.
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
    for name in ["NO_PROXY", "no_proxy", "https_proxy", "ALL_PROXY", "all_proxy"] {
        child.env_remove(name);
    }
    // After the removal: on Windows `https_proxy` is the same variable.
    child
        .args(["--exact", test, "--nocapture"])
        .env("HTTPS_PROXY", format!("http://kari:hemmelig@{proxy}"));
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

/// Returns the fault in the process with the proxy in its environment; `None` in any other.
fn behind_proxy() -> Option<Fault> {
    let ca = std::env::var_os("KLARERT_TEST_CA")?;
    let fault = issuer(Fault::norwegian(), "https://maskinporten.invalid/".into());
    Some(fault.environment(move |environment| {
        environment.customs = Some("https://maskinporten.invalid".into());
        environment.ca_file = (!ca.is_empty()).then(|| ca.into());
    }))
}

#[test]
fn a_proxy_from_the_environment_is_used() {
    let Some(fault) = behind_proxy() else {
        let (_, asked) = with_proxy("faults::tls::a_proxy_from_the_environment_is_used", 200, true);
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
fn a_proxy_that_requires_a_password_is_diagnosed() {
    let Some(fault) = behind_proxy() else {
        with_proxy("faults::tls::a_proxy_that_requires_a_password_is_diagnosed", 407, true);
        return;
    };
    let checked = fault.ends_in("proxy-refused").variant("login").who(Who::Network);
    println!("{:?}", checked.report);
}

#[test]
fn a_proxy_that_refuses_is_diagnosed() {
    let Some(fault) = behind_proxy() else {
        with_proxy("faults::tls::a_proxy_that_refuses_is_diagnosed", 403, true);
        return;
    };
    fault.ends_in("proxy-refused").variant("other");
}

#[test]
fn an_untrusted_root_behind_a_proxy_is_named() {
    let Some(fault) = behind_proxy() else {
        with_proxy("faults::tls::an_untrusted_root_behind_a_proxy_is_named", 200, false);
        return;
    };
    fault
        .ends_in("tls-untrusted")
        .variant("unknown-issuer")
        .names("Demo Root");
}

/// Runs a test again in a process without root certificates, as in a small container.
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
fn a_system_without_roots_is_diagnosed() {
    if !has_no_roots() {
        return without_roots("faults::tls::a_system_without_roots_is_diagnosed");
    }
    issuer(Fault::norwegian(), "https://maskinporten.invalid/".into())
        .ends_in("no-trusted-roots")
        .names("ca_file");
}

#[test]
fn the_sandbox_needs_no_roots() {
    if !has_no_roots() {
        return without_roots("faults::tls::the_sandbox_needs_no_roots");
    }
    Fault::norwegian().passes();
}
