//! Keys and certificates in DER, added to the content of the file that is being read.

use zeroize::Zeroizing;

use super::{
    Fault, Other, Reading,
    content::Tool,
    der::{self, Shape, shape},
    pem,
    pkcs12::{self, KeyContent},
    repair_binary,
};
use crate::{
    certificate::{Format, x509::Certificate},
    credential::{
        ber::{Reader, SEQUENCE, definite, definite_and_rest, definite_length},
        crypto::pbe,
        error::FileError,
        private_key::PrivateKey,
    },
};

/// Elements one after another in a file.
const MAX_ELEMENTS: usize = 64;

impl Reading {
    /// Reads DER or BER: a PKCS#12, or elements one after another. Whatever follows the last that is known is ignored, such
    /// as OpenSSL's own data in a `TRUSTED CERTIFICATE`. True if the first is known.
    ///
    /// # Errors
    /// [`FileError::CutShort`] or [`FileError::Damaged`] if it is no DER.
    pub(super) fn der(&mut self, bytes: &[u8]) -> Result<bool, FileError> {
        if pkcs12::detect(bytes) {
            self.pkcs12(bytes);
            return Ok(true);
        }
        let mut rest = bytes;
        for count in 0..MAX_ELEMENTS {
            // A copy of what the element takes, and not of all that follows.
            let length = definite_length(rest).unwrap_or(rest.len()).min(rest.len());
            let read = definite_and_rest(&rest[..length]);
            let known = match read {
                Ok((der, inner)) => {
                    rest = &rest[length - inner.len()..];
                    self.element(&der)
                }
                Err(error) if count == 0 => return Err(error.into()),
                Err(_) => false,
            };
            if count == 0 && !known {
                return Ok(false);
            }
            if !known || rest.first() != Some(&SEQUENCE) {
                break;
            }
        }
        Ok(true)
    }

    /// Adds an element. False if its structure is not known.
    fn element(&mut self, der: &[u8]) -> bool {
        let shape = shape(der);
        if shape != Shape::Other && self.block.is_none() {
            self.content.note_format(match shape {
                Shape::Csr => Format::Csr,
                Shape::PublicKey => Format::PublicKey,
                _ => Format::Der,
            });
        }
        match shape {
            Shape::Certificate => self.certificate(der),
            Shape::Certificates => der::certificate_sequence(der)
                .iter()
                .for_each(|one| self.certificate(one)),
            Shape::Pkcs7 => match der::pkcs7_certificates(der) {
                Some(certificates) if certificates.is_empty() => self.other(Other::EmptyStore),
                Some(certificates) => certificates.iter().for_each(|one| self.certificate(one)),
                None => self.fault(FileError::Damaged, false),
            },
            Shape::Pkcs8 => self.key(|_| PrivateKey::from_pkcs8(der)),
            Shape::Pkcs1 => self.key(|_| PrivateKey::from_pkcs1(der)),
            Shape::Dsa => self.key(|_| Ok(PrivateKey::other("DSA", None))),
            Shape::Sec1 => self.key(|_| PrivateKey::from_sec1(der)),
            Shape::EncryptedPkcs8 => self.key(|reading| PrivateKey::from_pkcs8(&reading.decrypt_key(der)?)),
            Shape::Csr => self.other(Other::Csr),
            Shape::PublicKey => self.other(Other::PublicKey),
            Shape::Crl => self.other(Other::Crl),
            Shape::EncryptedMessage => self.other(Other::Encrypted(Tool::Cms)),
            Shape::Other => return false,
        }
        true
    }

    /// Notes the kind of the file, if it has neither a key nor a certificate. The first one counts.
    pub(super) fn other(&mut self, other: Other) {
        self.content.other = self.content.other.or(Some(other));
    }

    fn certificate(&mut self, der: &[u8]) {
        match Certificate::from_der(der) {
            Some(certificate) => self.content.certificates.push(certificate),
            None => self.fault(FileError::Damaged, false),
        }
    }

    /// Adds a key. A key beyond the limit is ignored: validating the numbers takes time.
    fn key(&mut self, read: impl FnOnce(&mut Reading) -> Result<PrivateKey, FileError>) {
        let Some(left) = self.keys_left.checked_sub(1) else {
            return;
        };
        self.keys_left = left;
        match read(self) {
            Ok(key) => self.content.add_key(key),
            Err(error) => self.fault(error, true),
        }
    }

    fn pkcs12(&mut self, bytes: &[u8]) {
        self.content.note_format(Format::Pkcs12);
        let contents = match pkcs12::open(bytes, &mut self.attempt, self.wanted) {
            Ok(contents) => contents,
            Err(FileError::CutShort) if repair_binary::has_lost_zeros(bytes) => {
                return self.pkcs12_fault(FileError::SavedAsText, true);
            }
            Err(error) => return self.pkcs12_fault(error, true),
        };
        if contents.keys.is_empty() && contents.certificates.is_empty() && contents.faults.is_empty() {
            self.other(Other::EmptyStore);
        }
        for (error, key) in contents.faults {
            self.pkcs12_fault(error, key);
        }
        for key in contents.keys {
            self.key(|_| {
                let read = match &key.content {
                    KeyContent::Pkcs8(pkcs8) => PrivateKey::from_pkcs8(pkcs8)?,
                    KeyContent::Claimed(certificate) => PrivateKey::claimed(certificate),
                };
                Ok(PrivateKey {
                    alias: key.alias.as_deref().map(crate::text::visible),
                    ..read
                })
            });
        }
        for der in &contents.certificates {
            self.certificate(der);
        }
        self.content.unverified_mac = contents.unverified_mac;
    }

    fn pkcs12_fault(&mut self, error: FileError, key: bool) {
        self.content.add_fault(Fault {
            error,
            format: Format::Pkcs12,
            key,
            block: self.block.clone(),
        });
    }

    /// Decrypts an `EncryptedPrivateKeyInfo`.
    fn decrypt_key(&mut self, der: &[u8]) -> Result<Zeroizing<Vec<u8>>, FileError> {
        let shrouded = Reader::new(der).enter(SEQUENCE).and_then(pkcs12::encrypted_key);
        let (algorithm, encrypted) = shrouded.ok_or(FileError::Damaged)?;
        self.attempt.try_each(|password, budget| {
            let plain = pbe::decrypt(algorithm.clone(), encrypted, password, budget)?;
            let plain = definite(&plain).map_err(|_| FileError::WrongPassword)?;
            match shape(&plain) {
                Shape::Pkcs8 => Ok(plain),
                _ => Err(FileError::WrongPassword),
            }
        })
    }

    /// Returns the DER of a block, decrypted if needed.
    pub(super) fn decrypt_block(&mut self, block: &pem::Block) -> Result<Zeroizing<Vec<u8>>, FileError> {
        if !block.is_encrypted() {
            return Ok(block.der.clone());
        }
        // The padding fits a wrong password once in 256: only a key's first elements identify the right one.
        let is_key = |der: &[u8]| {
            definite(der).is_ok_and(|der| matches!(shape(&der), Shape::Pkcs1 | Shape::Sec1 | Shape::Dsa | Shape::Pkcs8))
        };
        self.attempt.try_each(|password, _| {
            let der = block.decrypt(password)?;
            is_key(&der).then_some(der).ok_or(FileError::WrongPassword)
        })
    }
}
