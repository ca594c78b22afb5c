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

use crate::{console::signals, screen::Link};

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
        signals::suspend()?;
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
