//! Files and disks that do not do what they should: full, endless, linked, read-only, writable by others.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use klarert::{
    credential::{self, Password},
    profile::{
        Authentication, CertificateFiles, Profile,
        file::store::{Store, StoreError},
        parse::ProfileName,
    },
};

use crate::support::{
    home::{Home, NEW_ACME, exit_code, fixture, stderr},
    stubs::NOW,
};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Runs the binary from a shell with those settings, such as `umask 000`.
fn run_after(home: &Home, settings: &str, args: &[&str]) -> Output {
    Command::new("/bin/sh")
        .args([
            "-c",
            &format!("{settings}; exec \"$0\" \"$@\""),
            env!("CARGO_BIN_EXE_klarert"),
        ])
        .args(args)
        .env("KLARERT_HOME", home.path())
        .stdin(Stdio::null())
        .current_dir(home.path())
        .output()
        .unwrap()
}

const CSR: [&str; 7] = [
    "csr",
    "--organisation",
    "NTRSE-5560000001",
    "--name",
    "Demo AB",
    "--country",
    "SE",
];

#[test]
fn full_disk_leaves_no_file_behind() {
    let home = Home::new();
    for kilobytes in ["0", "1"] {
        // A limit on the size of files fails as a full disk does, after the file has been created.
        let full = format!("trap '' XFSZ; ulimit -f {kilobytes}");
        for args in [
            &["key", "--out", "new.pem"][..],
            &[&CSR[..], &["--out", "new.pem", "--request", "new.csr"]].concat(),
        ] {
            let output = run_after(&home, &full, args);
            assert_eq!(exit_code(&output), 3, "{args:?}: {}", stderr(&output));
            assert!(
                !home.path().join("new.pem").exists() && !home.path().join("new.csr").exists(),
                "{args:?}"
            );
        }
    }
    let output = run_after(&home, "true", &["key", "--out", "new.pem"]);
    assert_eq!(exit_code(&output), 0, "the next attempt succeeds: {}", stderr(&output));
}

#[test]
fn new_files_are_not_writable_by_others_under_any_umask() {
    let home = Home::new();
    let args = [&CSR[..], &["--out", "new.pem", "--request", "new.csr"]].concat();
    assert_eq!(exit_code(&run_after(&home, "umask 000", &args)), 0);
    assert_eq!(mode(&home.path().join("new.pem")), 0o600);
    assert_eq!(mode(&home.path().join("new.csr")), 0o644);
}

#[test]
fn endless_files_are_refused_in_bounded_time() {
    let home = Home::new();
    let pipe = home.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let refuse = &|args: &[&str]| {
        let start = Instant::now();
        let output = home.run(args);
        assert!([1, 3].contains(&exit_code(&output)), "{args:?}: {}", stderr(&output));
        let took = start.elapsed();
        assert!(took < Duration::from_secs(60), "{args:?}: {took:?}");
    };
    // A pipe without a writer is waited for: at once for all of them.
    thread::scope(|scope| {
        for file in ["/dev/zero", pipe.to_str().unwrap()] {
            scope.spawn(move || refuse(&["certificate", file]));
            scope.spawn(move || refuse(&["import", "acme", file]));
            scope.spawn(move || refuse(&["sandbox", "--port", "0", "--register-key", file, "--kid", "k1"]));
        }
    });
}

#[test]
fn endless_password_is_refused_in_bounded_time() {
    let home = Home::with_sandbox();
    let certificate = home.path().join("sandbox/demo/norwegian/authentication.p12");
    let zeros = |args: &[&str]| {
        let start = Instant::now();
        let output = Command::new(env!("CARGO_BIN_EXE_klarert"))
            .args(args)
            .env("KLARERT_HOME", home.path())
            .stdin(fs::File::open("/dev/zero").unwrap())
            .output()
            .unwrap();
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "{args:?}: {:?}",
            start.elapsed()
        );
        output
    };
    if certificate.exists() {
        let output = zeros(&["certificate", certificate.to_str().unwrap(), "--password-stdin"]);
        assert_eq!(exit_code(&output), 3, "{}", stderr(&output));
    }
    let new = [
        "new",
        "acme",
        "--business",
        "norwegian",
        "--certificate",
        certificate.to_str().unwrap(),
    ];
    assert_eq!(exit_code(&home.run(&new)), 0);
    assert_ne!(exit_code(&zeros(&["check", "acme", "--password-stdin"])), 0);
}

#[test]
fn password_in_other_letters_is_wrong_and_not_unsupported() {
    let opened = |rounds: &str, password: &str| {
        let files = CertificateFiles {
            path: Some(fixture(&format!("pkcs8-rounds-{rounds}.pem"))),
            ..CertificateFiles::default()
        };
        let password = Password::new(password.to_owned().into());
        let start = Instant::now();
        let opened = credential::open(&files, None, Authentication::Key, Some(&password));
        let ids: Vec<&str> = opened.findings.iter().map(|finding| finding.id.id()).collect();
        (
            opened.credential.is_some(),
            ids.join(" ").replace("file-open-to-others", ""),
            start.elapsed(),
        )
    };
    let (usable, findings, _) = opened("900000", "blåbærsyltetøy");
    assert!(usable && findings.is_empty(), "{findings}");
    let (usable, findings, took) = opened("900000", "blåbær");
    assert!(!usable);
    assert_eq!(findings, "wrong-password");
    assert!(took < Duration::from_secs(40), "{took:?}");
    let (usable, findings, took) = opened("1600000", "blåbærsyltetøy");
    assert!(!usable);
    assert_eq!(findings, "unsupported");
    assert!(took < Duration::from_secs(1), "{took:?}");
}

fn name(text: &str) -> ProfileName {
    ProfileName::parse(text).unwrap()
}

fn saved(home: &Home) -> (Store, Profile) {
    let profile = Profile::new("test", NOW);
    home.save("acme", &profile);
    (home.store(), profile)
}

#[test]
fn read_only_profile_is_not_overwritten() {
    let home = Home::new();
    let (store, mut profile) = saved(&home);
    let path = home.profile("acme");
    let before = fs::read(&path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    let base = store.load(&name("acme")).unwrap();
    profile.business.name = Some("Demo".into());
    let error = store.save(&name("acme"), &profile, Some(&base)).unwrap_err();
    let StoreError::Io { kind, .. } = error else {
        panic!("{error:?}")
    };
    assert_eq!(kind, std::io::ErrorKind::PermissionDenied);
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(mode(&path), 0o400);
}

#[test]
fn linked_folder_keeps_its_permissions() {
    let home = Home::new();
    let shared = home.path().join("shared");
    fs::create_dir(&shared).unwrap();
    fs::set_permissions(&shared, fs::Permissions::from_mode(0o755)).unwrap();
    symlink(&shared, home.path().join("profiles")).unwrap();
    saved(&home);
    assert_eq!(mode(&shared), 0o755);
    assert_eq!(mode(&shared.join("acme.toml")), 0o600);
}

#[test]
fn leftovers_of_killed_writers_beside_a_linked_profile_are_removed() {
    let home = Home::new();
    let (store, mut profile) = saved(&home);
    let elsewhere = home.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::rename(home.profile("acme"), elsewhere.join("acme.toml")).unwrap();
    symlink(elsewhere.join("acme.toml"), home.profile("acme")).unwrap();
    let (old, new) = (elsewhere.join(".unfinished-old"), elsewhere.join(".unfinished-new"));
    fs::write(&new, "").unwrap();
    let file = fs::File::create(&old).unwrap();
    file.set_modified(std::time::SystemTime::now() - Duration::from_secs(7200))
        .unwrap();
    let base = store.load(&name("acme")).unwrap();
    profile.business.name = Some("Demo".into());
    store.save(&name("acme"), &profile, Some(&base)).unwrap();
    assert!(!old.exists());
    assert!(new.exists(), "another program may be writing it");
}

#[test]
fn list_reads_each_kind_of_file_as_a_single_profile_is_read() {
    let home = Home::new();
    let (store, mut profile) = saved(&home);
    profile.progress.step = Some("customs".into());
    let base = store.load(&name("acme")).unwrap();
    store.save(&name("acme"), &profile, Some(&base)).unwrap();
    let text = fs::read_to_string(home.profile("acme")).unwrap();
    let long = format!("{text}# {}\n", "a".repeat(10_000));
    symlink(home.profile("acme"), home.profile("link")).unwrap();
    symlink("/nonexistent", home.profile("dangling")).unwrap();
    fs::create_dir(home.profile("folder")).unwrap();
    for (profile, text) in [
        ("empty", ""),
        ("long", &long),
        ("too-long", &"#".repeat(2 << 20)),
        ("broken", "format = 1\nenvironment = hemmelig\n"),
        ("comments", "# Ours.\nformat = 1 # one\nenvironment = 'test'\n"),
    ] {
        fs::write(home.profile(profile), text).unwrap();
    }
    fs::write(home.profile("latin1"), b"format = 1\n# \xe6\n").unwrap();
    let made = Command::new("mkfifo").arg(home.profile("pipe")).status().unwrap();
    assert!(made.success());
    let listed = store.list().unwrap();
    let names: Vec<&str> = listed.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "acme", "broken", "comments", "dangling", "empty", "folder", "latin1", "link", "long", "pipe", "too-long"
        ]
    );
    for one in listed {
        let alone = store.load(&one.name).map(|saved| saved.profile);
        assert_eq!(format!("{:?}", one.profile), format!("{alone:?}"), "{}", one.name);
        if one.name.as_str() == "acme" {
            assert_eq!(one.profile.unwrap().progress.step.as_deref(), Some("customs"));
        }
    }
}

#[test]
fn leftovers_of_killed_writers_are_removed_once_a_run() {
    let home = Home::new();
    let (_, mut profile) = saved(&home);
    let leftover = home.path().join("profiles/.unfinished-old");
    let store = home.store();
    let mut save = |store: &Store, business: &str| {
        fs::write(&leftover, "").unwrap();
        let base = store.load(&name("acme")).unwrap();
        profile.business.name = Some(business.into());
        store.save(&name("acme"), &profile, Some(&base)).unwrap();
        leftover.exists()
    };
    assert!(!save(&store, "Demo"));
    // Of a thousand saves, each would look at a thousand files.
    assert!(save(&store.clone(), "Demo AS"));
    assert!(!save(&Store::new(home.path()), "Demo"));
}

#[test]
fn held_lock_is_reported_and_not_waited_for_without_end() {
    let home = Home::new();
    saved(&home);
    let lock = fs::File::open(home.path().join("state/.lock")).unwrap();
    lock.lock().unwrap();
    let start = Instant::now();
    let output = home.run(&["set", "acme", "name=Demo"]);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
    assert_eq!(exit_code(&output), 3);
    let lines: Vec<String> = stderr(&output).lines().map(str::to_owned).collect();
    assert!(lines[0].contains("Waiting"), "said while it waits: {lines:?}");
    assert!(lines[1].contains(".lock"), "{lines:?}");
    drop(lock);
    assert_eq!(exit_code(&home.run(&["set", "acme", "name=Demo"])), 0);
}

#[test]
fn home_that_others_may_write_is_warned_of() {
    let home = Home::new();
    saved(&home);
    assert_eq!(stderr(&home.run(&["show", "acme"])), "");
    for folder in [home.path().to_owned(), home.path().join("profiles")] {
        let before = mode(&folder);
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
        let output = home.run(&["show", "acme"]);
        assert_eq!(exit_code(&output), 0);
        assert!(
            stderr(&output).contains(folder.to_str().unwrap()),
            "{}",
            stderr(&output)
        );
        fs::set_permissions(&folder, fs::Permissions::from_mode(before)).unwrap();
    }
}

#[test]
fn certificate_in_a_folder_that_is_not_utf8_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let home = Home::new();
    saved(&home);
    let folder = home.path().join(std::ffi::OsStr::from_bytes(b"bl\xe5"));
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("a.pem"), "").unwrap();
    let before = fs::read(home.profile("acme")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_klarert"))
        .args(["set", "acme", "certificate=a.pem"])
        .env("KLARERT_HOME", home.path())
        .current_dir(&folder)
        .output()
        .unwrap();
    assert_eq!(exit_code(&output), 2, "{}", stderr(&output));
    assert_eq!(fs::read(home.profile("acme")).unwrap(), before);
}

#[test]
fn wizard_whose_newest_answers_are_not_saved_fails() {
    let home = Home::new();
    assert!(home.run(&NEW_ACME).status.success());
    let resume = |settings: &str| {
        let answers = home.path().join("answers");
        fs::write(&answers, "1\nquit\n").unwrap();
        run_after(
            &home,
            &format!("{settings}; exec <{}", answers.display()),
            &["resume", "acme", "--plain"],
        )
    };
    fs::set_permissions(home.profile("acme"), fs::Permissions::from_mode(0o400)).unwrap();
    let output = resume("true");
    assert_eq!(exit_code(&output), 3, "{}", stderr(&output));
    fs::set_permissions(home.profile("acme"), fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(exit_code(&resume("true")), 0);
}
