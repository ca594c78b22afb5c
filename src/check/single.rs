//! One token, for a command that wants nothing else: no more of the check's stages than it takes.

use zeroize::Zeroizing;

use super::{
    Cancel, Halt, Run, Settings, Subject, certificate, customs,
    network::{self, connect},
    profile,
    token::{Asking, Granted},
};
use crate::{
    credential::Opened,
    diagnosis::{self, Diagnosis, Stage, StageFailure},
};

/// A token from Maskinporten for one scope; for the profile's first where none is named. `open` is asked for the credential once the profile is known to be complete.
pub fn token(
    subject: &Subject,
    settings: &Settings,
    open: &mut dyn FnMut() -> Opened,
    scope: Option<&str>,
) -> Result<Zeroizing<String>, Diagnosis> {
    alone(subject, settings, |run| {
        Ok(one_token(run, open, scope)?.token.access_token)
    })
}

/// Maskinporten's token exchanged for Customs'.
pub fn customs_token(
    subject: &Subject,
    settings: &Settings,
    open: &mut dyn FnMut() -> Opened,
    scope: Option<&str>,
) -> Result<Zeroizing<String>, Diagnosis> {
    alone(subject, settings, |run| {
        let granted = one_token(run, open, scope)?;
        run.evidence.stage = Stage::Customs;
        Ok(customs::exchange_one(run, &granted)?.access_token)
    })
}

fn one_token(run: &mut Run, open: &mut dyn FnMut() -> Opened, scope: Option<&str>) -> Result<Granted, Halt> {
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
    let asking = Asking {
        http: &http,
        endpoint: &maskinporten.token_endpoint,
        credential: &credential,
    };
    let token = asking.grant(run, &scope)?;
    Ok(Granted { scope, token })
}

fn alone(
    subject: &Subject,
    settings: &Settings,
    work: impl FnOnce(&mut Run) -> Result<Zeroizing<String>, Halt>,
) -> Result<Zeroizing<String>, Diagnosis> {
    let (cancel, mut unheard) = (Cancel::default(), |_| {});
    let mut run = Run::new(subject, settings, &cancel, &mut unheard);
    work(&mut run).map_err(|halt| {
        let trouble = match halt {
            Halt::StageFailure(trouble, _) => trouble,
            // Nobody holds the other half of this cancel.
            Halt::Cancelled => StageFailure::Down { status: None },
        };
        diagnosis::weigh(&run.evidence, &trouble)
    })
}
