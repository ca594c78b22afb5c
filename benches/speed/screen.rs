//! The wizard in a pseudo-terminal: elapsed time, of which the best of several runs counts.

use std::{
    io::{Read, Write},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::home::Home;

const RUNS: usize = 20;
/// Output after this is another frame.
const QUIET: Duration = Duration::from_millis(300);

/// A wizard, and the times at which its output came.
struct Wizard {
    _home: Home,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Instant>,
    _master: Box<dyn MasterPty + Send>,
}

impl Wizard {
    fn start() -> Wizard {
        let home = Home::new();
        let size = PtySize {
            rows: 24,
            cols: 80,
            ..PtySize::default()
        };
        let pair = native_pty_system().openpty(size).expect("open a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_klarert"));
        command.env("TERM", "xterm-256color");
        command.env("KLARERT_HOME", home.path());
        let mut reader = pair.master.try_clone_reader().expect("read the terminal");
        let keys = pair.master.take_writer().expect("write to the terminal");
        let child = pair.slave.spawn_command(command).expect("start the wizard");
        let (sender, output) = mpsc::channel();
        thread::spawn(move || {
            let mut chunk = [0; 65536];
            while let Ok(1..) = reader.read(&mut chunk) {
                let _ = sender.send(Instant::now());
            }
        });
        Wizard {
            _home: home,
            child,
            keys,
            output,
            _master: pair.master,
        }
    }

    /// Waits until a frame is complete, and returns the time of its first output.
    fn frame(&self) -> Instant {
        let first = self.output.recv().expect("a frame");
        while self.output.recv_timeout(QUIET).is_ok() {}
        first
    }
}

impl Drop for Wizard {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Returns the time from the start of the process to its first output.
pub fn first_frame() -> Duration {
    best((0..RUNS).map(|_| {
        let start = Instant::now();
        Wizard::start().output.recv().expect("a frame") - start
    }))
}

/// Returns the time from a key to the output that follows it.
pub fn key_to_frame() -> Duration {
    let mut wizard = Wizard::start();
    wizard.frame();
    best((0..RUNS).map(|_| {
        let start = Instant::now();
        wizard.keys.write_all(b"a").expect("write to the terminal");
        wizard.frame() - start
    }))
}

fn best(times: impl Iterator<Item = Duration>) -> Duration {
    times.min().unwrap_or_default()
}
