//! The network and clock stages. The first request goes to the issuer's metadata: it needs no grant, so obstacles are
//! found before anything secret is sent.

use std::time::Duration;

use super::{Limits, Run, StageError, StageOutput};
use crate::{
    diagnosis::{Stage, StageFailure, TransportError},
    http::{Deadline, Http, RequestError, Response, unread_setting},
    journey::is_loopback,
    maskinporten::metadata,
    report::{Outcome, StageFacts},
};

/// Clock offset that Maskinporten accepts, in either direction.
const CLOCK_LIMIT_S: f64 = 10.0;
/// Clock offset from which the stage warns.
const CLOCK_WARN_S: f64 = 5.0;

/// Maskinporten's endpoints, and the clock measured at the first request.
pub(super) struct Maskinporten {
    pub token_endpoint: String,
    pub jwks: Option<String>,
    clock: Option<crate::http::ClockMeasurement>,
}

/// Builds a client for the host of `url`, and records host and proxy as evidence.
pub(super) fn connect(run: &mut Run, url: &str) -> Result<Http, StageError> {
    run.evidence.host = host_of(url);
    (run.evidence.proxy, run.evidence.proxy_login) = (None, false);
    let max_duration = run.settings.max_duration;
    let limits = Limits {
        until: Some(
            run.deadline
                .get_or_insert_with(|| Deadline::after(max_duration))
                .clone(),
        ),
        ..run.settings.limits.clone()
    };
    let ca_file = run.environment.ca_file.as_deref();
    let opened = Http::open(&run.settings.connections, url, ca_file, &limits, run.cancel);
    let http = opened.map_err(StageFailure::Transport)?;
    run.evidence.proxy = http.proxy().map(str::to_owned);
    run.evidence.proxy_login = http.proxy_login();
    let needs_proxy = http.proxy().is_none() && !url::Url::parse(url).is_ok_and(|url| is_loopback(&url));
    run.evidence.proxy_unread = needs_proxy && unread_setting().is_some();
    Ok(http)
}

/// Builds a client for an optional request that takes at most `duration`. The evidence stays that of the required requests.
pub(super) fn connect_briefly(run: &Run, url: &str, duration: Duration, body: usize) -> Result<Http, TransportError> {
    let limits = &run.settings.limits;
    let limits = Limits {
        // Connections are shared by those that have the same limit; `whole` bounds the connection too.
        connect: limits.connect,
        whole: duration.min(limits.whole),
        until: run.deadline.clone(),
        body,
        now: limits.now,
    };
    let ca_file = run.environment.ca_file.as_deref();
    Http::open(&run.settings.connections, url, ca_file, &limits, run.cancel)
}

fn host_of(url: &str) -> String {
    let parsed = url::Url::parse(url).ok();
    let host = parsed.as_ref().and_then(|url| {
        let host = url.host_str()?;
        Some(url.port().map_or(host.to_owned(), |port| format!("{host}:{port}")))
    });
    host.unwrap_or_else(|| crate::text::visible(url))
}

pub(super) fn check(run: &mut Run) -> Result<StageOutput<Maskinporten>, StageError> {
    let issuer = &run.environment.issuer;
    let address = metadata::address(issuer).ok_or_else(|| {
        StageFailure::Transport(TransportError::Insecure {
            url: crate::text::visible(issuer),
        })
    })?;
    let source = (address.clone(), run.environment.ca_file.clone());
    let (metadata, clock) = run.settings.published.metadata(source, || {
        let http = connect(run, &address)?;
        run.request(
            &http,
            |_| Ok(http.get(&address, None)?),
            |answer: &Response| Ok((metadata::read(answer)?, answer.clock)),
        )
    })?;
    run.note_clock(clock);
    let http = connect(run, &address)?;
    let seen = StageFacts::Network {
        host: http.host().to_owned(),
        tls: http.tls().map(str::to_owned),
        proxy: http.proxy().map(str::to_owned),
    };
    let algorithm = format!("{:?}", run.settings.algorithm);
    if let Some(difference) = metadata.difference(run.environment, &algorithm) {
        return Err(StageError::Failed(StageFailure::MetadataDiffers(difference), seen));
    }
    let value = Maskinporten {
        token_endpoint: metadata.token_endpoint,
        jwks: metadata.jwks.or(run.environment.jwks.clone()),
        clock,
    };
    Ok(StageOutput::passed(seen, value))
}

/// Compares the clocks. Sends nothing and spends no grant.
pub(super) fn clock(run: &mut Run, maskinporten: &Maskinporten) -> Result<StageOutput<()>, StageError> {
    let Some(clock) = maskinporten.clock else {
        return Ok(StageOutput::skipped(StageFacts::NoDate, ()));
    };
    let seen = StageFacts::Clock { ahead_s: clock.ahead_s };
    let off = clock.ahead_s.abs();
    // An offset within the error bound is no failure: Maskinporten decides.
    if off - clock.within_s > CLOCK_LIMIT_S {
        run.evidence.ahead_s = Some(clock.ahead_s);
        return Err(StageError::Failed(StageFailure::Clock, seen));
    }
    let outcome = if off - clock.within_s > CLOCK_WARN_S {
        Outcome::Warned
    } else {
        Outcome::Passed
    };
    Ok(StageOutput {
        outcome,
        seen,
        value: (),
    })
}

/// Returns the token endpoint without a whole check: reads the metadata only if the environment has no endpoint.
pub(super) fn endpoint(run: &mut Run) -> Result<Maskinporten, StageError> {
    run.evidence.stage = Stage::Network;
    match &run.environment.token_endpoint {
        Some(token_endpoint) => Ok(Maskinporten {
            token_endpoint: token_endpoint.clone(),
            jwks: run.environment.jwks.clone(),
            clock: None,
        }),
        None => check(run).map(|done| done.value),
    }
}

impl From<TransportError> for StageError {
    fn from(failure: TransportError) -> StageError {
        RequestError::Failed(failure).into()
    }
}
