//! Certificates in any order → a leaf's chain in order, and whether it is whole. Pure.

use super::{Chain, issuers, x509::Certificate};

/// No chain in use is longer.
const LONGEST: usize = 10;

/// The leaf and those above it, in order. Those of `pool` that are not above it are left out.
pub fn order<'a>(leaf: &'a Certificate, pool: &'a [Certificate]) -> Vec<&'a Certificate> {
    let mut chain = vec![leaf];
    let mut last = leaf;
    while chain.len() < LONGEST && !last.self_issued() {
        let issuer = pool
            .iter()
            .filter(|other| last.issued_by(other) && !chain.iter().any(|used| used.der == other.der))
            // Of a certificate that was renewed with the same key, the one that lasts.
            .max_by_key(|other| other.validity.not_after);
        let Some(issuer) = issuer else { break };
        chain.push(issuer);
        last = issuer;
    }
    chain
}

/// Whether an ordered chain is whole. `pool` is all that came with the leaf: authorities that do not connect to it
/// mean that one between is missing.
pub fn wholeness(chain: &[&Certificate], pool: &[Certificate]) -> Chain {
    let Some(last) = chain.last() else {
        return Chain::None;
    };
    if last.self_issued() || last.authority_key.as_deref().is_some_and(issuers::is_root) {
        return Chain::Complete;
    }
    let astray = pool
        .iter()
        .any(|other| other.authority && !chain.iter().any(|used| used.der == other.der));
    match (chain.len(), astray) {
        (_, true) => Chain::Incomplete,
        (1, false) => Chain::None,
        // A root is known by those who trust it, and is not sent.
        (_, false) => Chain::Complete,
    }
}
