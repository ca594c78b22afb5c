//! Faults, each with the one diagnosis that the check must reach: a profile, how the service behaves, and the outcome.

mod connections;
mod corpus;
mod customs;
mod local;
mod network;
mod probes;
mod refusals;
mod scopes;
mod tls;
mod token_responses;

use klarert::{
    certificate::{Chosen, FindingId},
    check::Settings,
    credential::Opened,
    diagnosis::Diagnosis,
    journey::{Environment, Who},
    profile::Profile,
    report::{Event, Outcome, Report, Stage},
    text::{Language, Texts},
};

use crate::support::{
    service::{Reply, Request, Service, businesses},
    texts::{ENGLISH, value},
};

type ReplyTo = Box<dyn Fn(&Request) -> Reply + Send + Sync>;
type EnvironmentChange = Box<dyn FnOnce(&mut Environment)>;

/// A valid set-up, except for what a test changes.
struct Fault {
    profile: Profile,
    opened: Opened,
    clock: Option<i64>,
    settings: Settings,
    replies: Vec<(&'static str, ReplyTo)>,
    environment_changes: Vec<EnvironmentChange>,
}

impl Fault {
    fn of(profile: Profile) -> Fault {
        Fault {
            opened: businesses::opened(businesses::certificate(&profile)),
            profile,
            clock: Some(0),
            settings: businesses::quick(),
            replies: Vec::new(),
            environment_changes: Vec::new(),
        }
    }

    fn norwegian() -> Fault {
        Fault::of(businesses::norwegian())
    }

    fn foreign() -> Fault {
        Fault::of(businesses::foreign())
    }

    fn profile(mut self, change: impl FnOnce(&mut Profile)) -> Fault {
        change(&mut self.profile);
        self
    }

    fn scopes(self, scopes: &[&str]) -> Fault {
        self.profile(|profile| profile.client.scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect())
    }

    fn certificate(mut self, change: impl FnOnce(&mut Chosen)) -> Fault {
        change(self.opened.facts.chosen.as_mut().unwrap());
        self
    }

    fn opened(mut self, change: impl FnOnce(&mut Opened)) -> Fault {
        change(&mut self.opened);
        self
    }

    /// Sets the server's clock, in seconds ahead of ours; `None` if it sends no date.
    fn clock(mut self, ahead: impl Into<Option<i64>>) -> Fault {
        self.clock = ahead.into();
        self
    }

    fn settings(mut self, change: impl FnOnce(&mut Settings)) -> Fault {
        change(&mut self.settings);
        self
    }

    fn environment(mut self, change: impl FnOnce(&mut Environment) + 'static) -> Fault {
        self.environment_changes.push(Box::new(change));
        self
    }

    /// Replies the same to every request for a path.
    fn replies(mut self, path: &'static str, reply: Reply) -> Fault {
        self.replies.push((path, Box::new(move |_| reply.clone())));
        self
    }

    /// Replies to a request for a path.
    fn replies_to(mut self, path: &'static str, reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Fault {
        self.replies.push((path, Box::new(reply)));
        self
    }

    fn check(self) -> Checked {
        let replies = self.replies;
        let answer = move |request: &Request| {
            let (_, reply) = replies.iter().find(|(path, _)| *path == request.path)?;
            Some(reply(request))
        };
        let service = Service::start(self.clock, Box::new(answer));
        let mut environment = businesses::environment(&service.base);
        for change in self.environment_changes {
            change(&mut environment);
        }
        let (report, events) = businesses::check(&self.profile, &environment, &self.settings, self.opened);
        assert_consistent(&report, &events);
        Checked {
            report,
            events,
            service,
        }
    }

    /// Runs the check and asserts that it ends in this diagnosis.
    #[track_caller]
    fn ends_in(self, id: &str) -> Checked {
        let checked = self.check();
        let found = checked.report.diagnosis.as_ref().map(|found| found.id.as_str());
        assert_eq!(found, Some(id), "{:#?}", checked.report);
        checked
    }

    #[track_caller]
    fn passes(self) -> Checked {
        let checked = self.check();
        assert_eq!(checked.report.diagnosis, None);
        checked
    }
}

/// The outcome of a check.
struct Checked {
    report: Report,
    events: Vec<Event>,
    service: Service,
}

impl Checked {
    fn diagnosis(&self) -> &Diagnosis {
        self.report.diagnosis.as_ref().unwrap()
    }

    #[track_caller]
    fn stage(self, stage: Stage) -> Checked {
        assert_eq!(self.diagnosis().stage, stage);
        self
    }

    #[track_caller]
    fn code(self, code: &str) -> Checked {
        assert_eq!(self.diagnosis().code.as_deref(), Some(code));
        self
    }

    #[track_caller]
    fn who(self, who: Who) -> Checked {
        assert_eq!(self.diagnosis().who, who);
        self
    }

    #[track_caller]
    fn step(self, step: &str) -> Checked {
        assert_eq!(self.diagnosis().step, step);
        self
    }

    /// Asserts the field or item that fixes it.
    #[track_caller]
    fn fix_at(self, at: &str) -> Checked {
        assert_eq!(self.diagnosis().fix_at.as_deref(), Some(at));
        self
    }

    /// Asserts a value of the diagnosis' texts.
    #[track_caller]
    fn value(self, name: &str, expected: &str) -> Checked {
        assert_eq!(value(&self.diagnosis().args, name).as_deref(), Some(expected));
        self
    }

    /// Asserts the seconds of the diagnosis' texts. The service's `Date` has whole seconds, and an answer may be late: each
    /// makes a second of difference.
    #[track_caller]
    fn about_seconds(self, expected: i64) -> Checked {
        let seconds = value(&self.diagnosis().args, "seconds").and_then(|text| text.parse::<i64>().ok());
        assert!(
            seconds.is_some_and(|seconds| (seconds - expected).abs() <= 2),
            "{seconds:?}"
        );
        self
    }

    /// Asserts which variant of its texts the diagnosis has chosen.
    #[track_caller]
    fn variant(self, variant: &str) -> Checked {
        self.value("variant", variant)
    }

    /// Asserts that the English text contains a value.
    #[track_caller]
    fn names(self, value: &str) -> Checked {
        let words = words(self.diagnosis(), &ENGLISH);
        assert!(words.contains(value), "{words}");
        self
    }

    /// Asserts the only finding about the certificate.
    #[track_caller]
    fn finding(self, id: FindingId) -> Checked {
        let found: Vec<_> = self.diagnosis().findings.iter().map(|finding| finding.id).collect();
        assert_eq!(found, [id]);
        self
    }

    #[track_caller]
    fn requests(self, path: &str, count: usize) -> Checked {
        assert_eq!(self.service.requests(path).len(), count, "requests to {path}");
        self
    }

    #[track_caller]
    fn outcome(self, stage: Stage, outcome: Outcome) -> Checked {
        let result = self.report.stages.iter().find(|result| result.stage == stage).unwrap();
        assert_eq!(result.outcome, outcome, "{result:?}");
        self
    }
}

fn words(diagnosis: &Diagnosis, texts: &Texts) -> String {
    format!(
        "{}\n{}\n{}",
        diagnosis.title(texts),
        diagnosis.cause(texts),
        diagnosis.fix(texts).join("\n")
    )
}

/// Asserts what every report has in common, whatever its outcome.
#[track_caller]
fn assert_consistent(report: &Report, events: &[Event]) {
    let stages: Vec<_> = report.stages.iter().map(|result| result.stage).collect();
    assert_eq!(stages, Stage::ALL);
    let debug = format!("{report:?} {events:?}");
    assert!(
        !debug.contains("eyJhb") && !debug.contains("customs-token"),
        "a token is in a Debug"
    );
    let failed: Vec<_> = report
        .stages
        .iter()
        .filter(|result| result.outcome == Outcome::Failed)
        .collect();
    assert_eq!(
        failed.len(),
        usize::from(report.diagnosis.is_some()),
        "at most one stage fails"
    );
    if let (Some(failed), Some(diagnosis)) = (failed.first(), &report.diagnosis) {
        assert_eq!(failed.stage, diagnosis.stage);
        let after = report.stages.iter().filter(|result| result.stage > failed.stage);
        assert!(after.into_iter().all(|result| result.outcome == Outcome::Skipped));
    }
    let finished = events
        .iter()
        .filter(|event| matches!(event, Event::Finished(_)))
        .count();
    assert_eq!(finished, Stage::ALL.len(), "each stage reports its end");
    for language in Language::ALL {
        let texts = Texts::new(language);
        let mut all = report.to_json(&texts).to_string();
        for result in &report.stages {
            all.push_str(&result.summary(&texts));
        }
        if let Some(diagnosis) = &report.diagnosis {
            let words = words(diagnosis, &texts);
            assert!(!has_placeholder(&words), "a value is missing: {words}");
            all.push_str(&words);
        }
        assert!(
            !all.contains("eyJhb") && !all.contains("customs-token"),
            "a token is shown: {all}"
        );
        assert!(!all.contains('\u{1b}'), "text from outside is cleaned");
    }
}

/// Returns whether a text has a `<name>` where a value is missing.
fn has_placeholder(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| {
        let name = rest.split('>').next().unwrap_or_default();
        rest.contains('>') && !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    })
}
