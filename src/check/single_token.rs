//! One token without the whole check, by the stages that are needed for it.

use zeroize::Zeroizing;

use super::{
    Cancel, Run, Settings, StageError, Subject, certificate, customs,
    network::{self, connect},
    profile,
    token::{Granted, TokenRequester},
};
use crate::{
    credential::Opened,
    diagnosis::{Diagnosis, Stage, StageFailure},
    maskinporten::token::Token,
};

/// A token that was issued.
pub struct IssuedToken {
    pub access_token: Zeroizing<String>,
    /// The scopes it is for, as they were requested.
    pub scope: String,
    /// Lifetime in seconds.
    pub expires_in: u64,
}

impl std::fmt::Debug for IssuedToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssuedToken")
            .field("scope", &self.scope)
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}

/// Gets a token from Maskinporten for `scope`, or for the profile's first scope. `open` provides the credential once the
/// profile is known to be complete.
///
/// # Errors
///
/// The diagnosis of the stage that failed.
pub fn token(
    subject: &Subject,
    settings: &Settings,
    open: &mut dyn FnMut() -> Opened,
    scope: Option<&str>,
) -> Result<Zeroizing<String>, Diagnosis> {
    Ok(issue_token(subject, settings, open, scope, false)?.access_token)
}

/// Gets a token from Maskinporten and exchanges it for Customs'.
///
/// # Errors
///
/// The diagnosis of the stage that failed.
pub fn customs_token(
    subject: &Subject,
    settings: &Settings,
    open: &mut dyn FnMut() -> Opened,
    scope: Option<&str>,
) -> Result<Zeroizing<String>, Diagnosis> {
    Ok(issue_token(subject, settings, open, scope, true)?.access_token)
}

/// Gets a token with its lifetime: as [`token`], or as [`customs_token`] with `customs`.
///
/// # Errors
///
/// The diagnosis of the stage that failed.
pub fn issue_token(
    subject: &Subject,
    settings: &Settings,
    open: &mut dyn FnMut() -> Opened,
    scope: Option<&str>,
    customs: bool,
) -> Result<IssuedToken, Diagnosis> {
    run_single(subject, settings, |run| {
        let granted = one_token(run, open, scope)?;
        if !customs {
            return Ok(issued(granted.token, granted.scope));
        }
        run.evidence.stage = Stage::Customs;
        Ok(issued(customs::exchange_one(run, &granted)?, granted.scope))
    })
}

fn issued(token: Token, scope: String) -> IssuedToken {
    IssuedToken {
        access_token: token.access_token,
        scope,
        expires_in: token.expires_in,
    }
}

fn one_token(run: &mut Run, open: &mut dyn FnMut() -> Opened, scope: Option<&str>) -> Result<Granted, StageError> {
    profile::check(run)?;
    run.evidence.stage = Stage::Certificate;
    let credential = certificate::check(run, open)?.value;
    let scope = scope
        .or(run.profile.client.scopes.first().map(String::as_str))
        .unwrap_or_default()
        .to_owned();
    run.evidence.scopes = vec![scope.clone()];
    let maskinporten = network::endpoint(run)?;
    run.evidence.stage = Stage::Token;
    let http = connect(run, &maskinporten.token_endpoint)?;
    let requester = TokenRequester {
        http: &http,
        endpoint: &maskinporten.token_endpoint,
        credential: &credential,
    };
    let token = requester.grant(run, &scope)?;
    Ok(Granted { scope, token })
}

fn run_single(
    subject: &Subject,
    settings: &Settings,
    work: impl FnOnce(&mut Run) -> Result<IssuedToken, StageError>,
) -> Result<IssuedToken, Diagnosis> {
    let (cancel, mut ignore_events) = (Cancel::default(), |_| {});
    let mut run = Run::new(subject, settings, &cancel, &mut ignore_events);
    work(&mut run).map_err(|halt| {
        let failure = match halt {
            StageError::Failed(failure, _) => failure,
            // Unreachable: no other clone of this `Cancel` exists.
            StageError::Cancelled => StageFailure::Down { status: None },
        };
        run.diagnose(failure)
    })
}
