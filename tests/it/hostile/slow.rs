//! Servers and files that do not end: every check ends in bounded time.

use std::time::{Duration, Instant};

use klarert::{
    report::Stage,
    text::{Language, Texts},
};

use super::check_against;
use crate::support::service::{EXCHANGE, JWK, METADATA, Manner, Reply, TOKEN};

/// Bytes that arrive one by one for longer than any limit.
fn drip() -> Reply {
    Reply {
        manner: Manner::Drip,
        ..Reply::text(200, "application/json", &" ".repeat(10_000))
    }
}

#[test]
fn whole_check_is_bounded_and_names_its_stage() {
    for (path, stage) in [
        (METADATA, Stage::Network),
        (TOKEN, Stage::Token),
        (EXCHANGE, Stage::Customs),
    ] {
        let start = Instant::now();
        let checked = check_against(
            move |request| (request.path == path || request.path == JWK).then(drip),
            |_, settings| {
                settings.limits.whole = Duration::from_millis(1500);
                settings.max_duration = Duration::from_secs(3);
            },
        );
        // Three tries of 1.5 s each, twice, would take nine seconds.
        assert!(
            start.elapsed() < Duration::from_secs(7),
            "{stage:?}: {:?}",
            start.elapsed()
        );
        let diagnosis = checked.report.diagnosis.as_ref().unwrap();
        assert_eq!(diagnosis.stage, stage);
        if stage != Stage::Network {
            assert_eq!(diagnosis.id, "service-down");
            let cause = diagnosis.cause(&Texts::new(Language::English));
            assert!(cause.contains("3 seconds"), "{cause}");
        }
    }
}

#[test]
fn pause_longer_than_the_rest_of_the_check_is_not_waited_for() {
    let start = Instant::now();
    let checked = check_against(
        |request| (request.path == TOKEN).then(|| Reply::text(503, "text/plain", "").header("Retry-After", "3000")),
        |_, settings| {
            settings.max_pause = Duration::from_secs(600);
            settings.max_duration = Duration::from_secs(20);
        },
    );
    assert_eq!(checked.diagnosis(), "service-down");
    assert!(start.elapsed() < Duration::from_secs(15));
    assert_eq!(checked.service.requests(TOKEN).len(), 1);
}

#[cfg(unix)]
#[test]
fn roots_from_a_device_or_an_empty_pipe_are_unreadable() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    for path in ["/dev/zero".into(), pipe] {
        let checked = check_against(
            |_| None,
            |environment, _| {
                environment.issuer = "https://localhost:1/".into();
                environment.ca_file = Some(path);
            },
        );
        assert_eq!(checked.diagnosis(), "ca-file-unreadable");
    }
}
