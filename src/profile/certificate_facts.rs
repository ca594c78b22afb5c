//! Facts about the files of the certificate as they were when they were last opened.

use super::{FILE_NOT_FOUND, Profile};

impl Profile {
    /// Records whether the files of the certificate exist.
    pub fn set_files_found(&mut self, found: bool) {
        if found {
            self.progress.done.remove(FILE_NOT_FOUND);
        } else {
            self.progress
                .done
                .entry(FILE_NOT_FOUND.to_owned())
                .or_insert(self.updated);
        }
    }

    /// Records whether the files exist, and whether the certificate in them is usable if that is known.
    pub fn set_files_inspected(&mut self, found: bool, usable: Option<bool>) {
        self.set_files_found(found);
        if let Some(usable) = usable {
            self.set_certificate_usable(usable);
        }
    }

    /// Records whether the certificate was usable when its files were last opened.
    pub fn set_certificate_usable(&mut self, usable: bool) {
        self.unusable_certificate = (!usable).then(|| self.certificate_fingerprint());
    }

    /// Returns whether the certificate was unusable when its files were last opened for the same answers.
    pub fn is_certificate_unusable(&self) -> bool {
        let of = self.unusable_certificate.as_ref();
        of.is_some_and(|of| *of == self.certificate_fingerprint())
    }
}
