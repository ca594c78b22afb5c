//! Seeded faults: a set-up, a service's behaviour, and the one diagnosis that must come of it. One test a fault, by name.

mod customs;
mod local;
mod network;
mod refusals;
mod scopes;
mod tls;
mod token_responses;

use klarert::{
    certificate::Chosen,
    check::Settings,
    credential::Opened,
    diagnosis::Diagnosis,
    journey::{Environment, Who},
    profile::Profile,
    report::{Event, Outcome, Report, Stage},
    text::{Language, Texts},
};

use crate::support::service::{Reply, Request, Service, businesses};

type Answer = Box<dyn Fn(&Request) -> Reply + Send + Sync>;
type SetContext = Box<dyn FnOnce(&mut Environment)>;

/// A set-up that is in order, but for what a test changes.
struct Fault {
    profile: Profile,
    opened: Opened,
    clock: Option<i64>,
    settings: Settings,
    mischief: Vec<(&'static str, Answer)>,
    surroundings: Vec<SetContext>,
}

impl Fault {
    fn of(profile: Profile) -> Fault {
        Fault {
            opened: businesses::opened(businesses::certificate(&profile)),
            profile,
            clock: Some(0),
            settings: businesses::quick(),
            mischief: Vec::new(),
            surroundings: Vec::new(),
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

    /// The server's clock, in seconds ahead of ours.
    fn clock(mut self, ahead: impl Into<Option<i64>>) -> Fault {
        self.clock = ahead.into();
        self
    }

    fn settings(mut self, change: impl FnOnce(&mut Settings)) -> Fault {
        change(&mut self.settings);
        self
    }

    fn environment(mut self, change: impl FnOnce(&mut Environment) + 'static) -> Fault {
        self.surroundings.push(Box::new(change));
        self
    }

    /// What is answered at a path.
    fn at(mut self, path: &'static str, reply: Reply) -> Fault {
        self.mischief.push((path, Box::new(move |_| reply.clone())));
        self
    }

    /// What is answered at a path to that request.
    fn asked(mut self, path: &'static str, reply: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Fault {
        self.mischief.push((path, Box::new(reply)));
        self
    }

    fn check(self) -> Checked {
        let mischief = self.mischief;
        let answer = move |request: &Request| {
            let (_, reply) = mischief.iter().find(|(path, _)| *path == request.path)?;
            Some(reply(request))
        };
        let service = Service::start(self.clock, Box::new(answer));
        let mut environment = businesses::environment(&service.base);
        for change in self.surroundings {
            change(&mut environment);
        }
        let (report, events) = businesses::check(&self.profile, &environment, &self.settings, self.opened);
        hold(&report, &events);
        Checked {
            report,
            events,
            service,
        }
    }

    /// Runs the check, which must end in that diagnosis.
    #[track_caller]
    fn is(self, id: &str) -> Checked {
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

/// A check that has been run.
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

    /// The field or item that fixes it.
    #[track_caller]
    fn fix_at(self, at: &str) -> Checked {
        assert_eq!(self.diagnosis().fix_at.as_deref(), Some(at));
        self
    }

    /// Words that must be among what is said in English.
    #[track_caller]
    fn says(self, words: &str) -> Checked {
        let said = said(self.diagnosis(), &Texts::new(Language::English));
        assert!(said.contains(words), "{said}");
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

fn said(diagnosis: &Diagnosis, texts: &Texts) -> String {
    format!(
        "{}\n{}\n{}",
        diagnosis.title(texts),
        diagnosis.cause(texts),
        diagnosis.fix(texts).join("\n")
    )
}

/// What holds for every report, however the check went.
#[track_caller]
fn hold(report: &Report, events: &[Event]) {
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
        "one cause at most"
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
    assert_eq!(finished, Stage::ALL.len(), "each stage is seen to end");
    for language in Language::ALL {
        let texts = Texts::new(language);
        let mut all = report.to_json(&texts).to_string();
        for result in &report.stages {
            all.push_str(&result.summary(&texts));
        }
        if let Some(diagnosis) = &report.diagnosis {
            let said = said(diagnosis, &texts);
            assert!(!has_placeholder(&said), "a value is missing: {said}");
            all.push_str(&said);
        }
        assert!(
            !all.contains("eyJhb") && !all.contains("customs-token"),
            "a token is shown: {all}"
        );
        assert!(!all.contains('\u{1b}'), "words from outside are cleaned");
    }
}

/// Whether a text still has a `<name>` where a value should be.
fn has_placeholder(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| {
        let name = rest.split('>').next().unwrap_or_default();
        rest.contains('>') && !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    })
}
