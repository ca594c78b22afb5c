//! The api stage: the test call of each service that has one, and a probe of the others.
//!
//! A test call that is refused fails the check. A probe is a call that Customs documents for another purpose: it fails nothing,
//! and concludes only that a token was accepted.

use std::time::Duration;

use super::{
    Run, StageError, StageOutput,
    customs::Exchanged,
    network::{connect, connect_briefly},
};
use crate::{
    customs,
    http::{Http, RequestError},
    journey::services::{self, Probe, Service},
    report::{Outcome, ServiceFacts, ServiceOutcome, StageFacts},
};

/// Limit for each request of a probe: it is not worth a long wait.
const MAX_PROBE_DURATION: Duration = Duration::from_secs(5);

pub(super) fn check(run: &mut Run, tokens: &[Exchanged]) -> Result<StageOutput<()>, StageError> {
    let Some(base) = run.environment.customs.as_ref().filter(|_| !tokens.is_empty()) else {
        return Ok(StageOutput::skipped(StageFacts::Nothing, ()));
    };
    let (mut found, mut failed) = (Vec::new(), None);
    // The test calls are first: they decide the outcome, and slow probes must not use up the check's time.
    for token in tokens {
        let service = services::service_of_scope(&token.scope);
        let Some((service, path)) = service.and_then(|service| Some((service, service.test_call.as_deref()?))) else {
            continue;
        };
        let (outcome, status) = match test_call(run, base, path, service, token) {
            Ok(()) => (ServiceOutcome::Answered, Some(200)),
            Err(StageError::Cancelled) => return Err(StageError::Cancelled),
            Err(StageError::Failed(failure, _)) => {
                let status = failure.status();
                failed.get_or_insert((failure, token.scope.clone()));
                (ServiceOutcome::Failed, status)
            }
        };
        found.push(ServiceFacts {
            id: service.id.clone(),
            outcome,
            call: Some(format!("GET {path}")),
            status,
        });
    }
    for token in tokens {
        let service = services::service_of_scope(&token.scope);
        if service.is_none_or(|service| service.test_call.is_none()) {
            found.push(probe(run, base, service, token)?);
        }
    }
    if let Some((failure, scope)) = failed {
        run.evidence.scopes = vec![scope];
        return Err(StageError::Failed(failure, StageFacts::Api(found)));
    }
    Ok(StageOutput {
        outcome: outcome(&found),
        seen: StageFacts::Api(found),
        value: (),
    })
}

fn outcome(services: &[ServiceFacts]) -> Outcome {
    let has = |outcomes: &[ServiceOutcome]| services.iter().any(|service| outcomes.contains(&service.outcome));
    if has(&[ServiceOutcome::TokenRefused, ServiceOutcome::Inconclusive]) {
        Outcome::Warned
    } else if has(&[ServiceOutcome::Answered, ServiceOutcome::TokenAccepted]) {
        Outcome::Passed
    } else {
        Outcome::Skipped
    }
}

fn test_call(run: &mut Run, base: &str, path: &str, service: &Service, token: &Exchanged) -> Result<(), StageError> {
    let http = connect(run, base)?;
    run.request(
        &http,
        |_| Ok(customs::test_call(&http, base, path, &token.access_token)?),
        |response| customs::read_test_call(response, &service.id),
    )
}

fn probe(run: &Run, base: &str, service: Option<&Service>, token: &Exchanged) -> Result<ServiceFacts, StageError> {
    let id = service.map_or(&token.scope, |service| &service.id).clone();
    let Some(probe) = service.and_then(|service| service.probe.as_ref()) else {
        return Ok(ServiceFacts {
            id,
            outcome: ServiceOutcome::NotTried,
            call: None,
            status: None,
        });
    };
    let (outcome, status) = match connect_briefly(run, base, MAX_PROBE_DURATION, run.settings.limits.body) {
        Ok(http) => send_probe(&http, base, probe, token)?,
        Err(_) => (ServiceOutcome::Inconclusive, None),
    };
    Ok(ServiceFacts {
        id,
        outcome,
        call: Some(format!("GET {}", probe.path)),
        status,
    })
}

/// Sends a probe with the token, and again without it: an address that does not exist is answered with 404 too, and a page of
/// a proxy with 200.
fn send_probe(
    http: &Http,
    base: &str,
    probe: &Probe,
    token: &Exchanged,
) -> Result<(ServiceOutcome, Option<u16>), StageError> {
    let path = probe.path.replace("{uuid}", &uuid::Uuid::new_v4().to_string());
    let url = format!("{base}{path}");
    let status = status_of(http, &url, Some(&token.access_token))?;
    let outcome = match status {
        Some(401 | 403) => ServiceOutcome::TokenRefused,
        Some(answered) if answered == probe.status => match status_of(http, &url, None)? {
            Some(401 | 403) => ServiceOutcome::TokenAccepted,
            _ => ServiceOutcome::Inconclusive,
        },
        _ => ServiceOutcome::Inconclusive,
    };
    Ok((outcome, status))
}

/// Returns the status of a response; `None` without one. Sent once: a probe is not worth a pause.
fn status_of(http: &Http, url: &str, token: Option<&str>) -> Result<Option<u16>, StageError> {
    match http.get(url, token) {
        Ok(response) => Ok(Some(response.status)),
        Err(RequestError::Cancelled) => Err(StageError::Cancelled),
        Err(RequestError::Failed(_)) => Ok(None),
    }
}
