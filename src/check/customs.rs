//! The customs stage: the exchange of each token.

use zeroize::Zeroizing;

use super::{Run, StageError, StageOutput, network::connect, token::Granted};
use crate::{
    customs,
    diagnosis::{RefusedScope, StageFailure},
    http::Http,
    journey::services::branch_of_scope,
    maskinporten::token::Token,
    report::StageFacts,
};

/// A Customs token and its scope.
pub(super) struct Exchanged {
    pub scope: String,
    pub access_token: Zeroizing<String>,
}

pub(super) fn exchange(run: &mut Run, tokens: &[Granted]) -> Result<StageOutput<Vec<Exchanged>>, StageError> {
    let Some(base) = &run.environment.customs else {
        return Ok(StageOutput::skipped(StageFacts::NoCustoms, Vec::new()));
    };
    // Customs exchanges no other scopes, such as the smoke test's.
    let ours: Vec<_> = tokens
        .iter()
        .filter(|granted| branch_of_scope(&granted.scope).is_some())
        .collect();
    if ours.is_empty() {
        return Ok(StageOutput::skipped(StageFacts::NoCustomsScope, Vec::new()));
    }
    let http = connect(run, base)?;
    let (mut exchanged, mut shortest) = (Vec::new(), u64::MAX);
    run.evidence.granted.clear();
    for granted in ours {
        let token = match exchange_over(run, &http, base, granted) {
            Ok(token) => token,
            // Another scope may still be exchanged.
            Err(StageError::Failed(failure @ StageFailure::CustomsRefused(_), _)) => {
                run.evidence.refused.push(RefusedScope {
                    scope: granted.scope.clone(),
                    failure,
                });
                continue;
            }
            Err(error) => return Err(error),
        };
        shortest = shortest.min(token.expires_in);
        run.evidence.granted.push(granted.scope.clone());
        exchanged.push(Exchanged {
            scope: granted.scope.clone(),
            access_token: token.access_token,
        });
    }
    if let Some(first) = run.evidence.refused.first() {
        return Err(first.failure.clone().into());
    }
    Ok(StageOutput::passed(
        StageFacts::Customs { expires_in: shortest },
        exchanged,
    ))
}

/// Exchanges one token, without the whole check.
pub(super) fn exchange_one(run: &mut Run, granted: &Granted) -> Result<Token, StageError> {
    let base = run.environment.customs.clone().ok_or(StageFailure::NoCustoms)?;
    let http = connect(run, &base)?;
    exchange_over(run, &http, &base, granted)
}

fn exchange_over(run: &mut Run, http: &Http, base: &str, granted: &Granted) -> Result<Token, StageError> {
    run.evidence.scopes = vec![granted.scope.clone()];
    run.request(
        http,
        |_| Ok(customs::exchange(http, base, &granted.token.access_token)?),
        customs::read,
    )
}
