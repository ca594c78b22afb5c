//! `create` and `--rotate`, killed at every request: the next run ends right, without a second client and without a lost key.

use std::sync::mpsc;

use klarert::{
    check::Subject,
    credential,
    portal::{Portal, create},
    profile::{Authentication, Profile},
};

use super::{admin, home, onboarding};
use crate::support::{
    home::{Home, exit_code, stderr},
    portal_server::{Interruption, PortalServer},
    service::businesses::quick,
    texts::ENGLISH,
};

/// Kills a command when a request has arrived, at every request and before and after it is carried out; runs it again, and
/// asserts what holds then.
fn kill_at_every_request(args: &[&str], prepare: impl Fn(&Home), assert: impl Fn(&Home, &PortalServer)) {
    for is_processed in [false, true] {
        for at in 0.. {
            let server = PortalServer::start(&["toll:movement/road/v2"]);
            let home = home(&server);
            prepare(&home);
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
        |_| {},
        |home, server| {
            let clients: Vec<String> = server.state.lock().unwrap().clients.keys().cloned().collect();
            assert_eq!(clients, ["c1"]);
            assert_eq!(home.load("acme").client.id.as_deref(), Some("c1"));
        },
    );
}

#[test]
fn killed_rotation_ends_with_the_new_key_alone() {
    let prepare = |home: &Home| {
        assert_eq!(exit_code(&home.run(&["portal", "create", "acme", "--yes"])), 0);
        assert_eq!(exit_code(&home.run(&["portal", "key", "acme", "--yes"])), 0);
    };
    let args = ["portal", "key", "acme", "--rotate", "--yes"];
    kill_at_every_request(&args, prepare, |home, server| {
        let profile = home.load("acme");
        assert_eq!(server.kids("c1"), [profile.client.kid.clone().unwrap()]);
        assert_eq!(profile.portal.next_key, None);
        assert_eq!(profile.portal.old_kid, None);
        assert_eq!(
            exit_code(&home.run(&["token", "acme"])),
            0,
            "the profile's key is on the client"
        );
    });
}

#[test]
fn killed_key_upload_never_leaves_a_key_on_the_client_only() {
    let prepare = |home: &Home| assert_eq!(exit_code(&home.run(&["portal", "create", "acme", "--yes"])), 0);
    let args = ["portal", "key", "acme", "--yes"];
    kill_at_every_request(&args, prepare, |home, server| {
        assert_eq!(server.kids("c1"), [home.load("acme").client.kid.unwrap()]);
        assert_eq!(exit_code(&home.run(&["token", "acme"])), 0);
    });
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
