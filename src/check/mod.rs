//! The connectivity check: seven stages over one profile, in order, up to the first that fails. Progress is reported as
//! [`Event`]s; [`diagnosis`] classifies the failure.
//!
//! Each stage has a file; [`single_token`] gets one token only. `klarert check`, `klarert token` and the wizard's last step use
//! this code.

mod api;
mod certificate;
mod customs;
mod network;
mod profile;
mod published;
mod scope_facts;
mod single_token;
mod token;

use std::time::{Duration, Instant};

use jsonwebtoken::Algorithm;

pub use crate::http::{Cancel, Connections, Limits};
pub use published::Published;
pub use single_token::{IssuedToken, customs_token, issue_token, token};

use crate::{
    credential::Opened,
    diagnosis::{self, Diagnosis, Evidence, Stage, StageFailure, TransportError},
    http::{ClockMeasurement, Deadline, Http, RequestError, Response},
    journey::Environment,
    profile::Profile,
    report::{Event, Outcome, Report, StageFacts, StageResult},
    text::Args,
};

/// The subject of a check: a profile and its environment.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub name: &'a str,
    pub profile: &'a Profile,
    pub environment: &'a Environment,
}

/// Limits, retries and the signing algorithm of a check, and the connections and published answers that checks with
/// these settings share.
#[derive(Debug, Clone)]
pub struct Settings {
    pub limits: Limits,
    /// The pauses before each retry of a transient failure.
    pub pauses: Vec<Duration>,
    /// Upper limit for the pause in a `Retry-After` header.
    pub max_pause: Duration,
    /// Limit for all requests of a check together, with their pauses.
    pub max_duration: Duration,
    /// The algorithm that grants are signed with: RS256, RS384 or RS512.
    pub algorithm: Algorithm,
    pub connections: Connections,
    pub published: Published,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            limits: Limits::default(),
            pauses: vec![Duration::from_secs(1), Duration::from_secs(3)],
            max_pause: Duration::from_secs(30),
            max_duration: Duration::from_secs(60),
            algorithm: Algorithm::RS256,
            connections: Connections::default(),
            published: Published::default(),
        }
    }
}

/// Runs the check. `open` provides the credential at the certificate stage, `on` receives the events. `None` if it was
/// cancelled.
pub fn run(
    subject: &Subject,
    settings: &Settings,
    cancel: &Cancel,
    open: &mut dyn FnMut() -> Opened,
    on: &mut dyn FnMut(Event),
) -> Option<Report> {
    let mut run = Run::new(subject, settings, cancel, on);
    match run.stages(open) {
        Ok(()) | Err(CheckEnd::Failed) => {}
        Err(CheckEnd::Cancelled) => return None,
    }
    run.skip_remaining();
    Some(Report {
        profile: subject.name.to_owned(),
        environment: subject.environment.id.clone(),
        stages: run.results,
        diagnosis: run.diagnosis,
    })
}

/// A running check.
struct Run<'a> {
    profile: &'a Profile,
    environment: &'a Environment,
    settings: &'a Settings,
    cancel: &'a Cancel,
    on: &'a mut dyn FnMut(Event),
    /// End of the check's time, which begins at the first request: a user may take long for a password.
    deadline: Option<Deadline>,
    evidence: Evidence<'a>,
    results: Vec<StageResult>,
    diagnosis: Option<Diagnosis>,
}

/// Reason that a check ended before its last stage.
enum CheckEnd {
    Cancelled,
    /// A stage failed; the diagnosis has the cause.
    Failed,
}

/// Reason that a stage ended without a result.
enum StageError {
    Cancelled,
    /// The failure, and the facts found before it.
    Failed(StageFailure, StageFacts),
}

impl From<StageFailure> for StageError {
    fn from(failure: StageFailure) -> StageError {
        StageError::Failed(failure, StageFacts::Nothing)
    }
}

impl From<RequestError> for StageError {
    fn from(error: RequestError) -> StageError {
        match error {
            RequestError::Cancelled => StageError::Cancelled,
            RequestError::Failed(error) => StageFailure::Transport(error).into(),
        }
    }
}

/// The result of a finished stage: its outcome, the facts to show, and the value for the next stage.
struct StageOutput<T> {
    outcome: Outcome,
    seen: StageFacts,
    value: T,
}

impl<T> StageOutput<T> {
    fn passed(seen: StageFacts, value: T) -> StageOutput<T> {
        StageOutput {
            outcome: Outcome::Passed,
            seen,
            value,
        }
    }

    fn skipped(seen: StageFacts, value: T) -> StageOutput<T> {
        StageOutput {
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
            deadline: None,
            evidence: Evidence::new(subject.profile, subject.environment, (settings.limits.now)()),
            results: Vec::new(),
            diagnosis: None,
        }
    }

    fn stages(&mut self, open: &mut dyn FnMut() -> Opened) -> Result<(), CheckEnd> {
        self.stage(Stage::Profile, profile::check)?;
        let credential = self.stage(Stage::Certificate, |run| certificate::check(run, open))?;
        let maskinporten = self.stage(Stage::Network, network::check)?;
        self.stage(Stage::Clock, |run| network::clock(run, &maskinporten))?;
        let tokens = self.stage(Stage::Token, |run| token::check(run, &maskinporten, &credential))?;
        let customs = self.stage(Stage::Customs, |run| customs::exchange(run, &tokens))?;
        self.stage(Stage::Api, |run| api::check(run, &customs))
    }

    /// Runs one stage, times it, reports it, and classifies its failure.
    fn stage<T>(
        &mut self,
        stage: Stage,
        work: impl FnOnce(&mut Run<'a>) -> Result<StageOutput<T>, StageError>,
    ) -> Result<T, CheckEnd> {
        if self.cancel.is_cancelled() {
            return Err(CheckEnd::Cancelled);
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
            Err(StageError::Failed(failure, seen)) => {
                let diagnosis = self.diagnose(failure);
                let seen = match (&diagnosis.code, seen) {
                    (Some(code), StageFacts::Nothing) => StageFacts::Refused { code: code.clone() },
                    (_, seen) => seen,
                };
                self.diagnosis = Some(diagnosis);
                self.finished(stage, Outcome::Failed, took, seen);
                Err(CheckEnd::Failed)
            }
            Err(StageError::Cancelled) => Err(CheckEnd::Cancelled),
        }
    }

    /// Classifies a failure. A request that ended with the check's time has failed by that.
    fn diagnose(&self, failure: StageFailure) -> Diagnosis {
        let timed_out = matches!(
            failure,
            StageFailure::Transport(TransportError::TooSlow | TransportError::NoAnswer)
        );
        let failure = if timed_out && self.time_left().is_zero() {
            let seconds = self.settings.max_duration.as_secs();
            StageFailure::OutOfTime { seconds }
        } else {
            failure
        };
        diagnosis::classify(&self.evidence, &failure)
    }

    fn time_left(&self) -> Duration {
        let left = self.deadline.as_ref().map(Deadline::left);
        left.unwrap_or(self.settings.max_duration)
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

    fn skip_remaining(&mut self) {
        for stage in &Stage::ALL[self.results.len()..] {
            self.finished(*stage, Outcome::Skipped, None, StageFacts::Nothing);
        }
    }

    /// Sends a request over `http` and reads its response; a transient failure is retried after a pause. `send` is called
    /// for each try, so that it can sign a fresh grant.
    ///
    /// A request that met a closed connection is sent again at once: that is no failure of the service.
    fn request<T>(
        &mut self,
        http: &Http,
        send: impl Fn(&Run<'a>) -> Result<Response, StageError>,
        read: impl Fn(&Response) -> Result<T, StageFailure>,
    ) -> Result<T, StageError> {
        let (mut pauses, mut sent_again) = (self.settings.pauses.iter(), false);
        loop {
            let (failure, seen, retry_after) = match send(self) {
                Ok(answer) => {
                    self.note_clock(answer.clock);
                    match read(&answer) {
                        Ok(value) => return Ok(value),
                        Err(failure) => (failure, StageFacts::Nothing, answer.retry_after),
                    }
                }
                Err(StageError::Failed(failure, seen)) => (failure, seen, None),
                Err(StageError::Cancelled) => return Err(StageError::Cancelled),
            };
            if http.met_closed_connection() && !sent_again {
                sent_again = true;
                continue;
            }
            if let Some(after) = retry_after.filter(|_| self.is_transient(&failure)) {
                http.pause(after.min(self.settings.max_pause));
            }
            let Some(pause) = pauses.next().filter(|_| self.is_transient(&failure)) else {
                return Err(StageError::Failed(failure, seen));
            };
            let pause = retry_after.unwrap_or(*pause).min(self.settings.max_pause);
            if pause >= self.time_left() {
                return Err(StageError::Failed(failure, seen));
            }
            let seconds = pause.as_secs_f64().ceil() as u64;
            self.note("note-retry", Args::new().with("seconds", seconds));
            if self.cancel.wait(pause) {
                return Err(StageError::Cancelled);
            }
        }
    }

    /// Returns whether a retry may succeed. A timeout at the network stage is the network's, which does not pass.
    fn is_transient(&self, failure: &StageFailure) -> bool {
        match failure {
            StageFailure::Down { .. } | StageFailure::TooManyRequests { .. } => true,
            StageFailure::Transport(TransportError::TooSlow) => self.evidence.stage != Stage::Network,
            StageFailure::Transport(error) => error.is_transient(),
            _ => false,
        }
    }

    /// Keeps the first precise clock measurement as evidence.
    fn note_clock(&mut self, clock: Option<ClockMeasurement>) {
        if let Some(clock) = clock.filter(|clock| clock.within_s < 3.0)
            && self.evidence.ahead_s.is_none()
        {
            self.evidence.ahead_s = Some(clock.ahead_s);
        }
    }

    fn note(&mut self, id: &'static str, args: Args) {
        (self.on)(Event::Note(self.evidence.stage, id, args));
    }
}
