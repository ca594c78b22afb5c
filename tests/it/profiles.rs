//! Profile files: how they are read and written, and what is refused.

use std::{fs, path::Path};

use klarert::{
    profile::{
        AcceptedClient, Authentication, CheckOutcome, Kind, LastCheck, Profile,
        file::{
            document::{parse, render},
            store::{Store, StoreError},
            toml_reader::ProblemKind,
        },
    },
    text::{Language, Texts},
};
use proptest::prelude::*;
use time::{Duration, OffsetDateTime, macros::datetime};

use crate::support::{
    home::{profile_name, read_back, store_with},
    stubs::NOW,
};

/// A file as older versions wrote it, with every key.
const DOCUMENTED: &str = r#"format = 1
environment = "test"                     # test, prod, sandbox, or one from config.toml
created = 2026-11-22T17:00:00Z
updated = 2026-11-22T17:10:00Z

[business]
kind = "norwegian"                       # or "foreign"
name = "Demo Spedisjon AS"
organisation = "123456785"
services = ["road", "entry"]             # from assets/services.toml

[client]
id = "3f1c6a52-0000-4000-8000-000000000000"
scopes = ["toll:movement/road/v2", "toll:movement/entry"]
authentication = "key"
kid = "demo-2026"
consumer_org = "974760673"

[certificate]
path = "/home/kari/demo-auth.p12"        # .p12, .pfx, .pem, .crt, .der
key_path = "/home/kari/demo.key"
chain_path = "/home/kari/chain.pem"

[progress]
step = "customs"                         # where the user was
[progress.done]                          # ticked items, and when
"customs.form" = 2026-11-22T17:05:00Z

[last_check]
at = 2026-11-22T17:10:00Z
outcome = "failed"                       # or "passed"
stopped_at = "token"
code = "MP-200"
"#;

fn on_disk(store: &Store) -> String {
    fs::read_to_string(store.path(&profile_name("acme"))).unwrap()
}

#[test]
fn the_documented_file_is_read_and_its_answers_are_written_unchanged() {
    let profile = parse(DOCUMENTED).unwrap();
    assert_eq!(profile.environment, "test");
    assert_eq!(profile.created, datetime!(2026-11-22 17:00 UTC));
    assert_eq!(profile.business.kind, Some(Kind::Norwegian));
    assert_eq!(profile.business.services, ["road", "entry"]);
    assert_eq!(profile.client.authentication, Authentication::Key);
    assert_eq!(profile.client.kid.as_deref(), Some("demo-2026"));
    assert_eq!(profile.client.consumer_org.as_deref(), Some("974760673"));
    assert_eq!(
        profile.certificate.chain_path.as_deref(),
        Some(Path::new("/home/kari/chain.pem"))
    );
    assert_eq!(profile.progress.step.as_deref(), Some("customs"));
    assert_eq!(profile.progress.done["customs.form"], datetime!(2026-11-22 17:05 UTC));
    let check = profile.last_check.clone().unwrap();
    assert_eq!(
        (check.outcome, check.code.as_deref()),
        (CheckOutcome::Failed, Some("MP-200"))
    );
    let (answers, _) = DOCUMENTED.split_once("\n[last_check]").unwrap();
    let answers = answers.replace("step = \"customs\"                         # where the user was\n", "");
    assert_eq!(render(&profile, DOCUMENTED).unwrap(), answers);
    assert_eq!(
        render(&profile, &answers).unwrap(),
        answers,
        "an unchanged profile leaves the file unchanged"
    );
}

#[test]
fn a_new_file_has_the_documented_order() {
    let mut profile = parse(DOCUMENTED).unwrap();
    profile.last_check = None;
    profile.client.kid = None;
    let text = render(&profile, "").unwrap();
    let heads: Vec<&str> = text.lines().filter(|line| line.starts_with('[')).collect();
    assert_eq!(heads, ["[business]", "[client]", "[certificate]", "[progress.done]"]);
    assert!(
        text.starts_with("format = 1\nenvironment = \"test\"\ncreated = 2026-11-22T17:00:00Z\n"),
        "{text}"
    );
    assert_eq!(read_back(&profile, &text), profile);
}

#[test]
fn the_order_of_answers_does_not_matter_and_manual_order_is_kept() {
    let profile = parse(DOCUMENTED).unwrap();
    let at_once = render(&profile, "").unwrap();
    let mut first = Profile::new("test", NOW);
    first.progress = profile.progress.clone();
    let mut second = first.clone();
    second.client = profile.client.clone();
    let text = render(&second, &render(&first, "").unwrap()).unwrap();
    assert_eq!(render(&profile, &text).unwrap(), at_once);

    let arranged = "environment = \"test\"\nformat = 1\n[progress]\nstep = \"customs\"\n[business]\nname = \"Demo\"\n";
    let mut changed = parse(arranged).unwrap();
    changed.business.name = Some("Demo AS".into());
    let text = render(&changed, arranged).unwrap();
    assert!(text.starts_with("environment = \"test\"\nformat = 1\n"), "{text}");
    assert!(!text.contains("[progress]"), "{text}");
}

#[test]
fn unknown_keys_and_comments_are_kept() {
    let newer =
        DOCUMENTED.replace("[client]\n", "colour = \"blue\"\n\n[client]\n") + "\n[reminders] # new\nweekly = true\n";
    let (_home, store) = store_with(&newer);
    let saved = store.load(&profile_name("acme")).unwrap();
    let mut profile = saved.profile.clone();
    profile.environment = "prod".into();
    profile.business.services = vec!["air".into()];
    profile.progress.done.clear();
    profile.last_check = None;
    store.save(&profile_name("acme"), &profile, Some(&saved)).unwrap();

    let text = on_disk(&store);
    for kept in [
        "colour = \"blue\"",
        "[reminders] # new\nweekly = true",
        "environment = \"prod\"                     # test, prod, sandbox",
        "services = [\"air\"]             # from assets/services.toml",
        "kind = \"norwegian\"                       # or \"foreign\"",
    ] {
        assert!(text.contains(kept), "{kept}\n\n{text}");
    }
    assert!(!text.contains("last_check") && !text.contains("customs.form"), "{text}");
    assert_eq!(store.load(&profile_name("acme")).unwrap().profile, profile);
}

#[test]
fn every_toml_notation_is_read_and_kept() {
    for written in [
        "business = { kind = \"foreign\", mine = 1 }\nprogress = { done = { \"customs.form\" = 2026-11-22T17:05:00Z } }\n",
        "business.kind = \"foreign\"\nbusiness.mine = 1\nprogress.done.customs.form = 2026-11-22T17:05:00Z\n",
        "\u{feff}[business]\r\nkind = 'foreign'\r\nmine = 1\r\n[progress.done]\r\ncustoms.form = 2026-11-22T18:05:00+01:00\r\n",
        "progress = {}\n[business]\nkind = \"foreign\"\nmine = 1\n[business.more]\n",
    ] {
        let (_home, store) = store_with(written);
        let saved = store.load(&profile_name("acme")).unwrap();
        let mut profile = saved.profile.clone();
        assert_eq!(profile.business.kind, Some(Kind::Foreign), "{written}");
        profile.business.name = Some("Demo \"Frakt\" ÆØÅ\n\\".into());
        profile.progress.step = Some("customs".into());
        profile
            .progress
            .done
            .insert("customs.submit".into(), datetime!(2026-11-23 9:00 UTC));
        profile.updated += Duration::HOUR;
        store.save(&profile_name("acme"), &profile, Some(&saved)).unwrap();
        assert_eq!(
            store.load(&profile_name("acme")).unwrap().profile,
            profile,
            "{}",
            on_disk(&store)
        );
        assert!(on_disk(&store).contains("mine = 1"), "{}", on_disk(&store));
    }
}

#[test]
fn a_malformed_file_is_named_with_its_place_and_not_changed() {
    for (text, line, column, wrong) in [
        ("format = 1\nenvironment = hemmelig\n", 2, 15, "Syntax"),
        ("format = 1\n[business]\nname = \"hemmelig\n", 3, 17, "Syntax"),
        ("format = 1\nformat = 1\n", 2, 1, "Syntax"),
        ("[business]\n kind = \"hemmelig\"\n", 2, 9, "business.kind"),
        ("created = \"hemmelig\"\n", 1, 11, "created"),
        ("created = 2026-11-22\n", 1, 11, "created"),
        ("business = \"hemmelig\"\n", 1, 12, "business"),
        ("[[business]]\n", 1, 1, "business"),
        ("[client]\nscopes = [\"a\", 7]\n", 2, 10, "client.scopes"),
        (
            "[progress.done]\n\"customs.form\" = true\n",
            2,
            18,
            "progress.done.customs.form",
        ),
        ("format = \"1\"\n", 1, 10, "format"),
    ] {
        let (_home, store) = store_with(text);
        let error = store.load(&profile_name("acme")).unwrap_err();
        let StoreError::Malformed {
            line: l,
            column: c,
            problem,
            ..
        } = &error
        else {
            panic!("{error:?}")
        };
        assert_eq!((*l, *c), (line, column), "{text}: {error:?}");
        assert!(format!("{:?}", problem.kind).contains(wrong), "{wrong}: {problem:?}");
        for language in Language::ALL {
            let said = error.text(&Texts::new(language));
            assert!(said.contains("acme.toml") && !said.contains("hemmelig"), "{said}");
        }
        let refused = store.save(&profile_name("acme"), &Profile::new("test", NOW), None);
        assert!(matches!(refused, Err(StoreError::Exists { .. })), "{refused:?}");
        assert_eq!(on_disk(&store), text, "the file is not overwritten");
    }
}

#[test]
fn a_byte_that_is_not_utf8_is_named_with_its_place() {
    let (_home, store) = store_with(b"format = 1\nname = \"\xff\"\n");
    let error = store.load(&profile_name("acme")).unwrap_err();
    assert!(
        matches!(&error, StoreError::Malformed { line: 2, column: 9, problem, .. } if problem.kind == ProblemKind::NotText),
        "{error:?}"
    );
}

#[test]
fn a_newer_format_is_refused() {
    let (_home, store) = store_with("format = 2\nenvironment = \"test\"\n");
    let error = store.load(&profile_name("acme")).unwrap_err();
    assert!(matches!(error, StoreError::NewerFormat { found: 2, .. }), "{error:?}");
}

#[test]
fn a_broken_profile_does_not_affect_the_others() {
    let (_home, store) = store_with("format = ");
    store
        .save(&profile_name("beta"), &Profile::new("test", NOW), None)
        .unwrap();
    fs::write(store.profiles().join("Not A Profile.toml"), "").unwrap();
    fs::create_dir(store.profiles().join("folder.toml")).unwrap();
    let listed = store.list().unwrap();
    let names: Vec<&str> = listed.iter().map(|listed| listed.name.as_str()).collect();
    assert_eq!(names, ["acme", "beta", "folder"]);
    assert!(listed[0].profile.is_err());
    assert_eq!(listed[1].profile.as_ref().unwrap(), &Profile::new("test", NOW));
    assert!(matches!(listed[2].profile, Err(StoreError::NotAFile { .. })));
}

#[test]
fn a_missing_home_is_empty_and_not_created() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::new(&home.path().join("not/yet"));
    assert!(store.list().unwrap().is_empty());
    assert_eq!(
        store.load(&profile_name("acme")).unwrap_err(),
        StoreError::NotFound { name: "acme".into() }
    );
    assert_eq!(store.config().unwrap(), Default::default());
    assert!(!home.path().join("not").exists(), "reading creates nothing");
}

#[cfg(unix)]
#[test]
fn saving_makes_files_private() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (_home, store) = store_with(DOCUMENTED);
    fs::set_permissions(store.profiles(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(store.path(&profile_name("acme")), fs::Permissions::from_mode(0o644)).unwrap();
    let saved = store.load(&profile_name("acme")).unwrap();
    let mut profile = saved.profile.clone();
    profile.business.name = Some("Demo AS".into());
    store.save(&profile_name("acme"), &profile, Some(&saved)).unwrap();
    assert_eq!(mode(&store.profiles()), 0o700);
    assert_eq!(mode(&store.path(&profile_name("acme"))), 0o600);
}

#[cfg(unix)]
#[test]
fn saving_follows_a_symbolic_link() {
    let (home, store) = store_with(DOCUMENTED);
    let real = home.path().join("kept-elsewhere.toml");
    fs::rename(store.path(&profile_name("acme")), &real).unwrap();
    std::os::unix::fs::symlink(&real, store.path(&profile_name("acme"))).unwrap();
    let saved = store.load(&profile_name("acme")).unwrap();
    let mut profile = saved.profile.clone();
    profile.business.name = Some("Through the link".into());
    store.save(&profile_name("acme"), &profile, Some(&saved)).unwrap();
    assert!(store.path(&profile_name("acme")).is_symlink());
    assert!(fs::read_to_string(real).unwrap().contains("Through the link"));
}

#[test]
fn relative_paths_are_relative_to_the_profile() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::new(home.path());
    let mut profile = Profile::new("test", NOW);
    profile.certificate.path = Some("../certs/acme.p12".into());
    profile.certificate.key_path = Some(home.path().join("acme.key"));
    let files = store.resolve(&profile.certificate);
    assert_eq!(files.path, Some(store.profiles().join("../certs/acme.p12")));
    assert_eq!(files.key_path, profile.certificate.key_path);
    assert_eq!(files.chain_path, None);
}

fn any_profile() -> impl Strategy<Value = Profile> {
    let words = || proptest::option::of("\\PC{1,12}".prop_filter("not blank", |text| !text.trim().is_empty()));
    let moment = || (0i64..4_000_000_000).prop_map(|s| OffsetDateTime::from_unix_timestamp(s).unwrap());
    let last = (moment(), any::<bool>(), words(), words(), words());
    (
        (words(), words(), words(), any::<bool>(), moment()),
        proptest::collection::vec("[ -~]{1,10}", 0..3),
        proptest::collection::btree_map("[a-z]{1,6}\\.[a-z]{1,6}", moment(), 0..4),
        proptest::option::of(last),
    )
        .prop_map(|((business, id, path, key, created), scopes, done, last)| {
            let mut profile = Profile::new("test", created);
            profile.business.name = business;
            profile.client.id = id;
            profile.client.scopes = scopes;
            profile.certificate.path = path.map(Into::into);
            if key {
                profile.client.authentication = Authentication::Key;
                profile.business.kind = Some(Kind::Norwegian);
                profile.client.key_registered = Some(created.date());
                profile.certificate.pick = Some(2);
            }
            profile.progress.done = done;
            profile.last_check = last.map(|(at, passed, stopped_at, code, trace_id)| LastCheck {
                at,
                outcome: if passed {
                    CheckOutcome::Passed
                } else {
                    CheckOutcome::Failed
                },
                stopped_at,
                code,
                diagnosis: None,
                who: None,
                trace_id,
                of: None,
            });
            let last = profile.last_check.as_ref();
            profile.accepted_client = last.map(|check| AcceptedClient {
                at: check.at,
                id: "old".into(),
            });
            profile
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_profile_is_read_as_it_was_written(first in any_profile(), second in any_profile()) {
        let text = render(&first, "").unwrap();
        prop_assert_eq!(&read_back(&first, &text), &first);
        let over = render(&second, &text).unwrap();
        prop_assert_eq!(&read_back(&second, &over), &second);
        prop_assert_eq!(render(&second, &over).unwrap(), over);
    }

    #[test]
    fn any_text_is_read_or_has_an_error_with_a_place(text in "\\PC{0,40}") {
        if let Err(problem) = parse(&text) {
            prop_assert!(problem.line >= 1 && problem.column >= 1);
            problem.text(&Texts::new(Language::English));
        }
    }
}
