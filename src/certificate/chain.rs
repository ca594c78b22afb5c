//! Certificate chains: orders certificates from the leaf upwards and finds gaps. Pure.

use std::cmp::Reverse;

use super::{Chain, Validity, issuers, x509::Certificate};

/// Certificates in one chain. None in use is longer.
const MAX_CHAIN: usize = 10;
/// Certificates that are tried above one leaf.
const MAX_TRIED: usize = 100;

/// An issuer's certificate in a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainIssuer {
    /// Its common name.
    pub name: String,
    /// The common name of its own issuer.
    pub issuer: String,
    pub validity: Validity,
}

/// Returns the leaf and its issuers in order, leaf first. Certificates of `pool` outside that chain are left out.
///
/// The shortest chain that ends in a root is preferred, then the longest. A cross-certificate, which has the name and the key of an
/// authority but another issuer, leads nowhere if that issuer's certificate is missing.
pub fn order<'a>(leaf: &'a Certificate, pool: &'a [Certificate]) -> Vec<&'a Certificate> {
    // Breadth first: every certificate is reached by its shortest chain.
    let mut chains = vec![vec![leaf]];
    let mut at = 0;
    while let Some(chain) = chains.get(at).cloned() {
        let last = chain[chain.len() - 1];
        if last.self_issued() {
            return chain;
        }
        at += 1;
        if chain.len() == MAX_CHAIN {
            continue;
        }
        let mut issuers: Vec<&Certificate> = pool.iter().filter(|other| last.issued_by(other)).collect();
        // A certificate may have been renewed with the same key: take the one that expires last.
        issuers.sort_by_key(|issuer| Reverse(issuer.validity.not_after));
        for issuer in issuers {
            let is_tried = |chain: &Vec<&Certificate>| chain.last().is_some_and(|last| last.der == issuer.der);
            if chains.len() < MAX_TRIED && !chains.iter().any(is_tried) {
                chains.push([chain.as_slice(), &[issuer]].concat());
            }
        }
    }
    // Of the longest, the first.
    chains.into_iter().rev().max_by_key(Vec::len).unwrap_or_default()
}

/// Returns the completeness of an ordered chain. `unused` has the certificates of the files that are in no chain. A root among
/// them means that an intermediate certificate is missing. Other authorities prove nothing: they may be sisters, or
/// cross-certificates.
pub fn completeness(chain: &[&Certificate], unused: &[&Certificate]) -> Chain {
    let Some(last) = chain.last() else {
        return Chain::None;
    };
    if last.self_issued() || last.authority_key.as_deref().is_some_and(issuers::is_root) {
        return Chain::Complete;
    }
    let has_gap = unused.iter().any(|other| other.authority && other.self_issued());
    match (chain.len(), has_gap) {
        (_, true) => Chain::Incomplete,
        (1, false) => Chain::None,
        // Roots are not sent: whoever trusts one has it already (RFC 8446 §4.4.2).
        (_, false) => Chain::Complete,
    }
}
