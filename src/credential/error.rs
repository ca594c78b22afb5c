//! What can be wrong with a file, kept apart as far as its bytes can tell.

/// Why a file, or a part of one, could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileError {
    /// It ends before it says it does.
    CutShort,
    /// It is what it says, but broken.
    Damaged,
    /// It is locked, and no password was given.
    Locked,
    /// The password does not open it. A MAC and a padding cannot tell that from damage.
    WrongPassword,
    /// An algorithm or a part that is not read here, by its name.
    Unsupported(String),
    /// It asks for more rounds of its password's derivation than anybody needs.
    TooCostly,
}

impl From<super::ber::Fault> for FileError {
    fn from(fault: super::ber::Fault) -> FileError {
        match fault {
            super::ber::Fault::CutShort => FileError::CutShort,
            super::ber::Fault::Malformed => FileError::Damaged,
        }
    }
}
