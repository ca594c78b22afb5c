//! Connections: kept, shared, closed by the server meanwhile.

use std::{
    io::Write,
    sync::{
        Arc, Barrier,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use klarert::{
    check::Settings,
    http::MAX_CONNECTIONS_PER_HOST,
    report::{Event, Outcome, Stage},
};
use serde_json::json;

use super::{Fault, network::issuer};
use crate::support::service::{
    EXCHANGE, JWK, METADATA, Manner, Reply, Request, Service, TOKEN, businesses, metadata,
    tls::{self, Authority},
    valid_reply,
};

/// Replies as the real services do, and keeps the connection open.
fn kept(request: &Request, base: &str) -> Reply {
    Reply {
        manner: Manner::KeepAlive,
        ..valid_reply(request, base)
    }
}

/// Maskinporten and Customs on two hosts over TLS, with the connections that each has accepted.
struct TwoHosts {
    maskinporten: String,
    customs: String,
    ca_file: tempfile::TempPath,
    connections: [Arc<AtomicUsize>; 2],
}

impl TwoHosts {
    fn start() -> TwoHosts {
        let authority = Authority::new("Demo Root");
        let mut ca_file = tempfile::NamedTempFile::new().unwrap();
        ca_file.write_all(authority.pem.as_bytes()).unwrap();
        let start = || {
            let base = |request: &Request| format!("https://{}", request.headers["host"]);
            let reply = move |request: &Request| Some(kept(request, &base(request)));
            let shown = authority.certify("127.0.0.1", |_| {});
            tls::start_counted(shown, false, str::to_owned, Box::new(reply))
        };
        let ((maskinporten, first), (customs, second)) = (start(), start());
        TwoHosts {
            maskinporten,
            customs,
            ca_file: ca_file.into_temp_path(),
            connections: [first, second],
        }
    }

    fn check(&self, scopes: &[&str], settings: &Settings) {
        let mut profile = businesses::norwegian();
        profile.client.scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let mut environment = businesses::environment(&format!("https://{}", self.maskinporten));
        environment.customs = Some(format!("https://{}", self.customs));
        environment.ca_file = Some(self.ca_file.to_path_buf());
        let opened = businesses::opened(businesses::certificate(&profile));
        let (report, _) = businesses::check(&profile, &environment, settings, opened);
        assert_eq!(report.diagnosis, None);
    }

    fn handshakes(&self) -> [usize; 2] {
        [0, 1].map(|at| self.connections[at].load(Ordering::SeqCst))
    }
}

#[test]
fn a_check_makes_one_handshake_a_host() {
    for scopes in [
        &["toll:movement/road/v2"][..],
        &["toll:movement/road/v2", "toll:movement/entry"],
    ] {
        let hosts = TwoHosts::start();
        hosts.check(scopes, &businesses::quick());
        assert_eq!(hosts.handshakes(), [1, 1], "{scopes:?}");
    }
}

#[test]
fn checks_of_a_run_share_their_connections() {
    let (hosts, settings) = (TwoHosts::start(), businesses::quick());
    for _ in 0..3 {
        hosts.check(&["toll:movement/road/v2"], &settings);
    }
    assert_eq!(hosts.handshakes(), [1, 1]);
}

/// Asserts that nothing was called a failure on the way.
#[track_caller]
fn assert_silent(events: &[Event]) {
    let notes: Vec<_> = events.iter().filter(|event| matches!(event, Event::Note(..))).collect();
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn a_kept_connection_that_the_server_closed_is_no_failure() {
    // The second request on each connection is read and not answered, which a client cannot tell from a late one.
    let service = Service::start(
        Some(0),
        Box::new(|request| {
            let base = format!("http://{}", request.headers["host"]);
            Some(match request.on_connection {
                0 => kept(request, &base),
                _ => Reply::manner(Manner::Close),
            })
        }),
    );
    let profile = businesses::norwegian();
    let opened = businesses::opened(businesses::certificate(&profile));
    let settings = Settings {
        pauses: Vec::new(),
        ..businesses::quick()
    };
    let environment = businesses::environment(&service.base);
    let (report, events) = businesses::check(&profile, &environment, &settings, opened);
    assert_eq!(report.diagnosis, None);
    assert_silent(&events);
    assert!(service.connections() > 1);
    let grants = service.requests(TOKEN);
    let mut ids: Vec<_> = grants.iter().map(|request| request.claim("jti").to_string()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(
        ids.len(),
        grants.len(),
        "a grant that may have been received is not sent again"
    );
}

#[test]
fn a_service_that_closes_every_connection_is_down() {
    let mut answered = Fault::norwegian().replies_to(TOKEN, |_| Reply::manner(Manner::Close));
    answered.settings.pauses.truncate(1);
    answered
        .replies_to(METADATA, |request| Reply {
            manner: Manner::KeepAlive,
            ..Reply::json(200, metadata(&format!("http://{}", request.headers["host"])))
        })
        .ends_in("service-down")
        .stage(Stage::Token)
        // One more than its retries: a kept connection might have been the cause of the first failure.
        .requests(TOKEN, 3);
}

#[test]
fn an_answer_that_is_cut_off_is_not_sent_for_again_in_silence() {
    let checked = Fault::norwegian()
        .replies_to(METADATA, |request| Reply {
            manner: Manner::KeepAlive,
            ..Reply::json(200, metadata(&format!("http://{}", request.headers["host"])))
        })
        .replies_to(EXCHANGE, |request| match request.nth {
            0 => Reply::manner(Manner::Cut),
            _ => Reply::json(
                200,
                json!({ "access_token": "customs-token", "token_type": "Bearer", "expires_in": 970 }),
            ),
        })
        .passes()
        .requests(EXCHANGE, 2);
    assert!(checked.events.iter().any(|event| matches!(event, Event::Note(..))));
}

#[test]
fn a_connection_that_this_computer_prevents_is_not_closed_by_the_service() {
    // EACCES on Linux, or no route to it.
    issuer(Fault::norwegian(), "https://255.255.255.255/".into()).ends_in("no-answer");
    Fault::norwegian()
        .environment(|environment| environment.customs = Some("https://255.255.255.255".into()))
        .ends_in("no-answer")
        .stage(Stage::Customs);
}

#[test]
fn checks_of_a_run_ask_for_metadata_and_keys_once() {
    let service = Service::start(Some(0), Box::new(|_| None));
    let (profile, settings) = (businesses::norwegian(), businesses::quick());
    let environment = businesses::environment(&service.base);
    for _ in 0..3 {
        let opened = businesses::opened(businesses::certificate(&profile));
        let (report, _) = businesses::check(&profile, &environment, &settings, opened);
        assert_eq!(report.diagnosis, None);
        let clock = report
            .stages
            .iter()
            .find(|result| result.stage == Stage::Clock)
            .unwrap();
        assert_eq!(clock.outcome, Outcome::Passed);
    }
    let counts = [METADATA, JWK, TOKEN].map(|path| service.requests(path).len());
    assert_eq!(counts, [1, 1, 3]);
}

#[test]
fn a_retry_delay_delays_the_other_checks_of_the_run() {
    // Long enough for a difference, short enough for a test.
    const DELAY: Duration = Duration::from_millis(300);
    let service = Service::start(
        Some(0),
        Box::new(|request| {
            (request.path == TOKEN && request.nth == 0)
                .then(|| Reply::text(429, "text/plain", "").header("Retry-After", "1"))
        }),
    );
    let settings = Settings {
        pauses: Vec::new(),
        max_pause: DELAY,
        ..businesses::quick()
    };
    let profile = businesses::norwegian();
    let environment = businesses::environment(&service.base);
    let check = || {
        let opened = businesses::opened(businesses::certificate(&profile));
        businesses::check(&profile, &environment, &settings, opened).0.diagnosis
    };
    assert_eq!(
        check().map(|diagnosis| diagnosis.id),
        Some("too-many-requests".to_owned())
    );
    let start = Instant::now();
    assert_eq!(check(), None);
    assert!(start.elapsed() > DELAY / 2, "{:?}", start.elapsed());
}

#[test]
fn checks_beside_each_other_open_at_most_eight_connections_to_a_host() {
    const CHECKS: usize = 24;
    // Holds the first eight grants until all of them are there: meanwhile the other checks look for a connection.
    let full = Barrier::new(MAX_CONNECTIONS_PER_HOST);
    let service = Service::start(
        Some(0),
        Box::new(move |request| {
            if request.path == TOKEN && request.nth < MAX_CONNECTIONS_PER_HOST {
                full.wait();
            }
            Some(kept(request, &format!("http://{}", request.headers["host"])))
        }),
    );
    let (profile, settings) = (businesses::norwegian(), businesses::quick());
    let environment = businesses::environment(&service.base);
    std::thread::scope(|scope| {
        for _ in 0..CHECKS {
            scope.spawn(|| {
                let opened = businesses::opened(businesses::certificate(&profile));
                let (report, _) = businesses::check(&profile, &environment, &settings, opened);
                assert_eq!(report.diagnosis, None);
            });
        }
    });
    assert_eq!(service.connections(), MAX_CONNECTIONS_PER_HOST);
    assert_eq!(service.requests(TOKEN).len(), CHECKS);
}
