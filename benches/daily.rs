//! Benchmarks of daily commands: one start of the binary each, over a home folder with 1,000 profiles.
//!
//! `cargo bench` prints the times. A user perceives less than 0.1 s as immediate.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
    sync::LazyLock,
};

const PROFILES: usize = 1000;

static HOME: LazyLock<PathBuf> = LazyLock::new(|| {
    let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("daily");
    let folder = home.join("profiles");
    fs::create_dir_all(&folder).expect("create the folder");
    for number in 0..PROFILES {
        let profile = format!(
            "format = 1\nenvironment = \"test\"\ncreated = 2026-11-22T17:00:00Z\nupdated = 2026-11-22T17:10:00Z\n\n\
             [business]\nkind = \"norwegian\"\nname = \"Demo {number} AS\"\norganisation = \"123456785\"\n\
             services = [\"road\", \"entry\"]\n\n[client]\nid = \"demo-{number}\"\n\
             scopes = [\"toll:movement/road/v2\", \"toll:movement/entry\"]\nauthentication = \"certificate\"\n\n\
             [certificate]\npath = \"/there/is/none.p12\"\n\n[progress]\nstep = \"customs\"\n\n\
             [progress.done]\n\"customs.form\" = 2026-11-22T17:05:00Z\n"
        );
        fs::write(folder.join(format!("demo-{number}.toml")), profile).expect("write a profile");
    }
    home
});

fn main() {
    LazyLock::force(&HOME);
    divan::main();
}

#[divan::bench(args = [
    "list",
    "list --json",
    "show demo-500",
    "export demo-500 --format handoff",
    "explain MP-122",
    "completions bash",
    "--help",
])]
fn command(line: &str) {
    let status = Command::new(env!("CARGO_BIN_EXE_klarert"))
        .env("KLARERT_HOME", &*HOME)
        .args(line.split(' '))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(status.is_ok_and(|status| status.success()), "{line}");
}

#[divan::bench(args = ["show demo-5", "done demo-500 cus", "set demo-500 environment="])]
fn completion(line: &str) {
    let status = Command::new(env!("CARGO_BIN_EXE_klarert"))
        .env("KLARERT_HOME", &*HOME)
        .env("KLARERT_COMPLETE", "fish")
        .args(["--", "klarert"])
        .args(line.split(' '))
        .stdout(Stdio::null())
        .status();
    assert!(status.is_ok_and(|status| status.success()), "{line}");
}
