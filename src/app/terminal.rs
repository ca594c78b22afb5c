//! The terminal of the drawn wizard: taken over at start, and restored after a quit, an error, a panic or a signal.

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

use crate::{console::signals, screen::Link, text::visible};

/// Set while the terminal is taken over. Restoring it twice would clear what was printed in between.
static TAKEN_OVER: AtomicBool = AtomicBool::new(false);

/// The terminal while the wizard draws on it. Dropping the guard restores it.
#[derive(Debug)]
pub struct TerminalGuard {
    pub terminal: Terminal<CrosstermBackend<ScreenWriter>>,
    /// Set if the terminal shows links (OSC 8) or ignores them.
    links: bool,
}

impl TerminalGuard {
    /// Takes over the terminal: raw mode, the alternate screen, bracketed paste.
    pub fn new() -> io::Result<TerminalGuard> {
        enter()?;
        let terminal = Terminal::new(CrosstermBackend::new(ScreenWriter(stdout()))).inspect_err(|_| restore())?;
        let kind = std::env::var("TERM").unwrap_or_default();
        Ok(TerminalGuard {
            terminal,
            links: kind != "linux" && kind != "dumb",
        })
    }

    /// Writes the addresses of the frame again, as links. A terminal that ignores links shows the same text.
    pub fn write_links(&mut self, links: &[Link]) -> io::Result<()> {
        if !self.links || links.is_empty() {
            return Ok(());
        }
        let mut out = stdout();
        queue!(out, SavePosition)?;
        for link in links {
            let (address, text) = (visible(&link.address), visible(&link.text));
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

    /// Restores the terminal, suspends the program until the shell continues it, and takes the terminal over again.
    pub fn suspend(&mut self) -> io::Result<()> {
        restore();
        signals::suspend()?;
        enter()?;
        self.forget_frame()
    }

    /// Clears the terminal, so that the next frame is drawn whole, over whatever another program has written.
    pub fn redraw(&mut self) -> io::Result<()> {
        execute!(stdout(), Clear(ClearType::All))?;
        self.forget_frame()
    }

    /// Forgets the frame on the screen. `Terminal::clear` would ask the terminal for the cursor position, and the reply
    /// would go to the thread that reads keys.
    fn forget_frame(&mut self) -> io::Result<()> {
        // A cursor that is hidden would be shown when the old frame is dropped, which panics if that fails.
        self.terminal.show_cursor()?;
        self.terminal = Terminal::new(CrosstermBackend::new(ScreenWriter(stdout())))?;
        Ok(())
    }
}

/// Standard output while the terminal is taken over. Later writes are discarded: ratatui shows the cursor when it is dropped,
/// and prints an error of that with `eprintln!`, which panics on a terminal that is gone.
#[derive(Debug)]
pub struct ScreenWriter(Stdout);

impl Write for ScreenWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if TAKEN_OVER.load(Ordering::SeqCst) {
            self.0.write(bytes)
        } else {
            Ok(bytes.len())
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if TAKEN_OVER.load(Ordering::SeqCst) {
            self.0.flush()
        } else {
            Ok(())
        }
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        restore();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN_OVER.store(true, Ordering::SeqCst);
    // The alternate screen can still show a wizard that was killed.
    execute!(
        stdout(),
        EnterAlternateScreen,
        Clear(ClearType::All),
        EnableBracketedPaste
    )
    .inspect_err(|_| restore())
}

/// Restores the terminal, if it is taken over. Errors are ignored: they mean that the terminal is gone.
fn restore() {
    if TAKEN_OVER.swap(false, Ordering::SeqCst) {
        let _ = execute!(stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
    }
}

/// Installs a panic hook. A panic of this thread restores the terminal before it is reported. A worker's panic leaves the
/// screen alone: it is caught where the worker was started, and becomes a message.
pub fn restore_on_panic() {
    let wizard = thread::current().id();
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if thread::current().id() == wizard {
            restore();
            report(panic);
        } else if !TAKEN_OVER.load(Ordering::SeqCst) {
            report(panic);
        }
    }));
}
