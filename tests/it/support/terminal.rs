//! The binary in a pseudo-terminal. It waits for what must appear on the screen, never for a fixed time.

use std::{
    fs,
    io::{Read, Write},
    num::NonZeroU16,
    process::Command,
    sync::{Arc, Condvar, Mutex},
    thread,
    time::{Duration, Instant},
};

use klarert::text::{Language, Texts};
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::termios::{self, OptionalActions, SpecialCodeIndex};

use super::home::Home;

/// Longer than any step takes.
const TIMEOUT: Duration = Duration::from_secs(30);

pub const ENTER: &str = "\r";
pub const ESC: &str = "\x1b";
pub const RIGHT: &str = "\x1b[C";
pub const DOWN: &str = "\x1b[B";
pub const CTRL_C: &str = "\x03";
pub const CTRL_U: &str = "\x15";
pub const CTRL_Z: &str = "\x1a";

/// The output so far.
struct Output {
    parser: vt100::Parser,
    raw: Vec<u8>,
    /// Every screen that was shown, in order.
    frames: Vec<String>,
    /// Set when the terminal is about to be closed: nothing more is read.
    closing: bool,
}

/// A program in a pseudo-terminal.
pub struct Terminal {
    seen: Arc<(Mutex<Output>, Condvar)>,
    child: Box<dyn Child + Send + Sync>,
    /// `None` once the terminal was closed.
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    reader: Option<thread::JoinHandle<()>>,
    /// Kept open, so that the terminal can be inspected after the program has ended.
    _slave: Box<dyn SlavePty + Send>,
    pub texts: Texts,
}

impl Terminal {
    /// Starts `klarert` with those arguments.
    pub fn klarert(home: &Home, language: Language, arguments: &[&str]) -> Terminal {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_klarert"));
        command.args(arguments);
        Terminal::run(home, language, command)
    }

    /// Starts `klarert` as `nohup` does: it is not told when its terminal is closed.
    pub fn klarert_without_hangup(home: &Home, language: Language, arguments: &[&str]) -> Terminal {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", "trap '' HUP; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_klarert")]);
        command.args(arguments);
        Terminal::run(home, language, command)
    }

    /// Starts a shell with job control.
    pub fn shell(home: &Home, language: Language) -> Terminal {
        let mut command = CommandBuilder::new("sh");
        command.arg("-i");
        Terminal::run(home, language, command)
    }

    fn run(home: &Home, language: Language, mut command: CommandBuilder) -> Terminal {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        command.env_clear();
        command.env("PATH", std::env::var("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env(
            "LC_ALL",
            if language == Language::Bokmal {
                "nb_NO.UTF-8"
            } else {
                "en_GB.UTF-8"
            },
        );
        command.env("HOME", home.path());
        command.env("KLARERT_HOME", home.path());
        command.env("PS1", "$ ");
        command.cwd(home.path());
        let child = pair.slave.spawn_command(command).unwrap();
        let seen = Arc::new((
            Mutex::new(Output {
                parser: vt100::Parser::new(cells(24), cells(80), 0),
                raw: Vec::new(),
                frames: Vec::new(),
                closing: false,
            }),
            Condvar::new(),
        ));
        let mut output = pair.master.try_clone_reader().unwrap();
        let shared = Arc::clone(&seen);
        let reader = thread::spawn(move || {
            let mut chunk = [0; 65536];
            while let Ok(count @ 1..) = output.read(&mut chunk) {
                let mut seen = shared.0.lock().unwrap();
                if seen.closing {
                    return;
                }
                seen.raw.extend_from_slice(&chunk[..count]);
                seen.parser.process(&chunk[..count]);
                let frame = seen.parser.screen().contents();
                if seen.frames.last() != Some(&frame) {
                    seen.frames.push(frame);
                }
                shared.1.notify_all();
            }
        });
        Terminal {
            seen,
            child,
            keys: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            reader: Some(reader),
            _slave: pair.slave,
            texts: Texts::new(language),
        }
    }

    pub fn press(&mut self, keys: &str) {
        let typing = self.keys.as_mut().unwrap();
        typing.write_all(keys.as_bytes()).unwrap();
        typing.flush().unwrap();
    }

    /// Waits until the screen meets a condition; panics with the screen on time-out.
    pub fn until(&self, what: &str, condition: impl Fn(&vt100::Screen) -> bool) {
        let (seen, changed) = &*self.seen;
        let guard = seen.lock().unwrap();
        let (guard, waited) = changed
            .wait_timeout_while(guard, TIMEOUT, |seen| !condition(seen.parser.screen()))
            .unwrap();
        let screen = guard.parser.screen().contents();
        drop(guard);
        assert!(!waited.timed_out(), "not seen: {what}\n{screen}");
    }

    /// Waits for words, wherever the screen breaks them into lines.
    pub fn see(&self, words: &str) {
        let sought = squeezed(words);
        self.until(words, |screen| shows(screen, &sought));
    }

    /// Waits for the text with that id.
    pub fn see_text(&self, id: &str) {
        self.see(&self.texts.get(id));
    }

    /// Waits until the words are no longer shown.
    pub fn see_gone(&self, words: &str) {
        let sought = squeezed(words);
        self.until(&format!("without {words}"), |screen| !shows(screen, &sought));
    }

    /// Waits until there is more output than that.
    pub fn until_more_than(&self, bytes: usize) {
        let (seen, changed) = &*self.seen;
        let guard = seen.lock().unwrap();
        let (_seen, waited) = changed
            .wait_timeout_while(guard, TIMEOUT, |seen| seen.raw.len() <= bytes)
            .unwrap();
        assert!(!waited.timed_out(), "nothing was drawn");
    }

    pub fn screen(&self) -> String {
        self.seen.0.lock().unwrap().parser.screen().contents()
    }

    pub fn frames(&self) -> Vec<String> {
        self.seen.0.lock().unwrap().frames.clone()
    }

    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.seen.0.lock().unwrap().raw).into_owned()
    }

    pub fn resize(&self, width: u16, height: u16) {
        let mut seen = self.seen.0.lock().unwrap();
        seen.parser.screen_mut().set_size(cells(height), cells(width));
        drop(seen);
        let master = self.master.as_ref().unwrap();
        master.resize(size(width, height)).unwrap();
    }

    pub fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends the program a signal by its name.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("sh")
            .args(["-c", &format!("kill -{name} {}", self.id())])
            .status();
        assert!(sent.unwrap().success());
    }

    /// Closes the terminal, as when its window is closed.
    pub fn close(&mut self) {
        self.seen.0.lock().unwrap().closing = true;
        // The reader has its own copy of the master, and is waiting for output.
        let tty = self.master.as_ref().unwrap().tty_name().unwrap();
        let mut tty = fs::OpenOptions::new().read(true).write(true).open(tty).unwrap();
        tty.write_all(b" ").unwrap();
        // `keys` would press Ctrl-D when it is dropped.
        let mut modes = termios::tcgetattr(&tty).unwrap();
        modes.special_codes[SpecialCodeIndex::VEOF] = 0;
        termios::tcsetattr(&tty, OptionalActions::Now, &modes).unwrap();
        self.reader.take().unwrap().join().unwrap();
        (self.keys, self.master) = (None, None);
    }

    /// Waits until the program has ended, at most for that time.
    pub fn ends_within(&mut self, limit: Duration) -> Option<ExitStatus> {
        let started = Instant::now();
        while started.elapsed() < limit {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(1));
        }
        None
    }

    /// Waits for the program to end.
    pub fn wait(&mut self) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(
                started.elapsed() < TIMEOUT,
                "the program does not end:\n{}",
                self.screen()
            );
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Returns whether the terminal is as a shell needs it: main screen, cursor, echo and line editing.
    pub fn is_restored(&self) -> bool {
        let modes = format!("{:?}", self.master.as_ref().unwrap().get_termios().unwrap().local_flags);
        let cooked = modes.contains("ICANON") && modes.contains("ECHO");
        let seen = self.seen.0.lock().unwrap();
        let screen = seen.parser.screen();
        cooked && !screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor()
    }

    /// Waits until the terminal is restored.
    pub fn see_restored(&self) {
        self.until("the terminal restored", |screen| {
            !screen.alternate_screen() && !screen.bracketed_paste()
        });
        assert!(self.is_restored());
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // The program may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn cells(count: u16) -> NonZeroU16 {
    count.try_into().unwrap()
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// Returns whether the screen has these words, on whole lines or beside the list of steps.
fn shows(screen: &vt100::Screen, squeezed_words: &str) -> bool {
    const RAIL: u16 = 23;
    let beside: String = screen.rows(RAIL, 500).collect();
    squeezed(&screen.contents()).contains(squeezed_words) || squeezed(&beside).contains(squeezed_words)
}

/// Returns the words without spaces and line breaks.
pub fn squeezed(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}
