//! The terminal: taken over, and given back as it was after a quit, an error, a panic or a signal.

use std::{
    io::{self, Stdout, Write, stdout},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use ratatui::{
    Terminal,
    backend::CrosstermBackend,
    crossterm::{
        cursor::{MoveTo, RestorePosition, SavePosition, Show},
        event::{DisableBracketedPaste, EnableBracketedPaste},
        execute, queue,
        style::{Attribute, Print, SetAttribute},
        terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
    },
};

use crate::screen::Link;

/// Whether the screen is taken: giving it back twice would clear what was printed in between.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal while the wizard has it.
#[derive(Debug)]
pub struct Screen {
    pub terminal: Terminal<CrosstermBackend<Stdout>>,
    /// Whether addresses can be made links (OSC 8).
    links: bool,
}

impl Screen {
    pub fn take() -> io::Result<Screen> {
        enter()?;
        let terminal = Terminal::new(CrosstermBackend::new(stdout())).inspect_err(|_| give_back())?;
        let kind = std::env::var("TERM").unwrap_or_default();
        Ok(Screen {
            terminal,
            links: kind != "linux" && kind != "dumb",
        })
    }

    /// Writes the addresses of the frame once more, as links. A terminal that does not know them shows the same text.
    pub fn make_links(&mut self, links: &[Link]) -> io::Result<()> {
        if !self.links || links.is_empty() {
            return Ok(());
        }
        let mut out = stdout();
        queue!(out, SavePosition)?;
        for link in links {
            let (address, text) = (&link.address, &link.text);
            queue!(
                out,
                MoveTo(link.at.x, link.at.y),
                SetAttribute(Attribute::Underlined),
                Print(format_args!("\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\")),
                SetAttribute(Attribute::Reset),
            )?;
        }
        queue!(out, RestorePosition)?;
        out.flush()
    }

    /// Gives the terminal back, stops until the shell says to go on, and takes it again.
    pub fn suspend(&mut self) -> io::Result<()> {
        give_back();
        #[cfg(unix)]
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        enter()?;
        // Not `clear`: it asks the terminal where the cursor is, and the answer goes to the thread that reads the keys.
        self.terminal = Terminal::new(CrosstermBackend::new(stdout()))?;
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    // What a wizard that was killed left on the other screen is still there.
    execute!(
        stdout(),
        EnterAlternateScreen,
        Clear(ClearType::All),
        EnableBracketedPaste
    )
    .inspect_err(|_| give_back())
}

/// Gives the terminal back, if it is taken. What fails here fails because the terminal is gone.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = execute!(stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
    }
}

/// A panic of the wizard's own thread gives the terminal back before it is reported. One of a worker leaves the screen
/// alone: it is caught where the worker was started, and told as a message.
pub fn survive_panics() {
    let wizard = thread::current().id();
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if thread::current().id() == wizard {
            give_back();
            report(panic);
        } else if !TAKEN.load(Ordering::SeqCst) {
            report(panic);
        }
    }));
}

/// Whether the terminal can be taken to have more signs than ASCII: the locale says so, and it is not the Linux console,
/// whose fonts lack most of them.
pub fn has_signs() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default()
        .to_uppercase();
    let linux_console = std::env::var("TERM").is_ok_and(|kind| kind == "linux");
    cfg!(windows) || (!linux_console && (locale.contains("UTF-8") || locale.contains("UTF8")))
}

/// The signals that ask for an end.
#[cfg(unix)]
pub(super) const ENDS: [i32; 3] = [
    signal_hook::consts::SIGINT,
    signal_hook::consts::SIGTERM,
    signal_hook::consts::SIGHUP,
];

/// Passes signals on as events: a wizard that is told to end saves and gives the terminal back first.
#[cfg(unix)]
pub(super) fn listen_to_signals(signals: &[i32], sender: std::sync::mpsc::Sender<super::AppEvent>) {
    // Without them a signal ends the program at once, as it would any other.
    let Ok(mut signals) = signal_hook::iterator::Signals::new(signals) else {
        return;
    };
    thread::spawn(move || {
        for signal in signals.forever() {
            if sender.send(super::AppEvent::Signal(signal)).is_err() {
                return;
            }
        }
    });
}

/// Whether a signal asks for a pause rather than an end.
#[cfg(unix)]
pub fn is_stop(signal: i32) -> bool {
    signal == signal_hook::consts::SIGTSTP
}

/// Whether a signal asks for a pause rather than an end.
#[cfg(not(unix))]
pub fn is_stop(_signal: i32) -> bool {
    false
}
