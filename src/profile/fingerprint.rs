//! Hashes of answers, by which a saved check and saved facts about files are known to be outdated. Pure.

use sha2::{Digest, Sha256};

use super::{Client, Profile};

impl Profile {
    /// Returns a short hash of all answers that a check depends on.
    pub fn fingerprint(&self) -> String {
        let Client {
            id,
            scopes,
            authentication: _,
            kid,
            key_registered: _,
            consumer_org,
        } = &self.client;
        let answers = format!(
            "{:?}",
            (
                &self.environment,
                self.business.kind,
                &self.business.organisation,
                (id, scopes, self.authentication(), kid, consumer_org),
                &self.certificate,
            )
        );
        short_hash(&answers)
    }

    /// Returns a short hash of the files of the certificate and of the answers that they are validated against.
    pub fn certificate_fingerprint(&self) -> String {
        let (kind, organisation) = (self.business.kind, &self.business.organisation);
        let answers = (
            &self.environment,
            kind,
            organisation,
            self.authentication(),
            &self.certificate,
        );
        short_hash(&format!("{answers:?}"))
    }

    /// Returns a short hash of the paths of the certificate's files.
    pub fn files_fingerprint(&self) -> String {
        short_hash(&format!("{:?}", self.certificate))
    }
}

/// Returns the first four bytes of a hash, in hexadecimal.
fn short_hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::profile::Kind;

    #[test]
    fn fingerprints_are_those_that_state_files_have() {
        let mut profile = Profile::new("test", datetime!(2026-11-22 17:00 UTC));
        profile.business.kind = Some(Kind::Norwegian);
        profile.business.organisation = Some("123456785".into());
        profile.client.id = Some("3f1c".into());
        profile.client.scopes = vec!["toll:movement/road/v2".into()];
        profile.certificate.path = Some("acme.p12".into());
        // Another value, as after renaming a field, would mark the checks of all users as outdated.
        assert_eq!(
            (profile.fingerprint().as_str(), profile.files_fingerprint().as_str()),
            ("8252879f", "7d61b5c3")
        );
    }
}
