//! The keys of a PKCS#12 that are decrypted, where only one of its certificates is used.
//!
//! A key and its certificate have the same public key, which is known only after decryption. Until then the local key ids tell
//! what belongs together; [`KeyChoice::is_confirmed`] tells whether they are right.

use std::collections::{HashMap, HashSet};

use super::{Part, bag::Bag};
use crate::{
    certificate::{rank::Wanted, x509::Certificate},
    credential::{
        ber::{Reader, SEQUENCE},
        private_key::is_key_of,
    },
};

/// The keys to decrypt, and those to leave.
#[derive(Default)]
pub struct KeyChoice {
    /// The local key ids of the keys to decrypt, and the certificate of each.
    needed: Vec<(Vec<u8>, Certificate)>,
    /// The local key ids of the other keys, and the certificate of each.
    unneeded: HashMap<Vec<u8>, Certificate>,
}

impl KeyChoice {
    /// Chooses the key of the wanted certificate, and those of the certificates that are numbered before it: without one of
    /// these keys it would have another number. `None` if all keys are to be decrypted.
    ///
    /// Keys are left only if there are several, all of them are encrypted, and each has a local key id that one certificate has
    /// too. All other certificates must be an authority's.
    pub fn new(parts: &[Part], wanted: Wanted) -> Option<KeyChoice> {
        let mut ids = HashSet::new();
        let mut certificates = Vec::new();
        for part in parts {
            let mut bags = Reader::new(part.as_ref().ok()?).enter(SEQUENCE)?;
            while !bags.is_empty() {
                let bag = Bag::read(&mut bags)?;
                match bag.kind() {
                    Some("1" | "6") => return None,
                    Some("2") if !ids.insert(bag.local_key_id()?) => return None,
                    Some("3") => {
                        certificates.push((bag.local_key_id(), Certificate::from_der(bag.certificate()??)?));
                    }
                    _ => {}
                }
            }
        }
        let has_key = |id: Option<&[u8]>| id.is_some_and(|id| ids.contains(id));
        let (with_key, others): (Vec<_>, Vec<_>) = certificates.into_iter().partition(|(id, _)| has_key(*id));
        let distinct: HashSet<_> = with_key.iter().map(|(id, _)| *id).collect();
        let is_one_to_one = distinct.len() == ids.len() && with_key.len() == ids.len();
        if ids.len() < 2 || !is_one_to_one || !others.iter().all(|(_, certificate)| certificate.authority) {
            return None;
        }
        let ranked: Vec<&Certificate> = with_key.iter().map(|(_, certificate)| certificate).collect();
        let needed = wanted.up_to(&ranked)?;
        let mut choice = KeyChoice::default();
        for (at, (id, certificate)) in with_key.into_iter().enumerate() {
            let id = id?.to_vec();
            if needed.contains(&at) {
                choice.needed.push((id, certificate));
            } else {
                choice.unneeded.insert(id, certificate);
            }
        }
        Some(choice)
    }

    /// Returns the certificate of a key that is left.
    pub fn certificate_of_unneeded(&self, id: &[u8]) -> Option<&Certificate> {
        self.unneeded.get(id)
    }

    /// Returns whether the decrypted keys, by local key id, are those of the certificates that have the same ids.
    pub fn is_confirmed(&self, decrypted: &HashMap<Vec<u8>, Part>) -> bool {
        let is_right = |(id, certificate): &(Vec<u8>, Certificate)| match decrypted.get(id) {
            Some(Ok(key)) => is_key_of(key, certificate),
            _ => false,
        };
        self.needed.iter().all(is_right)
    }
}
