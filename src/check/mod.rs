//! The connectivity check: seven stages over one profile, in order, until going on is pointless. What is seen is told as
//! it happens; what went wrong is weighed by [`diagnosis`].
//!
//! One file a stage, and [`single`] for one token alone. `klarert check`, `klarert token` and the wizard's last step are all built of these.

mod certificate;
mod customs;
mod network;
mod profile;
mod single;
mod token;

use std::time::{Duration, Instant};

use jsonwebtoken::Algorithm;

pub use crate::http::{Cancel, Limits};
pub use single::{customs_token, token};

use crate::{
    credential::Opened,
    diagnosis::{self, Diagnosis, Evidence, Stage, StageFailure},
    http::{Answer, RequestError},
    journey::Environment,
    profile::Profile,
    report::{Event, Outcome, Report, StageFacts, StageResult},
    text::Args,
};

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub name: &'a str,
    pub profile: &'a Profile,
    pub environment: &'a Environment,
}

/// How patient the check is.
#[derive(Debug, Clone)]
pub struct Settings {
    pub limits: Limits,
    /// The pauses before a request that failed in passing is sent again, one each.
    pub pauses: Vec<Duration>,
    /// The longest pause that a server's `Retry-After` may ask for.
    pub longest_pause: Duration,
    /// What grants are signed with: RS256, RS384 or RS512.
    pub algorithm: Algorithm,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            limits: Limits::default(),
            pauses: vec![Duration::from_secs(1), Duration::from_secs(3)],
            longest_pause: Duration::from_secs(30),
            algorithm: Algorithm::RS256,
        }
    }
}

/// Runs the check. `open` is asked for the credential at the certificate stage, `on` is told what happens. Nothing when
/// it was cancelled.
pub fn run(
    subject: &Subject,
    settings: &Settings,
    cancel: &Cancel,
    open: &mut dyn FnMut() -> Opened,
    on: &mut dyn FnMut(Event),
) -> Option<Report> {
    let mut run = Run::new(subject, settings, cancel, on);
    match run.stages(open) {
        Ok(()) | Err(Ended::Failed) => {}
        Err(Ended::Cancelled) => return None,
    }
    run.skip_the_rest();
    Some(Report {
        profile: subject.name.to_owned(),
        environment: subject.environment.id.clone(),
        stages: run.results,
        diagnosis: run.diagnosis,
    })
}

/// A check under way.
struct Run<'a> {
    profile: &'a Profile,
    environment: &'a Environment,
    settings: &'a Settings,
    cancel: &'a Cancel,
    on: &'a mut dyn FnMut(Event),
    evidence: Evidence<'a>,
    results: Vec<StageResult>,
    diagnosis: Option<Diagnosis>,
}

/// Why a check ended before its last stage.
enum Ended {
    Cancelled,
    /// The diagnosis says why.
    Failed,
}

/// Why a stage could not be finished.
enum Halt {
    Cancelled,
    /// With what it has to show all the same.
    StageFailure(StageFailure, StageFacts),
}

impl From<StageFailure> for Halt {
    fn from(trouble: StageFailure) -> Halt {
        Halt::StageFailure(trouble, StageFacts::Nothing)
    }
}

impl From<RequestError> for Halt {
    fn from(no_answer: RequestError) -> Halt {
        match no_answer {
            RequestError::Cancelled => Halt::Cancelled,
            RequestError::Failed(failure) => StageFailure::Transport(failure).into(),
        }
    }
}

/// A stage that was finished: how, what it shows, and what it hands to the next.
struct Done<T> {
    outcome: Outcome,
    seen: StageFacts,
    value: T,
}

impl<T> Done<T> {
    fn passed(seen: StageFacts, value: T) -> Done<T> {
        Done {
            outcome: Outcome::Passed,
            seen,
            value,
        }
    }

    fn skipped(seen: StageFacts, value: T) -> Done<T> {
        Done {
            outcome: Outcome::Skipped,
            seen,
            value,
        }
    }
}

impl<'a> Run<'a> {
    fn new(subject: &Subject<'a>, settings: &'a Settings, cancel: &'a Cancel, on: &'a mut dyn FnMut(Event)) -> Run<'a> {
        Run {
            profile: subject.profile,
            environment: subject.environment,
            settings,
            cancel,
            on,
            evidence: Evidence::new(subject.profile, subject.environment, (settings.limits.now)()),
            results: Vec::new(),
            diagnosis: None,
        }
    }

    fn stages(&mut self, open: &mut dyn FnMut() -> Opened) -> Result<(), Ended> {
        self.stage(Stage::Profile, profile::check)?;
        let credential = self.stage(Stage::Certificate, |run| certificate::check(run, open))?;
        let maskinporten = self.stage(Stage::Network, network::check)?;
        self.stage(Stage::Clock, |run| network::clock(run, &maskinporten))?;
        let tokens = self.stage(Stage::Token, |run| token::check(run, &maskinporten, &credential))?;
        let customs = self.stage(Stage::Customs, |run| customs::exchange(run, &tokens))?;
        self.stage(Stage::Api, |run| customs::test_calls(run, customs))
    }

    /// Runs one stage, times it, tells of it, and weighs what went wrong.
    fn stage<T>(&mut self, stage: Stage, work: impl FnOnce(&mut Run<'a>) -> Result<Done<T>, Halt>) -> Result<T, Ended> {
        if self.cancel.is_cancelled() {
            return Err(Ended::Cancelled);
        }
        self.evidence.stage = stage;
        (self.on)(Event::Started(stage));
        let start = Instant::now();
        let ended = work(self);
        let took = Some(start.elapsed());
        match ended {
            Ok(done) => {
                let took = took.filter(|_| done.outcome != Outcome::Skipped);
                self.finished(stage, done.outcome, took, done.seen);
                Ok(done.value)
            }
            Err(Halt::StageFailure(trouble, seen)) => {
                let diagnosis = diagnosis::weigh(&self.evidence, &trouble);
                let seen = match (&diagnosis.code, seen) {
                    (Some(code), StageFacts::Nothing) => StageFacts::Refused { code: code.clone() },
                    (_, seen) => seen,
                };
                self.diagnosis = Some(diagnosis);
                self.finished(stage, Outcome::Failed, took, seen);
                Err(Ended::Failed)
            }
            Err(Halt::Cancelled) => Err(Ended::Cancelled),
        }
    }

    fn finished(&mut self, stage: Stage, outcome: Outcome, took: Option<Duration>, seen: StageFacts) {
        let result = StageResult {
            stage,
            outcome,
            took,
            facts: seen,
        };
        (self.on)(Event::Finished(result.clone()));
        self.results.push(result);
    }

    fn skip_the_rest(&mut self) {
        for stage in &Stage::ALL[self.results.len()..] {
            self.finished(*stage, Outcome::Skipped, None, StageFacts::Nothing);
        }
    }

    /// Sends a request and reads its answer; what fails in passing is sent again after a pause. `send` is called anew
    /// each time, so that it can sign a fresh grant.
    fn ask<T>(
        &mut self,
        send: impl Fn(&Run<'a>) -> Result<Answer, Halt>,
        read: impl Fn(&Answer) -> Result<T, StageFailure>,
    ) -> Result<T, Halt> {
        let mut pauses = self.settings.pauses.iter();
        loop {
            let (trouble, seen, retry_after) = match send(self) {
                Ok(answer) => {
                    self.note_clock(&answer);
                    match read(&answer) {
                        Ok(value) => return Ok(value),
                        Err(trouble) => (trouble, StageFacts::Nothing, answer.retry_after),
                    }
                }
                Err(Halt::StageFailure(trouble, seen)) => (trouble, seen, None),
                Err(Halt::Cancelled) => return Err(Halt::Cancelled),
            };
            let Some(pause) = pauses.next().filter(|_| self.may_pass(&trouble)) else {
                return Err(Halt::StageFailure(trouble, seen));
            };
            let pause = retry_after.unwrap_or(*pause).min(self.settings.longest_pause);
            let seconds = pause.as_secs_f64().ceil() as u64;
            self.note("note-retry", Args::new().with("seconds", seconds));
            if self.cancel.wait(pause) {
                return Err(Halt::Cancelled);
            }
        }
    }

    /// Whether it may go better in a moment. Silence before anything was heard is the network's, which does not pass.
    fn may_pass(&self, trouble: &StageFailure) -> bool {
        match trouble {
            StageFailure::Down { .. } | StageFailure::TooManyRequests { .. } => true,
            StageFailure::Transport(diagnosis::TransportError::TooSlow) => self.evidence.stage != Stage::Network,
            StageFailure::Transport(failure) => failure.is_passing(),
            _ => false,
        }
    }

    /// The best measurement of the clock so far is kept as evidence.
    fn note_clock(&mut self, answer: &Answer) {
        if let Some(clock) = answer.clock.filter(|clock| clock.within_s < 3.0)
            && self.evidence.ahead_s.is_none()
        {
            self.evidence.ahead_s = Some(clock.ahead_s);
        }
    }

    fn note(&mut self, id: &'static str, args: Args) {
        (self.on)(Event::Note(self.evidence.stage, id, args));
    }
}
