//! The way to Maskinporten, and the two clocks. The first request goes to the issuer's metadata: it needs no grant, so
//! that whatever stands in the way is met before anything secret is sent.

use super::{Done, Halt, Run};
use crate::{
    diagnosis::{Stage, StageFailure, TransportError},
    http::{Answer, Http, RequestError},
    maskinporten::metadata,
    report::{Outcome, StageFacts},
};

/// Seconds that Maskinporten lets a clock be off, one way or the other.
const LIMIT_S: f64 = 10.0;
/// Seconds from which a warning is due.
const WARN_S: f64 = 5.0;

/// Where to send grants, and what was learnt on the way.
pub(super) struct Maskinporten {
    pub token_endpoint: String,
    pub jwks: Option<String>,
    clock: Option<crate::http::ClockMeasurement>,
}

/// Makes ready for requests to a host, and remembers it as the one that is asked.
pub(super) fn connect(run: &mut Run, url: &str) -> Result<Http, Halt> {
    run.evidence.host = host_of(url);
    run.evidence.proxy = None;
    let opened = Http::open(
        url,
        run.environment.ca_file.as_deref(),
        &run.settings.limits,
        run.cancel,
    );
    let http = opened.map_err(StageFailure::Transport)?;
    run.evidence.proxy = http.proxy().map(str::to_owned);
    Ok(http)
}

fn host_of(url: &str) -> String {
    let parsed = url::Url::parse(url).ok();
    let host = parsed.as_ref().and_then(|url| {
        let host = url.host_str()?;
        Some(url.port().map_or(host.to_owned(), |port| format!("{host}:{port}")))
    });
    host.unwrap_or_else(|| crate::text::visible(url))
}

pub(super) fn check(run: &mut Run) -> Result<Done<Maskinporten>, Halt> {
    let issuer = &run.environment.issuer;
    let address = metadata::address(issuer).ok_or_else(|| {
        StageFailure::Transport(TransportError::Insecure {
            url: crate::text::visible(issuer),
        })
    })?;
    let http = connect(run, &address)?;
    let (metadata, clock) = run.ask(
        |_| Ok(http.get(&address, None)?),
        |answer: &Answer| Ok((metadata::read(answer)?, answer.clock)),
    )?;
    let seen = StageFacts::Network {
        host: http.host().to_owned(),
        tls: http.tls().map(str::to_owned),
        proxy: http.proxy().map(str::to_owned),
    };
    let algorithm = format!("{:?}", run.settings.algorithm);
    if let Some(difference) = metadata.difference(run.environment, &algorithm) {
        return Err(Halt::StageFailure(StageFailure::MetadataDiffers(difference), seen));
    }
    let value = Maskinporten {
        token_endpoint: metadata.token_endpoint,
        jwks: metadata.jwks.or(run.environment.jwks.clone()),
        clock,
    };
    Ok(Done::passed(seen, value))
}

/// Compares the clocks, without a request and without spending a grant.
pub(super) fn clock(run: &mut Run, maskinporten: &Maskinporten) -> Result<Done<()>, Halt> {
    let Some(clock) = maskinporten.clock else {
        return Ok(Done::skipped(StageFacts::NoDate, ()));
    };
    let seen = StageFacts::Clock { ahead_s: clock.ahead_s };
    let off = clock.ahead_s.abs();
    // What may be the measurement's own error is not held against the clock: Maskinporten will tell.
    if off - clock.within_s > LIMIT_S {
        run.evidence.ahead_s = Some(clock.ahead_s);
        return Err(Halt::StageFailure(StageFailure::Clock, seen));
    }
    let outcome = if off - clock.within_s > WARN_S {
        Outcome::Warned
    } else {
        Outcome::Passed
    };
    Ok(Done {
        outcome,
        seen,
        value: (),
    })
}

/// Where grants go, for a token without the whole check: the metadata is asked only where the environment does not say.
pub(super) fn endpoint(run: &mut Run) -> Result<Maskinporten, Halt> {
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

impl From<TransportError> for Halt {
    fn from(failure: TransportError) -> Halt {
        RequestError::Failed(failure).into()
    }
}
