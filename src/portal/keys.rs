//! The keys of a client: a key that is added, and the rotation from one key to the next.
//!
//! The set is always replaced as a whole, with the keys of others in it. A rotation is four steps, of which each can be repeated:
//! both keys on the client, a token with the new one, the profile uses it, and the old one is taken off the client. Between them,
//! the profile's key is always one that the client has.

use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{
    Portal, PortalError,
    body::{self, MAX_KEYS, kid},
};
use crate::{
    check::{self, Subject},
    credential::{Opened, PublicJwk},
    diagnosis::Diagnosis,
};

/// The longest time until Maskinporten knows a new key (Digdir: a change takes effect within ten minutes).
pub const MAX_WAIT: Duration = Duration::from_secs(600);
/// The diagnoses of a key or a client that Maskinporten does not know yet.
const NOT_YET_KNOWN: [&str; 2] = ["kid-unknown", "client-unknown"];
/// The diagnoses of a token request whose key was accepted.
const KEY_ACCEPTED: [&str; 3] = ["scope-not-granted", "scope-not-on-client", "not-delegated"];

/// The change of a set of keys.
#[derive(Debug, Clone, PartialEq)]
pub enum KeysPlan {
    /// The set is as it should be.
    Unchanged,
    /// The set is to be replaced by these keys.
    Replace(Vec<Value>),
    /// The client has another key of this name.
    NameTaken,
    /// The client has as many keys as it can.
    Full(Vec<String>),
}

/// Plans to add a key to a set. The keys that are there stay.
pub fn plan_added(keys: &[Value], new: &PublicJwk) -> KeysPlan {
    if let Some(same) = keys.iter().find(|key| kid(key) == new.kid) {
        let is_same = same.get("n").and_then(Value::as_str) == Some(&new.n);
        return if is_same {
            KeysPlan::Unchanged
        } else {
            KeysPlan::NameTaken
        };
    }
    if keys.len() >= MAX_KEYS {
        return KeysPlan::Full(keys.iter().map(|key| kid(key).to_owned()).collect());
    }
    KeysPlan::Replace(keys.iter().cloned().chain([body::jwk(new)]).collect())
}

/// Plans to take a key off a set. The last key stays: without one, the client would accept certificates again.
pub fn plan_removed(keys: &[Value], old: &str) -> KeysPlan {
    let left: Vec<Value> = keys.iter().filter(|key| kid(key) != old).cloned().collect();
    if left.len() == keys.len() || left.is_empty() {
        return KeysPlan::Unchanged;
    }
    KeysPlan::Replace(left)
}

/// Replaces the keys of a client.
pub fn replace(portal: &mut Portal, client: &str, keys: &[Value]) -> Result<(), PortalError> {
    portal.replace_keys(client, &body::key_set(keys))
}

/// The end of the wait for a new key.
#[derive(Debug, Clone, PartialEq)]
pub enum WaitEnd {
    /// Maskinporten accepts the key.
    Accepted,
    /// It did not within [`MAX_WAIT`]: the last diagnosis.
    TooLong(Box<Diagnosis>),
    /// The token request failed for another reason.
    Failed(Box<Diagnosis>),
}

/// Requests tokens with a key until Maskinporten accepts it. `subject` has the profile with the new key, `on_wait` is called with
/// the time waited before each pause.
pub fn wait_until_accepted(
    portal: &Portal,
    subject: &Subject,
    opened: &Opened,
    mut pauses: impl Iterator<Item = Duration>,
    on_wait: &mut dyn FnMut(Duration),
) -> WaitEnd {
    let start = Instant::now();
    loop {
        let token = check::token(subject, portal.settings(), &mut || opened.clone(), None);
        let diagnosis = match token {
            Ok(_) => return WaitEnd::Accepted,
            Err(diagnosis) if KEY_ACCEPTED.contains(&diagnosis.id.as_str()) => return WaitEnd::Accepted,
            Err(diagnosis) => Box::new(diagnosis),
        };
        if !NOT_YET_KNOWN.contains(&diagnosis.id.as_str()) {
            return WaitEnd::Failed(diagnosis);
        }
        let Some(pause) = pauses.next().filter(|pause| start.elapsed() + *pause <= MAX_WAIT) else {
            return WaitEnd::TooLong(diagnosis);
        };
        on_wait(start.elapsed());
        thread::sleep(pause);
    }
}

/// Returns the pauses between two token requests: short ones first, as the sandbox and most changes are quick.
pub fn pauses() -> impl Iterator<Item = Duration> {
    [1, 2, 4, 8]
        .into_iter()
        .chain(std::iter::repeat(15))
        .map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn new_key() -> PublicJwk {
        PublicJwk {
            kty: "RSA",
            kid: "new".to_owned(),
            purpose: "sig",
            alg: "RS256",
            n: "AQ".to_owned(),
            e: "AQAB".to_owned(),
        }
    }

    #[test]
    fn added_key_leaves_the_others_and_is_added_once() {
        let old = json!({ "kid": "old", "n": "Aw" });
        let KeysPlan::Replace(both) = plan_added(std::slice::from_ref(&old), &new_key()) else {
            panic!("the key is added");
        };
        assert_eq!((both.len(), &both[0], kid(&both[1])), (2, &old, "new"));
        assert_eq!(plan_added(&both, &new_key()), KeysPlan::Unchanged);
        let other = json!({ "kid": "new", "n": "BQ" });
        assert_eq!(plan_added(&[other], &new_key()), KeysPlan::NameTaken);
        let five: Vec<Value> = (0..5).map(|number| json!({ "kid": format!("k{number}") })).collect();
        assert!(matches!(plan_added(&five, &new_key()), KeysPlan::Full(kids) if kids.len() == 5));
    }

    #[test]
    fn only_the_old_key_is_taken_off_and_never_the_last_one() {
        let [old, new, other] = ["old", "new", "other"].map(|kid| json!({ "kid": kid }));
        let all = [old.clone(), new.clone(), other.clone()];
        assert_eq!(plan_removed(&all, "old"), KeysPlan::Replace(vec![new, other]));
        assert_eq!(plan_removed(&all, "gone"), KeysPlan::Unchanged);
        assert_eq!(plan_removed(&[old], "old"), KeysPlan::Unchanged);
    }
}
