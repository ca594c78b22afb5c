//! The environment, and the answers that apply in one environment only. Pure.

use crate::profile::{CertificateFiles, FILE_NOT_FOUND, Kind, PortalWork, Profile};

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
    profile.portal = PortalWork::default();
    if profile.business.kind != Some(Kind::Foreign) {
        let client = &mut profile.client;
        (client.id, client.kid, client.key_registered) = (None, None, None);
        (profile.certificate, profile.certificate_ends) = (CertificateFiles::default(), None);
        profile.set_files_found(true);
    }
}

/// Puts the answers of `before` back that [`set_environment`] removed. Answers given since then stay, and the last check is
/// put back only in the environment in which it was run.
pub fn restore_answers(profile: &mut Profile, before: &Profile) {
    let (client, old) = (&mut profile.client, &before.client);
    client.id = client.id.take().or_else(|| old.id.clone());
    client.kid = client.kid.take().or_else(|| old.kid.clone());
    client.key_registered = client.key_registered.or(old.key_registered);
    if profile.certificate == CertificateFiles::default() {
        profile.certificate.clone_from(&before.certificate);
        profile.certificate_ends = before.certificate_ends;
        profile.set_files_found(!before.progress.done.contains_key(FILE_NOT_FOUND));
    }
    if profile.environment == before.environment {
        if profile.portal == PortalWork::default() {
            profile.portal.clone_from(&before.portal);
        }
        profile.last_check = profile.last_check.take().or_else(|| before.last_check.clone());
        profile.accepted_client = profile
            .accepted_client
            .take()
            .or_else(|| before.accepted_client.clone());
    }
}
