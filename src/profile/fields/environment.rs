//! The environment, and the answers that apply in one environment only. Pure.

use crate::profile::{CertificateFiles, Kind, Profile};

/// Sets the environment. If that replaces another one, removes the answers that apply in the old one only: the last
/// check, and for a Norwegian business the client and its credential.
///
/// A foreign business has no client and uses its eSeal in every environment (Digdir, European eSeals).
pub fn set_environment(profile: &mut Profile, id: &str) {
    let replaced = !profile.environment.is_empty() && profile.environment != id;
    id.clone_into(&mut profile.environment);
    if !replaced {
        return;
    }
    (profile.last_check, profile.accepted_client) = (None, None);
    if profile.business.kind != Some(Kind::Foreign) {
        let client = &mut profile.client;
        (client.id, client.kid, client.key_registered) = (None, None, None);
        (profile.certificate, profile.certificate_ends) = (CertificateFiles::default(), None);
    }
}
