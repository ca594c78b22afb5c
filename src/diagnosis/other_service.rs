//! Causes that another service than ours has sent, by what is named beside them.

use std::cell::OnceCell;

use super::{
    Stage,
    cause::{Candidate, Cause},
    service::{Service, names_other_path, service_of},
    table::{FIRST_SENTENCE, Strength, UNKNOWN},
    values::{host_in, names_other_port, words},
};

/// Parts of the addresses of token services and of errors.
const TOKEN_ADDRESSES: [&str; 4] = ["/token", "/oauth", "/connect", "error_uri"];
/// Scopes of OpenID Connect, which have no owner in their name.
const OPENID_SCOPES: [&str; 4] = ["openid", "profile", "email", "roles"];

/// A line, with what it names. A line may have thousands of causes, so that each question is answered once.
pub(super) struct Surroundings<'a> {
    line: &'a str,
    service: OnceCell<Option<Service>>,
    is_other_port: OnceCell<bool>,
    is_other_path: OnceCell<bool>,
    has_token_address: OnceCell<bool>,
}

impl<'a> Surroundings<'a> {
    pub fn new(line: &'a str) -> Surroundings<'a> {
        Surroundings {
            line,
            service: OnceCell::new(),
            is_other_port: OnceCell::new(),
            is_other_path: OnceCell::new(),
            has_token_address: OnceCell::new(),
        }
    }

    /// Returns whether another service than ours is named beside the answer or the connection: its host, or the port or the path
    /// of a weak one. The description tells before the line.
    pub fn is_of_other_service(&self, text: &str, candidate: &Candidate) -> bool {
        let cause = &candidate.cause;
        let is_own = cause.id().starts_with("portal-") || (cause.id() == "terms-not-signed" && cause.phrase.is_some());
        if cause.code.is_some() || cause.report.is_some() || is_own || cause.variant == Some("proxy") {
            return false;
        }
        let is_weak = candidate.strength <= Strength::OtherProgram;
        let is_unknown = cause.entry.is_some_and(|entry| entry.id == UNKNOWN) && cause.variant != Some("refused");
        let stage = cause.entry.map_or(Stage::Token, |entry| entry.stage);
        if stage == Stage::Network || is_unknown {
            return is_weak && self.is_other_port();
        }
        if stage < Stage::Network {
            return false;
        }
        let description = &text[cause.description.clone()];
        let is_whole_line = description.len() == self.line.len();
        let of_description = (!is_whole_line).then(|| service_of(description)).flatten();
        match of_description.or_else(|| self.service()) {
            // The address of the caller's own program often stands before a refusal.
            Some(Service::Other) => self.has_token_address() || !description.to_lowercase().contains(FIRST_SENTENCE),
            Some(_) => false,
            None if cause.id() == "customs-not-authorised" => names_other_scope(text, cause),
            None => is_weak && self.is_other_path(),
        }
    }

    fn service(&self) -> Option<Service> {
        *self.service.get_or_init(|| service_of(self.line))
    }

    fn is_other_port(&self) -> bool {
        let is_other = || host_in(self.line).is_none() && names_other_port(self.line);
        *self.is_other_port.get_or_init(is_other)
    }

    fn is_other_path(&self) -> bool {
        *self.is_other_path.get_or_init(|| names_other_path(self.line))
    }

    fn has_token_address(&self) -> bool {
        let contains = || TOKEN_ADDRESSES.iter().any(|part| self.line.contains(part));
        *self.has_token_address.get_or_init(contains)
    }
}

/// Returns whether the sentence of Customs' refusal goes on with something else than a scope of Customs.
fn names_other_scope(text: &str, cause: &Cause) -> bool {
    let rest = &text[cause.at.end..cause.description.end.max(cause.at.end)];
    let sentence = rest.split(['(', '{', '}', '\n']).next().unwrap_or_default();
    let word = words(sentence).find(|word| !word.is_empty()).unwrap_or_default();
    word.contains([':', '.', '/', '_']) || OPENID_SCOPES.contains(&word)
}
