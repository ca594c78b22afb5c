//! One grant a scope, so that the scope that is refused can be named; then what the token says, against what was asked
//! for.

use super::{
    Done, Halt, Run,
    network::{Maskinporten, connect},
};
use crate::{
    credential::Credential,
    diagnosis::{self, Difference, StageFailure, clean},
    http::{Answer, Http},
    maskinporten::{
        SMOKE_SCOPE,
        grant::{Grant, Proof},
        keys::{self, Keys},
        token::{self, Token, TokenClaims},
    },
    profile::{Authentication, Kind, organisation::same_organisation},
    report::{Outcome, StageFacts, TokenFacts},
    text::Args,
};

/// A token and the scope that was asked for.
pub(super) struct Granted {
    pub scope: String,
    pub token: Token,
}

pub(super) fn check(
    run: &mut Run,
    maskinporten: &Maskinporten,
    credential: &Credential,
) -> Result<Done<Vec<Granted>>, Halt> {
    let keys = published_keys(run, maskinporten)?;
    let http = connect(run, &maskinporten.token_endpoint)?;
    let asking = Asking {
        http: &http,
        endpoint: &maskinporten.token_endpoint,
        credential,
    };
    let (mut granted, mut seen, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for scope in &run.profile.client.scopes {
        run.evidence.scopes = vec![scope.clone()];
        match asking.grant(run, scope) {
            Ok(token) => {
                let said = token::said(&token.access_token);
                let verified = keys.as_ref().and_then(|keys| keys.verify(&token.access_token));
                seen.push(shown(scope, &token, said.as_ref(), verified));
                if let Some(trouble) = unexpected(run, scope, &token, said.as_ref(), verified) {
                    return Err(Halt::StageFailure(trouble, StageFacts::Tokens(seen)));
                }
                run.evidence.granted.push(scope.clone());
                granted.push(Granted {
                    scope: scope.clone(),
                    token,
                });
            }
            Err(Halt::StageFailure(StageFailure::Refused(received), _)) if diagnosis::is_about_scope(&received) => {
                refused.push((scope.clone(), received));
            }
            Err(Halt::StageFailure(trouble, _)) => return Err(Halt::StageFailure(trouble, tokens(seen))),
            Err(Halt::Cancelled) => return Err(Halt::Cancelled),
        }
    }
    let Some((first, received)) = refused.first().cloned() else {
        // The token's form is Maskinporten's own affair: a signature that could not be looked at is only worth a word.
        let unverified = seen.iter().any(|token| token.verified.is_none());
        let outcome = if unverified { Outcome::Warned } else { Outcome::Passed };
        return Ok(Done {
            outcome,
            seen: StageFacts::Tokens(seen),
            value: granted,
        });
    };
    run.evidence.scopes = refused
        .iter()
        .filter(|(_, other)| other.code() == received.code())
        .map(|(scope, _)| scope.clone())
        .collect();
    let mut trouble = StageFailure::Refused(received);
    if run.profile.business.kind == Some(Kind::Foreign) && granted.is_empty() && first != SMOKE_SCOPE {
        trouble = smoke_test(run, &asking, trouble)?;
    }
    Err(Halt::StageFailure(trouble, tokens(seen)))
}

fn tokens(seen: Vec<TokenFacts>) -> StageFacts {
    if seen.is_empty() {
        StageFacts::Nothing
    } else {
        StageFacts::Tokens(seen)
    }
}

/// Tries the scope that every accepted seal is granted, to tell the certificate from the scope. A refusal that says more
/// than the first takes its place.
fn smoke_test(run: &mut Run, asking: &Asking, trouble: StageFailure) -> Result<StageFailure, Halt> {
    run.note("note-smoke", Args::new().with("scope", SMOKE_SCOPE));
    match asking.grant(run, SMOKE_SCOPE) {
        Ok(_) => run.evidence.smoke = Some(true),
        Err(Halt::Cancelled) => return Err(Halt::Cancelled),
        Err(Halt::StageFailure(StageFailure::Refused(received), _)) => {
            run.evidence.smoke = Some(false);
            if !diagnosis::is_about_scope(&received) {
                return Ok(StageFailure::Refused(received));
            }
        }
        Err(Halt::StageFailure(..)) => {}
    }
    Ok(trouble)
}

/// The published keys. Not to have them is no reason to stop: a token is opaque to those who use it.
fn published_keys(run: &mut Run, maskinporten: &Maskinporten) -> Result<Option<Keys>, Halt> {
    let Some(address) = &maskinporten.jwks else {
        return Ok(None);
    };
    // Asked once: it is not worth waiting for.
    let asked = connect(run, address).and_then(|http| Ok(keys::read(&http.get(address, None)?)?));
    match asked {
        Ok(keys) => Ok(Some(keys)),
        Err(Halt::Cancelled) => Err(Halt::Cancelled),
        Err(Halt::StageFailure(..)) => Ok(None),
    }
}

/// Where grants are sent, and what they are signed with.
pub(super) struct Asking<'a> {
    pub http: &'a Http,
    pub endpoint: &'a str,
    pub credential: &'a Credential,
}

impl Asking<'_> {
    pub fn grant(&self, run: &mut Run, scope: &str) -> Result<Token, Halt> {
        run.ask(|run| self.send(run, scope), token::read)
    }

    /// Signs a fresh grant and sends it.
    fn send(&self, run: &Run, scope: &str) -> Result<Answer, Halt> {
        let client = &run.profile.client;
        let unusable = || Halt::from(StageFailure::Certificate(Vec::new()));
        let chain = self.credential.chain();
        let proof = match (run.profile.authentication(), run.profile.business.kind) {
            (Authentication::Key, _) => Proof::Kid(client.kid.as_deref().ok_or_else(unusable)?),
            // No list says which chain a European authority uses, so Maskinporten asks for all of it.
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
        let key = self.credential.encoding_key().map_err(|_| unusable())?;
        let now = (run.settings.limits.now)();
        let jti = uuid::Uuid::new_v4().to_string();
        let signed = grant
            .sign(proof, &key, run.settings.algorithm, now, &jti)
            .map_err(|_| unusable())?;
        Ok(token::request(self.http, self.endpoint, &signed)?)
    }
}

fn shown(scope: &str, token: &Token, said: Option<&TokenClaims>, verified: Option<bool>) -> TokenFacts {
    let of = |part: fn(&TokenClaims) -> &Option<String>| said.and_then(|said| part(said).as_deref()).map(clean);
    TokenFacts {
        scope: token.scope.as_deref().map(clean).unwrap_or_else(|| scope.to_owned()),
        consumer: of(|said| &said.consumer),
        supplier: of(|said| &said.supplier),
        client_amr: of(|said| &said.client_amr),
        expires_in: token.expires_in,
        verified,
    }
}

/// What about a token is not as it was asked for. What a token does not say is not held against it.
fn unexpected(
    run: &Run,
    scope: &str,
    token: &Token,
    said: Option<&TokenClaims>,
    verified: Option<bool>,
) -> Option<StageFailure> {
    let difference = |what, expected: &str, got: &str| {
        Some(StageFailure::TokenUnexpected(Difference {
            what,
            expected: expected.to_owned(),
            got: clean(got),
        }))
    };
    let issuer = said.and_then(|said| said.issuer.as_deref());
    if let Some(got) = issuer.filter(|got| *got != run.environment.issuer) {
        return difference("issuer", &run.environment.issuer, got);
    }
    for granted in [token.scope.as_deref(), said.and_then(|said| said.scope.as_deref())]
        .into_iter()
        .flatten()
    {
        if !granted.split_whitespace().any(|one| one == scope) {
            return difference("scope", scope, granted);
        }
    }
    let consumer = said.and_then(|said| said.consumer.as_deref());
    if let (Some(expected), Some(got)) = (expected_consumer(run), consumer)
        && !same_organisation(&expected, got)
    {
        return difference("consumer", &expected, got);
    }
    (verified == Some(false)).then_some(StageFailure::TokenSignature)
}

/// Whom the token should be for: a foreign business is what its certificate says, a Norwegian one what its client says.
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
