//! Home folders for `KLARERT_HOME`, and the binary run in them without a terminal.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::OnceLock,
};

use klarert::{
    profile::{
        Profile,
        file::{
            document,
            state::{self, State},
            store::Store,
        },
        parse::ProfileName,
    },
    sandbox::{self, Options, Sandbox},
};

/// The password of every certificate in the sandbox's demonstration.
pub const DEMO_PASSWORD: &str = "demo-1234";

/// The command line of a new profile `acme` of a Norwegian business.
#[cfg(unix)]
pub const NEW_ACME: [&str; 10] = [
    "new",
    "acme",
    "--business",
    "norwegian",
    "--organisation",
    "123456785",
    "--name",
    "Demo",
    "--service",
    "road",
];

/// Returns the sandbox's folder with the demonstration of all tests that do not change it: generating its keys takes
/// seconds.
pub fn shared_demonstration() -> &'static Path {
    static FOLDER: OnceLock<(Home, PathBuf)> = OnceLock::new();
    let (_, folder) = FOLDER.get_or_init(|| {
        let home = Home::new();
        let folder = sandbox::folder(home.path());
        drop(Sandbox::start(&folder, Options::default()).unwrap());
        (home, folder)
    });
    folder
}

/// A temporary home folder.
pub struct Home(tempfile::TempDir);

impl Home {
    pub fn new() -> Home {
        Home(tempfile::tempdir().unwrap())
    }

    /// Returns a home with a copy of the sandbox's demonstration.
    pub fn with_sandbox() -> Home {
        let home = Home::new();
        copy(shared_demonstration(), &sandbox::folder(home.path()));
        home
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn store(&self) -> Store {
        Store::new(self.path())
    }

    /// Returns the path of a profile's file.
    pub fn profile(&self, name: &str) -> PathBuf {
        self.store().path(&profile_name(name))
    }

    pub fn load(&self, name: &str) -> Profile {
        self.store().load(&profile_name(name)).unwrap().profile
    }

    pub fn save(&self, name: &str, profile: &Profile) {
        self.store().save(&profile_name(name), profile, None).unwrap();
    }

    /// Returns every file except those of the sandbox.
    #[cfg(unix)]
    pub fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut left = vec![self.path().to_owned()];
        while let Some(folder) = left.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path == sandbox::folder(self.path()) {
                    continue;
                }
                if path.is_dir() {
                    left.push(path)
                } else {
                    found.push(path)
                }
            }
        }
        found
    }

    /// Prepares the binary with no variable set but `KLARERT_HOME`, and `SystemRoot`, without which Windows has no sockets.
    /// Nothing is on standard input, and its output is captured.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_klarert"));
        command
            .args(args)
            .env_clear()
            .env("KLARERT_HOME", self.path())
            // Tests use no network: the open scope list of the real service is not looked at.
            .env("KLARERT_OFFLINE", "1")
            .envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.run_with(args, &[])
    }

    pub fn run_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Output {
        self.command(args).envs(variables.iter().copied()).output().unwrap()
    }

    /// Runs the binary with `input` piped to it.
    pub fn run_piped(&self, args: &[&str], variables: &[(&str, &str)], input: &str) -> Output {
        let mut command = self.command(args);
        let mut child = command
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        // The program may end before it has read everything.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    fs::set_permissions(to, fs::metadata(from).unwrap().permissions()).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

pub fn profile_name(name: &str) -> ProfileName {
    ProfileName::parse(name).unwrap()
}

/// Returns a store that holds one profile, `acme`, with that text as its file.
pub fn store_with(text: impl AsRef<[u8]>) -> (Home, Store) {
    let home = Home::new();
    let store = home.store();
    fs::create_dir_all(store.profiles()).unwrap();
    fs::write(home.profile("acme"), text).unwrap();
    (home, store)
}

/// Returns a profile as it is read from its text and from the state that is written with it.
pub fn read_back(profile: &Profile, text: &str) -> Profile {
    let mut read = document::parse(text).unwrap();
    let rendered = state::render(&State::of(profile), "").unwrap();
    state::parse(&rendered).unwrap().add_to(&mut read);
    read
}

/// Returns the path of a file in `tests/fixtures`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub fn exit_code(output: &Output) -> i32 {
    output.status.code().unwrap()
}
