//! The wizard in lines: a line is asked for, let mean something, and answered with what is new. What is saved, read and
//! checked is [`Runner`]'s, as for the drawn wizard.
//!
//! Lines are read only when one is wanted, so that what is piped in waits while a check runs, and a password is never
//! among them.

use std::{
    io::{self, BufRead, IsTerminal, Read, stdin},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use ratatui::crossterm::terminal::disable_raw_mode;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::{AppEvent, effects::Runner};
use crate::{
    console::{Exit, at_a_terminal, password, print},
    credential::Password,
    plain::{
        self, Page,
        parse_line::{self, TypedLine},
    },
    text::{Args, Texts, visible},
    wizard::{Check, Effect, Message, Model, Overlay, Reading},
};

/// No answer is longer; what is piped in by mistake may be.
const LONGEST: u64 = 64 * 1024;
/// How often it looks at the clock while a new client is given time.
const PULSE: Duration = Duration::from_secs(1);

/// What somebody typed.
#[derive(Debug)]
pub enum Typed {
    /// A line; none at the end of what there is.
    Line(Option<String>),
    /// A password; none when they left instead, with Ctrl-C.
    Password(Option<Password>),
}

/// What is wanted of the reader.
enum Want {
    Line,
    Password { question: String },
}

pub struct Conversation<'a> {
    model: &'a mut Model,
    runner: &'a mut Runner,
    receiver: Receiver<AppEvent>,
    reader: Sender<Want>,
    texts: Texts,
    /// What has been read out.
    page: Option<Page>,
    /// Whether the reader is at it.
    asking: bool,
    /// Whether it has been said that the certificate is being read.
    reading_said: bool,
}

impl<'a> Conversation<'a> {
    pub fn new(
        model: &'a mut Model,
        runner: &'a mut Runner,
        receiver: Receiver<AppEvent>,
        sender: &Sender<AppEvent>,
    ) -> Conversation<'a> {
        #[cfg(unix)]
        super::terminal::listen_to_signals(&super::terminal::ENDS, sender.clone());
        let texts = Texts::new(model.language);
        Conversation {
            model,
            runner,
            receiver,
            reader: read(sender.clone()),
            texts,
            page: None,
            asking: false,
            reading_said: false,
        }
    }

    pub fn run(mut self, first: Vec<Effect>) -> anyhow::Result<Exit> {
        let ended = self.converse(first);
        if ended.is_err() {
            // Nobody reads what is said any more, but what was answered is still saved.
            self.runner.tell(self.model, Message::Quit);
        }
        // A signal may have come while a password was typed without echo.
        let _ = disable_raw_mode();
        ended
    }

    fn converse(&mut self, first: Vec<Effect>) -> anyhow::Result<Exit> {
        say(&self.texts.get("plain-welcome"))?;
        self.runner.carry_out_all(self.model, first);
        loop {
            self.speak()?;
            let waits = self.model.onboarding().map(|onboarding| &onboarding.check);
            let happened = if matches!(waits, Some(Check::Waiting { .. })) {
                self.receiver.recv_timeout(PULSE)
            } else {
                self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            self.tell(Message::Tick(OffsetDateTime::now_utc()));
            match happened {
                Ok(happened) => {
                    if let Some(exit) = self.take(happened)? {
                        return Ok(exit);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                // The runner holds a sender, so this cannot be.
                Err(RecvTimeoutError::Disconnected) => return self.leave(Exit::Interrupted),
            }
        }
    }

    /// Lets something happen; an exit when it was the end.
    fn take(&mut self, happened: AppEvent) -> anyhow::Result<Option<Exit>> {
        match happened {
            AppEvent::Typed(Typed::Line(None)) => return self.leave(Exit::Success).map(Some),
            AppEvent::Typed(Typed::Password(None)) | AppEvent::Signal(_) | AppEvent::TerminalGone => {
                return self.leave(Exit::Interrupted).map(Some);
            }
            AppEvent::Typed(Typed::Line(Some(line))) => {
                self.asking = false;
                self.line(&line)?;
            }
            AppEvent::Typed(Typed::Password(Some(password))) => {
                self.asking = false;
                self.unlock(&password);
            }
            brought => {
                if let Some(message) = self.runner.receive(brought) {
                    self.tell(message);
                }
            }
        }
        Ok(self.model.exit_summary.is_some().then_some(Exit::Success))
    }

    fn leave(&mut self, exit: Exit) -> anyhow::Result<Exit> {
        self.tell(Message::Quit);
        // What is said next begins on a line of its own.
        say("")?;
        Ok(exit)
    }

    fn tell(&mut self, message: Message) {
        self.runner.tell(self.model, message);
    }

    /// Says what is new, and asks where there is something to ask.
    fn speak(&mut self) -> io::Result<()> {
        if self.model.exit_summary.is_some() {
            return Ok(());
        }
        if self.model.language != self.texts.language() {
            self.texts = Texts::new(self.model.language);
            self.page = None;
        }
        let mut said = false;
        if let Some(notice) = self.model.notice.take() {
            say(&plain::notice(&notice, &self.texts))?;
            said = true;
        }
        if self.model.overlay == Some(Overlay::GeneratedKey) {
            let made = self.model.onboarding().and_then(|onboarding| onboarding.made.as_ref());
            for line in made.map(|made| plain::made(made, &self.texts)).into_iter().flatten() {
                say(&line)?;
            }
            self.tell(Message::Dismiss);
            return self.speak();
        }
        if let Some(Overlay::Password { again, .. }) = self.model.overlay {
            return self.ask_password(again);
        }
        let onboarding = self.model.onboarding();
        let reading = onboarding.is_some_and(|onboarding| matches!(onboarding.reading, Reading::Underway { .. }));
        if reading && !self.reading_said {
            say(&self.texts.get("reading-underway"))?;
        }
        self.reading_said = reading;
        if reading || self.runner.awaited {
            return Ok(());
        }
        let checking = onboarding.is_some_and(|onboarding| matches!(onboarding.check, Check::Running { .. }));
        let page = plain::page(self.model, &self.texts);
        for line in page.lines_since(self.page.as_ref()) {
            say(line)?;
            said = true;
        }
        if !checking && (said || !self.asking) {
            print(&format!("{}: ", page.prompt))?;
            if !self.asking {
                self.want(Want::Line);
            }
        }
        self.page = Some(page);
        Ok(())
    }

    fn want(&mut self, want: Want) {
        self.asking = true;
        // The reader only ends with the input, which is the end of the conversation too.
        let _ = self.reader.send(want);
    }

    /// Gets the password: from the environment, or else from somebody at the terminal. Where nobody is there to be
    /// asked, that of the demonstration's own files is known.
    fn ask_password(&mut self, again: bool) -> io::Result<()> {
        if self.asking {
            return Ok(());
        }
        let onboarding = self.model.onboarding();
        let file = onboarding.and_then(|onboarding| onboarding.profile.certificate.path.as_ref()?.file_name());
        let args = Args::new().with("file", file.unwrap_or_default().to_string_lossy().into_owned());
        let given = password::given(false)?;
        if let Some(password) = given.filter(|_| !again) {
            self.unlock(&password);
            return self.speak();
        }
        if password::can_ask() {
            let id = if again {
                "plain-password-again"
            } else {
                "plain-password"
            };
            let question = self.texts.with(id, &args);
            self.want(Want::Password { question });
            return Ok(());
        }
        if let Some(password) = self.demonstrated().filter(|_| !again) {
            self.unlock(&password);
            return self.speak();
        }
        let id = if again {
            "plain-password-variable-wrong"
        } else {
            "plain-password-refused"
        };
        say(&self.texts.with(id, &args))?;
        self.tell(Message::Dismiss);
        self.speak()
    }

    /// The password of a file that is the demonstration's: one in its folder, as it was suggested.
    fn demonstrated(&self) -> Option<Password> {
        let onboarding = self.model.onboarding()?;
        let folder = self.model.demonstration_for(onboarding)?.norwegian.certificate.parent();
        let password = self.model.demonstration_password(onboarding)?;
        let own = onboarding.profile.certificate.path.as_ref()?.parent() == folder;
        own.then(|| Password::new(Zeroizing::new(password.to_owned())))
    }

    /// Nothing typed is: later.
    fn unlock(&mut self, password: &Password) {
        if password.expose().is_empty() {
            self.tell(Message::Dismiss);
        } else {
            self.runner.password.paste(password.expose());
            self.tell(Message::PasswordTyped);
        }
    }

    fn line(&mut self, line: &str) -> io::Result<()> {
        if !stdin().is_terminal() {
            // A log has what was answered, too.
            say(&visible(line.trim()))?;
        }
        match parse_line::parse(line, self.model, &self.texts) {
            TypedLine::Tell(messages) => {
                if let Some(page) = &mut self.page {
                    page.clear_refusal();
                }
                messages.into_iter().for_each(|message| self.tell(message));
            }
            TypedLine::Open(row, _) if at_a_terminal() => {
                self.tell(Message::Focus(row));
                self.tell(Message::Open);
            }
            // Nobody is there who would see a page come up.
            TypedLine::Open(_, address) => say(&visible(&address))?,
            TypedLine::Again => self.page = None,
            TypedLine::Help => {
                plain::help(self.model, &self.texts)
                    .into_iter()
                    .try_for_each(|line| say(&line))?;
                self.page = None;
            }
            TypedLine::Refused(id, args) => say(&self.texts.with(id, &args))?,
        }
        Ok(())
    }
}

fn say(line: &str) -> io::Result<()> {
    print(&format!("{line}\n"))
}

/// Reads what is wanted, on a thread of its own, until there is no more.
fn read(sender: Sender<AppEvent>) -> Sender<Want> {
    let (wants, wanted) = mpsc::channel();
    thread::spawn(move || {
        for want in wanted {
            let typed = match want {
                Want::Line => Typed::Line(read_line().unwrap_or_default()),
                Want::Password { question } => Typed::Password(password::ask(&question).unwrap_or_default()),
            };
            let ended = matches!(typed, Typed::Line(None));
            if sender.send(AppEvent::Typed(typed)).is_err() || ended {
                return;
            }
        }
    });
    wants
}

/// One line, as far as it can be read; none at the end.
fn read_line() -> io::Result<Option<String>> {
    let mut line = Vec::new();
    stdin().lock().take(LONGEST).read_until(b'\n', &mut line)?;
    Ok((!line.is_empty()).then(|| String::from_utf8_lossy(&line).into_owned()))
}
