//! Errors of reading a file, as distinct as its bytes allow.

/// The reason why a file, or a part of one, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// The bytes end before the length that they state.
    CutShort,
    /// The format is known, but its content is malformed.
    Damaged,
    /// It is encrypted, and no password was given.
    Locked,
    /// The password does not decrypt it. A MAC or a padding cannot tell that from damage.
    WrongPassword,
    /// An algorithm or structure without support, by its name.
    Unsupported(String),
    /// Its key derivation asks for more iterations than [`pbe`](super::pbe) allows.
    TooCostly,
}

impl From<super::ber::BerError> for FileError {
    fn from(fault: super::ber::BerError) -> FileError {
        match fault {
            super::ber::BerError::CutShort => FileError::CutShort,
            super::ber::BerError::Malformed => FileError::Damaged,
        }
    }
}
