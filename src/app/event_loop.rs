//! The event loop of the drawn wizard: wait for an event, update the model, carry out the effects, draw.

use std::{
    io,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use anyhow::Context as _;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind};
use time::OffsetDateTime;
use zeroize::Zeroize;

use super::{
    effects::EffectRunner, escape_sequence, event::AppEvent, exit_after, pasted_keys, terminal::TerminalGuard,
};
use crate::{
    console::{Exit, alt_code::AltCodes, hang_up::StartTerminal, secret_editor, signals},
    screen::{self, DrawContext, Drawn, theme::Theme},
    text::Texts,
    wizard::{Effect, Message, Model},
};

/// The time between two frames while something is running.
const BUSY_TICK: Duration = Duration::from_millis(120);
/// The time between two looks at the clock while nothing is running.
const IDLE_TICK: Duration = Duration::from_secs(30);

/// Sends signals and the hang-up of the terminal as events.
pub fn listen(sender: &Sender<AppEvent>, terminal: StartTerminal) {
    let events = sender.clone();
    // The terminal is restored before the program is suspended.
    signals::listen(signals::TERMINATE_OR_SUSPEND, move |signal| {
        events.send(AppEvent::Signal(signal)).is_ok()
    });
    let events = sender.clone();
    terminal.watch(move || {
        let _ = events.send(AppEvent::TerminalClosed);
    });
}

/// Starts the thread that sends keys as events.
pub fn spawn_key_reader(sender: Sender<AppEvent>) {
    thread::spawn(move || {
        let mut alt_codes = AltCodes::default();
        let mut read_key =
            |timeout| -> io::Result<Option<Event>> { Ok(read_event(timeout)?.map(|event| alt_codes.translate(event))) };
        loop {
            let events = match cfg!(windows) {
                true => read_key(None).and_then(|first| match first {
                    Some(first) => pasted_keys::join(first, || read_key(Some(Duration::ZERO))),
                    None => Ok(Vec::new()),
                }),
                false => escape_sequence::read_events(read_event),
            };
            let Ok(events) = events else { break };
            for event in events {
                if sender.send(AppEvent::Terminal(event)).is_err() {
                    return;
                }
            }
        }
        let _ = sender.send(AppEvent::TerminalClosed);
    });
}

/// Waits for an event of the terminal, at most for `timeout`. `None` when the time is over.
fn read_event(timeout: Option<Duration>) -> io::Result<Option<Event>> {
    match timeout {
        Some(timeout) if !event::poll(timeout)? => Ok(None),
        _ => event::read().map(Some),
    }
}

/// The event loop and what it works with.
pub struct EventLoop<'a> {
    model: &'a mut Model,
    runner: &'a mut EffectRunner,
    terminal: &'a mut TerminalGuard,
    theme: &'a Theme,
    receiver: Receiver<AppEvent>,
    /// Set if the last frame had the password prompt. Keys that were pressed before it was seen are not for it.
    password_is_drawn: bool,
}

impl<'a> EventLoop<'a> {
    pub fn new(
        model: &'a mut Model,
        runner: &'a mut EffectRunner,
        terminal: &'a mut TerminalGuard,
        theme: &'a Theme,
        receiver: Receiver<AppEvent>,
    ) -> EventLoop<'a> {
        EventLoop {
            model,
            runner,
            terminal,
            theme,
            receiver,
            password_is_drawn: false,
        }
    }

    /// Carries out the first effects, then handles events until the user quits. Errors if the screen cannot be drawn.
    pub fn run(mut self, first: Vec<Effect>) -> anyhow::Result<Exit> {
        let ended = self.handle_events(first);
        if ended.is_err() {
            // The terminal is gone, but the answers are still saved.
            self.dispatch(Message::Quit);
        }
        ended
    }

    fn handle_events(&mut self, first: Vec<Effect>) -> anyhow::Result<Exit> {
        let mut texts = Texts::new(self.model.language);
        self.runner.run_all(self.model, first);
        loop {
            if self.model.language != texts.language() {
                texts = Texts::new(self.model.language);
            }
            self.draw(&texts)?;
            let timeout = if self.model.busy() { BUSY_TICK } else { IDLE_TICK };
            let mut next = match self.receiver.recv_timeout(timeout) {
                Ok(event) => Some(event),
                Err(RecvTimeoutError::Timeout) => None,
                // Impossible: the runner has a sender.
                Err(RecvTimeoutError::Disconnected) => Some(AppEvent::TerminalClosed),
            };
            self.dispatch(Message::Tick(OffsetDateTime::now_utc()));
            // All pending events are handled before the next frame, so that fast typing is drawn once.
            while let Some(event) = next {
                if let Some(exit) = self.handle(event)? {
                    return Ok(exit);
                }
                next = self.receiver.try_recv().ok();
            }
        }
    }

    fn draw(&mut self, texts: &Texts) -> anyhow::Result<()> {
        let ctx = DrawContext {
            model: self.model,
            texts,
            theme: self.theme,
            typed: self.runner.password.len(),
        };
        let mut drawn = Drawn::default();
        self.terminal
            .terminal
            .draw(|frame| drawn = screen::draw(frame, &ctx))
            .context("the screen could not be drawn")?;
        self.terminal
            .write_links(&drawn.links)
            .context("the screen could not be drawn")?;
        self.password_is_drawn = screen::asks_password(self.model);
        self.dispatch(Message::ScrollLimit(drawn.scroll_limit));
        Ok(())
    }

    /// Handles an event. Returns the exit code if the wizard has ended.
    fn handle(&mut self, event: AppEvent) -> anyhow::Result<Option<Exit>> {
        match event {
            // Ctrl-C is no signal in raw mode, but ends the wizard like one.
            AppEvent::Terminal(Event::Key(key)) if is_control(key, 'c') => return Ok(Some(self.interrupt())),
            AppEvent::Terminal(event) => self.on_terminal_event(event)?,
            AppEvent::Signal(signal) if signals::is_suspend(signal) => self.terminal.suspend()?,
            AppEvent::TerminalClosed | AppEvent::Signal(_) => return Ok(Some(self.interrupt())),
            result => {
                if let Some(message) = self.runner.take_result(result) {
                    self.dispatch(message);
                }
            }
        }
        Ok(self.model.exit_summary.as_ref().map(exit_after))
    }

    /// Saves what was typed, and returns the exit code of an interruption.
    fn interrupt(&mut self) -> Exit {
        self.dispatch(Message::Quit);
        Exit::Interrupted
    }

    fn on_terminal_event(&mut self, event: Event) -> anyhow::Result<()> {
        match event {
            Event::Key(key) if cfg!(unix) && is_control(key, 'z') => self.terminal.suspend()?,
            Event::Key(key) if is_control(key, 'l') => self.terminal.redraw()?,
            // Nothing shows what the key would change.
            Event::Key(_) if self.window_is_too_small() => {}
            Event::Paste(mut text) if self.window_is_too_small() => text.zeroize(),
            Event::Key(_) if screen::asks_password(self.model) && !self.password_is_drawn => {}
            Event::Paste(mut text) if screen::asks_password(self.model) && !self.password_is_drawn => text.zeroize(),
            Event::Key(key) => {
                let message = if screen::asks_password(self.model) {
                    self.runner.password.key(key)
                } else {
                    screen::key_bindings::message(key, self.model)
                };
                if let Some(message) = message {
                    self.dispatch(message);
                }
            }
            Event::Paste(mut text) if screen::asks_password(self.model) => {
                self.runner.password.paste(&text);
                text.zeroize();
            }
            Event::Paste(text) => self.dispatch(Message::Paste(text)),
            Event::Resize(..) | Event::FocusGained | Event::FocusLost | Event::Mouse(_) => {}
        }
        Ok(())
    }

    fn window_is_too_small(&self) -> bool {
        let size = self.terminal.terminal.size();
        size.is_ok_and(|size| screen::is_too_small((size.width, size.height)))
    }

    fn dispatch(&mut self, message: Message) {
        self.runner.dispatch(self.model, message);
    }
}

/// Returns whether a key is that letter with Ctrl. Ctrl-Z is no signal in raw mode.
fn is_control(key: KeyEvent, letter: char) -> bool {
    key.kind != KeyEventKind::Release && secret_editor::is_control(key) && key.code == KeyCode::Char(letter)
}
