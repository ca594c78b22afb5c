//! The event loop of plain mode: print what is new, ask for a line, update the model. [`EffectRunner`] carries out the
//! effects, as for the drawn wizard.

use std::{
    io::{self, IsTerminal, stdin},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender},
    time::Duration,
};

use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::{
    effects::EffectRunner,
    event::AppEvent,
    exit_after,
    line_reader::{self, LineInput, ReadRequest},
};
use crate::{
    console::{Exit, hang_up::StartTerminal, no_echo, password, print, signals, terminal, wrap_lines},
    credential::Password,
    plain::{
        self, Page,
        parse_line::{self, TypedLine},
    },
    text::{Args, Texts, visible},
    wizard::{self, Check, Effect, Inspection, Message, Model, Overlay},
};

/// The time between two looks at the clock during the wait for a new client.
const WAITING_TICK: Duration = Duration::from_secs(1);
/// A narrower terminal breaks the lines itself.
const MIN_WRAP_WIDTH: usize = 20;
/// The time after which long work is announced again, so that a listener knows that it goes on.
const WORKING_TICK: Duration = Duration::from_secs(8);

/// The event loop and what it works with.
pub struct PlainLoop<'a> {
    model: &'a mut Model,
    runner: &'a mut EffectRunner,
    receiver: Receiver<AppEvent>,
    reader: Sender<ReadRequest>,
    texts: Texts,
    /// The page that was printed last.
    page: Option<Page>,
    /// Set while the reader has a request.
    asking: bool,
    start_terminal: StartTerminal,
    /// Set once the note that the certificate is being read has been printed.
    inspection_announced: bool,
    /// The last line that could be a command or an answer. Typed again, it is the answer.
    ambiguous: Option<String>,
}

impl<'a> PlainLoop<'a> {
    /// Starts the reader and the signal handler.
    pub fn new(
        model: &'a mut Model,
        runner: &'a mut EffectRunner,
        receiver: Receiver<AppEvent>,
        sender: &Sender<AppEvent>,
        start_terminal: StartTerminal,
    ) -> PlainLoop<'a> {
        let signal_events = sender.clone();
        signals::listen(signals::TERMINATE, move |signal| {
            signal_events.send(AppEvent::Signal(signal)).is_ok()
        });
        let closed_events = sender.clone();
        start_terminal.watch(move || {
            let _ = closed_events.send(AppEvent::TerminalClosed);
        });
        let texts = Texts::new(model.language);
        let events = sender.clone();
        let reader = line_reader::spawn(move |input| events.send(AppEvent::LineInput(input)).is_ok());
        PlainLoop {
            model,
            runner,
            receiver,
            reader,
            texts,
            page: None,
            asking: false,
            start_terminal,
            inspection_announced: false,
            ambiguous: None,
        }
    }

    /// Carries out the first effects, then handles events until the user quits. Errors if the output cannot be written.
    pub fn run(mut self, first: Vec<Effect>) -> anyhow::Result<Exit> {
        let ended = self.handle_events(first);
        if ended.is_err() {
            // The output is gone, but the answers are still saved.
            self.dispatch(Message::Quit);
        }
        // The reader may be at a password prompt still.
        no_echo::restore_for_exit();
        ended
    }

    fn handle_events(&mut self, first: Vec<Effect>) -> anyhow::Result<Exit> {
        print_line(&self.texts.get("plain-welcome"))?;
        self.runner.run_all(self.model, first);
        loop {
            self.print_changes()?;
            let check = self.model.onboarding().map(|onboarding| &onboarding.check);
            let works = self.model.busy() || self.runner.is_working();
            let event = if matches!(check, Some(Check::Waiting { .. })) {
                self.receiver.recv_timeout(WAITING_TICK)
            } else if works {
                self.receiver.recv_timeout(WORKING_TICK)
            } else {
                self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            self.dispatch(Message::Tick(OffsetDateTime::now_utc()));
            match event {
                Ok(event) => {
                    if let Some(exit) = self.handle(event)? {
                        return Ok(exit);
                    }
                }
                Err(RecvTimeoutError::Timeout) if works => print_line(&self.texts.get("plain-still-working"))?,
                Err(RecvTimeoutError::Timeout) => {}
                // Impossible: the runner has a sender.
                Err(RecvTimeoutError::Disconnected) => return Ok(self.quit(Exit::Interrupted)),
            }
        }
    }

    /// Handles an event. Returns the exit code if the wizard has ended.
    fn handle(&mut self, event: AppEvent) -> anyhow::Result<Option<Exit>> {
        match event {
            AppEvent::LineInput(LineInput::Line(None)) if !self.start_terminal.is_closed() => {
                let exit = self.exit_at_end_of_input();
                self.quit(exit);
                return Ok(Some(
                    self.model
                        .exit_summary
                        .as_ref()
                        .map_or(exit, |summary| Exit::most_severe(&[exit_after(summary), exit])),
                ));
            }
            AppEvent::LineInput(LineInput::Line(None) | LineInput::Password(None))
            | AppEvent::Signal(_)
            | AppEvent::TerminalClosed => return Ok(Some(self.quit(Exit::Interrupted))),
            AppEvent::LineInput(LineInput::Line(Some(line))) => {
                self.asking = false;
                self.on_line(&line)?;
            }
            AppEvent::LineInput(LineInput::Password(Some(password))) => {
                self.asking = false;
                self.unlock(&password);
            }
            result => {
                if let Some(message) = self.runner.take_result(result) {
                    self.dispatch(message);
                }
            }
        }
        Ok(self.model.exit_summary.as_ref().map(exit_after))
    }

    /// Saves and quits. The output may be gone already.
    fn quit(&mut self, exit: Exit) -> Exit {
        self.dispatch(Message::Quit);
        no_echo::restore_for_exit();
        // The exit summary begins on a new line, below the prompt.
        let _ = print_line("");
        exit
    }

    /// Returns the exit code of an onboarding whose input has ended: that of its check, if it got as far.
    fn exit_at_end_of_input(&self) -> Exit {
        match self.model.onboarding().map(|onboarding| &onboarding.check) {
            Some(Check::Ended(report)) if report.diagnosis.is_none() => Exit::Success,
            Some(Check::Ended(_)) => Exit::CheckFailed,
            Some(Check::Idle | Check::Waiting { .. } | Check::Running { .. }) | None => Exit::InputEnded,
        }
    }

    fn dispatch(&mut self, message: Message) {
        self.runner.dispatch(self.model, message);
    }

    /// Prints what is new, and asks for a line or a password if one is needed.
    fn print_changes(&mut self) -> io::Result<()> {
        if self.model.exit_summary.is_some() {
            return Ok(());
        }
        if self.model.language != self.texts.language() {
            self.texts = Texts::new(self.model.language);
            self.page = None;
        }
        let mut printed = false;
        if let Some(notice) = self.model.notice.take() {
            print_line(&plain::notice(&notice, &self.texts))?;
            printed = true;
        }
        if self.model.overlay == Some(Overlay::GeneratedKey) {
            let onboarding = self.model.onboarding();
            let generated = onboarding.and_then(|onboarding| onboarding.generated_key.as_ref());
            let lines = generated.map(|generated| plain::made(generated, &self.texts));
            for line in lines.into_iter().flatten() {
                print_line(&line)?;
            }
            self.dispatch(Message::Dismiss);
            return self.print_changes();
        }
        if let Some(Overlay::Password { retry, .. } | Overlay::AdministrationPassword { retry }) = self.model.overlay {
            return self.ask_password(retry);
        }
        let onboarding = self.model.onboarding();
        let inspecting =
            onboarding.is_some_and(|onboarding| matches!(onboarding.inspection, Inspection::Running { .. }));
        if inspecting && !self.inspection_announced {
            print_line(&self.texts.get("reading-underway"))?;
        }
        self.inspection_announced = inspecting;
        if inspecting || self.runner.is_working() {
            return Ok(());
        }
        let checking = onboarding.is_some_and(|onboarding| matches!(onboarding.check, Check::Running { .. }));
        let page = plain::page(self.model, &self.texts);
        for line in page.lines_since(self.page.as_ref()) {
            print_line(line)?;
            printed = true;
        }
        if !checking && (printed || !self.asking) {
            print(&format!("{} ", wrapped(&format!("{}:", page.prompt))))?;
            if !self.asking {
                self.request(ReadRequest::Line);
            }
        }
        self.page = Some(page);
        Ok(())
    }

    fn request(&mut self, request: ReadRequest) {
        self.asking = true;
        // The reader only ends with the input, which ends this loop too.
        let _ = self.reader.send(request);
    }

    /// Gets the password: from the environment, else from the user at the terminal, else the sandbox's public one.
    fn ask_password(&mut self, retry: bool) -> io::Result<()> {
        if self.asking {
            return Ok(());
        }
        let is_administration = matches!(self.model.overlay, Some(Overlay::AdministrationPassword { .. }));
        let file = match wizard::administration_file(self.model).filter(|_| is_administration) {
            Some((name, file)) => {
                let about = self.texts.with(
                    "password-administration",
                    &Args::new().with("name", name).with("file", &file),
                );
                print_line(&about)?;
                Some(file)
            }
            None => self.model.onboarding().and_then(wizard::locked_file),
        };
        let args = Args::new().with("file", file.unwrap_or_default());
        // No other password is tried on the sandbox's own files.
        let given = match self.sandbox_password() {
            Some(_) => None,
            None => password::read_given(false)?,
        };
        // It was tried on an administration client's files before they were found to be locked.
        let is_wrong = retry || (is_administration && given.is_some());
        if let Some(password) = given.filter(|_| !is_wrong) {
            self.unlock(&password);
            return self.print_changes();
        }
        if terminal::can_prompt() {
            let id = if retry {
                "plain-password-again"
            } else {
                "plain-password"
            };
            let question = self.texts.with(id, &args);
            self.request(ReadRequest::Password { question });
            return Ok(());
        }
        if let Some(password) = self.sandbox_password().filter(|_| !retry && !is_administration) {
            self.unlock(&password);
            return self.print_changes();
        }
        let id = if is_wrong {
            "plain-password-variable-wrong"
        } else {
            "plain-password-refused"
        };
        print_line(&self.texts.with(id, &args))?;
        if let Some(hint) = password::mintty_hint(&self.texts) {
            print_line(&hint)?;
        }
        self.dispatch(Message::Dismiss);
        self.print_changes()
    }

    /// Returns the password of the sandbox's certificates, if the certificate is in the sandbox's folder.
    fn sandbox_password(&self) -> Option<Password> {
        let onboarding = self.model.onboarding()?;
        let folder = self.model.demonstration_for(onboarding)?.norwegian.certificate.parent();
        let password = self.model.demonstration_password(onboarding)?;
        let in_folder = onboarding.profile.certificate.path.as_ref()?.parent() == folder;
        in_folder.then(|| Password::new(Zeroizing::new(password.to_owned())))
    }

    /// Opens the certificate with a password. An empty one closes the prompt.
    fn unlock(&mut self, password: &Password) {
        if password.expose().is_empty() {
            self.dispatch(Message::Dismiss);
        } else {
            self.runner.password.paste(password.expose());
            self.dispatch(Message::PasswordTyped);
        }
    }

    fn on_line(&mut self, line: &str) -> io::Result<()> {
        if !stdin().is_terminal() {
            // Piped answers are echoed, so that a log has them.
            print_line(&visible(line.trim()))?;
        }
        match parse_line::parse(line, self.model, &self.texts) {
            TypedLine::Tell(messages) => {
                if let Some(page) = &mut self.page {
                    page.clear_refusal();
                }
                messages.into_iter().for_each(|message| self.dispatch(message));
            }
            TypedLine::Open(row, _) if terminal::is_interactive() => {
                self.dispatch(Message::Focus(row));
                self.dispatch(Message::OpenLink);
            }
            // Without a terminal there may be no desktop to open a browser on.
            TypedLine::Open(_, address) => print_line(&visible(&address))?,
            TypedLine::Again => self.page = None,
            TypedLine::Explain => {
                plain::explanation(self.model, &self.texts)
                    .into_iter()
                    .try_for_each(|line| print_line(&line))?;
                self.page = None;
            }
            TypedLine::Print(text) => text.lines().try_for_each(|line| print_line(&visible(line)))?,
            TypedLine::CommandOrAnswer(line) if self.ambiguous.as_ref() == Some(&line) => {
                self.ambiguous = None;
                self.dispatch(Message::Answer(line));
            }
            TypedLine::CommandOrAnswer(line) => {
                print_line(
                    &self
                        .texts
                        .with("plain-command-or-answer", &Args::new().with("typed", &line)),
                )?;
                self.ambiguous = Some(line);
            }
            TypedLine::Help => {
                plain::help(self.model, &self.texts)
                    .into_iter()
                    .try_for_each(|line| print_line(&line))?;
                self.page = None;
            }
            TypedLine::Refused(id, args) => print_line(&self.texts.with(id, &args))?,
        }
        Ok(())
    }
}

fn print_line(line: &str) -> io::Result<()> {
    print(&format!("{}\n", wrapped(line)))
}

/// Returns a line or a prompt for standard output. A terminal would break it inside a word, so it is broken between words before.
fn wrapped(line: &str) -> String {
    let columns = terminal::stdout_columns();
    match columns.filter(|columns| *columns >= MIN_WRAP_WIDTH) {
        Some(columns) => wrap_lines(line, columns),
        None => line.to_owned(),
    }
}
