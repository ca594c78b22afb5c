//! Errors of reading a file, as distinct as its bytes allow.

/// The reason why a file, or a part of one, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// The bytes end before the length that they state.
    CutShort,
    /// The format is known, but its content is malformed.
    Damaged,
    /// A binary file was opened and saved as text, or sent as text: bytes are lost.
    SavedAsText,
    /// There is nothing between the lines of a PEM block.
    Empty,
    /// A PEM block has an example or a reference instead of its content.
    Placeholder,
    /// JSON that does not parse, with the place of the error, counted from 1.
    Json { line: usize, column: usize },
    /// A JWK with a member that is missing, an example or not readable.
    Jwk { member: String, fault: JwkFault },
    /// It is encrypted, and no password was given.
    Locked,
    /// The password does not decrypt it. A MAC or a padding cannot tell that from damage.
    WrongPassword,
    /// The password is that of the file, and this part has another.
    OwnPassword,
    /// An algorithm or structure without support, by its name.
    Unsupported(String),
    /// An RSA key with more than two primes.
    ManyPrimes,
    /// An RSA key as OpenSSH writes it.
    OpenSsh,
    /// A PKCS#12 that is encrypted or signed with a certificate instead of a password.
    Recipient,
    /// A reference to a key in hardware, such as a TPM or a smart card.
    InHardware,
    /// Its key derivation asks for more iterations than [`Budget`](super::crypto::attempt::Budget) allows.
    TooCostly,
}

/// The fault of a member of a JWK.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JwkFault {
    Missing,
    Placeholder,
    Malformed,
}

impl From<super::ber::BerError> for FileError {
    fn from(fault: super::ber::BerError) -> FileError {
        match fault {
            super::ber::BerError::CutShort => FileError::CutShort,
            super::ber::BerError::Malformed => FileError::Damaged,
        }
    }
}
