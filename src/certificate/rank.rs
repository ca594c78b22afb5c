//! Which of several certificates to use. Pure.

use std::cmp::Reverse;

use super::{KeyType, MadeFor, Purpose, x509::Certificate};
use crate::profile::Kind;

/// The positions of the certificates from the most to the least suitable. Where two are as good, the one that lasts
/// longer comes first, then the one that stands first.
pub fn rank(certificates: &[&Certificate], kind: Option<Kind>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..certificates.len()).collect();
    order.sort_by_key(|at| {
        let certificate = certificates[*at];
        (fitness(certificate, kind), Reverse(certificate.validity.not_after))
    });
    order
}

/// The lower, the better.
fn fitness(certificate: &Certificate, kind: Option<Kind>) -> (bool, u8, bool) {
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
