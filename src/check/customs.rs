//! Customs: each token exchanged, and the test call of each service that has one.

use zeroize::Zeroizing;

use super::{Done, Halt, Run, network::connect, token::Granted};
use crate::{
    customs,
    http::Http,
    journey::services::{self, Service, branch_of_scope},
    maskinporten::token::Token,
    report::StageFacts,
};

/// A Customs token and the scope it came of.
pub(super) struct Exchanged {
    scope: String,
    access_token: Zeroizing<String>,
}

pub(super) fn exchange(run: &mut Run, tokens: &[Granted]) -> Result<Done<Vec<Exchanged>>, Halt> {
    let Some(base) = &run.environment.customs else {
        return Ok(Done::skipped(StageFacts::NoCustoms, Vec::new()));
    };
    // Other scopes, such as the smoke test's, are nothing to Customs.
    let ours: Vec<_> = tokens
        .iter()
        .filter(|granted| branch_of_scope(&granted.scope).is_some())
        .collect();
    if ours.is_empty() {
        return Ok(Done::skipped(StageFacts::NoCustomsScope, Vec::new()));
    }
    let http = connect(run, base)?;
    let (mut exchanged, mut shortest) = (Vec::new(), u64::MAX);
    run.evidence.granted.clear();
    for granted in ours {
        let token = exchange_over(run, &http, base, granted)?;
        shortest = shortest.min(token.expires_in);
        run.evidence.granted.push(granted.scope.clone());
        exchanged.push(Exchanged {
            scope: granted.scope.clone(),
            access_token: token.access_token,
        });
    }
    Ok(Done::passed(StageFacts::Customs { expires_in: shortest }, exchanged))
}

/// Exchanges one token, for a command that wants nothing else.
pub(super) fn exchange_one(run: &mut Run, granted: &Granted) -> Result<Token, Halt> {
    let base = run
        .environment
        .customs
        .clone()
        .ok_or(crate::diagnosis::StageFailure::NoCustoms)?;
    let http = connect(run, &base)?;
    exchange_over(run, &http, &base, granted)
}

fn exchange_over(run: &mut Run, http: &Http, base: &str, granted: &Granted) -> Result<Token, Halt> {
    run.evidence.scopes = vec![granted.scope.clone()];
    run.ask(
        |_| Ok(customs::exchange(http, base, &granted.token.access_token)?),
        customs::read,
    )
}

pub(super) fn test_calls(run: &mut Run, tokens: Vec<Exchanged>) -> Result<Done<()>, Halt> {
    let Some(base) = run.environment.customs.as_ref().filter(|_| !tokens.is_empty()) else {
        return Ok(Done::skipped(StageFacts::Nothing, ()));
    };
    let calls: Vec<(&Service, &str, &Exchanged)> = tokens
        .iter()
        .filter_map(|token| {
            let service = services::service_of_scope(&token.scope)?;
            Some((service, service.test_call.as_deref()?, token))
        })
        .collect();
    if calls.is_empty() {
        return Ok(Done::skipped(StageFacts::NoTestCall, ()));
    }
    let http = connect(run, base)?;
    let mut answered = Vec::new();
    for (service, path, token) in calls {
        run.evidence.scopes = vec![token.scope.clone()];
        run.ask(
            |_| Ok(customs::test_call(&http, base, path, &token.access_token)?),
            |answer| customs::read_test_call(answer, &service.id),
        )?;
        answered.push(service.id.clone());
    }
    let seen = StageFacts::Api {
        service: answered.join(", "),
        status: 200,
    };
    Ok(Done::passed(seen, ()))
}
