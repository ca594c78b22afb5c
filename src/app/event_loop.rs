//! The loop: wait for something to happen, let the wizard decide, carry out what it wants, draw.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use anyhow::Context as _;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use time::OffsetDateTime;
use zeroize::Zeroize;

use super::{
    AppEvent,
    effects::Runner,
    terminal::{self, Screen},
};
use crate::{
    console::Exit,
    screen::{self, DrawContext, theme::Theme},
    text::Texts,
    wizard::{Effect, Message, Model},
};

/// How often the screen moves while something runs.
const PULSE: Duration = Duration::from_millis(120);
/// How often it looks at the clock when nothing does.
const IDLE: Duration = Duration::from_secs(30);

/// Keys and signals come in on threads of their own.
pub fn listen(sender: &Sender<AppEvent>) {
    let keys = sender.clone();
    thread::spawn(move || {
        loop {
            let happened = event::read().map_or(AppEvent::TerminalGone, AppEvent::Terminal);
            let gone = matches!(happened, AppEvent::TerminalGone);
            if keys.send(happened).is_err() || gone {
                return;
            }
        }
    });
    #[cfg(unix)]
    {
        let mut signals = terminal::ENDS.to_vec();
        // A drawn screen is given back before the program pauses.
        signals.push(signal_hook::consts::SIGTSTP);
        terminal::listen_to_signals(&signals, sender.clone());
    }
}

pub struct Session<'a> {
    model: &'a mut Model,
    runner: &'a mut Runner,
    screen: &'a mut Screen,
    theme: &'a Theme,
    receiver: Receiver<AppEvent>,
}

impl<'a> Session<'a> {
    pub fn new(
        model: &'a mut Model,
        runner: &'a mut Runner,
        screen: &'a mut Screen,
        theme: &'a Theme,
        receiver: Receiver<AppEvent>,
    ) -> Session<'a> {
        Session {
            model,
            runner,
            screen,
            theme,
            receiver,
        }
    }

    pub fn run(mut self, first: Vec<Effect>) -> anyhow::Result<Exit> {
        let mut texts = Texts::new(self.model.language);
        self.runner.carry_out_all(self.model, first);
        loop {
            if self.model.language != texts.language() {
                texts = Texts::new(self.model.language);
            }
            if let Err(error) = self.draw(&texts) {
                // Nobody sees the screen any more, but what was answered is still saved.
                self.tell(Message::Quit);
                return Err(error);
            }
            let patience = if self.model.busy() { PULSE } else { IDLE };
            let mut next = match self.receiver.recv_timeout(patience) {
                Ok(happened) => Some(happened),
                Err(RecvTimeoutError::Timeout) => None,
                // The runner holds a sender, so this cannot be.
                Err(RecvTimeoutError::Disconnected) => Some(AppEvent::TerminalGone),
            };
            self.tell(Message::Tick(OffsetDateTime::now_utc()));
            // What has piled up is taken before the next frame: fast typing is drawn once.
            while let Some(happened) = next {
                if let Some(exit) = self.take(happened)? {
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
        let mut links = Vec::new();
        self.screen
            .terminal
            .draw(|frame| links = screen::draw(frame, &ctx))
            .context("the screen could not be drawn")?;
        self.screen.make_links(&links).context("the screen could not be drawn")
    }

    /// Lets something happen; an exit when it was the end.
    fn take(&mut self, happened: AppEvent) -> anyhow::Result<Option<Exit>> {
        match happened {
            AppEvent::Terminal(event) => self.on_event(event)?,
            AppEvent::Signal(signal) if terminal::is_stop(signal) => self.screen.suspend()?,
            AppEvent::TerminalGone | AppEvent::Signal(_) => {
                self.tell(Message::Quit);
                return Ok(Some(Exit::Interrupted));
            }
            brought => {
                if let Some(message) = self.runner.receive(brought) {
                    self.tell(message);
                }
            }
        }
        Ok(self.model.exit_summary.is_some().then_some(Exit::Success))
    }

    fn on_event(&mut self, event: Event) -> anyhow::Result<()> {
        match event {
            Event::Key(key) if is_pause(key) => self.screen.suspend()?,
            Event::Key(key) => {
                let message = if screen::asks_password(self.model) {
                    self.runner.password.key(key)
                } else {
                    screen::key_bindings::message(key, self.model)
                };
                if let Some(message) = message {
                    self.tell(message);
                }
            }
            Event::Paste(mut text) if screen::asks_password(self.model) => {
                self.runner.password.paste(&text);
                text.zeroize();
            }
            Event::Paste(text) => self.tell(Message::Paste(text)),
            Event::Resize(..) | Event::FocusGained | Event::FocusLost | Event::Mouse(_) => {}
        }
        Ok(())
    }

    fn tell(&mut self, message: Message) {
        self.runner.tell(self.model, message);
    }
}

/// Ctrl-Z, which raw mode does not turn into a signal.
fn is_pause(key: KeyEvent) -> bool {
    cfg!(unix)
        && key.kind != KeyEventKind::Release
        && key.modifiers.contains(KeyModifiers::CONTROL)
        && key.code == KeyCode::Char('z')
}
