//! Build script: sets `KLARERT_VERSION` to the version and, in a git checkout, the commit. Bug reports need it.

use std::{path::Path, process::Command};

fn main() {
    let version = env!("CARGO_PKG_VERSION");
    let log = Path::new(".git/logs/HEAD");
    // Cargo reruns the script at every build if a file named here does not exist.
    if log.exists() {
        println!("cargo::rerun-if-changed={}", log.display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    let output = Command::new("git").args(["rev-parse", "--short", "HEAD"]).output().ok();
    let commit = output
        .filter(|output| output.status.success() && Path::new(".git").exists())
        .and_then(|output| String::from_utf8(output.stdout).ok());
    match commit {
        Some(commit) => println!("cargo::rustc-env=KLARERT_VERSION={version} ({})", commit.trim()),
        None => println!("cargo::rustc-env=KLARERT_VERSION={version}"),
    }
}
