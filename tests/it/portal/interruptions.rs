//! `create` and `--rotate`, killed at every request: the next run ends right, without a second client and without a lost key.

use std::sync::mpsc;

use klarert::{
    check::Subject,
    credential::{self, PublicJwk},
    portal::{Portal, create},
    profile::{Authentication, Profile},
};

use serde_json::json;

use super::{ADMIN_KEY, admin, home, onboarding};
use crate::support::{
    home::{Home, exit_code, stderr},
    portal_server::{Interruption, PortalServer},
    service::businesses::quick,
    texts::ENGLISH,
};

/// Kills a command when a request has arrived, at every request and before and after it is carried out; runs it again, and
/// asserts what holds then.
fn kill_at_every_request(args: &[&str], prepare: impl Fn(&Home, &PortalServer), assert: impl Fn(&Home, &PortalServer)) {
    for is_processed in [false, true] {
        for at in 0.. {
            let server = PortalServer::start(&["toll:movement/road/v2"]);
            let home = home(&server);
            prepare(&home, &server);
            let (reached, arrived) = mpsc::channel();
            server.interrupt(Some(Interruption {
                at,
                is_processed,
                reached: Some(reached),
            }));
            let mut child = home.command(args).spawn().unwrap();
            // The sender of a request that never comes is dropped with the state.
            let ended = loop {
                if arrived.recv_timeout(std::time::Duration::from_millis(20)).is_ok() {
                    break false;
                }
                if child.try_wait().unwrap().is_some() {
                    break true;
                }
            };
            child.kill().unwrap();
            child.wait().unwrap();
            server.interrupt(None);
            if ended {
                assert!(at > 2, "only {at} requests were sent");
                break;
            }
            let again = home.run(args);
            assert_eq!(exit_code(&again), 0, "{at} {is_processed}: {}", stderr(&again));
            assert(&home, &server);
        }
    }
}

#[test]
fn killed_create_ends_with_one_client() {
    let args = ["portal", "create", "acme", "--yes"];
    kill_at_every_request(
        &args,
        |_, _| {},
        |home, server| {
            let clients: Vec<String> = server.state.lock().unwrap().clients.keys().cloned().collect();
            assert_eq!(clients, ["c1"]);
            assert_eq!(home.load("acme").client.id.as_deref(), Some("c1"));
        },
    );
}

/// Gives the profile a client, and with `key` a key that is on it.
fn with_client(home: &Home, server: &PortalServer, key: bool) {
    let mut profile = home.load("acme");
    profile.client.id = Some("c1".to_owned());
    let mut state = server.state.lock().unwrap();
    let client = json!({ "client_id": "c1" });
    state
        .clients
        .insert("c1".to_owned(), client.as_object().unwrap().clone());
    if key {
        profile.client.kid = Some("first".to_owned());
        profile.certificate.path = Some(ADMIN_KEY.1.clone());
        let jwk = public_key(&profile);
        state
            .keys
            .insert("c1".to_owned(), vec![serde_json::to_value(jwk).unwrap()]);
    }
    std::fs::remove_file(home.profile("acme")).unwrap();
    home.save("acme", &profile);
}

fn public_key(profile: &Profile) -> PublicJwk {
    let opened = credential::open(&profile.certificate, profile.business.kind, Authentication::Key, None);
    let kid = profile.client.kid.clone().unwrap();
    opened.credential.unwrap().public_jwk(&kid).unwrap()
}

/// Asserts that the client has the profile's key alone.
fn assert_own_key(home: &Home, server: &PortalServer) {
    let own = public_key(&home.load("acme"));
    let state = server.state.lock().unwrap();
    let keys: Vec<_> = state.keys["c1"].iter().map(|key| (&key["kid"], &key["n"])).collect();
    assert_eq!(keys, [(&json!(own.kid), &json!(own.n))]);
}

#[test]
fn killed_rotation_ends_with_the_new_key_alone() {
    let args = ["portal", "key", "acme", "--rotate", "--yes"];
    let prepare = |home: &Home, server: &PortalServer| with_client(home, server, true);
    kill_at_every_request(&args, prepare, |home, server| {
        let profile = home.load("acme");
        assert_ne!(profile.client.kid.as_deref(), Some("first"));
        assert_eq!((profile.portal.next_key, profile.portal.old_kid), (None, None));
        assert_own_key(home, server);
    });
}

#[test]
fn killed_key_upload_never_leaves_a_key_on_the_client_only() {
    let prepare = |home: &Home, server: &PortalServer| with_client(home, server, false);
    let args = ["portal", "key", "acme", "--yes"];
    kill_at_every_request(&args, prepare, assert_own_key);
}

#[test]
fn lost_answer_is_found_in_the_same_run() {
    for is_processed in [false, true] {
        for at in 0..4 {
            let server = PortalServer::start(&["toll:movement/road/v2"]);
            let (admin, profile): (Profile, Profile) = (admin(), onboarding());
            let mut environment = crate::support::service::businesses::environment(&server.base);
            environment.token_endpoint = Some(format!("{}/token", server.base));
            environment.self_service = Some(format!("{}/api/v1", server.base));
            let opened = credential::open(&admin.certificate, admin.business.kind, Authentication::Key, None);
            let subject = Subject {
                name: "admin",
                profile: &admin,
                environment: &environment,
            };
            let settings = quick();
            let mut portal = Portal::new(subject, &profile, opened, &settings).unwrap();
            server.interrupt(Some(Interruption {
                at,
                is_processed,
                reached: None,
            }));
            let plan = create::plan(&mut portal, &profile, &ENGLISH).unwrap();
            let client = create::execute(&mut portal, &plan).unwrap();
            assert_eq!(client.id, "c1");
            assert_eq!(server.state.lock().unwrap().clients.len(), 1, "{at} {is_processed}");
        }
    }
}
