//! Certificate chains: orders certificates from the leaf upwards and finds gaps. Pure.

use super::{Chain, issuers, x509::Certificate};

/// Certificates in one chain. None in use is longer.
const MAX_CHAIN: usize = 10;

/// Returns the leaf and its issuers in order, leaf first. Certificates of `pool` outside that chain are left out.
pub fn order<'a>(leaf: &'a Certificate, pool: &'a [Certificate]) -> Vec<&'a Certificate> {
    let mut chain = vec![leaf];
    let mut last = leaf;
    while chain.len() < MAX_CHAIN && !last.self_issued() {
        let issuer = pool
            .iter()
            .filter(|other| last.issued_by(other) && !chain.iter().any(|used| used.der == other.der))
            // A certificate may have been renewed with the same key: take the one that expires last.
            .max_by_key(|other| other.validity.not_after);
        let Some(issuer) = issuer else { break };
        chain.push(issuer);
        last = issuer;
    }
    chain
}

/// Returns the completeness of an ordered chain. `pool` has every certificate that came with the leaf. An authority in
/// it that is not part of the chain means that an intermediate certificate is missing.
pub fn completeness(chain: &[&Certificate], pool: &[Certificate]) -> Chain {
    let Some(last) = chain.last() else {
        return Chain::None;
    };
    if last.self_issued() || last.authority_key.as_deref().is_some_and(issuers::is_root) {
        return Chain::Complete;
    }
    let unconnected = pool
        .iter()
        .any(|other| other.authority && !chain.iter().any(|used| used.der == other.der));
    match (chain.len(), unconnected) {
        (_, true) => Chain::Incomplete,
        (1, false) => Chain::None,
        // Roots are not sent: whoever trusts one has it already (RFC 8446 §4.4.2).
        (_, false) => Chain::Complete,
    }
}
