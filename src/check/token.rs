//! The token stage: one grant per scope, so that a refused scope can be named; then each token's claims, compared with
//! the request.

use std::sync::Arc;

use super::{
    Run, StageError, StageOutput,
    network::{Maskinporten, connect},
    scope_facts,
};
use crate::{
    credential::Credential,
    diagnosis::{self, Difference, RefusedScope, StageFailure, clean},
    http::{Http, Response},
    maskinporten::{
        SMOKE_SCOPE,
        grant::{Grant, Proof},
        jwks::{self, Keys},
        token::{self, Token, TokenClaims},
    },
    profile::{Authentication, Kind, organisation::same_organisation},
    report::{Outcome, StageFacts, TokenFacts},
    text::Args,
};

/// A token and the scope that was requested.
pub(super) struct Granted {
    pub scope: String,
    pub token: Token,
}

pub(super) fn check(
    run: &mut Run,
    maskinporten: &Maskinporten,
    credential: &Credential,
) -> Result<StageOutput<Vec<Granted>>, StageError> {
    let keys = published_keys(run, maskinporten)?;
    let http = connect(run, &maskinporten.token_endpoint)?;
    let requester = TokenRequester {
        http: &http,
        endpoint: &maskinporten.token_endpoint,
        credential,
    };
    let (mut granted, mut seen) = (Vec::new(), Vec::new());
    for scope in &run.profile.client.scopes {
        run.evidence.scopes = vec![scope.clone()];
        match requester.grant(run, scope) {
            Ok(token) => {
                let claims = token::claims(&token.access_token);
                let verified = keys.as_ref().and_then(|keys| keys.verify(&token.access_token));
                seen.push(token_facts(scope, &token, claims.as_ref(), verified));
                if let Some(failure) = unexpected(run, scope, &token, claims.as_ref(), verified) {
                    return Err(StageError::Failed(failure, StageFacts::Tokens(seen)));
                }
                run.evidence.granted.push(scope.clone());
                granted.push(Granted {
                    scope: scope.clone(),
                    token,
                });
            }
            Err(StageError::Failed(failure, _)) if is_about_scope(&failure) => {
                run.evidence.refused.push(RefusedScope {
                    scope: scope.clone(),
                    failure,
                });
            }
            Err(StageError::Failed(failure, _)) => return Err(StageError::Failed(failure, tokens(seen))),
            Err(StageError::Cancelled) => return Err(StageError::Cancelled),
        }
    }
    let Some(first) = run.evidence.refused.first().cloned() else {
        // The token's form is up to Maskinporten: a signature that cannot be verified is a warning only.
        let unverified = seen.iter().any(|token| token.verified.is_none());
        let outcome = if unverified { Outcome::Warned } else { Outcome::Passed };
        return Ok(StageOutput {
            outcome,
            seen: StageFacts::Tokens(seen),
            value: granted,
        });
    };
    run.evidence.scopes = run
        .evidence
        .refused
        .iter()
        .map(|refused| refused.scope.clone())
        .collect();
    let mut failure = first.failure;
    if run.profile.business.kind == Some(Kind::Foreign) && granted.is_empty() && first.scope != SMOKE_SCOPE {
        failure = smoke_test(run, &requester, failure)?;
    }
    let scopes = run.evidence.scopes.clone();
    run.evidence.scope_facts = scope_facts::read(run, &scopes)?;
    Err(StageError::Failed(failure, tokens(seen)))
}

/// Returns whether a failure is the refusal of a scope only, so that another scope may still be granted.
fn is_about_scope(failure: &StageFailure) -> bool {
    matches!(failure, StageFailure::Refused(received) if diagnosis::is_about_scope(received))
}

fn tokens(seen: Vec<TokenFacts>) -> StageFacts {
    if seen.is_empty() {
        StageFacts::Nothing
    } else {
        StageFacts::Tokens(seen)
    }
}

/// Requests the scope that every accepted eSeal is granted, to separate a certificate problem from a scope problem.
/// Returns the failure to report: the second refusal if it is not about a scope, else the first.
fn smoke_test(run: &mut Run, requester: &TokenRequester, failure: StageFailure) -> Result<StageFailure, StageError> {
    run.note("note-smoke", Args::new().with("scope", SMOKE_SCOPE));
    match requester.grant(run, SMOKE_SCOPE) {
        Ok(_) => run.evidence.smoke = Some(true),
        Err(StageError::Cancelled) => return Err(StageError::Cancelled),
        Err(StageError::Failed(StageFailure::Refused(received), _)) => {
            run.evidence.smoke = Some(false);
            if !diagnosis::is_about_scope(&received) {
                return Ok(StageFailure::Refused(received));
            }
        }
        Err(StageError::Failed(..)) => {}
    }
    Ok(failure)
}

/// Reads the published keys. `None` without them, which does not stop the check: a token is opaque to its users.
fn published_keys(run: &mut Run, maskinporten: &Maskinporten) -> Result<Option<Arc<Keys>>, StageError> {
    let Some(address) = &maskinporten.jwks else {
        return Ok(None);
    };
    // Requested once, without retries: the keys are optional.
    let source = (address.clone(), run.environment.ca_file.clone());
    let asked = run.settings.published.keys(source, || {
        let http = connect(run, address)?;
        Ok(Arc::new(jwks::read(&http.get(address, None)?)?))
    });
    match asked {
        Ok(keys) => Ok(Some(keys)),
        Err(StageError::Cancelled) => Err(StageError::Cancelled),
        Err(StageError::Failed(..)) => Ok(None),
    }
}

/// The endpoint and the credential for token requests.
pub(super) struct TokenRequester<'a> {
    pub http: &'a Http,
    pub endpoint: &'a str,
    pub credential: &'a Credential,
}

impl TokenRequester<'_> {
    pub fn grant(&self, run: &mut Run, scope: &str) -> Result<Token, StageError> {
        run.request(self.http, |run| self.send(run, scope), token::read)
    }

    /// Signs a fresh grant and sends it.
    fn send(&self, run: &Run, scope: &str) -> Result<Response, StageError> {
        let client = &run.profile.client;
        let unusable = || StageError::from(StageFailure::Certificate(Vec::new()));
        let chain = self.credential.chain();
        let proof = match (run.profile.authentication(), run.profile.business.kind) {
            (Authentication::Key, _) => Proof::Kid(client.kid.as_deref().ok_or_else(unusable)?),
            // No list has the chains of the European authorities, so Maskinporten asks for the whole chain.
            (Authentication::Certificate, Some(Kind::Foreign)) => Proof::Chain(chain),
            (Authentication::Certificate, _) => Proof::Chain(chain.get(..1).ok_or_else(unusable)?),
        };
        let grant = Grant {
            audience: &run.environment.issuer,
            client: client.id.as_deref().unwrap_or_default(),
            scope,
            consumer_org: client
                .consumer_org
                .as_deref()
                .filter(|_| run.profile.business.kind == Some(Kind::Norwegian)),
        };
        let now = (run.settings.limits.now)();
        let jti = uuid::Uuid::new_v4().to_string();
        let signed = grant
            .sign(proof, self.credential, run.settings.algorithm, now, &jti)
            .map_err(|_| unusable())?;
        Ok(token::request(self.http, self.endpoint, &signed)?)
    }
}

fn token_facts(scope: &str, token: &Token, claims: Option<&TokenClaims>, verified: Option<bool>) -> TokenFacts {
    let of = |part: fn(&TokenClaims) -> &Option<String>| claims.and_then(|claims| part(claims).as_deref()).map(clean);
    TokenFacts {
        scope: token.scope.as_deref().map(clean).unwrap_or_else(|| scope.to_owned()),
        consumer: of(|claims| &claims.consumer),
        supplier: of(|claims| &claims.supplier),
        client_amr: of(|claims| &claims.client_amr),
        expires_in: token.expires_in,
        verified,
    }
}

/// Returns the first difference between a token and its request. A missing claim is no difference.
fn unexpected(
    run: &Run,
    scope: &str,
    token: &Token,
    claims: Option<&TokenClaims>,
    verified: Option<bool>,
) -> Option<StageFailure> {
    let difference = |what, expected: &str, got: &str| {
        Some(StageFailure::TokenUnexpected(Difference {
            what,
            expected: expected.to_owned(),
            got: clean(got),
        }))
    };
    let issuer = claims.and_then(|claims| claims.issuer.as_deref());
    if let Some(got) = issuer.filter(|got| *got != run.environment.issuer) {
        return difference("issuer", &run.environment.issuer, got);
    }
    for granted in [
        token.scope.as_deref(),
        claims.and_then(|claims| claims.scope.as_deref()),
    ]
    .into_iter()
    .flatten()
    {
        if !granted.split_whitespace().any(|one| one == scope) {
            return difference("scope", scope, granted);
        }
    }
    let consumer = claims.and_then(|claims| claims.consumer.as_deref());
    if let (Some(expected), Some(got)) = (expected_consumer(run), consumer)
        && !same_organisation(&expected, got)
    {
        return difference("consumer", &expected, got);
    }
    (verified == Some(false)).then_some(StageFailure::TokenSignature)
}

/// Returns the organisation that the token should be for: a foreign business's from its certificate, a Norwegian one's from
/// its client.
fn expected_consumer(run: &Run) -> Option<String> {
    let client = &run.profile.client;
    let business = run.profile.business.organisation.clone();
    match run.profile.business.kind {
        Some(Kind::Foreign) => {
            let certificate = run.evidence.certificate.as_ref();
            certificate.and_then(|chosen| chosen.organisation.clone()).or(business)
        }
        _ => client.consumer_org.clone().or(business),
    }
}
