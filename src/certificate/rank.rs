//! Ranking of several certificates by suitability for a business. Pure.

use std::cmp::Reverse;

use super::{KeyType, MadeFor, Purpose, x509::Certificate};
use crate::profile::Kind;

/// The certificate to use of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    pub kind: Option<Kind>,
    /// Its number in the order of [`rank`], from 1. `None` for the most suitable.
    pub pick: Option<u16>,
}

impl Wanted {
    /// Returns the indices of the certificates with numbers up to the wanted one. `None` if none has its number.
    pub fn up_to(self, certificates: &[&Certificate]) -> Option<Vec<usize>> {
        let count = self.pick.map_or(1, usize::from);
        let order = rank(certificates, self.kind);
        order.get(..count).map(<[usize]>::to_vec)
    }
}

/// Returns the indices of the certificates, most suitable first. Between equals, the one that expires last comes first,
/// then the one earlier in the slice.
pub fn rank(certificates: &[&Certificate], kind: Option<Kind>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..certificates.len()).collect();
    order.sort_unstable_by_key(|index| {
        let certificate = certificates[*index];
        (
            unsuitability(certificate, kind),
            Reverse(certificate.validity.not_after),
            *index,
        )
    });
    order
}

/// Returns a sort key: the lower, the more suitable.
fn unsuitability(certificate: &Certificate, kind: Option<Kind>) -> (bool, u8, bool) {
    let wrong_product = matches!(certificate.made_for, MadeFor::ESignature | MadeFor::Website);
    let foreign = kind == Some(Kind::Foreign);
    let purpose = match (certificate.purpose, foreign) {
        (Purpose::Seal, true) => 0,
        (Purpose::Authentication, _) => 1,
        (Purpose::Seal, false) => 2,
        (Purpose::Other, _) => 3,
        (Purpose::Signing, _) => 4,
        (Purpose::Encryption, _) => 5,
    };
    (wrong_product, purpose, !matches!(certificate.key, KeyType::Rsa { .. }))
}
