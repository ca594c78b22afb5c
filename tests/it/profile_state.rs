//! The state of a profile apart from its answers: what is written where, and what of older versions is kept.

use std::{fs, process::Command};

use klarert::{
    journey::Rules,
    profile::{
        AcceptedClient, CheckOutcome, FILE_NOT_FOUND, Kind, LastCheck, Profile, file::store::Store, overview::Overview,
        parse::ProfileName, summary::Summary,
    },
};
use time::{Duration, macros::datetime};

use crate::support::{
    home::{Home, exit_code, profile_name, store_with},
    stubs::NOW,
};

/// A profile as an older version wrote it, with all that is in the state today.
const FORMER: &str = r#"# Ours.
format = 1
environment = "test"
created = 2026-11-22T17:00:00Z
updated = 2026-11-22T17:10:00Z

[business]
name = "Demo"

[certificate]
path = "acme.p12"
ends = 2027-01-01T00:00:00Z

[progress]
step = "customs"
[progress.done]
"customs.form" = 2026-11-22T17:05:00Z
"credentials.file-not-found" = 2026-11-22T17:05:00Z

[last_check]
at = 2026-11-22T17:10:00Z
outcome = "failed"
stopped_at = "token"
code = "MP-200"
trace_id = "abc"
of = "12345678"

[accepted_client]
at = 2026-11-22T17:10:00Z
id = "old"
"#;

fn check(at: time::OffsetDateTime) -> LastCheck {
    LastCheck {
        at,
        outcome: CheckOutcome::Failed,
        stopped_at: Some("token".into()),
        code: Some("MP-100".into()),
        diagnosis: Some("client-unknown".into()),
        who: Some("you".into()),
        trace_id: None,
        of: None,
    }
}

/// Returns a store in which the former profile has been saved: its state is in a file of its own.
fn saved_former() -> (Home, Store, ProfileName) {
    let (home, store) = store_with(FORMER);
    let name = profile_name("acme");
    let saved = store.load(&name).unwrap();
    let mut profile = saved.profile.clone();
    profile.business.name = Some("Demo AS".into());
    store.save(&name, &profile, Some(&saved)).unwrap();
    (home, store, name)
}

#[test]
fn state_of_an_older_version_stays_in_the_profile_until_it_is_written_elsewhere() {
    let (_home, store) = store_with(FORMER);
    let name = profile_name("acme");
    let saved = store.load(&name).unwrap();
    // In place of the folder, so that the test passes as root too.
    fs::write(store.home().join("state"), "").unwrap();
    let mut moved = saved.profile.clone();
    moved.progress.step = Some("digdir".into());
    assert!(store.save(&name, &moved, Some(&saved)).is_err());
    assert_eq!(fs::read_to_string(store.path(&name)).unwrap(), FORMER);
}

#[test]
fn a_week_of_checks_leaves_a_folder_in_git_clean() {
    let home = Home::new();
    let git = |args: &[&str]| {
        let output = Command::new("git")
            .current_dir(home.path())
            .args(args)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let added = home.run(&["new", "acme", "--business", "norwegian", "--client-id", "3f1c"]);
    assert_eq!(exit_code(&added), 0);
    let identity = ["-c", "user.name=a", "-c", "user.email=a@b.example"];
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&[&identity[..], &["commit", "--quiet", "-m", "Add"]].concat());
    assert_eq!(git(&["ls-files"]), "profiles/acme.toml\n");
    let store = home.store();
    for day in 0..7 {
        let at = NOW + Duration::days(day);
        let checked = store.update(&profile_name("acme"), |saved| {
            let mut profile = saved.profile.clone();
            profile.record_check(check(at), &saved.profile);
            profile.progress.step = Some(format!("step-{day}"));
            profile.updated = at;
            Ok::<_, klarert::profile::file::store::StoreError>(profile)
        });
        assert_eq!(checked.unwrap().profile.last_check.unwrap().at, at);
        // Incomplete: the check fails at once, without a network.
        assert_eq!(exit_code(&home.run(&["check", "acme"])), 1);
        assert_eq!(git(&["status", "--porcelain"]), "", "day {day}");
    }
    assert!(home.load("acme").last_check.unwrap().at > NOW);
    assert_eq!(exit_code(&home.run(&["set", "acme", "client-id=4f1c"])), 0);
    assert_eq!(git(&["status", "--porcelain"]), " M profiles/acme.toml\n");
}

#[test]
fn the_state_of_an_older_profile_is_read_and_moved_at_the_next_write() {
    let (home, store) = store_with(FORMER);
    let name = profile_name("acme");
    let saved = store.load(&name).unwrap();
    let before = saved.profile.clone();
    assert_eq!(before.certificate_ends, Some(datetime!(2027-01-01 0:00 UTC)));
    assert_eq!(before.progress.step.as_deref(), Some("customs"));
    assert!(before.progress.done.contains_key(FILE_NOT_FOUND));
    assert_eq!(before.last_check.as_ref().unwrap().code.as_deref(), Some("MP-200"));

    let mut profile = before.clone();
    profile.business.name = Some("Demo AS".into());
    store.save(&name, &profile, Some(&saved)).unwrap();
    assert_eq!(store.load(&name).unwrap().profile, profile, "nothing is lost");
    let text = fs::read_to_string(home.profile("acme")).unwrap();
    for moved in ["last_check", "accepted_client", "ends =", "step =", "file-not-found"] {
        assert!(!text.contains(moved), "{moved}: {text}");
    }
    assert!(
        text.starts_with("# Ours.\n") && text.contains("\"customs.form\""),
        "{text}"
    );
    let state = fs::read_to_string(home.path().join("state/acme.toml")).unwrap();
    assert!(
        state.contains("code = \"MP-200\"") && state.contains("step = \"customs\""),
        "{state}"
    );
}

#[test]
fn the_later_of_two_last_checks_counts() {
    let (home, store) = store_with(FORMER);
    let name = profile_name("acme");
    let later = datetime!(2026-11-23 9:00 UTC);
    let record = |profile: &Profile, at| Profile {
        last_check: Some(check(at)),
        ..profile.clone()
    };
    let saved = store.load(&name).unwrap();
    store.save(&name, &record(&saved.profile, later), Some(&saved)).unwrap();
    // An older version writes into the profile again.
    for (written, code) in [("2026-11-22T17:10:00Z", "MP-100"), ("2026-11-24T17:10:00Z", "MP-200")] {
        fs::write(
            home.profile("acme"),
            FORMER.replace("at = 2026-11-22T17:10:00Z", &format!("at = {written}")),
        )
        .unwrap();
        let last = store.load(&name).unwrap().profile.last_check.unwrap();
        assert_eq!(last.code.as_deref(), Some(code), "{written}");
    }
}

#[test]
fn facts_about_another_certificate_do_not_apply() {
    let (home, store, name) = saved_former();
    // As another person's commit would.
    let text = fs::read_to_string(home.profile("acme"))
        .unwrap()
        .replace("acme.p12", "new.p12");
    fs::write(home.profile("acme"), text).unwrap();
    let profile = store.load(&name).unwrap().profile;
    assert_eq!(
        (
            profile.certificate_ends,
            profile.progress.done.contains_key(FILE_NOT_FOUND)
        ),
        (None, false)
    );
    assert!(profile.last_check.is_some() && profile.changed_since_check());
}

fn answer_credentials(profile: &mut Profile) {
    profile.business.kind = Some(Kind::Norwegian);
    profile.client.id = Some("3f1c0c6e".to_owned());
    profile.set_files_found(true);
}

#[test]
fn unusable_certificate_keeps_its_step_open_until_its_answers_change() {
    let (home, store, name) = saved_former();
    let credentials_done = || {
        let profile = store.load(&name).unwrap().profile;
        let overview = Overview::of(&profile, Rules::Test);
        let summary = Summary::of(&profile);
        let steps = overview.steps.iter().find(|step| step.id == "credentials");
        assert_eq!(summary.steps_at(Rules::Test, NOW).done, overview.count().0);
        steps.unwrap().done
    };
    let save = |change: &dyn Fn(&mut Profile)| {
        let saved = store.load(&name).unwrap();
        let mut profile = saved.profile.clone();
        change(&mut profile);
        store.save(&name, &profile, Some(&saved)).unwrap();
    };
    save(&answer_credentials);
    let text = fs::read(home.profile("acme")).unwrap();
    save(&|profile| profile.set_certificate_usable(false));
    assert!(!credentials_done());
    assert_eq!(fs::read(home.profile("acme")).unwrap(), text, "it is no answer");
    save(&|profile| profile.business.organisation = Some("987654325".to_owned()));
    assert!(credentials_done(), "the certificate was of another organisation");
    save(&|profile| profile.set_certificate_usable(false));
    assert!(!credentials_done());
    save(&|profile| profile.set_certificate_usable(true));
    assert!(credentials_done());
}

#[test]
fn step_of_an_expired_certificate_is_open() {
    let (_home, store, name) = saved_former();
    let mut profile = store.load(&name).unwrap().profile;
    answer_credentials(&mut profile);
    let ends = profile.certificate_ends.unwrap();
    for (now, done) in [(ends - Duration::SECOND, true), (ends, false)] {
        let overview = Overview::of(&profile, Rules::Test).at(&profile, now);
        let steps = Summary::of(&profile).steps_at(Rules::Test, now);
        assert_eq!((steps.done, steps.all), overview.count());
        assert_eq!(
            overview
                .steps
                .iter()
                .find(|step| step.id == "credentials")
                .unwrap()
                .done,
            done
        );
    }
}

#[test]
fn a_check_meanwhile_survives_a_save_of_older_answers() {
    let (_home, store) = store_with(FORMER);
    let name = profile_name("acme");
    let wizard = store
        .save(
            &name,
            &store.load(&name).unwrap().profile,
            Some(&store.load(&name).unwrap()),
        )
        .unwrap();
    let at = datetime!(2026-11-25 9:00 UTC);
    let checked = store.load(&name).unwrap();
    let by_check = Profile {
        last_check: Some(check(at)),
        ..checked.profile.clone()
    };
    store.save(&name, &by_check, Some(&checked)).unwrap();
    let mut profile = wizard.profile.clone();
    profile.business.name = Some("Demo AS".into());
    let saved = store.save(&name, &profile, Some(&wizard)).unwrap();
    assert_eq!(saved.profile.last_check.unwrap().at, at);
    // Cleared on purpose, as by another environment.
    let saved = store.load(&name).unwrap();
    let mut profile = saved.profile.clone();
    (profile.last_check, profile.accepted_client) = (None, None);
    store.save(&name, &profile, Some(&saved)).unwrap();
    assert_eq!(store.load(&name).unwrap().profile.last_check, None);
}

#[test]
fn a_state_that_cannot_be_read_counts_as_none() {
    let (home, store, name) = saved_former();
    let state = home.path().join("state/acme.toml");
    for broken in ["[", "used = 7", "[last_check]\nat = \"yesterday\"\n"] {
        fs::write(&state, broken).unwrap();
        let saved = store.load(&name).unwrap();
        assert_eq!(saved.profile.last_check, None, "{broken}");
        let by_check = Profile {
            last_check: Some(check(NOW)),
            ..saved.profile.clone()
        };
        store.save(&name, &by_check, Some(&saved)).unwrap();
        assert_eq!(
            store.load(&name).unwrap().profile.last_check,
            Some(check(NOW)),
            "{broken}"
        );
    }
}

#[test]
fn the_state_follows_its_profile() {
    let (home, store) = store_with(FORMER);
    let name = profile_name("acme");
    let saved = store.load(&name).unwrap();
    let mut profile = saved.profile.clone();
    profile.accepted_client = Some(AcceptedClient {
        at: NOW,
        id: "followed".into(),
    });
    store.save(&name, &profile, Some(&saved)).unwrap();
    let accepted = |name: &str| home.load(name).accepted_client.map(|client| client.id);
    store.rename(&name, &profile_name("other")).unwrap();
    assert_eq!(accepted("other").as_deref(), Some("followed"));
    store.remove(&profile_name("other")).unwrap();
    home.save("other", &Profile::new("test", NOW));
    assert_eq!(
        accepted("other"),
        None,
        "a new profile has none of the removed one's state"
    );
    store.remove(&profile_name("other")).unwrap();
    store.restore(&profile_name("other"), &name).unwrap();
    assert_eq!(accepted("acme"), None);
    store.restore(&profile_name("other"), &profile_name("other")).unwrap();
    assert_eq!(accepted("other").as_deref(), Some("followed"));
}
