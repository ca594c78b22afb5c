//! A home folder with profiles, and a sandbox in another process.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;

/// A profile without its name.
pub const PROFILE: &str = r#"format = 1
environment = "test"
created = 2026-11-22T17:00:00Z
updated = 2026-11-22T17:10:00Z

[business]
kind = "norwegian"
name = "Demo AS"
organisation = "123456785"
services = ["road", "entry"]

[client]
id = "demo"
scopes = ["toll:movement/road/v2", "toll:movement/entry"]
authentication = "certificate"

[certificate]
path = "/there/is/none.p12"

[progress.done]
"customs.form" = 2026-11-22T17:05:00Z
"#;
const STATE: &str = "format = 1\nstep = \"customs\"\n\n[last_check]\nat = 2026-11-22T17:10:00Z\noutcome = \"passed\"\n";

/// A home folder, removed at the end.
pub struct Home(tempfile::TempDir);

/// A sandbox, and a profile for it.
pub struct Sandbox {
    pub profile: String,
    process: Child,
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns a command in `home`.
pub fn klarert(home: Option<&Home>, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_klarert"));
    command.env("KLARERT_HOME", home.map_or(Path::new("/nonexistent"), Home::path));
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

impl Home {
    pub fn new() -> Home {
        Home(tempfile::tempdir().expect("create a folder"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes profiles `demo-0`, `demo-1`, …
    pub fn write_profiles(&self, count: usize, profile: &str, state: bool) {
        let [profiles, states] = ["profiles", "state"].map(|folder| self.path().join(folder));
        fs::create_dir_all(&profiles).expect("create a folder");
        fs::create_dir_all(&states).expect("create a folder");
        for number in 0..count {
            let file = format!("demo-{number}.toml");
            fs::write(profiles.join(&file), profile).expect("write a profile");
            if state {
                fs::write(states.join(&file), STATE).expect("write a state");
            }
        }
    }

    /// Reads all files of the profiles, and returns the sum of their lengths.
    pub fn read_all(&self) -> usize {
        let folders = ["profiles", "state"].map(|folder| self.path().join(folder));
        let entries = folders.iter().flat_map(fs::read_dir).flatten().flatten();
        entries
            .filter_map(|entry| fs::read(entry.path()).ok())
            .map(|bytes| bytes.len())
            .sum()
    }

    /// Starts a sandbox in another process.
    pub fn start_sandbox(&self) -> Sandbox {
        let mut command = klarert(Some(self), &["sandbox", "--port", "0", "--json"]);
        let mut process = command.stdout(Stdio::piped()).spawn().expect("start the sandbox");
        let mut line = String::new();
        let output = process.stdout.take().expect("it is piped");
        BufReader::new(output).read_line(&mut line).expect("read its address");
        let started: Value = serde_json::from_str(&line).expect("JSON");
        let text = |key: &str| started["norwegian"][key].as_str().unwrap_or_default().to_owned();
        let file = PathBuf::from(text("certificate"));
        let profile = PROFILE
            .replace("\"test\"", "\"sandbox\"")
            .replace("123456785", &text("organisation"))
            .replace("id = \"demo\"", &format!("id = \"{}\"", text("client_id")))
            .replace("services = [\"road\", \"entry\"]", "services = [\"road\"]")
            .replace(", \"toll:movement/entry\"", "")
            .replace("/there/is/none.p12", &file.display().to_string());
        Sandbox { profile, process }
    }
}
