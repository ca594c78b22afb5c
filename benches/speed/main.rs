//! Measurements of what a user waits for, each beside a floor: something that cannot be avoided, measured in the same run.
//!
//! `cargo bench` prints all of them, `cargo bench -- list` those with `list` in their name. The times are CPU time with that of
//! the kernel, which depends less on what else the machine does than elapsed time. Only Linux tells it without `unsafe`;
//! elsewhere the times are elapsed time. `docs/PERFORMANCE.md` has the results of a run.

mod floor;
mod home;
mod screen;

use std::{
    fs,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use home::{Home, klarert};

/// Profiles of the long list, and of the checks.
const LISTED: usize = 10_000;
const CHECKED: usize = 1_000;
/// A list indexes files that have been unchanged for as long.
const INDEXED_AFTER: Duration = Duration::from_secs(4);
/// The `.p12` files of the tests, one of each scheme, with their password.
const P12: [&str; 4] = ["openssl-3.p12", "windows.p12", "keytool-legacy.p12", "without-mac.p12"];
const P12_PASSWORD: &str = "spedisjon";

/// The measurements that were asked for.
struct Run {
    names: Vec<String>,
}

impl Run {
    /// Returns whether a measurement was asked for.
    fn wants(&self, name: &str) -> bool {
        self.names.is_empty() || self.names.iter().any(|part| name.contains(part))
    }

    /// Prints a time and its multiple of the floor, if it was asked for.
    fn show(&self, name: &str, measure: impl FnOnce() -> Duration, (floor_name, floor): (&str, Duration)) {
        if self.wants(name) {
            let time = measure();
            let ratio = time.as_secs_f64() / floor.as_secs_f64();
            println!("{name:<44}{:>10.3} ms  {ratio:>7.1} × {floor_name}", milliseconds(time));
        }
    }
}

fn main() {
    // Cargo adds `--bench`.
    let names = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let run = Run { names: names.collect() };
    let start = floor::children(100, || floor::succeed(&mut Command::new("true")));
    let signature = floor::signature();
    println!(
        "floors: `true` {:.3} ms, an RSA-2048 signature {:.3} ms\n",
        milliseconds(start),
        milliseconds(signature)
    );
    let started = floor::children(50, || floor::succeed(&mut klarert(None, &["--version"])));
    run.show("start-up: --version", || started, ("true", start));
    run.show("first frame (elapsed)", screen::first_frame, ("true", start));
    run.show("key to frame (elapsed)", screen::key_to_frame, ("true", start));
    certificates(&run, start);
    // Before the lists: ext4 without a journal creates files slowly after many were removed.
    checks(&run, started, signature);
    list(&run);
}

/// Opens each kind of `.p12`, beside `openssl` if it is installed.
fn certificates(run: &Run, start: Duration) {
    let openssl = |arguments: &[&str]| {
        let mut command = Command::new("openssl");
        command.args(["pkcs12", "-legacy", "-nodes"]).args(arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    for file in P12 {
        let path = format!("{}/tests/fixtures/{file}", env!("CARGO_MANIFEST_DIR"));
        let password = format!("pass:{P12_PASSWORD}");
        let mut other = openssl(&["-in", &path, "-passin", &password]);
        let floor = match other.status().is_ok_and(|status| status.success()) {
            true => ("openssl", floor::children(20, || floor::succeed(&mut other))),
            false => ("true", start),
        };
        let open = || {
            floor::children(20, || {
                // Its exit code is about the certificate, which has expired.
                let _ = klarert(None, &["certificate", &path])
                    .env("KLARERT_PASSWORD", P12_PASSWORD)
                    .status();
            })
        };
        run.show(&format!("open {file}"), open, floor);
    }
}

/// Lists 10,000 profiles, with and without a state: first by reading their files, then with the index that this has written.
fn list(run: &Run) {
    for (name, state) in [("list of 10,000", false), ("list of 10,000 with a state", true)] {
        let names = [format!("{name}, first"), format!("{name}, again")];
        if !names.iter().any(|name| run.wants(name)) {
            continue;
        }
        let home = Home::new();
        home.write_profiles(LISTED, home::PROFILE, state);
        thread::sleep(INDEXED_AFTER);
        let files = floor::children(1, || ()) + floor::own(|| home.read_all());
        let floor = ("reading the files", files);
        let list = |runs| floor::children(runs, || floor::succeed(&mut klarert(Some(&home), &["list"])));
        for (name, runs) in names.iter().zip([1, 10]) {
            run.show(name, || list(runs), floor);
        }
    }
}

/// Checks one profile and 1,000 of them against a sandbox in another process. The start-up is left out.
fn checks(run: &Run, started: Duration, signature: Duration) {
    let home = Home::new();
    let sandbox = home.start_sandbox();
    home.write_profiles(CHECKED, &sandbox.profile, false);
    let one = || {
        let checked = floor::children(20, || floor::succeed(&mut klarert(Some(&home), &["check", "demo-1"])));
        checked.saturating_sub(started)
    };
    run.show("one check", one, ("signature", signature));
    let all = || {
        let checked = floor::children(1, || {
            let output = klarert(Some(&home), &["check", "--all", "--json"])
                .stdout(Stdio::piped())
                .output();
            let lines = String::from_utf8(output.expect("check").stdout).expect("JSON is UTF-8");
            let passed = lines
                .lines()
                .filter(|line| line.contains(r#""outcome":"passed""#))
                .count();
            assert_eq!(passed, CHECKED);
        });
        checked.saturating_sub(started) / u32::try_from(CHECKED).unwrap_or(u32::MAX)
    };
    run.show("each of 1,000 checks", all, ("signature", signature));
    let _ = fs::remove_dir_all(home.path());
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
