//! Findings: their stable ids and their texts. Pure.

use super::{Finding, FindingId, Severity};
use crate::text::{Arg, Args, Texts};

impl Severity {
    /// Returns the place in a list: what stops comes first, and advice last.
    pub fn rank(self) -> usize {
        match self {
            Severity::Stops => 0,
            Severity::Warns => 1,
            Severity::Informs => 2,
        }
    }
}

/// Returns whether the files that the findings are about exist.
pub fn are_found(findings: &[Finding]) -> bool {
    !findings.iter().any(|finding| finding.id == FindingId::FileMissing)
}

/// Returns whether the certificate is usable; `None` if its files are locked or missing, as what is in them is not known.
pub fn is_usable(findings: &[Finding]) -> Option<bool> {
    let is_locked = findings.iter().any(|finding| finding.id.asks_password());
    let is_known = !is_locked && are_found(findings);
    is_known.then(|| !findings.iter().any(|finding| finding.severity == Severity::Stops))
}

impl FindingId {
    /// Every finding that can occur.
    pub const ALL: [FindingId; 42] = [
        FindingId::Expired,
        FindingId::NotYetValid,
        FindingId::EndsSoon,
        FindingId::PickBeyond,
        FindingId::KeyEnded,
        FindingId::KeyEndsSoon,
        FindingId::NotRsa,
        FindingId::RsaTooShort,
        FindingId::ProductionCertificateInTest,
        FindingId::TestCertificateInProduction,
        FindingId::TestSeal,
        FindingId::SandboxCertificate,
        FindingId::NorwegianCertificate,
        FindingId::ForeignCertificate,
        FindingId::SigningCertificate,
        FindingId::EncryptionCertificate,
        FindingId::OrganisationDiffers,
        FindingId::OrganisationMissing,
        FindingId::PersonalCertificate,
        FindingId::WebsiteCertificate,
        FindingId::HardwareBound,
        FindingId::ChainIncomplete,
        FindingId::IssuerNotValid,
        FindingId::IssuerUnknown,
        FindingId::SelfSigned,
        FindingId::KeyMismatch,
        FindingId::KeyMissing,
        FindingId::FileOpenToOthers,
        FindingId::WrongPassword,
        FindingId::PasswordNeeded,
        FindingId::KeyPasswordNeeded,
        FindingId::Damaged,
        FindingId::Unsupported,
        FindingId::BlockUnreadable,
        FindingId::KeyLocked,
        FindingId::KidDiffers,
        FindingId::MacNotVerified,
        FindingId::PasswordTrimmed,
        FindingId::FileMissing,
        FindingId::NotACertificate,
        FindingId::FileOffered,
        FindingId::PickOffered,
    ];

    /// Returns true if another password may remove the finding.
    pub fn asks_password(self) -> bool {
        matches!(
            self,
            FindingId::PasswordNeeded | FindingId::WrongPassword | FindingId::KeyPasswordNeeded
        )
    }

    /// Returns true if the finding offers something to use instead.
    pub fn is_offer(self) -> bool {
        matches!(self, FindingId::FileOffered | FindingId::PickOffered)
    }

    /// Returns the stable id in kebab case, used in the JSON and in the text key `finding-<id>`.
    pub fn id(self) -> &'static str {
        match self {
            FindingId::Expired => "expired",
            FindingId::NotYetValid => "not-yet-valid",
            FindingId::EndsSoon => "ends-soon",
            FindingId::PickBeyond => "pick-beyond",
            FindingId::KeyEnded => "key-ended",
            FindingId::KeyEndsSoon => "key-ends-soon",
            FindingId::NotRsa => "not-rsa",
            FindingId::RsaTooShort => "rsa-too-short",
            FindingId::ProductionCertificateInTest => "production-certificate-in-test",
            FindingId::TestCertificateInProduction => "test-certificate-in-production",
            FindingId::TestSeal => "test-seal",
            FindingId::SandboxCertificate => "sandbox-certificate",
            FindingId::NorwegianCertificate => "norwegian-certificate",
            FindingId::ForeignCertificate => "foreign-certificate",
            FindingId::SigningCertificate => "signing-certificate",
            FindingId::EncryptionCertificate => "encryption-certificate",
            FindingId::OrganisationDiffers => "organisation-differs",
            FindingId::OrganisationMissing => "organisation-missing",
            FindingId::PersonalCertificate => "personal-certificate",
            FindingId::WebsiteCertificate => "website-certificate",
            FindingId::HardwareBound => "hardware-bound",
            FindingId::ChainIncomplete => "chain-incomplete",
            FindingId::IssuerNotValid => "issuer-not-valid",
            FindingId::IssuerUnknown => "issuer-unknown",
            FindingId::SelfSigned => "self-signed",
            FindingId::KeyMismatch => "key-mismatch",
            FindingId::KeyMissing => "key-missing",
            FindingId::FileOpenToOthers => "file-open-to-others",
            FindingId::WrongPassword => "wrong-password",
            FindingId::PasswordNeeded => "password-needed",
            FindingId::KeyPasswordNeeded => "key-password-needed",
            FindingId::Damaged => "damaged",
            FindingId::Unsupported => "unsupported",
            FindingId::BlockUnreadable => "block-unreadable",
            FindingId::KeyLocked => "key-locked",
            FindingId::KidDiffers => "kid-differs",
            FindingId::MacNotVerified => "mac-not-verified",
            FindingId::PasswordTrimmed => "password-trimmed",
            FindingId::FileMissing => "file-missing",
            FindingId::NotACertificate => "not-a-certificate",
            FindingId::FileOffered => "file-offered",
            FindingId::PickOffered => "pick-offered",
        }
    }
}

/// Sorts findings by severity: those that stop come first. Of one severity, they keep their order.
pub fn sort_by_severity(findings: &mut [Finding]) {
    findings.sort_by_cached_key(|finding| finding.severity.rank());
}

/// Removes the offers of another file or certificate if nothing stops: the answers may have changed since the file was opened.
pub fn drop_needless_offer(findings: &mut Vec<Finding>) {
    if !findings.iter().any(|finding| finding.severity == Severity::Stops) {
        findings.retain(|finding| !finding.id.is_offer());
    }
}

impl Finding {
    /// Creates a finding without arguments for its text.
    pub fn new(id: FindingId, severity: Severity) -> Finding {
        Finding {
            id,
            severity,
            args: Args::new(),
        }
    }

    /// Adds an argument for the text.
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Finding {
        self.args = self.args.with(name, value);
        self
    }

    /// Returns the sentence that states the finding.
    pub fn text(&self, texts: &Texts) -> String {
        texts.with(&format!("finding-{}", self.id.id()), &self.args)
    }

    /// Returns the sentence that states the remedy.
    pub fn fix(&self, texts: &Texts) -> String {
        texts.with(&format!("finding-{}.fix", self.id.id()), &self.args)
    }
}
