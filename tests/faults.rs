//! Seeded faults: a set-up, a service's behaviour, and the one diagnosis that must come of it.

mod service;

use service::{people::*, *};

#[test]
fn nothing_wrong() {
    let service = Service::start(Some(0), Box::new(|_| None));
    let profile = norwegian();
    let (report, events) = check(
        &profile,
        &environment(&service.base),
        &quick(),
        opened(certificate(&profile)),
    );
    println!("{events:#?}");
    assert!(report.passed(), "{report:#?}");
}
