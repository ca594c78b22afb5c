//! Build script: sets `KLARERT_VERSION` to the version and, in a git checkout, the commit, which bug reports need. Compresses the
//! assets.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// The folders with the assets that are compiled in.
const ASSET_FOLDERS: [&str; 3] = ["assets", "assets/text/en", "assets/text/nb"];
/// The best compression of miniz_oxide.
const COMPRESSION_LEVEL: u8 = 10;

fn main() -> io::Result<()> {
    set_version();
    compress_assets()
}

fn set_version() {
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

/// Writes each asset compressed, and `assets.rs`, the table of them that `src/assets.rs` includes.
fn compress_assets() -> io::Result<()> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    let mut table = String::new();
    for folder in ASSET_FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
        let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
        paths.sort_unstable();
        for path in paths {
            let file_name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_fluent = file_name.ends_with(".ftl");
            if !is_fluent && !file_name.ends_with(".toml") {
                continue;
            }
            let text = fs::read_to_string(&path)?;
            let messages = text.lines().filter(|_| is_fluent).filter_map(message);
            let messages: String = messages.map(|id| format!("{id} ")).collect();
            let name = format!("{folder}/{file_name}");
            let target = out.join(name.replace('/', "-"));
            let compressed = miniz_oxide::deflate::compress_to_vec(text.as_bytes(), COMPRESSION_LEVEL);
            fs::write(&target, compressed)?;
            table += &format!(
                "Asset {{ name: {:?}, messages: {:?}, compressed: include_bytes!({target:?}) }},\n",
                name.trim_start_matches("assets/"),
                format!(" {messages}"),
            );
        }
    }
    fs::write(out.join("assets.rs"), format!("[{table}]"))
}

/// Returns the id of the Fluent message that begins in a line.
fn message(line: &str) -> Option<&str> {
    let (id, _) = line.split_once(" =")?;
    let is_id = id.starts_with(|c: char| c.is_ascii_alphabetic()) && !id.contains(' ');
    is_id.then_some(id)
}
